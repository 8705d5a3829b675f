"""The page of each mechanism: its finding, its curve, its tables."""
