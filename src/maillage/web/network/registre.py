"""The public register of structures, and which of its lines an organisation may be.

The register is that of December 2020: it lacks structures born since and says nothing of those that
have closed. Being absent from it therefore proves nothing. Its key is (SIRET, kind), that of the
conventions and of the extracts of the State.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz

from maillage.analyses.diagnosis.names import normalize
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.web.network.models import Organisation

DATE_REGISTRE: Final = "décembre 2020"
_RESSEMBLE = 80.0
_MAX_PROPOSITIONS = 12
Cle = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LigneRegistre:
    """One structure of the register.

    Attributes:
        siret, kind: Its key.
        nom: As published.
        commune: Official code; empty when the register gives none.
        ville: As published.
    """

    siret: str
    kind: str
    nom: str
    commune: str
    ville: str

    @property
    def cle(self) -> Cle:
        """Its key."""
        return self.siret, self.kind


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """A line of the register that an organisation may be, and why."""

    ligne: LigneRegistre
    raison: str


@dataclass(frozen=True, slots=True)
class Registre:
    """The register by all that leads to one of its lines."""

    par_cle: dict[Cle, LigneRegistre] = field(default_factory=dict)
    par_siret: dict[str, list[LigneRegistre]] = field(default_factory=lambda: defaultdict(list))
    par_siren: dict[str, list[LigneRegistre]] = field(default_factory=lambda: defaultdict(list))
    par_commune: dict[str, list[LigneRegistre]] = field(default_factory=lambda: defaultdict(list))


_REGISTRES: WeakKeyDictionary[Atlas, Registre] = WeakKeyDictionary()


def load_registre() -> Registre:
    """The register of the reference pack, indexed once per atlas."""
    atlas = donnees.atlas()
    if atlas not in _REGISTRES:
        colonnes = ["siret", "kind", "nom", "code_commune", "ville"]
        _REGISTRES[atlas] = _index(atlas.pack.tables["structures"].select(colonnes).to_pylist())
    return _REGISTRES[atlas]


def _index(rangees: list[Mapping[str, Any]]) -> Registre:
    registre = Registre()
    for rangee in rangees:
        ligne = LigneRegistre(
            rangee["siret"],
            rangee["kind"],
            rangee["nom"],
            rangee["code_commune"] or "",
            rangee["ville"] or "",
        )
        registre.par_cle[ligne.cle] = ligne
        registre.par_siret[ligne.siret].append(ligne)
        registre.par_siren[ligne.siret[:9]].append(ligne)
        registre.par_commune[ligne.commune].append(ligne)
    return registre


def propose(organisation: Organisation, registre: Registre) -> tuple[Rapprochement, ...]:
    """Lines of the register that a structure may be, surest first.

    Same key, then same SIRET under another kind, then another establishment of the same legal
    person, then a name alike in the same commune.
    """
    found: dict[Cle, Rapprochement] = {}
    for ligne, raison in _reasons(organisation, registre):
        found.setdefault(ligne.cle, Rapprochement(ligne, raison))
    return tuple(found.values())[:_MAX_PROPOSITIONS]


def _reasons(organisation: Organisation, registre: Registre) -> Iterator[tuple[LigneRegistre, str]]:
    conventions = list(organisation.conventions.all())
    for convention in conventions:
        ligne = registre.par_cle.get((convention.siret, convention.type_siae))
        if ligne is not None:
            yield ligne, "même SIRET et même type"
    for convention in conventions:
        for ligne in registre.par_siret.get(convention.siret, ()):
            yield ligne, "même SIRET, autre type"
    for ligne in registre.par_siren.get(organisation.siren, ()) if organisation.siren else ():
        yield ligne, "même SIREN, autre établissement"
    noms = [normalize(nom) for nom in (organisation.nom, organisation.sigle) if nom]
    communes = dict.fromkeys([organisation.commune, *(c.commune for c in conventions)])
    for commune in filter(None, communes):
        for ligne in registre.par_commune.get(commune, ()):
            score = max(fuzz.token_set_ratio(nom, normalize(ligne.nom)) for nom in noms)
            if score >= _RESSEMBLE:
                yield ligne, "nom ressemblant, même commune"
