"""Reads what an address says, and refuses in French what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from maillage.analyses.diagnosis.model import Territoire
    from maillage.web.territoires.tables import Tri

T = TypeVar("T")


def parse_niveau(texte: str) -> Niveau:
    """Level named in an address.

    Raises:
        Introuvable: MLG-WEB-002, no such level.
    """
    try:
        return Niveau(texte)
    except ValueError as error:
        connus = join_fr((n.value for n in Niveau), "ou")
        raise Introuvable(
            Anomalie(
                "MLG-WEB-002",
                f"Le niveau {guillemets(texte)} n’existe pas.",
                f"Niveaux connus\u00a0: {connus}.",
                "adresse de la page",
            )
        ) from error


def fil_ariane(territoire: Territoire) -> list[tuple[str, str]]:
    """Breadcrumb of a territory: (address, name) of what contains it, then itself."""
    parents = [(f"/territoires/{n.value}/{code}/", nom) for n, code, nom in territoire.parents]
    return [*parents, ("", territoire.nom)]


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a long table.

    Attributes:
        numero: From 1.
        nombre: How many there are.
        debut, fin: First and last row shown, from 1.
        total: All rows.
        precedente, suivante: Addresses; empty at the ends.
    """

    numero: int
    nombre: int
    debut: int
    fin: int
    total: int
    precedente: str
    suivante: str


def paginate(
    lignes: Sequence[T], query: QueryDict, parametres: str, par_page: int, ancre: str = ""
) -> tuple[Sequence[T], Pages]:
    """Rows of the page asked for by `page`, and where they stand.

    Raises:
        SaisieInvalide: MLG-WEB-003, not the number of a page.
    """
    nombre = max(1, -(-len(lignes) // par_page))
    numero = _parse_page(query.get("page", "1"), nombre)
    debut = (numero - 1) * par_page
    page = lignes[debut : debut + par_page]
    precedente = f"?{parametres}page={numero - 1}{ancre}" if numero > 1 else ""
    suivante = f"?{parametres}page={numero + 1}{ancre}" if numero < nombre else ""
    pages = Pages(numero, nombre, debut + 1, debut + len(page), len(lignes), precedente, suivante)
    return page, pages


def _parse_page(texte: str, nombre: int) -> int:
    if texte.isascii() and texte.isdigit() and 1 <= int(texte[:5]) <= nombre:
        return int(texte)
    raise SaisieInvalide(
        Anomalie(
            "MLG-WEB-003",
            f"La page {guillemets(texte)} du tableau n’existe pas.",
            f"Demandez une page de 1 à {nombre}.",
            "adresse de la page",
        )
    )


def tri_parametres(tri: Tri) -> str:
    """Order of a table, as the end of an address keeps it."""
    return f"tri={tri.cle}&ordre={'desc' if tri.descendant else 'asc'}&" if tri.cle else ""
