"""Editions of the panel on the site, and structures enough for one to be frozen. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.test import Client
from factories.argent_public import annexe_2024, releves_2024
from factories.flux_iae import annexe, structure, write_extrait
from factories.membres import DEBUT, make_structure, make_utilisateur

from maillage.analyses.pilotage.imports import importer
from maillage.indicators.panel.contribution import Contribution, Mesure, Profil
from maillage.indicators.panel.edition import publish
from maillage.kernel.siret import is_siren
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.network.models import Consentement, Organisation
from maillage.web.network.roles import attach
from maillage.web.panel import recueil
from maillage.web.panel.choix import LIES, RATIOS, TAILLES
from maillage.web.panel.enregistrement import write_affiche, write_apports
from maillage.web.panel.models import EditionDuPanel
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pytest
    from factories.membres import PetitReseau

ANNEE = 2024
PETITE = Profil("AI", "de 10 à moins de 30 ETP", "53", "")


def contribution(
    structure: str, ratios: Mapping[str, float], profil: Profil = PETITE, organisme: str = ""
) -> Contribution:
    """One structure, each ratio with the same weight."""
    mesures = {nom: Mesure(valeur, 100.0) for nom, valeur in ratios.items()}
    return Contribution(structure, organisme or structure, ANNEE, profil, mesures)


def agree(organisation: Organisation, *, accorde: bool = True) -> None:
    """The structure agrees to the panel, or takes it back."""
    Consentement.objects.create(
        organisation=organisation, usage=Consentement.Usage.PANEL, accorde=accorde
    )


def make_edition(annee: int = ANNEE, le: date = date(2025, 9, 1)) -> EditionDuPanel:
    """An edition of fourteen structures that nobody is tied to; the one that is there, if any."""
    deja = EditionDuPanel.objects.filter(annee=annee, au=le).first()
    if deja is not None:
        return deja
    donnent = [
        replace(
            contribution(f"{rang}:AI", {"cout_heure": 20.0 + rang, "mois_de_tresorerie": rang / 2}),
            annee=annee,
        )
        for rang in range(1, 15)
    ]
    edition = publish(donnent, annee, le, tuple(RATIOS), lies=LIES)
    return EditionDuPanel.objects.create(
        annee=annee,
        au=le,
        contenu=write_affiche(edition.affiche, TAILLES, LIES),
        apports=write_apports(edition),
    )


@dataclass
class ReseauDuPanel:
    """Structures with their directors; what each gives is set by the test.

    Attributes:
        organisations: In their order.
        dons: What each gives, by its number.
    """

    organisations: list[Organisation]
    dons: dict[int, Contribution]

    def give(self, rang: int, ratios: Mapping[str, float], profil: Profil = PETITE) -> None:
        """Set what one structure gives."""
        organisation = self.organisations[rang]
        nom = f"9{organisation.pk:05d}:{profil.type}"
        self.dons[organisation.pk] = contribution(nom, ratios, profil, organisation.siren)

    def name(self, rang: int) -> str:
        """Its identifier in the panel."""
        return self.dons[self.organisations[rang].pk].structure

    def read(self, rang: int, chemin: str = "panel/", auteur: int | None = None) -> Any:
        """A page of one structure, as its director reads it, or the director of another."""
        client = Client(headers={"host": "127.0.0.1"})
        adresse = f"panel-{rang if auteur is None else auteur}@reseau.example.org"
        personne = Utilisateur.objects.get(email=adresse)
        client.force_login(personne, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(f"/economie/{self.organisations[rang].pk}/{chemin}")


def import_supervision(petit: PetitReseau, combien: int, dossier: Path) -> None:
    """As many associations intermédiaires, in an extract and in the network, that all agree to the panel.

    The structure of the small network is the first: 1.30 ETP of technical supervision for 20 in insertion,
    the next ones 0.10 more each.
    """
    sirens = (f"{n:09d}" for n in range(400_000_000, 400_900_000) if is_siren(f"{n:09d}"))
    organisations = [petit.structure]
    organisations += [
        make_structure(f"Semblable {rang:02d}", next(sirens), "53", "35")
        for rang in range(1, combien)
    ]
    declarees = [
        annexe(
            200 + rang,
            "AI",
            af_id_structure=rang,
            af_etp_perm_encadrement_tech_sal_insertion_annee_prec=f"{1.2 + rang / 10:.2f}",
            af_etp_pers_agrees_pole_emploi_iae_annee_prec="20.00",
        )
        for rang in range(1, combien + 1)
    ]
    vues = {
        "Structure": [structure(rang) for rang in range(1, combien + 1)],
        "AnnexeFinanciere": [
            *(annexe_2024(100 + rang, rang, "AI") for rang in range(1, combien + 1)),
            *declarees,
        ],
        "EtatMensuelIndiv": releves_2024(101),
    }
    jour = date(2025, 7, 5)
    importer([write_extrait(dossier, vues, jour)], datetime(2025, 7, 7, 9, 30, tzinfo=UTC))
    for rang, organisation in enumerate(organisations, start=1):
        LienStructure.objects.create(
            organisation=organisation, asp_id=rang, type_siae="AI", is_confirme=True, raison="essai"
        )
        agree(organisation)


def make_reseau_du_panel(combien: int, patch: pytest.MonkeyPatch, depuis: int = 0) -> ReseauDuPanel:
    """Member structures with a director each; their figures come from the test, not from an extract."""
    sirens = (f"{n:09d}" for n in range(400_000_000, 400_900_000) if is_siren(f"{n:09d}"))
    organisations = []
    for rang, siren in zip(range(depuis + combien), sirens, strict=False):
        if rang < depuis:
            continue
        organisation = make_structure(f"Panel {rang:02d}", siren, "53", "35")
        directeur = make_utilisateur(f"panel-{rang}")
        attach(directeur, organisation, Role.DIRECTION, depuis=DEBUT, by=None)
        organisations.append(organisation)
    reseau = ReseauDuPanel(organisations, {})

    def load(
        voulues: Iterable[Organisation], annee: int, _le: date
    ) -> dict[int, list[Contribution]]:
        assert annee == ANNEE
        return {une.pk: [reseau.dons[une.pk]] for une in voulues if une.pk in reseau.dons}

    from maillage.web.panel import arret  # noqa: PLC0415
    from maillage.web.panel.pages import reseau as page_reseau  # noqa: PLC0415
    from maillage.web.panel.pages import structure  # noqa: PLC0415

    for module in (recueil, structure):
        patch.setattr(module, "load_contributions", load)
    for module in (arret, page_reseau):
        patch.setattr(module, "list_annees_possibles", lambda: [ANNEE])
    return reseau
