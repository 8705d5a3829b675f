"""What the exchanged files are made of: kinds of things, their columns, their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maillage.web.network.echange.lecture import Format
from maillage.web.network.echange.plan import Sort
from maillage.web.network.personnel import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model

    from maillage.web.dialogue.echange.colonnes import Colonne
    from maillage.web.network.echange.plan import Changement

OCTETS_MAX = 20 * 1024 * 1024
"""Bytes of one file, and of a ZIP once it is unfolded."""
LIGNES_MAX = 100_000
"""Lines of one file."""
_CELLULE_MAX = 40_000


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of thing, and its file.

    Attributes:
        nom: Name of the file, without its ending, and of the list in JSON.
        modele: Its table.
        titre: What it is, on screen: « rencontres ».
        singulier: One of them: « rencontre ».
        colonnes: In the order of the export.
        parent: Column that names what it belongs to; empty for what stands by itself.
        cle: Columns that make two lines the same one, for what has no identifiant.
        reconnu: Columns by which a line without identifiant resembles a known thing.
        noms: What may designate one, from its cells, the first being the one that exports write.
        tri: Columns by which exports are ordered.
        is_identifie: Whether each has an identifiant of its own.
        is_fige: Whether its lines are words that the base refuses to change.
        is_situe: Whether it belongs to a territoire.
    """

    nom: str
    modele: type[Model]
    titre: str
    singulier: str
    colonnes: tuple[Colonne, ...]
    parent: str = ""
    cle: tuple[str, ...] = ()
    reconnu: tuple[str, ...] = ()
    noms: Callable[[Mapping[str, str]], tuple[str, ...]] = lambda _cellules: ()
    tri: tuple[str, ...] = ()
    is_identifie: bool = True
    is_fige: bool = False
    is_situe: bool = False

    @property
    def fichier(self) -> str:
        """Name of its CSV."""
        return f"{self.nom}.csv"

    @property
    def format(self) -> Format:
        """How its CSV is read: only documented columns, no mail, telephone or birth."""
        return Format(
            nom=self.fichier,
            colonnes=tuple(c.nom for c in self.colonnes),
            obligatoires=tuple(c.nom for c in self.colonnes if c.is_obligatoire),
            dates=frozenset(c.nom for c in self.colonnes),
            lignes=frozenset(c.nom for c in self.colonnes if c.has_lignes),
            personnelles=CONTACTS,
            has_vide=True,  # a ZIP has a file for every kind
            octets_max=OCTETS_MAX,
            lignes_max=LIGNES_MAX,
            cellule_max=_CELLULE_MAX,
        )

    def colonne(self, nom: str) -> Colonne:
        """One of its columns."""
        return next(c for c in self.colonnes if c.nom == nom)


@dataclass(frozen=True, slots=True)
class Rang:
    """One line of a file, its cells as they were written.

    Attributes:
        genre: Of what kind of thing.
        fichier: Name of the file that holds it.
        place: Where in that file: « ligne 3 », « rencontres[2].points[1] ».
        numero: Its rank in its kind.
        ordre: Rank of its kind, to tell faults in order.
        cellules: Column to text, only those that the file has.
        parent: Mark of the line that holds it, in JSON.
        marque: Mark of this line, by which those that it holds find it.
        is_au_jour: Whether the file only knows days: the first of June may stand for all of June.
    """

    genre: Genre
    fichier: str
    place: str
    numero: int
    ordre: int
    cellules: Mapping[str, str]
    parent: str = ""
    marque: str = ""
    is_au_jour: bool = False

    def where(self, colonne: str = "") -> str:
        """Place of a cell, as messages say it."""
        return ", ".join(filter(None, (self.fichier, self.place, colonne and f"colonne {colonne}")))


@dataclass(frozen=True, slots=True)
class Connue:
    """One thing of the base, as its line says it.

    Attributes:
        pk: Its number.
        cle: Its identifiant; for what has none, its number.
        cellules: Column to text; in a link, the key of what it leads to.
    """

    pk: int
    cle: str
    cellules: Mapping[str, str]


@dataclass(slots=True)
class Ligne:
    """One line and what becomes of it.

    Attributes:
        rang: Where it stands.
        cle: Key of the thing: its identifiant, or a mark while it has none.
        identifiant: That the file gives.
        sort: What becomes of it.
        dites: Column to text, only what the line says.
        cellules: What the thing will be.
        cible: The known thing that it is about.
        raison: By what it was recognised.
        changements: What differs.
        propositions: Known things that it may be about.
    """

    rang: Rang
    cle: str
    identifiant: str = ""
    sort: Sort = Sort.CREEE
    dites: dict[str, str] = field(default_factory=dict)
    cellules: dict[str, str] = field(default_factory=dict)
    cible: Connue | None = None
    raison: str = ""
    changements: tuple[Changement, ...] = ()
    propositions: tuple[Connue, ...] = ()

    @property
    def genre(self) -> Genre:
        """Its kind."""
        return self.rang.genre

    @property
    def numero(self) -> str:
        """Where it stands, as every plan says it."""
        return self.rang.where()

    @property
    def qui(self) -> str:
        """What it is about, in a few words."""
        return describe(self.genre, self.cellules)

    @property
    def choix(self) -> str:
        """Name of the choice that it waits for."""
        return f"{self.genre.nom}-{self.rang.numero}"


def describe(genre: Genre, cellules: Mapping[str, Any]) -> str:
    """A thing in a few words, from its cells."""
    noms = genre.noms(cellules)
    texte = noms[0] if noms else " ".join(filter(None, (cellules.get(c, "") for c in genre.cle)))
    court = " ".join(texte.split())
    return court if len(court) <= _COURT else f"{court[: _COURT - 1]}…"


_COURT = 90
