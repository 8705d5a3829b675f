"""The workbook: its formulas, computed by another program, give the model's figures; they live."""

from __future__ import annotations

import io
import zipfile

import pytest
from factories.modele_a_la_main import calculer
from factories.modeles import GENRES, calcule, ecrire
from factories.tableur import Classeur

from maillage.analyses.modele.classeur import FEUILLES, write_classeur
from maillage.analyses.modele.feuille import name_column
from maillage.analyses.modele.phrases import SANS_OBJET

CENTIME = 0.011
SANS_ABATTEMENT = ("association = true", "association = false")
DANS_L_ASSIETTE = ("insertion_dans_assiette = false", "insertion_dans_assiette = true")
DEUX_ANS = ("horizon_mois = 13", "horizon_mois = 24")
EN_2026 = ("debut = 2025-01-01", "debut = 2026-01-01")
ANNEXE = (
    "heures_par_etp",
    "montant_unitaire = { valeur = 1650, source = 'annexe' }\nheures_par_etp",
)
EN_2016 = ("debut = 2025-01-01", "debut = 2016-01-01")
RETARD = ("[aide]\n", "[aide]\nretard_mois = { valeur = 2, hypothese = 'essai' }\n")
SANS_HEURES = tuple(
    (f"heures = {{ valeur = {un},", "heures = { valeur = 0,") for un in (9000, 4000, 1600, 1400)
)
CAS = [
    *((genre, ()) for genre in GENRES),
    ("AI", (SANS_ABATTEMENT, DANS_L_ASSIETTE)),
    (
        "AI",
        (
            SANS_ABATTEMENT,
            ("valeur = 38000", "valeur = 26000"),
            ("etp = { valeur = 2,", "etp = { valeur = 0.2,"),
        ),
    ),
    ("AI", (DEUX_ANS, RETARD)),
    ("AI", (EN_2026, ANNEXE)),
    ("AI", (EN_2016, SANS_ABATTEMENT)),
    ("AI", SANS_HEURES),
    ("AI", (("valeur = 23.00", "valeur = 13.00"),)),
    ("ACI", (("valeur = 42000", "valeur = 900000"),)),
    ("ACI", (("etp_conventionnes = { valeur = 10,", "etp_conventionnes = { valeur = 0,"),)),
    ("EI", (("etp_conventionnes = { valeur = 12,", "etp_conventionnes = { valeur = 7,"),)),
]


@pytest.mark.parametrize(("genre", "changements"), CAS)
def test_every_formula_gives_what_the_model_gives(
    genre: str, changements: tuple[tuple[str, str], ...]
) -> None:
    classeur = Classeur(write_classeur(calcule(genre, *changements)))
    assert len(classeur.formules) > 200
    ecarts = {
        ou: (classeur[ou], classeur.gardees[ou])
        for ou in classeur.formules
        if classeur[ou] != pytest.approx(classeur.gardees[ou], abs=CENTIME)
    }
    assert ecarts == {}


@pytest.mark.parametrize("genre", GENRES)
def test_the_workbook_and_the_computation_by_hand_agree_cell_by_cell(genre: str) -> None:
    a_la_main, classeur = calculer(ecrire(genre)), Classeur(write_classeur(calcule(genre)))
    assert classeur.value("Calcul", "Coût direct d’une heure") == pytest.approx(
        a_la_main.cout_direct
    )
    assert classeur.value("Calcul", "Marge d’une heure, hors aide") == pytest.approx(
        a_la_main.marge
    )
    assert classeur.value("Calcul", "Résultat de l’année") == pytest.approx(a_la_main.resultat)
    assert classeur.value("Synthèse", "Volume d’équilibre") == pytest.approx(a_la_main.volume)
    assert classeur.value("Synthèse", "Prix d’équilibre") == pytest.approx(a_la_main.prix)
    verses = classeur.row("Aide au poste", "Versé dans le mois", 13)
    assert verses == pytest.approx(a_la_main.versements, abs=CENTIME)
    soldes = classeur.row("Trésorerie", "Trésorerie à la fin du mois", len(a_la_main.soldes))
    assert soldes == pytest.approx(a_la_main.soldes, abs=2 * CENTIME)


@pytest.mark.parametrize(
    ("chemin", "valeur", "changement"),
    [
        ("clients.particuliers.heures", 7500, ("valeur = 9000", "valeur = 7500")),
        (
            "clients.particuliers.delai_mois",
            3,
            (
                'delai_mois = { valeur = 1, hypothese = "Facture',
                'delai_mois = { valeur = 3, hypothese = "Facture',
            ),
        ),
        ("insertion.salaire_horaire_brut", 12.5, ("valeur = 11.88", "valeur = 12.5")),
        ("aide.etp_conventionnes", 6, ("valeur = 9.5", "valeur = 6")),
        ("tresorerie.initiale", 1000, ("valeur = 45000", "valeur = 1000")),
        ("ressources.departement.montant_annuel", 0, ("valeur = 12000", "valeur = 0")),
    ],
)
def test_a_figure_that_is_changed_changes_all_that_follows(
    chemin: str, valeur: float, changement: tuple[str, str]
) -> None:
    classeur, attendu = Classeur(write_classeur(calcule())), calcule("AI", changement).modele
    classeur.set(("Hypothèses", classeur.find("Hypothèses", chemin)), valeur)
    assert classeur.value("Synthèse", "Résultat de l’année") == pytest.approx(attendu.resultat)
    assert classeur.value("Synthèse", "Volume d’équilibre") == pytest.approx(attendu.seuils.volume)
    soldes = classeur.row("Trésorerie", "Trésorerie à la fin du mois", 13)
    assert soldes == pytest.approx(attendu.tresorerie.soldes.tolist(), abs=2 * CENTIME)
    assert soldes != calcule().modele.tresorerie.soldes.tolist()


def test_without_hours_the_workbook_says_so() -> None:
    classeur = Classeur(write_classeur(calcule("AI", *SANS_HEURES)))
    for libelle in ("Coût complet d’une heure", "Volume d’équilibre", "Prix d’équilibre"):
        assert classeur.value("Synthèse", libelle) == SANS_OBJET


def test_every_figure_shows_its_origin_and_its_source() -> None:
    hypotheses = calcule().hypotheses
    classeur = Classeur(write_classeur(calcule()))
    for cle in hypotheses.list_cles():
        ligne = classeur.find("Hypothèses", cle.chemin)[1:]
        chiffre = hypotheses.get(cle.chemin)
        assert classeur["Hypothèses", f"D{ligne}"] == chiffre.origine.value
        assert classeur["Hypothèses", f"E{ligne}"] == chiffre.source
    textes = [un for (feuille, _), un in classeur.gardees.items() if feuille == "Droit"]
    assert any("Décret" in str(un) or "SMIC" in str(un) for un in textes)


def test_the_same_model_is_the_same_file_and_runs_nothing() -> None:
    octets = write_classeur(calcule("AI", ('"Particuliers"', '"=1+1"')))
    assert octets == write_classeur(calcule("AI", ('"Particuliers"', '"=1+1"')))
    classeur = Classeur(octets)
    assert {feuille for feuille, _ in classeur.gardees} == set(FEUILLES)
    assert all("=1+1" not in un for un in classeur.formules.values())
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert not any("vba" in nom or "external" in nom for nom in archive.namelist())


def test_columns_have_their_letters() -> None:
    assert [name_column(rang) for rang in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]
