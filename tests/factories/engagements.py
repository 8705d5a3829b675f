"""Commitments of tests: invented offices, invented sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from maillage.web.dialogue.engagements import actions, changement
from maillage.web.dialogue.models import Charge, Engagement, Proposition, Titulaire
from maillage.web.dialogue.propositions import actions as propositions

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.config.droits import Verdict

DIT_LE = date(2024, 3, 22)
PHRASE = "Une instruction demandera aux préfets d’associer largement les réseaux."


def make_charge(nom: str = "Anne Essai", **champs: Any) -> Charge:
    """An office, held since 2022 by somebody that a public page names."""
    titulaire = Titulaire(
        nom=nom, date_debut=date(2022, 5, 20), source_url="https://page.example.org/nomination"
    )
    defauts = {"intitule": "Ministre de l’Essai", "niveau": "france"}
    return changement.create_charge({**defauts, **champs}, titulaire, by=None)


def make_engagement(phrase: str = PHRASE, **champs: Any) -> Engagement:
    """A public promise, of the national level, without due date."""
    defauts: dict[str, Any] = {"sens": "public", "visibilite": "public", "date": DIT_LE}
    return actions.create_engagement({**defauts, "phrase": phrase, **champs}, by=None)


def engagement_of(petit: PetitReseau, verdict: Verdict) -> Engagement:
    """A commitment that stands to the person of a line of the table as the line says."""
    return make_engagement(f"Promesse {Engagement.objects.count()}", **_lieu(petit, verdict))


def charge_of(petit: PetitReseau, verdict: Verdict) -> Charge:
    """An office that stands to the person of a line of the table as the line says."""
    return make_charge(**_lieu(petit, verdict))


def make_proposition(titre: str = "Doubler l’aide", **champs: Any) -> Proposition:
    """A public proposal with its first text."""
    defauts: dict[str, Any] = {"visibilite": "public", "statut": "adoptee"}
    return propositions.create_proposition(
        {**defauts, "titre": titre, **champs}, texte="Nous demandons ceci.\nEt cela.", by=None
    )


def proposition_of(petit: PetitReseau, verdict: Verdict) -> Proposition:
    """A proposal that stands to the person of a line of the table as the line says."""
    return make_proposition(**_lieu(petit, verdict))


def _lieu(petit: PetitReseau, verdict: Verdict) -> dict[str, str]:
    ailleurs = verdict.relation.name == "AUTRE"
    organisation = petit.lointaine if ailleurs else petit.structure
    return {
        "niveau": "departement",
        "territoire": organisation.departement,
        "departement": organisation.departement,
        "region": organisation.region,
    }
