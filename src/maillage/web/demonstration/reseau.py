"""The invented network: its organisations, its people, their dues and consents.

Names are invented, communes are real. The numbers SIREN begin with 000, which no register gives.
The same seed makes the same network.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from maillage.web.accounts.actions import verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.demonstration.dialogue import build_dialogue
from maillage.web.demonstration.economie import seed_comptes, seed_modeles
from maillage.web.demonstration.panel import build_panel
from maillage.web.demonstration.pilotage import link_structures
from maillage.web.demonstration.publications import build_publications
from maillage.web.demonstration.questionnaire import build_questionnaires
from maillage.web.droits.permissions import Role
from maillage.web.journal.actions import record
from maillage.web.network.models import (
    Adhesion,
    Consentement,
    Convention,
    CotisationAnnuelle,
    Organisation,
)
from maillage.web.network.roles import attach

if TYPE_CHECKING:
    from collections.abc import Mapping

GRAINE = 7
DOMAINE = "traverses.example.org"
NOM_RESEAU = "Réseau Traverses"
_PREMIER_SIREN = 50_000
"""Those of synthetic extracts are under 10,000."""

ROLES: Final[Mapping[Role, str]] = {
    Role.ADMINISTRATION: "Administre le site : comptes, droits, journal, sauvegardes.",
    Role.DELEGATION: "Suit toutes les structures, rédige et publie au nom du réseau.",
    Role.DELEGATION_REGIONALE: "Suit les structures de sa région, prépare leurs rendez-vous.",
    Role.CONSEIL: "Décide des positions, lit les agrégats et ce qui est fait au nom du réseau.",
    Role.DIRECTION: "Dirige une association intermédiaire : ses chiffres, ce que le réseau dit "
    "pour elle.",
    Role.EQUIPE: "Travaille dans cette structure : remplit le questionnaire, lit les nouvelles.",
    Role.PARTENAIRE: "Représente une collectivité : lit ce qui est public et ce qu’on lui ouvre.",
}
"""Roles that can be tried, and what each comes for."""


@dataclass(frozen=True, slots=True)
class _Lieu:
    """A real commune where an invented structure stands."""

    commune: str
    departement: str
    region: str


_LIEUX: Final[Mapping[str, tuple[_Lieu, ...]]] = {
    "53": tuple(
        _Lieu(commune, commune[:2], "53")
        for commune in ("35238", "35236", "29019", "29232", "22278", "56260", "56121", "35288")
    ),
    "84": tuple(
        _Lieu(commune, commune[:2], "84")
        for commune in ("69123", "38185", "63113", "42218", "73065", "26362", "01053", "43157")
    ),
    "32": tuple(
        _Lieu(commune, commune[:2], "32")
        for commune in ("59350", "59606", "62041", "62193", "80021", "02691", "60057", "59183")
    ),
}
_NOMS: Final = (
    "Coup de main", "La Passerelle", "Les Ateliers du Port", "Tremplin", "L’Établi",
    "Rebonds", "La Clé des champs", "Terre d’appui", "Les Jardins du Détour", "Mobil’emploi",
    "La Boussole", "Escale", "Relais services", "Main forte", "L’Échelle", "Les Trois Rivières",
    "Cap travail", "Le Fil bleu", "Récolte et partage", "La Fabrique", "Nouvel élan",
    "Les Deux Rives", "Pas à pas", "Le Chantier commun",
)  # fmt: skip
_NOMS_DU_PANEL: Final = (
    "L’Aiguillage", "Main tendue", "Le Relais des bourgs", "Entraide emploi", "La Courte échelle",
    "Le Maillon", "Services partagés", "L’Embellie", "La Traverse", "Horizon local", "Le Point d’appui",
    "Côté vallée",
)  # fmt: skip
"""Associations intermédiaires added so that quartiles of one kind can be published."""
_TYPES: Final = ("AI", "AI", "AI", "ACI", "ACI", "ACI", "EI", "ETTI")
_REGIONS: Final[Mapping[str, str]] = {
    "53": "Traverses Bretagne",
    "84": "Traverses Auvergne-Rhône-Alpes",
    "32": "Traverses Hauts-de-France",
}
_PERSONNES: Final[Mapping[Role, tuple[str, str]]] = {
    Role.ADMINISTRATION: ("Camille", "Administration"),
    Role.DELEGATION: ("Dominique", "Délégation"),
    Role.DELEGATION_REGIONALE: ("Lou", "Région"),
    Role.CONSEIL: ("Maxime", "Conseil"),
    Role.DIRECTION: ("Andrea", "Direction"),
    Role.EQUIPE: ("Sacha", "Équipe"),
    Role.PARTENAIRE: ("Alix", "Partenaire"),
}


def find_personne(role: Role) -> Utilisateur | None:
    """The ready account of a role."""
    return (
        Utilisateur.objects.filter(email=f"{role.value}@{DOMAINE}", is_synthetic=True)
        .prefetch_related("rattachements__organisation")
        .first()
    )


def make_siren(numero: int) -> str:
    """An invented SIREN whose check digit is right: it begins with 000.

    Args:
        numero: Up to five digits.
    """
    corps = f"000{numero:05d}"
    somme = sum(
        sum(divmod(int(chiffre) * (2 if rang % 2 else 1), 10)) for rang, chiffre in enumerate(corps)
    )
    return f"{corps}{-somme % 10}"


def make_siret(siren: str) -> str:
    """The first establishment of an invented SIREN, with its check digit."""
    corps = f"{siren}0001"
    somme = sum(
        sum(divmod(int(chiffre) * (1 if rang % 2 else 2), 10)) for rang, chiffre in enumerate(corps)
    )
    return f"{corps}{-somme % 10}"


@transaction.atomic
def build(le: date, graine: int = GRAINE) -> Organisation:
    """Make the whole network in an empty database.

    Args:
        le: Today, for dues and roles.
        graine: The same seed makes the same network.
    """
    hasard = random.Random(graine)  # noqa: S311 — an invented network, nothing to guess
    natures = Organisation.Nature
    reseau = Organisation.objects.create(
        nature=natures.RESEAU, nom=NOM_RESEAU, sigle="Traverses", is_synthetic=True
    )
    associations = {
        region: Organisation.objects.create(
            nature=natures.ASSOCIATION_REGIONALE, nom=nom, region=region, is_synthetic=True
        )
        for region, nom in _REGIONS.items()
    }
    structures = [
        _make_structure(numero, nom, associations, hasard, le)
        for numero, nom in enumerate(_NOMS, start=1)
    ]
    voisines = [
        _make_structure(numero, nom, associations, random.Random(numero), le, ("AI",))  # noqa: S311
        for numero, nom in enumerate(_NOMS_DU_PANEL, start=len(_NOMS) + 1)
    ]
    partenaire = Organisation.objects.create(
        nature=natures.PARTENAIRE,
        nom="Collectivité partenaire",
        region="53",
        departement="35",
        is_synthetic=True,
    )
    ou = dict.fromkeys(ROLES, reseau) | {
        Role.DELEGATION_REGIONALE: associations["53"],
        Role.DIRECTION: structures[0],
        Role.EQUIPE: structures[0],
        Role.PARTENAIRE: partenaire,
    }
    for role, organisation in ou.items():
        prenom, nom = _PERSONNES[role]
        _make_personne(f"{role.value}@{DOMAINE}", prenom, nom, role, organisation, le)
    for numero, structure in enumerate([*structures[1:], *voisines], start=2):
        adresse = f"direction-{numero:02d}@{DOMAINE}"
        _make_personne(adresse, "Direction", structure.nom, Role.DIRECTION, structure, le)
    build_questionnaires(structures, le, graine)
    delegation = Utilisateur.objects.get(email=f"{Role.DELEGATION.value}@{DOMAINE}")
    build_publications(delegation)
    build_dialogue(reseau, le, delegation)
    link_structures([*structures, *voisines])
    seed_comptes(structures[0])
    build_panel(structures[0], [*structures[1:], *voisines], le, delegation.pk)
    seed_modeles(structures[0], le)
    record("demonstration.faire", by=None, objet=reseau, nom=NOM_RESEAU, details={"graine": graine})
    return reseau


def _make_structure(
    numero: int,
    nom: str,
    associations: Mapping[str, Organisation],
    hasard: random.Random,
    le: date,
    voulus: tuple[str, ...] = (),
) -> Organisation:
    regions = list(_REGIONS)
    region = regions[(numero - 1) % len(regions)]
    lieu = _LIEUX[region][((numero - 1) // len(regions)) % len(_LIEUX[region])]
    siren = make_siren(_PREMIER_SIREN + numero)
    structure = Organisation.objects.create(
        nature=Organisation.Nature.STRUCTURE,
        nom=nom,
        siren=siren,
        commune=lieu.commune,
        departement=lieu.departement,
        region=lieu.region,
        email=f"contact-{numero:02d}@{DOMAINE}",
        association_regionale=associations[region],
        is_synthetic=True,
    )
    for type_siae in voulus or _choose_types(numero):
        Convention.objects.create(
            organisation=structure,
            siret=make_siret(siren),
            type_siae=type_siae,
            commune=lieu.commune,
        )
    Adhesion.objects.create(
        organisation=structure, date_debut=date(hasard.randint(1995, le.year - 1), 1, 1)
    )
    _make_cotisation(structure, hasard, le)
    for usage in Consentement.Usage:
        if hasard.random() < 0.8:  # noqa: PLR2004 — most said something
            Consentement.objects.create(
                organisation=structure,
                usage=usage,
                accorde=hasard.random() < 0.75,  # noqa: PLR2004
            )
    return structure


def _choose_types(numero: int) -> list[str]:
    """Kinds of a structure; one in six holds two."""
    types = ["AI"] if numero == 1 else [_TYPES[numero % len(_TYPES)]]
    if numero % 6 == 0:
        types.append("ETTI" if types != ["ETTI"] else "AI")
    return types


def _make_cotisation(structure: Organisation, hasard: random.Random, le: date) -> None:
    statuts = CotisationAnnuelle.Statut
    statut = hasard.choices((statuts.REGLEE, statuts.APPELEE, statuts.EXONEREE), (7, 2, 1))[0]
    CotisationAnnuelle.objects.create(
        organisation=structure,
        annee=le.year,
        statut=statut,
        montant_centimes=None if statut == statuts.EXONEREE else hasard.randint(20, 90) * 1000,
        date_statut=le - timedelta(days=hasard.randint(10, 200)),
    )


def _make_personne(
    adresse: str, prenom: str, nom: str, role: Role, organisation: Organisation, le: date
) -> None:
    personne = Utilisateur.objects.create_user(
        adresse, None, prenom=prenom, nom=nom, is_synthetic=True
    )
    verify_address(personne)
    attach(personne, organisation, role, depuis=le - timedelta(days=400), by=None)
