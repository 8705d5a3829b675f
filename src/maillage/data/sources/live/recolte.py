"""What a publisher's module hands over: figures with their territory, and the files they come from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.pedigree import Source
from maillage.kernel.valeur import Valeur  # noqa: TC001 — NamedTuple fields, read by type tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Service

LICENCE_OUVERTE = "Licence Ouverte 2.0"
_DETAILS_MAX = 5
_PERIODE = re.compile(r"(\d{4})(?:-[QT]([1-4])|-?(0[1-9]|1[0-2])(?:-\d{2})?)?")
_T = TypeVar("_T")


class Forme(BaseModel):
    """Base of the documented shapes: an extra field is welcome, a missing one is told."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Figure(NamedTuple):
    """One figure of one territory for one period. `niveau` is a value of `kernel.niveau.Niveau`."""

    niveau: str
    code: str
    serie: str
    periode: str
    valeur: Valeur
    source: str


class CommuneActuelle(NamedTuple):
    """One commune or municipal arrondissement as geo.api.gouv.fr describes it today."""

    code: str
    type: str
    nom: str
    code_departement: str
    code_epci: str | None
    codes_postaux: tuple[str, ...]
    latitude: float | None
    longitude: float | None


class SiaeOuverte(NamedTuple):
    """One legal unit marked as IAE structure today, in one département. No person's name."""

    siren: str
    code_departement: str
    nom: str
    nature_juridique: str | None
    tranche_effectif_salarie: str | None
    est_ess: bool | None
    types_siae: tuple[str, ...]
    sirets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recolte:
    """All that one publisher gave in one update.

    Attributes:
        sources: Files or endpoints read.
        figures: Figures by territory, when the publisher gives figures.
        communes: Communes, for the geographical service.
        structures: Legal units, for the directory of enterprises.
        notes: What was set aside and why, French sentences.
    """

    sources: tuple[Source, ...]
    figures: tuple[Figure, ...] = ()
    communes: tuple[CommuneActuelle, ...] = ()
    structures: tuple[SiaeOuverte, ...] = ()
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Fiche:
    """What is known of a source before it answers; `to_source` completes it."""

    code: str
    titre: str
    producteur: str
    licence: str = LICENCE_OUVERTE
    qualite: str = "A"
    defauts: tuple[str, ...] = ()

    def to_source(
        self, adresse: str, reponses: Sequence[Reponse], millesime: str, lignes: int, today: date
    ) -> Source:
        """Source whose hash covers every body received, in the order of the requests."""
        digest = hashlib.sha256()
        for reponse in reponses:
            digest.update(bytes.fromhex(reponse.sha256))
        return Source(
            code=self.code,
            titre=self.titre,
            producteur=self.producteur,
            millesime=millesime,
            licence=self.licence,
            fichier=f"{adresse} (lu le {today.isoformat()})",
            sha256=reponses[0].sha256 if len(reponses) == 1 else digest.hexdigest(),
            lignes=lignes,
            qualite=self.qualite,
            defauts=self.defauts,
        )


def parse_json(service: Service, reponse: Reponse, shape: TypeAdapter[_T]) -> _T:
    """Content of a JSON answer in its documented shape.

    Raises:
        FichierInvalide: cut or malformed (MLG-MAJ-101), or a documented field is missing or of
            another type (MLG-MAJ-102); every such field is named once.
    """
    try:
        return shape.validate_json(reponse.corps)
    except ValidationError as error:
        if any(detail["type"] == "json_invalid" for detail in error.errors()):
            refuse(service, "MLG-MAJ-101", "réponse JSON coupée ou mal formée", reponse.url)
        places = sorted({_field_name(detail["loc"]) for detail in error.errors()})
        raise FichierInvalide(*(_missing(service, p, reponse.url) for p in places)) from error


def refuse(service: Service, code: str, quoi: str, ou: str) -> NoReturn:
    """Say that an answer cannot be used.

    Raises:
        FichierInvalide: always.
    """
    raise FichierInvalide(Anomalie(code, f"{service.nom} : {quoi}", _WAY_OUT, ou))


def enumerate_some(items: Iterable[str]) -> str:
    """The first few items, then how many others there are. French text."""
    known = sorted(set(items))
    shown = ", ".join(known[:_DETAILS_MAX])
    rest = len(known) - _DETAILS_MAX
    return f"{shown} et {rest} autres" if rest > 0 else shown


def find_periode(texte: str) -> str | None:
    """Period in the form of the pack: « 2021 », « 2024-T4 », « 2022-09 »; None if not one.

    Accepts the writings seen: 2021, 2024-Q4, 2024-T4, 2022-09, 202209, 2022-09-30.
    """
    match = _PERIODE.fullmatch(texte.strip())
    if match is None:
        return None
    annee, trimestre, mois = match.groups()
    if trimestre:
        return f"{annee}-T{trimestre}"
    return f"{annee}-{mois}" if mois else str(annee)


def describe_periodes(figures: Iterable[Figure]) -> str:
    """First and last period, for `Source.millesime`; empty when there is no figure."""
    periodes = sorted({figure.periode for figure in figures})
    if not periodes:
        return ""
    return periodes[0] if len(periodes) == 1 else f"{periodes[0]} à {periodes[-1]}"


_WAY_OUT = (
    "rien n’a été modifié ; la forme publiée a changé ou la réponse est abîmée. Réessayez, puis "
    "signalez-le si cela persiste : l’importateur doit suivre."
)


def _field_name(place: tuple[int | str, ...]) -> str:
    return ".".join("[]" if isinstance(part, int) else part for part in place) or "(racine)"


def _missing(service: Service, place: str, url: str) -> Anomalie:
    quoi = f"{service.nom} : le champ « {place} » manque ou a changé de forme"
    return Anomalie("MLG-MAJ-102", quoi, _WAY_OUT, url)
