"""What the site gathers for the panel: an extract, accounts, links and consents, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import annexe_2024, releves_2024
from factories.comptes_site import make_exercice
from factories.exercices import ANNEE as ECRITURES
from factories.extraits_site import tie
from factories.flux_iae import structure, write_extrait
from factories.membres import client_de
from factories.panel_site import agree

from maillage.analyses.pilotage.imports import importer
from maillage.web.economie.models import ExerciceComptable, PlanDeRattachement
from maillage.web.network.models import Convention
from maillage.web.panel.recueil import (
    is_d_accord,
    list_annees_possibles,
    load_contributions,
    load_recueil,
)
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

    from maillage.indicators.panel.contribution import Contribution

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
LE = date(2025, 9, 1)


@pytest.fixture
def extrait_2024(tmp_path: Path) -> None:
    """Two associations intermédiaires of the small network over 2024: 2,184 hours each, and an ACI of the first."""
    vues = {
        "Structure": [structure(1), structure(2)],
        "AnnexeFinanciere": [annexe_2024(10, 1, "AI"), annexe_2024(20, 2, "AI")],
        "EtatMensuelIndiv": [line for af_id in (10, 20) for line in releves_2024(af_id)],
    }
    dossier = write_extrait(tmp_path / "extrait", vues, date(2025, 7, 5))
    importer([dossier], datetime(2025, 7, 7, 9, 30, tzinfo=UTC))


def give(petit: PetitReseau) -> Contribution:
    [une] = load_contributions([petit.structure], 2024, LE)[petit.structure.pk]
    return une


@pytest.mark.usefixtures("extrait_2024")
def test_accounts_of_a_year_by_hand(petit_reseau: PetitReseau) -> None:
    """Operating charges and result added up from the entries of `factories.exercices`."""
    tie(petit_reseau)
    assert give(petit_reseau).ratios == {}
    make_exercice(petit_reseau.structure)
    une = give(petit_reseau)
    charges = sum(
        euros
        for _, _, comptes in ECRITURES
        for compte, euros in comptes.items()
        if compte.startswith(("60", "61", "62", "63", "64", "65", "681"))
    )
    resultat = -sum(
        euros
        for _, _, comptes in ECRITURES
        for compte, euros in comptes.items()
        if compte[0] in "67"
    )
    assert une.ratios["resultat_pour_100"].valeur == pytest.approx(100 * resultat / charges)
    assert une.ratios["resultat_pour_100"].poids == charges
    assert une.ratios["mois_de_tresorerie"].valeur > 0
    assert une.profil.taille.replace("\u00a0", " ") == "de 10 à moins de 30 ETP"
    assert (une.profil.region, une.profil.activite) == ("53", "")
    assert une.organisme == petit_reseau.structure.siren


@pytest.mark.usefixtures("extrait_2024")
def test_accounts_that_may_be_of_several_structures_give_nothing(
    petit_reseau: PetitReseau,
) -> None:
    tie(petit_reseau)
    make_exercice(petit_reseau.structure)
    assert "mois_de_tresorerie" in give(petit_reseau).ratios
    convention = Convention.objects.create(
        organisation=petit_reseau.structure,
        siret=petit_reseau.structure.conventions.get().siret,
        type_siae="ACI",
    )
    assert give(petit_reseau).ratios == {}
    convention.delete()
    LienStructure.objects.create(
        organisation=petit_reseau.structure, asp_id=9, type_siae="AI", is_confirme=True, raison="x"
    )
    assert give(petit_reseau).ratios == {}


@pytest.mark.usefixtures("extrait_2024")
def test_accounts_that_cannot_be_read_or_are_not_of_the_year_give_nothing(
    petit_reseau: PetitReseau,
) -> None:
    tie(petit_reseau)
    exercice = make_exercice(petit_reseau.structure)
    assert not load_contributions([petit_reseau.structure], 2023, LE)
    plan = PlanDeRattachement.objects.create(organisation=petit_reseau.structure, texte="depuis = ")
    assert give(petit_reseau).ratios == {}
    plan.delete()
    ExerciceComptable.objects.filter(pk=exercice.pk).update(is_accepte=False)
    assert give(petit_reseau).ratios == {}


@pytest.mark.usefixtures("extrait_2024")
def test_what_lacks_is_counted_among_those_who_agree(petit_reseau: PetitReseau) -> None:
    assert load_recueil(2024, LE).d_accord == 0
    for organisation in (petit_reseau.structure, petit_reseau.voisine, petit_reseau.lointaine):
        agree(organisation)
    sans = load_recueil(2024, LE)
    assert (sans.adherentes, sans.d_accord, sans.sans_lien, sans.contributions) == (3, 3, 3, ())
    tie(petit_reseau)
    make_exercice(petit_reseau.structure)
    agree(petit_reseau.voisine, accorde=False)
    avec = load_recueil(2024, LE)
    # the third is tied to a structure that the extract does not have
    assert (avec.d_accord, avec.sans_lien, avec.sans_annexe) == (2, 0, 1)
    assert [une.structure for une in avec.contributions] == ["1:AI"]
    assert is_d_accord(petit_reseau.structure, LE)
    assert not is_d_accord(petit_reseau.voisine, LE)
    page = client_de(petit_reseau, "delegation").get("/economie/panel/?annee=2024")
    lue = page.content.decode().replace("\u00a0", " ")
    assert "2 structures donnent leur accord, sur 3 adhérentes" in lue
    assert "aucun ratio n’en réunit encore 12" in lue.replace("\u202f", " ")


@pytest.mark.usefixtures("extrait_2024")
def test_only_years_that_are_over_can_be_frozen() -> None:
    assert list_annees_possibles() == [2024]


def test_a_director_whose_structure_is_in_no_extract_reads_why(
    petit_reseau: PetitReseau,
) -> None:
    assert load_contributions([petit_reseau.structure], 2024, LE) == {}
    assert load_recueil(2024, LE).contributions == ()
