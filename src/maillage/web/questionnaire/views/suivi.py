"""Screens by which staff follow the answers, remind, read one and open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.kernel.francais import accorder, join_fr, typeset
from maillage.web.questionnaire.courriel import remind
from maillage.web.questionnaire.erreurs import refuse
from maillage.web.questionnaire.forms import MotifForm
from maillage.web.questionnaire.reponses import find_reponse, reopen
from maillage.web.questionnaire.suivi import (
    EtatReponse,
    list_destinataires,
    list_lignes,
    measure_all,
    measure_by,
)
from maillage.web.questionnaire.views.chargement import answer_csv, get_questionnaire
from maillage.web.questionnaire.views.reponse import describe_copie

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.network.models import Organisation
    from maillage.web.questionnaire.suivi import Ligne

PAR_PAGE = 50


def suivi(request: HttpRequest, annee: int) -> HttpResponse:
    """Response rate, by region and kind, then who stands where."""
    questionnaire = get_questionnaire(annee)
    lignes = _load(request, annee)
    choisies = _filter(request, lignes)
    query = {nom: v for nom in ("etat", "region", "type") if (v := request.GET.get(nom))}
    contexte = {
        "questionnaire": questionnaire,
        "taux": measure_all(lignes),
        "regions": measure_by(lignes, "region"),
        "types": measure_by(lignes, "type_siae"),
        "etats": list(EtatReponse),
        "choix": query,
        "page": Paginator(choisies, PAR_PAGE).get_page(request.GET.get("page")),
        "base": urlencode(query),
    }
    return render(request, "questionnaire/suivi.html", contexte)


def _load(request: HttpRequest, annee: int) -> list[Ligne]:
    acteur = request.acteur  # type: ignore[attr-defined]  # set by the table of access
    return list_lignes(get_questionnaire(annee), acteur, timezone.localdate())


def _filter(request: HttpRequest, lignes: list[Ligne]) -> list[Ligne]:
    etat, region, type_siae = (request.GET.get(nom, "") for nom in ("etat", "region", "type"))
    return [
        ligne
        for ligne in lignes
        if etat in {"", ligne.etat.value}
        and region in {"", ligne.region}
        and type_siae in {"", ligne.type_siae}
    ]


def suivi_csv(request: HttpRequest, annee: int) -> HttpResponse:
    """The structures that answer the filter, as CSV; nothing of their answers."""
    entete = ("structure", "siren", "région", "type", "réponse", "avancement %", "envoyée le")
    lignes = [
        (
            ligne.organisation.nom,
            ligne.organisation.siren,
            ligne.region,
            ligne.type_siae,
            ligne.etat.libelle,
            ligne.pourcentage,
            _day(ligne),
        )
        for ligne in _filter(request, _load(request, annee))
    ]
    return answer_csv(f"questionnaire-{annee}-suivi", [entete, *lignes])


def _day(ligne: Ligne) -> str:
    envoyee = ligne.reponse.sent_at if ligne.reponse else None
    return timezone.localtime(envoyee).date().isoformat() if envoyee else ""


def relance(request: HttpRequest, annee: int) -> HttpResponse:
    """Who would be written to, and the sending itself.

    Raises:
        SaisieInvalide: MLG-QST-030, the questionnaire is not open, or nobody is late.
        DonneesIndisponibles: MLG-QST-031, the mail server does not answer.
    """
    questionnaire = get_questionnaire(annee)
    lignes = _load(request, annee)
    destinataires = list_destinataires(lignes, timezone.localdate())
    if request.method == "POST":
        if not questionnaire.is_ouvert or not destinataires:
            refuse(
                "MLG-QST-030",
                "Aucun message n’est à envoyer.",
                "Le questionnaire doit être ouvert, et une direction en retard avoir un compte.",
            )
        refuses = remind(
            questionnaire,
            destinataires,
            by=request.acteur.utilisateur_id,  # type: ignore[attr-defined]  # set by the table of access
        )
        _tell(request, len(destinataires), refuses)
        return redirect("questionnaire-suivi", annee=annee)
    joints = {destinataire.organisation.pk for destinataire in destinataires}
    contexte = {
        "questionnaire": questionnaire,
        "destinataires": destinataires,
        "sans_direction": [
            ligne.organisation
            for ligne in lignes
            if ligne.etat is not EtatReponse.ENVOYEE and ligne.organisation.pk not in joints
        ],
    }
    return render(request, "questionnaire/relance.html", contexte)


def _tell(request: HttpRequest, nombre: int, refuses: list[str]) -> None:
    partis = accorder(nombre - len(refuses), "message envoyé", "messages envoyés")
    messages.success(request, f"{partis}.")
    if refuses:
        messages.error(request, typeset(f"Le serveur de courrier a refusé : {join_fr(refuses)}."))


def lecture(request: HttpRequest, annee: int, pk: int) -> HttpResponse:
    """The answer of a structure, read by staff, who may open it again.

    Raises:
        Http404: the structure has not begun.
        SaisieInvalide: MLG-QST-020 or 022, it cannot be opened again.
    """
    organisation: Organisation = request.objet  # type: ignore[attr-defined]  # set by the table of access
    questionnaire = get_questionnaire(annee)
    reponse = find_reponse(questionnaire, organisation)
    if reponse is None:
        msg = "no answer"
        raise Http404(msg)
    if request.method == "POST":
        motif = request.POST.get("motif", "").strip()
        reopen(reponse, motif, by=request.acteur.utilisateur_id)  # type: ignore[attr-defined]  # set by the table of access
        messages.success(request, "La réponse est rouverte\u202f: la structure peut la reprendre.")
        return redirect("questionnaire-lecture", annee=annee, pk=pk)
    contexte = describe_copie(questionnaire, organisation, reponse) | {
        "rouvrir": MotifForm() if reponse.is_envoyee and questionnaire.is_ouvert else None,
        "is_reseau": True,
    }
    return render(request, "questionnaire/copie.html", contexte)
