"""Figures of a set of annexes over a year, and of many sets at once: one per structure, per kind, per place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.indicators.pilotage.etp import ECRITS, MOIS_PAR_AN
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maillage.indicators.pilotage.etp import AnnexesDeLAnnee

_CENT = 100
_MOIS_MIN = 3
"""Months done under which no forecast is made."""
_HUIT_SUR_DIX = 1.28
"""Standard deviations on either side that hold eight chances in ten of a normal law."""
_DERNIER_MOIS_SANS_ANNEXES = 2
"""Annexes of a year reach the extracts in its first weeks: in January and February, none is no zero."""


@dataclass(frozen=True, slots=True)
class Synthese:
    """Figures of a set of annexes over a year; a figure that cannot be known says why.

    Attributes:
        annexes: How many annexes.
        sans_diviseur: Those of which the realised ETP cannot be computed, for want of the hours of a
            full-time year or of the posts agreed: the realised figures leave them out.
        mois_faits: Months of annexes done.
        mois_en_retard: Late.
        mois_a_venir: To come.
        conventionne_annuel: ETP agreed over the year.
        conventionne_mois_faits: ETP-months agreed in the months done.
        conventionne_mois_en_retard: ETP-months agreed in the months late.
        conventionne_mois_a_venir: ETP-months agreed in the months to come.
        realise_mois: ETP-months realised in the months done, by hours.
        realise_asp_mois: The same by the ASP's own part.
        taux: Percentage realised of what was agreed, in the months done.
        ecart_mois: ETP-months realised minus agreed, in the months done.
        ecart_annuel: The same in ETP of a year.
        ecart_euros: What it is worth, in euros.
        plafonne_annuel: ETP of the year realised so far, within what each annexe agrees.
        prevision_annexes: Annexes that the forecast is made on: at least three months done.
        prevision_conventionne: ETP that they agree over the year.
        prevision: Their ETP of the year if what remains is like what is done.
        prevision_basse: Low end of its range.
        prevision_haute: High end.
        heures: Hours.
        heures_facturees: Hours billed.
        salaire_brut: Euros.
        brouillons: Drafts, counted in none of the above.
        heures_hors_periode: Hours of months that the annexe does not cover, counted in none either.
    """

    annexes: int
    sans_diviseur: int
    mois_faits: int
    mois_en_retard: int
    mois_a_venir: int
    conventionne_annuel: Valeur
    conventionne_mois_faits: Valeur
    conventionne_mois_en_retard: Valeur
    conventionne_mois_a_venir: Valeur
    realise_mois: Valeur
    realise_asp_mois: Valeur
    taux: Valeur
    ecart_mois: Valeur
    ecart_annuel: Valeur
    ecart_euros: Valeur
    plafonne_annuel: Valeur
    prevision_annexes: int
    prevision_conventionne: Valeur
    prevision: Valeur
    prevision_basse: Valeur
    prevision_haute: Valeur
    heures: Valeur
    heures_facturees: Valeur
    salaire_brut: Valeur
    brouillons: int
    heures_hors_periode: Valeur


@dataclass(frozen=True, slots=True, eq=False)
class Groupes:
    """Sums of sets of annexes; arrays have one entry per set, shape `(g,)` or `(3, g)`.

    Attributes:
        lignes: Where they come from.
        annexes: Annexes of each set.
        calculables: Those whose realised ETP is known.
        mois: Months done, late, to come.
        conventionne: ETP-months agreed: done, late, to come.
        prevu: ETP-months agreed in the months done, of the annexes whose realised is known.
        realise: ETP-months realised in the same.
        realise_asp: ETP-months by the ASP's own part.
        ecart_euros: Gap of the same in euros.
        plafonne: ETP-months realised, within what each annexe agrees.
        prevision: Per set: annexes of the forecast, ETP-months that they agree, realised so far, middle,
            variance. Shape `(5, g)`.
        ecrits: Months done in which each of `ECRITS` is written, shape `(3, g)`.
        heures, facturees, brut, brouillons, hors_periode: Sums of whole values.
    """

    lignes: AnnexesDeLAnnee
    annexes: NDArray[np.int64]
    calculables: NDArray[np.int64]
    mois: NDArray[np.int64]
    conventionne: NDArray[np.float64]
    prevu: NDArray[np.float64]
    realise: NDArray[np.float64]
    realise_asp: NDArray[np.float64]
    ecart_euros: NDArray[np.float64]
    plafonne: NDArray[np.float64]
    prevision: NDArray[np.float64]
    ecrits: NDArray[np.int64]
    heures: NDArray[np.int64]
    facturees: NDArray[np.int64]
    brut: NDArray[np.int64]
    brouillons: NDArray[np.int64]
    hors_periode: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.annexes)

    @property
    def taux(self) -> NDArray[np.float64]:
        """Percentage realised in the months done; NaN where it is not known or has no object."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(
                (self.calculables > 0) & (self.prevu > 0), self.realise * 100 / self.prevu, np.nan
            )

    @property
    def ecart(self) -> NDArray[np.float64]:
        """Gap in euros; NaN where it is not known."""
        return np.where(self.calculables > 0, self.ecart_euros, np.nan)

    def synthese(self, rang: int) -> Synthese:
        """Figures of one set."""
        if not self.annexes[rang]:
            return _nothing(self.lignes)
        faits = self.lignes.faits
        connu, calcule = faits.has_saisies, bool(self.calculables[rang])
        conv, realise = self.conventionne[:, rang], float(self.realise[rang])
        ecart = realise - float(self.prevu[rang])
        prevision = self._forecast(rang) if calcule else _NO_FORECAST
        return Synthese(
            annexes=int(self.annexes[rang]),
            sans_diviseur=int(self.annexes[rang] - self.calculables[rang]) if connu else 0,
            mois_faits=int(self.mois[0, rang]),
            mois_en_retard=int(self.mois[1, rang]),
            mois_a_venir=int(self.mois[2, rang]),
            conventionne_annuel=float(conv.sum()) / MOIS_PAR_AN,
            conventionne_mois_faits=_known(float(conv[0]), known=connu),
            conventionne_mois_en_retard=_known(float(conv[1]), known=connu),
            conventionne_mois_a_venir=_known(float(conv[2]), known=connu),
            realise_mois=_known(realise, known=calcule),
            realise_asp_mois=_known(
                float(self.realise_asp[rang]),
                known=self._is_written(0, rang),
            ),
            taux=_rate(realise, float(self.prevu[rang])) if calcule else Absence.INCONNUE,
            ecart_mois=_known(ecart, known=calcule),
            ecart_annuel=_known(ecart / MOIS_PAR_AN, known=calcule),
            ecart_euros=_known(float(self.ecart_euros[rang]), known=calcule),
            plafonne_annuel=_known(float(self.plafonne[rang]) / MOIS_PAR_AN, known=calcule),
            prevision_annexes=prevision.annexes,
            prevision_conventionne=prevision.conventionne,
            prevision=prevision.milieu,
            prevision_basse=prevision.basse,
            prevision_haute=prevision.haute,
            heures=_known(int(self.heures[rang]) / _CENT, known=connu),
            heures_facturees=_known(
                int(self.facturees[rang]) / _CENT,
                known=self._is_written(1, rang),
            ),
            salaire_brut=_known(int(self.brut[rang]) / _CENT, known=self._is_written(2, rang)),
            brouillons=int(self.brouillons[rang]),
            heures_hors_periode=_known(int(self.hors_periode[rang]) / _CENT, known=connu),
        )

    def _is_written(self, colonne: int, rang: int) -> bool:
        """Whether one month done says it; where none is done, whether the extract says it at all."""
        if self.mois[0, rang]:
            return bool(self.ecrits[colonne, rang])
        return self.lignes.faits.has_month(ECRITS[colonne])

    def _forecast(self, rang: int) -> _Prevision:
        """ETP of the year and its range, on the annexes of which three months are done."""
        nombre, conventionne, realise, milieu, variance = self.prevision[:, rang].tolist()
        if not nombre:
            return _Prevision(0, *(Absence.PAS_ENCORE_PUBLIEE,) * 4)
        fourchette = _HUIT_SUR_DIX * variance**0.5
        return _Prevision(
            int(nombre),
            conventionne / MOIS_PAR_AN,
            max(milieu - fourchette, realise) / MOIS_PAR_AN,
            milieu / MOIS_PAR_AN,
            (milieu + fourchette) / MOIS_PAR_AN,
        )


