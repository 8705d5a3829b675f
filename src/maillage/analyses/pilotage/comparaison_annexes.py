"""Each annexe of two extracts in one class, and the fields that changed of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow.parquet as pq

from maillage.analyses.pilotage.comparaison_modele import (
    ChampChange,
    Classe,
    EvolutionRejet,
    Rejet,
    Suspension,
)
from maillage.analyses.pilotage.rejets import explain_motifs
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.pilotage.comparaison_modele import Cellule
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

PROFONDEUR_ANNEES = 2
"""Years before the current one that an extract holds; read in the public models of its users."""
REJETE = "REJETE"

Rangee: TypeAlias = "dict[str, Any]"
"""Facts of one annexe, by name of column; None where unknown."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A field that is compared.

    Attributes:
        nom: Of the fact, without its unit.
        libelle: As shown.
        colonne: Of the facts.
        source: Published column it comes from: when a file lacks it, the field is not compared.
        diviseur: What its whole number is divided by; 0 for what is not a number.
        unite: As shown.
        decimales: Digits shown.
        vide: What an empty cell means.
    """

    nom: str
    libelle: str
    colonne: str
    source: str
    diviseur: int = 0
    unite: str = ""
    decimales: int = 0
    vide: Absence = Absence.INCONNUE

    def read(self, rangee: Rangee) -> Cellule:
        """Its value in an annexe."""
        valeur = rangee[self.colonne]
        if valeur is None:
            return self.vide
        if self.diviseur:
            return int(valeur) / self.diviseur
        lue: Cellule = valeur
        return lue


CHAMPS = (
    Champ("numero", "Numéro de l’annexe", "numero", "af_numero_avenant_modification"),
    Champ("etat", "État", "etat", "af_etat_annexe_financiere_code"),
    Champ("suspendue", "Suspension", "suspendue", "af_indicateur_suspension"),
    Champ("rejet_code", "Motifs de rejet", "rejet_code", "af_motif_rejet_code"),
    Champ(
        "avenant_en_cours",
        "Avenant pas encore valide",
        "avenant_en_cours",
        "af_numero_avenant_modification",
    ),
    Champ("debut", "Début", "debut", "af_date_debut_effet"),
    Champ("fin", "Fin", "fin", "af_date_fin_effet"),
    Champ("etp", "Postes conventionnés", "etp_centiemes", "af_etp_postes_insertion", 100, "ETP", 2),
    Champ(
        "heures_etp",
        "Heures annuelles d’un temps plein",
        "heures_etp_centiemes",
        "af_duree_heure_annuel_etp_valeur",
        100,
        "heures",
        2,
    ),
    Champ(
        "montant_unitaire",
        "Montant par ETP et par an",
        "montant_unitaire_centimes",
        "af_montant_unitaire_annuel_valeur",
        100,
        "€",
        2,
    ),
    Champ(
        "montant_total",
        "Montant conventionné",
        "montant_total_centimes",
        "af_montant_total_annuel",
        100,
        "€",
        2,
    ),
    Champ(
        "montant_departement",
        "Part du département",
        "montant_departement_centimes",
        "af_mt_cofinance",
        100,
        "€",
        2,
        Absence.SANS_OBJET,  # the département does not pay for every annexe
    ),
    Champ("mesure", "Mesure", "mesure", "af_mesure_dispositif_code"),
    Champ("asp_id", "Numéro ASP de la structure", "asp_id", "af_id_structure"),
)
CHAMPS_STRUCTURE = (
    Champ("denomination", "Dénomination", "denomination", "structure_denomination"),
    Champ("siret", "SIRET", "siret", "structure_siret_actualise"),
    Champ("commune", "Commune", "commune", "structure_adresse_admin_code_insee"),
)
MONTANT = next(champ for champ in CHAMPS if champ.nom == "montant_total")
ETP = next(champ for champ in CHAMPS if champ.nom == "etp")


@dataclass(frozen=True)
class Cote:
    """One of the two extracts.

    Attributes:
        faits: Its facts.
    """

    faits: Faits

    @cached_property
    def annexes(self) -> dict[int, Rangee]:
        """Facts of each annexe, by its identifier."""
        return {
            # the order in which an extract repeats its motives says nothing
            rangee["annexe_id"]: rangee
            | {"rejet_code": " ".join(sorted(set(rangee["rejet_code"].split())))}
            for rangee in self.faits.annexes.to_pylist()
        }

    @cached_property
    def millesimes(self) -> frozenset[int]:
        """Years in which its annexes start."""
        return frozenset(
            rangee["millesime"]
            for rangee in self.annexes.values()
            if rangee["millesime"] is not None
        )

    @cached_property
    def structures(self) -> frozenset[int]:
        """Identifiers of its structures."""
        return frozenset(rangee["asp_id"] for rangee in self.annexes.values())

    @cached_property
    def colonnes(self) -> frozenset[str]:
        """Columns of its files of annexes and structures, units left out."""
        noms: set[str] = set()
        for vue in ("AnnexeFinanciere", "Structure"):
            noms.update(pq.read_schema(self.faits.extrait.vue(vue)).names)
        return frozenset(nom.removesuffix("_centiemes") for nom in noms)


def key_of(rangee: Rangee) -> Cle:
    """Structure of an annexe, in its kind."""
    return rangee["asp_id"], rangee["type"]


def find_comparable(champs: tuple[Champ, ...], *cotes: Cote) -> tuple[Champ, ...]:
    """Fields that both extracts have."""
    return tuple(champ for champ in champs if all(champ.source in cote.colonnes for cote in cotes))


def list_changes(
    champs: tuple[Champ, ...], avant: Rangee, apres: Rangee
) -> tuple[ChampChange, ...]:
    """Fields of which the two values differ; two unknown ones do not."""
    trouves = []
    for champ in champs:
        ancienne, nouvelle = champ.read(avant), champ.read(apres)
        if ancienne != nouvelle:
            trouves.append(
                ChampChange(
                    champ.nom, champ.libelle, ancienne, nouvelle, champ.unite, champ.decimales
                )
            )
    return tuple(trouves)


def classify(
    avant: Rangee | None, apres: Rangee | None, recent: Cote, champs: tuple[ChampChange, ...]
) -> tuple[Classe, str]:
    """Class of an annexe, and why it is gone when it is.

    Args:
        avant: In the older extract, None when it is not there.
        apres: In the newer one.
        recent: The newer extract.
        champs: What changed of it.
    """
    if avant is None:
        return Classe.NOUVELLE, ""
    if apres is not None:
        return (Classe.CHANGEE if champs else Classe.INCHANGEE), ""
    return _explain_absence(avant["millesime"], recent)


def _explain_absence(millesime: int | None, recent: Cote) -> tuple[Classe, str]:
    """Whether an annexe is gone with its year, or alone."""
    annee = recent.faits.extrait.extraction.year
    if millesime is not None and millesime < annee - PROFONDEUR_ANNEES:
        return Classe.HORS_HISTORIQUE, (
            f"Un extrait de {annee} ne remonte pas avant {annee - PROFONDEUR_ANNEES} : l’année "
            f"{millesime} en est sortie."
        )
    if millesime is not None and all(autre > millesime for autre in recent.millesimes):
        return Classe.HORS_HISTORIQUE, (
            f"Le nouvel extrait n’a plus aucune annexe de {millesime} : l’année entière en est sortie."
        )
    return Classe.DISPARUE, (
        "Son année est toujours dans le nouvel extrait, mais elle n’y est plus ; l’extrait ne dit pas "
        "pourquoi."
    )


def find_suspension(avant: Rangee | None, apres: Rangee | None) -> Suspension:
    """Whether it is newly suspended, or not any more; an annexe that is gone says nothing."""
    if apres is None:
        return Suspension.AUCUNE
    etait = avant is not None and avant["suspendue"]
    if apres["suspendue"] == etait:
        return Suspension.AUCUNE
    return Suspension.SUSPENDUE if apres["suspendue"] else Suspension.LEVEE


def find_rejet(avant: Rangee | None, apres: Rangee | None) -> Rejet | None:
    """The rejection that appeared, or went away."""
    if apres is None:
        return None
    anciens = set(avant["rejet_code"].split()) if avant else set()
    nouveaux = set(apres["rejet_code"].split())
    etait, est = avant is not None and avant["etat"] == REJETE, apres["etat"] == REJETE
    apparus = bool(nouveaux - anciens)
    if est and (apparus or not etait):
        return Rejet(EvolutionRejet.NOUVEAU, explain_motifs(apres["rejet_code"]))
    if not est and apparus:
        return Rejet(EvolutionRejet.MOTIF_APPARU, explain_motifs(apres["rejet_code"]))
    if avant is not None and etait and not est:
        return Rejet(EvolutionRejet.LEVE, explain_motifs(avant["rejet_code"]))
    return None
