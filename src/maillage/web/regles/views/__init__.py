"""Answers to the addresses of the rules."""
