"""Any entries that balance reconcile, in any order; damaged choices are read or refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from factories.exercices import write_exercice
from factories.tirages import tirages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.analyses.comptes.annees import set_side_by_side
from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.export import annees_rows, annees_to_dict
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.comptes.bilan import Position
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    import pytest
    from factories.exercices import Ecriture

    from maillage.analyses.comptes.exercice import Exercice

JOURS = st.dates(date(2023, 11, 1), date(2025, 2, 28)).map(lambda jour: f"{jour:%Y%m%d}")
COMPTES = st.one_of(
    st.from_regex(r"[1-9][0-9]{2,5}", fullmatch=True),
    st.sampled_from(["102000", "120000", "512000", "641100", "706000", "4111", "689400"]),
)
ECRITURES = st.tuples(
    st.sampled_from(["AN", "BQ", "OD", "CL"]),
    JOURS,
    st.tuples(COMPTES, COMPTES, st.integers(1, 10**6)),
)
RATTACHEMENT = (
    'siren = "732829320"\n[[version]]\ndepuis = 2024-01-01\naide_au_poste = ["7411"]\n'
    '[version.comptes]\n"6211" = "charges_personnel"\n754 = "production_vendue"\n'
)


@given(tirees=st.lists(ECRITURES, min_size=1, max_size=25), data=st.data())
@settings(max_examples=tirages(150), suppress_health_check=[HealthCheck.too_slow])
def test_any_entries_that_balance_reconcile_in_any_order(
    tmp_path_factory: pytest.TempPathFactory,
    tirees: list[tuple[str, str, tuple[str, str, int]]],
    data: st.DataObject,
) -> None:
    ecritures: list[Ecriture] = [
        (
            journal,
            jour,
            {debit: euros, credit: -euros} if debit != credit else {"512": 1, "411": -1},
        )
        for journal, jour, (debit, credit, euros) in tirees
    ]
    dossier = tmp_path_factory.mktemp("fec")
    exercice = compute_exercice(read_fec(write_exercice(dossier, ecritures)))
    _check_reconciled(exercice)
    annees = set_side_by_side([exercice])
    assert annees_to_dict(annees)["exercices"]
    assert annees_rows(annees, detail=True)
    melangees = data.draw(st.permutations(ecritures))
    autre = compute_exercice(read_fec(write_exercice(dossier, melangees)))
    assert (exercice.sig, exercice.caf) == (autre.sig, autre.caf)
    assert exercice.mois == autre.mois


def _check_reconciled(exercice: Exercice) -> None:
    assert exercice.caf.depuis_ebe == exercice.caf.depuis_resultat
    non_rattaches = {solde.compte for solde in exercice.non_rattaches}
    for mois in exercice.mois:
        if isinstance(mois.position, Position):
            p = mois.position
            assert p.fonds_de_roulement - p.bfr == p.tresorerie + p.ecart
            assert p.ecart == sum(solde.centimes for solde in p.hors_bilan)
            assert {s.compte for s in p.hors_bilan if s.compte[0] < "8"} <= non_rattaches


@given(
    coupes=st.lists(
        st.tuples(
            st.integers(0, 200),
            st.integers(0, 20),
            st.sampled_from(
                ["", "[", '"', "=", "\n", "0", "9", "version", "{}", "é", "2024-13-01"]
            ),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=tirages(300))
def test_damaged_choices_are_read_or_refused(coupes: list[tuple[int, int, str]]) -> None:
    texte = RATTACHEMENT
    for ou, longueur, greffe in coupes:
        texte = texte[:ou] + greffe + texte[ou + longueur :]
    try:
        lu = parse_rattachement(texte, "r.toml")
    except FichierInvalide:
        return
    assert lu.versions
    assert all(
        isinstance(poste, str) for version in lu.versions for poste in version.choix.values()
    )
