"""Maillage: diagnose a territory, with every figure traceable to its source."""

__version__ = "0.1.0"
