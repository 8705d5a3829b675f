"""From cells to lines of account: days, accounts without third parties, cents, ranks of entries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.sources.fec import colonnes as col
from maillage.data.sources.fec.comptes import keep_compte
from maillage.data.sources.fec.modele import LIGNES_CITEES, Reparation
from maillage.data.sources.fec.numeros import Numerotation
from maillage.data.sources.fec.valeurs import (
    COMPRIS,
    FAUX,
    LU,
    VIDE,
    read_centimes,
    read_jours,
    read_sens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maillage.data.sources.encodages import Texte
    from maillage.data.sources.fec.cellules import Morceau
    from maillage.data.sources.fec.disposition import Disposition
    from maillage.data.sources.fec.valeurs import Lues

SCHEMA = pa.schema(
    [
        ("ligne", pa.int32()),
        ("ecriture", pa.int32()),
        ("journal", pa.dictionary(pa.int32(), pa.string())),
        ("jour", pa.date32()),
        ("compte", pa.dictionary(pa.int32(), pa.string())),
        ("debit_centimes", pa.int64()),
        ("credit_centimes", pa.int64()),
        ("validee", pa.bool_()),
    ]
)
_COMPRIS = {
    "jours": ("MLG-FEC-201", "Dates écrites autrement qu’AAAAMMJJ, comprises."),
    "montants": (
        "MLG-FEC-202",
        "Montants écrits autrement qu’avec une virgule décimale et sans espaces, compris.",
    ),
    "sens": ("MLG-FEC-203", "Sens écrits en toutes lettres, compris."),
}


class Releve:
    """Lines counted under a name: how many, and the first ones."""

    def __init__(self) -> None:
        self.nombre: dict[str, int] = defaultdict(int)
        self.lignes: dict[str, list[int]] = defaultdict(list)

    def add(self, nom: str, lignes: NDArray[np.int32]) -> None:
        """Count lines under a name."""
        self.nombre[nom] += len(lignes)
        manque = LIGNES_CITEES - len(self.lignes[nom])
        self.lignes[nom] += [int(ligne) for ligne in lignes[:manque]]


class Assemblage:
    """Lines of an accounting file, block after block.

    Attributes:
        releve: What was found in cells, by name.
        numerotation: What the numbers of the entries say.
    """

    def __init__(self, disposition: Disposition) -> None:
        self._disposition = disposition
        self._tables: list[pa.Table] = []
        self._ecritures = 0
        self._derniere: tuple[str, str] | None = None
        self.releve = Releve()
        self.numerotation = Numerotation()

    def add(self, morceau: Morceau) -> None:
        """Read the cells of a block."""
        self.releve.add("inegales", np.array(morceau.inegales, dtype=np.int32))
        lignes = morceau.lignes
        if not len(lignes):
            return
        cellules = morceau.cellules
        jours = read_jours(cellules[col.JOUR])
        self._note(jours, lignes, "jours", vide="jours vides")
        debit, credit = self._read_amounts(morceau)
        compte = self._read_comptes(cellules[col.COMPTE], lignes)
        absente = pa.chunked_array([pa.array([""] * len(lignes), pa.string())])
        numeros = cellules.get(col.NUMERO, absente)
        journaux = cellules.get(col.JOURNAL, absente)
        self.numerotation.add(numeros, journaux)
        datees = (jours.etats == LU) | (jours.etats == COMPRIS)
        self._tables.append(
            pa.table(
                [
                    pa.array(lignes),
                    pa.array(self._rank_entries(journaux, numeros)),
                    pc.utf8_trim_whitespace(journaux).combine_chunks().dictionary_encode(),
                    pa.array(jours.valeurs.astype(np.int32), mask=~datees).view(pa.date32()),
                    compte,
                    pa.array(debit),
                    pa.array(credit),
                    pa.array(self._read_validation(cellules.get(col.VALIDATION), len(lignes))),
                ],
                schema=SCHEMA,
            )
        )

    def _read_validation(self, colonne: pa.ChunkedArray | None, nombre: int) -> NDArray[np.bool_]:
        if colonne is None:
            return np.zeros(nombre, dtype=bool)
        lues = read_jours(colonne)
        validees: NDArray[np.bool_] = (lues.etats == LU) | (lues.etats == COMPRIS)
        self.numerotation.add_validation(lues.valeurs[validees])
        return validees

    def _note(self, lues: Lues, lignes: NDArray[np.int32], nom: str, vide: str = "") -> None:
        self.releve.add(f"{nom} compris", lignes[lues.etats == COMPRIS])
        self.releve.add(f"{nom} faux", lignes[lues.etats == FAUX])
        if vide:
            self.releve.add(vide, lignes[lues.etats == VIDE])

    def _read_amounts(self, morceau: Morceau) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        cellules, lignes = morceau.cellules, morceau.lignes
        if col.DEBIT in cellules and col.CREDIT in cellules:
            debit, credit = read_centimes(cellules[col.DEBIT]), read_centimes(cellules[col.CREDIT])
            for lues in (debit, credit):
                self._note(lues, lignes, "montants")
            vides = (debit.etats == VIDE) & (credit.etats == VIDE)
            self.releve.add("montants vides", lignes[vides])
            doubles = (debit.valeurs != 0) & (credit.valeurs != 0)
            self.releve.add("deux montants", lignes[doubles])
            negatifs = (debit.valeurs < 0) | (credit.valeurs < 0)
            self.releve.add("montants négatifs", lignes[negatifs])
            return debit.valeurs, credit.valeurs
        montant, sens = read_centimes(cellules[col.MONTANT]), read_sens(cellules[col.SENS])
        self._note(montant, lignes, "montants", vide="montants vides")
        self._note(sens, lignes, "sens")
        sans = (sens.etats == VIDE) & (montant.valeurs != 0)
        self.releve.add("sens faux", lignes[sans])
        self.releve.add("montants négatifs", lignes[montant.valeurs < 0])
        debit_seul = np.where(sens.valeurs > 0, montant.valeurs, 0)
        credit_seul = np.where(sens.valeurs < 0, montant.valeurs, 0)
        return debit_seul, credit_seul

    def _read_comptes(
        self, colonne: pa.ChunkedArray, lignes: NDArray[np.int32]
    ) -> pa.DictionaryArray:
        """Accounts, cut where they would say who: see `comptes`."""
        encodes = colonne.combine_chunks().dictionary_encode()
        gardes = [keep_compte(texte) for texte in encodes.dictionary.to_pylist()]
        rangs = np.asarray(encodes.indices)
        faux = np.array([not garde for garde in gardes], dtype=bool)[rangs]
        self.releve.add("comptes faux", lignes[faux])
        distincts = sorted(set(gardes))
        place = {compte: rang for rang, compte in enumerate(distincts)}
        nouveaux = np.array([place[garde] for garde in gardes], dtype=np.int32)[rangs]
        return pa.DictionaryArray.from_arrays(pa.array(nouveaux), pa.array(distincts, pa.string()))

    def _rank_entries(
        self, journaux: pa.ChunkedArray, numeros: pa.ChunkedArray
    ) -> NDArray[np.int32]:
        """Rank of the entry of each line: a new one starts where the journal or the number changes."""
        journal, numero = journaux.combine_chunks(), numeros.combine_chunks()
        change = np.zeros(len(numero), dtype=np.int32)
        change[1:] = np.asarray(
            pc.or_(
                pc.not_equal(numero.slice(1), numero.slice(0, len(numero) - 1)),
                pc.not_equal(journal.slice(1), journal.slice(0, len(journal) - 1)),
            )
        )
        premiere = (journal[0].as_py(), numero[0].as_py())
        change[0] = premiere != self._derniere
        self._derniere = (journal[len(journal) - 1].as_py(), numero[len(numero) - 1].as_py())
        rangs: NDArray[np.int32] = (self._ecritures + np.cumsum(change)).astype(np.int32)
        self._ecritures = int(rangs[-1])
        return rangs

    def build(self) -> pa.Table:
        """The whole table, without the lines that could not be read."""
        if not self._tables:
            return SCHEMA.empty_table()
        return pa.concat_tables(self._tables).unify_dictionaries()

    def list_reparations(self, texte: Texte) -> Iterator[Reparation]:
        """What had to be understood otherwise than written."""
        if texte.retours:
            yield Reparation(
                "MLG-FEC-204", "Fins de ligne inhabituelles, ramenées à une seule forme."
            )
        if texte.marque_fausse:
            yield Reparation(
                "MLG-FEC-206",
                f"Le fichier s’annonce en UTF-8 et ne l’est pas : lu en {texte.encodage}.",
            )
        if self._disposition.lignes_avant:
            yield Reparation(
                "MLG-FEC-205",
                "Lignes vides avant l’en-tête, passées.",
                self._disposition.lignes_avant,
            )
        for nom, (code, quoi) in _COMPRIS.items():
            nombre = self.releve.nombre[f"{nom} compris"]
            if nombre:
                yield Reparation(code, quoi, nombre, tuple(self.releve.lignes[f"{nom} compris"]))
