"""Screens: of staff, of structures, of those who read results."""
