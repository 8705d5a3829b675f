"""Full-text search in French, with one index per audience.

That of everyone is built from nothing else than the public version. Both engines hold the stems that `texte.search` gives: FTS5 on SQLite, `tsvector` on PostgreSQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.search import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.publications.article import Article

TABLES = {
    Audience.PUBLIQUE: "publications_index_publique",
    Audience.ADHERENTS: "publications_index_adherents",
}
COLONNES = ("titre", "chapo", "themes", "corps")
_POIDS = (10.0, 5.0, 4.0, 1.0)
_LETTRES = ("A", "B", "C", "D")
_MOTS_MAX = 12
RESULTATS_MAX = 500


def index_stems(article: Article) -> tuple[str, ...]:
    """What the index keeps of an article, column by column."""
    themes = " ".join(nom for nom, _ in article.themes)
    textes = (article.titre, article.chapo, themes, article.texte)
    return tuple(" ".join(stems(texte)) for texte in textes)


def put(publication_id: int, audience: Audience, article: Article) -> None:
    """Index what an audience reads, in place of what it read before."""
    remove(publication_id, audience)
    table, valeurs = TABLES[audience], index_stems(article)
    if connection.vendor == "postgresql":
        document = " || ".join(
            f"setweight(to_tsvector('simple', %s), '{lettre}')" for lettre in _LETTRES
        )
        ordre = f"INSERT INTO {table} (rowid, document) VALUES (%s, {document})"  # noqa: S608 — our own names
    else:
        ordre = f"INSERT INTO {table} (rowid, {', '.join(COLONNES)}) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608 — our own names
    with connection.cursor() as curseur:
        curseur.execute(ordre, [publication_id, *valeurs])


def remove(publication_id: int, *audiences: Audience) -> None:
    """Take a publication out of the index of some audiences; of all of them by default."""
    with connection.cursor() as curseur:
        for audience in audiences or tuple(Audience):
            curseur.execute(
                f"DELETE FROM {TABLES[audience]} WHERE rowid = %s",  # noqa: S608 — our own names
                [publication_id],
            )


def find(audience: Audience, question: str) -> list[int] | None:
    """Numbers of the publications that hold every word, the closest first.

    Args:
        audience: Whose index.
        question: What was typed.

    Returns:
        None when nothing in the question can be looked for.
    """
    racines = _unique_stems(question)
    if not racines:
        return None
    table = TABLES[audience]
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            demande = " & ".join(f"'{racine}':*" for racine in racines)
            curseur.execute(
                f"SELECT rowid FROM {table}, to_tsquery('simple', %s) AS demande "  # noqa: S608 — our own names
                "WHERE document @@ demande ORDER BY ts_rank(document, demande) DESC, rowid DESC LIMIT %s",
                [demande, RESULTATS_MAX],
            )
        else:
            demande = " AND ".join(f'"{racine}"*' for racine in racines)
            curseur.execute(
                f"SELECT rowid FROM {table} WHERE {table} MATCH %s "  # noqa: S608 — our own names
                f"ORDER BY bm25({table}, {', '.join(map(str, _POIDS))}), rowid DESC LIMIT %s",
                [demande, RESULTATS_MAX],
            )
        return [int(rowid) for (rowid,) in curseur.fetchall()]


def _unique_stems(question: str) -> Sequence[str]:
    """Stems of the question; only letters and digits go into the language of an engine."""
    return [r for r in dict.fromkeys(stems(question)) if r.isalnum()][:_MOTS_MAX]
