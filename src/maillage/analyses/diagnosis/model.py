"""What a diagnosis is made of: the shapes that pages, commands and files show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.phrase import Phrase
    from maillage.indicators.carte import Carte, Famille
    from maillage.kernel.niveau import Niveau
    from maillage.kernel.pedigree import Pedigree
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class Territoire:
    """A territory of any level.

    Attributes:
        niveau: Its level.
        code: Official code, text.
        nom: Name alone (« Rennes », « Ille-et-Vilaine »).
        nature: Subtype shown beside the level: CC, CA, METRO, CU of an EPCI; ARM of a municipal
            arrondissement; empty elsewhere.
        parents: (level, code, name) of what contains it, widest first, for the breadcrumb. For a
            territory that crosses départements: the principal one.
        departements: Codes of all the départements that it touches.
        codes_postaux: Of a commune; empty elsewhere.
    """

    niveau: Niveau
    code: str
    nom: str
    nature: str = ""
    parents: tuple[tuple[Niveau, str, str], ...] = ()
    departements: tuple[str, ...] = ()
    codes_postaux: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rang:
    """Place of a territory among those of its level whose figure is known; 1 is the highest figure."""

    rang: int
    sur: int


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure ready to be shown, with what it takes to read and to defend it.

    Attributes:
        carte: Definition card.
        niveau, code: Territory that it describes.
        periode: Period, in the form of `kernel.period`.
        valeur: Number, or why there is none.
        motif: French sentence when there is no number (« non publié par l’INSEE pour … »).
        reperes: (label, figure) of the same indicator elsewhere: région, France.
        rang: Place among the territories of its level; None when unknown or meaningless.
        pedigree: Where it comes from.
        nom_territoire: Name of the territory, for files and tables.
    """

    carte: Carte
    niveau: Niveau
    code: str
    periode: str
    valeur: Valeur
    motif: str
    reperes: tuple[tuple[str, Valeur], ...]
    rang: Rang | None
    pedigree: Pedigree
    nom_territoire: str = ""


@dataclass(frozen=True, slots=True)
class Courbe:
    """One indicator over time for a territory, with its references.

    Attributes:
        carte: Definition card.
        lignes: (label, ((period, figure), …)), the territory first, then région and France.
        pedigree: Where the territory's line comes from.
    """

    carte: Carte
    lignes: tuple[tuple[str, tuple[tuple[str, Valeur], ...]], ...]
    pedigree: Pedigree


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a diagnosis: a sentence that says the finding, then the figures.

    Attributes:
        famille: Which part.
        phrase: The finding.
        chiffres: The figures that prove it.
        reserve: What must be read beside these very figures; empty when there is nothing.
    """

    famille: Famille
    phrase: Phrase
    chiffres: tuple[Chiffre, ...]
    reserve: str = ""


@dataclass(frozen=True, slots=True)
class CleEcart:
    """Gap between what a territory has and what one key of need would give it.

    Attributes:
        cle: Code of the key (demandeurs, longue_duree, rsa, pauvrete, composite).
        nom: Its name on screen.
        part_besoin: Share of the national need under that key, 0–1, or absence.
        part_offre: Share of the national supply, 0–1, or absence.
        ecart: People in IAE above (+) or below (−) the key's share, or absence.
        rang: Place by gap relative to need, 1 = the least served; None when unknown.
        poids: Weights of the composite, (key, weight); empty for the others.
    """

    cle: str
    nom: str
    part_besoin: Valeur
    part_offre: Valeur
    ecart: Valeur
    rang: Rang | None
    poids: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Ecarts:
    """The gap under every key, and how much the territory's rank depends on the key.

    Attributes:
        cles: One entry per key, in the order of the screen.
        rang_min, rang_max: Extreme ranks over the keys that are known; None when fewer than two.
        phrase: What it says, in one French sentence.
        pedigree: Where the figures come from.
    """

    cles: tuple[CleEcart, ...]
    rang_min: int | None
    rang_max: int | None
    phrase: Phrase
    pedigree: Pedigree


@dataclass(frozen=True, slots=True)
class Comparable:
    """One of the most comparable territories.

    Attributes:
        territoire: Which.
        distance: Standardised Euclidean distance on the documented vector.
        chiffres: The same indicators as the diagnosed territory's key figures, for comparison.
    """

    territoire: Territoire
    distance: float
    chiffres: tuple[Chiffre, ...]


@dataclass(frozen=True, slots=True)
class PointCommune:
    """A commune on the territory's map.

    Attributes:
        code, nom: Which.
        x, y: Display projection, metres; None when the commune has no published position.
        demandeurs: Job seekers living there.
        atteignables: Structures reachable within 30 minutes, all kinds.
        sans: Kinds of which none is reachable within 30 minutes.
        blanche: True when no structure of any kind is reachable within 30 minutes.
    """

    code: str
    nom: str
    x: int | None
    y: int | None
    demandeurs: Valeur
    atteignables: Valeur
    sans: tuple[str, ...]
    blanche: bool


@dataclass(frozen=True, slots=True)
class PointStructure:
    """A structure on the territory's map. Key: (siret, kind)."""

    siret: str
    kind: str
    nom: str
    commune: str
    x: int | None
    y: int | None
    localisation: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """The whole diagnosis of one territory.

    Attributes:
        territoire: Which.
        phrases: The finding, one or two French sentences, figures included.
        cles: Three to five key figures.
        sections: Need, supply, access: sentence and figures.
        courbes: Indicators over time.
        ecarts: Gap under the keys; None where the supply is not known at this level.
        comparables: The ten most comparable territories, nearest first; empty for France.
        communes: Its communes (arrondissements for Paris, Lyon, Marseille); one for a commune;
            empty for France, which has too many to draw.
        structures: Structures inside it.
        avertissements: What the reader must know first (dated register, restored commune…).
    """

    territoire: Territoire
    phrases: tuple[Phrase, ...]
    cles: tuple[Chiffre, ...]
    sections: tuple[Section, ...]
    courbes: tuple[Courbe, ...]
    ecarts: Ecarts | None
    comparables: tuple[Comparable, ...]
    communes: tuple[PointCommune, ...]
    structures: tuple[PointStructure, ...]
    avertissements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contour:
    """Outline of a territory for display; never compute a surface with it.

    Attributes:
        code: Of the territory.
        projection: EPSG code of the coordinates (2154 mainland and Corse, 5490, 2972, 2975, 4471).
        anneaux: Rings and holes alike, x0, y0, x1, y1 … closed, metres; draw with even-odd.
    """

    code: str
    projection: str
    anneaux: tuple[tuple[int, ...], ...]
