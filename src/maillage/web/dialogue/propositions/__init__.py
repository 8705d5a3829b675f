"""Proposals: their texts, where they were carried, what they cost."""
