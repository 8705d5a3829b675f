"""Receiving an extract: every file read beside, the whole put in place by one move, or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from maillage.data.extraits.depot import (
    FAITS,
    MANIFESTE,
    VUES,
    Extrait,
    extraits_dir,
    read_manifeste,
)
from maillage.data.extraits.ecriture import Ecriture
from maillage.data.sources.flux_iae.cles import Hacheur, load_sel
from maillage.data.sources.flux_iae.pieces import list_pieces
from maillage.data.sources.flux_iae.rapport import Releve
from maillage.data.sources.flux_iae.vue import VueLue, make_plan, open_vue, read_vue
from maillage.data.sources.flux_iae.vues import REFERENTIELS
from maillage.data.store import data_dir, ensure_writable
from maillage.kernel.errors import Anomalie, FichierInvalide, Interrompu
from maillage.kernel.francais import accorder, join_fr
from maillage.kernel.pedigree import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from maillage.data.sources.flux_iae.pieces import Piece

SYNTHETIQUE = " (SYNTHETIQUE)"
"""How the generator ends the name of each structure that it invents."""
_NECESSAIRES = ("AnnexeFinanciere", "Structure")
_ATTENDUES = {
    "EtatMensuelIndiv": "les heures, les ETP réalisés et les retards de saisie",
    "ContratMission": "les publics et les sorties",
    "Salarie": "la part des femmes, des seniors et des habitants des quartiers prioritaires",
    "RefMotifSort": "les catégories de sorties",
    "RefCategorieSort": "les catégories de sorties",
}
_PROVISOIRE = ".en-cours-"


@dataclass(frozen=True, slots=True)
class Rapport:
    """What an import did.

    Attributes:
        extrait: The extract, as kept.
        deja_connu: Whether it was there already: nothing changed.
        reparations: What was mended and accepted.
        vues: What was read of each view.
    """

    extrait: Extrait
    deja_connu: bool
    reparations: tuple[Anomalie, ...]
    vues: tuple[VueLue, ...]


@dataclass(slots=True)
class Reception:
    """An import in progress.

    Attributes:
        chemins: Files or folders that were given.
        instant: When, with its time zone.
        mot_de_passe: Of the protected files.
        accepte_reparations: Whether what can be mended may be.
        derive: Writes the facts of an extract into its directory, before it is put in place.
        progression: Told the view, the rows and the bytes done.
        doit_arreter: Asked after each block.
    """

    chemins: Sequence[Path]
    instant: datetime
    derive: Callable[[Extrait], None]
    mot_de_passe: str | None = None
    accepte_reparations: bool = False
    progression: Callable[[str, int, int], None] = lambda _vue, _rangees, _octets: None
    doit_arreter: Callable[[], bool] = lambda: False
    releve: Releve = field(default_factory=Releve)

    def run(self) -> Rapport:
        """Read everything, tell all that is wrong at once, keep the extract if nothing is.

        Raises:
            FichierInvalide: every fault of every file (MLG-FLX-003 to 029); or repairs that were not
                accepted (MLG-FLX-101 to 104).
            Introuvable: a file does not exist (MLG-FLX-001).
            Interrompu: stopped on request (MLG-FLX-040); nothing was kept.
            EnvironnementInvalide: the directory cannot be written (MLG-ENV-001).
        """
        racine = extraits_dir()
        ensure_writable(racine)
        _sweep(racine, self.instant)
        pieces = list_pieces(self.chemins, self.mot_de_passe)
        provisoire = Path(tempfile.mkdtemp(dir=racine, prefix=_PROVISOIRE))
        try:
            lues = self._read_all(pieces, provisoire)
            self._check_whole(lues)
            self._raise_what_is_wrong()
            return self._keep(lues, provisoire)
        finally:
            shutil.rmtree(provisoire, ignore_errors=True)

    def _read_all(self, pieces: list[Piece], provisoire: Path) -> list[VueLue]:
        hacheur = Hacheur(load_sel(data_dir()))
        (provisoire / VUES).mkdir()
        lues: list[VueLue] = []
        for piece in pieces:
            vue = open_vue(piece)
            lues.append(vue)
            try:
                self._read_one(piece, vue, hacheur, provisoire)
            except FichierInvalide as refus:
                for anomalie in refus.anomalies:
                    self.releve.refuse(anomalie)
        return lues

    def _read_one(self, piece: Piece, vue: VueLue, hacheur: Hacheur, provisoire: Path) -> None:
        chemin = provisoire / VUES / f"{len(list((provisoire / VUES).iterdir()))}.parquet"
        with Ecriture(chemin) as ecriture:
            for bloc in read_vue(piece, vue, hacheur, self.releve, self._tell(vue)):
                ecriture.write(bloc)
                if self.doit_arreter():
                    raise Interrompu(
                        Anomalie(
                            "MLG-FLX-040",
                            "L’import a été arrêté à votre demande.",
                            "Rien n’a été gardé ; relancez-le quand vous voulez.",
                        )
                    )
        schema = make_plan(vue, Releve()).schema if vue.lignes.entete else pa.schema([])
        if not ecriture.is_begun and len(schema):
            pq.write_table(schema.empty_table(), chemin)
        if chemin.exists() and vue.nom:
            cible = chemin.with_name(f"{vue.nom}.parquet")
            if cible.exists():
                self.releve.refuse(
                    Anomalie(
                        "MLG-FLX-017",
                        f"Deux fichiers sont la vue {vue.nom}.",
                        "Gardez celui du dépôt voulu, retirez l’autre.",
                        vue.chemin,
                    ),
                )
            else:
                chemin.rename(cible)

    def _tell(self, vue: VueLue) -> Callable[[int, int], None]:
        return lambda rangees, octets: self.progression(vue.nom, rangees, octets)

    def _check_whole(self, lues: list[VueLue]) -> None:
        """What the files are together: the views that are needed, one extraction."""
        presentes = {vue.nom for vue in lues}
        manquantes = [nom for nom in _NECESSAIRES if nom not in presentes]
        if manquantes:
            self.releve.refuse(
                Anomalie(
                    "MLG-FLX-018",
                    f"Il manque {join_fr(manquantes)} : sans elles, aucune convention n’est connue.",
                    "Donnez tous les fichiers de l’extrait ensemble.",
                    join_fr(chemin.name for chemin in self.chemins),
                ),
            )
        for nom, quoi in _ATTENDUES.items():
            if nom not in presentes:
                self.releve.warn(f"La vue {nom} n’est pas donnée : {quoi} seront inconnus.")
        absents = [nom for nom in REFERENTIELS if nom not in presentes]
        if absents:
            self.releve.warn(
                f"{accorder(len(absents), 'référentiel manque', 'référentiels manquent')} sur les "
                f"{len(REFERENTIELS)} d’un dépôt complet : {join_fr(absents[:4])}"
                f"{'…' if len(absents) > 4 else ''}."  # noqa: PLR2004
            )
        jours = sorted({vue.lignes.jour for vue in lues if vue.lignes.jour})
        if len(jours) > 1:
            self.releve.warn(
                "Les fichiers ne sont pas tous du même jour d’extraction : "
                f"{join_fr(_show_day(jour) for jour in jours)}."
            )

    def _raise_what_is_wrong(self) -> None:
        """Raise every fault, or every repair that is not accepted.

        Raises:
            FichierInvalide: there are faults.
            ReparationsAAccepter: there are only repairs.
        """
        if self.releve.fautes:
            raise FichierInvalide(*self.releve.anomalies)
        if self.releve.reparations and not self.accepte_reparations:
            raise ReparationsAAccepter(
                *(trouvaille.to_anomalie() for trouvaille in self.releve.reparations.values())
            )

    def _keep(self, lues: list[VueLue], provisoire: Path) -> Rapport:
        reparations = tuple(t.to_anomalie() for t in self.releve.reparations.values())
        identifiant = _identify(lues)
        cible = extraits_dir() / identifiant
        if (cible / MANIFESTE).is_file():
            return Rapport(read_manifeste(cible), True, reparations, tuple(lues))  # noqa: FBT003
        gardees = {
            vue.nom: vue.rangees
            for vue in lues
            if (provisoire / VUES / f"{vue.nom}.parquet").exists()
        }
        extrait = Extrait(
            identifiant=identifiant,
            extraction=self._find_day(lues),
            importe_le=self.instant,
            fichiers=tuple(_to_source(vue) for vue in lues),
            vues=gardees,
            comptees={vue.nom: vue.rangees for vue in lues if vue.nom not in gardees},
            is_synthetic=_is_synthetic(provisoire / VUES / "Structure.parquet"),
            avertissements=(
                *self.releve.avertissements,
                *(f"Réparation acceptée : {r.quoi} ({r.ou})" for r in reparations),
            ),
            dossier=provisoire,
        )
        (provisoire / FAITS).mkdir()
        self.derive(extrait)
        (provisoire / MANIFESTE).write_text(
            json.dumps(extrait.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        _sync(provisoire)
        shutil.rmtree(cible, ignore_errors=True)  # a directory without its manifest is a wreck
        provisoire.rename(cible)
        return Rapport(read_manifeste(cible), False, reparations, tuple(lues))  # noqa: FBT003

    def _find_day(self, lues: list[VueLue]) -> date:
        """Day of extraction: the DEB lines', the latest of them; else the names of the files.

        Raises:
            FichierInvalide: neither says it (MLG-FLX-019).
        """
        dits = [jour for vue in lues if (jour := _parse_day(vue.lignes.jour))]
        if dits:
            return max(dits)
        nommes = [jour for vue in lues if (jour := _parse_day(_day_of_name(vue.chemin)))]
        if nommes:
            self.releve.warn(
                "Aucun fichier n’a de ligne DEB : le jour de l’extraction est celui de leur nom."
            )
            return max(nommes)
        raise FichierInvalide(
            Anomalie(
                "MLG-FLX-019",
                "Rien ne dit de quel jour est l’extrait : ni ligne DEB, ni date dans les noms.",
                "Gardez les noms d’origine, fluxIAE_<Vue>_JJMMAAAA_HHMMSS.csv.gz.",
                join_fr(chemin.name for chemin in self.chemins),
            )
        )


class ReparationsAAccepter(FichierInvalide):
    """Nothing forbids the import but what would have to be mended, that nobody accepted yet."""


def _identify(lues: list[VueLue]) -> str:
    """Hash of what the files hold, whatever they are packed in and called."""
    condense = hashlib.sha256()
    for nom, sha256 in sorted((vue.nom, vue.sha256) for vue in lues):
        condense.update(f"{nom}:{sha256}\n".encode())
    return condense.hexdigest()[:16]


def _to_source(vue: VueLue) -> Source:
    jour = _parse_day(vue.lignes.jour)
    return Source(
        code=f"fluxiae_{vue.nom}",
        titre=f"Extrait fluxIAE, vue {vue.nom}",
        producteur="ASP (extranet IAE)",
        millesime=jour.isoformat() if jour else "",
        licence="donnée du réseau, non publiée",
        fichier=vue.chemin,
        sha256=vue.sha256,
        lignes=vue.rangees,
        qualite="A",
    )


def _is_synthetic(structures: Path) -> bool:
    if not structures.exists():
        return False
    table = pq.read_table(structures)
    if "structure_denomination" not in table.column_names or not table.num_rows:
        return False
    noms = table.column("structure_denomination")
    return bool(pc.all(pc.fill_null(pc.ends_with(noms, SYNTHETIQUE), fill_value=False)).as_py())


def _day_of_name(chemin: str) -> str:
    return next((m for m in chemin.split("_") if len(m) == 8 and m.isdigit()), "")  # noqa: PLR2004


def _parse_day(texte: str) -> date | None:
    try:
        return date(int(texte[4:8]), int(texte[2:4]), int(texte[:2]))
    except ValueError:
        return None


def _show_day(texte: str) -> str:
    return f"{texte[:2]}/{texte[2:4]}/{texte[4:]}"


def _sync(dossier: Path) -> None:
    """Everything on the disk before the move that makes it visible."""
    for fichier in dossier.rglob("*"):
        if fichier.is_file():
            with fichier.open("rb") as ouvert:
                os.fsync(ouvert.fileno())


def _sweep(racine: Path, instant: datetime) -> None:
    """Remove what an import that was killed left, once it is a day old."""
    hier = instant.timestamp() - 86_400
    for reste in racine.glob(".*"):
        if reste.is_dir() and reste.stat().st_mtime < hier:
            shutil.rmtree(reste, ignore_errors=True)
