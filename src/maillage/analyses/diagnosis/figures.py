"""Figures of the cube made ready to be shown: references, rank, reason of an absence, pedigree."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.diagnosis.geography import ARM, CODE_FRANCE
from maillage.analyses.diagnosis.model import Chiffre, Courbe, Rang, Territoire
from maillage.analyses.typography import typeset
from maillage.indicators.carte import Cumul
from maillage.indicators.catalogue import get_carte
from maillage.indicators.motif import motif
from maillage.kernel.niveau import Niveau
from maillage.kernel.pedigree import Pedigree
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.analyses.diagnosis.geography import Geographie
    from maillage.data.reference.pack import Pack
    from maillage.indicators.carte import Carte
    from maillage.indicators.cube import Cube

_MIN_PERIODES = 2  # fewer do not make a curve
_MIN_RANG = 2  # one territory alone has no rank


class Registre:
    """Reads the cube by territory; what several figures share is computed once and kept."""

    def __init__(
        self, pack: Pack, cube: Cube, cartes: Mapping[str, Carte], geographie: Geographie
    ) -> None:
        self._pack = pack
        self._cube = cube
        self._cartes = cartes
        self._geographie = geographie
        self._rangs: dict[tuple[str, Niveau, str], tuple[NDArray[np.int64], int]] = {}
        self._pedigrees: dict[tuple[str, Niveau, str], Pedigree] = {}
        self._parents: dict[tuple[Niveau, str], list[tuple[Niveau, str, str]]] = {}
        self._classables: dict[Niveau, NDArray[np.bool_]] = {}
        self._tableaux: dict[tuple[str, Niveau, str], tuple[Chiffre, ...]] = {}
        self._version = f"maillage {version('maillage')} · {cube.version}"

    def carte(self, indicateur: str) -> Carte:
        """Definition card of that code.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        found = self._cartes.get(indicateur)
        return get_carte(indicateur) if found is None else found

    def niveaux_de(self, indicateur: str) -> tuple[Niveau, ...]:
        """Levels at which an indicator has figures, widest first.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        self.carte(indicateur)
        return tuple(n for n in Niveau if self._cube.find_releve(indicateur, n) is not None)

    def chiffre(self, indicateur: str, territoire: Territoire, periode: str | None) -> Chiffre:
        """One figure with its references, its rank, its pedigree.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        carte = self.carte(indicateur)
        niveau, code = territoire.niveau, territoire.code
        quand = periode or self._derniere(indicateur, niveau)
        valeur = self._valeur(indicateur, niveau, code, quand)
        return Chiffre(
            carte=carte,
            niveau=niveau,
            code=code,
            periode=quand,
            valeur=valeur,
            motif=_reason(carte, territoire, valeur),
            reperes=self._reperes(indicateur, territoire, quand),
            rang=self._rang(indicateur, niveau, code, quand),
            pedigree=self.pedigree(indicateur, niveau, quand),
            nom_territoire=territoire.nom,
        )

    def tableau(self, indicateur: str, niveau: Niveau, periode: str | None) -> tuple[Chiffre, ...]:
        """Figures of a whole level; the last tables asked for are kept.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        carte = self.carte(indicateur)
        quand = periode or self._derniere(indicateur, niveau)
        key = (indicateur, niveau, quand)
        if key not in self._tableaux:
            if len(self._tableaux) >= _TABLEAUX_GARDES:
                self._tableaux.pop(next(iter(self._tableaux)))
            pedigree = self.pedigree(indicateur, niveau, quand)
            self._tableaux[key] = tuple(
                self._row(carte, territoire, quand, pedigree)
                for territoire in self._geographie.territoires[niveau].values()
            )
        return self._tableaux[key]

    def courbe(self, indicateur: str, territoire: Territoire) -> Courbe | None:
        """An indicator over time; None when the territory has fewer than two known figures.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        carte = self.carte(indicateur)
        serie = self._serie(indicateur, territoire.niveau, territoire.code)
        connues = [periode for periode, valeur in serie if not isinstance(valeur, Absence)]
        if len(connues) < _MIN_PERIODES:
            return None
        lignes = [(territoire.nom, serie)]
        # beside the country, the count of one territory would be a flat line
        references = self._references(territoire) if carte.cumul is Cumul.AUCUN else []
        for niveau, code, nom in references:
            repere = self._serie(indicateur, niveau, code)
            if any(not isinstance(valeur, Absence) for _, valeur in repere):
                lignes.append((nom, repere))
        pedigree = self.pedigree(indicateur, territoire.niveau, serie[-1][0])
        return Courbe(carte=carte, lignes=tuple(lignes), pedigree=pedigree)

    def pedigree(self, indicateur: str, niveau: Niveau, periode: str) -> Pedigree:
        """Where figures come from; the same object for a whole level and period.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        key = (indicateur, niveau, periode)
        if key not in self._pedigrees:
            carte = self.carte(indicateur)
            releve = self._cube.find_releve(indicateur, niveau)
            published = () if releve is None else releve.sources.get(periode, ())
            self._pedigrees[key] = Pedigree(
                indicateur=indicateur,
                periode=periode,
                sources=tuple(self._pack.source(code) for code in published or carte.sources),
                methode=carte.methode,
                parametres=dict(carte.parametres),
                version=self._version,
            )
        return self._pedigrees[key]

    def _row(
        self, carte: Carte, territoire: Territoire, periode: str, pedigree: Pedigree
    ) -> Chiffre:
        niveau, code = territoire.niveau, territoire.code
        valeur = self._valeur(carte.code, niveau, code, periode)
        return Chiffre(
            carte=carte,
            niveau=niveau,
            code=code,
            periode=periode,
            valeur=valeur,
            motif=_reason(carte, territoire, valeur),
            reperes=(),
            rang=self._rang(carte.code, niveau, code, periode),
            pedigree=pedigree,
            nom_territoire=territoire.nom,
        )

    def _derniere(self, indicateur: str, niveau: Niveau) -> str:
        releve = self._cube.find_releve(indicateur, niveau)
        return "" if releve is None else releve.derniere

    def _valeur(self, indicateur: str, niveau: Niveau, code: str, periode: str) -> Valeur:
        try:
            return self._cube.valeur(indicateur, niveau, code, periode or None)
        except KeyError:  # a territory that the cube does not know has no figure
            return Absence.INCONNUE

    def _serie(self, indicateur: str, niveau: Niveau, code: str) -> tuple[tuple[str, Valeur], ...]:
        try:
            return tuple(self._cube.serie(indicateur, niveau, code))
        except KeyError:
            return ()

    def _references(self, territoire: Territoire) -> list[tuple[Niveau, str, str]]:
        key = (territoire.niveau, territoire.code)
        if key not in self._parents:
            self._parents[key] = self._find_references(territoire)
        return self._parents[key]

    def _find_references(self, territoire: Territoire) -> list[tuple[Niveau, str, str]]:
        wanted = (Niveau.REGION, Niveau.FRANCE)
        parents = {niveau: (niveau, code, nom) for niveau, code, nom in territoire.parents}
        if self._is_its_own_region(territoire, parents):
            parents.pop(Niveau.REGION)
        return [parents[niveau] for niveau in wanted if niveau in parents]

    def _is_its_own_region(
        self, territoire: Territoire, parents: Mapping[Niveau, tuple[Niveau, str, str]]
    ) -> bool:
        """Whether a département is alone in its région, which then compares it with itself."""
        if territoire.niveau is not Niveau.DEPARTEMENT or Niveau.REGION not in parents:
            return False
        region = self._geographie.territoires[Niveau.REGION][parents[Niveau.REGION][1]]
        return region.departements == (territoire.code,)

    def _reperes(
        self, indicateur: str, territoire: Territoire, periode: str
    ) -> tuple[tuple[str, Valeur], ...]:
        return tuple(
            (nom, self._valeur(indicateur, niveau, code, periode))
            for niveau, code, nom in self._references(territoire)
            if periode in self._periodes(indicateur, niveau)
        )

    def _periodes(self, indicateur: str, niveau: Niveau) -> Mapping[str, object]:
        releve = self._cube.find_releve(indicateur, niveau)
        return {} if releve is None else releve.colonnes

    def _rang(self, indicateur: str, niveau: Niveau, code: str, periode: str) -> Rang | None:
        key = (indicateur, niveau, periode)
        if key not in self._rangs:
            self._rangs[key] = self._rank_level(indicateur, niveau, periode)
        rangs, nombre = self._rangs[key]
        if nombre < _MIN_RANG or code == CODE_FRANCE:
            return None
        try:
            rang = int(rangs[self._cube.position(niveau, code)])
        except KeyError:
            return None
        return Rang(rang, nombre) if rang else None

    def _rank_level(
        self, indicateur: str, niveau: Niveau, periode: str
    ) -> tuple[NDArray[np.int64], int]:
        """Competition rank of every territory of a level, 0 for one without a figure."""
        releve = self._cube.find_releve(indicateur, niveau)
        if releve is None or periode not in releve.colonnes:
            return np.zeros(0, dtype=np.int64), 0
        colonne = releve.colonnes[periode]
        known = colonne.connues & self._rankable(niveau)
        ascending = np.sort(colonne.nombres[known])
        above = len(ascending) - np.searchsorted(ascending, colonne.nombres, side="right")
        return np.where(known, above + 1, 0).astype(np.int64), len(ascending)

    def _rankable(self, niveau: Niveau) -> NDArray[np.bool_]:
        """Rows that take part in the ranks: an arrondissement is not a commune among others."""
        if niveau not in self._classables:
            territoires = self._geographie.territoires[niveau]
            self._classables[niveau] = np.array(
                [
                    code in territoires and territoires[code].nature != ARM
                    for code in self._cube.codes[niveau]
                ]
            )
        return self._classables[niveau]


def _reason(carte: Carte, territoire: Territoire, valeur: Valeur) -> str:
    if not isinstance(valeur, Absence):
        return ""
    return typeset(motif(carte.code, territoire.niveau, territoire.code, valeur))


_TABLEAUX_GARDES = 64  # tables kept in memory; the oldest leaves first
