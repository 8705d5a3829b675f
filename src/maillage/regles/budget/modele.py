"""Shapes of the national check: a budget line, what it covers, a headcount, a published costing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from maillage.kernel.valeur import Absence


class _Libelle(StrEnum):
    """An enumeration whose members carry the French words shown on screen."""

    libelle: str

    def __new__(cls, code: str, libelle: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.libelle = libelle
        return member


class Objet(_Libelle):
    """What the money is for."""

    POSTES = "postes", "aides aux postes seules"
    POSTES_FDI = "postes_fdi", "aides aux postes et fonds de développement de l’inclusion (FDI)"
    SOUS_ACTION_0302 = "sous_action_0302", "sous-action 03.02 du programme 102 (IAE)"
    EXONERATIONS_0303 = "exonerations_0303", "sous-action 03.03 du programme 102 (exonérations)"
    ACTION_03 = "action_03", "action 03 du programme 102 entière, contrats aidés compris"
    SUBVENTIONS = "subventions", "subventions de l’État aux structures"
    IAE_NON_PRECISE = (
        "iae_non_precise",
        "«\u00a0budget de l’IAE\u00a0», sans autre précision de la source",
    )
    FDI = "fdi", "fonds de développement de l’inclusion (FDI) seul"
    PIC = "pic", "formation, plan d’investissement dans les compétences (PIC IAE)"


class Stade(_Libelle):
    """Where the money stands between a promise and a payment."""

    ANNONCE = "annonce", "annonce"
    PROJET_DE_LOI = "projet_de_loi", "projet de loi de finances"
    AMENDEMENT = "amendement", "amendement"
    LOI_DE_FINANCES = "loi_de_finances", "loi de finances"
    CIRCULAIRE = "circulaire", "circulaire du Fonds d’inclusion dans l’emploi"
    EXECUTION = "execution", "exécution"
    NON_PRECISE = "non_precise", "stade non précisé par la source"


class Credits(_Libelle):
    """Authorisations to commit or payments."""

    AE = "AE", "autorisations d’engagement"
    CP = "CP", "crédits de paiement"
    AE_EGALE_CP = "AE=CP", "autorisations d’engagement égales aux crédits de paiement"
    NON_PRECISE = "non_precise", "ni AE ni CP selon la source"


class MiseEnReserve(_Libelle):
    """Before or after the part that the ministry of finance freezes."""

    AVANT = "avant", "avant mise en réserve"
    APRES = "apres", "après mise en réserve"
    NON_PRECISE = "non_precise", "sans mention de la mise en réserve"


class Nature(_Libelle):
    """A level, or a change that no level of this table is known to contain."""

    NIVEAU = "niveau", "un niveau de crédits"
    VARIATION = "variation", "une variation de crédits"


class Precision(_Libelle):
    """How the source gives the amount."""

    EXACTE = "exacte", "montant donné par la source"
    ARRONDIE = "arrondie", "montant arrondi par la source"
    MINIMUM = "minimum", "montant donné comme un minimum"
    DEDUITE = "deduite", "montant déduit d’autres montants de la source"


@dataclass(frozen=True, slots=True)
class SourceBudget:
    """Where a figure was read.

    Attributes:
        code: Key in budget.yaml.
        titre: As a reader would cite it.
        url: Public address; None when none was kept.
    """

    code: str
    titre: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What a line covers. Two lines compare only if all of it is the same."""

    objet: Objet
    type_siae: str
    stade: Stade
    credits: Credits
    mise_en_reserve: MiseEnReserve
    nature: Nature

    @property
    def libelle(self) -> str:
        """The perimeter in French, short enough for a table."""
        structures = "toutes structures" if self.type_siae == TOUS else self.type_siae
        parts = [self.objet.libelle, structures, self.stade.libelle]
        if self.credits is not Credits.NON_PRECISE:
            parts.append(self.credits.libelle)
        if self.mise_en_reserve is not MiseEnReserve.NON_PRECISE:
            parts.append(self.mise_en_reserve.libelle)
        return ", ".join(parts)


TOUS = "tous"
"""Kind of structure of a line that covers them all."""


@dataclass(frozen=True, slots=True)
class LigneBudget:
    """One line of the table.

    Attributes:
        code: Stable name.
        annee: Budget year.
        montant_euros: Whole euros, or why there is none.
        perimetre: What it covers.
        precision: How the source gives it.
        source: Where it was read.
        confiance: A, B or C.
        note: French sentence, may be empty.
        reserve_de_source: Where the source contradicts itself or another; French, may be empty.
    """

    code: str
    annee: int
    montant_euros: int | Absence
    perimetre: Perimetre
    precision: Precision
    source: SourceBudget
    confiance: str
    note: str
    reserve_de_source: str


@dataclass(frozen=True, slots=True)
class Effectif:
    """A number of full-time equivalents, published or implied by a published amount.

    Attributes:
        code: Stable name.
        annee: Year; None when implied by an amount whose year is another.
        valeur: ETP.
        mesure: What is counted, French.
        source: Where it was read, or what implies it.
        est_implicite: Whether it is deduced from a costing instead of published.
    """

    code: str
    annee: int | None
    valeur: float
    mesure: str
    source: SourceBudget
    est_implicite: bool = False


@dataclass(frozen=True, slots=True)
class ChiffragePublie:
    """A costing as its author published it.

    Attributes:
        code: Stable name.
        titre: French.
        type_siae: Kind of structure.
        montant_avant, montant_apres: Aide au poste, euros per ETP and year, as its author wrote them.
        cout_euros: Whole euros.
        source: Where it was read.
        confiance: A, B or C.
        note: French sentence, may be empty.
    """

    code: str
    titre: str
    type_siae: str
    montant_avant: float
    montant_apres: float
    cout_euros: int
    source: SourceBudget
    confiance: str
    note: str


@dataclass(frozen=True, slots=True)
class Budget:
    """Everything of budget.yaml.

    Attributes:
        lignes, effectifs, chiffrages: In the order of the file, by year.
    """

    lignes: tuple[LigneBudget, ...]
    effectifs: tuple[Effectif, ...]
    chiffrages: tuple[ChiffragePublie, ...]

    def get_ligne(self, code: str) -> LigneBudget:
        """Line of that code.

        Raises:
            KeyError: there is none.
        """
        return {ligne.code: ligne for ligne in self.lignes}[code]

    def get_effectif(self, code: str) -> Effectif:
        """Headcount of that code.

        Raises:
            KeyError: there is none.
        """
        return {effectif.code: effectif for effectif in self.effectifs}[code]

    def get_chiffrage(self, code: str) -> ChiffragePublie:
        """Published costing of that code.

        Raises:
            KeyError: there is none.
        """
        return {chiffrage.code: chiffrage for chiffrage in self.chiffrages}[code]
