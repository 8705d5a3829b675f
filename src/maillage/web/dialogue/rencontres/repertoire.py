"""Whether a meeting counts for the register of interest representatives, in the words of its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.web.dialogue.models import Rencontre
from maillage.web.dialogue.registre.comptage import Sort, judge
from maillage.web.dialogue.registre.contacts import load_contact

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPERTOIRE = "au répertoire des représentants d’intérêts"
_DITS: Mapping[Sort, str] = {
    Sort.COMPTE: f"Comptée {_REPERTOIRE}.",
    Sort.NON_COMPTE: f"Non comptée {_REPERTOIRE}.",
    Sort.A_PRECISER: f"On ne peut pas encore dire si elle compte {_REPERTOIRE}.",
}
_PREVUE = f"Sera comptée {_REPERTOIRE} si elle a lieu."


def tell_count(rencontre: Rencontre) -> str:
    """Whether a meeting counts, and why; of one that is planned, whether it will.

    The rule is the register's own; its participants and their offices are best loaded before.
    """
    contact = load_contact(rencontre)
    is_prevue = rencontre.statut == Rencontre.Statut.PREVUE
    sort, motif = judge(replace(contact, is_tenue=True) if is_prevue else contact)
    dit = _PREVUE if is_prevue and sort is Sort.COMPTE else _DITS[sort]
    return f"{dit} {motif}"
