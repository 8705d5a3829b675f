"""Each defect that is written is met by the real reader, and told as it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from factories.reseau_synthetique import parametres

from maillage.analyses.synthese import generate_reseau
from maillage.data.extraits.reception import Reception, ReparationsAAccepter
from maillage.data.synthetic import Defaut
from maillage.data.synthetic.ecriture import MOT_DE_PASSE
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.extraits.reception import Rapport

INSTANT = datetime(2025, 7, 16, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))


def receive(tmp_path: Path, *defauts: Defaut, accepte: bool = False, secret: str = "") -> Rapport:
    """Write a small network with defects, and read it."""
    demande = replace(parametres(6, annees=(2025, 2025)), defauts=frozenset(defauts))
    dossier = tmp_path / "extrait"
    if not dossier.exists():
        generate_reseau(demande, dossier)
    return Reception(
        [dossier],
        INSTANT,
        derive=lambda _extrait: None,
        mot_de_passe=secret or None,
        accepte_reparations=accepte,
    ).run()


def test_without_defects_nothing_is_mended_and_it_is_said_synthetic(tmp_path: Path) -> None:
    rapport = receive(tmp_path)
    assert rapport.reparations == ()
    assert rapport.extrait.is_synthetic
    assert rapport.extrait.extraction.isoformat() == "2025-07-15"
    assert [
        phrase for phrase in rapport.extrait.avertissements if "référentiel" not in phrase
    ] == []


@pytest.mark.parametrize(
    ("defaut", "dit"),
    [
        (Defaut.SANS_DEB, "DEB"),
        (Defaut.SANS_FIN, "FIN"),
        (Defaut.COLONNE_RENOMMEE, "af_fse_montant"),
        (Defaut.COLONNE_ABSENTE, "af_plie"),
        (Defaut.COLONNE_AJOUTEE, "af_colonne_nouvelle"),
    ],
)
def test_what_does_not_forbid_is_told(tmp_path: Path, defaut: Defaut, dit: str) -> None:
    rapport = receive(tmp_path, defaut)
    assert any(dit in phrase for phrase in rapport.extrait.avertissements)


@pytest.mark.parametrize(
    ("defaut", "code"),
    [
        (Defaut.FIN_FAUSSE, "MLG-FLX-104"),
        (Defaut.RETOURS, "MLG-FLX-103"),
        (Defaut.VIRGULES, "MLG-FLX-102"),
        (Defaut.ENCODAGE, "MLG-FLX-101"),
    ],
)
def test_what_can_be_mended_is_asked(tmp_path: Path, defaut: Defaut, code: str) -> None:
    with pytest.raises(ReparationsAAccepter) as refus:
        receive(tmp_path, defaut)
    assert {anomalie.code for anomalie in refus.value.anomalies} == {code}
    assert receive(tmp_path, defaut, accepte=True).extrait.is_synthetic


def test_columns_about_persons_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FichierInvalide) as refus:
        receive(tmp_path, Defaut.PERSONNELLE)
    assert {anomalie.code for anomalie in refus.value.anomalies} == {"MLG-FLX-016"}


def test_stray_quotes_and_a_zip_named_gz_change_nothing(tmp_path: Path) -> None:
    rapport = receive(tmp_path, Defaut.GUILLEMETS, Defaut.GZ_ZIP)
    assert rapport.reparations == ()
    assert rapport.extrait.vues["Structure"] > 0


def test_repeated_annexes_are_all_read(tmp_path: Path) -> None:
    seules = receive(tmp_path / "a").extrait.vues["AnnexeFinanciere"]
    repetees = receive(tmp_path / "b", Defaut.DOUBLONS).extrait.vues["AnnexeFinanciere"]
    assert repetees == seules + -(-seules // 10)


def test_protected_files_open_with_their_password_only(tmp_path: Path) -> None:
    with pytest.raises(FichierInvalide) as refus:
        receive(tmp_path, Defaut.CHIFFRE)
    assert refus.value.anomalies[0].code == "MLG-FLX-004"
    assert receive(tmp_path, Defaut.CHIFFRE, secret=MOT_DE_PASSE).extrait.is_synthetic
