"""Tax on wages: the allowance of the associations, and how many people at the SMIC it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.html import format_html

from maillage.kernel.francais import accorder, format_date, format_nombre
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.web.regles.affichage import euros
from maillage.web.regles.calculettes.taxe import CALCULETTE
from maillage.web.regles.droit import lien_datee, lien_valeur
from maillage.web.regles.fiches.modele import Courbe, Fiche, Legende
from maillage.web.regles.fiches.smic import smic_annuel
from maillage.web.regles.series import Serie, Trace
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurDatee

_ABATTEMENT = "taxe_salaires.abattement_associations"
_SEUIL = "taxe_salaires.seuils.premiere_majoration"
_TAUX = "taxe_salaires.taux_normal"
_COLONNES = (
    Colonne("effet", "Date d’effet", droite=False),
    Colonne("abattement", "Abattement", "par an"),
    Colonne("smic", "Taxe d’une personne", "au SMIC, temps plein"),
    Colonne("personnes", "Personnes au SMIC", "que l’abattement couvre"),
)


def compute_taxe_smic(legislation: Legislation, le: date) -> float:
    """Tax of one full-time person at the SMIC of that day, before any allowance.

    Raises:
        PeriodeNonModelisee: the scale or the SMIC is not known on that day.
    """
    paie = np.array([smic_annuel(legislation, le)])
    majoration = compute(
        ["majoration_individuelle"], {"remuneration_individuelle_annuelle": paie}, legislation, le
    )["majoration_individuelle"]
    colonnes = {
        "assiette_taxe_salaires": paie,
        "majorations_employeur": majoration,
    }
    return float(compute(["taxe_brute"], colonnes, legislation, le)["taxe_brute"][0])


def list_couverts(legislation: Legislation) -> list[tuple[ValeurDatee, float, float | None]]:
    """Dated allowance, its amount, and tax of one person at the SMIC on its day; None when unknown."""
    couverts: list[tuple[ValeurDatee, float, float | None]] = []
    for datee in legislation.leaf(_ABATTEMENT).valeurs:
        if not isinstance(datee.valeur, (int, float)):
            continue
        try:
            taxe: float | None = compute_taxe_smic(legislation, datee.date_effet)
        except PeriodeNonModelisee:
            taxe = None
        couverts.append((datee, float(datee.valeur), taxe))
    return couverts


def constat(legislation: Legislation) -> SafeString:
    """The last allowance, and what it covers."""
    datee, montant, taxe = list_couverts(legislation)[-1]
    jour = datee.date_effet
    couvre = (
        f"la taxe de {accorder(int(montant / taxe), 'personne', 'personnes')} à temps plein au SMIC"
        if taxe
        else "une part de la taxe"
    )
    return format_html(
        "Une association paie {} de ses salaires, et davantage au-delà de {} par personne. "
        "L’abattement de {}, depuis le {}, couvre {}. Aucun texte trouvé ne dit si les salaires "
        "d’insertion sont dans l’assiette.",
        lien_valeur(legislation.resolve(_TAUX, jour)),
        lien_valeur(legislation.resolve(_SEUIL, jour)),
        lien_valeur(legislation.resolve(_ABATTEMENT, jour)),
        format_date(jour),
        couvre,
    )


def legende(legislation: Legislation) -> Legende:
    """Words of the curve."""
    couverts = list_couverts(legislation)
    (premier, debut, _), (dernier, fin, _) = couverts[0], couverts[-1]
    return Legende(
        f"L’abattement des associations est passé de {euros(debut)} à {euros(fin)} par an",
        f"Du {format_date(premier.date_effet)} au {format_date(dernier.date_effet)}",
        "Code général des impôts, article 1679 A.",
    )


def trace(legislation: Legislation) -> Trace:
    """Steps of the allowance."""
    couverts = list_couverts(legislation)
    fin = legislation.leaf(_ABATTEMENT).valable_jusqu_au or couverts[-1][0].date_effet
    points = [(datee.date_effet, montant) for datee, montant, _ in couverts]
    points.append((fin, points[-1][1]))
    nom = euros(points[-1][1])
    return Trace((Serie(nom, tuple((j.isoformat(), v) for j, v in points)),), "euros par an")


def tables(legislation: Legislation) -> list[SafeString]:
    """Every allowance, the last first."""
    feuille = legislation.leaf(_ABATTEMENT)
    lignes = [
        Ligne(
            (
                texte(format_date(datee.date_effet)),
                Cellule(lien_datee(legislation, feuille, datee)),
                texte("inconnue" if taxe is None else euros(taxe)),
                texte("inconnu" if taxe is None else format_nombre(montant / taxe, 1)),
            )
        )
        for datee, montant, taxe in reversed(list_couverts(legislation))
    ]
    titre = "L’abattement des associations, et ce qu’il couvre"
    return [render_table(titre, _COLONNES, lignes, entier=True)]


FICHE = Fiche(
    code="taxe_salaires",
    slug="taxe-sur-les-salaires",
    titre="La taxe sur les salaires",
    resume="Barème par salarié, franchise, décote et abattement des associations, avec un calcul.",
    constat=constat,
    tables=tables,
    titre_tables="L’abattement face au SMIC",
    lectures=(
        "Les salaires des personnes en parcours sont dans l’assiette, ou non : le calcul donne les deux.",
        "Une personne au SMIC est payée l’année entière au SMIC du jour d’effet de l’abattement.",
    ),
    courbe=Courbe(legende, trace),
    calculette=CALCULETTE,
)
