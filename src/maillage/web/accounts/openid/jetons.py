"""Checks what the provider signs: who signed, for whom, until when, in answer to which request."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALGORITHMES = ("RS256", "ES256")
"""Signatures that are accepted; « none » and shared secrets are not among them."""
_TYPES_DE_CLE = {"RS256": "RSA", "ES256": "EC"}
TOLERANCE = 30
"""Seconds between two clocks."""


class JetonRefuse(Exception):
    """A token is not what it should be. The text, in English, goes to the log of the server."""


@dataclass(frozen=True, slots=True)
class Attendu:
    """What a token must say.

    Attributes:
        emetteur: Issuer, exactly as the provider names itself.
        client: Audience: this site.
        cles: Keys of the provider, as its JWKS gives them.
    """

    emetteur: str
    client: str
    cles: tuple[Mapping[str, Any], ...]


def derive_nonce(verificateur: str) -> str:
    """Nonce of a request, from the secret of its PKCE, which the session of the browser holds."""
    return urlsafe_b64encode(hashlib.sha256(f"nonce {verificateur}".encode()).digest()).decode()


def read_id_token(texte: str, attendu: Attendu, nonce: str) -> dict[str, Any]:
    """Claims of an ID token that answers this very request.

    Raises:
        JetonRefuse: its signature, issuer, audience, life or nonce is wrong.
    """
    claims = _decode(texte, attendu, ("exp", "iat", "iss", "aud", "sub"))
    if claims.get("azp", attendu.client) != attendu.client:
        msg = "the ID token was issued to another client"
        raise JetonRefuse(msg)
    recu = claims.get("nonce")
    if not isinstance(recu, str) or not hmac.compare_digest(recu.encode(), nonce.encode()):
        msg = "the ID token does not answer this request: wrong nonce"
        raise JetonRefuse(msg)
    return claims


def read_identite(texte: str, attendu: Attendu, sujet: str) -> dict[str, Any]:
    """Claims of a signed answer of the userinfo endpoint.

    Raises:
        JetonRefuse: its signature, issuer, audience or life is wrong, or it is about another person.
    """
    claims = _decode(texte, attendu, ("iss", "aud", "sub"))
    check_sujet(claims, sujet)
    return claims


def check_sujet(claims: Mapping[str, Any], sujet: str) -> None:
    """Make sure that the identity is that of the ID token.

    Raises:
        JetonRefuse: it is another person's.
    """
    if claims.get("sub") != sujet:
        msg = "userinfo is about another subject than the ID token"
        raise JetonRefuse(msg)


def _decode(texte: str, attendu: Attendu, exiges: Iterable[str]) -> dict[str, Any]:
    try:
        entete = jwt.get_unverified_header(texte)
        algorithme = entete.get("alg")
        if algorithme not in ALGORITHMES:
            msg = f"signature {algorithme!r} is not accepted"
            raise JetonRefuse(msg)
        cle = _find_cle(attendu.cles, algorithme, entete.get("kid"))
        claims: dict[str, Any] = jwt.decode(
            texte,
            key=jwt.PyJWK.from_dict(dict(cle), algorithm=algorithme),
            algorithms=[algorithme],
            audience=attendu.client,
            issuer=attendu.emetteur,
            leeway=TOLERANCE,
            options={"require": list(exiges)},
        )
    except jwt.PyJWTError as error:
        msg = f"{type(error).__name__}: {error}"
        raise JetonRefuse(msg) from error
    return claims


def _find_cle(
    cles: Iterable[Mapping[str, Any]], algorithme: str, kid: str | None
) -> Mapping[str, Any]:
    """The one key that can have signed; a token without `kid` is accepted when one key only fits.

    Raises:
        JetonRefuse: none fits, or several do.
    """
    possibles = [
        cle
        for cle in cles
        if cle.get("kty") == _TYPES_DE_CLE[algorithme]
        and cle.get("use", "sig") == "sig"
        and cle.get("alg", algorithme) == algorithme
        and (kid is None or cle.get("kid") == kid)
    ]
    if len(possibles) != 1:
        msg = f"{len(possibles)} keys of the provider fit kid {kid!r}"
        raise JetonRefuse(msg)
    return possibles[0]
