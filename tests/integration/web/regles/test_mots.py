"""A jurist reads every page of the rules: no word of a programmer is left in any of them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from maillage.regles.engine.formules import load_regles
from maillage.regles.engine.lecture_reforme import list_reformes
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.libelles import LIBELLES
from maillage.web.regles.fiches.catalogue import FICHES

if TYPE_CHECKING:
    from django.test import Client

CODE = re.compile(r"\b[A-Za-z0-9]+_[A-Za-z0-9_]+\b|\b(?:None|True|False|nan|null)\b|\.ya?ml\b")
ANNEXE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "8",
    "debut": "01/09/2022",
    "fin": "30/06/2023",
    **{f"m{rang}": "8" for rang in range(1, 11)},
    "avenant_mois": "01/2023",
    "avenant_etp": "9,5",
    "h_revalorisation": "date_effet",
    "poids_personnes": "40",
    "poids_moyens": "30",
    "poids_resultats": "30",
    "note_personnes": "80",
    "note_moyens": "60",
    "note_resultats": "70",
    "passerelle_etp": "2",
    "passerelle_mois": "6",
    "cdi_etp": "1",
    "cdi_embauche": "15/03/2022",
    "rsa_beneficiaires": "5",
    "reforme": "igas_2022",
}
PAGES = (
    "/regles/",
    "/regles/aide-au-poste/",
    "/regles/calculateur/",
    f"/regles/calculateur/?{urlencode(ANNEXE)}",
    "/regles/emploi/",
    "/regles/emploi/?foyer=seul_57_ass&type=EI&heures=26&mois=2026-09&inconnu=projeter",
    "/regles/reforme/",
    *(fiche.url for fiche in FICHES.values()),
    *(
        f"{fiche.url}?{fiche.calculette.exemple}"
        for fiche in FICHES.values()
        if fiche.calculette is not None
    ),
    *(f"/regles/reformes/{code}/" for code in list_reformes()),
    "/regles/reformes/plf_2026_moins_12/?h_ratio_montants=0,9",
)


def words(page: str) -> str:
    """What is read: neither code that is typed or quoted, nor the address, which is for paper."""
    sans = re.sub(
        r"<textarea.*?</textarea>|<code>.*?</code>|<head>.*?</head>|"
        r'<p class="impression">.*?</p>',
        " ",
        page,
        flags=re.DOTALL,
    )
    return unescape(re.sub(r"<[^>]+>", " ", sans))


@pytest.mark.parametrize("adresse", PAGES)
def test_no_name_of_the_program_is_read_on_a_page(client: Client, adresse: str) -> None:
    answer = client.get(adresse)
    assert answer.status_code == 200
    assert CODE.findall(words(answer.content.decode())) == []


def test_no_name_of_the_program_is_read_on_the_page_of_a_value(client: Client) -> None:
    """Its own name is given once, said to be that of the files."""
    trouves = {}
    for chemin in load_legislation().chemins:
        lus = CODE.findall(words(client.get(f"/regles/valeurs/{chemin}/").content.decode()))
        if lus:
            trouves[chemin] = lus
    # Its note tells in which column of the published files the hours are printed.
    assert trouves.keys() <= {"aide_au_poste.heures_par_etp.asp_reference"}


def test_every_name_of_the_formulas_has_a_french_one() -> None:
    noms = {
        nom
        for versions in load_regles().versions.values()
        for version in versions
        for nom in (version.formule.nom, *(argument.nom for argument in version.arguments))
    }
    assert sorted(noms - LIBELLES.keys()) == []
