"""The reference data as text pages: what a build made, how an update went, what is in service."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maillage.cli.chiffres import show_periode
from maillage.cli.page import Page
from maillage.kernel.francais import accorder, format_nombre

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.cli.etat import Etat
    from maillage.data.reference.build import BuildReport
    from maillage.data.reference.update import UpdateReport


def render_build(report: BuildReport, target: Path, width: int | None) -> str:
    """What a build made and mended."""
    page = Page(width)
    total = sum(report.octets.values()) / 1_000_000
    page.text(f"Paquet écrit dans {target} : {format_nombre(total, 1)} Mo.")
    page.blank()
    rows = [
        [nom, format_nombre(lignes), format_nombre(report.octets.get(f"{nom}.parquet", 0))]
        for nom, lignes in report.lignes.items()
    ]
    page.table(["Table", "Lignes", "Octets"], rows, right={1, 2}, unwrapped={0})
    if report.reparations:
        page.heading("Ce qui a été réparé ou laissé de côté")
        for phrase in report.reparations:
            page.text(phrase, "  • ")
    return page.render()


def render_update(report: UpdateReport, width: int | None) -> str:
    """How the update of each source went."""
    page = Page(width)
    rows = [
        [s.code, s.etat.value, format_nombre(s.lignes), _show_periode(s.periode), s.message]
        for s in report.sources
    ]
    headers = ["Source", "Résultat", "Lignes", "Jusqu’à", "Détail"]
    page.table(headers, rows, right={2}, unwrapped={0, 1})
    return page.render()


def render_state(etat: Etat, width: int | None) -> str:
    """What is in service: pack, sources, updates."""
    page = Page(width)
    page.title("Données de référence")
    page.text(etat.empreinte, "Empreinte du paquet : ")
    page.text(str(etat.dossier), "Dossier de données : ")
    page.heading("Mises à jour en service")
    if not etat.mises_a_jour:
        page.text("Aucune : Maillage travaille avec le paquet livré.")
    for update in etat.mises_a_jour:
        lignes = accorder(update.lignes, "ligne", "lignes")
        page.text(f"{update.code} : {lignes}, reçue le {show_periode(update.recue_le)}.", "  • ")
    for probleme in etat.problemes:
        page.text(str(probleme), "  • ")
    page.heading("Sources du paquet")
    rows = [
        [s.code, s.producteur, s.millesime, s.qualite, format_nombre(s.lignes), s.sha256[:12]]
        for s in etat.sources
    ]
    headers = ["Source", "Producteur", "Millésime", "Qualité", "Lignes", "SHA-256"]
    page.table(headers, rows, right={4}, unwrapped={0, 5})
    page.blank()
    page.text("maillage reference etat --format json : titres, licences, défauts connus.")
    return page.render()


def state_to_dict(etat: Etat) -> dict[str, Any]:
    """Plain form of what is in service."""
    return {
        "empreinte": etat.empreinte,
        "dossier": str(etat.dossier),
        "mises_a_jour": [asdict(update) for update in etat.mises_a_jour],
        "problemes": [asdict(probleme) for probleme in etat.problemes],
        "sources": [asdict(s) | {"defauts": list(s.defauts)} for s in etat.sources],
    }


def state_rows(etat: Etat) -> list[dict[str, str | int]]:
    """One row per source."""
    return [asdict(s) | {"defauts": " ; ".join(s.defauts)} for s in etat.sources]


def _show_periode(periode: str) -> str:
    return show_periode(periode) or "—"
