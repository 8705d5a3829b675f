"""Published sources, the embedded reference pack and the store."""
