"""What the calculator shows beyond the agreed amount: schedule, changes, complements, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html

from maillage.kernel.francais import format_nombre, typeset
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.web.regles.deroule import render_calculs
from maillage.web.regles.droit import lien_valeur, render_references, url_valeur
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from maillage.analyses.annexes.cofinancement import Partage
    from maillage.analyses.annexes.complements import Complement
    from maillage.analyses.annexes.versements import Versements
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.regles.versement.calendrier import LigneVersement
    from maillage.web.regles.calcul import Paiement

_VERSEMENTS = (
    Colonne("mois", "Mois", droite=False),
    Colonne("avance", "Avance"),
    Colonne("conventionnes", "ETP conventionnés"),
    Colonne("etp", "ETP réalisés"),
    Colonne("droit", "Droit acquis", "depuis le début"),
    Colonne("regularisation", "Régularisation"),
    Colonne("verse", "Versé"),
    Colonne("cumul", "Versé", "depuis le début"),
)
_PERIODES = (
    Colonne("periode", "Période", droite=False),
    Colonne("etp", "ETP"),
    Colonne("unitaire", "Par ETP et par an"),
    Colonne("montant", "Montant"),
)
_COMPLEMENTS = (
    Colonne("quoi", "Complément", droite=False),
    Colonne("montant", "Montant"),
    Colonne("calcul", "Calcul", droite=False),
    Colonne("texte", "Texte", droite=False),
)
_PARTAGE = (
    Colonne("mois", "Mois", droite=False),
    Colonne("nombre", "Anciens allocataires"),
    Colonne("rsa", "RSA", "par mois"),
    Colonne("montant", "Montant", "conventionné"),
    Colonne("departement", "Département"),
    Colonne("etat", "État"),
)


def describe_paiement(paiement: Paiement) -> dict[str, object]:
    """Everything that the template shows of a payment."""
    versements = paiement.versements
    return {
        "versements": _table_versements(versements),
        "explications": [
            (ligne.mois.libelle, ligne.explication)
            for ligne in versements.lignes
            if not _is_plain(ligne)
        ],
        "dernier": _last(versements),
        "regime": typeset(versements.regime.texte),
        "hypotheses": phrases(paiement.hypotheses),
        "lien_regime": url_valeur("versement.mois_regularisation"),
        "avertissements_versement": phrases(versements.avertissements),
        "changement": _describe_changement(versements) if versements.change else None,
        "complements": _describe_complements(paiement) if paiement.complements else None,
        "partage": _describe_partage(paiement, paiement.partage) if paiement.partage else None,
    }


def phrases(lues: Iterable[str]) -> list[str]:
    """Sentences with the spaces that French never breaks."""
    return [typeset(phrase) for phrase in lues]


def montant_cellule(montant: Centimes | Absence | None) -> Cellule:
    """Amount in a cell; the word that says why there is none."""
    if montant is None:
        montant = Absence.INCONNUE
    if isinstance(montant, Absence):
        return Cellule(f'<em class="absence">{montant.value}</em>')
    return texte(format_euros(montant))


def _last(versements: Versements) -> str:
    """Total paid once the annexe is settled; empty while the occupation is not all known."""
    cumul = versements.lignes[-1].cumul
    return "" if isinstance(cumul, Absence) else format_euros(cumul)


def _table_versements(versements: Versements) -> SafeString:
    lignes = [_ligne(ligne, change=versements.change) for ligne in versements.lignes]
    colonnes = [c for c in _VERSEMENTS if versements.change or c.cle != "conventionnes"]
    return render_table("Versement mois par mois", colonnes, lignes, entier=True)


def _ligne(ligne: LigneVersement, *, change: bool) -> Ligne:
    regularise = not isinstance(ligne.regularisation, Absence) and ligne.regularisation.nombre != 0
    return Ligne(
        (
            texte(ligne.mois.libelle),
            montant_cellule(ligne.avance),
            *((texte(_etp(float(ligne.etp_conventionnes))),) if change else ()),
            _occupation(ligne),
            montant_cellule(ligne.droit_a_date),
            montant_cellule(ligne.regularisation),
            montant_cellule(ligne.verse),
            montant_cellule(ligne.cumul),
        ),
        classe="regularise" if regularise else "",
    )


def _is_plain(ligne: LigneVersement) -> bool:
    """Whether the month is an advance and nothing else: the table says it all."""
    return (
        ligne.verse == ligne.avance
        and ligne.regularisation == Centimes(0)
        and ligne.explication.startswith("Avance du mois")
    )


def _occupation(ligne: LigneVersement) -> Cellule:
    if isinstance(ligne.etp_realises, Absence):
        return Cellule(f'<em class="absence">{ligne.etp_realises.value}</em>')
    return texte(_etp(float(ligne.etp_realises)))


def _describe_changement(versements: Versements) -> dict[str, object]:
    lignes = []
    for periode in versements.periodes:
        premier = versements.annexe.mois(periode.dernier_mois - periode.longueur + 1)
        dernier = versements.annexe.mois(periode.dernier_mois)
        lignes.append(
            Ligne(
                (
                    texte(
                        premier.libelle
                        if premier == dernier
                        else f"{premier.libelle} à {dernier.libelle}"
                    ),
                    texte(_etp(periode.termes.etp_centiemes / 100)),
                    montant_cellule(Centimes(periode.termes.montant_unitaire)),
                    montant_cellule(periode.montant),
                )
            )
        )
    return {
        "montant": format_euros(versements.montant_final),
        "table": render_table("Ce que l’annexe porte", _PERIODES, lignes, entier=True),
    }


def _describe_complements(paiement: Paiement) -> dict[str, object]:
    total = paiement.total
    lignes = [
        Ligne(
            (
                texte("Montant de l’annexe"),
                montant_cellule(paiement.versements.montant_final),
                texte(""),
                texte(""),
            )
        ),
        *map(_complement, paiement.complements),
        Ligne((texte("Total"), montant_cellule(total), texte(""), texte("")), classe="total"),
    ]
    return {
        "total": "" if total is None else format_euros(total),
        "table": render_table("L’annexe et ses compléments", _COMPLEMENTS, lignes, entier=True),
        "calculs": [
            (un.nom, render_calculs((un.arbre,)))
            for un in paiement.complements
            if un.arbre is not None
        ],
        "avertissements": phrases(
            dict.fromkeys(phrase for un in paiement.complements for phrase in un.avertissements)
        ),
    }


def _complement(complement: Complement) -> Ligne:
    if complement.montant is None:
        motif = " ".join(anomalie.quoi for anomalie in complement.refus)
        return Ligne(
            (texte(complement.nom), montant_cellule(None), texte(typeset(motif)), texte(""))
        )
    return Ligne(
        (
            texte(complement.nom),
            montant_cellule(complement.montant),
            texte(typeset(complement.phrase)),
            Cellule("<br>".join(dict.fromkeys(map(_cite, complement.legales)))),
        )
    )


def _cite(legale: ValeurLegale) -> SafeString:
    """A legal value, its text and its confidence."""
    return format_html(
        "{}, {} (confiance {})",
        lien_valeur(legale),
        render_references(legale.references[:1]),
        legale.confiance,
    )


def _describe_partage(paiement: Paiement, partage: Partage) -> dict[str, object]:
    departement, total = partage.departement, paiement.total
    if departement is None:
        return {"refus": phrases(anomalie.quoi for anomalie in partage.refus)}
    lignes = [
        Ligne(
            (
                texte(un.mois.libelle),
                texte(format_nombre(un.nombre_beneficiaires)),
                montant_cellule(un.rsa),
                montant_cellule(un.montant),
                montant_cellule(un.departement),
                montant_cellule(un.etat),
            )
        )
        for un in partage.mois
    ]
    final = paiement.versements.montant_final
    lignes.append(
        Ligne(
            (
                texte("Annexe"),
                texte(""),
                texte(""),
                montant_cellule(final),
                montant_cellule(departement),
                montant_cellule(final - departement),
            ),
            classe="total",
        )
    )
    return {
        "departement": format_euros(departement),
        "etat": "" if total is None else format_euros(total - departement),
        "avec_complements": bool(paiement.complements),
        "table": render_table("Le partage, mois par mois", _PARTAGE, lignes, entier=True),
        "textes": [_cite(legale) for legale in partage.legales],
        "avertissements": phrases(partage.avertissements),
    }


def _etp(etp: float) -> str:
    return format_nombre(etp, 2)
