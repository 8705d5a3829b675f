"""Mail: who gets what, what a message says, how one stops it, what comes back."""
