"""Refusals of this application, told the same way wherever they are met."""

from __future__ import annotations

from typing import NoReturn

from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide


def refuse(code: str, quoi: str, que_faire: str) -> NoReturn:
    """Stop what is being done.

    Args:
        code: `MLG-QST-…`.
        quoi: What is wrong.
        que_faire: The way out.

    Raises:
        SaisieInvalide: always.
    """
    raise SaisieInvalide(Anomalie(code, quoi, que_faire))


def refuse_annee(annee: int) -> NoReturn:
    """No questionnaire has that year.

    Raises:
        Introuvable: MLG-QST-040, always.
    """
    raise Introuvable(
        Anomalie(
            "MLG-QST-040",
            f"Aucun questionnaire n’est défini pour {annee}.",
            "Repartez de la liste des questionnaires, ou de la page « Ma structure ».",
        )
    )
