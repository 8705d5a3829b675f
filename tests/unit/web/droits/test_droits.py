"""Rights: the table, how far they reach, and that nobody reaches further."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.web.droits.acces import Acces, Ouverture, admits
from maillage.web.droits.acteur import VISITEUR, Acteur, Mandat, Perimetre
from maillage.web.droits.permissions import (
    LIBELLES,
    LIBELLES_ROLES,
    TABLE,
    Permission,
    Portee,
    Role,
    portee,
)

STAFF = {Role.ADMINISTRATION, Role.DELEGATION, Role.DELEGATION_REGIONALE}
REGIONS = st.sampled_from(["", "53", "84"])
MANDATS = st.builds(Mandat, st.sampled_from(Role), st.integers(1, 5), REGIONS)
ACTEURS = st.builds(Acteur, st.just(1), st.lists(MANDATS, max_size=4).map(tuple))


@dataclass(frozen=True)
class Chose:
    perimetre: Perimetre


CHOSES = st.builds(
    lambda numero, region: Chose(
        Perimetre(frozenset({numero}), frozenset({region}) if region else frozenset())
    ),
    st.integers(1, 5),
    REGIONS,
)


def test_everything_has_a_name_and_a_line() -> None:
    assert set(LIBELLES) == set(Permission) == set(TABLE)
    assert set(LIBELLES_ROLES) == set(Role)
    assert all(permission.libelle for permission in Permission)
    assert all(role.libelle for role in Role)
    assert {role for role in Role if role.is_staff} == STAFF


def test_a_role_that_a_line_does_not_name_has_nothing() -> None:
    assert portee(Permission.ADMINISTRER, Role.DIRECTION) is Portee.AUCUN
    assert portee(Permission.ADMINISTRER, Role.ADMINISTRATION) is Portee.TOUT


def test_only_the_administration_administers() -> None:
    roles = {r for r in Role if portee(Permission.ADMINISTRER, r) is not Portee.AUCUN}
    assert roles == {Role.ADMINISTRATION}


def test_partners_reach_no_organisation_but_their_own() -> None:
    assert {portee(p, Role.PARTENAIRE) for p in Permission} <= {Portee.SIEN, Portee.AUCUN}


@given(ACTEURS, st.sampled_from(Permission), CHOSES)
def test_what_may_be_done_is_what_one_of_the_roles_gives(
    acteur: Acteur, permission: Permission, chose: Chose
) -> None:
    """A second, naive engine: role by role."""
    attendu = False
    for mandat in acteur.mandats:
        jusqu_ou = portee(permission, mandat.role)
        attendu |= jusqu_ou is Portee.TOUT
        attendu |= (
            jusqu_ou is Portee.SIEN and mandat.organisation_id in chose.perimetre.organisations
        )
        attendu |= (
            jusqu_ou is Portee.REGION
            and mandat.region != ""
            and mandat.region in chose.perimetre.regions
        )
    assert acteur.may(permission, chose) is attendu
    assert admits(permission, acteur, chose) is attendu


@given(ACTEURS, st.sampled_from(Permission), CHOSES)
def test_a_thing_within_reach_means_a_permission(
    acteur: Acteur, permission: Permission, chose: Chose
) -> None:
    if acteur.may(permission, chose):
        assert acteur.may(permission)


def test_a_regional_delegate_without_region_reaches_nothing() -> None:
    acteur = Acteur(1, (Mandat(Role.DELEGATION_REGIONALE, 1, ""),))
    assert not acteur.may(Permission.ORGANISATIONS_LISTER)
    assert not acteur.may(Permission.ORGANISATION_LIRE, Chose(Perimetre(frozenset({1}))))


@given(CHOSES, st.sampled_from(Permission))
def test_a_visitor_and_a_person_without_role_reach_nothing(
    chose: Chose, permission: Permission
) -> None:
    for acteur in (VISITEUR, Acteur(1)):
        assert not acteur.may(permission, chose)
        assert not acteur.is_staff
        assert not acteur.is_adherent


@pytest.mark.parametrize(
    ("ouverture", "visiteur", "sans_role", "partenaire", "equipe"),
    [
        (Ouverture.PUBLIC, True, True, True, True),
        (Ouverture.CONNECTE, False, True, True, True),
        (Ouverture.ADHERENT, False, False, False, True),
    ],
)
def test_openings(
    *, ouverture: Ouverture, visiteur: bool, sans_role: bool, partenaire: bool, equipe: bool
) -> None:
    attendu = {
        VISITEUR: visiteur,
        Acteur(1): sans_role,
        Acteur(1, (Mandat(Role.PARTENAIRE, 1, "53"),)): partenaire,
        Acteur(1, (Mandat(Role.EQUIPE, 1, "53"),)): equipe,
    }
    assert {acteur: admits(ouverture, acteur, None) for acteur in attendu} == attendu


@pytest.mark.parametrize("methode", ["POST", "PUT", "PATCH", "DELETE", "INVENTEE"])
def test_what_is_not_reading_is_writing(methode: str) -> None:
    acces = Acces(Ouverture.PUBLIC, Permission.ADMINISTRER)
    assert acces.required(methode) is Permission.ADMINISTRER
    assert Acces(Ouverture.CONNECTE).required(methode) is Ouverture.CONNECTE
    assert {acces.required(m) for m in ("GET", "HEAD", "OPTIONS")} == {Ouverture.PUBLIC}


def test_a_perimeter_is_something_when_it_reaches_something() -> None:
    assert not Perimetre()
    assert Perimetre(tout=True)
    assert Perimetre(regions=frozenset({"53"}))
    assert Perimetre(tout=True).covers(Perimetre())
    assert not Perimetre(frozenset({1})).covers(Perimetre())
