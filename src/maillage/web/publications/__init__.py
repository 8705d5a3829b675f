"""News and documents: one text, two versions."""
