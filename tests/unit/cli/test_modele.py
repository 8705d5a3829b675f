"""`maillage modele` as typed: pages, CSV, JSON, workbook, first version from accounts, refusals."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from factories.ai_complete import (
    AIDE,
    COTISATIONS,
    RESULTAT,
    VENTES,
    write_extrait_complet,
    write_fec_complet,
    write_rattachement,
)
from factories.exercices import write_exercice
from factories.modele_a_la_main import calculer as calculer_a_la_main
from factories.tableur import Classeur

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

    def call(*mots: object) -> tuple[int, str, str]:
        code = run(list(map(str, mots)))
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


@pytest.fixture
def ai(commande: Commande, tmp_path: Path) -> Path:
    """The example of an AI, written."""
    fichier = tmp_path / "ai.toml"
    assert commande("modele", "exemple", "--sortie", fichier)[0] == 0
    return fichier


def rows(texte: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texte)))


def test_an_example_is_written_once_and_computed(commande: Commande, ai: Path) -> None:
    assert "MLG-CLI-007" in commande("modele", "exemple", "--sortie", ai)[2]
    assert commande("modele", "exemple", "--sortie", ai, "--remplacer")[0] == 0
    assert ai.read_text("utf-8") == commande("modele", "exemple")[1]
    code, page, _ = commande("modele", "calculer", ai)
    assert code == 0
    for phrase in (
        "AI, exercice ouvert le 1er janvier 2025, version du 10 décembre 2024 : résultat 8 984 €.",
        "Une heure facturée coûte 24,74 € et se vend 23,45 €",
        "une heure de plus rapporte 8,50 €, sans aide : les postes conventionnés sont atteints.",
        "L’année s’équilibre à partir de 14 977 h : 16 000 h sont prévues, 1 023 au-dessus.",
        "La trésorerie la plus basse est de 33 004 €, à la fin de mai 2025.",
        "Salaire brut d’une heure, hors indemnités",
        "Constaté en 2024",
        "Toutes les heures sont payées au salaire moyen",
    ):
        assert phrase in page


def test_every_kind_is_computed(commande: Commande, tmp_path: Path) -> None:
    for genre in ("ACI", "EI", "ETTI"):
        fichier = tmp_path / f"{genre}.toml"
        commande("modele", "exemple", "--type", genre.lower(), "--sortie", fichier)
        code, page, erreur = commande("modele", "calculer", fichier)
        assert (code, erreur) == (0, "")
        assert f"{genre}, exercice ouvert" in page


def test_under_the_agreed_posts_one_more_hour_brings_its_aide(commande: Commande, ai: Path) -> None:
    ai.write_text(ai.read_text("utf-8").replace("valeur = 9000", "valeur = 7000"), "utf-8")
    page = commande("modele", "calculer", ai)[1]
    assert "aide au poste comprise" in page.splitlines()[3]
    assert "au-dessous" in page


def test_a_year_that_nothing_balances_says_why(commande: Commande, ai: Path) -> None:
    ai.write_text(ai.read_text("utf-8").replace("valeur = 11.88", "valeur = 40"), "utf-8")
    page = commande("modele", "calculer", ai)[1]
    assert "Pas de volume d’équilibre. Une heure de plus ne rapporte rien" in page
    assert any(
        "Volume d’équilibre" in ligne and "sans objet" in ligne for ligne in page.splitlines()
    )


def test_the_workbook_is_written_beside_the_result(
    commande: Commande, ai: Path, tmp_path: Path
) -> None:
    xlsx = tmp_path / "ai.xlsx"
    code, texte, erreur = commande("modele", "calculer", ai, "--xlsx", xlsx, "--format", "json")
    assert code == 0
    assert f"Écrit : {xlsx}" in erreur
    lu = json.loads(texte)
    classeur = Classeur(xlsx.read_bytes())
    resultat = classeur.value("Synthèse", "Résultat de l’année")
    assert resultat == pytest.approx(lu["reponses"]["resultat"]["valeur"])
    assert [un["code"] for un in lu["annee"]][-1] == "resultat"
    soldes = calculer_a_la_main(ai.read_text("utf-8")).soldes
    assert lu["tresorerie"]["soldes"] == pytest.approx(soldes, abs=0.02)
    assert {un["origine"] for un in lu["hypotheses"]} == {"donnee", "hypothese", "droit", "defaut"}
    assert any(un["chemin"] == "smic.horaire_brut" for un in lu["droit"])
    refus = commande("modele", "calculer", ai, "--xlsx", xlsx)
    assert (refus[0], refus[1]) == (2, "")
    assert "MLG-CLI-007" in refus[2]


def test_a_model_as_csv(commande: Commande, ai: Path) -> None:
    lues = rows(commande("modele", "calculer", ai, "--format", "csv")[1])
    assert {un["partie"] for un in lues} == {"reponse", "annee", "tresorerie"}
    volume = next(un for un in lues if un["code"] == "volume")
    assert (round(float(volume["valeur"])), volume["etat"]) == (14977, "connue")


def test_every_fault_of_a_file_is_told(commande: Commande, ai: Path) -> None:
    texte = ai.read_text("utf-8").replace('type = "AI"', 'type = "AIX"')
    ai.write_text(texte.replace("bas = 0.85", "bas = 3"), "utf-8")
    code, page, erreur = commande("modele", "calculer", ai)
    assert (code, page) == (3, "")
    assert "2 problèmes" in erreur
    assert "MLG-MEC-008" in erreur
    assert "MLG-MEC-010" in erreur
    assert "ai.toml, ligne 9" in erreur


def test_an_unknown_amount_is_refused_unless_it_is_given_or_projected(
    commande: Commande, ai: Path
) -> None:
    ai.write_text(
        ai.read_text("utf-8").replace("debut = 2025-01-01", "debut = 2026-01-01"), "utf-8"
    )
    code, _, erreur = commande("modele", "calculer", ai)
    assert code != 0
    assert "aucun arrêté trouvé" in erreur
    page = commande("modele", "calculer", ai, "--projection")[1]
    assert "projection" in page.lower()


def test_two_versions_side_by_side(commande: Commande, ai: Path, tmp_path: Path) -> None:
    autre = tmp_path / "juin.toml"
    texte = ai.read_text("utf-8").replace("valeur = 9000", "valeur = 8000")
    texte = texte.replace("[charges.assurance]", "[charges.assurances]")
    texte = texte.replace("association = true", "association = false")
    autre.write_text(texte.replace("effectif = 20", "effectif = 60"), "utf-8")
    code, page, _ = commande("modele", "comparer", ai, autre)
    assert code == 0
    assert "effectif : 20, puis 60." in page
    assert "association : oui, puis non." in page
    assert "Particuliers : heures vendues" in page
    assert "9 000 h" in page
    assert "sans objet" in page  # the insurance changed its name
    lu = json.loads(commande("modele", "comparer", ai, autre, "--format", "json")[1])
    ecarts = {un["code"]: un["ecart"] for un in lu["reponses"]}
    assert ecarts["heures"] == -1000
    assert {un["chemin"] for un in lu["hypotheses"]} == {
        "clients.particuliers.heures",
        "charges.assurance.montant_annuel",
        "charges.assurances.montant_annuel",
    }
    meme = commande("modele", "comparer", ai, ai)[1]
    assert "Rien : les deux versions ont les mêmes hypothèses." in meme
    assert rows(commande("modele", "comparer", ai, ai, "--format", "csv")[1])[0]["ecart"] == "0"


def test_the_threshold_of_one_version_may_not_exist(
    commande: Commande, ai: Path, tmp_path: Path
) -> None:
    autre = tmp_path / "cher.toml"
    autre.write_text(ai.read_text("utf-8").replace("valeur = 11.88", "valeur = 40"), "utf-8")
    for paire in ((ai, autre), (autre, ai)):
        lues = rows(commande("modele", "comparer", *paire, "--format", "csv")[1])
        volume = next(un for un in lues if un["code"] == "volume")
        assert volume["ecart"] == ""
        assert "sans_objet" in {volume["etat_avant"], volume["etat_apres"]}


def test_shocks(commande: Commande, ai: Path) -> None:
    code, page, _ = commande("modele", "stress", ai, "--smic", "3", "--retard", "4")
    assert code == 0
    assert "SMIC +3,0 %, activité −10,0 %, aide en retard de 4 mois" in page
    assert "Client perdu : Collectivités" in page
    lues = rows(commande("modele", "stress", ai, "--format", "csv")[1])
    assert next(un for un in lues if un["code"] == "aide_en_retard")["ecart_resultat"] == "0"
    code, _, erreur = commande("modele", "stress", ai, "--smic", "300", "--retard", "40")
    assert code == 2
    assert erreur.count("MLG-CLI-004") == 2


def test_reforms(commande: Commande, ai: Path) -> None:
    code, page, _ = commande("modele", "reformes", ai)
    assert code == 0
    assert "Aide au poste des AI doublée" in page
    assert "Ne change rien de ce que le modèle lit." in page
    assert "sans jour d’effet" in page
    lues = rows(commande("modele", "reformes", ai, "--reforme", "ai_doublee", "--format", "csv")[1])
    # 9.5 posts at 1 619 € more, and half of a tenth of it
    assert [un["le"] for un in lues] == ["2026-01-01"]
    assert float(lues[0]["ecart_resultat"]) == pytest.approx(9.5 * 1619 * 1.05)
    assert commande("modele", "reformes", ai, "--reforme", "inconnue")[0] != 0


def test_draws(commande: Commande, ai: Path) -> None:
    code, page, _ = commande("modele", "tirages", ai)
    assert code == 0
    assert "1 000 tirages, graine 7, les mêmes pour tous les scénarios" in page
    assert "volume : triangulaire, de 0,850 à 1,100 (multiplie)" in page
    un, deux = (commande("modele", "tirages", ai, "--format", "csv")[1] for _ in range(2))
    assert un == deux
    autre = commande("modele", "tirages", ai, "--graine", "8", "--nombre", "50", "--format", "json")
    lu = json.loads(autre[1])
    assert (lu["graine"], lu["distributions"][0]["nombre"]) == (8, 50)
    assert list(rows(un)[0])[4:] == [
        *("q05", "q10", "q25", "q50", "q75", "q90", "q95", "probabilite_perte"),
    ]
    sans = ai.read_text("utf-8").partition("[[tirages.lois]]")[0]
    ai.write_text(sans, "utf-8")
    assert "MLG-MEC-014" in commande("modele", "tirages", ai)[2]


# the first version, from accounts and an extract


@pytest.fixture
def fec(commande: Commande, tmp_path: Path) -> Path:
    """The accounts of the whole invented AI, its extract being imported."""
    assert commande("flux", "importer", write_extrait_complet(tmp_path / "extrait"))[0] == 0
    return write_fec_complet(tmp_path)


def test_the_model_of_the_year_has_the_result_of_its_accounts(
    commande: Commande, fec: Path, tmp_path: Path
) -> None:
    cible = tmp_path / "ai2025.toml"
    code, _, erreur = commande(
        *("modele", "depuis", fec, "--type", "ai", "--debut", "2025-01-01", "--effectif", 20),
        *("--etp-permanents", "3", "--rattachement", write_rattachement(tmp_path)),
        *("--sortie", cible),
    )
    assert code == 0
    assert "À compléter — Toutes les ventes : délai de paiement" in erreur
    assert "Effectif" not in erreur
    lu = json.loads(commande("modele", "calculer", cible, "--format", "json")[1])
    lignes = {un["code"]: un["montant"] for un in lu["annee"]}
    assert lignes["ventes.ensemble"] == VENTES
    assert lignes["aide"] == AIDE
    postes = lignes["postes.permanents"] + 92_000
    assert lignes["cotisations"] + postes == pytest.approx(-COTISATIONS, abs=0.02)
    assert lignes["resultat"] == pytest.approx(RESULTAT, abs=0.02)
    a_la_main = calculer_a_la_main(cible.read_text("utf-8"))
    assert a_la_main.resultat == pytest.approx(RESULTAT, abs=0.02)
    assert lu["tresorerie"]["soldes"] == pytest.approx(a_la_main.soldes, abs=0.02)
    assert lu["reponses"]["volume"]["valeur"] == pytest.approx(a_la_main.volume)
    assert lu["tresorerie"]["initiale"] == 45_000
    xlsx = tmp_path / "ai2025.xlsx"
    assert commande("modele", "calculer", cible, "--xlsx", xlsx)[0] == 0
    classeur = Classeur(xlsx.read_bytes())
    assert classeur.value("Calcul", "Marge d’une heure, hors aide") == pytest.approx(
        a_la_main.marge
    )
    assert classeur.value("Synthèse", "Volume d’équilibre") == pytest.approx(a_la_main.volume)
    assert classeur.value("Synthèse", "Prix d’équilibre") == pytest.approx(a_la_main.prix)
    soldes = classeur.row("Trésorerie", "Trésorerie à la fin du mois", 12)
    assert soldes == pytest.approx(a_la_main.soldes, abs=0.02)
    origines = {un["chemin"]: un["origine"] for un in lu["hypotheses"]}
    assert origines["clients.ensemble.heures"] == origines["aide.etp_conventionnes"] == "donnee"
    assert origines["insertion.taux_cotisations"] == "hypothese"


def test_without_the_choices_of_the_structure_what_lacks_is_told(
    commande: Commande, fec: Path
) -> None:
    code, texte, erreur = commande("modele", "depuis", fec, "--type", "AI")
    assert code == 0
    assert "debut = 2026-01-01" in texte
    for quoi in (
        "retirez l’aide au poste de ce montant",
        "le nombre de postes permanents",
        "Effectif : le nombre de salariés",
        "le délai de paiement des fournisseurs",
    ):
        assert quoi in erreur
        assert quoi.split(" : ")[-1] in texte


def test_what_cannot_start_a_model_is_refused(
    commande: Commande, fec: Path, tmp_path: Path
) -> None:
    for mots, code in (
        (("depuis", fec), "MLG-CLI-003"),
        (("depuis", fec, "--type", "EITI"), "MLG-CLI-004"),
        (("depuis", fec, "--type", "ACI"), "MLG-MEC-013"),
        (("depuis", fec, "--type", "AI", "--siren", "552100554"), "MLG-MEC-013"),
        (("depuis", fec, "--type", "AI", "--etp-permanents", "trois"), "MLG-CLI-004"),
        (("depuis", fec, "--type", "AI", "--sortie", fec), "MLG-CLI-007"),
    ):
        refus, page, erreur = commande("modele", *mots)
        assert refus != 0
        assert page == ""
        assert code in erreur
    ancien = write_exercice(tmp_path)  # of 2024, for which nothing is entered
    assert "MLG-MEC-012" in commande("modele", "depuis", ancien, "--type", "AI")[2]
