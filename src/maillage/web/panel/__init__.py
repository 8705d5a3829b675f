"""The panel on the site: structures give their ratios by consent, the network freezes editions, each reads its place."""
