"""Definition cards, and one indicator everywhere, as text pages and plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.cli.chiffres import show_nom, show_periode, show_rang, show_valeur
from maillage.cli.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.diagnosis.model import Chiffre
    from maillage.indicators.carte import Carte
    from maillage.kernel.niveau import Niveau


def carte_to_dict(carte: Carte) -> dict[str, Any]:
    """Plain form of a card: keys as its attributes."""
    return {
        "code": carte.code,
        "nom": carte.nom,
        "famille": carte.famille.value,
        "unite": carte.unite.value,
        "decimales": carte.decimales,
        "sens": carte.sens.value,
        "cumul": carte.cumul.value,
        "definition": carte.definition,
        "numerateur": carte.numerateur,
        "denominateur": carte.denominateur,
        "champ": carte.champ,
        "sources": list(carte.sources),
        "niveaux": [niveau.value for niveau in carte.niveaux],
        "methode": carte.methode,
        "limites": list(carte.limites),
        "parametres": dict(carte.parametres),
    }


def carte_row(carte: Carte) -> dict[str, str | int]:
    """One row of the table of cards; lists are joined."""
    plain = carte_to_dict(carte)
    plain["parametres"] = [f"{nom} = {valeur}" for nom, valeur in carte.parametres]
    return {
        key: " ; ".join(value) if isinstance(value, list) else value for key, value in plain.items()
    }


def render_cartes(cartes: Sequence[Carte], width: int | None) -> str:
    """List of the indicators by family."""
    page = Page(width)
    page.title("Indicateurs")
    for famille in {carte.famille: None for carte in cartes}:
        page.heading(famille.value)
        rows = [
            [carte.code, carte.nom, carte.unite.value or "nombre"]
            for carte in cartes
            if carte.famille is famille
        ]
        page.table(["Code", "Nom", "Unité"], rows, unwrapped={0})
    page.blank()
    page.text("maillage indicateurs CODE : la définition complète.")
    return page.render()


def render_carte(carte: Carte, width: int | None) -> str:
    """One definition card."""
    page = Page(width)
    page.title(f"{carte.nom} ({carte.code})")
    for name, value in (
        ("Définition", carte.definition),
        ("Numérateur", carte.numerateur),
        ("Dénominateur", carte.denominateur),
        ("Unité", carte.unite.value or "nombre"),
        ("Champ", carte.champ),
        ("Méthode", carte.methode),
        ("Lecture", f"{carte.sens.value} ; {carte.cumul.value}."),
        ("Niveaux", ", ".join(niveau.libelle for niveau in carte.niveaux)),
        ("Sources", ", ".join(carte.sources)),
    ):
        if value:
            page.text(value, f"{name} : ")
    for nom, valeur in carte.parametres:
        page.text(f"{nom} = {valeur}", "Paramètre : ")
    page.heading("Limites")
    for limite in carte.limites:
        page.text(limite, "  • ")
    return page.render()


def render_tableau(
    carte: Carte, niveau: Niveau, chiffres: Sequence[Chiffre], width: int | None
) -> str:
    """One indicator for every territory of a level."""
    page = Page(width)
    page.title(f"{show_nom(carte)}, par {niveau.libelle}")
    periode = show_periode(chiffres[0].periode) if chiffres else ""
    page.text(f"{carte.definition} Période : {periode}.")
    page.blank()
    rows = [
        [c.code, c.nom_territoire, show_valeur(carte, c.valeur), show_rang(c.rang)]
        for c in chiffres
    ]
    page.table(["Code", "Territoire", "Chiffre", "Rang"], rows, right={2}, unwrapped={0})
    return page.render()
