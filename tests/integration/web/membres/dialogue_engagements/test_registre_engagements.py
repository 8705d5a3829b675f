"""The ledger: who reads what, filters, files, the sentence that is frozen, what is added to it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories.engagements import DIT_LE, PHRASE, make_charge, make_engagement
from factories.membres import client_de

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.engagements import actions
from maillage.web.dialogue.engagements.decidim import COLONNES
from maillage.web.dialogue.engagements.echeances import echeances_visibles
from maillage.web.dialogue.models import (
    Contradiction,
    Engagement,
    Espace,
    EtatEngagement,
    Fait,
    Proposition,
    Rencontre,
    Siege,
    Sujet,
)
from maillage.web.droits.acteur import VISITEUR
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

LISTE = "/dialogue/engagements/"
INDICATEUR = {
    "cible_indicateur": "personnes_iae",
    "cible_niveau": "france",
    "cible_territoire": "FR",
}


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def rows_of(client: Client, query: str = "") -> list[str]:
    """Sentences in the file of the list, in its order."""
    answer = client.get(f"{LISTE}liste.csv{query}")
    lignes = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return [ligne["phrase"] for ligne in lignes]


def page_of(client: Client, engagement: Engagement) -> str:
    return text_of(client.get(reverse("engagement", args=[engagement.pk])))


def test_the_finding_counts_both_sides_and_what_is_late(petit_reseau: PetitReseau) -> None:
    hier = timezone.localdate() - timedelta(days=1)
    make_engagement("a", echeance=hier, echeance_precision="jour")
    make_engagement("b")
    make_engagement("c", sens="demande")
    make_engagement("d", sens="reseau", echeance=hier, echeance_precision="jour")
    tenu = make_engagement("e")
    actions.add_state(tenu, actions.NouvelEtat("tenu", hier, "Fait."), by=None)
    page = text_of(client_de(petit_reseau, "visiteur").get(LISTE))
    assert (
        "2\u00a0promesses ouvertes, dont 1 en retard\u202f; 1\u00a0demande du réseau en attente"
        in page
    )
    assert "1\u00a0engagement du réseau à tenir, dont 1 en retard." in page
    assert "5\u00a0engagements en tout." in page


def test_an_empty_ledger_says_so(petit_reseau: PetitReseau) -> None:
    page = text_of(client_de(petit_reseau, "visiteur").get(LISTE))
    assert "n’a encore aucun engagement" in page
    assert "Rien à montrer." in page


@pytest.mark.parametrize(
    ("precision", "echeance", "le", "en_retard"),
    [
        ("jour", date(2024, 6, 14), date(2024, 6, 14), False),
        ("jour", date(2024, 6, 14), date(2024, 6, 15), True),
        ("mois", date(2024, 6, 1), date(2024, 6, 30), False),
        ("mois", date(2024, 6, 1), date(2024, 7, 1), True),
        ("annee", date(2024, 1, 1), date(2024, 12, 31), False),
        ("annee", date(2024, 1, 1), date(2025, 1, 1), True),
    ],
)
def test_a_month_or_a_year_is_late_once_it_is_over(
    petit_reseau: PetitReseau, precision: str, echeance: date, le: date, *, en_retard: bool
) -> None:
    del petit_reseau
    make_engagement(echeance=echeance, echeance_precision=precision)
    assert Engagement.objects.en_retard(le).exists() is en_retard


LECTEURS = {
    "visiteur": {"public"},
    "sans rôle": {"public"},
    "partenaire": {"public", "espace"},
    "direction": {"public", "adherents", "espace"},
    "equipe": {"public", "adherents", "espace"},
    "conseil": {"public", "adherents", "espace", "interne"},
    "delegation": {"public", "adherents", "espace", "interne"},
    "delegation_regionale": {"public", "adherents", "espace", "interne"},
}


@pytest.mark.parametrize(("role", "lus"), LECTEURS.items())
def test_each_one_reads_their_own_level_and_nothing_else(
    petit_reseau: PetitReseau, role: str, lus: set[str]
) -> None:
    espace = Espace.objects.create(
        nom="Comité", nature="administratif", visibilite="espace", region="53"
    )
    Siege.objects.create(
        espace=espace, cote="autre", occupant="Département", organisation=petit_reseau.partenaire
    )
    niveaux = ("public", "adherents", "espace", "interne")
    tous = {
        v: make_engagement(f"phrase {v}", visibilite=v, espace=espace, region="53") for v in niveaux
    }
    client = client_de(petit_reseau, role)
    assert set(rows_of(client)) == {f"phrase {v}" for v in lus}
    page, decidim = text_of(client.get(LISTE)), text_of(client.get(f"{LISTE}decidim.csv"))
    for niveau, engagement in tous.items():
        attendu = niveau in lus
        adresse = reverse("engagement", args=[engagement.pk])
        assert (client.get(adresse).status_code == 200) is attendu, niveau
        assert (f"phrase {niveau}" in page) is attendu
        assert (f"phrase {niveau}" in decidim) is attendu


def test_a_delegate_of_elsewhere_does_not_read_what_is_internal_here(
    petit_reseau: PetitReseau,
) -> None:
    make_engagement("ici", visibilite="interne", region="53")
    make_engagement("là-bas", visibilite="interne", region="84")
    assert rows_of(client_de(petit_reseau, "delegation_regionale")) == ["ici"]


def test_a_partner_whose_seat_has_ended_reads_no_more(petit_reseau: PetitReseau) -> None:
    espace = Espace.objects.create(nom="Comité", nature="administratif")
    make_engagement("partagée", visibilite="espace", espace=espace)
    siege = Siege.objects.create(
        espace=espace, cote="autre", occupant="x", organisation=petit_reseau.partenaire
    )
    client = client_de(petit_reseau, "partenaire")
    assert rows_of(client) == ["partagée"]
    siege.date_fin = timezone.localdate() - timedelta(days=1)
    siege.save()
    assert rows_of(client) == []


def test_what_a_commitment_is_tied_to_is_named_to_those_who_read_it(
    petit_reseau: PetitReseau,
) -> None:
    secret = {"visibilite": "interne"}
    engagement = make_engagement(
        espace=Espace.objects.create(nom="Espace tu", nature="politique", **secret),
        rencontre=Rencontre.objects.create(titre="Rencontre tue", date=DIT_LE, **secret),
        proposition=Proposition.objects.create(titre="Proposition tue", **secret),
        sujet=Sujet.objects.create(titre="Sujet tu", slug="sujet-tu", **secret),
    )
    fait = Fait(titre="Fait tu", date=DIT_LE, **secret)
    actions.add_fact(engagement, fait, by=None)
    mots = ("Espace tu", "Rencontre tue", "Proposition tue", "Sujet tu", "Fait tu")
    visiteur, interne = (client_de(petit_reseau, r) for r in ("visiteur", "conseil"))
    for client, attendu in ((visiteur, False), (interne, True)):
        page = page_of(client, engagement)
        fichier = client.get(f"{LISTE}liste.csv").content.decode()
        liste = text_of(client.get(LISTE))
        assert [mot in page for mot in mots] == [attendu] * 5
        assert [mot in fichier for mot in mots[:4]] == [attendu] * 4
        assert ("Espace tu" in liste, "Sujet tu" in liste) == (attendu, attendu)


def test_a_person_is_named_to_the_public_only_when_a_public_page_names_them(
    petit_reseau: PetitReseau,
) -> None:
    charge = make_charge("Nom Public")
    discrete = make_charge("Nom Discret", intitule="Conseiller")
    discrete.titulaires.update(source_url="")
    public, discret = make_engagement("a", charge=charge), make_engagement("b", charge=discrete)
    assert (public.auteur_nom, public.auteur_fonction) == ("Nom Public", "Ministre de l’Essai")
    visiteur, membre = client_de(petit_reseau, "visiteur"), client_de(petit_reseau, "direction")
    assert "Nom Public" in page_of(visiteur, public)
    assert "Nom Discret" not in page_of(visiteur, discret)
    assert "Nom Discret" in page_of(membre, discret)
    for adresse in (LISTE, f"{LISTE}liste.csv", reverse("charge", args=[discrete.pk])):
        assert "Nom Discret" not in visiteur.get(adresse).content.decode()
        assert "Nom Discret" in membre.get(adresse).content.decode()


@pytest.mark.parametrize(
    ("query", "attendu"),
    [
        ("?q=PRÉFETS", ["préfets"]),
        ("?q=prefets+zzz", []),
        ("?q=ministre", ["charge"]),
        ("?sens=reseau", ["nous"]),
        ("?statut=tenu", ["tenue"]),
        ("?statut=ouverts&sens=public&tri=phrase", ["charge", "préfets"]),
        ("?retard=oui", ["charge"]),
        ("?retard=sans&sens=public&statut=ouverts", ["préfets"]),
        ("?territoire=departement:35", ["préfets"]),
        ("?territoire=france:&sens=reseau", ["nous"]),
        ("?sujet=ai", ["nous"]),
        ("?tri=echeance&ordre=asc&sens=public&statut=ouverts", ["charge", "préfets"]),
    ],
)
def test_each_filter_and_order(petit_reseau: PetitReseau, query: str, attendu: list[str]) -> None:
    charge = make_charge()
    sujet = Sujet.objects.create(titre="AI", slug="ai", visibilite="public")
    make_engagement("charge", charge=charge, echeance=date(2024, 6, 1), echeance_precision="mois")
    make_engagement("préfets", niveau="departement", territoire="35", departement="35", region="53")
    make_engagement("nous", sens="reseau", sujet=sujet)
    tenue = make_engagement("tenue")
    actions.add_state(tenue, actions.NouvelEtat("tenu", DIT_LE, "Fait."), by=None)
    assert rows_of(client_de(petit_reseau, "visiteur"), query) == attendu
    assert text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}{query}"))


def test_the_filters_by_office_and_by_place(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    espace = Espace.objects.create(nom="Comité", nature="politique", visibilite="public")
    make_engagement("a", charge=charge)
    make_engagement("b", espace=espace)
    client = client_de(petit_reseau, "visiteur")
    assert rows_of(client, f"?charge={charge.pk}") == ["a"]
    assert rows_of(client, f"?espace={espace.pk}") == ["b"]


@pytest.mark.parametrize(
    "query",
    ["?sens=x&statut=y&retard=z", "?espace=x", "?charge=²", "?territoire=planete:1", "?tri=x"],
)
def test_an_address_that_asks_for_nothing_known_is_told(
    petit_reseau: PetitReseau, query: str
) -> None:
    page = text_of(client_de(petit_reseau, "visiteur").get(LISTE + query), 400)
    assert "MLG-ENG-020" in page or "MLG-WEB-001" in page


def test_the_file_for_decidim_has_its_columns_and_runs_nothing(petit_reseau: PetitReseau) -> None:
    proposition = Proposition.objects.create(titre="P", visibilite="interne")
    make_engagement(
        "=HYPERLINK(1)",
        proposition=proposition,
        echeance=date(2024, 6, 1),
        echeance_precision="mois",
    )
    answer = client_de(petit_reseau, "visiteur").get(f"{LISTE}decidim.csv")
    lecture = csv.DictReader(io.StringIO(answer.content.decode()), delimiter=";")
    [ligne] = list(lecture)
    assert tuple(lecture.fieldnames or ()) == COLONNES
    assert (ligne["title/fr"], ligne["start_date"], ligne["end_date"]) == (
        "'=HYPERLINK(1)",
        "2024-03-22",
        "2024-06-30",
    )
    assert (ligne["id"], ligne["proposal_urls"], ligne["status/key"]) == ("", "", "annonce")
    assert ligne["url"].startswith("http")


def saisie(**champs: str) -> dict[str, str]:
    """What the browser sends for a new commitment."""
    return {
        "sens": "public",
        "phrase": PHRASE,
        "niveau": "france",
        "visibilite": "interne",
    } | champs


def test_a_commitment_is_typed_with_the_precision_of_its_dates(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    client = client_de(petit_reseau, "delegation")
    answer = client.post(
        f"{LISTE}nouveau/",
        saisie(
            charge=str(charge.pk), date="22/03/2024", echeance="juin 2024",
            niveau="departement", territoire="Ille-et-Vilaine",
        ),
    )  # fmt: skip
    engagement = Engagement.objects.get()
    assert answer["Location"] == reverse("engagement", args=[engagement.pk])
    assert (engagement.date, engagement.precision) == (DIT_LE, "jour")
    assert (engagement.echeance, engagement.echeance_precision) == (date(2024, 6, 30), "mois")
    assert (engagement.territoire, engagement.departement, engagement.region) == ("35", "35", "53")
    assert (engagement.auteur_nom, engagement.porteur) == ("Anne Essai", charge)
    assert engagement.etats.get().statut == "annonce"
    page = page_of(client, engagement)
    assert "juin 2024" in page
    assert "1er juin" not in page
    assert "30 juin 2024" in page  # since when it is late
    assert Evenement.objects.filter(action="engagement.creer").count() == 1


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"phrase": ""}, "obligatoire"),
        ({"sens": "x"}, "choix valide"),
        ({"date": "hier"}, "n’est pas une date"),
        ({"date": "31/02/2024"}, "n’est pas une date"),
        ({"echeance": "13/2024"}, "n’est pas une date"),
        ({"niveau": "departement"}, "Dites lequel"),
        ({"niveau": "departement", "territoire": "Nulle part"}, "aucun territoire"),
        ({"visibilite": "espace"}, "Dites lequel"),
        ({"phrase": "IBAN FR76 3000 6000 0112 3456 7890 189"}, "coordonnées bancaires"),
        ({"cible_indicateur": "personnes_iae"}, "entière, ou absente"),
        ({"cible_valeur": "12"}, "entière, ou absente"),
        ({"cible_date": "2024-01-01"}, "effacez le reste"),
        (
            {
                "cible_indicateur": "taux_pauvrete",
                "cible_comparaison": "au_plus",
                "cible_niveau": "zone-emploi",
                "cible_territoire": "Redon",
                "cible_valeur": "10",
            },
            "n’y est pas publié",
        ),
        ({"source_url": "javascript:alert(1)"}, "URL valide"),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_is_written(
    petit_reseau: PetitReseau, champs: dict[str, str], message: str
) -> None:
    client = client_de(petit_reseau, "delegation")
    page = text_of(client.post(f"{LISTE}nouveau/", saisie(**champs)), 400)
    assert message in page.replace("&#x27;", "'")
    assert not Engagement.objects.exists()


def test_a_regional_delegate_writes_about_their_region_only(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    for champs in ({}, {"niveau": "departement", "territoire": "38"}):
        page = text_of(client.post(f"{LISTE}nouveau/", saisie(**champs)), 400)
        assert "n’est pas de votre région" in page
    client.post(f"{LISTE}nouveau/", saisie(niveau="departement", territoire="35"))
    engagement = Engagement.objects.get()
    etat = reverse("engagement-etat", args=[engagement.pk])
    assert client.get(etat).status_code == 200
    ailleurs = make_engagement("ailleurs", region="84")
    assert client.get(reverse("engagement-etat", args=[ailleurs.pk])).status_code == 403


def test_a_sentence_is_corrected_until_something_is_found_then_never(
    petit_reseau: PetitReseau,
) -> None:
    engagement = make_engagement()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("engagement-modifier", args=[engagement.pk])
    client.post(adresse, saisie(phrase="Corrigée", date="2024", visibilite="public"))
    engagement.refresh_from_db()
    assert (engagement.phrase, engagement.precision) == ("Corrigée", "annee")
    etat = actions.NouvelEtat("en_cours", DIT_LE, "Relecture.")
    actions.add_state(engagement, etat, by=None)
    page = text_of(client.get(adresse))
    assert 'name="phrase"' not in page
    assert "ne se corrigent plus" in page
    client.post(adresse, saisie(phrase="Réécrite", visibilite="adherents"))
    engagement.refresh_from_db()
    assert (engagement.phrase, engagement.visibilite) == ("Corrigée", "adherents")
    with pytest.raises(SaisieInvalide, match="MLG-ENG-001"):
        actions.modify_engagement(engagement, {"phrase": "Réécrite"}, by=None)


def test_a_state_is_kept_by_the_base_and_copied(petit_reseau: PetitReseau) -> None:
    engagement = make_engagement()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("engagement-etat", args=[engagement.pk])
    saisi = {
        "statut": "tenu_en_partie",
        "date": "2024-06-01",
        "motif": "Une instruction est partie, sans les départements d’outre-mer.",
        "preuve": "Instruction du 31 mai",
        "preuve_url": "https://page.example.org/instruction",
    }
    client.post(adresse, saisi)
    engagement.refresh_from_db()
    assert engagement.statut == "tenu_en_partie"
    page = page_of(client_de(petit_reseau, "visiteur"), engagement)
    assert "partiellement tenu depuis le 1er juin 2024" in page
    assert "sans les départements d’outre-mer" in page
    assert "https://page.example.org/instruction" in page
    # a state of an earlier day, noted later, does not change where it stands
    actions.add_state(engagement, actions.NouvelEtat("en_cours", DIT_LE, "Avant."), by=None)
    engagement.refresh_from_db()
    assert engagement.statut == "tenu_en_partie"
    for geste in (
        lambda: EtatEngagement.objects.update(motif="x"),
        lambda: EtatEngagement.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()


@pytest.mark.parametrize(
    ("jour", "code"), [(date(2024, 3, 21), "avant la phrase"), (date(2999, 1, 1), "encore venu")]
)
def test_a_state_of_an_impossible_day_is_refused(
    petit_reseau: PetitReseau, jour: date, code: str
) -> None:
    engagement = make_engagement()
    saisi = {"statut": "tenu", "date": jour.isoformat(), "motif": "x"}
    adresse = reverse("engagement-etat", args=[engagement.pk])
    page = text_of(client_de(petit_reseau, "delegation").post(adresse, saisi), 400)
    assert code in page
    assert engagement.etats.count() == 1


def test_a_contradiction_is_flagged_and_the_sentence_stays(petit_reseau: PetitReseau) -> None:
    engagement = make_engagement()
    client = client_de(petit_reseau, "delegation")
    client.post(
        reverse("engagement-contredire", args=[engagement.pk]),
        {"date": "2024-09-10", "phrase": "Aucune instruction ne partira.", "auteur": "le cabinet"},
    )
    engagement.refresh_from_db()
    assert engagement.statut == "contredit"
    assert engagement.is_ouvert
    page = page_of(client_de(petit_reseau, "visiteur"), engagement)
    assert PHRASE in page
    assert "Contredit depuis" in page
    assert "Aucune instruction ne partira." in page
    assert Contradiction.objects.get().by_id == petit_reseau.personnes["delegation"].pk


def test_a_dated_fact_meets_a_request(petit_reseau: PetitReseau) -> None:
    """Case A: the request for a financial part meets the report published seven months later."""
    demande = make_engagement("Un volet financier.", sens="demande", date=date(2022, 6, 28))
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("engagement-fait", args=[demande.pk])
    refus = text_of(client.post(adresse, {"visibilite": "public"}), 400)
    assert "dites lequel" in refus
    saisi = {"titre": "Le rapport paraît", "date": "01/2023", "visibilite": "public"}
    client.post(adresse, saisi)
    page = page_of(client_de(petit_reseau, "visiteur"), demande)
    assert page.index("28 juin 2022") < page.index("janvier 2023")
    assert "1er janvier 2023" not in page
    autre = make_engagement("Une autre.", sens="demande", date=date(2022, 6, 28))
    client.post(
        reverse("engagement-fait", args=[autre.pk]),
        {"connu": Fait.objects.get().pk, "visibilite": "public"},
    )
    assert Fait.objects.get().engagements.count() == 2


@pytest.mark.parametrize(
    ("cible", "attendus"),
    [
        (
            {"cible_valeur": 140_000, "cible_date": date(2022, 9, 30)},
            ('<strong class="verdict verdict-atteinte">', "septembre 2022", "supérieure de 6\u202f311"),
        ),
        (
            {"cible_valeur": 240_000, "cible_date": date(2022, 9, 30)},
            ("verdict-non_atteinte", "inférieure de 93\u202f689\u00a0personnes"),
        ),
        (
            {"cible_valeur": 240_000, "cible_date": date(2022, 12, 31)},
            ("aucune valeur publiée", "pour le 31 décembre 2022", "146\u202f311"),
        ),
        (
            {"cible_valeur": 140_000, "cible_date": None, "cible_comparaison": "au_plus"},
            ("verdict-non_atteinte", "au plus 140\u202f000"),
        ),
        (
            {"cible_valeur": 1, "cible_indicateur": "disparu"},
            ("aucune valeur publiée", "n’existe plus"),
        ),
    ],
)  # fmt: skip
def test_a_target_is_read_in_the_published_figures_and_never_guessed(
    petit_reseau: PetitReseau, cible: dict[str, Any], attendus: tuple[str, ...]
) -> None:
    engagement = make_engagement(**{"cible_comparaison": "au_moins", **INDICATEUR, **cible})
    page = page_of(client_de(petit_reseau, "visiteur"), engagement)
    for attendu in attendus:
        assert attendu in page
    if "disparu" not in str(cible):
        assert "/chiffres/france/FR/personnes_iae/2022-09/" in page


def test_a_target_is_typed_by_names(petit_reseau: PetitReseau) -> None:
    champs = saisie(
        cible_indicateur="personnes_iae",
        cible_comparaison="au_moins",
        cible_niveau="departement",
        cible_territoire="Ille-et-Vilaine",
        cible_valeur="2 500,5",
        cible_date="2022-09-30",
    )
    client = client_de(petit_reseau, "delegation")
    client.post(f"{LISTE}nouveau/", champs)
    engagement = Engagement.objects.get()
    assert (engagement.cible_niveau, engagement.cible_territoire) == ("departement", "35")
    assert "2\u202f500,5" in page_of(client, engagement)
    corriger = text_of(client.get(reverse("engagement-modifier", args=[engagement.pk])))
    assert 'value="Ille-et-Vilaine"' in corriger


def test_due_dates_for_a_calendar_are_those_one_reads(petit_reseau: PetitReseau) -> None:
    del petit_reseau
    make_engagement("a", echeance=date(2024, 6, 1), echeance_precision="mois")
    make_engagement("b", echeance=date(2024, 5, 4), echeance_precision="jour")
    make_engagement("c", echeance=date(2024, 1, 1), echeance_precision="annee")
    make_engagement("d", visibilite="interne", echeance=DIT_LE, echeance_precision="jour")
    make_engagement("e")
    clos = make_engagement("f", echeance=DIT_LE, echeance_precision="jour")
    actions.add_state(clos, actions.NouvelEtat("tenu", DIT_LE, "x"), by=None)
    found = [(e.phrase, jour) for e, jour in echeances_visibles(VISITEUR)]
    assert found == [
        ("c", date(2024, 12, 31)),
        ("b", date(2024, 5, 4)),
        ("a", date(2024, 6, 30)),
    ]


def test_a_region_s_delegate_keeps_a_tie_to_what_they_do_not_read(
    petit_reseau: PetitReseau,
) -> None:
    """Once, saving the form of such a commitment untied it from its place."""
    espace = Espace.objects.create(nom="Cabinet", nature="politique", visibilite="interne")
    engagement = make_engagement(espace=espace, region="53", departement="35")
    client = client_de(petit_reseau, "delegation_regionale")
    adresse = reverse("engagement-modifier", args=[engagement.pk])
    assert "Cabinet" not in text_of(client.get(adresse))
    client.post(adresse, saisie(niveau="departement", territoire="35", visibilite="public"))
    engagement.refresh_from_db()
    assert (engagement.espace, engagement.niveau) == (espace, "departement")


def fill(nombre: int) -> None:
    """Commitments of every kind, tied to everything."""
    charge = make_charge()
    espace = Espace.objects.create(nom="E", nature="politique", visibilite="public")
    rencontre = Rencontre.objects.create(titre="R", date=DIT_LE, visibilite="public")
    tous = Engagement.objects.bulk_create(
        Engagement(
            sens=Engagement.Sens.values[rang % 3],
            phrase=f"Phrase {rang}",
            date=DIT_LE,
            charge=charge,
            porteur=charge,
            espace=espace,
            rencontre=rencontre,
            visibilite="public",
            niveau="departement",
            territoire="35",
            echeance=DIT_LE,
            echeance_precision="jour",
        )
        for rang in range(nombre)
    )
    EtatEngagement.objects.bulk_create(
        EtatEngagement(engagement=e, statut="annonce", date=DIT_LE, at=timezone.now()) for e in tous
    )


def test_the_pages_cost_the_same_with_five_thousand_commitments(petit_reseau: PetitReseau) -> None:
    clients = {role: client_de(petit_reseau, role) for role in ("visiteur", "delegation")}
    for client in clients.values():
        client.get(LISTE)  # a session notes its first page
    nombres = []
    for taille in (60, 4_940):
        fill(taille)
        comptes = {}
        charge = Engagement.objects.filter(charge__isnull=False).latest("pk").charge_id
        adresses = (
            LISTE,
            f"{LISTE}?q=phrase+1&statut=ouverts&retard=oui",
            f"{LISTE}liste.csv",
            f"{LISTE}decidim.csv",
            f"{LISTE}charges/",
            reverse("engagement", args=[Engagement.objects.latest("pk").pk]),
        )
        for rang, adresse in enumerate(adresses):
            for role, client in clients.items():
                with CaptureQueriesContext(connection) as requetes:
                    assert client.get(adresse).status_code == 200, adresse
                comptes[rang, role] = len(requetes)
        assert charge
        nombres.append(comptes)
    assert nombres[0] == nombres[1]
    assert max(nombres[1].values()) < 25, nombres[1]
