"""An edition as the base keeps it, in two parts: what may be shown, and what structures brought; exact."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from maillage.indicators.panel.edition import Affiche, Edition, Parution
from maillage.indicators.panel.groupes import Groupe
from maillage.indicators.panel.quartiles import Quartiles
from maillage.indicators.panel.regle import Apport, RegleDuPanel
from maillage.indicators.secret.regle import Regle

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1


def write_affiche(
    affiche: Affiche, tailles: Sequence[float], lies: Sequence[frozenset[str]]
) -> dict[str, Any]:
    """What may be shown, and what it was chosen with; `read_affiche` reads it."""
    secret = affiche.regle.secret
    return {
        "version": VERSION,
        "annee": affiche.annee,
        "au": affiche.au.isoformat(),
        "ratios": list(affiche.ratios),
        "donnes": sorted(affiche.donnes),
        "lies": [sorted(noms) for noms in lies],
        "tailles": list(tailles),
        "regle": {
            "contributeurs_min": secret.contributeurs_min,
            "part_max": secret.part_max,
            "marge": secret.marge,
        },
        "parutions": [
            {
                "ratio": ratio,
                "groupe": list(groupe.valeurs),
                "quartiles": list(parution.quartiles),
                "au": parution.au.isoformat(),
            }
            for (ratio, groupe), parution in affiche.parutions.items()
        ],
    }


def write_apports(edition: Edition) -> list[dict[str, Any]]:
    """Who brought what to each published group, for the next edition alone."""
    return [
        {
            "ratio": ratio,
            "groupe": list(groupe.valeurs),
            "jeu": {structure: list(apport) for structure, apport in jeu.items()},
        }
        for (ratio, groupe), jeu in edition.jeux.items()
    ]


def read_affiche(contenu: dict[str, Any]) -> Affiche:
    """What `write_affiche` wrote.

    Raises:
        ValueError: another version wrote it.
    """
    if contenu["version"] != VERSION:
        msg = f"an edition of version {contenu['version']}, not {VERSION}"
        raise ValueError(msg)
    return Affiche(
        annee=contenu["annee"],
        au=date.fromisoformat(contenu["au"]),
        ratios=tuple(contenu["ratios"]),
        donnes=frozenset(contenu["donnes"]),
        parutions={
            (p["ratio"], Groupe(tuple(p["groupe"]))): Parution(
                _quartiles(p["quartiles"]), date.fromisoformat(p["au"])
            )
            for p in contenu["parutions"]
        },
        regle=RegleDuPanel(Regle(**contenu["regle"])),
    )


def read_edition(contenu: dict[str, Any], apports: list[dict[str, Any]]) -> Edition:
    """The edition that both parts tell.

    Raises:
        ValueError: another version wrote it.
    """
    jeux = {
        (jeu["ratio"], Groupe(tuple(jeu["groupe"]))): {
            structure: Apport(organisme, float(valeur), float(poids))
            for structure, (organisme, valeur, poids) in jeu["jeu"].items()
        }
        for jeu in apports
    }
    return Edition(read_affiche(contenu), jeux)


def _quartiles(plain: list[float]) -> Quartiles:
    premier, mediane, troisieme, nombre = plain
    return Quartiles(float(premier), float(mediane), float(troisieme), int(nombre))
