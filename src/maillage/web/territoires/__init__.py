"""Territories: home, search, diagnosis, targets, pedigree of each figure."""
