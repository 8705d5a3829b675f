"""Decides whether what a publisher gave may enter: known territories, no collapse, sane figures.

Municipal arrondissements and their city are both kept, as in the pack. Communes merged since are
re-coded when their figures may be added. Territories that the pack does not know are told.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.reference.schema import SERIES
from maillage.data.sources.live.recolte import Figure, enumerate_some
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE, Absence, Valeur, code_etat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.data.reference.pack import Pack

SERIES_ADDITIVES = frozenset({"population", "rsa_foyers_caf"})
"""Counts of distinct persons or households: a merged commune is the sum of its parts."""
BAISSE_MAX = 0.2
"""Share of territories that may lose their figure from one update to the next."""
PART_INCONNUE_MAX = 0.01
"""Share of unknown codes tolerated where the geography changes each year."""
TAUX_MAX = 100.0

_COMMUNE = Niveau.COMMUNE.value
_HORS_CHAMP = ("975", "977", "978", "984", "986", "987", "988", "989")
_STABLES = frozenset({n.value for n in (Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT)})
_LOCAUX = frozenset({Niveau.COMMUNE.value, Niveau.DEPARTEMENT.value})
_QUE_FAIRE = (
    "rien n’a été modifié, l’état précédent reste en service. Réessayez, puis signalez-le si "
    "cela persiste."
)
Cle = tuple[str, str, str, str]
"""Level, code, series and period."""


@dataclass(frozen=True, slots=True)
class Terrain:
    """Territories that the pack knows.

    Attributes:
        codes: Codes by level.
        successeurs: Current commune of each code of the past.
        arrondissements: Municipal arrondissements of each commune that has some.
    """

    codes: Mapping[str, frozenset[str]]
    successeurs: Mapping[str, str]
    arrondissements: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, pack: Pack) -> Terrain:
        """Territories of that pack."""
        codes: dict[str, set[str]] = defaultdict(set)
        territoires = pack.tables["territoires"]
        for niveau, code in _pairs(territoires, "niveau", "code"):
            codes[niveau].add(code)
        communes = pack.tables["communes"]
        codes[_COMMUNE] = set(communes["code"].to_pylist())
        children: dict[str, set[str]] = defaultdict(set)
        for code, parent in _pairs(communes, "code", "code_parent"):
            if parent:
                children[parent].add(code)
        former = dict(_pairs(pack.tables["communes_anciennes"], "code", "code_actuel"))
        return cls(
            {niveau: frozenset(known) for niveau, known in codes.items()},
            {old: new for old, new in former.items() if new},
            {parent: frozenset(known) for parent, known in children.items()},
        )

    def find(self, niveau: str, code: str) -> str | None:
        """Code that the pack uses for that one; None if it knows none."""
        if code in self.codes.get(niveau, ()):
            return code
        successor = self.successeurs.get(code) if niveau == _COMMUNE else None
        return successor if successor in self.codes.get(niveau, ()) else None


def admit_figures(
    figures: Iterable[Figure], terrain: Terrain, before: pa.Table
) -> tuple[pa.Table, tuple[str, ...]]:
    """Table of the figures in the pack's shape, and what was set aside.

    Args:
        figures: As the publisher's module hands them over.
        terrain: Territories of the pack.
        before: Figures in service, in the shape of SERIES, all levels together.

    Returns:
        Rows sorted by level, series, code and period. Territories of a level without a row have
        one that says that the figure is unknown.

    Raises:
        FichierInvalide: unknown codes (MLG-MAJ-201), territories lost (MLG-MAJ-202), duplicates
            (MLG-MAJ-203) or impossible values (MLG-MAJ-204); all problems together.
    """
    admission = _Admission(terrain)
    for figure in figures:
        admission.add(figure)
    admission.add_cities()
    problems = [*admission.problems(), *_lost(admission.values, before)]
    if problems:
        raise FichierInvalide(*problems)
    admission.complete()
    return _to_table(admission.values, admission.sources), admission.notes()


def check_codes(codes: Iterable[str], terrain: Terrain, total_before: int) -> tuple[str, ...]:
    """What to say of the communes that a geographical service lists.

    Raises:
        FichierInvalide: too many unknown communes (MLG-MAJ-201), or too few (MLG-MAJ-202).
    """
    listed = {code for code in codes if not code.startswith(_HORS_CHAMP)}
    unknown = {code for code in listed if terrain.find(_COMMUNE, code) is None}
    problems = list(_too_many_unknown(_COMMUNE, unknown, len(listed)))
    if len(listed) < (1 - BAISSE_MAX) * total_before:
        problems.append(_loss(f"communes : {len(listed)} contre {total_before}"))
    if problems:
        raise FichierInvalide(*problems)
    return (f"communes inconnues du paquet : {enumerate_some(unknown)}",) if unknown else ()


class _Admission:
    """Figures being placed on the pack's territories."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self.values: dict[Cle, Valeur] = {}
        self.sources: dict[Cle, str] = {}
        self._direct: set[Cle] = set()
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._unknown: dict[str, set[str]] = defaultdict(set)
        self._merged: set[str] = set()
        self._dropped: set[str] = set()
        self._doubles: set[str] = set()
        self._insane: set[str] = set()

    def add(self, figure: Figure) -> None:
        if figure.niveau in _LOCAUX and figure.code.startswith(_HORS_CHAMP):
            return  # overseas collectivities are outside the pack
        self._seen[figure.niveau].add(figure.code)
        if not _is_sane(figure):
            self._insane.add(f"{figure.serie} {figure.code} {figure.periode} : {figure.valeur}")
        code = self.terrain.find(figure.niveau, figure.code)
        if code is None:
            self._unknown[figure.niveau].add(figure.code)
        elif code == figure.code:
            self._add_direct(figure)
        elif figure.serie in SERIES_ADDITIVES:
            self._merged.add(figure.code)
            self._add_part(figure, code)
        else:
            self._dropped.add(figure.code)

    def add_cities(self) -> None:
        """Give Paris, Lyon and Marseille the sum of their arrondissements, if all are there."""
        wholes = {(k[2], k[3]) for k in self.values if k[0] == _COMMUNE}
        for serie, periode in sorted(wholes):
            if serie in SERIES_ADDITIVES:
                for city in self.terrain.arrondissements:
                    self._add_city(city, serie, periode)

    def complete(self) -> None:
        """Tell as unknown the territories that a series of a level does not give."""
        whole = {(k[0], k[2], k[3]): self.sources[k] for k in self.values}
        for (niveau, serie, periode), source in whole.items():
            for code in self.terrain.codes[niveau]:
                key = (niveau, code, serie, periode)
                self.values.setdefault(key, Absence.INCONNUE)
                self.sources.setdefault(key, source)

    def problems(self) -> Iterable[Anomalie]:
        for niveau, unknown in sorted(self._unknown.items()):
            yield from _too_many_unknown(niveau, unknown, len(self._seen[niveau]))
        if self._doubles:
            quoi = f"chiffres donnés deux fois : {enumerate_some(self._doubles)}"
            yield Anomalie("MLG-MAJ-203", quoi, _QUE_FAIRE)
        if self._insane:
            quoi = f"valeurs impossibles : {enumerate_some(self._insane)}"
            yield Anomalie("MLG-MAJ-204", quoi, _QUE_FAIRE)
        if not self.values:
            yield Anomalie("MLG-MAJ-202", "aucun chiffre utilisable", _QUE_FAIRE)

    def notes(self) -> tuple[str, ...]:
        told = {
            "codes inconnus du paquet, laissés de côté": set().union(*self._unknown.values()),
            "communes fusionnées, ajoutées à leur commune actuelle": self._merged,
            "communes fusionnées, laissées de côté (chiffre non additif)": self._dropped,
        }
        return tuple(f"{what} : {enumerate_some(codes)}" for what, codes in told.items() if codes)

    def _add_city(self, city: str, serie: str, periode: str) -> None:
        key = (_COMMUNE, city, serie, periode)
        parts = sorted(self.terrain.arrondissements[city])
        keys = [(_COMMUNE, part, serie, periode) for part in parts]
        if key not in self.values and all(k in self.values for k in keys):
            self.values[key] = _sum(self.values[k] for k in keys)
            self.sources[key] = self.sources[keys[0]]

    def _add_direct(self, figure: Figure) -> None:
        key = (figure.niveau, figure.code, figure.serie, figure.periode)
        if key in self._direct:
            self._doubles.add(f"{figure.serie} {figure.code} {figure.periode}")
        self._direct.add(key)
        self._put(key, figure)

    def _add_part(self, figure: Figure, code: str) -> None:
        self._put((figure.niveau, code, figure.serie, figure.periode), figure)

    def _put(self, key: Cle, figure: Figure) -> None:
        present = [self.values[key]] if key in self.values else []
        self.values[key] = _sum([*present, figure.valeur])
        self.sources[key] = figure.source


