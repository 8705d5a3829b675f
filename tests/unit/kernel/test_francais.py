"""French typography."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from maillage.kernel.francais import (
    a,
    accorder,
    de,
    format_date,
    format_mois,
    format_nombre,
    format_ordinal,
    format_valeur,
    guillemets,
    is_elidable,
    is_pluriel,
    join_fr,
    pluriel,
    round_half_up,
    typeset,
)
from maillage.kernel.valeur import Absence


@pytest.mark.parametrize(
    ("nombre", "decimales", "texte"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1_000, 0, "1\u202f000"),
        (67_659_871, 0, "67\u202f659\u202f871"),
        (1_619.0, 0, "1\u202f619"),
        (1_234.5, 1, "1\u202f234,5"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # banker's rounding would give 2
        (2.675, 2, "2,68"),  # binary rounding would give 2,67
        (1.005, 2, "1,01"),
        (0.125, 2, "0,13"),
        (-0.5, 0, "\u22121"),
        (-0.4, 0, "0"),  # no minus before a zero
        (-0.0, 1, "0,0"),
        (-1_234.56, 1, "\u22121\u202f234,6"),
        (999.95, 1, "1\u202f000,0"),
        (9.4, 3, "9,400"),
        (1e-7, 2, "0,00"),
        (1e22, 0, "10\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000"),
        (10**30, 1, "1" + "\u202f000" * 10 + ",0"),
        (
            Decimal("12345678901234567890123456789012345.675"),
            2,
            "12\u202f345\u202f678\u202f901\u202f234\u202f567\u202f890\u202f123\u202f456\u202f789\u202f012\u202f345,68",
        ),
        (np.float64(1.5), 1, "1,5"),
    ],
)
def test_numbers(nombre: float | Decimal, decimales: int, texte: str) -> None:
    assert format_nombre(nombre, decimales) == texte


@pytest.mark.parametrize(
    "nombre", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_what_is_not_a_number_is_never_shown_as_one(nombre: float | Decimal) -> None:
    with pytest.raises(ValueError, match=r"not a number|cannot round"):
        format_nombre(nombre)


def test_decimals_are_not_negative() -> None:
    with pytest.raises(ValueError, match="cannot round 15 to -1 decimals"):
        round_half_up(Decimal(15), -1)


@pytest.mark.parametrize(
    ("valeur", "unite", "decimales", "texte"),
    [
        (1_619.0, "€", 0, "1\u202f619\u202f€"),
        (1_619.0, "€ par an", 0, "1\u202f619\u202f€ par an"),
        (12.34, "%", 1, "12,3\u202f%"),
        (3.0, "‰", 0, "3\u202f‰"),
        (3.0, "k€", 0, "3\u202fk€"),
        (3.0, "", 0, "3"),
        (2.0, "personnes", 0, "2\u00a0personnes"),
        (1.0, "personnes", 0, "1\u00a0personne"),
        (0.0, "structures", 0, "0\u00a0structure"),
        (1.9, "points", 1, "1,9\u00a0point"),
        (1.96, "points", 1, "2,0\u00a0points"),  # agrees with the number shown
        (-3.0, "points", 0, "\u22123\u00a0points"),
        (1.0, "pour 100 habitants", 0, "1\u00a0pour 100 habitants"),
        (Absence.INCONNUE, "€", 0, "inconnue"),
        (Absence.SECRETE, "%", 1, "secrète"),
        (Absence.EN_RETARD, "%", 1, "en retard"),
        (Absence.PAS_ENCORE_PUBLIEE, "", 0, "pas encore publiée"),
        (Absence.SANS_OBJET, "", 0, "sans objet"),
        (0.5, "ETP-mois", 2, "0,50\u00a0ETP-mois"),
        (1.0, "fois", 0, "1\u00a0fois"),
    ],
)
def test_figures_with_their_unit(
    valeur: float | Absence, unite: str, decimales: int, texte: str
) -> None:
    assert format_valeur(valeur, unite, decimales) == texte


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [
        (0, False),
        (1, False),
        (1.99, False),
        (2, True),
        (-1.5, False),
        (-2, True),
        (Decimal(2), True),
    ],
)
def test_plural_starts_at_two(nombre: float | Decimal, attendu: bool) -> None:  # noqa: FBT001 — parametrised
    assert is_pluriel(nombre) is attendu
    assert pluriel(nombre, "cheval", "chevaux") == ("chevaux" if attendu else "cheval")


def test_a_count_agrees_with_the_number_shown() -> None:
    assert accorder(0, "structure", "structures") == "0\u00a0structure"
    assert accorder(1.6, "structure", "structures") == "2\u00a0structures"
    assert accorder(1_254, "structure", "structures") == "1\u202f254\u00a0structures"


def test_ordinals() -> None:
    assert [format_ordinal(rang) for rang in (1, 2, 1_254)] == ["1er", "2e", "1\u202f254e"]
    with pytest.raises(ValueError, match="starts at 1"):
        format_ordinal(0)


@pytest.mark.parametrize(
    ("jour", "texte"),
    [
        (date(2022, 6, 28), "28 juin 2022"),
        (date(2022, 1, 1), "1er janvier 2022"),
        (date(2022, 8, 2), "2 août 2022"),
        (date(2022, 12, 31), "31 décembre 2022"),
    ],
)
def test_dates(jour: date, texte: str) -> None:
    assert format_date(jour) == texte


def test_months_have_twelve_different_names() -> None:
    assert len({format_mois(2022, mois) for mois in range(1, 13)}) == 12
    for mois in (0, 13):
        with pytest.raises(ValueError, match=f"month {mois} is not between 1 and 12"):
            format_mois(2022, mois)


@pytest.mark.parametrize(
    ("elements", "texte"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_lists(elements: list[str], texte: str) -> None:
    assert join_fr(elements) == texte
    assert join_fr(iter(elements)) == texte


def test_alternatives() -> None:
    assert join_fr(["a", "b", "c"], "ou") == "a, b ou c"


def test_quotation_marks_never_stand_alone() -> None:
    assert guillemets("Redon") == "«\u00a0Redon\u00a0»"


@pytest.mark.parametrize(
    ("nom", "avec_de", "avec_a"),
    [
        ("Arles", "d’Arles", "à Arles"),
        ("Évry-Courcouronnes", "d’Évry-Courcouronnes", "à Évry-Courcouronnes"),
        ("Œting", "d’Œting", "à Œting"),
        ("Île-de-France", "d’Île-de-France", "à Île-de-France"),
        ("Ille-et-Vilaine", "d’Ille-et-Vilaine", "à Ille-et-Vilaine"),
        ("Rennes", "de Rennes", "à Rennes"),
        ("Yvetot", "d’Yvetot", "à Yvetot"),
        ("Yutz", "de Yutz", "à Yutz"),
        ("Y", "d’Y", "à Y"),
        ("Haguenau", "de Haguenau", "à Haguenau"),
        ("Hyères", "de Hyères", "à Hyères"),
        ("Le Havre", "du Havre", "au Havre"),
        ("Les Ulis", "des Ulis", "aux Ulis"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "à L’Haÿ-les-Roses"),
        ("Lens", "de Lens", "à Lens"),
        ("Lesparre-Médoc", "de Lesparre-Médoc", "à Lesparre-Médoc"),
    ],
)
def test_elision_and_published_articles(nom: str, avec_de: str, avec_a: str) -> None:
    assert de(nom) == avec_de
    assert a(nom) == avec_a


def test_nothing_has_no_elision() -> None:
    assert not is_elidable("")


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("5 461 905 : oui", "5\u202f461\u202f905\u202f: oui"),
        ("en 2020 101 ans", "en 2020 101\u00a0ans"),
        ("« 30 minutes » et 12 %", "«\u00a030\u00a0minutes\u00a0» et 12\u202f%"),
        ("de 2020 ou 2021", "de 2020 ou 2021"),
    ],
)
def test_spaces_that_are_never_broken(texte: str, attendu: str) -> None:
    assert typeset(texte) == attendu
