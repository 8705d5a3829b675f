"""Reads what is deposited: CSV files, a ZIP of them, or one JSON document; every fault of all is told."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, FichierInvalide, UserError
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.dialogue.echange import decidim
from maillage.web.dialogue.echange.genres import ENGAGEMENTS, GENRES, ORDRE, PAR_NOM
from maillage.web.dialogue.echange.lecture_json import read_json
from maillage.web.dialogue.echange.model import OCTETS_MAX, Rang
from maillage.web.network.echange.lecture import read_tableau, too_big

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Genre

_FICHIERS_MAX: Final = 60
_RESSEMBLE: Final = 70.0
DECIDIM: Final = "decidim"
"""Form of a file of commitments that comes from the accountability of Decidim."""


@dataclass(frozen=True, slots=True)
class Fichier:
    """One deposited file.

    Attributes:
        nom: As it was called.
        octets: What it holds, one byte more than the limit at most.
        contenu: Kind of its lines, when its name does not say it; « decidim » for that form.
    """

    nom: str
    octets: bytes
    contenu: str = ""


@dataclass(slots=True)
class Lecture:
    """What was read.

    Attributes:
        rangs: Every line, in the order of the kinds.
        illisibles: Kinds of which a file could not be read.
        remarques: What was left out, in sentences.
    """

    rangs: list[Rang] = field(default_factory=list)
    illisibles: set[str] = field(default_factory=set)
    remarques: list[str] = field(default_factory=list)


def read_all(fichiers: Iterable[Fichier], releve: Releve) -> Lecture:
    """Lines of every file; what cannot be read is noted in `releve`."""
    lecture = Lecture()
    for fichier in _unfold(fichiers, releve):
        try:
            _read_one(fichier, lecture, releve)
        except UserError as error:
            releve.add_file(error, fichier.nom)
    _refuse_twice(lecture, releve)
    lecture.rangs.sort(key=lambda r: r.ordre)
    return lecture


def _unfold(fichiers: Iterable[Fichier], releve: Releve) -> list[Fichier]:
    """The files, those of a ZIP in its place."""
    a_plat: list[Fichier] = []
    for fichier in fichiers:
        if not fichier.octets.startswith(b"PK\x03\x04"):
            a_plat.append(fichier)
            continue
        try:
            a_plat += _open_zip(fichier)
        except UserError as error:
            releve.add_file(error, fichier.nom)
    return a_plat


def _open_zip(fichier: Fichier) -> list[Fichier]:
    """Files of a ZIP, never more than what they say they hold.

    Raises:
        FichierInvalide: MLG-DIA-101 damaged or encrypted, MLG-DIA-102 too many files or bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(fichier.octets)) as archive:
            membres = [m for m in archive.infolist() if not m.is_dir() and _is_ours(m.filename)]
            if len(membres) > _FICHIERS_MAX:
                raise FichierInvalide(_too_many_files())
            lus: list[Fichier] = []
            reste = OCTETS_MAX
            for membre in membres:
                with archive.open(membre) as flux:
                    octets = flux.read(reste + 1)
                reste -= len(octets)
                if reste < 0:
                    raise FichierInvalide(too_big(OCTETS_MAX + 1, OCTETS_MAX))
                lus.append(Fichier(PurePosixPath(membre.filename).name, octets, ""))
            return lus
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise FichierInvalide(
            Anomalie(
                "MLG-DIA-101",
                "Le ZIP est abîmé, ou protégé par un mot de passe.",
                "Refaites-le sans mot de passe, ou déposez les CSV un à un.",
            )
        ) from error


def _is_ours(nom: str) -> bool:
    """Whether it is a file of ours: not what some systems add."""
    chemin = PurePosixPath(nom)
    return not chemin.name.startswith(".") and "__MACOSX" not in chemin.parts


def _too_many_files() -> Anomalie:
    return Anomalie(
        "MLG-DIA-102",
        f"Le ZIP a plus de {_FICHIERS_MAX} fichiers.",
        f"Ne gardez que les CSV de Maillage\u00a0: {join_fr(g.fichier for g in GENRES)}.",
    )


def _read_one(fichier: Fichier, lecture: Lecture, releve: Releve) -> None:
    debut = fichier.octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if debut == b"{" and not fichier.contenu:
        lecture.rangs += read_json(fichier.nom, fichier.octets, releve)
        return
    if fichier.contenu == DECIDIM:
        _read_decidim(fichier, lecture)
        return
    genre = PAR_NOM.get(fichier.contenu) or guess_genre(fichier.nom)
    try:
        tableau = read_tableau(fichier.octets, genre.format)
    except UserError as error:
        lecture.illisibles.add(genre.nom)
        releve.add_file(error, fichier.nom, ORDRE[genre.nom])
        return
    lecture.rangs += [
        Rang(genre, fichier.nom, f"ligne {r.ligne}", r.ligne, ORDRE[genre.nom], r.cellules)
        for r in tableau.rangees
    ]


def _read_decidim(fichier: Fichier, lecture: Lecture) -> None:
    rangees, remarques = decidim.read(fichier.octets)
    ordre = ORDRE[ENGAGEMENTS.nom]
    lecture.rangs += [
        Rang(ENGAGEMENTS, fichier.nom, f"ligne {ligne}", ligne, ordre, cellules, is_au_jour=True)
        for ligne, cellules in rangees
    ]
    lecture.remarques += remarques


def guess_genre(nom: str) -> Genre:
    """Kind that the name of a file announces: « rencontres.csv », « Rencontres (2).csv ».

    Raises:
        FichierInvalide: MLG-DIA-103, none.
    """
    radical = normalize(PurePosixPath(nom).stem)
    mots = radical.split()
    trouves = [genre for genre in GENRES if genre.nom in mots]
    if len(trouves) == 1:
        return trouves[0]
    proche = process.extractOne(
        radical, [g.nom for g in GENRES], scorer=fuzz.WRatio, score_cutoff=_RESSEMBLE
    )
    piste = f"Si ce sont des {proche[0]}, nommez-le {proche[0]}.csv. " if proche else ""
    raise FichierInvalide(
        Anomalie(
            "MLG-DIA-103",
            f"Le nom {guillemets(nom[:60])} ne dit pas ce que contient le fichier.",
            f"{piste}Noms possibles\u00a0: {join_fr((g.fichier for g in GENRES), 'ou')}.",
        )
    )


def _refuse_twice(lecture: Lecture, releve: Releve) -> None:
    """Two files of one kind, whose lines would have the same names."""
    fichiers: dict[str, list[str]] = {}
    for rang in lecture.rangs:
        noms: Sequence[str] = fichiers.setdefault(rang.genre.nom, [])
        if rang.fichier not in noms:
            fichiers[rang.genre.nom].append(rang.fichier)
    for nom, plusieurs in fichiers.items():
        if len(plusieurs) > 1:
            releve.add_file(
                FichierInvalide(
                    Anomalie(
                        "MLG-DIA-104",
                        f"Plusieurs fichiers contiennent des {PAR_NOM[nom].titre}\u00a0: {join_fr(plusieurs)}.",
                        "Réunissez-les en un seul, ou importez-les l’un après l’autre.",
                    )
                )
            )
