"""Work done in the background: what is due, once per period, and who does it."""
