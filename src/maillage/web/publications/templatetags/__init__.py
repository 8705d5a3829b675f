"""Filters of the templates of publications."""
