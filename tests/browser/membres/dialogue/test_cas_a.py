"""Case A: the first meeting with a new minister's cabinet, typed by the secretary general, then read.

Office-holders are named as the public page names them; the one who comes afterwards is invented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.saisie_dialogue import Lecteurs, main_of, says, see, status_of, text_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from factories.saisie_dialogue import Saisie

pytestmark = pytest.mark.navigateur

SOURCE = "https://page.example.org/gouvernement"
MINISTRE = "Ministre du Travail, du Plein emploi et de l’Insertion"
CABINET = "Conseillers du cabinet du ministre du Travail"
ESPACE = "Lieux politiques de dialogue avec le ministère"
TITRE = "Premier échange avec le cabinet du ministre du Travail"
PROPOSITIONS = (
    "Donner leur valeur aux emplois d’utilité sociale et territoriale",
    "Encourager la coopération entre acteurs de l’ESS",
    "Consolider le modèle économique des AI",
)
POSITIONS = (
    "Le réseau veut soutenir l’action publique pour l’IAE.",
    (
        "Des lieux politiques de dialogue et de concertation clairement identifiés, comme avec la ministre "
        "déléguée précédente, Mme Klinkert : ils donnent une dynamique de travail avec les cabinets, "
        "l’administration et les réseaux."
    ),
    (
        "Le budget a augmenté ces dernières années. Il faut passer d’un développement vertical, conduit par "
        "les chiffres, à un développement territorial et diagnostiqué : la politique, le dialogue et le "
        "pilotage au plus près des territoires."
    ),
    "La formation et le PIC IAE sont des leviers prioritaires.",
)
APPRIS = "Une inspection de l’IGAS sur l’IAE va commencer."
DEMANDE = "Un volet financier dans les termes de référence de l’inspection."
OFFRE = "Le réseau offre son expertise à l’inspection."
INTERNE = "Qui prépare le dossier pour l’inspection reste à décider au bureau."
LIMITE = "Incertitude après les élections : rien n’a été traité en profondeur."
RAPPORT = "Rapport de l’inspection publié, par l’IGAS seule"
RAPPORT_TEXTE = "Modulation à 30 % puis à 40 %, montants convergents."
RESERVE = (
    "Une inspection commence ; nous avons demandé un volet financier et offert notre expertise."
)


def type_places_and_offices(s: Saisie) -> str:
    """The place that existed and is asked for again; the offices and who holds them."""
    espace = s.create(
        "/dialogue/espaces/creer/",
        nom=ESPACE,
        nature="politique",
        niveau="France",
        competence="Dialogue et concertation avec les cabinets, l’administration et les réseaux.",
        etat="disparu",
        date_fin="2022-05-20",
        visibilite="public",
    )
    s.link("Redemander cet espace")
    s.fill(demande_par="le réseau", demande_depuis="2022-06-28")
    s.send()
    s.create(
        "/dialogue/engagements/charges/nouvelle/",
        intitule="Ministre déléguée précédente",
        categorie="Membre du Gouvernement ou membre de cabinet ministériel",
        nom="Mme Klinkert",
        source_url=SOURCE,
    )
    s.link("Noter un changement")
    s.fill(date_fin="2022-05-20")
    s.send()
    for intitule, nom in ((MINISTRE, "Olivier Dussopt"), (CABINET, "")):
        s.create(
            "/dialogue/engagements/charges/nouvelle/",
            intitule=intitule,
            ministere="Travail, Plein emploi et Insertion",
            categorie="Membre du Gouvernement ou membre de cabinet ministériel",
            nom=nom,
            depuis="2022-05-20" if nom else "",
            source_url=SOURCE if nom else "",
        )
    return espace


def type_proposals(s: Saisie) -> list[str]:
    """Three proposals, with the campaign in which they were already defended."""
    pages = []
    for titre in PROPOSITIONS:
        chemin = s.create(
            "/dialogue/propositions/nouvelle/",
            titre=titre,
            texte=f"{titre}.",
            statut="portée",
            visibilite="public",
        )
        s.link("Noter un portage")
        s.fill(
            forme="campagne publique",
            date="2022",
            aupres_de="les candidats à l’élection présidentielle",
        )
        s.send()
        pages.append(chemin)
    return pages


def type_meeting(s: Saisie) -> str:
    """The meeting, who was there, every item with its readers."""
    participants = s.create(
        "/dialogue/rencontres/nouvelle/",
        titre=TITRE,
        date="2022-06-28",
        duree="longue",
        initiative="l’interlocuteur",
        demandee_par="le cabinet",
        limite=LIMITE,
        visibilite="public",
    )
    fiche = participants.removesuffix("participants/")
    assert fiche != participants
    s.fill("form-0-", cote="délégation du réseau", nom="Laurent Pinet", fonction="président")
    s.fill("form-1-", cote="délégation du réseau", nom="Éric Béasse", fonction="secrétaire général")
    s.fill("form-2-", cote="interlocuteur", charge_id=CABINET, is_present="oui")
    s.send()
    s.page.get_by_role("button", name="Elle a eu lieu").click()
    s.link("Ajouter un point")
    for texte in POSITIONS:
        _item(s, "position portée", texte, "public")
    for titre in PROPOSITIONS:
        _item(s, "position portée", f"{titre}.", "public", proposition=titre)
    _item(s, "information apprise", APPRIS, "adhérents", locuteur=CABINET)
    _item(s, "demande", DEMANDE, "adhérents", locuteur="Laurent Pinet")
    _item(s, "offre", OFFRE, "adhérents", locuteur="Laurent Pinet")
    _item(s, "note", INTERNE, "interne")
    s.go(fiche)
    return fiche


def _item(s: Saisie, nature: str, texte: str, visibilite: str, **liens: str) -> None:
    s.fill(nature=nature, texte=texte, visibilite=visibilite, **liens)
    s.send("Enregistrer et en ajouter un autre")


def type_commitments(s: Saisie, fiche: str) -> tuple[str, str]:
    """The request and the offer, from the items themselves; then the fact that the request meets."""
    pages = []
    for texte in (DEMANDE, OFFRE):
        s.go(fiche)
        s.link(f"En faire un engagement : {texte[:40]}")
        expect(s.page.locator("[name=phrase]")).to_have_value(texte)
        expect(s.page.locator("[name=date]")).to_have_value("28/06/2022")
        s.fill(charge=MINISTRE)
        assert s.send() == fiche
        s.page.locator("main").get_by_role("link", name=texte, exact=True).last.click()
        pages.append(s.path)
    s.go(pages[0])
    s.link("Relier un fait")
    s.fill(
        titre=RAPPORT,
        date="janvier 2023",
        texte=RAPPORT_TEXTE,
        source="rapport de l’IGAS",
        visibilite="public",
    )
    s.send()
    return pages[0], pages[1]


def type_publication(s: Saisie, fiche: str) -> str:
    """The text in two versions, tied to the meeting."""
    s.go("/publications/redaction/nouvelle/")
    s.fill(titre="Reçus par le cabinet", reunion="cabinet du ministre, 28 juin 2022")
    s.send("Commencer à écrire")
    s.fill(
        chapo="Le cabinet a demandé à nous rencontrer le 28 juin 2022.",
        corps=f"{POSITIONS[0]}\n\n[[{RESERVE}]]\n\n{LIMITE}",
    )
    s.send("Enregistrer, relire et publier")
    publication = s.send("Publier")
    s.go(fiche)
    s.link("Lier les publications qui en rendent compte")
    s.page.get_by_label("Reçus par le cabinet").check()
    s.send()
    return publication


def read_as_delegation(s: Saisie, fiche: str, espace: str, propositions: list[str]) -> None:
    s.go(fiche)
    says(s, "Réunion tenue le 28 juin 2022, à la demande de l’interlocuteur (le cabinet)")
    says(s, "longue", "Laurent Pinet, président", "Éric Béasse, secrétaire général", CABINET)
    says(s, *POSITIONS, *PROPOSITIONS, APPRIS, DEMANDE, OFFRE, INTERNE, LIMITE)
    says(s, "n’est pas de notre initiative", "Reçus par le cabinet")
    s.go("/dialogue/repertoire/")
    ligne = s.page.locator("tr", has_text=TITRE)
    expect(ligne).to_contain_text("non compté")
    expect(ligne).to_contain_text("L’interlocuteur l’a demandée")
    s.go(espace)
    says(s, "Redemandé par le réseau depuis le 28 juin 2022", "Il a existé jusqu’au 20 mai 2022")
    for chemin in propositions:
        etapes = main_of(s, chemin).locator(".chronologie > li")
        expect(etapes).to_have_count(2)
        expect(etapes.nth(0)).to_contain_text("2022")
        expect(etapes.nth(0)).to_contain_text("Campagne publique")
        expect(etapes.nth(1)).to_contain_text("28 juin 2022")


def read_the_request(s: Saisie, demande: str, offre: str) -> None:
    """The request is followed by itself and meets the report, seven months later."""
    s.go(demande)
    says(s, "Demande du réseau : demandé, sans échéance")
    etapes = s.page.locator(".chronologie > li")
    expect(etapes).to_have_count(2)
    expect(etapes.nth(0)).to_contain_text("28 juin 2022")
    expect(etapes.nth(1)).to_contain_text("janvier 2023")
    expect(etapes.nth(1)).not_to_contain_text("1er janvier")
    expect(etapes.nth(1)).to_contain_text(RAPPORT)
    s.go(offre)
    says(s, "Engagement du réseau", OFFRE)


def read_as_others(lecteurs: Lecteurs, fiche: str, demande: str, publication: str) -> None:
    """A member reads all that is not internal; a visitor and a partner what is public."""
    chemins = (fiche, "/dialogue/rencontres/liste.csv", "/dialogue/engagements/liste.csv")
    agendas = ("/dialogue/agenda.ics", "/dialogue/")
    membre = lecteurs.open("direction")
    membre.go(fiche)
    says(membre, APPRIS, DEMANDE, OFFRE, LIMITE, *PROPOSITIONS)
    membre.go(publication)
    says(membre, RESERVE)
    assert status_of(membre, demande) == 200
    for chemin in (*chemins, *agendas):
        assert INTERNE not in text_of(membre, chemin)
    for role in ("", "partenaire"):
        autre = lecteurs.open(role)
        autre.go(fiche)
        says(autre, *POSITIONS, *PROPOSITIONS)
        assert status_of(autre, demande) == 404
        for chemin in (*chemins, *agendas, publication):
            texte = text_of(autre, chemin)
            for cache in (APPRIS, DEMANDE, OFFRE, INTERNE, RESERVE):
                assert cache not in texte, (role, chemin)
        for nom in ("Laurent Pinet", "Éric Béasse", LIMITE):
            assert nom not in text_of(autre, fiche)


def change_minister(s: Saisie, demande: str) -> None:
    """One action: the request is proposed to the one who comes; what we owe stays ours, nothing disappears."""
    s.go("/dialogue/engagements/charges/")
    s.link(MINISTRE, exact=True)
    ancienne = s.path
    s.link("Noter un changement")
    says(s, "1 engagement ouvert sera proposé")
    s.fill(
        date_fin="2024-01-11",
        nom="Camille Épreuve",
        date_debut="2024-01-12",
        intitule="Ministre du Travail d’essai",
    )
    s.send()
    expect(s.page.locator(".reprises > li")).to_have_count(1)
    s.page.get_by_role("link", name="Noter la réponse sur « Un volet financier").click()
    s.fill(etat="repris", decide_le="2024-02-01", note="Nous y tenons.")
    s.send()
    expect(s.page.locator(".reprises > li")).to_have_count(0)
    says(s, "Ce qui a été repris, ou non", "Nous y tenons.")
    s.go(ancienne)
    says(s, "Olivier Dussopt", DEMANDE, OFFRE)
    etapes = main_of(s, demande).locator(".chronologie > li .etape-date")
    assert etapes.all_inner_texts() == [
        "28 juin 2022",
        "janvier 2023",
        "12 janvier 2024",
        "1er février 2024",
    ]


def test_case_a_is_typed_then_read_by_each(lecteurs: Lecteurs) -> None:
    s = lecteurs.open("delegation")
    espace = type_places_and_offices(s)
    propositions = type_proposals(s)
    fiche = type_meeting(s)
    demande, offre = type_commitments(s, fiche)
    publication = type_publication(s, fiche)
    read_as_delegation(s, fiche, espace, propositions)
    read_the_request(s, demande, offre)
    read_as_others(lecteurs, fiche, demande, publication)
    change_minister(s, demande)
    see(s, "cas-a", fiche, demande, espace, propositions[0], "/dialogue/repertoire/", "/dialogue/")
    lecteurs.surveillance.assert_quiet()
