"""Everything leaves in a file, comes back in an empty base, and leaves again with the same bytes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from factories.dialogue_fichiers import bases, bring, sorts, write_base
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import UserError
from maillage.web.dialogue.echange import depots
from maillage.web.dialogue.echange.genres import GENRES
from maillage.web.dialogue.echange.lecture import Fichier
from maillage.web.dialogue.echange.mesures import DateDite
from maillage.web.network.echange.cellules import clean_lines

if TYPE_CHECKING:
    from collections.abc import Callable

_ESSAIS = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def rolled_back(faire: Callable[[], Any]) -> Any:
    """What is found in a base that is then as before: its words cannot be deleted otherwise."""
    with transaction.atomic():
        found = faire()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@_ESSAIS
@given(bases(), st.sampled_from(["dialogue.zip", "dialogue.json"]))
def test_an_export_restores_an_empty_base_to_the_byte(base: list[Any], nom: str) -> None:
    def leave() -> bytes:
        write_base(base)
        octets = depots.export_bytes(nom)
        plan, _ = depots.plan_files([Fichier(nom, octets)])
        assert sorts(plan) <= {"inchangée"}
        return octets

    def come_back(octets: bytes) -> bytes:
        assert sorts(bring(Fichier(nom, octets))) <= {"créée"}
        assert sorts(bring(Fichier(nom, octets))) <= {"inchangée"}
        return depots.export_bytes(nom)

    parti = rolled_back(leave)
    assert rolled_back(lambda: come_back(parti)) == parti


_MORCEAUX = st.sampled_from(
    [b"", b"\x00", b'"', b",", b"\n", b"\xff", b"|", b"{", b"[", b"]}", b"null", b"NaN", b"true"]
)


@pytest.mark.django_db
@_ESSAIS
@given(bases(), st.data())
def test_a_damaged_document_is_read_or_refused(base: list[Any], data: st.DataObject) -> None:
    def leave() -> list[Fichier]:
        write_base(base)
        json = Fichier("dialogue.json", depots.export_bytes("dialogue.json"))
        genre = data.draw(st.sampled_from(GENRES))
        return [json, Fichier(genre.fichier, depots.export_bytes(genre.fichier))]

    for fichier in rolled_back(leave):
        octets = bytearray(fichier.octets)
        for _ in range(data.draw(st.integers(1, 4))):
            debut = data.draw(st.integers(0, len(octets)))
            octets[debut : debut + 6] = data.draw(_MORCEAUX)
        with contextlib.suppress(UserError):
            depots.plan_files([Fichier(fichier.nom, bytes(octets))])


@given(st.text())
@example("a\r\n  b \n\n")
def test_lines_are_cleaned_once(texte: str) -> None:
    propre = clean_lines(texte)
    assert clean_lines(propre) == propre


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_is_read_back_as_precisely_as_it_is_known(jour: Any, longueur: int) -> None:
    colonne = DateDite("date")
    texte = jour.isoformat()[:longueur]
    champs = colonne.to_model(colonne.read(texte))
    assert champs["precision"] == {4: "annee", 7: "mois", 10: "jour"}[longueur]
    assert champs["date"].isoformat()[:longueur] == texte
