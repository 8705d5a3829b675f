"""Identifiers: what is read is written back unchanged, and nothing wrong gets through."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from maillage.kernel.annexe import is_numero_annexe, parse_numero_annexe
from maillage.kernel.commune import (
    departement_of_commune,
    is_code,
    is_departement,
    parse_code,
    parse_commune,
)
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.niveau import Niveau
from maillage.kernel.siret import Siren, Siret, is_siret, parse_siren, parse_siret

NUMEROS_ANNEXE = st.from_regex(
    r"\A(ACI|EI|AI|ETTI|EITI)[0-9]{2}[A-Z0-9][0-9]{6}A[0-9]M[0-9]\Z", fullmatch=True
)
CODES_COMMUNE = st.one_of(
    st.from_regex(r"\A(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])[0-9]{3}\Z", fullmatch=True),
    st.from_regex(r"\A97[12346][0-9]{2}\Z", fullmatch=True),
).filter(lambda code: not code.endswith("000"))


def with_key(chiffres: str) -> str:
    return chiffres + luhn.calc_check_digit(chiffres)


SIRENS = st.from_regex(r"\A[0-9]{8}\Z", fullmatch=True).map(with_key)
SIRETS = SIRENS.filter(lambda siren: siren != "356000000").flatmap(
    lambda siren: st.from_regex(r"\A[0-9]{4}\Z", fullmatch=True).map(
        lambda nic: with_key(siren + nic)
    )
)


@given(SIRENS)
def test_a_siren_is_written_back(numero: str) -> None:
    siren = parse_siren(numero)
    assert str(siren) == numero
    assert parse_siren(str(siren)) == parse_siren(siren.lisible) == siren


@given(SIRETS)
def test_a_siret_is_written_back(numero: str) -> None:
    siret = parse_siret(numero)
    assert str(siret) == numero
    assert parse_siret(str(siret)) == parse_siret(siret.lisible) == siret
    assert siret.siren == Siren(numero[:9])
    assert str(siret.siren) + siret.nic == numero


@given(SIRETS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(numero: str, place: int, decalage: int) -> None:
    faux = str((int(numero[place]) + decalage) % 10)
    change = numero[:place] + faux + numero[place + 1 :]
    assume(not change.startswith("356000000"))
    assert not is_siret(change)


@given(st.from_regex(r"\A[0-9]{5}\Z", fullmatch=True))
def test_la_poste_follows_its_own_rule(nic: str) -> None:
    """Every establishment but the head office: the sum of the digits is a multiple of 5."""
    numero = "356000000" + nic
    assert is_siret(numero) == (nic == "00048" or sum(map(int, numero)) % 5 == 0)


@given(st.one_of(SIRETS, st.text(), st.from_regex(r"\A[0-9 .]{14,17}\Z", fullmatch=True)))
def test_reading_and_testing_a_siret_agree(texte: str) -> None:
    if is_siret(texte):
        assert parse_siret(texte) == Siret("".join(texte.split()))
    else:
        with pytest.raises(SaisieInvalide, match="MLG-ID-"):
            parse_siret(texte)


@given(NUMEROS_ANNEXE)
def test_a_number_of_annexe_is_written_back(numero: str) -> None:
    lu = parse_numero_annexe(numero)
    assert str(lu) == numero
    assert numero.startswith(lu.prefixe)
    assert lu.code_departement is None or is_departement(lu.code_departement)
    assert 2000 <= lu.millesime <= 2099


@given(st.text(alphabet="ACIETM0123456789 LV", max_size=18))
def test_only_numbers_of_annexe_are_read(texte: str) -> None:
    if is_numero_annexe("".join(texte.split())):
        assert str(parse_numero_annexe(texte)) == "".join(texte.split())
    else:
        with pytest.raises(SaisieInvalide):
            parse_numero_annexe(texte)


@given(CODES_COMMUNE)
def test_a_commune_is_written_back_and_stands_in_a_departement(code: str) -> None:
    lu = parse_commune(code)
    assert lu == code
    assert is_departement(departement_of_commune(lu))
    assert code.startswith(departement_of_commune(lu))


@given(st.from_regex(r"\A0[1-9][0-9]{2}[1-9]\Z", fullmatch=True))
def test_a_lost_zero_is_told_and_never_repaired(code: str) -> None:
    with pytest.raises(SaisieInvalide, match=f"voulu dire {code}"):
        parse_commune(code.lstrip("0"))
    with pytest.raises(SaisieInvalide, match="MLG-ID-001"):
        parse_commune(int(code))


@given(st.sampled_from(list(Niveau)), st.text(alphabet="CLPEFRZ0123456789ABDM.,", max_size=11))
def test_reading_and_testing_a_code_agree(niveau: Niveau, texte: str) -> None:
    if is_code(niveau, texte):
        assert parse_code(niveau, texte) == texte
    else:
        with pytest.raises(SaisieInvalide):
            parse_code(niveau, texte)
