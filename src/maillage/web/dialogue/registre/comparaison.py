"""What other organisations declared: the public register's file, read as it streams.

The file weighs a hundred megabytes: it is never held in memory. Names of managers, staff and
clients, and free comments, are not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

import ijson

from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
_LONGUEUR_DATE = 10


@dataclass(frozen=True, slots=True)
class Declaration:
    """One year of one organisation.

    Attributes:
        identifiant: Its national number (SIREN, RNA…), as the register gives it.
        denomination: Its name.
        categorie: Its kind.
        debut: First day of the year.
        fin: Last day.
        tranche: Band of spending, in the register's words; empty when nothing was declared.
        nombre_personnes: People declared; None when nothing was.
        nombre_activites: Questions declared.
        domaines: Their domains, without repetition.
        is_defaut: Whether the register says that the declaration lacks.
    """

    identifiant: str
    denomination: str
    categorie: str
    debut: date
    fin: date
    tranche: str
    nombre_personnes: int | None
    nombre_activites: int
    domaines: tuple[str, ...]
    is_defaut: bool


def stream(fichier: IO[bytes], nom: str) -> Iterator[Declaration]:
    """Years declared, one by one, in the order of the file.

    Args:
        fichier: The register's JSON, open in binary.
        nom: How messages call it.

    Raises:
        FichierInvalide: MLG-REP-001 it is not JSON to the end; MLG-REP-002 it has another shape, or a
            date or a number that cannot be read.
    """
    try:
        rang = 0
        for rang, publication in enumerate(ijson.items(fichier, "publications.item"), 1):
            yield from _read(publication, f"{nom}, organisation n° {rang}")
    except ijson.JSONError as error:
        raise FichierInvalide(
            Anomalie(
                "MLG-REP-001",
                f"Le fichier n’est pas du JSON lisible jusqu’au bout\u00a0: {error}.",
                "Téléchargez-le de nouveau\u00a0: le téléchargement a pu être coupé.",
                nom,
            )
        ) from error
    if not rang:
        raise FichierInvalide(_another_shape(nom, "la liste « publications » y manque ou est vide"))


def _read(publication: Any, ou: str) -> Iterator[Declaration]:
    if not isinstance(publication, dict):
        raise FichierInvalide(_another_shape(ou, "une organisation n’y est pas décrite"))
    organisation = {
        "identifiant": str(publication.get("identifiantNational") or ""),
        "denomination": str(publication.get("denomination") or "").strip(),
        "categorie": str((publication.get("categorieOrganisation") or {}).get("label") or ""),
    }
    if not organisation["denomination"]:
        raise FichierInvalide(_another_shape(ou, "le nom de l’organisation manque"))
    for exercice in publication.get("exercices") or ():
        # the register has given the year itself, and the year within its current publication
        courante = exercice.get("publicationCourante") or exercice
        if "dateDebut" not in courante:
            courante = {**exercice, **courante}
        yield _read_exercice(courante, organisation, ou)


def _read_exercice(
    courante: Mapping[str, Any], organisation: Mapping[str, str], ou: str
) -> Declaration:
    activites = [a.get("publicationCourante") or a for a in courante.get("activites") or ()]
    domaines = sorted({d for a in activites for d in a.get("domainesIntervention") or ()})
    personnes = courante.get("nombreSalaries")
    return Declaration(
        **organisation,
        debut=_read_date(courante.get("dateDebut"), ou),
        fin=_read_date(courante.get("dateFin"), ou),
        tranche=str(courante.get("montantDepense") or ""),
        nombre_personnes=None if personnes is None else _read_int(personnes, ou),
        nombre_activites=_read_int(courante.get("nombreActivite") or len(activites), ou),
        domaines=tuple(domaines),
        is_defaut=bool(courante.get("defautDeclaration")),
    )


def _read_date(valeur: object, ou: str) -> date:
    for format_ in _FORMATS:
        try:
            return datetime.strptime(str(valeur)[:_LONGUEUR_DATE], format_).date()  # noqa: DTZ007 — a day, no instant
        except ValueError:
            continue
    raise FichierInvalide(_another_shape(ou, f"la date « {valeur} » est illisible"))


def _read_int(valeur: object, ou: str) -> int:
    try:
        nombre = int(str(valeur))
    except ValueError as error:
        raise FichierInvalide(
            _another_shape(ou, f"le nombre « {valeur} » est illisible")
        ) from error
    if nombre < 0:
        raise FichierInvalide(_another_shape(ou, f"le nombre « {valeur} » est négatif"))
    return nombre


def _another_shape(ou: str, quoi: str) -> Anomalie:
    return Anomalie(
        "MLG-REP-002",
        f"Le fichier n’a pas la forme attendue\u00a0: {quoi}.",
        "Donnez le répertoire complet tel que la HATVP le publie (agora_repertoire_opendata.json).",
        ou,
    )
