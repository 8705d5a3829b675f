"""Addresses that say which mail they are about: how one stops it, and where it comes back."""

from __future__ import annotations

import hashlib
import re
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from maillage.web.publications.models import Envoi

_SEL_ARRET = "publications.desabonnement"
_SEL_RETOUR = "publications.retour"
_SIGNATURE = 20
_RETOUR = re.compile(r"\+r(\d+)-([0-9a-f]{20})@|<envoi-(\d+)-([0-9a-f]{20})@", re.IGNORECASE)


def sign_stop(utilisateur_id: int) -> str:
    """Token of the address by which a person stops all mail, without signing in. It does not expire."""
    return signing.Signer(salt=_SEL_ARRET).sign_object(utilisateur_id)


def read_stop(jeton: str) -> int | None:
    """Person that a token names; None when it was not made here."""
    try:
        return int(signing.Signer(salt=_SEL_ARRET).unsign_object(jeton))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def url_stop(utilisateur_id: int) -> str:
    """Full address by which a person stops all mail."""
    return f"{settings.ADRESSE_PUBLIQUE}/publications/desabonnement/{sign_stop(utilisateur_id)}/"


def return_path(envoi: Envoi) -> str:
    """Where a mail that cannot be delivered comes back: it names the mail (VERP)."""
    _, adresse = parseaddr(settings.DEFAULT_FROM_EMAIL)
    local, _, domaine = adresse.rpartition("@")
    return f"{local}+r{envoi.pk}-{_sign(envoi.pk)}@{domaine}"


def message_id(envoi: Envoi) -> str:
    """Identifier of a mail, by which a bounce that lost its address is still recognised."""
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<envoi-{envoi.pk}-{_sign(envoi.pk)}@{domaine}>"


def list_id() -> str:
    """Identifier of the list, by which mail programs sort it."""
    return f"Publications <publications.{urlsplit(settings.ADRESSE_PUBLIQUE).hostname}>"


def read_return(texte: str) -> int | None:
    """Number of the mail that a text names with a signature of ours; None when it names none."""
    for trouve in _RETOUR.finditer(texte):
        numero, signature = trouve[1] or trouve[3], trouve[2] or trouve[4]
        if constant_time_compare(_sign(int(numero)), signature.lower()):
            return int(numero)
    return None


def hash_address(adresse: str) -> str:
    """What is kept of the address to which a mail went."""
    return hashlib.sha256(adresse.strip().lower().encode()).hexdigest()


def _sign(numero: int) -> str:
    return salted_hmac(_SEL_RETOUR, str(numero), algorithm="sha256").hexdigest()[:_SIGNATURE]
