"""The leak test: nothing that only members read may be found where everyone can look."""
