"""What is asked about a job, read from text: every answer that is wrong is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.emploi.aides import find_mois, name_mois
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, format_nombre, guillemets, join_fr
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.aide_au_poste.lignes import TYPES_SIAE
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.proches import find_proche

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.analyses.emploi.foyers import Foyer
    from maillage.analyses.emploi.table import Table
    from maillage.regles.engine.legislation import Legislation

TYPES_SALARIES = tuple(un for un in TYPES_SIAE if un != "EITI")
"""Kinds whose people are employees: those of an EITI are self-employed."""
_ACCIDENT_MAX = 50
_UNITAIRE_MAX = Decimal(100_000)
_NOMBRE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Contrefactuel:
    """What would have been without the job: a hypothesis of the reader, never a statistic.

    Attributes:
        minimum: Smallest share, 0 to 1, of the people who would have had the same job elsewhere.
        maximum: Largest share.
    """

    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Demande:
    """A job to value.

    Attributes:
        foyer: Household of the person.
        heures: Paid by week, at least one.
        majoration: Of the pay above the gross hourly SMIC.
        type_siae: Kind of structure.
        mois: Month of the law, « 2025-11 ».
        contrefactuel: What would have been without the job.
        revaloriser: More pay by the hour; None when it is not asked.
        montant_unitaire: Of the reader's annexe; None for that of the law.
        lecture: How paid leave is paid, and read by the reduction of contributions; None where the
            reader did not choose: within the hours.
        taux_accident_travail: Of the reader's own notification, 0 to 1; None for that of the table.
    """

    foyer: Foyer
    heures: int
    majoration: Centimes
    type_siae: str
    mois: str
    contrefactuel: Contrefactuel = Contrefactuel()
    revaloriser: Centimes | None = None
    montant_unitaire: Centimes | None = None
    lecture: LectureCongesPayes | None = None
    taux_accident_travail: Decimal | None = None


class _Lecture:
    """Answers read one after the other, against the grid of a table."""

    def __init__(self, textes: Mapping[str, str | None], table: Table) -> None:
        self._textes = textes
        self._grille = table.hypotheses
        self.fautes: list[Anomalie] = []

    def refuse(self, code: str, quoi: str, que_faire: str, champ: str) -> None:
        self.fautes.append(Anomalie(code, quoi, que_faire, champ))

    def get(self, champ: str) -> str:
        return (self._textes.get(champ) or "").strip()

    def read_foyer(self) -> Foyer | None:
        code, foyers = self.get("foyer"), self._grille.foyers
        if code in foyers:
            return foyers[code]
        proche = find_proche(code, foyers)
        self.refuse(
            "MLG-EMP-006",
            f"le foyer {guillemets(code)} n’existe pas",
            f"vouliez-vous dire {guillemets(proche)}\u00a0?"
            if proche
            else f"choisissez l’un de ceux-ci\u00a0: {', '.join(foyers)}.",
            "foyer",
        )
        return None

    def read_heures(self) -> int:
        texte = self.get("heures")
        grille = [heures for heures in self._grille.heures if heures]
        heures = parse_nombre(texte)
        if heures is not None and heures in grille:
            return int(heures)
        self.refuse(
            "MLG-EMP-007",
            f"{guillemets(texte)} n’est pas une durée hebdomadaire de la table",
            f"choisissez {join_fr(map(str, grille), 'ou')} heures, ou refaites une table avec les vôtres.",
            "heures",
        )
        return grille[0] if grille else 0

    def read_hausse(self, champ: str, depart: Centimes) -> Centimes | None:
        """Euros by the hour that lead from a pay of the grid to another; None when empty or wrong."""
        texte = self.get(champ)
        if not texte:
            return None
        montant = parse_euros(texte)
        possibles = [un - depart for un in self._grille.majorations if un >= depart]
        if champ == "revaloriser":
            possibles = [un for un in possibles if un.nombre]
        if montant is not None and montant in possibles:
            return montant
        que_faire = (
            f"choisissez {join_fr(map(format_euros, possibles), 'ou')} de l’heure, ou refaites une "
            "table avec les vôtres."
            if possibles
            else "partez d’un salaire moins élevé\u00a0: la table n’en a pas de plus haut."
        )
        self.refuse(
            "MLG-EMP-008", f"{guillemets(texte)} n’est pas une hausse de la table", que_faire, champ
        )
        return None

    def read_type(self) -> str:
        texte = self.get("type").upper()
        if texte in TYPES_SALARIES:
            return texte
        motif = (
            "les personnes d’une EITI sont indépendantes\u00a0: ce calcul est celui d’un salarié"
            if texte in TYPES_SIAE
            else f"le type {guillemets(texte)} n’existe pas"
        )
        self.refuse("MLG-EMP-010", motif, f"choisissez {join_fr(TYPES_SALARIES, 'ou')}.", "type")
        return ""

    def read_contrefactuel(self) -> Contrefactuel:
        texte = self.get("sinon_en_emploi")
        if not texte:
            return Contrefactuel()
        parts = [parse_nombre(un.strip(" %\u00a0\u202f")) for un in re.split("[-:]", texte)]
        bornes = parts * 2 if len(parts) == 1 else parts
        minimum, maximum = (*bornes, None, None)[:2]
        if len(bornes) > 2 or minimum is None or maximum is None or not minimum <= maximum <= 100:  # noqa: PLR2004 — two bounds, of a percentage
            self.refuse(
                "MLG-EMP-011",
                f"{guillemets(texte)} n’est pas une part, ni un intervalle de parts",
                "écrivez des pour cent, par exemple 30, ou 20-60.",
                "sinon_en_emploi",
            )
            return Contrefactuel()
        return Contrefactuel(minimum / 100, maximum / 100)

    def read_montant_unitaire(self) -> Centimes | None:
        texte = self.get("montant_unitaire")
        montant = parse_euros(texte)
        if not texte or (montant is not None and montant <= Centimes.from_euros(_UNITAIRE_MAX)):
            return montant
        self.refuse(
            "MLG-EMP-012",
            f"{guillemets(texte)} n’est pas un montant par ETP et par an",
            "reprenez celui que l’annexe imprime, en euros.",
            "montant_unitaire",
        )
        return None

    def read_taux_accident(self) -> Decimal | None:
        """A rate under that of the table would change the reduction too, which covers it up to a ceiling."""
        texte = self.get("accidents_du_travail")
        minimum = self._grille.taux_accident_travail * 100
        taux = parse_nombre(texte.rstrip(" %\u00a0\u202f"))
        if not texte or (taux is not None and minimum <= taux <= _ACCIDENT_MAX):
            return None if taux is None else taux / 100
        self.refuse(
            "MLG-EMP-014",
            f"{guillemets(texte)} n’est pas un taux d’accident du travail possible ici",
            f"reprenez celui que la caisse notifie, en pour cent, de {format_nombre(minimum, 2)} à "
            f"{_ACCIDENT_MAX}\u00a0; plus bas, refaites une table.",
            "accidents_du_travail",
        )
        return None

    def read_lecture(self) -> LectureCongesPayes | None:
        texte = self.get("conges_payes")
        if not texte:
            return None
        if texte in {un.value for un in LectureCongesPayes}:
            return LectureCongesPayes(texte)
        self.refuse(
            "MLG-EMP-013",
            f"la lecture {guillemets(texte)} des congés payés n’existe pas",
            f"choisissez {join_fr((un.value for un in LectureCongesPayes), 'ou')}.",
            "conges_payes",
        )
        return None

    def read_mois(self, le: date | None, type_siae: str, legislation: Legislation) -> str:
        if le is None:
            return find_mois(self._grille.mois, type_siae or TYPES_SALARIES[0], legislation)
        mois = f"{le:%Y-%m}"
        if mois not in self._grille.mois:
            self.refuse(
                "MLG-EMP-009",
                f"la table n’a pas le droit du {format_date(le)}",
                f"choisissez une date de {join_fr(map(name_mois, self._grille.mois), 'ou')}, ou "
                "refaites une table.",
                "le",
            )
        return mois


def read_demande(
    textes: Mapping[str, str | None], le: date | None, table: Table, legislation: Legislation
) -> Demande:
    """A job to value.

    Args:
        textes: What was typed, by field: `foyer`, `heures`, `type`, and where they are given
            `au_dela_du_smic`, `revaloriser`, `sinon_en_emploi`, `montant_unitaire`, `conges_payes`,
            `accidents_du_travail`.
        le: A day of a month of the table; None for the latest where the aide au poste is known.
        table: What was computed.
        legislation: The law, to know that month.

    Raises:
        SaisieInvalide: MLG-EMP-006 to 014, every field that is wrong, named in `ou`.
    """
    lecture = _Lecture(textes, table)
    foyer, heures = lecture.read_foyer(), lecture.read_heures()
    majoration = lecture.read_hausse("au_dela_du_smic", Centimes(0)) or Centimes(0)
    revaloriser = lecture.read_hausse("revaloriser", majoration)
    type_siae = lecture.read_type()
    contrefactuel, unitaire = lecture.read_contrefactuel(), lecture.read_montant_unitaire()
    conges, accidents = lecture.read_lecture(), lecture.read_taux_accident()
    mois = lecture.read_mois(le, type_siae, legislation)
    if lecture.fautes or foyer is None:
        raise SaisieInvalide(*lecture.fautes)
    return Demande(
        foyer=foyer,
        heures=heures,
        majoration=majoration,
        type_siae=type_siae,
        mois=mois,
        contrefactuel=contrefactuel,
        revaloriser=revaloriser,
        montant_unitaire=unitaire,
        lecture=conges,
        taux_accident_travail=accidents,
    )


def read_situation(
    textes: Mapping[str, str | None], le: date | None, table: Table, legislation: Legislation
) -> tuple[Foyer, Centimes, str]:
    """A household, a pay above the SMIC and a month.

    Args:
        textes: What was typed: `foyer`, and where it is given `au_dela_du_smic`.
        le: As in `read_demande`.
        table: What was computed.
        legislation: The law.

    Raises:
        SaisieInvalide: MLG-EMP-006, 008 and 009, every field that is wrong.
    """
    lecture = _Lecture(textes, table)
    foyer = lecture.read_foyer()
    majoration = lecture.read_hausse("au_dela_du_smic", Centimes(0)) or Centimes(0)
    mois = lecture.read_mois(le, "", legislation)
    if lecture.fautes or foyer is None:
        raise SaisieInvalide(*lecture.fautes)
    return foyer, majoration, mois


def parse_nombre(texte: str) -> Decimal | None:
    """Number typed « 24 », « 0,5 » or « 0.5 »; None when it is not one."""
    return Decimal(texte.replace(",", ".")) if _NOMBRE.fullmatch(texte) else None


def parse_euros(texte: str) -> Centimes | None:
    """Amount typed « 0,50 » or « 0.5 », to the cent; None when it is not one."""
    nombre = parse_nombre(texte.removesuffix("€").strip(" \u00a0\u202f"))
    if nombre is None or nombre * 100 % 1:
        return None
    return Centimes.from_euros(nombre)


def describe_contrefactuel(contrefactuel: Contrefactuel) -> str:
    """The hypothesis, in French."""
    bas, haut = (
        format_nombre(part * 100, 0 if part * 100 % 1 == 0 else 2)
        for part in (contrefactuel.minimum, contrefactuel.maximum)
    )
    parts = f"{bas} %" if bas == haut else f"de {bas} % à {haut} %"
    return f"{parts} des personnes auraient eu, sans ce poste, le même emploi ailleurs"
