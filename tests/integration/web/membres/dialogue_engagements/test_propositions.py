"""Proposals: texts that stay, costs that nobody types, carryings and answers, within one's own rights."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories.engagements import make_charge, make_engagement, make_proposition
from factories.membres import client_de

from maillage.kernel.errors import SaisieInvalide, UserError
from maillage.web.dialogue.models import (
    Chiffrage,
    Document,
    Portage,
    Proposition,
    Rencontre,
    Sujet,
    VersionProposition,
)
from maillage.web.dialogue.propositions import actions
from maillage.web.dialogue.propositions import chiffrage as regles
from maillage.web.dialogue.propositions.chiffrage import Question, compute, hash_run

if TYPE_CHECKING:
    from factories.membres import PetitReseau

LISTE = "/dialogue/propositions/"
EFFECTIF = "execution_2019:AI"


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def plain(page: str) -> str:
    """What is read, spaces aside."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def page_of(client: Any, proposition: Proposition) -> str:
    return plain(text_of(client.get(reverse("proposition", args=[proposition.pk]))))


def test_a_proposal_is_written_in_versions_that_stay(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    ancienne = make_proposition("Ancienne")
    saisie = {
        "titre": "Doubler l’aide",
        "texte": "Nous demandons le double.\nDès 2026.",
        "statut": "adoptee",
        "niveau": "france",
        "visibilite": "public",
        "remplace": ancienne.pk,
    }
    client.post(f"{LISTE}nouvelle/", saisie)
    proposition = Proposition.objects.get(titre="Doubler l’aide")
    ancienne.refresh_from_db()
    assert ancienne.statut == "remplacee"
    adresse = reverse("proposition-texte", args=[proposition.pk])
    nouveau = {"texte": "Nous demandons le triple.\nDès 2026.", "motif": "Congrès", "base": 1}
    client.post(adresse, nouveau)
    refus = text_of(client.post(adresse, nouveau | {"texte": "Autre."}), 400)
    assert "Quelqu’un d’autre a enregistré le texte 2" in refus
    assert "Autre." in refus
    visiteur = client_de(petit_reseau, "visiteur")
    page = page_of(visiteur, proposition)
    assert "le triple" in page
    assert "Texte 2" in page
    assert "Remplace Ancienne" in page
    assert "Remplacée par Doubler l’aide" in page_of(visiteur, ancienne)
    versions = text_of(visiteur.get(reverse("proposition-version", args=[proposition.pk, 2])))
    assert "<ins>" in versions
    assert "<del>" in versions
    assert petit_reseau.personnes["delegation"].nom_complet not in versions
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionProposition.objects.update(texte="x")
    with pytest.raises(SaisieInvalide, match="MLG-PRP-004"):
        actions.modify_proposition(ancienne, {}, remplace=[proposition], by=None)


@pytest.mark.parametrize(
    ("quoi", "publie"),
    [
        ("publie:ai_4000_plf_2021", "54 M€"),
        ("publie:ai_4000_plf_2022", "54 M€"),
        ("publie:ai_4000_plf_2023", "54 M€"),
        ("publie:ai_double_plf_2026", "22 M€"),
    ],
)
def test_a_published_costing_is_done_again_with_its_gap(
    petit_reseau: PetitReseau, quoi: str, publie: str
) -> None:
    """Case C: 4 000 € asked for, 54 M€ published; the double, 22 M€: the rules say the gap."""
    proposition = make_proposition()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("proposition-chiffrer", args=[proposition.pk])
    client.post(adresse, {"quoi": quoi, "effectif": EFFECTIF})
    fige = Chiffrage.objects.get()
    attendu = compute(Question("publie", chiffrage=quoi.partition(":")[2], effectif=EFFECTIF))
    assert fige.resultat == attendu
    ecart = attendu["valeur_centimes"] - attendu["publie_euros"] * 100
    assert attendu["ecart_centimes"] == ecart != 0
    page = page_of(client_de(petit_reseau, "visiteur"), proposition)
    assert f"Coût publié {publie}" in page
    assert "Écart" in page
    assert "Le coût publié suppose" in page
    assert "tels que l’auteur les a écrits" in page


def test_an_amount_of_one_s_choice_starts_from_the_law(petit_reseau: PetitReseau) -> None:
    proposition = make_proposition()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("proposition-chiffrer", args=[proposition.pk])
    saisie = {"quoi": "montant:AI", "montant_cible": "4 000", "effectif": EFFECTIF}
    client.post(adresse, saisie | {"le": "2025-12-31"})
    fige = Chiffrage.objects.get()
    assert (fige.resultat["montant_avant"], fige.resultat["montant_apres"]) == (1619.0, 4000.0)
    etp = regles.list_effectifs()[EFFECTIF][1].valeur
    assert fige.resultat["valeur_centimes"] == round(etp * 2381 * 100)
    page = page_of(client_de(petit_reseau, "visiteur"), proposition)
    assert "en vigueur le 31 décembre 2025" in page
    assert "aucun coût publié" in page
    # without a day, the last on which the law is known
    client.post(adresse, saisie)
    assert Chiffrage.objects.latest("pk").parametres["le"] == "2025-12-31"


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ({"quoi": ""}, "obligatoire"),
        ({"quoi": "publie:invente"}, "choix valide"),
        ({"quoi": "montant:AI", "effectif": EFFECTIF}, "Dites le montant"),
        ({"quoi": "montant:AI", "montant_cible": "4000"}, "un montant n’a pas de coût"),
        (
            {"quoi": "montant:AI", "montant_cible": "-1", "effectif": EFFECTIF},
            "supérieure ou égale",
        ),
        (
            {"quoi": "montant:ACI", "montant_cible": "1", "effectif": EFFECTIF},
            "de type AI, pas ACI",
        ),
        (
            {
                "quoi": "montant:AI",
                "montant_cible": "1",
                "effectif": EFFECTIF,
                "le": "2026-06-01",
            },
            "2026",
        ),
        (
            {"quoi": "publie:ai_double_plf_2026", "effectif": "implicite:ai_double_plf_2026"},
            "nul par construction",
        ),
    ],
)
def test_a_question_that_the_rules_cannot_answer_is_told(
    petit_reseau: PetitReseau, saisie: dict[str, str], message: str
) -> None:
    proposition = make_proposition()
    adresse = reverse("proposition-chiffrer", args=[proposition.pk])
    client = client_de(petit_reseau, "delegation")
    page = text_of(client.post(adresse, {"effectif": "aucun"} | saisie), 400)
    assert message in page
    assert not Chiffrage.objects.exists()


