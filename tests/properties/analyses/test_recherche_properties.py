"""The search on any text, and the ranks on the real figures."""

from __future__ import annotations

from factories.atlas import real_atlas
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.analyses.diagnosis.names import normalize, spell
from maillage.analyses.diagnosis.search import chercher, trouver_un
from maillage.kernel.errors import Introuvable
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

TEXTES = st.text(max_size=200) | st.from_regex(r"[0-9]{1,6}[a-z]?", fullmatch=True)


@given(texte=TEXTES, limite=st.integers(0, 15), niveau=st.none() | st.sampled_from(Niveau))
def test_any_text_gives_distinct_propositions_in_order(
    texte: str, limite: int, niveau: Niveau | None
) -> None:
    found = chercher(real_atlas(), texte, limite, niveau)

    assert len(found) <= limite
    assert len({(p.territoire.niveau, p.territoire.code) for p in found}) == len(found)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert all(0 <= p.score <= 100 for p in found)
    assert niveau is None or all(p.territoire.niveau is niveau for p in found)


@given(texte=TEXTES)
def test_one_territory_or_a_named_reason(texte: str) -> None:
    codes: set[str] = set()
    territoire = None
    try:
        territoire = trouver_un(real_atlas(), texte)
    except Introuvable as error:
        codes = {anomalie.code for anomalie in error.anomalies}

    if territoire is None:
        assert codes in ({"MLG-TER-001"}, {"MLG-TER-002"})
    else:
        assert real_atlas().find_territoire(territoire.niveau, territoire.code) is territoire


@given(data=st.data())
def test_a_name_and_its_departement_find_the_commune(data: st.DataObject) -> None:
    commune = data.draw(st.sampled_from(real_atlas().territoires(Niveau.COMMUNE)))
    typed = data.draw(st.sampled_from([commune.nom, commune.nom.upper(), commune.nom.lower()]))

    found = chercher(real_atlas(), f"{typed} ({commune.departements[0]})", niveau=Niveau.COMMUNE)

    assert commune in [p.territoire for p in found[:3]]


@given(texte=st.text(max_size=60))
def test_normalising_twice_changes_nothing(texte: str) -> None:
    assert normalize(normalize(texte)) == normalize(texte)
    assert normalize(spell(texte)) == normalize(texte)


@settings(max_examples=60)
@given(data=st.data())
def test_ranks_agree_with_the_figures(data: st.DataObject) -> None:
    """1 is the highest, equal figures share their rank, and nobody without a figure is ranked."""
    atlas = real_atlas()
    indicateur, niveau = data.draw(
        st.sampled_from(sorted(atlas.cube.releves, key=str)).filter(
            lambda key: key[1] not in {Niveau.COMMUNE, Niveau.FRANCE} and key[0] in atlas.cartes
        )
    )
    chiffres = atlas.tableau(indicateur, niveau)
    known = [c.valeur for c in chiffres if not isinstance(c.valeur, Absence)]
    for chiffre in chiffres:
        if isinstance(chiffre.valeur, Absence) or len(known) < 2:
            assert chiffre.rang is None
            continue
        higher = sum(valeur > chiffre.valeur for valeur in known)
        assert chiffre.rang is not None
        assert (chiffre.rang.rang, chiffre.rang.sur) == (higher + 1, len(known))
        assert atlas.chiffre(indicateur, niveau, chiffre.code).rang == chiffre.rang
