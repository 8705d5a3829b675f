"""A sentence that knows the figures that it quotes, so that each of them opens its pedigree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from maillage.kernel.niveau import Niveau


@dataclass(frozen=True, slots=True)
class ReferenceChiffre:
    """One figure that a sentence quotes.

    Attributes:
        indicateur: Code of the indicator.
        niveau, code: Territory that it describes.
        periode: Period, in the form of `kernel.period`; empty when the level has none.
    """

    indicateur: str
    niveau: Niveau
    code: str
    periode: str


class Phrase(str):
    """French text, and the figures quoted in it; text alone wherever text is enough.

    Attributes:
        chiffres: Figures of indicators, in the order of the sentence, each once.
        calculs: Parts of an analysis that the sentence quotes, by the name of its attribute.
    """

    __slots__ = ("calculs", "chiffres")

    chiffres: tuple[ReferenceChiffre, ...]
    calculs: tuple[str, ...]

    def __new__(
        cls,
        texte: str,
        chiffres: tuple[ReferenceChiffre, ...] = (),
        calculs: tuple[str, ...] = (),
    ) -> Self:
        """The text, with what it quotes."""
        phrase = super().__new__(cls, texte)
        phrase.chiffres = chiffres
        phrase.calculs = calculs
        return phrase


def join_phrases(phrases: tuple[Phrase, ...]) -> Phrase:
    """Several sentences as one paragraph, which quotes all their figures."""
    return Phrase(
        " ".join(phrases),
        tuple(dict.fromkeys(chiffre for phrase in phrases for chiffre in phrase.chiffres)),
        tuple(dict.fromkeys(calcul for phrase in phrases for calcul in phrase.calculs)),
    )