def test_a_result_cannot_be_typed_and_stays_as_it_was(petit_reseau: PetitReseau) -> None:
    proposition = make_proposition()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("proposition-chiffrer", args=[proposition.pk])
    page = text_of(client.get(adresse))
    assert {"cout", "resultat", "valeur_centimes", "publie_euros"}.isdisjoint(
        re.findall(r'name="(\w+)"', page)
    )
    client.post(
        adresse,
        {"quoi": "publie:ai_double_plf_2026", "effectif": EFFECTIF, "resultat": "1", "cout": "1"},
    )
    fige = Chiffrage.objects.get()
    assert fige.resultat["valeur_centimes"] > 1_000_000_000
    for geste in (
        lambda: Chiffrage.objects.update(resultat={}),
        lambda: Chiffrage.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()


def test_a_costing_is_done_again_and_says_whether_it_is_the_same(
    petit_reseau: PetitReseau,
) -> None:
    proposition = make_proposition()
    question = Question("publie", chiffrage="ai_double_plf_2026", effectif=EFFECTIF)
    fige = actions.freeze_run(proposition, question, by=None)
    assert fige.empreinte == hash_run(question, compute(question))
    visiteur = client_de(petit_reseau, "visiteur")
    adresse = reverse("chiffrage", args=[proposition.pk, fige.pk])
    page = text_of(visiteur.get(adresse))
    assert "donnent le même résultat" in page
    assert fige.empreinte in page
    # what a costing of other rules left in the base: the page computes it anew and says what differs
    autre = Chiffrage.objects.create(
        proposition=proposition,
        calcul="publie",
        parametres=question.parametres,
        resultat=fige.resultat | {"valeur_centimes": 1},
        version_regles="0" * 64,
        empreinte="0" * 64,
        at=fige.at,
    )
    page = text_of(visiteur.get(reverse("chiffrage", args=[proposition.pk, autre.pk])))
    assert "donnent un autre résultat" in page
    disparu = Chiffrage.objects.create(
        proposition=proposition,
        calcul="publie",
        parametres={"chiffrage": "disparu", "effectif": "aucun"},
        resultat=fige.resultat,
        version_regles="0" * 64,
        empreinte="0" * 64,
        at=fige.at,
    )
    page = text_of(visiteur.get(reverse("chiffrage", args=[proposition.pk, disparu.pk])))
    assert "ne répondent plus à cette question" in page
    refaire = reverse("chiffrage-refaire", args=[proposition.pk, autre.pk])
    client_de(petit_reseau, "delegation").post(refaire)
    assert Chiffrage.objects.latest("pk").resultat == fige.resultat
    assert Chiffrage.objects.count() == 4


def test_the_hash_of_the_rules_follows_their_parameters() -> None:
    lus = dict(regles._parametres(regles.resources.files("maillage.regles"), ""))
    assert "/budget/budget.yaml" in lus
    assert any("montant_socle.yaml" in nom for nom in lus)
    with pytest.raises(UserError, match="MLG-PRP-001"):
        compute(Question("montant", type_siae="XYZ", montant_cible="1", le="2025-01-01"))


def test_a_proposal_is_carried_answered_and_leads_to_a_text(petit_reseau: PetitReseau) -> None:
    proposition = make_proposition()
    charge = make_charge()
    rencontre = Rencontre.objects.create(
        titre="Rencontre tue", date=date(2022, 6, 28), visibilite="interne"
    )
    client, visiteur = client_de(petit_reseau, "delegation"), client_de(petit_reseau, "visiteur")
    client.post(
        reverse("proposition-porter", args=[proposition.pk]),
        {
            "forme": "rencontre",
            "date": "06/2022",
            "rencontre": rencontre.pk,
            "charge": charge.pk,
            "issue": "sans_reponse",
        },
    )
    proposition.refresh_from_db()
    assert proposition.statut == "portee"
    page = page_of(visiteur, proposition)
    assert "Portée 1 fois, aucune acceptation connue, 1 sans issue connue" in page
    assert "juin 2022" in page
    assert "Rencontre tue" not in page
    assert "Rencontre tue" in page_of(client, proposition)
    portage = Portage.objects.get()
    client.post(
        reverse("portage-repondre", args=[proposition.pk, portage.pk]),
        {"issue": "refuse", "reponse": "Pas cette année.", "reponse_le": "2022-07-14"},
    )
    client.post(
        reverse("proposition-debouche", args=[proposition.pk]),
        {"nature": "decret", "reference": "Décret n° 2024-1", "date": "2024-01-02"},
    )
    page = page_of(visiteur, proposition)
    assert "Refusé le 14 juillet 2022\u00a0: Pas cette année." in page.replace(
        "2022 :", "2022\u00a0:"
    )
    assert "Décret n° 2024-1" in page
    assert client.get(
        reverse("portage-repondre", args=[make_proposition("x").pk, portage.pk])
    ).status_code == 404  # fmt: skip


def test_documents_are_read_each_on_its_own_level(petit_reseau: PetitReseau) -> None:
    proposition = make_proposition(region="53", departement="35")
    client = client_de(petit_reseau, "delegation_regionale")
    adresse = reverse("proposition-document", args=[proposition.pk])
    for niveau in ("public", "adherents", "interne"):
        client.post(
            adresse,
            {"titre": f"Note {niveau}", "url": "https://x.example.org", "visibilite": niveau},
        )
    lus = {
        role: {d for d in ("public", "adherents", "interne") if f"Note {d}" in page}
        for role in ("visiteur", "direction", "delegation_regionale", "partenaire")
        for page in [page_of(client_de(petit_reseau, role), proposition)]
    }
    assert lus == {
        "visiteur": {"public"},
        "partenaire": {"public"},
        "direction": {"public", "adherents"},
        "delegation_regionale": {"public", "adherents", "interne"},
    }
    assert Document.objects.count() == 3


@pytest.mark.parametrize(
    ("role", "lus"),
    [
        ("visiteur", {"public"}),
        ("partenaire", {"public"}),
        ("equipe", {"public", "adherents"}),
        ("conseil", {"public", "adherents", "interne"}),
    ],
)
def test_each_one_reads_their_own_level(
    petit_reseau: PetitReseau, role: str, lus: set[str]
) -> None:
    toutes = {
        v: make_proposition(f"Prop {v}", visibilite=v) for v in ("public", "adherents", "interne")
    }
    question = Question("publie", chiffrage="ai_double_plf_2026", effectif=EFFECTIF)
    client = client_de(petit_reseau, role)
    liste, fichier = (text_of(client.get(a)) for a in (LISTE, f"{LISTE}liste.csv"))
    for niveau, proposition in toutes.items():
        chiffre = actions.freeze_run(proposition, question, by=None)
        attendu = niveau in lus
        for adresse in (
            reverse("proposition", args=[proposition.pk]),
            reverse("proposition-version", args=[proposition.pk, 1]),
            reverse("chiffrage", args=[proposition.pk, chiffre.pk]),
        ):
            assert (client.get(adresse).status_code == 200) is attendu
        assert (f"Prop {niveau}" in liste, f"Prop {niveau}" in fichier) == (attendu, attendu)


def test_the_list_is_filtered_and_sorted(petit_reseau: PetitReseau) -> None:
    sujet = Sujet.objects.create(titre="S", slug="s", visibilite="public")
    make_proposition("Écoles", theme="Formation", sujet=sujet)
    make_proposition("Budget", statut="refusee")
    client = client_de(petit_reseau, "visiteur")

    def titles(query: str) -> list[str]:
        lignes = text_of(client.get(f"{LISTE}liste.csv{query}")).splitlines()[1:]
        return [ligne.split(",")[1] for ligne in lignes]

    assert titles("") == ["Budget", "Écoles"]
    assert titles("?tri=titre&ordre=desc") == ["Écoles", "Budget"]
    assert titles("?q=ecoles") == titles("?theme=Formation") == titles("?sujet=s") == ["Écoles"]
    assert titles("?statut=refusee") == ["Budget"]
    assert "MLG-PRP-006" in text_of(client.get(f"{LISTE}?statut=x"), 400)
    assert "2\u00a0propositions\u00a0: 1\u00a0refusée." in text_of(client.get(LISTE))


def test_a_regional_delegate_writes_about_their_region_only(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    saisie = {"titre": "T", "texte": "x", "statut": "adoptee", "visibilite": "public"}
    refus = text_of(client.post(f"{LISTE}nouvelle/", saisie | {"niveau": "france"}), 400)
    assert "n’est pas de votre région" in refus
    ici = {"niveau": "departement", "territoire": "35"}
    client.post(f"{LISTE}nouvelle/", saisie | ici)
    assert Proposition.objects.get().region == "53"
    assert client.get(f"{LISTE}sujets/nouveau/").status_code == 404


def test_a_tie_to_what_one_does_not_read_stays(petit_reseau: PetitReseau) -> None:
    sujet = Sujet.objects.create(titre="Tu", slug="tu", visibilite="interne")
    proposition = make_proposition(
        sujet=sujet, niveau="departement", territoire="35", departement="35", region="53"
    )
    client = client_de(petit_reseau, "delegation_regionale")
    adresse = reverse("proposition-modifier", args=[proposition.pk])
    saisie = {"titre": "T", "statut": "adoptee", "visibilite": "public"}
    client.post(adresse, saisie | {"niveau": "departement", "territoire": "35"})
    proposition.refresh_from_db()
    assert (proposition.titre, proposition.sujet) == ("T", sujet)


def test_the_pages_cost_the_same_with_many_proposals(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    client.get(LISTE)
    question = Question("publie", chiffrage="ai_double_plf_2026", effectif=EFFECTIF)
    sujet = Sujet.objects.create(
        titre="S", slug="s", visibilite="public", courbe="aide_au_poste.AI"
    )
    nombres = []
    for taille in (3, 40):
        for rang in range(taille):
            proposition = make_proposition(f"P{rang}", sujet=sujet)
            actions.freeze_run(proposition, question, by=None)
            actions.carry(proposition, Portage(forme="courrier", date=date(2024, 1, 1)), by=None)
            make_engagement(f"E{rang}", sujet=sujet, proposition=proposition)
        comptes = {}
        for adresse in (LISTE, f"{LISTE}liste.csv", f"{LISTE}sujets/", f"{LISTE}sujets/s/"):
            with CaptureQueriesContext(connection) as requetes:
                assert client.get(adresse).status_code == 200, adresse
            comptes[adresse] = len(requetes)
        nombres.append(comptes)
    assert nombres[0] == nombres[1]
    assert max(nombres[1].values()) < 30
