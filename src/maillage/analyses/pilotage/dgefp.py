"""The weekly file of the DGEFP beside the cockpit: two computations of one thing, never merged."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.data.sources.dgefp import MILLION
from maillage.indicators.pilotage.tableaux import list_annexes
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.data.sources.dgefp import FichierDgefp, LigneDgefp
    from maillage.indicators.pilotage.lecture import Faits

AIDE_AU_POSTE: Final = "Aide au poste"
_AVENANTS = re.compile(r"A\d+M\d+$")


@dataclass(frozen=True, slots=True)
class SommeDgefp:
    """Sums of a year by kind of aid and funder; what no row gives is an absence.

    Attributes:
        annee: Of the analysis.
        type_aide: Kind of aid.
        financeur: Funder.
        annexes: Annexes.
        conventionnes: ETP agreed.
        plafonnes: ETP realised, capped.
        declares: ETP declared.
        montant: Euros agreed.
    """

    annee: int
    type_aide: str
    financeur: str
    annexes: int
    conventionnes: Valeur
    plafonnes: Valeur
    declares: Valeur
    montant: Valeur


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """One annexe in the file, and in the extract.

    Attributes:
        annee: Of the analysis.
        annexe: Number, without its amendments.
        denomination: Of the structure, in the extract; empty when the extract has no such annexe.
        conventionnes: ETP agreed, all funders together, in the file.
        plafonnes: ETP realised and capped, in the file.
        plafonnes_extrait: The same by the extract, over the year so far.
        ecart: The file less the extract.
    """

    annee: int
    annexe: str
    denomination: str
    conventionnes: Valeur
    plafonnes: Valeur
    plafonnes_extrait: Valeur
    ecart: Valeur


def sum_by_funder(fichier: FichierDgefp) -> list[SommeDgefp]:
    """Sums of the file, by year, kind of aid and funder."""
    groupes: dict[tuple[int, str, str], list[LigneDgefp]] = defaultdict(list)
    for ligne in fichier.lignes:
        groupes[ligne.annee, ligne.type_aide, ligne.financeur].append(ligne)
    return [
        SommeDgefp(
            *cle,
            annexes=len({ligne.annexe for ligne in lignes}),
            conventionnes=_sum(ligne.conventionnes for ligne in lignes),
            plafonnes=_sum(ligne.plafonnes for ligne in lignes),
            declares=_sum(ligne.declares for ligne in lignes),
            montant=_sum(ligne.montant for ligne in lignes),
        )
        for cle, lignes in sorted(groupes.items())
    ]


def set_beside(fichier: FichierDgefp, faits: Faits) -> list[Rapprochement]:
    """Each annexe of the file beside the extract, the largest differences first.

    Args:
        fichier: Only its rows of the aide au poste.
        faits: Of an extract. An annexe is found by its number, amendments left out.
    """
    lues: dict[tuple[int, str], list[LigneDgefp]] = defaultdict(list)
    for ligne in fichier.lignes:
        if ligne.type_aide.casefold() == AIDE_AU_POSTE.casefold():
            lues[ligne.annee, strip_amendments(ligne.annexe)].append(ligne)
    connues = {
        (annee, strip_amendments(a.numero)): a
        for annee in {annee for annee, _ in lues}
        for a in list_annexes(faits, annee)
    }
    trouves = []
    for (annee, annexe), lignes in lues.items():
        sienne = connues.get((annee, annexe))
        plafonnes = _sum(ligne.plafonnes for ligne in lignes)
        ici: Valeur = sienne.synthese.plafonne_annuel if sienne else Absence.INCONNUE
        trouves.append(
            Rapprochement(
                annee,
                annexe,
                sienne.denomination if sienne else "",
                _sum(ligne.conventionnes for ligne in lignes),
                plafonnes,
                ici,
                _minus(plafonnes, ici),
            )
        )
    return sorted(trouves, key=lambda r: (-_size(r.ecart), r.annee, r.annexe))


def strip_amendments(numero: str) -> str:
    """Number of an annexe without its renewal and modification: « AI035250010A0M1 » to « AI035250010 »."""
    return _AVENANTS.sub("", numero)


def _sum(millioniemes: Iterable[int | None]) -> Valeur:
    connus = [valeur for valeur in millioniemes if valeur is not None]
    return sum(connus) / MILLION if connus else Absence.INCONNUE


def _minus(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence) or isinstance(b, Absence):
        return Absence.INCONNUE
    return a - b


def _size(valeur: Valeur) -> float:
    return -1.0 if isinstance(valeur, Absence) else abs(valeur)
