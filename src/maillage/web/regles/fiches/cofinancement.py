"""Share of the département: 88 % of the RSA of one person, by month and by former recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.html import format_html

from maillage.kernel.francais import ESPACE_FINE, format_date
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.web.regles.affichage import euros, taux
from maillage.web.regles.droit import lien_datee, lien_valeur
from maillage.web.regles.fiches.modele import Courbe, Fiche, Legende
from maillage.web.regles.fiches.smic import smic_mensuel
from maillage.web.regles.series import Serie, Trace
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation

_RSA = "cofinancement.rsa_montant_forfaitaire_personne_seule"
_TAUX = "cofinancement.taux_du_montant_forfaitaire_rsa_personne_seule"
_PART = "cofinancement_mensuel_par_beneficiaire"
_COLONNES = (
    Colonne("effet", "Date d’effet", droite=False),
    Colonne("rsa", "RSA", "personne seule, par mois"),
    Colonne("part", "Part du département", "par mois et par personne"),
    Colonne("smic", "En part du SMIC", "mensuel brut"),
)


def compute_part(legislation: Legislation, le: date) -> float:
    """Share of the département for one person and one month.

    Raises:
        PeriodeNonModelisee: the RSA or the share is not known on that day.
    """
    colonnes = {
        "territoire": np.array(["metropole_drom"]),
        "date_debut_effet": np.array([le], "M8[D]"),
    }
    return float(compute([_PART], colonnes, legislation, le)[_PART][0])


def list_parts(legislation: Legislation) -> list[tuple[date, float, float]]:
    """Day of effect, share, and share over the monthly SMIC, where all are known."""
    parts = []
    for datee in legislation.leaf(_RSA).valeurs:
        jour = datee.date_effet
        try:
            part, smic = compute_part(legislation, jour), smic_mensuel(legislation, jour)
        except PeriodeNonModelisee:
            continue
        parts.append((jour, part, part / smic))
    return parts


def constat(legislation: Legislation) -> SafeString:
    """The last share, and what it stands for."""
    jour, part, rapport = list_parts(legislation)[-1]
    return format_html(
        "Le département verse {} du RSA d’une personne seule, {}, pour chaque salarié qui le "
        "percevait\N{NARROW NO-BREAK SPACE}: {} par mois depuis le {}, soit {} du SMIC mensuel brut. "
        "Sa part ne dépasse jamais le montant de l’annexe.",
        lien_valeur(legislation.resolve(_TAUX, jour)),
        lien_valeur(legislation.resolve(_RSA, jour)),
        euros(part),
        format_date(jour),
        taux(rapport, 1),
    )


def legende(legislation: Legislation) -> Legende:
    """Words of the curve."""
    parts = list_parts(legislation)
    (debut, premiere, rapport), (fin, derniere, dernier) = parts[0], parts[-1]
    return Legende(
        f"Par personne et par mois, la part du département est passée de {euros(premiere)} à "
        f"{euros(derniere)}",
        f"Du {format_date(debut)} au {format_date(fin)}{ESPACE_FINE}; en part du SMIC mensuel brut, de "
        f"{taux(rapport, 1)} à {taux(dernier, 1)}. Hors Mayotte",
        "montants du RSA et taux du Code du travail, calcul par les règles.",
    )


def trace(legislation: Legislation) -> Trace:
    """Steps of the share, and of the RSA it is a part of."""
    feuille = legislation.leaf(_RSA)
    parts = [(jour, part) for jour, part, _ in list_parts(legislation)]
    depart = parts[0][0]
    rsa = [
        (datee.date_effet, float(datee.valeur))
        for datee in feuille.valeurs
        if isinstance(datee.valeur, (int, float)) and datee.date_effet >= depart
    ]
    fin = feuille.valable_jusqu_au or parts[-1][0]
    return Trace(
        tuple(
            Serie(nom, tuple((j.isoformat(), v) for j, v in [*points, (fin, points[-1][1])]))
            for nom, points in (("RSA", rsa), ("Département", parts))
        ),
        "euros par mois et par personne",
    )


def tables(legislation: Legislation) -> list[SafeString]:
    """Every amount, the last first."""
    feuille = legislation.leaf(_RSA)
    datees = {datee.date_effet: datee for datee in feuille.valeurs}
    lignes = [
        Ligne(
            (
                texte(format_date(jour)),
                Cellule(lien_datee(legislation, feuille, datees[jour])),
                texte(euros(part)),
                texte(taux(rapport, 1)),
            )
        )
        for jour, part, rapport in reversed(list_parts(legislation))
    ]
    titre = "La part du département par personne et par mois"
    return [render_table(titre, _COLONNES, lignes, entier=True)]


FICHE = Fiche(
    code="cofinancement",
    slug="cofinancement",
    titre="La part du département",
    resume="Ce que le département verse pour un salarié qui percevait le RSA, face au SMIC.",
    constat=constat,
    tables=tables,
    titre_tables="Face au RSA et au SMIC",
    lectures=(
        "Le RSA du premier jour de l’annexe est gardé pour toute sa durée, alors qu’il peut monter.",
        "Le total est arrondi une fois au centime, et non chaque mois.",
    ),
    courbe=Courbe(legende, trace),
)
