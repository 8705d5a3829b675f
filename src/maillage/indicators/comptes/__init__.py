"""Accounts of a structure: from the balance of each account to the lines that a director reads."""
