"""The view Structure: one row per legal person, whatever the kinds it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.synthetic.calibrage import ORIGINE
from maillage.data.synthetic.jours import to_day, write_days
from maillage.data.synthetic.parametres import ACI, AI, EI, EITI, ETTI

if TYPE_CHECKING:
    from maillage.data.synthetic.modele import Reseau

_NAF = {ACI: "8899B", AI: "7830Z", EI: "8129A", ETTI: "7820Z", EITI: "8299Z"}
_CATEGORIES = {ACI: ("258", "9220"), AI: ("258", "9220"), EI: ("", "5710"), ETTI: ("", "5710")}
"""Identifier, read on a published extract when there is one, and code of the legal category (INSEE)."""
_VOIES = (
    *(("RUE", "DE L EGLISE"), ("RUE", "DES ECOLES"), ("AV", "DE LA GARE"), ("PL", "DU MARCHE")),
    *(("RUE", "DE L INDUSTRIE"), ("CHE", "DES PRES"), ("BD", "DE LA LIBERTE"), ("RUE", "NEUVE")),
)


def build_structures(reseau: Reseau) -> pa.Table:
    """Rows of the view, text, by identifier."""
    structures, alea = reseau.structures, reseau.alea
    montrees = reseau.shown_structures()
    _, premiers = np.unique(structures.asp_id[montrees], return_index=True)
    rangs = montrees[premiers]
    lieux = [structures.lieux[rang] for rang in rangs]
    voies = [_VOIES[v] for v in alea.integers(0, len(_VOIES) - 1, "voie", rangs)]
    numeros = alea.integers(1, 98, "numero de voie", rangs).astype(str)
    categories = [_CATEGORIES.get(int(t), ("", "5202")) for t in structures.type[rangs]]
    creation = np.maximum(structures.premier_jour[rangs], to_day(_ORIGINE_ASP)) + 30
    modification = np.minimum(creation + alea.integers(0, 2500, "modification", rangs), reseau.au)
    admin = {
        "numero": pa.array(numeros),
        "type_voie": pa.array([voie for voie, _ in voies]),
        "nom_voie": pa.array([nom for _, nom in voies]),
        "cp": pa.array([lieu.code_postal for lieu in lieux]),
        "commune": pa.array([lieu.nom for lieu in lieux]),
        "code_insee": pa.array([lieu.code for lieu in lieux]),
    }
    return pa.table(
        {
            "structure_date_creation": _with_hour(creation),
            "structure_date_modification": _with_hour(modification),
            "structure_id_siae": pa.array(structures.asp_id[rangs]),
            "structure_siret_signature": pa.array([structures.sirets_signature[r] for r in rangs]),
            "structure_siret_actualise": pa.array([structures.sirets[r] for r in rangs]),
            "structure_denomination": pa.array([structures.denominations[r] for r in rangs]),
            "structure_categorie_juridique_id": pa.array([i or None for i, _ in categories]),
            "structure_categorie_juridique_code": pa.array([code for _, code in categories]),
            "structure_code_naf": pa.array([_NAF[int(t)] for t in structures.type[rangs]]),
            "structure_idcc_id": pa.repeat(pa.scalar("840"), len(rangs)),
            "structure_idcc_code": pa.repeat(pa.scalar("9999"), len(rangs)),
            **{
                f"structure_adresse_{adresse}_{nom}": colonne
                for adresse in ("admin", "gestion")
                for nom, colonne in admin.items()
            },
        }
    )


_ORIGINE_ASP = np.datetime64(f"{ORIGINE}-01-01").astype(object)


def _with_hour(jours: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Array:
    return pa.array([f"{jour} 00:00:00" for jour in write_days(jours).to_pylist()])
