"""Options by which commands choose the annexes that they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.indicators.pilotage.filtre import Filtre

TYPES = ("AI", "ACI", "EI", "ETTI", "EITI")
Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI, ETTI ou EITI.")
]
Argent = Annotated[
    list[str] | None,
    typer.Option(
        "--departement", metavar="CODE", help="Département de l’annexe (celui de l’argent)."
    ),
]
Siege = Annotated[
    list[str] | None,
    typer.Option("--departement-structure", metavar="CODE", help="Département de la structure."),
]


def read_filtre(
    types: list[str] | None, argent: list[str] | None, siege: list[str] | None
) -> Filtre:
    """Filter that the options ask for.

    Raises:
        SaisieInvalide: a kind does not exist (MLG-CLI-004).
    """
    from maillage.indicators.pilotage.filtre import Filtre  # noqa: PLC0415 — heavy

    choisis = frozenset(texte.upper() for texte in types or ())
    fautes = [
        Anomalie(
            "MLG-CLI-004",
            f"le type « {texte} » n’existe pas",
            f"types possibles : {', '.join(TYPES)}.",
            "--type",
        )
        for texte in sorted(choisis - set(TYPES))
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    return Filtre(choisis, frozenset(argent or ()), frozenset(siege or ()))
