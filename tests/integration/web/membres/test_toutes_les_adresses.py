"""Every address × every role × own and other object, against the one written table.

A new address fails here until it is in the table of access and has an example below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from factories.exemples_adresses import EXEMPLES, FERMEES
from factories.membres import client_de

from maillage.web.config.acces import all_routes
from maillage.web.config.droits import PERSONNES, Relation, Verdict, list_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factories.membres import PetitReseau

REFUS = 403


def list_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from list_patterns(pattern)
        else:
            yield pattern


def test_every_address_is_in_the_table_or_is_closed() -> None:
    noms = {pattern.name for pattern in list_patterns() if pattern.name}
    assert noms == set(all_routes()) | FERMEES
    assert not FERMEES & set(all_routes())


def test_every_address_of_the_table_has_an_example() -> None:
    assert set(EXEMPLES) == set(all_routes())


def is_refused(answer: Any) -> bool:
    """Refused by the table, or sent to the sign-in page, which for a visitor is the same."""
    if getattr(answer.wsgi_request, "is_refuse_par_la_table", False):
        assert answer.status_code == REFUS
        return True
    return answer.status_code == 302 and "/compte/login/?next=" in answer["Location"]


@pytest.mark.une_fois
@pytest.mark.usefixtures("atlas", "extraits", "sans_second_facteur")
@pytest.mark.parametrize("role", PERSONNES)
def test_each_role_enters_where_the_table_says_and_nowhere_else(
    petit_reseau: PetitReseau, role: str
) -> None:
    ecarts = []
    for verdict in (v for v in list_verdicts() if v.role == role):
        for adresse in _addresses(petit_reseau, verdict):
            # signing out would spoil the next one: a client per address
            client = client_de(petit_reseau, role)
            methode = client.get if verdict.methode == "GET" else client.post
            answer = methode(adresse)
            if is_refused(answer) is verdict.is_admis:
                ecarts.append((verdict.row(), adresse, answer.status_code))
    assert ecarts == []


def _addresses(petit: PetitReseau, verdict: Verdict) -> list[str]:
    exemple = EXEMPLES[verdict.route]
    return [reverse(verdict.route, kwargs=kwargs) for kwargs in exemple(petit, verdict)]


@pytest.mark.usefixtures("atlas", "sans_second_facteur", "petit_reseau")
def test_an_address_in_no_table_is_refused_to_the_administrator(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    sans_argument = [
        nom
        for nom in FERMEES
        for pattern in list_patterns()
        if pattern.name == nom and not pattern.pattern.converters
    ]
    assert sans_argument
    for nom in sans_argument:
        assert client.get(reverse(nom)).status_code == REFUS, nom


def test_own_region_and_elsewhere_are_really_tried() -> None:
    avec_objet = {v.relation for v in list_verdicts() if all_routes()[v.route].objet}
    assert Relation.SANS_OBJET not in avec_objet
