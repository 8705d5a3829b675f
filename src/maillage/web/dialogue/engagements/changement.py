"""What is done to offices: opened, held, handed over. A change of holder is one action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, guillemets
from maillage.web.dialogue.engagements.succession import Changement, holder_on, propose_all
from maillage.web.dialogue.models import Charge, Reprise, Titulaire
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ACTION_PASSER: Final = "charge.passer"
ACTION_REPRISE: Final = "engagement.reprise"
"""Codes of the trail by which those who follow are told."""


@dataclass(frozen=True, slots=True)
class Passation:
    """How an office changes hands.

    Attributes:
        date_fin: Last day of the one who leaves; None when nobody held it.
        nom: Who comes; empty when nobody is named yet.
        date_debut: First day of the one who comes.
        source_url: Public page that names them.
        intitule: Title of the office that succeeds; empty when the office stays the same.
        organisme, ministere: Of the office that succeeds; as before when empty.
    """

    date_fin: date | None
    nom: str = ""
    date_debut: date | None = None
    source_url: str = ""
    intitule: str = ""
    organisme: str = ""
    ministere: str = ""


@transaction.atomic
def create_charge(
    champs: Mapping[str, Any], titulaire: Titulaire | None = None, *, by: int | None
) -> Charge:
    """A new office, with who holds it if somebody is known.

    Args:
        champs: Fields of the model, already checked.
        titulaire: Who holds it, not saved yet.
        by: Number of the account that acts.
    """
    charge = Charge.objects.create(**champs)
    if titulaire is not None:
        titulaire.charge = charge
        titulaire.save()
    record("charge.creer", by=by, objet=charge)
    return charge


@transaction.atomic
def modify_charge(charge: Charge, champs: Mapping[str, Any], *, by: int | None) -> tuple[str, ...]:
    """Correct an office; answers the names of the fields that were different."""
    changes = tuple(nom for nom, v in champs.items() if getattr(charge, nom) != v)
    for nom in changes:
        setattr(charge, nom, champs[nom])
    if changes:
        charge.save()
        record("charge.modifier", by=by, objet=charge, details={"champs": list(changes)})
    return changes


@transaction.atomic
def add_past_holder(charge: Charge, titulaire: Titulaire, *, by: int | None) -> Titulaire:
    """Add somebody who held the office and left it; no commitment moves.

    Raises:
        SaisieInvalide: MLG-ENG-011, somebody else held it on some of these days.
    """
    debut, fin = titulaire.date_debut, titulaire.date_fin
    autres = charge.titulaires.filter(
        Q(date_fin__isnull=True) | Q(date_fin__gt=debut) if debut else Q(),
        Q(date_debut__isnull=True) | Q(date_debut__lt=fin) if fin else Q(),
    )
    voisin = autres.first()
    if voisin is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-011",
                f"Ces jours sont en partie ceux de {voisin.nom}.",
                "Corrigez les jours, ou passez par « Un changement » pour la personne en fonction.",
                "dates",
            )
        )
    titulaire.charge = charge
    titulaire.save()
    record("charge.titulaire", by=by, objet=charge)
    return titulaire


@transaction.atomic
def hand_over(charge: Charge, passation: Passation, *, by: int | None) -> tuple[Charge, int]:
    """Record who leaves and who comes, and propose every open commitment to the one who comes.

    Returns:
        The office that answers from now on, and how many commitments are to be taken over.

    Raises:
        SaisieInvalide: MLG-ENG-010, the days contradict each other or what is known; MLG-ENG-012,
            another office has already succeeded to this one.
    """
    verrouillee: Charge = Charge.objects.select_for_update().get(pk=charge.pk)
    _check(verrouillee, passation)
    sortant = holder_on(verrouillee, None)
    if sortant is not None:
        sortant.date_fin = passation.date_fin
        sortant.save(update_fields=["date_fin"])
    else:
        sortant = verrouillee.titulaires.order_by("-date_fin", "-pk").first()
    vers = _succeed(verrouillee, passation) if passation.intitule else verrouillee
    proposees: list[Reprise] = []
    if passation.nom and passation.date_debut is not None:
        entrant = Titulaire.objects.create(
            charge=vers,
            nom=passation.nom,
            date_debut=passation.date_debut,
            source_url=passation.source_url,
        )
        proposees = propose_all(
            Changement(verrouillee, vers, sortant, entrant, passation.date_debut)
        )
    details = {
        "vers": vers.pk,
        "vacante": not passation.nom,
        "reprises": [reprise.pk for reprise in proposees],
    }
    record(ACTION_PASSER, by=by, objet=verrouillee, details=details)
    return vers, len(proposees)


@transaction.atomic
def decide(reprise: Reprise, etat: Reprise.Etat, *, note: str, le: date, by: int | None) -> Reprise:
    """Note what the one who comes said of a commitment.

    Raises:
        SaisieInvalide: MLG-ENG-013, the day is before the change; MLG-ENG-014, an answer was noted.
    """
    if le < reprise.date:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-013",
                f"Le {format_date(le)} est avant le changement, du {format_date(reprise.date)}.",
                "Donnez le jour où la réponse a été donnée.",
                "date",
            )
        )
    verrouillee: Reprise = Reprise.objects.select_for_update().get(pk=reprise.pk)
    if verrouillee.etat != Reprise.Etat.PROPOSEE:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-014",
                f"La réponse est déjà notée\u00a0: {guillemets(verrouillee.get_etat_display())}.",
                "Ce qui a été dit reste\u00a0: ajoutez un état à l’engagement.",
            )
        )
    verrouillee.etat, verrouillee.note, verrouillee.decide_le = etat, note, le
    verrouillee.save()
    record(
        ACTION_REPRISE,
        by=by,
        objet=verrouillee.engagement,
        details={"reprise": verrouillee.pk, "etat": etat.value},
    )
    return verrouillee


def _succeed(charge: Charge, passation: Passation) -> Charge:
    """The office that succeeds; the former one ends the day before."""
    if charge.date_fin is None:
        charge.date_fin = passation.date_fin
        charge.save(update_fields=["date_fin"])
    return Charge.objects.create(
        intitule=passation.intitule,
        organisme=passation.organisme or charge.organisme,
        ministere=passation.ministere or charge.ministere,
        categorie=charge.categorie,
        niveau=charge.niveau,
        territoire=charge.territoire,
        departement=charge.departement,
        region=charge.region,
        predecesseur=charge,
        date_debut=passation.date_debut,
        is_synthetic=charge.is_synthetic,
    )


def _check(charge: Charge, passation: Passation) -> None:
    """Every problem of a change at once.

    Raises:
        SaisieInvalide: MLG-ENG-010 or MLG-ENG-012.
    """
    fautes = [*_problems(charge, passation)]
    if passation.intitule and charge.successeurs.exists():
        fautes.append(
            Anomalie(
                "MLG-ENG-012",
                f"Une autre charge succède déjà à {guillemets(charge.intitule)}.",
                "Ouvrez-la\u00a0: le changement se note sur elle.",
                "intitulé",
            )
        )
    if fautes:
        raise SaisieInvalide(*fautes)


def _problems(charge: Charge, passation: Passation) -> list[Anomalie]:
    en_fonction = holder_on(charge, None)
    fautes = []
    if en_fonction is not None:
        fin = passation.date_fin
        if fin is None:
            fautes.append(f"Le dernier jour de {en_fonction.nom} n’est pas dit.")
        elif en_fonction.date_debut is not None and fin < en_fonction.date_debut:
            debut = format_date(en_fonction.date_debut)
            fautes.append(
                f"{en_fonction.nom} est en fonction depuis le {debut}, après ce dernier jour."
            )
    elif not passation.nom:
        fautes.append("Personne n’est en fonction, et personne n’arrive.")
    if passation.nom and passation.date_debut is None:
        fautes.append(f"Le premier jour de {passation.nom} n’est pas dit.")
    dernier = passation.date_fin if en_fonction else _last_day(charge)
    if passation.date_debut and dernier and passation.date_debut < dernier:
        fautes.append(
            f"La prise de fonction ({format_date(passation.date_debut)}) est avant le départ "
            f"({format_date(dernier)})."
        )
    que_faire = "Corrigez les jours du départ et de l’arrivée."
    return [Anomalie("MLG-ENG-010", faute, que_faire, "dates") for faute in fautes]


def _last_day(charge: Charge) -> date | None:
    """Last known day of the last who held the office."""
    fins = charge.titulaires.filter(date_fin__isnull=False).order_by("-date_fin")
    dernier = fins.first()
    return dernier.date_fin if dernier else None
