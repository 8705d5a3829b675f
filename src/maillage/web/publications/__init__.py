"""News and documents: one text, two versions, review, feeds, digest."""
