"""The reference page of the definition cards, in Markdown."""

from __future__ import annotations

from itertools import groupby

from maillage.indicators.carte import Carte, Cumul
from maillage.indicators.catalogue import CARTES

_HEAD = """# Indicateurs

Page produite par Maillage à partir des cartes de définition\u00a0: ne pas la modifier à la main.
Un chiffre absent n’est jamais un zéro\u00a0: il est dit inconnu, secret, en retard, pas encore publié ou
sans objet. Les pourcentages vont de 0 à 100.
"""


def render_cards_markdown() -> str:
    """All the cards, family after family, as the page docs/reference/indicateurs.md."""
    parts = [_HEAD]
    for famille, cards in groupby(CARTES.values(), key=lambda carte: carte.famille):
        found = list(cards)
        parts.append(f"## {famille.value}\n")
        parts.append("| indicateur | code | unité | niveaux |\n|---|---|---|---|")
        parts += [_summary(carte) for carte in found]
        parts.append("")
        parts += [render_card(carte) for carte in found]
    return "\n".join(parts).rstrip() + "\n"


def render_card(carte: Carte) -> str:
    """One card, as a section."""
    rows = [
        ("Définition", carte.definition),
        ("Numérateur", carte.numerateur),
        ("Dénominateur", carte.denominateur),
        ("Unité", _unite(carte)),
        ("Champ", carte.champ),
        ("Niveaux", ", ".join(niveau.libelle for niveau in carte.niveaux)),
        ("Entre territoires", _cumul(carte)),
        ("Lecture", carte.sens.value),
        ("Méthode", carte.methode),
        ("Sources", ", ".join(f"`{source}`" for source in carte.sources)),
        *((f"Hypothèse — {name}", value) for name, value in carte.parametres),
    ]
    lines = [f"- **{label}**\u00a0: {text}" for label, text in rows if text]
    lines.append("- **Limites**\u00a0:")
    lines += [f"  - {limite}" for limite in carte.limites]
    return "\n".join([f"### {carte.nom}", "", f"`{carte.code}`", "", *lines, ""])


def _summary(carte: Carte) -> str:
    levels = ", ".join(niveau.libelle for niveau in carte.niveaux)
    return f"| {carte.nom} | `{carte.code}` | {_unite(carte)} | {levels} |"


def _unite(carte: Carte) -> str:
    return carte.unite.value or "nombre"


def _cumul(carte: Carte) -> str:
    return "s’additionne" if carte.cumul is Cumul.SOMME else "ne s’additionne pas"
