"""The curve of a subject, drawn from the legal values alone: no amount of it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maillage.kernel.francais import ESPACE_FINE, format_date, format_nombre
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.projection import project_smic
from maillage.web.regles.droit import lien_chiffre, lien_valeur, url_valeur
from maillage.web.regles.montants import NOMS_TYPES, TYPES_COURBE, chemin_socle, list_parts
from maillage.web.regles.series import HAUTEUR, LARGEUR, Serie, Trace
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from maillage.web.regles.montants import Part

_PREFIXE: Final = "aide_au_poste."
COURBES: Final = {
    f"{_PREFIXE}{kind}": f"Aide au poste, {NOMS_TYPES[kind]}, face au SMIC"
    for kind in sorted(TYPES_COURBE)
}
"""Curves that a subject may show, by code."""


def _parts(code: str) -> tuple[str, tuple[Part, ...]]:
    kind = code.removeprefix(_PREFIXE)
    return kind, list_parts(load_legislation(), kind)


def trace(code: str) -> Trace:
    """The amount of each text, and what it would be had it only followed the SMIC since the first."""
    kind, parts = _parts(code)
    return Trace(
        (
            Serie(f"{kind}, montant", _until_known(kind, _amounts(parts))),
            Serie("SMIC seul", _until_known(kind, _followed(parts))),
        ),
        "€ par ETP et par an",
        legende=True,
    )


def _amounts(parts: Sequence[Part]) -> list[tuple[str, float]]:
    return [(p.date_effet.isoformat(), float(str(p.montant.valeur))) for p in parts]


def _followed(parts: Sequence[Part]) -> list[tuple[str, float]]:
    return [(p.date_effet.isoformat(), float(_projected(parts[0], p))) for p in parts]


def _projected(premiere: Part, part: Part) -> int:
    """Amount of the first text × SMIC of the day ÷ SMIC of its effect."""
    return project_smic(premiere.montant.valeur, premiere.smic.valeur, part.smic.valeur)


def _until_known(
    kind: str, points: list[tuple[str, float]]
) -> tuple[tuple[str | float, float], ...]:
    """The points, the last carried to the last day on which the law is known."""
    fin = load_legislation().leaf(chemin_socle(METROPOLE_DROM, kind)).valable_jusqu_au
    if fin is not None:
        points = [*points, (fin.isoformat(), points[-1][1])]
    return tuple(points)


def describe(code: str, url: str) -> dict[str, Any]:
    """Title, text alternative and addresses of a curve, for the fragment that shows it."""
    kind, parts = _parts(code)
    taux = sorted(parts, key=lambda part: part.taux)
    debut, fin = parts[0], parts[-1]
    titre = (
        f"Le montant {kind}, de {_euros(debut.montant.valeur)} à {_euros(fin.montant.valeur)} par ETP et par an, "
        f"du {format_date(debut.date_effet)} au {format_date(fin.date_effet)}"
    )
    detail = (
        f"L’aide d’une heure vaut de {taux[0].texte} à {taux[-1].texte} du SMIC horaire à chacun des "
        f"{len(parts)} montants parus. En pointillé, le premier montant s’il n’avait suivi que le SMIC"
    )
    return {
        "titre": titre,
        "detail": detail,
        "alternative": f"{titre}. {detail}.",
        "url": url,
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
        "source": "arrêtés fixant les montants et décrets du SMIC, calcul par les règles.",
        "tableau": "#montants",
    }


def table(code: str) -> SafeString:
    """What the curve shows, in figures that open their texts."""
    kind, parts = _parts(code)
    colonnes = (
        Colonne("effet", "Date d’effet", droite=False),
        Colonne("montant", f"Montant {kind}", "par ETP et par an"),
        Colonne("smic", "SMIC", "par heure"),
        Colonne("part", "Aide d’une heure", "en part du SMIC"),
        Colonne("suivi", "Premier montant", "s’il n’avait suivi que le SMIC"),
    )
    lignes = [
        Ligne(
            (
                texte(format_date(part.date_effet)),
                Cellule(lien_valeur(part.montant)),
                Cellule(lien_valeur(part.smic)),
                Cellule(lien_chiffre(part.texte, url_valeur(part.montant.chemin, part.date_effet))),
                texte(_euros(_projected(parts[0], part))),
            )
        )
        for part in reversed(parts)
    ]
    return render_table(COURBES[code], colonnes, lignes)


def _euros(montant: object) -> str:
    return f"{format_nombre(float(str(montant)))}{ESPACE_FINE}€"
