"""What is asked of the provider's server: its configuration, its keys, the identity of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.socialaccount.adapter import get_adapter

from maillage.web.accounts.openid.jetons import (
    Attendu,
    JetonRefuse,
    check_sujet,
    read_identite,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allauth.socialaccount.models import SocialApp
    from requests import Response

    from maillage.web.accounts.openid.profils import Profil

_ADRESSES = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def fetch_configuration(emetteur: str) -> dict[str, Any]:
    """What the provider publishes about itself.

    Raises:
        JetonRefuse: it names itself otherwise, or leaves out an address that is needed.
        requests.RequestException: it does not answer.
    """
    with get_adapter().get_requests_session() as session:
        reponse = session.get(f"{emetteur}/.well-known/openid-configuration")
        configuration = _read_objet(reponse)
    # another name would be another provider, whose tokens would then be believed
    if str(configuration.get("issuer", "")).rstrip("/") != emetteur:
        msg = f"the provider names itself {configuration.get('issuer')!r}"
        raise JetonRefuse(msg)
    absentes = [nom for nom in _ADRESSES if not configuration.get(nom)]
    if absentes:
        msg = f"the provider does not publish {absentes}"
        raise JetonRefuse(msg)
    return configuration


def fetch_attendu(configuration: Mapping[str, Any], app: SocialApp) -> Attendu:
    """What tokens must say, with the keys that the provider signs with today.

    Raises:
        requests.RequestException: the provider does not answer.
    """
    with get_adapter().get_requests_session() as session:
        reponse = session.get(configuration["jwks_uri"])
        cles = _read_objet(reponse).get("keys", [])
    return Attendu(configuration["issuer"], app.client_id, tuple(cles))


def fetch_identite(
    adresse: str, jeton_acces: str, attendu: Attendu, profil: Profil, sujet: str
) -> dict[str, Any]:
    """Who the person is, signed by the provider, or plain where the profile accepts it.

    Raises:
        JetonRefuse: the answer is not signed though it must be, or is not to be believed.
        requests.RequestException: the provider does not answer.
    """
    with get_adapter().get_requests_session() as session:
        reponse = session.get(adresse, headers={"Authorization": f"Bearer {jeton_acces}"})
        reponse.raise_for_status()
    nature = reponse.headers.get("Content-Type", "").partition(";")[0].strip()
    if nature == "application/jwt":
        return read_identite(reponse.text, attendu, sujet)
    if profil.is_identite_signee:
        msg = f"userinfo is {nature!r}, not a signed token"
        raise JetonRefuse(msg)
    claims = _read_objet(reponse)
    check_sujet(claims, sujet)
    return claims


def _read_objet(reponse: Response) -> dict[str, Any]:
    reponse.raise_for_status()
    objet = reponse.json()
    if not isinstance(objet, dict):
        msg = f"the provider answers a {type(objet).__name__}"
        raise JetonRefuse(msg)
    return objet
