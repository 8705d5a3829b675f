"""What an organisation holds over time, as plain values, and the rules that such lists keep.

The screens and the files say the same things, so the same values and the same checks serve both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.siret import parse_siret
from maillage.web.network.models import TYPES_SIAE, CotisationAnnuelle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MONTANT_MAX_CENTIMES: Final = 10_000_000_00
ANNEE_MIN, ANNEE_MAX = 1900, 2200
STATUTS: Final = tuple(statut.value for statut in CotisationAnnuelle.Statut)


@dataclass(frozen=True, slots=True, order=True)
class LigneConvention:
    """One convention: (SIRET, kind) is its key.

    Attributes:
        type_siae: AI, ACI, EI, ETTI or EITI.
        siret: Fourteen digits, text.
        commune: Official code; empty when it is not known.
    """

    type_siae: str
    siret: str
    commune: str = ""

    @property
    def cle(self) -> tuple[str, str]:
        """Its key, which the register and the extracts of the State share."""
        return self.siret, self.type_siae


@dataclass(frozen=True, slots=True, order=True)
class LigneAdhesion:
    """One period of membership; without an end, it runs."""

    date_debut: date
    date_fin: date | None = None

    @property
    def fin_connue(self) -> date:
        """Its last day, far away when it runs."""
        return self.date_fin or date.max


@dataclass(frozen=True, slots=True, order=True)
class LigneCotisation:
    """The dues of one year.

    Attributes:
        annee: Year.
        statut: Where they stand.
        date_statut: Since when.
        montant_centimes: Amount; None when it is not known, which is not zero.
        date_echeance: To be paid before; None when no day was set.
    """

    annee: int
    statut: str
    date_statut: date
    montant_centimes: int | None = None
    date_echeance: date | None = None


def check_conventions(
    lignes: Sequence[LigneConvention], siren: str, *, is_structure: bool
) -> list[Anomalie]:
    """What is wrong with the conventions of one organisation."""
    if lignes and not is_structure:
        return [
            Anomalie(
                "MLG-ORG-010",
                "Seule une structure tient des conventions.",
                "Changez la nature de l’organisation, ou retirez les conventions.",
            )
        ]
    return [
        *(anomalie for ligne in lignes for anomalie in _check_convention(ligne, siren)),
        *_check_doubles(
            [f"{ligne.type_siae} {ligne.siret}" for ligne in lignes],
            "MLG-ORG-011",
            "La convention",
        ),
    ]


def _check_convention(ligne: LigneConvention, siren: str) -> Iterator[Anomalie]:
    if ligne.type_siae not in TYPES_SIAE:
        yield Anomalie(
            "MLG-ORG-012",
            f"{guillemets(ligne.type_siae)} n’est pas un type de structure.",
            f"Types possibles\u00a0: {join_fr(TYPES_SIAE, 'ou')}.",
        )
    try:
        siret = parse_siret(ligne.siret)
    except SaisieInvalide as error:
        yield from error.anomalies
        return
    if siren and siret.siren.numero != siren:
        yield Anomalie(
            "MLG-ORG-013",
            f"Le SIRET {siret.lisible} n’est pas celui d’un établissement du SIREN {siren}.",
            "Corrigez l’un des deux\u00a0: les neuf premiers chiffres d’un SIRET sont le SIREN. "
            "Une autre personne morale est une autre organisation.",
        )


def check_adhesions(lignes: Sequence[LigneAdhesion], *, is_structure: bool) -> list[Anomalie]:
    """What is wrong with the membership periods of one organisation."""
    if lignes and not is_structure:
        return [_for_structures("Seule une structure adhère.", "les adhésions")]
    found = [
        Anomalie(
            "MLG-ORG-014",
            f"L’adhésion du {ligne.date_debut:%d/%m/%Y} finit avant de commencer.",
            "Corrigez l’une des deux dates.",
        )
        for ligne in lignes
        if ligne.date_fin is not None and ligne.date_fin < ligne.date_debut
    ]
    ordre = sorted(lignes, key=lambda ligne: (ligne.date_debut, ligne.fin_connue))
    found += [
        Anomalie(
            "MLG-ORG-015",
            f"L’adhésion du {apres.date_debut:%d/%m/%Y} commence avant la fin de celle du "
            f"{avant.date_debut:%d/%m/%Y}.",
            "Finissez la première avant de commencer la seconde, ou gardez-en une seule.",
        )
        for avant, apres in pairwise(ordre)
        if apres.date_debut <= avant.fin_connue
    ]
    return found


def check_cotisations(lignes: Sequence[LigneCotisation], *, is_structure: bool) -> list[Anomalie]:
    """What is wrong with the dues of one organisation."""
    if lignes and not is_structure:
        return [_for_structures("Seule une structure doit une cotisation.", "les cotisations")]
    return [
        *(anomalie for ligne in lignes for anomalie in _check_cotisation(ligne)),
        *_check_doubles(
            [str(ligne.annee) for ligne in lignes], "MLG-ORG-016", "La cotisation de l’année"
        ),
    ]


def _check_cotisation(ligne: LigneCotisation) -> Iterator[Anomalie]:
    if not ANNEE_MIN <= ligne.annee <= ANNEE_MAX:
        yield Anomalie(
            "MLG-ORG-017",
            f"{ligne.annee} n’est pas l’année d’une cotisation.",
            f"Une année se situe entre {ANNEE_MIN} et {ANNEE_MAX}.",
        )
    if ligne.statut not in STATUTS:
        yield Anomalie(
            "MLG-ORG-018",
            f"{guillemets(ligne.statut)} n’est pas un statut de cotisation.",
            f"Statuts possibles\u00a0: {join_fr(STATUTS, 'ou')}.",
        )
    montant = ligne.montant_centimes
    if montant is not None and not 0 <= montant <= MONTANT_MAX_CENTIMES:
        yield Anomalie(
            "MLG-ORG-019",
            f"Le montant de la cotisation {ligne.annee} n’est pas entre 0 et 10 millions d’euros.",
            "Vérifiez le signe et la virgule\u00a0; laissez vide un montant inconnu.",
        )


def _for_structures(quoi: str, quelles: str) -> Anomalie:
    return Anomalie(
        "MLG-ORG-010", quoi, f"Changez la nature de l’organisation, ou retirez {quelles}."
    )


def _check_doubles(cles: Iterable[str], code: str, nom: str) -> list[Anomalie]:
    toutes = list(cles)
    return [
        Anomalie(code, f"{nom} {cle} est donnée deux fois.", "Gardez-en une seule.")
        for cle in sorted({cle for cle in toutes if toutes.count(cle) > 1})
    ]
