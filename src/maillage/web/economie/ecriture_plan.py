"""A plan de rattachement written back as the text that a structure keeps and may correct."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maillage.analyses.comptes.rattachement import Rattachement, Version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def write_plan(plan: Rattachement) -> str:
    """Its text, that `parse_rattachement` reads the same."""
    lignes = [f"siren = {_quote(plan.siren)}", ""] if plan.siren else []
    for version in plan.versions:
        lignes += ["[[version]]", f"depuis = {version.depuis.isoformat()}"]
        if version.aide_au_poste:
            lignes.append(f"aide_au_poste = [{', '.join(map(_quote, version.aide_au_poste))}]")
        if version.comptes:
            lignes.append("[version.comptes]")
            lignes += [
                f"{_quote(prefixe)} = {_quote(poste)}" for prefixe, poste in version.comptes.items()
            ]
        lignes.append("")
    return "\n".join(lignes)


def declare_aide(
    plan: Rattachement | None, siren: str, depuis: date, comptes: Sequence[str]
) -> Rattachement:
    """The plan once the structure says which accounts hold the aide au poste, from a day on.

    The other choices of the version that held on that day go on.
    """
    tenue = plan.find(depuis) if plan else None
    nouvelle = Version(depuis, tuple(comptes), dict(tenue.comptes) if tenue else {})
    autres = [v for v in plan.versions if v.depuis != depuis] if plan else []
    versions = sorted([*autres, nouvelle], key=lambda version: version.depuis)
    return Rattachement(plan.nom if plan else "", plan.siren if plan else siren, tuple(versions))


def _quote(texte: str) -> str:
    return json.dumps(texte, ensure_ascii=False)
