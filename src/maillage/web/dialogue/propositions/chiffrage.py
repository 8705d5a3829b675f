"""What a proposal costs, as the rules compute it: a question, its answer, and their hashes.

No result is ever typed. Headcounts are those that published costings or the spending of 2019 imply: no
headcount by kind of structure was found after 2019, and none is invented.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from maillage import __version__
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, format_nombre, guillemets
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM
from maillage.regles.budget.chiffrage import (
    KINDS_RAP_2019,
    chiffrer,
    chiffrer_execution_2019,
    chiffrer_publie,
    implied_effectif,
)
from maillage.regles.budget.lecture import load_budget
from maillage.regles.budget.modele import Effectif
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.montants import NOMS_TYPES, chemin_socle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from maillage.regles.budget.chiffrage import Chiffrage as Calcule
    from maillage.regles.budget.modele import ChiffragePublie
    from maillage.regles.engine.valeur_legale import ValeurLegale

PUBLIE: Final = "publie"
MONTANT: Final = "montant"
CALCULS: Final = {PUBLIE: "chiffrage publié, refait", MONTANT: "montant au choix"}
SANS_EFFECTIF: Final = "aucun"
_IMPLICITE: Final = "implicite:"
_EXECUTION: Final = "execution_2019:"
_JOUR_2019: Final = date(2019, 1, 1)
TYPES: Final = tuple(NOMS_TYPES)


@dataclass(frozen=True, slots=True)
class Question:
    """What the rules are asked.

    Attributes:
        calcul: `PUBLIE` or `MONTANT`.
        chiffrage: Code of the published costing, for the first.
        type_siae: Kind of structure, for the second.
        montant_cible: Euros per ETP and year, for the second, as written.
        le: ISO day on which the law is read, for the second.
        effectif: Code of a source of ETP, of `list_effectifs`.
    """

    calcul: str
    chiffrage: str = ""
    type_siae: str = ""
    montant_cible: str = ""
    le: str = ""
    effectif: str = SANS_EFFECTIF

    @classmethod
    def read(cls, calcul: str, parametres: dict[str, str]) -> Question:
        """The question of a frozen costing."""
        return cls(calcul, **parametres)

    @property
    def parametres(self) -> dict[str, str]:
        """What is kept of it, the calculation apart."""
        return {nom: v for nom, v in asdict(self).items() if v and nom != "calcul"}


def list_publies() -> tuple[ChiffragePublie, ...]:
    """The costings that were published."""
    return load_budget().chiffrages


@cache
def list_effectifs() -> dict[str, tuple[str, Effectif]]:
    """Sources of ETP by code: the kind that each counts, and the headcount."""
    found = {
        f"{_IMPLICITE}{publie.code}": (publie.type_siae, implied_effectif(publie))
        for publie in list_publies()
    }
    montants = {kind: _amount_2019(kind) for kind in KINDS_RAP_2019}
    budget = load_budget()
    executions = chiffrer_execution_2019(budget, montants, 0.0)
    for kind, execution in zip(KINDS_RAP_2019, executions, strict=True):
        if isinstance(execution.etp_implicites, Absence):
            continue
        ligne = budget.get_ligne(f"postes_execute_2019_{kind.lower()}")
        code = f"{_EXECUTION}{kind}"
        mesure = f"ETP {kind} que suppose la dépense exécutée de 2019, au montant socle de 2019"
        effectif = Effectif(code, 2019, execution.etp_implicites, mesure, ligne.source, True)  # noqa: FBT003 — the dataclass's last field
        found[code] = (kind, effectif)
    return found


def _amount_2019(kind: str) -> float:
    return float(str(_socle(kind, _JOUR_2019).valeur))


def compute(question: Question) -> dict[str, Any]:
    """Answer of the rules of today, ready for JSON.

    Raises:
        SaisieInvalide: MLG-PRP-001, the question names what the rules do not know.
        PeriodeNonModelisee: the law gives no amount on that day.
    """
    return _compute_publie(question) if question.calcul == PUBLIE else _compute_montant(question)


def _compute_publie(question: Question) -> dict[str, Any]:
    publie = next((p for p in list_publies() if p.code == question.chiffrage), None)
    if publie is None:
        raise _unknown("chiffrage", question.chiffrage)
    effectif = _effectif(question.effectif, publie.type_siae)
    if question.effectif == f"{_IMPLICITE}{publie.code}":
        raise SaisieInvalide(
            Anomalie(
                "MLG-PRP-002",
                "Ce chiffrage serait refait avec l’effectif qu’il suppose lui-même\u00a0: l’écart serait nul par "
                "construction.",
                "Choisissez un autre effectif, ou aucun.",
                "effectif",
            )
        )
    hypotheses = [
        (
            f"Montants par ETP et par an, tels que l’auteur les a écrits\u00a0: de {_euros(publie.montant_avant)} à "
            f"{_euros(publie.montant_apres)}."
        )
    ]
    return _answer(
        chiffrer_publie(publie, effectif),
        publie.type_siae,
        (publie.montant_avant, publie.montant_apres),
        hypotheses,
        [publie.source.titre],
    )


def _compute_montant(question: Question) -> dict[str, Any]:
    if question.type_siae not in TYPES:
        raise _unknown("type", question.type_siae)
    legale = _socle(question.type_siae, date.fromisoformat(question.le))
    avant, cible = float(str(legale.valeur)), float(question.montant_cible)
    effectif = _effectif(question.effectif, question.type_siae)
    titre = f"{question.type_siae} à {_euros(cible)} par ETP et par an"
    hypotheses = [
        (
            f"Montant de départ\u00a0: {_euros(avant)}, en vigueur le {format_date(date.fromisoformat(question.le))}, effet au "
            f"{format_date(legale.date_effet)} (métropole et outre-mer hors Mayotte)."
        ),
        "Toute l’année, au même effectif\u00a0: aucun poste créé ni supprimé par le changement de montant.",
        "Part modulée non comprise.",
    ]
    sources = [reference.titre for reference in legale.references]
    calcule = chiffrer(titre, cible - avant, effectif)
    return _answer(calcule, question.type_siae, (avant, cible), hypotheses, sources)


def _answer(
    calcule: Calcule,
    type_siae: str,
    montants: tuple[float, float],
    hypotheses: list[str],
    sources: list[str],
) -> dict[str, Any]:
    etp = calcule.etp
    if etp is not None:
        sources = [*sources, etp.source.titre]
    return {
        "titre": calcule.titre,
        "type_siae": type_siae,
        "montant_avant": montants[0],
        "montant_apres": montants[1],
        "montant_par_etp": calcule.montant_par_etp,
        "etp": None
        if etp is None
        else {
            "code": etp.code,
            "valeur": etp.valeur,
            "mesure": etp.mesure,
            "source": etp.source.titre,
            "est_implicite": etp.est_implicite,
        },
        "valeur_centimes": _known(calcule.valeur_centimes),
        "publie_euros": calcule.publie_euros,
        "ecart_centimes": _known(calcule.ecart_centimes),
        "etp_implicites": _known(calcule.etp_implicites),
        "explications": list(calcule.explications),
        "hypotheses": hypotheses,
        "sources": list(dict.fromkeys(sources)),
    }


def _known(valeur: float | Absence) -> float | None:
    return None if isinstance(valeur, Absence) else valeur


def _effectif(code: str, type_siae: str) -> Effectif | None:
    if code in {"", SANS_EFFECTIF}:
        return None
    kind, effectif = list_effectifs().get(code, ("", None))
    if effectif is None:
        raise _unknown("effectif", code)
    if kind != type_siae:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PRP-003",
                f"Cet effectif compte des ETP de type {kind}, pas {type_siae}.",
                "Choisissez un effectif du même type de structure.",
                "effectif",
            )
        )
    return effectif


def _socle(type_siae: str, jour: date) -> ValeurLegale:
    return load_legislation().resolve(chemin_socle(METROPOLE_DROM, type_siae), jour)


def last_known_day(type_siae: str) -> date | None:
    """Last day on which the law gives an amount for a kind of structure."""
    return load_legislation().leaf(chemin_socle(METROPOLE_DROM, type_siae)).valable_jusqu_au


def _euros(montant: float) -> str:
    return f"{format_nombre(montant, 0 if float(montant).is_integer() else 2)}\u202f€"


def _unknown(quoi: str, valeur: str) -> SaisieInvalide:
    return SaisieInvalide(
        Anomalie(
            "MLG-PRP-001",
            f"Les règles ne connaissent pas de {quoi} {guillemets(valeur)}.",
            "Choisissez dans la liste.",
            quoi,
        )
    )


@cache
def version_regles() -> str:
    """Hash of every parameter file of the rules and of the version of the program."""
    empreinte = hashlib.sha256(__version__.encode())
    for nom, contenu in sorted(_parametres(resources.files("maillage.regles"), "")):
        empreinte.update(nom.encode())
        empreinte.update(hashlib.sha256(contenu).digest())
    return empreinte.hexdigest()


def _parametres(dossier: Traversable, chemin: str) -> Iterator[tuple[str, bytes]]:
    for element in dossier.iterdir():
        nom = f"{chemin}/{element.name}"
        if element.is_dir():
            yield from _parametres(element, nom)
        elif element.name.endswith(".yaml"):
            yield nom, element.read_bytes()


def hash_run(question: Question, resultat: dict[str, Any]) -> str:
    """Hash of a question and of its answer, the same wherever it is computed."""
    contenu = {"calcul": question.calcul, "parametres": question.parametres, "resultat": resultat}
    texte = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()
