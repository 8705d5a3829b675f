"""Codes of rejection in plain words: what the code names, and what can be checked."""

from __future__ import annotations

from dataclasses import dataclass

_ASP = "Demandez à la DDETS qui instruit la convention, ou à l’ASP, ce qui est attendu."


@dataclass(frozen=True, slots=True)
class Motif:
    """A code of rejection, read by Maillage.

    Attributes:
        code: As published.
        libelle: What the code names, in a few words.
        sens: What it means, as far as the code says; a French sentence.
        que_faire: What can be checked or asked; a French sentence.
        is_bancaire: Whether it is about bank details.
        is_connu: Whether the code was ever seen in a public source.
    """

    code: str
    libelle: str
    sens: str
    que_faire: str
    is_bancaire: bool = False
    is_connu: bool = True


def explain_motif(code: str) -> Motif:
    """What a code of rejection means; one that nobody published says so."""
    raise NotImplementedError(code)


def explain_motifs(codes: str) -> tuple[Motif, ...]:
    """What several codes mean, written as in the facts: separated by a space, without repetition."""
    return tuple(explain_motif(code) for code in sorted(set(codes.split())))
