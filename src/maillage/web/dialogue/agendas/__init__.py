"""Feeds of calendars."""
