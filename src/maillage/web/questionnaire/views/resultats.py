"""Screens of results: how many answered, then one question per page, with statistical secrecy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render

from maillage.web.questionnaire.arrete import read_repondants
from maillage.web.questionnaire.erreurs import refuse
from maillage.web.questionnaire.modele.resultats import REGLE, compute, is_publiable
from maillage.web.questionnaire.views.chargement import answer_csv, get_questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from maillage.web.questionnaire.modele.definition import Question
    from maillage.web.questionnaire.modele.resultats import Croisement
    from maillage.web.questionnaire.models import Questionnaire

_GARDE = 24 * 3600
"""Seconds that tables are kept."""


def resultats(request: HttpRequest, annee: int) -> HttpResponse:
    """How many answered and how many count, then the questions.

    Results are those of the close: read while answers still come in, two readings that differ by
    one structure would give its answer away.

    Raises:
        Http404: it is still being prepared.
    """
    questionnaire = get_questionnaire(annee)
    if questionnaire.definition is None:
        msg = "still being prepared"
        raise Http404(msg)
    definition = questionnaire.read_definition()
    contexte = _common(questionnaire) | {
        "sections": [
            (section, [(q, is_publiable(q)) for q in section.questions])
            for section in definition.sections
        ],
        "envoyees": questionnaire.reponses.filter(sent_at__isnull=False).count(),
    }
    return render(request, "questionnaire/resultats.html", contexte)


def resultat(request: HttpRequest, annee: int, code: str) -> HttpResponse:
    """One question.

    Raises:
        Http404: no such question, or one that is never published.
        SaisieInvalide: MLG-QST-032, the questionnaire is not closed.
    """
    questionnaire, question, tables = _load(annee, code)
    posees = [q for q in questionnaire.read_definition().questions if is_publiable(q)]
    rang = [q.code for q in posees].index(code)
    contexte = _common(questionnaire) | {
        "question": question,
        "tables": tables,
        "precedente": posees[rang - 1] if rang else None,
        "suivante": posees[rang + 1] if rang + 1 < len(posees) else None,
        "has_secret": any(case.raison for t in tables for _, cases in t.lignes for case in cases),
    }
    return render(request, "questionnaire/resultat.html", contexte)


def resultat_csv(request: HttpRequest, annee: int, code: str) -> HttpResponse:
    """The same tables as CSV: what the page hides, the file hides.

    Raises:
        Http404: no such question, or one that is never published.
        SaisieInvalide: MLG-QST-032, the questionnaire is not closed.
    """
    del request
    _, question, tables = _load(annee, code)
    return answer_csv(f"questionnaire-{annee}-{code}", _rows(question, tables))


def _rows(question: Question, tables: tuple[Croisement, ...]) -> Iterator[tuple[object, ...]]:
    yield ("question", "par", "groupe", "mesure", "valeur", "état")
    for table in tables:
        for ligne, cases in table.lignes:
            for colonne, case in zip(table.colonnes, cases, strict=True):
                valeur = case.texte if case.valeur is None else case.valeur
                yield (question.code, table.axe, ligne, colonne, valeur, case.raison)


def _load(annee: int, code: str) -> tuple[Questionnaire, Question, tuple[Croisement, ...]]:
    questionnaire = get_questionnaire(annee)
    if questionnaire.arrete is None:
        refuse(
            "MLG-QST-032",
            f"Les résultats de {annee} ne sont pas arrêtés.",
            "Ils le seront à la clôture du questionnaire.",
        )
    question = questionnaire.read_definition().find_question(code)
    if question is None or not is_publiable(question):
        msg = "no such result"
        raise Http404(msg)
    return questionnaire, question, _compute_once(questionnaire, question)


def _compute_once(questionnaire: Questionnaire, question: Question) -> tuple[Croisement, ...]:
    """Tables of a question, kept a day: what was frozen gives the same ones, and secrecy is slow.

    Only what may be shown is kept.
    """
    arrete = questionnaire.arrete
    clos_at = questionnaire.clos_at
    cle = f"questionnaire-{questionnaire.pk}-{clos_at and clos_at.timestamp()}-{question.code}"
    tables: tuple[Croisement, ...] | None = cache.get(cle)
    if tables is None:
        tables = compute(question, read_repondants(arrete or {"repondants": []}))
        cache.set(cle, tables, _GARDE)
    return tables


def _common(questionnaire: Questionnaire) -> dict[str, Any]:
    arrete = questionnaire.arrete or {"envoyees": 0, "repondants": []}
    return {
        "questionnaire": questionnaire,
        "arretes": questionnaire.arrete is not None,
        "repondues": arrete["envoyees"],
        "comptees": len(arrete["repondants"]),
        "methode": REGLE.methode,
        "parametres": REGLE.parametres,
    }
