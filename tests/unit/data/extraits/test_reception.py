from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from factories.flux_iae import JOUR, rangee, releve, structure, write_extrait
from factories.receptions import MAINTENANT, read_column, receive

from maillage.data.extraits import (
    Extrait,
    find_extrait,
    forget_extrait,
    list_extraits,
    read_extrait,
)
from maillage.data.extraits.reception import Reception
from maillage.kernel.errors import DonneesIndisponibles, Interrompu, Introuvable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def test_an_extract_is_kept_with_what_it_is(tmp_path: Path, donnees: Path) -> None:
    dossier = write_extrait(
        tmp_path / "extrait",
        {
            "EtatMensuelIndiv": [releve(1, "91.5"), releve(2, "")],
            "RefMontantIae": [rangee("RefMontantIae", rmi_id=11, rmi_valeur="1820")],
        },
    )
    vus: list[str] = []
    rapport = receive(dossier, progression=lambda vue, _rangees, _octets: vus.append(vue))
    extrait = rapport.extrait
    assert not rapport.deja_connu
    assert rapport.reparations == ()
    assert (extrait.extraction, extrait.importe_le) == (JOUR, MAINTENANT)
    assert extrait.vues == {
        "AnnexeFinanciere": 1,
        "EtatMensuelIndiv": 2,
        "RefMontantIae": 1,
        "Structure": 1,
    }
    assert not extrait.is_synthetic
    assert read_column(rapport, "EtatMensuelIndiv", "emi_nb_heures_travail_centiemes") == [
        9150,
        None,
    ]
    assert read_column(rapport, "EtatMensuelIndiv", "emi_date_validation")[0] == date(2025, 1, 10)
    assert read_column(rapport, "Structure", "structure_date_modification") == [
        datetime(2024, 11, 30)  # noqa: DTZ001 — as published, without a zone
    ]
    assert read_column(rapport, "AnnexeFinanciere", "af_indicateur_suspension") == [False]
    assert "EtatMensuelIndiv" in vus
    assert {source.sha256 for source in extrait.fichiers} == {vue.sha256 for vue in rapport.vues}
    assert [e.identifiant for e in list_extraits()] == [extrait.identifiant]
    assert [f.name for f in (donnees / "extraits").iterdir()] == [extrait.identifiant]


def test_the_same_extract_twice_changes_nothing(tmp_path: Path, donnees: Path) -> None:
    dossier = write_extrait(tmp_path / "extrait")
    premier = receive(dossier).extrait
    avant = {f: f.read_bytes() for f in (donnees / "extraits").rglob("*") if f.is_file()}
    archive = tmp_path / "depot.tar.gz"
    with zipfile.ZipFile(archive, "w") as zip_:
        for fichier in sorted(dossier.iterdir(), reverse=True):
            zip_.writestr(f"depot/{fichier.name[:-3]}", gzip.decompress(fichier.read_bytes()))
    second = receive(archive)
    assert second.deja_connu
    assert second.extrait.identifiant == premier.identifiant
    assert {f: f.read_bytes() for f in (donnees / "extraits").rglob("*") if f.is_file()} == avant


def test_invented_structures_say_so(tmp_path: Path) -> None:
    noms = ["ASSOCIATION D ESSAI (SYNTHETIQUE)", "AUTRE (SYNTHETIQUE)"]
    lignes = [structure(rang, structure_denomination=nom) for rang, nom in enumerate(noms)]
    assert receive(write_extrait(tmp_path / "e", {"Structure": lignes})).extrait.is_synthetic


def test_stopped_on_request_nothing_is_kept(tmp_path: Path, donnees: Path) -> None:
    with pytest.raises(Interrompu):
        receive(write_extrait(tmp_path / "e"), doit_arreter=lambda: True)
    assert list((donnees / "extraits").iterdir()) == []


def test_what_a_killed_import_left_is_swept_and_never_read(tmp_path: Path, donnees: Path) -> None:
    reste = donnees / "extraits" / ".en-cours-abc"
    (reste / "vues").mkdir(parents=True)
    (reste / "manifeste.json").write_text("{}")
    epave = donnees / "extraits" / "0123456789abcdef"
    epave.mkdir()
    assert list_extraits() == ()
    vieux = (MAINTENANT - timedelta(days=2)).timestamp()
    os.utime(reste, (vieux, vieux))
    receive(write_extrait(tmp_path / "e"))
    assert not reste.exists()
    assert len(list_extraits()) == 1


