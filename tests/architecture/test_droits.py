"""The page of rights is the one that the program writes, and says what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.web.droits.documentation import render_droits, write
from maillage.web.droits.permissions import LIBELLES, Permission, Role
from maillage.web.network.roles import _DONNES

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_page_of_rights_is_up_to_date(tmp_path: Path) -> None:
    """`tools/documentation.py` refreshes it."""
    write(tmp_path / "droits.md")
    ecrite = (tmp_path / "droits.md").read_text(encoding="utf-8")
    assert (REFERENCE / "droits.md").read_text(encoding="utf-8") == ecrite


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_on_the_page(permission: Permission) -> None:
    debut = LIBELLES[permission].split("\u00a0")[0].split(" :")[0].split(" «")[0]
    assert f"| {debut}" in render_droits()


def test_what_the_page_says_of_giving_roles_is_what_is_done() -> None:
    assert _DONNES[Role.ADMINISTRATION] == frozenset(Role)
    assert _DONNES[Role.DELEGATION] == frozenset(Role) - {Role.ADMINISTRATION}
    assert _DONNES[Role.DIRECTION] == {Role.DIRECTION, Role.EQUIPE}
