"""What changed in a year: mandates begun and ended, bodies that came or went, new requests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.kernel.francais import accorder, join_fr
from maillage.web.dialogue.models import Espace, Filiation, Siege

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from maillage.web.dialogue.querysets import EspaceQuerySet

_SEPARES_MAX = 3
"""Descents of one body on one day: over that many, they are told together."""


@dataclass(frozen=True, slots=True)
class Descente:
    """One descent, or many of one body on the same day told together.

    Attributes:
        date: Its day.
        nature: In words: « remplacé ».
        filiations: Those that are told one by one; empty when they are many.
        nombre: How many there are.
        avant: The spaces, when they are many: all of one body.
        apres: The spaces that follow, when they are many; empty for an abolition.
        instance: Code of the body, to list them.
    """

    date: date
    nature: str
    filiations: tuple[Filiation, ...]
    nombre: int
    avant: str = ""
    apres: str = ""
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Changements:
    """What changed in a year among the spaces that a person reads."""

    annee: int
    debuts: list[Siege]
    fins: list[Siege]
    descentes: list[Descente]
    demandes: list[Espace]
    nouveaux: list[Espace]

    def __bool__(self) -> bool:
        return bool(self.debuts or self.fins or self.descentes or self.demandes or self.nouveaux)


def load_changements(lisibles: EspaceQuerySet, annee: int, le: date) -> Changements:
    """What changed in a year, up to a day; a fixed number of queries."""
    pks = lisibles.order_by().values("pk")
    sieges = Siege.objects.filter(espace__in=pks).select_related("espace")
    filiations = (
        Filiation.objects.filter(Q(apres__isnull=True) | Q(apres__in=pks), avant__in=pks)
        .filter(date__year=annee)
        .select_related("avant", "apres")
    )
    # what the texts brought everywhere at once is told by its descent
    crees = lisibles.filter(date_debut__year=annee, origines__isnull=True, instance="")
    return Changements(
        annee,
        list(_in_year(sieges, "date_debut", annee, le)),
        list(_in_year(sieges, "date_fin", annee, le)),
        list(_group(filiations)),
        list(lisibles.filter(demande_depuis__year=annee).order_by("demande_depuis", "nom")),
        list(crees.order_by("date_debut", "nom")),
    )


def _in_year(sieges: QuerySet[Siege], champ: str, annee: int, le: date) -> QuerySet[Siege]:
    """Mandates of which something happened in a year; the term of one that still runs did not."""
    passes = {f"{champ}__year": annee, f"{champ}__lte": le}
    return sieges.filter(**passes).exclude(occupant="").order_by(champ, "pk")


def _group(filiations: Iterable[Filiation]) -> Iterable[Descente]:
    def cle(f: Filiation) -> tuple[date, str, str, str]:
        return f.date, f.nature, f.avant.instance, f.apres.instance if f.apres else ""

    for (jour, _, avant, _), groupe in groupby(sorted(filiations, key=cle), cle):
        membres = tuple(groupe)
        nature = str(membres[0].get_nature_display())
        if not avant or len(membres) <= _SEPARES_MAX:
            yield Descente(jour, nature, membres, len(membres))
            continue
        premier, suite = membres[0].avant, membres[0].apres
        yield Descente(
            jour,
            nature,
            (),
            len(membres),
            premier.sigle or _body(premier),
            _body(suite) if suite else "",
            avant,
        )


def _body(espace: Espace) -> str:
    """Name of the body of a space, without its territoire."""
    return espace.nom.rpartition(" — ")[0] or espace.nom


def summarise(changements: Changements) -> str:
    """The finding: what changed, in one sentence."""
    disparus = sum(descente.nombre for descente in changements.descentes)
    comptes = (
        (len(changements.debuts), "mandat a commencé", "mandats ont commencé"),
        (len(changements.fins), "a pris fin", "ont pris fin"),
        (disparus, "espace a changé ou disparu", "espaces ont changé ou disparu"),
        (len(changements.demandes), "espace est demandé", "espaces sont demandés"),
        (len(changements.nouveaux), "espace est né", "espaces sont nés"),
    )
    phrases = [accorder(n, singulier, pluriel) for n, singulier, pluriel in comptes if n]
    if not phrases:
        return f"Rien de ce que l’on sait n’a changé en {changements.annee}."
    return f"En {changements.annee}, {join_fr(phrases)}."
