"""The calculator with everything asked: same figures as the command, each refusal at its field."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from maillage.analyses.annexes.demande import TOUS_LES_POINTS
from maillage.cli.app import run

if TYPE_CHECKING:
    from django.test import Client

ANNEXE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "8",
    "debut": "01/10/2022",
    "fin": "31/12/2022",
    "m1": "8",
    "m2": "8",
    "m3": "9",
}
COMPLET = {
    **ANNEXE,
    "avenant_mois": "12/2022",
    "avenant_etp": "9,5",
    "poids_personnes": "40",
    "poids_moyens": "30",
    "poids_resultats": "30",
    "note_personnes": "80",
    "note_moyens": "60",
    "note_resultats": "70",
    "passerelle_etp": "2,5",
    "passerelle_mois": "3",
    "cdi_etp": "1",
    "cdi_embauche": "01/10/2021",
    "rsa_beneficiaires": "5",
}


def read(client: Client, saisie: dict[str, str], statut: int = 200) -> str:
    answer = client.get(f"/regles/calculateur/?{urlencode(saisie)}")
    assert answer.status_code == statut
    return unescape(answer.content.decode())


def euros(texte: str) -> str:
    entier, _, decimales = texte.partition(".")
    groupes = f"{int(entier):,}".replace(",", "\u202f")
    return f"{groupes}\u202f€" if decimales == "00" else f"{groupes},{decimales}\u202f€"


def test_the_page_and_the_command_give_the_same_figures(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        *("--type", "ACI", "--etp", "8", "--du", "2022-10-01", "--au", "2022-12-31"),
        *("--avenant", "2022-12:etp=9,5", "--poids", "40,30,30", "--notes", "80,60,70"),
        *("--passerelle", "2,5:3", "--cdi", "1:2021-10-01", "--beneficiaires-rsa", "5"),
        *("--occupation", "8 8 9", "--format", "json"),
    ]
    assert run(["regles", "expliquer", *words]) == 0
    [annexe] = json.loads(capsys.readouterr().out)["annexes"]
    page = read(client, COMPLET)
    montants = [
        *(annexe["montant_final"], annexe["total"], annexe["part_etat"]),
        annexe["partage"]["departement"],
        *(un["montant"] for un in annexe["complements"]),
        *(un["cumul"] for un in annexe["versements"]),
    ]
    assert len(montants) == 11
    for montant in montants:
        assert euros(montant) in page
    for ligne in annexe["versements"]:
        if not ligne["explication"].startswith("Avance"):
            assert ligne["explication"] in page


def test_a_month_that_is_an_advance_and_nothing_else_is_only_in_the_table(client: Client) -> None:
    page = read(client, {**ANNEXE, "m3": "8"})
    explications = page.split('class="fiche explications"')[1].split("</dl>")[0]
    assert "Janvier 2023" in explications
    assert "Octobre 2022" not in explications


def test_nothing_asked_shows_nothing_more_and_folds_every_part(client: Client) -> None:
    page = read(client, ANNEXE)
    for titre in ("Ce qui change pendant", "Les compléments", "Ce que paient"):
        assert titre not in page
    assert page.count('<details class="partie"') == 6
    assert '<details class="partie" open' not in page


def test_what_was_typed_is_kept(client: Client) -> None:
    page = read(client, {**COMPLET, "h_plafond": "mensuel"})
    for nom in ("avenant_etp", "note_moyens", "cdi_embauche", "rsa_beneficiaires"):
        assert re.search(rf'id="{nom}" name="{nom}" value="{COMPLET[nom]}"', page)
    assert re.search(r'name="h_plafond" value="mensuel" checked', page)
    assert page.count(" open><summary>") == 6


@pytest.mark.parametrize("nom", TOUS_LES_POINTS)
def test_every_reading_can_be_chosen_and_is_shown(client: Client, nom: str) -> None:
    autre = list(TOUS_LES_POINTS[nom].lectures)[1]
    page = read(client, {**COMPLET, f"h_{nom}": autre.code})
    lectures = page.split("hypothèses, là où les textes lus ne tranchent pas")[1].split("</ul>")[0]
    plat = lectures.replace("\u202f", " ").replace("\u00a0", " ")
    assert autre.value.replace("\u00a0", " ") in plat


def test_a_reading_changes_the_figures(client: Client) -> None:
    mois = {f"m{rang}": "5" if rang % 2 else "15" for rang in range(1, 4)}
    cumule = read(client, {**ANNEXE, **mois})
    mensuel = read(client, {**ANNEXE, **mois, "h_plafond": "mensuel"})
    verses = [re.findall(r"<strong>([^<]+)</strong> versés", page) for page in (cumule, mensuel)]
    assert verses[0] != verses[1]


@pytest.mark.parametrize(
    ("changes", "champ", "code"),
    [
        ({"type": "AI"}, "passerelle_etp", "MLG-REG-213"),
        ({"type": "EI", "territoire": "milieu_penitentiaire"}, "passerelle_etp", "MLG-REG-214"),
        ({"territoire": "mayotte"}, "rsa_montant", "MLG-REG-227"),
        ({"debut": "01/01/2024", "fin": "31/03/2024"}, "passerelle_etp", "MLG-REG-002"),
        ({"rsa_beneficiaires": "5 6"}, "rsa_beneficiaires", "MLG-CAL-005"),
        ({"h_postes_cdi": "compris", "cdi_etp": "9"}, "cdi_etp", "MLG-CAL-006"),
    ],
)
def test_a_refusal_is_said_beside_its_field_and_leaves_the_rest(
    client: Client, changes: dict[str, str], champ: str, code: str
) -> None:
    saisie: dict[str, Any] = {**COMPLET, **changes}
    for nom in ("avenant_mois", "avenant_etp"):
        del saisie[nom]
    page = read(client, saisie)
    assert f'href="#{champ}"' in page
    erreur = page.split(f'id="{champ}-erreur"')[1].split("</p>")[0]
    assert code in erreur
    assert "Le versement, mois par mois" in page
    assert "inconnue" in page or "n’est pas calculée" in page


def test_arretes_are_followed_when_asked_and_said_when_not(client: Client) -> None:
    saisie = {
        **ANNEXE,
        "type": "AI",
        "debut": "01/01/2022",
        "fin": "31/12/2022",
        "m1": "",
        "m2": "",
        "m3": "",
    }
    sans = read(client, saisie)
    assert "il n’est pas appliqué à cette annexe" in sans
    avec = read(client, {**saisie, "h_revalorisation": "date_effet"})
    assert "Ce qui change pendant l’annexe" in avec
    assert "11\u202f830,67\u202f€" in avec  # 4 × 8 × 1 441/12 + 3 × 8 × 1 479/12 + 5 × 8 × 1 509/12
    inconnu = {**saisie, "debut": "01/07/2025", "fin": "30/06/2026"}
    assert "Le versement n’est pas calculé" in read(
        client, {**inconnu, "h_revalorisation": "date_effet"}
    )


def test_a_projection_has_its_warning_beside_every_part(client: Client) -> None:
    saisie = {
        **ANNEXE,
        "type": "AI",
        "debut": "01/07/2025",
        "fin": "30/06/2026",
        "inconnu": "projeter",
        "h_revalorisation": "date_effet",
    }
    page = read(client, saisie)
    versement = page.split('id="versement"')[1]
    assert "Projection indexée sur le SMIC" in versement


def test_wrong_parts_are_summed_up_in_the_order_of_the_page(client: Client) -> None:
    faux = {
        **COMPLET,
        "etp": "-1",
        "avenant_mois": "07/2031",
        "poids_moyens": "x",
        "cdi_embauche": "<b>",
        "h_reprise": "jamais",
    }
    page = read(client, faux, 400)
    resume = page.split('role="alert"')[1].split("</ul>")[0]
    assert re.findall(r'href="#([a-z_]+)"', resume) == [
        "etp",
        "avenant_mois",
        "poids_moyens",
        "cdi_embauche",
        "h_reprise",
    ]
    answer = client.get(f"/regles/calculateur/?{urlencode(faux)}")
    assert b"<b>" not in answer.content
