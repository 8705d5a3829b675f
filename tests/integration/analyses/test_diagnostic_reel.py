"""The diagnosis of real territories: all those above the commune, and every special commune."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from factories.atlas import real_atlas

from maillage.analyses.diagnosis.diagnose import diagnostiquer
from maillage.analyses.exports import diagnostic_rows, diagnostic_to_dict
from maillage.indicators.comparables import find_comparables
from maillage.kernel.errors import Introuvable
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.diagnosis.model import Chiffre, Diagnostic

VILLAGES_DETRUITS = ("55039", "55050", "55139", "55189", "55239", "55307")
RETABLIES = ("15031", "15035", "15047", "15171", "60694", "85165", "85212")
ILES = ("22016", "29083", "29155", "85113")
GRANDES_VILLES = ("75056", "69123", "13055")
ARRONDISSEMENTS = ("75101", "75120", "69381", "69389", "13201", "13216")
CORSE_MAYOTTE = ("2A004", "2B033", "97601", "97611", "97302", "97411", "27676", "35236", "35238")
SPECIALES = VILLAGES_DETRUITS + RETABLIES + ILES + GRANDES_VILLES + ARRONDISSEMENTS + CORSE_MAYOTTE
INTERDITS = re.compile(r"\b(nan|None|inf|Absence|Niveau)\b")
ESPACE_ORDINAIRE = re.compile(r" [:;!?%€»]|« ")


def texts(diagnostic: Diagnostic) -> Iterator[str]:
    yield from diagnostic.phrases
    yield from diagnostic.avertissements
    yield from (section.phrase for section in diagnostic.sections)
    if diagnostic.ecarts is not None:
        yield diagnostic.ecarts.phrase
    yield from (chiffre.motif for chiffre in figures(diagnostic))


def figures(diagnostic: Diagnostic) -> Iterator[Chiffre]:
    yield from diagnostic.cles
    for section in diagnostic.sections:
        yield from section.chiffres
    for comparable in diagnostic.comparables:
        yield from comparable.chiffres


def check(niveau: Niveau, code: str) -> None:
    diagnostic = diagnostiquer(real_atlas(), niveau, code)
    for text in texts(diagnostic):
        assert not INTERDITS.search(text), text
        assert not ESPACE_ORDINAIRE.search(text), text
    for chiffre in figures(diagnostic):
        assert bool(chiffre.motif) == isinstance(chiffre.valeur, Absence), chiffre
        assert chiffre.pedigree.sources, chiffre.carte.code
    assert diagnostic.phrases
    assert 3 <= len(diagnostic.cles) <= 5
    assert all(phrase.endswith(".") for phrase in diagnostic.phrases)


@pytest.mark.parametrize("niveau", [n for n in Niveau if n is not Niveau.COMMUNE])
def test_every_territory_above_the_commune(niveau: Niveau) -> None:
    territoires = real_atlas().territoires(niveau)

    for territoire in territoires:
        check(niveau, territoire.code)

    expected = {"france": 1, "region": 18, "departement": 101, "zone-emploi": 306, "epci": 1253}
    assert len(territoires) == expected.get(niveau.value, 355)


@pytest.mark.parametrize("code", SPECIALES)
def test_special_communes(code: str) -> None:
    check(Niveau.COMMUNE, code)


def test_five_hundred_communes_over_the_country() -> None:
    communes = real_atlas().territoires(Niveau.COMMUNE)

    for territoire in communes[:: len(communes) // 500]:
        check(Niveau.COMMUNE, territoire.code)


def test_an_uninhabited_village_has_no_need() -> None:
    for code in VILLAGES_DETRUITS:
        diagnostic = diagnostiquer(real_atlas(), Niveau.COMMUNE, code)
        assert "sans habitant" in diagnostic.phrases[0]
        assert diagnostic.comparables == ()


def test_the_finding_gives_its_band_where_the_hypotheses_matter() -> None:
    """Mayotte read « all have an AI within 30 minutes », while prudent hypotheses leave one in five."""
    mayotte = diagnostiquer(real_atlas(), Niveau.DEPARTEMENT, "976")
    assert "Part sans AI\u202f: 0\u202f%, de 0 à 20\u202f% selon" in mayotte.phrases[0]
    assert any("barge" in sentence for sentence in mayotte.avertissements)

    kani_keli = diagnostiquer(real_atlas(), Niveau.COMMUNE, "97609")
    assert kani_keli.phrases[0].endswith("Ce constat change avec les hypothèses de trajet.")


def test_the_finding_is_plain_where_no_hypothesis_changes_it() -> None:
    assert "hypothèses" not in diagnostiquer(real_atlas(), Niveau.COMMUNE, "75056").phrases[0]


def test_a_restored_commune_is_announced() -> None:
    diagnostic = diagnostiquer(real_atlas(), Niveau.COMMUNE, "15031")

    assert "rétablie" in diagnostic.avertissements[0]
    assert "n’est pas encore publié" in diagnostic.phrases[0]
    assert real_atlas().communes_retablies == frozenset(RETABLIES)


def test_a_merged_commune_leads_to_the_one_of_today() -> None:
    """The code of a commune of the past gives today's figures, and says so."""
    atlas = real_atlas()
    ancienne = next(
        a
        for a in atlas.geographie.anciennes.values()
        if a.code_actuel and a.code not in atlas.geographie.communes
    )

    diagnostic = diagnostiquer(atlas, Niveau.COMMUNE, ancienne.code)

    assert diagnostic.territoire.code == ancienne.code_actuel
    assert ancienne.nom in diagnostic.avertissements[0]


