"""Whatever the job of the table: what one side pays, another receives, and no sum forgets a line."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.analyses.emploi.aides import compute_reduction
from maillage.analyses.emploi.comptes import Comptes
from maillage.analyses.emploi.demande import TYPES_SALARIES, Contrefactuel, Demande
from maillage.analyses.emploi.revenus import list_paliers
from maillage.analyses.emploi.table import RESSOURCES, read_table
from maillage.analyses.emploi.valeur import compute_valeur
from maillage.kernel.money import Centimes, sum_centimes
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.legislation import load_legislation

TABLE = read_table()
LOI = load_legislation()
GRILLE = TABLE.hypotheses
ZERO = Centimes(0)
parts = st.integers(0, 100).map(lambda pour_cent: Decimal(pour_cent) / 100)
contrefactuels = st.tuples(parts, parts).map(lambda deux: Contrefactuel(*sorted(deux)))


@st.composite
def demandes(draw: st.DrawFn) -> Demande:
    majoration = draw(st.sampled_from(GRILLE.majorations[:-1]))
    hausses = [un - majoration for un in GRILLE.majorations if un > majoration]
    return Demande(
        foyer=draw(st.sampled_from(list(GRILLE.foyers.values()))),
        heures=draw(st.sampled_from(GRILLE.heures[1:])),
        majoration=majoration,
        type_siae=draw(st.sampled_from(TYPES_SALARIES)),
        mois=draw(st.sampled_from(GRILLE.mois)),
        contrefactuel=draw(contrefactuels),
        revaloriser=draw(st.sampled_from(hausses)),
        # the law does not give the amount of 2026
        montant_unitaire=draw(st.integers(0, 3_000_000).map(Centimes)),
        lecture=draw(st.sampled_from([None, *LectureCongesPayes])),
        taux_accident_travail=draw(st.none() | st.decimals("0.007", "0.5", places=4)),
    )


@given(demandes())
def test_what_the_employer_pays_is_what_the_person_and_public_money_gain(demande: Demande) -> None:
    valeur = compute_valeur(demande, TABLE, LOI)
    assert valeur.employeur is not None
    assert valeur.comptes is not None
    assert valeur.hausse is not None
    gain = valeur.marge.disponible
    assert valeur.employeur.cout == gain + valeur.comptes.compute_solde(Decimal(0))
    assert valeur.hausse.employeur == valeur.hausse.marge.disponible + valeur.hausse.solde


@given(demandes(), parts)
def test_every_share_between_the_bounds_gives_a_balance_between_the_balances(
    demande: Demande, part: Decimal
) -> None:
    comptes = compute_valeur(demande, TABLE, LOI).comptes
    assert comptes is not None
    bas, haut = comptes.soldes
    choix = comptes.contrefactuel
    milieu = comptes.compute_solde(choix.minimum + part * (choix.maximum - choix.minimum))
    # each line is rounded to the cent by itself
    marge = Centimes(len(comptes.lignes))
    assert bas - marge <= milieu <= haut + marge
    assert comptes.compute_solde(Decimal(1)) == comptes.lignes[0].montant
    sans_bornes = Comptes(comptes.lignes, Contrefactuel())
    assert sans_bornes.soldes[0] <= bas <= haut <= sans_bornes.soldes[1]


@given(demandes())
def test_the_disposable_income_is_the_sum_of_its_parts(demande: Demande) -> None:
    valeur = compute_valeur(demande, TABLE, LOI)
    *autres, total = valeur.revenus
    assert [un.code for un in autres] == [*RESSOURCES, "impot_revenu"]
    for moment in ("avant", "apres", "difference"):
        assert sum_centimes(getattr(un, moment) for un in autres) == getattr(total, moment)
    assert total.difference == valeur.marge.disponible


def test_no_household_loses_by_working_more_hours() -> None:
    for mois in GRILLE.mois:
        for foyer in GRILLE.foyers:
            for majoration in GRILLE.majorations:
                premier, *autres = list_paliers(TABLE, mois, foyer, majoration)
                assert premier.marge is None
                assert premier.point == TABLE.get(mois, foyer, 0, ZERO)
                assert all(un.marge and un.marge.disponible > ZERO for un in autres)


def test_a_higher_pay_may_leave_less_and_only_when_a_benefit_ends_or_steps_down() -> None:
    """The RSA is not paid under a minimum, and the housing aid moves by steps: six euros at most."""
    pertes = 0
    for point in TABLE.points.values():
        plus = [un for un in GRILLE.majorations if un > point.majoration and point.heures][:1]
        for majoration in plus:
            mieux = TABLE.get(point.mois, point.foyer, point.heures, majoration)
            if mieux.revenu_disponible < point.revenu_disponible:
                pertes += 1
                assert point.revenu_disponible - mieux.revenu_disponible <= Centimes(600)
                assert mieux["aide_logement"] < point["aide_logement"] or not mieux["rsa"].nombre
    assert 0 < pertes < 20


def test_our_reduction_is_that_of_openfisca_to_the_last_decimal_of_the_coefficient() -> None:
    """151.67 hours there, 35 × 52 / 12 here: one unit of the fourth decimal, as the parity tables say."""
    for point in TABLE.points.values():
        if point.heures and point.foyer == "seul_rsa":
            nous = compute_reduction(point, GRILLE.effectif, LOI).montant
            ecart = abs((nous - point["reduction_generale"]).nombre)
            assert ecart <= point["salaire_brut"].nombre * 0.0001 + 1
