"""Signing in through an OpenID Connect provider, ProConnect first: known persons only."""
