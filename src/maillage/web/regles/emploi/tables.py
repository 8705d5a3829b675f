"""The figures of a job as tables: income, steps of hours, cost, public accounts, rise of pay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.emploi.aides import SEMAINES_PAR_AN
from maillage.analyses.emploi.exports import list_couts
from maillage.analyses.emploi.table import RESSOURCES
from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, accorder, format_nombre, typeset
from maillage.kernel.money import Centimes, format_euros, sum_centimes
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from django.utils.safestring import SafeString

    from maillage.analyses.emploi.comptes import Comptes
    from maillage.analyses.emploi.revenus import Marge, Palier
    from maillage.analyses.emploi.valeur import Hausse, ValeurEmploi
    from maillage.web.territoires.tables import Cellule

_PAR_MOIS = f"€{ESPACE_INSECABLE}par mois"
_TOTAL = "total"
_SALAIRES = ("salaire_net", "salaire_net_conjoint")
_BORNES = {Decimal(0): "Si aucune n’avait eu", Decimal(1): "Si toutes avaient eu"}
_REVENUS = (
    Colonne("quoi", "Ressources du foyer", droite=False),
    Colonne("avant", "Sans emploi", _PAR_MOIS),
    Colonne("apres", "Avec l’emploi", _PAR_MOIS),
    Colonne("difference", "Différence", _PAR_MOIS),
)
_PALIERS = (
    Colonne("heures", "Heures", "par semaine", droite=False),
    Colonne("net", "Salaire net", _PAR_MOIS),
    Colonne("prestations", "Prestations", _PAR_MOIS),
    Colonne("disponible", "Revenu disponible", "tout le foyer, impôt déduit"),
    Colonne("heure", "Gardé", "par heure de plus"),
    Colonne("part", "Gardé", "sur le net de plus"),
    Colonne("taux", "Taux marginal effectif", "sur le brut de plus"),
)
_COUTS = (
    Colonne("quoi", "Coût du poste", droite=False),
    Colonne("montant", "Montant", _PAR_MOIS),
)
_HAUSSE = (
    Colonne("quoi", "Ce que change la hausse", droite=False),
    Colonne("montant", "Montant", _PAR_MOIS),
)


def table_revenus(valeur: ValeurEmploi) -> SafeString:
    """Income before and after, line by line; what the household never has is left out."""
    lignes = [
        Ligne(
            (
                texte(typeset(part.libelle)),
                *map(montant, (part.avant, part.apres)),
                ecart(part.difference),
            ),
            _TOTAL if part.code == "revenu_disponible" else "",
        )
        for part in valeur.revenus
        if part.avant.nombre or part.apres.nombre
    ]
    return render_table("Revenus du foyer, sans et avec l’emploi", _REVENUS, lignes, entier=True)


def table_paliers(paliers: Sequence[Palier], heures: int) -> SafeString:
    """What each step of hours adds; that of the job is told in words."""
    departs = [None, *(palier.point.heures for palier in paliers[:-1])]
    lignes = [
        _ligne_palier(palier, depart, est_choisi=palier.point.heures == heures)
        for palier, depart in zip(paliers, departs, strict=True)
    ]
    titre = "Le même foyer à chaque durée de travail"
    return render_table(titre, _PALIERS, lignes, entier=True)


def _ligne_palier(palier: Palier, depart: int | None, *, est_choisi: bool) -> Ligne:
    point, marge = palier.point, palier.marge
    nom = accorder(point.heures, "heure", "heures")
    cellules = (
        texte(f"{nom}, cet emploi" if est_choisi else nom),
        montant(point["salaire_net"]),
        montant(sum_centimes(point[code] for code in RESSOURCES if code not in _SALAIRES)),
        montant(point.revenu_disponible),
    )
    if marge is None or depart is None:
        return Ligne((*cellules, *[texte("départ")] * 3))
    return Ligne(
        (
            *cellules,
            montant(compute_garde_horaire(marge, point.heures - depart)),
            texte(pourcent(marge.part_gardee)),
            texte(pourcent(marge.taux_marginal_effectif)),
        ),
        "choisi" if est_choisi else "",
    )


def compute_garde_horaire(marge: Marge, heures_de_plus: int) -> Centimes:
    """What one more paid hour leaves to the household.

    Args:
        marge: What a step of weekly hours adds in a month, of 52/12 weeks.
        heures_de_plus: Weekly hours of the step, at least one.
    """
    return marge.disponible.prorata(MOIS_PAR_AN, heures_de_plus * SEMAINES_PAR_AN)


def table_couts(valeur: ValeurEmploi) -> SafeString:
    """What the employer pays, down to what is left."""
    lignes = [
        Ligne(
            (texte(typeset(nom)), montant(Centimes.from_euros(euros))),
            _TOTAL if code == "cout" else "",
        )
        for code, nom, euros, _ in list_couts(valeur)
        if code == "cout" or Decimal(euros)
    ]
    return render_table("Ce que paie l’employeur", _COUTS, lignes, entier=True)


def table_comptes(comptes: Comptes) -> SafeString:
    """Each line at both ends of the hypotheses, the smallest share first, then the balance."""
    parts = sorted({comptes.contrefactuel.minimum, comptes.contrefactuel.maximum})
    colonnes = (
        Colonne("quoi", "Comptes publics", droite=False),
        *(
            Colonne(f"part{rang}", _titre_part(part), "le même emploi ailleurs")
            for rang, part in enumerate(parts)
        ),
    )
    lignes = [
        Ligne((texte(typeset(ligne.libelle)), *(ecart(ligne.at(part)) for part in parts)))
        for ligne in comptes.lignes
        if ligne.montant.nombre
    ]
    soldes = (ecart(comptes.compute_solde(part)) for part in parts)
    lignes.append(Ligne((texte("Solde"), *soldes), _TOTAL))
    titre = (
        "Comptes publics, en euros par mois, selon ce que les personnes auraient eu sans ce poste"
    )
    return render_table(titre, colonnes, lignes, entier=True)


def table_hausse(hausse: Hausse) -> SafeString:
    """Who gains what, and how public money's share is made."""
    rangees = (
        ("La personne a de plus pour vivre", hausse.marge.disponible, _TOTAL),
        ("dont salaire net", hausse.marge.net, ""),
        ("dont prestations et impôt", hausse.marge.disponible - hausse.marge.net, ""),
        ("L’employeur paie de plus", hausse.employeur, _TOTAL),
        ("dont salaire brut", hausse.marge.brut, ""),
        ("dont cotisations, réductions déduites", hausse.employeur - hausse.marge.brut, ""),
        ("Les comptes publics gagnent", hausse.solde, _TOTAL),
        *(
            (f"dont {_in_sentence(ligne.libelle)}", ligne.montant, "")
            for ligne in hausse.public
            if ligne.montant.nombre
        ),
    )
    lignes = [
        Ligne((texte(typeset(nom)), ecart(combien)), classe) for nom, combien, classe in rangees
    ]
    return render_table("La hausse, pour les trois", _HAUSSE, lignes, entier=True)


