"""Invented units of the account of public money, and annexes that declare a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factories.flux_iae import annexe, releve, structure, write_extrait

from maillage.analyses.argent_public.unites import Rapprochement, Unite
from maillage.indicators.pilotage.declarations import FINANCEURS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RIEN = dict.fromkeys((*FINANCEURS, "ventes", "autres_produits"), 0)
AIDES = dict(
    zip(
        FINANCEURS,
        (
            *("af_etat", "af_departement", "af_region", "af_intercomm", "af_commune", "af_fse"),
            *("af_plie", "af_agefiph", "af_autre_aide_publique", "af_fondation"),
        ),
        strict=True,
    )
)
"""Columns of the extract."""


def unite(
    rang: int,
    euros: Mapping[str, int] | None = None,
    annexes: tuple[int, int] = (0, 0),
    **autres: Any,
) -> Unite:
    """One ACI of Bretagne that declares these euros, 10 ETP and 15 000 hours, unless told otherwise."""
    champs: dict[str, Any] = {
        "organisme": str(rang),
        "type": "ACI",
        "region": "Bretagne",
        "etp_conventionnes": 10.0,
        "annexes": {"etat": annexes[0] * 100, "departement": annexes[1] * 100},
        "sans_montant": 0,
        "acquis": annexes[0] * 100,
        "declare": None if euros is None else RIEN | {k: 100 * v for k, v in euros.items()},
        "comptes": None,
        "etp": 10.0,
        "heures": 15_000.0,
        "rapprochement": Rapprochement.SANS_DECLARATION if euros is None else Rapprochement.FAIT,
    } | autres
    return Unite(cles=((rang, champs["type"]),), **champs)


def annexe_2024(
    af_id: int, asp_id: int, genre: str = "ACI", *, produits: str = "", **cellules: object
) -> list[str]:
    """An annexe over 2024 that declares the year 2024, aids in euros under their own names."""
    aides = {AIDES[nom]: cellules.pop(nom) for nom in list(cellules) if nom in AIDES}
    return annexe(
        af_id,
        genre,
        **{
            "af_id_structure": asp_id,
            "af_numero_annexe_financiere": f"{genre}03524{af_id:04d}",
            "af_date_debut_effet": "01/01/2024",
            "af_date_fin_effet": "31/12/2024",
            "af_date_cloture_exercice": "31/12/2024" if produits else "",
            "af_total_produits_exploit": produits,
        }
        | aides
        | cellules,
    )


def releves_2024(af_id: int, mois: int = 12, heures: str = "182.00") -> list[list[str]]:
    """As many months of 2024 entered."""
    return [
        releve(rang, heures, emi_afi_id=af_id, emi_sme_annee=2024, emi_pph_id=f"P{af_id}")
        for rang in range(1, mois + 1)
    ]


COMMUNES = {1: "35238", 2: "29019", 3: "38185", 4: "38185"}
"""Rennes and Brest are in Bretagne, Grenoble is not."""


def write_argent(dossier: Path, nombre: int = 4) -> Path:
    """An extract of ACI that each agree 288 000 € for 12 posts of 2024, and declare the same year.

    Each declares 300 000 € of the État and 100 000 € of sales, and has entered 12 months of 182 hours: 12 ETP,
    2 184 hours. Its SIREN is its number, nine times.
    """
    zeros = dict.fromkeys(AIDES.values(), "0")
    argent = {"af_etat": "300000", "af_part_produits_exploit_vente_presta": "100000"}
    numeros = range(1, nombre + 1)
    return write_extrait(
        dossier,
        {
            "Structure": [
                structure(
                    rang,
                    structure_siret_actualise=f"{rang}" * 14,
                    structure_siret_signature=f"{rang}" * 14,
                    structure_adresse_admin_code_insee=COMMUNES[rang],
                )
                for rang in numeros
            ],
            "AnnexeFinanciere": [
                annexe_2024(9 + rang, rang, produits="400000", **zeros | argent) for rang in numeros
            ],
            "EtatMensuelIndiv": [ligne for rang in numeros for ligne in releves_2024(9 + rang)],
        },
    )
