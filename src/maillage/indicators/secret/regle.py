"""The rule of statistical secrecy: its thresholds, its hypotheses, its reasons in French.

The thresholds are INSEE's for tables on businesses. A federation is not bound by the law of 1951:
it borrows the rule.

Source:
    INSEE, Manuel de protection des tableaux, annexe « Règles », 11.1 (frequency and dominance);
    Handbook on Statistical Disclosure Control, chapter 4 (protection levels).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from maillage.kernel.francais import format_nombre, typeset

SOURCE = (
    "Insee, Manuel de protection des tableaux, annexe Règles, 11.1 : "
    "https://inseefrlab.github.io/manuel-protection-tableaux/chapters/annexes/regles.html"
)
"""Where the two thresholds come from; what follows from them is named « hypothèse »."""
TOLERANCE = 1e-9
"""Relative slack of every comparison: exactly 85 % is publishable, whatever the rounding of floats."""


class Motif(Enum):
    """Why a cell is hidden. The value is a stable ASCII code, for files and answers."""

    EFFECTIF = "effectif"
    DOMINANCE = "dominance"
    TOTAL_NUL = "total_nul"
    COMPLEMENTAIRE = "complementaire"
    REPONSES = "reponses"
    DIFFERENCE = "difference"
    GROUPES = "groupes"


@dataclass(frozen=True, slots=True)
class Regle:
    """Thresholds of the rule, and the hypotheses that complete it.

    Attributes:
        contributeurs_min: Fewest structures that a published figure rests on (INSEE: 3).
        part_max: Largest share of a published figure that one structure may make (INSEE: 0.85;
            the share itself is still publishable).
        marge: Hypothesis. Nobody may bound a sensitive figure closer than this share of it, above
            nor below. Between 10 %, the default of INSEE's tool, and 17.6 % (1 / 0.85 − 1), what
            the rule of 85 % itself leaves above a structure that is alone.
        marge_complementaire: Hypothesis. How far, as a share of it, a cell hidden to protect
            another must be able to move, up or down. 0: it is only never recomputed exactly.
        zeros_publies: Hypothesis, INSEE's practice. Whether a total of zero over enough structures
            is published, although it says that each of them is at zero.

    Source:
        `contributeurs_min`, `part_max`: `SOURCE`. `marge`: default of 10 % of the package
        rtauargus (INSEE), upper protection level of the (1, k) rule in the handbook, table 4.4.
    """

    contributeurs_min: int = 3
    part_max: float = 0.85
    marge: float = 0.15
    marge_complementaire: float = 0.15
    zeros_publies: bool = True

    def __post_init__(self) -> None:
        if self.contributeurs_min < 1:
            msg = f"contributeurs_min is 1 or more, not {self.contributeurs_min}"
            raise ValueError(msg)
        if not 0 < self.part_max < 1:
            msg = f"part_max is between 0 and 1, both excluded, not {self.part_max}"
            raise ValueError(msg)
        if not 0 < self.marge <= 1 or not 0 <= self.marge_complementaire <= 1:
            msg = (
                "marge is above 0 and at most 1, marge_complementaire between 0 and 1, "
                f"not {self.marge} and {self.marge_complementaire}"
            )
            raise ValueError(msg)

    def find_motif(self, nombre_contributeurs: int, maximum: float, total: float) -> Motif | None:
        """Why a figure may not be published by itself; None when it may, or when it is empty.

        Args:
            nombre_contributeurs: Structures that it rests on, each once.
            maximum: Largest contribution of one of them.
            total: Sum of their contributions, none of which is negative.
        """
        if nombre_contributeurs == 0:
            return None
        if nombre_contributeurs < self.contributeurs_min:
            return Motif.EFFECTIF
        if total == 0:
            return None if self.zeros_publies else Motif.TOTAL_NUL
        return Motif.DOMINANCE if maximum > self.part_max * total * (1 + TOLERANCE) else None

    def phrase(self, motif: Motif) -> str:
        """Reason shown in place of the figure, in French."""
        seuil = self.contributeurs_min
        part = f"{format_nombre(100 * self.part_max, self._decimales())} %"
        phrases = {
            Motif.EFFECTIF: f"secret : moins de {seuil} structures",
            Motif.DOMINANCE: f"secret : une structure dépasse {part}",
            Motif.TOTAL_NUL: "secret : un total nul dirait que chaque structure est à zéro",
            Motif.COMPLEMENTAIRE: "secret : protège une autre cellule",
            Motif.REPONSES: (
                f"secret : moins de {seuil} structures, ou protège une cellule qui en a moins"
            ),
            Motif.DIFFERENCE: (
                "secret : la différence avec une publication antérieure porterait sur moins de "
                f"{seuil} structures"
            ),
            Motif.GROUPES: f"secret : moins de {seuil} structures entre deux quantiles",
        }
        return typeset(phrases[motif])

    def _decimales(self) -> int:
        """One decimal only when the share is not a whole percentage."""
        pourcentage = 100 * self.part_max
        return 0 if math.isclose(pourcentage, round(pourcentage)) else 1

    @property
    def methode(self) -> str:
        """The rule in French, for a pedigree."""
        part = format_nombre(100 * self.part_max, self._decimales())
        marge = format_nombre(100 * self.marge, 1).removesuffix(",0")
        return typeset(
            f"Un chiffre est publié s’il repose sur {self.contributeurs_min} structures au moins et "
            f"si aucune n’en fait plus de {part} % ; d’autres cellules sont cachées pour qu’aucun "
            f"chiffre sensible ne puisse être encadré à moins de {marge} % près à partir de tout ce "
            "qui est publié."
        )

    @property
    def parametres(self) -> dict[str, str]:
        """Thresholds and hypotheses, name to value as shown, for a pedigree."""

        def pourcentage(part: float) -> str:
            return typeset(f"{format_nombre(100 * part, 1).removesuffix(',0')} %")

        return {
            "structures par chiffre, au moins": format_nombre(self.contributeurs_min),
            "part d’une structure, au plus": pourcentage(self.part_max),
            "hypothèse : intervalle de protection": f"± {pourcentage(self.marge)}",
            "hypothèse : jeu d’une cellule cachée pour en protéger une autre": pourcentage(
                self.marge_complementaire
            ),
            "hypothèse : un total nul est publié": "oui" if self.zeros_publies else "non",
        }
