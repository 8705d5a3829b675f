"""The worked cases of a mechanism: what each gives, what its text expects, what the rules find now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import ESPACE_FINE, typeset
from maillage.regles.cas.execution import verify_mecanisme
from maillage.regles.cas.modele import REFUS
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.libelles import LIBELLES, find_unite, is_euros
from maillage.regles.mise_a_disposition.modele import (
    EmployeurPublic,
    HeuresSousDerogation,
    PointDeDepart,
)
from maillage.web.regles.affichage import heures, mesure, nombre_exact
from maillage.web.regles.montants import NOMS_TERRITOIRES, NOMS_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from maillage.regles.cas.modele import Donnee, Verification

_CONGES = {lecture.value: lecture.libelle for lecture in LectureCongesPayes}
_MOTS = {
    "lecture_conges_payes": _CONGES,
    "point_de_depart": {lecture.value: lecture.libelle for lecture in PointDeDepart},
    "employeur_public": {lecture.value: lecture.libelle for lecture in EmployeurPublic},
    "heures_sous_derogation": {lecture.value: lecture.libelle for lecture in HeuresSousDerogation},
    "type": NOMS_TYPES,
    "type_siae": NOMS_TYPES,
    "territoire": NOMS_TERRITOIRES,
}
"""Codes of the files that are told in words."""
_CLIENTS = {
    "entreprise": "en entreprise",
    "employeur_public": "chez un employeur public",
    "association": "dans une association",
    "particulier": "chez un particulier",
}


def list_verifies(mecanisme: str) -> list[dict[str, object]]:
    """Cases of a mechanism, for the templates."""
    return [describe_verification(verification) for verification in verify_mecanisme(mecanisme)]


def count_discordants(cas: Iterable[Mapping[str, object]]) -> int:
    """How many of the cases the rules do not find."""
    return sum(not un["concorde"] for un in cas)


def describe_verification(verification: Verification) -> dict[str, object]:
    """One case, for the templates."""
    cas = verification.cas
    return {
        "titre": typeset(cas.titre),
        "texte": typeset(cas.texte),
        "url": cas.url,
        "calcul": "" if REFUS in cas.attendu else typeset(cas.calcul),
        "donnees": [(_libelle(nom, cas.regle), _donnee(nom, v)) for nom, v in cas.entrees.items()],
        "resultats": _resultats(cas.regle, cas.attendu, verification.obtenu),
        "concorde": verification.concorde,
    }


def find_mot(nom: str, code: str) -> str:
    """What a code of the files says, in words; empty for a figure."""
    return _MOTS.get(nom, {}).get(code, "")


def _resultats(
    regle: str, attendu: Mapping[str, Donnee], obtenu: Mapping[str, Donnee]
) -> list[tuple[str, str, str]]:
    """What, expected, found; a refusal on either side has a line of its own."""
    noms = dict.fromkeys((*attendu, *obtenu))
    return [
        (
            _libelle(nom, regle),
            _donnee(nom, attendu[nom]) if nom in attendu else "rien",
            _donnee(nom, obtenu[nom]) if nom in obtenu else "rien",
        )
        for nom in noms
    ]


def _libelle(nom: str, regle: str) -> str:
    """Words of a name; a kind of structure is its own, a hypothesis of a reform is its sentence."""
    if nom in LIBELLES:
        return LIBELLES[nom]
    if nom in NOMS_TYPES:
        return f"{nom}, avant et après"
    return typeset(f"Hypothèse changée : « {load_reforme(regle).hypotheses[nom].phrase} »")


def _donnee(nom: str, valeur: Donnee) -> str:
    if isinstance(valeur, tuple) and nom in _LISTES:
        return f"{ESPACE_FINE}; ".join(_LISTES[nom](item) for item in valeur)
    if isinstance(valeur, str) and nom in _MOTS:
        return _MOTS[nom][valeur]
    if nom.startswith("nombre_heures") and isinstance(valeur, (int, float)):
        return heures(valeur)
    if nom == "etp":
        return _etp(valeur)
    return mesure(valeur, find_unite(nom), en_euros=is_euros(nom) or nom in NOMS_TYPES)


def _etp(valeur: Donnee) -> str:
    """Written as text in the files, with a point."""
    return nombre_exact(float(str(valeur)))


def _mise(mise: Donnee) -> str:
    assert isinstance(mise, tuple)  # noqa: S101 — the case was run, so it has this shape
    jour, duree, client = mise
    return f"{mesure(jour, None)}, {heures(float(str(duree)))} {_CLIENTS[str(client)]}"


def _periode(periode: Donnee) -> str:
    assert isinstance(periode, tuple)  # noqa: S101 — the case was run, so it has this shape
    debut, fin = periode
    return f"du {mesure(debut, None)} au {mesure(fin, None)}"


def _verse(montant: Donnee) -> str:
    return mesure(montant, None, en_euros=True)


_LISTES: dict[str, Callable[[Donnee], str]] = {
    "mises_a_disposition": _mise,
    "derogations": _periode,
    "realises": _etp,
    "verses": _verse,
}
"""Lists whose items have a shape of their own."""
