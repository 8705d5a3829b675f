"""The cockpit: extracts brought in, compared, and what to say of them."""
