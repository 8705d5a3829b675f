"""The table of typical households: what OpenFisca-France gave, row by row, to the cent."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.emploi.foyers import DOSSIER, read_hypotheses
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import guillemets
from maillage.kernel.money import Centimes, sum_centimes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from maillage.analyses.emploi.foyers import Hypotheses

FICHIER = "table.csv"
REFAIRE = "refaites-la par « python3 tools/openfisca.py emploi AAAA-MM-JJ DOSSIER »."
CLES = ("mois", "foyer", "heures", "majoration")
MONTANTS = (
    *("salaire_horaire", "salaire_brut", "salaire_net", "cotisations_employeur", "taux_reduits"),
    *("reduction_generale", "salaire_net_conjoint", "ass", "rsa", "prime_activite"),
    *("aide_logement", "prestations_familiales", "impot_revenu"),
)
RESSOURCES = {
    "salaire_net": "Salaire net",
    "salaire_net_conjoint": "Salaire net du conjoint",
    "ass": "ASS",
    "rsa": "RSA",
    "prime_activite": "Prime d’activité",
    "aide_logement": "Aide au logement",
    "prestations_familiales": "Allocations familiales et de soutien familial",
}
"""Parts of the disposable income, in French; the tax is taken off their sum."""
_ENTETE = re.compile(r"# (Commande|Hypothèses|Fait le)(?: :)? (.+)")
_VERSIONS = re.compile(r"# (OpenFisca-France ([0-9.]+), .+)")
_CENTIMES = re.compile(r"-?[0-9]{1,7}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Point:
    """A household with a job, or without one, in a month.

    Attributes:
        mois: Month of the law, « 2025-11 ».
        foyer: Code of the household.
        heures: Paid by week.
        majoration: Above the gross hourly SMIC.
        montants: Euros of a month by column of the table, hourly pay included.
    """

    mois: str
    foyer: str
    heures: int
    majoration: Centimes
    montants: dict[str, Centimes] = field(hash=False)

    def __getitem__(self, colonne: str) -> Centimes:
        return self.montants[colonne]

    @property
    def cotisations_salariales(self) -> Centimes:
        """Contributions of the employee, CSG and CRDS: what parts gross pay from net pay."""
        return self["salaire_brut"] - self["salaire_net"]

    @property
    def revenu_disponible(self) -> Centimes:
        """All that the household has to live on: its resources less the tax."""
        return sum_centimes(self[nom] for nom in RESSOURCES) - self["impot_revenu"]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that was computed, with what it was computed from.

    Attributes:
        hypotheses: Households and grid.
        version: Of OpenFisca-France.
        versions: Of all that computed it, as written in the table.
        commande: What makes it again.
        fait_le: Day it was made.
        points: By month, household, weekly hours and cents above the SMIC.
    """

    hypotheses: Hypotheses
    version: str
    versions: str
    commande: str
    fait_le: date
    points: dict[tuple[str, str, int, int], Point] = field(hash=False)

    def get(self, mois: str, foyer: str, heures: int, majoration: Centimes) -> Point:
        """One point of the grid; without hours, pay does not matter."""
        return self.points[mois, foyer, heures, majoration.nombre if heures else 0]

    @property
    def source(self) -> str:
        """What a figure of the table comes from, in French."""
        return f"OpenFisca-France {self.version}"


