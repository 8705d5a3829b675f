"""Settings, addresses and server of the site."""
