"""Fields of the small forms of the rules: kept as typed, read, every problem at its field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, guillemets, join_fr, typeset
from maillage.web.regles.jours import read_jour
from maillage.web.regles.saisie import Erreurs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIGNES_MAX = 200
"""Lines of a list: the address of the page must stay one that a browser sends."""
_OPTIONS_DITES = 6
"""More are in the list itself, just below: saying them all again would hide what is wrong."""
_ESPACES = str.maketrans("", "", f" {ESPACE_INSECABLE}{ESPACE_FINE}")
_NOMBRE = re.compile(r"[0-9]{1,12}([.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Champ:
    """One field of a form.

    Attributes:
        nom: Name in the address.
        libelle: What it asks, in French.
        aide: How to answer, under the label.
        options: What can be chosen, by code; empty for a field of text.
        long: Whether it takes several lines.
        facultatif: Whether it may stay empty.
    """

    nom: str
    libelle: str
    aide: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    long: bool = False
    facultatif: bool = False


@dataclass(frozen=True, slots=True)
class Formulaire:
    """A form as typed.

    Attributes:
        champs: Its fields, in the order of the page.
        textes: What was typed, by field.
        erreurs: Problems found so far, by field.
    """

    champs: tuple[Champ, ...]
    textes: Mapping[str, str]
    erreurs: Erreurs = field(default_factory=Erreurs)

    @property
    def est_vide(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.textes.values())

    def libelle(self, nom: str) -> str:
        """What a field asks."""
        return next(champ.libelle for champ in self.champs if champ.nom == nom)

    def to_context(self) -> dict[str, object]:
        """For the templates: the fields with what was typed, and the problems summed up."""
        noms = tuple(champ.nom for champ in self.champs)
        return {
            "formulaire": [
                {
                    "champ": _typeset(champ),
                    "valeur": self.textes[champ.nom],
                    "anomalies": self.erreurs.par_champ.get(champ.nom, []),
                }
                for champ in self.champs
            ],
            "champs": [
                {"nom": nom, "libelle": self.libelle(nom), "anomalies": anomalies}
                for nom, anomalies in self.erreurs.in_order(noms)
            ],
        }

    def read_nombre(self, nom: str, maximum: int, *, positif: bool = False) -> Decimal | None:
        """Number of a field; None, and a problem noted, when it is not one.

        Args:
            nom: The field.
            maximum: Largest number that can be meant.
            positif: Whether zero is refused.
        """
        texte = self.textes[nom]
        if not texte and self._is_facultatif(nom):
            return None
        nombre = parse_nombre(texte)
        if nombre is None:
            self.erreurs.add(nom, _not_a_number(texte))
        elif nombre > maximum or (positif and not nombre):
            quoi = "Ce nombre ne peut pas être nul." if positif and not nombre else None
            self.erreurs.add(
                nom,
                Anomalie(
                    "MLG-WEB-041",
                    quoi or f"{guillemets(texte)} est trop grand.",
                    f"Écrivez un nombre jusqu’à {maximum}, et vérifiez la virgule.",
                ),
            )
            return None
        return nombre

    def read_jour(self, nom: str) -> date | None:
        """Day of a field; None when it is not one, or is left empty and may be."""
        if not self.textes[nom] and self._is_facultatif(nom):
            return None
        lu = read_jour(self.textes[nom])
        if isinstance(lu, Anomalie):
            self.erreurs.add(nom, lu)
            return None
        return lu

    def read_choix(self, nom: str) -> str:
        """Option of a field; empty, and a problem noted, when it is not one."""
        options = next(champ.options for champ in self.champs if champ.nom == nom)
        texte = self.textes[nom]
        if texte in options:
            return texte
        self.erreurs.add(
            nom,
            Anomalie(
                "MLG-WEB-042",
                f"{guillemets(texte)} n’est pas dans la liste." if texte else "Il manque un choix.",
                "Choisissez une réponse de la liste."
                if len(options) > _OPTIONS_DITES
                else f"Choisissez {join_fr((guillemets(o) for o in options.values()), 'ou')}.",
            ),
        )
        return ""

    def read_lignes(self, nom: str) -> list[str]:
        """Lines of a field that are not empty; none, and a problem noted, when there are too many."""
        lignes = [ligne.strip() for ligne in self.textes[nom].splitlines() if ligne.strip()]
        if len(lignes) > LIGNES_MAX:
            self.erreurs.add(
                nom,
                Anomalie(
                    "MLG-WEB-044",
                    f"Il y a {len(lignes)} lignes.",
                    f"Donnez-en {LIGNES_MAX} au plus\u202f; regroupez celles qui se répètent.",
                ),
            )
            return []
        if not lignes and not self._is_facultatif(nom):
            self.erreurs.add(nom, Anomalie("MLG-WEB-040", "Ce champ est vide.", "Complétez-le."))
        return lignes

    def refuse_ligne(self, nom: str, ligne: str, que_faire: str) -> None:
        """Note a line that cannot be read."""
        quoi = f"La ligne {guillemets(ligne[:60])} ne se lit pas."
        self.erreurs.add(nom, Anomalie("MLG-WEB-043", quoi, typeset(que_faire)))

    def _is_facultatif(self, nom: str) -> bool:
        return next(champ.facultatif for champ in self.champs if champ.nom == nom)


def read_formulaire(champs: tuple[Champ, ...], query: Mapping[str, str]) -> Formulaire:
    """What the address says of each field, without its outer spaces."""
    return Formulaire(champs, {champ.nom: query.get(champ.nom, "").strip() for champ in champs})


def _typeset(champ: Champ) -> Champ:
    """Same field, with the spaces that French never breaks."""
    return replace(
        champ,
        libelle=typeset(champ.libelle),
        aide=typeset(champ.aide),
        options={code: typeset(texte) for code, texte in champ.options.items()},
    )


def parse_nombre(texte: str) -> Decimal | None:
    """Positive number, « 1 820,5 » or « 1820.5 »; None when it is not one."""
    serre = texte.translate(_ESPACES)
    return Decimal(serre.replace(",", ".")) if _NOMBRE.fullmatch(serre) else None


def _not_a_number(texte: str) -> Anomalie:
    quoi = f"{guillemets(texte[:60])} n’est pas un nombre." if texte else "Ce champ est vide."
    return Anomalie("MLG-WEB-040", quoi, "Écrivez un nombre positif, par exemple 1820 ou 7,43.")
