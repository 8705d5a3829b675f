"""The accounts of an organisation, computed from what it handed over and what it says of its accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.comptes.annees import Annees, set_side_by_side
from maillage.analyses.comptes.exercice import compute_from_mouvements
from maillage.analyses.comptes.heure import HeureDeLAnnee, read_hour
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.heures import Heures, make_unknown, sum_heures
from maillage.indicators.pilotage.lecture import load_faits
from maillage.web.economie.stockage import from_json
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.analyses.comptes.rattachement import Rattachement
    from maillage.web.economie.models import ExerciceComptable
    from maillage.web.network.models import Organisation

NOM_DU_PLAN = "plan de rattachement"


def load_plan(organisation: Organisation) -> Rattachement | None:
    """What the structure says of its accounts; None when it said nothing.

    Raises:
        FichierInvalide: the text cannot be followed any more (MLG-SOL-011 to 018).
    """
    dernier = organisation.plans_de_rattachement.first()
    return parse_rattachement(dernier.texte, NOM_DU_PLAN) if dernier else None


def load_annees(organisation: Organisation) -> Annees | None:
    """The years that are accepted, the oldest first; None without any.

    Raises:
        FichierInvalide: MLG-SOL-003, 004, 011 to 019.
    """
    gardes = list(organisation.exercices_comptables.filter(is_accepte=True))
    dernier = organisation.plans_de_rattachement.first()
    return compute_annees(gardes, dernier.texte if dernier else "") if gardes else None


def compute_annees(gardes: Iterable[ExerciceComptable], plan: str) -> Annees:
    """Years that were kept, with the text of the plan of their structure; empty when there is none.

    Raises:
        FichierInvalide: MLG-SOL-002, 003, 011 to 019.
        ValueError: there is no year.
    """
    rattachement = parse_rattachement(plan, NOM_DU_PLAN) if plan else None
    return set_side_by_side(
        compute_from_mouvements(from_json(garde.mouvements), rattachement=rattachement)
        for garde in gardes
    )


def load_hour(
    organisation: Organisation, exercice: Exercice
) -> tuple[HeureDeLAnnee, Heures, date | None]:
    """The price of an hour of a year: its figures, its hours, the day of the extract they come from."""
    cles = frozenset(
        lien.cle
        for lien in LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    )
    types = frozenset(type_siae for _, type_siae in cles)
    if not cles or not list_extraits():
        heures, jour = make_unknown(exercice.mouvements.mois), None
    else:
        faits = load_faits()
        heures = sum_heures(faits, cles, exercice.mouvements.mois)
        jour = faits.extrait.extraction
    return read_hour(exercice, heures, types), heures, jour
