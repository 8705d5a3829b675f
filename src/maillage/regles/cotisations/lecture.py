"""The point of law that no text settles: the paid-leave indemnity of the AI in the reductions."""

from __future__ import annotations

from enum import StrEnum

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets


class LectureCongesPayes(StrEnum):
    """How the SMIC of the formula treats the paid-leave indemnity. Never defaulted.

    An AI pays the indemnity with each hour of a CDD d'usage, so an hour at the SMIC is paid 1.1
    SMIC. No text found says whether the SMIC of the formula is raised by as much.
    """

    SMIC_NON_CORRIGE = "smic_non_corrige"
    SMIC_CORRIGE = "smic_corrige"
    SANS_OBJET = "sans_objet"

    @property
    def libelle(self) -> str:
        """The reading, in one French sentence."""
        return _LIBELLES[self]


_LIBELLES = {
    LectureCongesPayes.SMIC_NON_CORRIGE: (
        "Le SMIC de la formule n’est pas corrigé de l’indemnité de congés payés\u00a0: payé au SMIC, "
        "un salarié compte pour 1,1 SMIC et la réduction n’est pas maximale."
    ),
    LectureCongesPayes.SMIC_CORRIGE: (
        "Le SMIC de la formule est majoré du taux de l’indemnité de congés payés\u00a0: payé au SMIC, "
        "un salarié ouvre droit à la réduction maximale."
    ),
    LectureCongesPayes.SANS_OBJET: (
        "Aucune indemnité de congés payés n’est versée avec la rémunération de la période."
    ),
}


def check_lectures(lectures: set[str]) -> None:
    """Refuse a reading that does not exist.

    Args:
        lectures: Distinct values of the column.

    Raises:
        SaisieInvalide: one anomaly per unknown value.
    """
    connues = ", ".join(guillemets(lecture.value) for lecture in LectureCongesPayes)
    anomalies = [
        Anomalie(
            code="MLG-COT-001",
            quoi=f"Lecture des congés payés inconnue\u00a0: {guillemets(lecture)}.",
            que_faire=f"Choisissez l’une de ces lectures\u00a0: {connues}.",
        )
        for lecture in sorted(lectures - {lecture.value for lecture in LectureCongesPayes})
    ]
    if anomalies:
        raise SaisieInvalide(*anomalies)
