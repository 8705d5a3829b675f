"""The formulas of a mechanism in French, as they say themselves: what each does, on what, by which text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.francais import format_date, typeset
from maillage.regles.engine.formules import load_regles
from maillage.regles.libelles import get_libelle
from maillage.web.regles.droit import url_valeur

if TYPE_CHECKING:
    from maillage.regles.engine.formules import Argument, Version


def list_etapes(mecanisme: str) -> list[dict[str, object]]:
    """Rules of a mechanism, in the order in which they are written, with their dated versions."""
    module = f"maillage.regles.{mecanisme}.formules"
    return [
        {
            "nom": get_libelle(nom),
            "code": nom,
            "versions": [_version(version) for version in versions],
        }
        for nom, versions in load_regles().versions.items()
        if versions[0].formule.__module__ == module
    ]


def _version(version: Version) -> dict[str, object]:
    formule = version.formule
    return {
        "quand": _periode(version),
        "explication": typeset(formule.explication),
        "texte": typeset(formule.texte),
        "arguments": [_argument(argument) for argument in version.arguments],
    }


def _periode(version: Version) -> str:
    """« du … au … », « depuis le … »; empty for a rule without dates."""
    depuis, fin = version.formule.depuis, version.formule.jusqu_au
    if fin is not None:
        debut = f"du {format_date(depuis)} " if depuis is not None else "jusqu’"
        return f"{debut}au {format_date(fin)}"
    return f"depuis le {format_date(depuis)}" if depuis is not None else ""


def _argument(argument: Argument) -> SafeString:
    """An ingredient: a link to its law, to the step that gives it, or what the reader brings."""
    libelle = escape(get_libelle(argument.nom))
    if argument.parametre is not None and "{" not in argument.chemin:
        lien = f'<a href="{escape(url_valeur(argument.chemin))}">{libelle}</a> (droit)'
        return mark_safe(lien)  # noqa: S308 — both parts are escaped above
    if argument.parametre is not None:
        return mark_safe(f"{libelle} (droit)")  # noqa: S308 — escaped above
    if argument.nom in load_regles().versions:
        return mark_safe(f"{libelle} (calculé)")  # noqa: S308 — escaped above
    return mark_safe(f"{libelle} (donnée)")  # noqa: S308 — escaped above
