"""What is believed of a signed token, and all that is not."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from maillage.web.accounts.openid.jetons import (
    TOLERANCE,
    Attendu,
    JetonRefuse,
    derive_nonce,
    read_id_token,
    read_identite,
)
from maillage.web.accounts.openid.profils import PROFILS, describe_fournisseur

EMETTEUR, CLIENT, NONCE = "https://identite.example.org", "maillage", "le nonce"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
CLES = {
    "RS256": jwt.algorithms.RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True),
    "ES256": jwt.algorithms.ECAlgorithm.to_jwk(EC.public_key(), as_dict=True),
}


def publish(**autres: Any) -> Attendu:
    """The provider publishes one key of each kind."""
    cles = [{**cle, "kid": alg, "use": "sig", **autres} for alg, cle in CLES.items()]
    return Attendu(EMETTEUR, CLIENT, tuple(cles))


def sign(alg: str = "RS256", kid: str | None = "", **claims: Any) -> str:
    maintenant = int(time.time())
    dits = {
        "iss": EMETTEUR,
        "aud": CLIENT,
        "sub": "s",
        "nonce": NONCE,
        "iat": maintenant,
        "exp": maintenant + 60,
    } | claims
    en_tete = {} if kid is None else {"kid": kid or alg}
    dits = {nom: valeur for nom, valeur in dits.items() if valeur is not None}
    return jwt.encode(dits, RSA if alg == "RS256" else EC, algorithm=alg, headers=en_tete)


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
@pytest.mark.parametrize("kid", ["", None])
def test_an_honest_token_is_read(alg: str, kid: str | None) -> None:
    assert read_id_token(sign(alg, kid), publish(), NONCE)["sub"] == "s"
    assert read_identite(sign(alg, kid), publish(), "s")["sub"] == "s"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "un autre"},
        {"nonce": None},
        {"nonce": 3},
        {"aud": "un-autre"},
        {"aud": None},
        {"iss": "https://autre.example.org"},
        {"iss": EMETTEUR + "/"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"azp": "un-autre"},
        {"nbf": int(time.time()) + 10_000},
    ],
)
def test_a_claim_that_is_wrong_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(JetonRefuse):
        read_id_token(sign(**claims), publish(), NONCE)


def test_clocks_may_differ_a_little() -> None:
    maintenant = int(time.time())
    read_id_token(sign(exp=maintenant - TOLERANCE + 5), publish(), NONCE)
    with pytest.raises(JetonRefuse):
        read_id_token(sign(exp=maintenant - TOLERANCE - 5), publish(), NONCE)


def test_a_key_for_something_else_is_not_used() -> None:
    with pytest.raises(JetonRefuse, match="0 keys"):
        read_id_token(sign(), publish(use="enc"), NONCE)
    with pytest.raises(JetonRefuse, match="0 keys"):
        read_id_token(sign(), publish(alg="RS512"), NONCE)
    with pytest.raises(JetonRefuse, match="0 keys"):
        read_id_token(sign(kid="inconnue"), publish(), NONCE)


def test_two_keys_that_fit_are_one_too_many() -> None:
    attendu = publish(kid="meme")
    doubles = Attendu(EMETTEUR, CLIENT, attendu.cles * 2)
    with pytest.raises(JetonRefuse, match="2 keys"):
        read_id_token(sign(kid="meme"), doubles, NONCE)


@pytest.mark.parametrize("alg", ["none", "HS256", "HS512", "RS512", "PS256"])
def test_other_signatures_are_refused(alg: str) -> None:
    claims = {"iss": EMETTEUR, "aud": CLIENT, "sub": "s", "nonce": NONCE, "exp": time.time() + 60}
    cle: Any = None if alg == "none" else "x" * 64 if alg.startswith("HS") else RSA
    texte = jwt.encode(claims, cle, algorithm=alg, headers={"kid": "RS256"})
    with pytest.raises(JetonRefuse, match="is not accepted"):
        read_id_token(texte, publish(), NONCE)


@given(st.integers(min_value=0), st.sampled_from("ABCxyz019-_"))
def test_one_letter_changed_is_refused(place: int, lettre: str) -> None:
    texte = sign()
    i = place % (len(texte) - 8)  # the very last letters of base64 hold no bit
    if texte[i] in {lettre, "."}:
        return
    with pytest.raises(JetonRefuse):
        read_id_token(texte[:i] + lettre + texte[i + 1 :], publish(), NONCE)


@given(st.text(max_size=80))
def test_anything_else_is_refused_cleanly(texte: str) -> None:
    with pytest.raises(JetonRefuse):
        read_id_token(texte, publish(), NONCE)


def test_identity_is_that_of_the_same_person() -> None:
    with pytest.raises(JetonRefuse, match="another subject"):
        read_identite(sign(sub="autre"), publish(), "s")


@given(st.text(min_size=43, max_size=128), st.text(min_size=43, max_size=128))
def test_a_nonce_belongs_to_one_request(un: str, autre: str) -> None:
    assert len(derive_nonce(un)) >= 32
    assert (derive_nonce(un) == derive_nonce(autre)) is (un == autre)
    assert un not in derive_nonce(un)


def test_no_provider_is_described_when_none_is_set() -> None:
    vide = describe_fournisseur(emetteur="", client="", secret="", nom="", profil="proconnect")
    assert vide == {}


def test_profiles_ask_for_no_more_than_name_and_address() -> None:
    demandees = {portee for profil in PROFILS.values() for portee in profil.portees}
    assert demandees == {"openid", "given_name", "usual_name", "email", "profile"}
