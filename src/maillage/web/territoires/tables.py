"""Tables of figures: sorted by the address, the same rows on the page and in the files."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING, TypeAlias

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

Cle: TypeAlias = "float | str | Absence | None"


_COLONNES_MAX = 8  # more are printed smaller, to hold on A4


@dataclass(frozen=True, slots=True)
class Colonne:
    """Heading of a column.

    Attributes:
        cle: Name in the address when sorting.
        titre: What is in it.
        detail: Unit or period, under the title.
        droite: Whether it holds figures, aligned on the right.
    """

    cle: str
    titre: str
    detail: str = ""
    droite: bool = True


@dataclass(frozen=True, slots=True)
class Cellule:
    """One cell: its HTML, already escaped, and what it is sorted by (None when by nothing)."""

    html: str
    tri: Cle = None


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row; the first cell is its heading."""

    cellules: tuple[Cellule, ...]
    classe: str = ""


@dataclass(frozen=True, slots=True)
class Tri:
    """Order of a table, as the address gives it."""

    cle: str = ""
    descendant: bool = False


def texte(contenu: str, tri: Cle = None) -> Cellule:
    """Cell of plain text, sorted by itself unless told otherwise."""
    return Cellule(escape(contenu), contenu.casefold() if tri is None else tri)


def lien_texte(url: str, contenu: str) -> Cellule:
    """Cell that leads somewhere."""
    return Cellule(f'<a href="{escape(url)}">{escape(contenu)}</a>', contenu.casefold())


def parse_tri(query: QueryDict, colonnes: Sequence[Colonne], defaut: Tri) -> Tri:
    """Order asked for by `tri` and `ordre`.

    Raises:
        SaisieInvalide: MLG-WEB-001, no such column or order.
    """
    cle = query.get("tri")
    ordre = query.get("ordre", "asc")
    if cle is None:
        return defaut
    connues = [colonne.cle for colonne in colonnes]
    if cle not in connues or ordre not in {"asc", "desc"}:
        raise SaisieInvalide(
            Anomalie(
                "MLG-WEB-001",
                f"On ne peut pas trier par {guillemets(cle)}, ordre {guillemets(ordre)}.",
                f"Colonnes possibles\u00a0: {join_fr(connues, 'ou')}\u00a0; ordre\u00a0: asc ou desc.",
                "adresse de la page",
            )
        )
    return Tri(cle, ordre == "desc")


def sort_rows(lignes: Iterable[Ligne], colonnes: Sequence[Colonne], tri: Tri) -> list[Ligne]:
    """Rows in the order asked for; a figure that is absent comes last in both directions."""
    rangs = {colonne.cle: rang for rang, colonne in enumerate(colonnes)}
    toutes = list(lignes)
    if tri.cle not in rangs:
        return toutes
    rang = rangs[tri.cle]
    ordre = sort_places([ligne.cellules[rang].tri for ligne in toutes], descendant=tri.descendant)
    return [toutes[place] for place in ordre]


def sort_places(cles: Sequence[Cle], *, descendant: bool) -> list[int]:
    """Places of sorted keys, so that a long table draws only the rows of its page.

    A key that is absent comes last in both directions; all the others are of one type.
    """
    connues: list[tuple[float | str, int]] = []
    autres: list[int] = []
    for place, cle in enumerate(cles):
        if cle is None or isinstance(cle, Absence):
            autres.append(place)
        else:
            connues.append((cle, place))
    connues.sort(key=lambda paire: paire[0], reverse=descendant)
    return [place for _, place in connues] + autres


def render_table(
    titre: str,
    colonnes: Sequence[Colonne],
    lignes: Sequence[Ligne],
    tri: Tri | None = None,
    parametres: str = "",
    *,
    entier: bool = False,
) -> SafeString:
    """HTML of a table that scrolls inside itself and can be reached from the keyboard.

    Args:
        titre: What the table shows, as its caption.
        colonnes: Headings.
        lignes: Rows, already in order.
        tri: Current order; None for a table that is not sorted by the address.
        parametres: Other parameters of the address, kept by the sorting links.
        entier: Whether it is short enough to stand in full, without a scroll of its own in height.
    """
    tetes = "".join(_tete(colonne, tri, parametres) for colonne in colonnes)
    corps = "".join(_ligne(ligne, colonnes) for ligne in lignes)
    classes = (" entier" if entier else "") + (" dense" if len(colonnes) > _COLONNES_MAX else "")
    triable = " data-tri" if tri is not None else ""
    return mark_safe(  # noqa: S308 — cells are escaped where they are made
        f'<div class="tableau{classes}" role="region" tabindex="0" aria-label="{escape(titre)}">'
        f"<table{triable}><caption>{escape(titre)}</caption>"
        f"<thead><tr>{tetes}</tr></thead><tbody>{corps}</tbody></table></div>"
    )


def _tete(colonne: Colonne, tri: Tri | None, parametres: str) -> str:
    classe = ' class="droite"' if colonne.droite else ""
    contenu = escape(colonne.titre)
    detail = f"<small>{escape(colonne.detail)}</small>" if colonne.detail else ""
    if tri is None:
        return f'<th scope="col"{classe}>{contenu}{detail}</th>'
    actif = tri.cle == colonne.cle
    descend = not tri.descendant if actif else colonne.droite
    sens = ' aria-sort="descending"' if tri.descendant else ' aria-sort="ascending"'
    adresse = f"?{parametres}tri={colonne.cle}&ordre={'desc' if descend else 'asc'}"
    lien = f'<a href="{escape(adresse)}">{contenu}</a>'
    return f'<th scope="col"{classe}{sens if actif else ""}>{lien}{detail}</th>'


def _ligne(ligne: Ligne, colonnes: Sequence[Colonne]) -> str:
    classe = f' class="{ligne.classe}"' if ligne.classe else ""
    tete, *suite = ligne.cellules
    cases = "".join(
        f"<td{' class=droite' if colonne.droite else ''}{_cle(cellule)}>{cellule.html}</td>"
        for colonne, cellule in zip(colonnes[1:], suite, strict=True)
    )
    return f'<tr{classe}><th scope="row"{_cle(tete)}>{tete.html}</th>{cases}</tr>'


def _cle(cellule: Cellule) -> str:
    if cellule.tri is None or isinstance(cellule.tri, Absence):
        return ""
    if isinstance(cellule.tri, str):
        return ""  # sorted by its own text
    return f' data-v="{cellule.tri:.6g}"'
