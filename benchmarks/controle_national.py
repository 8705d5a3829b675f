"""Control of the cockpit on the national synthetic extract: every figure against plain SQL on the views.

The extract is written and imported; its import is timed against the floor of P1 (pyarrow reading the same
files as text and writing them as Parquet). Then each annexe, structure, kind, département of the money,
month and late entry of each year, then exits, people, supervision and funders of each structure, are compared
with a second computation, `tests/factories/controle_pilotage.py` and `controle_personnes.py`, that shares
nothing with the first. Last, published totals must come back (`totaux_publies.py`). The exit code is 1 when
one figure differs.

    python benchmarks/controle_national.py [FOLDER]    # about ten minutes; FOLDER keeps the extract
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from mesure import Ligne, Mesure, print_table
from national import ANNEES, DONNEES, import_extract, open_work_folder, write_extract
from pyarrow import csv as pacsv
from totaux_publies import list_totals

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories.controle_personnes import compare, expect_all, read_all
from factories.controle_pilotage import PAR_MOIS, expect, is_same, read, read_controle

from maillage.indicators.pilotage.etp import CONVENTIONNEES, compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import (
    list_annexes,
    list_mois,
    list_retards,
    list_structures,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.synthese import Synthese

    Rangee = dict[str, Any]

MOIS = 12
_MONTRES = 20


class Ecarts:
    """What was compared, and what differs."""

    def __init__(self) -> None:
        self.compares = 0
        self.differents: list[str] = []

    def check(self, ou: object, nos: Mapping[str, Any], leurs: Mapping[str, Any]) -> None:
        """Compare two sets of figures that have the same names."""
        if nos.keys() != leurs.keys():
            self.differents.append(f"{ou} : {sorted(nos.keys() ^ leurs.keys())}")
        for nom in nos.keys() & leurs.keys():
            self.compares += 1
            if not is_same(nos[nom], leurs[nom]):
                self.differents.append(f"{ou}, {nom} : {nos[nom]} / {leurs[nom]}")


def read_raw(extrait: Path, cible: Path) -> float:
    """The floor of P1 on every file of the extract: seconds to read it as text and write it as Parquet."""
    depart = perf_counter()
    for chemin in sorted(extrait.glob("*.csv.gz")):
        with gzip.open(chemin, "rt", encoding="utf-8") as lues:
            lues.readline()
            noms = lues.readline().rstrip("\n").split("|")
        lecteur = pacsv.open_csv(
            chemin,
            pacsv.ReadOptions(skip_rows=2, column_names=noms, block_size=16 << 20),
            pacsv.ParseOptions(delimiter="|", quote_char=False),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(noms, pa.string()), strings_can_be_null=False
            ),
        )
        with pq.ParquetWriter(cible, lecteur.schema, compression="zstd") as ecrivain:
            for bloc in lecteur:
                ecrivain.write_batch(bloc)
    return perf_counter() - depart


def find_departement(lieu: str) -> str:
    """Official code of the three signs of the ASP."""
    if lieu in {"02A", "02B"}:
        return lieu[1:]
    if lieu[2].isalpha():
        return lieu[:2]
    return lieu.removeprefix("0")


def check_year(faits: Faits, annee: int, ecarts: Ecarts) -> None:
    """Compare every figure of a year."""
    rangees = read_controle(faits.extrait, annee)
    _check_sets(
        ecarts,
        f"{annee}, annexe",
        {ligne.annexe_id: ligne.synthese for ligne in list_annexes(faits, annee)},
        _gather(rangees, lambda rangee: rangee["id"]),
    )
    _check_sets(
        ecarts,
        f"{annee}, structure",
        {(s.asp_id, s.type): s.synthese for s in list_structures(faits, annee)},
        _gather(rangees, lambda rangee: (rangee["asp"], rangee["type"])),
    )
    lignes = compute_annexes(faits, annee)
    types = _gather(rangees, lambda rangee: rangee["type"])
    departements = _gather(rangees, lambda rangee: find_departement(rangee["lieu"]))
    filtres = [(Filtre(types=frozenset([t])), t, attendus) for t, attendus in types.items()]
    filtres += [
        (Filtre(departements_argent=frozenset([d])), d, attendus)
        for d, attendus in departements.items()
    ]
    for filtre, nom, attendus in filtres:
        synthese = summarise(lignes, filtre.select(lignes))
        ecarts.check(f"{annee}, {nom}", read(synthese), expect(attendus))
    ecarts.check(f"{annee}, tout", read(summarise(lignes)), expect(rangees))
    en_cours = read_controle(faits.extrait, annee, perimetre=CONVENTIONNEES)
    _check_sets(
        ecarts,
        f"{annee}, annexe en cours",
        {li.annexe_id: li.synthese for li in list_annexes(faits, annee, perimetre=CONVENTIONNEES)},
        _gather(en_cours, lambda rangee: rangee["id"]),
    )
    if en_cours:
        toutes = summarise(compute_annexes(faits, annee, CONVENTIONNEES))
        ecarts.check(f"{annee}, tout en cours", read(toutes), expect(en_cours))
    compares, differents = compare(read_all(faits, annee), expect_all(faits.extrait, annee))
    ecarts.compares += compares
    ecarts.differents += [f"{annee}, {different}" for different in differents]
    _check_months(faits, annee, ecarts)
    _check_late(faits, annee, rangees, ecarts)


def _gather(rangees: list[Rangee], cle: Callable[[Rangee], Any]) -> dict[Any, list[Rangee]]:
    groupes = defaultdict(list)
    for rangee in rangees:
        groupes[cle(rangee)].append(rangee)
    return groupes


def _check_sets(
    ecarts: Ecarts, quoi: str, nos: dict[Any, Synthese], leurs: dict[Any, list[Rangee]]
) -> None:
    if nos.keys() != leurs.keys():
        ecarts.differents.append(f"{quoi} : {len(nos)} / {len(leurs)} lignes")
    for cle in nos.keys() & leurs.keys():
        ecarts.check(f"{quoi} {cle}", read(nos[cle]), expect(leurs[cle]))


def _check_months(faits: Faits, annee: int, ecarts: Ecarts) -> None:
    nos, leurs = list_mois(faits, annee), read_controle(faits.extrait, annee, PAR_MOIS)
    for ligne, rangee in zip(nos, leurs, strict=True):
        ecarts.check(
            f"{annee}, mois {ligne.mois}",
            {
                "mois": ligne.mois,
                "faites": ligne.annexes_faites,
                "en_retard": ligne.annexes_en_retard,
                "a_venir": ligne.annexes_a_venir,
                "conventionne_fait": ligne.conventionne_fait,
                "conventionne_en_retard": ligne.conventionne_en_retard,
                "conventionne_a_venir": ligne.conventionne_a_venir,
                "realise": ligne.realise,
                "heures": ligne.heures,
            },
            rangee,
        )


def _check_late(faits: Faits, annee: int, rangees: list[Rangee], ecarts: Ecarts) -> None:
    nos = {retard.annexe_id: retard for retard in list_retards(faits, annee)}
    leurs = {rangee["id"]: rangee for rangee in rangees if rangee["retard"]}
    if nos.keys() != leurs.keys():
        ecarts.differents.append(f"{annee}, retards : {len(nos)} / {len(leurs)} annexes")
    for cle in nos.keys() & leurs.keys():
        retard, rangee = nos[cle], leurs[cle]
        etp = rangee["conventionne_retard"]
        ecarts.check(
            f"{annee}, retard de {cle}",
            {"mois": len(retard.mois), "etp": retard.etp_mois, "euros": retard.euros},
            {"mois": rangee["retard"], "etp": etp, "euros": etp * rangee["unitaire"] / MOIS},
        )


def main() -> int:
    """Write, import, compare; print what was found."""
    with open_work_folder(sys.argv[1:]) as dossier:
        extrait = dossier / "national"
        if not extrait.exists():
            write_extract(extrait)
        plancher = Mesure(min(read_raw(extrait, dossier / "brut.parquet") for _ in range(2)))
        shutil.rmtree(dossier / DONNEES, ignore_errors=True)  # a second import would do nothing
        lecture, tout = import_extract(extrait)
        print("Import de l’extrait national, toutes les vues ; mémoire : pic du processus entier")
        print_table(
            [
                Ligne("lu, vérifié, gardé", lecture, plancher),
                Ligne("avec les faits du pilotage", tout, plancher),
            ]
        )
        faits, ecarts = load_faits(), Ecarts()
        for annee in range(ANNEES[0], ANNEES[1] + 1):
            check_year(faits, annee, ecarts)
        for total in list_totals(faits):
            print(f"{'  ' if total.is_back else '! '}{total}")
            ecarts.check(total.quoi, {"revient": total.is_back}, {"revient": True})
        print(f"{ecarts.compares} chiffres comparés, {len(ecarts.differents)} différents.")
        for different in ecarts.differents[:_MONTRES]:
            print(f"  {different}")
        return 1 if ecarts.differents else 0


if __name__ == "__main__":
    sys.exit(main())
