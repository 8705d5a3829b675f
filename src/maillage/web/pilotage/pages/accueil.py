"""What needs attention this week.

A delegate opens it on Monday, to answer « whom must I call first? »; a director goes straight to their own
structure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.analyses.pilotage.rejets import explain_rejet
from maillage.analyses.pilotage.reperes import REPERES
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import group, summarise
from maillage.indicators.pilotage.tableaux import list_retards
from maillage.kernel.francais import accorder, format_nombre, format_valeur
from maillage.kernel.valeur import Absence
from maillage.web.droits.permissions import Permission
from maillage.web.network.models import TYPES_SIAE
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage import tableaux
from maillage.web.pilotage.chiffres import lien_synthese, make_cles
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.models import LienStructure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.etp import AnnexesDeLAnnee
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.web.pilotage.choix import Choix

_PREMIERS = 6


@dataclass(frozen=True, slots=True)
class Attention:
    """A kind of thing that needs attention.

    Attributes:
        titre: What, with how many.
        phrase: Why it matters, and what to do.
        lignes: First ones: (address, name, detail).
        suite: Address of all of them; empty when they are all here.
        geste: Words of that link.
    """

    titre: str
    phrase: str
    lignes: list[tuple[str, str, str]]
    suite: str = ""
    geste: str = ""


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The network's week; a member's own structure."""
    acteur = acteur_of(request)
    if not acteur.may(Permission.PILOTAGE_RESEAU):
        return _own(choix)
    annexes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
    places = choix.filtre.select(annexes)
    tout = summarise(annexes, places)
    suite = choix.gardes
    contexte = describe(request, choix) | {
        "constat": _find(tout, choix),
        "cles": make_cles(tout, suite),
        "attentions": list(_list_attentions(choix, annexes, places)),
        "par_type": _by_kind(choix, annexes, places) if len(places) else "",
        "tout": tout,
    }
    return render(request, "pilotage/accueil.html", contexte)


def _own(choix: Choix) -> HttpResponse:
    """A member with one structure goes to it; with several, to their list."""
    miennes = choix.filtre.structures or frozenset()
    connues = [cle for cle in sorted(miennes) if cle in index_structures(choix.faits).places]
    if len(connues) == 1:
        return redirect(tableaux.url_structure(choix, connues[0]))
    return redirect("pilotage-structures")


def _find(tout: Synthese, choix: Choix) -> str:
    if not tout.annexes:
        return f"Aucune annexe de {choix.annee} : {_absence(tout.conventionne_annuel)}."
    if isinstance(tout.taux, Absence):
        return (
            f"{format_valeur(tout.conventionne_annuel, 'ETP', 0)} conventionnés en {choix.annee} ; taux de "
            f"réalisation {tout.taux.value}."
        )
    retard = (
        f"{accorder(tout.mois_en_retard, 'mois d’annexe est', 'mois d’annexe sont')} en retard de saisie"
        if tout.mois_en_retard
        else "aucune saisie n’est en retard"
    )
    return f"{format_valeur(tout.taux, '%', 1)} de réalisation sur les mois faits de {choix.annee}, et {retard}."


def _absence(valeur: float | Absence) -> str:
    return valeur.value if isinstance(valeur, Absence) else ""


def _list_attentions(
    choix: Choix, annexes: AnnexesDeLAnnee, places: NDArray[np.int64]
) -> Iterator[Attention]:
    """What needs attention, what stops money first."""
    yield from _stopped(choix, annexes, places)
    yield from _late(choix)
    yield from _far(choix)
    yield from _pending(choix, annexes, places)
    yield from _unlinked(choix)


def _stopped(
    choix: Choix, annexes: AnnexesDeLAnnee, places: NDArray[np.int64]
) -> Iterator[Attention]:
    faits = choix.faits
    rangs = annexes.rangs[places]
    suspendues = [int(r) for r in rangs if faits.annexe("suspendue")[r]]
    rejetees = [int(r) for r in rangs if faits.annexe("rejet_code")[r]]
    if suspendues:
        yield Attention(
            accorder(len(suspendues), "paiement suspendu", "paiements suspendus"),
            "Rien n’est versé tant que la suspension dure : demander le motif au service instructeur.",
            [_annexe(choix, r, "") for r in suspendues[:_PREMIERS]],
            _rest(len(suspendues)),
        )
    if rejetees:
        codes = faits.annexe("rejet_code")
        banques = sum(explain_rejet(codes[r]).is_banque for r in rejetees)
        detail = (
            f", dont {accorder(banques, 'coordonnée bancaire refusée', 'coordonnées bancaires refusées')}"
            if banques
            else ""
        )
        yield Attention(
            accorder(len(rejetees), "annexe rejetée", "annexes rejetées") + detail,
            "Le motif est dit sur la page de la structure, avec ce qui le lève.",
            [_annexe(choix, r, explain_rejet(codes[r]).quoi) for r in rejetees[:_PREMIERS]],
            _rest(len(rejetees)),
        )


