"""What comes back: a bounce names the mail that it is about, and a hard one stops the mailing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from email import message_from_bytes, policy
from enum import Enum
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from flufl.bounce import all_failures

from maillage.web.publications.actions.abonnements import suspend
from maillage.web.publications.courrier.adresses import hash_address, read_return
from maillage.web.publications.models import Envoi

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_JOURNAL = logging.getLogger(__name__)
_ENTETES = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
TAILLE_MAX = 2 * 1024 * 1024


class Suite(Enum):
    """What a message that came back led to. The value is shown."""

    ARRET = "adresses à qui plus rien n’est envoyé"
    PASSAGER = "retours passagers, sans suite"
    ANCIENNE = "retours d’une adresse qui n’est plus celle de la personne"
    INCONNU = "messages qui ne sont pas des retours de nos envois"


@dataclass(frozen=True, slots=True)
class _Retour:
    numero: int | None
    is_definitif: bool
    is_retour: bool


def treat(message: bytes) -> Suite:
    """Read one message and do what it asks for. Only one that names a mail of ours counts."""
    retour = _read(message[:TAILLE_MAX])
    if retour.numero is None or not retour.is_retour:
        return Suite.INCONNU
    return _apply(retour.numero, is_definitif=retour.is_definitif)


def _read(message: bytes) -> _Retour:
    courriel = message_from_bytes(message, policy=policy.compat32)
    try:
        passagers, definitifs = all_failures(courriel)
    except Exception as error:  # noqa: BLE001 — anybody may send anything here, and the next must be read
        _JOURNAL.warning("un message revenu ne se lit pas\u00a0: %s", type(error).__name__)
        return _Retour(None, is_definitif=False, is_retour=False)
    adresses = [str(valeur) for entete in _ENTETES for valeur in courriel.get_all(entete, [])]
    numero = read_return(" ".join(adresses))
    if numero is None:  # the server rewrote the addresses: the returned part still names the mail
        numero = read_return(message.decode("ascii", "replace"))
    return _Retour(numero, bool(definitifs), bool(passagers or definitifs))


@transaction.atomic
def _apply(numero: int, *, is_definitif: bool) -> Suite:
    envoi = Envoi.objects.select_related("utilisateur").filter(pk=numero).first()
    if envoi is None:
        return Suite.INCONNU
    if not is_definitif:
        return Suite.PASSAGER
    Envoi.objects.filter(pk=numero).update(etat=Envoi.Etat.REBOND, rebond_at=timezone.now())
    if envoi.adresse_empreinte != hash_address(envoi.utilisateur.email):
        return Suite.ANCIENNE
    suspend(envoi.utilisateur_id)
    return Suite.ARRET


def treat_maildir(dossier: Path) -> dict[Suite, int]:
    """Read every new message of a Maildir and move it among those that were seen.

    A message is moved once its effect is written: stopped half-way, it is read again, which changes
    nothing more.
    """
    comptes = dict.fromkeys(Suite, 0)
    vus = dossier / "cur"
    for chemin in _new_messages(dossier):
        comptes[treat(chemin.read_bytes())] += 1
        chemin.replace(vus / f"{chemin.name}:2,S")
    return comptes


def _new_messages(dossier: Path) -> Iterable[Path]:
    return sorted(chemin for chemin in (dossier / "new").iterdir() if chemin.is_file())
