"""The search over real France: what people type, and the one territory that it must mean."""

from __future__ import annotations

import pytest
from factories.atlas import real_atlas

from maillage.analyses.diagnosis.search import chercher, trouver, trouver_un
from maillage.kernel.errors import Introuvable
from maillage.kernel.niveau import Niveau


@pytest.mark.parametrize(
    ("texte", "niveau", "code"),
    [
        ("rennes", Niveau.COMMUNE, "35238"),
        ("RENNES", Niveau.COMMUNE, "35238"),
        ("35", Niveau.DEPARTEMENT, "35"),
        ("1", Niveau.DEPARTEMENT, "01"),
        ("2a", Niveau.DEPARTEMENT, "2A"),
        ("région 53", Niveau.REGION, "53"),
        ("11", Niveau.DEPARTEMENT, "11"),
        ("région 11", Niveau.REGION, "11"),
        ("Paris 11", Niveau.COMMUNE, "75111"),
        ("lyon 3e", Niveau.COMMUNE, "69383"),
        ("Marseille 1er arrondissement", Niveau.COMMUNE, "13201"),
        ("75011", Niveau.COMMUNE, "75111"),
        ("35236", Niveau.COMMUNE, "35236"),
        ("insee 13001", Niveau.COMMUNE, "13001"),
        ("cp 13001", Niveau.COMMUNE, "13201"),
        ("243500741", Niveau.EPCI, "243500741"),
        ("siren 243500741", Niveau.EPCI, "243500741"),
        ("CLPE35001", Niveau.CLPE, "CLPE35001"),
        ("zone-emploi 0062", Niveau.ZONE_EMPLOI, "0062"),
        ("zone d’emploi Redon", Niveau.ZONE_EMPLOI, "0062"),
        ("St Denis (93)", Niveau.COMMUNE, "93066"),
        ("saint denis 974", Niveau.COMMUNE, "97411"),
        ("Saint-Denis, Seine-Saint-Denis", Niveau.COMMUNE, "93066"),
        ("ille et vilaine", Niveau.DEPARTEMENT, "35"),
        ("loire", Niveau.DEPARTEMENT, "42"),
        ("Loiré", Niveau.COMMUNE, "49178"),
        ("Paris", Niveau.COMMUNE, "75056"),
        ("Guyane", Niveau.DEPARTEMENT, "973"),
        ("Mayotte", Niveau.DEPARTEMENT, "976"),
        ("Corse", Niveau.REGION, "94"),
        ("france", Niveau.FRANCE, "FR"),
        ("L'ÎLE D'YEU", Niveau.COMMUNE, "85113"),
    ],
)
def test_what_people_type(texte: str, niveau: Niveau, code: str) -> None:
    territoire = trouver_un(real_atlas(), texte)

    assert (territoire.niveau, territoire.code) == (niveau, code)


@pytest.mark.parametrize("texte", ["Saint-Denis", "vienne", "Landes", "35600", "13001", "Bretagne"])
def test_several_territories_answer(texte: str) -> None:
    with pytest.raises(Introuvable) as error:
        trouver_un(real_atlas(), texte)

    anomalie = error.value.anomalies[0]
    assert anomalie.code == "MLG-TER-002"
    assert texte in anomalie.quoi


def test_an_ambiguous_name_lists_level_departement_and_code_most_populated_first() -> None:
    with pytest.raises(Introuvable) as error:
        trouver_un(real_atlas(), "Saint-Denis")

    anomalie = error.value.anomalies[0]
    assert "Saint-Denis, commune, La Réunion (97411)" in anomalie.quoi
    assert "Saint-Denis, commune, Seine-Saint-Denis (93066)" in anomalie.quoi
    assert "commune 97411" in anomalie.que_faire
    assert trouver_un(real_atlas(), "commune 97411").code == "97411"


@pytest.mark.parametrize("texte", ["", "   ", "xyzzyq", "99999", "(", "🦊"])
def test_nothing_answers(texte: str) -> None:
    with pytest.raises(Introuvable) as error:
        trouver_un(real_atlas(), texte)

    assert error.value.anomalies[0].code == "MLG-TER-001"
    assert error.value.anomalies[0].que_faire


def test_a_misspelt_name_is_proposed_never_chosen() -> None:
    with pytest.raises(Introuvable) as error:
        trouver_un(real_atlas(), "Grenobel")

    assert "Grenoble" in error.value.anomalies[0].que_faire
    assert chercher(real_atlas(), "Grenobel")[0].territoire.code == "38185"


def test_a_level_restricts_the_answer() -> None:
    assert trouver_un(real_atlas(), "rennes", Niveau.ZONE_EMPLOI).code == "5315"
    assert trouver_un(real_atlas(), "11", Niveau.REGION).nom == "Île-de-France"
    with pytest.raises(Introuvable):
        trouver_un(real_atlas(), "35", Niveau.REGION)


def test_the_name_of_a_commune_of_the_past_leads_to_today_and_says_so() -> None:
    found = trouver(real_atlas(), "Plélan-le-Petit", Niveau.COMMUNE)
    assert found.raison == "nom exact"
    atlas = real_atlas()
    gone = {
        nom: group[0]
        for nom, group in atlas.noms.anciens.items()
        if len(group) == 1 and nom not in atlas.noms.noms and nom.isalpha()
    }
    assert len(gone) > 100
    for ancienne in list(gone.values())[:100]:
        proposition = trouver(atlas, ancienne.nom, Niveau.COMMUNE)
        assert proposition.territoire.code == ancienne.code_actuel
        assert "réunie à" in proposition.raison


def test_several_communes_share_a_postal_code() -> None:
    found = chercher(real_atlas(), "35600", niveau=Niveau.COMMUNE)

    assert [p.territoire.nom for p in found[:1]] == ["Redon"]
    assert {"Bains-sur-Oust", "Sainte-Marie"} < {p.territoire.nom for p in found}


def test_every_territory_is_found_by_its_name_and_departement() -> None:
    """Every territory above the commune, and one commune in ten, at its own level."""
    atlas = real_atlas()
    territoires = [t for n in Niveau for t in atlas.territoires(n)]
    sample = [t for t in territoires if t.niveau is not Niveau.COMMUNE] + list(
        atlas.territoires(Niveau.COMMUNE)[::10]
    )
    lost = [
        t
        for t in sample
        if t.departements
        and t.niveau is not Niveau.REGION
        and trouver_un(atlas, f"{t.nom} ({t.departements[0]})", t.niveau) != t
    ]
    assert lost == []


def test_every_code_leads_to_its_territory() -> None:
    atlas = real_atlas()
    for niveau in Niveau:
        territoires = atlas.territoires(niveau)
        for territoire in territoires[:: max(1, len(territoires) // 400)]:
            assert trouver_un(atlas, territoire.code, niveau) == territoire
