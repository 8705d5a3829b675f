"""What became of each month of each annexe between two extracts: entered, caught up, late, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.pilotage.comparaison_modele import ChangementMois, Passage
from maillage.indicators.pilotage.etp import MOIS_PAR_AN, PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.faits import FAIT, RETARD
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.kernel.valeur import Valeur

_CENT = 100
_BASE = 1 << 16
"""More than the months of any calendar: a month of an annexe is one whole number."""
_ABSENT, _FAIT, _RETARD, _A_VENIR = range(4)
_PASSAGES = {
    (_RETARD, _FAIT): Passage.RATTRAPE,
    (_ABSENT, _FAIT): Passage.SAISI,
    (_A_VENIR, _FAIT): Passage.SAISI,
    (_RETARD, _RETARD): Passage.TOUJOURS_EN_RETARD,
    (_ABSENT, _RETARD): Passage.NOUVEAU_RETARD,
    (_A_VENIR, _RETARD): Passage.NOUVEAU_RETARD,
    (_FAIT, _RETARD): Passage.NOUVEAU_RETARD,
    (_FAIT, _ABSENT): Passage.SAISIE_RETIREE,
    (_FAIT, _A_VENIR): Passage.SAISIE_RETIREE,
}


@dataclass(frozen=True, slots=True, eq=False)
class _Mois:
    """Months of the annexes of an extract that count; shape `(n,)`, ordered by key.

    Attributes:
        cles: Annexe and month.
        statut: `_FAIT`, `_RETARD` or `_A_VENIR`.
        heures: Hundredths of hours.
        periode: Whether the annexe covers the month.
    """

    cles: NDArray[np.int64]
    statut: NDArray[np.int64]
    heures: NDArray[np.int64]
    periode: NDArray[np.bool_]


def compare_months(avant: Faits, apres: Faits) -> dict[int, tuple[ChangementMois, ...]]:
    """Months that changed or are late still, by annexe that counts in the newer extract.

    The months of an annexe that did not count in the older one are taken as not seen there.
    """
    ids = np.union1d(avant.annexe("annexe_id"), apres.annexe("annexe_id"))
    ancien, nouveau = _list_months(avant, ids), _list_months(apres, ids)
    cles = np.union1d(ancien.cles, nouveau.cles)
    annexes = cles // _BASE
    rangs = np.searchsorted(apres.annexe("annexe_id"), ids)
    compte = _counts(apres)
    la = np.isin(ids, apres.annexe("annexe_id"))
    garde = la[annexes]
    garde[garde] = compte[rangs[annexes[garde]]]
    cles, annexes = cles[garde], annexes[garde]
    places = [_find(mois.cles, cles) for mois in (ancien, nouveau)]
    statuts = [_take(m.statut, p) for m, p in zip((ancien, nouveau), places, strict=True)]
    heures = [_take(m.heures, p) for m, p in zip((ancien, nouveau), places, strict=True)]
    change = (statuts[0] != statuts[1]) & ((statuts[1] != _A_VENIR) | (statuts[0] == _FAIT))
    change |= (statuts[0] == _FAIT) & (statuts[1] == _FAIT) & (heures[0] != heures[1])
    change |= (statuts[0] == _RETARD) & (statuts[1] == _RETARD)
    # a late month that the annexe does not cover any more is no change of its entries
    change &= (statuts[0] == _FAIT) | (statuts[1] != _ABSENT)
    periode = np.where(
        places[1] >= 0, _take(nouveau.periode, places[1]), _take(ancien.periode, places[0])
    ).astype(bool)
    trouves: dict[int, list[ChangementMois]] = {}
    for i in np.flatnonzero(change).tolist():
        rang = int(rangs[annexes[i]])
        annee, mois = divmod(int(cles[i]) % _BASE, MOIS_PAR_AN)
        statut = int(statuts[0][i]), int(statuts[1][i])
        trouves.setdefault(int(ids[annexes[i]]), []).append(
            _describe(
                apres,
                rang,
                (annee, mois + 1),
                statut,
                (int(heures[0][i]), int(heures[1][i])),
                dans=bool(periode[i]),
            )
        )
    return {annexe: tuple(mois) for annexe, mois in trouves.items()}


def count_late(faits: Faits) -> dict[int, int]:
    """Late months of each annexe that counts; those that have none are left out."""
    tardifs = (faits.month("statut") == RETARD) & faits.month("dans_la_periode")
    rangs = faits.rangs[tardifs & _counts(faits)[faits.rangs]]
    nombres = np.bincount(rangs, minlength=faits.annexes.num_rows)
    ids = faits.annexe("annexe_id")
    return {int(ids[rang]): int(nombres[rang]) for rang in np.flatnonzero(nombres)}


def _counts(faits: Faits) -> NDArray[np.bool_]:
    compte: NDArray[np.bool_] = faits.annexe(PERIMETRES[PILOTAGE])
    return compte


def _list_months(faits: Faits, ids: NDArray[np.int64]) -> _Mois:
    statut, periode = faits.month("statut"), faits.month("dans_la_periode")
    # outside of its period, a month without an entry is neither late nor to come
    garde = _counts(faits)[faits.rangs] & (periode | (statut == FAIT))
    places = np.searchsorted(ids, faits.annexe("annexe_id"))[faits.rangs]
    cles = places * _BASE + faits.month("annee") * MOIS_PAR_AN + faits.month("mois") - 1
    ordre = np.flatnonzero(garde)[np.argsort(cles[garde], kind="stable")]
    codes = np.where(statut == FAIT, _FAIT, np.where(statut == RETARD, _RETARD, _A_VENIR))
    return _Mois(cles[ordre], codes[ordre], faits.month("heures_centiemes")[ordre], periode[ordre])


def _find(connues: NDArray[np.int64], cles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of each key among the known ones, -1 when it is not there."""
    if not len(connues):
        return np.full(len(cles), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(connues, cles), len(connues) - 1)
    return np.where(connues[places] == cles, places, -1)


