"""A director sees the public money of their own structure, whole, side by side, and nobody else does."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import write_argent
from factories.comptes_site import make_exercice
from factories.exercices import ANNEE, postpone
from factories.membres import client_de

from maillage.analyses.pilotage.imports import importer
from maillage.web.economie.models import PlanDeRattachement
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")


def plain(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def relie(petit_reseau: PetitReseau, tmp_path: Path) -> PetitReseau:
    """Their structure is the first ACI of the extract."""
    importer([write_argent(tmp_path / "extrait", 2)], datetime(2025, 7, 7, tzinfo=UTC))
    LienStructure.objects.create(
        organisation=petit_reseau.structure,
        asp_id=1,
        type_siae="ACI",
        is_confirme=True,
        raison="essai",
    )
    return petit_reseau


def read(petit: PetitReseau, suite: str = "/", role: str = "direction", statut: int = 200) -> str:
    adresse = f"/economie/{petit.structure.pk}/argent-public{suite}"
    answer = client_de(petit, role).get(adresse)
    assert answer.status_code == statut, adresse
    return plain(answer.content.decode())


def rows_of(petit: PetitReseau, suite: str = "") -> dict[str, dict[str, str]]:
    texte = read(petit, f".csv{suite}").lstrip("\ufeff")
    separateur = ";" if ";" in texte.split("\n", 1)[0] else ","
    return {x["financeur"]: x for x in csv.DictReader(io.StringIO(texte), delimiter=separateur)}


def test_the_three_sources_of_one_structure_by_hand(relie: PetitReseau) -> None:
    """12 ETP and 2 184 hours: 300 000 € are 25 000 € and 137,36 €; 23 000 € of the accounts 10,53 € an hour."""
    make_exercice(relie.structure)
    page = read(relie)
    assert "En 2024, l’argent public déclaré fait 25 000 € par ETP et 137,36 € par heure." in page
    lues = rows_of(relie)
    assert (lues["etat"]["annexes_euros"], lues["etat"]["declare_euros"]) == (
        "288000",
        "300000",
    )
    assert lues["public_non_ventile"]["comptes_euros"] == "23000"
    assert lues["ventes"]["comptes_euros"] == "120000"
    assert lues["etat"]["declare_etp_annuel_euros"] == "25000"
    assert lues["ensemble_public"]["comptes_horaire_euros"] == "10.5311"
    assert "secrète" not in page
    assert "12,00 ETP réalisés et 2 184 heures en 2024" in page
    assert "Vous n’avez pas dit quels comptes portent l’aide au poste" in page


def test_the_aide_au_poste_of_the_accounts_is_said_once_its_accounts_are(
    relie: PetitReseau,
) -> None:
    make_exercice(relie.structure)
    PlanDeRattachement.objects.create(
        organisation=relie.structure,
        texte='[[version]]\ndepuis = 2024-01-01\naide_au_poste = ["7411"]\n',
    )
    assert "Vos comptes portent 18 000 € d’aide au poste" in read(relie)


def test_an_empty_column_says_why(relie: PetitReseau) -> None:
    assert "Aucun exercice du 1er janvier au 31 décembre 2024 n’est déposé" in read(relie)
    decale = [ecriture for ecriture in ANNEE if ecriture[1] < "20241201"]
    make_exercice(relie.structure, decale)  # it ends in September: not the calendar year
    assert "Aucun exercice du 1er janvier au 31 décembre 2024 n’est déposé" in read(relie)


def test_a_year_waiting_for_its_acceptance_is_not_read(relie: PetitReseau) -> None:
    exercice = make_exercice(relie.structure)
    exercice.is_accepte = False
    exercice.save()
    assert rows_of(relie)["ventes"]["comptes_euros"] == "sans objet"


def test_years_are_those_of_the_annexes_and_of_the_accounts(relie: PetitReseau) -> None:
    make_exercice(relie.structure, postpone(ANNEE, -1))
    page = read(relie, "/?annee=2023")
    assert "Aucune de vos annexes ne touche 2023" in page
    assert rows_of(relie, "?annee=2023")["ventes"]["comptes_euros"] == "120000"
    assert "MLG-ECO-020" in read(relie, "/?annee=2019", statut=400)


def test_accounts_shared_with_a_structure_that_is_not_theirs_have_no_cost(
    relie: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_exercice(relie.structure)
    monkeypatch.setattr(
        "maillage.web.economie.argent.index_sirens",
        lambda _faits: {"111111111": frozenset({1, 2})},
    )
    page = read(relie)
    assert "ces comptes sont aussi ceux d’une structure" in page
    assert rows_of(relie)["ventes"]["comptes_etp_annuel_euros"] == "sans objet"


def test_without_anything_the_page_says_what_to_do(petit_reseau: PetitReseau) -> None:
    assert "Rien n’est encore connu" in read(petit_reseau)
    assert "MLG-ECO-021" in read(petit_reseau, ".csv", statut=404)


def test_accounts_alone_are_shown_without_an_extract(petit_reseau: PetitReseau) -> None:
    make_exercice(petit_reseau.structure)
    page = read(petit_reseau)
    assert "connu en euros, pas par ETP" in page
    assert "Inconnu en 2024. La raison est plus haut" in page
    assert "23 000" in page


def test_a_structure_that_the_extract_lost_reads_its_accounts(relie: PetitReseau) -> None:
    LienStructure.objects.update(asp_id=99)
    make_exercice(relie.structure)
    assert "Aucune de vos annexes" in read(relie)


def test_nobody_else_opens_it(relie: PetitReseau) -> None:
    for role in ("delegation", "delegation_regionale", "administration", "equipe"):
        assert client_de(relie, role).get(
            f"/economie/{relie.structure.pk}/argent-public/"
        ).status_code in {403, 404}
