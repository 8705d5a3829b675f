"""Reforms: changes of legal values in a file, in the grammar of the law, validated by line.

A reform is no law: what it sets is labelled with its code wherever it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from maillage.kernel.errors import Anomalie, Introuvable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.regles.engine.valeur_legale import Contenu, Reference

Arrondi: TypeAlias = Literal["", "euro", "centime"]
Genre: TypeAlias = Literal["valeur", "ratio"]


@dataclass(frozen=True, slots=True)
class Hypothese:
    """What a reform leaves open, and the value chosen for it.

    Attributes:
        cle: Name by which a change uses it.
        phrase: What is assumed and why, in French.
        valeur: Chosen value.
        source: Where it comes from, empty when it is only an assumption.
    """

    cle: str
    phrase: str
    valeur: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Changement:
    """One value that a reform sets, from one day on.

    Attributes:
        chemin: Parameter it changes.
        date_effet: First day.
        genre: `"valeur"` sets the parameter; `"ratio"` multiplies what the law gives.
        valeur: New value, or factor; None when a hypothesis gives it.
        hypothese: Key of the hypothesis that gives it, empty otherwise.
        base: Day at which the law's value is read for a ratio, None for each day of the law.
        arrondi: Rounding of a ratio: to the euro, to the cent, or none.
        references: Texts that say it; those of the reform when empty.
        ou: File, line and column.
    """

    chemin: str
    date_effet: date
    genre: Genre = "valeur"
    valeur: Contenu = None
    hypothese: str = ""
    base: date | None = None
    arrondi: Arrondi = ""
    references: tuple[Reference, ...] = ()
    ou: str = ""


@dataclass(frozen=True, slots=True)
class Reforme:
    """A proposal, costed before it is carried.

    Attributes:
        code: Short name, as in its file name.
        titre: French.
        source: Text or page that proposes it.
        valable_jusqu_au: Last day to which the reform applies.
        indetermine: What the source leaves undetermined, a French sentence each.
        hypotheses: Value chosen for each undetermined thing, by key; changeable.
        changements: In the order of the file.
    """

    code: str
    titre: str
    source: tuple[Reference, ...]
    valable_jusqu_au: date
    indetermine: tuple[str, ...]
    hypotheses: Mapping[str, Hypothese]
    changements: tuple[Changement, ...]

    def with_hypothese(self, cle: str, valeur: float) -> Reforme:
        """Same reform, with another value for one of its hypotheses.

        Raises:
            Introuvable: MLG-REG-012, the reform has no such hypothesis.
        """
        if cle not in self.hypotheses:
            cles = ", ".join(self.hypotheses) or "aucune"
            raise Introuvable(
                Anomalie(
                    "MLG-REG-012",
                    f"La réforme {self.code} n’a pas d’hypothèse « {cle} ».",
                    f"Ses hypothèses : {cles}.",
                )
            )
        hypotheses = {**self.hypotheses, cle: replace(self.hypotheses[cle], valeur=valeur)}
        return replace(self, hypotheses=hypotheses)
