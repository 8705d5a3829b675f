"""The households and the assumptions, read from `foyers.toml`: every mistake of the file is told at once.

Only the standard library and the kernel: the environment of OpenFisca reads the same file with this.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maillage.analyses.emploi.lecture_foyers import Champs
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from maillage.kernel.money import Centimes

DOSSIER = Path(__file__).parent
"""Where the file and the table of the package are."""
FICHIER = "foyers.toml"
HEURES_MAX = 35
"""Overtime is another law: nothing is computed above the legal week."""
EFFECTIF_MAX = 100_000
AVANT = ("rsa", "ass", "rien")
LOGEMENTS = ("locataire", "proprietaire", "heberge")
ZONES = (1, 2, 3)
_AGES = (16, 66)
_AGES_ENFANT = (0, 19)
_MAJORATION_MAX = Decimal(20)
_LOYER_MAX = 5_000
_TAUX_MAX = Decimal(50)


@dataclass(frozen=True, slots=True)
class Foyer:
    """One typical household.

    Attributes:
        code: Name in the file.
        libelle: In French.
        avant: What it lives on without the job: `rsa`, `ass` or `rien`.
        age: Of the person who takes the job.
        conjoint_age: None for a person alone.
        conjoint_heures: Weekly hours of the other adult, at the SMIC.
        enfants: Ages.
        logement: `locataire`, `proprietaire` or `heberge`.
        loyer: Of a month, without charges, in euros; 0 without rent.
        zone: Of the housing aids; None where no aid depends on it.
    """

    code: str
    libelle: str
    avant: str
    age: int
    conjoint_age: int | None
    conjoint_heures: int
    enfants: tuple[int, ...]
    logement: str
    loyer: int
    zone: int | None


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """All that the table is computed from.

    Attributes:
        mois: Months of the law that is applied, « 2025-11 ».
        heures: Weekly hours paid, 0 first.
        majorations: What is added to the gross hourly SMIC, 0 first.
        effectif: Employees of the employer.
        taux_accident_travail: Share of gross pay, 0 to 1.
        foyers: By code, in the order of the file.
        sha256: Of the file: the table names the one that it was made from.
    """

    mois: tuple[str, ...]
    heures: tuple[int, ...]
    majorations: tuple[Centimes, ...]
    effectif: int
    taux_accident_travail: Decimal
    foyers: dict[str, Foyer]
    sha256: str


def read_hypotheses(dossier: Path = DOSSIER) -> Hypotheses:
    """Households and assumptions of a folder, by default those of the package.

    Raises:
        Introuvable: MLG-EMP-001, the folder has no such file.
        FichierInvalide: MLG-EMP-002 it is not TOML in UTF-8; MLG-EMP-003, each value that is wrong.
    """
    fichier = dossier / FICHIER
    try:
        octets = fichier.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as absent:
        raise Introuvable(
            Anomalie(
                "MLG-EMP-001",
                f"le dossier {guillemets(dossier.name)} n’a pas de fichier {FICHIER}",
                f"donnez un dossier qui contient {FICHIER} et table.csv.",
                "--hypotheses",
            )
        ) from absent
    try:
        donnees = tomllib.loads(octets.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as illisible:
        raise FichierInvalide(
            Anomalie(
                "MLG-EMP-002",
                f"{FICHIER} ne se lit pas\u00a0: {illisible}",
                "enregistrez-le en UTF-8, et reprenez l’écriture du fichier livré avec Maillage.",
                FICHIER,
            )
        ) from illisible
    return _read(donnees, hashlib.sha256(octets).hexdigest())


def _read(donnees: dict[str, Any], sha256: str) -> Hypotheses:
    """Checked values.

    Raises:
        FichierInvalide: MLG-EMP-003, each value that is wrong.
    """
    champs = Champs(donnees, "")
    hypotheses = Hypotheses(
        mois=champs.read_mois("mois"),
        heures=champs.read_entiers("heures", (0, HEURES_MAX)),
        majorations=champs.read_montants("majorations", _MAJORATION_MAX),
        effectif=champs.read_entier("effectif", (1, EFFECTIF_MAX)),
        taux_accident_travail=champs.read_pourcent("taux_accident_travail", _TAUX_MAX),
        foyers={},
        sha256=sha256,
    )
    for code, table in champs.read_tables("foyers").items():
        siens = Champs(table, f"foyers.{code}")
        hypotheses.foyers[code] = _read_foyer(code, siens)
        champs.fautes += siens.fautes
    fautes = champs.fautes + champs.find_inconnus() or _check_sans_emploi(hypotheses)
    if fautes:
        raise FichierInvalide(*fautes)
    return hypotheses


def _check_sans_emploi(hypotheses: Hypotheses) -> list[Anomalie]:
    """Everything is compared with no job at all and with the SMIC: both must be asked for."""
    manquants = []
    if 0 not in hypotheses.heures:
        manquants.append(("heures", "0 heure, la situation sans emploi, manque"))
    if not any(majoration.nombre == 0 for majoration in hypotheses.majorations):
        manquants.append(("majorations", "0 euro, le SMIC lui-même, manque"))
    return [
        Anomalie("MLG-EMP-003", quoi, "ajoutez cette valeur à la liste.", f"{FICHIER}, {ou}")
        for ou, quoi in manquants
    ]


def _read_foyer(code: str, champs: Champs) -> Foyer:
    logement = champs.read_choix("logement", LOGEMENTS)
    locataire = logement == "locataire"
    foyer = Foyer(
        code=code,
        libelle=champs.read_texte("libelle"),
        avant=champs.read_choix("avant", AVANT),
        age=champs.read_entier("age", _AGES),
        conjoint_age=champs.read_entier("conjoint_age", _AGES)
        if "conjoint_age" in champs
        else None,
        conjoint_heures=champs.read_entier("conjoint_heures", (0, HEURES_MAX), 0),
        enfants=champs.read_entiers("enfants", _AGES_ENFANT, ()),
        logement=logement,
        loyer=champs.read_entier("loyer", (1, _LOYER_MAX)) if locataire else 0,
        zone=champs.read_entier("zone", (min(ZONES), max(ZONES))) if locataire else None,
    )
    if foyer.conjoint_heures and foyer.conjoint_age is None:
        champs.refuse("conjoint_heures", "il y a des heures de conjoint, mais pas son âge")
    champs.fautes += champs.find_inconnus()
    return foyer
