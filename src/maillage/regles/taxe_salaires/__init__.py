"""Taxe sur les salaires of a non-profit employer: brackets, franchise, décote, allowance."""
