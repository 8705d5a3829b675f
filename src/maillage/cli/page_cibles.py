"""The analysis of the 2022 targets as text pages: the country, or one département."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.cli.chiffres import (
    show_croissance,
    show_nombre,
    show_part,
    show_periode,
    show_poids,
    show_signe,
)
from maillage.cli.page import Page
from maillage.kernel.francais import format_nombre
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.analyses.targets.model import CibleDepartement, Cibles

_TITRE = "Qu’ont suivi les cibles de 2022 ?"


def render_cibles(cibles: Cibles, width: int | None) -> str:
    """Text page of the whole analysis."""
    page = Page(width)
    page.title(_TITRE)
    for phrase in cibles.phrases:
        page.blank()
        page.text(phrase)
    _write_totaux(page, cibles)
    _write_correlations(page, cibles)
    _write_dispersions(page, cibles)
    _write_cles(page, cibles)
    _write_regression(page, cibles)
    _write_departements(page, cibles)
    _write_limites(page, cibles)
    return page.render()


def render_departement(cibles: Cibles, departement: CibleDepartement, width: int | None) -> str:
    """Text page of one département."""
    page = Page(width)
    page.title(f"{departement.nom} ({departement.code}) : sa cible de 2022")
    page.blank()
    rows: list[tuple[str, str]] = [
        ("Cible au 31 décembre 2022", show_nombre(departement.cible)),
        ("En parcours, décembre 2019", show_nombre(departement.stock_2019_12)),
        ("En parcours, décembre 2021", show_nombre(departement.stock_2021_12)),
        ("En parcours, septembre 2022", show_nombre(departement.stock_2022_09)),
        ("Croissance demandée depuis décembre 2019", show_croissance(departement.croissance_2019)),
        ("Croissance demandée depuis décembre 2021", show_croissance(departement.croissance_2021)),
        ("Part de la cible atteinte en septembre 2022", show_part(departement.atteinte)),
        (
            "Cible pour 1\u202f000\u00a0demandeurs d’emploi",
            show_nombre(departement.cible_pour_1000_demandeurs, 1),
        ),
    ]
    page.table(["Mesure", "Valeur"], [list(row) for row in rows], right={1})
    page.heading("Ce que chaque clé de besoin aurait donné")
    noms = {cle.cle: cle.nom for cle in cibles.cles}
    cells = [
        [noms.get(part.cle, part.cle), show_nombre(part.cible), show_signe(part.ecart)]
        for part in departement.cles
    ]
    page.table(["Clé", "Cible selon la clé", "Cible réelle moins clé"], cells, right={1, 2})
    _write_limites(page, cibles)
    return page.render()


def _write_totaux(page: Page, cibles: Cibles) -> None:
    page.heading("Sommes")
    rows = [
        [
            total.nom,
            show_periode(total.periode),
            format_nombre(total.valeur),
            format_nombre(total.nombre),
            _published(total.publie),
        ]
        for total in cibles.totaux
    ]
    headers = ["Somme", "Période", "Valeur", "Départements", "Publié"]
    page.table(headers, rows, right={2, 3, 4})


def _published(valeur: Valeur) -> str:
    return valeur.value if isinstance(valeur, Absence) else format_nombre(valeur)


def _write_correlations(page: Page, cibles: Cibles) -> None:
    for nature, heading in (
        ("taille", "Corrélations des tailles"),
        ("rapport", "Corrélations des rapports"),
    ):
        rows = [
            [
                c.cible,
                c.nom,
                show_periode(c.periode),
                format_nombre(c.pearson, 2),
                format_nombre(c.spearman, 2),
                str(c.n),
            ]
            for c in cibles.correlations
            if c.nature == nature
        ]
        if rows:
            page.heading(heading)
            headers = ["Ce qui est comparé", "Avec", "Période", "Pearson", "Spearman", "Dép."]
            page.table(headers, rows, right={3, 4, 5})


def _write_dispersions(page: Page, cibles: Cibles) -> None:
    page.heading("Croissance demandée d’un département à l’autre")
    rows = [
        [
            show_periode(d.depart),
            *(
                show_croissance(x)
                for x in (d.minimum, d.quartile_1, d.mediane, d.quartile_3, d.maximum, d.ensemble)
            ),
            str(d.n),
        ]
        for d in cibles.dispersions
    ]
    headers = ["Depuis", "Minimum", "1er quart", "Médiane", "3e quart", "Maximum", "France", "Dép."]
    page.table(headers, rows, right=set(range(1, 8)))
    for d in cibles.dispersions:
        for word, extremes in (("les plus faibles", d.plus_bas), ("les plus fortes", d.plus_haut)):
            names = ", ".join(f"{nom} {show_croissance(x)}" for _, nom, x in extremes)
            page.text(f"Depuis {show_periode(d.depart)}, {word} : {names}.", "  • ")


def _write_cles(page: Page, cibles: Cibles) -> None:
    page.heading("Si les cibles avaient suivi le besoin")
    rows = [
        [c.nom, show_periode(c.periode), format_nombre(c.deplaces), str(c.n)] for c in cibles.cles
    ]
    headers = ["Clé", "Période", "Places à déplacer", "Départements"]
    page.table(headers, rows, right={2, 3})
    noms = {cle.cle: cle.nom for cle in cibles.cles}
    for cle in cibles.cles:
        if cle.poids:
            page.text(f"{cle.nom} : {show_poids(cle.poids, noms)}.", "  • ")


def _write_regression(page: Page, cibles: Cibles) -> None:
    page.heading("Régression de la cible sur le passé et le besoin")
    rows = [
        [
            c.nom,
            format_nombre(c.elasticite, 2),
            format_nombre(c.erreur, 2),
            show_part(c.r2_partiel, 0),
        ]
        for c in cibles.regression.coefficients
    ]
    page.table(["Variable", "Élasticité", "Erreur type", "Part propre"], rows, right={1, 2, 3})
    found = cibles.regression
    page.text(f"Part expliquée : {show_part(found.r2, 0)}, {found.n} départements.", "  • ")
    for limite in found.limites:
        page.text(limite, "  • ")


def _write_departements(page: Page, cibles: Cibles) -> None:
    page.heading("Par département")
    rows = [
        [
            d.code,
            d.nom,
            show_nombre(d.cible),
            show_nombre(d.stock_2019_12),
            show_nombre(d.stock_2022_09),
            show_croissance(d.croissance_2019),
            show_part(d.atteinte, 0),
        ]
        for d in cibles.departements
    ]
    headers = ["Code", "Département", "Cible", "Déc. 2019", "Sept. 2022", "Demandé", "Atteint"]
    page.table(headers, rows, right={2, 3, 4, 5, 6}, unwrapped={0})
    page.text("Demandé : cible ÷ décembre 2019 − 1. Atteint : septembre 2022 ÷ cible.", "  • ")


def _write_limites(page: Page, cibles: Cibles) -> None:
    page.heading("Ce que ces chiffres ne prouvent pas")
    for limite in cibles.limites:
        page.text(limite, "  • ")
