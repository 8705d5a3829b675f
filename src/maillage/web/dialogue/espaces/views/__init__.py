"""Pages of the spaces of dialogue."""
