"""What a structure declares on an annexe: staff and money of the year before, exits it expects. Assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic.jours import first_of_month, write_days
from maillage.data.synthetic.parametres import ACI, AI, EI, EITI, ETTI, TYPES
from maillage.data.synthetic.textes import repeat, write_hundredths, write_integers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Reseau

_ENCADREMENT_POUR_ETP = {ACI: 0.13, AI: 0.05, EI: 0.09, ETTI: 0.06, EITI: 0.05}
"""Technical supervision, full-time equivalents for one of insertion."""
_ACCOMPAGNEMENT_POUR_ETP = {ACI: 0.06, AI: 0.07, EI: 0.04, ETTI: 0.05, EITI: 0.06}
_PRODUITS_PAR_ETP = {ACI: 34_000, AI: 33_000, EI: 52_000, ETTI: 45_000, EITI: 15_000}
"""Sales and aids, at first, for one full-time equivalent of insertion, euros."""
_PART_VENTES = {ACI: 0.28, AI: 0.88, EI: 0.68, ETTI: 0.90, EITI: 0.4}
_ETAT = "af_etat"
_ETAT_POUR_AIDE = (1.02, 0.18)
"""What the State gives for one euro of aide au poste agreed: at least, and how much more at most."""
_AUTRES = {
    "af_commune": 0.06,
    "af_intercomm": 0.10,
    "af_departement": 0.22,
    "af_region": 0.07,
    "af_fse": 0.06,
    "af_plie": 0.03,
    "af_agefiph": 0.01,
    "af_autre_aide_publique": 0.03,
    "af_fondation": 0.02,
}
_FAUX = (
    *("af_autre_conventionnement", "af_indic_chrs", "af_indic_organisme_formation"),
    *("af_indic_service_personnes", "af_indic_declaration", "af_indic_agrement_qualite"),
)


def declare(
    reseau: Reseau, rangs: NDArray[np.int64], unitaires: NDArray[np.int64]
) -> dict[str, pa.Array]:
    """Cells of annexes.

    Args:
        reseau: The network.
        rangs: Ranks of the annexes. Shape `(n,)`.
        unitaires: Aide au poste of one post and year, of each, euros. Shape `(n,)`.
    """
    annexes, structures = reseau.annexes, reseau.structures
    structure = annexes.structure[rangs]
    type_siae = structures.type[structure]
    insertion = annexes.etp[rangs, 0].astype(np.float64) / 100
    return {
        **_staff(reseau, rangs, type_siae, insertion),
        **_money(reseau, rangs, type_siae, insertion, unitaires),
        **_expected_exits(reseau, rangs),
        "af_duree_collective_hebdo": repeat("35:00", len(rangs)),
        **{nom: repeat("false", len(rangs)) for nom in _FAUX},
    }


def _noise(reseau: Reseau, rangs: NDArray[np.int64], nom: str) -> NDArray[np.float64]:
    """Around 1, the same for every version of an annexe."""
    return np.exp(0.25 * reseau.alea.normal(nom, reseau.annexes.identifiant[rangs]))


def _by_type(valeurs: Mapping[int, float], type_siae: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.array([valeurs[rang] for rang in range(len(TYPES))], dtype=np.float64)[type_siae]


def _staff(
    reseau: Reseau,
    rangs: NDArray[np.int64],
    type_siae: NDArray[np.int64],
    insertion: NDArray[np.float64],
) -> dict[str, pa.Array]:
    technique = (
        insertion * _by_type(_ENCADREMENT_POUR_ETP, type_siae) * _noise(reseau, rangs, "technique")
    )
    social = (
        insertion * _by_type(_ACCOMPAGNEMENT_POUR_ETP, type_siae) * _noise(reseau, rangs, "social")
    )
    precedent = insertion * _noise(reseau, rangs, "precedent") ** 0.3
    tetes = np.maximum(reseau.structures.places[reseau.annexes.structure[rangs]], 1)
    ensemble = technique + social

    def hundredths(valeurs: NDArray[np.float64]) -> pa.Array:
        return write_hundredths(np.rint(valeurs * 100).astype(np.int64))

    def heads(valeurs: NDArray[np.float64]) -> pa.Array:
        return write_integers(np.ceil(valeurs).astype(np.int64))

    return {
        "af_nb_effectif_total_annee_prec": heads(tetes + ensemble),
        "af_etp_effectif_total_annee_prec": hundredths(precedent + ensemble),
        "af_nb_pers_agrees_pole_emploi_iae_annee_prec": write_integers(tetes),
        "af_etp_pers_agrees_pole_emploi_iae_annee_prec": hundredths(precedent),
        "af_nb_benef_en_inser_annee_prec": write_integers(tetes),
        "af_etp_benef_en_inser_annee_prec": hundredths(precedent),
        "af_nb_sal_encadrement_tech_accomp_sociop": heads(ensemble),
        "af_etp_encadrement_tech_accomp_sociop_annee_prec": hundredths(ensemble),
        "af_nb_sal_perm_encadrement_tech_sal_insertion": heads(technique),
        "af_etp_perm_encadrement_tech_sal_insertion_annee_prec": hundredths(technique),
        "af_nb_sal_perm_acc_sociop": heads(social),
        "af_etp_perm_acc_sociop_annee_prec": hundredths(social),
    }


def _money(
    reseau: Reseau,
    rangs: NDArray[np.int64],
    type_siae: NDArray[np.int64],
    insertion: NDArray[np.float64],
    unitaires: NDArray[np.int64],
) -> dict[str, pa.Array]:
    """Operating income, sales and aids of a closed year, whole euros; their parts add up.

    What the State gives holds the aide au poste, and most often a little more.
    """
    identifiant = reseau.annexes.identifiant[rangs]
    produits = (
        insertion * _by_type(_PRODUITS_PAR_ETP, type_siae) * _noise(reseau, rangs, "produits")
    )
    part = np.clip(
        _by_type(_PART_VENTES, type_siae) + 0.08 * reseau.alea.normal("ventes", identifiant),
        0.02,
        0.98,
    )
    ventes = np.rint(produits * part).astype(np.int64)
    au_moins, de_plus = _ETAT_POUR_AIDE
    rapport = au_moins + de_plus * reseau.alea.uniform(_ETAT, identifiant)
    etat = np.rint(insertion * unitaires * rapport).astype(np.int64)
    poids = np.stack(
        [
            part_moyenne * -np.log1p(-reseau.alea.uniform(nom, identifiant))
            for nom, part_moyenne in _AUTRES.items()
        ],
        axis=1,
    )
    autres = (produits - ventes) * sum(_AUTRES.values())
    parts = np.rint(poids / poids.sum(axis=1, keepdims=True) * autres[:, None]).astype(np.int64)
    aides = etat + parts.sum(axis=1)
    return {
        "af_mt_tot_masse_salariale": write_hundredths(np.rint(produits * 72).astype(np.int64)),
        "af_part_salaries_agrees": write_hundredths(np.rint(produits * 45).astype(np.int64)),
        "af_total_produits_exploit": write_integers(ventes + aides),
        "af_date_cloture_exercice": write_days(
            first_of_month(reseau.annexes.annee[rangs] - 1, 1) - 1
        ),
        "af_part_produits_exploit_vente_presta": write_integers(ventes),
        "af_aides_subventions_comp": write_integers(aides),
        _ETAT: write_integers(etat),
        **{nom: write_integers(parts[:, rang]) for rang, nom in enumerate(_AUTRES)},
    }


def _expected_exits(reseau: Reseau, rangs: NDArray[np.int64]) -> dict[str, pa.Array]:
    """Expected exits: dynamic ones are the sum of the three others."""
    identifiant = reseau.annexes.identifiant[rangs]
    taux = [
        5 * reseau.alea.integers(bas, haut, nom, identifiant)
        for nom, bas, haut in (("durable", 3, 6), ("transition", 3, 5), ("positive", 2, 5))
    ]
    tetes = reseau.structures.places[reseau.annexes.structure[rangs]]
    return {
        "af_nb_prev_sorties": write_integers(np.maximum(tetes // 2, 1)),
        "af_taux_prev_sorties_dynamiques": write_hundredths(100 * (taux[0] + taux[1] + taux[2])),
        "af_taux_prev_sorties_durable": write_hundredths(100 * taux[0]),
        "af_taux_prev_sorties_trans": write_hundredths(100 * taux[1]),
        "af_taux_prev_sorties_positives": write_hundredths(100 * taux[2]),
    }
