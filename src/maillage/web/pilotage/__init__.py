"""The cockpit on screen: the network's own conventions, hours, euros and late entries."""
