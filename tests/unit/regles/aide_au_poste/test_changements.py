"""The day before, of and after each change of amount, through the whole engine."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from maillage.kernel.errors import UserError
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.legislation import load_legislation

JOUR = timedelta(days=1)
METROPOLE, MAYOTTE, PRISON = "metropole_drom", "mayotte", "milieu_penitentiaire"
AI = (
    ("2014-07-01", 1300),
    ("2015-01-01", 1310),
    ("2016-01-01", 1319),
    ("2017-01-01", 1331),
    ("2018-01-01", 1347),
    ("2019-01-01", 1367),
    ("2020-01-01", 1383),
    ("2021-01-01", 1397),
    ("2021-10-01", 1428),
    ("2022-01-01", 1441),
    ("2022-05-01", 1479),
    ("2022-08-01", 1509),
    ("2023-01-01", 1536),
    ("2023-05-01", 1570),
    ("2024-01-01", 1588),
    ("2024-11-01", 1619),
)
# kind, territoire, day of change, amount the day before (None: refused), amount from that day
CHANGEMENTS = [
    *(
        ("AI", METROPOLE, jour, AI[rang - 1][1] if rang else None, montant)
        for rang, (jour, montant) in enumerate(AI)
    ),
    ("EI", METROPOLE, "2014-01-01", None, 10000),
    ("EI", METROPOLE, "2025-01-01", 12459, 13304),
    ("ETTI", METROPOLE, "2020-01-01", 4472, 4299),
    ("ETTI", METROPOLE, "2022-01-01", 4437, 4253),
    ("EITI", METROPOLE, "2019-01-01", None, 5548),
    ("ACI", METROPOLE, "2024-11-01", 23458, 23921),
    ("ACI", MAYOTTE, "2022-08-01", 16493, 16825),
    ("ACI", MAYOTTE, "2021-10-01", None, 15924),
    ("EI", MAYOTTE, "2025-01-01", 9412, 10050),
    ("EI", PRISON, "2017-01-01", None, 6142),
    ("ACI", PRISON, "2020-01-01", 12119, 12265),
    ("ACI", PRISON, "2022-05-01", None, 21850),
    ("EI", PRISON, "2022-08-01", 11381, 11609),
    ("EI", PRISON, "2025-01-01", 12459, 13304),
]


def socles(type_siae: str, territoire: str, *jours: date) -> list[float]:
    colonnes = {
        "type_siae": np.full(len(jours), type_siae),
        "territoire": np.full(len(jours), territoire),
        "date_debut_effet": np.array(jours, "M8[D]"),
    }
    resultat = compute(["montant_socle"], colonnes, load_legislation(), jours[0])
    liste: list[float] = resultat["montant_socle"].tolist()
    return liste


@pytest.mark.parametrize(("type_siae", "territoire", "jour", "avant", "apres"), CHANGEMENTS)
def test_each_change_falls_on_its_day(
    type_siae: str, territoire: str, jour: str, avant: int | None, apres: int
) -> None:
    du = date.fromisoformat(jour)

    assert socles(type_siae, territoire, du, du + JOUR) == [apres, apres]
    if avant is None:
        with pytest.raises(UserError):
            socles(type_siae, territoire, du - JOUR)
    else:
        assert socles(type_siae, territoire, du - JOUR) == [avant]


def test_the_last_day_before_the_unknown() -> None:
    assert socles("AI", METROPOLE, date(2025, 12, 31)) == [1619]
    with pytest.raises(UserError, match="aucun arrêté trouvé après le 4 décembre 2024"):
        socles("AI", METROPOLE, date(2026, 1, 1))


def test_many_rows_are_one_row_many_times() -> None:
    """Kinds, territoires and dates mixed: each row is read as if it were alone."""
    lignes = [
        (type_siae, territoire, date.fromisoformat(jour), apres)
        for type_siae, territoire, jour, _, apres in CHANGEMENTS
    ]
    colonnes = {
        "type_siae": np.array([ligne[0] for ligne in lignes]),
        "territoire": np.array([ligne[1] for ligne in lignes]),
        "date_debut_effet": np.array([ligne[2] for ligne in lignes], "M8[D]"),
    }
    ordre = np.arange(len(lignes))[::-1]
    legislation, le = load_legislation(), date(2022, 1, 1)

    ensemble = compute(["montant_socle"], colonnes, legislation, le)["montant_socle"]
    renverse = compute(
        ["montant_socle"], {nom: c[ordre] for nom, c in colonnes.items()}, legislation, le
    )["montant_socle"]

    assert ensemble.tolist() == [ligne[3] for ligne in lignes]
    assert renverse.tolist() == ensemble[ordre].tolist()


def test_an_amount_printed_on_the_annexe_replaces_that_of_the_texts() -> None:
    colonnes = {
        "etp_centiemes": np.array([1900]),
        "montant_unitaire_centimes": np.array([142800]),
        "date_debut_effet": np.array(["2026-01-01"], "M8[D]"),
        "date_fin_effet": np.array(["2026-12-31"], "M8[D]"),
    }
    resultat = compute(
        ["montant_total_annuel_centimes"], colonnes, load_legislation(), date(2026, 1, 1)
    )

    assert resultat["montant_total_annuel_centimes"].tolist() == [2713200]


@pytest.mark.parametrize(
    ("territoire", "le", "attendu"),
    [
        (METROPOLE, "2022-07-31", 1000),
        (METROPOLE, "2022-08-01", 1000),
        (PRISON, "2017-01-01", 500),
        (PRISON, "2016-12-31", None),
    ],
)
def test_the_maximum_of_the_modulated_part(territoire: str, le: str, attendu: int | None) -> None:
    colonnes = {
        "montant_total_annuel_centimes": np.array([10000]),
        "territoire": np.array([territoire]),
        "date_debut_effet": np.array([le], "M8[D]"),
    }
    for critere, poids in (("publics", 34), ("moyens", 33), ("resultats", 33)):
        colonnes |= {f"poids_{critere}": np.array([poids]), f"note_{critere}": np.array([100])}

    def part() -> list[int]:
        cible = "part_modulee_centimes"
        resultat = compute([cible], colonnes, load_legislation(), date.fromisoformat(le))
        liste: list[int] = resultat[cible].tolist()
        return liste

    if attendu is None:
        with pytest.raises(UserError):
            part()
    else:
        assert part() == [attendu]
