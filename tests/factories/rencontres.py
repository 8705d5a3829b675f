"""Places, meetings and what was said there, invented, for the tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from maillage.web.dialogue.models import (
    Charge,
    Espace,
    Participant,
    Point,
    Rencontre,
    Siege,
    Titulaire,
)
from maillage.web.dialogue.rencontres.actions.points import add_point

if TYPE_CHECKING:
    from maillage.web.network.models import Organisation

LE_JOUR = date(2024, 3, 22)
NIVEAUX = ("interne", "adherents", "espace", "public")


def make_espace(nom: str = "Groupe de travail", **champs: Any) -> Espace:
    """A place of dialogue that those who sit there read."""
    defauts = {"nature": "groupe_de_travail", "visibilite": "espace"}
    return Espace.objects.create(nom=nom, **defauts | champs)


def make_siege(espace: Espace, organisation: Organisation, **champs: Any) -> Siege:
    """A seat held today by an organisation known to the network."""
    return Siege.objects.create(
        espace=espace, organisation=organisation, occupant=str(organisation), cote="autre", **champs
    )


def make_rencontre(titre: str = "Rencontre d’essai", **champs: Any) -> Rencontre:
    """A meeting that was held on a known day."""
    defauts: dict[str, Any] = {"date": LE_JOUR, "statut": "tenue", "initiative": "interlocuteur"}
    if champs.get("departement"):
        defauts |= {"niveau": "departement", "territoire": champs["departement"]}
    return Rencontre.objects.create(titre=titre, **defauts | champs)


def make_point(rencontre: Rencontre, texte: str, **contenu: Any) -> Point:
    """An item, noted as the site notes it."""
    return add_point(rencontre, contenu={"nature": "note", "texte": texte, **contenu}, by=None)


def make_participant(rencontre: Rencontre, nom: str, **champs: Any) -> Participant:
    """Somebody of the other side."""
    defauts = {"cote": "interlocuteur", "nom": nom}
    return Participant.objects.create(rencontre=rencontre, **defauts | champs)


def make_charge(intitule: str, *titulaires: tuple[str, date | None, date | None]) -> Charge:
    """An office and those who held it, from when to when."""
    charge = Charge.objects.create(intitule=intitule, categorie="gouvernement")
    for nom, debut, fin in titulaires:
        Titulaire.objects.create(charge=charge, nom=nom, date_debut=debut, date_fin=fin)
    return charge
