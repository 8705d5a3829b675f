"""Case B: a working group of the administration, where the network sits for the whole collective.

Typed by the secretary general, then read by a member, a visitor, and a partner who has a seat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.saisie_dialogue import Lecteurs, says, see, status_of, text_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from factories.saisie_dialogue import Saisie

pytestmark = pytest.mark.navigateur

GROUPE = "Groupe de travail de la DGEFP avec les réseaux de l’IAE"
CNE = "Comité national pour l’emploi"
LOCALES = "Instances locales de l’emploi"
CHARGE = "Délégation générale à l’emploi et à la formation professionnelle"
COLLECTIF = "le collectif des réseaux"
ESPACE = "adhérents et membres de l’espace"
FEUILLE = (
    "Construire ensemble une feuille de route opérationnelle, à la suite du Pacte d’ambition et du "
    "rapport de l’IGAS."
)
ORDRE_DU_JOUR = ("Réforme France Travail et IAE.", FEUILLE)
APPRIS = (
    (
        "Comité national pour l’emploi au début d’avril : trois sièges pour les réseaux de l’IAE, Coorace, "
        "FEI et Chantier école. Décrets de nomination attendus."
    ),
    "Plus aucun siège de droit aux niveaux locaux.",
    "Retours de 18 territoires pilotes sur l’accompagnement renforcé des allocataires du RSA.",
)
PROMESSE = "Une instruction demandera aux préfets d’associer largement l’IAE."
CPO = "Conventions pluriannuelles : la méthode est donnée, la signature est prévue en juillet."
DEMANDE = "Une journée pour les territoires d’outre-mer."
ENTRE_NOUS = "Le collectif se répartit les sujets avant la réunion suivante."
LOINTAIN = "2040-03-01"
OUVERTE = "Point d’étape ouvert"
FERMEE = "Point d’étape entre nous"
INTERNE = "Perdre les sièges locaux nous affaiblit : à porter au bureau."


def type_places(s: Saisie) -> dict[str, str]:
    """Three places, and who sits there on whose behalf; one of them loses its seat."""
    pages = {}
    for nom, nature, visibilite in (
        (GROUPE, "groupe de travail", ESPACE),
        (CNE, "prévu par un texte", "public"),
        (LOCALES, "prévu par un texte", "public"),
    ):
        pages[nom] = s.create(
            "/dialogue/espaces/creer/",
            nom=nom,
            sigle="CNE" if nom == CNE else "",
            nature=nature,
            niveau="France",
            etat="en activité",
            visibilite=visibilite,
        )
    _seat(s, pages[GROUPE], cote="le réseau et les siens", occupant="Réseau d’essai")
    _seat(
        s,
        pages[GROUPE],
        cote="une autre partie",
        occupant="Département d’essai",
        organisation="Département d’essai",
        au_nom_de="",
        qualite="territoire pilote",
    )
    for occupant in ("Coorace", "FEI", "Chantier école"):
        _seat(s, pages[CNE], cote="un autre réseau ou allié", occupant=occupant)
    _seat(
        s,
        pages[LOCALES],
        cote="le réseau et les siens",
        occupant="Réseau d’essai",
        qualite="de droit",
    )
    s.link("Mettre fin")
    s.fill(date_fin="2024-03-22", motif_fin="plus aucun siège de droit aux niveaux locaux")
    s.page.get_by_label("Le siège demeure").uncheck()
    s.send("Mettre fin à un mandat")
    return pages


def _seat(s: Saisie, espace: str, **champs: str) -> None:
    s.go(espace)
    s.link("Ajouter un siège")
    s.fill(**{"au_nom_de": COLLECTIF, **champs})
    s.send()


def type_meeting(s: Saisie) -> str:
    """The meeting of 22 March, its items each with its readers."""
    s.create("/dialogue/engagements/charges/nouvelle/", intitule=CHARGE, organisme="DGEFP")
    participants = _meet(
        s, "Feuille de route de l’IAE", "2024-03-22", "au jour près", "convocation de l’instance"
    )
    s.fill("form-0-", cote="interlocuteur", charge_id=f"{CHARGE}, DGEFP", is_present="oui")
    s.fill("form-1-", cote="délégation du réseau", fonction="le réseau, pour le collectif")
    s.send()
    s.page.get_by_role("button", name="Elle a eu lieu").click()
    s.link("Ajouter un point")
    for texte in ORDRE_DU_JOUR:
        _item(s, "ordre du jour", texte)
    for texte in APPRIS:
        _item(s, "information apprise", texte)
    for texte in (PROMESSE, CPO):
        _item(s, "déclaration", texte, locuteur=f"{CHARGE}, DGEFP")
    _item(s, "demande", DEMANDE)
    _item(s, "note", ENTRE_NOUS, "adhérents")
    _item(s, "note", INTERNE, "interne")
    return participants.removesuffix("participants/")


def _meet(  # one argument per field that changes
    s: Saisie, titre: str, jour: str, precision: str, initiative: str, visibilite: str = ESPACE
) -> str:
    return s.create(
        "/dialogue/rencontres/nouvelle/",
        titre=titre,
        espace=GROUPE,
        date=jour,
        precision=precision,
        initiative=initiative,
        demandee_par="" if initiative == "le réseau" else "la DGEFP",
        visibilite=visibilite,
    )


def _item(s: Saisie, nature: str, texte: str, visibilite: str = ESPACE, **liens: str) -> None:
    s.fill(nature=nature, texte=texte, visibilite=visibilite, **liens)
    s.send("Enregistrer et en ajouter un autre")


def type_commitments(s: Saisie, fiche: str) -> dict[str, str]:
    """The promise without a day, the request, the deadline of July."""
    pages = {}
    for texte, nature, echeance in (
        (PROMESSE, "promesse faite au réseau", ""),
        (DEMANDE, "demande du réseau", ""),
        (CPO, "promesse faite au réseau", "juillet 2024"),
    ):
        s.go(fiche)
        s.link(f"En faire un engagement : {texte[:40]}")
        expect(s.page.locator("[name=sens] option:checked")).to_have_text(nature)
        expect(s.page.locator("[name=charge] option:checked")).to_have_text(CHARGE)
        s.fill(echeance=echeance)
        s.send()
        s.page.locator("main").get_by_role("link", name=texte, exact=True).last.click()
        pages[texte] = s.path
    return pages


def type_calendar(s: Saisie) -> None:
    """The two meetings to come, whose days nobody has said."""
    for titre, jour in (
        ("Réunion suivante, à la mi-juin", "2024-06-15"),
        ("Réunion de rentrée, en septembre ou octobre", "2024-09-15"),
    ):
        _meet(s, titre, jour, "au mois près", "convocation de l’instance")
        s.send()


def plan_two_more(s: Saisie) -> None:
    """Two days to come, one of them for ourselves alone: calendars only have days that are known."""
    for titre, visibilite in ((OUVERTE, ESPACE), (FERMEE, "interne")):
        _meet(s, titre, LOINTAIN, "au jour près", "le réseau", visibilite)
        s.send()


def read_places(s: Saisie, pages: dict[str, str]) -> None:
    s.go(pages[GROUPE])
    says(s, "Le réseau y tient 1 siège au nom de « le collectif des réseaux »", "territoire pilote")
    says(s, "juin 2024", "septembre 2024", "22 mars 2024", PROMESSE, DEMANDE, CPO)
    expect(s.page.locator("main")).not_to_contain_text("15 juin")
    s.go(pages[CNE])
    lignes = s.page.locator("table tbody tr")
    expect(lignes).to_have_count(3)
    for rang, qui in enumerate(("Chantier école", "Coorace", "FEI")):
        expect(lignes.nth(rang)).to_contain_text(qui)
        expect(lignes.nth(rang)).to_contain_text(COLLECTIF)
    s.go(pages[LOCALES])
    says(s, "Le réseau n’y siège plus depuis le 22 mars 2024 (plus aucun siège de droit")
    s.page.get_by_text("Mandats terminés").click()
    says(s, "22 mars 2024", "plus aucun siège de droit aux niveaux locaux")
    s.go("/dialogue/espaces/changements/?annee=2024")
    says(s, LOCALES, "plus aucun siège de droit aux niveaux locaux")


def read_commitments(s: Saisie, pages: dict[str, str]) -> None:
    for texte, *phrases in (
        (PROMESSE, "Promesse faite au réseau : annoncé, sans échéance", CHARGE),
        (DEMANDE, "Demande du réseau : demandé, sans échéance"),
        (CPO, "en retard depuis le 31 juillet 2024", "juillet 2024"),
    ):
        s.go(pages[texte])
        says(s, *phrases)
    s.go("/dialogue/repertoire/")
    ligne = s.page.locator("tr", has_text="Feuille de route de l’IAE")
    expect(ligne).to_contain_text("non compté")
    expect(ligne).to_contain_text("convocation de l’instance")


def read_as_others(
    lecteurs: Lecteurs, fiche: str, groupe: str, cne: str, pages: dict[str, str]
) -> None:
    """A partner reads what the place shares; a member more; a visitor only what is public."""
    fichiers = (
        "/dialogue/rencontres/liste.csv",
        "/dialogue/engagements/liste.csv",
        "/dialogue/espaces/liste.csv",
        "/dialogue/agenda.ics",
    )
    partages = (*ORDRE_DU_JOUR, *APPRIS, PROMESSE, CPO, DEMANDE)
    agenda = f"{groupe}agenda.ics"
    for role, caches in (
        ("direction", (INTERNE, FERMEE)),
        ("partenaire", (INTERNE, FERMEE, ENTRE_NOUS)),
    ):
        lecteur = lecteurs.open(role)
        lecteur.go(fiche)
        says(lecteur, "sur convocation de l’instance (la DGEFP)", *partages)
        for chemin in (fiche, groupe, agenda, *pages.values(), *fichiers):
            texte = text_of(lecteur, chemin)
            for cache in caches:
                assert cache not in texte, (role, chemin)
        assert "22/03/2024" in text_of(lecteur, fichiers[0]) or "2024-03-22" in text_of(
            lecteur, fichiers[0]
        )
        titres = text_of(lecteur, agenda).replace("\r\n ", "")
        assert OUVERTE in titres
        assert FERMEE not in titres
    visiteur = lecteurs.open()
    for chemin in (fiche, groupe, agenda, *pages.values()):
        assert status_of(visiteur, chemin) == 404, chemin
    visiteur.go(cne)
    says(visiteur, "Coorace", "FEI", "Chantier école")
    for chemin in (*fichiers, "/dialogue/", "/dialogue/espaces/"):
        texte = text_of(visiteur, chemin)
        for cache in (*partages, ENTRE_NOUS, INTERNE, GROUPE, OUVERTE, FERMEE):
            assert cache not in texte, chemin


def test_case_b_is_typed_then_read_by_each(lecteurs: Lecteurs) -> None:
    s = lecteurs.open("delegation")
    espaces = type_places(s)
    fiche = type_meeting(s)
    engagements = type_commitments(s, fiche)
    type_calendar(s)
    plan_two_more(s)
    read_places(s, espaces)
    read_commitments(s, engagements)
    read_as_others(lecteurs, fiche, espaces[GROUPE], espaces[CNE], engagements)
    see(s, "cas-b", fiche, *espaces.values(), engagements[PROMESSE], "/dialogue/engagements/")
    lecteurs.surveillance.assert_quiet()
