"""Between the exchanged files and the database: what is known, and writing a plan whole or not at all."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillage.web.journal.actions import record
from maillage.web.network import actions
from maillage.web.network.echange.fiche import FORMAT, Fiche, format_fiche
from maillage.web.network.echange.plan import Sort, build_annuaire, designate
from maillage.web.network.echange.rapprochement import Connue
from maillage.web.network.lignes import LigneAdhesion, LigneCotisation
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.web.network.echange.plan import LignePlan, Plan

_SIMPLES = (
    "nature",
    "nom",
    "sigle",
    "siren",
    "adresse",
    "commune",
    "departement",
    "region",
    "email",
    "telephone",
    "site_web",
)


def load_connues() -> tuple[Connue, ...]:
    """Organisations of the base as plain values, in the order of their names: four queries."""
    lues = Organisation.objects.select_related("association_regionale").prefetch_related(
        "conventions", "adhesions", "cotisations"
    )
    return tuple(Connue(o.pk, str(o.identifiant), _read(o)) for o in lues.order_by("nom", "pk"))


def _read(organisation: Organisation) -> Fiche:
    association = organisation.association_regionale
    return Fiche(
        **{nom: getattr(organisation, nom) for nom in _SIMPLES},
        association_regionale=str(association.identifiant) if association else "",
        archivee=organisation.is_archived,
        conventions=tuple(sorted(actions.known_conventions(organisation))),
        adhesions=tuple(
            sorted(
                (LigneAdhesion(a.date_debut, a.date_fin) for a in organisation.adhesions.all()),
                key=lambda a: a.date_debut,
            )
        ),
        cotisations=tuple(
            sorted(
                (
                    LigneCotisation(
                        c.annee, c.statut, c.date_statut, c.montant_centimes, c.date_echeance
                    )
                    for c in organisation.cotisations.all()
                ),
                key=lambda c: c.annee,
            )
        ),
    )


def export_rows(connues: Sequence[Connue]) -> list[dict[str, str]]:
    """Rows of the file, one per organisation, each association named among them."""
    associations = Organisation.Nature.ASSOCIATION_REGIONALE
    annuaire = build_annuaire(
        (c.cle, c.cle, c.fiche) for c in connues if c.fiche.nature == associations
    )
    noms = {c.cle: c.fiche.nom for c in connues}
    return [
        format_fiche(
            c.cle,
            c.fiche,
            designate(cle, noms[cle], annuaire) if (cle := c.fiche.association_regionale) else "",
        )
        for c in connues
    ]


COLONNES = FORMAT.colonnes


@transaction.atomic
def apply_plan(plan: Plan, *, by: int | None) -> None:
    """Write a plan; the same file imported again then changes nothing.

    Numbers that move from one organisation to another are freed first.

    Raises:
        ValueError: a doubtful line has no choice.
        SaisieInvalide: the base refuses a line after all; nothing is written.
    """
    if not plan.is_applicable:
        msg = "a doubtful line has no choice"
        raise ValueError(msg)
    modifiees = plan.of(Sort.MODIFIEE)
    creees = plan.of(Sort.CREEE)
    cibles = Organisation.objects.in_bulk([x.cible.pk for x in modifiees if x.cible])
    _free_numbers(modifiees, creees, cibles)
    cles = {str(i): pk for i, pk in Organisation.objects.values_list("identifiant", "pk")}
    for associations_first in (True, False):
        for ligne in creees:
            if (ligne.fiche.nature == Organisation.Nature.ASSOCIATION_REGIONALE) is (
                associations_first
            ):
                cles[ligne.cle] = _create(ligne, cles, by=by)
    for ligne in modifiees:
        if ligne.cible is not None:
            _modify(ligne, cibles[ligne.cible.pk], cles, by=by)
    if creees or modifiees:
        details = {"creees": len(creees), "modifiees": len(modifiees)}
        record("organisations.importer", by=by, details=details)


def _free_numbers(
    modifiees: Sequence[LignePlan],
    creees: Sequence[LignePlan],
    cibles: Mapping[int, Organisation],
) -> None:
    """Take SIREN and conventions from the organisations that will no longer hold them."""
    voulues = {c.cle: x.cle for x in (*modifiees, *creees) for c in x.fiche.conventions}
    for ligne in modifiees:
        if ligne.cible is None:
            continue
        organisation, avant = cibles[ligne.cible.pk], ligne.cible.fiche
        if avant.siren != ligne.fiche.siren:
            Organisation.objects.filter(pk=organisation.pk).update(siren="")
            organisation.siren = ""
        for convention in avant.conventions:
            if voulues.get(convention.cle, ligne.cle) != ligne.cle:
                organisation.conventions.filter(
                    siret=convention.siret, type_siae=convention.type_siae
                ).delete()


def _create(ligne: LignePlan, cles: Mapping[str, int], *, by: int | None) -> int:
    champs = _fields(ligne.fiche, cles)
    if ligne.identifiant:
        champs["identifiant"] = uuid.UUID(ligne.identifiant)
    organisation = actions.create_organisation(champs, by=by)
    _write_lists(ligne.fiche, organisation, by=by)
    return organisation.pk


def _modify(
    ligne: LignePlan, organisation: Organisation, cles: Mapping[str, int], *, by: int | None
) -> None:
    champs = _fields(ligne.fiche, cles)
    archivee = champs.pop("is_archived")
    actions.modify_organisation(organisation, champs, by=by)
    if archivee and not organisation.is_archived:
        actions.archive_organisation(organisation, by=by)
    elif organisation.is_archived and not archivee:
        actions.restore_organisation(organisation, by=by)
    _write_lists(ligne.fiche, organisation, by=by)


def _fields(fiche: Fiche, cles: Mapping[str, int]) -> dict[str, Any]:
    association = fiche.association_regionale
    return {
        **{nom: getattr(fiche, nom) for nom in _SIMPLES},
        "is_archived": fiche.archivee,
        "association_regionale_id": cles[association] if association else None,
    }


def _write_lists(fiche: Fiche, organisation: Organisation, *, by: int | None) -> None:
    if not organisation.is_structure:
        return
    actions.set_conventions(organisation, fiche.conventions, by=by)
    actions.set_adhesions(organisation, fiche.adhesions, by=by)
    actions.set_cotisations(organisation, fiche.cotisations, by=by)
