"""Where each structure stands: response rate, by region and by kind; who is late and whom to write to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from maillage.web.droits.permissions import Permission, Role
from maillage.web.network.models import Organisation, Rattachement
from maillage.web.questionnaire.connu import name_regions, name_type
from maillage.web.questionnaire.models import Reponse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maillage.web.droits.acteur import Acteur
    from maillage.web.questionnaire.models import Questionnaire


class EtatReponse(StrEnum):
    """Where a structure stands. The value is in addresses."""

    ENVOYEE = "envoyee"
    COMMENCEE = "commencee"
    ABSENTE = "absente"

    @property
    def libelle(self) -> str:
        """Words on screen."""
        return {"envoyee": "envoyée", "commencee": "commencée"}.get(self.value, "pas commencée")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One structure.

    Attributes:
        organisation: The structure.
        region: Name of its region.
        type_siae: Kind under which it is counted.
        reponse: Its answer, without what it says; None when it has not begun.
    """

    organisation: Organisation
    region: str
    type_siae: str
    reponse: Reponse | None

    @property
    def etat(self) -> EtatReponse:
        """Where it stands."""
        if self.reponse is None:
            return EtatReponse.ABSENTE
        return EtatReponse.ENVOYEE if self.reponse.is_envoyee else EtatReponse.COMMENCEE

    @property
    def pourcentage(self) -> int:
        """Share of the questions asked that have an answer."""
        reponse = self.reponse
        return 100 * reponse.repondues // reponse.posees if reponse and reponse.posees else 0


@dataclass(frozen=True, slots=True)
class Taux:
    """How many of a group answered."""

    nom: str
    envoyees: int
    commencees: int
    total: int

    @property
    def pourcentage(self) -> int:
        """Response rate, rounded to the nearest whole."""
        return (200 * self.envoyees + self.total) // (2 * self.total) if self.total else 0


def list_lignes(questionnaire: Questionnaire, acteur: Acteur, le: date) -> list[Ligne]:
    """Member structures that the person may follow, by name, in a fixed number of queries."""
    structures = list(
        Organisation.objects.reachable(acteur, Permission.QUESTIONNAIRE_SUIVRE)
        .members(le)
        .filter(nature=Organisation.Nature.STRUCTURE, is_archived=False)
        .order_by("nom", "pk")
        .prefetch_related("conventions")
    )
    reponses = {
        reponse.organisation_id: reponse
        for reponse in Reponse.objects.filter(questionnaire=questionnaire).defer("valeurs")
    }
    noms = name_regions(structure.region for structure in structures)
    return [
        Ligne(structure, noms[structure.region], name_type(structure), reponses.get(structure.pk))
        for structure in structures
    ]


def measure_all(lignes: Iterable[Ligne]) -> Taux:
    """Response rate of everybody."""
    return _measure("Ensemble", list(lignes))


def measure_by(lignes: Iterable[Ligne], attribut: str) -> list[Taux]:
    """Response rate by region or by kind, by name."""
    groupes: dict[str, list[Ligne]] = {}
    for ligne in lignes:
        groupes.setdefault(getattr(ligne, attribut), []).append(ligne)
    return [_measure(nom, groupe) for nom, groupe in sorted(groupes.items())]


def _measure(nom: str, lignes: list[Ligne]) -> Taux:
    etats = Counter(ligne.etat for ligne in lignes)
    return Taux(nom, etats[EtatReponse.ENVOYEE], etats[EtatReponse.COMMENCEE], len(lignes))


@dataclass(frozen=True, slots=True)
class Destinataire:
    """A director to remind; never kept."""

    organisation: Organisation
    email: str


def list_destinataires(lignes: Iterable[Ligne], le: date) -> list[Destinataire]:
    """Directors of the structures that have not sent their answer, one line per address."""
    tardives = [ligne.organisation.pk for ligne in lignes if ligne.etat is not EtatReponse.ENVOYEE]
    rattachements = (
        Rattachement.objects.current(le)
        .filter(role=Role.DIRECTION.value, organisation__in=tardives, utilisateur__is_active=True)
        .select_related("utilisateur", "organisation")
        .order_by("organisation__nom", "utilisateur__email")
    )
    return [Destinataire(r.organisation, r.utilisateur.email) for r in rattachements]
