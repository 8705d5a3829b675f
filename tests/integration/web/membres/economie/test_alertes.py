"""Alerts of the support team: by consent alone, within the region, never the accounts themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.comptes_site import make_exercice
from factories.exercices import ANNEE
from factories.extraits_site import tie
from factories.membres import client_de

from maillage.web.economie.models import PlanDeRattachement
from maillage.web.network.models import Consentement

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

    from maillage.web.network.models import Organisation

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
ADRESSE = "/economie/alertes/"
PERTE = ("OD", "20241115", {"622600": 60_000, "401000": -60_000})


def agree(organisation: Organisation, *, accorde: bool = True) -> None:
    Consentement.objects.create(
        organisation=organisation, usage=Consentement.Usage.ACCOMPAGNEMENT, accorde=accorde
    )


def read(petit: PetitReseau, role: str, statut: int = 200) -> str:
    answer = client_de(petit, role).get(ADRESSE)
    assert answer.status_code == statut
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_nothing_is_shown_without_a_consent(petit_reseau: PetitReseau) -> None:
    make_exercice(petit_reseau.structure, [*ANNEE, PERTE])
    lu = read(petit_reseau, "delegation")
    assert "aucune alerte ne peut être montrée" in lu
    assert petit_reseau.structure.nom not in lu


def test_who_agreed_is_shown_with_each_figure_and_its_rule(petit_reseau: PetitReseau) -> None:
    """14,100 € of result less 60,000 € of fees: a deficit of 45,900 €; 1.3 months of cash, less now."""
    make_exercice(petit_reseau.structure, [*ANNEE, PERTE])
    agree(petit_reseau.structure)
    agree(petit_reseau.voisine)
    lu = read(petit_reseau, "delegation")
    assert "1 structure a au moins une alerte, sur 2 qui ont donné leur accord" in lu
    assert "Le dernier exercice est en déficit de 45 900 €." in lu
    assert "La trésorerie couvre 0,9 mois de dépenses au 31 décembre 2024." in lu
    assert "Règle" in lu
    assert lu.index(petit_reseau.structure.nom) < lu.index("Sans alerte")
    assert lu.index("Sans alerte") < lu.index(petit_reseau.voisine.nom)
    assert "inconnu : la trésorerie, le résultat" in lu
    # a director reads the same, and that the team does
    siennes = client_de(petit_reseau, "direction").get(f"/economie/{petit_reseau.structure.pk}/")
    assert "Vous avez accepté que l’équipe" in siennes.content.decode()
    # taking it back closes it at once
    agree(petit_reseau.structure, accorde=False)
    assert petit_reseau.structure.nom not in read(petit_reseau, "delegation")


def test_late_entries_come_from_the_extract(petit_reseau: PetitReseau, extraits: Path) -> None:
    """The neighbour is late since April, the structure is on target."""
    del extraits
    tie(petit_reseau)
    agree(petit_reseau.structure)
    agree(petit_reseau.voisine)
    lu = read(petit_reseau, "delegation")
    assert "mois de saisie sont en retard à l’ASP" in lu or "mois de saisie est en retard" in lu
    assert lu.index(petit_reseau.voisine.nom) < lu.index("Sans alerte")
    assert lu.index("Sans alerte") < lu.index(petit_reseau.structure.nom)


def test_a_region_sees_its_own_and_nobody_else_sees_any(petit_reseau: PetitReseau) -> None:
    for organisation in (petit_reseau.structure, petit_reseau.lointaine):
        make_exercice(organisation, [*ANNEE, PERTE])
        agree(organisation)
    lu = read(petit_reseau, "delegation_regionale")
    assert petit_reseau.structure.nom in lu
    assert petit_reseau.lointaine.nom not in lu
    for role in ("administration", "conseil", "direction", "equipe", "partenaire"):
        read(petit_reseau, role, 403)


def test_a_plan_that_cannot_be_followed_leaves_accounts_unknown(petit_reseau: PetitReseau) -> None:
    make_exercice(petit_reseau.structure, [*ANNEE, PERTE])
    agree(petit_reseau.structure)
    PlanDeRattachement.objects.create(organisation=petit_reseau.structure, texte="depuis =")
    lu = read(petit_reseau, "delegation")
    assert "déficit" not in lu.split("<main", 1)[1].split("La trésorerie", 1)[0]
    assert "inconnu : la trésorerie, le résultat" in lu
