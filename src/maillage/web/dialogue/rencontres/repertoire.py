"""Whether a meeting counts for the register of interest representatives, and why.

Source:
    Décret 2017-867 du 9 mai 2017, art. 1: only communications on the organisation's own initiative
    count, with the public officials that the law names by category.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import join_fr
from maillage.web.dialogue.models import Rencontre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.dialogue.models import Participant


@dataclass(frozen=True, slots=True)
class Compte:
    """Whether a meeting counts.

    Attributes:
        is_comptee: True or False; None when something that decides is not known.
        phrase: The reason, as a sentence.
    """

    is_comptee: bool | None
    phrase: str


_REPERTOIRE = "au répertoire des représentants d’intérêts"
_AUTRES = {
    Rencontre.Initiative.STATUTAIRE: "l’instance a été convoquée, le réseau ne l’a pas demandée",
    Rencontre.Initiative.INTERLOCUTEUR: "l’interlocuteur l’a demandée, pas le réseau",
}
_INCONNUES = {
    Rencontre.Initiative.COMMUNE: "elle est notée à l’initiative des deux parties",
    Rencontre.Initiative.INCONNUE: "on ne sait pas qui l’a demandée",
}


def tell_count(rencontre: Rencontre, participants: Sequence[Participant]) -> Compte:
    """Whether a meeting counts for the register, and why.

    Args:
        rencontre: The meeting.
        participants: Those of the meeting, with their offices.
    """
    initiative = Rencontre.Initiative(rencontre.initiative)
    if rencontre.statut == Rencontre.Statut.ANNULEE:
        return Compte(
            is_comptee=False, phrase=f"Non comptée {_REPERTOIRE}\u00a0: elle n’a pas eu lieu."
        )
    if initiative in _AUTRES:
        motif = _AUTRES[initiative]
        if rencontre.demandee_par and initiative is Rencontre.Initiative.INTERLOCUTEUR:
            motif += f" (demandée par\u00a0: {rencontre.demandee_par})"
        return Compte(is_comptee=False, phrase=f"Non comptée {_REPERTOIRE}\u00a0: {motif}.")
    if initiative in _INCONNUES:
        return Compte(
            is_comptee=None,
            phrase=f"On ne peut pas dire si elle compte {_REPERTOIRE}\u00a0: {_INCONNUES[initiative]}. Seuls "
            "comptent les contacts à l’initiative du réseau\u00a0; précisez qui a demandé.",
        )
    return _tell_own(rencontre, participants)


def _tell_own(rencontre: Rencontre, participants: Sequence[Participant]) -> Compte:
    """The network asked for it: does one of the officials concerned take part?"""
    absents = [p for p in participants if p.is_present is False]
    categories = {
        str(p.charge.get_categorie_display())
        for p in participants
        if p.cote == p.Cote.INTERLOCUTEUR
        and p not in absents
        and p.charge is not None
        and p.charge.categorie
    }
    if not categories:
        return Compte(
            is_comptee=None,
            phrase=f"On ne peut pas dire si elle compte {_REPERTOIRE}\u00a0: le réseau l’a demandée, mais aucun "
            "interlocuteur n’est rattaché à une charge publique du répertoire. Rattachez-le dans la "
            "liste des participants.",
        )
    verbe = "Comptée" if rencontre.statut == Rencontre.Statut.TENUE else "Sera comptée"
    return Compte(
        is_comptee=True,
        phrase=f"{verbe} {_REPERTOIRE}\u00a0: le réseau l’a demandée, auprès de «\u00a0"
        f"{join_fr(sorted(categories))}\u00a0».",
    )
