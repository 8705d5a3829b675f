"""What a non-developer runs: accounts, roles, trail, backups, state of the site."""
