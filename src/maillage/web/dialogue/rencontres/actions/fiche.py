"""The meeting itself: planned, changed, held, called off; who is expected or was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.models import Participant, Rencontre
from maillage.web.dialogue.rencontres.actions.points import follow_portages
from maillage.web.journal.actions import record
from maillage.web.network.places import find_territoire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from maillage.web.dialogue.models import Charge, Titulaire

CHAMPS: Final = (
    "titre",
    "espace",
    "forme",
    "date",
    "precision",
    "heure_debut",
    "heure_fin",
    "duree",
    "lieu",
    "initiative",
    "demandee_par",
    "limite",
    "visibilite",
    "niveau",
    "territoire",
    "temps_heures",
    "frais_centimes",
)
"""What the form of a meeting holds."""


class ConflitDeFiche(Exception):
    """Somebody saved the meeting since its form was opened.

    Attributes:
        actuelle: The meeting as it stands now.
    """

    def __init__(self, actuelle: Rencontre) -> None:
        super().__init__(f"revision {actuelle.revision} was saved meanwhile")
        self.actuelle = actuelle


@transaction.atomic
def create(champs: Mapping[str, Any], *, by: int | None) -> Rencontre:
    """A new meeting, planned."""
    rencontre = Rencontre(**{c: champs[c] for c in CHAMPS if c in champs})
    situate(rencontre)
    rencontre.save()
    record("rencontre.creer", by=by, objet=rencontre)
    return rencontre


@transaction.atomic
def modify(
    rencontre: Rencontre, champs: Mapping[str, Any], *, base: int, by: int | None
) -> Rencontre:
    """Change what describes a meeting.

    Args:
        rencontre: Which.
        champs: The fields of its form.
        base: Revision at which the form was opened.
        by: Number of the account.

    Raises:
        ConflitDeFiche: somebody saved it meanwhile; nothing is written.
    """
    actuelle = get_locked(rencontre)
    changes = [c for c in CHAMPS if c in champs and getattr(actuelle, c) != champs[c]]
    if not changes:
        return actuelle
    if actuelle.revision != base:
        raise ConflitDeFiche(actuelle)
    for champ in changes:
        setattr(actuelle, champ, champs[champ])
    situate(actuelle)
    actuelle.revision += 1
    actuelle.save()
    if {"date", "precision"} & set(changes):
        follow_portages(actuelle)
    record("rencontre.modifier", by=by, objet=actuelle, details={"champs": changes})
    return actuelle


@transaction.atomic
def set_statut(rencontre: Rencontre, statut: str, *, motif: str = "", by: int | None) -> Rencontre:
    """Say that a meeting was held, was called off and why, or is planned again.

    Raises:
        SaisieInvalide: MLG-DIA-201, called off without a reason.
    """
    if statut == Rencontre.Statut.ANNULEE and not motif.strip():
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-201",
                "Une rencontre annulée dit pourquoi.",
                "Écrivez le motif en quelques mots, puis recommencez.",
                "motif de l’annulation",
            )
        )
    actuelle = get_locked(rencontre)
    actuelle.statut = statut
    actuelle.motif_annulation = motif.strip() if statut == Rencontre.Statut.ANNULEE else ""
    actuelle.revision += 1
    actuelle.save(update_fields=["statut", "motif_annulation", "revision", "updated_at"])
    record("rencontre.statut", by=by, objet=actuelle, details={"statut": statut})
    return actuelle


@transaction.atomic
def set_publications(rencontre: Rencontre, publications: Sequence[Any], *, by: int | None) -> None:
    """Say which publications report on a meeting."""
    rencontre.publications.set(publications)
    numeros = sorted(p.pk for p in publications)
    record("rencontre.publications", by=by, objet=rencontre, details={"publications": numeros})


@transaction.atomic
def set_participants(
    rencontre: Rencontre, lignes: Sequence[Mapping[str, Any]], *, by: int | None
) -> list[Participant]:
    """Who is expected or was there, all at once; who is no longer in the list is taken off.

    A line with an office and no name takes the holder of that day, in words: a later change of
    holder changes nothing here.

    Args:
        rencontre: Which meeting.
        lignes: One per person: the fields of `Participant`, and `participant`, the line that it
            replaces.
        by: Number of the account.

    Returns:
        Those who were taken off.

    Raises:
        SaisieInvalide: MLG-DIA-202, somebody who gave their opinion on minutes would be taken off.
    """
    get_locked(rencontre)
    gardes = {ligne["participant"].pk for ligne in lignes if ligne.get("participant")}
    partis = [p for p in rencontre.participants.all() if p.pk not in gardes]
    _refuse_to_lose_opinions(partis)
    for parti in partis:
        parti.delete()
    for ligne in lignes:
        champs = {k: v for k, v in ligne.items() if k != "participant"}
        participant = ligne.get("participant") or Participant(rencontre=rencontre)
        for champ, valeur in champs.items():
            setattr(participant, champ, valeur)
        _name_after_office(participant, rencontre.date)
        participant.save()
    record(
        "rencontre.participants",
        by=by,
        objet=rencontre,
        details={"nombre": len(lignes), "otes": len(partis)},
    )
    return partis


def holder_on(charge: Charge, le: date | None) -> Titulaire | None:
    """Who held an office on a day; None when nobody is known to have."""
    if le is None:
        return None
    found: Titulaire | None = (
        charge.titulaires.filter(
            Q(date_debut__isnull=True) | Q(date_debut__lte=le),
            Q(date_fin__isnull=True) | Q(date_fin__gte=le),
        )
        .order_by("-date_debut", "-id")
        .first()
    )
    return found


def get_locked(rencontre: Rencontre) -> Rencontre:
    """The meeting as it stands now, kept from others until the transaction ends."""
    locked: Rencontre = Rencontre.objects.select_for_update().get(pk=rencontre.pk)
    return locked


def situate(rencontre: Rencontre) -> None:
    """Département and région that follow from the territoire; none when it lies across several."""
    rencontre.departement = rencontre.region = ""
    if not rencontre.territoire:
        return
    territoire = find_territoire(Niveau(rencontre.niveau), rencontre.territoire)
    codes = [(niveau, code) for niveau, code, _ in territoire.parents]
    codes.append((territoire.niveau, territoire.code))
    for niveau, champ in ((Niveau.DEPARTEMENT, "departement"), (Niveau.REGION, "region")):
        trouves = {code for n, code in codes if n is niveau}
        setattr(rencontre, champ, trouves.pop() if len(trouves) == 1 else "")


def _name_after_office(participant: Participant, le: date | None) -> None:
    """Fill what was left empty from the office: the holder of that day, the name of the office."""
    charge = participant.charge
    if charge is None:
        return
    if not participant.nom:
        titulaire = holder_on(charge, le)
        participant.nom = titulaire.nom if titulaire else ""
    if not participant.fonction:
        participant.fonction = ", ".join(filter(None, (charge.intitule, charge.organisme)))[:250]


def _refuse_to_lose_opinions(partis: Sequence[Participant]) -> None:
    retenus = [p for p in partis if p.accords.exists()]
    if retenus:
        raise SaisieInvalide(
            *(
                Anomalie(
                    "MLG-DIA-202",
                    f"{guillemets(str(p))} a donné son avis sur un compte rendu\u00a0: ce qui a été dit "
                    "reste.",
                    "Gardez cette personne dans la liste\u00a0; vous pouvez noter qu’elle n’était pas là.",
                    "participants",
                )
                for p in retenus
            )
        )
