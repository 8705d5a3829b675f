"""All the pages of two editions, read by somebody who wants one figure: they give none away.

The reader opens the page of the edition and that of every director, as each may; he keeps what is published
and knows who is in each group. The reader of `factories.attaquant_panel` then solves.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.attaquant_panel import Case, find_breaches, neighbours, read_editions, rounding
from factories.membres import client_de
from factories.panel_site import ANNEE, agree, make_reseau_du_panel

from maillage.indicators.panel import edition as editing
from maillage.indicators.panel.contribution import Profil
from maillage.web.panel.arret import arreter
from maillage.web.panel.choix import RATIOS
from maillage.web.panel.enregistrement import read_edition
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.mots import name_groupe

if TYPE_CHECKING:
    from factories.membres import PetitReseau
    from factories.panel_site import ReseauDuPanel

    from maillage.indicators.panel.edition import Edition

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
RATIO = "mois_de_tresorerie"
BORNES = (0.0, 100.0)
_LIGNE = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELLULE = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_NOMBRE = re.compile(r"−?\d[\d ]*(?:,\d+)?")
Lue = tuple[str, int, tuple[float, ...]]
"""Words of a group, structures of it, quartiles."""


def list_rows(page: str) -> list[list[str]]:
    texte = unescape(page).replace("\u202f", " ").replace("\u00a0", " ")
    return [
        [re.sub(r"<[^>]+>", "", c).strip() for c in _CELLULE.findall(ligne)]
        for ligne in _LIGNE.findall(texte)
    ]


def number(texte: str) -> float:
    return float(texte.replace(" ", "").replace(",", ".").replace("−", "-"))


def read_pages(panel: ReseauDuPanel, petit: PetitReseau) -> set[Lue]:
    """What the pages say of the ratio: those of the editions, and that of each director."""
    found: set[Lue] = set()
    delegation = client_de(petit, "delegation")
    for edition in EditionDuPanel.objects.all():
        page = delegation.get(f"/economie/panel/editions/{edition.pk}/").content.decode()
        for ligne in list_rows(page):
            if ligne[0] == RATIOS[RATIO]:
                found.add((ligne[1], int(ligne[2]), tuple(map(number, ligne[3:6]))))
    for rang, organisation in enumerate(panel.organisations):
        page = panel.read(rang).content.decode()
        sienne = panel.dons[organisation.pk].ratios[RATIO].valeur
        for ligne in list_rows(page):
            if ligne[0] == RATIOS[RATIO] and len(ligne) == 7:
                assert abs(number(ligne[1]) - sienne) < 0.51  # their own, as it was rounded
                effectif, groupe = ligne[6].split(" structures : ")
                nom = groupe.split(", au ")[0]
                found.add((nom, int(effectif), tuple(map(number, ligne[2:5]))))
        check_alone(panel, rang, page)
    return found


def check_alone(panel: ReseauDuPanel, rang: int, page: str) -> None:
    """A page holds neither the name nor the identifier of another structure."""
    for autre, organisation in enumerate(panel.organisations):
        if autre != rang:
            assert organisation.nom not in page
            assert panel.name(autre) not in page
            assert organisation.siren not in page


def list_cases(lues: set[Lue], editions: list[Edition]) -> list[Case]:
    """What was read, with who is in each group: the reader knows it, the pages do not say it."""
    cases, _ = read_editions(editions)
    membres = {(case.chiffres, len(case.membres)): case.membres for case in cases}
    dits = {
        (name_groupe(groupe), parution.quartiles.nombre, parution.quartiles[:3])
        for une in editions
        for (_, groupe), parution in une.affiche.parutions.items()
    }
    assert lues == dits
    return [
        Case(membres[cuts, nombre], neighbours(nombre), cuts, rounding(cuts))
        for _, nombre, cuts in sorted(lues)
    ]


def draw(panel: ReseauDuPanel, hasard: np.random.Generator, rang: int) -> None:
    taille = hasard.choice(["de 10 à moins de 30 ETP", "30 ETP et plus"])
    region = hasard.choice(["53", "53", "84"])
    valeur = float(np.round(hasard.uniform(*BORNES), 2))
    panel.give(rang, {RATIO: valeur}, Profil("AI", str(taille), str(region), ""))


def freeze_twice(
    panel: ReseauDuPanel, hasard: np.random.Generator, avant: int, part: float
) -> None:
    """Some give first; then a part take their agreement back, a part are revised, the others come."""
    combien = len(panel.organisations)
    for rang in range(combien):
        draw(panel, hasard, rang)
        if rang < avant:
            agree(panel.organisations[rang])
    arreter(ANNEE, date(2025, 9, 1), by=None)
    for rang in range(avant):
        sort = hasard.uniform()
        if sort < part:
            agree(panel.organisations[rang], accorde=False)
        elif sort < 2 * part:
            draw(panel, hasard, rang)
    for rang in range(avant, combien):
        agree(panel.organisations[rang])
    arreter(ANNEE, date(2025, 12, 1), by=None)


@pytest.mark.parametrize(
    ("graine", "avant", "combien", "part"),
    [(1, 30, 64, 0.0), (2, 13, 40, 0.0), (3, 26, 44, 0.1), (5, 30, 60, 0.1), (4, 30, 60, 0.4)],
)
def test_no_reader_of_all_the_pages_finds_a_figure(
    petit_reseau: PetitReseau,
    monkeypatch: pytest.MonkeyPatch,
    graine: int,
    avant: int,
    combien: int,
    part: float,
) -> None:
    panel = make_reseau_du_panel(combien, monkeypatch)
    freeze_twice(panel, np.random.default_rng(graine), avant, part)
    editions = [
        read_edition(une.contenu, une.apports) for une in EditionDuPanel.objects.order_by("au")
    ]
    # those who withdrew read no more: they read before, with the others
    for organisation in panel.organisations:
        agree(organisation)
    cases = list_cases(read_pages(panel, petit_reseau), editions)
    assert len(cases) > 1
    if (
        not part
    ):  # without troubles, newcomers are published too: the difference is there to be read
        jours = {parution.au for parution in editions[1].affiche.parutions.values()}
        assert date(2025, 12, 1) in jours
    _, truth = read_editions(editions)
    assert find_breaches(cases, truth, targets=6, bornes=BORNES) == []


def test_a_site_that_forgot_its_editions_would_give_the_newcomer_away(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same reader of the same pages succeeds when a difference is not looked at."""
    monkeypatch.setattr(editing, "are_protected", lambda _jeux, _regle: True)
    panel = make_reseau_du_panel(13, monkeypatch)
    for rang, valeur in enumerate([40, 50, 55, 60, 64, 68, 72, 76, 80, 84, 86, 88, 99]):
        panel.give(rang, {RATIO: float(valeur)}, Profil("AI", "", "", ""))
        if rang == 12:
            arreter(ANNEE, date(2025, 9, 1), by=None)
        agree(panel.organisations[rang])
    arreter(ANNEE, date(2025, 12, 1), by=None)
    editions = [
        read_edition(une.contenu, une.apports) for une in EditionDuPanel.objects.order_by("au")
    ]
    cases = list_cases(read_pages(panel, petit_reseau), editions)
    _, truth = read_editions(editions)
    found = find_breaches(cases, truth, targets=13, bornes=(-5.0, 100.0))
    assert any(panel.name(12) in breach for breach in found), found
