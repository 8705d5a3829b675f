"""Filters that every page shares."""
