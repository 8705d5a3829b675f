"""Which organisation each structure of the extracts is.

Staff open it after an import, so that each director sees their own figures, and nobody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder
from maillage.web.network.models import Organisation
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.models import LienStructure
from maillage.web.pilotage.portee import parse_cle, write_cle
from maillage.web.pilotage.rapprochement import decide, decide_all_exact, propose, untie
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """Proposals, what resembles nobody, what was decided.

    Raises:
        Introuvable: MLG-PIL-016, the structure or the organisation does not exist.
    """
    if request.method == "POST":
        return _decide(request, choix)
    propositions, seules = propose(choix.faits)
    liens = list(
        LienStructure.objects.filter(is_confirme=True)
        .select_related("organisation")
        .order_by("organisation__nom", "type_siae")
    )
    vues, pages = paginate(seules, request.GET, choix.gardes, _PAR_PAGE)
    contexte = describe(request, choix, ("", "Organisations")) | {
        "constat": _find(len(liens), len(propositions), len(seules)),
        "propositions": [(write_cle(p.cle), p) for p in propositions],
        "exactes": sum(p.is_exacte for p in propositions),
        "seules": [(write_cle(s.cle), s) for s in vues],
        "nombre_seules": len(seules),
        "pages": pages,
        "liens": [(write_cle(lien.cle), lien) for lien in liens],
        "ecartes": LienStructure.objects.filter(is_confirme=False).select_related("organisation"),
        "organisations": Organisation.objects.filter(
            nature=Organisation.Nature.STRUCTURE, is_archived=False
        ),
    }
    return render(request, "pilotage/liens.html", contexte)


def _find(liens: int, propositions: int, seules: int) -> str:
    if not propositions and not seules:
        return "Toutes les structures de l’extrait sont reliées à une organisation."
    return (
        f"{accorder(liens, 'structure reliée', 'structures reliées')}, "
        f"{accorder(propositions, 'proposition', 'propositions')} à décider, "
        f"{accorder(seules, 'structure', 'structures')} sans organisation ressemblante."
    )


def _decide(request: HttpRequest, choix: Choix) -> HttpResponse:
    by = acteur_of(request).utilisateur_id
    match request.POST.get("faire"):
        case "tout":
            nombre = decide_all_exact(choix.faits, by)
            messages.success(request, f"{accorder(nombre, 'lien fait', 'liens faits')}.")
        case "delier":
            untie(get_object_or_404(LienStructure, pk=request.POST.get("lien")), by)
            messages.success(request, "Le lien est défait.")
        case "relier" | "ecarter" as geste:
            _decide_one(request, is_confirme=geste == "relier", by=by)
            messages.success(request, "C’est noté.")
        case _:
            raise Introuvable(_unknown())
    return redirect(request.get_full_path())


def _decide_one(request: HttpRequest, *, is_confirme: bool, by: int | None) -> None:
    cle = parse_cle(request.POST.get("cle", ""))
    pk = request.POST.get("organisation", "")
    organisation = Organisation.objects.filter(pk=pk).first() if pk.isdigit() else None
    if cle is None or organisation is None:
        raise Introuvable(_unknown())
    decide(
        cle,
        organisation,
        is_confirme=is_confirme,
        raison=request.POST.get("raison", "")[:120] or "choix fait à la main",
        by=by,
    )


def _unknown() -> Anomalie:
    return Anomalie(
        "MLG-PIL-016",
        "Cette structure, cette organisation ou ce geste n’existe pas.",
        "Repartez de la page des organisations du pilotage.",
    )
