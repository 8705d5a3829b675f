"""Whatever the balance: nothing lost, nothing counted twice, everything reconciles to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.tirages import tirages
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.indicators.comptes.bilan import compute_position
from maillage.indicators.comptes.caf import compute_caf
from maillage.indicators.comptes.lignes import cumulate, gather
from maillage.indicators.comptes.plan import NOMS, load_plan
from maillage.indicators.comptes.postes import RESULTAT_EN_COURS, list_choisissables
from maillage.indicators.comptes.sig import compute_sig

if TYPE_CHECKING:
    from maillage.indicators.comptes.plan import Plan

COMPTES = st.from_regex(r"[1-9][0-9]{2,5}", fullmatch=True)
CENTIMES = st.integers(-(10**12), 10**12)
SOLDES = st.dictionaries(COMPTES, CENTIMES, max_size=30)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A chart, with choices of a structure or not."""
    prefixes = draw(st.lists(st.from_regex(r"[1-8][0-9]{0,3}", fullmatch=True), max_size=6))
    choix = {p: draw(st.sampled_from(list_choisissables(p[0]))) for p in prefixes}
    return load_plan(draw(st.sampled_from(NOMS))).attach(choix)


def balanced(soldes: dict[str, int]) -> dict[str, int]:
    """The balance with its counterpart at the bank: debits are credits."""
    autres = {compte: c for compte, c in soldes.items() if compte != "512"}
    return {**autres, "512": -sum(autres.values())}


@given(soldes=SOLDES, plan=plans())
@settings(max_examples=tirages(300))
def test_every_account_lands_in_exactly_one_line(soldes: dict[str, int], plan: Plan) -> None:
    releve = gather(soldes, plan)
    places = [
        solde.compte
        for ligne in releve.lignes
        if ligne.poste.code != RESULTAT_EN_COURS
        for solde in ligne.soldes
    ]
    assert sorted([*places, *(solde.compte for solde in releve.hors_plan)]) == sorted(soldes)
    assert {s.compte for s in releve.non_rattaches} == {c for c in soldes if not plan.find(c)}
    assert {s.compte: s.centimes for s in releve.non_rattaches}.items() <= soldes.items()


@given(soldes=SOLDES, plan=plans())
@settings(max_examples=tirages(300))
def test_the_result_is_class_7_minus_class_6(soldes: dict[str, int], plan: Plan) -> None:
    attendu = -sum(centimes for compte, centimes in soldes.items() if compte[0] in "67")
    releve = gather(soldes, plan)
    cascade = compute_sig(releve)
    assert cascade[-1].centimes == attendu
    assert sum(ligne.centimes for solde in cascade for ligne in solde.lignes) == attendu
    caf = compute_caf(releve, cascade)
    assert caf.depuis_ebe == caf.depuis_resultat


@given(soldes=SOLDES, plan=plans())
@settings(max_examples=tirages(300))
def test_working_capital_minus_need_is_treasury(soldes: dict[str, int], plan: Plan) -> None:
    position = compute_position(balanced(soldes), plan)
    ecart = position.fonds_de_roulement - position.bfr - position.tresorerie
    assert ecart == position.ecart
    if all(compte[0] in "1234567" and plan.find(compte) for compte in soldes):
        assert ecart == 0


@given(comptes=st.lists(COMPTES, max_size=20, unique=True), plan=plans())
@settings(max_examples=tirages(100))
def test_nothing_in_nothing_out(comptes: list[str], plan: Plan) -> None:
    soldes = dict.fromkeys(comptes, 0)
    releve = gather(soldes, plan)
    assert {solde.centimes for solde in compute_sig(releve)} == {0}
    position = compute_position(soldes, plan)
    assert (position.fonds_de_roulement, position.bfr, position.tresorerie) == (0, 0, 0)


@given(data=st.data(), soldes=SOLDES, plan=plans())
@settings(max_examples=tirages(100))
def test_the_order_of_accounts_changes_nothing(
    data: st.DataObject, soldes: dict[str, int], plan: Plan
) -> None:
    melanges = dict(data.draw(st.permutations(list(soldes.items()))))
    assert gather(melanges, plan) == gather(soldes, plan)


@given(mois=st.lists(SOLDES, min_size=1, max_size=5), ouverture=SOLDES)
@settings(max_examples=tirages(100))
def test_the_last_month_is_the_year(mois: list[dict[str, int]], ouverture: dict[str, int]) -> None:
    *_, dernier = cumulate(ouverture, mois)
    for compte in dernier:
        assert dernier[compte] == sum(un.get(compte, 0) for un in (ouverture, *mois))
