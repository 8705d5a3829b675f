"""The questionnaire that an address names, and small pieces that all screens share."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.http import HttpResponse

from maillage.web.questionnaire.erreurs import refuse_annee
from maillage.web.questionnaire.models import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def get_questionnaire(annee: int) -> Questionnaire:
    """The questionnaire of a year.

    Raises:
        Introuvable: MLG-QST-040, there is none.
    """
    trouve: Questionnaire | None = Questionnaire.objects.filter(annee=annee).first()
    if trouve is None:
        refuse_annee(annee)
    return trouve


def answer_csv(nom: str, lignes: Iterable[Sequence[object]]) -> HttpResponse:
    """A table as a CSV file that French spreadsheets open, and of which they run nothing."""
    texte = io.StringIO()
    ecrit = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    ecrit.writerows([[_as_text(cellule) for cellule in ligne] for ligne in lignes])
    reponse = HttpResponse("\ufeff" + texte.getvalue(), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.csv"'
    reponse["Cache-Control"] = "no-store"
    return reponse


def _as_text(cellule: object) -> object:
    if isinstance(cellule, str) and cellule[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{cellule}"
    return str(cellule).replace(".", ",") if isinstance(cellule, float) else cellule
