"""The exported file says everything and only that: read back, it changes nothing."""

from __future__ import annotations

import contextlib
import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from factories.fichiers_reseau import connues, noms
from factories.tirages import tirages
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import FichierInvalide, UserError
from maillage.web.network.echange.base import export_rows
from maillage.web.network.echange.cellules import (
    format_centimes,
    format_periode,
    parse_centimes,
    parse_jour,
    parse_periode,
    protect,
    unprotect,
)
from maillage.web.network.echange.fiche import FORMAT
from maillage.web.network.echange.lecture import read_tableau, write_tableau
from maillage.web.network.echange.plan import Plan, Sort, build_plan

if TYPE_CHECKING:
    from maillage.web.network.echange.rapprochement import Connue

_LENT = settings(max_examples=tirages(40), suppress_health_check=[HealthCheck.too_slow])


@given(st.text())
@example("'=x")
@example("''")
def test_what_protects_a_cell_is_undone_exactly(texte: str) -> None:
    assert unprotect(protect(texte)) == texte
    assert not protect(texte).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.integers(0, 10**11))
def test_an_amount_is_read_back(centimes: int) -> None:
    assert parse_centimes(format_centimes(centimes)) == centimes


@given(st.dates(), st.none() | st.dates())
def test_a_period_is_read_back(debut: object, fin: object) -> None:
    assert parse_periode(format_periode(debut, fin)) == (debut, fin)  # type: ignore[arg-type]  # dates


@given(st.text(max_size=20))
def test_a_day_is_read_or_refused(texte: str) -> None:
    with contextlib.suppress(UserError):
        assert parse_jour(texte).isoformat()


@_LENT
@given(connues())
def test_an_export_imported_again_changes_nothing(base: list[Connue]) -> None:
    texte = write_tableau(FORMAT, export_rows(base))
    plan = build_plan(read_tableau(texte.encode(), FORMAT), base)
    assert [ligne.sort for ligne in plan.lignes] == [Sort.INCHANGEE] * len(base)
    assert [ligne.fiche for ligne in plan.lignes] == [connue.fiche for connue in base]


@_LENT
@given(connues(), st.sampled_from([(";", "utf-8"), ("\t", "utf-16"), (";", "cp1252")]))
def test_what_a_spreadsheet_saves_says_the_same(base: list[Connue], forme: tuple[str, str]) -> None:
    separateur, encodage = forme
    rows = export_rows(base)
    sortie = io.StringIO()
    ecriture = csv.DictWriter(sortie, FORMAT.colonnes, delimiter=separateur, lineterminator="\r\n")
    ecriture.writeheader()
    ecriture.writerows(rows)
    try:
        octets = sortie.getvalue().encode(encodage)
    except UnicodeEncodeError:
        assume(False)  # noqa: FBT003 — Hypothesis' own signature
        raise
    plan = build_plan(read_tableau(octets, FORMAT), base)
    assert {ligne.sort for ligne in plan.lignes} == {Sort.INCHANGEE}


@_LENT
@given(connues())
def test_a_file_restores_an_empty_base(base: list[Connue]) -> None:
    """Only the network is there: everything else is created, the same."""
    texte = write_tableau(FORMAT, export_rows(base))
    plan = build_plan(read_tableau(texte.encode(), FORMAT), base[:1])
    creees = plan.of(Sort.CREEE)
    assert len(creees) == len(base) - 1
    for ligne, connue in zip(creees, base[1:], strict=True):
        assert ligne.identifiant == connue.cle
        sans_lien = replace(ligne.fiche, association_regionale="")
        assert sans_lien == replace(connue.fiche, association_regionale="")
        assert bool(ligne.fiche.association_regionale) == bool(connue.fiche.association_regionale)


@_LENT
@given(connues(), noms(200, vide=False))
def test_a_change_in_one_cell_is_one_change(base: list[Connue], nom: str) -> None:
    assume(nom != base[0].fiche.nom)
    rows = export_rows(base)
    rows[0]["nom"] = protect(nom)
    plan = build_plan(read_tableau(write_tableau(FORMAT, rows).encode(), FORMAT), base)
    [modifiee] = plan.of(Sort.MODIFIEE)
    assert [(c.champ, c.apres) for c in modifiee.changements] == [("nom", nom)]


_MORCEAUX = st.sampled_from(
    [b"", b"\x00", b'"', b",", b";", b"\n", b"\r", b"\xff", b"|", b":", b"..", b"=", b"-", b"nom,",
     b"NaN", b"9999-99-99", b"1" * 60, b"\xef\xbb\xbf", b"FR7630006000011234567890189"]
)  # fmt: skip


@settings(max_examples=tirages(150), suppress_health_check=[HealthCheck.too_slow])
@given(connues(maximum=3), st.data())
def test_a_damaged_file_is_read_or_refused(base: list[Connue], data: st.DataObject) -> None:
    octets = bytearray(write_tableau(FORMAT, export_rows(base)).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        debut = data.draw(st.integers(0, len(octets)))
        fin = data.draw(st.integers(debut, min(len(octets), debut + 12)))
        octets[debut:fin] = data.draw(_MORCEAUX)
    try:
        plan = build_plan(read_tableau(bytes(octets), FORMAT), base)
    except FichierInvalide as error:
        refus = error.anomalies
    else:
        refus = ()
        assert isinstance(plan, Plan)
    assert all(a.code.startswith("MLG-") and a.que_faire for a in refus)


@settings(max_examples=tirages(150))
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(octets: bytes) -> None:
    with contextlib.suppress(FichierInvalide):
        build_plan(read_tableau(octets, FORMAT), [])
