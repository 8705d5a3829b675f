"""Pages of the ledger, of a commitment, of an office."""
