"""The lines of the statements: where each enters, and whether it is cash."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

PLANS = "maillage.indicators.comptes"
DOSSIER = "plans"


class Etape(Enum):
    """The balance or the statement that a line enters; the value is the word of the files."""

    MARGE_COMMERCIALE = "marge_commerciale"
    PRODUCTION = "production_exercice"
    VALEUR_AJOUTEE = "valeur_ajoutee"
    EBE = "ebe"
    AVANT_FONDS_DEDIES = "exploitation_avant_fonds_dedies"
    EXPLOITATION = "exploitation"
    FINANCIER = "financier"
    COURANT = "courant"
    EXCEPTIONNEL = "exceptionnel"
    NET = "net"
    FONDS_DE_ROULEMENT = "fonds_de_roulement"
    BFR = "besoin_en_fonds_de_roulement"
    TRESORERIE = "tresorerie_nette"
    CONTRIBUTIONS_VOLONTAIRES = "contributions_volontaires"
    COMPTES_SPECIAUX = "comptes_speciaux"


RESULTAT = (
    Etape.MARGE_COMMERCIALE,
    Etape.PRODUCTION,
    Etape.VALEUR_AJOUTEE,
    Etape.EBE,
    Etape.AVANT_FONDS_DEDIES,
    Etape.EXPLOITATION,
    Etape.FINANCIER,
    Etape.COURANT,
    Etape.EXCEPTIONNEL,
    Etape.NET,
)
"""Steps of the cascade, in order."""
JUSQU_A_EBE = frozenset(RESULTAT[:4])
BILAN = (Etape.FONDS_DE_ROULEMENT, Etape.BFR, Etape.TRESORERIE)
HORS_RESULTAT = (Etape.CONTRIBUTIONS_VOLONTAIRES, Etape.COMPTES_SPECIAUX)

NON_RATTACHES = "non_rattaches"
RESULTAT_EN_COURS = "resultat_en_cours"
AIDE_AU_POSTE = "aide_au_poste"
FONDS_DEDIES = "fonds_dedies"
CALCULES = frozenset({NON_RATTACHES, RESULTAT_EN_COURS})
"""Lines that are filled by computation; no prefix leads to them."""


@dataclass(frozen=True, slots=True)
class Poste:
    """One line of a statement.

    Attributes:
        code: As written in the files of mapping.
        libelle: As read by a director.
        etape: What it enters.
        is_encaissable: Whether it is a product to be cashed or a charge to be paid: it enters the CAF.
        is_decaissable: Whether it is an operating charge that is paid out: it enters the months of cash.
    """

    code: str
    libelle: str
    etape: Etape
    is_encaissable: bool = False
    is_decaissable: bool = False


@cache
def load_postes() -> dict[str, Poste]:
    """Every line by its code, in the order of the statements."""
    texte = (files(PLANS) / DOSSIER / "postes.csv").read_text(encoding="utf-8")
    return {
        rangee["code"]: Poste(
            rangee["code"],
            rangee["libelle"],
            Etape(rangee["etape"]),
            rangee["encaissable"] == "oui",
            rangee["decaissable"] == "oui",
        )
        for rangee in csv.DictReader(texte.splitlines())
    }


def list_choisissables(classe: str) -> tuple[str, ...]:
    """Codes of the lines to which a structure may attach an account of that class."""
    if classe in "67":
        etapes = frozenset(RESULTAT)
    elif classe == "8":
        etapes = frozenset(HORS_RESULTAT)
    else:
        etapes = frozenset(BILAN)
    return tuple(
        poste.code
        for poste in load_postes().values()
        if poste.etape in etapes and poste.code not in CALCULES
    )
