"""Views of a synthetic network read as downloads: the same figures as its extract, by another way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.reseau_synthetique import parametres, read_lines, write_network

from maillage.analyses.pilotage.imports import importer
from maillage.analyses.pilotage.releves import Situation, count_situations, set_beside
from maillage.cli.app import run
from maillage.data.sources.releves.lecture import read_releves
from maillage.indicators.pilotage.faits import FAIT
from maillage.indicators.pilotage.lecture import Faits, load_faits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VUES = ("EtatMensuelIndiv", "AnnexeFinanciere")


@pytest.fixture(scope="module")
def reseau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Faits, Path, Path]]:
    """Facts of July, and the views of July and of August as one file each."""
    dossier = tmp_path_factory.mktemp("reseau")
    with pytest.MonkeyPatch.context() as contexte:
        contexte.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        remis = []
        for au in (date(2025, 7, 15), date(2025, 8, 15)):
            ecrit = write_network(dossier / au.isoformat(), parametres(structures=12, au=au))
            recu = dossier / f"remis-{au.month}"
            recu.mkdir()
            for vue in VUES:
                (recu / f"{vue}.csv").write_text("\n".join(read_lines(ecrit, vue)), "utf-8")
            remis.append(recu)
            if au.month == 7:
                importer([ecrit], datetime(2025, 7, 16, tzinfo=UTC))
        yield load_faits(), remis[0], remis[1]


def test_the_views_of_an_extract_say_what_the_extract_says(
    reseau: tuple[Faits, Path, Path],
) -> None:
    faits, juillet, _ = reseau
    lignes = set_beside(read_releves(sorted(juillet.iterdir())), faits)
    comptes = count_situations(lignes)
    assert {situation for sien in comptes.values() for situation in sien} == {Situation.EGAL}
    assert comptes["heures"][Situation.EGAL] == np.count_nonzero(faits.month("statut") == FAIT)
    assert comptes["etp_conventionnes"][Situation.EGAL] == np.count_nonzero(
        faits.annexe("compte_pilotage")
    )


def test_those_of_a_month_later_are_the_same_or_newer(reseau: tuple[Faits, Path, Path]) -> None:
    faits, _, aout = reseau
    lignes = set_beside(read_releves(sorted(aout.iterdir())), faits)
    dites = {ligne.situation for ligne in lignes if ligne.chiffre == "heures"}
    assert dites == {Situation.EGAL, Situation.PLUS_RECENT}
    assert Situation.DIFFERE not in {ligne.situation for ligne in lignes}


def test_an_invented_extract_says_so(
    reseau: tuple[Faits, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    chemins = [str(chemin) for chemin in sorted(reseau[1].iterdir())]
    assert run(["flux", "releves", *chemins]) == 0
    assert "synthétique" in capsys.readouterr().out
