"""A small network in the database: one person per role, in two regions. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from maillage.kernel.siret import is_siret
from maillage.web.accounts.actions import verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.network.models import Adhesion, Convention, Organisation
from maillage.web.network.roles import attach

DEBUT = date(2024, 1, 1)
MOT_DE_PASSE = "une phrase assez longue pour un essai"
ICI, AILLEURS = "53", "84"


@dataclass
class PetitReseau:
    """What the tests of the members' area start from.

    Attributes:
        reseau: The network.
        bretagne, aura: Regional associations, in two regions.
        structure, voisine, lointaine: Structures: the first two in the same region.
        partenaire: A partner, in the region of the first.
        personnes: One person per role, by code of the role; « sans rôle » has none.
    """

    reseau: Organisation
    bretagne: Organisation
    aura: Organisation
    structure: Organisation
    voisine: Organisation
    lointaine: Organisation
    partenaire: Organisation
    personnes: dict[str, Utilisateur] = field(default_factory=dict)


def make_utilisateur(nom: str, mot_de_passe: str | None = None) -> Utilisateur:
    """A person whose address is checked, invented."""
    utilisateur = Utilisateur.objects.create_user(
        f"{nom}@reseau.example.org", mot_de_passe, prenom="Prénom", nom=nom.capitalize()
    )
    verify_address(utilisateur)
    return utilisateur


def _first_siret(siren: str) -> str:
    """The first SIRET of that SIREN whose check digit is right."""
    return next(s for n in range(10, 100) if is_siret(s := f"{siren}{n:05d}"))


def make_structure(nom: str, siren: str, region: str, departement: str) -> Organisation:
    """A member structure with one convention of AI."""
    structure = Organisation.objects.create(
        nature=Organisation.Nature.STRUCTURE,
        nom=nom,
        siren=siren,
        region=region,
        departement=departement,
    )
    Convention.objects.create(organisation=structure, siret=_first_siret(siren), type_siae="AI")
    Adhesion.objects.create(organisation=structure, date_debut=DEBUT)
    return structure


def make_petit_reseau() -> PetitReseau:
    """The network, its organisations and one person per role."""
    natures = Organisation.Nature
    bretagne, aura = (
        Organisation.objects.create(nature=natures.ASSOCIATION_REGIONALE, nom=nom, region=region)
        for nom, region in (("Association de l’Ouest", ICI), ("Association des Alpes", AILLEURS))
    )
    petit = PetitReseau(
        reseau=Organisation.objects.create(nature=natures.RESEAU, nom="Réseau d’essai"),
        bretagne=bretagne,
        aura=aura,
        structure=make_structure("Coup de pouce", "100000009", ICI, "35"),
        voisine=make_structure("La Passerelle", "100000017", ICI, "29"),
        lointaine=make_structure("Les Cimes", "100000025", AILLEURS, "38"),
        partenaire=Organisation.objects.create(
            nature=natures.PARTENAIRE, nom="Département d’essai", region=ICI
        ),
    )
    ou = {
        Role.ADMINISTRATION: petit.reseau,
        Role.DELEGATION: petit.reseau,
        Role.DELEGATION_REGIONALE: petit.bretagne,
        Role.CONSEIL: petit.reseau,
        Role.DIRECTION: petit.structure,
        Role.EQUIPE: petit.structure,
        Role.PARTENAIRE: petit.partenaire,
    }
    for role, organisation in ou.items():
        personne = make_utilisateur(role.value)
        attach(personne, organisation, role, depuis=DEBUT, by=None)
        petit.personnes[role.value] = personne
    petit.personnes["sans rôle"] = make_utilisateur("sans-role")
    return petit


def client_de(petit_reseau: PetitReseau, role: str) -> Client:
    """A browser signed in as the person of a role; a visitor's for « visiteur »."""
    client = Client(headers={"host": "127.0.0.1"})
    if role != "visiteur":
        client.force_login(
            petit_reseau.personnes[role],
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return client
