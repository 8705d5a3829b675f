"""The bodies of the texts: what is installed, where, once; who may; the command."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.membres import client_de
from typer.testing import CliRunner

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.espaces.installation import install_instances, plan_installation
from maillage.web.dialogue.models import Espace, Filiation, Siege
from maillage.web.dialogue_cli import application
from maillage.web.droits.acteur import Perimetre
from maillage.web.journal.models import Evenement
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
PARTOUT = Perimetre(tout=True)
INSTANCES = "/dialogue/espaces/instances/"


def test_one_space_per_territoire_of_the_level_and_the_second_time_none() -> None:
    plan = install_instances(PARTOUT, by=None)
    comptes = Counter(Espace.objects.values_list("instance", flat=True))
    clpe = len(donnees.atlas().territoires(Niveau.CLPE))
    assert comptes == {
        "cne": 1,
        "cre": 18,
        "cde": 101,
        "commission_iae": 96,
        "cdiae": 101,
        "clpe": clpe,
        "dialogue_gestion": 101,
    }
    assert plan.nombre_espaces == sum(comptes.values())
    assert Filiation.objects.count() == plan.nombre_suites == 96
    assert not Siege.objects.exists()  # nobody is said to sit
    assert set(Espace.objects.values_list("visibilite", "is_synthetic")) == {("public", False)}
    encore = install_instances(PARTOUT, by=None)
    assert not encore
    assert Espace.objects.count() == plan.nombre_espaces
    assert Evenement.objects.filter(action="dialogue.installer").count() == 1


def test_the_cdiae_ended_in_metropolitan_france_and_elsewhere_nobody_knows() -> None:
    install_instances(PARTOUT, by=None)
    ille = Espace.objects.get(instance="cdiae", territoire="35")
    assert (ille.etat, ille.date_fin, ille.departement, ille.region) == (
        "disparu",
        date(2024, 6, 30),
        "35",
        "53",
    )
    suite = Filiation.objects.get(avant=ille)
    assert suite.apres is not None
    assert (suite.apres.instance, suite.apres.territoire, suite.date) == (
        "commission_iae",
        "35",
        date(2024, 7, 1),
    )
    assert suite.apres.date_debut == date(2024, 7, 1)
    reunion = Espace.objects.get(instance="cdiae", territoire="974")
    assert (reunion.etat, reunion.date_fin) == ("inconnu", None)
    assert not Espace.objects.filter(
        instance="commission_iae", territoire__startswith="97"
    ).exists()


def test_what_somebody_wrote_meanwhile_stays() -> None:
    install_instances(PARTOUT, by=None)
    Espace.objects.filter(instance="cde", territoire="35").update(nom="CDE 35", etat="en_sommeil")
    Espace.objects.filter(instance="cde", territoire="29").delete()
    plan = install_instances(PARTOUT, by=None)
    assert [lieu.territoire for ligne in plan.lignes for lieu in ligne.nouveaux] == ["29"]
    assert Espace.objects.get(instance="cde", territoire="35").nom == "CDE 35"


def test_a_delegate_installs_those_of_their_region(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    assert "dans votre région" in client.get(INSTANCES).content.decode()
    client.post(INSTANCES)
    assert set(Espace.objects.values_list("region", flat=True)) == {"53"}
    assert set(Espace.objects.filter(instance="cde").values_list("territoire", flat=True)) == {
        "22",
        "29",
        "35",
        "56",
    }
    assert not Espace.objects.filter(niveau="france").exists()
    # the national staff completes it without doubling anything
    assert plan_installation(PARTOUT).nombre_espaces > 0
    client_de(petit_reseau, "delegation").post(INSTANCES)
    assert Espace.objects.filter(instance="cde").count() == 101


def test_everybody_reads_what_the_texts_say_and_what_was_not_found(
    petit_reseau: PetitReseau,
) -> None:
    client = client_de(petit_reseau, "visiteur")
    page = client.get(INSTANCES).content.decode()
    assert "Installer" not in page
    assert "Décret n° 2024-560" in page or "décret n° 2024-560" in page
    commission = page[page.index('id="i-commission_iae"') : page.index('id="i-cdiae"')]
    assert "Cherché, non trouvé" in commission
    assert "Sa composition" in commission
    assert client.post(INSTANCES).status_code == 302  # to the sign-in page
    assert client_de(petit_reseau, "direction").post(INSTANCES).status_code == 403
    assert not Espace.objects.exists()


def test_the_page_of_an_installed_space_tells_its_sources(petit_reseau: PetitReseau) -> None:
    install_instances(PARTOUT, by=None)
    espace = Espace.objects.get(instance="cde", territoire="35")
    page = (
        client_de(petit_reseau, "visiteur").get(f"/dialogue/espaces/{espace.pk}/").content.decode()
    )
    assert "On ne sait pas qui y siège" in page
    assert "27\u00a0membres au plus" in page or "27 membres au plus" in page
    assert "Confiance B" in page
    assert "Conférence des financeurs" in page


def test_the_command_previews_then_writes_then_finds_nothing_to_do() -> None:
    lance = CliRunner()
    apercu = lance.invoke(application, ["amorcer"])
    assert apercu.exit_code == 0
    assert "101 à créer" in apercu.output
    assert not Espace.objects.exists()
    assert "Écrit." in lance.invoke(application, ["amorcer", "--appliquer"]).output
    assert Espace.objects.filter(instance="cde").count() == 101
    assert "rien n’a changé" in lance.invoke(application, ["amorcer", "--appliquer"]).output
