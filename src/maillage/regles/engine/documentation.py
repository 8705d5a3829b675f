"""The page of every legal value, written from the files: docs/reference/parametres.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, format_date
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import format_quantite
from maillage.regles.engine.unites import UNITES
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C, CONFIANCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee

_TETE = """# Les valeurs du droit

Page écrite par le programme à partir des fichiers de `src/maillage/regles/*/parametres` : ne pas la
modifier à la main. `maillage.regles.engine.documentation.write(Path("docs/reference/parametres.md"))`
la refait.

Chaque valeur a deux dates : celle de son effet et celle de sa publication. « — » à la publication :
la date n’a pas été trouvée ; lue « connue au », la valeur l’est alors depuis sa date d’effet.
"""


def render_parametres() -> str:
    """The whole page, in French Markdown.

    Raises:
        FichierInvalide: a parameter file is not valid.
    """
    legislation = load_legislation()
    lignes = [_TETE, "Confiance :", ""]
    lignes += [f"- **{lettre}** : {sens}." for lettre, sens in CONFIANCES.items()]
    lignes += ["", *_unverified(legislation), "", *_gaps(legislation)]
    mecanisme = ""
    for feuille in legislation.feuilles.values():
        if feuille.mecanisme != mecanisme:
            mecanisme = feuille.mecanisme
            lignes += ["", f"## `{mecanisme}`"]
        lignes += ["", *_section(feuille)]
    return "\n".join(lignes) + "\n"


def write(path: Path) -> None:
    """Write the page.

    Raises:
        FichierInvalide: a parameter file is not valid.
    """
    path.write_text(render_parametres(), encoding="utf-8")


def _unverified(legislation: Legislation) -> Iterator[str]:
    """Values of confidence C, each with its warning."""
    yield "## Valeurs non vérifiées"
    yield ""
    for feuille in legislation.feuilles.values():
        for valeur in feuille.valeurs:
            if valeur.confiance == "C":
                yield f"- `{feuille.chemin}` : {_content(feuille, valeur)}. {AVERTISSEMENT_C}"


def _gaps(legislation: Legislation) -> Iterator[str]:
    """Everything that was looked for and not found."""
    yield "## Ce qui manque"
    yield ""
    yield "Le calcul refuse ces périodes, et dit pourquoi."
    yield ""
    for feuille in legislation.feuilles.values():
        for lacune in feuille.lacunes:
            fin = f"au {format_date(lacune.au)}" if lacune.au is not None else "à aujourd’hui"
            periode = f"du {format_date(lacune.du)} {fin}"
            yield f"- `{feuille.chemin}`, {periode} : {lacune.phrase}."
        if feuille.au_dela and feuille.valable_jusqu_au is not None:
            horizon = format_date(feuille.valable_jusqu_au)
            yield f"- `{feuille.chemin}`, après le {horizon} : {feuille.au_dela}."


def _section(feuille: Feuille) -> Iterator[str]:
    yield f"### `{feuille.chemin}`"
    yield ""
    nombre = accorder(len(feuille.valeurs), "valeur", "valeurs")
    horizon = (
        f", connue jusqu’au {format_date(feuille.valable_jusqu_au)}"
        if feuille.valable_jusqu_au is not None
        else ""
    )
    yield f"{feuille.description}. {nombre}{horizon}."
    yield ""
    yield "| effet | publication | valeur | source | confiance | note |"
    yield "|---|---|---|---|---|---|"
    for valeur in feuille.valeurs:
        yield _row(feuille, valeur)


def _row(feuille: Feuille, valeur: ValeurDatee) -> str:
    publication = valeur.publication.isoformat() if valeur.publication is not None else "—"
    effet = valeur.date_effet.isoformat() + ("" if valeur.date_effet_relevee else " (non relevée)")
    sources = " ; ".join(
        f"[{reference.titre}]({reference.href})" if reference.href else reference.titre
        for reference in valeur.references
    )
    notes = [valeur.note, AVERTISSEMENT_C if valeur.confiance == "C" else ""]
    note = " ".join(note for note in notes if note)
    cellules = (effet, publication, _content(feuille, valeur), sources, valeur.confiance, note)
    return f"| {' | '.join(cellules)} |"


def _content(feuille: Feuille, valeur: ValeurDatee) -> str:
    if valeur.renvoi:
        return f"comme `{valeur.renvoi}`"
    if valeur.valeur is None:
        return "aucune"
    if feuille.unite == "fraction":
        return str(valeur.valeur)
    return format_quantite(valeur.valeur, UNITES[feuille.unite])
