"""What is personal and has no place in the file of an organisation: refused by header and by content.

A message about such a cell never repeats it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import iban
from stdnum.fr import nir

from maillage.analyses.diagnosis.names import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

# Words of a header, without accents, that announce a personal column.
_ENTETES: Mapping[str, str] = {
    "nir": "un numéro de sécurité sociale",
    "nss": "un numéro de sécurité sociale",
    "securite sociale": "un numéro de sécurité sociale",
    "numero secu": "un numéro de sécurité sociale",
    "naissance": "une date ou un lieu de naissance",
    "ne le": "une date de naissance",
    "age": "un âge",
    "iban": "des coordonnées bancaires",
    "bic": "des coordonnées bancaires",
    "rib": "des coordonnées bancaires",
    "nationalite": "une nationalité",
    "sexe": "un sexe",
    "genre": "un genre",
    "civilite": "une civilité",
    "situation familiale": "une situation familiale",
    "adresse personnelle": "une adresse personnelle",
    "telephone personnel": "un téléphone personnel",
    "portable": "un téléphone personnel",
    "salaire": "un salaire",
    "sante": "une donnée de santé",
    "handicap": "une donnée de santé",
    "rqth": "une donnée de santé",
}
_NIR = re.compile(r"(?<![0-9A-Z])[1-478](?:[ .]?[0-9]){5}[ .]?[0-9AB](?:[ .]?[0-9]){8}(?![0-9A-Z])")
_IBAN = re.compile(r"(?<![0-9A-Z])[A-Z]{2}[0-9]{2}(?:[ -]?[0-9A-Z]){11,30}(?![0-9A-Z])")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2})(?!\d)"
)
_IBAN_MIN = 15


CONTACTS: Mapping[str, str] = {
    "email": "une adresse e-mail",
    "e mail": "une adresse e-mail",
    "mail": "une adresse e-mail",
    "courriel": "une adresse e-mail",
    "telephone": "un numéro de téléphone",
    "tel": "un numéro de téléphone",
    "mobile": "un numéro de téléphone",
    "adresse postale": "une adresse personnelle",
}
"""Words of a header that are personal in files where only people have such a thing."""


def find_personal_header(entete: str, aussi: Mapping[str, str] | None = None) -> str | None:
    """What a personal column would bring, in French; None when its header announces nothing.

    Args:
        entete: As the file writes it.
        aussi: Further words that announce something personal in this kind of file, and what.
    """
    mots = f" {normalize(entete)} "
    return next(
        (quoi for cle, quoi in {**_ENTETES, **(aussi or {})}.items() if f" {cle} " in mots), None
    )


def find_personal_content(texte: str, *, has_dates: bool = False) -> str | None:
    """What a text holds of a person and should not; None when nothing.

    Args:
        texte: A cell, or what was typed in a field.
        has_dates: Whether dates are expected there; elsewhere one is taken for a date of birth.
    """
    majuscules = texte.upper()
    if any(nir.is_valid(_digits(m.group())) for m in _NIR.finditer(majuscules)):
        return "un numéro de sécurité sociale"
    if any(_holds_iban(m.group()) for m in _IBAN.finditer(majuscules)):
        return "des coordonnées bancaires"
    if not has_dates and _DATE.search(texte):
        return "une date, comme une date de naissance"
    return None


def _digits(texte: str) -> str:
    return texte.replace(" ", "").replace(".", "")


def _holds_iban(texte: str) -> bool:
    """Whether an IBAN starts the text: what follows it in the same cell may look like its end."""
    serre = texte.replace(" ", "").replace("-", "")
    longueurs = range(_IBAN_MIN, len(serre) + 1)
    return any(iban.is_valid(serre[:longueur]) for longueur in longueurs)
