"""A file of hypotheses is read whole, or refused with every fault and its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.modeles import GENRES, calcule, ecrire, lire

from maillage.analyses.modele.hypotheses import MONTANT_UNITAIRE, Origine
from maillage.analyses.modele.lecture import parse_hypotheses, read_hypotheses
from maillage.analyses.modele.toml_situe import TAILLE_MAX, find_lignes
from maillage.indicators.modele.cadre import Nature, Prix, Role
from maillage.kernel.errors import FichierInvalide, Introuvable

if TYPE_CHECKING:
    from pathlib import Path


def refuse(*changements: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Code, place and sentence of each fault."""
    with pytest.raises(FichierInvalide) as erreur:
        lire("AI", *changements)
    return [(un.code, un.ou, un.quoi) for un in erreur.value.anomalies]


def line_of(texte: str, debut: str) -> int:
    return next(n for n, ligne in enumerate(texte.splitlines(), 1) if ligne.startswith(debut))


@pytest.mark.parametrize("genre", GENRES)
def test_every_example_is_read_and_computed(genre: str) -> None:
    hypotheses = lire(genre)
    assert hypotheses.cadre.type_siae == genre
    assert MONTANT_UNITAIRE not in hypotheses.chiffres
    complet = calcule(genre).hypotheses.get(MONTANT_UNITAIRE)
    assert complet.origine is Origine.DROIT
    assert "Arrêté" in complet.source


def test_each_figure_says_where_it_comes_from() -> None:
    hypotheses = lire()
    assert hypotheses.get("clients.particuliers.heures").origine is Origine.DONNEE
    assert hypotheses.get("clients.associations.heures").origine is Origine.HYPOTHESE
    assert hypotheses.get("aide.retard_mois").origine is Origine.DEFAUT
    assert hypotheses.cadre.clients[0].prix is Prix.HORAIRE
    assert hypotheses.cadre.postes[0].role is Role.PERMANENT
    assert hypotheses.cadre.ressources[1].nature is Nature.AUTRE
    assert lire("ACI").cadre.postes[0].role is Role.ENCADREMENT
    assert [un.loi.chemin for un in hypotheses.tirages.lois] == ["volume", "insertion.hausse_smic"]


def test_an_amount_of_one_s_own_annexe_is_kept() -> None:
    propre = (
        "heures_par_etp",
        "montant_unitaire = { valeur = 1700, source = 'annexe' }\nheures_par_etp",
    )
    assert calcule("AI", propre).modele.bareme.montant_unitaire == 1700.0
    assert calcule("AI", propre).hypotheses.get(MONTANT_UNITAIRE).origine is Origine.DONNEE


@pytest.mark.parametrize(
    ("genre", "jour", "dit"),
    [
        ("AI", "2018-01-01", "propre aux AI, en vigueur le 1er janvier 2018"),
        ("AI", "2025-01-01", ""),
        ("ACI", "2018-01-01", "propre aux ACI"),
        ("ACI", "2025-01-01", "employeur public"),
        ("EI", "2018-01-01", ""),
    ],
)
def test_an_exemption_that_is_not_counted_is_told(genre: str, jour: str, dit: str) -> None:
    avertissements = calcule(genre, ("debut = 2025-01-01", f"debut = {jour}")).avertissements
    assert any("exonération" in un for un in avertissements) is bool(dit)
    assert dit in " ".join(avertissements)


def test_every_fault_is_told_at_once_with_its_line() -> None:
    texte = ecrire(
        "AI",
        ('type = "AI"', 'type = "AIE"'),
        ("effectif = 20", "effectif = -1"),
        ("prix_horaire = { valeur = 25.00, source", "prix_horaire = { valeur = 25.00, sourse"),
        ("[charges.locaux]", "[charges.Locaux]"),
    )
    with pytest.raises(FichierInvalide) as erreur:
        parse_hypotheses(texte, "essai.toml")
    trouves = {(un.code, un.ou) for un in erreur.value.anomalies}
    assert trouves == {
        ("MLG-MEC-008", f"essai.toml, ligne {line_of(texte, 'type =')}"),
        ("MLG-MEC-005", f"essai.toml, ligne {line_of(texte, 'effectif =')}"),
        ("MLG-MEC-003", f"essai.toml, ligne {line_of(texte, 'prix_horaire = { valeur = 25.00')}"),
        ("MLG-MEC-007", f"essai.toml, ligne {line_of(texte, 'prix_horaire = { valeur = 25.00')}"),
        ("MLG-MEC-005", f"essai.toml, ligne {line_of(texte, '[charges.Locaux]')}"),
    }


