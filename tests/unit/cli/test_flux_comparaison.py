"""Comparison, letters and points from the command line, in the process of the test."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait

from maillage.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Commande = Callable[..., tuple[int, str, str]]


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commande:
    """Run a command; its exit code and what it wrote on both streams, spaces plain."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f−", "  -")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


@pytest.fixture
def deux(tmp_path: Path, commande: Commande) -> Commande:
    """Two extracts: an annexe loses posts and is refused its bank details, a month is late, one is done."""
    structures = [
        structure(1, structure_denomination="JARDIN (SYNTHETIQUE)"),
        structure(2, structure_denomination="ATELIER (SYNTHETIQUE)"),
    ]
    ai = {"af_id_structure": 2}
    for nom, jour, vues in (
        (
            "ancien",
            date(2025, 5, 20),
            {
                "AnnexeFinanciere": [annexe(10), annexe(11, "AI", **ai)],
                "EtatMensuelIndiv": [releve(1), releve(2)],
            },
        ),
        (
            "nouveau",
            date(2025, 7, 5),
            {
                "AnnexeFinanciere": [
                    annexe(
                        10,
                        af_etp_postes_insertion="10.00",
                        af_etat_annexe_financiere_code="REJETE",
                        af_motif_rejet_code="CP_BANC_KO",
                    ),
                    annexe(11, "AI", **ai),
                ],
                "EtatMensuelIndiv": [releve(1), releve(2), releve(3, emi_afi_id=11)],
            },
        ),
    ):
        dossier = write_extrait(tmp_path / nom, {"Structure": structures, **vues}, jour)
        assert commande("flux", "importer", str(dossier))[0] == 0
    return commande


def test_what_changed_is_shown_and_written(deux: Commande, tmp_path: Path) -> None:
    code, page, _ = deux("flux", "comparer")
    assert code == 0
    assert "Du 20 mai 2025 au 5 juillet 2025" in page
    assert "Données synthétiques" in page
    assert "REJETS, EN CLAIR" in page
    assert "ne l’envoyez pas au réseau" in page.lower()
    assert "mars 2025 : retard rattrapé" in page
    assert "toujours en retard" not in page.split("UN PAR UN")[1]
    tout = deux("flux", "comparer", "--tous-les-mois")[1]
    assert "toujours en retard" in tout.split("UN PAR UN")[1]

    lu = json.loads(deux("flux", "comparer", "2025-05-20", "2025-07-05", "--format", "json")[1])
    assert lu["synthetique"] is True
    assert lu["totaux"]["rejets_bancaires"]["nombre"] == 1
    assert lu["totaux"]["rattrape"]["euros"] == 24_000
    assert {"postes", "etat", "rejetee", "rattrapes", "en_retard"} == {
        changement["nature"] for changement in lu["changements"]
    }
    cible = tmp_path / "changements.csv"
    assert deux("flux", "comparer", "--sortie", str(cible))[0] == 0
    lignes = cible.read_text(encoding="utf-8-sig").splitlines()
    assert len(lignes) == len(lu["changements"]) + 1
    assert deux("flux", "comparer", "--sortie", str(cible))[0] == 2


def test_a_filter_keeps_what_is_asked_for(deux: Commande) -> None:
    page = deux("flux", "comparer", "--type", "ai", "--departement", "35")[1]
    assert "ATELIER" in page
    assert "JARDIN" not in page
    rien = deux("flux", "comparer", "--type", "EITI")[1]
    assert "0 annexe comparée" in rien
    assert "Rien d’autre n’a changé" in rien
    code, _, erreur = deux("flux", "comparer", "--type", "XX", "--type", "YY")
    assert (code, erreur.count("MLG-CLI-004")) == (2, 2)


def test_what_cannot_be_compared_is_refused(deux: Commande, commande: Commande) -> None:
    for mots, attendu in (
        (("2025-07-05", "2025-05-20"), "MLG-PIL-020"),
        (("2025-07-05",), "MLG-PIL-020"),
        (("2019-01-01",), "MLG-FLX-030"),
    ):
        code, _, erreur = deux("flux", "comparer", *mots)
        assert code in {2, 4}
        assert attendu in erreur
    deux("flux", "oublier", "2025-05-20")
    code, _, erreur = commande("flux", "comparer")
    assert (code, "MLG-PIL-022" in erreur) == (4, True)


