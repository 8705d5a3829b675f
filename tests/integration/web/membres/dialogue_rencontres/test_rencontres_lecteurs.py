"""Every role × every level × every place: who reads a meeting, and each item of it, everywhere."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING

import pytest
from factories.engagements import make_engagement, make_proposition
from factories.membres import AILLEURS, ICI, client_de
from factories.rencontres import (
    NIVEAUX,
    make_charge,
    make_espace,
    make_participant,
    make_point,
    make_rencontre,
    make_siege,
)

from maillage.web.config.droits import PERSONNES
from maillage.web.dialogue.agenda import Methode
from maillage.web.dialogue.models import Portage
from maillage.web.dialogue.rencontres.actions import comptes_rendus, documents
from maillage.web.dialogue.rencontres.invitation import render_invitation

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.dialogue.models import Espace, Rencontre

TOUT = {"administration", "delegation", "conseil"}
DEHORS = {"visiteur", "sans rôle", "partenaire"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def reads(role: str, niveau: str, *, region: str, siege: bool) -> bool:
    """The rule, written again: who reads what."""
    interne = role in TOUT or (role == "delegation_regionale" and region == ICI)
    return (
        niveau == "public"
        or interne
        or (niveau in {"adherents", "espace"} and role not in DEHORS)
        or (niveau == "espace" and siege and role == "partenaire")
    )


def mot(rencontre: Rencontre, niveau: str) -> str:
    """A word that stands in one item alone."""
    return f"zz{rencontre.pk}{niveau}zz"


class Monde:
    """Meetings of every level, in the partner's space and in another, in two regions."""

    def __init__(self, petit: PetitReseau) -> None:
        self.partage: Espace = make_espace("Espace partagé")
        autre = make_espace("Autre espace")
        make_siege(self.partage, petit.partenaire)
        self.rencontres = [
            self._make(espace, region, niveau)
            for espace, region, niveau in itertools.product(
                (self.partage, autre), (ICI, AILLEURS), NIVEAUX
            )
        ]

    def _make(self, espace: Espace, region: str, niveau: str) -> Rencontre:
        rencontre = make_rencontre(
            f"Objet {espace.nom} {region} {niveau}", espace=espace, region=region, visibilite=niveau
        )
        make_participant(rencontre, "Camille Personne", fonction="conseillère")
        for lecteurs in NIVEAUX:
            make_point(
                rencontre, mot(rencontre, lecteurs), visibilite=lecteurs, nature="ordre_du_jour"
            )
            apport = documents.Apport(
                f"Doc {mot(rencontre, lecteurs)}", lecteurs, contenu=PDF, nom="a.pdf"
            )
            documents.join(rencontre, apport, by=None)
        return rencontre

    def expected(self, role: str, rencontre: Rencontre, niveau: str) -> bool:
        """Whether a person reads an item of that level in that meeting."""
        siege = rencontre.espace_id == self.partage.pk
        ou = {"region": rencontre.region, "siege": siege}
        return reads(role, rencontre.visibilite, **ou) and reads(role, niveau, **ou)  # type: ignore[arg-type]

    def sees(self, role: str, rencontre: Rencontre) -> bool:
        """Whether a person reads the meeting itself."""
        return self.expected(role, rencontre, "public")


@pytest.fixture
def monde(petit_reseau: PetitReseau) -> Monde:
    return Monde(petit_reseau)


@pytest.mark.parametrize("role", PERSONNES)
def test_each_role_reads_its_meetings_and_its_items_and_nothing_else(
    petit_reseau: PetitReseau, monde: Monde, role: str
) -> None:
    client = client_de(petit_reseau, role)
    for rencontre in monde.rencontres:
        answer = client.get(f"/dialogue/rencontres/{rencontre.pk}/")
        assert answer.status_code == (200 if monde.sees(role, rencontre) else 404), rencontre
        page = answer.content.decode()
        lus = {n for n in NIVEAUX if mot(rencontre, n) in page}
        assert lus == {n for n in NIVEAUX if monde.expected(role, rencontre, n)}, rencontre
        documents_lus = {n for n in NIVEAUX if f"Doc {mot(rencontre, n)}" in page}
        assert documents_lus == lus


