"""Employer's contributions: general reduction, its 2026 successor, and the exemptions of the past."""
