"""What the network calls a small gap, an old extract, a trend: its own marks, not those of a text."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Repere:
    """A mark as it is shown.

    Attributes:
        code: Name of the attribute of `Reperes`.
        nom: As shown.
        valeur: The value in use.
        unite: Its unit.
        sens: What it is for, a French sentence.
    """

    code: str
    nom: str
    valeur: float
    unite: str
    sens: str


def _words(nom: str, unite: str, sens: str) -> dict[str, str]:
    return {"nom": nom, "unite": unite, "sens": sens}


@dataclass(frozen=True, slots=True)
class Reperes:
    """Marks under which the cockpit keeps quiet. None comes from a text: a network may change them.

    Attributes:
        tolerance: Points of percentage around 100 between which a structure is said to be on target.
        ecart_etp: Gap in ETP of a year under which nothing is said, whatever the percentage.
        ecart_asp: Percentage by which the ASP's own part may differ from the hours before it is said.
        mois_tendance: Months done on each side of a trend.
        ecart_tendance: Points of percentage under which months are said to be stable.
        age_extrait: Days after which an extract is said to be old.
    """

    tolerance: float = field(
        default=5.0,
        metadata=_words(
            "Écart qui se discute, en taux",
            "points",
            "À moins de tant de points de 100 %, la structure est dite sur la cible.",
        ),
    )
    ecart_etp: float = field(
        default=0.25,
        metadata=_words(
            "Écart qui se discute, en postes",
            "ETP d’une année",
            "À moins de tant de postes d’écart, la structure est dite sur la cible, quel que soit le taux.",
        ),
    )
    ecart_asp: float = field(
        default=1.0,
        metadata=_words(
            "Écart entre les deux « réalisés »",
            "% du réalisé par les heures",
            "Au-delà, la part calculée par l’ASP est dite à côté des heures.",
        ),
    )
    mois_tendance: int = field(
        default=3,
        metadata=_words(
            "Mois d’une tendance",
            "mois",
            "La tendance compare le taux des derniers mois faits à celui d’autant de mois d’avant.",
        ),
    )
    ecart_tendance: float = field(
        default=5.0,
        metadata=_words(
            "Tendance qui se dit",
            "points",
            "À moins de tant de points d’écart entre les deux taux, les mois sont dits stables.",
        ),
    )
    age_extrait: int = field(
        default=45,
        metadata=_words(
            "Extrait ancien", "jours", "Au-delà de tant de jours, l’extrait est dit ancien."
        ),
    )

    def describe(self, *codes: str) -> tuple[Repere, ...]:
        """Marks with their values and their meanings; all of them without a name."""
        return tuple(
            Repere(
                code=champ.name,
                nom=champ.metadata["nom"],
                valeur=getattr(self, champ.name),
                unite=champ.metadata["unite"],
                sens=champ.metadata["sens"],
            )
            for champ in fields(self)
            if not codes or champ.name in codes
        )


REPERES = Reperes()
"""The marks in use."""