def group(
    lignes: AnnexesDeLAnnee, choix: NDArray[np.int64], ensembles: NDArray[np.int64], nombre: int
) -> Groupes:
    """Figures of sets of annexes, all at once.

    Args:
        lignes: Of a year.
        choix: Places in `lignes`, shape `(m,)`.
        ensembles: Set of each of them, from 0, shape `(m,)`.
        nombre: How many sets there are.
    """

    def add(valeurs: NDArray[Any]) -> NDArray[np.float64]:
        somme = np.bincount(ensembles, weights=valeurs, minlength=nombre)
        return somme.astype(np.float64)  # of whole numbers when there is nothing to sum

    def count(valeurs: NDArray[Any]) -> NDArray[np.int64]:
        # whole values under 2**53 are exact in the double precision that bincount sums in
        return np.rint(add(valeurs)).astype(np.int64)

    faits, rangs = lignes.faits, lignes.rangs[choix]
    conv = lignes.conventionne[:, choix]
    ok = np.isfinite(lignes.realise[choix]) & faits.is_known("etp_centiemes")[rangs]
    realise = np.where(ok, lignes.realise[choix], 0.0)
    prevu = np.where(ok, conv[0], 0.0)
    unitaire = faits.annexe("montant_unitaire_centimes")[rangs] / _CENT
    mois = (lignes.faits_mois, lignes.retard_mois, lignes.venir_mois)
    return Groupes(
        lignes=lignes,
        annexes=count(np.ones(len(choix))),
        calculables=count(ok),
        mois=np.array([count(valeurs[choix]) for valeurs in mois]),
        conventionne=np.array([add(ligne) for ligne in conv]),
        prevu=add(prevu),
        realise=add(realise),
        realise_asp=add(lignes.realise_asp[choix]),
        ecart_euros=add((realise - prevu) * unitaire) / MOIS_PAR_AN,
        plafonne=add(np.where(ok, np.minimum(realise, conv.sum(axis=0)), 0.0)),
        prevision=np.array([add(terme) for terme in _forecast_terms(lignes, choix, ok)]),
        ecrits=np.array([count(mois[choix]) for mois in lignes.ecrits]),
        heures=count(lignes.heures_centiemes[choix]),
        facturees=count(lignes.facturees_centiemes[choix]),
        brut=count(lignes.brut_centimes[choix]),
        brouillons=count(lignes.brouillon_lignes[choix]),
        hors_periode=count(lignes.hors_periode_centiemes[choix]),
    )


