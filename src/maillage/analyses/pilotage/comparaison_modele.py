"""What two extracts of one network differ by: each annexe in exactly one class, its months beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.pilotage.comparaison_changement import Changement, Nature
    from maillage.analyses.pilotage.rejets import Motif
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur

Cellule: TypeAlias = "float | str | bool | date | Absence"
"""A value of a field: a number in its unit, a text, a yes or no, a day; or the reason why it is not known."""


class Classe(Enum):
    """What became of an annexe; each one has exactly one. The value is the word shown, in French."""

    NOUVELLE = "nouvelle"
    CHANGEE = "changée"
    INCHANGEE = "inchangée"
    HORS_HISTORIQUE = "sortie de l’historique"
    DISPARUE = "disparue"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and addresses."""
        return self.name.lower()


class Suspension(Enum):
    """What became of the suspension of an annexe. The value is the word shown."""

    AUCUNE = ""
    SUSPENDUE = "suspendue depuis"
    LEVEE = "suspension levée"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and addresses."""
        return self.name.lower()


class EvolutionRejet(Enum):
    """What became of the rejection of an annexe. The value is the word shown."""

    NOUVEAU = "rejetée depuis"
    MOTIF_APPARU = "motif de rejet apparu"
    """On an annexe that is not in the state REJETE: published extracts have some that are VALIDE, and
    do not say whether the rejection is settled."""
    LEVE = "rejet levé"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and addresses."""
        return self.name.lower()


