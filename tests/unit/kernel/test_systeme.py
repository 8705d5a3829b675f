"""The reasons of the system are told in French, whatever the machine's language."""

from __future__ import annotations

import errno

from maillage.kernel.systeme import explain_os_error


def test_usual_reason_is_in_french() -> None:
    assert explain_os_error(OSError(errno.ENOSPC, "No space left")) == "plus de place sur le disque"


def test_unusual_reason_keeps_its_number() -> None:
    assert explain_os_error(OSError(errno.ENOTTY, "x")) == f"erreur système n° {errno.ENOTTY}"


def test_error_without_number_says_so() -> None:
    assert explain_os_error(OSError("x")) == "erreur système n° inconnu"
