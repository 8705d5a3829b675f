"""« Connu au »: the amount that applied on a day, and the one that could be known then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets, join_fr
from maillage.regles.aide_au_poste.lignes import (
    MILIEU_PENITENTIAIRE,
    TERRITOIRES,
    TYPES_DETENTION,
    TYPES_SIAE,
)
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.montants import chemin_socle
from maillage.web.regles.saisie import Erreurs, parse_jour

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.regles.engine.valeur_legale import ValeurLegale

CHAMPS_CONNU = {
    "type": "Type de structure",
    "territoire": "Territoire",
    "le": "Montant qui s’applique au",
    "connu_au": "Tel qu’on pouvait le connaître au",
}


@dataclass(frozen=True, slots=True)
class Reponse:
    """Amount of a day, known today and known then; a refusal where there is none.

    Attributes:
        le: Day of effect asked for.
        connu_au: Day of knowledge; None when only the amount was asked for.
        aujourd_hui: With every text found.
        alors: With those published by `connu_au`; same as `aujourd_hui` without it.
    """

    type_siae: str
    territoire: str
    le: date
    connu_au: date | None
    aujourd_hui: ValeurLegale | Anomalie
    alors: ValeurLegale | Anomalie


@dataclass(frozen=True, slots=True)
class Question:
    """The form as typed: its texts, its problems, and its answer when there are none."""

    textes: Mapping[str, str]
    erreurs: Erreurs
    reponse: Reponse | None


def read_question(query: Mapping[str, str]) -> Question:
    """Read the address, and answer when it can be answered."""
    textes = {nom: query.get(nom, "").strip() for nom in CHAMPS_CONNU}
    erreurs = Erreurs()
    if not any(textes.values()):
        return Question({**textes, "type": "AI", "territoire": TERRITOIRES[0]}, erreurs, None)
    _check_choix(textes, erreurs)
    le = parse_jour(textes["le"], "le", erreurs)
    connu = parse_jour(textes["connu_au"], "connu_au", erreurs) if textes["connu_au"] else None
    if erreurs or le is None:
        return Question(textes, erreurs, None)
    return Question(textes, erreurs, _answer(textes["type"], textes["territoire"], le, connu))


def _check_choix(textes: Mapping[str, str], erreurs: Erreurs) -> None:
    connus = {"type": TYPES_SIAE, "territoire": TERRITOIRES}
    for champ, valeurs in connus.items():
        if textes[champ] not in valeurs:
            erreurs.add(
                champ,
                Anomalie(
                    "MLG-WEB-025",
                    f"{guillemets(textes[champ])} n’est pas dans la liste.",
                    f"Choisissez {join_fr(valeurs, 'ou')}.",
                ),
            )
    if textes["territoire"] == MILIEU_PENITENTIAIRE and textes["type"] not in TYPES_DETENTION:
        erreurs.add(
            "territoire",
            Anomalie(
                "MLG-WEB-026",
                "Les textes ne donnent de montant en milieu pénitentiaire que pour les EI et les ACI.",
                "Changez le territoire ou le type de structure.",
            ),
        )


def _answer(type_siae: str, territoire: str, le: date, connu_au: date | None) -> Reponse:
    chemin = chemin_socle(territoire, type_siae)
    aujourd_hui = _resolve(chemin, le, None)
    alors = aujourd_hui if connu_au is None else _resolve(chemin, le, connu_au)
    return Reponse(type_siae, territoire, le, connu_au, aujourd_hui, alors)


def _resolve(chemin: str, le: date, connu_au: date | None) -> ValeurLegale | Anomalie:
    try:
        return load_legislation().with_connu_au(connu_au).resolve(chemin, le)
    except PeriodeNonModelisee as inconnu:
        return inconnu.anomalies[0]