class Passage(Enum):
    """What became of a month of an annexe. The value is the word shown."""

    RATTRAPE = "retard rattrapé"
    SAISI = "saisi"
    NOUVEAU_RETARD = "nouveau retard"
    TOUJOURS_EN_RETARD = "toujours en retard"
    HEURES_CHANGEES = "heures modifiées"
    SAISIE_RETIREE = "saisie retirée"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and addresses."""
        return self.name.lower()


PASSAGES_ORDINAIRES = frozenset({Passage.SAISI, Passage.TOUJOURS_EN_RETARD})
"""What happens to every structure as months go by, or has not happened: told, but no change."""


@dataclass(frozen=True, slots=True)
class ChampChange:
    """A field of an annexe, or of a structure, that is not the same any more.

    Attributes:
        champ: Name of the fact, see `indicators.pilotage.faits`, without its unit.
        libelle: As shown.
        avant: Old value.
        apres: New value.
        unite: « ETP », « € », « heures », empty for what is not a number.
        decimales: Digits shown after the comma.
    """

    champ: str
    libelle: str
    avant: Cellule
    apres: Cellule
    unite: str = ""
    decimales: int = 0

    @property
    def ecart(self) -> Valeur:
        """New value minus old one; without object for what is not a number."""
        if isinstance(self.avant, float) and isinstance(self.apres, float):
            return self.apres - self.avant
        inconnue = Absence.INCONNUE in {self.avant, self.apres}
        return Absence.INCONNUE if inconnue and self.unite else Absence.SANS_OBJET


@dataclass(frozen=True, slots=True)
class Rejet:
    """A rejection that appeared or went away.

    Attributes:
        evolution: Which.
        motifs: What the codes of the new extract say (of the old one when it went away).
    """

    evolution: EvolutionRejet
    motifs: tuple[Motif, ...]

    @property
    def is_bancaire(self) -> bool:
        """Whether bank details are what was refused."""
        return any(motif.is_bancaire for motif in self.motifs)


@dataclass(frozen=True, slots=True)
class ChangementMois:
    """A month of an annexe that is not what it was, or is late still.

    Attributes:
        annee: Year.
        mois: 1 to 12.
        passage: What became of it.
        dans_la_periode: Whether the annexe covers it; hours outside are told, and counted nowhere.
        heures_avant: Hours in the old extract; « sans objet » when the month was not entered.
        heures_apres: Hours in the new one.
        etp_mois: ETP-months that it is about: agreed for a late month, realised for one entered,
            difference for hours that changed or were withdrawn (negative for a recovery).
        euros: The same at the unit amount of the annexe, before any cap.
    """

    annee: int
    mois: int
    passage: Passage
    dans_la_periode: bool
    heures_avant: Valeur
    heures_apres: Valeur
    etp_mois: Valeur
    euros: Valeur

    @property
    def is_ordinaire(self) -> bool:
        """Whether it is what happens as months go by: entered in its time, or late still."""
        return self.passage in PASSAGES_ORDINAIRES


@dataclass(frozen=True, slots=True)
class ChangementAnnexe:
    """An annexe of either extract, and all that happened to it.

    Attributes:
        annexe_id: Identifier of the ASP, kept from one amendment to the next.
        numero: With its amendments, as it is now, or as it was last.
        cle: (asp_id, type) of the structure that has it now, or had it last.
        denomination: Of that structure.
        siret: Of that structure.
        departement_argent: Of the number.
        departement_structure: Of the address.
        commune: Official code of the address.
        millesime: Year of its start.
        etat: State now, or the last one known.
        etp: Monthly posts agreed, now or last.
        is_comptee: Whether it counts in the steering figures now (VALIDE, PROVISOIRE, CLOTURE).
        classe: What became of it.
        raison: Why it is not there any more, a French sentence; empty when it is.
        champs: What changed of it; empty unless it is « changée ».
        suspension: Whether it was suspended, or is not any more.
        rejet: Its rejection, when that is new or over.
        montant_avant: Agreed amount in euros, as published; « sans objet » when the annexe is new.
        montant_apres: The same now; « sans objet » when it is not there any more.
        mois: Months that changed, and those that are late still; only of an annexe that counts now.
        retards_avant: Late months in the old extract, if it counted there.
        retards_apres: Late months in the new one, if it counts there.
    """

    annexe_id: int
    numero: str
    cle: Cle
    denomination: str
    siret: str
    departement_argent: str
    departement_structure: str
    commune: str
    millesime: int
    etat: str
    etp: Valeur
    is_comptee: bool
    classe: Classe
    raison: str
    champs: tuple[ChampChange, ...]
    suspension: Suspension
    rejet: Rejet | None
    montant_avant: Valeur
    montant_apres: Valeur
    mois: tuple[ChangementMois, ...]
    retards_avant: int
    retards_apres: int

    @property
    def has_change(self) -> bool:
        """Whether anything differs, but for the months entered in their time or late still."""
        return self.classe is not Classe.INCHANGEE or any(
            not mois.is_ordinaire for mois in self.mois
        )

    def list_mois(self, *passages: Passage) -> tuple[ChangementMois, ...]:
        """Its months to which one of these happened."""
        return tuple(mois for mois in self.mois if mois.passage in passages)


@dataclass(frozen=True, slots=True)
class ChangementStructure:
    """A structure in one kind, and its annexes of either extract.

    Attributes:
        cle: (asp_id, type).
        denomination: As it is now, or was last.
        siret: As it is now, or was last.
        departement_structure: Of its address.
        champs: What changed of the structure itself: name, SIRET, commune.
        annexes: All of its annexes, by number; those that did not change too.
    """

    cle: Cle
    denomination: str
    siret: str
    departement_structure: str
    champs: tuple[ChampChange, ...]
    annexes: tuple[ChangementAnnexe, ...]

    @property
    def has_change(self) -> bool:
        """Whether anything of it, or of its annexes, differs."""
        return bool(self.champs) or any(annexe.has_change for annexe in self.annexes)

    @property
    def changees(self) -> tuple[ChangementAnnexe, ...]:
        """Its annexes that differ."""
        return tuple(annexe for annexe in self.annexes if annexe.has_change)


@dataclass(frozen=True, slots=True, eq=False)
class Comparaison:
    """Two extracts of one network, structure by structure.

    Attributes:
        avant: Facts of the older extract.
        apres: Facts of the newer one.
        structures: Every structure of either, by name; those that did not change too.
        changements: Every change one by one, in the same order, but for the months entered in their time
            and those that are late still.
        has_mois: Whether months could be compared: both extracts have the monthly statements.
        avertissements: What a reader must know, French sentences.
    """

    avant: Faits
    apres: Faits
    structures: tuple[ChangementStructure, ...]
    changements: tuple[Changement, ...]
    has_mois: bool
    avertissements: tuple[str, ...]

    def count(self, nature: Nature) -> int:
        """How many changes of a kind."""
        return sum(changement.nature is nature for changement in self.changements)

    @property
    def is_synthetic(self) -> bool:
        """Whether the network was made by the generator."""
        return self.avant.extrait.is_synthetic or self.apres.extrait.is_synthetic

    @property
    def annexes(self) -> tuple[ChangementAnnexe, ...]:
        """Every annexe of either, structure by structure."""
        return tuple(annexe for structure in self.structures for annexe in structure.annexes)

    @property
    def changees(self) -> tuple[ChangementStructure, ...]:
        """Structures of which something differs."""
        return tuple(structure for structure in self.structures if structure.has_change)