def _take(
    valeurs: NDArray[np.int64] | NDArray[np.bool_], places: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Values at places; 0, that is `_ABSENT`, where there is none."""
    if not len(valeurs):
        return np.zeros(len(places), dtype=np.int64)
    return np.where(places >= 0, valeurs[places], 0).astype(np.int64)


def _describe(
    faits: Faits,
    rang: int,
    quand: tuple[int, int],
    statuts: tuple[int, int],
    heures: tuple[int, int],
    *,
    dans: bool,
) -> ChangementMois:
    """One month, with what it weighs at the terms of the annexe as it is now."""
    passage = _PASSAGES.get(statuts, Passage.HEURES_CHANGEES)
    etp = _weigh(faits, rang, passage, heures) if dans else Absence.SANS_OBJET
    return ChangementMois(
        annee=quand[0],
        mois=quand[1],
        passage=passage,
        dans_la_periode=dans,
        heures_avant=heures[0] / _CENT if statuts[0] == _FAIT else Absence.SANS_OBJET,
        heures_apres=heures[1] / _CENT if statuts[1] == _FAIT else Absence.SANS_OBJET,
        etp_mois=etp,
        euros=_value(faits, rang, etp),
    )


def _weigh(faits: Faits, rang: int, passage: Passage, heures: tuple[int, int]) -> Valeur:
    """ETP-months that a month is about."""
    if passage in {Passage.NOUVEAU_RETARD, Passage.TOUJOURS_EN_RETARD}:
        connu = bool(faits.is_known("etp_centiemes")[rang])
        return int(faits.annexe("etp_centiemes")[rang]) / _CENT if connu else Absence.INCONNUE
    diviseur = int(faits.annexe("heures_etp_centiemes")[rang])
    return (heures[1] - heures[0]) * MOIS_PAR_AN / diviseur if diviseur > 0 else Absence.INCONNUE


def _value(faits: Faits, rang: int, etp: Valeur) -> Valeur:
    """The same in euros, at the unit amount of the annexe."""
    if isinstance(etp, Absence):
        return etp
    if not faits.is_known("montant_unitaire_centimes")[rang]:
        return Absence.INCONNUE
    return etp * int(faits.annexe("montant_unitaire_centimes")[rang]) / _CENT / MOIS_PAR_AN
