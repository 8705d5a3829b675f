"""Who gives what to the panel for a year: member structures that agree today, their extract and their accounts.

What this gathers are figures of structures: only `arret` and the page of one structure, for itself, read them;
the page of the network reads how many there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maillage.analyses.panel.comptes import choose_exercice, read_comptes
from maillage.analyses.panel.contributions import Cadre, gather, identify
from maillage.data.extraits import list_extraits
from maillage.indicators.panel.contribution import Consentement
from maillage.indicators.pilotage.heures import sum_heures
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.tableaux import list_annees
from maillage.kernel.errors import UserError
from maillage.web.economie.lecture import compute_annees
from maillage.web.economie.models import ExerciceComptable, PlanDeRattachement
from maillage.web.network.consents import who_agrees
from maillage.web.network.models import Consentement as Decision
from maillage.web.network.models import Convention, Organisation
from maillage.web.panel.choix import TAILLES
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.panel.contribution import Contribution, Mesure
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

_ANNEES = 3


@dataclass(frozen=True, slots=True)
class Recueil:
    """What those who agree give for a year.

    Attributes:
        adherentes: Member structures.
        d_accord: Of them, those that agree to the panel.
        sans_lien: Of these, those that are tied to no structure of the extracts.
        sans_annexe: Tied, but that the extract does not have for that year.
        sans_comptes: That the extract has, but whose accounts of that year give nothing.
        contributions: What they give.
    """

    adherentes: int
    d_accord: int
    sans_lien: int
    sans_annexe: int
    sans_comptes: int
    contributions: tuple[Contribution, ...] = field(repr=False)


def list_annees_possibles() -> list[int]:
    """Years that the newest extract tells to their end, the last one first; none without an extract."""
    if not list_extraits():
        return []
    faits = load_faits()
    finies = [annee for annee in list_annees(faits) if annee < faits.extrait.extraction.year]
    return sorted(finies, reverse=True)[:_ANNEES]


def list_d_accord(le: date) -> tuple[list[Organisation], list[Organisation]]:
    """Member structures, and those of them that agree to the panel: two questions."""
    membres = Organisation.objects.filter(
        nature=Organisation.Nature.STRUCTURE, is_archived=False
    ).members(le)
    toutes = list(membres.order_by("pk"))
    accord = who_agrees(Decision.Usage.PANEL)
    return toutes, [organisation for organisation in toutes if organisation.pk in accord]


def is_d_accord(organisation: Organisation, le: date) -> bool:
    """Whether a structure gives to the panel and reads it: it is a member, and agrees."""
    membres = Organisation.objects.filter(
        pk=organisation.pk, nature=Organisation.Nature.STRUCTURE, is_archived=False
    ).members(le)
    return membres.exists() and organisation.pk in who_agrees(Decision.Usage.PANEL)


def load_recueil(annee: int, le: date) -> Recueil:
    """What those who agree on a day give for a year."""
    toutes, d_accord = list_d_accord(le)
    apports = load_contributions(d_accord, annee, le)
    lies = set(
        LienStructure.objects.filter(organisation__in=d_accord, is_confirme=True).values_list(
            "organisation_id", flat=True
        )
    )
    return Recueil(
        adherentes=len(toutes),
        d_accord=len(d_accord),
        sans_lien=sum(organisation.pk not in lies for organisation in d_accord),
        sans_annexe=sum(pk not in apports for pk in lies),
        sans_comptes=sum(
            not any("cout_heure" in une.ratios for une in unes) for unes in apports.values()
        ),
        contributions=tuple(une for unes in apports.values() for une in unes),
    )


def load_contributions(
    organisations: Iterable[Organisation], annee: int, le: date
) -> dict[int, list[Contribution]]:
    """What organisations would give for a year, by their number; consents are the caller's.

    One that the extract does not have for that year is not there.
    """
    if not list_extraits():
        return {}
    connues = {organisation.pk: organisation for organisation in organisations}
    liens = {
        lien.cle: lien.organisation_id
        for lien in LienStructure.objects.filter(organisation__in=connues, is_confirme=True)
    }
    faits = load_faits()
    cadre = Cadre(
        TAILLES,
        regions={cle: connues[pk].region for cle, pk in liens.items()},
        organismes={cle[0]: _tell_apart(connues[pk]) for cle, pk in liens.items()},
    )
    accords = [Consentement(identify(cle), le) for cle in liens]
    par_nom = {identify(cle): cle for cle in liens}
    comptes = _load_comptes(faits, liens, annee)
    found: dict[int, list[Contribution]] = defaultdict(list)
    for une in gather(faits, annee, accords, le, cadre):
        cle = par_nom[une.structure]
        ratios = {**une.ratios, **comptes.get(cle, {})}
        found[liens[cle]].append(replace(une, ratios=ratios))
    return dict(found)


def _tell_apart(organisation: Organisation) -> str:
    """Who knows what a structure knows: its legal person."""
    return organisation.siren or f"organisation {organisation.pk}"


def _load_comptes(
    faits: Faits, liens: Mapping[Cle, int], annee: int
) -> dict[Cle, dict[str, Mesure]]:
    """Ratios of the accounts of organisations that have one structure only: three questions."""
    seules = _list_alone(faits, liens)
    gardes: dict[int, list[ExerciceComptable]] = defaultdict(list)
    for garde in ExerciceComptable.objects.filter(
        organisation__in=seules, is_accepte=True, dernier_jour__year=annee
    ):
        gardes[garde.organisation_id].append(garde)
    plans: dict[int, str] = {}
    for plan in PlanDeRattachement.objects.filter(organisation__in=seules).order_by("at", "pk"):
        plans[plan.organisation_id] = plan.texte
    found = {}
    for pk, siens in gardes.items():
        exercice = _compute(siens, plans.get(pk, ""), annee)
        if exercice is not None:
            cle = seules[pk]
            heures = sum_heures(faits, {cle}, exercice.mouvements.mois)
            found[cle] = read_comptes(exercice, heures, frozenset({cle[1]}))
    return found


def _list_alone(faits: Faits, liens: Mapping[Cle, int]) -> dict[int, Cle]:
    """The structure of each organisation that has no other: the accounts are then those of that one."""
    par_organisation: dict[int, list[Cle]] = defaultdict(list)
    for cle, pk in liens.items():
        par_organisation[pk].append(cle)
    types_a_l_asp: dict[int, int] = defaultdict(int)
    for asp_id, _ in index_structures(faits).cles:
        types_a_l_asp[asp_id] += 1
    conventions: dict[int, int] = defaultdict(int)
    for pk in Convention.objects.filter(organisation__in=par_organisation).values_list(
        "organisation_id", flat=True
    ):
        conventions[pk] += 1
    return {
        pk: cles[0]
        for pk, cles in par_organisation.items()
        if len(cles) == 1 and types_a_l_asp[cles[0][0]] <= 1 and conventions[pk] <= 1
    }


def _compute(gardes: list[ExerciceComptable], plan: str, annee: int) -> Exercice | None:
    """The exercice of a year; None when its plan cannot be followed any more."""
    try:
        return choose_exercice(compute_annees(gardes, plan).exercices, annee)
    except UserError:
        return None
