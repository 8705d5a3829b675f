"""What is done to organisations and roles: each in one transaction, with its line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.web.accounts.actions import LienDejaUtilise, consume, verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.journal.actions import record
from maillage.web.network.models import Organisation, Rattachement

if TYPE_CHECKING:
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
        LienDejaUtilise: the link was used meanwhile, or the network already exists.
    """
    consume(invitation)
    if Organisation.objects.filter(nature=Organisation.Nature.RESEAU).exists():
        msg = "the network exists"
        raise LienDejaUtilise(msg)
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
