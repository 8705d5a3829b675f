"""No one sees what is not theirs: on pages, in files, behind figures, by any criterion of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.membres import client_de

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.membres import PetitReseau

NOMS = {"COUP DE POUCE", "LA PASSERELLE", "LES CIMES", "SANS PERSONNE"}
ICI = {"COUP DE POUCE", "LA PASSERELLE", "SANS PERSONNE"}
VISIBLES = {
    "administration": NOMS,
    "delegation": NOMS,
    "delegation_regionale": ICI,
    "direction": {"COUP DE POUCE"},
    "equipe": {"COUP DE POUCE"},
}
LISTES = (
    "/pilotage/structures/",
    "/pilotage/structures.csv",
    "/pilotage/annexes.csv",
    "/pilotage/chiffres/taux_realisation/",
)
RESEAU = (
    "/pilotage/",
    "/pilotage/retards/",
    "/pilotage/retards.csv",
    "/pilotage/retards/courriers/",
    "/pilotage/comparaison/",
    "/pilotage/comparaison.csv",
    "/pilotage/comparaison/courriers/",
)


def names_in(texte: str) -> set[str]:
    return {nom for nom in NOMS if nom in texte}


@pytest.mark.parametrize("role", VISIBLES)
@pytest.mark.parametrize("adresse", LISTES)
def test_lists_files_and_figures_hold_the_structures_of_the_person_alone(
    lire: Callable[..., str], role: str, adresse: str
) -> None:
    assert names_in(lire(role, adresse)) == VISIBLES[role]


@pytest.mark.parametrize("adresse", RESEAU)
def test_pages_of_the_network_stop_at_the_region(lire: Callable[..., str], adresse: str) -> None:
    assert names_in(lire("delegation_regionale", adresse)) <= ICI
    for role in ("conseil", "partenaire", "direction" if adresse != "/pilotage/" else "partenaire"):
        assert not names_in(lire(role, adresse, 403))


@pytest.mark.parametrize(
    "critere", ["q=cimes", "structure=3-AI", "region=84", "liens=reliees", "type=AI", "argent=35"]
)
def test_no_criterion_opens_what_is_not_theirs(lire: Callable[..., str], critere: str) -> None:
    assert names_in(lire("direction", f"/pilotage/structures/?{critere}")) <= {"COUP DE POUCE"}
    assert "LES CIMES" not in lire("direction", f"/pilotage/annexes.csv?{critere}")


def test_the_figure_of_another_structure_is_refused_without_its_name(
    lire: Callable[..., str],
) -> None:
    texte = lire("direction", "/pilotage/chiffres/ecart_euros/?structure=3-AI", 404)
    assert not names_in(texte)
    assert "MLG-PIL-011" in texte


def test_a_director_goes_straight_to_their_structure(relie: PetitReseau) -> None:
    answer = client_de(relie, "direction").get("/pilotage/")
    assert (answer.status_code, answer["Location"]) == (302, "/pilotage/structures/1-AI/")


def test_a_decision_that_is_undone_closes_the_page(relie: PetitReseau) -> None:
    client = client_de(relie, "direction")
    assert client.get("/pilotage/structures/1-AI/").status_code == 200
    relie.structure.liens_structure.all().delete()
    assert client.get("/pilotage/structures/1-AI/").status_code == 403
    assert "COUP DE POUCE" not in client.get("/pilotage/structures/").content.decode()


def test_a_proposal_that_was_set_aside_opens_nothing(relie: PetitReseau) -> None:
    relie.structure.liens_structure.update(is_confirme=False)
    assert client_de(relie, "direction").get("/pilotage/structures/1-AI/").status_code == 403


def test_a_convention_typed_by_a_director_opens_no_figure(relie: PetitReseau) -> None:
    """Who writes another's SIRET in their own file still sees nothing: staff decide."""
    relie.lointaine.liens_structure.all().delete()
    convention = relie.structure.conventions.get()
    convention.siret = "3" * 14
    convention.save()
    assert client_de(relie, "direction").get("/pilotage/structures/3-AI/").status_code == 403
