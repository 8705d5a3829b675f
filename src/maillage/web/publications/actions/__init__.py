"""What is done to publications: each in one transaction, with its line in the trail."""
