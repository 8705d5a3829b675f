"""The view EtatMensuelIndiv: one row per person, contract and month, entered by the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from scipy.special import ndtr

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.annexes import expected_etp
from maillage.data.synthetic.calibrage import ORIGINE
from maillage.data.synthetic.jours import first_of_month, month_of, to_day, write_days
from maillage.data.synthetic.parametres import AI, EITI, ETTI, TYPES
from maillage.data.synthetic.parcours import is_active
from maillage.data.synthetic.saisie import (
    BROUILLON,
    DEBLOQUE,
    ETATS,
    SAISI,
    VALIDE,
    make_saisies,
)
from maillage.data.synthetic.sorties import draw_motives
from maillage.data.synthetic.textes import pick, repeat, write_hundredths, write_integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Bloc, Reseau
    from maillage.data.synthetic.saisie import Saisies

VUE = "EtatMensuelIndiv"
_MOIS_MAX = 512
"""Months of the history; the month of a row is written on its identifier."""
_PREMIER_MOIS = (ORIGINE - 1970) * 12
_HEURES_MIN = 0.25


@dataclass(frozen=True, slots=True)
class Rangees:
    """Rows before they are written. Everything has shape `(n,)`.

    Attributes:
        contrat: Rank of the contract in its block.
        parcours: Rank of the stay.
        annexe: Rank of the annexe.
        mois: Months since January 1970.
        part: Share of the month that the contract covers.
        etat: Rank in ETATS.
        validation: Day of validation.
        seconde: Whether the second validation of the month takes the row.
    """

    contrat: NDArray[np.int64]
    parcours: NDArray[np.int64]
    annexe: NDArray[np.int64]
    mois: NDArray[np.int64]
    part: NDArray[np.float64]
    etat: NDArray[np.int64]
    validation: NDArray[np.int64]
    seconde: NDArray[np.bool_]


class Releves:
    """Writes the statements of a network, block by block."""

    def __init__(self, reseau: Reseau) -> None:
        self._reseau = reseau
        self._saisies = make_saisies(reseau.annexes, reseau.alea)
        self._annexe = _index_annexes(reseau)
        self._par_mois = self._hours_by_place()
        self._smic = _write_smic(reseau)

    def build(self, bloc: Bloc) -> pa.Table:
        """Rows of a block of people."""
        rangees = self._find_rows(bloc)
        reseau, contrats, parcours = self._reseau, bloc.contrats, bloc.parcours
        type_siae = reseau.structures.type[parcours.structure[rangees.parcours]]
        heures = self._draw_hours(bloc, rangees, type_siae)
        saisie = self._saisies.saisie[rangees.annexe, rangees.mois % 12]
        brouillon = rangees.etat == BROUILLON
        creation = np.where(
            brouillon, self._saisies.brouillon[rangees.annexe, rangees.mois % 12], saisie
        )
        valide = np.where(rangees.etat == VALIDE, rangees.validation, -(10**6))
        etp = write_hundredths(self._asp_share(heures, rangees.annexe))
        nombre = len(rangees.mois)
        return pa.table(
            {
                "emi_date_creation": write_days(creation),
                "emi_date_modification": write_days(np.maximum(creation, valide)),
                "emi_afi_id": write_integers(reseau.annexes.identifiant[rangees.annexe]),
                "emi_sme_mois": write_integers(rangees.mois % 12 + 1),
                "emi_sme_annee": write_integers(rangees.mois // 12 + 1970),
                "emi_esm_etat_code": pick(ETATS, rangees.etat),
                "emi_sme_version": write_integers(1 + rangees.seconde),
                "emi_date_validation": write_days(valide),
                "emi_pph_id": write_integers(parcours.personne[rangees.parcours]),
                "emi_ctr_id": write_integers(contrats.identifiant[rangees.contrat]),
                "emi_nb_heures_travail": write_hundredths(heures),
                **self._bill(rangees, type_siae, heures),
                "emi_salarie_tjs_accomp": repeat("true", nombre),
                "emi_part_etp": etp,
                **self._exits(bloc, rangees),
                "emi_dsm_id": write_integers(
                    contrats.identifiant[rangees.contrat] * _MOIS_MAX + rangees.mois - _PREMIER_MOIS
                ),
                **_freelance(reseau, bloc, rangees, type_siae, heures),
            }
        )

    def _find_rows(self, bloc: Bloc) -> Rangees:
        """Months of the contracts in which an annexe covers them, work is done, and entry began."""
        reseau, contrats, parcours = self._reseau, bloc.contrats, bloc.parcours
        au = reseau.au
        premier = month_of(np.maximum(contrats.debut, reseau.du))
        dernier = month_of(np.minimum(contrats.fin, au))
        nombre = np.maximum(dernier - premier + 1, 0)
        contrat = np.repeat(np.arange(len(contrats)), nombre)
        mois = (
            np.repeat(premier, nombre)
            + np.arange(len(contrat))
            - np.repeat(np.cumsum(nombre) - nombre, nombre)
        )
        stay = contrats.parcours[contrat]
        annee = mois // 12 + 1970 - reseau.parametres.annees[0]
        annexe = self._annexe[
            parcours.structure[stay], np.minimum(annee, self._annexe.shape[1] - 1)
        ]
        saisies: Saisies = self._saisies
        garde = (annexe >= 0) & is_active(reseau.alea, reseau.calibrage, parcours.place[stay], mois)
        garde &= saisies.brouillon[annexe, mois % 12] <= au
        garde &= reseau.annexes.disparue[annexe] > au
        contrat, mois, stay, annexe = contrat[garde], mois[garde], stay[garde], annexe[garde]
        part = _cover(contrats.debut[contrat], contrats.fin[contrat], mois)
        du_mois = mois % 12
        seconde = saisies.has_deuxieme[annexe, du_mois] & (parcours.place[stay] % 2 == 1)
        validation = np.where(
            seconde, saisies.deuxieme[annexe, du_mois], saisies.validation[annexe, du_mois]
        )
        etat = np.full(len(mois), BROUILLON)
        etat[saisies.saisie[annexe, du_mois] <= au] = SAISI
        etat[validation <= au] = VALIDE
        rouvert = saisies.deblocage[annexe, du_mois] <= au
        rouvert &= saisies.reblocage[annexe, du_mois] > au
        etat[rouvert] = DEBLOQUE
        annexes = reseau.annexes
        vit = (first_of_month(mois // 12 + 1970, du_mois + 2) > annexes.debut[annexe]) & (
            first_of_month(mois // 12 + 1970, du_mois + 1) <= annexes.fin[annexe]
        )
        tirage = reseau.alea.uniform("brouillon", parcours.place[stay], mois)
        vit &= (etat != BROUILLON) | (tirage < hypotheses.PART_BROUILLON)
        return Rangees(
            *(
                colonne[vit]
                for colonne in (contrat, stay, annexe, mois, part, etat, validation, seconde)
            )
        )

    def _hours_by_place(self) -> NDArray[np.float64]:
        """Hours of a whole month of one person at work, by kind, before long months are cut."""
        reseau = self._reseau
        heures = [reseau.bareme.heures_par_etp(nom) for nom in TYPES]
        moyennes = expected_etp(reseau.calibrage, reseau.bareme) * np.array(heures) / 12
        ecarts = np.array([hypotheses.DISPERSION_HEURES[t] for t in range(len(TYPES))])
        return raise_before_cap(moyennes, ecarts, hypotheses.HEURES_MAX_MOIS)

    def _draw_hours(
        self, bloc: Bloc, rangees: Rangees, type_siae: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Hours worked, hundredths, by quarters of an hour."""
        alea = self._reseau.alea
        personne = bloc.parcours.personne[rangees.parcours]
        structure = bloc.parcours.structure[rangees.parcours]
        ecart = np.array([hypotheses.DISPERSION_HEURES[t] for t in range(len(TYPES))])[type_siae]
        # half of the dispersion is the person's, half is the month's; the mean stays
        commun, propre = ecart * np.sqrt(0.6), ecart * np.sqrt(0.4)
        facteur = np.exp(
            commun * alea.normal("heures", personne)
            + propre * alea.normal("heures du mois", personne, rangees.mois)
            - ecart**2 / 2
        )
        facteur *= 1 + 0.06 * alea.normal("heures structure", structure, rangees.mois // 12)
        heures = self._par_mois[type_siae] * facteur * rangees.part
        heures = np.clip(heures, _HEURES_MIN, hypotheses.HEURES_MAX_MOIS * rangees.part + 1)
        return np.asarray(np.rint(heures * 4), dtype=np.int64) * 25

    def _asp_share(self, heures: NDArray[np.int64], annexe: NDArray[np.int64]) -> NDArray[np.int64]:
        """Share of a post of the month that the ASP would count, hundredths, at most one post."""
        structure = self._reseau.annexes.structure[annexe]
        annuelles = np.array([self._reseau.bareme.heures_par_etp(nom) for nom in TYPES])
        diviseur = annuelles[self._reseau.structures.type[structure]]
        return np.asarray(np.minimum((heures * 24 + diviseur) // (2 * diviseur), 100))

    def _bill(
        self, rangees: Rangees, type_siae: NDArray[np.int64], heures: NDArray[np.int64]
    ) -> dict[str, pa.Array]:
        """Missions, hours billed and gross pay; no pay for freelances, nor where the wage is unknown."""
        part = np.array([hypotheses.HEURES_FACTUREES[t] for t in range(len(TYPES))])[type_siae]
        facturees = np.rint(heures * part / 25).astype(np.int64) * 25
        en_smic = np.array([hypotheses.SALAIRE_EN_SMIC[t] for t in range(len(TYPES))])[type_siae]
        brut = np.rint(heures / 100 * self._smic[rangees.mois] * en_smic).astype(np.int64)
        structure = self._reseau.annexes.structure[rangees.annexe]
        mayotte = np.array([code == "976" for code in self._reseau.structures.departements_argent])
        missions = np.isin(type_siae, (AI, ETTI))
        nombre = 1 + heures // 2500
        return {
            "emi_nb_mission": write_integers(nombre, ~missions),
            "emi_nb_heures_facturees": write_hundredths(facturees, type_siae == EITI),
            "emi_mt_salaire_brut": write_hundredths(brut, (type_siae == EITI) | mayotte[structure]),
        }

    def _exits(self, bloc: Bloc, rangees: Rangees) -> dict[str, pa.Array]:
        """Real end and motive, on the row of the month in which the stay ends."""
        fin = bloc.contrats.fin[rangees.contrat]
        sort = bloc.contrats.is_dernier[rangees.contrat] & (month_of(fin) == rangees.mois)
        sort &= fin <= self._reseau.au
        motifs = draw_motives(self._reseau.alea, bloc.parcours.personne[rangees.parcours])
        return {
            "emi_date_fin_reelle": write_days(np.where(sort, fin, -(10**6))),
            "emi_motif_sortie_id": write_integers(motifs, ~sort),
        }


def raise_before_cap(
    moyennes: NDArray[np.float64], ecarts: NDArray[np.float64], plafond: float
) -> NDArray[np.float64]:
    """Means that log-normal draws must have for those wanted to remain once a cap cuts them.

    Args:
        moyennes: Wanted.
        ecarts: Standard deviations of the logarithms.
        plafond: The cap.
    """
    avant = moyennes.copy()
    for _ in range(50):
        rapport = np.log(plafond / avant)
        coupees = avant * ndtr(rapport / ecarts - ecarts / 2)
        coupees += plafond * (1 - ndtr(rapport / ecarts + ecarts / 2))
        avant *= moyennes / coupees
    return avant


def _index_annexes(reseau: Reseau) -> NDArray[np.int64]:
    """Rank of the annexe of a structure and a year, -1 when there is none. Shape `(structures, years)`."""
    premiere, derniere = reseau.parametres.annees
    index = np.full((len(reseau.structures), derniere - premiere + 2), -1)
    annexes = reseau.annexes
    index[annexes.structure, annexes.annee - premiere] = np.arange(len(annexes))
    return index


def _cover(
    debut: NDArray[np.int64], fin: NDArray[np.int64], mois: NDArray[np.int64]
) -> NDArray[np.float64]:
    premier = first_of_month(mois // 12 + 1970, mois % 12 + 1)
    suivant = first_of_month(mois // 12 + 1970, mois % 12 + 2)
    jours = np.minimum(fin + 1, suivant) - np.maximum(debut, premier)
    return np.asarray(np.maximum(jours, 0) / (suivant - premier))


def _write_smic(reseau: Reseau) -> NDArray[np.float64]:
    """Minimum wage of each month since January 1970, cents, in force on its first day."""
    jours = [to_day(jour) for jour, _ in reseau.bareme.smic]
    montants = np.array([0, *(centimes for _, centimes in reseau.bareme.smic)], dtype=np.float64)
    mois = np.arange(to_day(reseau.parametres.au) // 28 + 24)
    premiers = mois.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(montants[np.searchsorted(jours, premiers, side="right")])


def _freelance(
    reseau: Reseau,
    bloc: Bloc,
    rangees: Rangees,
    type_siae: NDArray[np.int64],
    heures: NDArray[np.int64],
) -> dict[str, Any]:
    """Turnover and meetings of the people of EITI; empty for all others."""
    autres = type_siae != EITI
    chiffre = np.rint(heures * hypotheses.CHIFFRE_AFFAIRES_EITI_HORAIRE).astype(np.int64)
    rdv = reseau.alea.integers(0, 2, "rdv", bloc.parcours.personne[rangees.parcours], rangees.mois)
    return {
        "emi_dsm_ca_reel": write_hundredths(chiffre, autres),
        "emi_dsm_rdv_phy": write_integers(rdv, autres),
        "emi_dsm_nb_rdv_mens_ti": write_integers(rdv, autres),
    }
