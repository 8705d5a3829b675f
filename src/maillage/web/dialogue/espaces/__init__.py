"""Places of dialogue: their pages, their seats, their descent, their map."""
