"""Money adds up to the cent, and what French shows can be read back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.francais import MOINS, format_nombre, is_pluriel, join_fr, round_half_up
from maillage.kernel.money import Centimes, format_euros, sum_centimes

CENTIMES = st.integers(-(10**40), 10**40).map(Centimes)
NOMBRES = st.one_of(
    st.integers(-(10**40), 10**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
)


def read_back(texte: str) -> Decimal:
    return Decimal(texte.replace("\u202f", "").replace(MOINS, "-").replace(",", "."))


@given(st.lists(CENTIMES))
def test_sums_are_exact_in_any_order(montants: list[Centimes]) -> None:
    somme = sum_centimes(montants)
    assert somme.nombre == sum(montant.nombre for montant in montants)
    assert sum_centimes(reversed(montants)) == somme
    assert sum_centimes([*montants, -somme]) == Centimes(0)


@given(CENTIMES)
def test_euros_and_back(montant: Centimes) -> None:
    assert Centimes.from_euros(montant.to_euros()) == montant
    assert Centimes.from_euros(str(montant.to_euros())) == montant
    assert Centimes.from_euros(format_euros(montant)) == montant


@given(CENTIMES, st.integers(1, 10**6))
def test_a_division_is_off_by_half_a_cent_at_most(montant: Centimes, diviseur: int) -> None:
    ecart = montant.divide(diviseur).nombre - Fraction(montant.nombre, diviseur)
    assert abs(ecart) <= Fraction(1, 2)
    assert (-montant).divide(diviseur) == -montant.divide(diviseur)
    if abs(ecart) == Fraction(1, 2):
        assert (ecart > 0) == (montant.nombre > 0)


@given(NOMBRES, st.integers(0, 6))
def test_a_number_shown_is_read_back_as_it_was_rounded(
    nombre: float | Decimal, decimales: int
) -> None:
    exact = Decimal(repr(nombre)) if isinstance(nombre, float) else Decimal(nombre)
    lu = read_back(format_nombre(nombre, decimales))
    assert lu == round_half_up(exact, decimales)
    assert abs(Fraction(lu) - Fraction(exact)) <= Fraction(1, 2 * 10**decimales)


@given(NOMBRES, st.integers(0, 3))
def test_a_number_shown_has_only_french_signs(nombre: float | Decimal, decimales: int) -> None:
    texte = format_nombre(nombre, decimales)
    assert set(texte) <= set("0123456789,\u202f" + MOINS)
    assert texte.count(",") == (decimales > 0)
    assert len(texte.partition(",")[2]) == decimales
    groupes = texte.removeprefix(MOINS).partition(",")[0].split("\u202f")
    assert all(len(groupe) == 3 for groupe in groupes[1:])
    assert 1 <= len(groupes[0]) <= 3


@given(st.integers())
def test_plural_of_counts(nombre: int) -> None:
    assert is_pluriel(nombre) == (nombre not in {-1, 0, 1})


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=2))
def test_a_list_names_every_element_once(elements: list[str]) -> None:
    texte = join_fr(elements)
    assert texte.replace(" et ", ", ").split(", ") == elements
    assert texte.count(" et ") == 1