@pytest.mark.parametrize("role", PERSONNES)
def test_lists_files_and_search_show_the_same_meetings(
    petit_reseau: PetitReseau, monde: Monde, role: str
) -> None:
    client = client_de(petit_reseau, role)
    vues = {r.titre for r in monde.rencontres if monde.sees(role, r)}
    liste = client.get("/dialogue/rencontres/").content.decode()
    fichier = client.get("/dialogue/rencontres/liste.csv").content.decode()
    for texte in (liste, fichier):
        assert {r.titre for r in monde.rencontres if r.titre in texte} == vues
    for rencontre in monde.rencontres[:4]:
        for niveau in NIVEAUX:
            trouve = client.get(f"/dialogue/rencontres/?q={mot(rencontre, niveau)}").content
            is_trouvee = f"/dialogue/rencontres/{rencontre.pk}/".encode() in trouve
            assert is_trouvee is monde.expected(role, rencontre, niveau), (rencontre, niveau)


@pytest.mark.parametrize("role", PERSONNES)
def test_files_are_served_to_whom_they_are_for(
    petit_reseau: PetitReseau, monde: Monde, role: str
) -> None:
    client = client_de(petit_reseau, role)
    for rencontre in monde.rencontres:
        for document in rencontre.documents.all():
            adresse = f"/dialogue/rencontres/{rencontre.pk}/documents/{document.pk}/fichier/"
            attendu = monde.expected(role, rencontre, document.visibilite)
            assert client.get(adresse).status_code == (200 if attendu else 404), adresse


def test_a_file_is_served_so_that_a_browser_runs_nothing_of_it(
    petit_reseau: PetitReseau, monde: Monde
) -> None:
    rencontre = monde.rencontres[0]
    document = rencontre.documents.first()
    assert document is not None
    client = client_de(petit_reseau, "delegation")
    answer = client.get(f"/dialogue/rencontres/{rencontre.pk}/documents/{document.pk}/fichier/")
    assert answer.content == PDF
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_names_of_persons_are_for_those_who_share_the_meeting(
    petit_reseau: PetitReseau, monde: Monde
) -> None:
    publique = next(
        r for r in monde.rencontres if r.visibilite == "public" and r.espace == monde.partage
    )
    adresse = f"/dialogue/rencontres/{publique.pk}/"
    for role, is_nomme in (("visiteur", False), ("partenaire", True), ("equipe", True)):
        page = client_de(petit_reseau, role).get(adresse).content.decode()
        assert ("Camille Personne" in page) is is_nomme, role
        assert "conseillère" in page


@pytest.mark.parametrize("role", PERSONNES)
def test_minutes_hold_what_is_shared_and_hide_what_was_closed_since(
    petit_reseau: PetitReseau, monde: Monde, role: str
) -> None:
    client = client_de(petit_reseau, role)
    for rencontre in monde.rencontres:
        comptes_rendus.propose(rencontre, by=None)
        ferme = rencontre.points.get(visibilite="espace")
        ferme.visibilite = "interne"
        ferme.save(update_fields=["visibilite"])
        answer = client.get(f"/dialogue/rencontres/{rencontre.pk}/comptes-rendus/1/")
        lit = monde.sees(role, rencontre) and monde.expected(role, rencontre, "espace")
        refus = 302 if role == "visiteur" else 404  # sent to sign in
        assert answer.status_code == (200 if lit else refus), rencontre
        page = answer.content.decode()
        attendus = {"public"} if lit else set()
        if monde.expected(role, rencontre, "interne"):
            attendus |= {"espace"}
        assert {n for n in NIVEAUX if mot(rencontre, n) in page} == attendus, rencontre


def test_an_invitation_holds_nothing_internal(petit_reseau: PetitReseau, monde: Monde) -> None:
    del petit_reseau
    for rencontre in monde.rencontres:
        fichier = render_invitation(rencontre, Methode.INVITER, "qui@exemple.example.org")
        assert fichier is not None
        texte = re.sub(r"\r\n[ \t]", "", fichier.decode())
        lus = {n for n in NIVEAUX if mot(rencontre, n) in texte}
        assert lus == {"espace", "public"}


