"""What the rules give for a job in a month: aide au poste and reduction of contributions, with their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.annexes.bareme import socle_centimes, socle_path
from maillage.analyses.emploi.foyers import HEURES_MAX
from maillage.kernel.francais import format_date, format_mois, format_nombre, round_half_up
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM, MOIS_PAR_AN
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.cotisations.quotients import INDEMNITE_CONGES_PAYES
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.emploi.table import Point
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale

SEMAINES_PAR_AN = 52


@dataclass(frozen=True, slots=True)
class Montant:
    """An amount of a month and where it comes from.

    Attributes:
        montant: Euros.
        source: Texts, in French.
        avertissements: What must be shown beside it, in French.
    """

    montant: Centimes
    source: str
    avertissements: tuple[str, ...] = ()


def compute_aide_au_poste(
    point: Point, type_siae: str, legislation: Legislation, saisi: Centimes | None = None
) -> Montant:
    """Aide au poste of a month: unit amount of a year × weekly hours / 35, over twelve months.

    Args:
        point: The job.
        type_siae: Kind of structure.
        legislation: The law.
        saisi: Unit amount of the reader's own annexe; None for that of the law.

    Raises:
        PeriodeNonModelisee: the amount is not known at that date.
    """
    parts = f"{point.heures}/{HEURES_MAX} d’ETP"
    if saisi is not None:
        texte = f"montant unitaire saisi, {format_euros(saisi)} par ETP et par an, pour {parts}"
        return Montant(_share(saisi, point), texte)
    legale = legislation.resolve(socle_path(type_siae, METROPOLE_DROM), read_jour(point.mois))
    unitaire = socle_centimes(legale)
    projete = "" if legale.choix is None else ", projeté sur le SMIC, pas le droit"
    texte = (
        f"{legale.reference.titre}, montant socle au {format_date(legale.date_effet)}, "
        f"{format_euros(unitaire)} par ETP et par an{projete}, pour {parts}"
    )
    return Montant(_share(unitaire, point), texte, _list_avertissements([legale]))


def compute_reduction(
    point: Point,
    effectif: int,
    legislation: Legislation,
    lecture: LectureCongesPayes = LectureCongesPayes.SANS_OBJET,
) -> Montant:
    """Réduction générale, or RGDU from 2026, of a month of the job.

    Args:
        point: The job.
        effectif: Employees of the employer.
        legislation: The law.
        lecture: How paid leave is paid: within the hours, or as an indemnity on top of fewer hours
            worked for the same pay, with the reading of the SMIC of the formula.

    Raises:
        PeriodeNonModelisee: the reduction is not modelled at that date.
    """
    heures = point.heures * SEMAINES_PAR_AN / MOIS_PAR_AN
    if lecture is not LectureCongesPayes.SANS_OBJET:
        heures /= 1 + INDEMNITE_CONGES_PAYES
    resultat = compute(
        ["reduction_cotisations", "coefficient_reduction"],
        {
            "remuneration": np.array([float(point["salaire_brut"].to_euros())]),
            "nombre_heures_remunerees": np.array([heures]),
            "effectif": np.array([float(effectif)]),
            "lecture_conges_payes": np.array([lecture.value]),
        },
        legislation,
        read_jour(point.mois),
    )
    coefficient = format_nombre(float(resultat["coefficient_reduction"][0]), 4)
    textes = dict.fromkeys(
        legale.reference.titre
        for legale in resultat.valeurs_legales
        if legale.chemin.startswith("cotisations.")
    )
    euros = round_half_up(Decimal(repr(float(resultat["reduction_cotisations"][0]))), 2)
    return Montant(
        Centimes.from_euros(euros),
        f"{' ; '.join(textes)} : coefficient {coefficient}, pour {effectif} salariés",
        _list_avertissements(resultat.valeurs_legales),
    )


def find_mois(mois: Iterable[str], type_siae: str, legislation: Legislation) -> str:
    """Latest month where the amount of the aide au poste is known, or the latest of all."""
    tous = sorted(mois)
    for un in reversed(tous):
        try:
            legislation.resolve(socle_path(type_siae, METROPOLE_DROM), read_jour(un))
        except PeriodeNonModelisee:
            continue
        return un
    return tous[-1]


def read_jour(mois: str) -> date:
    """First day of a month."""
    return date.fromisoformat(f"{mois}-01")


def name_mois(mois: str) -> str:
    """« novembre 2025 »."""
    jour = read_jour(mois)
    return format_mois(jour.year, jour.month)


def _share(unitaire: Centimes, point: Point) -> Centimes:
    return unitaire.prorata(point.heures, HEURES_MAX * MOIS_PAR_AN)


def _list_avertissements(legales: Iterable[ValeurLegale]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(un.avertissement for un in legales if un.avertissement))
