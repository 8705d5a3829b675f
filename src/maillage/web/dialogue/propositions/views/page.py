"""The page of one proposal: its text, its cost, where it was carried, what it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from maillage.kernel.errors import UserError
from maillage.kernel.francais import accorder, format_date
from maillage.regles.engine.lecture_reforme import list_reformes
from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.engagements.filtres import name_lieu
from maillage.web.dialogue.engagements.lecture import Nommage, facts, in_order
from maillage.web.dialogue.engagements.requete import acteur_of
from maillage.web.dialogue.models import (
    Chiffrage,
    Engagement,
    Fait,
    Portage,
    Proposition,
    Sujet,
)
from maillage.web.dialogue.propositions.chiffrage import (
    CALCULS,
    Question,
    compute,
    version_regles,
)
from maillage.web.dialogue.propositions.lecture import (
    carryings,
    commitments,
    describe_run,
    outcomes,
    readable_documents,
    tell_cost,
    tell_issues,
)
from maillage.web.droits.permissions import Permission
from maillage.web.publications.views.versions import compare

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.droits.acteur import Acteur


def find_visible(request: HttpRequest, pk: int) -> Proposition:
    """The proposal that an address names, when the person reads it.

    Raises:
        Http404: there is none, or it is not for them.
    """
    found: Proposition | None = (
        Proposition.objects.visible(acteur_of(request)).filter(pk=pk).first()
    )
    if found is None:
        msg = "no such proposal for this person"
        raise Http404(msg)
    return found


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, as far as the person reads it.

    Raises:
        Http404: there is none, or it is not for them.
    """
    proposition, acteur = find_visible(request, pk), acteur_of(request)
    lisibles = Proposition.objects.visible(acteur)
    lus = Portage.objects.visible(acteur).filter(proposition=proposition)
    portages = list(lus.select_related("proposition", "charge").order_by("date", "pk"))
    versions = list(proposition.versions.all())
    chiffrages = list(proposition.chiffrages.all())
    contexte = {
        "fil": [("/dialogue/propositions/", "Propositions"), ("", proposition.titre)],
        "proposition": proposition,
        "constat": _finding(proposition, portages, chiffrages),
        "lieu": name_lieu(proposition.niveau, proposition.territoire),
        "texte": versions[0] if versions else None,
        "versions": versions,
        "sujet": Sujet.objects.visible(acteur).filter(pk=proposition.sujet_id or 0).first(),
        "remplace": lisibles.filter(remplacee_par=proposition),
        "remplacee_par": lisibles.filter(remplace=proposition),
        "chiffrages": [describe_run(c) for c in chiffrages],
        "scenarios": _scenarios(chiffrages),
        "etapes": _story(proposition, portages, acteur),
        "portages": portages,
        "documents": readable_documents(proposition, acteur),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR, proposition),
        "voit_interne": acteur.may(Permission.DIALOGUE_INTERNE),
    }
    answer = render(request, "dialogue/propositions/page.html", contexte)
    patch_vary_headers(answer, ["Cookie"])
    return answer


def _story(proposition: Proposition, portages: list[Portage], acteur: Acteur) -> list[Any]:
    engagements = list(
        Engagement.objects.visible(acteur)
        .filter(proposition=proposition)
        .select_related("charge")
        .prefetch_related("etats")
    )
    nommage = Nommage(acteur, (e.charge_id for e in engagements))
    return in_order(
        [
            *carryings(portages, acteur),
            *outcomes([proposition]),
            *commitments(engagements, nommage),
            *facts(Fait.objects.visible(acteur).filter(propositions=proposition)),
        ]
    )


def _finding(proposition: Proposition, portages: list[Portage], chiffrages: list[Chiffrage]) -> str:
    """The answer of the page: where it stands, how often it was carried, what it costs."""
    phrase = proposition.get_statut_display().capitalize()
    if portages:
        fois = accorder(len(portages), "fois", "fois")
        is_portee = proposition.statut == Proposition.Statut.PORTEE
        phrase += f" {fois}" if is_portee else f", portée {fois}"
        phrase += f", {tell_issues(portages)}"
    cout = tell_cost(chiffrages[0]) if chiffrages else "pas encore chiffrée"
    return f"{phrase}\u202f; coût\u00a0: {cout}." if chiffrages else f"{phrase}\u202f; {cout}."


def _scenarios(chiffrages: list[Chiffrage]) -> list[tuple[str, str]]:
    """(code, address) of the scenarios of the rules that the published costings are about."""
    publies = [str(c.parametres.get("chiffrage", "")) for c in chiffrages]
    codes = [
        code
        for code in list_reformes()
        if any(p.startswith(code) or code.startswith(p.partition("_plf")[0]) for p in publies if p)
    ]
    return [(code, f"/regles/reformes/{code}/") for code in codes]


def version(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """One text of a proposal, and what it changed from the one before.

    Raises:
        Http404: there is none, or it is not for this person.
    """
    proposition, acteur = find_visible(request, pk), acteur_of(request)
    lue = get_object_or_404(proposition.versions, numero=numero)
    avant = proposition.versions.filter(numero=numero - 1).first()
    interne = acteur.may(Permission.DIALOGUE_INTERNE)
    auteur = Utilisateur.objects.filter(pk=lue.by_id).first() if interne and lue.by_id else None
    contexte = {
        "fil": [
            ("/dialogue/propositions/", "Propositions"),
            (f"/dialogue/propositions/{pk}/", proposition.titre),
            ("", f"Texte {numero}"),
        ],
        "proposition": proposition,
        "version": lue,
        "avant": avant,
        "auteur": auteur.nom_complet if auteur else "",
        "lignes": compare(avant.texte, lue.texte) if avant else [],
    }
    return render(request, "dialogue/propositions/version.html", contexte)


def chiffrage(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """A frozen costing, done again by the rules of today: the same, or what differs.

    Raises:
        Http404: there is none, or it is not for this person.
    """
    proposition, acteur = find_visible(request, pk), acteur_of(request)
    fige = get_object_or_404(Chiffrage, pk=numero, proposition=proposition)
    question = Question.read(fige.calcul, fige.parametres)
    try:
        refait, refus = compute(question), ""
    except UserError as error:
        refait, refus = None, " ".join(f"{a.quoi} {a.que_faire}" for a in error.anomalies)
    autre = None
    if refait is not None and refait != fige.resultat:
        autre = describe_run(Chiffrage(resultat=refait, proposition=proposition, at=fige.at))
    contexte = {
        "fil": [
            ("/dialogue/propositions/", "Propositions"),
            (f"/dialogue/propositions/{pk}/", proposition.titre),
            ("", f"Chiffrage du {format_date(fige.at.date())}"),
        ],
        "proposition": proposition,
        "c": describe_run(fige),
        "nature": CALCULS[fige.calcul],
        "question": question,
        "version_actuelle": version_regles(),
        "memes_regles": fige.version_regles == version_regles(),
        "pareil": refait is not None and autre is None,
        "autre": autre,
        "refus": refus,
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR, proposition),
    }
    return render(request, "dialogue/propositions/chiffrage.html", contexte)
