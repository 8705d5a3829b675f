"""The members' area: what a person finds after signing in."""
