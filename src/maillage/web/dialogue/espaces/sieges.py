"""Seats and mandates: added, corrected, ended with a reason, filled. None is ever erased."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_date
from maillage.web.dialogue.models import Siege
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.web.dialogue.models import Espace
    from maillage.web.droits.acteur import Acteur

_JOUR = timedelta(days=1)
_COPIES = ("occupant", "organisation_id", "cote", "au_nom_de", "qualite", "nombre")
POURVU = "siège pourvu"


@transaction.atomic
def add_siege(espace: Espace, champs: Mapping[str, Any], *, acteur: Acteur) -> Siege:
    """A seat of a space, held or vacant."""
    siege = Siege.objects.create(espace=espace, **champs)
    _record("siege.ajouter", siege, acteur)
    return siege


@transaction.atomic
def correct_siege(siege: Siege, champs: Mapping[str, Any], *, acteur: Acteur) -> tuple[str, ...]:
    """Correct what was typed of a seat; answers the names of what was different."""
    changes = tuple(nom for nom, valeur in champs.items() if getattr(siege, nom) != valeur)
    if not changes:
        return ()
    for nom in changes:
        setattr(siege, nom, champs[nom])
    siege.save()
    _record("siege.corriger", siege, acteur, champs=list(changes))
    return changes


@transaction.atomic
def end_mandate(
    siege: Siege, dernier_jour: date, motif: str, *, is_vacant: bool, acteur: Acteur
) -> None:
    """End a mandate; the seat itself stays, vacant from the next day, or goes with it.

    Raises:
        SaisieInvalide: MLG-ESP-020, the mandate had not started, or has ended already.
    """
    verrouille = Siege.objects.select_for_update().get(pk=siege.pk)
    if verrouille.date_fin is not None and verrouille.date_fin <= dernier_jour:
        raise SaisieInvalide(_fin(f"Ce mandat a pris fin le {format_date(verrouille.date_fin)}."))
    if verrouille.date_debut is not None and verrouille.date_debut > dernier_jour:
        raise SaisieInvalide(
            _fin(f"Ce mandat ne commence que le {format_date(verrouille.date_debut)}.")
        )
    verrouille.date_fin, verrouille.motif_fin = dernier_jour, motif
    verrouille.save()
    if is_vacant:
        _leave_vacant(verrouille, verrouille.nombre, dernier_jour + _JOUR)
    _record("siege.terminer", verrouille, acteur)


def _fin(quoi: str) -> Anomalie:
    return Anomalie("MLG-ESP-020", quoi, "Corrigez le dernier jour du mandat.")


@transaction.atomic
def fill_siege(siege: Siege, champs: Mapping[str, Any], *, acteur: Acteur) -> Siege:
    """Somebody takes a vacant seat, or some of several alike; the others stay vacant.

    Args:
        siege: The vacant seat.
        champs: Who takes it: fields of the model, `nombre` and `date_debut` included.
        acteur: Who acts.

    Raises:
        SaisieInvalide: MLG-ESP-021, it is not vacant, or there are not so many.
    """
    vacant: Siege = Siege.objects.select_for_update().get(pk=siege.pk)
    _check_vacant(vacant, champs["nombre"])
    debut: date | None = champs["date_debut"]
    reste = vacant.nombre - champs["nombre"]
    never_vacant = debut is None or (vacant.date_debut is not None and vacant.date_debut >= debut)
    if never_vacant and not reste:
        tenu = vacant
        for nom, valeur in champs.items():
            setattr(tenu, nom, valeur)
        tenu.save()
    else:
        tenu = Siege.objects.create(espace_id=vacant.espace_id, cote=vacant.cote, **champs)
        _shrink(vacant, reste, None if never_vacant else debut)
    _record("siege.pourvoir", tenu, acteur)
    return tenu


def _shrink(vacant: Siege, reste: int, depuis: date | None) -> None:
    """Some or all of vacant seats are held from a day on; the time they stood vacant stays."""
    if depuis is None:
        vacant.nombre = reste
    else:
        vacant.date_fin, vacant.motif_fin = depuis - _JOUR, POURVU
        if reste:
            _leave_vacant(vacant, reste, depuis)
    vacant.save()


def _check_vacant(vacant: Siege, demandes: int) -> None:
    if vacant.occupant or vacant.date_fin is not None:
        quoi = "Ce siège n’est pas vacant."
    elif demandes > vacant.nombre:
        quoi = f"Il n’y a que {accorder(vacant.nombre, 'siège vacant', 'sièges vacants')} ici."
    else:
        return
    raise SaisieInvalide(Anomalie("MLG-ESP-021", quoi, "Revenez à la page de l’espace."))


def _leave_vacant(siege: Siege, nombre: int, depuis: date) -> None:
    Siege.objects.create(
        espace_id=siege.espace_id,
        cote=siege.cote,
        au_nom_de=siege.au_nom_de,
        qualite=siege.qualite,
        nombre=nombre,
        date_debut=depuis,
    )


def close_mandates(espace: Espace, dernier_jour: date, motif: str) -> None:
    """End the mandates that run when a space ends; one that had not started yet never does."""
    ouverts = Siege.objects.filter(espace=espace).exclude(date_fin__lte=dernier_jour)
    for siege in ouverts:
        siege.date_fin = max(dernier_jour, siege.date_debut or dernier_jour)
        siege.motif_fin = motif
        siege.save()


def carry_mandates(espace: Espace, apres: Espace, date_debut: date) -> None:
    """The seats that run on a day, and those to come, go on in the space that follows."""
    tenus = Siege.objects.filter(espace=espace).exclude(date_fin__lt=date_debut)
    Siege.objects.bulk_create(
        Siege(
            espace=apres,
            date_debut=max(date_debut, siege.date_debut or date_debut),
            date_fin=siege.date_fin,
            **{champ: getattr(siege, champ) for champ in _COPIES},
        )
        for siege in tenus
    )


def _record(action: str, siege: Siege, acteur: Acteur, **details: Any) -> None:
    record(
        action,
        by=acteur.utilisateur_id,
        objet=siege.espace,
        nom=siege.espace.nom,
        details={"siege": siege.pk, **details},
    )
