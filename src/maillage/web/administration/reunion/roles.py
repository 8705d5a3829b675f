"""Roles that two records hold: the same role over days that overlap is one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maillage.web.administration.reunion.bilan import unite
from maillage.web.network.models import Rattachement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.network.models import Organisation


def move_roles(
    gardes: Iterable[Rattachement],
    venus: Iterable[Rattachement],
    *,
    organisation: Organisation | None = None,
    utilisateur: Utilisateur | None = None,
) -> None:
    """Give roles to the organisation or to the person that is kept.

    Args:
        gardes: Roles of the record that is kept.
        venus: Roles of the record that is joined to it.
        organisation: Where they go, for two organisations.
        utilisateur: To whom they go, for two people.
    """
    groupes: dict[tuple[int, int, str], list[Rattachement]] = defaultdict(list)
    for role in (*gardes, *venus):
        personne = utilisateur.pk if utilisateur else role.utilisateur_id
        ou = organisation.pk if organisation else role.organisation_id
        groupes[personne, ou, role.role].append(role)
    for (personne, ou, _), roles in groupes.items():
        _rewrite(roles, personne, ou)


def _rewrite(roles: list[Rattachement], personne: int, ou: int) -> None:
    """One line per period: the first that starts in it is kept, those that it covers go."""
    periodes = unite((role.date_debut, role.date_fin) for role in roles)
    gardes = [next(r for r in roles if r.date_debut == debut) for debut, _ in periodes]
    for role, (debut, fin) in zip(gardes, periodes, strict=True):
        couverts = [r for r in roles if _is_in(r, debut, fin)]
        role.utilisateur_id, role.organisation_id, role.date_fin = personne, ou, fin
        role.fonction = next((r.fonction for r in couverts if r.fonction), "")
    # the base holds a role once at a time: lines that go leave before the others change
    en_trop = {role.pk for role in roles} - {role.pk for role in gardes}
    Rattachement.objects.filter(pk__in=en_trop).delete()
    for role in gardes:
        role.save()


def _is_in(role: Rattachement, debut: date, fin: date | None) -> bool:
    return role.date_debut >= debut and (fin is None or role.date_debut <= fin)
