"""Reforms written, read and compared on the screen."""
