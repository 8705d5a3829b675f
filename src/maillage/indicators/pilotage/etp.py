"""Posts agreed and realised, annexe by annexe over a year: months done, late and to come kept apart.

Everything is in ETP-months (one full-time post during one month) until it is shown; twelve of them are
one ETP of a year. See `cartes` for the definitions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.indicators.pilotage.faits import A_VENIR, FAIT, RETARD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits

PILOTAGE, CONVENTIONNEES = "pilotage", "conventionnees"
PERIMETRES = {PILOTAGE: "compte_pilotage", CONVENTIONNEES: "conventionnee"}
MOIS_PAR_AN = 12
ECRITS = ("part_etp_millioniemes", "heures_facturees_centiemes", "salaire_brut_centimes")
"""Columns of the months that a structure may leave empty."""
_CENT = 100
_MILLION = 1_000_000
_GARDEES = 16
"""Years of extracts kept in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class AnnexesDeLAnnee:
    """Figures of each annexe over a year; arrays have one entry per annexe, shape `(n,)`.

    Attributes:
        faits: Where they come from.
        annee: The year.
        rangs: Place of each annexe in `faits.annexes`.
        faits_mois: Months done, int64.
        retard_mois: Months late.
        venir_mois: Months to come.
        conventionne: ETP-months agreed: done, late, to come, shape `(3, n)`.
        realise: ETP-months realised in the months done, by hours and the annexe's divisor; NaN when
            the extract has no statements or the annexe no divisor.
        realise_asp: The same by the ASP's own part, which is that of a month; NaN where it gives none.
        carres: Sum of the squares of the monthly realised ETP, for the spread of the forecast.
        heures_centiemes: Hours of the months done.
        facturees_centiemes: Hours billed.
        brut_centimes: Gross pay.
        ecrits: Months done in which the ASP's part, the hours billed and the gross pay are written, in this
            order, shape `(3, n)`.
        brouillon_lignes: Drafts.
        hors_periode_centiemes: Hours entered in months that the annexe does not cover: counted nowhere
            else.
    """

    faits: Faits
    annee: int
    rangs: NDArray[np.int64]
    faits_mois: NDArray[np.int64]
    retard_mois: NDArray[np.int64]
    venir_mois: NDArray[np.int64]
    conventionne: NDArray[np.float64]
    realise: NDArray[np.float64]
    realise_asp: NDArray[np.float64]
    carres: NDArray[np.float64]
    heures_centiemes: NDArray[np.int64]
    facturees_centiemes: NDArray[np.int64]
    brut_centimes: NDArray[np.int64]
    ecrits: NDArray[np.int64]
    brouillon_lignes: NDArray[np.int64]
    hors_periode_centiemes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rangs)


@lru_cache(maxsize=_GARDEES)
def compute_annexes(faits: Faits, annee: int, perimetre: str = PILOTAGE) -> AnnexesDeLAnnee:
    """Figures of every annexe that touches a year.

    Args:
        faits: Of an extract.
        annee: Year of the months.
        perimetre: `pilotage` or `conventionnees`, see `cartes`.
    """
    debut = faits.annexe("debut").astype("datetime64[Y]").astype(int) + 1970
    fin = faits.annexe("fin").astype("datetime64[Y]").astype(int) + 1970
    choisies = faits.annexe(PERIMETRES[perimetre]) & (debut <= annee) & (fin >= annee)
    rangs = np.flatnonzero(choisies)
    place = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    place[rangs] = np.arange(len(rangs))
    if not faits.has_saisies:
        return _without_statements(faits, annee, rangs)
    touche = (faits.month("annee") == annee) & (place[faits.rangs] >= 0)
    periode = faits.month("dans_la_periode")
    dans = touche & periode
    lieu, taille = place[faits.rangs[dans]], len(rangs)

    def add(nom: str) -> NDArray[np.int64]:
        return _add(faits.month(nom)[dans], lieu, taille)

    statut = faits.month("statut")[dans]
    mois = np.array([_add(statut == etat, lieu, taille) for etat in (FAIT, RETARD, A_VENIR)])
    heures = faits.month("heures_centiemes")
    diviseur = faits.annexe("heures_etp_centiemes")[rangs]
    with np.errstate(divide="ignore", invalid="ignore"):
        mensuel = heures[dans] * MOIS_PAR_AN / diviseur[lieu]
        realise = np.where(diviseur > 0, add("heures_centiemes") * MOIS_PAR_AN / diviseur, np.nan)
    carres = np.zeros(taille)
    np.add.at(carres, lieu, np.where(np.isfinite(mensuel), mensuel, 0.0) ** 2)
    return AnnexesDeLAnnee(
        faits=faits,
        annee=annee,
        rangs=rangs,
        faits_mois=mois[0],
        retard_mois=mois[1],
        venir_mois=mois[2],
        conventionne=mois * (faits.annexe("etp_centiemes")[rangs] / _CENT),
        realise=realise,
        realise_asp=add("part_etp_millioniemes") / _MILLION,
        carres=carres,
        heures_centiemes=add("heures_centiemes"),
        facturees_centiemes=add("heures_facturees_centiemes"),
        brut_centimes=add("salaire_brut_centimes"),
        ecrits=np.array([_add(faits.knows_month(nom)[dans], lieu, taille) for nom in ECRITS]),
        brouillon_lignes=add("lignes_brouillon"),
        hors_periode_centiemes=_add(
            heures[touche & ~periode], place[faits.rangs[touche & ~periode]], taille
        ),
    )


def _add(valeurs: NDArray[Any], lieu: NDArray[np.int64], taille: int) -> NDArray[np.int64]:
    """Sum of whole values at each place."""
    total = np.zeros(taille, dtype=np.int64)
    np.add.at(total, lieu, valeurs.astype(np.int64))
    return total


def _without_statements(faits: Faits, annee: int, rangs: NDArray[np.int64]) -> AnnexesDeLAnnee:
    """Agreed posts only: without the statements nothing says what is done, late or to come."""
    premier = faits.annexe("debut").astype("datetime64[M]")[rangs]
    dernier = faits.annexe("fin").astype("datetime64[M]")[rangs]
    janvier = np.datetime64(f"{annee}-01", "M")
    decembre = np.datetime64(f"{annee}-12", "M")
    mois = (np.minimum(dernier, decembre) - np.maximum(premier, janvier)).astype(np.int64) + 1
    etp = faits.annexe("etp_centiemes")[rangs] / _CENT
    rien = np.zeros(len(rangs), dtype=np.int64)
    vide = np.full(len(rangs), np.nan)
    return AnnexesDeLAnnee(
        faits=faits,
        annee=annee,
        rangs=rangs,
        faits_mois=rien,
        retard_mois=rien,
        venir_mois=mois,
        conventionne=np.array([rien * 0.0, rien * 0.0, etp * mois]),
        realise=vide,
        realise_asp=vide,
        carres=np.zeros(len(rangs)),
        heures_centiemes=rien,
        facturees_centiemes=rien,
        brut_centimes=rien,
        ecrits=np.array([rien] * len(ECRITS)),
        brouillon_lignes=rien,
        hors_periode_centiemes=rien,
    )
