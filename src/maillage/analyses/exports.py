"""Results as plain data, the same for the command line and the web: mappings for JSON, rows for CSV.

Keys and columns, and their order, are a promise to those who reuse the figures: they are documented
in docs/reference/formats.md. A figure that is not a number has a null value and says its state.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.analyses.diagnosis.model import (
        Chiffre,
        Comparable,
        Courbe,
        Diagnostic,
        Ecarts,
        PointCommune,
        Section,
        Territoire,
    )
    from maillage.analyses.diagnosis.search import Proposition
    from maillage.analyses.targets.model import CibleDepartement, Cibles
    from maillage.kernel.valeur import Valeur

Cellule: TypeAlias = "str | int | float | None"
"""One cell: text, number, or None for a figure that is not a number."""
Rangee: TypeAlias = "dict[str, Cellule]"
"""One row of a table: column to cell; every row of a table has the same columns."""

CONNUE = "connue"
"""State of a figure that is a number; otherwise the code of its absence."""

_FORMULE = re.compile(r"^[=+\-@\t\r]")
_NOMBRE = re.compile(r"^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$")
_BOM = "\ufeff"


def nombre_or_none(valeur: Valeur) -> float | None:
    """The number, or None when the figure is not one."""
    return None if isinstance(valeur, Absence) else valeur


def etat_of(valeur: Valeur) -> str:
    """« connue », or the code of the absence."""
    return valeur.code if isinstance(valeur, Absence) else CONNUE


def valeur_to_dict(valeur: Valeur) -> dict[str, Any]:
    """Keys: valeur, etat."""
    return {"valeur": nombre_or_none(valeur), "etat": etat_of(valeur)}


def territoire_to_dict(territoire: Territoire) -> dict[str, Any]:
    """Keys: niveau, code, nom, nature, parents, departements, codes_postaux."""
    return {
        "niveau": territoire.niveau.value,
        "code": territoire.code,
        "nom": territoire.nom,
        "nature": territoire.nature,
        "parents": [
            {"niveau": niveau.value, "code": code, "nom": nom}
            for niveau, code, nom in territoire.parents
        ],
        "departements": list(territoire.departements),
        "codes_postaux": list(territoire.codes_postaux),
    }


def proposition_to_dict(proposition: Proposition) -> dict[str, Any]:
    """Keys of `territoire_to_dict`, then score and raison."""
    return {
        **territoire_to_dict(proposition.territoire),
        "score": round(proposition.score, 1),
        "raison": proposition.raison,
    }


def proposition_rows(propositions: Iterable[Proposition]) -> list[Rangee]:
    """One row per proposition."""
    return [
        {
            "niveau": p.territoire.niveau.value,
            "code": p.territoire.code,
            "nom": p.territoire.nom,
            "nature": p.territoire.nature,
            "departements": "|".join(p.territoire.departements),
            "codes_postaux": "|".join(p.territoire.codes_postaux),
            "raison": p.raison,
        }
        for p in propositions
    ]


def chiffre_to_dict(chiffre: Chiffre) -> dict[str, Any]:
    """One figure: what it is, where, when, its value or its state, its references, its pedigree."""
    return {
        "indicateur": chiffre.carte.code,
        "nom": chiffre.carte.nom,
        "niveau": chiffre.niveau.value,
        "code": chiffre.code,
        "territoire": chiffre.nom_territoire,
        "periode": chiffre.periode,
        **valeur_to_dict(chiffre.valeur),
        "motif": chiffre.motif,
        "unite": chiffre.carte.unite.value,
        "reperes": [{"nom": nom, **valeur_to_dict(valeur)} for nom, valeur in chiffre.reperes],
        "rang": None if chiffre.rang is None else asdict(chiffre.rang),
        "pedigree": chiffre.pedigree.to_dict(),
    }


def chiffre_row(chiffre: Chiffre, partie: str) -> Rangee:
    """One figure on one line; `partie` says which part of the result it belongs to."""
    return {
        "partie": partie,
        "indicateur": chiffre.carte.code,
        "nom": chiffre.carte.nom,
        "niveau": chiffre.niveau.value,
        "code": chiffre.code,
        "territoire": chiffre.nom_territoire,
        "periode": chiffre.periode,
        "valeur": nombre_or_none(chiffre.valeur),
        "etat": etat_of(chiffre.valeur),
        "motif": chiffre.motif,
        "unite": chiffre.carte.unite.value,
        "rang": None if chiffre.rang is None else chiffre.rang.rang,
        "rang_sur": None if chiffre.rang is None else chiffre.rang.sur,
        "sources": "|".join(source.code for source in chiffre.pedigree.sources),
        "version": chiffre.pedigree.version,
    }


def tableau_rows(chiffres: Iterable[Chiffre]) -> list[Rangee]:
    """One row per figure of a table."""
    return [chiffre_row(chiffre, "tableau") for chiffre in chiffres]


def diagnostic_to_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """The whole diagnosis, in the order of the page."""
    return {
        "territoire": territoire_to_dict(diagnostic.territoire),
        "phrases": list(diagnostic.phrases),
        "avertissements": list(diagnostic.avertissements),
        "cles": [chiffre_to_dict(chiffre) for chiffre in diagnostic.cles],
        "sections": [_section_to_dict(section) for section in diagnostic.sections],
        "courbes": [_courbe_to_dict(courbe) for courbe in diagnostic.courbes],
        "ecarts": None if diagnostic.ecarts is None else _ecarts_to_dict(diagnostic.ecarts),
        "comparables": [_comparable_to_dict(c) for c in diagnostic.comparables],
        "communes": [_commune_to_dict(commune) for commune in diagnostic.communes],
        "structures": [asdict(structure) for structure in diagnostic.structures],
    }


def diagnostic_rows(diagnostic: Diagnostic) -> list[Rangee]:
    """One row per figure: key figures, sections, curves of the territory, comparables."""
    rows = [chiffre_row(chiffre, "cles") for chiffre in diagnostic.cles]
    for section in diagnostic.sections:
        rows += [chiffre_row(c, section.famille.name.lower()) for c in section.chiffres]
    for courbe in diagnostic.courbes:
        rows += _courbe_rows(diagnostic.territoire, courbe)
    for comparable in diagnostic.comparables:
        rows += [chiffre_row(chiffre, "comparables") for chiffre in comparable.chiffres]
    return rows


def cibles_to_dict(cibles: Cibles) -> dict[str, Any]:
    """The whole analysis of the targets; keys as the attributes of its dataclasses."""
    plain = {name: _plain(getattr(cibles, name)) for name in _PARTIES_CIBLES}
    plain["departements"] = [_departement_to_dict(d) for d in cibles.departements]
    plain["pedigrees"] = [pedigree.to_dict() for pedigree in cibles.pedigrees]
    return plain


def cibles_rows(cibles: Cibles) -> list[Rangee]:
    """One row per département; two columns per key of need, then the state of the empty cells."""
    return [_departement_row(departement) for departement in cibles.departements]


def rows_to_csv(rows: Sequence[Mapping[str, Cellule]], *, bom: bool = False) -> str:
    """CSV text: comma, header, RFC 4180 quotes, decimal point, empty cell for None.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.

    Args:
        rows: Rows that all have the same columns, in the order to be written.
        bom: Starts with the mark by which spreadsheets recognise UTF-8.

    Raises:
        ValueError: two rows do not have the same columns.
    """
    if not rows:
        return _BOM if bom else ""
    columns = list(rows[0])
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if list(row) != columns:
            msg = f"columns {list(row)} differ from those of the first row, {columns}"
            raise ValueError(msg)
        writer.writerow([neutralise(cell) for cell in row.values()])
    return (_BOM if bom else "") + target.getvalue()


def neutralise(cellule: Cellule) -> str:
    """Text of a cell that no spreadsheet runs; a number stays as it is, None is empty."""
    if cellule is None:
        return ""
    if isinstance(cellule, float):
        return str(int(cellule)) if cellule.is_integer() else repr(cellule)
    texte = str(cellule)
    is_formula = _FORMULE.match(texte) and not _NOMBRE.match(texte)
    return f"'{texte}" if is_formula else texte


# the parts of a diagnosis


def _section_to_dict(section: Section) -> dict[str, Any]:
    return {
        "famille": section.famille.value,
        "phrase": section.phrase,
        "chiffres": [chiffre_to_dict(chiffre) for chiffre in section.chiffres],
    }


def _courbe_to_dict(courbe: Courbe) -> dict[str, Any]:
    return {
        "indicateur": courbe.carte.code,
        "nom": courbe.carte.nom,
        "unite": courbe.carte.unite.value,
        "lignes": [
            {
                "nom": nom,
                "points": [
                    {"periode": periode, **valeur_to_dict(valeur)} for periode, valeur in points
                ],
            }
            for nom, points in courbe.lignes
        ],
        "pedigree": courbe.pedigree.to_dict(),
    }


def _courbe_rows(territoire: Territoire, courbe: Courbe) -> list[Rangee]:
    nom, points = courbe.lignes[0]
    return [
        {
            "partie": "courbes",
            "indicateur": courbe.carte.code,
            "nom": courbe.carte.nom,
            "niveau": territoire.niveau.value,
            "code": territoire.code,
            "territoire": nom,
            "periode": periode,
            "valeur": nombre_or_none(valeur),
            "etat": etat_of(valeur),
            "motif": "",
            "unite": courbe.carte.unite.value,
            "rang": None,
            "rang_sur": None,
            "sources": "|".join(source.code for source in courbe.pedigree.sources),
            "version": courbe.pedigree.version,
        }
        for periode, valeur in points
    ]


def _ecarts_to_dict(ecarts: Ecarts) -> dict[str, Any]:
    return {
        "phrase": ecarts.phrase,
        "rang_min": ecarts.rang_min,
        "rang_max": ecarts.rang_max,
        "cles": [
            {
                "cle": cle.cle,
                "nom": cle.nom,
                "part_besoin": valeur_to_dict(cle.part_besoin),
                "part_offre": valeur_to_dict(cle.part_offre),
                "ecart": valeur_to_dict(cle.ecart),
                "rang": None if cle.rang is None else asdict(cle.rang),
                "poids": dict(cle.poids),
            }
            for cle in ecarts.cles
        ],
        "pedigree": ecarts.pedigree.to_dict(),
    }


def _comparable_to_dict(comparable: Comparable) -> dict[str, Any]:
    return {
        "territoire": territoire_to_dict(comparable.territoire),
        "distance": comparable.distance,
        "chiffres": [chiffre_to_dict(chiffre) for chiffre in comparable.chiffres],
    }


def _commune_to_dict(commune: PointCommune) -> dict[str, Any]:
    return {
        "code": commune.code,
        "nom": commune.nom,
        "demandeurs": valeur_to_dict(commune.demandeurs),
        "atteignables": valeur_to_dict(commune.atteignables),
        "sans": list(commune.sans),
        "blanche": commune.blanche,
    }


# the parts of the analysis of the targets

_PARTIES_CIBLES = (
    "phrases",
    "limites",
    "totaux",
    "correlations",
    "dispersions",
    "cles",
    "regression",
)
_CHIFFRES_DEPARTEMENT = (
    "cible",
    "stock_2019_12",
    "stock_2021_12",
    "stock_2022_09",
    "croissance_2019",
    "croissance_2021",
    "atteinte",
    "cible_pour_1000_demandeurs",
)


def _departement_to_dict(departement: CibleDepartement) -> dict[str, Any]:
    figures = {n: valeur_to_dict(getattr(departement, n)) for n in _CHIFFRES_DEPARTEMENT}
    cles = {
        part.cle: {"cible": valeur_to_dict(part.cible), "ecart": valeur_to_dict(part.ecart)}
        for part in departement.cles
    }
    return {"code": departement.code, "nom": departement.nom, **figures, "cles": cles}


def _departement_row(departement: CibleDepartement) -> Rangee:
    row: Rangee = {"code": departement.code, "nom": departement.nom}
    for name in _CHIFFRES_DEPARTEMENT:
        row[name] = nombre_or_none(getattr(departement, name))
    for part in departement.cles:
        row[f"cible_{part.cle}"] = nombre_or_none(part.cible)
        row[f"ecart_{part.cle}"] = nombre_or_none(part.ecart)
    row["absences"] = "|".join(_absences(departement))
    return row


def _absences(departement: CibleDepartement) -> list[str]:
    """« column=state » for every empty cell of the row."""
    valeurs = {name: getattr(departement, name) for name in _CHIFFRES_DEPARTEMENT}
    for part in departement.cles:
        valeurs |= {f"cible_{part.cle}": part.cible, f"ecart_{part.cle}": part.ecart}
    return [f"{name}={v.code}" for name, v in valeurs.items() if isinstance(v, Absence)]


def _plain(part: object) -> Any:
    if isinstance(part, Absence):
        return None
    if isinstance(part, tuple | list):
        return [_plain(item) for item in part]
    if hasattr(part, "__dataclass_fields__"):
        return {name: _plain(getattr(part, name)) for name in part.__dataclass_fields__}
    return part
