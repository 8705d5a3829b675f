"""The workbook in LibreOffice, where it is installed: every cell computed again is the model's."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from factories.modeles import calcule
from factories.tableur import Classeur

from maillage.analyses.modele.classeur import write_classeur

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE = shutil.which("soffice")
CENTIME = 0.011
FAUSSE = b"-777"
# LibreOffice believes the values that a file keeps, unless its settings say otherwise.
REGLAGES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def falsify(octets: bytes) -> bytes:
    """The same workbook, every kept value of a formula being wrong."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as lue, zipfile.ZipFile(sortie, "w") as ecrite:
        for nom in lue.namelist():
            contenu = lue.read(nom)
            if nom.startswith("xl/worksheets/"):
                contenu = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>" + FAUSSE + rb"</v>", contenu)
            ecrite.writestr(nom, contenu)
    return sortie.getvalue()


@pytest.mark.une_fois
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("genre", ["AI", "ACI"])
def test_libreoffice_computes_every_cell_as_the_model_does(genre: str, tmp_path: Path) -> None:
    nous = Classeur(write_classeur(calcule(genre)))
    profil, sortie = tmp_path / "profil" / "user", tmp_path / "sortie"
    profil.mkdir(parents=True)
    (profil / "registrymodifications.xcu").write_text(REGLAGES, encoding="utf-8")
    source = tmp_path / "modele.xlsx"
    source.write_bytes(falsify(write_classeur(calcule(genre))))
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={profil.parent.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(sortie),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    lui = Classeur((sortie / "modele.xlsx").read_bytes())
    ecarts = {
        ou: (lui.gardees.get(ou), nous.gardees[ou])
        for ou in nous.formules
        if lui.gardees.get(ou) != pytest.approx(nous.gardees[ou], abs=CENTIME)
    }
    assert ecarts == {}
    assert -777.0 not in lui.gardees.values()
