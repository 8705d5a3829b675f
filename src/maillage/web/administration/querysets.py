"""What the administration reads: lines of the trail, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_current_timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.accounts.models import Utilisateur
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class FiltreJournal:
    """What is asked of the trail.

    Attributes:
        texte: Part of an action or of the name of an object.
        auteur: Number of an account; None for all.
        du, au: First and last day; None for no limit.
    """

    texte: str = ""
    auteur: int | None = None
    du: date | None = None
    au: date | None = None


def read_filtre(query: Mapping[str, str]) -> FiltreJournal:
    """Read the address of the trail.

    Raises:
        SaisieInvalide: MLG-ADM-001, a date or a number is not one; all of them together.
    """
    anomalies: list[Anomalie] = []
    jours: dict[str, date | None] = {}
    for champ in ("du", "au"):
        texte = query.get(champ, "").strip()
        try:
            jours[champ] = date.fromisoformat(texte) if texte else None
        except ValueError:
            anomalies.append(
                Anomalie(
                    "MLG-ADM-001",
                    f"{guillemets(texte)} n’est pas un jour.",
                    "Écrivez-le 2026-12-31.",
                    f"champ {champ}",
                )
            )
    auteur = query.get("auteur", "").strip()
    if auteur and not auteur.isdecimal():
        anomalies.append(
            Anomalie(
                "MLG-ADM-001",
                f"{guillemets(auteur)} n’est pas un numéro de compte.",
                "Suivez un lien de la colonne « Auteur ».",
                "champ auteur",
            )
        )
    if anomalies:
        raise SaisieInvalide(*anomalies)
    return FiltreJournal(
        query.get("q", "").strip(), int(auteur) if auteur else None, jours["du"], jours["au"]
    )


def filter_journal(filtre: FiltreJournal) -> QuerySet[Evenement]:
    """Lines of the trail that answer a filter, newest first."""
    lignes = Evenement.objects.all()
    if filtre.texte:
        lignes = lignes.filter(
            Q(action__icontains=filtre.texte) | Q(objet_nom__icontains=filtre.texte)
        )
    if filtre.auteur is not None:
        lignes = lignes.filter(by_id=filtre.auteur)
    if filtre.du is not None:
        lignes = lignes.filter(at__gte=_midnight(filtre.du))
    if filtre.au is not None:
        lignes = lignes.filter(at__lt=_midnight(filtre.au + timedelta(days=1)))
    return lignes


def _midnight(jour: date) -> datetime:
    return datetime.combine(jour, time(), get_current_timezone())


def name_authors(lignes: Iterable[Evenement]) -> dict[int, str]:
    """Names of the authors of lines, by number, those that are still known."""
    numeros = {ligne.by_id for ligne in lignes if ligne.by_id is not None}
    return {u.pk: u.nom_complet for u in Utilisateur.objects.filter(pk__in=numeros)}


def list_comptes(texte: str) -> QuerySet[Utilisateur]:
    """Accounts, with whether a second factor is set, filtered by name or address."""
    comptes = Utilisateur.objects.annotate(
        a_second_facteur=Exists(
            Authenticator.objects.filter(user=OuterRef("pk")).exclude(
                type=Authenticator.Type.RECOVERY_CODES
            )
        )
    ).prefetch_related("rattachements__organisation")
    for mot in texte.split():
        comptes = comptes.filter(
            Q(nom__icontains=mot) | Q(prenom__icontains=mot) | Q(email__icontains=mot)
        )
    return comptes.order_by("nom", "prenom", "pk")