def _in_sentence(libelle: str) -> str:
    """« Impôt » → « impôt », but « RSA » stays."""
    return libelle if libelle[:2].isupper() else f"{libelle[:1].lower()}{libelle[1:]}"


def montant(combien: Centimes) -> Cellule:
    """An amount to the cent."""
    return texte(format_euros(combien))


def ecart(combien: Centimes) -> Cellule:
    """An amount to the cent, with its sign."""
    return texte(write_ecart(combien))


def write_ecart(combien: Centimes) -> str:
    """« +463,92 € », « −92,51 € », « 0 € »."""
    signe = "+" if combien.nombre > 0 else ""
    return f"{signe}{format_euros(combien)}"


def pourcent(part: Fraction | None) -> str:
    """Share as whole per cent; « sans objet » where there is none."""
    if part is None:
        return "sans objet"
    return f"{format_nombre(Decimal(round(part * 10_000)) / 100)}{ESPACE_FINE}%"


def _titre_part(part: Decimal) -> str:
    """« Si 20 % avaient eu » the same job elsewhere."""
    if part in _BORNES:
        return _BORNES[part]
    pour_cent = part * 100
    decimales = 0 if pour_cent % 1 == 0 else 2
    return f"Si {format_nombre(pour_cent, decimales)}{ESPACE_FINE}% avaient eu"
