"""`maillage pilotage argent-public`: sentences first, then figures, in three formats."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import AIDES, annexe_2024, releves_2024, write_argent
from factories.exercices import ANNEE, postpone, write_exercice
from factories.flux_iae import structure, write_extrait

from maillage.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZEROS = dict.fromkeys(AIDES.values(), "0")


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command on four structures; its exit code and both streams, spaces plain."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    extrait = write_extrait(
        tmp_path / "extrait",
        {
            "Structure": [structure(rang) for rang in range(1, 5)],
            "AnnexeFinanciere": [
                *(
                    annexe_2024(
                        9 + rang,
                        rang,
                        produits="400000",
                        **ZEROS
                        | {"af_etat": "300000", "af_part_produits_exploit_vente_presta": "100000"},
                    )
                    for rang in range(1, 4)
                ),
                annexe_2024(13, 4, "EI"),
            ],
            "EtatMensuelIndiv": [line for af_id in (10, 11, 12) for line in releves_2024(af_id)],
        },
    )

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    assert call("flux", "importer", str(extrait))[0] == 0
    return call


def test_coverage_is_said_before_any_figure(commande: Callable[..., tuple[int, str, str]]) -> None:
    code, page, _ = commande("pilotage", "argent-public", "--annee", "2024")
    assert code == 0
    assert "Argent public par financeur, 2024" in page
    assert page.index("pour 3 structures sur 4") < page.index("Annexes €")
    assert "1 ne déclare rien" in page
    assert "secrète" in page  # the EI is alone
    assert "3 structures au moins" in page
    page = commande("pilotage", "argent-public", "--annee", "2024", "--type", "ACI")[1]
    # 36 posts of 182 hours: 900 000 € over 36, and over 6 552 hours
    assert "864 000    900 000          —     25 000       137,36" in page


def test_the_same_in_json_and_csv(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    lu = json.loads(commande("pilotage", "argent-public", "--type", "aci", "--format", "json")[1])
    assert (lu["annee"], lu["par"]) == (2024, "type")
    assert lu["couverture"]["sources"]["declare"] == {"structures": 3, "part_etp": 1.0}
    assert lu["couverture"]["ecartees"] == {}
    (etat,) = [
        ligne
        for ligne in lu["lignes"]
        if (ligne["colonne"], ligne["financeur"]) == ("Ensemble", "etat")
    ]
    assert etat["declare_euros"] == 900_000
    assert etat["annexes_euros"] == 864_000
    assert etat["comptes_euros"] == "sans objet"
    assert etat["cout_etp_annuel_euros"] == 25_000
    fichier = tmp_path / "argent.csv"
    mots = ("pilotage", "argent-public", "--format", "csv", "--sortie", str(fichier))
    assert commande(*mots)[0] == 0
    assert commande(*mots)[0] != 0
    assert commande(*mots, "--remplacer")[0] == 0
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        lignes = list(csv.DictReader(flux, delimiter=","))
    assert {ligne["colonne"] for ligne in lignes} == {"ACI", "EI", "Ensemble"}


def test_an_axis_that_does_not_exist_is_refused(
    commande: Callable[..., tuple[int, str, str]],
) -> None:
    code, _, erreur = commande("pilotage", "argent-public", "--par", "commune")
    assert code != 0
    assert "MLG-CLI-004" in erreur
    assert "type, region, type-region" in erreur


def test_a_year_of_which_nothing_is_known_says_so(
    commande: Callable[..., tuple[int, str, str]],
) -> None:
    code, page, _ = commande("pilotage", "argent-public", "--departement", "75")
    assert code == 0
    assert "Aucune source ne dit rien de cette année." in page


@pytest.fixture
def quatre(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command on four ACI, of SIREN 111111111 to 444444444."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    assert call("flux", "importer", str(write_argent(tmp_path / "extrait")))[0] == 0
    return call


def give(dossier: Path, *rangs: int) -> list[str]:
    """Options for the accounts of these structures: those of `factories.exercices`, each a thousand euros of 74 more."""
    mots = []
    for rang in rangs:
        de_plus = ("OD", "20240531", {"441000": 1_000 * rang, "741200": -1_000 * rang})
        nom = f"{str(rang) * 9}FEC20241231.txt"
        mots += ["--fec", str(write_exercice(dossier, [*ANNEE, de_plus], nom))]
    return mots


ARGENT = ("pilotage", "argent-public", "--annee", "2024")


def test_files_of_accounts_fill_their_column(
    quatre: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """Four times 18 000 € in 7411 and 5 000 € in 73, and 1 000 to 4 000 € in 7412."""
    fichiers = give(tmp_path, 1, 2, 3, 4)
    correspondance = tmp_path / "comptes.toml"
    correspondance.write_text(
        '[comptes]\n"7411" = "etat"\n"7412" = "departement"\n', encoding="utf-8"
    )
    lu = json.loads(
        quatre(*ARGENT, *fichiers, "--correspondance", str(correspondance), "--format", "json")[1]
    )
    comptes = {
        ligne["financeur"]: ligne["comptes_euros"]
        for ligne in lu["lignes"]
        if ligne["colonne"] == "Ensemble"
    }
    assert comptes["etat"] == 72_000
    assert comptes["departement"] == 10_000
    assert comptes["public_non_ventile"] == 20_000
    assert comptes["ensemble_public"] == 102_000
    assert comptes["ventes"] == 480_000
    assert comptes["region"] == "sans objet"
    assert lu["couverture"]["sources"]["comptes"] == {"structures": 4, "part_etp": 1.0}
    assert {fichier["sort"] for fichier in lu["fichiers"]} == {"compté"}
    sans = json.loads(quatre(*ARGENT, *fichiers, "--format", "json")[1])
    assert [
        ligne["comptes_euros"]
        for ligne in sans["lignes"]
        if (ligne["colonne"], ligne["financeur"]) == ("Ensemble", "public_non_ventile")
    ] == [102_000]


def test_accounts_of_two_structures_are_hidden(
    quatre: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """And with them what they nearly are: the same lines of the other columns."""
    lu = json.loads(quatre(*ARGENT, *give(tmp_path, 1, 2), "--format", "json")[1])
    publics = [x for x in lu["lignes"] if x["financeur"] in {"ensemble_public", "ventes"}]
    assert publics
    for ligne in publics:
        assert ligne["comptes_euros"] == "secrète"
        assert ligne["declare_euros"] == "secrète"


def test_what_is_left_out_is_said_on_the_page(
    quatre: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    vieux = write_exercice(tmp_path, postpone(ANNEE, -1), "444444444FEC20231231.txt")
    code, page, _ = quatre(*ARGENT, *give(tmp_path, 1, 2, 3), "--fec", str(vieux))
    assert code == 0
    assert "Comptes : les produits de l’exercice 2024, pour 3 structures sur 4" in page
    assert (
        "Comptes laissés de côté : 444444444FEC20231231.txt, d’un exercice qui n’est pas l’année "
        "civile demandée." in page
    )


def test_files_and_mappings_that_cannot_serve_are_refused(
    quatre: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    inconnu = write_exercice(tmp_path)
    for mots, faute in (
        (["--fec", str(inconnu)], "MLG-ARG-003"),
        (["--fec", str(write_exercice(tmp_path, nom="export.txt"))], "MLG-ARG-001"),
        (["--fec", f"123456789={inconnu}"], "MLG-ARG-002"),
        (["--correspondance", "x.toml"], "MLG-ARG-020"),
        ([*give(tmp_path, 1), "--correspondance", "absent.toml"], "MLG-ARG-010"),
    ):
        code, page, erreur = quatre(*ARGENT, *mots)
        assert code != 0
        assert page == ""
        assert faute in erreur
