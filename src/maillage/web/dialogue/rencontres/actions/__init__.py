"""What is done to meetings: each act in one transaction, with its line in the trail."""
