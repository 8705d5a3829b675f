"""Extracts written in the ASP's format, row by row: invented structures, invented statements."""

from __future__ import annotations

import gzip
import itertools
from datetime import date
from typing import TYPE_CHECKING

from maillage.data.sources.flux_iae.colonnes import load_dictionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

JOUR = date(2025, 7, 5)
"""Day of extraction: in July, May is due, June is not."""
_SUITE = itertools.count(1)


def rangee(vue: str, **cellules: object) -> list[str]:
    """Cells of a view, empty but for those that are given."""
    noms = [colonne.nom for colonne in load_dictionnaire()[vue]]
    inconnues = set(cellules) - set(noms)
    if inconnues:
        msg = f"{vue} has no column {inconnues}"
        raise ValueError(msg)
    return [str(cellules.get(nom, "")) for nom in noms]


def structure(asp_id: int = 1, **cellules: object) -> list[str]:
    """A structure of Rennes."""
    return rangee(
        "Structure",
        **{
            "structure_id_siae": asp_id,
            "structure_siret_signature": "73282932000074",
            "structure_siret_actualise": "73282932000074",
            "structure_denomination": f"ASSOCIATION D ESSAI {asp_id}",
            "structure_adresse_admin_commune": "RENNES",
            "structure_adresse_admin_code_insee": "35238",
            "structure_date_modification": "30/11/2024 00:00:00",
        }
        | cellules,
    )


def annexe(af_id: int = 10, type_siae: str = "ACI", **cellules: object) -> list[str]:
    """An annexe of twelve posts over the year 2025.

    Its full-time year is a tenth of the real one, so that one person can work for twelve.
    """
    return rangee(
        "AnnexeFinanciere",
        **{
            "af_id_structure": 1,
            "af_id_annexe_financiere": af_id,
            "af_mesure_dispositif_code": f"{type_siae}_DC",
            "af_numero_annexe_financiere": f"{type_siae}03525{af_id:04d}",
            "af_numero_avenant_renouvellement": 0,
            "af_numero_avenant_modification": 0,
            "af_etat_annexe_financiere_code": "VALIDE",
            "af_indicateur_suspension": "false",
            "af_date_debut_effet": "01/01/2025",
            "af_date_fin_effet": "31/12/2025",
            "af_etp_postes_insertion": "12.00",
            "af_duree_heure_annuel_etp_id": 11,
            "af_duree_heure_annuel_etp_valeur": "182.00",
            "af_montant_unitaire_annuel_valeur": "24000.00",
            "af_montant_total_annuel": "288000.00",
        }
        | cellules,
    )


def releve(mois: int, heures: object = "182.00", **cellules: object) -> list[str]:
    """A statement of one month: by default the hours of the twelve posts of `annexe`, by one person."""
    return rangee(
        "EtatMensuelIndiv",
        **{
            "emi_dsm_id": next(_SUITE),
            "emi_afi_id": 10,
            "emi_pph_id": "P1",
            "emi_ctr_id": "C1",
            "emi_sme_annee": 2025,
            "emi_sme_mois": mois,
            "emi_esm_etat_code": "VALIDE",
            "emi_date_validation": f"10/{min(mois, 12):02d}/2025",
            "emi_nb_heures_travail": heures,
            "emi_part_etp": "1",
        }
        | cellules,
    )


def write_vue(  # noqa: PLR0913 — one parameter per thing that extracts do differently
    dossier: Path,
    vue: str,
    rangees: Sequence[Sequence[str]],
    *,
    jour: date = JOUR,
    deb: bool = True,
    fin: int | None = -1,
    entete: Sequence[str] | None = None,
    nom: str = "",
    encodage: str = "utf-8",
) -> Path:
    """One file of an extract.

    Args:
        dossier: Where.
        vue: Name of the view.
        rangees: Its rows.
        jour: Of extraction.
        deb: Whether the first line says it.
        fin: Rows that the last line announces; -1 tells the truth, None writes no last line.
        entete: Names of the columns, the dictionary's by default.
        nom: Of the file; the ASP's by default. A name that does not end in `.gz` is not compressed.
        encodage: Of the characters.
    """
    noms = list(entete or [colonne.nom for colonne in load_dictionnaire().get(vue, ())])
    vides = "|" * (len(noms) - 1)
    lignes = [f"DEB{vue}{jour:%d%m%Y}_063004{vides}"] if deb else []
    lignes += ["|".join(noms), *("|".join(cellules) for cellules in rangees)]
    if fin is not None:
        lignes.append(f"FIN{len(rangees) if fin < 0 else fin}{vides}")
    octets = ("\n".join(lignes) + "\n").encode(encodage)
    chemin = dossier / (nom or f"fluxIAE_{vue}_{jour:%d%m%Y}_112211.csv.gz")
    dossier.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(gzip.compress(octets, mtime=0) if chemin.suffix == ".gz" else octets)
    return chemin


def write_extrait(
    dossier: Path, vues: Mapping[str, Sequence[Sequence[str]]] | None = None, jour: date = JOUR
) -> Path:
    """A folder that holds an extract: one structure and one annexe, unless they are given.

    Args:
        dossier: Where.
        vues: Rows of each view; None stands for none but the structure and the annexe.
        jour: Of extraction.
    """
    completes = {"Structure": [structure()], "AnnexeFinanciere": [annexe()], **(vues or {})}
    for vue, rangees in completes.items():
        write_vue(dossier, vue, rangees, jour=jour)
    return dossier
