"""The page of every setting, written from the settings themselves: docs/reference/reglages.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import typeset
from maillage.web.config.environnement import REGLAGES

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.web.config.environnement import Reglage

_TETE = """# Les réglages

Page écrite par le programme à partir de `maillage.web.config.environnement` : ne pas la modifier à la
main, `make docs` la refait.

Un réglage est une variable d’environnement, lue au démarrage. Toutes sont vérifiées ensemble : si l’une
ne se comprend pas, le site ne démarre pas et dit lesquelles (`MLG-REL-001`, `MLG-REL-002`). Aucune n’est
nécessaire sur sa propre machine. `MAILLAGE_DONNEES`, le dossier des données, est dans
[commandes.md](commandes.md).

Un réglage marqué « secret » n’est jamais écrit dans un message ni montré dans l’administration.
"""


def render_reglages() -> str:
    """The whole page, in French Markdown."""
    return typeset("\n".join([_TETE, *(_section(reglage) for reglage in REGLAGES)]))


def _section(reglage: Reglage) -> str:
    defaut = f"`{reglage.defaut}`" if reglage.defaut else "rien"
    secret = " Secret." if reglage.is_secret else ""
    return (
        f"## `{reglage.nom}`\n\n{reglage.description}{secret}\n\n"
        f"- sans lui : {defaut}\n- exemple : `{reglage.exemple}`\n"
    )


def write(chemin: Path) -> None:
    """Write the page again."""
    chemin.write_text(render_reglages(), encoding="utf-8")
