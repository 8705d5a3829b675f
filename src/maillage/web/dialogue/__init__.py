"""Dialogue: spaces, meetings, proposals and the ledger of what was promised."""