def test_letters_are_written_one_per_structure(deux: Commande, tmp_path: Path) -> None:
    vers = tmp_path / "courriers" / "juillet"
    code, dit, _ = deux("pilotage", "lettres", "retards", "--vers", str(vers))
    assert code == 0
    assert "1 lettre écrite" in dit
    assert "n’en envoyez aucune" in dit
    (seule,) = vers.iterdir()
    assert seule.name == "retards-2-ai-atelier-synthetique.txt"
    texte = seule.read_text(encoding="utf-8")
    assert "SYNTHÉTIQUES" in texte
    code, dit, _ = deux(
        *("pilotage", "lettres", "comparaison", "--vers", str(vers), "--expediteur", "Le Réseau")
    )
    assert "2 lettres écrites" in dit
    assert len(list(vers.iterdir())) == 3
    assert "Le Réseau" in (vers / "comparaison-1-aci-jardin-synthetique.txt").read_text("utf-8")
    aucune = deux("pilotage", "lettres", "retards", "--vers", str(vers), "--type", "ACI")
    assert "aucune lettre à écrire" in aucune[1]
    aucune = deux("pilotage", "lettres", "comparaison", "--vers", str(vers), "--type", "EI")
    assert "Rien n’a changé" in aucune[1]
    code, _, erreur = deux("pilotage", "lettres", "retards", "--vers", str(vers), "--annee", "1999")
    assert (code, "MLG-CLI-004" in erreur) == (2, True)
    code, dit, _ = deux(
        "pilotage", "lettres", "retards", "--vers", str(vers), "--annee", "2025", "--remplacer"
    )
    assert code == 0


def test_letters_that_exist_are_kept_and_nothing_is_half_written(
    deux: Commande, tmp_path: Path
) -> None:
    vers = tmp_path / "courriers"
    vers.mkdir()
    deja = vers / "comparaison-2-ai-atelier-synthetique.txt"
    deja.write_text("à moi", encoding="utf-8")
    mots = ("pilotage", "lettres", "comparaison", "--vers", str(vers))
    code, _, erreur = deux(*mots)
    assert code == 2
    assert "MLG-CLI-007" in erreur
    assert [fichier.name for fichier in vers.iterdir()] == [deja.name]
    assert deja.read_text(encoding="utf-8") == "à moi"
    assert deux(*mots, "--remplacer")[0] == 0
    assert deja.read_text(encoding="utf-8") != "à moi"
    assert len(list(vers.iterdir())) == 2
    fichier = tmp_path / "fichier"
    fichier.write_text("", encoding="utf-8")
    code, _, erreur = deux("pilotage", "lettres", "comparaison", "--vers", str(fichier))
    assert (code, "MLG-CLI-008" in erreur) == (6, True)
    assert "un fichier se trouve à la place d’un dossier" in erreur


def test_points_of_a_structure_are_shown(deux: Commande, tmp_path: Path) -> None:
    code, page, _ = deux("pilotage", "dialogue", "2-ai")
    assert code == 0
    assert "SAISIE EN RETARD — À RÉGLER AVANT" in page
    assert "Données synthétiques" in page
    assert "CE QUE L’EXTRAIT NE DIT PAS" in page
    assert "REPÈRES DU RÉSEAU, MODIFIABLES" in page
    assert "[taux_realisation]" in page
    lu = json.loads(deux("pilotage", "dialogue", "1-ACI", "--format", "json")[1])
    assert [point["code"] for point in lu["points"]] == ["rejet"]
    assert lu["points"][0]["chiffres"][0]["valeur"] == 288_000
    assert lu["annexes"][0]["prochaine"] == "2025-08"
    cible = tmp_path / "points.csv"
    assert deux("pilotage", "dialogue", "2-AI", "--sortie", str(cible))[0] == 0
    assert "mois_en_retard" in cible.read_text(encoding="utf-8-sig")
    for mot in ("2", "AI-2", "2-XX"):
        code, _, erreur = deux("pilotage", "dialogue", mot)
        assert (code, "MLG-CLI-004" in erreur) == (2, True)
    code, _, erreur = deux("pilotage", "dialogue", "2-AI", "--annee", "2019")
    assert (code, "MLG-PIL-023" in erreur) == (4, True)
