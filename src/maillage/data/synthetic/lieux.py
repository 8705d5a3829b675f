"""Communes of the reference pack, as the ASP writes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from maillage.data.reference.pack import embedded_pack
from maillage.data.synthetic.noms import ascii_upper

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lieu:
    """A commune.

    Attributes:
        code: Official code.
        nom: As the ASP writes it.
        code_postal: One of its postal codes.
        departement: Usual code.
        region: Official code.
        arrondissement: Official code.
        is_zrr: Whether it was in a zone de revitalisation rurale in 2022.
        has_qpv: Whether a priority district lies in it.
    """

    code: str
    nom: str
    code_postal: str
    departement: str
    region: str
    arrondissement: str
    is_zrr: bool
    has_qpv: bool


@cache
def load_lieux() -> Mapping[str, Lieu]:
    """Communes of the reference pack by code."""
    pack = embedded_pack()
    qpv = {code for codes in pack.tables["qpv"]["codes_communes"].to_pylist() for code in codes}
    colonnes = ["code", "nom", "code_departement", "code_region", "code_arrondissement"]
    table = pack.tables["communes"].select([*colonnes, "codes_postaux", "zrr_2022"])
    return {
        ligne["code"]: Lieu(
            code=ligne["code"],
            nom=ascii_upper(ligne["nom"]),
            code_postal=(ligne["codes_postaux"] or [""])[0],
            departement=ligne["code_departement"],
            region=ligne["code_region"],
            arrondissement=ligne["code_arrondissement"] or "",
            is_zrr=ligne["zrr_2022"] == "C",
            has_qpv=ligne["code"] in qpv,
        )
        for ligne in table.to_pylist()
    }


def list_regions() -> frozenset[str]:
    """Official codes of the régions."""
    return frozenset(lieu.region for lieu in load_lieux().values())
