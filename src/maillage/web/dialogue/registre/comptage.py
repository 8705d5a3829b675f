"""Which contacts the register counts, and where the network stands against its two thresholds.

Source: décret n° 2017-867 of 9 May 2017, article 1 (principal: more than half of the time over six
months; regular: at least ten communications on one's own initiative in twelve months, by one
person). The register's own page says « plus de dix »: both readings are kept, and named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

UN_JOUR: Final = relativedelta(days=1)
UN_AN: Final = relativedelta(years=1)
SEUIL_COMMUNICATIONS: Final = 10
FENETRE_COMMUNICATIONS: Final = relativedelta(months=12)
FENETRE_TEMPS: Final = relativedelta(months=6)
DELAI_DECLARATION: Final = relativedelta(months=3)


class Sort(Enum):
    """What the register does of a contact. The value is shown."""

    COMPTE = "compté"
    A_PRECISER = "à préciser"
    NON_COMPTE = "non compté"


@dataclass(frozen=True, slots=True)
class Responsable:
    """A public official met: a category of the register, and the ministry when there is one."""

    categorie: str
    ministere: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One meeting, letter or call of the log.

    Attributes:
        numero: Number of the meeting.
        titre: What it was about.
        jour: When; None when only the month or year is known, or nothing.
        initiative: Code of who asked (`Rencontre.Initiative`).
        is_tenue: Whether it took place.
        responsables: Officials of the register who were met, one each.
        personnes: Who met them for the network, by function or name as the log has it.
        objet: The question, as the declaration will word it.
        actions: Types of action.
        decisions: Decisions aimed at.
        domaines: Domains.
        tiers: On whose behalf; empty for the network itself.
        observation: Free words of the declaration.
        heures: Time spent; None when nobody noted it.
        frais_centimes: Costs; None when nobody noted them.
    """

    numero: int
    titre: str
    jour: date | None
    initiative: str
    is_tenue: bool
    responsables: tuple[Responsable, ...] = ()
    personnes: tuple[str, ...] = ()
    objet: str = ""
    actions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    domaines: tuple[str, ...] = ()
    tiers: str = ""
    observation: str = ""
    heures: Decimal | None = None
    frais_centimes: int | None = None


def judge(contact: Contact) -> tuple[Sort, str]:
    """What the register does of a contact, and why, in a French sentence."""
    if not contact.is_tenue:
        return Sort.NON_COMPTE, "La rencontre n’a pas eu lieu."
    if contact.initiative in _PAS_DE_NOUS:
        return Sort.NON_COMPTE, _PAS_DE_NOUS[contact.initiative]
    if not contact.responsables:
        return (
            Sort.NON_COMPTE,
            "Aucun responsable public d’une catégorie du répertoire n’y figure.",
        )
    if contact.initiative != "reseau":
        return Sort.A_PRECISER, "Il reste à dire qui en a pris l’initiative."
    if contact.jour is None:
        return Sort.A_PRECISER, "Son jour n’est pas connu."
    return Sort.COMPTE, "Le réseau l’a demandée, à un responsable public visé par le répertoire."


_PAS_DE_NOUS: Final = {
    "interlocuteur": "L’interlocuteur l’a demandée\u00a0: elle n’est pas de notre initiative.",
    "statutaire": "C’est une convocation de l’instance, pas une démarche du réseau.",
}


@dataclass(frozen=True, slots=True)
class Compteur:
    """Communications of one person over twelve months, in the two ways of counting them.

    Attributes:
        personne: As the log names them.
        contacts: Contacts counted once each, however many officials were there.
        entrees: Contacts counted once per official met.
    """

    personne: str
    contacts: int
    entrees: int

    @property
    def is_atteint(self) -> bool:
        """Decree's reading, « au moins dix fois », on contacts."""
        return self.contacts >= SEUIL_COMMUNICATIONS

    @property
    def is_depasse(self) -> bool:
        """The register's own page, « plus de dix », on contacts."""
        return self.contacts > SEUIL_COMMUNICATIONS


def count_by_person(contacts: Iterable[Contact], le: date) -> list[Compteur]:
    """Communications that the register counts in the twelve months that end on a day, by person.

    Returns:
        The most active first; a contact in which nobody of ours is named counts for nobody.
    """
    debut = le + UN_JOUR - FENETRE_COMMUNICATIONS
    fois: Counter[str] = Counter()
    entrees: Counter[str] = Counter()
    for contact in contacts:
        if judge(contact)[0] is not Sort.COMPTE or contact.jour is None:
            continue
        if not debut <= contact.jour <= le:
            continue
        for personne in dict.fromkeys(contact.personnes):
            fois[personne] += 1
            entrees[personne] += len(contact.responsables)
    return [
        Compteur(personne, nombre, entrees[personne])
        for personne, nombre in sorted(fois.items(), key=lambda p: (-p[1], p[0]))
    ]


@dataclass(frozen=True, slots=True)
class Temps:
    """Hours of a function over a period."""

    fonction: str
    debut: date
    fin: date
    heures: Decimal
    heures_travaillees: Decimal


@dataclass(frozen=True, slots=True)
class PartTemps:
    """Part of the time of a function over the six months that end on a day.

    Attributes:
        fonction: Which.
        part: Between 0 and 1.
        is_complet: Whether the hours noted cover the six months without a hole.
    """

    fonction: str
    part: Decimal
    is_complet: bool

    @property
    def is_atteint(self) -> bool:
        """More than half."""
        return self.part * 2 > 1


def measure_time(temps: Sequence[Temps], le: date) -> list[PartTemps]:
    """Part of the time spent on representation in the six months that end on a day, by function.

    A period counts when it lies whole within the six months: hours of a longer one are not spread.
    """
    debut = le + UN_JOUR - FENETRE_TEMPS
    par_fonction: dict[str, list[Temps]] = {}
    for ligne in temps:
        if debut <= ligne.debut and ligne.fin <= le:
            par_fonction.setdefault(ligne.fonction, []).append(ligne)
    parts = [_measure(nom, lignes, debut, le) for nom, lignes in par_fonction.items()]
    return sorted(parts, key=lambda p: (-p.part, p.fonction))


def _measure(fonction: str, lignes: list[Temps], debut: date, le: date) -> PartTemps:
    heures = sum((ligne.heures for ligne in lignes), start=lignes[0].heures * 0)
    travail = sum(
        (ligne.heures_travaillees for ligne in lignes), start=lignes[0].heures_travaillees * 0
    )
    jours = sum((ligne.fin - ligne.debut).days + 1 for ligne in lignes)
    return PartTemps(fonction, heures / travail, jours > (le - debut).days)


def due_date(fin: date) -> date:
    """Last day of the declaration of a year closed on a day: three months later (article 3)."""
    return fin + DELAI_DECLARATION
