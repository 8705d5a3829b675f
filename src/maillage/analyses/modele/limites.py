"""What the model leaves aside, in French: shown wherever its figures are."""

from __future__ import annotations

from maillage.kernel.francais import typeset

_LIMITES = """
Le droit du premier jour de l’exercice vaut toute l’année : une hausse du SMIC en cours d’année est une \
hypothèse.
Toutes les heures sont payées au salaire moyen : la réduction de cotisations est celle de ce salaire.
Les cotisations au taux plein ne sont pas dans les règles de Maillage : leur taux est une hypothèse, ou une \
donnée de votre paie.
Les prix sont hors taxe et la TVA n’entre pas dans la trésorerie.
L’annexe financière couvre l’exercice, en une fois ; ses lectures sont celles par défaut de « maillage regles ».
CDI inclusion, contrats passerelle et fonds de développement ne sont pas calculés : comptez-les parmi les \
ressources.
Au-delà de douze mois, l’année recommence avec les mêmes hypothèses.
Au volume d’équilibre, toutes les activités varient ensemble, et la taxe sur les salaires est celle de l’année.
"""
LIMITES = tuple(map(typeset, _LIMITES.strip().splitlines()))
"""What the result leaves out, in French."""
