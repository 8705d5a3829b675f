"""Meetings: their pages, taking notes, agreeing minutes, invitations."""
