"""The SMIC: the yardstick of all the other amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.html import format_html

from maillage.kernel.francais import format_date
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.projection import CHEMIN_SMIC
from maillage.web.regles.affichage import euros, nombre_exact, taux
from maillage.web.regles.droit import lien_datee, lien_valeur
from maillage.web.regles.fiches.modele import Courbe, Fiche, Legende
from maillage.web.regles.series import Serie, Trace
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation

_HEURES = "smic.heures_annuelles"


def smic_mensuel(legislation: Legislation, le: date) -> float:
    """Gross SMIC of a full-time month, on a day.

    Raises:
        PeriodeNonModelisee: it is not known on that day.
    """
    return _compute(legislation, "smic_mensuel", le)


def smic_annuel(legislation: Legislation, le: date) -> float:
    """Gross SMIC of a full-time year, on a day.

    Raises:
        PeriodeNonModelisee: it is not known on that day.
    """
    return _compute(legislation, "smic_annuel", le)


def _compute(legislation: Legislation, cible: str, le: date) -> float:
    resultat = compute([cible], {"numero": np.array(["1"])}, legislation, le)
    return float(resultat[cible][0])


def list_paliers(legislation: Legislation) -> list[tuple[date, float]]:
    """Hourly SMIC by day of effect."""
    return [
        (datee.date_effet, float(datee.valeur))
        for datee in legislation.leaf(CHEMIN_SMIC).valeurs
        if isinstance(datee.valeur, (int, float))
    ]


def constat(legislation: Legislation) -> SafeString:
    """The last SMIC, by the hour and by the month."""
    jour, _ = list_paliers(legislation)[-1]
    legale = legislation.resolve(CHEMIN_SMIC, jour)
    return format_html(
        "Le SMIC horaire brut est de {} depuis le {}\N{NARROW NO-BREAK SPACE}; un mois à temps plein "
        "fait {}. C’est l’étalon des autres montants\N{NARROW NO-BREAK SPACE}: aide au poste, réduction "
        "de cotisations, exonérations.",
        lien_valeur(legale),
        format_date(jour),
        euros(smic_mensuel(legislation, jour)),
    )


def legende(legislation: Legislation) -> Legende:
    """Words of the curve."""
    paliers = list_paliers(legislation)
    (debut, premier), (fin, dernier) = paliers[0], paliers[-1]
    return Legende(
        f"Le SMIC horaire a monté de {taux(dernier / premier - 1, 0)} depuis {debut.year}",
        f"De {euros(premier)} au {format_date(debut)} à {euros(dernier)} au {format_date(fin)}, brut, "
        "hors Mayotte",
        "décrets et arrêtés cités dans le tableau.",
    )


def trace(legislation: Legislation) -> Trace:
    """Steps of the hourly SMIC."""
    feuille = legislation.leaf(CHEMIN_SMIC)
    paliers = list_paliers(legislation)
    fin = feuille.valable_jusqu_au or paliers[-1][0]
    points = tuple(
        (jour.isoformat(), montant) for jour, montant in [*paliers, (fin, paliers[-1][1])]
    )
    return Trace((Serie(euros(paliers[-1][1]), points),), "euros par heure, brut", zero=False)


def tables(legislation: Legislation) -> list[SafeString]:
    """Every SMIC since 2014, the last first."""
    feuille = legislation.leaf(CHEMIN_SMIC)
    paliers = list_paliers(legislation)
    heures = nombre_exact(float(str(legislation.resolve(_HEURES, paliers[-1][0]).valeur)))
    colonnes = (
        Colonne("effet", "Date d’effet", droite=False),
        Colonne("horaire", "Horaire brut"),
        Colonne("mensuel", "Mensuel brut", f"{heures}\u202fh ÷ {MOIS_PAR_AN}"),
        Colonne("annuel", "Annuel brut", f"{heures}\u202fh"),
        Colonne("hausse", "Hausse"),
    )
    precedents = [None, *[montant for _, montant in paliers[:-1]]]
    lignes = [
        Ligne(
            (
                texte(format_date(jour)),
                Cellule(lien_datee(legislation, feuille, feuille.valeurs[rang])),
                texte(euros(smic_mensuel(legislation, jour))),
                texte(euros(smic_annuel(legislation, jour))),
                texte("sans objet" if avant is None else taux(montant / avant - 1, 2)),
            )
        )
        for rang, ((jour, montant), avant) in enumerate(zip(paliers, precedents, strict=True))
    ]
    return [render_table("Le SMIC depuis 2014", colonnes, lignes[::-1], entier=True)]


FICHE = Fiche(
    code="smic",
    slug="smic",
    titre="Le SMIC",
    resume="Le SMIC brut depuis 2014, par heure, par mois et par année, avec ses textes.",
    constat=constat,
    tables=tables,
    titre_tables="Par heure, par mois, par année",
    courbe=Courbe(legende, trace),
)
