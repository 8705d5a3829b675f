"""The diagnosis of a territory, from the commune upward."""
