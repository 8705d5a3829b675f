"""Annexes as they are typed or published: every wrong cell reported at once, then exact columns.

Cells may be text (« 12,50 », « 01/01/2022 ») or real types (Decimal, float, date, datetime64).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets, join_fr
from maillage.regles.aide_au_poste.lignes import (
    METROPOLE_DROM,
    MILIEU_PENITENTIAIRE,
    MOIS_PAR_AN,
    TERRITOIRES,
    TYPES_DETENTION,
    TYPES_SIAE,
)

Colonnes: TypeAlias = Mapping[str, Sequence[object] | NDArray[np.generic]]
"""Columns by name, all of one length: `type_siae`, `territoire` (optional), `date_debut_effet`,
`date_fin_effet`, `etp`, `montant_unitaire` (optional, euros)."""

ANNEE_MIN = 2014
"""Year of the first arrêté that is modelled."""
ANNEE_MAX = 2027
"""Year after the texts were last checked (23 November 2026): an annexe may be under negotiation."""
ETP_MAX = Decimal(100_000)
"""Guard against a slip of the keyboard, not a rule of law."""
MONTANT_MAX = Decimal(1_000_000)
"""Same guard, in euros per ETP: above, it is a total typed in the wrong column."""

OBLIGATOIRES = ("type_siae", "date_debut_effet", "date_fin_effet", "etp")
FACULTATIVES = ("territoire", "montant_unitaire")
_NOMBRE = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_DATE_FR = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, eq=False)
class AnnexesLues:
    """Columns read, ready for the formulas.

    Attributes:
        colonnes: `type_siae` and `territoire` (text), `date_debut_effet` and `date_fin_effet`
            (days), `etp_centiemes` and, where it was given, `montant_unitaire_centimes` (int64).
            Shape `(n,)` each. Empty when there is an anomaly.
        anomalies: Every problem, in the order of the rows.
    """

    colonnes: dict[str, NDArray[np.generic]]
    anomalies: tuple[Anomalie, ...]


def valider_annexes(
    colonnes: Colonnes, *, premiere_ligne: int = 1, noms: Mapping[str, str] | None = None
) -> tuple[Anomalie, ...]:
    """Every problem of the annexes, none when they can be computed.

    Args:
        colonnes: See `Colonnes`. Other columns are ignored.
        premiere_ligne: Line of the first row in the reader's file.
        noms: Name of a column in the reader's file, where it differs.

    Returns:
        Problems in the order of the rows, then of the columns: MLG-REG-200 a column is missing,
        201 columns of different lengths, 202 empty cell, 203 not a number, 204 not a date, 205
        unknown kind, 206 unknown territoire, 207 negative number, 208 more than two decimals, 209
        year not modelled, 216 end before start, 217 longer than twelve months, 218 too large, 219
        FDI, 226 a kind without amount in prison.
    """
    return read_annexes(colonnes, premiere_ligne=premiere_ligne, noms=noms).anomalies


def read_annexes(
    colonnes: Colonnes, *, premiere_ligne: int = 1, noms: Mapping[str, str] | None = None
) -> AnnexesLues:
    """Exact columns of the annexes, or every problem that prevents it.

    Args:
        colonnes: See `Colonnes`. Other columns are ignored. Without `territoire`, posts are in
            prison for a measure in `_MP`, else in metropolitan France or in a DROM other than
            Mayotte.
        premiere_ligne: Line of the first row in the reader's file.
        noms: Name of a column in the reader's file, where it differs.
    """
    noms = noms or {}
    forme = _check_forme(colonnes, noms)
    if forme:
        return AnnexesLues({}, forme)
    lecteur = _Lecteur(colonnes, premiere_ligne, noms)
    lues = lecteur.read()
    anomalies = tuple(anomalie for _, anomalie in sorted(lecteur.anomalies, key=lambda a: a[0]))
    return AnnexesLues({} if anomalies else lues, anomalies)


def _check_forme(colonnes: Colonnes, noms: Mapping[str, str]) -> tuple[Anomalie, ...]:
    manquantes = [noms.get(nom, nom) for nom in OBLIGATOIRES if nom not in colonnes]
    if manquantes:
        return (
            Anomalie(
                "MLG-REG-200",
                f"Colonnes absentes\u00a0: {join_fr(manquantes)}.",
                f"Colonnes présentes\u00a0: {join_fr(sorted(colonnes)) or 'aucune'}. "
                "Rétablissez les noms publiés.",
            ),
        )
    longueurs = {nom: len(colonnes[nom]) for nom in _present(colonnes)}
    if len(set(longueurs.values())) > 1:
        detail = join_fr(f"{noms.get(nom, nom)} {n}" for nom, n in longueurs.items())
        return (
            Anomalie(
                "MLG-REG-201",
                f"Les colonnes n’ont pas le même nombre de lignes\u00a0: {detail}.",
                "Donnez une valeur par annexe dans chaque colonne.",
            ),
        )
    return ()


def _present(colonnes: Colonnes) -> list[str]:
    return [nom for nom in (*OBLIGATOIRES, *FACULTATIVES) if nom in colonnes]


class _Refus(Exception):
    """A cell cannot be read; carries its anomaly without its place."""

    def __init__(self, code: str, quoi: str, que_faire: str) -> None:
        super().__init__(code)
        self.parts = (code, quoi, que_faire)


@dataclass
class _Lecteur:
    """Reads the columns of one table and keeps what is wrong."""

    colonnes: Colonnes
    premiere_ligne: int
    noms: Mapping[str, str]
    anomalies: list[tuple[int, Anomalie]] = field(default_factory=list)

    def read(self) -> dict[str, NDArray[np.generic]]:
        debuts = self._read("date_debut_effet", _read_date)
        fins = self._read("date_fin_effet", _read_date)
        self._check_periodes(debuts, fins)
        types, territoires = self._read("type_siae", _read_type), self._read_territoires()
        self._check_detention(types, territoires)
        lues: dict[str, NDArray[np.generic]] = {
            "type_siae": np.array(types, dtype=np.str_),
            "territoire": np.array(territoires, dtype=np.str_),
            "etp_centiemes": _integers(self._read("etp", _read_etp)),
            "date_debut_effet": np.array(debuts, dtype="datetime64[D]"),
            "date_fin_effet": np.array(fins, dtype="datetime64[D]"),
        }
        if "montant_unitaire" in self.colonnes:
            montants = self._read("montant_unitaire", _read_montant)
            lues["montant_unitaire_centimes"] = _integers(montants)
        return lues

    def _read(self, nom: str, parse: Callable[[str], object]) -> list[object]:
        """One value per row, None where the cell is wrong."""
        return [
            self._parse(rang, nom, cellule, parse) for rang, cellule in enumerate(self._cells(nom))
        ]

    def _cells(self, nom: str) -> list[object]:
        cellules = self.colonnes[nom]
        if not isinstance(cellules, np.ndarray):
            return list(cellules)
        jours = cellules.dtype.kind == "M"
        valeurs: list[object] = (cellules.astype("datetime64[D]") if jours else cellules).tolist()
        return valeurs

    def _parse(
        self, rang: int, nom: str, cellule: object, parse: Callable[[str], object]
    ) -> object:
        try:
            return parse(_get_text(cellule))
        except _Refus as refus:
            self._report(rang, f"colonne {self.noms.get(nom, nom)}", *refus.parts)
            return None

    def _report(self, rang: int, place: str, code: str, quoi: str, que_faire: str) -> None:
        ou = f"ligne {rang + self.premiere_ligne}, {place}"
        self.anomalies.append((rang, Anomalie(code, quoi, que_faire, ou)))

    def _read_territoires(self) -> list[object]:
        if "territoire" in self.colonnes:
            return self._read("territoire", _read_territoire)
        mesures = [_text(cellule).upper() for cellule in self._cells("type_siae")]
        return [MILIEU_PENITENTIAIRE if m.endswith("_MP") else METROPOLE_DROM for m in mesures]

    def _check_periodes(self, debuts: list[object], fins: list[object]) -> None:
        colonnes = [self.noms.get(nom, nom) for nom in ("date_debut_effet", "date_fin_effet")]
        for rang, (debut, fin) in enumerate(zip(debuts, fins, strict=True)):
            if isinstance(debut, date) and isinstance(fin, date):
                refus = _find_periode_refus(debut, fin)
                if refus is not None:
                    self._report(rang, f"colonnes {join_fr(colonnes)}", *refus.parts)

    def _check_detention(self, types: list[object], territoires: list[object]) -> None:
        for rang, (type_siae, territoire) in enumerate(zip(types, territoires, strict=True)):
            ouvert = type_siae is None or type_siae in TYPES_DETENTION
            if territoire == MILIEU_PENITENTIAIRE and not ouvert:
                self._report(
                    rang,
                    f"colonne {self.noms.get('territoire', 'territoire')}",
                    "MLG-REG-226",
                    f"Les textes ne donnent aucun montant en milieu pénitentiaire pour {type_siae}.",
                    "Corrigez le territoire ou le type\u00a0: la détention n’a de montant que pour les "
                    f"{join_fr(TYPES_DETENTION)}.",
                )


def _find_periode_refus(debut: date, fin: date) -> _Refus | None:
    if fin < debut:
        return _Refus(
            "MLG-REG-216",
            f"L’annexe finit le {fin:%d/%m/%Y}, avant de commencer le {debut:%d/%m/%Y}.",
            "Vérifiez les deux dates\u00a0; elles sont peut-être inversées.",
        )
    duree = (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1
    if duree > MOIS_PAR_AN:
        return _Refus(
            "MLG-REG-217",
            f"L’annexe dure {duree} mois, du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}.",
            "Une annexe de l’aide au poste porte sur douze mois au plus\u00a0: coupez-la par année.",
        )
    return None


def _read_type(texte: str) -> str:
    """Kind of structure that a text stands for; the ASP's measures (« ACI_DC ») are accepted.

    Raises:
        _Refus: it is the FDI, or no kind at all.
    """
    type_siae = texte.upper().removesuffix("_DC").removesuffix("_MP")
    if type_siae == "FDI":
        raise _Refus(
            "MLG-REG-219",
            "Le FDI n’est pas une aide au poste\u00a0: son montant est décidé, il ne se calcule pas.",
            "Écartez cette ligne, ou donnez son montant à part.",
        )
    if type_siae not in TYPES_SIAE:
        raise _Refus(
            "MLG-REG-205",
            f"{guillemets(texte)} n’est pas un type de structure connu.",
            f"Types connus\u00a0: {join_fr(TYPES_SIAE, 'ou')}.",
        )
    return type_siae


def _read_territoire(texte: str) -> str:
    """Territoire that a text stands for.

    Raises:
        _Refus: it is none of the three.
    """
    territoire = texte.lower()
    if territoire not in TERRITOIRES:
        raise _Refus(
            "MLG-REG-206",
            f"{guillemets(texte)} n’est pas un territoire de l’aide au poste.",
            f"Écrivez {join_fr(TERRITOIRES, 'ou')}.",
        )
    return territoire


def _read_date(texte: str) -> date:
    """Day written 31/12/2022 or 2022-12-31, in a year that is modelled.

    Raises:
        _Refus: it is not a day, or its year is not modelled.
    """
    francaise, iso = _DATE_FR.fullmatch(texte), _DATE_ISO.fullmatch(texte)
    parts = francaise.groups()[::-1] if francaise else iso.groups() if iso else ()
    try:
        jour = date(*map(int, parts))
    except (TypeError, ValueError):
        raise _Refus(
            "MLG-REG-204",
            f"{guillemets(texte)} n’est pas une date.",
            "Écrivez le jour, le mois et l’année\u00a0: 31/12/2022.",
        ) from None
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise _Refus(
            "MLG-REG-209",
            f"L’année {jour.year} n’est pas modélisée.",
            f"Les règles vont de {ANNEE_MIN} à {ANNEE_MAX}\u00a0: vérifiez l’année.",
        )
    return jour


def _read_etp(texte: str) -> int:
    return _read_centiemes(texte, ETP_MAX)


def _read_montant(texte: str) -> int:
    return _read_centiemes(texte, MONTANT_MAX)


def _read_centiemes(texte: str, maximum: Decimal) -> int:
    """Whole hundredths of a number that is not negative and has two decimals at most.

    Raises:
        _Refus: it is not such a number.
    """
    serre = re.sub(r"\s", "", texte).replace("\N{MINUS SIGN}", "-")
    if _NOMBRE.fullmatch(serre) is None:
        raise _Refus(
            "MLG-REG-203",
            f"{guillemets(texte)} n’est pas un nombre.",
            "Écrivez des chiffres, avec une virgule ou un point avant les décimales.",
        )
    nombre = Decimal(serre.replace(",", "."))
    if nombre < 0:
        raise _Refus(
            "MLG-REG-207",
            f"Le nombre est négatif\u00a0: {texte}.",
            "Corrigez le signe ou le nombre.",
        )
    if nombre > maximum:
        raise _Refus(
            "MLG-REG-218",
            f"Le nombre est trop grand pour une annexe\u00a0: {texte}.",
            f"Le maximum accepté est {maximum}\u00a0: vérifiez la colonne et la virgule.",
        )
    if nombre * 100 % 1:
        raise _Refus(
            "MLG-REG-208",
            f"{texte} a plus de deux décimales.",
            "Reprenez le nombre imprimé sur l’annexe.",
        )
    return int(nombre * 100)


def _get_text(cellule: object) -> str:
    """The cell as text.

    Raises:
        _Refus: the cell is empty.
    """
    texte = _text(cellule)
    if not texte:
        raise _Refus("MLG-REG-202", "La cellule est vide.", "Complétez-la.")
    return texte


def _text(cellule: object) -> str:
    """The cell as text; NaN, NaT and None are empty."""
    if cellule is None or cellule != cellule:  # noqa: PLR0124 — NaN and NaT differ from themselves
        return ""
    if isinstance(cellule, float):
        return format(Decimal(repr(cellule)), "f")
    if isinstance(cellule, date):
        return cellule.isoformat()[:10]
    return str(cellule).strip()


def _integers(nombres: list[object]) -> NDArray[np.int64]:
    return np.array([0 if nombre is None else nombre for nombre in nombres], dtype=np.int64)
