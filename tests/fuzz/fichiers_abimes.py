"""Coverage-guided fuzzing of the two readers of files that people send: extracts and accounting files.

    python tests/fuzz/fichiers_abimes.py fec -max_total_time=600
    python tests/fuzz/fichiers_abimes.py extrait -max_total_time=600

Run by `make fuzz`, in an environment of its own. The fuzzer learns which bytes reach which lines of Python and
mutates from there; what must hold is what the properties check: told or refused, nothing half-kept. A failure
stops the run and leaves the bytes in a file; it then becomes a case of the tests.
"""

from __future__ import annotations

import gzip
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

RACINE = Path(__file__).parents[1]
sys.path[:0] = [str(RACINE), str(RACINE / "properties" / "data")]
TAILLE_MAX = 20_000

with atheris.instrument_imports(include=["maillage"]):
    from factories.fec import write_fec
    from factories.flux_iae import annexe, releve, structure, write_extrait

    check_whole_or_refused = import_module("test_extraits_abimes").check_whole_or_refused
    check_told_or_refused = import_module("test_fec_abimes").check_told_or_refused


def fuzz_fec(octets: bytes) -> None:
    """One accounting file."""
    with TemporaryDirectory() as nom:
        chemin = Path(nom) / "732829320FEC20241231.txt"
        chemin.write_bytes(octets)
        check_told_or_refused(chemin)


def make_extrait_fuzzer() -> tuple[object, list[bytes]]:
    """One monthly view beside two good ones; the last byte accepts the repairs or not."""
    with TemporaryDirectory() as nom:
        dossier = write_extrait(
            Path(nom) / "modele",
            {
                "Structure": [structure(1)],
                "AnnexeFinanciere": [annexe(10)],
                "EtatMensuelIndiv": [releve(mois) for mois in range(1, 7)],
            },
        )
        modele = {f.name: gzip.decompress(f.read_bytes()) for f in dossier.iterdir()}
    (vue,) = (nom for nom in modele if "EtatMensuelIndiv" in nom)

    def fuzz(octets: bytes) -> None:
        with TemporaryDirectory() as nom:
            dossier = Path(nom)
            os.environ["MAILLAGE_DONNEES"] = str(dossier / "donnees")
            (dossier / "extrait").mkdir()
            for fichier, contenu in modele.items():
                ecrit = octets if fichier == vue else contenu
                (dossier / "extrait" / fichier.removesuffix(".gz")).write_bytes(ecrit)
            check_whole_or_refused(dossier, accepte=bool(octets) and octets[-1] % 2 == 0)

    return fuzz, [modele[vue]]


def main() -> None:
    """Fuzz one of the two until libFuzzer's own options stop it."""
    quoi, *options = sys.argv[1:] or ["fec"]
    if quoi == "extrait":
        fuzz, graines = make_extrait_fuzzer()
    else:
        with TemporaryDirectory() as nom:
            fuzz, graines = fuzz_fec, [write_fec(Path(nom)).read_bytes()]
    with TemporaryDirectory() as corpus:
        for rang, graine in enumerate(graines):
            (Path(corpus) / str(rang)).write_bytes(graine)
        atheris.Setup([sys.argv[0], f"-max_len={TAILLE_MAX}", *options, corpus], fuzz)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
