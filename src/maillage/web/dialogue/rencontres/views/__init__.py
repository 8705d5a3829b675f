"""Pages of meetings."""
