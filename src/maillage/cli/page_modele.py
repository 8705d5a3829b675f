"""A model as a text page: the three answers, the hour, the year, the months, what weighs, what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.compte import list_lignes
from maillage.analyses.modele.limites import LIMITES
from maillage.analyses.modele.phrases import REPONSES, list_reponses, tell_reponses
from maillage.cli.page import Page
from maillage.indicators.modele.cadre import MOIS_PAR_AN
from maillage.indicators.modele.sensibilite import measure_sensibilite
from maillage.kernel.francais import format_mois, format_nombre, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.cadre import Cadre
    from maillage.kernel.valeur import Valeur

LIGNES_DE_SENSIBILITE = 12
_HEURE = (
    *("prix", "cout_direct", "marge", "aide", "marge_aidee", "cout", "prix_equilibre"),
    *("heures", "volume", "ecart", "heures_aidees"),
)
_DECIMALES = {"€/h": 2}


def render_modele(calcule: ModeleCalcule, width: int | None) -> str:
    """Text page of a model."""
    page = Page(width)
    page.title(calcule.hypotheses.nom)
    for phrase in tell_reponses(calcule):
        page.text(phrase)
    _add_heure(page, calcule)
    _add_annee(page, calcule)
    _add_mois(page, calcule)
    _add_sensibilite(page, calcule)
    _add_hypotheses(page, calcule)
    page.heading("À savoir")
    for phrase in (*calcule.avertissements, *LIMITES):
        page.text(phrase, "  • ")
    return page.render()


def format_reponse(code: str, valeur: Valeur) -> str:
    """An answer with its unit."""
    unite = REPONSES[code][1]
    if isinstance(valeur, Absence):
        return valeur.value
    return f"{format_nombre(valeur, _DECIMALES.get(unite, 0))} {unite}"


def name_mois(cadre: Cadre, rang: int) -> str:
    """« mai 2025 » for a month of the path, from 1."""
    premier = cadre.debut.year * MOIS_PAR_AN + cadre.debut.month - 2 + rang
    return format_mois(premier // MOIS_PAR_AN, premier % MOIS_PAR_AN + 1)


def _add_heure(page: Page, calcule: ModeleCalcule) -> None:
    reponses = list_reponses(calcule)
    page.heading("L’heure et l’équilibre")
    page.table(
        ["", "Valeur"],
        [[REPONSES[code][0], format_reponse(code, reponses[code])] for code in _HEURE],
        right={1},
    )
    motif = calcule.modele.seuils.motif
    if motif is not None:
        page.text(motif.value)


def _add_annee(page: Page, calcule: ModeleCalcule) -> None:
    page.heading("L’année")
    page.table(
        ["", "Euros"],
        [
            [f"= {un.libelle}" if un.est_total else un.libelle, format_nombre(un.montant)]
            for un in list_lignes(calcule.modele)
        ],
        right={1},
    )


def _add_mois(page: Page, calcule: ModeleCalcule) -> None:
    modele = calcule.modele
    tresorerie = modele.tresorerie
    aide = next(un.montants for un in tresorerie.flux if un.code == "aide")
    page.heading("La trésorerie, mois par mois")
    page.table(
        ["Fin de", "Aide versée", "Variation", "Trésorerie"],
        [
            [name_mois(modele.cadre, rang), *map(format_nombre, nombres)]
            for rang, nombres in enumerate(
                zip(
                    aide.tolist(),
                    tresorerie.variations.tolist(),
                    tresorerie.soldes.tolist(),
                    strict=True,
                ),
                1,
            )
        ],
        right={1, 2, 3},
        unwrapped={0},
    )


def _add_sensibilite(page: Page, calcule: ModeleCalcule) -> None:
    page.heading("Ce qui pèse le plus")
    page.text("Un pas de chaque hypothèse, seul, en euros ; les plus forts d’abord.")
    page.table(
        ["Hypothèse", "Pas", "Effet sur le résultat", "Effet sur le point bas"],
        [
            [un.libelle, un.pas, format_nombre(un.resultat), format_nombre(un.point_bas)]
            for un in measure_sensibilite(calcule.modele)[:LIGNES_DE_SENSIBILITE]
        ],
        right={2, 3},
    )


def _add_hypotheses(page: Page, calcule: ModeleCalcule) -> None:
    hypotheses = calcule.hypotheses
    page.heading("Les hypothèses")
    rangees = []
    for cle in hypotheses.list_cles():
        chiffre = hypotheses.get(cle.chemin)
        decimales = 0 if float(chiffre.valeur).is_integer() else 4
        valeur = format_valeur(chiffre.valeur, decimales=decimales)
        rangees.append(
            [cle.libelle, f"{valeur} {cle.unite.value}", chiffre.origine.value, chiffre.source]
        )
    page.table(["Chiffre", "Valeur", "Origine", "Source ou raison"], rangees, right={1})
