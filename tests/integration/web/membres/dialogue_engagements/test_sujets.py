"""Case C: an ask that lasts across ministers, each carrying, each answer, and the curve of the rules."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from factories.engagements import make_charge, make_engagement, make_proposition
from factories.membres import client_de

from maillage.regles.engine.legislation import load_legislation
from maillage.web.accounts.models import Utilisateur
from maillage.web.demonstration.dialogue_engagements import seed_engagements
from maillage.web.demonstration.dialogue_propositions import seed_propositions
from maillage.web.dialogue.engagements import changement
from maillage.web.dialogue.models import Chiffrage, Engagement, Fait, Proposition, Sujet
from maillage.web.dialogue.propositions.courbes import COURBES, trace
from maillage.web.regles.montants import list_parts

if TYPE_CHECKING:
    from factories.membres import PetitReseau

SUJETS = "/dialogue/propositions/sujets/"
SUJET = {
    "titre": "Aide au poste des AI",
    "courbe": "aide_au_poste.AI",
    "visibilite": "public",
}


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def test_case_c_is_entered_through_the_screens_and_read_by_everybody(
    petit_reseau: PetitReseau,
) -> None:
    client, visiteur = client_de(petit_reseau, "delegation"), client_de(petit_reseau, "visiteur")
    client.post(f"{SUJETS}nouveau/", SUJET)
    sujet = Sujet.objects.get(slug="aide-au-poste-des-ai")
    proposition = make_proposition("4 000 € pour les AI", sujet=sujet)
    for annee in (2021, 2022, 2023):
        client.post(
            reverse("proposition-porter", args=[proposition.pk]),
            {
                "forme": "amendement",
                "date": str(annee - 1),
                "aupres_de": f"débat du budget {annee}",
                "issue": "inconnue",
            },
        )
        client.post(
            reverse("proposition-chiffrer", args=[proposition.pk]),
            {"quoi": f"publie:ai_4000_plf_{annee}", "effectif": "execution_2019:AI"},
        )
    charge = make_charge()
    make_engagement("Nous regarderons.", charge=charge, sujet=sujet, date=date(2023, 2, 1))
    le = date(2024, 9, 21)
    passation = changement.Passation(le, "Bruno Épreuve", le, "https://page.example.org/decret")
    changement.hand_over(charge, passation, by=None)
    client.post(
        f"{SUJETS}{sujet.slug}/fait/",
        {"titre": "Le rapport paraît", "date": "01/2023", "visibilite": "public"},
    )
    Fait.objects.create(titre="Fait tu", date=le, sujet=sujet)
    page = text_of(visiteur.get(f"{SUJETS}{sujet.slug}/"))
    assert "Demandé 3\u00a0fois, de 2020 à 2022\u202f; aucune acceptation connue" in page
    assert page.count("54\u202fM€") == 3
    assert "Fait tu" not in page
    histoire = page[page.index("titre-histoire") : page.index("titre-couts")]
    ordre = ["budget 2021", "budget 2022", "Anne Essai", "budget 2023", "janvier 2023"]
    # of a year and of a day in it, the year comes first
    places = [histoire.index(mot) for mot in ("budget 2021", "budget 2022", "janvier 2023")]
    assert places == sorted(places)
    assert all(mot in histoire for mot in ordre)
    assert histoire.index("Nous regarderons.") < histoire.index("Bruno Épreuve")


def test_the_curve_is_the_law_and_nothing_else(petit_reseau: PetitReseau) -> None:
    sujet = Sujet.objects.create(
        titre="AI", slug="ai", courbe="aide_au_poste.AI", visibilite="public"
    )
    visiteur = client_de(petit_reseau, "visiteur")
    page = text_of(visiteur.get(f"{SUJETS}ai/"))
    parts = list_parts(load_legislation(), "AI")
    for part in parts:
        assert part.texte in page
    montants, seul = trace("aide_au_poste.AI").series
    assert [v for _, v in montants.points[:-1]] == [float(str(p.montant.valeur)) for p in parts]
    ecarts = [abs(a - b) for (_, a), (_, b) in zip(montants.points, seul.points, strict=True)]
    assert max(ecarts) < 10  # the amount followed the minimum wage only, within rounding
    svg = visiteur.get(f"{SUJETS}ai/courbe.svg?theme=sombre&format=etroit")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert "MLG-WEB-008" in text_of(visiteur.get(f"{SUJETS}ai/courbe.svg?theme=rose"), 400)
    sujet.courbe = ""
    sujet.save()
    assert visiteur.get(f"{SUJETS}ai/courbe.svg").status_code == 404
    assert "smic" not in text_of(visiteur.get(f"{SUJETS}ai/")).lower().split("et ensuite")[0]


@pytest.mark.parametrize("code", COURBES)
def test_every_curve_is_drawn(petit_reseau: PetitReseau, code: str) -> None:
    Sujet.objects.create(titre="S", slug="s", courbe=code, visibilite="public")
    visiteur = client_de(petit_reseau, "visiteur")
    assert visiteur.get(f"{SUJETS}s/courbe.svg").status_code == 200
    assert "par ETP et par an" in text_of(visiteur.get(f"{SUJETS}s/"))


def test_a_subject_is_read_by_those_it_is_for(petit_reseau: PetitReseau) -> None:
    Sujet.objects.create(titre="Sujet tu", slug="tu", visibilite="interne")
    public = Sujet.objects.create(titre="Sujet dit", slug="dit", visibilite="public")
    make_proposition("Proposition tue", sujet=public, visibilite="interne")
    make_engagement("Engagement tu", sujet=public, visibilite="interne")
    visiteur, conseil = client_de(petit_reseau, "visiteur"), client_de(petit_reseau, "conseil")
    assert "Sujet tu" not in text_of(visiteur.get(SUJETS))
    assert "Sujet tu" in text_of(conseil.get(SUJETS))
    assert visiteur.get(f"{SUJETS}tu/").status_code == 404
    page = text_of(visiteur.get(f"{SUJETS}dit/"))
    assert ("Proposition tue" in page, "Engagement tu" in page) == (False, False)
    page = text_of(conseil.get(f"{SUJETS}dit/"))
    assert ("Proposition tue" in page, "Engagement tu" in page) == (True, True)


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"titre": ""}, "obligatoire"),
        ({"slug": "Pas Une Adresse"}, "pas-une-adresse"),
        ({"slug": "pris"}, "déjà prise"),
        ({"titre": "Nouveau"}, "déjà prise"),
        ({"courbe": "inventee"}, "choix valide"),
    ],
)
def test_a_subject_typed_wrong_is_told(
    petit_reseau: PetitReseau, champs: dict[str, str], message: str
) -> None:
    Sujet.objects.create(titre="P", slug="pris")
    client = client_de(petit_reseau, "delegation")
    page = text_of(client.post(f"{SUJETS}nouveau/", SUJET | champs), 400)
    assert message in page
    assert Sujet.objects.count() == 1


def test_a_subject_is_kept_by_the_national_staff(petit_reseau: PetitReseau) -> None:
    Sujet.objects.create(titre="S", slug="s", visibilite="public")
    regionale = client_de(petit_reseau, "delegation_regionale")
    for adresse in (f"{SUJETS}nouveau/", f"{SUJETS}s/modifier/", f"{SUJETS}s/fait/"):
        assert regionale.post(adresse, SUJET).status_code == 404
    client_de(petit_reseau, "delegation").post(f"{SUJETS}s/modifier/", SUJET | {"slug": "s"})
    assert Sujet.objects.get(slug="s").titre == "Aide au poste des AI"


def test_the_demonstration_tells_the_whole_story(petit_reseau: PetitReseau) -> None:
    by: Utilisateur = petit_reseau.personnes["delegation"]
    seed_engagements(by)
    seed_propositions(by)
    assert not Engagement.objects.filter(is_synthetic=False).exists()
    assert not Proposition.objects.filter(is_synthetic=False).exists()
    assert Chiffrage.objects.count() == 4
    visiteur = client_de(petit_reseau, "visiteur")
    page = text_of(visiteur.get(f"{SUJETS}aide-au-poste-ai/"))
    assert "Demandé 4\u00a0fois, de 2020 à 2025" in page
    assert (page.count("54\u202fM€"), page.count("22\u202fM€")) == (3, 1)
    assert len(re.findall(r"etape titulaire", page)) == 2
    assert "aucune valeur publiée" in "".join(
        text_of(visiteur.get(reverse("engagement", args=[pk])))
        for pk in Engagement.objects.filter(cible_indicateur="personnes_iae").values_list(
            "pk", flat=True
        )
    )
