"""Statistical secrecy: what may be published of a table, and what must be hidden to protect it."""
