from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maillage.data.sources.live.cache import Cache, write_bytes_atomically

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://exemple.invalid/x?a=1"
HEADERS = {"ETag": '"1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT", "Content-Type": "A/B"}


def kept(folder: Path) -> Cache:
    cache = Cache(folder)
    cache.hold(URL, b"corps", HEADERS)
    cache.retain()
    return cache


def test_an_answer_held_is_not_found_before_it_is_retained(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.hold(URL, b"corps", HEADERS)
    assert cache.find(URL) is None
    cache.forget()
    cache.retain()
    assert cache.find(URL) is None


def test_a_retained_answer_comes_back_with_its_validators(tmp_path: Path) -> None:
    kept(tmp_path)
    again = Cache(tmp_path)
    found = again.find(URL)
    assert found is not None
    assert (found.corps, found.type_contenu, found.inchangee) == (b"corps", "a/b", True)
    assert again.conditions(URL) == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Mon, 23 Nov 2026 10:00:00 GMT",
    }


def test_a_damaged_body_is_asked_again_in_full(tmp_path: Path) -> None:
    cache = kept(tmp_path)
    next(tmp_path.glob("*.corps")).write_bytes(b"corpt")
    assert cache.find(URL) is None
    assert cache.conditions(URL) == {}


@pytest.mark.parametrize("note", [b"", b"[]", b"{}", b"\xff"])
def test_a_damaged_note_is_no_note(tmp_path: Path, note: bytes) -> None:
    cache = kept(tmp_path)
    next(tmp_path.glob("*.json")).write_bytes(note)
    assert cache.find(URL) is None
    assert cache.conditions(URL) == {}


def test_without_validator_nothing_is_written(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.hold(URL, b"corps", {})
    cache.retain()
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "dossier"
    target.mkdir()
    with pytest.raises(OSError, match="dossier"):
        write_bytes_atomically(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]
