"""Errors that a person reads: what happened, with which value, where, and what to do.

Programmers get `ValueError` and its like, in English. Members, analysts and operators get a
`UserError`, in French, with a code that the documentation lists.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One problem found, and the way out of it.

    Attributes:
        code: `MLG-…`, stable, documented in docs/reference/erreurs.md.
        quoi: What is wrong, with the offending value. French sentence.
        que_faire: What the reader can do about it. French sentence.
        ou: Where: file, line, column, article. Empty when it has no place.
    """

    code: str
    quoi: str
    que_faire: str
    ou: str = ""

    def __str__(self) -> str:
        place = f" ({self.ou})" if self.ou else ""
        return f"[{self.code}] {self.quoi}{place} — {self.que_faire}"


class UserError(Exception):
    """One or several problems that stop the work, told together.

    Attributes:
        anomalies: Every problem found, in the order of the file or of the question.
        exit_code: What a command that meets it returns to the shell.
    """

    exit_code = 1

    def __init__(self, *anomalies: Anomalie) -> None:
        if not anomalies:
            msg = "a UserError carries at least one Anomalie"
            raise ValueError(msg)
        self.anomalies = anomalies
        super().__init__("\n".join(str(anomalie) for anomalie in anomalies))


class SaisieInvalide(UserError):
    """What was typed cannot be understood as it stands."""

    exit_code = 2


class FichierInvalide(UserError):
    """A file cannot be used as it stands."""

    exit_code = 3


class Introuvable(UserError):
    """What was asked for does not exist, or several things answer to the name."""

    exit_code = 4


class DonneesIndisponibles(UserError):
    """Data that the work needs are missing, damaged or out of reach."""

    exit_code = 5


class EnvironnementInvalide(UserError):
    """The machine does not allow the work: rights, port, disk."""

    exit_code = 6


class Interrompu(UserError):
    """The work was stopped on request; nothing of it was kept."""

    exit_code = 130
