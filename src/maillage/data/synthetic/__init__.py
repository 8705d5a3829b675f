"""Synthetic networks: extracts of nobody, in the very format of the ASP, calibrated on published totals."""

from maillage.data.synthetic.parametres import (
    NATIONAL,
    VERSION,
    Bareme,
    Defaut,
    Montant,
    Parametres,
)
from maillage.data.synthetic.reseau import Contenant, Ecrit, write_reseau

__all__ = [
    "NATIONAL",
    "VERSION",
    "Bareme",
    "Contenant",
    "Defaut",
    "Ecrit",
    "Montant",
    "Parametres",
    "write_reseau",
]
