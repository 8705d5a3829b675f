"""Options of `maillage modele`: what each means, once for all its commands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.regles_droit import AIDE_PROJECTION
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.indicators.modele.stress import Chocs

TYPES = ("AI", "ACI", "EI", "ETTI")
Fichier = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Hypothèses, en TOML : voir « modele exemple ».")
]
Forme = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)]
Sortie = Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)]
Remplacer = Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)]
Projection = Annotated[bool, typer.Option("--projection", help=AIDE_PROJECTION)]
Type = Annotated[
    str, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI ou ETTI.", show_default=True)
]
Smic = Annotated[float, typer.Option("--smic", metavar="POUR_CENT", help="Hausse du SMIC, en %.")]
Volume = Annotated[
    float, typer.Option("--volume", metavar="POUR_CENT", help="Activité perdue, en %.")
]
Retard = Annotated[
    int, typer.Option("--retard", metavar="MOIS", help="Mois de retard de l’aide au poste.")
]
Postes = Annotated[
    float,
    typer.Option("--convention", metavar="POUR_CENT", help="Postes conventionnés retirés, en %."),
]
_RETARD_MAX = 24
_CENT = 100


def read_type(texte: str) -> str:
    """A kind of structure.

    Raises:
        SaisieInvalide: there is no such kind (MLG-CLI-004).
    """
    if texte.upper() in TYPES:
        return texte.upper()
    raise SaisieInvalide(
        Anomalie(
            "MLG-CLI-004",
            f"le type « {texte} » n’existe pas, ou n’a pas de modèle",
            f"types possibles : {', '.join(TYPES)}.",
            "--type",
        )
    )


def read_chocs(smic: float, volume: float, retard: int, convention: float) -> "Chocs":
    """Sizes of the shocks, from per cents.

    Raises:
        SaisieInvalide: each that is not between 0 and its maximum (MLG-CLI-004).
    """
    from maillage.indicators.modele.stress import Chocs  # noqa: PLC0415 — heavy

    lus = {
        "--smic": (smic, _CENT),
        "--volume": (volume, _CENT),
        "--retard": (retard, _RETARD_MAX),
        "--convention": (convention, _CENT),
    }
    fautes = [
        Anomalie(
            "MLG-CLI-004",
            f"« {valeur:g} » n’est pas une taille de choc",
            f"écrivez un nombre de 0 à {maximum}.",
            option,
        )
        for option, (valeur, maximum) in lus.items()
        if not 0 <= valeur <= maximum
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    return Chocs(smic / _CENT, volume / _CENT, retard, convention / _CENT)
