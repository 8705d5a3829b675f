"""Everything that must hold: style, types, layers, tests, coverage. `make test` runs it.

Every check runs even when one fails, so that one run shows all there is to mend. What could not
run, and why, is the last thing printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
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
SLOW = ("tests/browser", "tests/integration/web/membres")
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


def run_members_on_postgres(environment: dict[str, str], url: str, out: IO[str]) -> bool:
    """Run the tests of the members' area a second time, on PostgreSQL."""
    with services.temporary_database(url, "membres") as base:
        return run(
            "tests de l’espace adhérents, sur PostgreSQL",
            *("pytest", "--cov", "--cov-report=", "tests/integration/web/membres"),
            environment={
                **environment,
                "MAILLAGE_BASE": base,
                "COVERAGE_FILE": str(ROOT / ".coverage.postgres"),
            },
            out=out,
        )


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


def run_slow_tests(environment: dict[str, str], out: IO[str]) -> bool:
    """Browsers and the members' area, then the latter again on PostgreSQL where there is one."""
    passed = run(
        "tests : navigateur, espace adhérents",
        *("pytest", "--cov", "--cov-report=", *SLOW),
        environment={**environment, "COVERAGE_FILE": str(ROOT / ".coverage.lents")},
        out=out,
    )
    url = environment.get("MAILLAGE_TEST_POSTGRES")
    return (run_members_on_postgres(environment, url, out) if url else True) and passed


def run_chosen_tests(missing: list[str]) -> list[str]:
    """Run what the words of the command line name, alone."""
    with ExitStack() as stack:
        environment = find_services(stack, missing)
        words = ("pytest", "--cov", "--cov-report=", *sys.argv[1:])
        return [] if run("tests", *words, environment=environment) else ["tests"]


def run_everything(missing: list[str]) -> list[str]:
    """Style, types, layers, every test and OpenFisca; what failed.

    Two cores are two lines of work: the slow tests go on one side, all the rest on the other, and
    what the slow ones print is shown when they are over.
    """
    failed = []
    with ExitStack() as stack:
        environment = find_services(stack, missing)
        slow_out = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        beside = stack.enter_context(ThreadPoolExecutor(1))
        slow = beside.submit(run_slow_tests, environment, slow_out)
        failed += [label for label, words in STATIC.items() if not run(label, *words)]
        passed = run(
            "tests",
            *("pytest", "--cov", "--cov-report=", *(f"--ignore={folder}" for folder in SLOW)),
            environment={**environment, "COVERAGE_FILE": str(ROOT / ".coverage.rapides")},
        )
        if not run_openfisca(missing):
            failed.append("OpenFisca")
        if not all((slow.result(), passed)):
            failed.append("tests")
        slow_out.seek(0)
        shutil.copyfileobj(slow_out, sys.stdout)
    run("couverture", "coverage", "combine", "--quiet")
    return failed


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


def run_openfisca(missing: list[str]) -> bool:
    """The same rules served by OpenFisca, where its environment can be made; True when all holds."""
    sys.stdout.write("\n── OpenFisca : cas, API web, parité\n")
    sys.stdout.flush()
    if not openfisca.is_installable():
        missing.append(
            "l’environnement d’OpenFisca n’a pas pu être créé : ses cas, son API web et la parité "
            "avec OpenFisca-France n’ont pas tourné. Vérifiez le réseau, puis relancez."
        )
        return True
    return openfisca.check()


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
