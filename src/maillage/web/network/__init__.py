"""The network: organisations, people, roles, and the one written table of who may do what."""
