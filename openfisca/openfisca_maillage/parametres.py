"""The legal values of Maillage as OpenFisca parameters, with the pedigree in the metadata.

The grammar of the files is OpenFisca's, their content says more than OpenFisca can hold: gaps, a
last day known, a value taken from another parameter. Each parameter is therefore converted from
what Maillage *resolves*: its value on each day where the answer changes, and no value where Maillage
refuses. OpenFisca ends a parameter in the same way (`value: null`), and a formula that meets such
an end raises the French refusal of Maillage (`formules.read_valeurs`).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from openfisca_core.parameters import ParameterNode

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Contenu, Feuille, ValeurDatee


def build_parametres(legislation: Legislation | None = None) -> ParameterNode:
    """Tree of every parameter of the law.

    Args:
        legislation: The law to convert, with its choices and reforms; by default the law as found.
    """
    droit = load_legislation() if legislation is None else legislation
    racine: dict[str, Any] = {}
    for chemin in droit.chemins:
        *dossiers, nom = chemin.split(".")
        noeud = racine
        for dossier in dossiers:
            noeud = noeud.setdefault(dossier, {})
        noeud[nom] = convert_feuille(droit, droit.leaf(chemin))
    return ParameterNode("", data=racine)


def convert_feuille(droit: Legislation, feuille: Feuille) -> dict[str, Any]:
    """One parameter, as the YAML of OpenFisca would say it."""
    return {
        "description": feuille.description or feuille.libelle,
        "metadata": _convert_metadata(feuille),
        "values": {
            jour.isoformat(): {"value": find_valeur(droit, feuille.chemin, jour)}
            for jour in droit.breakpoints(feuille.chemin)
        },
    }


def find_valeur(droit: Legislation, chemin: str, le: date) -> Any:
    """What OpenFisca may hold of a value on a day; None where Maillage refuses."""
    try:
        return convert_contenu(droit.resolve(chemin, le).valeur)
    except PeriodeNonModelisee:
        return None


def convert_contenu(contenu: Contenu) -> Any:
    """A value in one of the types that OpenFisca accepts."""
    if isinstance(contenu, Fraction):
        return float(contenu)
    if isinstance(contenu, date):
        return contenu.isoformat()
    return list(contenu) if isinstance(contenu, tuple) else contenu


def _convert_metadata(feuille: Feuille) -> dict[str, Any]:
    """Pedigree of a parameter, under the names that OpenFisca-France uses where it has one."""
    valeurs = {valeur.date_effet.isoformat(): valeur for valeur in feuille.valeurs}
    horizon = feuille.valable_jusqu_au
    return {
        "unit": feuille.unite,
        "label_fr": feuille.libelle,
        "reference": {
            jour: [{"title": r.titre, "href": r.href} for r in valeur.references]
            for jour, valeur in valeurs.items()
        },
        "official_journal_date": {
            jour: valeur.publication.isoformat()
            for jour, valeur in valeurs.items()
            if valeur.publication is not None
        },
        "notes": {jour: valeur.note for jour, valeur in valeurs.items() if valeur.note},
        "last_value_still_valid_on": None if horizon is None else horizon.isoformat(),
        "maillage": {
            "chemin": feuille.chemin,
            "valeurs": {jour: _convert_pedigree(valeur) for jour, valeur in valeurs.items()},
            "lacunes": [
                {
                    "du": lacune.du.isoformat(),
                    "au": None if lacune.au is None else lacune.au.isoformat(),
                    "phrase": lacune.phrase,
                }
                for lacune in feuille.lacunes
            ],
            "au_dela": feuille.au_dela,
            "refus": feuille.refus,
            "projection": feuille.projection,
        },
    }


def _convert_pedigree(valeur: ValeurDatee) -> dict[str, Any]:
    exacte = {"fraction": str(valeur.valeur)} if isinstance(valeur.valeur, Fraction) else {}
    return {
        "confiance": valeur.confiance,
        "derniere_verification": valeur.derniere_verification.isoformat(),
        "date_effet_relevee": valeur.date_effet_relevee,
        "renvoi": valeur.renvoi,
        **exacte,
    }
