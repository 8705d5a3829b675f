"""The weekly file of the DGEFP: ETP agreed, declared and capped, by annexe, kind of aid and funder.

Source:
    Name, encoding, separator and decimal comma: pilotage-airflow, `dags/dgefp_get_etp.py`; columns:
    `marts/weekly/dgefp_etp_etat_cd.sql` (read 2026-11). The other columns of the file are not public:
    they are named and left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from maillage.data.sources.encodages import read_texte
from maillage.data.sources.flux_iae.personnes import find_personal_content, is_named_personal
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import accorder, guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MILLION = 1_000_000
OCTETS_MAX = 200 * 2**20
_NECESSAIRES: Final[Mapping[str, str]] = {
    "annee": "Année d'analyse",
    "annexe": "Num Annexe",
    "type_aide": "Type Aide",
    "financeur": "Financeur",
    "conventionnes": "ETP conventionnés",
    "plafonnes": "ETP réalisé plafonné au max des ETP conv",
}
_UTILES: Final[Mapping[str, str]] = {
    "siret": "SIRET actualisé",
    "montant": "Montant conventionné",
    "declares": "ETP déclarés",
    "ecart": "Réalisation en ETP en deçà ou au-delà du conventionnement",
}
_NOMBRES: Final = ("conventionnes", "plafonnes", "declares", "montant", "ecart")
"""In the order of `LigneDgefp`."""
_CITEES = 5
_TEXTE_MAX = 200


@dataclass(frozen=True, slots=True)
class LigneDgefp:
    """One annexe for one kind of aid and one funder; numbers are in millionths, None when empty.

    Attributes:
        ligne: In the file, from 1.
        annee: Of the analysis.
        annexe: Number, without its amendments.
        type_aide: Aide au poste, or another.
        financeur: État, or a département.
        siret: Of the structure; empty when the file has none.
        conventionnes: ETP agreed.
        plafonnes: ETP realised, capped at the agreed ones.
        declares: ETP declared.
        montant: Amount agreed, euros.
        ecart: ETP under (negative) or over what was agreed.
    """

    ligne: int
    annee: int
    annexe: str
    type_aide: str
    financeur: str
    siret: str
    conventionnes: int | None
    plafonnes: int | None
    declares: int | None
    montant: int | None
    ecart: int | None


@dataclass(frozen=True, slots=True)
class FichierDgefp:
    """The file, read.

    Attributes:
        nom: Its name.
        sha256: Of its bytes.
        encodage: As a person says it.
        lignes: In the order of the file.
        ignorees: Columns that are not public, left out.
        absentes: Useful columns that the file does not have.
    """

    nom: str
    sha256: str
    encodage: str
    lignes: tuple[LigneDgefp, ...]
    ignorees: tuple[str, ...]
    absentes: tuple[str, ...]


def read_dgefp(chemin: Path) -> FichierDgefp:
    """Read the weekly file; nothing of it is kept.

    Args:
        chemin: A CSV file separated by semicolons, Latin-1 or UTF-8.

    Raises:
        Introuvable: MLG-DGE-001, no such file.
        FichierInvalide: every fault at once: MLG-DGE-002 too large, 003 columns missing or repeated, 004
            columns about persons, 005 a cell that cannot be read, 006 a row that comes back, 007 a row
            with another number of cells.
    """
    octets = _read_bytes(chemin)
    texte = read_texte(octets)
    rangees = list(csv.reader(io.StringIO(texte.octets.decode("utf-8", "replace")), delimiter=";"))
    entete = [nom.strip().replace("’", "'") for nom in rangees[0]] if rangees else []
    fautes = _check_header(entete, chemin.name)
    if fautes:
        raise FichierInvalide(*fautes)
    connues = {**_NECESSAIRES, **_UTILES}
    places = {champ: entete.index(nom) for champ, nom in connues.items() if nom in entete}
    fautes = _find_persons(entete, rangees[1:], chemin.name)
    lignes, mauvaises = _read_rows(rangees[1:], places, len(entete), chemin.name)
    fautes += mauvaises + _find_repeated(lignes, chemin.name)
    if fautes:
        raise FichierInvalide(*fautes)
    return FichierDgefp(
        nom=chemin.name,
        sha256=hashlib.sha256(octets).hexdigest(),
        encodage=texte.encodage,
        lignes=tuple(lignes),
        ignorees=tuple(nom for nom in entete if nom and nom not in connues.values()),
        absentes=tuple(nom for nom in _UTILES.values() if nom not in entete),
    )


def _read_bytes(chemin: Path) -> bytes:
    try:
        if chemin.stat().st_size > OCTETS_MAX:
            raise FichierInvalide(
                Anomalie(
                    "MLG-DGE-002",
                    f"Le fichier dépasse {OCTETS_MAX // 2**20} Mio : ce n’est pas le suivi hebdomadaire.",
                    "Vérifiez le fichier choisi.",
                    chemin.name,
                )
            )
        return chemin.read_bytes()
    except OSError as error:
        raise Introuvable(
            Anomalie(
                "MLG-DGE-001",
                "Le fichier ne peut pas être lu.",
                "Vérifiez son nom et vos droits.",
                str(chemin),
            )
        ) from error


def _check_header(entete: list[str], nom: str) -> list[Anomalie]:
    absentes = [colonne for colonne in _NECESSAIRES.values() if colonne not in entete]
    doubles = sorted({c for c in entete if c and entete.count(c) > 1})
    fautes = []
    if absentes:
        fautes.append(
            Anomalie(
                "MLG-DGE-003",
                f"Il manque {accorder(len(absentes), 'colonne', 'colonnes')} : "
                f"{join_fr(map(guillemets, absentes))}.",
                "Donnez le fichier iae_v1_0_suivi_hebdomadaire_….csv tel quel, séparé par des "
                "points-virgules.",
                f"{nom}, ligne 1",
            )
        )
    if doubles:
        fautes.append(
            Anomalie(
                "MLG-DGE-003",
                f"Des colonnes portent le même nom : {join_fr(map(guillemets, doubles))}.",
                "Demandez de nouveau le fichier.",
                f"{nom}, ligne 1",
            )
        )
    return fautes


def _find_persons(entete: list[str], rangees: list[list[str]], nom: str) -> list[Anomalie]:
    """Columns about persons: by their name when they hold something, by their content otherwise."""
    connues = {*_NECESSAIRES.values(), *_UTILES.values()}
    fautes = []
    for place, colonne in enumerate(entete):
        if colonne in connues:
            continue
        cellules = [r[place].strip() for r in rangees if len(r) > place and r[place].strip()]
        if not cellules:
            continue
        quoi = find_personal_content(pa.chunked_array([pa.array(cellules)]))
        if quoi or is_named_personal(colonne):
            fautes.append(
                Anomalie(
                    "MLG-DGE-004",
                    f"La colonne {guillemets(colonne)} décrit des personnes"
                    f"{f' : {quoi}' if quoi else ''}.",
                    "Retirez cette colonne, puis recommencez : Maillage n’en a pas besoin.",
                    f"{nom}, colonne {place + 1}",
                )
            )
    return fautes


def _read_rows(
    rangees: list[list[str]], places: Mapping[str, int], largeur: int, nom: str
) -> tuple[list[LigneDgefp], list[Anomalie]]:
    lignes: list[LigneDgefp] = []
    mauvaises: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for numero, rangee in enumerate(rangees, start=2):
        if not any(cellule.strip() for cellule in rangee):
            continue
        if len(rangee) != largeur:
            mauvaises.setdefault(("MLG-DGE-007", ""), []).append((numero, str(len(rangee))))
            continue
        lus: dict[str, int | None] = {}
        for champ in ("annee", *_NOMBRES):
            texte = rangee[places[champ]].strip() if champ in places else ""
            valeur = _read_number(texte)
            illisible = valeur is None and bool(texte)
            if illisible or (champ == "annee" and not _is_year(valeur)):
                colonne = {**_NECESSAIRES, **_UTILES}[champ]
                mauvaises.setdefault(("MLG-DGE-005", colonne), []).append((numero, texte))
            lus[champ] = valeur
        textes = {
            champ: rangee[places[champ]].strip()[:_TEXTE_MAX] if champ in places else ""
            for champ in ("annexe", "type_aide", "financeur", "siret")
        }
        if not textes["annexe"]:
            mauvaises.setdefault(("MLG-DGE-005", _NECESSAIRES["annexe"]), []).append((numero, ""))
        annee = lus.pop("annee") or 0
        lignes.append(
            LigneDgefp(
                numero,
                annee // MILLION,
                textes["annexe"],
                textes["type_aide"],
                textes["financeur"],
                textes["siret"],
                *(lus[champ] for champ in _NOMBRES),
            )
        )
    return lignes, [_tell(*cle, trouvees, largeur, nom) for cle, trouvees in mauvaises.items()]


def _tell(
    code: str, colonne: str, trouvees: list[tuple[int, str]], largeur: int, nom: str
) -> Anomalie:
    """One fault per kind and column, with its first lines and how many there are."""
    ou = f"{nom}, lignes {join_fr(str(ligne) for ligne, _ in trouvees[:_CITEES])}"
    fois = f" ({accorder(len(trouvees), 'fois', 'fois')})" if len(trouvees) > 1 else ""
    if code == "MLG-DGE-007":
        return Anomalie(
            code,
            f"Des lignes n’ont pas {largeur} cellules{fois}.",
            "Demandez de nouveau le fichier : il est coupé, ou un champ contient un point-virgule.",
            ou,
        )
    return Anomalie(
        code,
        f"{guillemets(colonne)} ne se lit pas : {guillemets(trouvees[0][1][:40])}{fois}.",
        "Écrivez un nombre à virgule, sans unité ; une année sur quatre chiffres.",
        ou,
    )


def _read_number(texte: str) -> int | None:
    """Millionths of a French number; None when it is empty or cannot be read."""
    serre = texte.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    if not serre or serre.count(",") > 1 or "." in serre:
        return None
    try:
        nombre = Decimal(serre.replace(",", "."))
    except InvalidOperation:
        return None
    if not nombre.is_finite() or abs(nombre) > 10**12:
        return None
    return int((nombre * MILLION).to_integral_value())


def _is_year(millioniemes: int | None) -> bool:
    return (
        millioniemes is not None
        and millioniemes % MILLION == 0
        and (
            2000 <= millioniemes // MILLION <= 2100  # noqa: PLR2004 — a year of the IAE
        )
    )


def _find_repeated(lignes: list[LigneDgefp], nom: str) -> list[Anomalie]:
    """Rows whose annexe, year, aid and funder come back: they would count twice."""
    vues: dict[tuple[int, str, str, str], int] = {}
    doubles = []
    for ligne in lignes:
        cle = (ligne.annee, ligne.annexe, ligne.type_aide, ligne.financeur)
        if cle in vues:
            doubles.append((ligne.ligne, vues[cle]))
        vues.setdefault(cle, ligne.ligne)
    if not doubles:
        return []
    return [
        Anomalie(
            "MLG-DGE-006",
            f"{accorder(len(doubles), 'ligne répète', 'lignes répètent')} l’annexe, l’année, l’aide et le "
            "financeur d’une autre : leurs ETP compteraient deux fois.",
            "Demandez de nouveau le fichier.",
            f"{nom}, lignes {join_fr(str(ligne) for ligne, _ in doubles[:_CITEES])}",
        )
    ]
