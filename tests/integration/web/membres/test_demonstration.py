"""The invented network: whole, labelled, entered without a password, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from maillage.data.extraits.depot import extraits_dir
from maillage.data.store import DEMONSTRATION
from maillage.kernel.errors import EnvironnementInvalide
from maillage.kernel.siret import parse_siren, parse_siret
from maillage.web.accounts.models import Utilisateur
from maillage.web.config.preparation import find_premier_lien, rebuild_demonstration
from maillage.web.demonstration import pilotage
from maillage.web.demonstration.pilotage import prepare_extraits
from maillage.web.demonstration.reseau import ROLES, build
from maillage.web.network.models import Convention, Organisation
from maillage.web.panel.models import EditionDuPanel

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

LE = date(2026, 11, 25)


@pytest.fixture
def navigateur(settings: Settings) -> Client:
    settings.DEMONSTRATION = True
    build(LE)
    return Client(headers={"host": "127.0.0.1"})


def test_each_role_is_entered_in_one_click_and_everything_is_labelled(navigateur: Client) -> None:
    accueil = navigateur.get("/demonstration/").content.decode()
    for role in ROLES:
        assert f'action="/demonstration/{role.value}/"' in accueil
        page = navigateur.post(f"/demonstration/{role.value}/", follow=True)
        assert page.redirect_chain[-1][0] == "/espace/"
        texte = page.content.decode()
        assert "Démonstration." in texte
        assert "sont inventés" in texte


def test_without_the_demonstration_nobody_enters(settings: Settings) -> None:
    build(LE)
    settings.DEMONSTRATION = False
    client = Client(headers={"host": "127.0.0.1"})
    assert client.get("/demonstration/").status_code == 404
    assert client.post("/demonstration/administration/").status_code == 404
    assert client.get("/espace/").status_code == 302


def test_an_unknown_role_and_a_mere_link_enter_nothing(navigateur: Client) -> None:
    assert navigateur.post("/demonstration/ministre/").status_code == 404
    assert navigateur.get("/demonstration/administration/").status_code == 405
    assert navigateur.get("/espace/").status_code == 302


def test_a_visitor_and_a_member_read_each_their_version(navigateur: Client) -> None:
    adresse = "/publications/le-reseau-recu-au-ministere/"
    assert "une inspection va commencer" not in navigateur.get(adresse).content.decode()
    navigateur.post("/demonstration/direction/")
    assert "une inspection va commencer" in navigateur.get(adresse).content.decode()


def test_identifiers_are_well_formed_and_obviously_invented() -> None:
    build(LE)
    structures = Organisation.objects.filter(nature=Organisation.Nature.STRUCTURE)
    assert structures.count() == 36
    for structure in structures:
        assert str(parse_siren(structure.siren)) == structure.siren
        assert structure.siren.startswith("000")
    for convention in Convention.objects.all():
        assert str(parse_siret(convention.siret)) == convention.siret
    assert not Organisation.objects.filter(is_synthetic=False).exists()
    assert not Utilisateur.objects.filter(is_synthetic=False).exists()
    assert not Utilisateur.objects.exclude(email__endswith=".example.org").exists()


def test_the_same_seed_makes_the_same_network() -> None:
    def lire() -> list[tuple[object, ...]]:
        return list(
            Organisation.objects.order_by("siren", "nom").values_list(
                "siren", "nom", "adhesions__date_debut", "cotisations__montant_centimes"
            )
        )

    with transaction.atomic():
        build(LE)
        premier = lire()
        transaction.set_rollback(True)
    assert lire() == []
    build(LE)
    assert lire() == premier


def test_the_demonstration_has_no_first_link() -> None:
    build(LE)
    assert find_premier_lien("http://127.0.0.1:8000") is None


def test_the_demonstration_never_empties_a_base_that_was_set(settings: Settings) -> None:

    settings.REGLAGES = replace(settings.REGLAGES, base="postgresql://ici/base")
    with pytest.raises(EnvironnementInvalide, match="MLG-DEM-001"):
        rebuild_demonstration()


def test_extracts_of_an_older_generator_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a data directory kept from before would show figures that the program no longer gives."""
    faits: list[datetime] = []

    def make(_fichiers: object, instant: datetime) -> None:
        extraits_dir().mkdir(parents=True, exist_ok=True)
        faits.append(instant)

    monkeypatch.setenv(DEMONSTRATION, "1")
    monkeypatch.setattr(pilotage, "generate_reseau", lambda *_: SimpleNamespace(fichiers=()))
    monkeypatch.setattr(pilotage, "importer", make)
    instant = datetime(2026, 11, 25, 9, tzinfo=UTC)
    prepare_extraits(instant)
    prepare_extraits(instant)
    assert len(faits) == 2
    monkeypatch.setattr(pilotage, "VERSION_DU_RESEAU", -1)
    prepare_extraits(instant)
    assert len(faits) == 4


@pytest.mark.usefixtures("atlas")
def test_the_panel_of_the_demonstration_publishes_something(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition is frozen by the delegation, and the ready director stands somewhere in it."""
    monkeypatch.setenv(DEMONSTRATION, "1")
    settings.DEMONSTRATION = True
    prepare_extraits(datetime(2026, 11, 25, 9, tzinfo=UTC))
    build(LE)
    edition = EditionDuPanel.objects.get()
    ratios = {parution["ratio"] for parution in edition.contenu["parutions"]}
    assert {"cout_heure", "mois_de_tresorerie", "taux_accompagnement"} <= ratios
    assert Utilisateur.objects.get(pk=edition.by_id or 0).is_synthetic
    navigateur = Client(headers={"host": "127.0.0.1"})
    navigateur.post("/demonstration/direction/")
    structure = Organisation.objects.get(nom="Coup de main")
    lue = navigateur.get(f"/economie/{structure.pk}/panel/").content.decode()
    assert "structure inventée" in lue
    assert "Parmi ses semblables" in lue
