"""The count of the 480 hours of one worker, placement by placement.

Source of every rule here: Code du travail, L5132-9, R5132-18 and, for the waiver, D5132-18-1 (loi
2020-1577 of 14/12/2020, décret 2021-1129 of 30/08/2021).
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, guillemets
from maillage.regles.mise_a_disposition.modele import (
    Decompte,
    Derogation,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    Plafond,
    PointDeDepart,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOIS_PAR_AN = 12


def compute_decompte(
    mises_a_disposition: Sequence[MiseADisposition],
    arrete_au: date,
    *,
    plafond: Plafond,
    lecture: Lecture,
    derogations: Sequence[Derogation] = (),
) -> Decompte:
    """Hours counted, left and over of one worker, as they stood at the end of a day.

    Args:
        mises_a_disposition: Placements of one worker, in any order.
        arrete_au: Day of the count; later placements are left out.
        plafond: Values of the law.
        lecture: The three readings, all chosen by the caller.
        derogations: Waivers granted to the association.

    Raises:
        SaisieInvalide: impossible hours, or waivers outside the law; all of them at once.

    Source:
        Code du travail, L5132-9, R5132-18 and D5132-18-1.
    """
    _check(mises_a_disposition, derogations, plafond)
    retenues = sorted(
        (mise for mise in mises_a_disposition if mise.date_debut <= arrete_au),
        key=lambda mise: mise.date_debut,
    )
    depart = _find_depart(retenues, lecture)
    anniversaire = None if depart is None else add_mois(depart, plafond.duree_mois)
    compteur = _Compteur(plafond, lecture, derogations, anniversaire)
    for mise in retenues:
        compteur.add(mise)
    return compteur.to_decompte(arrete_au, depart)


def add_mois(jour: date, nombre_mois: int) -> date:
    """Same day some months later, or the last day of a month that is too short.

    Source:
        Code de procédure civile, art. 641: a term in months ends on the day of the same number, or
        on the last day of the month.
    """
    rang = jour.year * _MOIS_PAR_AN + jour.month - 1 + nombre_mois
    annee, mois = divmod(rang, _MOIS_PAR_AN)
    return date(annee, mois + 1, min(jour.day, monthrange(annee, mois + 1)[1]))


class _Compteur:
    """Running totals of one worker; placements come in order of dates."""

    def __init__(
        self,
        plafond: Plafond,
        lecture: Lecture,
        derogations: Sequence[Derogation],
        anniversaire: date | None,
    ) -> None:
        self.plafond = plafond
        self.lecture = lecture
        self.derogations = derogations
        self.anniversaire = anniversaire
        self.comptees: list[float] = []
        self.derogees: list[float] = []
        self.depassement: list[float] = []
        self.sans_plafond: list[float] = []
        self.hors_periode: list[float] = []
        self.atteint: date | None = None
        self.franchi: date | None = None

    def add(self, mise: MiseADisposition) -> None:
        """Put the hours of one placement where they belong."""
        heures = mise.nombre_heures
        if not self.lecture.is_plafonne(mise.type_client):
            self.sans_plafond.append(heures)
            return
        sous_derogation = any(waiver.covers(mise.date_debut) for waiver in self.derogations)
        if sous_derogation:
            self.derogees.append(heures)
            if self.lecture.heures_sous_derogation is HeuresSousDerogation.NON_COMPTEES:
                return
        if mise.date_debut >= (self.anniversaire or date.max):
            if not sous_derogation:
                self.hors_periode.append(heures)
            return
        self._count(mise, sous_derogation=sous_derogation)

    def _count(self, mise: MiseADisposition, *, sous_derogation: bool) -> None:
        avant = max(math.fsum(self.comptees), self.plafond.nombre_heures)
        self.comptees.append(mise.nombre_heures)
        apres = math.fsum(self.comptees)
        if apres >= self.plafond.nombre_heures and self.atteint is None and mise.nombre_heures:
            self.atteint = mise.date_debut
        if apres > avant and not sous_derogation:
            self.depassement.append(apres - avant)
            self.franchi = self.franchi or mise.date_debut

    def to_decompte(self, arrete_au: date, depart: date | None) -> Decompte:
        """The count, with the warnings that its figures call for."""
        comptees = math.fsum(self.comptees)
        return Decompte(
            arrete_au=arrete_au,
            lecture=self.lecture,
            date_depart=depart,
            date_anniversaire=self.anniversaire,
            nombre_heures_comptees=comptees,
            nombre_heures_restantes=max(self.plafond.nombre_heures - comptees, 0.0),
            nombre_heures_sous_derogation=math.fsum(self.derogees),
            nombre_heures_depassement=math.fsum(self.depassement),
            nombre_heures_sans_plafond=math.fsum(self.sans_plafond),
            nombre_heures_hors_periode=math.fsum(self.hors_periode),
            date_plafond_atteint=self.atteint,
            date_franchissement=self.franchi,
            avertissements=self._warnings(),
        )

    def _warnings(self) -> tuple[str, ...]:
        phrases = []
        if self.franchi is not None:
            phrases.append(
                f"Plafond de {self.plafond.nombre_heures:g} heures dépassé le {format_date(self.franchi)} "
                "sans dérogation du préfet."
            )
        if self.hors_periode and self.anniversaire is not None:
            phrases.append(
                f"Des heures suivent le {format_date(self.anniversaire)}, terme des "
                f"{self.plafond.duree_mois} mois\u00a0: le texte ne dit pas si un nouveau décompte "
                "s’ouvre\u00a0; elles sont montrées à part."
            )
        return tuple(phrases)


def _find_depart(retenues: Sequence[MiseADisposition], lecture: Lecture) -> date | None:
    """Day that opens the 24 months, in a list sorted by date."""
    tous = lecture.point_de_depart is PointDeDepart.PREMIERE_TOUS_CLIENTS
    jours = (mise.date_debut for mise in retenues if tous or lecture.is_plafonne(mise.type_client))
    return next(jours, None)


def _check(
    mises_a_disposition: Sequence[MiseADisposition],
    derogations: Sequence[Derogation],
    plafond: Plafond,
) -> None:
    anomalies = [
        Anomalie(
            code="MLG-MAD-001",
            quoi=f"Nombre d’heures impossible\u00a0: {guillemets(str(mise.nombre_heures))}.",
            que_faire="Donnez un nombre d’heures positif ou nul.",
            ou=f"mise à disposition n° {rang} du {format_date(mise.date_debut)}",
        )
        for rang, mise in enumerate(mises_a_disposition, start=1)
        if not (math.isfinite(mise.nombre_heures) and mise.nombre_heures >= 0)
    ]
    for rang, derogation in enumerate(derogations, start=1):
        anomalies += _check_derogation(derogation, plafond, f"dérogation n° {rang}")
    if anomalies:
        raise SaisieInvalide(*anomalies)


def _check_derogation(derogation: Derogation, plafond: Plafond, ou: str) -> list[Anomalie]:
    debut, fin = derogation.date_debut, derogation.date_fin
    anomalies = []
    if fin < debut:
        anomalies.append(
            Anomalie(
                code="MLG-MAD-002",
                quoi=f"La dérogation finit le {format_date(fin)}, avant son début le {format_date(debut)}.",
                que_faire="Corrigez l’une des deux dates.",
                ou=ou,
            )
        )
    if plafond.derogation_depuis is None or debut < plafond.derogation_depuis:
        anomalies.append(
            Anomalie(
                code="MLG-MAD-003",
                quoi=f"Aucune dérogation n’était possible au {format_date(debut)}.",
                que_faire=(
                    "Vérifiez la date\u00a0: le décret 2021-1129 a ouvert la dérogation du préfet."
                ),
                ou=ou,
            )
        )
        return anomalies
    terme = add_mois(debut, plafond.derogation_duree_max_ans * _MOIS_PAR_AN)
    if fin >= terme:
        anomalies.append(
            Anomalie(
                code="MLG-MAD-004",
                quoi=(
                    f"La dérogation du {format_date(debut)} au {format_date(fin)} dure plus de "
                    f"{plafond.derogation_duree_max_ans} ans."
                ),
                que_faire="Saisissez chaque renouvellement comme une dérogation de plus.",
                ou=ou,
            )
        )
    return anomalies
