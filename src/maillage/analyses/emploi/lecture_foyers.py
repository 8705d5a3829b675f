"""Values of one table of the file of households, each checked; what is wrong is kept, to be told together."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets
from maillage.kernel.money import Centimes

if TYPE_CHECKING:
    from collections.abc import Sequence

_FICHIER = "foyers.toml"
_MOIS = re.compile(r"20[0-9]{2}-(0[1-9]|1[01])")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Champs:
    """One table of the file.

    Attributes:
        fautes: What is wrong in it so far.
    """

    def __init__(self, table: dict[str, Any], ou: str) -> None:
        self._table = table
        self._ou = ou
        self._lus: set[str] = set()
        self.fautes: list[Anomalie] = []

    def __contains__(self, nom: str) -> bool:
        return nom in self._table

    def refuse(self, nom: str, quoi: str) -> None:
        """Keep a mistake."""
        place = f"{self._ou}.{nom}" if self._ou else nom
        que_faire = "corrigez cette valeur\u00a0; le fichier livré avec Maillage montre l’écriture."
        self.fautes.append(Anomalie("MLG-EMP-003", quoi, que_faire, f"{_FICHIER}, {place}"))

    def find_inconnus(self) -> list[Anomalie]:
        """Names that nothing reads: a misspelt assumption would be ignored in silence."""
        inconnus = Champs({}, self._ou)
        for nom in self._table.keys() - self._lus:
            inconnus.refuse(nom, f"le nom {guillemets(nom)} n’est pas connu")
        return sorted(inconnus.fautes, key=lambda faute: faute.ou)

    def read_entier(self, nom: str, bornes: tuple[int, int], sinon: int | None = None) -> int:
        """Whole number within bounds."""
        valeur = self._get(nom, sinon)
        if valeur is None or not self._is_entier(nom, valeur, bornes):
            return bornes[0]
        return int(valeur)

    def read_entiers(
        self, nom: str, bornes: tuple[int, int], sinon: tuple[int, ...] | None = None
    ) -> tuple[int, ...]:
        """Whole numbers within bounds, in order; the file gives at least one."""
        valeurs = self._read_liste(nom, sinon)
        bonnes = [un for un in valeurs if self._is_entier(nom, un, bornes)]
        return tuple(sorted(set(bonnes))) if sinon is None else tuple(sorted(bonnes))

    def read_montants(self, nom: str, maximum: Decimal) -> tuple[Centimes, ...]:
        """Amounts written as text, « 0.50 », in order."""
        montants = set()
        for texte in self._read_liste(nom, None):
            euros = _parse_centiemes(texte, maximum)
            if euros is None:
                self.refuse(
                    nom,
                    f"{guillemets(str(texte))} n’est pas un montant en euros entre guillemets, de 0 à "
                    f"{maximum}, au centime",
                )
            else:
                montants.add(Centimes.from_euros(euros))
        return tuple(sorted(montants))

    def read_pourcent(self, nom: str, maximum: Decimal) -> Decimal:
        """Share, 0 to 1, written as text in per cent, « 0.70 »."""
        texte = self._get(nom, None)
        pourcent = _parse_centiemes(texte, maximum)
        if pourcent is not None:
            return pourcent / 100
        if texte is not None:
            self.refuse(
                nom,
                f"{guillemets(str(texte))} n’est pas un pour cent entre guillemets, de 0 à {maximum}, au "
                "centième",
            )
        return Decimal(0)

    def read_mois(self, nom: str) -> tuple[str, ...]:
        """Months written « 2025-11 », in order; December carries the regularisation of its year."""
        mois = set()
        for texte in self._read_liste(nom, None):
            if not isinstance(texte, str) or _MOIS.fullmatch(texte) is None:
                self.refuse(
                    nom,
                    f"{guillemets(str(texte))} n’est pas un mois, décembre excepté, écrit comme 2025-11",
                )
            else:
                mois.add(texte)
        return tuple(sorted(mois))

    def read_choix(self, nom: str, choix: Sequence[str]) -> str:
        """One of a few words."""
        valeur = self._get(nom, None)
        if valeur in choix:
            return str(valeur)
        if valeur is not None:
            connus = ", ".join(guillemets(un) for un in choix)
            self.refuse(nom, f"{guillemets(str(valeur))} n’est pas l’un de {connus}")
        return choix[0]

    def read_texte(self, nom: str) -> str:
        """A sentence on one line."""
        valeur = self._get(nom, None)
        if isinstance(valeur, str) and valeur.strip() and valeur.isprintable():
            return valeur.strip()
        if valeur is not None:
            self.refuse(nom, "il faut une phrase, sur une ligne")
        return ""

    def read_tables(self, nom: str) -> dict[str, dict[str, Any]]:
        """Tables by their code; at least one."""
        valeur = self._get(nom, None)
        if valeur is None:
            return {}
        if not isinstance(valeur, dict) or not valeur:
            self.refuse(nom, "il faut au moins un foyer, par exemple [foyers.seul_rsa]")
            return {}
        for code, table in valeur.items():
            if _CODE.fullmatch(code) is None or not isinstance(table, dict):
                self.refuse(
                    f"{nom}.{code}",
                    "un foyer s’écrit [foyers.son_code], en minuscules sans accent",
                )
        return {code: table for code, table in valeur.items() if isinstance(table, dict)}

    def _get(self, nom: str, sinon: Any) -> Any:
        self._lus.add(nom)
        if nom not in self._table and sinon is None:
            self.refuse(nom, "cette valeur manque")
        return self._table.get(nom, sinon)

    def _read_liste(self, nom: str, sinon: tuple[int, ...] | None) -> list[Any]:
        valeurs = self._get(nom, sinon)
        if isinstance(valeurs, list) and (valeurs or sinon is not None):
            return valeurs
        if valeurs is not None and valeurs != ():
            self.refuse(nom, "il faut une liste entre crochets, avec au moins une valeur")
        return []

    def _is_entier(self, nom: str, valeur: Any, bornes: tuple[int, int]) -> bool:
        minimum, maximum = bornes
        if type(valeur) is int and minimum <= valeur <= maximum:
            return True
        self.refuse(
            nom,
            f"{guillemets(str(valeur))} n’est pas un nombre entier de {minimum} à {maximum}",
        )
        return False


def _parse_centiemes(texte: object, maximum: Decimal) -> Decimal | None:
    """Number of at most two decimals between 0 and a maximum, written as text; None otherwise."""
    try:
        nombre = Decimal(texte) if isinstance(texte, str) else Decimal("NaN")
    except InvalidOperation:
        return None
    if not nombre.is_finite() or not 0 <= nombre <= maximum or nombre * 100 % 1:
        return None
    return nombre
