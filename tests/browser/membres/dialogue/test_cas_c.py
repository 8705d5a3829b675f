"""Case C: one amount asked for again and again, that the rules draw and cost; nobody types a cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.saisie_dialogue import Lecteurs, says, see, status_of, text_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from factories.saisie_dialogue import Saisie

pytestmark = pytest.mark.navigateur

SUJET = "Aide au poste des AI"
PAGE = "/dialogue/propositions/sujets/aide-au-poste-des-ai/"
QUATRE_MILLE = "Porter l’aide au poste des AI à 4 000 € par ETP"
DOUBLER = "Doubler l’aide au poste des AI"
SANS_SUITE = "Aucune adoption trouvée."
PORTAGES = {
    QUATRE_MILLE: (("2020", "2021"), ("2021", "2022"), ("2022", "2023")),
    DOUBLER: (("2025", "2026"),),
}
CHIFFRAGES = {
    QUATRE_MILLE: ("ai_4000_plf_2021", "ai_4000_plf_2022", "ai_4000_plf_2023"),
    DOUBLER: ("ai_double_plf_2026",),
}
INTERNE = "Chercher des signataires avant le prochain budget."


def type_subject(s: Saisie) -> None:
    s.go("/dialogue/propositions/sujets/nouveau/")
    s.fill(titre=SUJET, visibilite="public")
    s.page.locator("[name=courbe]").select_option("aide_au_poste.AI")
    assert s.send() == PAGE


def type_proposal(s: Saisie, titre: str) -> str:
    """A proposal, each budget in which it was asked for, and its costs, which the rules give."""
    s.go("/dialogue/propositions/nouvelle/")
    # only a question can be asked to the rules: there is nowhere to write a cost
    assert s.page.locator("main [name*=cout], main [name*=montant]").count() == 0
    s.fill(titre=titre, texte=f"{titre}.", sujet=SUJET, statut="portée", visibilite="public")
    proposition = s.send()
    for annee, budget in PORTAGES[titre]:
        s.link("Noter un portage")
        s.fill(
            forme="amendement",
            date=annee,
            reference=f"Projet de loi de finances pour {budget}",
            issue="issue inconnue",
            reponse=SANS_SUITE,
        )
        s.send()
    for code in CHIFFRAGES[titre]:
        s.go(f"{proposition}chiffrer/")
        s.page.locator("[name=quoi]").select_option(f"publie:{code}")
        s.page.locator("[name=effectif]").select_option("execution_2019:AI")
        s.send()
    return proposition


def type_request(s: Saisie, proposition: str) -> str:
    """The ask itself, in the ledger."""
    s.go(proposition)
    s.link("Inscrire une demande au registre")
    s.fill(phrase=f"{QUATRE_MILLE}.", date="2020", sujet=SUJET, visibilite="public")
    return s.send()


def type_internal_note(s: Saisie) -> str:
    s.go("/dialogue/engagements/nouveau/?sens=reseau")
    s.fill(phrase=INTERNE, date="2025", sujet=SUJET, proposition=DOUBLER)
    expect(s.page.locator("[name=visibilite] option:checked")).to_have_text("interne")
    return s.send()


def read_subject(s: Saisie) -> None:
    """What anybody reads: the asks in order, none adopted, the costs and the curve of the rules."""
    s.go(PAGE)
    says(s, "Demandé 4 fois, de 2020 à 2025", "aucune acceptation connue, 4 sans issue connue")
    for _, budget in (*PORTAGES[QUATRE_MILLE], *PORTAGES[DOUBLER]):
        says(s, f"Projet de loi de finances pour {budget}")
    tableau = s.page.get_by_role("region", name="Chiffrages")
    expect(tableau.locator("tbody tr")).to_have_count(4)
    expect(tableau.locator("tbody tr", has_text="54")).to_have_count(3)
    double = tableau.locator("tbody tr", has_text="AI doublée")
    for texte in ("1 619", "3 238", "22"):
        says_in = double.inner_text().replace("\u202f", " ").replace("\u00a0", " ")
        assert texte in says_in
    # the amount followed the minimum wage alone
    says(s, "8,48", "8,49", "SMIC")
    image = s.page.locator("figure img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("i => i.naturalWidth") > 0
    dates = s.page.locator(".chronologie .etape-date").all_inner_texts()
    annees = [int(d.split()[-1]) for d in dates]
    assert annees == sorted(annees)


def test_case_c_is_typed_then_read_by_each(lecteurs: Lecteurs) -> None:
    s = lecteurs.open("delegation")
    type_subject(s)
    quatre, doubler = (type_proposal(s, titre) for titre in (QUATRE_MILLE, DOUBLER))
    demande = type_request(s, quatre)
    interne = type_internal_note(s)
    read_subject(s)
    says(s, INTERNE)
    for role in ("", "direction", "partenaire"):
        lecteur = lecteurs.open(role)
        read_subject(lecteur)
        assert status_of(lecteur, interne) == 404
        for chemin in (
            PAGE,
            quatre,
            doubler,
            demande,
            "/dialogue/engagements/liste.csv",
            "/dialogue/propositions/liste.csv",
            "/dialogue/agenda.ics",
        ):
            assert INTERNE not in text_of(lecteur, chemin)
    see(s, "cas-c", PAGE, quatre, "/dialogue/propositions/", demande)
    lecteurs.surveillance.assert_quiet()
