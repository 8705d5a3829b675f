"""Files of the cockpit: named by us, with the extract and the year in their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.network.pages.organisations import answer_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.web.pilotage.choix import Choix


def answer_table(nom: str, extension: str, rows: Sequence[Rangee], choix: Choix) -> HttpResponse:
    """A table as a file; each row says the extract that it comes from, and whether it is invented.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    extrait = choix.faits.extrait
    origine: Rangee = {
        "annee_des_mois": choix.annee,
        "perimetre": choix.perimetre,
        "extrait": extrait.identifiant,
        "extraction": extrait.extraction.isoformat(),
        "synthetique": "oui" if extrait.is_synthetic else "non",
    }
    complet = f"pilotage-{nom}-{choix.annee}-extrait-{extrait.extraction.isoformat()}"
    return answer_file(complet, extension, [{**row, **origine} for row in rows])
