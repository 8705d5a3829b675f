"""One Chromium for every browser test, that may speak to nothing but this machine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from factories.navigateur import CHROMIUMS, GESTES, OPTIONS, Surveillance, settle
from playwright.sync_api import Locator, Page, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext


PATIENCE = 60_000
"""Milliseconds."""


@pytest.fixture(scope="session", autouse=True)
def _gestes_qui_attendent() -> Iterator[None]:
    """Every gesture of a test is done when the page it opens is there."""
    with pytest.MonkeyPatch.context() as remplace:
        for nature in (Locator, Page):
            for geste in GESTES:
                remplace.setattr(nature, geste, settle(getattr(nature, geste)))
        yield


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """Chromium of the system; the test is skipped by name where there is none."""
    chemin = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chemin is None:
        pytest.skip(f"aucun navigateur : {', '.join(CHROMIUMS)}")
    # no test is timed: what is awaited may come late on a machine that does other work
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chemin, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def surveillance() -> Surveillance:
    """What the pages of the test did wrong."""
    return Surveillance()


@pytest.fixture
def contexte(navigateur: Browser, surveillance: Surveillance) -> Iterator[BrowserContext]:
    """A fresh browser profile, watched."""
    context = navigateur.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    context.on("page", surveillance.watch)
    yield context
    context.close()
