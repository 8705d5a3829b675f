"""The curve of the steps of hours: what is kept of the net pay, and what is taken off the gross."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from maillage.analyses.emploi.aides import name_mois
from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, typeset
from maillage.kernel.money import format_euros
from maillage.web.regles.emploi.saisie import write_hausse
from maillage.web.regles.emploi.tables import pourcent
from maillage.web.regles.series import HAUTEUR, LARGEUR, Serie, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from maillage.analyses.emploi.demande import Demande
    from maillage.analyses.emploi.revenus import Marge, Palier
    from maillage.analyses.emploi.table import Table


def build_trace(paliers: Sequence[Palier]) -> Trace:
    """A figure of a step holds from the hours before it to its own."""
    return Trace(
        (
            Serie("gardé sur le salaire net de plus", _steps(paliers, lambda m: m.part_gardee)),
            Serie(
                "taux marginal effectif, sur le brut de plus",
                _steps(paliers, lambda m: m.taux_marginal_effectif),
            ),
        ),
        f"en{ESPACE_INSECABLE}%",
        "heures payées par semaine",
        legende=True,
    )


def _steps(
    paliers: Sequence[Palier], read: Callable[[Marge], Fraction | None]
) -> tuple[tuple[float, float], ...]:
    marches = [
        (avant.point.heures, apres.point.heures, part)
        for avant, apres in pairwise(paliers)
        if apres.marge is not None and (part := read(apres.marge)) is not None
    ]
    points = [(float(debut), float(part * 100)) for debut, _, part in marches]
    return (*points, *((float(fin), float(part * 100)) for _, fin, part in marches[-1:]))


def describe_courbe(demande: Demande, paliers: Sequence[Palier], table: Table) -> dict[str, object]:
    """What the fragment of the chart needs: the finding, its figures, the address of the drawing."""
    marges = [palier.marge for palier in paliers if palier.marge is not None]
    gardees = [m.part_gardee for m in marges if m.part_gardee is not None]
    taux = [m.taux_marginal_effectif for m in marges if m.taux_marginal_effectif is not None]
    titre = _tell_parts(gardees)
    salaire = format_euros(paliers[-1].point["salaire_horaire"])
    detail = typeset(
        f"Sur le brut, le taux marginal effectif va de {pourcent(min(taux))} à {pourcent(max(taux))}. "
        f"{demande.foyer.libelle}, {salaire} brut de l’heure, droit de {name_mois(demande.mois)}"
    )
    return {
        "titre": titre,
        "detail": detail,
        "alternative": f"{titre}. {detail}.",
        "url": build_adresse(demande),
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
        "source": f"{table.versions}.",
        "tableau": "#paliers",
    }


def _tell_parts(gardees: Sequence[Fraction]) -> str:
    bas, haut = pourcent(min(gardees)), pourcent(max(gardees))
    if bas == haut:
        return f"D’une durée à l’autre, le foyer garde {bas} de chaque euro net de plus"
    return (
        f"D’une durée à l’autre, le foyer garde de {bas.removesuffix(f'{ESPACE_FINE}%')} à {haut} de "
        "chaque euro net de plus"
    )


def build_adresse(demande: Demande) -> str:
    """Address of the drawing: the household, the pay and the month say it all."""
    return f"/regles/emploi/{demande.mois}/{quote(demande.foyer.code)}/{write_hausse(demande.majoration)}/heures.svg"
