"""Spaces of the invented network: the bodies of the texts, and who is said to sit in some of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Final

from maillage.web.dialogue.espaces.installation import install_instances
from maillage.web.dialogue.models import Espace, Siege, Visibilite
from maillage.web.droits.acteur import Perimetre
from maillage.web.network.models import Organisation

_GRAINE: Final = 11
_MANDAT: Final = timedelta(days=3 * 365)
_AUTRES: Final = ("Un autre réseau de l’IAE", "Un collectif d’employeurs solidaires")


def seed_espaces(reseau: Organisation, le: date) -> None:
    """Install the bodies of the texts, then seats and requests that are invented, and say so.

    Args:
        reseau: The invented network.
        le: Today.
    """
    install_instances(Perimetre(tout=True), by=None)
    # the bodies are real; in a demonstration all that is written of them is invented
    Espace.objects.filter(is_synthetic=False).update(is_synthetic=True)
    tirage = random.Random(_GRAINE)  # noqa: S311 — an invented network, the same each time
    _seat_members(reseau, le, tirage)
    _seat_partners()
    _ask(reseau, le)


def _seat_members(reseau: Organisation, le: date, tirage: random.Random) -> None:
    """Structures sit in the commissions and committees of their département; some mandates ended."""
    structures = Organisation.objects.filter(
        nature=Organisation.Nature.STRUCTURE, is_archived=False
    ).order_by("pk")
    par_departement: dict[str, list[Organisation]] = {}
    for structure in structures:
        par_departement.setdefault(structure.departement, []).append(structure)
    sieges: list[Siege] = []
    locaux = Espace.objects.filter(instance__in=("commission_iae", "cde", "clpe"))
    for espace in locaux.exclude(departement="").order_by("pk"):
        membres = par_departement.get(espace.departement, [])
        debut = le - timedelta(days=tirage.randint(60, 800))
        if membres and tirage.random() < _PART[espace.instance]:
            sieges.append(_siege(espace, tirage.choice(membres), debut))
        if tirage.random() < _PART_AUTRES:
            sieges.append(
                Siege(
                    espace=espace,
                    occupant=tirage.choice(_AUTRES),
                    cote=Siege.Cote.ALLIE,
                    date_debut=debut,
                )
            )
    sieges.extend(
        Siege(
            espace=espace,
            occupant=reseau.nom if tirage.random() < _PART["cde"] else "",
            organisation=None,
            cote=Siege.Cote.RESEAU,
            qualite="représentation de l’IAE",
            date_debut=le - timedelta(days=tirage.randint(60, 800)),
        )
        for espace in Espace.objects.filter(instance="cre")
    )
    Siege.objects.bulk_create(sieges)


_PART: Final = {"commission_iae": 0.7, "cde": 0.35, "clpe": 0.15}
_PART_AUTRES: Final = 0.25


def _siege(espace: Espace, membre: Organisation, debut: date) -> Siege:
    return Siege(
        espace=espace,
        occupant=membre.nom,
        organisation=membre,
        cote=Siege.Cote.RESEAU,
        au_nom_de="les structures du réseau",
        date_debut=debut,
        date_fin=debut + _MANDAT,
    )


def _seat_partners() -> None:
    """Each partner sits in the committee of a département of its region, and reads what it shares."""
    for partenaire in Organisation.objects.filter(nature=Organisation.Nature.PARTENAIRE):
        espace = Espace.objects.filter(instance="cde", region=partenaire.region).first()
        if espace is not None:
            Siege.objects.create(
                espace=espace,
                occupant=partenaire.nom,
                organisation=partenaire,
                cote=Siege.Cote.AUTRE,
                qualite="coprésidence",
            )


def _ask(reseau: Organisation, le: date) -> None:
    """A national place that is asked for, and a working group that meets."""
    Espace.objects.create(
        nom="Rendez-vous régulier avec le cabinet",
        nature=Espace.Nature.POLITIQUE,
        competence="Suivre les orientations du budget et du pilotage de l’insertion.",
        etat=Espace.Etat.DEMANDE,
        demande_par=reseau.nom,
        demande_depuis=le - timedelta(days=200),
        visibilite=Visibilite.PUBLIC,
        is_synthetic=True,
    )
    groupe = Espace.objects.create(
        nom="Groupe de travail de l’administration avec les réseaux",
        nature=Espace.Nature.GROUPE_DE_TRAVAIL,
        competence="Préparer la feuille de route commune.",
        date_debut=le - timedelta(days=500),
        visibilite=Visibilite.ADHERENTS,
        is_synthetic=True,
    )
    Siege.objects.create(
        espace=groupe,
        occupant=reseau.nom,
        organisation=reseau,
        cote=Siege.Cote.RESEAU,
        au_nom_de="le collectif des réseaux",
        date_debut=le - timedelta(days=500),
    )
