"""From the lines of an accounting file to an opening and twelve months of movements."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.sources.fec.ecritures import find_closing
from maillage.data.sources.fec.nom import parse_nom
from maillage.data.sources.fec.ouverture import find_ouverture
from maillage.indicators.comptes.lignes import add_balances
from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from maillage.data.sources.fec.modele import Fec
    from maillage.data.sources.fec.ouverture import Ouverture

_MOIS = 12


@dataclass(frozen=True, slots=True)
class Mouvements:
    """What an accounting file holds, account by account.

    Attributes:
        fichier: Name of the file.
        sha256: Of its bytes.
        siren: From the name of the file; empty when it gives none.
        premier_jour: First day of the exercice, as its entries say.
        dernier_jour: Day of its last entry.
        mois: First day of each month of the exercice, in order.
        ouverture: Opening balances; None when the file has none.
        par_mois: Movements of each month, openings and closing entries left out.
        journaux_ouverture: Journals of the opening balances.
        is_detaillee: Whether the opening carries open items with the date they were born at.
        lignes_cloture: Lines of closing entries, left out.
        lignes_avant: Lines dated before the exercice, counted in its first month.
    """

    fichier: str
    sha256: str
    siren: str
    premier_jour: date
    dernier_jour: date
    mois: tuple[date, ...]
    ouverture: dict[str, int] | None
    par_mois: tuple[dict[str, int], ...]
    journaux_ouverture: tuple[str, ...]
    is_detaillee: bool
    lignes_cloture: int
    lignes_avant: int

    @property
    def annee(self) -> dict[str, int]:
        """Movements of the whole exercice."""
        return add_balances(self.par_mois)


def read_mouvements(fec: Fec) -> Mouvements:
    """Movements of a file that can be used; one without any line cannot.

    Raises:
        FichierInvalide: figures cannot be drawn from it, or it has no line (MLG-SOL-001).
    """
    _check_usable(fec)
    ecritures = fec.ecritures
    ouverture = find_ouverture(ecritures)
    jours = np.asarray(ecritures.column("jour").cast("int32"), dtype="datetime64[D]")
    premier = _find_premier(jours, ouverture)
    rangs = _months(jours) - int(_months(premier))
    fermees = find_closing(ecritures)
    ouvertes = ouverture.lignes if ouverture else np.zeros(len(jours), dtype=bool)
    gardees = ~fermees & ~ouvertes
    avant = gardees & (jours < premier)
    nombre = max(int(rangs.max()), 0) + 1
    balances = _sum_accounts(ecritures, np.maximum(rangs, 0), gardees, nombre)
    debut = premier.astype(object)
    return Mouvements(
        fichier=fec.nom,
        sha256=fec.sha256,
        siren=parse_nom(fec.nom).siren,
        premier_jour=debut if ouverture else debut.replace(day=1),
        dernier_jour=jours.max().astype(object),
        mois=tuple(_add_months(debut, rang) for rang in range(nombre)),
        ouverture=_sum_accounts(ecritures, np.zeros_like(rangs), ouvertes, 1)[0]
        if ouverture
        else None,
        par_mois=balances,
        journaux_ouverture=ouverture.journaux if ouverture else (),
        is_detaillee=bool(ouverture and ouverture.is_detaillee),
        lignes_cloture=int(fermees.sum()),
        lignes_avant=int(avant.sum()),
    )


def end_of_month(mois: date) -> date:
    """Last day of the month of a day."""
    return mois.replace(day=calendar.monthrange(mois.year, mois.month)[1])


def _find_premier(jours: NDArray[np.datetime64], ouverture: Ouverture | None) -> np.datetime64:
    """Day that opens the exercice; balances dated the evening before open the day after."""
    if ouverture is None:
        return np.datetime64(jours.min())
    premier = np.datetime64(ouverture.jour)
    reste = jours[~ouverture.lignes]
    is_veille = ouverture.jour == end_of_month(ouverture.jour) and (reste > premier).all()
    return premier + np.timedelta64(1, "D") if is_veille else premier


def _check_usable(fec: Fec) -> None:
    if not fec.is_utilisable:
        bloquants = [constat for constat in fec.constats if constat.gravite.name == "BLOQUANT"]
        raise FichierInvalide(
            Anomalie(
                "MLG-SOL-001",
                f"Aucun chiffre ne peut être tiré de ce fichier : {bloquants[0].quoi}",
                f"Voyez tout ce qui l’empêche : maillage fec lire {fec.nom}.",
                fec.nom,
            )
        )


def _months(jours: NDArray[np.datetime64] | np.datetime64) -> NDArray[np.int64]:
    return np.asarray(jours.astype("datetime64[M]").astype(np.int64))


def _add_months(jour: date, nombre: int) -> date:
    annees, mois = divmod(jour.month - 1 + nombre, _MOIS)
    return date(jour.year + annees, mois + 1, 1)


def _sum_accounts(
    ecritures: pa.Table, rangs: NDArray[np.int64], gardees: NDArray[np.bool_], nombre: int
) -> tuple[dict[str, int], ...]:
    """Debit minus credit of each account, one balance per rank."""
    comptes = ecritures.column("compte").combine_chunks()
    noms: list[str] = comptes.dictionary.to_pylist()
    codes = np.asarray(comptes.indices, dtype=np.int64)
    debits = np.asarray(ecritures.column("debit_centimes"), dtype=np.int64)
    credits_ = np.asarray(ecritures.column("credit_centimes"), dtype=np.int64)
    sommes = np.zeros((nombre, len(noms)), dtype=np.int64)
    presents = np.zeros((nombre, len(noms)), dtype=bool)
    np.add.at(sommes, (rangs[gardees], codes[gardees]), (debits - credits_)[gardees])
    presents[rangs[gardees], codes[gardees]] = True
    return tuple(
        {noms[code]: int(sommes[rang, code]) for code in np.flatnonzero(presents[rang])}
        for rang in range(nombre)
    )
