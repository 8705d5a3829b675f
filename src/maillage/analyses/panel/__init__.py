"""The panel, fed from what the network already has."""
