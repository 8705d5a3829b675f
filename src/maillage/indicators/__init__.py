"""What is true of a territory: each indicator with its definition card."""
