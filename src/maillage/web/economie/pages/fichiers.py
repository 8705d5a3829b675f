"""Every year as a file, each line and each account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.comptes.export import annees_rows
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.web.economie.lecture import load_annees
from maillage.web.network.pages.organisations import answer_file
from maillage.web.network.requete import organisation_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def soldes(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Balances, lines and accounts of every year.

    Raises:
        Introuvable: MLG-ECO-010, no year is accepted; MLG-WEB-011, no such format.
    """
    annees = load_annees(organisation_of(request))
    if annees is None:
        raise Introuvable(
            Anomalie(
                "MLG-ECO-010",
                "Aucun exercice n’est accepté : il n’y a rien à exporter.",
                "Déposez un fichier des écritures comptables.",
                "adresse du fichier",
            )
        )
    return answer_file(f"economie-{pk}", extension, annees_rows(annees, detail=True))
