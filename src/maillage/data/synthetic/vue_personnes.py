"""The views ContratMission, Salarie and Formations: people of nowhere, their contracts, their trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.jours import MOIS_MOYEN, write_days
from maillage.data.synthetic.montants import MESURES
from maillage.data.synthetic.numeros import write_measures
from maillage.data.synthetic.parametres import TYPES
from maillage.data.synthetic.sorties import draw_motives
from maillage.data.synthetic.textes import (
    pick,
    repeat,
    write_booleans,
    write_hundredths,
    write_integers,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Bloc, Reseau

_HEURES_PAR_SEMAINE = (26.0, 16.0, 35.0, 30.0, 14.0)
"""By kind; assumed."""
_AUCUN_JOUR = -(10**6)
_ENTREES_PAR_PLACE = 1.2
"""Stays that begin in a year, for one place: about what is published."""
_CLES_PAR_AN = 10**6


def build_contrats(reseau: Reseau, bloc: Bloc) -> pa.Table:
    """Rows of ContratMission: the contracts that began by the day."""
    contrats, parcours, au = bloc.contrats, bloc.parcours, reseau.au
    vus = np.flatnonzero((contrats.debut <= au) & (contrats.fin >= reseau.du))
    stay = contrats.parcours[vus]
    personne, structure = parcours.personne[stay], parcours.structure[stay]
    type_siae = reseau.structures.type[structure]
    cle = _identity(reseau, bloc)[stay]
    mesures = write_measures(reseau, structure)
    sorti = contrats.is_dernier[vus] & (contrats.fin[vus] <= au)
    semaine = np.array(_HEURES_PAR_SEMAINE)[type_siae]
    duree = (contrats.fin_prevue[vus] - contrats.debut[vus] + 1) / MOIS_MOYEN
    return pa.table(
        {
            "contrat_id_ctr": write_integers(contrats.identifiant[vus]),
            "contrat_id_pph": write_integers(personne),
            "contrat_id_structure": write_integers(reseau.structures.asp_id[structure]),
            "contrat_date_embauche": write_days(contrats.debut[vus]),
            "contrat_date_fin_contrat": write_days(contrats.fin_prevue[vus]),
            "contrat_date_sortie_definitive": write_days(
                np.where(sorti, contrats.fin[vus], _AUCUN_JOUR)
            ),
            "contrat_motif_sortie_id": write_integers(draw_motives(reseau.alea, personne), ~sorti),
            "contrat_type_contrat": write_integers(contrats.rang[vus]),
            "contrat_mesure_disp_id": pa.array([MESURES[m] for m in mesures], pa.int64()),
            "contrat_mesure_disp_code": pa.array(mesures, pa.string()),
            "contrat_duree_contrat": write_hundredths(np.rint(duree * 100).astype(np.int64)),
            "contrat_nb_heures": write_hundredths((semaine * 100).astype(np.int64)),
            **_situation(reseau, cle, type_siae),
            "contrat_salarie_is_zrr": write_booleans(_in_zrr(reseau, structure)),
        }
    )


def build_salaries(reseau: Reseau, bloc: Bloc) -> pa.Table:
    """Rows of Salarie: one per person and structure."""
    parcours = bloc.parcours
    cle = _identity(reseau, bloc)
    type_siae = reseau.structures.type[parcours.structure]
    femmes = reseau.alea.uniform("sexe", cle) < _by_type(hypotheses.SEXE_FEMME, type_siae)
    lieux = [reseau.structures.lieux[s] for s in range(len(reseau.structures))]
    has_qpv = np.array([lieu.has_qpv for lieu in lieux])[parcours.structure]
    qpv = has_qpv & (reseau.alea.uniform("qpv", cle) < hypotheses.PART_QPV_COMMUNE)
    return pa.table(
        {
            "salarie_id": write_integers(parcours.personne),
            "salarie_rci_libelle": pick(["M.", "MME"], femmes),
            "salarie_annee_naissance": write_integers(_birth_year(reseau, bloc, cle)),
            "salarie_commune": pick([lieu.nom for lieu in lieux], parcours.structure),
            "salarie_codeinseecom": pick([lieu.code for lieu in lieux], parcours.structure),
            "salarie_adr_is_zrr": write_booleans(_in_zrr(reseau, parcours.structure)),
            "salarie_adr_qpv_type": pick(["NQP", "QP"], qpv),
            "hash_nir": _write_hashes(reseau, cle, parcours.personne),
        }
    )


def build_formations(reseau: Reseau, bloc: Bloc) -> pa.Table:
    """Rows of Formations: for some stays, whole days of training. Their codes are not public."""
    contrats = bloc.contrats
    tirage = reseau.alea.uniform("formation", contrats.identifiant)
    vus = np.flatnonzero(
        (tirage < hypotheses.PART_FORMATION)
        & (contrats.rang == 0)
        & (contrats.debut + 30 <= reseau.au)
        & (contrats.fin >= reseau.du)
    )
    identifiant = contrats.identifiant[vus]
    jours = reseau.alea.integers(1, 20, "jours de formation", identifiant)
    return pa.table(
        {
            "formation_id_for": write_integers(identifiant),
            "formation_id_ctr": write_integers(identifiant),
            "formation_duree_jours": write_integers(jours),
            "formation_duree_heures": write_integers(jours * 7),
            "formation_duree_minutes": repeat("0", len(vus)),
        }
    )


def _identity(reseau: Reseau, bloc: Bloc) -> NDArray[np.int64]:
    """Key of the real person behind each one: a few are seen again in the year, elsewhere."""
    parcours = bloc.parcours
    revue = reseau.alea.uniform("revue", parcours.personne) < hypotheses.PART_NIR_REVU
    # of the same kind, since what a person is depends on it
    type_siae = reseau.structures.type[parcours.structure]
    places = np.zeros(len(TYPES), dtype=np.int64)
    np.add.at(places, reseau.structures.type, reseau.structures.places)
    attendues = places * _ENTREES_PAR_PLACE * hypotheses.PART_NIR_REVU
    nombre = np.maximum(attendues / 2, 1)[type_siae]
    rang = (reseau.alea.uniform("laquelle", parcours.personne) * nombre).astype(np.int64)
    annee = parcours.debut.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    groupe = (annee * _CLES_PAR_AN + rang) * len(TYPES) + type_siae
    # negative keys are nobody's own
    return np.where(revue, -1 - groupe, parcours.personne)


def _write_hashes(reseau: Reseau, cle: NDArray[np.int64], personne: NDArray[np.int64]) -> pa.Array:
    """64 hexadecimal digits; one value stands for all those without a number."""
    sans = reseau.alea.uniform("sans numero", personne) < hypotheses.PART_NIR_CONSTANT
    moities = [reseau.alea.bits(f"nir {rang}", cle) for rang in range(4)]
    moities = [np.where(sans, np.uint64(rang + 1), moitie) for rang, moitie in enumerate(moities)]
    octets = np.stack(moities, axis=1).astype(">u8").tobytes().hex()
    return pa.array([octets[i : i + 64] for i in range(0, len(octets), 64)], pa.string())


def _birth_year(reseau: Reseau, bloc: Bloc, cle: NDArray[np.int64]) -> NDArray[np.int64]:
    """Year of birth, from the age on the first day."""
    tranche = reseau.alea.choose([part for _, _, part in hypotheses.AGES], "tranche d age", cle)
    bas = np.array([bas for bas, _, _ in hypotheses.AGES])[tranche]
    haut = np.array([haut for _, haut, _ in hypotheses.AGES])[tranche]
    age = bas + (reseau.alea.uniform("age", cle) * (haut - bas + 1)).astype(np.int64)
    annee = bloc.parcours.debut.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return np.asarray(annee + 1970 - age)


def _situation(
    reseau: Reseau, cle: NDArray[np.int64], type_siae: NDArray[np.int64]
) -> dict[str, pa.Array]:
    rsa = reseau.alea.uniform("rsa", cle) < _by_type(hypotheses.PART_RSA, type_siae)
    majore = reseau.alea.uniform("rsa majore", cle) < hypotheses.PART_RSA_MAJORE
    rqth = reseau.alea.uniform("rqth", cle) < _by_type(hypotheses.PART_RQTH, type_siae)
    return {
        "contrat_salarie_rsa": pick(["NON", "OUI-NM", "OUI-M"], rsa * (1 + majore)),
        "contrat_salarie_rqth": write_booleans(rqth),
        **{
            f"contrat_salarie_{nom}": write_booleans(reseau.alea.uniform(nom, cle) < part)
            for nom, part in hypotheses.PART_AUTRES.items()
        },
    }


def _in_zrr(reseau: Reseau, structure: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.array([lieu.is_zrr for lieu in reseau.structures.lieux])[structure]


def _by_type(valeurs: dict[int, float], type_siae: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.array([valeurs[rang] for rang in range(len(TYPES))])[type_siae]
