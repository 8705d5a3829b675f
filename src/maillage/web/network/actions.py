"""What is done to organisations and roles: each in one transaction, with its line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.web.accounts.actions import consume, verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.journal.actions import record
from maillage.web.network.models import Consentement, Organisation, Rattachement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.web.accounts.models import Invitation


@transaction.atomic
def start_network(
    invitation: Invitation,
    *,
    reseau: str,
    administrateur: Utilisateur,
    mot_de_passe: str,
    le: date,
) -> Utilisateur:
    """Create the network and its first administrator, and use up the link.

    Args:
        invitation: The link of the first start.
        reseau: Name of the network.
        administrateur: Not saved yet.
        mot_de_passe: Already checked.
        le: Today.

    Raises:
        ValueError: the link was used meanwhile.
    """
    consume(invitation)
    organisation = Organisation.objects.create(nature=Organisation.Nature.RESEAU, nom=reseau)
    utilisateur = Utilisateur.objects.create_user(
        administrateur.email,
        mot_de_passe,
        prenom=administrateur.prenom,
        nom=administrateur.nom,
    )
    verify_address(utilisateur)
    attach(utilisateur, organisation, Role.ADMINISTRATION, depuis=le, by=utilisateur.pk)
    record("reseau.creer", by=utilisateur.pk, objet=organisation, nom=reseau)
    return utilisateur


@transaction.atomic
def attach(
    utilisateur: Utilisateur,
    organisation: Organisation,
    role: Role,
    *,
    depuis: date,
    by: int | None,
    fonction: str = "",
) -> Rattachement:
    """Give a person a role in an organisation, from a day on; the same role given twice is one."""
    rattachement, created = Rattachement.objects.get_or_create(
        utilisateur=utilisateur,
        organisation=organisation,
        role=role.value,
        date_fin=None,
        defaults={"date_debut": depuis, "fonction": fonction},
    )
    if created:
        record(
            "role.donner",
            by=by,
            objet=organisation,
            nom=str(organisation),
            details={"utilisateur": utilisateur.pk, "role": role.value},
        )
    return rattachement


@transaction.atomic
def decide_consentements(
    organisation: Organisation, decisions: Mapping[str, bool], *, by: int | None
) -> int:
    """Note what a structure allows, use by use; saying again what already holds adds nothing.

    Args:
        organisation: The structure.
        decisions: Granted or not, by use; the uses that are absent are left as they are.
        by: Who decides.

    Returns:
        How many decisions were added.
    """
    en_vigueur = {
        decision.usage: decision.accorde
        for decision in organisation.consentements.order_by("at", "id")
    }
    nouvelles = {
        Consentement.Usage(usage): accorde
        for usage, accorde in decisions.items()
        if en_vigueur.get(usage) is not accorde
    }
    Consentement.objects.bulk_create(
        Consentement(organisation=organisation, usage=usage, accorde=accorde, by_id=by)
        for usage, accorde in nouvelles.items()
    )
    if nouvelles:
        record(
            "consentement.decider",
            by=by,
            objet=organisation,
            nom=str(organisation),
            details={usage.value: accorde for usage, accorde in nouvelles.items()},
        )
    return len(nouvelles)
