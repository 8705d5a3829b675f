"""Values of a file of hypotheses read one by one; whatever is wrong is noted, and reading goes on."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from maillage.analyses.modele.hypotheses import PAR_DEFAUT, Chiffre, Origine
from maillage.indicators.modele.cles import Unite
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import format_nombre, guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.analyses.modele.toml_situe import Table, TomlSitue
    from maillage.indicators.modele.cles import Cle

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOTS_CHIFFRE = ("valeur", "source", "hypothese")
_ECRIRE = 'Écrivez { valeur = 9000, source = "d’où il vient" } ou { valeur = 9000, hypothese = "pourquoi" }.'
_TEXTE_MAX = 500


class Lecteur:
    """One file being read.

    Attributes:
        fautes: Everything found wrong so far.
    """

    def __init__(self, situe: TomlSitue) -> None:
        self._situe = situe
        self.fautes: list[Anomalie] = []

    def note(self, code: str, quoi: str, que_faire: str, chemin: str) -> None:
        """Keep a fault, with its line."""
        self.fautes.append(Anomalie(code, quoi, que_faire, self._situe.locate(chemin)))

    def check_mots(self, table: Table, connus: Iterable[str], chemin: str) -> None:
        """Refuse what means nothing in a section."""
        connus = tuple(connus)
        for mot in table:
            if mot not in connus:
                proches = get_close_matches(mot, connus, n=1, cutoff=0.6)
                vouliez = f"Vouliez-vous dire {guillemets(proches[0])} ? " if proches else ""
                self.note(
                    "MLG-MEC-003",
                    f"{guillemets(join(chemin, mot))} ne veut rien dire.",
                    f"{vouliez}Mots possibles ici : {', '.join(connus)}.",
                    join(chemin, mot),
                )

    def read_table(self, table: Table, nom: str, chemin: str = "") -> Table:
        """A section; empty when it is missing."""
        lue = table.get(nom, {})
        if isinstance(lue, dict):
            return lue
        self._refuse(join(chemin, nom), "une section", lue)
        return {}

    def read_tables(self, contenu: Table, nom: str) -> dict[str, Table]:
        """Sections by their code: [clients.mairie]."""
        lues = self.read_table(contenu, nom)
        for code, table in lues.items():
            if CODE.fullmatch(code) is None or not isinstance(table, dict):
                self.note(
                    "MLG-MEC-005",
                    f"{guillemets(f'{nom}.{code}')} n’est pas une section.",
                    f"Écrivez [{nom}.son_code], en minuscules sans accent.",
                    f"{nom}.{code}",
                )
        return {
            code: table
            for code, table in lues.items()
            if CODE.fullmatch(code) and isinstance(table, dict)
        }

    def read_texte(self, table: Table, nom: str, chemin: str, sinon: str | None = None) -> str:
        """A sentence on one line."""
        lu = self._get(table, nom, chemin, sinon)
        if isinstance(lu, str) and lu.strip() and lu.isprintable() and len(lu) <= _TEXTE_MAX:
            return lu.strip()
        if lu is not None:
            self._refuse(join(chemin, nom), "un texte entre guillemets droits, sur une ligne", lu)
        return ""

    def read_oui_non(self, table: Table, nom: str, chemin: str, sinon: bool | None = None) -> bool:  # noqa: FBT001 — the value itself
        """`true` or `false`."""
        lu = self._get(table, nom, chemin, sinon)
        if isinstance(lu, bool):
            return lu
        if lu is not None:
            self._refuse(join(chemin, nom), "true ou false", lu)
        return False

    def read_date(self, table: Table, nom: str, chemin: str) -> date:
        """A day, written without quotes."""
        lu = self._get(table, nom, chemin)
        if isinstance(lu, date) and not isinstance(lu, datetime):
            return lu
        if lu is not None:
            self._refuse(join(chemin, nom), "une date sans guillemets, comme 2025-01-01", lu)
        return date(2025, 1, 1)

    def read_entier(
        self, table: Table, nom: str, chemin: str, bornes: tuple[int, int], sinon: int | None = None
    ) -> int:
        """A whole number between two others."""
        lu = self._get(table, nom, chemin, sinon)
        bas, haut = bornes
        if type(lu) is int and bas <= lu <= haut:
            return lu
        if lu is not None:
            self._refuse(join(chemin, nom), f"un nombre entier de {bas} à {haut}", lu)
        return bas

    def read_nombre(self, table: Table, nom: str, chemin: str) -> float:
        """A number, without a source: a bound of a law."""
        lu = self._get(table, nom, chemin)
        if is_nombre(lu):
            return float(lu)
        if lu is not None:
            self._refuse(join(chemin, nom), "un nombre", lu)
        return math.nan

    def read_choix(
        self, table: Table, nom: str, chemin: str, choix: Sequence[str], sinon: str | None = None
    ) -> str:
        """One of a few words."""
        lu = self._get(table, nom, chemin, sinon)
        if lu in choix:
            return str(lu)
        if lu is not None:
            proches = get_close_matches(str(lu), choix, n=1, cutoff=0.6)
            vouliez = f"Vouliez-vous dire {guillemets(proches[0])} ? " if proches else ""
            self.note(
                "MLG-MEC-008",
                f"{guillemets(join(chemin, nom))} vaut {guillemets(str(lu))}, qui n’existe pas.",
                f"{vouliez}Mots possibles : {', '.join(choix)}.",
                join(chemin, nom),
            )
        return choix[0]

    def read_mois(
        self, table: Table, chemin: str, maximum: int, sinon: Sequence[int]
    ) -> tuple[int, ...]:
        """Months of the exercice, from 1."""
        lus = self._get(table, "mois", chemin, list(sinon))
        if (
            isinstance(lus, list)
            and lus
            and all(type(un) is int and 1 <= un <= maximum for un in lus)
            and len(set(lus)) == len(lus)
        ):
            return tuple(sorted(lus))
        self._refuse(
            join(chemin, "mois"), f"une liste de mois de 1 à {maximum}, chacun une fois", lus
        )
        return tuple(sinon)

    def read_poids(self, table: Table, chemin: str, sinon: tuple[float, ...]) -> tuple[float, ...]:
        """Weights of the twelve months, not all nil."""
        lus = self._get(table, "saisonnalite", chemin, list(sinon))
        if (
            isinstance(lus, list)
            and len(lus) == len(sinon)
            and all(is_nombre(un) and un >= 0 for un in lus)
            and any(lus)
        ):
            return tuple(map(float, lus))
        self._refuse(join(chemin, "saisonnalite"), "douze poids positifs, un par mois", lus)
        return sinon

    def read_chiffre(self, table: Table, cle: Cle) -> Chiffre | None:
        """A figure and its origin; its default when the file gives none; None without default."""
        nom = cle.chemin.rpartition(".")[2]
        if nom not in table:
            if cle.defaut is None and not cle.du_droit:
                self.note(
                    "MLG-MEC-004",
                    f"Il manque {guillemets(cle.chemin)} ({cle.libelle}, en {cle.unite.value}).",
                    _ECRIRE,
                    cle.chemin,
                )
            if cle.defaut is None:
                return None
            return Chiffre(cle.defaut, Origine.DEFAUT, PAR_DEFAUT)
        return self._read_origine(table[nom], cle)

    def _read_origine(self, lu: object, cle: Cle) -> Chiffre | None:
        if not isinstance(lu, dict) or not is_nombre(lu.get("valeur")):
            self.note(
                "MLG-MEC-005",
                f"{guillemets(cle.chemin)} n’est pas un chiffre avec son origine.",
                _ECRIRE,
                cle.chemin,
            )
            return None
        self.check_mots(lu, MOTS_CHIFFRE, cle.chemin)
        raisons = [mot for mot in MOTS_CHIFFRE[1:] if mot in lu]
        if len(raisons) != 1:
            self.note(
                "MLG-MEC-007",
                f"{guillemets(cle.chemin)} doit être soit une donnée, avec sa source, soit une hypothèse, avec "
                "sa raison.",
                _ECRIRE,
                cle.chemin,
            )
            return None
        texte = self.read_texte(lu, raisons[0], cle.chemin)
        valeur = float(lu["valeur"])
        if cle.unite is Unite.MOIS and not valeur.is_integer():
            self.note(
                "MLG-MEC-006",
                f"{guillemets(cle.chemin)} vaut {format_nombre(valeur, 4)} : les mois sont entiers.",
                "Écrivez un nombre entier de mois.",
                cle.chemin,
            )
            return None
        if not cle.minimum <= valeur <= cle.maximum:
            self.note(
                "MLG-MEC-006",
                f"{guillemets(cle.chemin)} vaut {format_nombre(valeur, 4)}, hors de ce qui est possible.",
                f"Écrivez un nombre de {format_nombre(cle.minimum, 0)} à {format_nombre(cle.maximum, 0)} "
                f"({cle.unite.value}).",
                cle.chemin,
            )
            return None
        origine = Origine.DONNEE if raisons[0] == "source" else Origine.HYPOTHESE
        return Chiffre(valeur, origine, texte)

    def _get(self, table: Table, nom: str, chemin: str, sinon: Any = None) -> Any:
        if nom not in table and sinon is None:
            self.note(
                "MLG-MEC-004",
                f"Il manque {guillemets(join(chemin, nom))}.",
                "Comparez à « maillage modele exemple ».",
                join(chemin, nom),
            )
        return table.get(nom, sinon)

    def _refuse(self, chemin: str, attendu: str, lu: object) -> None:
        self.note(
            "MLG-MEC-005",
            f"{guillemets(chemin)} vaut {guillemets(str(lu)[:60])} : il faut {attendu}.",
            "Corrigez cette valeur.",
            chemin,
        )


def is_nombre(lu: object) -> bool:
    """Whether a value is a finite number, and not `true`."""
    return isinstance(lu, int | float) and not isinstance(lu, bool) and math.isfinite(lu)


def join(chemin: str, nom: str) -> str:
    """Path of a key of a section."""
    return f"{chemin}.{nom}" if chemin else nom


def list_mots(mots: Iterable[str]) -> str:
    """« prix_horaire, coefficient ou montant_annuel »."""
    return join_fr(mots, "ou")
