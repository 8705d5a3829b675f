"""Reads a CSV as people send it: encoding and separator found, headers compared, every fault told."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder, format_nombre, guillemets, join_fr
from maillage.web.network.echange.cellules import clean_lines, clean_text, unprotect
from maillage.web.network.echange.limites import LIGNES_MAX, OCTETS_MAX
from maillage.web.network.personnel import find_personal_content, find_personal_header

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_CELLULE_MAX: Final = 20_000
_ANOMALIES_MAX: Final = 200
_SEPARATEURS = (";", ",", "\t")
_RESSEMBLE = 75.0
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        nom: File name that the documentation gives.
        colonnes: All its columns, in the order of the export.
        obligatoires: Those without which nothing can be done.
        dates: Those where a date is expected; elsewhere one is taken for a date of birth.
        lignes: Those whose line breaks are kept.
        personnelles: Words of a header that announce something personal in this kind of file, and what.
        has_vide: Whether it may hold no row at all.
        octets_max, lignes_max, cellule_max: How much it may hold; None for the common limits.
    """

    nom: str
    colonnes: tuple[str, ...]
    obligatoires: tuple[str, ...]
    dates: frozenset[str]
    lignes: frozenset[str] = frozenset()
    personnelles: Mapping[str, str] = field(default_factory=dict)
    has_vide: bool = False
    octets_max: int | None = None
    lignes_max: int | None = None
    cellule_max: int | None = None


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row: the line where it starts, and its cells by column, cleaned."""

    ligne: int
    cellules: Mapping[str, str]

    def where(self, colonne: str) -> str:
        """Place of a cell, as messages say it."""
        return f"ligne {self.ligne}, colonne {colonne}"


@dataclass(frozen=True, slots=True)
class Tableau:
    """A file that could be read whole.

    Attributes:
        encodage: Found: « UTF-8 », « UTF-16 » or « Windows-1252 ».
        separateur: Found.
        absentes: Known columns that the file does not have: what they hold is left as it is.
        rangees: Its rows.
    """

    encodage: str
    separateur: str
    absentes: tuple[str, ...]
    rangees: tuple[Rangee, ...]


def read_tableau(octets: bytes, format_: Format) -> Tableau:
    """Rows of a file.

    Raises:
        FichierInvalide: every fault found: too big (MLG-ORG-040), not a text (041), no known
            column (042), unknown (043), personal (044), missing (045) or repeated (046) columns,
            rows that do not have as many cells (047), quotes that do not close (048), personal
            content (049), too many rows (050), no row at all (051).
    """
    maximum = format_.octets_max or OCTETS_MAX
    if len(octets) > maximum:
        raise FichierInvalide(too_big(len(octets), maximum))
    texte, encodage = _decode(octets)
    separateur = _find_separateur(texte, format_)
    lignes = _split(texte, separateur)
    _, entetes = next(lignes, (1, []))
    colonnes = _check_entetes([clean_text(unprotect(e)) for e in entetes], format_)
    rangees, anomalies = _read_rangees(lignes, colonnes, format_)
    if not (rangees or anomalies or format_.has_vide):
        anomalies.append(
            Anomalie(
                "MLG-ORG-051",
                "Le fichier n’a que sa ligne d’en-tête.",
                "Ajoutez une ligne par élément à importer.",
            )
        )
    raise_all(anomalies)
    absentes = tuple(c for c in format_.colonnes if c not in colonnes)
    return Tableau(encodage, separateur, absentes, tuple(rangees))


def read_rows(
    octets: bytes, colonnes: Sequence[str], maximum: int = OCTETS_MAX
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Headers and rows of a file of somebody else's, as they stand.

    Args:
        octets: The file.
        colonnes: Some of the headers that it should have, by which its separator is found.
        maximum: Bytes that it may hold.

    Raises:
        FichierInvalide: too big, not a text, none of the headers, quotes that do not close.
    """
    if len(octets) > maximum:
        raise FichierInvalide(too_big(len(octets), maximum))
    texte, _ = _decode(octets)
    cles = tuple(header_key(colonne) for colonne in colonnes)
    format_ = Format("CSV", cles, (), frozenset())
    lignes = list(_split(texte, _find_separateur(texte, format_)))
    _, entetes = lignes[0]
    return [clean_text(unprotect(e)) for e in entetes], lignes[1:]


