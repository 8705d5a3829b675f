"""The columns of the decree, their variants, and the few that we keep."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JOURNAL = "JournalCode"
NUMERO = "EcritureNum"
JOUR = "EcritureDate"
COMPTE = "CompteNum"
DEBIT = "Debit"
CREDIT = "Credit"
MONTANT = "Montant"
SENS = "Sens"
VALIDATION = "ValidDate"

COMMUNES = (
    JOURNAL,
    "JournalLib",
    NUMERO,
    JOUR,
    COMPTE,
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
)
SUITE = ("EcritureLet", "DateLet", VALIDATION, "Montantdevise", "Idevise")
TRESORERIE = ("DateRglt", "ModeRglt", "NatOp", "IdClient")
"""Cash-basis accounts add these four."""
CONNUES = (*COMMUNES, DEBIT, CREDIT, MONTANT, SENS, *SUITE, *TRESORERIE)
GARDEES = (JOURNAL, NUMERO, JOUR, COMPTE, DEBIT, CREDIT, MONTANT, SENS, VALIDATION)
"""All that is read. Third parties, labels, references and lettering are not even parsed."""
NECESSAIRES = (JOUR, COMPTE)
ORDRES = (
    (*COMMUNES, DEBIT, CREDIT, *SUITE),
    (*COMMUNES, MONTANT, SENS, *SUITE),
)
"""Order of the decree, with two amounts or with an amount and its side."""

_HORS = re.compile(r"[^a-z0-9]")


def simplify(nom: str) -> str:
    """Name without case, accents, spaces and marks: « Écriture Num. » is « ecriturenum »."""
    plat = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    return _HORS.sub("", plat.lower())


_PAR_SIMPLE = {simplify(nom): nom for nom in CONNUES}


def recognise(nom: str) -> str | None:
    """Column of the decree that a header means, None for another column."""
    return _PAR_SIMPLE.get(simplify(nom))


def count_known(noms: Iterable[str]) -> int:
    """How many names are columns of the decree."""
    return sum(1 for nom in noms if recognise(nom))


def is_in_order(noms: Sequence[str]) -> bool:
    """Whether the columns of the decree that are present follow its order, cash-basis ones last."""
    reconnues = [recognise(nom) for nom in noms if nom.strip()]
    return any(
        reconnues == [*ordre, *TRESORERIE][: len(reconnues)] and len(reconnues) >= len(ordre)
        for ordre in ORDRES
    )
