"""Contributions to the panel from an extract: ratios that the cockpit already defines, for those who consent."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.assemblage import list_unites
from maillage.analyses.argent_public.unites import Demande, Rapprochement
from maillage.indicators.panel.contribution import Contribution, Mesure, Profil, keep_consenting
from maillage.indicators.pilotage.declarations import FINANCEURS, list_encadrement
from maillage.kernel.francais import format_nombre, typeset
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from maillage.analyses.argent_public.unites import Unite
    from maillage.indicators.panel.contribution import Consentement
    from maillage.indicators.pilotage.declarations import Encadrement
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur

INCONNUE = ""
"""A dimension that is not known makes nobody alike."""
RATIOS = {
    "part_ventes": "Ventes, pour 100 euros de produits",
    "part_aides": "Aides, pour 100 euros de produits",
    "aides_par_etp": "Aides, en euros par ETP réalisé sur l’année",
    "aides_par_heure": "Aides, en euros par heure travaillée",
    "taux_encadrement_technique": "ETP d’encadrement technique, pour 100 ETP en insertion",
    "taux_accompagnement": "ETP d’accompagnement, pour 100 ETP en insertion",
}
"""What an extract can give to the panel, in the order of display."""
LIES = (frozenset({"part_ventes", "part_aides", "aides_par_etp", "aides_par_heure"}),)
"""Ratios of the same euros: to be given to `publish`, so that one does not tell what another hides."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """What structures are compared by, and what an extract does not say.

    Attributes:
        seuils: ETP agreed over the year from which each next size class starts, rising.
        regions: Official code of the region of each structure.
        activites: Main activity of each structure; extracts have none.
        organismes: SIREN of each identifier of the ASP; the identifier itself when it is not there.
    """

    seuils: tuple[float, ...]
    regions: Mapping[Cle, str] = field(default_factory=dict)
    activites: Mapping[Cle, str] = field(default_factory=dict)
    organismes: Mapping[int, str] = field(default_factory=dict)


def identify(cle: Cle) -> str:
    """Identifier of a structure in the panel, the same in consents and from a year to the next."""
    return f"{cle[0]}:{cle[1]}"


def name_taille(etp: float, seuils: Sequence[float]) -> str:
    """Size class: « moins de 10 ETP », « de 10 à moins de 30 ETP », « 30 ETP et plus »."""
    rank = bisect_right(seuils, etp)
    bounds = [format_nombre(seuil) for seuil in seuils]
    if not bounds:
        return "toutes tailles"
    if rank == 0:
        return typeset(f"moins de {bounds[0]} ETP")
    if rank == len(bounds):
        return typeset(f"{bounds[-1]} ETP et plus")
    return typeset(f"de {bounds[rank - 1]} à moins de {bounds[rank]} ETP")


def gather(
    faits: Faits, annee: int, consentements: Iterable[Consentement], au: date, cadre: Cadre
) -> tuple[Contribution, ...]:
    """Contributions of a calendar year, of the structures that consent on a day.

    Kinds that share accounts bring no ratio of money: it could not be told whose it is. A ratio that
    is unknown is not there.

    Args:
        faits: Of an extract.
        annee: Calendar year.
        consentements: To the panel, by `identify`.
        au: Day of the edition.
        cadre: What structures are compared by.
    """
    encadrement = {
        ligne.cle: ligne for ligne in list_encadrement(faits, annee + 1) if ligne.cle is not None
    }
    contributions = [
        _contribute(cle, unite, encadrement.get(cle), annee, cadre)
        for unite in list_unites(faits, Demande(annee))
        for cle in unite.cles
    ]
    return keep_consenting(contributions, consentements, au)


def _contribute(
    cle: Cle, unite: Unite, encadrement: Encadrement | None, annee: int, cadre: Cadre
) -> Contribution:
    seule = len(unite.cles) == 1
    return Contribution(
        structure=identify(cle),
        organisme=cadre.organismes.get(cle[0], unite.organisme),
        annee=annee,
        profil=Profil(
            type=cle[1],
            taille=name_taille(unite.etp_conventionnes, cadre.seuils) if seule else INCONNUE,
            region=cadre.regions.get(cle, INCONNUE),
            activite=cadre.activites.get(cle, INCONNUE),
        ),
        ratios=(_read_argent(unite) if seule else {}) | _read_encadrement(encadrement),
    )


def _read_argent(unite: Unite) -> dict[str, Mesure]:
    """Ratios of money, when what is declared is of this very calendar year."""
    if unite.rapprochement is not Rapprochement.FAIT or not unite.declare:
        return {}
    cents = unite.declare
    produits = sum(cents.values())
    aides = sum(cents[nom] for nom in FINANCEURS)
    found = {
        "part_ventes": _divide(100 * cents["ventes"], produits),
        "part_aides": _divide(100 * aides, produits),
        "aides_par_etp": _divide(aides / 100, unite.etp),
        "aides_par_heure": _divide(aides / 100, unite.heures),
    }
    return {nom: mesure for nom, mesure in found.items() if mesure is not None}


def _read_encadrement(encadrement: Encadrement | None) -> dict[str, Mesure]:
    """Supervision, that the annexes of the next year declare of this one."""
    if encadrement is None:
        return {}
    insertion = _number(encadrement.insertion)
    found = {
        "taux_encadrement_technique": _number(encadrement.taux_technique),
        "taux_accompagnement": _number(encadrement.taux_accompagnement),
    }
    return {
        nom: Mesure(taux, insertion)
        for nom, taux in found.items()
        if taux is not None and insertion is not None
    }


def _divide(haut: float, bas: float | None) -> Mesure | None:
    return Mesure(haut / bas, bas) if bas else None


def _number(valeur: Valeur) -> float | None:
    return None if isinstance(valeur, Absence) else valeur
