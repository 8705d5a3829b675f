"""Identifiers, periods, money, errors, values and their pedigree: what every room speaks."""
