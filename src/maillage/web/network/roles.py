"""Roles of people: who gives which one, where; each change in one transaction, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.accounts.courriels import send_invitation
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.acteur import Acteur
from maillage.web.droits.permissions import Permission, Role
from maillage.web.journal.actions import record
from maillage.web.network.models import Organisation, Rattachement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_NATURES = Organisation.Nature
ROLES_PAR_NATURE: Final[Mapping[str, tuple[Role, ...]]] = {
    _NATURES.RESEAU: (Role.DELEGATION, Role.CONSEIL, Role.ADMINISTRATION),
    _NATURES.ASSOCIATION_REGIONALE: (Role.DELEGATION_REGIONALE,),
    _NATURES.STRUCTURE: (Role.EQUIPE, Role.DIRECTION),
    _NATURES.PARTENAIRE: (Role.PARTENAIRE,),
}
"""Roles that exist in an organisation, by its nature."""

_DONNES: Final[Mapping[Role, frozenset[Role]]] = {
    Role.ADMINISTRATION: frozenset(Role),
    Role.DELEGATION: frozenset(Role) - {Role.ADMINISTRATION},
    Role.DIRECTION: frozenset({Role.DIRECTION, Role.EQUIPE}),
}
"""Roles that each role may give, where the table of permissions lets it manage people."""


def givable_roles(acteur: Acteur, organisation: Organisation) -> tuple[Role, ...]:
    """Roles that a person may give or end in an organisation, least powerful first."""
    donnes: set[Role] = set()
    for mandat in acteur.mandats:
        seul = Acteur(acteur.utilisateur_id, (mandat,))
        if seul.may(Permission.PERSONNES_GERER, organisation):
            donnes |= _DONNES.get(mandat.role, frozenset())
    return tuple(r for r in ROLES_PAR_NATURE[organisation.nature] if r in donnes)


def check_may_give(acteur: Acteur, organisation: Organisation, role: Role) -> None:
    """Hold to who gives which role.

    Raises:
        SaisieInvalide: MLG-ORG-080, the role does not exist there; MLG-ORG-081, that person may
            not give it.
    """
    existants = ROLES_PAR_NATURE[organisation.nature]
    if role not in existants:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-080",
                f"Le rôle {guillemets(role.libelle)} n’existe pas dans {guillemets(organisation.nom)}.",
                f"Rôles possibles\u00a0: {join_fr((r.libelle for r in existants), 'ou')}.",
            )
        )
    donnes = givable_roles(acteur, organisation)
    if role not in donnes:
        possibles = join_fr((r.libelle for r in donnes), "ou")
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-081",
                f"Vous ne pouvez ni donner ni retirer le rôle {guillemets(role.libelle)} dans "
                f"{guillemets(organisation.nom)}.",
                f"Vous pouvez y donner\u00a0: {possibles}. Pour un autre rôle, demandez à votre réseau."
                if possibles
                else "Demandez à votre réseau.",
            )
        )


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
        _record("role.donner", rattachement, by=by)
    return rattachement


@transaction.atomic
def give_role(
    utilisateur: Utilisateur,
    organisation: Organisation,
    role: Role,
    *,
    depuis: date,
    fonction: str,
    acteur: Acteur,
) -> Rattachement:
    """Give a person a role, within what whoever gives it may give.

    Raises:
        SaisieInvalide: MLG-ORG-080, 081 as `check_may_give`; MLG-ORG-082, to oneself; MLG-ORG-083,
            the person holds it already.
    """
    check_may_give(acteur, organisation, role)
    if utilisateur.pk == acteur.utilisateur_id:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-082",
                "On ne se donne pas un rôle à soi-même.",
                "Demandez à une autre personne qui peut le donner.",
            )
        )
    en_cours = Rattachement.objects.filter(
        utilisateur=utilisateur, organisation=organisation, role=role.value
    ).filter(Q(date_fin__isnull=True) | Q(date_fin__gte=depuis))
    if en_cours.exists():
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-083",
                f"Cette personne a déjà le rôle {guillemets(role.libelle)} dans "
                f"{guillemets(organisation.nom)}.",
                "Mettez-y fin avant de le redonner, ou gardez celui qui court.",
            )
        )
    return attach(
        utilisateur,
        organisation,
        role,
        depuis=depuis,
        fonction=fonction,
        by=acteur.utilisateur_id,
    )


@transaction.atomic
def invite_person(
    organisation: Organisation,
    role: Role,
    *,
    identite: Mapping[str, str],
    depuis: date,
    fonction: str,
    acteur: Acteur,
) -> tuple[Rattachement, bool]:
    """Give a role to the person of an address, created and invited when nobody has it yet.

    Args:
        organisation: Where.
        role: Which.
        identite: email, prenom, nom; the names are used for a new person only.
        depuis: First day.
        fonction: What the person does there, in free words.
        acteur: Who gives it.

    Returns:
        The role, and whether an invitation was sent.

    Raises:
        SaisieInvalide: as `give_role`.
    """
    check_may_give(acteur, organisation, role)
    utilisateur = Utilisateur.objects.filter(email=identite["email"].lower()).first()
    is_new = utilisateur is None
    if utilisateur is None:
        utilisateur = Utilisateur.objects.create_user(
            identite["email"],
            prenom=identite["prenom"],
            nom=identite["nom"],
            is_synthetic=organisation.is_synthetic,
        )
        record("personne.creer", by=acteur.utilisateur_id, objet=utilisateur)
    rattachement = give_role(
        utilisateur, organisation, role, depuis=depuis, fonction=fonction, acteur=acteur
    )
    if is_new:
        # once all of it is written: a mail does not come back
        transaction.on_commit(
            lambda: send_invitation(utilisateur, by=acteur.utilisateur_id, reseau=network_name())
        )
    return rattachement, is_new


def network_name() -> str:
    """Name of the network, for the mails; empty while there is none."""
    nom: str | None = (
        Organisation.objects.filter(nature=Organisation.Nature.RESEAU)
        .values_list("nom", flat=True)
        .first()
    )
    return nom or ""


@transaction.atomic
def end_role(rattachement: Rattachement, *, le: date, acteur: Acteur) -> None:
    """Put an end to a role; its last day is given, and it stays in the history.

    Raises:
        SaisieInvalide: MLG-ORG-080, 081 as `check_may_give`; MLG-ORG-084, one's own; MLG-ORG-085,
            it would end before it starts.
    """
    role = Role(rattachement.role)
    check_may_give(acteur, rattachement.organisation, role)
    if rattachement.utilisateur_id == acteur.utilisateur_id:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-084",
                "On ne met pas fin à son propre rôle.",
                "Demandez à une autre personne qui peut le retirer\u00a0: le réseau garde ainsi "
                "toujours quelqu’un qui l’administre.",
            )
        )
    if le < rattachement.date_debut:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-085",
                f"Ce rôle commence le {rattachement.date_debut:%d/%m/%Y}\u00a0: il ne peut pas finir "
                f"le {le:%d/%m/%Y}.",
                "Choisissez un jour qui n’est pas avant son début.",
            )
        )
    rattachement.date_fin = le
    rattachement.save(update_fields=["date_fin"])
    _record("role.terminer", rattachement, by=acteur.utilisateur_id)


@transaction.atomic
def rename_person(utilisateur: Utilisateur, *, prenom: str, nom: str, acteur: Acteur) -> None:
    """Correct the name of a person.

    Raises:
        SaisieInvalide: MLG-ORG-086, the person has a role beyond the reach of whoever corrects it.
    """
    jusqu_ou = acteur.perimetre(Permission.PERSONNES_GERER)
    rattachements = utilisateur.rattachements.select_related("organisation")
    if not all(jusqu_ou.covers(r.perimetre) for r in rattachements):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-086",
                "Cette personne a aussi un rôle dans une organisation que vous ne suivez pas.",
                "Demandez à votre réseau de corriger son nom.",
            )
        )
    utilisateur.prenom, utilisateur.nom = prenom, nom
    utilisateur.save(update_fields=["prenom", "nom"])
    record("personne.renommer", by=acteur.utilisateur_id, objet=utilisateur)


def _record(action: str, rattachement: Rattachement, *, by: int | None) -> None:
    record(
        action,
        by=by,
        objet=rattachement.organisation,
        nom=str(rattachement.organisation),
        details={"utilisateur": rattachement.utilisateur_id, "role": rattachement.role},
    )
