"""Refusals of the rules: what is not modelled is never replaced by a guess."""

from __future__ import annotations

from maillage.kernel.errors import UserError


class PeriodeNonModelisee(UserError):
    """A legal value, or a rule, is not known on the day it is asked for."""

    exit_code = 3
