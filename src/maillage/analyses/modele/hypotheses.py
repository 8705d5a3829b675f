"""A version of a model: its figures, each said to be a datum or an assumption, and its laws of chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.modele.bareme import read_bareme, socle_path
from maillage.indicators.modele.cles import list_cles
from maillage.indicators.modele.modele import compute_modele
from maillage.kernel.francais import format_date
from maillage.regles.engine.formules import load_regles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre, Nombres
    from maillage.indicators.modele.cles import Cle
    from maillage.indicators.modele.modele import Modele
    from maillage.indicators.modele.tirages import Loi
    from maillage.regles.engine.legislation import Legislation

MONTANT_UNITAIRE = "aide.montant_unitaire"
PAR_DEFAUT = "Le fichier n’en dit rien"
"""Source of a figure that no file gives."""


class Origine(Enum):
    """Where a figure comes from; the value is the word shown."""

    DONNEE = "donnée"
    HYPOTHESE = "hypothèse"
    DROIT = "droit"
    DEFAUT = "par défaut"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure of a model.

    Attributes:
        valeur: In the unit of its key.
        origine: Datum, assumption, law, or what is taken when the file says nothing.
        source: Document of a datum, reason of an assumption, text of a legal value.
    """

    valeur: float
    origine: Origine
    source: str


@dataclass(frozen=True, slots=True)
class LoiEcrite:
    """A law of chance and why it was chosen.

    Attributes:
        loi: The law.
        raison: In the words of the file.
    """

    loi: Loi
    raison: str


@dataclass(frozen=True, slots=True)
class Tirages:
    """What is drawn.

    Attributes:
        nombre: Draws.
        graine: Seed: the same one gives the same draws.
        lois: Empty when the file states none.
    """

    nombre: int = 1000
    graine: int = 1
    lois: tuple[LoiEcrite, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """One version of a model, as written in a file.

    Attributes:
        nom: As shown.
        le: Day of this version.
        cadre: What the model is made of.
        chiffres: Figures by path, in the order of `list_cles`; the amount of the aide may be missing.
        tirages: What is drawn.
        fichier: Name of the file, empty when there is none.
    """

    nom: str
    le: date
    cadre: Cadre
    chiffres: Mapping[str, Chiffre]
    tirages: Tirages
    fichier: str = ""

    def list_cles(self) -> tuple[Cle, ...]:
        """Keys of the figures, in order."""
        return list_cles(self.cadre)

    def get(self, chemin: str) -> Chiffre:
        """The figure of a path."""
        return self.chiffres[chemin]


@dataclass(frozen=True, slots=True, eq=False)
class ModeleCalcule:
    """A version of a model with all that follows from it.

    Attributes:
        hypotheses: The version, completed by the law.
        modele: What follows.
    """

    hypotheses: Hypotheses
    modele: Modele

    @property
    def avertissements(self) -> tuple[str, ...]:
        """What must be shown beside the figures, in French."""
        phrases = (legale.avertissement for legale in self.modele.bareme.legales)
        exoneration = warn_exoneration(self.hypotheses.cadre)
        return tuple(dict.fromkeys(filter(None, (*exoneration, *phrases))))


_EXONERATIONS = {"AI": "heures_exonerees_ai", "ACI": "assiette_exoneree_aci"}
_EMPLOYEUR_PUBLIC = "employeur_public"
_ACI_PUBLIC = (
    "L’exonération de cotisations des ACI portés par un employeur public n’est pas comptée : si c’est le "
    "vôtre, baissez le taux de cotisations."
)


def warn_exoneration(cadre: Cadre) -> tuple[str, ...]:
    """An exemption of contributions that the law of the first day gives and the model leaves out."""
    version = load_regles().find_en_vigueur(_EXONERATIONS.get(cadre.type_siae, ""), cadre.debut)
    if version is None:
        return ()
    if any(argument.nom == _EMPLOYEUR_PUBLIC for argument in version.arguments):
        return (_ACI_PUBLIC,)
    phrase = (
        f"L’exonération de cotisations propre aux {cadre.type_siae}, en vigueur le "
        f"{format_date(cadre.debut)}, n’est pas comptée : le coût d’une heure est surestimé."
    )
    return (phrase,)


def compute_hypotheses(hypotheses: Hypotheses, legislation: Legislation) -> ModeleCalcule:
    """A version of a model computed from end to end.

    Args:
        hypotheses: The version.
        legislation: The law, with its choices.

    Raises:
        PeriodeNonModelisee: a rule is not known on the first day, or the amount of the aide is neither
            in the file nor in the law of that day.
    """
    donne = hypotheses.chiffres.get(MONTANT_UNITAIRE)
    bareme = read_bareme(hypotheses.cadre, legislation, None if donne is None else donne.valeur)
    completes = complete(hypotheses, bareme)
    modele = compute_modele(hypotheses.cadre, to_valeurs(completes), bareme)
    return ModeleCalcule(completes, modele)


def complete(hypotheses: Hypotheses, bareme: Bareme) -> Hypotheses:
    """The version with what the law gives: the amount of the aide, when the file does not."""
    if MONTANT_UNITAIRE in hypotheses.chiffres:
        return hypotheses
    chemin = socle_path(hypotheses.cadre)
    socle = next(legale for legale in bareme.legales if legale.chemin == chemin)
    source = f"{socle.reference.titre}, effet au {format_date(socle.date_effet)}"
    chiffre = Chiffre(bareme.montant_unitaire, Origine.DROIT, source)
    chiffres = {**hypotheses.chiffres, MONTANT_UNITAIRE: chiffre}
    ordre = [cle.chemin for cle in hypotheses.list_cles()]
    return replace(hypotheses, chiffres={un: chiffres[un] for un in ordre})


def to_valeurs(hypotheses: Hypotheses) -> dict[str, Nombres]:
    """Figures as columns of one row. Shape `(1,)` each."""
    return {
        cle.chemin: np.array([hypotheses.chiffres[cle.chemin].valeur])
        for cle in hypotheses.list_cles()
    }
