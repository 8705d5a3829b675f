"""« Qu’ont suivi les cibles de 2022 ? »: the answer, its figures, its limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.analyses.targets.methods import CALCULS, Calcul
from maillage.kernel.francais import ESPACE_FINE, format_nombre, guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur
from maillage.web.territoires import donnees
from maillage.web.territoires.blocks import bloc_phrase, url_calcul
from maillage.web.territoires.charts import targets
from maillage.web.territoires.figures import (
    libelle_periode,
    lien,
    url_chiffre,
    url_territoire,
)
from maillage.web.territoires.tables import (
    Cellule,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_rows,
    texte,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.targets.model import CibleDepartement, Cibles, Correlation

_CIBLE, _FIN = "2022-12", "2022-09"
_SERIES: dict[str, tuple[str, ...]] = {
    "effectif": ("cible_iae", "personnes_iae"),
    "croissance": ("cible_iae", "personnes_iae"),
    "rapport": ("cible_iae", "personnes_iae", "demandeurs_emploi"),
    "correlations": (),
}
"""Indicators that each chart draws; none named when it draws them all."""
_DETAILS = {
    "effectif": "Un point par département, axes logarithmiques",
    "correlations": "Corrélation entre les départements\u00a0; 1 = varient exactement ensemble",
    "croissance": "Un point par département, empilés par tranche de 10\u00a0%",
    "rapport": "Un point par département, pour 1\u202f000\u00a0demandeurs d’emploi",
}


def page(request: HttpRequest) -> HttpResponse:
    """The page on the 2022 targets."""
    cibles, atlas = donnees.cibles(), donnees.atlas()
    contexte = {
        "fil": [("", "Cibles de 2022")],
        "phrases": [bloc_phrase(phrase) for phrase in cibles.phrases],
        "limites": [bloc_phrase(limite) for limite in cibles.limites],
        "cles": _totaux(cibles),
        "graphiques": [_graphique(nom, cibles) for nom in targets.DESSINS],
        "correlations": _correlations(cibles),
        "dispersions": _dispersions(cibles),
        "cles_besoin": _cles(cibles),
        "regression": cibles.regression,
        "coefficients": _regression(cibles),
        "r2": lien(url_calcul("regression"), 100 * cibles.regression.r2, 0, "%"),
        "departements": _departements(request, cibles),
        "nombre_regression": lien(url_calcul("regression"), cibles.regression.n, 0),
        "calculs": [(c, _noms(c, cibles)) for c in CALCULS],
        "pedigrees": [
            (atlas.carte(p.indicateur).nom, libelle_periode(p.periode), p) for p in cibles.pedigrees
        ],
    }
    return render(request, "territoires/cibles.html", contexte)


def _noms(calcul: Calcul, cibles: Cibles) -> str:
    """Series that a computation reads, in words."""
    if not calcul.indicateurs:
        return "toutes les séries ci-dessous"
    codes = dict.fromkeys(p.indicateur for p in cibles.pedigrees)
    return join_fr(
        guillemets(donnees.atlas().carte(code).nom) for code in codes if code in calcul.indicateurs
    )


def _totaux(cibles: Cibles) -> list[dict[str, Any]]:
    return [
        {
            "nom": f"{t.nom}, {libelle_periode(t.periode)}",
            "lien": lien(url_calcul("totaux"), t.valeur, 0),
            "unite": "personnes",
            "periode": f"somme de {t.nombre}\u00a0départements",
            "reperes": []
            if isinstance(t.publie, Absence)
            else [("total publié", lien(url_calcul("totaux"), t.publie, 0))],
        }
        for t in cibles.totaux
    ]


def _titre(nom: str, cibles: Cibles) -> str:
    """Title that says what is seen, with the figure that carries it."""
    if nom == "croissance":
        d = next(d for d in cibles.dispersions if d.depart == "2019-12")
        return f"La croissance demandée va de {_signe(d.minimum)} à {_signe(d.maximum)}"
    return {
        "effectif": "La cible de chaque département face à son effectif de 2019",
        "rapport": "La même comparaison, rapportée aux demandeurs d’emploi",
        "correlations": "Avec quoi la cible varie-t-elle d’un département à l’autre\u00a0?",
    }[nom]


def _graphique(nom: str, cibles: Cibles) -> dict[str, Any]:
    titre = _titre(nom, cibles)
    producteurs = dict.fromkeys(
        s.producteur for p in cibles.pedigrees if p.indicateur in _SERIES[nom] for s in p.sources
    )
    return {
        "titre": titre,
        "detail": _DETAILS[nom],
        "alternative": f"{titre}. {_DETAILS[nom]}. Les chiffres sont dans les tableaux de la page.",
        "url": f"/graphiques/cibles/{nom}.svg",
        "largeur": targets.LARGEUR,
        "hauteur": targets.HAUTEUR,
        "source": f"{join_fr(producteurs)}."
        if producteurs
        else "toutes les séries décrites en bas de page.",
        "tableau": "#correlations" if nom == "correlations" else "#departements",
    }


def _correlations(cibles: Cibles) -> SafeString:
    colonnes = (
        Colonne("candidat", "Ce que la cible a pu suivre", droite=False),
        Colonne("nature", "Comparaison", droite=False),
        Colonne("pearson", "Pearson", "des valeurs"),
        Colonne("spearman", "Spearman", "des rangs"),
        Colonne("n", "Départements"),
        Colonne("manquants", "Sans chiffre", droite=False),
    )
    lignes = [_correlation(c) for c in cibles.correlations]
    return render_table("Corrélations entre départements", colonnes, lignes, entier=True)


def _correlation(c: Correlation) -> Ligne:
    nature = "tailles" if c.nature == "taille" else "rapports"
    return Ligne(
        (
            texte(targets.nom_date(c)),
            texte(f"{c.cible}, {nature}"),
            Cellule(lien(url_calcul("correlations"), _nombre(c.pearson), 2)),
            Cellule(lien(url_calcul("correlations"), _nombre(c.spearman), 2)),
            texte(str(c.n)),
            texte(", ".join(c.manquants) or "aucun"),
        )
    )


def _nombre(nombre: float) -> Valeur:
    """A correlation that cannot be computed is not a number on the page either."""
    return Absence.SANS_OBJET if nombre != nombre else nombre  # noqa: PLR0124 — NaN


def _percent(part: Valeur) -> Valeur:
    return part if isinstance(part, Absence) else 100 * part


def _dispersions(cibles: Cibles) -> SafeString:
    colonnes = (
        Colonne("depart", "Croissance demandée depuis", droite=False),
        Colonne("min", "Minimum", "%"),
        Colonne("q1", "Premier quart", "%"),
        Colonne("mediane", "Médiane", "%"),
        Colonne("q3", "Dernier quart", "%"),
        Colonne("max", "Maximum", "%"),
        Colonne("ensemble", "Ensemble", "%"),
        Colonne("extremes", "Extrêmes", droite=False),
    )
    lignes = [
        Ligne(
            (
                texte(libelle_periode(d.depart)),
                *(
                    Cellule(lien(url_calcul("dispersions"), 100 * v, 0, signe=True))
                    for v in (
                        d.minimum,
                        d.quartile_1,
                        d.mediane,
                        d.quartile_3,
                        d.maximum,
                        d.ensemble,
                    )
                ),
                texte(_extremes(d.plus_bas[:2]) + " … " + _extremes(d.plus_haut[:2])),
            )
        )
        for d in cibles.dispersions
    ]
    return render_table("Étendue de la croissance demandée", colonnes, lignes, entier=True)


def _extremes(extremes: tuple[tuple[str, str, float], ...]) -> str:
    return ", ".join(f"{nom} ({_signe(v)})" for _, nom, v in extremes)


def _signe(part: float) -> str:
    return f"{'+' if part > 0 else ''}{format_nombre(100 * part)}{ESPACE_FINE}%"


def _cles(cibles: Cibles) -> SafeString:
    colonnes = (
        Colonne("cle", "Clé de besoin", droite=False),
        Colonne("deplaces", "À déplacer", "personnes, pour que les cibles suivent la clé"),
        Colonne("n", "Départements"),
        Colonne("manquants", "Sans chiffre", droite=False),
    )
    lignes = [
        Ligne(
            (
                texte(c.nom),
                Cellule(lien(url_calcul("cles"), c.deplaces, 0)),
                texte(str(c.n)),
                texte(", ".join(c.manquants) or "aucun"),
            )
        )
        for c in cibles.cles
    ]
    return render_table("Ce qu’auraient donné les clés de besoin", colonnes, lignes, entier=True)


def _regression(cibles: Cibles) -> SafeString:
    colonnes = (
        Colonne("nom", "Variable", droite=False),
        Colonne("elasticite", "Élasticité", "% de cible pour 1\u202f% de la variable"),
        Colonne("erreur", "Erreur type"),
        Colonne("r2", "R² partiel"),
    )
    lignes = [
        Ligne(
            (
                texte(c.nom),
                Cellule(lien(url_calcul("regression"), c.elasticite, 2)),
                Cellule(lien(url_calcul("regression"), c.erreur, 2)),
                Cellule(lien(url_calcul("regression"), c.r2_partiel, 2)),
            )
        )
        for c in cibles.regression.coefficients
    ]
    return render_table("Régression du logarithme de la cible", colonnes, lignes, entier=True)


def _departements(request: HttpRequest, cibles: Cibles) -> SafeString:
    colonnes = (
        Colonne("nom", "Département", droite=False),
        Colonne("cible", "Cible", "décembre 2022"),
        Colonne("s2019", "Personnes en IAE", "décembre 2019"),
        Colonne("s2021", "Personnes en IAE", "décembre 2021"),
        Colonne("s2022", "Personnes en IAE", "septembre 2022"),
        Colonne("croissance", "Croissance demandée", "% depuis 2019"),
        Colonne("atteinte", "Atteinte", "% en septembre 2022"),
        Colonne("taux", "Cible", "pour 1\u202f000\u00a0demandeurs d’emploi"),
        *(Colonne(f"cle_{c.cle}", "Cible moins clé", c.nom) for c in cibles.cles),
    )
    tri = parse_tri(request.GET, colonnes, Tri("nom"))
    lignes = sort_rows((_departement(d) for d in cibles.departements), colonnes, tri)
    return render_table("Les 101\u00a0départements", colonnes, lignes, tri)


def _departement(d: CibleDepartement) -> Ligne:
    def cellule(
        indicateur: str, periode: str, valeur: Valeur, decimales: int = 0, *, signe: bool = False
    ) -> Cellule:
        url = _url(d.code, indicateur, periode)
        return Cellule(lien(url, valeur, decimales, signe=signe), valeur)

    return Ligne(
        (
            lien_texte(url_territoire(Niveau.DEPARTEMENT, d.code), d.nom),
            cellule("cible_iae", _CIBLE, d.cible),
            cellule("personnes_iae", "2019-12", d.stock_2019_12),
            cellule("personnes_iae", "2021-12", d.stock_2021_12),
            cellule("personnes_iae", _FIN, d.stock_2022_09),
            cellule("croissance_demandee_2019", _CIBLE, _percent(d.croissance_2019), signe=True),
            cellule("atteinte_cible", _FIN, _percent(d.atteinte)),
            cellule("cible_par_1000_demandeurs", _CIBLE, d.cible_pour_1000_demandeurs, 1),
            *(
                Cellule(lien(url_calcul("regression"), p.ecart, 0, signe=True), p.ecart)
                for p in d.cles
            ),
        )
    )


def _url(code: str, indicateur: str, periode: str) -> str:
    """Pedigree of a figure of the atlas."""
    return url_chiffre(Niveau.DEPARTEMENT, code, indicateur, _periode(indicateur, periode))


@cache
def _periode(indicateur: str, periode: str) -> str:
    """That period of the atlas; the latest when the atlas names it otherwise."""
    connues = donnees.atlas().periodes_de(indicateur, Niveau.DEPARTEMENT)
    return periode if periode in connues or not connues else connues[-1]