def test_a_seat_that_ended_closes_the_meeting(petit_reseau: PetitReseau, monde: Monde) -> None:
    rencontre = next(
        r for r in monde.rencontres if r.visibilite == "espace" and r.espace == monde.partage
    )
    client = client_de(petit_reseau, "partenaire")
    adresse = f"/dialogue/rencontres/{rencontre.pk}/"
    assert client.get(adresse).status_code == 200
    monde.partage.sieges.update(date_fin="2024-04-01")
    assert client.get(adresse).status_code == 404


def test_the_name_of_a_place_that_is_not_shared_is_nowhere(petit_reseau: PetitReseau) -> None:
    secret = make_espace("Cercle discret", visibilite="interne")
    rencontre = make_rencontre("Rencontre ouverte", espace=secret, visibilite="public")
    for role in ("visiteur", "partenaire", "equipe"):
        client = client_de(petit_reseau, role)
        for adresse in (
            "/dialogue/rencontres/",
            "/dialogue/rencontres/liste.csv",
            f"/dialogue/rencontres/{rencontre.pk}/",
        ):
            assert "Cercle discret" not in client.get(adresse).content.decode(), (role, adresse)
        trouve = client.get("/dialogue/rencontres/?q=cercle").content.decode()
        assert "Rencontre ouverte" not in trouve
    assert (
        "Cercle discret"
        in client_de(petit_reseau, "conseil")
        .get(f"/dialogue/rencontres/{rencontre.pk}/")
        .content.decode()
    )


@pytest.mark.parametrize(
    ("rencontre", "positions", "lue"),
    [
        ("interne", ("public",), False),
        ("adherents", ("public",), False),
        ("public", ("interne",), False),
        ("public", ("interne", "public"), True),
        ("public", (), True),
    ],
)
def test_a_public_proposal_does_not_tell_of_a_meeting_that_is_not_public(
    petit_reseau: PetitReseau, rencontre: str, positions: tuple[str, ...], *, lue: bool
) -> None:
    proposition = make_proposition("Doubler l’aide")
    tenue = make_rencontre("Rendez-vous discret", visibilite=rencontre)
    for rang, visibilite in enumerate(positions):
        make_point(
            tenue,
            f"Position {rang}",
            nature="position",
            proposition=proposition.pk,
            visibilite=visibilite,
        )
    if not positions:  # noted on the page of the proposal
        Portage.objects.create(
            proposition=proposition, rencontre=tenue, forme="rencontre", date=tenue.date
        )
    page, liste = f"/dialogue/propositions/{proposition.pk}/", "/dialogue/propositions/liste.csv"
    for role, attendu in (("visiteur", lue), ("delegation", True)):
        client = client_de(petit_reseau, role)
        texte = client.get(page).content.decode()
        assert ("Rendez-vous discret" in texte) is attendu
        assert ("22 mars 2024" in texte) is attendu
        assert ("portée 1" in texte) is attendu
        [ligne] = csv.DictReader(io.StringIO(client.get(liste).content.decode("utf-8-sig")))
        assert ligne["portages"] == str(int(attendu))


def test_the_one_office_met_is_the_one_to_which_a_proposal_was_carried() -> None:
    tenue = make_rencontre()
    charge = make_charge("Ministre de l’Essai")
    make_participant(tenue, "", fonction="Ministre", charge=charge)
    premiere, seconde = make_proposition("Première"), make_proposition("Seconde")
    make_point(tenue, "P1", nature="position", proposition=premiere.pk)
    make_participant(tenue, "", fonction="Autre", charge=make_charge("Autre"))
    make_point(tenue, "P2", nature="position", proposition=seconde.pk)
    assert premiere.portages.get().charge == charge
    assert seconde.portages.get().charge is None


def test_a_space_does_not_name_who_spoke_for_us(petit_reseau: PetitReseau) -> None:
    espace = make_espace(visibilite="public")
    make_engagement(
        "Un volet financier.",
        sens="demande",
        espace=espace,
        auteur_nom="Nom de la déléguée",
        auteur_fonction="déléguée",
    )
    texte = client_de(petit_reseau, "visiteur").get(f"/dialogue/espaces/{espace.pk}/")
    assert "Nom de la déléguée" not in texte.content.decode()
    assert ">demandé</span>" in texte.content.decode()
