"""Any text is a reform or a clean refusal, and a reform that was read can be applied or refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import FichierInvalide, UserError
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.ecriture_reforme import set_hypotheses
from maillage.regles.engine.lecture_reforme import list_reformes, parse_reforme, read_texte
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from maillage.regles.engine.reforme import Reforme

LOI = load_legislation()
MORCEAUX = (
    *("code", "titre", "source", "title", "valable_jusqu_au", "indetermine", "hypotheses"),
    *("changements", "chemin", "values", "ratios", "value", "hypothese", "base", "arrondi"),
    *("aide_au_poste.montant_socle.AI", "versement.mois_regularisation", "smic.horaire_brut"),
    *("2026-01-01", "2026-02-30", "9999-12-31", "0001-01-01", "null", "true", "~", "[]", "{}"),
    *("0", "-5", "1e400", "1.0e+308", ".nan", ".inf", "9" * 400, "0.5", "52/12", "1:30", "0x1F"),
    *("- ", ": ", "\n", "  ", "#", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!!int ", "|", ">"),
)


def read(texte: str) -> Reforme | FichierInvalide:
    try:
        return parse_reforme(texte, "essai")
    except FichierInvalide as refus:
        return refus


def check(texte: str) -> None:
    """A reform that is applied or refused by the law, or problems that all have a place."""
    lue = read(texte)
    if isinstance(lue, FichierInvalide):
        assert {anomalie.code[:9] for anomalie in lue.anomalies} == {"MLG-REG-1"}
        assert all(anomalie.ou.startswith("essai") for anomalie in lue.anomalies)
        return
    refus: tuple[str, ...] = ()
    try:
        apply_reforme(LOI, lue)
    except UserError as refusee:
        refus = tuple(anomalie.code for anomalie in refusee.anomalies)
    assert all(code.startswith("MLG-REG-00") for code in refus)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(MORCEAUX), st.text(max_size=5)), max_size=40))
def test_any_text_is_a_reform_or_a_refusal(morceaux: list[str]) -> None:
    check("".join(morceaux))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(list_reformes()),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(MORCEAUX)), min_size=1, max_size=3),
)
def test_a_ready_reform_with_words_replaced(
    code: str, remplacements: list[tuple[int, str]]
) -> None:
    mots = re.split(r"(\s+|: )", read_texte(code))
    for rang, mot in remplacements:
        mots[rang % len(mots)] = mot
    check("".join(mots))


@given(
    st.sampled_from(list_reformes()),
    st.floats(-1e6, 1e6).map(lambda nombre: round(nombre, 6)),
)
def test_a_hypothesis_written_in_the_text_is_the_one_that_is_read(code: str, valeur: float) -> None:
    avant = parse_reforme(read_texte(code), "essai")
    texte = set_hypotheses(read_texte(code), dict.fromkeys(avant.hypotheses, valeur))
    apres = parse_reforme(texte, "essai")
    assert {h.valeur for h in apres.hypotheses.values()} <= {valeur}
    memes = {cle: h.phrase for cle, h in avant.hypotheses.items()}
    assert {cle: h.phrase for cle, h in apres.hypotheses.items()} == memes
    assert [(c.chemin, c.date_effet, c.hypothese) for c in apres.changements] == [
        (c.chemin, c.date_effet, c.hypothese) for c in avant.changements
    ]
