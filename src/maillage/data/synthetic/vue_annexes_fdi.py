"""Annexes of the fonds de développement de l'inclusion (FDI): no posts, an aid and an advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.annexes import ANNEES_MAX
from maillage.data.synthetic.jours import first_of_month, write_days
from maillage.data.synthetic.montants import MESURES
from maillage.data.synthetic.numeros import write_departement, write_prefixes
from maillage.data.synthetic.parametres import TYPES
from maillage.data.synthetic.textes import pick, repeat, write_hundredths, write_integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.data.synthetic.modele import Reseau

DERNIERE_ANNEE = 2023
"""Last year with credits.

Source:
    State budget, FDI: 30 million euros in 2023, none in 2024 and 2025 (`regles/budget`).
"""
_ACTIONS = (("2", "DIVERSACT"), ("6", "CONSOFI"))
"""Natures read on a published extract."""
_FAUX = (
    *("af_indicateur_suspension", "af_indicateur_derogation", "af_indic_cofinancement"),
    *("af_indic_perimetre_milieu_penitentiaire", "af_indic_portee_regionale", "af_indic_fgie"),
    *("af_indic_fond_terr_fr_active", "af_indic_garantie_bancaire", "af_indic_apport_ou_credit"),
    *("af_indic_autre_garan_banc", "af_indic_autres_fonds_solid", "af_indic_fin_bancaire"),
    *("af_indic_apport_capital_risque", "af_indic_apport_sifa", "af_indic_apport_ides"),
    *("af_indic_apport_autre", "af_indic_interv_dla"),
)
_AUTRES = {"ACI": "aci", "AI": "ai", "EI": "ei", "ETTI": "etti"}


def build_fdi(reseau: Reseau, noms: Sequence[str]) -> pa.Table:
    """Rows of the FDI, with the columns of the view."""
    annexes, alea, au = reseau.annexes, reseau.alea, reseau.au
    signature = first_of_month(annexes.annee, 7) + alea.integers(0, 120, "fdi", annexes.identifiant)
    tirage = alea.uniform("fdi choix", annexes.identifiant)
    rangs = np.flatnonzero(
        (tirage < hypotheses.PART_FDI)
        & (annexes.annee <= DERNIERE_ANNEE)
        & (signature + 30 <= au)
        & np.isin(annexes.structure, reseau.shown_structures())
    )
    signature = signature[rangs]
    structure = annexes.structure[rangs]
    identifiant = annexes.identifiant[rangs]
    annee = annexes.annee[rangs]
    aide = 50_000 * alea.integers(10, 120, "fdi aide", identifiant)
    pourcentage = alea.choose((0.5, 0.5), "fdi avance", identifiant)
    nature = alea.integers(0, 1, "fdi nature", identifiant)
    prefixes = write_prefixes(reseau, rangs)
    numeros = [
        f"FDI{write_departement(reseau, s)}{a % 100:02d}{5000 + s % 4000:04d}"
        for s, a in zip(structure.tolist(), annee.tolist(), strict=True)
    ]
    nombre = len(rangs)
    cellules = {
        "af_id_structure": write_integers(reseau.structures.asp_id[structure]),
        "af_mesure_dispositif_id": repeat(str(MESURES["FDI_DC"]), nombre),
        "af_mesure_dispositif_code": repeat("FDI_DC", nombre),
        "af_numero_annexe_financiere": pa.array(numeros, pa.string()),
        "af_numero_avenant_renouvellement": repeat("0", nombre),
        "af_numero_avenant_modification": repeat("0", nombre),
        "af_id_annexe_financiere": write_integers(identifiant + ANNEES_MAX // 2),
        "af_id_avenant_modification": write_integers((identifiant + ANNEES_MAX // 2) * 3),
        "af_etat_annexe_financiere_id": repeat("3", nombre),
        "af_etat_annexe_financiere_code": repeat("VALIDE", nombre),
        "af_date_depot_dde_financement": write_days(signature - 40),
        "af_date_debut_effet": write_days(signature + 15),
        "af_date_fin_effet": write_days(signature + 15 + 364),
        "af_mt_total_aide": write_hundredths(aide),
        "af_mt_total_avance": write_hundredths(np.where(pourcentage == 0, aide, aide * 6 // 10)),
        "af_pourcentage_avance": pick(["100.00", "60.00"], pourcentage),
        "af_nature_action_id": pick([numero for numero, _ in _ACTIONS], nature),
        "af_nature_action_code": pick([code for _, code in _ACTIONS], nature),
        "af_orga_conv_iae_fdi": repeat("true", nombre),
        "af_date_etat_brouillon": write_days(signature - 30),
        "af_date_etat_saisie_termine": write_days(signature - 25),
        "af_date_etat_valide": write_days(signature + 20),
        "af_date_signature": write_days(signature),
        "af_date_reception_asp": write_days(signature + 10),
        **{nom: repeat("false", nombre) for nom in _FAUX},
        **_other_annexe(
            reseau, structure.tolist(), prefixes, annexes.renouvellement[rangs].tolist()
        ),
    }
    vide = pa.nulls(nombre, pa.string())
    return pa.table([cellules.get(nom, vide).cast(pa.string()) for nom in noms], list(noms))


def _other_annexe(
    reseau: Reseau, structures: list[int], prefixes: list[str], renouvellements: list[int]
) -> dict[str, pa.Array]:
    """Number of the annexe of the IAE that the structure has in the year, under its kind."""
    types = [TYPES[reseau.structures.type[s]] for s in structures]
    return {
        f"af_num_annexe_{suffixe}": pa.array(
            [
                f"{prefixe}A{renouvellement}" if nom == type_siae else None
                for nom, prefixe, renouvellement in zip(
                    types, prefixes, renouvellements, strict=True
                )
            ],
            pa.string(),
        )
        for type_siae, suffixe in _AUTRES.items()
    }
