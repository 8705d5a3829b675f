"""Payment of one annexe under the law, with the arrêtés that may change its amount on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.analyses.annexes.bareme import socle_centimes
from maillage.kernel.francais import format_date
from maillage.kernel.money import format_euros
from maillage.kernel.period import Mois
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.avenant import Avenant
from maillage.regles.versement.calendrier import LigneVersement, calendrier
from maillage.regles.versement.hypotheses import Lecture, Revalorisation
from maillage.regles.versement.regimes import Regime, read_regime
from maillage.regles.versement.versions import build_versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.analyses.annexes.demande import Demande
    from maillage.kernel.money import Centimes
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.regles.versement.annexe import Annexe
    from maillage.regles.versement.versions import Periode

CHEMIN_REGIME = "versement.mois_regularisation"


@dataclass(frozen=True, slots=True)
class Versements:
    """Payment of one annexe.

    Attributes:
        annexe: With its avenants, and the arrêtés that are counted.
        lignes: Month by month, the settlement last.
        regime: Months of regularisation.
        legale_regime: Where they come from.
        periodes: What is agreed in the end, by months that agree the same.
        montant_final: Agreed amount once every change is counted.
        lectures: Readings that the schedule rests on.
        avertissements: What must be shown beside the figures, in French.
    """

    annexe: Annexe
    lignes: tuple[LigneVersement, ...]
    regime: Regime
    legale_regime: ValeurLegale
    periodes: tuple[Periode, ...]
    montant_final: Centimes
    lectures: tuple[Lecture, ...]
    avertissements: tuple[str, ...]

    @property
    def change(self) -> bool:
        """Whether the terms of the annexe change during it."""
        return bool(self.annexe.avenants)


def payer(
    annexe: Annexe, chemin_socle: str, demande: Demande, legislation: Legislation
) -> Versements:
    """Payment of one annexe, month by month.

    Args:
        annexe: As first agreed, without change.
        chemin_socle: Path of the legal amount of its kind where its posts are.
        demande: Occupation, avenants and readings.
        legislation: The law.

    Raises:
        PeriodeNonModelisee: the months of regularisation are not known on the first day; or the
            arrêtés are to be followed and the amount of a month is not known.
        SaisieInvalide: MLG-REG-221, 223 the occupation; MLG-REG-231 an avenant outside the annexe.
    """
    hypotheses = demande.hypotheses
    legale = legislation.resolve(CHEMIN_REGIME, annexe.date_debut_effet)
    regime = read_regime(legale.valeur)
    suit = hypotheses.revalorisation is Revalorisation.DATE_EFFET
    arretes, avertissements = (
        _follow(annexe, chemin_socle, legislation)
        if suit
        else ((), _warn_unfollowed(annexe, chemin_socle, legislation))
    )
    changee = replace(annexe, avenants=(*demande.avenants, *arretes))
    derniere = build_versions(changee, hypotheses)[-1]
    return Versements(
        annexe=changee,
        lignes=calendrier(changee, demande.etp_realises, regime=regime, hypotheses=hypotheses),
        regime=regime,
        legale_regime=legale,
        periodes=derniere.periodes,
        montant_final=derniere.montant_total,
        lectures=hypotheses.list_utiles(avec_changement=bool(changee.avenants)),
        avertissements=tuple(filter(None, (*avertissements, legale.avertissement))),
    )


def find_arretes(
    annexe: Annexe, chemin_socle: str, legislation: Legislation
) -> tuple[Avenant, ...]:
    """Arrêtés that change the legal amount during an annexe, as changes of it.

    On the first day, the amount of the annexe stands unless the legal one was published later.

    Args:
        annexe: As first agreed.
        chemin_socle: Path of the legal amount.
        legislation: The law.

    Raises:
        PeriodeNonModelisee: the amount of a month is not known.
    """
    return tuple(avenant for avenant, _ in _iter_arretes(annexe, chemin_socle, legislation))


def _follow(
    annexe: Annexe, chemin_socle: str, legislation: Legislation
) -> tuple[tuple[Avenant, ...], tuple[str, ...]]:
    trouves = tuple(_iter_arretes(annexe, chemin_socle, legislation))
    phrases = [legale.avertissement for _, legale in trouves]
    sans_jour = [legale for _, legale in trouves if legale.publication_inconnue]
    phrases += [
        f"La date de publication du montant en vigueur au {format_date(legale.date_effet)} n’a pas "
        "été trouvée : il est compté dès son mois d’effet."
        for legale in sans_jour
        if legale.choix is None
    ]
    return tuple(avenant for avenant, _ in trouves), tuple(dict.fromkeys(filter(None, phrases)))


def _warn_unfollowed(
    annexe: Annexe, chemin_socle: str, legislation: Legislation
) -> tuple[str, ...]:
    """What following the arrêtés would have changed; nothing where the law is not known."""
    try:
        arretes = find_arretes(annexe, chemin_socle, legislation)
    except PeriodeNonModelisee:
        return ()
    return tuple(
        f"{un.arrete} porte le montant par ETP à {format_euros(un.montant_unitaire)} à partir de "
        f"{un.effet.libelle} : il n’est pas appliqué à cette annexe, c’est une hypothèse."
        for un in arretes
        if un.montant_unitaire is not None
    )


def _iter_arretes(
    annexe: Annexe, chemin_socle: str, legislation: Legislation
) -> Iterator[tuple[Avenant, ValeurLegale]]:
    courant = annexe.montant_unitaire
    for rang in range(1, annexe.duree_mois + 1):
        mois = annexe.mois(rang)
        jour = max(mois.debut, annexe.date_debut_effet)
        legale = _source(legislation.resolve(chemin_socle, jour))
        socle = socle_centimes(legale)
        publie = legale.date_publication
        if rang == 1 and (publie is None or publie <= annexe.date_debut_effet):
            droit = socle
            continue
        if rang == 1:
            droit = courant
        if socle not in {droit, courant}:
            courant = socle
            yield _to_avenant(mois, socle, legale, publie), legale
        droit = socle


def _source(legale: ValeurLegale) -> ValeurLegale:
    """The value that is really published, where one refers to another (prison since 2022)."""
    return legale if legale.renvoi is None else _source(legale.renvoi)


def _to_avenant(mois: Mois, socle: Centimes, legale: ValeurLegale, publie: date | None) -> Avenant:
    projete = legale.choix is not None
    return Avenant(
        effet=mois,
        montant_unitaire=socle,
        decision=None if publie is None or projete else Mois(publie.year, publie.month),
        arrete="La projection sur le SMIC" if projete else _name(legale.reference.titre),
    )


def _name(titre: str) -> str:
    """« Arrêté du 5 juillet 2022, NOR … (JO …) » → « L’arrêté du 5 juillet 2022 »."""
    court = titre.partition(" (")[0].partition(", NOR")[0]
    return (
        f"L’arrêté{court.removeprefix('Arrêté')}" if court.startswith("Arrêté") else f"« {titre} »"
    )
