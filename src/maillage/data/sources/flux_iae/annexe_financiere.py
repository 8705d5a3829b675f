"""The view AnnexeFinanciere: the few columns that an amount needs, as text, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from maillage.data.sources.flux_iae.conteneur import read_texte
from maillage.data.sources.flux_iae.tableau import find_vue, parse_tableau
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder, join_fr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maillage.data.sources.flux_iae.tableau import Tableau

VUE = "AnnexeFinanciere"
NUMERO = "af_numero_annexe_financiere"
MESURE = "af_mesure_dispositif_code"
ETP = "af_etp_postes_insertion"
MONTANT_UNITAIRE = "af_montant_unitaire_annuel_valeur"
DEBUT = "af_date_debut_effet"
FIN = "af_date_fin_effet"
MONTANT_TOTAL = "af_montant_total_annuel"
RENOUVELLEMENT = "af_numero_avenant_renouvellement"
MODIFICATION = "af_numero_avenant_modification"
PENITENTIAIRE = "af_indic_perimetre_milieu_penitentiaire"

OBLIGATOIRES = (NUMERO, MESURE, ETP, MONTANT_UNITAIRE, DEBUT, FIN)
FACULTATIVES = (MONTANT_TOTAL, RENOUVELLEMENT, MODIFICATION, PENITENTIAIRE)
_JOUR = 8


@dataclass(frozen=True, slots=True)
class AnnexesPubliees:
    """The columns of an extract that an amount needs.

    Attributes:
        nom: Name of the file.
        lignes: Line where each annexe starts, one per row.
        colonnes: Cells by published name, one per row. Optional columns may be missing.
        extraction: Day of the extraction, None when the file does not say.
        avertissements: What a reader must know of the file, in French.
        anomalies: MLG-AFI-009 rows that were left out, MLG-AFI-012 columns that are missing: to be
            told with what is wrong in the cells, all at once.
    """

    nom: str
    lignes: tuple[int, ...]
    colonnes: Mapping[str, tuple[str, ...]]
    extraction: date | None
    avertissements: tuple[str, ...]
    anomalies: tuple[Anomalie, ...] = ()

    def __len__(self) -> int:
        """How many annexes."""
        return len(self.lignes)

    def cell(self, rang: int, colonne: str) -> str:
        """A cell without its outer spaces; empty when the file lacks the column."""
        return self.colonnes[colonne][rang].strip() if colonne in self.colonnes else ""


def read_annexes_publiees(fichier: Path) -> AnnexesPubliees:
    """Annexes of an extract as published, or of a CSV with the same column names.

    Args:
        fichier: Zip, gzip or plain text; columns in any order, others ignored.

    Raises:
        Introuvable: MLG-AFI-001.
        FichierInvalide: MLG-AFI-002 to 008, 010, 011: nothing can be read of it.
    """
    nom = fichier.name
    texte = read_texte(fichier, VUE)
    _check_vue(find_vue(texte), nom)
    tableau = parse_tableau(texte, nom, (*OBLIGATOIRES, *FACULTATIVES))
    positions = {
        colonne: tableau.entetes.index(colonne)
        for colonne in (*OBLIGATOIRES, *FACULTATIVES)
        if colonne in tableau.entetes
    }
    anomalies = (*_find_manquantes(tableau), *tableau.anomalies)
    if not tableau.rangees and not anomalies:
        raise FichierInvalide(
            Anomalie(
                "MLG-AFI-002",
                "Le fichier n’a aucune annexe sous son en-tête.",
                "Refaites l’export, ou le dépôt.",
                nom,
            )
        )
    return AnnexesPubliees(
        nom=nom,
        lignes=tuple(tableau.lignes),
        colonnes={
            colonne: tuple(rangee[position] for rangee in tableau.rangees)
            for colonne, position in positions.items()
        },
        extraction=_read_jour(tableau.extraction),
        avertissements=tuple(_warn(tableau)),
        anomalies=anomalies,
    )


def _check_vue(vue: str, nom: str) -> None:
    if vue not in {"", VUE}:
        raise FichierInvalide(
            Anomalie(
                "MLG-AFI-011",
                f"Le fichier est la vue {vue}, pas la vue {VUE}.",
                f"Donnez le fichier fluxIAE_{VUE} du même dépôt.",
                f"{nom}, ligne 1",
            )
        )


def _find_manquantes(tableau: Tableau) -> list[Anomalie]:
    return [
        Anomalie(
            "MLG-AFI-012",
            f"Il manque la colonne {colonne}.",
            f"Rétablissez-la, avec ce nom ; colonnes nécessaires : {join_fr(OBLIGATOIRES)}.",
            f"ligne {tableau.ligne_entetes}, colonne {colonne}",
        )
        for colonne in OBLIGATOIRES
        if colonne not in tableau.entetes
    ]


def _read_jour(texte: str) -> date | None:
    """Day written JJMMAAAA, None when there is none or it is not a day."""
    if len(texte) != _JOUR:
        return None
    try:
        return date(int(texte[4:]), int(texte[2:4]), int(texte[:2]))
    except ValueError:
        return None


def _warn(tableau: Tableau) -> list[str]:
    lues = len(tableau.rangees)
    annonce = tableau.nombre_annonce
    if annonce is not None and annonce != lues:
        annoncees = accorder(annonce, "annexe", "annexes")
        phrase = (
            f"La dernière ligne du fichier annonce {annoncees}, {lues} ont été lues : "
            "le fichier est peut-être incomplet."
        )
        return [phrase]
    if tableau.vue and annonce is None:
        phrase = (
            "Le fichier n’a pas de ligne FIN : rien ne dit s’il est complet "
            f"({accorder(lues, 'annexe lue', 'annexes lues')})."
        )
        return [phrase]
    return []
