"""Extracts of the ASP's extranet as published (fluxIAE): container, table, columns."""
