"""Scenarios of a model as text pages: two versions, shocks, reforms, distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.phrases import SANS_OBJET
from maillage.analyses.modele.scenarios import name_choc
from maillage.cli.page import Page
from maillage.cli.page_modele import format_reponse, name_mois
from maillage.kernel.francais import format_date, format_nombre, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.analyses.modele.comparaison import Comparaison, Difference
    from maillage.analyses.modele.hypotheses import Chiffre, Hypotheses, ModeleCalcule
    from maillage.analyses.modele.reformes import EffetReforme
    from maillage.analyses.modele.scenarios import DistributionScenario
    from maillage.indicators.modele.stress import Chocs, Scenario

_CENT = 100
_AFFICHES = (0.05, 0.25, 0.50, 0.75, 0.95)


def render_comparaison(
    comparaison: Comparaison, noms: tuple[Hypotheses, Hypotheses], width: int | None
) -> str:
    """Text page of two versions."""
    page = Page(width)
    avant, apres = (f"{un.fichier}, {format_date(un.le)}" for un in noms)
    page.title(noms[1].nom)
    page.table(
        ["", avant, apres, "Écart"],
        [
            [
                un.libelle,
                *(format_reponse(un.code, valeur) for valeur in (un.avant, un.apres, un.ecart)),
            ]
            for un in comparaison.reponses
        ],
        right={1, 2, 3},
    )
    page.heading("Ce qui les sépare")
    if not comparaison.differences and not comparaison.lectures:
        page.text("Rien : les deux versions ont les mêmes hypothèses.")
    for nom, premier, second in comparaison.lectures:
        page.text(f"{nom} : {premier}, puis {second}.", "  • ")
    if comparaison.differences:
        page.table(
            ["Hypothèse", "Avant", "Après", "Origine après"],
            [_tell_difference(un) for un in comparaison.differences],
            right={1, 2},
        )
    return page.render()


def _tell_difference(un: Difference) -> list[str]:
    origine = "" if un.apres is None else f"{un.apres.origine.value} : {un.apres.source}"
    return [un.libelle, _figure(un.avant, un.unite), _figure(un.apres, un.unite), origine]


def _figure(chiffre: Chiffre | None, unite: str) -> str:
    if chiffre is None:
        return SANS_OBJET
    decimales = 0 if float(chiffre.valeur).is_integer() else 4
    return f"{format_nombre(chiffre.valeur, decimales)} {unite}"


def render_stress(
    calcule: ModeleCalcule, scenarios: Sequence[Scenario], chocs: Chocs, width: int | None
) -> str:
    """Text page of the shocks."""
    page, modele = Page(width), calcule.modele
    page.title(f"{calcule.hypotheses.nom} : les chocs")
    page.text(
        f"Comme prévu : résultat {format_nombre(modele.resultat)} €, trésorerie la plus basse "
        f"{format_nombre(modele.tresorerie.point_bas)} €."
    )
    page.text(_tell_chocs(chocs))
    page.table(
        ["Choc", "Résultat", "Écart", "Point bas", "Écart du point bas", "En", "Équilibre (h)"],
        [
            [
                name_choc(un.code, modele.cadre),
                format_nombre(un.modele.resultat),
                format_nombre(un.resultat),
                format_nombre(un.modele.tresorerie.point_bas),
                format_nombre(un.point_bas),
                name_mois(modele.cadre, un.modele.tresorerie.mois_bas),
                format_valeur(un.modele.seuils.volume),
            ]
            for un in scenarios
        ],
        right={1, 2, 3, 4, 6},
    )
    return page.render()


def _tell_chocs(chocs: Chocs) -> str:
    return (
        f"SMIC +{format_nombre(chocs.smic * _CENT, 1)} %, activité "
        f"−{format_nombre(chocs.volume * _CENT, 1)} %, aide en retard de {chocs.retard_aide} mois, postes "
        f"conventionnés −{format_nombre(chocs.convention * _CENT, 1)} % : des tailles choisies, non "
        "observées. Chaque choc est seul, et dure toute l’année."
    )


def render_reformes(
    calcule: ModeleCalcule, effets: Sequence[EffetReforme], width: int | None
) -> str:
    """Text page of the reforms."""
    page = Page(width)
    page.title(f"{calcule.hypotheses.nom} : les réformes")
    page.text(
        f"Aide par ETP du modèle : {format_nombre(calcule.modele.bareme.montant_unitaire, 2)} €. Seul ce que "
        "la réforme change est lu au jour de la réforme ; le reste ne bouge pas."
    )
    page.table(
        [
            "Réforme",
            "Lue au",
            "Aide par ETP",
            "Postes",
            "Effet sur le résultat",
            "Effet sur le point bas",
        ],
        [
            [
                un.titre,
                SANS_OBJET if un.le is None else format_date(un.le),
                format_valeur(un.montant_unitaire, decimales=2),
                f"× {format_nombre(un.ratio_postes, 2)}",
                format_valeur(un.resultat),
                format_valeur(un.point_bas),
            ]
            for un in effets
        ],
        right={2, 3, 4, 5},
    )
    _add_ouverts(page, effets)
    return page.render()


def _add_ouverts(page: Page, effets: Iterable[EffetReforme]) -> None:
    page.heading("Ce que les réformes laissent ouvert")
    vues: set[str] = set()
    for un in effets:
        if un.code in vues:
            continue
        vues.add(un.code)
        page.text(f"{un.titre} :" if not un.motif else f"{un.titre} : {un.motif}")
        if isinstance(un.resultat, Absence):
            continue
        for phrase in un.indetermine:
            page.text(phrase, "  • ")


def render_tirages(
    calcule: ModeleCalcule,
    tires: Sequence[DistributionScenario],
    graine: int,
    width: int | None,
) -> str:
    """Text page of the distributions."""
    page = Page(width)
    nombre = tires[0].distribution.nombre
    page.title(f"{calcule.hypotheses.nom} : le résultat, comme une distribution")
    page.text(
        f"{format_nombre(nombre)} tirages, graine {graine}, les mêmes pour tous les scénarios. En euros."
    )
    page.table(
        [
            "Scénario",
            "Moyenne",
            *(f"{round(ordre * _CENT)} % sous" for ordre in _AFFICHES),
            "Risque de perte",
        ],
        [
            [
                un.libelle,
                format_nombre(un.distribution.moyenne),
                *(format_nombre(un.distribution.quantiles[ordre]) for ordre in _AFFICHES),
                f"{format_nombre(un.distribution.probabilite_perte * _CENT)} %",
            ]
            for un in tires
        ],
        right=set(range(1, len(_AFFICHES) + 3)),
    )
    page.heading("Les lois")
    for un in calcule.hypotheses.tirages.lois:
        effet = "multiplie" if un.loi.est_facteur else "s’ajoute"
        page.text(
            f"{un.loi.chemin} : {un.loi.forme.value}, de {format_nombre(un.loi.bas, 3)} à "
            f"{format_nombre(un.loi.haut, 3)} ({effet}). {un.raison}.",
            "  • ",
        )
    return page.render()
