"""Bars of the gap under each key, drawn in the page: five bars need no drawing engine."""

from __future__ import annotations

from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.francais import format_nombre
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import CleEcart, Ecarts

_LARGEUR = 560
_HAUTEUR_LIGNE = 70
_MILIEU = 280
_PORTEE = 190
"""Longest bar on either side of zero, room kept for the figure at its end."""


def render_ecarts(ecarts: Ecarts) -> SafeString | None:
    """SVG of the gaps in people, bars from zero; None when none is known."""
    connus = [abs(c.ecart) for c in ecarts.cles if not isinstance(c.ecart, Absence)]
    if not connus:
        return None
    echelle = _PORTEE / (max(connus) or 1.0)
    lignes = "".join(_barre(cle, rang, echelle) for rang, cle in enumerate(ecarts.cles))
    hauteur = _HAUTEUR_LIGNE * len(ecarts.cles) + 34
    return mark_safe(  # noqa: S308 — names went through escape()
        f'<svg class="barres" viewBox="0 0 {_LARGEUR} {hauteur}" role="img" '
        f'aria-label="{escape(_resume(ecarts))}">{lignes}'
        f'<text class="barre-note" x="{_MILIEU - 8}" y="{hauteur - 8}" text-anchor="end">'
        "← moins que la clé</text>"
        f'<text class="barre-note" x="{_MILIEU + 8}" y="{hauteur - 8}">plus que la clé →</text>'
        "</svg>"
    )


def _resume(ecarts: Ecarts) -> str:
    parts = ", ".join(f"{cle.nom}\u00a0: {_texte(cle)}" for cle in ecarts.cles)
    return f"Écart en personnes en IAE. {parts}."


def _texte(cle: CleEcart) -> str:
    if isinstance(cle.ecart, Absence):
        return cle.ecart.value
    return ("+" if cle.ecart > 0 else "") + format_nombre(cle.ecart)


def _barre(cle: CleEcart, rang: int, echelle: float) -> str:
    milieu = _HAUTEUR_LIGNE * rang + 48
    nom = f'<text class="barre-nom" x="0" y="{milieu - 22}">{escape(cle.nom)}</text>'
    if isinstance(cle.ecart, Absence):
        return f'{nom}<text class="barre-note" x="{_MILIEU + 8}" y="{milieu + 7}">{cle.ecart.value}</text>'
    longueur = abs(cle.ecart) * echelle
    negatif = cle.ecart < 0
    x = _MILIEU - longueur if negatif else _MILIEU
    bout = _MILIEU - longueur - 8 if negatif else _MILIEU + longueur + 8
    ancre = ' text-anchor="end"' if negatif else ""
    return (
        f'{nom}<rect class="{"barre-moins" if negatif else "barre"}" x="{x:.1f}" y="{milieu - 12}" '
        f'width="{longueur:.1f}" height="24"/>'
        f'<path class="barre-axe" d="M{_MILIEU} {milieu - 15}v30"/>'
        f'<text class="barre-valeur" x="{bout:.1f}" y="{milieu + 7}"{ancre}>{_texte(cle)}</text>'
    )
