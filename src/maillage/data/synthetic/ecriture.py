"""Files as the ASP writes them: a line DEB, the header, rows without quoting, a line FIN, compressed."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
from pyarrow import csv as pacsv

from maillage.data.synthetic.defauts import Retouche

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from maillage.data.synthetic.parametres import Defaut

HEURE = "063004"
MOT_DE_PASSE = "synthetique"
"""Of the files written with the default `chiffre`; it protects nothing."""
_NIVEAU = 6
_EXTENSION = ".csv.gz"


def name_file(vue: str, au: date) -> str:
    """Name that the ASP gives."""
    return f"fluxIAE_{vue}_{au:%d%m%Y}_{HEURE}{_EXTENSION}"


class Fichier:
    """One view being written, block by block.

    Attributes:
        chemin: Its file.
        lignes: Rows written so far.
    """

    def __init__(
        self,
        dossier: Path,
        vue: str,
        entete: Sequence[str],
        au: date,
        defauts: frozenset[Defaut],
    ) -> None:
        """Open it.

        Args:
            dossier: Where.
            vue: Name of the view.
            entete: Published names, in their order.
            au: Day of the extraction.
            defauts: What is written wrong.
        """
        self.chemin = dossier / name_file(vue, au)
        self.lignes = 0
        self._entete = tuple(entete)
        self._retouche = Retouche(vue, self._entete, defauts)
        self._vides = "|" * (len(self._retouche.entete) - 1)
        self._debut = (
            f"DEB{vue}{au:%d%m%Y}_{HEURE}{self._vides}\n" if self._retouche.has_deb else ""
        )

    def __enter__(self) -> Self:
        self._brut = self.chemin.open("wb")
        # neither name nor time in the header: the same rows give the same bytes
        self._sortie = gzip.GzipFile(
            filename="", mode="wb", fileobj=self._brut, compresslevel=_NIVEAU, mtime=0
        )
        self._sortie.write(f"{self._debut}{'|'.join(self._retouche.entete)}\n".encode())
        return self

    def write(self, bloc: pa.Table) -> None:
        """Add rows.

        Args:
            bloc: Columns with published names, in any order; missing ones are empty.
        """
        if bloc.num_rows:
            texte = write_rows(bloc, self._entete)
            texte, nombre = self._retouche.apply(texte, bloc.num_rows)
            self._sortie.write(texte)
            self.lignes += nombre

    def __exit__(self, genre: type[BaseException] | None, *_: object) -> None:
        annonce = self._retouche.announce(self.lignes)
        if annonce is not None and genre is None:
            self._sortie.write(f"FIN{annonce}{self._vides}\n".encode())
        self._sortie.close()
        self._brut.close()
        if self._retouche.is_zipped and genre is None:
            _wrap_zip(self.chemin)


def write_rows(bloc: pa.Table, entete: Sequence[str]) -> bytes:
    """Rows of a table, separated by pipes, without quotes; nulls are empty."""
    vide = pa.nulls(bloc.num_rows, pa.string())
    noms = set(bloc.column_names)
    ordonnee = pa.table([bloc.column(nom) if nom in noms else vide for nom in entete], list(entete))
    sortie = io.BytesIO()
    options = pacsv.WriteOptions(include_header=False, delimiter="|", quoting_style="none")
    pacsv.write_csv(ordonnee, sortie, options)
    return sortie.getvalue()


def _wrap_zip(chemin: Path) -> None:
    """A zip that keeps the name of a gzip, as in a published sample."""
    texte = gzip.decompress(chemin.read_bytes())
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(chemin.name.removesuffix(".gz")), texte)


def write_archive(fichiers: Sequence[Path], chemin: Path) -> None:
    """The files in one zip, whatever its name says; they are taken away."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_STORED) as archive:
        for fichier in fichiers:
            with archive.open(_member(fichier.name), "w", force_zip64=True) as membre:
                _copy(fichier, membre)
    for fichier in fichiers:
        fichier.unlink()


def write_protected(fichiers: Sequence[Path], chemin: Path) -> None:
    """The same, protected by AES. Its salt is drawn: two writings differ."""
    import pyzipper  # type: ignore[import-untyped]  # noqa: PLC0415 — ships no types; on request only

    with pyzipper.AESZipFile(
        chemin, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(MOT_DE_PASSE.encode())
        for fichier in fichiers:
            archive.write(fichier, fichier.name)
    for fichier in fichiers:
        fichier.unlink()


def _member(nom: str) -> zipfile.ZipInfo:
    membre = zipfile.ZipInfo(nom, (1980, 1, 1, 0, 0, 0))
    membre.compress_type = zipfile.ZIP_DEFLATED if nom.endswith(".csv") else zipfile.ZIP_STORED
    membre.external_attr = 0o644 << 16
    return membre


def _copy(fichier: Path, membre: Any) -> None:
    with fichier.open("rb") as flux:
        while bloc := flux.read(1 << 20):
            membre.write(bloc)