_TUE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from maillage.data.extraits.reception import Reception
print("prêt", flush=True)
Reception([Path(sys.argv[1])], datetime.now(UTC), derive=lambda e: None).run()
"""


def test_kill_9_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    ancien = receive(write_extrait(tmp_path / "ancien")).extrait
    avant = {f: f.read_bytes() for f in ancien.dossier.rglob("*") if f.is_file()}
    lignes = [releve(1 + rang % 12, emi_pph_id=f"P{rang}") for rang in range(30_000)]
    write_extrait(tmp_path / "nouveau", {"EtatMensuelIndiv": lignes}, JOUR + timedelta(days=7))
    tues = 0
    for attente in (0.02, 0.1, 0.25, 0.5):
        processus = subprocess.Popen(
            [sys.executable, "-c", _TUE, str(tmp_path / "nouveau")],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert processus.stdout is not None
        processus.stdout.readline()
        time.sleep(attente)
        processus.send_signal(signal.SIGKILL)
        tues += processus.wait() == -signal.SIGKILL
        processus.stdout.close()
        extraits = list_extraits()
        assert [e.identifiant for e in extraits][-1] == ancien.identifiant
        for extrait in extraits[:-1]:
            assert pq.read_table(extrait.vue("EtatMensuelIndiv")).num_rows == 30_000
        assert {f: f.read_bytes() for f in ancien.dossier.rglob("*") if f.is_file()} == avant
    assert tues
    assert receive(tmp_path / "nouveau").extrait.vues["EtatMensuelIndiv"] == 30_000


def test_extracts_are_found_and_forgotten(tmp_path: Path) -> None:
    with pytest.raises(Introuvable):
        find_extrait()
    un = receive(write_extrait(tmp_path / "un")).extrait
    deux = receive(write_extrait(tmp_path / "deux", jour=JOUR + timedelta(days=7))).extrait
    assert [e.identifiant for e in list_extraits()] == [deux.identifiant, un.identifiant]
    assert find_extrait().identifiant == deux.identifiant
    assert find_extrait(un.identifiant[:6]).identifiant == un.identifiant
    assert find_extrait("2025-07-12").identifiant == deux.identifiant
    for mot in ("zzz", ""):
        with pytest.raises(Introuvable):
            find_extrait(mot)
    forget_extrait(deux.identifiant)
    with pytest.raises(Introuvable):
        read_extrait(deux.identifiant)
    manifeste = un.dossier / "manifeste.json"
    manifeste.write_text(json.dumps({"version": 1}))
    with pytest.raises(DonneesIndisponibles):
        list_extraits()


@pytest.mark.donnees_partagees
def test_the_public_samples(donnees_partagees: Path) -> None:
    rapport = receive(donnees_partagees / "fluxiae")
    extrait = rapport.extrait
    assert extrait.vues == {"AnnexeFinanciere": 57, "Structure": 6}
    assert extrait.extraction == date(2022, 2, 7)  # the first line, not the name of the file
    assert rapport.reparations == ()
    assert not any(vue.inconnues or vue.manquantes for vue in rapport.vues)
    assert extrait.avertissements[0].startswith("fluxIAE_AnnexeFinanciere")
    assert "pas de ligne FIN" in extrait.avertissements[0]
    etp: Iterable[int] = read_column(
        rapport, "AnnexeFinanciere", "af_etp_postes_insertion_centiemes"
    )
    assert sum(valeur or 0 for valeur in etp) == _sum_of_the_sample(donnees_partagees)


def _sum_of_the_sample(dossier: Path) -> int:
    """The same sum by the plainest reading."""
    fichier = dossier / "fluxiae" / "fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz"
    lignes = gzip.decompress(fichier.read_bytes()).decode().splitlines()
    rang = lignes[1].split("|").index("af_etp_postes_insertion")
    return sum(round(100 * float(ligne.split("|")[rang] or 0)) for ligne in lignes[2:])


def test_an_extract_is_put_in_place_by_one_move(tmp_path: Path) -> None:
    vus: list[int] = []

    def derive(extrait: Extrait) -> None:
        assert list_extraits() == ()
        vus.append(extrait.dossier.stat().st_ino)

    dossier = write_extrait(tmp_path / "e")
    extrait = Reception([dossier], MAINTENANT, derive=derive).run().extrait
    assert vus == [extrait.dossier.stat().st_ino]


def test_facts_that_cannot_be_derived_keep_nothing(tmp_path: Path, donnees: Path) -> None:
    def derive(_extrait: Extrait) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 — the very one that was raised
        Reception([write_extrait(tmp_path / "e")], MAINTENANT, derive=derive).run()
    assert list((donnees / "extraits").iterdir()) == []
