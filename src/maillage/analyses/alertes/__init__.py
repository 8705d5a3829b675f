"""Early warning: what should make the network's support team call a structure, in plain words."""
