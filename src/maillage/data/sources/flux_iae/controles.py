"""What a typed cell may not be, whatever its form: a thirteenth month, negative hours, 900 hours a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from maillage.kernel.errors import Anomalie

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from maillage.data.sources.flux_iae.rapport import Releve

_MOIS = "emi_sme_mois"
_ANNEE = "emi_sme_annee"
_HEURES_PAR_MOIS = 74_400  # hundredths: 31 days of 24 hours
_BORNES = {
    "EtatMensuelIndiv": {
        _MOIS: (1, 12, "un mois entre 1 et 12"),
        _ANNEE: (2000, 2100, "une année"),
        "emi_nb_heures_travail_centiemes": (0, _HEURES_PAR_MOIS, "un nombre d’heures d’un mois"),
        "emi_part_etp_millioniemes": (0, 100_000_000, "une part d’équivalent temps plein"),
    },
    "AnnexeFinanciere": {
        "af_etp_postes_insertion_centiemes": (0, 10_000_000, "un nombre de postes"),
        "af_duree_heure_annuel_etp_valeur_centiemes": (1, 878_400, "un nombre d’heures par an"),
        "af_montant_unitaire_annuel_valeur_centiemes": (0, 10**9, "un montant par poste"),
    },
    "Salarie": {"salarie_annee_naissance": (1900, 2100, "une année de naissance")},
}
ETATS_MENSUELS = ("VALIDE", "DEBLOQUE", "SAISI", "BROUILLON")
ETATS_ANNEXES = (
    *("VALIDE", "PROVISOIRE", "HISTORISE", "ANNULE", "SAISI", "BROUILLON", "CLOTURE", "REJETE"),
    "DDE_ANNULATION",
)
_CODES = {
    "EtatMensuelIndiv": ("emi_esm_etat_code", ETATS_MENSUELS),
    "AnnexeFinanciere": ("af_etat_annexe_financiere_code", ETATS_ANNEXES),
}


def check_block(
    vue: str, table: pa.Table, lignes: NDArray[np.int32], releve: Releve, chemin: str
) -> None:
    """Note the cells out of their bounds, and the states that nobody knows."""
    for nom, (bas, haut, quoi) in _BORNES.get(vue, {}).items():
        if nom not in table.column_names:
            continue
        colonne = table.column(nom)
        hors = np.flatnonzero(
            np.asarray(
                pc.fill_null(
                    pc.or_(pc.less(colonne, bas), pc.greater(colonne, haut)), fill_value=False
                )
            )
        )
        if len(hors):
            valeur = colonne[int(hors[0])].as_py()
            if nom.endswith("_centiemes"):
                valeur /= 100
            releve.refuse(
                Anomalie(
                    "MLG-FLX-021",
                    f"{valeur} n’est pas {quoi}.",
                    "Demandez de nouveau l’extrait, ou signalez-le à l’ASP ; rien n’est gardé d’un "
                    "fichier faux.",
                    f"{chemin}, colonne {nom.removesuffix('_centiemes').removesuffix('_millioniemes')}",
                ),
                lignes[hors[:5]],
                len(hors),
            )
    if vue in _CODES:
        nom, connus = _CODES[vue]
        if nom in table.column_names:
            for etat in pc.unique(table.column(nom)).to_pylist():
                if etat is not None and etat not in connus:
                    releve.warn(
                        f"{chemin} : l’état « {etat} » n’est pas connu ; il est compté à part."
                    )
