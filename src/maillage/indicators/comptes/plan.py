"""A chart of accounts as a mapping: the longest known beginning of an account says its line."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from maillage.indicators.comptes.postes import DOSSIER, PLANS

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAN_2018 = "2018"
PLAN_2025 = "2025"
NOMS = (PLAN_2018, PLAN_2025)
TITRES = {
    PLAN_2018: "plan de 2018 (règlement ANC 2018-06)",
    PLAN_2025: "plan de 2025 (règlement ANC 2018-06, après le règlement ANC 2022-06)",
}
DEBUT_2025 = date(2025, 1, 1)
"""Exercices opened from this day follow the chart of 2025 (règlement ANC 2022-06)."""
CHOIX_DE_LA_STRUCTURE = "Choix de la structure (fichier de rattachement)"


@dataclass(frozen=True, slots=True)
class Correspondance:
    """One row of a mapping.

    Attributes:
        prefixe: Beginning of the accounts.
        poste: Code of the line.
        source: Text that the row comes from.
        alerte: What to say when such an account is met; empty when there is nothing to say.
    """

    prefixe: str
    poste: str
    source: str
    alerte: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping of accounts to lines.

    Attributes:
        nom: 2018 or 2025.
        correspondances: By prefix.
    """

    nom: str
    correspondances: Mapping[str, Correspondance]

    def find(self, compte: str) -> Correspondance | None:
        """Row of the longest prefix of an account; None when no row covers it."""
        for longueur in range(len(compte), 0, -1):
            trouvee = self.correspondances.get(compte[:longueur])
            if trouvee is not None:
                return trouvee
        return None

    def attach(self, choix: Mapping[str, str]) -> Plan:
        """The same mapping where a structure's own rows, prefix to line, replace or refine it."""
        siennes = {
            prefixe: Correspondance(prefixe, poste, CHOIX_DE_LA_STRUCTURE)
            for prefixe, poste in choix.items()
        }
        return replace(self, correspondances={**self.correspondances, **siennes})


def choose_plan(ouverture: date) -> str:
    """Name of the chart that an exercice follows, by the day that it opens."""
    return PLAN_2025 if ouverture >= DEBUT_2025 else PLAN_2018


@cache
def load_plan(nom: str) -> Plan:
    """Mapping shipped with the program.

    Raises:
        ValueError: there is no chart of that name.
    """
    if nom not in NOMS:
        msg = f"chart {nom!r} is not one of {NOMS}"
        raise ValueError(msg)
    texte = (files(PLANS) / DOSSIER / f"plan_{nom}.csv").read_text(encoding="utf-8")
    rangees = (Correspondance(**rangee) for rangee in csv.DictReader(texte.splitlines()))
    return Plan(nom, {rangee.prefixe: rangee for rangee in rangees})