def read_table(dossier: Path = DOSSIER) -> Table:
    """Table of a folder and its assumptions, by default those of the package.

    Raises:
        Introuvable: MLG-EMP-001, a file of the folder is missing.
        FichierInvalide: the assumptions cannot be read (MLG-EMP-002 and 003), the table was made
            from others (MLG-EMP-004), or it is damaged (MLG-EMP-005, each line).
    """
    hypotheses = read_hypotheses(dossier)
    try:
        lignes = (dossier / FICHIER).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError) as absente:
        raise Introuvable(
            Anomalie(
                "MLG-EMP-001",
                f"le dossier {guillemets(dossier.name)} n’a pas de fichier {FICHIER} lisible",
                REFAIRE,
                "--hypotheses",
            )
        ) from absente
    entete = _read_entete(lignes)
    if entete["Hypothèses"] != f"foyers.toml, SHA-256 {hypotheses.sha256}":
        raise FichierInvalide(
            Anomalie(
                "MLG-EMP-004",
                f"{FICHIER} n’a pas été calculé d’après ce foyers.toml",
                REFAIRE,
                str(FICHIER),
            )
        )
    points = _read_points(lignes)
    _check_grid(points, hypotheses)
    version = _VERSIONS.fullmatch(entete["versions"])
    return Table(
        hypotheses=hypotheses,
        version=version[2] if version else "",
        versions=version[1] if version else "",
        commande=entete["Commande"],
        fait_le=date.fromisoformat(entete["Fait le"]),
        points=points,
    )


def _read_entete(lignes: list[str]) -> dict[str, str]:
    """What the first lines say.

    Raises:
        FichierInvalide: MLG-EMP-005, one of them is missing.
    """
    trouves = (_ENTETE.fullmatch(ligne) for ligne in lignes)
    entete = {trouve[1]: trouve[2] for trouve in trouves if trouve}
    versions = next((ligne for ligne in lignes if _VERSIONS.fullmatch(ligne)), None)
    manquants = [nom for nom in ("Commande", "Hypothèses", "Fait le") if nom not in entete]
    if manquants or versions is None:
        _refuse([f"l’en-tête ne dit pas {', '.join([*manquants] or ['les versions'])}"])
    return {**entete, "versions": versions or ""}


def _read_points(lignes: list[str]) -> dict[tuple[str, str, int, int], Point]:
    """Rows of the table.

    Raises:
        FichierInvalide: MLG-EMP-005, each row that is not one.
    """
    donnees = [(rang, ligne) for rang, ligne in enumerate(lignes, 1) if not ligne.startswith("#")]
    colonnes = donnees[0][1].split(",") if donnees else []
    if colonnes != [*CLES, *MONTANTS]:
        _refuse([f"les colonnes ne sont pas {', '.join([*CLES, *MONTANTS])}"])
    points, fautes = {}, []
    for rang, ligne in donnees[1:]:
        cellules = next(csv.reader([ligne]), [])
        montants = cellules[len(CLES) - 1 :]
        if (
            len(cellules) != len(colonnes)
            or not cellules[2].isdecimal()
            or not _are_amounts(montants)
        ):
            fautes.append(f"ligne {rang} illisible")
            continue
        majoration, *autres = (Centimes.from_euros(Decimal(montant)) for montant in montants)
        point = Point(
            cellules[0],
            cellules[1],
            int(cellules[2]),
            majoration,
            dict(zip(MONTANTS, autres, strict=True)),
        )
        points[point.mois, point.foyer, point.heures, majoration.nombre] = point
    _refuse(fautes)
    return points


def _are_amounts(cellules: Iterable[str]) -> bool:
    return all(_CENTIMES.fullmatch(cellule) for cellule in cellules)


def _check_grid(points: dict[tuple[str, str, int, int], Point], hypotheses: Hypotheses) -> None:
    """Every point of the grid is there.

    Raises:
        FichierInvalide: MLG-EMP-005, each household that lacks one.
    """
    grille = {
        (mois, foyer, heures, majoration.nombre)
        for mois in hypotheses.mois
        for foyer in hypotheses.foyers
        for heures in hypotheses.heures
        for majoration in (hypotheses.majorations if heures else hypotheses.majorations[:1])
    }
    manquants = sorted({(mois, foyer) for mois, foyer, _, _ in grille - points.keys()})
    _refuse([f"des lignes manquent pour {foyer} en {mois}" for mois, foyer in manquants])


def _refuse(fautes: list[str]) -> None:
    if fautes:
        raise FichierInvalide(
            *(Anomalie("MLG-EMP-005", faute, REFAIRE, FICHIER) for faute in fautes)
        )
