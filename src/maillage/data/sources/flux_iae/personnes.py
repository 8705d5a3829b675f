"""Columns about persons are refused at the door: by their name when they hold something, and by content.

Source:
    Words of the headers in pilotage-airflow (`dags/common/flux_iae.py`), which drops those columns;
    here they are refused. First names: the lists of Faker for the countries whose names are common
    in France.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pyarrow.compute as pc
from stdnum import iban
from stdnum.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

_MOTS = (
    "courriel",
    "telephone",
    "prenom",
    "nom_usage",
    "nom_naissance",
    "responsable_nom",
    "urgence_nom",
    "referent_nom",
    "representant_nom",
    "nom_corresp",
    "identifiant_corresp",
    "date_naissance",
    "adr_mail",
    "adresse_mail",
    "email",
    "nationalite",
    "titre_sejour",
    "observations",
    "salarie_agrement",
    "salarie_nir",
    "salarie_adr_point_remise",
    "salarie_adr_cplt_point_geo",
    "salarie_adr_numero_voie",
    "salarie_codeextensionvoie",
    "salarie_codetypevoie",
    "salarie_adr_libelle_voie",
    "salarie_adr_cplt_distribution",
    "salarie_adr_qpv_nom",
    "bban",
    "nom_bqe",
)
_EN_ENTIER = frozenset({"bic", "iban", "nir", "nom", "mail", "tel", "af_bic"})
_COURRIEL = r"[^\s@|]+@[^\s@|]+\.[A-Za-z]{2,}"
_TELEPHONE = re.compile(r"(?:\+33|0033|0)\s?[1-9](?:[ .-]?[0-9]{2}){4}")
_NIR = re.compile(r"[1-478][0-9]{2}[0-9]{2}(?:[0-9]{2}|2[AB])[0-9]{6}[0-9]{2}")
_NAISSANCE = re.compile(r"[0-9]{2}/[0-9]{2}/(?:19[2-9][0-9]|200[0-9]|201[0-2])")
_MOT = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAS_DES_PRENOMS = frozenset({"saint", "sainte", "st", "ste"})
_EXAMINES = 2000
"""Distinct texts looked at per column and block."""
_MIN = 3
_PART = 0.5
_LANGUES = (
    *("fr_FR", "fr_BE", "fr_CH", "fr_QC", "ar_AA", "ar_PS", "ar_SA", "en_GB", "en_US", "es_ES"),
    *(
        "pt_PT",
        "it_IT",
        "de_DE",
        "tr_TR",
        "ro_RO",
        "pl_PL",
        "nl_NL",
        "en_NG",
        "sw",
        "tw_GH",
        "vi_VN",
    ),
)


def is_named_personal(nom: str) -> bool:
    """Whether the name of a column says that it is about a person."""
    plat = _flatten(nom)
    return plat in _EN_ENTIER or any(mot in plat for mot in _MOTS)


def find_personal_content(cellules: pa.ChunkedArray) -> str:
    """What of persons a column of text holds, in French; empty when nothing is recognised.

    Looks for e-mail and postal identities that have a form (e-mail, telephone, social security number
    with its key, bank account with its key, birth dates) and for first names.
    """
    distincts = [
        texte
        for texte in pc.unique(cellules).slice(0, _EXAMINES).to_pylist()
        if texte and texte.strip()
    ]
    textes = [texte.strip() for texte in distincts]
    if not textes:
        return ""
    for quoi, reconnait, part in _FORMES:
        trouves = sum(1 for texte in textes if reconnait(texte))
        if trouves and trouves >= part * len(textes):
            return quoi
    prenoms = sum(1 for texte in textes if _is_first_name(texte))
    if prenoms >= _MIN and prenoms >= _PART * len(textes):
        return "des prénoms"
    return ""


def _is_nir(texte: str) -> bool:
    serre = texte.replace(" ", "").upper()
    if _NIR.fullmatch(serre) is None:
        return False
    corps = serre[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(corps) % 97 == int(serre[13:])


def _is_iban(texte: str) -> bool:
    if not texte[:2].isalpha():
        return False
    try:
        iban.validate(texte)
    except ValidationError:
        return False
    return True


def _is_first_name(texte: str) -> bool:
    """A first name alone, compound or followed by one other word."""
    if len(texte) > 40:  # noqa: PLR2004 — no such name
        return False
    mots = [_flatten(mot) for mot in _MOT.findall(texte)]
    if not mots or any(mot in _PAS_DES_PRENOMS for mot in mots):
        return False
    connus = _load_first_names()
    entier = "-".join(mots)
    if entier in connus or all(mot in connus for mot in mots):
        return len("".join(mots)) >= len(texte) - 3
    return len(mots) == 2 and mots[0] in connus and re.search(r"\d", texte) is None  # noqa: PLR2004


@cache
def _load_first_names() -> frozenset[str]:
    noms: set[str] = set()
    for langue in _LANGUES:
        fournisseur = importlib.import_module(f"faker.providers.person.{langue}").Provider
        for liste in ("first_names", "first_names_male", "first_names_female"):
            noms.update(_flatten(nom) for nom in getattr(fournisseur, liste, ()))
    return frozenset(noms)


def _flatten(texte: str) -> str:
    """Small letters without accents."""
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre)).lower()


_FORMES: tuple[tuple[str, Callable[[str], object], float], ...] = (
    ("des adresses électroniques", re.compile(_COURRIEL).search, 0),
    ("des numéros de sécurité sociale", _is_nir, 0),
    ("des comptes bancaires", _is_iban, 0),
    ("des numéros de téléphone", _TELEPHONE.fullmatch, 0.2),
    ("des dates de naissance", _NAISSANCE.fullmatch, _PART),
)
