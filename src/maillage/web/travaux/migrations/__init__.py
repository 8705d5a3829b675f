"""Tables of the background work."""
