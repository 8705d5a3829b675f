"""The pages, on Django."""
