"""The register of interest representatives: counters, draft declaration, comparison."""
