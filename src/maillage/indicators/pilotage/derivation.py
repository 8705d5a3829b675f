"""Facts of an extract, derived once from its views: see `faits` for what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.data.sources.flux_iae.typage import ARROW
from maillage.data.store import query_parquet, read_parquet, write_parquet_atomically
from maillage.indicators.pilotage import annexes_sql as sql
from maillage.indicators.pilotage.faits import ANNEXES, MOIS, VERSION
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.extraits import Extrait

_EMI = "EtatMensuelIndiv"
_SQL = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("s"): "TIMESTAMP",
}


def derive_faits(extrait: Extrait) -> None:
    """Write the tables of facts of an extract beside its views.

    Args:
        extrait: Its views are read, its directory of facts is written.

    Raises:
        FichierInvalide: statements are repeated (MLG-FLX-022).
    """
    annexes = derive_annexes(extrait)
    _write(annexes, extrait.fait("annexes"))
    _write(derive_mois(extrait, annexes), extrait.fait("mois"))


def derive_annexes(extrait: Extrait) -> pa.Table:
    """One row per annexe, in the version that holds. Schema `faits.ANNEXES`."""
    tables: dict[str, Path | pa.Table] = {
        "annexe_financiere": _complete("AnnexeFinanciere", extrait.vue("AnnexeFinanciere")),
        "structure": _complete("Structure", extrait.vue("Structure")),
    }
    diviseur, referentiel = sql.DIVISEUR, ""
    if extrait.has_vue("RefMontantIae"):
        tables["ref_montant_iae"] = _complete("RefMontantIae", extrait.vue("RefMontantIae"))
        diviseur, referentiel = sql.DIVISEUR_OU_REFERENTIEL, sql.REFERENTIEL
    question = sql.VERSIONS.format(
        jour=extrait.extraction.isoformat(), diviseur=diviseur, referentiel=referentiel
    )
    annexes = query_parquet(question, tables).cast(ANNEXES)
    rang = annexes.schema.get_field_index("montant_calcule_centimes")
    return annexes.set_column(rang, ANNEXES.field(rang), _compute_amounts(annexes))


def derive_mois(extrait: Extrait, annexes: pa.Table) -> pa.Table:
    """Every month of every annexe. Schema `faits.MOIS`; empty without the monthly statements.

    Raises:
        FichierInvalide: statements are repeated (MLG-FLX-022).
    """
    if not extrait.has_vue(_EMI):
        return MOIS.empty_table()
    etat_mensuel = extrait.vue(_EMI)
    repetees = query_parquet(sql.REPETEES, {"etat_mensuel": etat_mensuel}, extrait.dossier)
    nombre = repetees.column("repetees")[0].as_py()
    if nombre:
        raise FichierInvalide(
            Anomalie(
                "MLG-FLX-022",
                f"{nombre} lignes de la vue {_EMI} répètent l’identifiant d’une autre "
                "(emi_dsm_id) : leurs heures compteraient deux fois.",
                "Demandez de nouveau l’extrait.",
                _EMI,
            )
        )
    tables: dict[str, Path | pa.Table] = {"etat_mensuel": etat_mensuel, "annexes": annexes}
    question = sql.MOIS.format(
        jour=extrait.extraction.isoformat(), absentes=_list_absent(_EMI, etat_mensuel)
    )
    return query_parquet(question, tables, extrait.dossier).cast(MOIS)


def _complete(vue: str, chemin: Path) -> pa.Table:
    """The view with every column of the dictionary, those that the file lacks being null."""
    table = read_parquet(chemin)
    for colonne in load_dictionnaire()[vue]:
        if colonne.nom_garde not in table.column_names:
            vide = pa.nulls(table.num_rows, ARROW[colonne.type])
            table = table.append_column(colonne.nom_garde, vide)
    return table


def _list_absent(vue: str, chemin: Path) -> str:
    """Columns of the dictionary that a file lacks, as null columns of a SELECT."""
    presentes = set(pq.read_schema(chemin).names)
    return "".join(
        f", CAST(NULL AS {_SQL[ARROW[colonne.type]]}) AS {colonne.nom_garde}"
        for colonne in load_dictionnaire()[vue]
        if colonne.nom_garde not in presentes
    )


def _compute_amounts(annexes: pa.Table) -> pa.Array:
    """Agreed amount of each annexe as the ASP rounds it; null when a term is unknown."""
    colonnes = [
        annexes.column(nom).combine_chunks()
        for nom in ("etp_centiemes", "montant_unitaire_centimes", "duree_mois")
    ]
    connus = np.asarray(pc.and_(pc.and_(*map(pc.is_valid, colonnes[:2])), pc.is_valid(colonnes[2])))
    etp, unitaire, duree = (
        np.asarray(pc.fill_null(pc.cast(colonne, pa.int64()), 0)) for colonne in colonnes
    )
    return pa.array(montant_total_annuel_centimes(etp, unitaire, duree), mask=~connus)


def _write(table: pa.Table, chemin: Path) -> None:
    write_parquet_atomically(table, chemin, {"version": str(VERSION)})
