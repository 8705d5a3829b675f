"""Reading an accounting file, whatever the program that wrote it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.sources.encodages import read_texte
from maillage.data.sources.fec import colonnes as col
from maillage.data.sources.fec.cellules import read_cellules
from maillage.data.sources.fec.conformite import check_fichier
from maillage.data.sources.fec.disposition import find_disposition
from maillage.data.sources.fec.lignes import Assemblage
from maillage.data.sources.fec.modele import Fec
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import join_fr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from maillage.data.sources.fec.disposition import Disposition

TAILLE_MAX = 2**31
"""Two gibibytes: some fifteen million lines, more than any structure writes in a year."""
_TETE = 1 << 16


def read_fec(
    fichier: Path, progression: Callable[[int, int], None] = lambda _fait, _total: None
) -> Fec:
    """Lines of an accounting file, and all that is said of it.

    Args:
        fichier: As exported; never changed.
        progression: Told the bytes done and the bytes in all.

    Raises:
        Introuvable: MLG-FEC-001 there is no such file.
        FichierInvalide: MLG-FEC-002 empty; 003 not a FEC; 004 a column twice; 005 columns missing;
            006 too large. What is wrong in lines is not raised but told: see `Fec.constats`.
    """
    octets = _read_octets(fichier)
    texte = read_texte(octets)
    sha256 = hashlib.sha256(octets).hexdigest()
    del octets
    disposition = find_disposition(texte.octets[:_TETE].decode("utf-8", "replace"), fichier.name)
    _check_columns(disposition, fichier.name)
    assemblage = Assemblage(disposition)
    for morceau in read_cellules(texte.octets, disposition):
        assemblage.add(morceau)
        progression(morceau.octets_lus, len(texte.octets))
    ecritures = assemblage.build()
    premier, dernier = _bounds(ecritures.column("jour"))
    return Fec(
        nom=fichier.name,
        sha256=sha256,
        encodage=texte.encodage,
        separateur=disposition.nom,
        colonnes=tuple(nom for nom in disposition.colonnes if nom),
        ecritures=ecritures,
        debit_centimes=_total(ecritures, "debit_centimes"),
        credit_centimes=_total(ecritures, "credit_centimes"),
        premier_jour=premier,
        dernier_jour=dernier,
        constats=tuple(
            check_fichier(fichier.name, texte, disposition, ecritures, assemblage, dernier)
        ),
        reparations=tuple(assemblage.list_reparations(texte)),
    )


def _read_octets(fichier: Path) -> bytes:
    if not fichier.is_file():
        raise Introuvable(
            Anomalie(
                "MLG-FEC-001",
                f"Le fichier « {fichier.name} » n’existe pas.",
                "Vérifiez le nom et le dossier.",
                str(fichier.parent),
            )
        )
    if fichier.stat().st_size > TAILLE_MAX:
        raise FichierInvalide(
            Anomalie(
                "MLG-FEC-006",
                f"Le fichier dépasse {TAILLE_MAX // 2**30} Gio.",
                "Vérifiez que c’est bien un FEC ; sinon, exportez un exercice à la fois.",
                fichier.name,
            )
        )
    octets = fichier.read_bytes()
    if not octets or octets.isspace():
        raise FichierInvalide(
            Anomalie("MLG-FEC-002", "Le fichier est vide.", "Refaites l’export.", fichier.name)
        )
    return octets


def _check_columns(disposition: Disposition, nom: str) -> None:
    reconnues = {col.recognise(colonne) for colonne in disposition.colonnes}
    manquantes = [colonne for colonne in col.NECESSAIRES if colonne not in reconnues]
    if not {col.DEBIT, col.CREDIT} <= reconnues and not {col.MONTANT, col.SENS} <= reconnues:
        manquantes.append("Debit et Credit (ou Montant et Sens)")
    if manquantes:
        raise FichierInvalide(
            Anomalie(
                "MLG-FEC-005",
                f"Il manque des colonnes sans lesquelles rien ne se calcule : {join_fr(manquantes)}.",
                "Refaites l’export « FEC » complet : ses dix-huit colonnes sont fixées par l’article "
                "A47 A-1 du livre des procédures fiscales.",
                f"{nom}, ligne {disposition.lignes_avant + 1}",
            )
        )


def _total(ecritures: pa.Table, colonne: str) -> int:
    return int(np.asarray(ecritures.column(colonne), dtype=np.int64).sum())


def _bounds(jours: pa.ChunkedArray) -> tuple[date | None, date | None]:
    bornes = pc.min_max(jours).as_py()
    return bornes["min"], bornes["max"]
