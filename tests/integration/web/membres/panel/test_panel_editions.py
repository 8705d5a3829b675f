"""Editions of the panel: frozen by the delegation, read by each director for themselves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from factories.membres import client_de
from factories.panel_site import ANNEE, PETITE, agree, make_edition, make_reseau_du_panel

from maillage.indicators.panel.contribution import Profil
from maillage.indicators.panel.edition import publish
from maillage.indicators.panel.groupes import Groupe
from maillage.kernel.errors import Anomalie, DonneesIndisponibles, SaisieInvalide
from maillage.web.journal.models import Evenement
from maillage.web.panel import mots
from maillage.web.panel.arret import arreter
from maillage.web.panel.choix import LIES, RATIOS, TAILLES
from maillage.web.panel.enregistrement import (
    read_affiche,
    read_edition,
    write_affiche,
    write_apports,
)
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.pages import structure

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.membres import PetitReseau
    from factories.panel_site import ReseauDuPanel

    from maillage.indicators.panel.contribution import Contribution

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
LE = date(2025, 9, 1)
COUTS = [20.13 + 1.17 * rang for rang in range(14)]


@pytest.fixture
def panel(petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch) -> ReseauDuPanel:
    """Fourteen structures that agree, each with the cost of its hour and its months of cash."""
    del petit_reseau
    reseau = make_reseau_du_panel(14, monkeypatch)
    for rang, cout in enumerate(COUTS):
        agree(reseau.organisations[rang])
        reseau.give(rang, {"cout_heure": cout, "mois_de_tresorerie": 1.07 * rang})
    return reseau


def text_of(answer: Any, statut: int = 200) -> str:
    assert answer.status_code == statut
    lue: str = answer.content.decode()
    return lue.replace("\u202f", " ").replace("\u00a0", " ")


def main_of(answer: Any) -> str:
    return text_of(answer).split("<main", 1)[1].split("</main>", 1)[0]


def list_figures(valeur: float) -> set[str]:
    """The ways in which a page could write a figure."""
    return {f"{valeur:.{n}f}".replace(".", ",") for n in (1, 2)} | {str(valeur)}


# the delegation freezes


def test_the_delegation_reads_counts_confirms_and_freezes(
    petit_reseau: PetitReseau, panel: ReseauDuPanel, horloge: Callable[[datetime], None]
) -> None:
    del panel
    horloge(datetime(2025, 9, 1, 12, tzinfo=UTC))
    delegation = client_de(petit_reseau, "delegation")
    avant = main_of(delegation.get("/economie/panel/"))
    assert (
        "14 structures donnent leur accord, sur 17 adhérentes ; 2 ratios en réunissent 12 ou plus"
    ) in avant
    assert "Arrêter l’édition 2024" in avant
    demande = main_of(delegation.get("/economie/panel/arreter/?annee=2024"))
    assert "Cela ne se défait pas" in demande
    assert not EditionDuPanel.objects.exists()
    page = delegation.post("/economie/panel/arreter/", {"annee": ANNEE}, follow=True)
    lue = main_of(page)
    assert "2 ratios paraissent" in lue
    assert "AI, de 10 à moins de 30 ETP, Bretagne" in lue
    edition = EditionDuPanel.objects.get()
    assert (edition.annee, edition.au) == (ANNEE, LE)
    trace = Evenement.objects.get(action="panel.arreter")
    assert trace.details == {"annee": ANNEE, "groupes": 6}
    assert trace.by_id == petit_reseau.personnes["delegation"].pk
    apres = main_of(delegation.get("/economie/panel/"))
    assert "2024, arrêtée le 1er septembre 2025" in apres


def test_no_page_of_the_network_has_the_figure_of_a_structure(
    petit_reseau: PetitReseau, panel: ReseauDuPanel
) -> None:
    """Nor its name: counts and quartiles alone, before the edition, on it and after it."""
    clients = [client_de(petit_reseau, role) for role in ("administration", "delegation")]
    pages = [client.get("/economie/panel/") for client in clients]
    edition = arreter(ANNEE, LE, by=None)
    for client in clients:
        pages += [
            client.get(f"/economie/panel/{suite}")
            for suite in ("", "arreter/", f"editions/{edition.pk}/")
        ]
    published = {
        figure
        for parution in read_affiche(edition.contenu).parutions.values()
        for quartile in parution.quartiles[:3]
        for figure in list_figures(quartile)
    }
    secret = {
        figure
        for une in panel.dons.values()
        for mesure in une.ratios.values()
        for figure in list_figures(mesure.valeur)
    } - published
    assert len(secret) > 40
    for page in pages:
        lue = main_of(page)
        assert not [figure for figure in secret if f">{figure}<" in lue]
        assert not [une.nom for une in panel.organisations if une.nom in lue]
        assert not [une.structure for une in panel.dons.values() if une.structure in lue]


def test_what_prevents_an_edition_is_said_and_nothing_is_written(
    petit_reseau: PetitReseau, panel: ReseauDuPanel, horloge: Callable[[datetime], None]
) -> None:
    horloge(datetime(2025, 9, 1, 12, tzinfo=UTC))
    delegation = client_de(petit_reseau, "delegation")

    def ask(annee: str) -> str:
        return text_of(delegation.post("/economie/panel/arreter/", {"annee": annee}), 400)

    assert "MLG-PAN-001" in ask("2031")
    for rang in (0, 1, 2):
        agree(panel.organisations[rang], accorde=False)
    assert "MLG-PAN-003" in ask("2024")
    assert "rien ne paraîtrait" in main_of(delegation.get("/economie/panel/"))
    assert not EditionDuPanel.objects.exists()
    agree(panel.organisations[0])
    arreter(ANNEE, LE, by=None)
    assert "MLG-PAN-002" in ask("2024")
    assert EditionDuPanel.objects.count() == 1


def test_without_an_extract_there_is_no_year(petit_reseau: PetitReseau) -> None:
    delegation = client_de(petit_reseau, "delegation")
    assert "Aucun extrait de l’ASP n’est importé" in text_of(delegation.get("/economie/panel/"))
    with pytest.raises(SaisieInvalide, match="Importez d’abord un extrait"):
        arreter(ANNEE, LE, by=None)


# frozen


def test_an_edition_is_never_written_again_even_in_the_base() -> None:
    edition = make_edition()
    with pytest.raises(ValueError, match="never written again"):
        edition.save()
    for geste in (
        lambda: EditionDuPanel.objects.update(annee=2020),
        lambda: EditionDuPanel.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
            geste()
    assert EditionDuPanel.objects.get().annee == ANNEE


def test_an_edition_comes_back_from_the_base_as_it_was(panel: ReseauDuPanel) -> None:
    edition = publish(panel.dons.values(), ANNEE, LE, tuple(RATIOS), lies=LIES)
    assert edition.affiche.parutions
    contenu, apports = write_affiche(edition.affiche, TAILLES, LIES), write_apports(edition)
    gardee = EditionDuPanel.objects.create(annee=ANNEE, au=LE, contenu=contenu, apports=apports)
    gardee.refresh_from_db()
    assert read_edition(gardee.contenu, gardee.apports) == edition
    with pytest.raises(ValueError, match="version 2"):
        read_affiche(gardee.contenu | {"version": 2})


def test_what_may_be_shown_holds_nothing_of_a_structure(panel: ReseauDuPanel) -> None:
    edition = arreter(ANNEE, LE, by=None)
    montre = str(edition.contenu)
    for une in panel.dons.values():
        assert une.structure not in montre
        assert une.organisme not in montre
    assert set(edition.contenu["parutions"][0]) == {"ratio", "groupe", "quartiles", "au"}


# a director reads their place


def test_a_director_reads_their_own_place(panel: ReseauDuPanel) -> None:
    arreter(ANNEE, LE, by=None)
    lue = main_of(panel.read(0))
    assert "dans le quart le plus bas pour « Coût complet en euros par heure »" in lue
    assert "14 structures : AI, de 10 à moins de 30 ETP, Bretagne" in lue
    assert ">20,1<" in lue
    assert "dans le quart le plus haut" in main_of(panel.read(13))
    milieu = main_of(panel.read(6))
    assert "dans la moitié du milieu" in milieu
    assert "sous la médiane" in milieu
    dessin = panel.read(0, "panel.svg?theme=sombre&format=etroit")
    assert dessin["Content-Type"].startswith("image/svg+xml")
    assert "Coût complet" in dessin.content.decode()


def test_ratios_that_nobody_gave_stay_empty_and_say_so(panel: ReseauDuPanel) -> None:
    arreter(ANNEE, LE, by=None)
    assert "aucune structure n’a encore donné ce ratio" in main_of(panel.read(3))
    panel.give(3, {"mois_de_tresorerie": 3.0})
    assert "votre chiffre n’est pas connu" in main_of(panel.read(3))


def test_a_director_opens_no_other_place(panel: ReseauDuPanel, petit_reseau: PetitReseau) -> None:
    arreter(ANNEE, LE, by=None)
    for chemin in ("panel/", "panel.svg"):
        assert panel.read(1, chemin, auteur=0).status_code == 403
        adresse = f"/economie/{panel.organisations[1].pk}/{chemin}"
        for role in ("administration", "delegation", "delegation_regionale", "conseil", "equipe"):
            assert client_de(petit_reseau, role).get(adresse).status_code == 403
    assert client_de(petit_reseau, "direction").get("/economie/panel/").status_code == 403


def test_before_an_edition_and_without_consent_nothing_is_compared(panel: ReseauDuPanel) -> None:
    assert "Aucune édition n’est encore arrêtée" in main_of(panel.read(0))
    assert panel.read(0, "panel.svg").status_code == 204
    arreter(ANNEE, LE, by=None)
    agree(panel.organisations[0], accorde=False)
    lue = main_of(panel.read(0))
    assert "donnez votre accord" in lue
    assert "quartile</th>" not in lue
    assert panel.read(0, "panel.svg").status_code == 204
    agree(panel.organisations[0])
    assert "Ma place, 2024" in main_of(panel.read(0))
    # a structure that has left the network neither gives nor reads
    panel.organisations[0].adhesions.update(date_fin=date(2025, 1, 1))
    assert "donnez votre accord" in main_of(panel.read(0))


def test_a_structure_that_the_extract_does_not_have_has_no_place(panel: ReseauDuPanel) -> None:
    arreter(ANNEE, LE, by=None)
    del panel.dons[panel.organisations[0].pk]
    assert "votre place ne peut pas être dite" in main_of(panel.read(0))


# from an edition to the next


def test_who_withdraws_leaves_the_next_edition_and_what_was_published_stays(
    panel: ReseauDuPanel,
) -> None:
    """Fourteen, then one less: its figure would be read in the difference, so the first figures stay."""
    arreter(ANNEE, LE, by=None)
    agree(panel.organisations[0], accorde=False)
    second = arreter(ANNEE, date(2025, 12, 1), by=None)
    affiche = read_affiche(second.contenu)
    assert {parution.au for parution in affiche.parutions.values()} == {LE}
    assert {parution.quartiles.nombre for parution in affiche.parutions.values()} == {14}
    assert "au 01/09/2025" in main_of(panel.read(5))


def test_enough_newcomers_are_published_together(
    panel: ReseauDuPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    arreter(ANNEE, LE, by=None)
    grande = Profil("AI", "30 ETP et plus", "53", "")
    venues = make_reseau_du_panel(14, monkeypatch, depuis=14)
    for rang in range(14):
        agree(venues.organisations[rang])
        venues.give(rang, {"cout_heure": 31.03 + rang}, grande)
    venues.dons |= panel.dons
    affiche = read_affiche(arreter(ANNEE, date(2025, 12, 1), by=None).contenu)
    neuves = {
        groupe.valeurs: parution.quartiles.nombre
        for (ratio, groupe), parution in affiche.parutions.items()
        if ratio == "cout_heure" and parution.au > LE
    }
    assert neuves[("AI",)] == 28
    assert neuves[("AI", "30 ETP et plus")] == 14
    assert affiche.parutions  # and those of the first edition stand, with their day
    assert PETITE.taille in {groupe.valeurs[-1] for _, groupe in affiche.parutions}


def test_an_edition_where_everything_is_hidden_says_so(
    petit_reseau: PetitReseau, panel: ReseauDuPanel
) -> None:
    """Fourteen figures that are all the same: any quartile would be the figure of each."""
    for rang in range(14):
        panel.give(rang, {"cout_heure": 20.0})
    edition = arreter(ANNEE, LE, by=None)
    delegation = client_de(petit_reseau, "delegation")
    assert "Rien n’a pu paraître" in main_of(
        delegation.get(f"/economie/panel/editions/{edition.pk}/")
    )
    assert delegation.get("/economie/panel/editions/999/").status_code == 404
    lue = main_of(panel.read(0))
    assert "Aucun ratio ne peut encore être comparé." in lue
    assert "secret : moins de 12 structures" in lue


def test_a_region_without_geography_keeps_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise DonneesIndisponibles(Anomalie("MLG-DON-001", "Rien.", "Préparez."))

    monkeypatch.setattr(mots, "name_of", refuse)
    assert mots.name_groupe(Groupe(("AI", "petite", "53"))) == "AI, petite, région 53"


def test_a_figure_that_is_not_known_is_drawn_without_a_point(panel: ReseauDuPanel) -> None:
    arreter(ANNEE, LE, by=None)
    panel.give(3, {})
    dessin = panel.read(3, "panel.svg")
    assert dessin.status_code == 200
    avec = panel.read(4, "panel.svg").content
    assert len(dessin.content) < len(avec)


def test_a_director_of_two_structures_and_two_years_chooses(
    panel: ReseauDuPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each structure and each year has its address; one that does not exist opens the first."""
    arreter(ANNEE, LE, by=None)
    make_edition(2023)
    organisation = panel.organisations[0]
    ai = panel.dons[organisation.pk]
    aci = replace(ai, structure="1:ACI", profil=Profil("ACI", "", "", ""))

    def load(_voulues: object, annee: int, _le: date) -> dict[int, list[Contribution]]:
        return {organisation.pk: [replace(une, annee=annee) for une in (aci, ai)]}

    monkeypatch.setattr(structure, "load_contributions", load)
    lue = main_of(panel.read(0))
    assert f"structure={ai.structure}" in lue
    assert "Ratios de 2024, atelier ou chantier d’insertion (ACI)" in lue
    assert "Aucun ratio ne peut encore être comparé." in lue
    autre = main_of(panel.read(0, f"panel/?annee=2023&structure={ai.structure}"))
    assert "Ratios de 2023, association intermédiaire (AI), de 10 à moins de 30 ETP" in autre
    assert "Ratios de 2024, atelier" in main_of(panel.read(0, "panel/?annee=x&structure=y"))