@pytest.mark.parametrize(
    ("niveau", "code"), [(Niveau.DEPARTEMENT, "99"), (Niveau.COMMUNE, "02311"), (Niveau.EPCI, "")]
)
def test_an_unknown_code_is_refused_with_a_way_out(niveau: Niveau, code: str) -> None:
    with pytest.raises(Introuvable) as error:
        diagnostiquer(real_atlas(), niveau, code)
    assert error.value.anomalies[0].code == "MLG-TER-001"
    assert error.value.anomalies[0].que_faire


def test_a_code_of_another_level_is_proposed() -> None:
    with pytest.raises(Introuvable) as error:
        diagnostiquer(real_atlas(), Niveau.COMMUNE, "35")
    assert "Ille-et-Vilaine, département (35)" in error.value.anomalies[0].que_faire


def test_paris_shows_its_arrondissements_and_counts_them_once() -> None:
    paris = diagnostiquer(real_atlas(), Niveau.COMMUNE, "75056")
    departement = diagnostiquer(real_atlas(), Niveau.DEPARTEMENT, "75")
    arrondissement = diagnostiquer(real_atlas(), Niveau.COMMUNE, "75111")

    assert len(paris.communes) == 20
    assert [commune.code for commune in departement.communes] == ["75056"]
    assert paris.cles[0].valeur == departement.cles[0].valeur
    assert any("déjà compris" in phrase for phrase in arrondissement.avertissements)
    assert arrondissement.cles[0].rang is None


@pytest.mark.parametrize("niveau", list(Niveau))
def test_the_structures_listed_are_those_counted(niveau: Niveau) -> None:
    """A structure placed by its postal code in the next département was listed but not counted."""
    atlas = real_atlas()
    for territoire in atlas.territoires(niveau):
        listed = [s for s in atlas.structures_de(territoire) if s.kind != "GEIQ"]
        counted = atlas.cube.valeur("structures_tous", niveau, territoire.code)
        if not isinstance(counted, Absence):
            assert len(listed) == counted, territoire


@pytest.mark.parametrize(
    ("niveau", "code"),
    [(Niveau.DEPARTEMENT, "35"), (Niveau.EPCI, "243500741"), (Niveau.COMMUNE, "75111")],
)
def test_comparables_are_those_of_the_indicators(niveau: Niveau, code: str) -> None:
    diagnostic = diagnostiquer(real_atlas(), niveau, code)

    found = [(c.territoire.code, c.distance) for c in diagnostic.comparables]

    assert found == find_comparables(real_atlas().cube, niveau, code)
    assert len(found) == 10


def test_the_gap_exists_for_the_departement_and_the_region_only() -> None:
    for niveau in Niveau:
        territoire = real_atlas().territoires(niveau)[0]
        diagnostic = diagnostiquer(real_atlas(), niveau, territoire.code)
        assert (diagnostic.ecarts is not None) == (niveau in {Niveau.DEPARTEMENT, Niveau.REGION})


def test_a_territory_never_borrows_the_curve_of_its_parent() -> None:
    commune = diagnostiquer(real_atlas(), Niveau.COMMUNE, "35238")
    zone = diagnostiquer(real_atlas(), Niveau.ZONE_EMPLOI, "0062")

    assert {courbe.carte.code for courbe in commune.courbes} == {"population"}
    assert "taux_chomage_localise" in {courbe.carte.code for courbe in zone.courbes}
    assert all(courbe.lignes[0][0] == "Rennes" for courbe in commune.courbes)


def test_plain_forms_have_constant_columns_and_no_number_that_json_lacks() -> None:
    for niveau, code in ((Niveau.DEPARTEMENT, "976"), (Niveau.COMMUNE, "15031")):
        diagnostic = diagnostiquer(real_atlas(), niveau, code)
        rows = diagnostic_rows(diagnostic)
        assert len({tuple(row) for row in rows}) == 1
        for row in rows:
            assert (row["valeur"] is None) == (row["etat"] != "connue")
        assert "nan" not in repr(diagnostic_to_dict(diagnostic)).lower().split("'")
