"""P2: roll-ups of the cockpit: ETP agreed, realised and gap by month × structure × territory × kind.

From the views, as an import does: annexes in the version that holds, months done, late and to come, then
the sums. The floor is one query written by hand for DuckDB over the same Parquet files, that chooses no
version and tells no late month. The peer is the same query on PostgreSQL, the rows loaded beforehand.
`python benchmarks/p2_pilotage.py 4600` measures the country; 400 structures by default.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from mesure import Ligne, measure, print_table
from reseau import ANNEE, open_network

from maillage.analyses.pilotage.agregats import roll_up
from maillage.data.store import query_parquet
from maillage.indicators.pilotage.derivation import derive_annexes, derive_mois
from maillage.indicators.pilotage.lecture import make_faits

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.lecture import Faits

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import services

STRUCTURES = 400
PAR = ("mois", "structure", "departement", "type")
_COLONNES = {
    "AnnexeFinanciere": (
        *("af_id_annexe_financiere", "af_id_structure", "af_mesure_dispositif_code"),
        *("af_numero_annexe_financiere", "af_etat_annexe_financiere_code"),
        *("af_etp_postes_insertion_centiemes", "af_duree_heure_annuel_etp_valeur_centiemes"),
    ),
    "EtatMensuelIndiv": (
        *("emi_afi_id", "emi_sme_annee", "emi_sme_mois", "emi_esm_etat_code"),
        "emi_nb_heures_travail_centiemes",
    ),
}
A_LA_MAIN = """
WITH saisi AS (
    SELECT emi_afi_id, emi_sme_mois, sum(emi_nb_heures_travail_centiemes) AS heures
    FROM etatmensuelindiv WHERE emi_sme_annee = 2025 AND emi_esm_etat_code <> 'BROUILLON'
    GROUP BY 1, 2
)
SELECT emi_sme_mois, af_id_structure, substring(af_numero_annexe_financiere, 3, 3),
    af_mesure_dispositif_code, sum(af_etp_postes_insertion_centiemes) AS conventionne,
    sum(heures * 12.0 / nullif(af_duree_heure_annuel_etp_valeur_centiemes, 0)) AS realise
FROM saisi JOIN annexefinanciere ON emi_afi_id = af_id_annexe_financiere
WHERE af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
GROUP BY 1, 2, 3, 4
"""


def ours(extrait: Extrait, faits: Faits) -> Callable[[], object]:
    """From the views to the sums."""

    def work() -> object:
        annexes = derive_annexes(extrait)
        mois = derive_mois(extrait, annexes)
        tables = {"personnes": faits.personnes, "sorties": faits.sorties}
        return roll_up(
            make_faits(extrait, {"annexes": annexes, "mois": mois, **tables}), ANNEE, PAR
        )

    return work


def main() -> None:
    """Make the network, measure, print the table."""
    structures = int(sys.argv[1]) if len(sys.argv) > 1 else STRUCTURES
    with open_network(structures) as faits:
        extrait = faits.extrait
        vues = {vue.lower(): extrait.vue(vue) for vue in _COLONNES}
        works: dict[str, Callable[[], object]] = {
            "nous": ours(extrait, faits),
            "plancher": lambda: query_parquet(A_LA_MAIN, vues),
            "faits": lambda: roll_up(faits, ANNEE, PAR),
        }
        programs = services.get_postgres()
        if programs is None:
            sys.stdout.write("PostgreSQL absent : pas de pair.\n")
            found = measure(works)
        else:
            with services.temporary_postgres(programs) as url:
                works["pair"] = load_postgres(url, extrait)
                found = measure(works)
        lignes = extrait.vues["EtatMensuelIndiv"]
        print_table(
            [
                Ligne(
                    f"sommes, {lignes} relevés", found["nous"], found["plancher"], found.get("pair")
                ),
                Ligne(
                    "sommes, faits déjà tirés", found["faits"], found["plancher"], found.get("pair")
                ),
            ]
        )


def load_postgres(url: str, extrait: Extrait) -> Callable[[], object]:
    """The two views in PostgreSQL, and the same query there."""
    import psycopg  # noqa: PLC0415 — an optional engine

    connexion = psycopg.connect(url, autocommit=True)
    for vue, colonnes in _COLONNES.items():
        table = pq.read_table(extrait.vue(vue), columns=list(colonnes))
        champs = ", ".join(
            f"{nom} {'text' if pa.types.is_string(table.schema.field(nom).type) else 'bigint'}"
            for nom in colonnes
        )
        connexion.execute(f"CREATE TABLE {vue.lower()} ({champs})")
        with connexion.cursor().copy(f"COPY {vue.lower()} FROM STDIN") as copie:
            for lot in table.to_batches():
                for rangee in zip(*(colonne.to_pylist() for colonne in lot.columns), strict=True):
                    copie.write_row(rangee)
        connexion.execute(f"ANALYZE {vue.lower()}")
    return lambda: connexion.execute(A_LA_MAIN).fetchall()


if __name__ == "__main__":
    main()
