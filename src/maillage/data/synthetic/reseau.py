"""Writes a whole extract of a synthetic network: every view that is used, block by block."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.data.store import ensure_writable
from maillage.data.synthetic.ecriture import (
    HEURE,
    Fichier,
    name_file,
    write_archive,
    write_protected,
)
from maillage.data.synthetic.modele import make_reseau
from maillage.data.synthetic.parametres import Defaut
from maillage.data.synthetic.vue_annexes import build_annexes
from maillage.data.synthetic.vue_complements import (
    build_accompagnement,
    build_categories,
    build_marches,
    build_mesures,
    build_montants,
    build_motifs,
)
from maillage.data.synthetic.vue_personnes import (
    build_contrats,
    build_formations,
    build_salaries,
)
from maillage.data.synthetic.vue_releves import Releves
from maillage.data.synthetic.vue_structures import build_structures
from maillage.kernel.errors import Anomalie, FichierInvalide, SaisieInvalide
from maillage.kernel.francais import format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from maillage.data.synthetic.modele import Reseau
    from maillage.data.synthetic.parametres import Bareme, Parametres

ENTIERES: dict[str, Callable[[Reseau], pa.Table]] = {
    "AnnexeFinanciere": build_annexes,
    "Structure": build_structures,
    "Accompagnement": build_accompagnement,
    "MarchesPublics": build_marches,
    "RefMontantIae": build_montants,
    "RefMesure": lambda _reseau: build_mesures(),
    "RefMotifSort": lambda _reseau: build_motifs(),
    "RefCategorieSort": lambda _reseau: build_categories(),
}
"""Views written in one go."""
PAR_BLOCS = ("EtatMensuelIndiv", "ContratMission", "Salarie", "Formations")


class Contenant(Enum):
    """What the files are put in."""

    ARCHIVE = "archive"
    FICHIERS = "fichiers"


@dataclass(frozen=True, slots=True)
class Ecrit:
    """What was written.

    Attributes:
        fichiers: The archive, or each file.
        lignes: Rows by view.
    """

    fichiers: tuple[Path, ...]
    lignes: Mapping[str, int]


def write_reseau(
    parametres: Parametres,
    bareme: Bareme,
    dossier: Path,
    contenant: Contenant = Contenant.ARCHIVE,
    progression: Callable[[str, int], None] = lambda _vue, _lignes: None,
) -> Ecrit:
    """Write an extract; nothing is left of it when it does not come to its end.

    Args:
        parametres: Of the network.
        bareme: What the law gives.
        dossier: Where; created if need be.
        contenant: One archive, or loose files.
        progression: Told the view and its rows so far.

    Raises:
        ValueError: the law is not known for those years or that day.
        FichierInvalide: a file of that name is there already (MLG-SYN-001).
        SaisieInvalide: no annexe is shown on that day (MLG-SYN-002).
        EnvironnementInvalide: the folder cannot be written (MLG-ENV-001).
    """
    parametres.check(bareme)
    ensure_writable(dossier)
    in_archive = contenant is Contenant.ARCHIVE or Defaut.CHIFFRE in parametres.defauts
    noms = [name_archive(parametres)] if in_archive else list_names(parametres)
    _refuse_existing([dossier / nom for nom in noms])
    with tempfile.TemporaryDirectory(dir=dossier, prefix=".en-cours-") as nom:
        provisoire = Path(nom)
        reseau = make_reseau(parametres, bareme)
        _refuse_empty(reseau)
        fichiers, lignes = _write_views(reseau, provisoire, progression)
        if in_archive:
            archive = provisoire / name_archive(parametres)
            write = write_protected if Defaut.CHIFFRE in parametres.defauts else write_archive
            write(fichiers, archive)
            fichiers = [archive]
        return Ecrit(
            tuple(Path(shutil.move(fichier, dossier / fichier.name)) for fichier in fichiers),
            lignes,
        )


def list_names(parametres: Parametres) -> list[str]:
    """Names of the loose files."""
    return [name_file(vue, parametres.au) for vue in (*ENTIERES, *PAR_BLOCS)]


def name_archive(parametres: Parametres) -> str:
    """Name of the outer file: a zip that is called otherwise, as those of the ASP."""
    return f"fluxIAE_SYNTHETIQUE_{parametres.au:%d%m%Y}_{HEURE}.tar.gz"


def _write_views(
    reseau: Reseau, dossier: Path, progression: Callable[[str, int], None]
) -> tuple[list[Path], dict[str, int]]:
    with ExitStack() as pile:
        ouverts = {
            vue: pile.enter_context(
                Fichier(
                    dossier,
                    vue,
                    [colonne.nom for colonne in load_dictionnaire()[vue]],
                    reseau.parametres.au,
                    reseau.parametres.defauts,
                )
            )
            for vue in (*ENTIERES, *PAR_BLOCS)
        }
        for vue, build in ENTIERES.items():
            ouverts[vue].write(build(reseau))
            progression(vue, ouverts[vue].lignes)
        releves = Releves(reseau)
        for bloc in reseau.blocks():
            ouverts["EtatMensuelIndiv"].write(releves.build(bloc))
            ouverts["ContratMission"].write(build_contrats(reseau, bloc))
            ouverts["Salarie"].write(build_salaries(reseau, bloc))
            ouverts["Formations"].write(build_formations(reseau, bloc))
            progression("EtatMensuelIndiv", ouverts["EtatMensuelIndiv"].lignes)
    return (
        [fichier.chemin for fichier in ouverts.values()],
        {vue: fichier.lignes for vue, fichier in ouverts.items()},
    )


def _refuse_existing(chemins: list[Path]) -> None:
    presents = [chemin for chemin in chemins if chemin.exists()]
    if presents:
        raise FichierInvalide(
            *(
                Anomalie(
                    "MLG-SYN-001",
                    f"« {chemin.name} » existe déjà.",
                    "Choisissez un autre dossier, ou retirez ce fichier.",
                    str(chemin.parent),
                )
                for chemin in presents
            )
        )


def _refuse_empty(reseau: Reseau) -> None:
    """Refuse an extract without any structure: nothing in it would say that it is synthetic.

    Raises:
        SaisieInvalide: no annexe is shown on that day (MLG-SYN-002).
    """
    if not len(reseau.shown_structures()):
        raise SaisieInvalide(
            Anomalie(
                "MLG-SYN-002",
                f"Aucune annexe de ce réseau n’est encore publiée le "
                f"{format_date(reseau.parametres.au)}.",
                "Choisissez un jour plus tardif, plus de structures ou une autre graine.",
            )
        )