def _late(choix: Choix) -> Iterator[Attention]:
    retards = list_retards(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    if not retards:
        return
    structures = len({(r.asp_id, r.type) for r in retards})
    euros = format_nombre(sum(r.euros for r in retards))
    yield Attention(
        f"{accorder(structures, 'structure', 'structures')} en retard de saisie",
        f"L’aide au poste de ces mois vaut {euros} € au plus ; un courrier est prêt pour chacune.",
        [
            (
                tableaux.url_structure(choix, (r.asp_id, r.type)),
                f"{r.denomination} ({r.type})",
                f"{tableaux.tell_months(choix.annee, r.mois)}, {format_nombre(r.euros)} € au plus",
            )
            for r in retards[:_PREMIERS]
        ],
        f"{reverse('pilotage-retards')}?{choix.gardes}".rstrip("&?"),
        "Toutes les saisies en retard, et les courriers",
    )


def _far(choix: Choix) -> Iterator[Attention]:
    """Structures that are far under what they agreed, on the months done."""
    table = tableaux.open_table(choix)
    groupes = table.groupes
    ecart_etp = (groupes.realise - groupes.prevu) / 12
    sous = [
        place
        for place in tableaux.order(table, "ecart", descendant=False)
        if groupes.taux[place] < 100 - REPERES.tolerance and ecart_etp[place] < -REPERES.ecart_etp
    ]
    if not sous:
        return
    yield Attention(
        f"{accorder(len(sous), 'structure', 'structures')} loin sous leurs postes",
        f"Plus de {format_nombre(REPERES.tolerance)} points sous la convention et plus de "
        f"{format_nombre(REPERES.ecart_etp, 2)} ETP d’une année (repères du réseau). À voir avant le "
        "dialogue de gestion, tant qu’un avenant est possible.",
        [
            (
                tableaux.url_structure(choix, table.cles[place]),
                f"{ligne.denomination} ({ligne.type})",
                (
                    f"{format_valeur(ligne.synthese.taux, '%', 1)}, "
                    f"{format_valeur(ligne.synthese.ecart_euros, '€')}"
                ),
            )
            for place in sous[:_PREMIERS]
            for ligne in [table.ligne(place)]
        ],
        f"{reverse('pilotage-structures')}?{choix.gardes}tri=ecart&ordre=asc",
        "Toutes les structures, les plus grands écarts d’abord",
    )


def _pending(
    choix: Choix, annexes: AnnexesDeLAnnee, places: NDArray[np.int64]
) -> Iterator[Attention]:
    avenants = choix.faits.annexe("avenant_en_cours")
    attend = [int(r) for r in annexes.rangs[places] if avenants[r]]
    if attend:
        yield Attention(
            accorder(len(attend), "avenant en attente", "avenants en attente"),
            "L’avenant n’est pas encore valide : les postes de l’annexe précédente comptent.",
            [_annexe(choix, r, str(avenants[r])) for r in attend[:_PREMIERS]],
            _rest(len(attend)),
        )


def _unlinked(choix: Choix) -> Iterator[Attention]:
    """Structures that no organisation is tied to: their director sees nothing."""
    if choix.filtre.structures is not None:
        return
    reliees = {lien.cle for lien in LienStructure.objects.filter(is_confirme=True)}
    seules = [cle for cle in index_structures(choix.faits).cles if cle not in reliees]
    if seules:
        yield Attention(
            f"{accorder(len(seules), 'structure', 'structures')} sans organisation",
            "Tant que le lien n’est pas fait, leur direction ne voit pas ses propres chiffres.",
            [],
            reverse("pilotage-liens"),
            "Relier les structures et les organisations",
        )


def _annexe(choix: Choix, rang: int, detail: str) -> tuple[str, str, str]:
    faits = choix.faits
    cle = (int(faits.annexe("asp_id")[rang]), str(faits.annexe("type")[rang]))
    nom = f"{faits.annexe('denomination')[rang]} ({cle[1]})"
    numero = str(faits.annexe("numero")[rang])
    return tableaux.url_structure(choix, cle), nom, ", ".join(filter(None, (numero, detail)))


def _rest(nombre: int) -> str:
    """Where the others are, when there are more than shown."""
    return reverse("pilotage-structures") if nombre > _PREMIERS else ""


_COLONNES = (
    Colonne("type", "Type", droite=False),
    Colonne("annexes", "Annexes"),
    Colonne("etp", "ETP conventionnés", "ETP de l’année"),
    Colonne("taux", "Réalisation", "%, mois faits"),
    Colonne("ecart", "Écart", "€, mois faits"),
    Colonne("retard", "En retard", "mois d’annexe"),
    Colonne("prevision", "Prévision", "ETP de l’année"),
)


def _by_kind(choix: Choix, annexes: AnnexesDeLAnnee, places: NDArray[np.int64]) -> SafeString:
    import numpy as np  # noqa: PLC0415 — the name is a type above

    types = choix.faits.annexe("type")[annexes.rangs[places]]
    rangs = np.array([TYPES_SIAE.index(t) for t in types], dtype=np.int64)
    groupes = group(annexes, places, rangs, len(TYPES_SIAE))
    base = f"{choix.base}&" if choix.base else ""
    lignes = []
    for rang, type_siae in enumerate(TYPES_SIAE):
        s = groupes.synthese(rang)
        if not s.annexes:
            continue
        suite = f"{base}type={type_siae}"
        lignes.append(
            Ligne(
                (
                    lien_texte(f"{reverse('pilotage-structures')}?{suite}", type_siae),
                    texte(format_nombre(s.annexes)),
                    *(
                        Cellule(lien_synthese(code, s, suite, unite=False))
                        for code in (
                            "etp_conventionnes_mensuels",
                            "taux_realisation",
                            "ecart_euros",
                            "mois_en_retard",
                            "prevision",
                        )
                    ),
                )
            )
        )
    return render_table(f"Par type, {choix.annee}", _COLONNES, lignes, entier=True)
