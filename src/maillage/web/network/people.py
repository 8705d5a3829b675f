"""People as the network knows them: with the organisations where they hold or held a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.names import normalize
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import Permission
from maillage.web.network.models import Rattachement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from maillage.web.droits.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Personne:
    """One person, and every role they hold or held.

    Attributes:
        utilisateur: The account.
        rattachements: Latest first, each with its organisation.
    """

    utilisateur: Utilisateur
    rattachements: tuple[Rattachement, ...]

    @property
    def pk(self) -> int:
        """Number of the account."""
        return self.utilisateur.pk

    @property
    def perimetre(self) -> Perimetre:
        """Where the person belongs: to each of the organisations, past ones included."""
        return Perimetre(
            frozenset(r.organisation_id for r in self.rattachements),
            frozenset(r.organisation.region for r in self.rattachements if r.organisation.region),
        )

    def seen_by(self, acteur: Acteur) -> Personne:
        """The same person with only the roles that whoever looks may read."""
        jusqu_ou = acteur.perimetre(Permission.PERSONNES_LIRE)
        lisibles = tuple(r for r in self.rattachements if jusqu_ou.covers(r.perimetre))
        return Personne(self.utilisateur, lisibles)

    def current(self, le: date) -> tuple[Rattachement, ...]:
        """Roles held on a day."""
        return tuple(
            r
            for r in self.rattachements
            if r.date_debut <= le and (r.date_fin is None or r.date_fin >= le)
        )


def find_personne(pk: object) -> Personne | None:
    """The person of an account, or None."""
    utilisateur = Utilisateur.objects.filter(pk=str(pk)).first()
    if utilisateur is None:
        return None
    roles = utilisateur.rattachements.select_related("organisation").order_by("-date_debut", "-pk")
    return Personne(utilisateur, tuple(roles))


def reachable_people(acteur: Acteur) -> QuerySet[Utilisateur]:
    """People whose role somebody may read; those without any role for who reads everybody.

    Accounts that were joined to another are found by their page only.
    """
    if acteur.perimetre(Permission.PERSONNES_LIRE).tout:
        return Utilisateur.objects.filter(reuni_a=None)
    lisibles = Rattachement.objects.reachable(acteur, Permission.PERSONNES_LIRE)
    return Utilisateur.objects.filter(pk__in=lisibles.values("utilisateur"), reuni_a=None)


def list_people(utilisateurs: QuerySet[Utilisateur], texte: str) -> list[int]:
    """Numbers of those whose name or address holds each word of a text, whatever the accents, by name."""
    mots = normalize(texte).split()
    ranges = utilisateurs.order_by("nom", "prenom", "email", "pk")
    if not mots:
        return list(ranges.values_list("pk", flat=True))
    return [
        pk
        for pk, *noms in ranges.values_list("pk", "prenom", "nom", "email")
        if all(mot in foin for foin in [" ".join(map(normalize, noms))] for mot in mots)
    ]


def load_people(pks: Iterable[int]) -> list[Utilisateur]:
    """Accounts of a page of numbers, in its order, in one query."""
    rang = {pk: place for place, pk in enumerate(pks)}
    trouves = Utilisateur.objects.filter(pk__in=list(rang))
    return sorted(trouves, key=lambda utilisateur: rang[utilisateur.pk])


def with_roles(utilisateurs: Iterable[Utilisateur], acteur: Acteur) -> list[Personne]:
    """People with the roles that somebody may read, in the same order, in one query."""
    tous = list(utilisateurs)
    par_personne: dict[int, list[Rattachement]] = {u.pk: [] for u in tous}
    roles = Rattachement.objects.reachable(acteur, Permission.PERSONNES_LIRE).filter(
        utilisateur__in=par_personne
    )
    for role in roles.select_related("organisation").order_by("-date_debut", "-pk"):
        par_personne[role.utilisateur_id].append(role)
    return [Personne(u, tuple(par_personne[u.pk])) for u in tous]
