"""Screens of a structure: answer section by section, see what is missing, send, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.web.droits.permissions import Permission
from maillage.web.network.models import Consentement
from maillage.web.questionnaire.champs import draw
from maillage.web.questionnaire.modele.etat import examine, list_posees, measure
from maillage.web.questionnaire.modele.fusion import read_envois, sign
from maillage.web.questionnaire.modele.saisie import Origine, format_saisie
from maillage.web.questionnaire.reponses import find_reponse, propose, save_envois, send
from maillage.web.questionnaire.views.chargement import get_questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from maillage.web.network.models import Organisation
    from maillage.web.questionnaire.modele.definition import Definition, Question, Section
    from maillage.web.questionnaire.modele.saisie import Saisie
    from maillage.web.questionnaire.models import Questionnaire, Reponse


def _structure(request: HttpRequest) -> Organisation:
    organisation: Organisation = request.objet  # type: ignore[attr-defined]  # set by the table of access
    return organisation


def _by(request: HttpRequest) -> int | None:
    numero: int | None = request.acteur.utilisateur_id  # type: ignore[attr-defined]  # set by the table of access
    return numero


def _saisies(reponse: Reponse | None) -> dict[str, Saisie]:
    return reponse.read_saisies() if reponse else {}


def accueil(request: HttpRequest, annee: int, pk: int) -> HttpResponse:
    """What is asked, how far the answer is, where to go on.

    Raises:
        Http404: the questionnaire is still being prepared.
    """
    questionnaire = _get_ouvert(annee)
    reponse = find_reponse(questionnaire, _structure(request))
    if not questionnaire.is_ouvert or (reponse and reponse.is_envoyee):
        return redirect("questionnaire-copie", annee=annee, pk=pk)
    definition = questionnaire.read_definition()
    saisies = _saisies(reponse)
    posees = list_posees(definition, saisies)
    sections = [
        (section, measure([q for q in posees if q in section.questions], saisies))
        for section in definition.sections
    ]
    contexte = {
        "questionnaire": questionnaire,
        "structure": _structure(request),
        "reponse": reponse,
        "sections": sections,
        "avancement": measure(posees, saisies),
        "reprise": next((s for s, a in sections if a.repondues < a.posees), None),
    }
    return render(request, "questionnaire/accueil.html", contexte)


def section(request: HttpRequest, annee: int, pk: int, code: str) -> HttpResponse:
    """One section: all that can be kept is kept, what is wrong is told at its field.

    Raises:
        Http404: no such section.
        SaisieInvalide: MLG-QST-020, it is not open, or was sent.
    """
    questionnaire, organisation = _get_ouvert(annee), _structure(request)
    definition = questionnaire.read_definition()
    dans = definition.find_section(code)
    if dans is None:
        msg = "no such section"
        raise Http404(msg)
    typees = {}
    if request.method == "POST":
        envois = read_envois(dans.questions, dict(request.POST.lists()))
        fusion = save_envois(questionnaire, organisation, dans.questions, envois, by=_by(request))
        if not fusion.erreurs:
            return _next(request, definition, dans, annee, pk)
        typees = {nom: (envois[nom], erreur) for nom, erreur in fusion.erreurs.items()}
    reponse = find_reponse(questionnaire, organisation)
    if not questionnaire.is_ouvert or (reponse and reponse.is_envoyee):
        return redirect("questionnaire-copie", annee=annee, pk=pk)
    saisies = _saisies(reponse)
    rang = definition.sections.index(dans)
    contexte = {
        "questionnaire": questionnaire,
        "structure": organisation,
        "section": dans,
        "champs": draw(
            definition,
            _shown(definition, dans, saisies),
            saisies,
            propose(questionnaire, organisation, definition),
            typees,
        ),
        "rang": rang + 1,
        "nombre": len(definition.sections),
        "precedente": definition.sections[rang - 1] if rang else None,
        "avancement": measure(list_posees(definition, saisies), saisies),
        "nombre_erreurs": len(typees),
    }
    return render(request, "questionnaire/section.html", contexte)


def _shown(definition: Definition, dans: Section, saisies: dict[str, Saisie]) -> list[Question]:
    """Questions to draw: those that wait for an answer of the same section are drawn too."""
    posees = list_posees(definition, saisies)
    ici = {question.code for question in dans.questions}
    return [
        question
        for question in dans.questions
        if question in posees or (question.condition and question.condition.question in ici)
    ]


def _next(
    request: HttpRequest, definition: Definition, dans: Section, annee: int, pk: int
) -> HttpResponse:
    rang = definition.sections.index(dans) + 1
    if request.POST.get("suite") == "pause":
        messages.success(
            request, "C’est enregistré\u202f: vous pourrez reprendre ici quand vous voudrez."
        )
        return redirect("questionnaire-repondre", annee=annee, pk=pk)
    if rang == len(definition.sections):
        return redirect("questionnaire-envoyer", annee=annee, pk=pk)
    suivante = definition.sections[rang]
    return redirect("questionnaire-repondre-section", annee=annee, pk=pk, code=suivante.code)


@require_POST
def champ(request: HttpRequest, annee: int, pk: int, code: str) -> HttpResponse:
    """One question, kept as soon as it is answered: the small line under it.

    Raises:
        Http404: no such question.
        SaisieInvalide: MLG-QST-020, it is not open, or was sent.
    """
    del pk
    questionnaire = _get_ouvert(annee)
    question = questionnaire.read_definition().find_question(code)
    if question is None:
        msg = "no such question"
        raise Http404(msg)
    envois = read_envois([question], dict(request.POST.lists()))
    fusion = save_envois(questionnaire, _structure(request), [question], envois, by=_by(request))
    contexte = {
        "question": question,
        "base": sign(fusion.saisies.get(code)),
        "erreur": fusion.erreurs.get(code, ""),
        "a": timezone.localtime(),
    }
    return render(request, "questionnaire/fragments/etat.html", contexte)


def envoyer(request: HttpRequest, annee: int, pk: int) -> HttpResponse:
    """What is missing, what disagrees, what the structure allows; then the sending.

    Raises:
        SaisieInvalide: MLG-QST-020 or 021, it cannot be sent.
    """
    questionnaire, organisation = _get_ouvert(annee), _structure(request)
    reponse = find_reponse(questionnaire, organisation)
    decide = request.acteur.may(Permission.CONSENTEMENTS_DONNER, organisation)  # type: ignore[attr-defined]  # set by the table of access
    usages = _usages(request, organisation)
    if request.method == "POST":
        decisions = (
            {usage.value: choix == "oui" for usage, choix in usages if choix} if decide else {}
        )
        if not decide or len(decisions) == len(usages):
            send(questionnaire, organisation, decisions, acteur=request.acteur)  # type: ignore[attr-defined]  # set by the table of access
            messages.success(request, "Merci\u202f: la réponse de la structure est envoyée.")
            return redirect("questionnaire-copie", annee=annee, pk=pk)
    elif not questionnaire.is_ouvert or (reponse and reponse.is_envoyee):
        return redirect("questionnaire-copie", annee=annee, pk=pk)
    definition = questionnaire.read_definition()
    bilan = examine(definition, _saisies(reponse))
    contexte = {
        "questionnaire": questionnaire,
        "structure": organisation,
        "bilan": bilan,
        "manquantes": _locate(definition, bilan.manquantes),
        "facultatives": _locate(definition, bilan.facultatives),
        "bloquantes": [
            (r, _locate(definition, _terms(definition, r.termes, r.total)))
            for r in bilan.bloquantes
        ],
        "signalees": [
            (r, _locate(definition, _terms(definition, r.termes, r.total))) for r in bilan.signalees
        ],
        "usages": usages,
        "decide": decide,
        "is_incomplet": request.method == "POST",
    }
    return render(request, "questionnaire/envoyer.html", contexte)


def _usages(
    request: HttpRequest, organisation: Organisation
) -> list[tuple[Consentement.Usage, str]]:
    """Each use and what is chosen: what was just sent, else what holds, else nothing."""
    en_vigueur = {
        decision.usage: "oui" if decision.accorde else "non"
        for decision in organisation.consentements.order_by("at", "id")
    }
    choisis = {u: request.POST.get(f"usage-{u.value}", "") for u in Consentement.Usage}
    return [
        (u, choisis[u] if choisis[u] in {"oui", "non"} else en_vigueur.get(u.value, ""))
        for u in Consentement.Usage
    ]


def _terms(definition: Definition, termes: tuple[str, ...], total: str) -> list[Question]:
    return [q for q in definition.questions if q.code in {*termes, total}]


def _locate(
    definition: Definition, questions: Iterable[Question]
) -> list[tuple[Section, Question]]:
    """Each question with the section where it is answered."""
    cherchees = set(questions)
    return [(s, q) for s in definition.sections for q in s.questions if q in cherchees]


def copie(request: HttpRequest, annee: int, pk: int) -> HttpResponse:
    """What the structure answered, to read and to print."""
    del pk
    questionnaire, organisation = _get_ouvert(annee), _structure(request)
    reponse = find_reponse(questionnaire, organisation)
    return render(
        request, "questionnaire/copie.html", describe_copie(questionnaire, organisation, reponse)
    )


def describe_copie(
    questionnaire: Questionnaire, organisation: Organisation, reponse: Reponse | None
) -> dict[str, Any]:
    """What the copy of an answer shows: each question asked, its answer, where it comes from."""
    definition = questionnaire.read_definition()
    saisies = _saisies(reponse)
    posees = list_posees(definition, saisies)
    return {
        "questionnaire": questionnaire,
        "structure": organisation,
        "reponse": reponse,
        "sections": [
            (
                section,
                [
                    (q, format_saisie(q, saisies.get(q.code)), _source(saisies.get(q.code)))
                    for q in section.questions
                    if q in posees
                ],
            )
            for section in definition.sections
        ],
    }


def _source(saisie: Saisie | None) -> str:
    if saisie is None or saisie.origine is not Origine.CONFIRMEE:
        return ""
    return f"préremplie {saisie.source}, confirmée par la structure"


def _get_ouvert(annee: int) -> Questionnaire:
    """The questionnaire of a year, once it was opened.

    Raises:
        Http404: it is still being prepared: structures do not see it.
    """
    questionnaire = get_questionnaire(annee)
    if questionnaire.definition is None:
        msg = "still being prepared"
        raise Http404(msg)
    return questionnaire
