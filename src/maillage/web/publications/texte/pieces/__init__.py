"""Reads attachments for the leak test: their text and what they say of their authors, or a refusal."""
