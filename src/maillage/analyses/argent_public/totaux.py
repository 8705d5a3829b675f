"""Network totals by kind and region under statistical secrecy, and the cost of a post by funder.

By kind or by region, one table is protected: publish one or the other, as both together tell more. By kind and
region, the crossed table is protected with all its sums first, then the regions, knowing the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from maillage.analyses.argent_public.financeurs import LIGNES, NOMS, PRODUITS
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.protection import protect
from maillage.indicators.secret.regle import Regle
from maillage.indicators.secret.tableau import Contribution, Tableau
from maillage.kernel.money import CENTIMES_PAR_EURO
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from maillage.analyses.argent_public.unites import Unite
    from maillage.indicators.secret.publication import Publication
    from maillage.kernel.valeur import Valeur

ENSEMBLE = "Ensemble"
_UNE = Nomenclature(ENSEMBLE)
ANNEXES, DECLARE, COMPTES = "annexes", "declare", "comptes"
SOURCES = (ANNEXES, DECLARE, COMPTES)
"""Never added: the same money seen three times."""
_ETP, _HEURES = "etp", "heures"


class Axe(Enum):
    """What totals are by."""

    TYPE = "type"
    REGION = "region"
    TYPE_REGION = "type-region"

    @property
    def tables(self) -> tuple[Axe, ...]:
        """Tables that it shows, in the order in which they are protected.

        The finest first: kinds and regions protected before it would not know what crossing them tells.
        """
        return (self, Axe.REGION) if self is Axe.TYPE_REGION else (self,)

    def place(self, unite: Unite) -> str:
        """Inner column of a unit."""
        places = {
            Axe.TYPE: unite.type,
            Axe.REGION: unite.region,
            Axe.TYPE_REGION: f"{unite.type}, {unite.region}",
        }
        return places[self]

    def colonnes(self, unites: Iterable[Unite]) -> Nomenclature:
        """Columns, with the kinds as subtotals when both cross."""
        places = sorted({(self.place(unite), unite.type) for unite in unites})
        if self is not Axe.TYPE_REGION:
            return Nomenclature.plate(ENSEMBLE, sorted({place for place, _ in places}))
        types = sorted({genre for _, genre in places})
        return Nomenclature(ENSEMBLE, (*((genre, ENSEMBLE) for genre in types), *places))


class Ligne(NamedTuple):
    """One funder in one column.

    Attributes:
        colonne: Kind, region, both, or `ENSEMBLE`.
        financeur: Code of the line.
        montants: Euros by source; `SANS_OBJET` where a source says nothing of this line.
        cout_etp: Declared euros for one ETP realised over the year.
        cout_heure: Declared euros for one hour worked.
        raison: Why figures are hidden, in French; empty when none is.
    """

    colonne: str
    financeur: str
    montants: Mapping[str, Valeur]
    cout_etp: Valeur
    cout_heure: Valeur
    raison: str

    @property
    def nom(self) -> str:
        """Of the funder, in French."""
        return NOMS[self.financeur]

    @property
    def is_empty(self) -> bool:
        """Whether no source says anything."""
        return all(montant is Absence.SANS_OBJET for montant in self.montants.values())


@dataclass(frozen=True, slots=True, eq=False)
class _Mesure:
    """Something that is added up: what it brings to which row, for each unit."""

    nom: str
    lignes: Nomenclature
    read: Callable[[Unite], Mapping[str, float] | None] = field(repr=False)


def _is_matched(unite: Unite) -> bool:
    return unite.rapprochement is Rapprochement.FAIT


def has_negative(comptes: Mapping[str, int]) -> bool:
    """Whether a line of accounts is below zero: such accounts are told, not added."""
    return min(comptes.values(), default=0) < 0


def _read_comptes(unite: Unite) -> Mapping[str, float] | None:
    return None if unite.comptes is None or has_negative(unite.comptes) else unite.comptes


_MESURES = (
    _Mesure(ANNEXES, LIGNES, lambda u: u.annexes),
    _Mesure(DECLARE, LIGNES, lambda u: u.declare if _is_matched(u) else None),
    _Mesure(COMPTES, LIGNES, _read_comptes),
    _Mesure(_ETP, _UNE, lambda u: {ENSEMBLE: u.etp or 0.0} if _is_matched(u) else None),
    _Mesure(_HEURES, _UNE, lambda u: {ENSEMBLE: u.heures or 0.0} if _is_matched(u) else None),
)
"""What is declared, posts and hours are those of the same units: no difference between them says anything."""


def list_totaux(
    unites: Sequence[Unite], axe: Axe = Axe.TYPE, regle: Regle | None = None
) -> tuple[Ligne, ...]:
    """Every funder in every column, the whole last; lines of which no source speaks are left out.

    Raises:
        SaisieInvalide: a table would give away what one before it hides (MLG-SEC-001).
    """
    suites = protect_tables(unites, axe, regle or Regle())
    places: dict[str, int] = {}
    for rank, table in enumerate(axe.tables):
        for colonne in table.colonnes(unites).noeuds:
            places.setdefault(colonne, rank)
    places[ENSEMBLE] = places.pop(ENSEMBLE)
    lignes = (
        _read({nom: suite[rank] for nom, suite in suites.items()}, colonne, financeur)
        for colonne, rank in places.items()
        for financeur in NOMS
    )
    return tuple(ligne for ligne in lignes if not ligne.is_empty)


def protect_tables(
    unites: Sequence[Unite], axe: Axe, regle: Regle
) -> dict[str, tuple[Publication, ...]]:
    """Tables of each measure that an axis shows, in the order in which they were protected.

    Raises:
        SaisieInvalide: a table would give away what one before it hides (MLG-SEC-001).
    """
    tables: dict[str, tuple[Publication, ...]] = {}
    for mesure in _MESURES:
        suite: tuple[Publication, ...] = ()
        for one in axe.tables:
            suite = (*suite, protect(_tabulate(mesure, unites, one), regle, suite))
        tables[mesure.nom] = suite
    return tables


def _tabulate(mesure: _Mesure, unites: Sequence[Unite], axe: Axe) -> Tableau:
    """Euros, ETP or hours of all units, with every margin."""
    unit = CENTIMES_PAR_EURO if mesure.lignes is LIGNES else 1
    contributions = [
        Contribution(
            unite.organisme,
            valeur / unit,
            ligne,
            axe.place(unite),
            f"{unite.cles[0][1]}:{ligne}",
        )
        for unite in unites
        for ligne, valeur in (mesure.read(unite) or {}).items()
    ]
    return Tableau(mesure.nom, mesure.lignes, axe.colonnes(unites), tuple(contributions))


def _read(tables: Mapping[str, Publication], colonne: str, financeur: str) -> Ligne:
    """One line, hidden everywhere when one of its sources hides it: they are nearly the same money."""
    raisons = [tables[source].raison(financeur, colonne) for source in SOURCES]
    raison = next(filter(None, raisons), "")
    montants = {source: tables[source].valeur(financeur, colonne) for source in SOURCES}
    if financeur == PRODUITS:
        montants[ANNEXES] = Absence.SANS_OBJET
    if raison:
        montants = {
            source: montant if montant is Absence.SANS_OBJET else Absence.SECRETE
            for source, montant in montants.items()
        }
        return Ligne(colonne, financeur, montants, Absence.SECRETE, Absence.SECRETE, raison)
    couts = _divide(tables, colonne, financeur)
    return Ligne(colonne, financeur, montants, *couts, _explain(tables, colonne))


def _explain(tables: Mapping[str, Publication], colonne: str) -> str:
    """Why the costs are hidden when the amounts are not."""
    return tables[_ETP].raison(ENSEMBLE, colonne) or tables[_HEURES].raison(ENSEMBLE, colonne)


def _divide(
    tables: Mapping[str, Publication], colonne: str, financeur: str
) -> tuple[Valeur, Valeur]:
    """Euros for one ETP and for one hour: both or none, as posts and hours are nearly proportional."""
    if _explain(tables, colonne):
        return Absence.SECRETE, Absence.SECRETE
    euros = tables[DECLARE].valeur(financeur, colonne)
    etp, heures = (tables[nom].valeur(ENSEMBLE, colonne) for nom in (_ETP, _HEURES))
    if isinstance(euros, Absence) or isinstance(etp, Absence) or isinstance(heures, Absence):
        return Absence.SANS_OBJET, Absence.SANS_OBJET
    return euros / etp, euros / heures
