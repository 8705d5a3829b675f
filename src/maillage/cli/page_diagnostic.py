"""The diagnosis as a text page: findings first, then the figures that prove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.cli.chiffres import (
    show_nom,
    show_nombre,
    show_part,
    show_periode,
    show_poids,
    show_rang,
    show_repere,
    show_signe,
    show_valeur,
)
from maillage.cli.lieux import show_niveau, show_parents
from maillage.cli.page import Page
from maillage.cli.recherche import command_of
from maillage.kernel.francais import format_nombre, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.diagnosis.model import Chiffre, Comparable, Diagnostic, Ecarts, Section

_REPERES_MAXIMUM = 3


def render_diagnostic(diagnostic: Diagnostic, width: int | None) -> str:
    """Text page of a diagnosis, fitted to a width; None for a pipe or a file."""
    page = Page(width)
    territoire = diagnostic.territoire
    page.title(f"{territoire.nom} ({show_niveau(territoire)})")
    if territoire.parents:
        page.text(show_parents(territoire))
    for phrase in diagnostic.phrases:
        page.blank()
        page.text(phrase)
    page.heading("Chiffres clés")
    _write_chiffres(page, diagnostic.cles)
    for section in diagnostic.sections:
        _write_section(page, section)
    if diagnostic.ecarts is not None:
        _write_ecarts(page, diagnostic.ecarts)
    _write_comparables(page, diagnostic.comparables)
    _write_end(page, diagnostic)
    return page.render()


def _write_section(page: Page, section: Section) -> None:
    page.heading(section.famille.value)
    page.text(section.phrase)
    if section.chiffres:
        page.blank()
        _write_chiffres(page, section.chiffres)


def _write_chiffres(page: Page, chiffres: Sequence[Chiffre]) -> None:
    labels = list({label: None for chiffre in chiffres for label, _ in chiffre.reperes})
    rows = [
        [
            show_nom(chiffre.carte),
            show_valeur(chiffre.carte, chiffre.valeur),
            *(show_repere(chiffre, label) for label in labels),
            show_periode(chiffre.periode),
            show_rang(chiffre.rang),
        ]
        for chiffre in chiffres
    ]
    last = 2 + len(labels)
    headers = ["Indicateur", "Chiffre", *labels, "Période", "Rang"]
    page.table(headers, rows, right=set(range(1, last)), unwrapped={last + 1})
    motifs: dict[str, list[str]] = {}
    for chiffre in chiffres:
        if isinstance(chiffre.valeur, Absence) and chiffre.motif:
            motifs.setdefault(chiffre.motif, []).append(chiffre.carte.nom)
    for motif, noms in motifs.items():
        page.text(f"{join_fr(noms)} : {motif}", "  • ")


def _write_ecarts(page: Page, ecarts: Ecarts) -> None:
    page.heading("Écart selon cinq clés de besoin")
    page.text(ecarts.phrase)
    page.blank()
    rows = [
        [
            cle.nom,
            show_part(cle.part_besoin, 2),
            show_part(cle.part_offre, 2),
            show_signe(cle.ecart),
            show_rang(cle.rang),
        ]
        for cle in ecarts.cles
    ]
    headers = ["Clé", "Part du besoin", "Part de l’offre", "Écart (personnes)", "Rang"]
    page.table(headers, rows, right={1, 2, 3})
    noms = {cle.cle: cle.nom for cle in ecarts.cles}
    for cle in ecarts.cles:
        if cle.poids:
            page.text(f"{cle.nom} : {show_poids(cle.poids, noms)}.", "  • ")
    page.text("Rang 1 : le territoire le moins servi au regard de la clé.", "  • ")


def _write_comparables(page: Page, comparables: Sequence[Comparable]) -> None:
    if not comparables:
        return
    page.heading("Territoires comparables")
    cartes = [chiffre.carte for chiffre in comparables[0].chiffres[:_REPERES_MAXIMUM]]
    headers = ["Territoire", "Distance", *(show_nom(carte) for carte in cartes)]
    rows = [
        [
            f"{c.territoire.nom} ({c.territoire.code})",
            format_nombre(c.distance, 2),
            *(
                show_nombre(chiffre.valeur, chiffre.carte.decimales)
                for chiffre in c.chiffres[:_REPERES_MAXIMUM]
            ),
        ]
        for c in comparables
    ]
    page.table(headers, rows, right=set(range(1, len(headers))))


def _write_end(page: Page, diagnostic: Diagnostic) -> None:
    if diagnostic.avertissements:
        page.heading("À savoir")
        for avertissement in diagnostic.avertissements:
            page.text(avertissement, "  • ")
    command = command_of(diagnostic.territoire)
    page.heading("Ensuite")
    page.text(f"{command} --format json : la source de chaque chiffre.", "  • ")
    page.text("maillage indicateurs : la définition de chaque indicateur.", "  • ")
