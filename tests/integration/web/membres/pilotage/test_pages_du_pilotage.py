"""What the pages say is what the indicators compute; each finding, each link, each file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from factories.membres import client_de

from maillage.data.extraits import forget_extrait, list_extraits
from maillage.indicators.pilotage.cartes import CARTES
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.tableaux import list_structures
from maillage.web.pilotage.chiffres import is_of_annexes

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.membres import PetitReseau


def read_csv(texte: str) -> list[dict[str, str]]:
    separateur = ";" if ";" in texte.split("\n", 1)[0] else ","
    return list(csv.DictReader(io.StringIO(texte.lstrip("\ufeff")), delimiter=separateur))


def plain(html: str) -> str:
    return html.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_week_starts_by_what_stops_money(lire: Callable[..., str]) -> None:
    texte = plain(lire("delegation", "/pilotage/"))
    ordre = [
        texte.index(mots)
        for mots in (
            "1 paiement suspendu",
            "structures en retard de saisie",
            "loin sous leurs postes",
            "1 structure sans organisation",
        )
    ]
    assert ordre == sorted(ordre)
    assert "LES CIMES (AI)" in texte


def test_the_list_sorts_by_each_heading_and_keeps_its_criteria(lire: Callable[..., str]) -> None:
    for cle in ("nom", "type", "departement", "etp", "faits", "retard", "venir", "taux", "ecart"):
        texte = lire("delegation", f"/pilotage/structures/?tri={cle}&ordre=desc&type=AI")
        assert f"tri={cle}&amp;ordre=" in texte or f"tri={cle}&ordre=" in texte
        assert "SANS PERSONNE" not in texte
    par_ecart = lire("delegation", "/pilotage/structures/?tri=ecart&ordre=asc")
    assert par_ecart.index("LES CIMES") < par_ecart.index("COUP DE POUCE")


@pytest.mark.parametrize(
    ("critere", "attendues"),
    [
        ("q=passerelle", {2}),
        ("q=22222", {2}),
        ("type=ACI", {4}),
        ("departement=38", {3}),
        ("region=53", {1, 2, 4}),
        ("liens=sans", {4}),
        ("liens=reliees&region=53", {1, 2}),
        ("structure=3-AI", {3}),
    ],
)
def test_each_criterion_chooses(
    lire: Callable[..., str], critere: str, attendues: set[int]
) -> None:
    lignes = read_csv(lire("delegation", f"/pilotage/structures.csv?{critere}"))
    assert {int(ligne["asp_id"]) for ligne in lignes} == attendues


def test_places_that_an_address_names_must_exist(lire: Callable[..., str]) -> None:
    assert "MLG-PIL-010" in lire("delegation", "/pilotage/structures/?type=ESAT", 400)
    assert "MLG-PIL-010" in lire("delegation", "/pilotage/?annee=1999", 400)
    assert "MLG-FLX-030" in lire("delegation", "/pilotage/?extrait=zz", 404)
    assert "MLG-TER-001" in lire("delegation", "/pilotage/structures/?region=99", 404)
    lire("delegation", "/pilotage/structures/pas-une-cle/", 404)
    lire("delegation", "/pilotage/structures/99-AI/", 404)


def test_the_file_says_what_the_indicators_compute(lire: Callable[..., str]) -> None:
    faits = load_faits()
    attendues = {(s.asp_id, s.type): s for s in list_structures(faits, 2025)}
    lignes = read_csv(lire("delegation", "/pilotage/structures.csv"))
    assert len(lignes) == len(attendues) == 4
    for ligne in lignes:
        s = attendues[int(ligne["asp_id"]), ligne["type"]].synthese
        assert float(ligne["ecart_euros"].replace(",", ".")) == pytest.approx(s.ecart_euros)
        assert int(ligne["mois_en_retard"]) == s.mois_en_retard
        assert ligne["extraction"] == "2025-07-05"
        assert ligne["synthetique"] == "non"


def test_a_structure_s_year_says_what_to_settle_first(lire: Callable[..., str]) -> None:
    texte = plain(lire("delegation", "/pilotage/structures/2-AI/"))
    assert "2 mois en retard de saisie" in texte
    assert texte.index("Saisie en retard") < texte.index("Sur la cible")
    assert "/pilotage/structures/2-AI/courrier/" in texte
    assert 'alt="ETP de 2025, mois par mois' in texte


def test_months_that_are_late_or_to_come_are_words_not_zeros(lire: Callable[..., str]) -> None:
    lignes = read_csv(lire("delegation", "/pilotage/structures/2-AI/mois.csv"))
    assert [ligne["etp_realises"] for ligne in lignes[3:6]] == ["en retard", "en retard", "à venir"]
    assert float(lignes[0]["etp_realises"].replace(",", ".")) == 12


def test_every_card_has_its_page_of_figure_with_the_files_behind_it(
    lire: Callable[..., str],
) -> None:
    empreintes = [fichier.sha256 for fichier in load_faits().extrait.fichiers]
    for carte in CARTES:
        texte = lire("direction", f"/pilotage/chiffres/{carte.code}/?structure=1-AI")
        assert carte.nom in texte
        assert all(empreinte in texte for empreinte in empreintes)
        if is_of_annexes(carte.code):
            assert "AI035250010A0M0" in texte
        else:  # this extract declares nothing, and has neither exits nor persons
            assert "Par structure, 2025" in texte


def test_the_chart_follows_theme_and_width(relie: PetitReseau) -> None:
    client = client_de(relie, "direction")
    images = {
        client.get(f"/pilotage/structures/1-AI/mois.svg?theme={t}&format={f}").content
        for t in ("clair", "sombre")
        for f in ("large", "etroit")
    }
    assert len(images) == 4
    assert all(image.startswith(b"<svg") for image in images)


def test_letters_are_one_per_structure_and_say_the_months(lire: Callable[..., str]) -> None:
    texte = plain(lire("delegation", "/pilotage/retards/courriers/"))
    assert texte.count('<article class="lettre">') == 2
    assert "avril 2025 et mai 2025" in texte
    rien = lire("delegation", "/pilotage/structures/1-AI/courrier/")
    assert "il n’y a pas de courrier à écrire" in rien


def test_the_map_counts_by_the_money_or_by_the_address(lire: Callable[..., str]) -> None:
    argent = lire("delegation", "/pilotage/carte/")
    siege = lire("delegation", "/pilotage/carte/?selon=structure")
    assert "Isère" not in argent[argent.index('id="tableau"') :]
    assert "Isère" in siege[siege.index('id="tableau"') :]
    assert "MLG-PIL-014" in lire("delegation", "/pilotage/carte/?selon=lune", 400)
    lignes = read_csv(lire("delegation", "/pilotage/carte.csv?selon=structure"))
    assert {ligne["departement"] for ligne in lignes} == {"29", "35", "38"}


def test_an_older_extract_and_the_other_perimeter_are_kept_from_page_to_page(
    lire: Callable[..., str],
) -> None:
    ancien = list_extraits()[-1].identifiant
    texte = lire("delegation", f"/pilotage/structures/?extrait={ancien}&etats=conventionnees")
    assert f"extrait={ancien}&amp;annee=2025&amp;etats=conventionnees" in texte
    assert "annexes en cours au jour de l’extraction" in texte


def test_without_any_extract_each_role_is_told_what_to_do(relie: PetitReseau) -> None:
    for extrait in list_extraits():
        forget_extrait(extrait.identifiant)
    for role, mots in (
        ("delegation", "Importer un extrait"),
        ("delegation_regionale", "L’équipe nationale"),
        ("direction", "L’équipe nationale"),
    ):
        texte = client_de(relie, role).get("/pilotage/").content.decode()
        assert "Aucun extrait n’est importé" in texte
        assert mots in texte
    structure = client_de(relie, "direction").get(f"/espace/structures/{relie.structure.pk}/")
    assert "une fois importés" in structure.content.decode()


def test_my_structure_shows_its_own_figures(relie: PetitReseau) -> None:
    texte = client_de(relie, "direction").get(f"/espace/structures/{relie.structure.pk}/")
    lu = plain(texte.content.decode())
    assert "/pilotage/structures/1-AI/" in lu
    assert "aucun mois en retard de saisie" in lu
    relie.structure.liens_structure.all().delete()
    apres = client_de(relie, "direction").get(f"/espace/structures/{relie.structure.pk}/")
    assert "n’a pas encore relié" in apres.content.decode()


def test_a_filter_that_chooses_nothing_says_so(lire: Callable[..., str]) -> None:
    texte = lire("delegation", "/pilotage/structures/?q=introuvable")
    assert "Aucune structure n’a d’annexe" in texte
    assert "Élargissez les filtres" in texte
    assert list_structures(load_faits(), 2025, Filtre(structures=frozenset())) == []


def test_the_home_of_those_who_follow_the_network_says_what_the_cockpit_asks(
    lire: Callable[..., str],
) -> None:
    """Two of the four are late, one is suspended; the home of a member stays theirs."""
    lu = plain(lire("delegation", "/espace/"))
    assert "2 structures sont en retard de saisie" in lu
    assert "1 annexe est suspendue ou rejetée." in lu
    assert "sont en retard de saisie" not in plain(lire("direction", "/espace/"))
