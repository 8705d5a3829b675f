"""Whom a row of the file is about: by number first, then by name, never by a guess alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from maillage.analyses.diagnosis.names import normalize
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.network.echange.fiche import Fiche, Lue

_RESSEMBLE = 85.0
_MAX_PROPOSITIONS = 3
RESEAU = Organisation.Nature.RESEAU.value


@dataclass(frozen=True, slots=True)
class Connue:
    """An organisation that the base holds.

    Attributes:
        pk: Its number in the base.
        cle: Its identifiant, as text.
        fiche: What is known of it.
    """

    pk: int
    cle: str
    fiche: Fiche


@dataclass(frozen=True, slots=True)
class Proposition:
    """An organisation that a row may be about.

    Attributes:
        connue: Which.
        score: Likeness of the two names, 0 to 100.
    """

    connue: Connue
    score: float


@dataclass(frozen=True, slots=True)
class Repertoire:
    """Known organisations, by all that may designate them."""

    par_cle: dict[str, Connue] = field(default_factory=dict)
    par_siren: dict[tuple[str, str], Connue] = field(default_factory=dict)
    par_siret: dict[str, Connue] = field(default_factory=dict)
    par_nom: dict[tuple[str, str], list[Connue]] = field(default_factory=lambda: defaultdict(list))
    noms: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def find(self, lue: Lue) -> tuple[Connue | None, str]:
        """The organisation that a row is surely about, and by what it is recognised."""
        champs = lue.champs
        nature = champs.get("nature", "")
        if lue.identifiant in self.par_cle:
            return self.par_cle[lue.identifiant], "identifiant"
        if nature == RESEAU:
            reseau = next((c for c in self.par_cle.values() if c.fiche.nature == RESEAU), None)
            return reseau, "nature"
        par_siren = self.par_siren.get((champs.get("siren", ""), nature))
        if par_siren is not None:
            return par_siren, "SIREN"
        for convention in champs.get("conventions", ()):
            if convention.siret in self.par_siret:
                return self.par_siret[convention.siret], "SIRET"
        memes = [c for c in self._homonyms(champs) if _stands_there(c, champs)]
        return (memes[0], "nom et commune") if len(memes) == 1 else (None, "")

    def propose(self, champs: Mapping[str, Any]) -> tuple[Proposition, ...]:
        """Organisations of the same nature that a row without number may be about, closest first."""
        noms = self.noms.get(champs.get("nature", ""), {})
        proches = process.extract(
            normalize(champs.get("nom", "")),
            noms,
            scorer=fuzz.token_sort_ratio,
            limit=None,
            score_cutoff=_RESSEMBLE,
        )
        found = [
            Proposition(self.par_cle[cle], score)
            for _, score, cle in proches
            if _may_be(self.par_cle[cle], champs)
        ]
        return tuple(found[:_MAX_PROPOSITIONS])

    def _homonyms(self, champs: Mapping[str, Any]) -> list[Connue]:
        cle = (champs.get("nature", ""), normalize(champs.get("nom", "")))
        return [c for c in self.par_nom.get(cle, ()) if _may_be(c, champs)]


def build_repertoire(connues: Iterable[Connue]) -> Repertoire:
    """Index of known organisations."""
    repertoire = Repertoire()
    for connue in connues:
        fiche = connue.fiche
        repertoire.par_cle[connue.cle] = connue
        if fiche.siren:
            repertoire.par_siren[fiche.siren, fiche.nature] = connue
        for convention in fiche.conventions:
            repertoire.par_siret[convention.siret] = connue
        nom = normalize(fiche.nom)
        repertoire.par_nom[fiche.nature, nom].append(connue)
        repertoire.noms[fiche.nature][connue.cle] = nom
    return repertoire


def _stands_there(connue: Connue, champs: Mapping[str, Any]) -> bool:
    """Whether the row puts the organisation where it is known to be."""
    return all(
        champs.get(c, "") == getattr(connue.fiche, c) for c in ("commune", "departement", "region")
    )


def _may_be(connue: Connue, champs: Mapping[str, Any]) -> bool:
    """Whether nothing known parts the two: another SIREN, another département."""
    for champ in ("siren", "departement"):
        su, dit = getattr(connue.fiche, champ), champs.get(champ, "")
        if su and dit and su != dit:
            return False
    return True
