"""Invented names of structures: common words, a real commune, and the mark that says it is invented."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from maillage.data.reference.pack import embedded_pack
from maillage.data.synthetic.parametres import ACI, AI, EI, EITI, ETTI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.synthetic.tirages import Alea

MARQUE = " (SYNTHETIQUE)"
"""End of every denomination: a reader knows by it that an extract describes nobody."""
_DEBUTS = {
    ACI: ("CHANTIER", "JARDIN", "ATELIER", "RESSOURCERIE", "BRIGADE VERTE"),
    AI: ("ASSOC INTERMEDIAIRE", "COUP DE MAIN", "SERVICES ET EMPLOI"),
    EI: ("ENTREPRISE D INSERTION", "FABRIQUE", "ATELIER SOLIDAIRE"),
    ETTI: ("INTERIM D INSERTION", "TRAVAIL TEMPORAIRE INSERTION"),
    EITI: ("COLLECTIF D INDEPENDANTS",),
}
_SUITES = (
    *("DU CANAL", "DES TILLEULS", "DE LA GARE", "DES QUATRE VENTS", "DU MOULIN", "DE LA COLLINE"),
    *("DES REMPARTS", "DU VIEUX PONT", "DES ACACIAS", "DE LA HALLE", "DES PRES", "DU LAVOIR"),
)


def ascii_upper(texte: str) -> str:
    """Capitals without accents, apostrophes nor hyphens, as the ASP writes them."""
    decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
    lettres = (lettre for lettre in decompose if not unicodedata.combining(lettre))
    return "".join(lettre if lettre.isalnum() else " " for lettre in lettres).upper()


def make_nom(alea: Alea, rang: int, type_siae: int, commune: str) -> str:
    """Name of a structure, without the mark."""
    debuts = _DEBUTS[type_siae]
    debut = debuts[int(alea.integers(0, len(debuts) - 1, "nom debut", rang))]
    suite = _SUITES[int(alea.integers(0, len(_SUITES) - 1, "nom suite", rang))]
    return f"{debut} {suite} {commune}"


@cache
def load_departements() -> Mapping[str, str]:
    """Names of the départements by code, as the ASP writes them."""
    table = embedded_pack().tables["territoires"].select(["niveau", "code", "nom"])
    return {
        ligne["code"]: ascii_upper(ligne["nom"])
        for ligne in table.to_pylist()
        if ligne["niveau"] == "departement"
    }
