"""Complements and avenants as they are typed, on a form or on the command line.

One reader for both, so that the same mistake is told in the same words; `ou` is the name of the
field, and all the problems come together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from maillage.analyses.annexes.demande import (
    Beneficiaires,
    CdiInclusion,
    DemandeComplements,
    Modulation,
    Passerelle,
)
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.money import Centimes
from maillage.kernel.period import Mois
from maillage.regles.aide_au_poste.saisie import ANNEE_MAX, ANNEE_MIN, ETP_MAX, MONTANT_MAX
from maillage.regles.versement.avenant import Avenant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    T = TypeVar("T")

POIDS = ("poids_personnes", "poids_moyens", "poids_resultats")
NOTES = ("note_personnes", "note_moyens", "note_resultats")
PASSERELLE = ("passerelle_etp", "passerelle_mois")
CDI = ("cdi_etp", "cdi_embauche")
BENEFICIAIRES, RSA = "rsa_beneficiaires", "rsa_montant"
CHAMPS_COMPLEMENTS = (*POIDS, *NOTES, *PASSERELLE, *CDI, BENEFICIAIRES, RSA)
"""Fields of the complements, in the order in which they are asked."""
AVENANT_MOIS, AVENANT_ETP = "avenant_mois", "avenant_etp"
AVENANT_MONTANT, AVENANT_DECISION = "avenant_montant", "avenant_decision"
CHAMPS_AVENANT = (AVENANT_MOIS, AVENANT_ETP, AVENANT_MONTANT, AVENANT_DECISION)
"""Fields of an avenant."""

_ENTIER = re.compile(r"[0-9]{1,6}")
_NOMBRE = re.compile(r"-?[0-9]{1,9}([.,][0-9]+)?")
_MOIS_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_MOIS_FR = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_JOUR_FR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_CENT = 100
_PASSERELLE_MAX = 6


@dataclass
class _Lecteur:
    """Reads fields and keeps what is wrong with each."""

    textes: Mapping[str, str]
    anomalies: list[Anomalie] = field(default_factory=list)

    def is_given(self, champs: Sequence[str]) -> bool:
        """Whether something is typed in one of the fields."""
        return any(self.text(champ) for champ in champs)

    def text(self, champ: str) -> str:
        return self.textes.get(champ, "").strip()

    def read(self, champ: str, parse: Callable[[str], T]) -> T | None:
        """Content of a needed field; None, and a problem, when it is empty or wrong."""
        if not self.text(champ):
            self.anomalies.append(
                Anomalie(
                    "MLG-CAL-002",
                    "Ce champ est vide, et un autre de la même partie est rempli.",
                    "Complétez-le, ou videz toute la partie.",
                    champ,
                )
            )
            return None
        return self.read_if_given(champ, parse)

    def read_if_given(self, champ: str, parse: Callable[[str], T]) -> T | None:
        """Content of a field that may stay empty; None when it is, or is wrong."""
        if not self.text(champ):
            return None
        try:
            return parse(self.text(champ))
        except SaisieInvalide as refus:
            self.anomalies += [replace(anomalie, ou=champ) for anomalie in refus.anomalies]
            return None


def read_complements(
    textes: Mapping[str, str],
) -> tuple[DemandeComplements, tuple[Anomalie, ...]]:
    """Complements asked for, and every problem, `ou` being the field.

    Args:
        textes: What was typed, by field of `CHAMPS_COMPLEMENTS`; an absent field is empty.
    """
    lecteur = _Lecteur(textes)
    demande = DemandeComplements(
        modulation=_read_modulation(lecteur),
        passerelle=_read_passerelle(lecteur),
        cdi=_read_cdi(lecteur),
        beneficiaires=_read_beneficiaires(lecteur),
    )
    return demande, tuple(lecteur.anomalies)


def read_avenant(textes: Mapping[str, str]) -> tuple[Avenant | None, tuple[Anomalie, ...]]:
    """The avenant typed, None when there is none or it is wrong; and every problem.

    Args:
        textes: What was typed, by field of `CHAMPS_AVENANT`; an absent field is empty.
    """
    lecteur = _Lecteur(textes)
    if not lecteur.is_given(CHAMPS_AVENANT):
        return None, ()
    effet = lecteur.read(AVENANT_MOIS, parse_mois)
    etp = lecteur.read_if_given(AVENANT_ETP, parse_centiemes)
    montant = lecteur.read_if_given(AVENANT_MONTANT, parse_euros)
    decision = lecteur.read_if_given(AVENANT_DECISION, parse_mois)
    if lecteur.anomalies or effet is None:
        return None, tuple(lecteur.anomalies)
    try:
        nombre = None if etp is None else Decimal(etp).scaleb(-2)
        return Avenant(effet, nombre, montant, decision), ()
    except SaisieInvalide as refus:
        return None, tuple(replace(un, ou=AVENANT_MOIS) for un in refus.anomalies)


def parse_entier(texte: str, maximum: int) -> int:
    """Whole number from 0 to a maximum.

    Raises:
        SaisieInvalide: MLG-CAL-001, it is not one.
    """
    if _ENTIER.fullmatch(texte) is None or int(texte) > maximum:
        _refuse(
            "MLG-CAL-001",
            f"{guillemets(texte)} n’est pas un nombre entier de 0 à {maximum}.",
            "Écrivez-le en chiffres, sans décimale.",
        )
    return int(texte)


def parse_centiemes(texte: str) -> int:
    """ETP with two decimals at most, in hundredths.

    Raises:
        SaisieInvalide: MLG-CAL-001, it is not such a number.
    """
    nombre = _parse_nombre(texte)
    if not 0 <= nombre <= ETP_MAX or nombre * _CENT % 1:
        _refuse(
            "MLG-CAL-001",
            f"{guillemets(texte)} n’est pas un nombre d’ETP.",
            f"Écrivez un nombre de 0 à {ETP_MAX}, avec deux décimales au plus, par exemple 7,43.",
        )
    return int(nombre * _CENT)


def parse_euros(texte: str) -> Centimes:
    """Amount in euros, two decimals at most.

    Raises:
        SaisieInvalide: MLG-CAL-001, it is not an amount.
    """
    nombre = _parse_nombre(re.sub(r"[\s€]", "", texte))
    if not 0 <= nombre <= MONTANT_MAX or nombre * _CENT % 1:
        _refuse(
            "MLG-CAL-001",
            f"{guillemets(texte)} n’est pas un montant.",
            f"Écrivez un nombre d’euros de 0 à {MONTANT_MAX}, par exemple 1 509 ou 646,52.",
        )
    return Centimes(int(nombre * _CENT))


def parse_mois(texte: str) -> Mois:
    """Month written 07/2022 or 2022-07.

    Raises:
        SaisieInvalide: MLG-CAL-003, it is not a month, or its year is not modelled.
    """
    iso, francais = _MOIS_ISO.fullmatch(texte), _MOIS_FR.fullmatch(texte)
    parts = iso.groups() if iso else francais.groups()[::-1] if francais else ("0", "0")
    annee, mois = map(int, parts)
    if not (ANNEE_MIN <= annee <= ANNEE_MAX and 1 <= mois <= 12):  # noqa: PLR2004 — months
        _refuse(
            "MLG-CAL-003",
            f"{guillemets(texte)} n’est pas un mois entre {ANNEE_MIN} et {ANNEE_MAX}.",
            "Écrivez le mois et l’année : 07/2022.",
        )
    return Mois(annee, mois)


def parse_jour(texte: str) -> date:
    """Day written 15/07/2022 or 2022-07-15.

    Raises:
        SaisieInvalide: MLG-CAL-004, it is not a day, or its year is not modelled.
    """
    francais = _JOUR_FR.fullmatch(texte)
    try:
        jour = date(*map(int, francais.groups()[::-1])) if francais else date.fromisoformat(texte)
    except ValueError:
        jour = date.min
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        _refuse(
            "MLG-CAL-004",
            f"{guillemets(texte)} n’est pas un jour entre {ANNEE_MIN} et {ANNEE_MAX}.",
            "Écrivez le jour, le mois et l’année : 15/07/2022.",
        )
    return jour


def parse_nombres(texte: str) -> tuple[int, ...]:
    """Whole numbers separated by spaces, commas or semicolons.

    Raises:
        SaisieInvalide: MLG-CAL-001, one is not a whole number.
    """
    return tuple(
        parse_entier(mot, int(ETP_MAX)) for mot in re.split(r"[\s,;]+", texte.strip(" ,;"))
    )


def _read_modulation(lecteur: _Lecteur) -> Modulation | None:
    if not lecteur.is_given((*POIDS, *NOTES)):
        return None
    lus = [lecteur.read(champ, _parse_pourcent) for champ in (*POIDS, *NOTES)]
    entiers = [un for un in lus if un is not None]
    if len(entiers) < len(lus):
        return None
    poids, notes = entiers[: len(POIDS)], entiers[len(POIDS) :]
    if sum(poids) != _CENT:
        lecteur.anomalies.append(
            Anomalie(
                "MLG-REG-211",
                f"Les poids des trois critères font {sum(poids)}, et non {_CENT}.",
                "Donnez les poids du département, en pour cent : aucun poids national n’existe.",
                POIDS[0],
            )
        )
        return None
    return Modulation((poids[0], poids[1], poids[2]), (notes[0], notes[1], notes[2]))


def _read_passerelle(lecteur: _Lecteur) -> Passerelle | None:
    if not lecteur.is_given(PASSERELLE):
        return None
    etp = lecteur.read(PASSERELLE[0], parse_centiemes)
    mois = lecteur.read(PASSERELLE[1], lambda texte: parse_entier(texte, _PASSERELLE_MAX))
    return None if etp is None or mois is None else Passerelle(etp, mois)


def _read_cdi(lecteur: _Lecteur) -> CdiInclusion | None:
    if not lecteur.is_given(CDI):
        return None
    etp = lecteur.read(CDI[0], parse_centiemes)
    embauche = lecteur.read(CDI[1], parse_jour)
    return None if etp is None or embauche is None else CdiInclusion(etp, embauche)


def _read_beneficiaires(lecteur: _Lecteur) -> Beneficiaires | None:
    if not lecteur.is_given((BENEFICIAIRES, RSA)):
        return None
    nombres = lecteur.read(BENEFICIAIRES, parse_nombres)
    rsa = lecteur.read_if_given(RSA, parse_euros)
    return None if nombres is None else Beneficiaires(nombres, rsa)


def _parse_pourcent(texte: str) -> int:
    return parse_entier(texte, _CENT)


def _parse_nombre(texte: str) -> Decimal:
    if _NOMBRE.fullmatch(texte) is None:
        _refuse(
            "MLG-CAL-001",
            f"{guillemets(texte)} n’est pas un nombre.",
            "Écrivez des chiffres, avec une virgule avant les décimales.",
        )
    return Decimal(texte.replace(",", "."))


def _refuse(code: str, quoi: str, que_faire: str) -> NoReturn:
    raise SaisieInvalide(Anomalie(code, quoi, que_faire))
