"""Everything that is known of every territory, in memory and indexed: what pages and commands read."""

from __future__ import annotations

import gc
from functools import cache, cached_property
from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.figures import Registre
from maillage.analyses.diagnosis.geography import (
    ARM,
    CODE_FRANCE,
    COLONNES,
    AncienneCommune,
    Geographie,
    build_geographie,
)
from maillage.analyses.diagnosis.model import Chiffre, Contour, Courbe, PointStructure, Territoire
from maillage.analyses.diagnosis.names import IndexNoms, build_index, designate
from maillage.analyses.diagnosis.neighbours import Voisinages
from maillage.analyses.diagnosis.phrase import ReferenceChiffre
from maillage.analyses.typography import typeset
from maillage.data.reference.overlay import apply_updates
from maillage.data.reference.pack import embedded_pack
from maillage.data.store import data_dir as default_data_dir
from maillage.indicators.catalogue import cartes
from maillage.indicators.cube_store import open_cube
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, code_etat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from maillage.data.reference.pack import Pack
    from maillage.indicators.carte import Carte
    from maillage.indicators.cube import Cube
    from maillage.kernel.pedigree import Pedigree

__all__ = ["ARM", "CODE_FRANCE", "Atlas", "get_atlas", "open_atlas"]


class Atlas:
    """Territories, figures, outlines and structures, ready to be asked.

    Attributes:
        pack: Reference pack, with the accepted updates.
        cube: All figures.
        cartes: Definition cards by code.
        avertissements: What the reader of any page must know (an update refused…), in French.
        geographie: Index of the territories.
    """

    def __init__(
        self,
        pack: Pack,
        cube: Cube,
        cartes_par_code: Mapping[str, Carte],
        avertissements: tuple[str, ...] = (),
    ) -> None:
        self.pack = pack
        self.cube = cube
        self.cartes = cartes_par_code
        self.avertissements = avertissements
        self.geographie: Geographie = build_geographie(pack)
        self._registre = Registre(pack, cube, cartes_par_code, self.geographie)
        self._contours: dict[Niveau, dict[str, Contour]] = {}

    # territories

    def territoires(self, niveau: Niveau) -> tuple[Territoire, ...]:
        """All the territories of a level, municipal arrondissements among the communes."""
        return tuple(self.geographie.territoires[niveau].values())

    def find_territoire(self, niveau: Niveau, code: str) -> Territoire | None:
        """Territory of that code, or None."""
        return self.geographie.territoires[niveau].get(code)

    def territoire(self, niveau: Niveau, code: str) -> Territoire:
        """Territory of that code; the commune of today for the code of a merged one.

        Raises:
            Introuvable: no such territory (MLG-TER-001), or a commune of the past whose successor
                the sources do not give (MLG-TER-003).
        """
        found = self.find_territoire(niveau, code)
        return found if found is not None else self.resolve_code(niveau, code)[0]

    def resolve_code(self, niveau: Niveau, code: str) -> tuple[Territoire, str]:
        """Territory of that code, and a sentence when the code is that of a merged commune.

        Raises:
            Introuvable: as `territoire`.
        """
        found = self.find_territoire(niveau, code)
        if found is not None:
            return found, ""
        ancienne = self.geographie.anciennes.get(code) if niveau is Niveau.COMMUNE else None
        if ancienne is None:
            raise Introuvable(self._inconnu(niveau, code))
        actuelle = self.find_territoire(Niveau.COMMUNE, ancienne.code_actuel or "")
        if actuelle is None:
            raise Introuvable(_sans_successeur(ancienne))
        return actuelle, phrase_fusion(ancienne, actuelle)

    def communes_de(self, territoire: Territoire) -> tuple[Territoire, ...]:
        """Its communes; the arrondissements for Paris, Lyon, Marseille; itself for a commune."""
        communes = self.geographie.territoires[Niveau.COMMUNE]
        if territoire.niveau is Niveau.COMMUNE:
            codes = self.geographie.arrondissements.get(territoire.code, (territoire.code,))
        else:
            key = (territoire.niveau, territoire.code)
            codes = self.geographie.communes_par.get(key, ())
        return tuple(communes[code] for code in codes)

    def appartenances(self, territoire: Territoire) -> tuple[Territoire, ...]:
        """Every territory that contains a commune, whatever the breadcrumb; empty for others."""
        ligne = self.geographie.communes.get(territoire.code)
        if territoire.niveau is not Niveau.COMMUNE or ligne is None:
            return ()
        found = (
            self.find_territoire(niveau, ligne[column] or "") for niveau, column in COLONNES.items()
        )
        return tuple(t for t in found if t is not None)

    def structures_de(self, territoire: Territoire) -> tuple[PointStructure, ...]:
        """Structures of the register inside it, those of the IAE first, by kind then name."""
        return self.geographie.structures_par.get((territoire.niveau, territoire.code), ())

    def contours(self, niveau: Niveau) -> Mapping[str, Contour]:
        """Outlines of a level by code; empty where none is published (communes)."""
        if not self._contours:
            self._contours = _index_contours(self.pack)
        return self._contours[niveau]

    @cached_property
    def communes_retablies(self) -> frozenset[str]:
        """Codes of the communes restored since the last census, whose figures are still to come."""
        releve = self.cube.find_releve("population", Niveau.COMMUNE)
        if releve is None:
            return frozenset()
        etats = releve.colonnes[releve.derniere].etats
        awaited = etats == code_etat(Absence.PAS_ENCORE_PUBLIEE)
        codes = self.cube.codes[Niveau.COMMUNE]
        return frozenset(codes[rank] for rank in awaited.nonzero()[0])

    @cached_property
    def voisinages(self) -> Voisinages:
        """Comparable territories, found as they are asked for."""
        return Voisinages(self.cube)

    @cached_property
    def noms(self) -> IndexNoms:
        """Names and codes in the forms in which people type them."""
        return build_index(self.geographie)

    # figures

    def niveaux_de(self, indicateur: str) -> tuple[Niveau, ...]:
        """Levels at which an indicator has figures, widest first.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        return self._registre.niveaux_de(indicateur)

    def periodes_de(self, indicateur: str, niveau: Niveau) -> tuple[str, ...]:
        """Periods of an indicator at a level, oldest first; empty when it has none."""
        releve = self.cube.find_releve(indicateur, niveau)
        return () if releve is None else releve.periodes

    def carte(self, indicateur: str) -> Carte:
        """Definition card of that code.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        return self._registre.carte(indicateur)

    def chiffre(
        self, indicateur: str, niveau: Niveau, code: str, periode: str | None = None
    ) -> Chiffre:
        """One figure with its references, its rank and its pedigree; the latest by default.

        Raises:
            Introuvable: no such territory (MLG-TER-001) or indicator (MLG-IND-001).
        """
        return self._registre.chiffre(indicateur, self.territoire(niveau, code), periode)

    def tableau(
        self, indicateur: str, niveau: Niveau, periode: str | None = None
    ) -> tuple[Chiffre, ...]:
        """The figure of every territory of a level, in the order of `territoires`.

        The figures share their pedigree and carry no reference: those are one row each at the
        levels above.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        return self._registre.tableau(indicateur, niveau, periode)

    def courbe(self, indicateur: str, niveau: Niveau, code: str) -> Courbe | None:
        """An indicator over time with région and France; None with fewer than two periods.

        Raises:
            Introuvable: no such territory (MLG-TER-001) or indicator (MLG-IND-001).
        """
        return self._registre.courbe(indicateur, self.territoire(niveau, code))

    def pedigree(self, indicateur: str, niveau: Niveau, periode: str) -> Pedigree:
        """Where the figures of an indicator come from, at a level and for a period.

        Raises:
            Introuvable: no such indicator (MLG-IND-001).
        """
        return self._registre.pedigree(indicateur, niveau, periode)

    def reference(self, indicateur: str, territoire: Territoire) -> ReferenceChiffre:
        """Latest figure of an indicator in a territory, as a sentence quotes it."""
        releve = self.cube.find_releve(indicateur, territoire.niveau)
        periode = "" if releve is None else releve.derniere
        return ReferenceChiffre(indicateur, territoire.niveau, territoire.code, periode)

    def _inconnu(self, niveau: Niveau, code: str) -> Anomalie:
        """Unknown code; what carries it at another level, or as a postal code, is proposed."""
        key = code.strip().upper()
        others = (*self.noms.codes.get(key, ()), *self.noms.postaux.get(key, ()))
        named = " ; ".join(designate(other) for other in others[:_MAX_CITES])
        return Anomalie(
            "MLG-TER-001",
            f"aucun territoire de niveau « {niveau.libelle} » ne porte le code « {code} »",
            typeset(f"vouliez-vous dire : {named} ?")
            if named
            else "cherchez-le par son nom ou par un code postal.",
        )


_MAX_CITES = 5


def phrase_fusion(ancienne: AncienneCommune, actuelle: Territoire) -> str:
    """Says which commune of today took the place of one of the past."""
    return (
        f"Le code {ancienne.code} est celui de {ancienne.nom}, commune aujourd’hui réunie à "
        f"{actuelle.nom} ({actuelle.code})\u00a0: ce sont les chiffres de {actuelle.nom}."
    )


def _sans_successeur(ancienne: AncienneCommune) -> Anomalie:
    return Anomalie(
        "MLG-TER-003",
        f"la commune {ancienne.nom} ({ancienne.code}) n’existe plus, et les sources ne disent pas "
        "laquelle lui a succédé",
        "cherchez la commune d’aujourd’hui par son nom ou par son code postal.",
    )


def _index_contours(pack: Pack) -> dict[Niveau, dict[str, Contour]]:
    contours: dict[Niveau, dict[str, Contour]] = {niveau: {} for niveau in Niveau}
    for ligne in pack.tables["contours"].to_pylist():
        anneaux = tuple(tuple(anneau) for anneau in ligne["anneaux"])
        contour = Contour(ligne["code"], ligne["projection"], anneaux)
        contours[Niveau(ligne["niveau"])][ligne["code"]] = contour
    return contours


def open_atlas(
    data_dir: Path | None = None, progress: Callable[[str], None] | None = None
) -> Atlas:
    """Atlas of the embedded pack and of the updates accepted in the data directory.

    The figures are computed the first time, then read.

    Args:
        data_dir: Where updates and the computed cube are kept; by default, the directory that the
            system expects or that MAILLAGE_DONNEES names.
        progress: Called with a French sentence at each step of a computation.

    Raises:
        DonneesIndisponibles: the pack is missing or damaged (MLG-REF-001, MLG-REF-002).
    """
    folder = data_dir or default_data_dir()
    pack, refused = apply_updates(embedded_pack(), folder)
    cube, unkept = open_cube(pack, folder, progress)
    avertissements = tuple(
        typeset(f"{anomalie.quoi} : {anomalie.que_faire}") for anomalie in (*refused, *unkept)
    )
    return Atlas(pack, cube, cartes(), avertissements)


@cache
def get_atlas() -> Atlas:
    """The atlas of the default data directory, opened once per process."""
    atlas = open_atlas()
    # It lives as long as the process: without this, each full garbage collection walks through its
    # hundreds of thousands of objects in the middle of a page.
    gc.freeze()
    return atlas
