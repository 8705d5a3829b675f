"""Files that invented structures would download: CSV of any separator, workbooks with real dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MENSUEL = (
    "id_annexe_financiere",
    "af_numero_annexe_financiere",
    "date_saisie",
    "emi_esm_etat_code",
    "effectif_mensuel_conventionné",
    "nombre_heures_travaillees",
    "nombre_etp_consommes_reels_mensuels",
)
"""Columns of a table of months, as the public code names them."""


def mois(rang: int, heures: object = "182", **cellules: object) -> list[str]:
    """A row of `MENSUEL`: the annexe and the month that `factories.flux_iae` writes by default."""
    rangee = {
        "id_annexe_financiere": 10,
        "af_numero_annexe_financiere": "ACI035250010",
        "date_saisie": f"2025-{rang:02d}-01",
        "emi_esm_etat_code": "VALIDE",
        "effectif_mensuel_conventionné": "12.0",
        "nombre_heures_travaillees": heures,
        "nombre_etp_consommes_reels_mensuels": 12,
    } | cellules
    return [str(rangee[nom]) for nom in MENSUEL]


def write_csv(
    dossier: Path,
    *rangees: Sequence[object],
    entete: Sequence[str] = MENSUEL,
    nom: str = "releve.csv",
    separateur: str = ",",
    encodage: str = "utf-8",
    avant: Sequence[str] = (),
) -> Path:
    """A CSV; `avant` are lines above the header."""
    lignes = [separateur.join(map(str, cellules)) for cellules in (entete, *rangees)]
    chemin = dossier / nom
    chemin.write_bytes(("\r\n".join([*avant, *lignes]) + "\r\n").encode(encodage))
    return chemin


def write_xlsx(
    dossier: Path,
    feuilles: Mapping[str, Any],
    nom: str = "releve.xlsx",
    options: Mapping[str, Any] | None = None,
) -> Path:
    """A workbook; cells are written as their type says, days as days."""
    chemin = dossier / nom
    with xlsxwriter.Workbook(
        str(chemin), {"default_date_format": "dd/mm/yyyy", **(options or {})}
    ) as livre:
        for titre, rangees in feuilles.items():
            feuille = livre.add_worksheet(titre)
            for rang, cellules in enumerate(rangees):
                for place, cellule in enumerate(cellules):
                    if cellule is not None:
                        feuille.write(rang, place, cellule)
    return chemin
