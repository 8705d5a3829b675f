"""An annexe that changes: what is agreed, when it is known, and how the month says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.kernel.period import Mois
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.avenant import Avenant
from maillage.regles.versement.calendrier import calendrier
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    Compensation,
    HypothesesVersement,
    MontantAvenant,
    Plafond,
    PriseEnCompte,
    Rattrapage,
)
from maillage.regles.versement.regimes import REGIME_2014
from maillage.regles.versement.versions import build_versions, montant_final

JUILLET = Avenant(Mois(2023, 7), Decimal(12))
ARRETE = Avenant(
    Mois(2023, 5),
    montant_unitaire=Centimes(132000),
    decision=Mois(2023, 8),
    arrete="L’arrêté du 28 juillet 2023",
)
# 10 ETP at 1 200 €: 1 000 € a month; 12 ETP: 1 200 € a month
ANNEXE = Annexe(date(2023, 1, 1), date(2023, 12, 31), Decimal(10), Centimes(120000), (JUILLET,))
PLEINE = [Decimal(10)] * 6 + [Decimal(12)] * 6


def tell(
    annexe: Annexe, etp: list[Decimal], hypotheses: HypothesesVersement = HYPOTHESES
) -> dict[int, str]:
    return {
        ligne.rang: ligne.explication.replace("\u202f", " ").replace("\xa0", " ")
        for ligne in calendrier(annexe, etp, hypotheses=hypotheses)
    }


def paid(
    annexe: Annexe, etp: list[Decimal], hypotheses: HypothesesVersement = HYPOTHESES
) -> list[int]:
    lignes = calendrier(annexe, etp, hypotheses=hypotheses)
    return [ligne.verse.nombre // 100 for ligne in lignes if isinstance(ligne.verse, Centimes)]


def test_from_its_month_an_avenant_changes_the_advance_and_says_so() -> None:
    assert paid(ANNEXE, PLEINE) == [1000] * 6 + [1200] * 6 + [0]
    assert montant_final(ANNEXE) == Centimes(1320000)
    assert tell(ANNEXE, PLEINE)[7] == (
        "À partir de juillet 2023, l’avenant porte les ETP conventionnés de 10,00 à 12,00. Le "
        "montant conventionné passe de 12 000 € à 13 200 €. L’avance mensuelle passe de 1 000 € à "
        "1 200 €. Avance du mois : 1 200 €."
    )
    assert "pour 10,29 conventionnés en moyenne" in tell(ANNEXE, PLEINE)[8]


def test_the_posts_of_each_month_are_said_beside_it() -> None:
    lignes = calendrier(ANNEXE, PLEINE)
    assert [ligne.etp_conventionnes for ligne in lignes] == [Fraction(10)] * 6 + [Fraction(12)] * 7


def test_work_above_the_first_posts_does_not_fill_the_second_ones() -> None:
    """12 all year: the cap of the first half stays at 10, whatever the avenant gives after."""
    douze = [Decimal(12)] * 12
    assert sum(paid(ANNEXE, douze)) == 13200
    moins_ensuite = [Decimal(12)] * 6 + [Decimal(10)] * 6
    assert sum(paid(ANNEXE, moins_ensuite)) == 12000
    annexe = replace(HYPOTHESES, compensation=Compensation.ANNEXE)
    assert sum(paid(ANNEXE, moins_ensuite, annexe)) == 13200
    phrases = tell(ANNEXE, moins_ensuite)[13]
    assert "au-delà des postes conventionnés ne sont pas payés" in phrases
    assert "au-delà" not in tell(ANNEXE, moins_ensuite, annexe)[13]
    mensuel = replace(HYPOTHESES, plafond=Plafond.MENSUEL)
    assert "apprécié chaque mois" in tell(ANNEXE, moins_ensuite, mensuel)[13]


def test_an_avenant_may_replace_the_annexe_since_its_first_day() -> None:
    hypotheses = replace(HYPOTHESES, montant_avenant=MontantAvenant.ANNEXE_ENTIERE)
    douze = [Decimal(12)] * 12
    assert montant_final(ANNEXE, hypotheses) == Centimes(1440000)
    # in the 8th month: the right of seven months, 8 400 €, where 7 200 € were counted
    assert paid(ANNEXE, douze, hypotheses) == [1000] * 6 + [1200, 2400] + [1200] * 4 + [0]
    phrase = tell(ANNEXE, douze, hypotheses)[7]
    assert "L’avenant de juillet 2023 porte" in phrase
    assert "pour toute l’annexe depuis son premier jour" in phrase
    assert "la différence vient à la régularisation suivante" in phrase


def test_the_past_may_be_put_right_at_once() -> None:
    hypotheses = replace(
        HYPOTHESES,
        montant_avenant=MontantAvenant.ANNEXE_ENTIERE,
        rattrapage=Rattrapage.AUSSITOT,
    )
    douze = [Decimal(12)] * 12
    # 4 800 € of right over four months, 2 × 1 200 € since: 1 200 € more in July
    assert paid(ANNEXE, douze, hypotheses) == [1000] * 6 + [2400] + [1200] * 5 + [0]
    assert tell(ANNEXE, douze, hypotheses)[7].endswith(
        "Avance du mois : 1 200 € ; sur les mois passés, 1 200 € s’ajoutent."
    )


def test_a_fall_put_right_at_once_waits_for_advances_when_it_is_too_large() -> None:
    baisse = replace(ANNEXE, avenants=(Avenant(Mois(2023, 7), Decimal(2)),))
    hypotheses = replace(
        HYPOTHESES,
        montant_avenant=MontantAvenant.ANNEXE_ENTIERE,
        rattrapage=Rattrapage.AUSSITOT,
    )
    verses = paid(baisse, [Decimal(2)] * 12, hypotheses)
    assert verses[6:12] == [0] * 6
    assert sum(verses) == 2400
    phrases = tell(baisse, [Decimal(2)] * 12, hypotheses)
    assert "sur les mois passés" in phrases[7]
    assert "L’avance du mois n’y suffit pas : 2 600 € restent à reprendre." in phrases[7]


def test_an_older_recovery_keeps_part_of_what_is_put_right() -> None:
    """Nobody in the first four months: 4 000 € to take back, then the avenant gives 1 200 €."""
    hypotheses = replace(
        HYPOTHESES,
        montant_avenant=MontantAvenant.ANNEXE_ENTIERE,
        rattrapage=Rattrapage.AUSSITOT,
    )
    hausse = replace(ANNEXE, avenants=(Avenant(Mois(2023, 7), Decimal(40)),))
    phrases = tell(hausse, [Decimal(0)] * 4 + [Decimal(10)] * 8, hypotheses)
    assert "sont retenus pour la reprise déjà décidée" in phrases[7]


def test_a_late_arrete_is_followed_from_the_month_after_its_publication() -> None:
    annexe = replace(ANNEXE, avenants=(ARRETE,))
    dix = [Decimal(10)] * 12
    # 1 100 € a month since May, known in September; May to October come in November
    assert paid(annexe, dix) == [1000] * 8 + [1100, 1100, 1500, 1100, 0]
    phrase = tell(annexe, dix)[9]
    assert phrase.startswith(
        "L’arrêté du 28 juillet 2023, publié en août 2023, porte le montant par ETP et par an de "
        "1 200 € à 1 320 €, à partir de mai 2023."
    )
    meme = replace(HYPOTHESES, prise_en_compte=PriseEnCompte.MOIS_MEME)
    assert paid(annexe, dix, meme) == [1000] * 7 + [1400] + [1100] * 4 + [0]


def test_a_signature_after_the_effect_is_said() -> None:
    annexe = replace(ANNEXE, avenants=(replace(JUILLET, decision=Mois(2023, 9)),))
    assert "l’avenant, signé en septembre 2023, porte" in tell(annexe, PLEINE)[10]
    avant = replace(ANNEXE, avenants=(replace(JUILLET, decision=Mois(2023, 5)),))
    assert paid(avant, PLEINE) == paid(ANNEXE, PLEINE)


def test_what_is_known_after_the_end_comes_with_the_settlement() -> None:
    dix = [Decimal(10)] * 12
    decembre = replace(ANNEXE, avenants=(replace(ARRETE, decision=Mois(2023, 12)),))
    assert paid(decembre, dix) == [1000] * 12 + [800]
    assert "Le solde en tient compte." in tell(decembre, dix)[13]
    tard = replace(ANNEXE, avenants=(replace(ARRETE, decision=Mois(2024, 3)),))
    assert "3 mois après le solde" in tell(tard, dix)[13]
    # before 2017 the last month settles everything: what comes later has its own line
    lignes = calendrier(tard, dix, regime=REGIME_2014)
    assert (len(lignes), lignes[-1].verse) == (13, Centimes(80000))


def test_several_changes_follow_one_another() -> None:
    annexe = replace(ANNEXE, avenants=(ARRETE, JUILLET))
    versions = build_versions(annexe)
    assert [version.rang_connu for version in versions] == [1, 7, 9]
    assert [
        (p.dernier_mois, p.termes.etp_centiemes, p.termes.montant_unitaire, p.montant.nombre)
        for p in versions[-1].periodes
    ] == [(4, 1000, 120000, 400000), (6, 1000, 132000, 220000), (12, 1200, 132000, 792000)]


def test_an_avenant_in_the_first_month_is_the_annexe_itself() -> None:
    annexe = replace(ANNEXE, avenants=(Avenant(Mois(2023, 1), Decimal(12), Centimes(110000)),))
    assert len(build_versions(annexe)) == 1
    assert paid(annexe, [Decimal(12)] * 12)[0] == 1100
    assert tell(annexe, [Decimal(12)] * 12)[1].startswith("À partir de janvier 2023, l’avenant")


def test_a_year_is_rounded_once_and_a_shorter_annexe_month_by_month() -> None:
    """10,01 ETP then 10,02 at 1 201 €: a year is 12 027,42 € (12 027,415); six months 6 × …"""
    inegal = replace(
        ANNEXE,
        etp_conventionnes=Decimal("10.01"),
        montant_unitaire=Centimes(120100),
        avenants=(Avenant(Mois(2023, 4), Decimal("10.02")),),
    )
    exact = (Decimal("10.01") * 3 + Decimal("10.02") * 9) * Decimal(1201) / 12
    assert montant_final(inegal).to_euros() == round(exact + Decimal("0.0000001"), 2)
    court = replace(inegal, date_fin_effet=date(2023, 6, 30))
    # 1 001,83 € × 3 + 1 002,84 € × 3, each month rounded: 1001,834…, 1002,835
    assert montant_final(court) == Centimes(3 * 100183 + 3 * 100284)


def test_every_problem_of_an_avenant_is_told() -> None:
    with pytest.raises(SaisieInvalide) as refus:
        Avenant(Mois(2023, 7), Decimal("-1.005"), Centimes(-1))
    assert [a.code for a in refus.value.anomalies] == ["MLG-REG-221", "MLG-REG-222", "MLG-REG-221"]
    with pytest.raises(SaisieInvalide, match="MLG-REG-230"):
        Avenant(Mois(2023, 7))


@pytest.mark.parametrize("mois", [Mois(2022, 12), Mois(2024, 1)])
def test_both_sides_of_the_annexe(mois: Mois) -> None:
    for dedans in (Mois(2023, 1), Mois(2023, 12)):
        assert replace(ANNEXE, avenants=(Avenant(dedans, Decimal(1)),)).avenants
    with pytest.raises(SaisieInvalide, match="MLG-REG-231"):
        replace(ANNEXE, avenants=(Avenant(mois, Decimal(1)),))
