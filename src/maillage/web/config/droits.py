"""The table of permissions laid flat: address × method × role × object → verdict.

The administration shows it, `maillage admin permissions` prints it, a test holds every address to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.web.config.acces import all_routes
from maillage.web.droits.acces import Ouverture, admits
from maillage.web.droits.acteur import VISITEUR, Acteur, Mandat, Perimetre
from maillage.web.droits.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.web.droits.acces import Acces
    from maillage.web.droits.permissions import Permission

_MOI, _VOISINE, _LOINTAINE = 1, 2, 3
_ICI, _AILLEURS = "53", "84"


class Relation(Enum):
    """How the thing that an address names stands to the person. The value is shown."""

    SANS_OBJET = "—"
    SIENNE = "de son organisation"
    REGION = "de sa région"
    AUTRE = "d’ailleurs"


@dataclass(frozen=True, slots=True)
class _Chose:
    perimetre: Perimetre


_CHOSES: Mapping[Relation, _Chose | None] = {
    Relation.SANS_OBJET: None,
    Relation.SIENNE: _Chose(Perimetre(frozenset({_MOI}), frozenset({_ICI}))),
    Relation.REGION: _Chose(Perimetre(frozenset({_VOISINE}), frozenset({_ICI}))),
    Relation.AUTRE: _Chose(Perimetre(frozenset({_LOINTAINE}), frozenset({_AILLEURS}))),
}

VISITEUR_NOM = "visiteur"
SANS_ROLE_NOM = "sans rôle"

PERSONNES: Mapping[str, Acteur] = {
    VISITEUR_NOM: VISITEUR,
    SANS_ROLE_NOM: Acteur(1),
    **{role.value: Acteur(1, (Mandat(role, _MOI, _ICI),)) for role in Role},
}
"""A visitor, a person without role, then one person per role, in a region."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table.

    Attributes:
        route: Name of the address.
        methode: GET or POST.
        demande: What it asks for.
        role: Code of the role, or « visiteur », « sans rôle ».
        relation: How the object stands to the person.
        is_admis: Whether the person enters.
    """

    route: str
    methode: str
    demande: Permission | Ouverture
    role: str
    relation: Relation
    is_admis: bool

    @property
    def demande_libelle(self) -> str:
        """What it asks for, in French."""
        demande = self.demande
        return demande.value if isinstance(demande, Ouverture) else demande.libelle

    def row(self) -> tuple[str, ...]:
        """The line as text, in the order of `COLONNES`."""
        return (
            self.route,
            self.methode,
            self.demande_libelle,
            self.role,
            self.relation.value,
            "admis" if self.is_admis else "refusé",
        )


COLONNES = ("route", "methode", "demande", "role", "objet", "verdict")


def list_verdicts() -> Iterator[Verdict]:
    """Every line of the table, by address."""
    for route, acces in sorted(all_routes().items()):
        for methode in _methods(acces):
            yield from _verdicts(route, acces, methode)


def _methods(acces: Acces) -> tuple[str, ...]:
    return ("GET",) if acces.ecriture is None else ("GET", "POST")


def _verdicts(route: str, acces: Acces, methode: str) -> Iterator[Verdict]:
    demande = acces.required(methode)
    relations = [r for r in Relation if (r is Relation.SANS_OBJET) != bool(acces.objet)]
    for role, acteur in PERSONNES.items():
        for relation in relations:
            admis = admits(demande, acteur, _CHOSES[relation])
            yield Verdict(route, methode, demande, role, relation, admis)
