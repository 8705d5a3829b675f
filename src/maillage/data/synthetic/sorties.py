"""Why people leave: the published share of exits in work and in training, the rest assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.data.synthetic import hypotheses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maillage.data.synthetic.tirages import Alea

PART_EN_EMPLOI = hypotheses.PART_DURABLE + hypotheses.PART_TRANSITION
PART_POSITIVE = 0.19
"""Exits in training or in another structure, in 2017; 36 to 37 % were in work.

Source:
    Cour des comptes, L'insertion des chômeurs par l'activité économique, January 2019, as reported by
    canol.fr and gref-bretagne.fr.
"""
CATEGORIES = (
    "Emploi durable",
    "Emploi de transition",
    "Sorties positives",
    "Autres sorties",
    "Retrait des sorties constatées",
)
"""Labels of the public models, the identifier of each being its rank from 1."""
MOTIFS = (
    ("Embauche en CDI", 1, 0.6),
    ("Embauche en CDD ou en intérim de 6 mois et plus", 1, 0.35),
    ("Création ou reprise d'entreprise", 1, 0.05),
    ("Embauche en CDD ou en intérim de moins de 6 mois", 2, 0.8),
    ("Contrat aidé hors IAE", 2, 0.2),
    ("Entrée en formation", 3, 0.55),
    ("CDD dans une autre structure IAE", 3, 0.45),
    ("Chômage", 4, 0.7),
    ("Inactivité", 4, 0.3),
    ("Rupture pendant la période d'essai", 5, 0.5),
    ("Congé de longue durée", 5, 0.3),
    ("Décès, incarcération ou décision administrative", 5, 0.2),
)
"""Label, category and weight in it. The list of the ASP is not public: these are ours, after the public
definition of each category."""


def draw_motives(alea: Alea, personne: NDArray[np.int64]) -> NDArray[np.int64]:
    """Identifier of the motive of each person: its rank in MOTIFS, from 1."""
    comptees = 1 - hypotheses.PART_RETRAIT
    parts = (
        hypotheses.PART_DURABLE * comptees,
        hypotheses.PART_TRANSITION * comptees,
        PART_POSITIVE * comptees,
        (1 - PART_EN_EMPLOI - PART_POSITIVE) * comptees,
        hypotheses.PART_RETRAIT,
    )
    poids = [parts[categorie - 1] * part for _, categorie, part in MOTIFS]
    return 1 + alea.choose(poids, "motif de sortie", personne)