@pytest.mark.parametrize(
    ("changement", "code", "dit"),
    [
        (("format = 1", "format = 2"), "005", "format"),
        (("format = 1\n", ""), "004", "format"),
        (("nom = ", "non = "), "003", "Vouliez-vous dire"),
        (("date = 2024-12-10", 'date = "2024-12-10"'), "005", "une date sans guillemets"),
        (("date = 2024-12-10", "date = 2024-12-10T10:00:00"), "005", "une date sans guillemets"),
        (('nom = "Association intermédiaire inventée"', 'nom = ""'), "005", "un texte"),
        (("association = true", "association = 1"), "005", "true ou false"),
        (("[structure]", "[structures]"), "003", "structures"),
        (("mois = [1]", "mois = [13]"), "005", "une liste de mois"),
        (("mois = [1]", "mois = []"), "005", "une liste de mois"),
        (("mois = [6, 11]", "mois = [6, 6]"), "005", "chacun une fois"),
        (("saisonnalite = [7, 7, 8, 9,", "saisonnalite = [8, 9,"), "005", "douze poids"),
        (
            ("{ valeur = 9000, source", "{ valeur = true, source"),
            "005",
            "clients.particuliers.heures",
        ),
        (
            ("{ valeur = 9000, source", "{ valeur = inf, source"),
            "005",
            "clients.particuliers.heures",
        ),
        (
            ("{ valeur = 9000, source", "{ valeur = -1, source"),
            "006",
            "hors de ce qui est possible",
        ),
        (("valeur = 0.5, hypothese", "valeur = 5, hypothese"), "006", "aide.part_modulee"),
        (
            ("delai_mois = { valeur = 2,", "delai_mois = { valeur = 1.5,"),
            "006",
            "nombre entier de mois",
        ),
        (
            ("valeur = 0.5, hypothese", "valeur = 0.5, source = 'a', hypothese"),
            "007",
            "soit une donnée",
        ),
        (
            ("heures_par_etp = { valeur = 1607", "heure_par_etp = { valeur = 1607"),
            "004",
            "heures_par_etp",
        ),
        (
            (
                "prix_horaire = { valeur = 25.00",
                "coefficient = { valeur = 1.9, hypothese = 'x' }\nprix_horaire = { valeur = 25.00",
            ),
            "009",
            "un prix, et un seul",
        ),
        (("bas = 0.85", "bas = 1.2"), "010", "n’est pas possible"),
        (("bas = 0.0", "bas = 0.04"), "010", "n’est pas possible"),
        (("bas = 0.85", 'bas = "x"'), "005", "un nombre"),
        (("bas = 0.85\n", ""), "004", "bas"),
        (('effet = "facteur"', 'effet = "ecart"'), "010", "plusieurs chiffres"),
        (('sur = "insertion.hausse_smic"', 'sur = "volume"'), "010", "Deux lois"),
        (('sur = "insertion.hausse_smic"', 'sur = "insertion.hausse"'), "008", "n’existe pas"),
        (
            ("[tirages]\nnombre = 1000\ngraine = 7\n", "[tirages]\nnombre = 0\n"),
            "005",
            "tirages.nombre",
        ),
    ],
)
def test_a_fault_has_its_code(changement: tuple[str, str], code: str, dit: str) -> None:
    fautes = refuse(changement)
    with pytest.raises(FichierInvalide) as erreur:
        lire("AI", changement)
    voulues = [un for un in erreur.value.anomalies if un.code == f"MLG-MEC-{code}"]
    assert voulues, fautes
    assert any(dit in un.quoi + un.que_faire for un in voulues)
    assert all(un.ou.startswith("modele.toml") for un in voulues)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("", "004"),
        ("clients = 3\naide = 4\ntresorerie = 1\n", "005"),
        ("[clients]\nmairie = 3\n", "005"),
        ("[tirages]\nlois = 3\n", "005"),
        ("[tirages]\nlois = [3]\n", "005"),
        ("[clients.a]\n", "009"),
        ("format = 1\n", "011"),
    ],
)
def test_a_file_that_is_hardly_one_is_refused_with_codes(texte: str, code: str) -> None:
    with pytest.raises(FichierInvalide) as erreur:
        parse_hypotheses(texte, "essai.toml")
    assert f"MLG-MEC-{code}" in {un.code for un in erreur.value.anomalies}
    assert len(set(erreur.value.anomalies)) == len(erreur.value.anomalies)


def test_what_is_not_toml_is_refused_with_its_place() -> None:
    with pytest.raises(FichierInvalide) as erreur:
        parse_hypotheses("nom = \n", "essai.toml")
    assert erreur.value.anomalies[0].code == "MLG-MEC-002"
    assert erreur.value.anomalies[0].ou == "essai.toml, ligne 1, colonne 7"


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    fichier = tmp_path / "ai.toml"
    fichier.write_text("\ufeff" + ecrire(), encoding="utf-8")
    assert read_hypotheses(fichier).fichier == "ai.toml"
    with pytest.raises(Introuvable, match="MLG-MEC-001"):
        read_hypotheses(tmp_path / "absent.toml")
    fichier.write_bytes(b"nom = '\xe9'")
    with pytest.raises(FichierInvalide, match="MLG-MEC-002"):
        read_hypotheses(fichier)
    fichier.write_bytes(b"#" * (TAILLE_MAX + 1))
    with pytest.raises(FichierInvalide, match="MLG-MEC-002"):
        read_hypotheses(fichier)


def test_lines_are_found_in_sections_and_lists() -> None:
    texte = 'a = 1\n[b.c]\nd = 2\n[[e.f]]\ng = 1\n[[e.f]]\ng = 2\n["x"]\n"y" = 1\n'
    assert find_lignes(texte) == {
        "a": 1,
        "b.c": 2,
        "b.c.d": 3,
        "e.f.0": 4,
        "e.f.0.g": 5,
        "e.f.1": 6,
        "e.f.1.g": 7,
        "x": 8,
        "x.y": 9,
    }
