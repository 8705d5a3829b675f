"""Where the network sits: what the seats of a space say of it, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, Value, When

from maillage.kernel.francais import accorder
from maillage.web.dialogue.models import Espace, Rencontre, Siege
from maillage.web.dialogue.moments import not_past_q

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.dialogue.querysets import EspaceQuerySet
    from maillage.web.droits.acteur import Acteur


class Presence(models.TextChoices):
    """Whether the network sits in a space. The order is that of the legend."""

    NOUS = "nous", "nous y siégeons"
    SANS_NOUS = "sans_nous", "des sièges, aucun tenu par le réseau"
    DEMANDE = "demande", "demandé, n’existe pas encore"
    INCONNU = "inconnu", "sièges non renseignés"
    DISPARU = "disparu", "n’existe plus"


def with_presence(espaces: EspaceQuerySet, le: date) -> EspaceQuerySet:
    """Adds `presence`, a value of `Presence`, and `a_pourvoir`, whether a seat of ours is vacant."""
    tenus = Siege.objects.held(le).filter(espace=OuterRef("pk"))
    annotated: EspaceQuerySet = espaces.with_our_seat(le).annotate(
        a_pourvoir=Exists(tenus.filter(cote=Siege.Cote.RESEAU, occupant="")),
        presence=Case(
            When(etat=Espace.Etat.DISPARU, then=Value(Presence.DISPARU.value)),
            When(is_ours=True, then=Value(Presence.NOUS.value)),
            When(etat=Espace.Etat.DEMANDE, then=Value(Presence.DEMANDE.value)),
            When(Exists(tenus), then=Value(Presence.SANS_NOUS.value)),
            default=Value(Presence.INCONNU.value),
            output_field=models.CharField(),
        ),
    )
    return annotated


def with_dates(espaces: EspaceQuerySet, acteur: Acteur, le: date) -> EspaceQuerySet:
    """Adds `prochaine` and `derniere`: the meetings nearest to a day, among those that a person reads."""
    rencontres = Rencontre.objects.visible(acteur).filter(espace=OuterRef("pk")).order_by()
    prevues = rencontres.filter(not_past_q(le), statut=Rencontre.Statut.PREVUE)
    tenues = rencontres.filter(statut=Rencontre.Statut.TENUE)
    prochaine, derniere = prevues.order_by("date", "pk"), tenues.order_by("-date", "-pk")
    annotated: EspaceQuerySet = espaces.annotate(
        prochaine=Subquery(prochaine.values("date")[:1]),
        prochaine_precision=Subquery(prochaine.values("precision")[:1]),
        derniere=Subquery(derniere.values("date")[:1]),
        derniere_precision=Subquery(derniere.values("precision")[:1]),
    )
    return annotated


def count_presences(espaces: EspaceQuerySet, le: date) -> dict[Presence, int]:
    """How many spaces stand in each case; one query."""
    lignes = (
        with_presence(espaces, le)
        .order_by()
        .values("presence")
        .annotate(nombre=Count("pk"))
        .values_list("presence", "nombre")
    )
    comptes = dict.fromkeys(Presence, 0)
    return comptes | {Presence(presence): nombre for presence, nombre in lignes}


def summarise(comptes: dict[Presence, int]) -> str:
    """The finding: where we sit, where nobody of ours does, what is asked for."""
    vivants = sum(comptes.values()) - comptes[Presence.DISPARU]
    if not vivants:
        return "Aucun espace de dialogue n’est encore enregistré."
    suite = [_sans(comptes[Presence.SANS_NOUS]), _demandes(comptes[Presence.DEMANDE])]
    if comptes[Presence.INCONNU] == vivants:
        return (
            f"{accorder(vivants, 'espace', 'espaces')}\u202f: les sièges d’aucun ne sont renseignés, et "
            "nous ne siégeons dans aucun que l’on sache."
        )
    if comptes[Presence.INCONNU]:
        inconnus = accorder(comptes[Presence.INCONNU], "autre", "autres")
        suite.append(f"pour {inconnus}, les sièges ne sont pas renseignés")
    nous = comptes[Presence.NOUS]
    debut = (
        f"Nous siégeons dans {accorder(nous, 'espace', 'espaces')} sur {vivants}"
        if nous
        else (
            f"{accorder(vivants, 'espace', 'espaces')}, et nous ne siégeons dans aucun que l’on sache"
        )
    )
    return "\u202f; ".join([debut, *filter(None, suite)]) + "."


def _sans(nombre: int) -> str:
    if not nombre:
        return ""
    return f"dans {accorder(nombre, 'autre', 'autres')}, personne ne siège pour le réseau"


def _demandes(nombre: int) -> str:
    return f"{accorder(nombre, 'est demandé', 'sont demandés')}" if nombre else ""


def order_key(cle: str, *, descendant: bool) -> list[Any]:
    """Order of a list of spaces; what is not known comes last in both directions."""
    champ = F(cle)
    premier = champ.desc(nulls_last=True) if descendant else champ.asc(nulls_last=True)
    return [premier, "nom", "pk"]
