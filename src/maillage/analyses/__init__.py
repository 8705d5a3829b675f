"""What helps to decide."""
