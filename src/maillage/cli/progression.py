"""Shows that long work goes on, on the error stream, so that results stay clean on stdout."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from maillage.cli.page import typographie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def show_progress(title: str, *, in_logs: bool = True) -> Iterator[Callable[[str], None]]:
    """A moving bar and the current step on a terminal; one line per step in a log.

    Args:
        title: What is being done.
        in_logs: Whether the steps are worth a line when nobody watches.
    """
    if not sys.stderr.isatty():
        yield (
            lambda step: typer.echo(typographie(f"{title} : {step}"), err=True) if in_logs else None
        )
        return
    from rich.console import Console  # noqa: PLC0415 — only when something is shown
    from rich.progress import (  # noqa: PLC0415 — only when something is shown
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    # the number of steps is not known beforehand: the bar pulses
    columns = (BarColumn(20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda step: progress.update(task, description=typographie(f"{title} : {step}"))
