"""What a model is made of, without its figures: clients, posts, charges, resources, and the readings chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from maillage.regles.cotisations.lecture import LectureCongesPayes

    Nombres: TypeAlias = NDArray[np.float64]
    Valeurs: TypeAlias = Mapping[str, Nombres]
    """Figures by path, « clients.mairie.heures »; any of them may be a column of draws."""

MOIS_PAR_AN = 12
TOUS_LES_MOIS = tuple(range(1, MOIS_PAR_AN + 1))
TYPES = ("AI", "ACI", "EI", "ETTI")
TYPES_QUI_FACTURENT = frozenset({"AI", "ETTI"})
"""Kinds whose hours are sold one by one; the work of the others is counted in hours worked."""


class Prix(Enum):
    """How a client pays; the value is the name of the figure that the file gives."""

    HORAIRE = "prix_horaire"
    COEFFICIENT = "coefficient"
    MONTANT = "montant_annuel"


class Role(Enum):
    """What a post is for; the value is the word of the file."""

    PERMANENT = "permanent"
    ENCADREMENT = "encadrement"


class Nature(Enum):
    """Where a resource comes from; the value is the word of the file."""

    COFINANCEMENT = "cofinancement"
    AUTRE = "autre"


@dataclass(frozen=True, slots=True)
class Client:
    """A kind of client, or one client.

    Attributes:
        code: In the paths.
        libelle: As shown.
        prix: By the hour, by a coefficient of the gross pay of the hour, or a sum for the year.
        saisonnalite: Weight of each of the twelve months of the exercice.
        suit_les_heures: Whether a sum for the year grows with the hours worked; the others always do.
    """

    code: str
    libelle: str
    prix: Prix = Prix.HORAIRE
    saisonnalite: tuple[float, ...] = (1.0,) * MOIS_PAR_AN
    suit_les_heures: bool = True


@dataclass(frozen=True, slots=True)
class Poste:
    """A post of the permanent staff, or several alike.

    Attributes:
        code: In the paths.
        libelle: As shown.
        role: Running the structure, or supervising the work.
    """

    code: str
    libelle: str
    role: Role = Role.PERMANENT


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge that does not follow the hours.

    Attributes:
        code: In the paths.
        libelle: As shown.
        mois: Months of the exercice that bear it, equally.
        is_decaissable: Whether it is paid; a write-down is not.
    """

    code: str
    libelle: str
    mois: tuple[int, ...] = TOUS_LES_MOIS
    is_decaissable: bool = True


@dataclass(frozen=True, slots=True)
class Ressource:
    """An income besides sales and the aide au poste.

    Attributes:
        code: In the paths.
        libelle: As shown.
        nature: Public or private funding of the project, or another product.
        mois: Months of the exercice in which it is cashed, equally; beyond 12 for a late payment.
    """

    code: str
    libelle: str
    nature: Nature = Nature.COFINANCEMENT
    mois: tuple[int, ...] = TOUS_LES_MOIS


@dataclass(frozen=True, slots=True)
class Mouvement:
    """Cash that is neither a product nor a charge of the year: a loan, a van, last year's bills.

    Attributes:
        code: In the paths.
        libelle: As shown.
        mois: Month, counted from the opening.
    """

    code: str
    libelle: str
    mois: int


@dataclass(frozen=True, slots=True)
class Cadre:
    """A model without its figures.

    Attributes:
        type_siae: AI, ACI, EI or ETTI.
        debut: First day of the exercice, and of the annexe: the law is read on that day.
        territoire: Where the posts are, as far as the amounts are concerned.
        effectif: Employees, in the meaning of the reduction of contributions.
        est_association: Whether the allowance of the associations applies to the taxe sur les salaires.
        taxe_salaires_due: Whether the tax is due at all: no text says it of every AI.
        insertion_dans_assiette: Whether the pay of insertion is in the base of the tax: idem.
        lecture: Reading of the paid-leave indemnity in the reduction of contributions.
        clients: At least one.
        postes: Permanent staff.
        charges: Fixed.
        ressources: Other income.
        mouvements: Other cash.
        horizon: Months of the path of cash, 12 to 24: past 12, the year starts again.
        mois_part_modulee: Month in which the modulated part is paid: no text says it.
    """

    type_siae: str
    debut: date
    territoire: str
    effectif: int
    est_association: bool
    taxe_salaires_due: bool
    insertion_dans_assiette: bool
    lecture: LectureCongesPayes
    clients: tuple[Client, ...]
    postes: tuple[Poste, ...] = ()
    charges: tuple[Charge, ...] = ()
    ressources: tuple[Ressource, ...] = ()
    mouvements: tuple[Mouvement, ...] = ()
    horizon: int = MOIS_PAR_AN
    mois_part_modulee: int = MOIS_PAR_AN

    @property
    def facture_des_heures(self) -> bool:
        """Whether hours billed divide the year, rather than hours worked."""
        return self.type_siae in TYPES_QUI_FACTURENT
