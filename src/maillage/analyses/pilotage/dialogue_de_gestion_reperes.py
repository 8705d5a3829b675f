"""Thresholds of the dialogue de gestion: the network's own, each with its meaning; no text gives them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from maillage.analyses.pilotage.dialogue_de_gestion_modele import Repere


def _repere(valeur: float, nom: str, unite: str, sens: str) -> float:
    """A threshold with its default value and its words."""
    return field(default=valeur, metadata={"nom": nom, "unite": unite, "sens": sens})


@dataclass(frozen=True, slots=True)
class Reperes:
    """Thresholds of the network: all can be changed, none comes from a text."""

    ecart_taux: float = _repere(
        5.0,
        "Écart qui mérite d’être discuté",
        "points de taux de réalisation",
        "En dessous, l’écart entre réalisé et conventionné est dit sans être discuté.",
    )
    ecart_part_asp: float = _repere(
        5.0,
        "Écart entre les deux « réalisés »",
        "% du réalisé par les heures",
        "Au-delà, la part calculée par l’ASP et celle des heures sont présentées ensemble.",
    )
    mois_tendance: float = _repere(
        3.0,
        "Mois d’une tendance",
        "mois",
        "La tendance compare la moyenne des derniers mois faits à celle d’autant de mois d’avant.",
    )
    ecart_tendance: float = _repere(
        10.0,
        "Tendance qui se dit",
        "%",
        "En dessous, les mois sont dits stables.",
    )

    def describe(self) -> tuple[Repere, ...]:
        """Each one with its value and its meaning."""
        return tuple(
            Repere(
                code=champ.name,
                nom=champ.metadata["nom"],
                valeur=getattr(self, champ.name),
                unite=champ.metadata["unite"],
                sens=champ.metadata["sens"],
            )
            for champ in fields(self)
        )


REPERES = Reperes()
"""Values used when the network gives none."""
