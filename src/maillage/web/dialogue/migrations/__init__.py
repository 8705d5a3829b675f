"""Changes of the tables of dialogue."""
