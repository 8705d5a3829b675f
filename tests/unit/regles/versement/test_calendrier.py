"""The schedule of one annexe, told month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.versement.annexe import Annexe, etp_mensuels_exacts
from maillage.regles.versement.calendrier import calendrier
from maillage.regles.versement.hypotheses import HYPOTHESES, Plafond, Reprise
from maillage.regles.versement.regimes import REGIME_2014

if TYPE_CHECKING:
    from maillage.regles.versement.calendrier import LigneVersement

# 20 ETP at 21 286 €: 425 720 € a year
ANNEXE = Annexe(date(2022, 1, 1), date(2022, 12, 31), Decimal("20.00"), Centimes(2128600))
# 10 ETP at 1 200 €: 12 000 € a year, 1 000 € a month
RONDE = Annexe(date(2023, 4, 1), date(2024, 3, 31), Decimal(10), Centimes(120000))


def plain(texte: str) -> str:
    """Text with ordinary spaces, to be compared."""
    return texte.replace("\u202f", " ").replace("\xa0", " ")


def explained(lignes: tuple[LigneVersement, ...]) -> dict[int, str]:
    return {ligne.rang: plain(ligne.explication) for ligne in lignes}


def test_one_line_per_month_and_the_month_after() -> None:
    lignes = calendrier(RONDE, [Decimal(10)] * 12)

    assert [str(ligne.mois) for ligne in lignes[:2]] == ["2023-04", "2023-05"]
    assert (str(lignes[-1].mois), lignes[-1].rang) == ("2024-04", 13)
    assert lignes[-1].etp_realises is Absence.SANS_OBJET
    assert lignes[-1].cumul == Centimes(1200000)


def test_a_regularisation_is_explained() -> None:
    lignes = calendrier(ANNEXE, [Decimal("18.50")] * 12)

    assert explained(lignes)[1] == "Avance du mois : 35 476,67 €."
    assert explained(lignes)[5] == (
        "Au 5e mois, 18,50 ETP réalisés en moyenne sur 4 mois pour 20,00 conventionnés : le droit "
        "acquis est de 131 263,67 €, 141 906,67 € ont été comptés jusque-là ; 10 643 € sont repris."
    )
    assert explained(lignes)[13] == (
        "Au mois qui suit la fin de l’annexe, 18,50 ETP réalisés en moyenne sur 12 mois pour 20,00 "
        "conventionnés : le droit acquis est de 393 791 €, 399 112,50 € ont été comptés "
        "jusque-là ; 5 321,50 € sont repris. La structure reverse 5 321,50 €."
    )
    assert lignes[-1].cumul == Centimes(39379100)


def test_what_is_caught_up_is_added() -> None:
    lignes = calendrier(RONDE, [Decimal(5)] * 4 + [Decimal(15)] * 4 + [Decimal(10)] * 4)

    assert [ligne.regularisation for ligne in lignes if ligne.rang in {5, 8, 11, 13}] == [
        Centimes(-200000),
        Centimes(150000),
        Centimes(50000),
        Centimes(0),
    ]
    assert "1 500 € s’ajoutent" in explained(lignes)[8]
    assert "il n’y a rien à régulariser" in explained(lignes)[13]


def test_a_recovery_larger_than_the_advance_is_followed_month_after_month() -> None:
    lignes = calendrier(RONDE, [Decimal(2)] * 12)
    phrases = explained(lignes)

    assert [ligne.verse for ligne in lignes[4:8]] == [Centimes(0)] * 4
    assert lignes[4].reste_a_reprendre == Centimes(220000)
    assert phrases[5].endswith(
        "3 200 € sont repris. L’avance du mois n’y suffit pas : 2 200 € restent à reprendre."
    )
    assert phrases[6] == (
        "Sur l’avance du mois de 1 000 €, 1 000 € sont retenus pour la reprise déjà décidée. "
        "Il reste 1 200 € à reprendre."
    )
    assert "dont 1 400 € qui restaient à reprendre" not in phrases[13]
    assert lignes[-1].cumul == Centimes(240000)


def test_what_is_still_owed_at_the_end_is_given_back_with_the_last_recovery() -> None:
    # due 6 000 € in March after advances and recoveries, 6 500 € paid, final right 4 000 €
    lignes = calendrier(RONDE, [Decimal(5)] * 8 + [Decimal(0)] * 4)

    assert lignes[11].reste_a_reprendre == Centimes(50000)
    assert explained(lignes)[13].endswith(
        "2 000 € sont repris. La structure reverse 2 500 €, dont 500 € qui restaient à reprendre."
    )


def test_a_recovery_given_back_at_once() -> None:
    hypotheses = replace(HYPOTHESES, reprise=Reprise.REVERSEMENT)
    lignes = calendrier(RONDE, [Decimal(2)] * 12, hypotheses=hypotheses)

    assert lignes[4].verse == Centimes(-220000)
    assert lignes[4].reste_a_reprendre == Centimes(0)
    assert explained(lignes)[5].endswith("La structure reverse 2 200 €.")


def test_the_cap_is_said() -> None:
    cumule = calendrier(RONDE, [Decimal(11)] * 12)
    mensuel = calendrier(
        RONDE,
        [Decimal(5), Decimal(11)] * 6,
        hypotheses=replace(HYPOTHESES, plafond=Plafond.MENSUEL),
    )

    assert explained(cumule)[5].endswith(
        "Les ETP réalisés au-delà des 10,00 conventionnés ne sont pas payés : la convention est un "
        "plafond, apprécié en cumul."
    )
    assert "plafond, apprécié chaque mois." in explained(mensuel)[5]
    assert "plafond" not in explained(calendrier(RONDE, [Decimal(10)] * 12))[5]


def test_a_month_that_is_not_entered_is_never_a_zero() -> None:
    lignes = calendrier(RONDE, [Decimal(10)] * 5 + [Absence.EN_RETARD] + [Decimal(10)])

    assert lignes[4].verse == Centimes(100000)
    assert (lignes[5].verse, lignes[5].droit_a_date) == (Centimes(100000), Absence.INCONNUE)
    assert lignes[5].etp_realises is Absence.EN_RETARD
    assert lignes[7].avance == Centimes(100000)
    assert {lignes[7].regularisation, lignes[7].verse, lignes[7].cumul} == {Absence.INCONNUE}
    assert lignes[8].reste_a_reprendre is Absence.INCONNUE
    assert explained(lignes)[8] == (
        "L’avance du mois est de 1 000 €, mais le versement n’est pas connu : il dépend des ETP "
        "réalisés en septembre 2023, qui ne sont pas saisis. Un mois non saisi n’est pas compté "
        "pour zéro."
    )
    assert explained(lignes)[13].startswith("Le versement n’est pas connu")


def test_nothing_entered_still_gives_the_first_advances() -> None:
    lignes = calendrier(RONDE, [])

    assert [ligne.verse for ligne in lignes[:4]] == [Centimes(100000)] * 4
    assert lignes[4].verse is Absence.INCONNUE


def test_before_2017_there_is_no_line_after_the_end() -> None:
    lignes = calendrier(RONDE, [Decimal(9)] * 12, regime=REGIME_2014)

    assert len(lignes) == 12
    assert lignes[-1].cumul == Centimes(1080000)
    assert explained(lignes)[12].startswith("Au 12e mois, 9,00 ETP réalisés en moyenne sur 12 mois")


def test_the_regime_is_that_of_the_first_day() -> None:
    avant = Annexe(date(2016, 12, 1), date(2017, 11, 30), Decimal(10), Centimes(120000))
    apres = Annexe(date(2017, 1, 1), date(2017, 12, 31), Decimal(10), Centimes(120000))

    assert len(calendrier(avant, [Decimal(9)] * 12)) == 12
    assert len(calendrier(apres, [Decimal(9)] * 12)) == 13


def test_hours_become_exact_etp() -> None:
    """151,67 hours of 1 820: 151,67 × 12 / 1 820 ETP, without any rounding."""
    heures = Decimal("151.67")
    etp = etp_mensuels_exacts(heures, Decimal(1820))

    assert etp == Fraction(15167, 100) * 12 / 1820
    lignes = calendrier(
        Annexe(date(2022, 1, 1), date(2022, 1, 31), Decimal(1), Centimes(2128600)), [etp]
    )
    # one month: 1 773,83 €, and more hours than the twelfth of a year gives the whole month
    assert lignes[-1].cumul == Centimes(177383)
    moitie = calendrier(
        Annexe(date(2022, 1, 1), date(2022, 1, 31), Decimal(2), Centimes(2128600)), [etp]
    )
    exact = Fraction(354767) * etp / 2
    assert moitie[-1].cumul == Centimes(int(exact + Fraction(1, 2)))


@pytest.mark.parametrize("heures_par_etp", [Decimal(0), Decimal(-1820)])
def test_a_divisor_is_positive(heures_par_etp: Decimal) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-224"):
        etp_mensuels_exacts(Decimal(100), heures_par_etp)


def test_every_problem_of_an_annexe_is_told() -> None:
    with pytest.raises(SaisieInvalide) as erreur:
        Annexe(date(2022, 12, 31), date(2022, 1, 1), Decimal("-1.005"), Centimes(-1))

    assert [anomalie.code for anomalie in erreur.value.anomalies] == [
        "MLG-REG-220",
        "MLG-REG-221",
        "MLG-REG-221",
        "MLG-REG-222",
    ]


@pytest.mark.parametrize("fin", [date(2023, 1, 1), date(2021, 12, 31)])
def test_both_sides_of_a_year(fin: date) -> None:
    assert replace(ANNEXE, date_fin_effet=date(2022, 12, 1)).duree_mois == 12
    with pytest.raises(SaisieInvalide, match="MLG-REG-220"):
        replace(ANNEXE, date_fin_effet=fin)


def test_every_problem_of_the_occupation_is_told() -> None:
    etp = [Decimal(-1), *[Decimal(1)] * 11, Decimal("-0.5")]
    with pytest.raises(SaisieInvalide) as erreur:
        calendrier(RONDE, etp)

    assert [(a.code, a.ou) for a in erreur.value.anomalies] == [
        ("MLG-REG-221", "1er mois"),
        ("MLG-REG-221", "13e mois"),
        ("MLG-REG-223", ""),
    ]