def summarise(
    lignes: AnnexesDeLAnnee, choix: Sequence[int] | NDArray[np.int64] | None = None
) -> Synthese:
    """Figures of some of the annexes, of all of them without a choice.

    Args:
        lignes: Of a year.
        choix: Places in `lignes`.
    """
    places = np.arange(len(lignes)) if choix is None else np.asarray(choix, dtype=np.int64)
    return group(lignes, places, np.zeros(len(places), dtype=np.int64), 1).synthese(0)


def _forecast_terms(
    lignes: AnnexesDeLAnnee, c: NDArray[np.int64], ok: NDArray[np.bool_]
) -> tuple[NDArray[Any], ...]:
    """What each annexe brings to a forecast; nothing where fewer than three months are done.

    Annexes are taken as independent, and the months of one as drawn from the same law.
    """
    sert = ok & (lignes.faits_mois[c] >= _MOIS_MIN)
    n = np.maximum(lignes.faits_mois[c], _MOIS_MIN)
    reste = lignes.retard_mois[c] + lignes.venir_mois[c]
    realise = np.where(sert, lignes.realise[c], 0.0)
    moyenne = realise / n
    variance = np.maximum(lignes.carres[c] - n * moyenne**2, 0.0) / (n - 1)
    return (
        sert,
        np.where(sert, lignes.conventionne[:, c].sum(axis=0), 0.0),
        realise,
        realise + moyenne * reste,
        np.where(sert, variance * (reste + reste**2 / n), 0.0),
    )


def _known(nombre: float, *, known: bool) -> Valeur:
    return nombre if known else Absence.INCONNUE


def _rate(realise: float, conventionne: float) -> Valeur:
    return 100 * realise / conventionne if conventionne else Absence.SANS_OBJET


@dataclass(frozen=True, slots=True)
class _Prevision:
    annexes: int
    conventionne: Valeur
    basse: Valeur
    milieu: Valeur
    haute: Valeur


_NO_FORECAST = _Prevision(0, *(Absence.INCONNUE,) * 4)


def _nothing(lignes: AnnexesDeLAnnee) -> Synthese:
    """No annexe: not published yet in the first weeks of the year, else without object."""
    jour = lignes.faits.extrait.extraction
    tot = jour.year == lignes.annee and jour.month <= _DERNIER_MOIS_SANS_ANNEXES
    rien: Valeur = (
        Absence.PAS_ENCORE_PUBLIEE if tot or jour.year < lignes.annee else Absence.SANS_OBJET
    )
    return Synthese(
        annexes=0,
        sans_diviseur=0,
        mois_faits=0,
        mois_en_retard=0,
        mois_a_venir=0,
        conventionne_annuel=rien,
        conventionne_mois_faits=rien,
        conventionne_mois_en_retard=rien,
        conventionne_mois_a_venir=rien,
        realise_mois=rien,
        realise_asp_mois=rien,
        taux=rien,
        ecart_mois=rien,
        ecart_annuel=rien,
        ecart_euros=rien,
        plafonne_annuel=rien,
        prevision_annexes=0,
        prevision_conventionne=rien,
        prevision=rien,
        prevision_basse=rien,
        prevision_haute=rien,
        heures=rien,
        heures_facturees=rien,
        salaire_brut=rien,
        brouillons=0,
        heures_hors_periode=rien,
    )
