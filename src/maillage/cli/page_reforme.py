"""Reforms, and annexes before and after one, as text pages and plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.annexes.exports import annexe_to_dict, montant_texte
from maillage.cli.page import Page
from maillage.kernel.francais import accorder, format_date, format_nombre, join_fr
from maillage.kernel.money import Centimes, format_euros

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.annexes.comparaison import AnnexeComparee, Comparaison, TotalCompare
    from maillage.analyses.annexes.model import AnnexeEcartee
    from maillage.regles.engine.reforme import Reforme


def render_reformes(reformes: Sequence[Reforme], width: int | None) -> str:
    """Text page of the reforms that are ready."""
    page = Page(width)
    page.title("Réformes prêtes à comparer")
    for reforme in reformes:
        page.heading(reforme.titre)
        page.text(f"Code : {reforme.code}")
        _write_contenu(page, reforme)
    page.heading("Ensuite")
    page.text("maillage regles comparer FICHIER --reforme CODE", "  • ")
    return page.render()


def _write_contenu(page: Page, reforme: Reforme) -> None:
    """Source, what is undetermined, and the assumption chosen for it."""
    for reference in reforme.source:
        href = f" — {reference.href}" if reference.href else ""
        page.text(f"Source : {reference.titre}{href}", "  • ")
    for phrase in reforme.indetermine:
        page.text(f"Indéterminé : {phrase}", "  • ")
    for hypothese in reforme.hypotheses.values():
        source = f" Source : {hypothese.source}." if hypothese.source else " Sans source."
        valeur = format_nombre(hypothese.valeur, 0 if float(hypothese.valeur).is_integer() else 4)
        page.text(f"Hypothèse {hypothese.cle} = {valeur} : {hypothese.phrase}{source}", "  • ")
    page.text(f"Valable jusqu’au {format_date(reforme.valable_jusqu_au)}.", "  • ")


def reforme_to_dict(reforme: Reforme) -> dict[str, Any]:
    """A reform as plain values."""
    return {
        "code": reforme.code,
        "titre": reforme.titre,
        "sources": [{"titre": r.titre, "href": r.href} for r in reforme.source],
        "valable_jusqu_au": reforme.valable_jusqu_au.isoformat(),
        "indetermine": list(reforme.indetermine),
        "hypotheses": {
            cle: {"valeur": h.valeur, "phrase": h.phrase, "source": h.source or None}
            for cle, h in reforme.hypotheses.items()
        },
        "changements": [
            {"chemin": c.chemin, "date_effet": c.date_effet.isoformat(), "genre": c.genre}
            for c in reforme.changements
        ],
    }


def reforme_row(reforme: Reforme) -> dict[str, str]:
    """A reform in one row."""
    return {
        "code": reforme.code,
        "titre": reforme.titre,
        "source": " ; ".join(reference.titre for reference in reforme.source),
        "valable_jusqu_au": reforme.valable_jusqu_au.isoformat(),
        "indetermine": " ".join(reforme.indetermine),
        "hypotheses": " ".join(h.phrase for h in reforme.hypotheses.values()),
    }


def render_comparaison(
    comparaison: Comparaison, ecartees: Sequence[AnnexeEcartee], width: int | None
) -> str:
    """Text page of a comparison: totals, annexes, then the reform and what it leaves open."""
    page = Page(width)
    page.title(comparaison.reforme.titre)
    page.text(comparaison.depart)
    page.heading("Par type de structure")
    rows = [_total_row(total) for total in comparaison.totaux]
    entetes = ["Type", "Annexes", "Touchées", "Avant", "Après", "Différence", "En %"]
    page.table(entetes, rows, right={1, 2, 3, 4, 5, 6})
    _write_remarques(page, comparaison, ecartees)
    page.heading("Par annexe")
    page.table(
        ["Ligne", "Annexe", "Unitaire avant", "Unitaire après", "Avant", "Après", "Différence"],
        [_annexe_row(comparee) for comparee in comparaison.annexes],
        right={0, 2, 3, 4, 5, 6},
        unwrapped={1},
    )
    page.heading("La réforme")
    _write_contenu(page, comparaison.reforme)
    return page.render()


def _total_row(total: TotalCompare) -> list[str]:
    return [
        total.type_siae or "Ensemble",
        str(total.nombre),
        str(total.touchees),
        format_euros(total.avant),
        format_euros(total.apres),
        format_euros(total.ecart),
        f"{format_nombre(100 * total.ecart.nombre / total.avant.nombre, 1)} %"
        if total.avant.nombre
        else "—",
    ]


def _annexe_row(comparee: AnnexeComparee) -> list[str]:
    annexe = comparee.annexe
    montants = (
        comparee.unitaire_avant,
        comparee.unitaire_apres,
        comparee.avant,
        comparee.apres,
        comparee.ecart,
    )
    return [str(annexe.ligne), f"{annexe.numero}{annexe.avenants}", *map(_montant, montants)]


def _montant(montant: Centimes | None) -> str:
    return "inconnu" if montant is None else format_euros(montant)


def _write_remarques(
    page: Page, comparaison: Comparaison, ecartees: Sequence[AnnexeEcartee]
) -> None:
    remarques = list(_list_remarques(comparaison))
    if ecartees:
        remarques.append(f"{accorder(len(ecartees), 'ligne', 'lignes')} de FDI hors du calcul.")
    if remarques:
        page.heading("À savoir")
    for remarque in remarques:
        page.text(remarque, "  • ")


def _list_remarques(comparaison: Comparaison) -> list[str]:
    remarques = []
    total = comparaison.totaux[-1]
    effet = comparaison.premier_effet
    if effet is not None and not total.touchees:
        remarques.append(
            f"Aucune annexe n’est touchée : la réforme prend effet au {format_date(effet)}. Ajoutez "
            f"--le {effet.isoformat()} pour l’appliquer à ces ETP à cette date."
        )
    if effet is None:
        remarques.append("La réforme ne change aucun socle : les montants conventionnés restent.")
    if comparaison.hors_champ:
        remarques.append(
            f"La réforme change aussi {join_fr(comparaison.hors_champ)}, qui n’entre pas dans le "
            "montant conventionné."
        )
    lues = {changement.hypothese for changement in comparaison.reforme.changements}
    muettes = [cle for cle in comparaison.reforme.hypotheses if cle not in lues]
    if muettes:
        remarques.append(f"Sans effet ici, où les ETP sont ceux du fichier : {join_fr(muettes)}.")
    motifs = {comparee.motif for comparee in comparaison.annexes if comparee.motif}
    remarques += [f"{motif}." for motif in sorted(motifs)]
    if total.manquantes:
        remarques.append(
            f"{accorder(total.manquantes, 'annexe n’est pas', 'annexes ne sont pas')} dans les "
            "totaux, faute de montant connu."
        )
    return remarques


def comparaison_to_dict(
    comparaison: Comparaison, ecartees: Sequence[AnnexeEcartee]
) -> dict[str, Any]:
    """Everything that is known of a comparison."""
    return {
        "reforme": reforme_to_dict(comparaison.reforme),
        "depart": comparaison.depart,
        "remarques": _list_remarques(comparaison),
        "totaux": [
            {
                "type_siae": total.type_siae or None,
                "nombre": total.nombre,
                "manquantes": total.manquantes,
                "touchees": total.touchees,
                "avant": montant_texte(total.avant),
                "apres": montant_texte(total.apres),
                "difference": montant_texte(total.ecart),
            }
            for total in comparaison.totaux
        ],
        "annexes": [
            {
                **annexe_to_dict(comparee.annexe),
                "touchee": comparee.touchee,
                "unitaire_avant": montant_texte(comparee.unitaire_avant),
                "unitaire_apres": montant_texte(comparee.unitaire_apres),
                "avant": montant_texte(comparee.avant),
                "apres": montant_texte(comparee.apres),
                "difference": montant_texte(comparee.ecart),
                "motif": comparee.motif or None,
            }
            for comparee in comparaison.annexes
        ],
        "ecartees": [{"ligne": e.ligne, "numero": e.numero, "motif": e.motif} for e in ecartees],
    }


def comparaison_rows(comparaison: Comparaison) -> list[dict[str, str | None]]:
    """One row per annexe compared, in the order of the file."""
    return [
        {
            "af_numero_annexe_financiere": comparee.annexe.numero,
            "type_siae": comparee.annexe.type_siae,
            "unitaire_avant": montant_texte(comparee.unitaire_avant),
            "unitaire_apres": montant_texte(comparee.unitaire_apres),
            "avant": montant_texte(comparee.avant),
            "apres": montant_texte(comparee.apres),
            "difference": montant_texte(comparee.ecart),
            "touchee": "oui" if comparee.touchee else "non",
            "motif": comparee.motif or None,
        }
        for comparee in comparaison.annexes
    ]
