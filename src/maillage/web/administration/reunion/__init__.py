"""Joining two records of one organisation, or of one person: shown first, then done whole."""