def _sum(values: Iterable[Valeur]) -> Valeur:
    total = 0.0
    for value in values:
        if isinstance(value, Absence):
            return value  # one part unknown: so is the whole
        total += value
    return total


def _is_sane(figure: Figure) -> bool:
    if isinstance(figure.valeur, Absence):
        return True
    is_rate = figure.serie.startswith(("taux_", "part_"))
    limit = TAUX_MAX if is_rate else math.inf
    return math.isfinite(figure.valeur) and 0 <= figure.valeur <= limit


def _too_many_unknown(niveau: str, unknown: set[str], total: int) -> Iterable[Anomalie]:
    tolerated = 0.0 if niveau in _STABLES else PART_INCONNUE_MAX * total
    if len(unknown) > tolerated:
        told = accorder(len(unknown), "code inconnu", "codes inconnus")
        quoi = f"{told} au niveau {niveau} : {enumerate_some(unknown)}"
        yield Anomalie("MLG-MAJ-201", quoi, _QUE_FAIRE)


def _lost(values: Mapping[Cle, Valeur], before: pa.Table) -> Iterable[Anomalie]:
    """One problem per level and series that covers far fewer territories than before."""
    known = before.filter(pc.equal(before["etat"], CONNUE))
    counts = known.group_by(["niveau", "serie"]).aggregate([("code", "count_distinct")])
    now: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (niveau, code, serie, _), valeur in values.items():
        if not isinstance(valeur, Absence):
            now[niveau, serie].add(code)
    given = {key[2] for key in values}
    for row in counts.sort_by([("niveau", "ascending"), ("serie", "ascending")]).to_pylist():
        after = len(now[row["niveau"], row["serie"]])
        if row["serie"] in given and after < (1 - BAISSE_MAX) * row["code_count_distinct"]:
            yield _loss(
                f"{row['serie']}, niveau {row['niveau']} : "
                f"{after} territoires contre {row['code_count_distinct']}"
            )


def _loss(detail: str) -> Anomalie:
    quoi = f"plus de {100 * BAISSE_MAX:.0f} % de territoires perdus ({detail})"
    return Anomalie("MLG-MAJ-202", quoi, _QUE_FAIRE)


def _to_table(values: Mapping[Cle, Valeur], sources: Mapping[Cle, str]) -> pa.Table:
    keys = sorted(values, key=lambda key: (key[0], key[2], key[1], key[3]))
    states = [code_etat(values[key]) for key in keys]
    numbers = [None if isinstance(v := values[key], Absence) else v for key in keys]
    columns = [list(column) for column in zip(*keys, strict=True)]
    return pa.table(
        [*columns, numbers, pa.array(states, pa.uint8()), [sources[key] for key in keys]],
        schema=SERIES,
    )


def _pairs(table: pa.Table, first: str, second: str) -> Iterable[tuple[str, str]]:
    return zip(table[first].to_pylist(), table[second].to_pylist(), strict=True)
