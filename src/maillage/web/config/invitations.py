"""Inviting a person from the terminal: what was typed is understood whole, or nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.accounts.courriels import send_invitation
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.network.models import Organisation
from maillage.web.network.roles import attach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.web.accounts.courriels import Envoi
    from maillage.web.network.querysets import OrganisationQuerySet


def get_personne(adresse: str) -> Utilisateur:
    """The person of an address.

    Raises:
        SaisieInvalide: MLG-CPT-031, nobody has it.
    """
    personne = Utilisateur.objects.filter(email=adresse.strip().lower()).first()
    if personne is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CPT-031",
                f"Aucun compte n’a l’adresse {guillemets(adresse)}.",
                "Vérifiez-la auprès de la personne\u00a0: c’est celle de sa connexion.",
            )
        )
    return personne


def invite_from_terminal(
    *, adresse: str, role: str, organisation: str, prenom: str = "", nom: str = ""
) -> Envoi:
    """Create the person if need be, give the role, send the invitation.

    Raises:
        SaisieInvalide: MLG-CPT-032 to MLG-CPT-036, all that cannot be understood together.
    """
    email = adresse.strip().lower()
    organisations = _find_organisations(organisation)
    anomalies = [
        *_check_adresse(email),
        *_check_role(role),
        *_check_organisation(organisation, organisations),
    ]
    if anomalies:
        raise SaisieInvalide(*anomalies)
    with transaction.atomic():
        personne, _ = Utilisateur.objects.get_or_create(
            email=email, defaults={"prenom": prenom, "nom": nom}
        )
        attach(personne, organisations[0], Role(role), depuis=timezone.localdate(), by=None)
    reseau = _network().first()
    return send_invitation(personne, by=None, reseau=str(reseau or ""))


def _network() -> OrganisationQuerySet:
    return Organisation.objects.filter(nature=Organisation.Nature.RESEAU)


def _find_organisations(texte: str) -> list[Organisation]:
    """The network when nothing is said, else those that have this SIREN or this very name."""
    cherche = texte.strip()
    if not cherche:
        return list(_network())
    trouvees = Organisation.objects.filter(Q(siren=cherche) | Q(nom__iexact=cherche))
    return list(trouvees.filter(is_archived=False))


def _check_adresse(email: str) -> Iterator[Anomalie]:
    try:
        validate_email(email)
    except ValidationError:
        yield Anomalie(
            "MLG-CPT-032",
            f"{guillemets(email)} n’est pas une adresse e-mail.",
            "Écrivez-la entière, comme prenom.nom@example.org.",
        )
        return
    if Utilisateur.objects.filter(email=email, is_active=False).exists():
        yield Anomalie(
            "MLG-CPT-033",
            f"Le compte de {guillemets(email)} est fermé.",
            "Rouvrez-le d’abord dans l’administration.",
        )


def _check_role(texte: str) -> Iterator[Anomalie]:
    if texte not in set(Role):
        yield Anomalie(
            "MLG-CPT-034",
            f"Le rôle {guillemets(texte)} n’existe pas.",
            f"Choisissez parmi\u00a0: {', '.join(Role)}.",
        )


def _check_organisation(texte: str, trouvees: Sequence[Organisation]) -> Iterator[Anomalie]:
    if len(trouvees) == 1:
        return
    if not texte.strip():
        yield Anomalie(
            "MLG-CPT-035",
            "Le réseau n’existe pas encore.",
            "Créez-le par le lien de premier démarrage\u00a0: « maillage admin premier-lien\u00a0».",
        )
    else:
        combien = f"{len(trouvees)} organisations répondent" if trouvees else "Aucune ne répond"
        yield Anomalie(
            "MLG-CPT-036",
            f"Organisation {guillemets(texte)}\u00a0: {combien} à ce SIREN ou à ce nom.",
            "Donnez le SIREN, ou le nom exact, d’une seule organisation.",
        )
