"""The ledger of commitments, and changes of office-holders."""
