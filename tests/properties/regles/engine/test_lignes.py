"""One row = many rows, the order of rows is irrelevant, and resolving agrees with columns."""

from datetime import date, timedelta
from typing import Annotated, Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.engine.calcul import compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.formules import Regles
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.unites import Etp, Euros, EurosParEtp, Liste

LOI = load_legislation().with_choix(Choix.projection_smic())
DEBUT, FIN = date(2014, 7, 1), date(2026, 11, 23)
CHEMIN = "aide_au_poste.montant_socle.{kind}"


@formule(texte="Essai", nom="aide", jusqu_au=date(2018, 6, 30))
def aide_avant(etp: Etp, socle: Annotated[EurosParEtp, Parametre(CHEMIN)]) -> Euros:
    return etp * socle


@formule(texte="Essai", nom="aide", depuis=date(2018, 7, 1))
def aide_apres(
    etp: Etp,
    socle: Annotated[EurosParEtp, Parametre(CHEMIN)],
    mois: Annotated[Liste, Parametre("versement.mois_regularisation")],
) -> Euros:
    return etp * socle + len(mois)


REGLES = Regles.from_formules(aide_avant, aide_apres)
lignes = st.lists(
    st.tuples(
        st.sampled_from(["AI", "ACI", "EI", "ETTI"]),
        st.floats(0, 1000),
        st.integers(0, (FIN - DEBUT).days).map(lambda jour: DEBUT + timedelta(days=jour)),
    ),
    min_size=1,
    max_size=30,
)


def aide(rows: list[tuple[str, float, date]]) -> list[float]:
    colonnes: dict[str, Any] = {
        "kind": np.array([row[0] for row in rows]),
        "etp": np.array([row[1] for row in rows], dtype=np.float64),
    }
    le = np.array([row[2] for row in rows], dtype="datetime64[D]")
    resultat: list[float] = compute(["aide"], colonnes, LOI, le, REGLES)["aide"].tolist()
    return resultat


@given(lignes)
def test_one_row_is_many_rows(rows: list[tuple[str, float, date]]) -> None:
    assert aide(rows) == [aide([row])[0] for row in rows]


@given(lignes)
def test_the_order_of_rows_is_irrelevant(rows: list[tuple[str, float, date]]) -> None:
    assert aide(rows[::-1]) == aide(rows)[::-1]


@given(lignes)
def test_a_column_reads_what_one_question_reads(rows: list[tuple[str, float, date]]) -> None:
    for (kind, etp, le), lu in zip(rows, aide(rows), strict=True):
        socle = LOI.resolve(CHEMIN.format(kind=kind), le).valeur
        assert isinstance(socle, int)
        assert lu == etp * socle + (3 if le > date(2018, 6, 30) else 0)


@given(st.sampled_from(LOI.chemins), st.integers(0, 5000), st.integers(0, 5000))
def test_what_is_known_later_contains_what_was_known_before(
    chemin: str, effet: int, connu: int
) -> None:
    """A value known on a day is known the day after too, and is never an older one."""
    le = date(2014, 1, 1) + timedelta(days=effet)
    avant = LOI.with_connu_au(date(2014, 1, 1) + timedelta(days=connu)).au(le).find(chemin)
    apres = LOI.with_connu_au(date(2014, 1, 2) + timedelta(days=connu)).au(le).find(chemin)
    if avant is not None and apres is not None:
        assert avant.date_effet <= apres.date_effet <= le


@given(st.sampled_from(LOI.chemins), st.integers(0, 5000))
def test_nothing_changes_between_two_breakpoints(chemin: str, jour: int) -> None:
    """What a column reads in an interval is what one question reads on any of its days."""
    le = date(2013, 1, 1) + timedelta(days=jour)
    bornes = [borne for borne in LOI.breakpoints(chemin) if borne <= le]
    if bornes:
        lu, debut = LOI.au(le).find(chemin), LOI.au(bornes[-1]).find(chemin)
        assert (lu is None) == (debut is None)
        if lu is not None and debut is not None:
            assert (lu.valeur, lu.date_effet, lu.avertissement) == (
                debut.valeur,
                debut.date_effet,
                debut.avertissement,
            )
