"""The pages of the cockpit, one file per question."""
