"""National check: budget lines of the IAE with their perimeter, and published costings."""
