"""A typical household at work, as OpenFisca-France is asked about it: the same text for Python and for the web API.

Steady state: the same hours and the same pay since January two years before the month that is asked
for, until December of its year. Benefits that look at the last three or twelve months, and the tax of
the year, then all see the same situation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.emploi.foyers import Foyer

SEMAINES_PAR_MOIS = 52 / 12
TEMPS_PLEIN = 35
_ANNEES_AVANT = 2
MONTANTS = {
    "individus": (
        *("salaire_de_base", "salaire_net", "cotisations_employeur", "allegement_general"),
        *("allegement_cotisation_allocations_familiales", "allegement_cotisation_maladie"),
        "ass",
    ),
    "familles": (
        *("rsa", "ppa_nette_crds", "aide_logement", "af_nettes_crds", "cf_net_crds"),
        "asf_nette_crds",
    ),
}
"""What is asked for, each for the month, by plural of its entity."""
IMPOT = "impot_revenu_restant_a_payer"
"""Of the year, negative when it is due."""
_STATUTS = {
    "locataire": "locataire_vide",
    "proprietaire": "proprietaire",
    "heberge": "loge_gratuitement",
}
_RECOUVREMENTS = (
    "allegement_general_mode_recouvrement",
    "allegement_cotisation_allocations_familiales_mode_recouvrement",
    "allegement_cotisation_maladie_mode_recouvrement",
)
"""« anticipe »: each month but December has its own relief. « progressif » takes from the sum of the
months what the months before had, and OpenFisca finds zero for those when it is asked for a late one."""


@dataclass(frozen=True, slots=True)
class Poste:
    """A job, or none, of the person of a household.

    Attributes:
        foyer: The household.
        mois: Month of the law, « 2025-11 ».
        heures: Paid by week; 0 without a job.
        majoration_centimes: Added to the hourly SMIC.
        smic: Gross, by the hour, in that month.
        effectif: Employees of the employer.
        taux_accident_travail: Share of gross pay.
    """

    foyer: Foyer
    mois: str
    heures: int
    majoration_centimes: int
    smic: float
    effectif: int
    taux_accident_travail: float

    @property
    def code(self) -> str:
        """Names it among others."""
        return f"{self.foyer.code}_{self.heures}_{self.majoration_centimes}"

    @property
    def salaire_horaire(self) -> float:
        """Gross, to the cent."""
        return round(self.smic + self.majoration_centimes / 100, 2)


def build_situation(postes: list[Poste]) -> dict[str, Any]:
    """Every job in one situation, each in a household of its own, with what is asked for as None."""
    situation: dict[str, Any] = {
        nom: {} for nom in ("individus", "familles", "foyers_fiscaux", "menages")
    }
    for poste in postes:
        _add(situation, poste)
    return situation


def list_mois(mois: str) -> list[str]:
    """From January two years before, to December of the year."""
    annee = int(mois[:4])
    return [
        f"{une}-{rang:02d}"
        for une in range(annee - _ANNEES_AVANT, annee + 1)
        for rang in range(1, 13)
    ]


def _add(situation: dict[str, Any], poste: Poste) -> None:
    foyer, code, annee = poste.foyer, poste.code, poste.mois[:4]
    adultes = [code] + [f"{code}_conjoint"] * (foyer.conjoint_age is not None)
    enfants = [f"{code}_enfant{rang}" for rang in range(len(foyer.enfants))]
    individus = situation["individus"]
    individus[code] = _describe_adulte(poste, foyer.age, poste.heures, poste.salaire_horaire)
    if poste.foyer.avant == "ass":
        individus[code]["ass_precondition_remplie"] = dict.fromkeys(list_mois(poste.mois), True)
    if foyer.conjoint_age is not None:
        individus[adultes[1]] = _describe_adulte(
            poste, foyer.conjoint_age, foyer.conjoint_heures, poste.smic
        )
    for nom, age in zip(enfants, foyer.enfants, strict=True):
        individus[nom] = {"date_naissance": _date_naissance(poste, age)}
    situation["familles"][code] = {
        "parents": adultes,
        "enfants": enfants,
        **{nom: {poste.mois: None} for nom in MONTANTS["familles"]},
    }
    situation["foyers_fiscaux"][code] = {
        "declarants": adultes,
        "personnes_a_charge": enfants,
        IMPOT: {annee: None},
    }
    situation["menages"][code] = {
        "personne_de_reference": [code],
        "conjoint": adultes[1:],
        "enfants": enfants,
        **dict(_describe_logement(poste)),
    }


def _describe_adulte(poste: Poste, age: int, heures: int, salaire_horaire: float) -> dict[str, Any]:
    mois = list_mois(poste.mois)
    brut = round(salaire_horaire * heures * SEMAINES_PAR_MOIS, 2)
    valeurs: dict[str, Any] = {
        "activite": "actif" if heures else "chomeur",
        "contrat_de_travail": "temps_plein" if heures == TEMPS_PLEIN else "temps_partiel",
        "heures_remunerees_volume": heures * SEMAINES_PAR_MOIS,
        "salaire_de_base": brut,
        "effectif_entreprise": poste.effectif,
        "taux_accident_travail": poste.taux_accident_travail,
        **dict.fromkeys(_RECOUVREMENTS, "anticipe"),
    }
    demandes = {nom: {poste.mois: None} for nom in MONTANTS["individus"] if nom not in valeurs}
    return {
        "date_naissance": _date_naissance(poste, age),
        **{nom: dict.fromkeys(mois, valeur) for nom, valeur in valeurs.items()},
        **demandes,
    }


def _describe_logement(poste: Poste) -> Iterator[tuple[str, Any]]:
    mois, foyer = list_mois(poste.mois), poste.foyer
    yield "statut_occupation_logement", dict.fromkeys(mois, _STATUTS[foyer.logement])
    yield "loyer", dict.fromkeys(mois, foyer.loyer)
    if foyer.zone is not None:
        yield "zone_apl", dict.fromkeys(mois, f"zone_{foyer.zone}")


def _date_naissance(poste: Poste, age: int) -> dict[str, str]:
    """So many years old on 1 January of the year."""
    return {"ETERNITY": f"{int(poste.mois[:4]) - age}-01-01"}
