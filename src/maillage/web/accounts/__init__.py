"""Accounts: persons, invitations, sign-in, second factor, sessions."""
