"""The home of a visitor and of each role: what they come for, and no link that would be refused."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from factories.membres import DEBUT, client_de
from factories.parutions import make_publication, make_published
from factories.questionnaires import ANNEE, answer, make_questionnaire_ouvert, nombre

from maillage.web.droits.permissions import Role
from maillage.web.network.models import CotisationAnnuelle
from maillage.web.publications.actions import parution, redaction
from maillage.web.questionnaire.actions import close_questionnaire

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")


def read_main(client: Client, adresse: str) -> str:
    page = client.get(adresse)
    assert page.status_code == 200
    return page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def list_links(html: str) -> set[str]:
    return {unescape(lien) for lien in re.findall(r'href="(/[^"#]*)', html)}


def fill(petit: PetitReseau) -> None:
    """Dues that are called, an open questionnaire, a closed one, a text to read again, news."""
    delegation = petit.personnes["delegation"]
    CotisationAnnuelle.objects.create(
        organisation=petit.structure, annee=2026, statut="appelee", date_statut=DEBUT
    )
    ancien = make_questionnaire_ouvert(ANNEE - 1)
    answer(ancien, petit.structure, {"personnes": nombre(3)}, envoyee_at=timezone.now())
    close_questionnaire(ancien, by=None)
    make_questionnaire_ouvert()
    make_published(delegation, "Une position tenue")
    texte = make_publication(delegation, "Une autre")
    redaction.submit(texte, base=2, by=delegation)


@pytest.mark.parametrize("role", [*(role.value for role in Role), "sans rôle"])
def test_every_link_of_a_home_can_be_followed(petit_reseau: PetitReseau, role: str) -> None:
    """The board was led to the page of a structure, which it may not open."""
    fill(petit_reseau)
    client = client_de(petit_reseau, role)
    liens = list_links(read_main(client, "/espace/"))
    assert len(liens) > 5
    refuses = [lien for lien in liens if client.get(lien, follow=True).status_code != 200]
    assert refuses == []


@pytest.mark.parametrize(
    ("role", "attendus", "absents"),
    [
        ("delegation", ["1 texte attend une relecture", "a reçu 0 réponses sur 3"], []),
        (
            "delegation_regionale",
            ["a reçu 0 réponses sur 2", "Le réseau dans ma région", ">Bretagne</a>"],
            ["relecture"],
        ),
        ("conseil", [f"/questionnaire/{ANNEE - 1}/resultats/", "1 cotisation"], ["/structures/"]),
        ("direction", [f"/questionnaire/{ANNEE - 1}/resultats/", "n’est pas commencé"], []),
        ("partenaire", [">Bretagne</a>", "Une position tenue"], ["/resultats/", "relecture"]),
    ],
)
def test_each_role_finds_what_it_comes_for(
    petit_reseau: PetitReseau, role: str, attendus: list[str], absents: list[str]
) -> None:
    fill(petit_reseau)
    html = unescape(read_main(client_de(petit_reseau, role), "/espace/"))
    texte = re.sub("[\u00a0\u202f]", " ", html)
    assert [mots for mots in attendus if mots not in texte] == []
    assert [mots for mots in absents if mots in texte] == []


def test_the_home_of_a_visitor_follows_the_public_news(petit_reseau: PetitReseau) -> None:
    """Kept in memory, it is drawn again as soon as something comes out or is withdrawn."""
    by = petit_reseau.personnes["delegation"]
    visiteur, membre = client_de(petit_reseau, "visiteur"), client_de(petit_reseau, "equipe")
    vide = read_main(visiteur, "/")
    assert "Dernières publications" not in vide
    assert {"/territoires/", "/regles/", "/publications/", "/espace/"} <= list_links(vide)
    parue = make_published(by, "Une rencontre", chapo="Public. ::: adhérents")
    for client in (visiteur, membre):
        plein = read_main(client, "/")
        assert f"/publications/{parue.slug}/" in list_links(plein)
        assert "inspection" not in plein
    parution.withdraw(parue, motif="erreur", by=by)
    assert "Dernières publications" not in read_main(visiteur, "/")
