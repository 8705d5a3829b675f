"""The worked cases of each mechanism, shipped beside its formulas and run by the rules themselves."""
