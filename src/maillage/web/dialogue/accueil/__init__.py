"""The home page of dialogue and of its territoires."""
