"""What each kind of provider promises, and what is asked of it. Plain data: settings read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

IDENTIFIANT = "openid"
"""Our provider among allauth's."""


@dataclass(frozen=True, slots=True)
class Profil:
    """Rules of a kind of provider.

    Attributes:
        portees: Scopes asked for, no more than what the site uses.
        champ_nom: Claim that holds the family name.
        is_identite_signee: Whether the answer on identity must be a signed JWT.
        is_email_sans_mention: Whether an address counts as verified when nothing is said of it.
            « false » is always believed.
        parametres: Sent with the request.
    """

    portees: tuple[str, ...]
    champ_nom: str
    is_identite_signee: bool
    is_email_sans_mention: bool
    parametres: Mapping[str, str]


# ProConnect never says `email_verified`: its identity providers undertake to send the professional
# address of a domain of theirs. `amr` is only given when it is asked for, and « mfa » is its word
# for two factors. SIRET and uid exist; nothing here uses them, so they are not asked for.
# Source: documentation technique des fournisseurs de service de ProConnect, read in 2026.
PROFILS: Mapping[str, Profil] = {
    "proconnect": Profil(
        portees=("openid", "given_name", "usual_name", "email"),
        champ_nom="usual_name",
        is_identite_signee=True,
        is_email_sans_mention=True,
        parametres={"claims": '{"id_token":{"amr":{"essential":true}}}'},
    ),
    "standard": Profil(
        portees=("openid", "profile", "email"),
        champ_nom="family_name",
        is_identite_signee=False,
        is_email_sans_mention=False,
        parametres={},
    ),
}


def describe_fournisseur(
    *, emetteur: str, client: str, secret: str, nom: str, profil: str
) -> dict[str, Any]:
    """Allauth's description of the provider; empty when none is set."""
    if not emetteur:
        return {}
    application = {
        "provider_id": IDENTIFIANT,
        "name": nom,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": emetteur, "profil": profil, "oauth_pkce_enabled": True},
    }
    return {IDENTIFIANT: {"APPS": [application]}}
