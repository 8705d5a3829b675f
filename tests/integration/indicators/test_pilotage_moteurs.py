"""The roll-ups of the cockpit: DuckDB, PostgreSQL and the figures of the pages agree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.reseau_synthetique import parametres, write_network

from maillage.analyses.pilotage.agregats import roll_up
from maillage.analyses.pilotage.imports import importer
from maillage.indicators.pilotage.agregats import AXES, DECIMAUX, ENTIERS
from maillage.indicators.pilotage.etp import PERIMETRES
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.tableaux import list_mois, list_structures
from maillage.kernel.errors import EnvironnementInvalide, SaisieInvalide
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.pilotage.lecture import Faits

TOUS = tuple(AXES)


@pytest.fixture(scope="module")
def faits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faits]:
    """A synthetic network of forty structures."""
    dossier = tmp_path_factory.mktemp("moteurs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        extrait = write_network(dossier / "extrait", parametres(40))
        importer([extrait], datetime(2025, 7, 20, tzinfo=UTC))
        yield load_faits()


@pytest.mark.parametrize("perimetre", PERIMETRES)
def test_by_structure_they_are_the_figures_of_the_pages(faits: Faits, perimetre: str) -> None:
    lignes = {
        (ligne["asp_id"], ligne["type"]): ligne
        for ligne in roll_up(faits, 2025, ["structure"], perimetre)
    }
    structures = list_structures(faits, 2025, perimetre=perimetre)
    assert set(lignes) == {(s.asp_id, s.type) for s in structures}
    for s in structures:
        ligne, synthese = lignes[s.asp_id, s.type], s.synthese
        assert ligne["annexes_faites"] == synthese.mois_faits
        assert ligne["annexes_en_retard"] == synthese.mois_en_retard
        assert ligne["annexes_a_venir"] == synthese.mois_a_venir
        assert ligne["heures_centiemes"] / 100 == synthese.heures
        if not isinstance(synthese.ecart_mois, Absence):
            assert ligne["realise"] == pytest.approx(synthese.realise_mois)
            assert ligne["ecart"] == pytest.approx(synthese.ecart_mois, abs=1e-9)


def test_by_month_too(faits: Faits) -> None:
    lignes = roll_up(faits, 2025, ["mois"])
    assert [ligne["mois"] for ligne in lignes] == list(range(1, 13))
    for ligne, mois in zip(lignes, list_mois(faits, 2025), strict=True):
        assert ligne["conventionne_fait_centiemes"] / 100 == pytest.approx(mois.conventionne_fait)
        assert ligne["realise"] == pytest.approx(mois.realise)


def test_an_axis_that_does_not_exist_is_told(faits: Faits) -> None:
    for axes in (["lune"], []):
        with pytest.raises(SaisieInvalide, match="MLG-PIL-040"):
            roll_up(faits, 2025, axes)
    with pytest.raises(SaisieInvalide, match="MLG-ENV-004"):
        roll_up(faits, 2025, ["mois"], moteur="oracle://serveur")


def test_without_spark_the_way_out_is_told(faits: Faits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(EnvironnementInvalide, match="MLG-ENV-003"):
        roll_up(faits, 2025, ["mois"], moteur="spark://local")


@pytest.mark.postgres
@pytest.mark.parametrize("par", [["mois"], ["structure"], ["departement", "type"], list(TOUS)])
def test_postgresql_gives_the_same_whole_numbers_and_the_same_ratios(
    faits: Faits, postgres_url: str, par: list[str]
) -> None:
    ici, ailleurs = roll_up(faits, 2025, par), roll_up(faits, 2025, par, moteur=postgres_url)
    assert [exact(ligne) for ligne in ici] == [exact(ligne) for ligne in ailleurs]
    for nos, leurs in zip(ici, ailleurs, strict=True):
        for nom in DECIMAUX:
            assert nos[nom] == pytest.approx(leurs[nom], rel=1e-12, abs=1e-9)


def exact(ligne: dict[str, Any]) -> dict[str, Any]:
    """All but what is divided."""
    assert all(isinstance(ligne[nom], int) for nom in ENTIERS)
    return {nom: valeur for nom, valeur in ligne.items() if nom not in DECIMAUX}
