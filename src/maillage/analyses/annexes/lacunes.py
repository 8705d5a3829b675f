"""Everything that the rules do not know: values not found, and questions without an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maillage.analyses.annexes.parametres import find_chemins
from maillage.kernel.francais import format_date
from maillage.regles.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille


@dataclass(frozen=True, slots=True)
class Lacune:
    """One thing that is not known.

    Attributes:
        mecanisme: Folder of the rules.
        chemin: Parameter whose value is missing; empty for a question.
        sujet: What the parameter is; empty for a question.
        du: First day on which it is not known; None for a question.
        au: Last day; None when it is still open, and for a question.
        phrase: What was looked for and not found, in French.
        en_attendant: What the rules do meanwhile, in French.
    """

    mecanisme: str
    chemin: str
    sujet: str
    du: date | None
    au: date | None
    phrase: str
    en_attendant: str

    @property
    def periode(self) -> str:
        """Its days in French; empty for a question."""
        if self.du is None:
            return ""
        if self.au is None:
            return f"depuis le {format_date(self.du)}"
        return f"du {format_date(self.du)} au {format_date(self.au)}"


REFUS = "Le calcul refuse à ces dates ; une valeur de l’utilisateur, avec son motif, le permet."
REFUS_OU_PROJECTION = (
    "Le calcul refuse à ces dates ; une projection sur le SMIC ou une valeur de l’utilisateur, "
    "choisies et marquées, le permettent."
)


def list_lacunes(legislation: Legislation, mot: str | None = None) -> tuple[Lacune, ...]:
    """What is not known, by mechanism.

    Args:
        legislation: The law.
        mot: A kind, a mechanism, the start of a path or a path; None for everything.

    Raises:
        Introuvable: MLG-REG-001, nothing answers to the word.
    """
    mecanismes = {question.mecanisme for question in QUESTIONS}
    demande = "" if mot is None else mot.strip().lower()
    connus = {chemin.partition(".")[0] for chemin in legislation.chemins}
    chemins = () if demande in mecanismes - connus else find_chemins(mot, legislation)
    valeurs = (une for chemin in chemins for une in _read(legislation.leaf(chemin)))
    questions = (
        Lacune(un.mecanisme, "", "", None, None, un.question, un.en_attendant)
        for un in QUESTIONS
        if not demande or demande == un.mecanisme
    )
    return tuple(sorted((*valeurs, *questions), key=lambda une: une.mecanisme))


def group_lacunes(lacunes: Sequence[Lacune]) -> list[tuple[Lacune, ...]]:
    """Parameters that miss the same days for the same reason, told together.

    Args:
        lacunes: In the order of the mechanisms.
    """
    groupes: dict[tuple[str, str, str, str], list[Lacune]] = {}
    for une in lacunes:
        cle = (une.mecanisme, une.periode, une.phrase, une.en_attendant)
        groupes.setdefault(cle, []).append(une)
    return [tuple(groupe) for groupe in groupes.values()]


def lacune_row(lacune: Lacune) -> dict[str, str | None]:
    """One gap in one row, for CSV and JSON."""
    return {
        nom: None if valeur in {None, ""} else str(valeur) for nom, valeur in asdict(lacune).items()
    }


def _read(feuille: Feuille) -> Iterator[Lacune]:
    attente = REFUS_OU_PROJECTION if feuille.projection else REFUS
    for lacune in feuille.lacunes:
        yield Lacune(
            feuille.mecanisme,
            feuille.chemin,
            feuille.description,
            lacune.du,
            lacune.au,
            lacune.phrase,
            attente,
        )
    if feuille.au_dela and feuille.valable_jusqu_au is not None:
        yield Lacune(
            feuille.mecanisme,
            feuille.chemin,
            feuille.description,
            feuille.valable_jusqu_au + timedelta(days=1),
            None,
            feuille.au_dela,
            attente,
        )
