"""Public money of a network, by funder: three sources side by side, never added, what each covers, secrecy."""