def write_tableau(format_: Format, rows: Iterable[Mapping[str, str]]) -> str:
    """Text of a file that `read_tableau` reads back, with the mark by which spreadsheets know UTF-8."""
    target = io.StringIO()
    writer = csv.DictWriter(target, format_.colonnes, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return f"\ufeff{target.getvalue()}"


def raise_all(anomalies: Sequence[Anomalie]) -> None:
    """Refuse a file with everything that is wrong in it, or let it through.

    Raises:
        FichierInvalide: there is something; beyond two hundred faults, how many are left out
            (MLG-ORG-052).
    """
    if not anomalies:
        return
    montrees = [*anomalies[:_ANOMALIES_MAX]]
    if len(anomalies) > _ANOMALIES_MAX:
        montrees.append(
            Anomalie(
                "MLG-ORG-052",
                f"{accorder(len(anomalies) - _ANOMALIES_MAX, 'autre faute n’est pas montrée', 'autres fautes ne sont pas montrées')}.",
                "Corrigez d’abord celles-ci, puis recommencez.",
            )
        )
    raise FichierInvalide(*montrees)


def _decode(octets: bytes) -> tuple[str, str]:
    """Text and name of its encoding: mark first, then strict UTF-8, then Windows-1252.

    Raises:
        FichierInvalide: MLG-ORG-041, none of them.
    """
    try:
        for marque, encodage in _BOMS:
            if octets.startswith(marque):
                return _check_text(octets.decode(encodage)), encodage.removesuffix("-sig").upper()
        try:
            return _check_text(octets.decode("utf-8")), "UTF-8"
        except UnicodeDecodeError:
            return _check_text(octets.decode("cp1252")), "Windows-1252"
    except UnicodeError as error:
        raise FichierInvalide(_not_a_text()) from error


def _check_text(texte: str) -> str:
    if "\x00" in texte or texte.startswith("PK\x03\x04"):
        raise FichierInvalide(_not_a_text())
    return texte


def _find_separateur(texte: str, format_: Format) -> str:
    """Separator of the first line that shows the most known columns.

    Raises:
        FichierInvalide: MLG-ORG-042, none shows any.
    """
    premiere = texte.lstrip("\r\n").partition("\n")[0][:_CELLULE_MAX]

    def count(separateur: str) -> int:
        return len({header_key(nom) for nom in premiere.split(separateur)} & set(format_.colonnes))

    meilleur = max(_SEPARATEURS, key=count)
    if count(meilleur):
        return meilleur
    raise FichierInvalide(
        Anomalie(
            "MLG-ORG-042",
            "La première ligne ne nomme aucune colonne connue.",
            f"Colonnes de {format_.nom}\u00a0: {join_fr(format_.colonnes)}.",
            "ligne 1",
        )
    )


def header_key(entete: str) -> str:
    """Name of a column, whatever the case, accents and spaces of its header."""
    return normalize(clean_text(unprotect(entete.strip(' "\r')))).replace(" ", "_")


def _split(texte: str, separateur: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank.

    Raises:
        FichierInvalide: MLG-ORG-048, quotes that do not close.
    """
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    debut = 1
    try:
        for rangee in lecteur:
            if any(cellule.strip() for cellule in rangee):
                yield debut, rangee
            debut = lecteur.line_num + 1
    except csv.Error as error:
        raise FichierInvalide(
            Anomalie(
                "MLG-ORG-048",
                "La ligne ne se lit pas\u00a0: un guillemet est ouvert et mal fermé, ou une cellule "
                "est trop longue.",
                "Corrigez les guillemets de cette ligne.",
                f"ligne {debut}",
            )
        ) from error


def _check_entetes(entetes: list[str], format_: Format) -> list[str]:
    """Columns of the file, by the names of the format.

    Raises:
        FichierInvalide: MLG-ORG-043 to 046, every column unknown, personal, missing or repeated.
    """
    colonnes = [header_key(entete) for entete in entetes]
    anomalies = [
        unknown_column(entete, colonnes, format_)
        for entete, colonne in zip(entetes, colonnes, strict=True)
        if colonne not in format_.colonnes
    ]
    manquantes = [c for c in format_.obligatoires if c not in colonnes]
    if manquantes:
        anomalies.append(
            Anomalie(
                "MLG-ORG-045",
                f"{accorder(len(manquantes), 'colonne obligatoire manque', 'colonnes obligatoires manquent')}"
                f"\u00a0: {join_fr(manquantes)}.",
                "Ajoutez-les, ou donnez leur nom aux colonnes qui les contiennent.",
                "ligne 1",
            )
        )
    doubles = sorted({c for c in colonnes if c in format_.colonnes and colonnes.count(c) > 1})
    if doubles:
        anomalies.append(
            Anomalie(
                "MLG-ORG-046",
                f"Des colonnes portent le même nom\u00a0: {join_fr(doubles)}.",
                "Gardez-en une seule.",
                "ligne 1",
            )
        )
    raise_all(anomalies)
    return colonnes


def unknown_column(entete: str, presentes: Collection[str], format_: Format) -> Anomalie:
    """What to say of a column that the format does not have."""
    personnelle = find_personal_header(entete, format_.personnelles)
    if personnelle is not None:
        return Anomalie(
            "MLG-ORG-044",
            f"La colonne {guillemets(entete)} contiendrait {personnelle}\u00a0: elle n’entre pas.",
            "Retirez-la du fichier. Maillage ne garde que les colonnes documentées.",
            "ligne 1",
        )
    libres = [c for c in format_.colonnes if c not in presentes]
    proche = process.extractOne(
        header_key(entete), libres, scorer=fuzz.WRatio, score_cutoff=_RESSEMBLE
    )
    que_faire = (
        f"Si c’est la colonne {guillemets(proche[0])}, donnez-lui ce nom\u00a0; sinon, retirez-la."
        if proche
        else f"Retirez-la. Colonnes connues\u00a0: {join_fr(format_.colonnes)}."
    )
    nom = entete[:60] or "(sans nom)"
    return Anomalie(
        "MLG-ORG-043", f"La colonne {guillemets(nom)} est inconnue.", que_faire, "ligne 1"
    )


def _read_rangees(
    lignes: Iterator[tuple[int, list[str]]], colonnes: list[str], format_: Format
) -> tuple[list[Rangee], list[Anomalie]]:
    rangees: list[Rangee] = []
    anomalies: list[Anomalie] = []
    maximum = format_.lignes_max or LIGNES_MAX
    for ligne, cellules in lignes:
        if len(rangees) == maximum:
            anomalies.append(_too_many(maximum))
            break
        if len(cellules) != len(colonnes):
            anomalies.append(_ragged(ligne, len(cellules), len(colonnes)))
            continue
        propres = {
            c: clean_cell(c, unprotect(v.strip()), format_)
            for c, v in zip(colonnes, cellules, strict=True)
        }
        rangee = Rangee(ligne, propres)
        rangees.append(rangee)
        anomalies += check_content(rangee, format_)
    return rangees, anomalies


def clean_cell(colonne: str, texte: str, format_: Format) -> str:
    """What a cell keeps: one line, or several where its column has them."""
    return clean_lines(texte) if colonne in format_.lignes else clean_text(texte)


def check_content(rangee: Rangee, format_: Format) -> Iterator[Anomalie]:
    """What a row holds that is too long, or personal."""
    for colonne, texte in rangee.cellules.items():
        if len(texte) > (format_.cellule_max or _CELLULE_MAX):
            yield Anomalie(
                "MLG-ORG-047",
                f"Une cellule a {format_nombre(len(texte))} caractères.",
                "Raccourcissez-la.",
                rangee.where(colonne),
            )
            continue
        quoi = find_personal_content(texte, has_dates=colonne in format_.dates)
        if quoi is not None:
            yield Anomalie(
                "MLG-ORG-049",
                f"La cellule semble contenir {quoi}\u00a0: elle n’entre pas.",
                "Retirez-la. Si c’est un nom propre, écrivez le mois en lettres ou changez la forme.",
                rangee.where(colonne),
            )


def too_big(octets: int, maximum: int) -> Anomalie:
    """A file that holds too many bytes."""
    return Anomalie(
        "MLG-ORG-040",
        f"Le fichier pèse {format_nombre(octets / 1024 / 1024, 1)} Mo.",
        f"La limite est de {maximum // 1024 // 1024} Mo\u00a0: coupez-le en plusieurs fichiers, "
        "chacun avec sa ligne d’en-tête.",
    )


def _too_many(maximum: int) -> Anomalie:
    return Anomalie(
        "MLG-ORG-050",
        f"Le fichier a plus de {format_nombre(maximum)} lignes.",
        "Coupez-le en plusieurs fichiers, chacun avec sa ligne d’en-tête.",
    )


def _not_a_text() -> Anomalie:
    return Anomalie(
        "MLG-ORG-041",
        "Ce n’est pas un fichier de texte.",
        "Dans le tableur, enregistrez la feuille au format CSV UTF-8, puis recommencez.",
    )


def _ragged(ligne: int, nombre: int, attendu: int) -> Anomalie:
    return Anomalie(
        "MLG-ORG-047",
        f"La ligne a {accorder(nombre, 'cellule', 'cellules')}, l’en-tête en a {attendu}.",
        "Le fichier est peut-être coupé, ou un séparateur s’est glissé dans un texte\u00a0: "
        "corrigez la ligne.",
        f"ligne {ligne}",
    )
