"""The audit trail: what was done, by whom, when; it can only grow."""
