"""What the leak test reads and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, UserError

if TYPE_CHECKING:
    from maillage.web.publications.texte.document import Audience


class Genre(Enum):
    """Kind of a public artefact; the value is its name in French.

    HTML, FLUX and META are read through their markup, attributes and comments included. In ADRESSE
    and INDEX nothing has capitals. INDEX is held to be a bag of words or stems, without order.
    """

    HTML = "page publique"
    TEXTE = "texte brut public"
    TITRE = "titre public"
    CHAPO = "chapo public"
    ETIQUETTE = "étiquette publique"
    ADRESSE = "adresse de la page"
    FLUX = "flux public"
    META = "balises de la page"
    INDEX = "index de recherche"


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something that everyone will be able to read once the publication is out.

    Attributes:
        genre: What it is.
        libelle: What the editor calls it: « flux Atom », « adresse ».
        contenu: Its text, markup included.
    """

    genre: Genre
    libelle: str
    contenu: str


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """An attachment and its bytes.

    Attributes:
        reference: As the text cites it.
        nom_fichier: As readers download it.
        contenu: Its bytes.
        audience: Who may open it.
    """

    reference: str
    nom_fichier: str
    contenu: bytes
    audience: Audience


class Nature(Enum):
    """What kind of leak; the value is its error code."""

    PASSAGE = "MLG-PUB-101"
    SUITE = "MLG-PUB-102"
    ELEMENT = "MLG-PUB-103"
    MONTANT = "MLG-PUB-104"
    NOM = "MLG-PUB-105"
    INDEX = "MLG-PUB-106"
    PIECE_RESERVEE = "MLG-PUB-107"
    PIECE_OUVERTE = "MLG-PUB-108"
    METADONNEE = "MLG-PUB-109"
    ILLISIBLE = "MLG-PUB-110"
    CONTRADICTION = "MLG-PUB-111"


@dataclass(frozen=True, slots=True)
class Fuite:
    """One leak, told to the editor, who may read everything.

    Attributes:
        nature: Which kind.
        ou: Artefact, and place in it when it has several.
        quoi: What leaks, as the source writes it.
        origine: Where the source reserves it: « corps, ligne 3, colonne 7 »; empty for a file.
        pourquoi: Why it is held to be a leak. French sentence.
        que_faire: How to mend it. French sentence.
    """

    nature: Nature
    ou: str
    quoi: str
    origine: str
    pourquoi: str
    que_faire: str

    def to_anomalie(self) -> Anomalie:
        """The same as an error that stops the publication."""
        return Anomalie(self.nature.value, self.pourquoi, self.que_faire, self.ou)


class PublicationRefusee(UserError):
    """The public version would give away what only members may read."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Rapport:
    """Answer of the leak test.

    Attributes:
        fuites: Every leak, artefact after artefact; empty when the publication may go out.
        avertissements: What no program can check and the editor must look at; French sentences.
    """

    fuites: tuple[Fuite, ...]
    avertissements: tuple[str, ...] = ()

    def raise_for_leaks(self) -> None:
        """Refuse to publish.

        Raises:
            PublicationRefusee: at least one leak, all of them told.
        """
        if self.fuites:
            raise PublicationRefusee(*(fuite.to_anomalie() for fuite in self.fuites))
