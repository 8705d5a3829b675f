"""Extracts and accounts from the command line, in the process of the test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from factories.fec import DEBIT_CENTIMES, ENTETE, LIGNES, write_fec
from factories.flux_iae import annexe, releve, structure, write_extrait, write_vue
from factories.personnes_flux import DURABLE, REFERENTIELS, salarie

from maillage.cli.app import run
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STRUCTURE = [colonne.nom for colonne in load_dictionnaire()["Structure"]]


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code and what it wrote on both streams, spaces plain."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


@pytest.fixture
def extrait(tmp_path: Path) -> Path:
    """Two structures, one of which is late since March, and a draft."""
    return write_extrait(
        tmp_path / "extrait",
        {
            "Structure": [
                structure(1, structure_denomination="JARDIN (SYNTHETIQUE)"),
                structure(2, structure_denomination="ATELIER (SYNTHETIQUE)"),
            ],
            "AnnexeFinanciere": [
                annexe(10, af_indicateur_suspension="true"),
                annexe(11, "AI", af_id_structure=2),
                annexe(12, "EI", af_duree_heure_annuel_etp_valeur=""),
            ],
            "EtatMensuelIndiv": [
                *(releve(mois, "91.00") for mois in range(1, 7)),
                *(releve(mois, emi_afi_id=11) for mois in (1, 2)),
                releve(3, emi_afi_id=11, emi_esm_etat_code="BROUILLON"),
                releve(1, emi_afi_id=12),
            ],
        },
    )


def test_an_extract_is_imported_listed_used_and_forgotten(
    commande: Callable[..., tuple[int, str, str]], extrait: Path, tmp_path: Path
) -> None:
    assert commande("flux", "lister")[1].startswith("Aucun extrait")
    assert commande("pilotage", "annexes")[0] == 4
    code, page, _ = commande("flux", "importer", str(extrait))
    assert code == 0
    assert "Données synthétiques" in page
    code, texte, _ = commande("flux", "importer", str(extrait), "--format", "json")
    lu = json.loads(texte)
    assert (lu["deja_connu"], lu["vues"]["EtatMensuelIndiv"]) == (True, 10)
    assert "rien n’a changé" in commande("flux", "importer", str(extrait))[1]
    assert "synthétique" in commande("flux", "lister")[1]
    assert json.loads(commande("flux", "lister", "--format", "json")[1])[0]["is_synthetic"]

    page = commande("pilotage", "structures")[1]
    assert "3 structures, 3 annexes" in page
    assert "1 annexe n’a pas d’heures d’un temps plein" in page
    assert "1 relevé en brouillon" in page
    assert "Prévision sur 1 annexe" in page
    assert "(suspendue)" in commande("pilotage", "annexes", "--annee", "2025")[1]
    assert "avril 2025 et mai 2025" in commande("pilotage", "retards", "--type", "ai")[1]
    aucun = commande("pilotage", "retards", "--type", "ACI")[1]
    assert "Aucun mois n’est en retard" in aucun
    assert "à venir" in commande("pilotage", "mois", "--departement", "35")[1]
    lu = json.loads(commande("pilotage", "annexes", "--format", "json")[1])
    assert lu["synthetique"] is True
    assert [len(ligne) > 20 for ligne in lu["lignes"]] == [True] * 3
    cible = tmp_path / "structures.csv"
    assert commande("pilotage", "structures", "--sortie", str(cible))[0] == 0
    assert "inconnue" in cible.read_text(encoding="utf-8-sig")
    for mot in ("mois", "retards"):
        assert commande("pilotage", mot, "--format", "csv")[1].count("\n") > 1
    assert "Autre définition" in commande("pilotage", "definitions")[1]
    assert commande("pilotage", "definitions", "--format", "csv")[0] == 0

    identifiant = lu["extrait"]
    assert commande("flux", "oublier", identifiant[:8])[0] == 0
    assert commande("flux", "oublier", identifiant[:8])[0] == 4


def test_exits_people_supervision_and_funders_are_tables(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    declare = {
        "af_nb_prev_sorties": 4,
        "af_taux_prev_sorties_dynamiques": "60.00",
        "af_etp_perm_encadrement_tech_sal_insertion_annee_prec": "1.00",
        "af_etp_pers_agrees_pole_emploi_iae_annee_prec": "10.00",
        "af_total_produits_exploit": "1000.00",
        "af_part_produits_exploit_vente_presta": "400.00",
        "af_date_cloture_exercice": "31/12/2024",
        "af_etat": "150.00",
    }
    vues = {
        **REFERENTIELS,
        "Structure": [structure(1), structure(2)],
        "AnnexeFinanciere": [annexe(10, "AI", **declare), annexe(11, "AI", af_id_structure=2)],
        "EtatMensuelIndiv": [
            releve(3, emi_motif_sortie_id=DURABLE),
            releve(4, "10.00", emi_motif_sortie_id=DURABLE, emi_pph_id="P2"),
        ],
        "Salarie": [salarie("P1", hash_nir="a"), salarie("P2", hash_nir="b")],
    }
    commande("flux", "importer", str(write_extrait(tmp_path / "e", vues)))
    page = commande("pilotage", "sorties")[1]
    assert "Sorties comptées : 1. Dynamiques : 100,0 %" in page
    assert "1 sous le seuil d’heures" in page
    assert "Annoncé par les annexes : 60,0 %" in page
    page = commande("pilotage", "publics")[1]
    assert "Personnes suivies : 2. Personnes réelles : 2" in page
    assert "secrète" in page
    page = commande("pilotage", "encadrement")[1]
    assert "1 structure le déclare sur 2" in page
    assert "10,0 ETP d’encadrement technique" in page
    page = commande("pilotage", "financeurs")[1]
    assert "40,0 % de ventes et 15,0 % d’aides" in page
    for mot, champ, attendu in (
        ("sorties", "sorties", [1, 0]),
        ("publics", "suivies", [2, 0]),
        ("encadrement", "taux_technique", [10]),
        ("financeurs", "aide_etat", [150]),
    ):
        lu = json.loads(commande("pilotage", mot, "--format", "json")[1])
        assert [ligne[champ] for ligne in lu["lignes"]] == attendu, mot
        assert commande("pilotage", mot, "--format", "csv")[1].count("\n") == len(attendu) + 1
        vide = commande("pilotage", mot, "--type", "EITI")
        assert vide[0] == 0, vide


def test_exits_say_what_the_extract_lacks(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    vues = {**REFERENTIELS, "EtatMensuelIndiv": [releve(3, emi_motif_sortie_id=DURABLE)]}
    commande("flux", "importer", str(write_extrait(tmp_path / "e", vues)))
    page = commande("pilotage", "sorties")[1]
    assert "Il manque à l’extrait : ContratMission." in page
    assert "inconnue" in page


@pytest.mark.parametrize(
    "mots",
    [
        ("--type", "XYZ"),
        ("--etats", "autres"),
        ("--annee", "1999"),
        ("--type", "XYZ", "--etats", "autres"),
    ],
)
def test_options_that_mean_nothing_are_told(
    commande: Callable[..., tuple[int, str, str]], extrait: Path, mots: tuple[str, ...]
) -> None:
    commande("flux", "importer", str(extrait))
    code, _, erreur = commande("pilotage", "structures", *mots)
    assert code == 2
    assert erreur.count("MLG-CLI-004") == len(mots) // 2


def test_an_extract_without_statements_says_so(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    commande("flux", "importer", str(write_extrait(tmp_path / "e")))
    for mot in ("annexes", "structures", "mois", "retards"):
        assert "n’a pas les relevés mensuels" in commande("pilotage", mot)[1]
    assert "taux" not in commande("pilotage", "structures")[1]


def test_repairs_are_asked_for(
    commande: Callable[..., tuple[int, str, str]], extrait: Path
) -> None:
    write_vue(extrait, "Structure", [structure()], fin=9)
    code, _, erreur = commande("flux", "importer", str(extrait))
    assert code == 3
    assert "--accepter-reparations" in erreur
    code, page, _ = commande("flux", "importer", str(extrait), "--accepter-reparations")
    assert code == 0
    assert "Réparation acceptée" in page


def test_a_copy_without_persons_can_be_imported(
    commande: Callable[..., tuple[int, str, str]], extrait: Path, tmp_path: Path
) -> None:
    lignes = []
    for rang, (nom, prenom) in enumerate((("A", "Marie"), ("B", "Jean"), ("C", "Nadia")), 1):
        ligne = structure(rang, structure_adresse_admin_telephone="0299000000")
        ligne[STRUCTURE.index("structure_adresse_admin_cplt_adresse")] = prenom.upper()
        lignes.append([*ligne, nom, prenom])
    write_vue(
        extrait, "Structure", lignes, entete=[*STRUCTURE, "structure_referent_nom", "colonne_7"]
    )
    code, _, erreur = commande("flux", "importer", str(extrait))
    assert code == 3
    assert erreur.count("MLG-FLX-016") == 4
    propre = tmp_path / "propre"
    code, dit, _ = commande(
        "flux", "expurger", str(extrait), "--vers", str(propre), "--retirer", "structure_code_naf"
    )
    assert code == 0
    for nom in (
        *("structure_referent_nom", "colonne_7", "admin_telephone", "structure_code_naf"),
        "admin_cplt_adresse",
    ):
        assert nom in dit
    assert commande("flux", "importer", str(propre))[0] == 0
    assert commande("flux", "expurger", str(extrait), "--vers", str(propre))[0] == 2
    write_vue(extrait, "Structure", [structure(), ["coupée"] * 3, structure(2)])
    code, _, erreur = commande("flux", "expurger", str(extrait), "--vers", str(tmp_path / "deux"))
    assert (code, "MLG-FLX-015" in erreur) == (3, True)
    fichier = next(extrait.glob("*Structure*"))
    fichier.write_bytes(fichier.read_bytes()[:-20])
    code, _, erreur = commande("flux", "expurger", str(fichier), "--vers", str(tmp_path / "trois"))
    assert (code, "MLG-FLX-003" in erreur) == (3, True)
    assert list((tmp_path / "trois").iterdir()) == []


def test_an_accounting_file_is_read(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, texte, _ = commande("fec", "lire", str(write_fec(tmp_path)), "--format", "json")
    lu = json.loads(texte)
    assert code == 0
    assert (lu["utilisable"], lu["lignes"], lu["debit_centimes"]) == (True, 8, DEBIT_CENTIMES)
    assert (lu["premiere_date"], lu["derniere_date"]) == ("2024-01-01", "2024-12-31")
    assert lu["constats"] == lu["reparations"] == []
    faux = [list(ligne) for ligne in LIGNES]
    faux[2][ENTETE.index("EcritureDate")] = "hier"
    faux[3][ENTETE.index("Credit")] = "1234.56"
    chemin = write_fec(tmp_path, faux, nom="export.txt")
    code, page, _ = commande("fec", "lire", str(chemin))
    assert code == 3
    assert "CE QUI EMPÊCHE L’USAGE" in page
    assert "(1 ligne : 4)" in page
    assert "COMPRIS AUTREMENT" in page
    assert commande("fec", "lire", str(chemin), "--format", "csv")[1].count("MLG-FEC") >= 3
    assert commande("fec", "lire", str(tmp_path / "absent.txt"))[0] == 4
