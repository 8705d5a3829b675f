"""The number of an annexe financière, which names its measure, its département and its year.

Source:
    Form of the number in les-emplois (`itou/utils/validators.py`, `itou/companies/models.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from maillage.kernel.commune import CodeDepartement, is_departement
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.siret import read_identifiant

_FORME = re.compile(
    r"(?P<mesure>ACI|EI|AI|ETTI|EITI)"
    r"(?P<departement_asp>[0-9]{2}[A-Z0-9])"
    r"(?P<millesime>[0-9]{2})"
    r"(?P<numero_ordre>[0-9]{4})"
    r"A(?P<avenant_renouvellement>[0-9])"
    r"M(?P<avenant_modification>[0-9])"
)
_SIECLE = 2000  # the ASP writes two digits; the extranet is younger than the century


@dataclass(frozen=True, slots=True, order=True)
class NumeroAnnexe:
    """Number of an annexe financière; `str()` gives it back as printed.

    Attributes:
        mesure: ACI, EI, AI, ETTI or EITI.
        departement_asp: Three characters as printed: « 051 », « 972 », « 02A », « 59L » (Lille),
            « 59V » (Valenciennes).
        millesime: Year of the annexe, four digits.
        numero_ordre: Four digits, leading zeros kept.
        avenant_renouvellement: Number of the renewal amendment, 0 to 9.
        avenant_modification: Number of the modification amendment, 0 to 9.

    Raises:
        ValueError: the parts do not make such a number.
    """

    mesure: str
    departement_asp: str
    millesime: int
    numero_ordre: str
    avenant_renouvellement: int
    avenant_modification: int

    def __post_init__(self) -> None:
        if not is_numero_annexe(str(self)):
            msg = f"{self} is not the number of an annexe"
            raise ValueError(msg)

    def __str__(self) -> str:
        return f"{self.prefixe}A{self.avenant_renouvellement}M{self.avenant_modification}"

    @property
    def prefixe(self) -> str:
        """Number without its amendments: what renewals and modifications of one annexe share."""
        annee = self.millesime - _SIECLE
        return f"{self.mesure}{self.departement_asp}{annee:02d}{self.numero_ordre}"

    @property
    def code_departement(self) -> CodeDepartement | None:
        """Département that the money belongs to; None outside the 101 départements.

        It is the département of the convention, not always that of the structure.
        """
        code = _normalise_departement(self.departement_asp)
        return CodeDepartement(code) if is_departement(code) else None


def _normalise_departement(departement_asp: str) -> str:
    """Usual code: 051 → 51, 59L → 59, 02A → 2A, 972 → 972."""
    if departement_asp in {"02A", "02B"}:
        return departement_asp[1:]
    if departement_asp[2].isalpha():
        return departement_asp[:2]
    return departement_asp.removeprefix("0")


def is_numero_annexe(texte: str) -> bool:
    """Whether the text is exactly such a number, without spaces and in capitals."""
    return _FORME.fullmatch(texte) is not None


def parse_numero_annexe(saisie: object) -> NumeroAnnexe:
    """Number that a text stands for; spaces and small letters are accepted.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-030 not such a number.
    """
    serre = read_identifiant(saisie, "le numéro d’annexe financière")
    trouve = _FORME.fullmatch(serre)
    if trouve is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ID-030",
                f"{guillemets(str(saisie))} n’est pas un numéro d’annexe financière.",
                "Il s’écrit mesure (ACI, AI, EI, ETTI, EITI), département sur 3 caractères, année "
                "sur 2, ordre sur 4, puis A et M suivis d’un chiffre, par exemple ACI051170013A0M1.",
            )
        )
    return NumeroAnnexe(
        mesure=trouve["mesure"],
        departement_asp=trouve["departement_asp"],
        millesime=_SIECLE + int(trouve["millesime"]),
        numero_ordre=trouve["numero_ordre"],
        avenant_renouvellement=int(trouve["avenant_renouvellement"]),
        avenant_modification=int(trouve["avenant_modification"]),
    )
