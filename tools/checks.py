"""Everything that must hold: style, types, layers, tests, coverage. `make test` runs it.

Every check runs even when one fails, so that one run shows all there is to mend. What could not
run, and why, is the last thing printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO

import openfisca
import services

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
IN_CI = bool(os.environ.get("CI"))

STATIC = {
    "style": ("ruff", "check", "."),
    "mise en forme": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "étages": ("lint-imports",),
}
MEMBERS = "tests/integration/web/membres"
TESTS = {
    "le reste": (
        "tests/architecture",
        "tests/unit",
        "tests/cases",
        "tests/integration",
        f"--ignore={MEMBERS}",
    ),
    "navigateur": ("tests/browser",),
    "espace adhérents": (MEMBERS,),
    "propriétés": ("tests/properties",),
}
"""Shares of the tests, the longest first."""
LINES = 2
SHOWING = Lock()
Job = Callable[[IO[str]], bool]
COVERAGE = {
    "kernel": ("src/maillage/kernel/*", 100),
    "regles": ("src/maillage/regles/*", 100),
    "indicators": ("src/maillage/indicators/*", 100),
    "le reste": ("src/maillage/*", 90),
}


def run(
    label: str,
    *words: str,
    environment: dict[str, str] | None = None,
    out: IO[str] = sys.stdout,
) -> bool:
    """Run one program of the environment, with a heading; True when it succeeds."""
    out.write(f"\n── {label}\n")
    out.flush()
    command = [str(BIN / words[0]), *words[1:]]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=out, stderr=subprocess.STDOUT
    )
    return done.returncode == 0


def add_openid_provider(environment: dict[str, str], missing: list[str]) -> None:
    """Say to the tests where the OpenID provider is installed."""
    folder = services.get_openid_provider()
    if folder is None:
        missing.append(
            "Le fournisseur OpenID des tests n’a pas pu être installé (Node.js, npm) : les tests "
            "marqués « openid » n’ont pas tourné. Installez les paquets nodejs et npm, puis relancez."
        )
    else:
        environment["MAILLAGE_TEST_OPENID"] = str(folder)


def find_services(stack: ExitStack, missing: list[str]) -> dict[str, str]:
    """Environment of the tests, with what they need started, and what is missing said."""
    environment = dict(os.environ)
    chromium = services.get_chromium()
    if chromium is None:
        missing.append(
            "Chromium est introuvable et n’a pas pu être installé : les tests marqués "
            "« navigateur » n’ont pas tourné. Installez le paquet chromium, puis relancez."
        )
    else:
        environment["MAILLAGE_TEST_CHROMIUM"] = chromium
    programs = services.get_postgres()
    if programs is None:
        missing.append(
            "PostgreSQL est introuvable et n’a pas pu être installé : les tests marqués "
            "« postgres » n’ont pas tourné. Installez le paquet postgresql, puis relancez."
        )
    else:
        url = stack.enter_context(services.temporary_postgres(programs))
        environment["MAILLAGE_TEST_POSTGRES"] = url
    if not (ROOT.parent / "shared" / "data").is_dir():
        missing.append(
            "Les tables publiées ne sont pas à côté du projet : les tests marqués "
            "« donnees_partagees » n’ont pas tourné (le paquet embarqué est testé sans elles)."
        )
    add_openid_provider(environment, missing)
    return environment


def run_chosen_tests(missing: list[str]) -> list[str]:
    """Run what the words of the command line name, alone."""
    with ExitStack() as stack:
        environment = find_services(stack, missing)
        words = ("pytest", "--cov", "--cov-report=", *sys.argv[1:])
        return [] if run("tests", *words, environment=environment) else ["tests"]


def run_everything(missing: list[str]) -> list[str]:
    """Style, types, layers, every test and OpenFisca; what failed.

    Two cores are two lines of work, that take the next job as soon as they are free. What a job
    prints is shown when it is over.
    """
    with ExitStack() as stack:
        environment = find_services(stack, missing)
        jobs = list_jobs(environment, missing)
        lines = stack.enter_context(ThreadPoolExecutor(LINES))
        started = [(label, lines.submit(run_job, label, job)) for label, job in jobs]
        failed = [label for label, job in started if not job.result()]
    run("couverture", "coverage", "combine", "--quiet")
    return failed


def list_jobs(environment: dict[str, str], missing: list[str]) -> list[tuple[str, Job]]:
    """Everything that must hold, the longest first, so that both lines end together."""
    jobs: list[tuple[str, Job]] = [
        (f"tests ({label})", partial(run_tests, label, folders, environment))
        for label, folders in TESTS.items()
    ]
    url = environment.get("MAILLAGE_TEST_POSTGRES")
    if url:
        jobs.insert(3, ("tests (PostgreSQL)", partial(run_members_on_postgres, environment, url)))
    jobs.append(("OpenFisca", partial(run_openfisca, missing)))
    jobs += [(label, partial(run_static, label, words)) for label, words in STATIC.items()]
    return jobs


def run_job(label: str, job: Job) -> bool:
    """Say that a job starts, run it, show at its end all it printed; True when it succeeds."""
    show(f"… {label}\n")
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        start = time.monotonic()
        passed = job(out)
        out.write(f"({time.monotonic() - start:.0f} s)\n")
        out.seek(0)
        show(out.read())
    return passed


def show(text: str) -> None:
    """Write on the terminal, one job at a time."""
    with SHOWING:
        sys.stdout.write(text)
        sys.stdout.flush()


def run_tests(
    label: str, folders: tuple[str, ...], environment: dict[str, str], out: IO[str]
) -> bool:
    """One share of the tests, with its coverage; a browser looks at servers, which it does not measure."""
    file = ROOT / f".coverage.{label.replace(' ', '-')}"
    measure = () if label == "navigateur" else ("--cov", "--cov-report=")
    return run(
        f"tests : {label}",
        *("pytest", *measure, *folders),
        environment={**environment, "COVERAGE_FILE": str(file)},
        out=out,
    )


def run_members_on_postgres(environment: dict[str, str], url: str, out: IO[str]) -> bool:
    """The tests of the members' area a second time, on PostgreSQL; their coverage is the first's.

    Those that start databases of their own, and the walk of the table of rights, ran with the first.
    """
    with services.temporary_database(url, "membres") as base:
        return run(
            "tests : espace adhérents, sur PostgreSQL",
            *("pytest", MEMBERS, "-m", "not une_fois"),
            environment={**environment, "MAILLAGE_BASE": base},
            out=out,
        )


def run_static(label: str, words: tuple[str, ...], out: IO[str]) -> bool:
    """One check that runs nothing of the product."""
    return run(label, *words, out=out)


def list_uncovered() -> list[str]:
    """Rooms whose branch coverage is under its floor."""
    return [
        f"couverture de {label}"
        for label, (pattern, floor) in COVERAGE.items()
        if not run(
            f"couverture : {label} (au moins {floor} %)",
            "coverage",
            "report",
            f"--include={pattern}",
            f"--fail-under={floor}",
            "--skip-covered",
            "--show-missing",
        )
    ]


def run_openfisca(missing: list[str], out: IO[str]) -> bool:
    """The same rules served by OpenFisca, where its environment can be made; True when all holds."""
    out.write("\n── OpenFisca : cas, API web, parité\n")
    out.flush()
    if not openfisca.is_installable():
        missing.append(
            "l’environnement d’OpenFisca n’a pas pu être créé : ses cas, son API web et la parité "
            "avec OpenFisca-France n’ont pas tourné. Vérifiez le réseau, puis relancez."
        )
        return True
    return openfisca.check(out)


def main() -> None:
    """Run all checks and say, last, what failed and what could not run.

    Raises:
        SystemExit: something failed, or, in continuous integration, something could not run.
    """
    missing: list[str] = []
    failed = run_chosen_tests(missing) if sys.argv[1:] else run_everything(missing)
    if sys.argv[1:]:
        missing.append("Seuls les tests nommés ont tourné : la couverture n’est pas jugée.")
    elif missing:
        missing.append(
            "La couverture n’est jugée que lorsque tous les tests ont pu tourner : voir ci-dessus."
        )
    else:
        failed += list_uncovered()
    sys.stdout.write("\n── bilan\n")
    for message in missing:
        sys.stdout.write(f"Non vérifié : {message}\n")
    if failed:
        sys.stdout.write(f"En échec : {', '.join(failed)}\n")
    else:
        sys.stdout.write("Tout ce qui a tourné est juste.\n")
    raise SystemExit(1 if failed or (IN_CI and missing) else 0)


if __name__ == "__main__":
    main()
