"""Who is asking, and how far they may go: the rights that come from organisation, role and region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from maillage.web.droits.permissions import Permission, Portee, Role, portee


@dataclass(frozen=True, slots=True)
class Mandat:
    """One role held in one organisation.

    Attributes:
        role: What the person is there.
        organisation_id: Where.
        region: Code of the organisation's region; empty when it has none.
        organisation_nom: Name on screen.
    """

    role: Role
    organisation_id: int
    region: str
    organisation_nom: str = ""


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Organisations and regions that a thing belongs to, or that a permission reaches.

    Attributes:
        organisations: Numbers of organisations.
        regions: Codes of regions.
        tout: Everything, whatever the two others say.
    """

    organisations: frozenset[int] = frozenset()
    regions: frozenset[str] = frozenset()
    tout: bool = False

    def covers(self, objet: Perimetre) -> bool:
        """Whether the thing is within reach."""
        return (
            self.tout
            or bool(self.organisations & objet.organisations)
            or bool(self.regions & objet.regions)
        )

    def __bool__(self) -> bool:
        return self.tout or bool(self.organisations or self.regions)


class Rattache(Protocol):
    """A thing that belongs to organisations or to regions."""

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs."""
        ...


@dataclass(frozen=True, slots=True)
class Acteur:
    """A visitor or a person signed in, with the roles they hold today.

    Attributes:
        utilisateur_id: Number of the account; None for a visitor.
        mandats: Roles held today.
    """

    utilisateur_id: int | None = None
    mandats: tuple[Mandat, ...] = ()

    @property
    def is_connecte(self) -> bool:
        """Whether a person has signed in."""
        return self.utilisateur_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether one of the roles works for the network."""
        return any(mandat.role.is_staff for mandat in self.mandats)

    @property
    def is_adherent(self) -> bool:
        """Whether the person reads what is for members: any role except a partner's."""
        return any(mandat.role is not Role.PARTENAIRE for mandat in self.mandats)

    def perimetre(self, permission: Permission) -> Perimetre:
        """How far the person may do something."""
        organisations, regions, tout = set(), set(), False
        for mandat in self.mandats:
            match portee(permission, mandat.role):
                case Portee.TOUT:
                    tout = True
                case Portee.REGION if mandat.region:
                    regions.add(mandat.region)
                case Portee.SIEN:
                    organisations.add(mandat.organisation_id)
                case _:
                    continue
        return Perimetre(frozenset(organisations), frozenset(regions), tout)

    def may(self, permission: Permission, objet: Rattache | None = None) -> bool:
        """Whether the person may do something, to that thing or, without one, at all."""
        jusqu_ou = self.perimetre(permission)
        return bool(jusqu_ou) if objet is None else jusqu_ou.covers(objet.perimetre)


VISITEUR = Acteur()
"""Somebody who has not signed in."""
