"""What is kept of an account number: its digits, cut where they would say who."""

from __future__ import annotations

import re

_CHIFFRES = re.compile(r"[0-9]+")
_TIERS = 4
"""Digits kept in class 4, where programs put the customer or the employee into the number."""
_MIN = 3


def keep_compte(texte: str) -> str:
    """Account that is kept of a written one; empty when its first three characters are not digits.

    Class 4 (third parties) is cut to four digits, other classes to their leading digits: « 411DUPONT »
    is 411, « 42100017 » is 4210, « 70840012 » stays.
    """
    serre = texte.strip().strip('"').strip()
    trouve = _CHIFFRES.match(serre)
    if trouve is None or len(trouve.group()) < _MIN or serre[0] == "0":
        return ""
    chiffres = trouve.group()
    return chiffres[:_TIERS] if chiffres[0] == "4" else chiffres
