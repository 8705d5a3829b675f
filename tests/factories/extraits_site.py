"""Two extracts of the small network, and which organisation each of their structures is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from factories.flux_iae import annexe, releve, structure, write_extrait

from maillage.analyses.pilotage.imports import importer
from maillage.web.pilotage.models import LienStructure
from maillage.web.pilotage.portee import write_cle

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

    from maillage.web.network.models import Organisation

JUIN, JUILLET = date(2025, 6, 5), date(2025, 7, 5)
COUP_DE_POUCE, PASSERELLE, CIMES, SEULE = (1, "AI"), (2, "AI"), (3, "AI"), (4, "ACI")
_COMMUNES = {1: "35238", 2: "29019", 3: "38185", 4: "35236"}
_NOMS = {1: "COUP DE POUCE", 2: "LA PASSERELLE", 3: "LES CIMES", 4: "SANS PERSONNE"}
_MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)


def write_both(dossier: Path) -> tuple[Path, Path]:
    """Folders of the two extracts.

    Four structures of 12 posts: the first on target, the second late since April, the third at half,
    the fourth suspended and tied to nobody.
    """
    return (
        write_extrait(dossier / "juin", _views(JUIN), JUIN),
        write_extrait(dossier / "juillet", _views(JUILLET), JUILLET),
    )


def _views(jour: date) -> dict[str, Any]:
    dernier = jour.month - 2
    faits = {1: range(1, dernier + 1), 2: range(1, 4), 3: range(1, dernier + 1), 4: range(1, 3)}
    return {
        "Structure": [
            structure(
                asp,
                structure_denomination=_NOMS[asp],
                structure_adresse_admin_code_insee=commune,
                structure_siret_actualise=f"{asp}" * 14,
            )
            for asp, commune in _COMMUNES.items()
        ],
        "AnnexeFinanciere": [
            annexe(
                10 * asp,
                "ACI" if asp == SEULE[0] else "AI",
                af_id_structure=asp,
                af_indicateur_suspension=str(asp == SEULE[0] and jour == JUILLET).lower(),
            )
            for asp in _COMMUNES
        ],
        "EtatMensuelIndiv": [
            releve(mois, "91.00" if asp == CIMES[0] else "182.00", emi_afi_id=10 * asp)
            for asp, mois_faits in faits.items()
            for mois in mois_faits
        ],
    }


def write_year(dossier: Path) -> Path:
    """An AI that enters twelve months of 2024: 182 hours, of which 170 are billed, and 2,200 € of gross pay."""
    return write_extrait(
        dossier,
        {
            "Structure": [structure(1, structure_denomination="COUP DE POUCE")],
            "AnnexeFinanciere": [
                annexe(
                    10,
                    "AI",
                    af_date_debut_effet="01/01/2024",
                    af_date_fin_effet="31/12/2024",
                )
            ],
            "EtatMensuelIndiv": [
                releve(
                    mois,
                    emi_sme_annee=2024,
                    emi_nb_heures_facturees="170.00",
                    emi_mt_salaire_brut="2200.00",
                )
                for mois in range(1, 13)
            ],
        },
        JUILLET,
    )


def import_both(dossier: Path) -> None:
    """Import the two extracts into the data directory of the environment."""
    for extrait in write_both(dossier):
        importer([extrait], _MAINTENANT)


def tie(petit: PetitReseau) -> None:
    """Say whose each structure is; the fourth is nobody's."""
    for cle, organisation in (
        (COUP_DE_POUCE, petit.structure),
        (PASSERELLE, petit.voisine),
        (CIMES, petit.lointaine),
    ):
        LienStructure.objects.get_or_create(
            organisation=organisation,
            asp_id=cle[0],
            type_siae=cle[1],
            defaults={"is_confirme": True, "raison": "essai"},
        )


def cle_of(petit: PetitReseau, organisation: Organisation) -> str:
    """Key, as addresses write it, of the structure of an organisation; of the first one for others."""
    tie(petit)
    lien = LienStructure.objects.filter(organisation=organisation).first()
    return write_cle(lien.cle if lien else COUP_DE_POUCE)
