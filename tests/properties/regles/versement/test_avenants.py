"""Annexes that change: schedules against a second engine that walks from month to month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.money import Centimes
from maillage.kernel.period import Mois
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.avenant import Avenant
from maillage.regles.versement.calendrier import calendrier
from maillage.regles.versement.convention import Convention
from maillage.regles.versement.echeancier import (
    Annexes,
    Avenants,
    Echeancier,
    compute_echeancier,
)
from maillage.regles.versement.hypotheses import (
    POINTS,
    Compensation,
    HypothesesVersement,
    Mensualite,
    MoisObserves,
    MontantAvenant,
    Plafond,
    PriseEnCompte,
    Rattrapage,
    Reprise,
)
from maillage.regles.versement.regimes import REGIME_2014, REGIME_2017, Regime
from maillage.regles.versement.versions import build_versions, montant_final

if TYPE_CHECKING:
    from random import Random

Termes = tuple[Fraction, int]
"""Monthly ETP and cents per ETP and year of one month."""


def month_of(debut: date, rang: int) -> Mois:
    annee, reste = divmod(debut.year * 12 + debut.month - 1 + rang - 1, 12)
    return Mois(annee, reste + 1)


@st.composite
def annexes(draw: st.DrawFn, *, avenants: int = 2) -> Annexe:
    debut = date(draw(st.integers(2018, 2024)), draw(st.integers(1, 12)), 1)
    duree = draw(st.integers(1, 12))
    etp, montants = st.integers(0, 5000), st.integers(0, 3_000_000)

    def change(effet: int) -> Avenant:
        quoi = draw(st.sampled_from(["etp", "montant", "deux"]))
        retard = draw(st.sampled_from([0, 0, 1, 2, 7, 14]))
        return Avenant(
            effet=month_of(debut, effet),
            etp_conventionnes=None if quoi == "montant" else Decimal(draw(etp)).scaleb(-2),
            montant_unitaire=None if quoi == "etp" else Centimes(draw(montants)),
            decision=month_of(debut, effet + retard) if retard else None,
            arrete=draw(st.sampled_from(["", "L’arrêté"])),
        )

    effets = draw(st.lists(st.integers(1, duree), max_size=avenants))
    return Annexe(
        debut,
        month_of(debut, duree).fin,
        Decimal(draw(etp)).scaleb(-2),
        Centimes(draw(montants)),
        tuple(change(effet) for effet in effets),
    )


OCCUPATION = st.lists(st.integers(0, 8000), min_size=12, max_size=12)
REGIMES = st.sampled_from([REGIME_2014, REGIME_2017])
HYPOTHESES = st.builds(
    HypothesesVersement,
    **{nom: st.sampled_from(point.lectures) for nom, point in POINTS.items()},
)


def round_cents(nombre: Fraction) -> int:
    return int(nombre + Fraction(1, 2))


@dataclass(frozen=True)
class Lisible:
    """One annexe read slowly: every question is asked again each month."""

    annexe: Annexe
    occupation: tuple[int, ...]
    regime: Regime
    hypotheses: HypothesesVersement

    @property
    def duree(self) -> int:
        return self.annexe.duree_mois

    def rank_known(self, avenant: Avenant) -> int:
        effet = self.annexe.find_rang(avenant.effet)
        if avenant.decision is None:
            return effet
        tard = self.hypotheses.prise_en_compte is PriseEnCompte.MOIS_SUIVANT
        return self.annexe.find_rang(avenant.decision) + (1 if tard else 0)

    def terms(self, rang: int) -> list[Termes]:
        """Terms of every month, as known in one; the settlement knows everything."""
        annexe = self.annexe
        mois = [(Fraction(annexe.etp_conventionnes), annexe.montant_unitaire.nombre)] * self.duree
        for avenant in sorted(annexe.avenants, key=lambda un: un.effet):
            if rang <= self.duree and self.rank_known(avenant) > rang:
                continue
            effet = annexe.find_rang(avenant.effet)
            entiere = self.hypotheses.montant_avenant is MontantAvenant.ANNEXE_ENTIERE
            for i, (etp, montant) in enumerate(mois, start=1):
                if i >= effet or (entiere and not avenant.arrete):
                    nouvel_etp = avenant.etp_conventionnes
                    nouveau = avenant.montant_unitaire
                    mois[i - 1] = (
                        etp if nouvel_etp is None else Fraction(nouvel_etp),
                        montant if nouveau is None else nouveau.nombre,
                    )
        return mois

    def periods(self, termes: list[Termes]) -> list[tuple[list[int], Fraction, int]]:
        """Ranks of the months, agreed ETP and amount of each period."""
        periodes, exact, fait = [], Fraction(0), 0
        for (etp, montant), groupe in groupby(enumerate(termes), key=lambda un: un[1]):
            rangs = [rang for rang, _ in groupe]
            mensuel = etp * montant / 12
            if self.duree == 12:
                avant = round_cents(exact)
                exact += mensuel * len(rangs)
                total = round_cents(exact) - avant
            else:
                total = len(rangs) * round_cents(mensuel)
            periodes.append((rangs, etp, total))
            fait += len(rangs)
        return periodes

    def advances(self, termes: list[Termes], mois: int) -> int:
        periodes = self.periods(termes)
        if self.hypotheses.mensualite is Mensualite.DOUZIEME_DU_TOTAL:
            return round_cents(Fraction(sum(total for *_, total in periodes) * mois, 12))
        return sum(
            round_cents(Fraction(total * sum(rang < mois for rang in rangs), len(rangs)))
            for rangs, _, total in periodes
        )

    def right(self, termes: list[Termes], mois: int) -> int:
        faite = [Fraction(centiemes, 100) for centiemes in self.occupation[:mois]]
        comptes: list[list[Fraction]] = []
        for rangs, etp, _total in self.periods(termes):
            dedans = [faite[rang] for rang in rangs if rang < mois]
            if self.hypotheses.plafond is Plafond.MENSUEL:
                retenue = sum((min(un, etp) for un in dedans), Fraction(0))
                comptes.append([retenue, Fraction(0), Fraction(0)])
            else:
                borne = etp * len(dedans)
                retenue = min(sum(dedans, Fraction(0)), borne)
                comptes.append([retenue, borne - retenue, sum(dedans, -retenue)])
        surplus = sum((compte[2] for compte in comptes), Fraction(0))
        for compte in comptes:
            if self.hypotheses.compensation is Compensation.ANNEXE:
                venu = min(compte[1], surplus)
                compte[0] += venu
                surplus -= venu
        return sum(
            round_cents(total * compte[0] / (etp * len(rangs))) if etp else 0
            for compte, (rangs, etp, total) in zip(comptes, self.periods(termes), strict=True)
        )

    def is_regularised(self, mois: int) -> bool:
        if self.regime is REGIME_2014:
            return mois >= self.duree - 1
        return mois in {5, 8, 11}

    def payments(self) -> list[int]:
        du, paye, vus, verses = 0, 0, 0, []
        for mois in range(1, self.duree + 1):
            termes = self.terms(mois)
            du += self.advances(termes, mois) - self.advances(termes, mois - 1)
            refait = (
                self.hypotheses.rattrapage is Rattrapage.AUSSITOT
                and mois > 1
                and termes != self.terms(mois - 1)
            )
            if self.is_regularised(mois):
                refait = True
                vus = mois - (self.hypotheses.mois_observes is MoisObserves.PRECEDENTS)
                if self.regime is REGIME_2014 and mois == self.duree:
                    vus = mois
            if refait:
                depuis = self.advances(termes, mois) - self.advances(termes, vus)
                du = self.right(termes, vus) + depuis
            verse = du - paye
            if self.hypotheses.reprise is Reprise.REPORT:
                verse = max(verse, 0)
            paye += verse
            verses.append(verse)
        return [*verses, self.right(self.terms(self.duree + 1), self.duree) - paye]


def run(
    annexe: Annexe, occupation: list[int], regime: Regime, hypotheses: HypothesesVersement
) -> list[int]:
    etp = [Decimal(un).scaleb(-2) for un in occupation[: annexe.duree_mois]]
    lignes = calendrier(annexe, etp, regime=regime, hypotheses=hypotheses)
    verses = [ligne.verse.nombre for ligne in lignes if isinstance(ligne.verse, Centimes)]
    assert len(verses) == len(lignes)
    return verses


@given(annexes(), OCCUPATION, REGIMES, HYPOTHESES)
def test_two_engines_agree_to_the_cent(
    annexe: Annexe, occupation: list[int], regime: Regime, hypotheses: HypothesesVersement
) -> None:
    lisibles = Lisible(annexe, tuple(occupation), regime, hypotheses).payments()
    verses = run(annexe, occupation, regime, hypotheses)
    assert verses == lisibles[: len(verses)]
    assert not any(lisibles[len(verses) :])


@given(annexes(), OCCUPATION, REGIMES, HYPOTHESES)
def test_a_schedule_adds_up_to_the_final_right_which_is_under_the_posts_agreed(
    annexe: Annexe, occupation: list[int], regime: Regime, hypotheses: HypothesesVersement
) -> None:
    lisible = Lisible(annexe, tuple(occupation), regime, hypotheses)
    droit = lisible.right(lisible.terms(13), annexe.duree_mois)
    assert sum(run(annexe, occupation, regime, hypotheses)) == droit
    assert 0 <= droit <= montant_final(annexe, hypotheses).nombre


@given(annexes(), REGIMES, HYPOTHESES)
def test_posts_filled_every_month_give_the_whole_amount(
    annexe: Annexe, regime: Regime, hypotheses: HypothesesVersement
) -> None:
    derniere = build_versions(annexe, hypotheses)[-1]
    pleine = [termes.etp_centiemes for termes in derniere.termes]
    assert sum(run(annexe, pleine, regime, hypotheses)) == derniere.montant_total.nombre


@given(annexes(), OCCUPATION, REGIMES, HYPOTHESES, st.integers(0, 11), st.integers(0, 3000))
def test_more_occupation_never_gives_a_smaller_right(
    annexe: Annexe,
    occupation: list[int],
    regime: Regime,
    hypotheses: HypothesesVersement,
    mois: int,
    plus: int,
) -> None:
    """Only work that fills the posts of another period, at its lower amount, may give less."""
    hypotheses = replace(hypotheses, compensation=Compensation.PAR_PERIODE)
    davantage = [un + plus * (rang == mois) for rang, un in enumerate(occupation)]
    avant = sum(run(annexe, occupation, regime, hypotheses))
    assert sum(run(annexe, davantage, regime, hypotheses)) >= avant


@given(annexes(), REGIMES, HYPOTHESES)
def test_no_work_gives_nothing_in_the_end(
    annexe: Annexe, regime: Regime, hypotheses: HypothesesVersement
) -> None:
    assert sum(run(annexe, [0] * 12, regime, hypotheses)) == 0


@given(annexes(avenants=0), OCCUPATION, REGIMES, HYPOTHESES, st.integers(1, 12))
def test_an_avenant_that_changes_nothing_is_no_avenant(
    annexe: Annexe,
    occupation: list[int],
    regime: Regime,
    hypotheses: HypothesesVersement,
    effet: int,
) -> None:
    mois = annexe.mois(min(effet, annexe.duree_mois))
    meme = Avenant(mois, annexe.etp_conventionnes, annexe.montant_unitaire)
    avec = replace(annexe, avenants=(meme,))
    etp = [Decimal(un).scaleb(-2) for un in occupation[: annexe.duree_mois]]
    assert calendrier(avec, etp, regime=regime, hypotheses=hypotheses) == calendrier(
        annexe, etp, regime=regime, hypotheses=hypotheses
    )


# many rows at once


def to_rows(
    lot: list[tuple[Annexe, list[int]]], regime: Regime, hypotheses: HypothesesVersement
) -> Annexes:
    """Rows of annexes that change, or not, brought to the same number of versions and periods."""
    versions = [build_versions(annexe, hypotheses) for annexe, _ in lot]
    nombre = max(map(len, versions))
    largeur = max(len(version.periodes) for suite in versions for version in suite)
    durees = np.array([annexe.duree_mois for annexe, _ in lot])

    def convention(rang: int) -> Convention:
        choisies = [suite[min(rang, len(suite) - 1)].periodes for suite in versions]
        manque = [largeur - len(periodes) for periodes in choisies]
        return Convention(
            np.array(
                [
                    [p.dernier_mois for p in periodes] + [periodes[-1].dernier_mois] * vide
                    for periodes, vide in zip(choisies, manque, strict=True)
                ]
            ),
            np.array(
                [
                    [p.montant.nombre for p in periodes] + [0] * vide
                    for periodes, vide in zip(choisies, manque, strict=True)
                ]
            ),
            np.array(
                [
                    [p.termes.etp_centiemes for p in periodes] + [7] * vide
                    for periodes, vide in zip(choisies, manque, strict=True)
                ]
            ),
        )

    connus = [
        [sum(version.rang_connu <= mois for version in suite) for mois in range(1, 13)]
        for suite in versions
    ]
    return Annexes(
        montant_total=np.array([suite[0].montant_total.nombre for suite in versions]),
        duree_mois=durees,
        occupation_convenue=np.array([annexe.etp_centiemes for annexe, _ in lot]),
        occupation=np.array([occupation for _, occupation in lot]),
        est_regularise=regime.find_mois(durees),
        solde_apres_fin=np.full(len(lot), regime.solde_apres_fin),
        avenants=Avenants(tuple(map(convention, range(nombre))), np.array(connus)),
    )


def fast(
    lot: list[tuple[Annexe, list[int]]], regime: Regime, hypotheses: HypothesesVersement
) -> Echeancier:
    return compute_echeancier(to_rows(lot, regime, hypotheses), hypotheses)


LOTS = st.lists(st.tuples(annexes(), OCCUPATION), min_size=1, max_size=5)


@given(LOTS, REGIMES, HYPOTHESES, st.randoms())
def test_one_row_is_many_rows_in_any_order(
    lot: list[tuple[Annexe, list[int]]],
    regime: Regime,
    hypotheses: HypothesesVersement,
    hasard: Random,
) -> None:
    ordre = list(range(len(lot)))
    hasard.shuffle(ordre)
    ensemble = fast(lot, regime, hypotheses).verse
    seules = np.concatenate([fast([un], regime, hypotheses).verse for un in lot])
    melangees = fast([lot[i] for i in ordre], regime, hypotheses).verse

    assert ensemble.tolist() == seules.tolist()
    assert melangees.tolist() == ensemble[ordre].tolist()
    for (annexe, occupation), verses in zip(lot, ensemble.tolist(), strict=True):
        assert verses == [
            *(lisible := Lisible(annexe, tuple(occupation), regime, hypotheses).payments())[:-1],
            *[0] * (12 - annexe.duree_mois),
            lisible[-1],
        ]


@given(st.lists(st.tuples(annexes(avenants=0), OCCUPATION), min_size=1, max_size=5), REGIMES, HYPOTHESES)  # fmt: skip
def test_the_way_of_annexes_that_change_pays_the_others_the_same(
    lot: list[tuple[Annexe, list[int]]], regime: Regime, hypotheses: HypothesesVersement
) -> None:
    rangees = to_rows(lot, regime, hypotheses)
    sans = compute_echeancier(replace(rangees, avenants=None), hypotheses)
    avec = compute_echeancier(rangees, hypotheses)
    for nom in ("avance", "droit_a_date", "regularisation", "verse", "mois_observes"):
        assert getattr(avec, nom).tolist() == getattr(sans, nom).tolist()
