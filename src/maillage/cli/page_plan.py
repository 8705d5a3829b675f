"""How a mapping of accounts to lines is shown."""

from __future__ import annotations

from typing import Any

from maillage.cli.page import Page
from maillage.indicators.comptes.plan import TITRES, load_plan
from maillage.indicators.comptes.postes import load_postes


def render_plan(nom: str, width: int | None) -> str:
    """A page: one row per beginning of account, then what is said of some of them."""
    page = Page(width)
    page.title(f"Comptes rattachés : {TITRES[nom]}")
    rangees = plan_rows(nom)
    page.table(
        ["Compte", "Poste", "Ligne", "Source"],
        [[r["prefixe"], r["poste"], r["libelle"], r["source"]] for r in rangees],
        unwrapped={0, 1},
    )
    page.heading("Comptes signalés")
    for rangee in (r for r in rangees if r["alerte"]):
        page.text(f"{rangee['prefixe']} : {rangee['alerte']}", "  • ")
    return page.render()


def plan_rows(nom: str) -> list[dict[str, Any]]:
    """One row per prefix."""
    postes = load_postes()
    return [
        {
            "prefixe": correspondance.prefixe,
            "poste": correspondance.poste,
            "libelle": postes[correspondance.poste].libelle,
            "etape": postes[correspondance.poste].etape.value,
            "source": correspondance.source,
            "alerte": correspondance.alerte,
        }
        for correspondance in load_plan(nom).correspondances.values()
    ]
