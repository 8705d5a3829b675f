"""One module per publisher: names exactly as published, in Arrow tables."""
