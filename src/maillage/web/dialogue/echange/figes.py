"""Words that the base refuses to change: a line is one of them, or an addition."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maillage.web.dialogue.echange.model import Ligne

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.dialogue.echange.cellules import Lues
    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Connue, Genre


def match_frozen(
    genre: Genre, lues: Sequence[Lues], connues: Sequence[Connue], releve: Releve
) -> list[Ligne]:
    """Lines of a kind that is frozen: known to the letter, or new; never other words in their place."""
    par_parent: defaultdict[str, list[Connue]] = defaultdict(list)
    for connue in connues:
        par_parent[connue.cellules[genre.parent]].append(connue)
    prises: set[int] = set()
    lignes = []
    for lue in lues:
        rang = lue.rang
        ligne = Ligne(rang, f"#{rang.fichier}:{rang.place}")
        siennes = par_parent[lue.cellules.get(genre.parent, "")]
        meme = next((c for c in siennes if c.pk not in prises and _says(lue, c)), None)
        if meme is not None:
            prises.add(meme.pk)
            ligne.cible, ligne.raison, ligne.cle = meme, "mêmes mots", meme.cle
        elif any(_has_key(genre, lue, c) for c in siennes):
            releve.add(
                rang,
                "",
                "MLG-DIA-122",
                f"Cette ligne récrirait un {genre.singulier} qui est déjà au registre.",
                "Ce qui a été dit ne se récrit pas. Reprenez ses mots exacts, ou ajoutez une ligne "
                "avec une autre date ou un numéro suivant.",
            )
        lignes.append(ligne)
    return lignes


def _says(lue: Lues, connue: Connue) -> bool:
    """Whether all that a line says is already there."""
    return all(not texte or connue.cellules[nom] == texte for nom, texte in lue.cellules.items())


def _has_key(genre: Genre, lue: Lues, connue: Connue) -> bool:
    """Whether it takes the place of a known line."""
    return all(lue.cellules.get(c) and lue.cellules[c] == connue.cellules[c] for c in genre.cle)
