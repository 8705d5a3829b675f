"""The whole law that is modelled, read at a date and as it was known on a date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.regles.engine import refus
from maillage.regles.engine.choix import Choix, GenreChoix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.lecture import read_feuilles
from maillage.regles.engine.proches import find_proche
from maillage.regles.engine.projection import CHEMIN_SMIC, project_smic
from maillage.regles.engine.valeur_legale import ValeurLegale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.regles.engine.valeur_legale import Feuille, Lacune, ValeurDatee


@dataclass(frozen=True, slots=True, eq=False)
class Legislation:
    """Every legal value, with the day up to which publications are known and the choices made.

    Attributes:
        feuilles: Parameters by path.
        connu_au: Later publications are ignored. None: everything found is known.
        choix: Choices beyond the law, none by default.
        reformes: Codes of the reforms applied, in their order.
    """

    feuilles: Mapping[str, Feuille]
    connu_au: date | None = None
    choix: tuple[Choix, ...] = ()
    reformes: tuple[str, ...] = ()

    @property
    def chemins(self) -> tuple[str, ...]:
        """Every path, in the order of the files."""
        return tuple(self.feuilles)

    @property
    def projette(self) -> bool:
        """Whether the SMIC projection was chosen."""
        return any(choix.genre is GenreChoix.PROJECTION_SMIC for choix in self.choix)

    def with_connu_au(self, connu_au: date | None) -> Legislation:
        """Same law, as it was known on a day."""
        return replace(self, connu_au=connu_au)

    def with_choix(self, *choix: Choix) -> Legislation:
        """Same law, with more choices beyond it.

        Raises:
            Introuvable: MLG-REG-001, a choice names an unknown parameter.
        """
        for un_choix in choix:
            if un_choix.chemin:
                self.leaf(un_choix.chemin)
        return replace(self, choix=(*self.choix, *choix))

    def leaf(self, chemin: str) -> Feuille:
        """One parameter, with every dated value and gap.

        Raises:
            Introuvable: MLG-REG-001, no parameter has this path.
        """
        if chemin in self.feuilles:
            return self.feuilles[chemin]
        proche = find_proche(chemin, self.chemins)
        aide = f"Vouliez-vous dire {proche} ?" if proche else "Voyez la liste des paramètres."
        raise Introuvable(Anomalie("MLG-REG-001", f"Le paramètre « {chemin} » n’existe pas.", aide))

    def au(self, le: date) -> JeuParametres:
        """Values in force on a day."""
        return JeuParametres(self, le)

    def resolve(self, chemin: str, le: date) -> ValeurLegale:
        """Value of one parameter on a day.

        Raises:
            Introuvable: MLG-REG-001, no parameter has this path.
            PeriodeNonModelisee: MLG-REG-002 to 006, the value is not known on that day.
        """
        feuille = self.leaf(chemin)
        derniere = self._last(feuille, le)
        # A reform was applied to the law and to the choices: where it speaks, it wins.
        if derniere is None or not derniere.reforme:
            for choix in self.choix:
                if choix.covers(chemin, le):
                    return _from_choix(feuille, choix, le)
        lacune = _find_lacune(feuille, le)
        perime = feuille.valable_jusqu_au is not None and le > feuille.valable_jusqu_au
        if derniere is not None and (lacune is not None or perime) and self._can_project(feuille):
            return self._project(feuille, derniere, le)
        if lacune is not None:
            refus.refuse_gap(feuille, lacune, le)
        if derniere is None:
            refus.refuse_before_first(feuille, le, self.connu_au)
        if perime:
            refus.refuse_beyond_horizon(feuille, derniere, le)
        return self._in_force(feuille, derniere, le)

    def breakpoints(self, chemin: str) -> tuple[date, ...]:
        """Days on which `resolve` may change its answer for a parameter, sorted."""
        jours: set[date] = set()
        for feuille in self._with_renvois(chemin):
            jours |= refus.days_of(feuille)
        for choix in self.choix:
            jours |= refus.days_of_choix(choix)
        if self.projette and chemin != CHEMIN_SMIC:
            jours |= refus.days_of(self.leaf(CHEMIN_SMIC))
        return tuple(sorted(jours))

    def _with_renvois(self, chemin: str) -> list[Feuille]:
        feuille = self.leaf(chemin)
        cibles = {valeur.renvoi for valeur in feuille.valeurs if valeur.renvoi}
        return [feuille, *(trouvee for cible in cibles for trouvee in self._with_renvois(cible))]

    def _can_project(self, feuille: Feuille) -> bool:
        return self.projette and feuille.projection == "smic"

    def _last(self, feuille: Feuille, le: date) -> ValeurDatee | None:
        connues = (v for v in feuille.valeurs if v.date_effet <= le and v.is_connue(self.connu_au))
        return max(connues, key=lambda valeur: valeur.date_effet, default=None)

    def _in_force(self, feuille: Feuille, datee: ValeurDatee, le: date) -> ValeurLegale:
        if datee.renvoi:
            source = self.resolve(datee.renvoi, le)
            return _build(feuille, datee, le, source.valeur, renvoi=source)
        if datee.valeur is None:
            refus.refuse_without_object(feuille, datee, le)
        return _build(feuille, datee, le, datee.valeur)

    def _project(self, feuille: Feuille, datee: ValeurDatee, le: date) -> ValeurLegale:
        if datee.renvoi:
            return self._in_force(feuille, datee, le)
        avant, apres = (self.resolve(CHEMIN_SMIC, jour).valeur for jour in (datee.date_effet, le))
        projetee = project_smic(datee.valeur, avant, apres)
        choix = next(un for un in self.choix if un.genre is GenreChoix.PROJECTION_SMIC)
        return replace(_build(feuille, datee, le, projetee), choix=choix, confiance="C")


@dataclass(frozen=True, slots=True)
class JeuParametres:
    """The values in force on one day.

    Attributes:
        legislation: The law they are read from.
        le: The day.
    """

    legislation: Legislation
    le: date

    def get(self, chemin: str) -> ValeurLegale:
        """Value of one parameter.

        Raises:
            Introuvable: MLG-REG-001, no parameter has this path.
            PeriodeNonModelisee: MLG-REG-002 to 006, the value is not known on that day.
        """
        return self.legislation.resolve(chemin, self.le)

    def find(self, chemin: str) -> ValeurLegale | None:
        """Value of one parameter, None where the law does not give it on that day.

        Raises:
            Introuvable: MLG-REG-001, no parameter has this path.
        """
        try:
            return self.get(chemin)
        except PeriodeNonModelisee:
            return None


@lru_cache(maxsize=1)
def load_legislation() -> Legislation:
    """Every parameter of the law, read once.

    Raises:
        FichierInvalide: a parameter file is not valid, with every problem found.
    """
    return Legislation(MappingProxyType(read_feuilles()))


@lru_cache(maxsize=256)
def load_parametres(le: date, connu_au: date | None = None) -> JeuParametres:
    """Values in force on a day, as they were known on another.

    Args:
        le: Day of effect.
        connu_au: Texts published later are ignored. None: every text found is known.

    Raises:
        FichierInvalide: a parameter file is not valid, with every problem found.

    Example:
        >>> from datetime import date
        >>> load_parametres(date(2024, 11, 1)).get("aide_au_poste.montant_socle.AI").valeur
        1619
        >>> load_parametres(date(2024, 11, 1), date(2024, 12, 5)).get(
        ...     "aide_au_poste.montant_socle.AI"
        ... ).valeur
        1588
    """
    return load_legislation().with_connu_au(connu_au).au(le)


def _find_lacune(feuille: Feuille, le: date) -> Lacune | None:
    return next((lacune for lacune in feuille.lacunes if lacune.covers(le)), None)


def _build(
    feuille: Feuille,
    datee: ValeurDatee,
    le: date,
    valeur: object,
    *,
    renvoi: ValeurLegale | None = None,
) -> ValeurLegale:
    return ValeurLegale(
        chemin=feuille.chemin,
        valeur=valeur,  # type: ignore[arg-type]  # checked against its unit when the file is read
        unite=feuille.unite,
        le=le,
        date_effet=datee.date_effet,
        date_publication=datee.publication,
        references=datee.references,
        confiance=datee.confiance,
        derniere_verification=datee.derniere_verification,
        note=datee.note,
        date_effet_relevee=datee.date_effet_relevee,
        renvoi=renvoi,
        choix=renvoi.choix if renvoi is not None else datee.choix,
        reforme=datee.reforme,
        ou=datee.ou,
    )


def _from_choix(feuille: Feuille, choix: Choix, le: date) -> ValeurLegale:
    derniere = feuille.valeurs[-1]
    datee = replace(
        derniere,
        date_effet=choix.du or le,
        valeur=choix.valeur,
        renvoi="",
        confiance="C",
        publication=None,
        note=choix.motif,
    )
    return replace(_build(feuille, datee, le, choix.valeur), choix=choix)
