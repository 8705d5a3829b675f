"""Legal values: dated, sourced, with the confidence they deserve and the gaps around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from maillage.regles.engine.choix import Choix

Confiance: TypeAlias = Literal["A", "B", "C"]
Scalaire: TypeAlias = "int | float | bool | str | date | Fraction"
Contenu: TypeAlias = "Scalaire | tuple[int | float | str, ...] | None"

CONFIANCES: dict[str, str] = {
    "A": "texte officiel, sa reproduction, ou page d’une administration, vu",
    "B": "source secondaire fiable, vue",
    "C": "non vérifié : de mémoire ou par déduction",
}
AVERTISSEMENT_C = "Valeur non vérifiée (confiance C) : à contrôler avant tout usage."


@dataclass(frozen=True, slots=True)
class Reference:
    """A text of law, or the source that reports it.

    Attributes:
        cle: Key in references.yaml, empty for a text named on the value itself.
        titre: As a reader would cite it.
        href: Public address, None when there is none.
        vu: What was read: the text itself or a source about it.
    """

    cle: str
    titre: str
    href: str | None = None
    vu: str = ""


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """One value of a parameter, from one day on.

    Attributes:
        date_effet: First day it applies.
        valeur: None when the text ends the parameter.
        renvoi: Path of the parameter that gives the value, empty when the value is its own.
        publication: Day it was published, None when not found.
        date_effet_relevee: False when the source does not date the start of the rule.
        ou: File, line and column where it is written.
        reforme: Code of the reform that sets it, empty for the law.
        choix: Choice beyond the law on which a reform's value rests, None otherwise.
    """

    date_effet: date
    valeur: Contenu
    references: tuple[Reference, ...]
    confiance: Confiance
    derniere_verification: date
    publication: date | None = None
    renvoi: str = ""
    note: str = ""
    date_effet_relevee: bool = True
    ou: str = ""
    reforme: str = ""
    choix: Choix | None = None

    def is_connue(self, connu_au: date | None) -> bool:
        """Whether it was known on a day; a value of unknown publication is, from its effect."""
        if connu_au is None or self.reforme:
            return True
        return (self.publication or self.date_effet) <= connu_au


@dataclass(frozen=True, slots=True)
class Lacune:
    """A period whose value was looked for and not found.

    Attributes:
        du: First day.
        au: Last day, None when it is still open.
        phrase: What was looked for, in French, shown by the refusal.
    """

    du: date
    au: date | None
    phrase: str

    def covers(self, le: date) -> bool:
        """Whether the day lies in the period."""
        return self.du <= le and (self.au is None or le <= self.au)


@dataclass(frozen=True, slots=True)
class Feuille:
    """Every dated value of one parameter, with the periods where it is not known.

    Attributes:
        chemin: `mechanism.file.key…`.
        unite: Code of its unit, in `UNITES`.
        valable_jusqu_au: Last day until which the last value is known to hold.
        au_dela: Why it is not known after that day, in French.
        refus: Subject of the refusal: « montant inconnu pour l’AI ».
        projection: `"smic"` when a projection may index it on the SMIC, else empty.
    """

    chemin: str
    description: str
    libelle: str
    unite: str
    valeurs: tuple[ValeurDatee, ...]
    lacunes: tuple[Lacune, ...] = ()
    valable_jusqu_au: date | None = None
    au_dela: str = ""
    refus: str = ""
    projection: str = ""

    @property
    def mecanisme(self) -> str:
        """Folder of the law it belongs to."""
        return self.chemin.partition(".")[0]


@dataclass(frozen=True, slots=True)
class ValeurLegale:
    """What the law says of one parameter on one day, as known on one day.

    Attributes:
        chemin: Path asked for.
        valeur: Number, exact fraction, date, yes/no, text or tuple.
        unite: Code of the unit.
        le: Day asked for.
        date_effet: First day it applies.
        date_publication: None when not found.
        references: Texts and sources.
        confiance: A, B or C.
        derniere_verification: Day it was last checked.
        renvoi: Value it is taken from, when the text says « as another ».
        choix: Choice of the user that gave it, None for the law.
        reforme: Code of the reform that gave it, empty for the law.
    """

    chemin: str
    valeur: Scalaire | tuple[int | float | str, ...]
    unite: str
    le: date
    date_effet: date
    date_publication: date | None
    references: tuple[Reference, ...]
    confiance: Confiance
    derniere_verification: date
    note: str = ""
    date_effet_relevee: bool = True
    renvoi: ValeurLegale | None = None
    choix: Choix | None = None
    reforme: str = ""
    ou: str = field(default="", compare=False)

    @property
    def reference(self) -> Reference:
        """First of its references."""
        return self.references[0]

    @property
    def publication_inconnue(self) -> bool:
        """Whether the day of publication was not found: « connu au » then rests on the effect."""
        return self.date_publication is None

    @property
    def avertissement(self) -> str:
        """What must be shown beside the value, in French. Empty when nothing must be."""
        phrases = [self.choix.avertissement] if self.choix is not None else []
        if self.reforme:
            phrases.append(f"Valeur de la réforme {self.reforme}, pas le droit.")
        if phrases:
            return " ".join(phrases)
        if self.confiance == "C":
            return AVERTISSEMENT_C
        return self.renvoi.avertissement if self.renvoi is not None else ""
