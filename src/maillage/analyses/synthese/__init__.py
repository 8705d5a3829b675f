"""Synthetic networks: what the law and the State's accounts give to the generator, and its one door."""

from maillage.analyses.synthese.bareme import load_bareme
from maillage.analyses.synthese.reseau import generate_reseau

__all__ = ["generate_reseau", "load_bareme"]
