"""Facts of an extract, derived once from its views: see `faits` for what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from maillage.data.sources.flux_iae.colonnes import Nature, load_dictionnaire
from maillage.data.sources.flux_iae.typage import ARROW
from maillage.data.store import query_parquet, read_parquet, write_parquet_atomically
from maillage.indicators.pilotage import annexes_sql as sql
from maillage.indicators.pilotage import personnes_sql, sorties_sql
from maillage.indicators.pilotage.faits import ANNEXES, MOIS, PERSONNES, SORTIES, VERSION
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.extraits import Extrait
    from maillage.data.sources.flux_iae.colonnes import Colonne

_EMI = "EtatMensuelIndiv"
_REFERENTIELS_SORTIES = ("RefMotifSort", "RefCategorieSort")
_NOMS = {
    "ContratMission": "contrat_mission",
    "Salarie": "salarie",
    "RefMotifSort": "ref_motif",
    "RefCategorieSort": "ref_categorie",
}
"""How the questions name the views."""
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
    _write(derive_personnes(extrait, annexes), extrait.fait("personnes"))
    _write(derive_sorties(extrait, annexes), extrait.fait("sorties"))


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


def derive_personnes(extrait: Extrait, annexes: pa.Table) -> pa.Table:
    """Who worked on each annexe. Schema `faits.PERSONNES`; empty without the monthly statements."""
    if not extrait.has_vue(_EMI):
        return PERSONNES.empty_table()
    return _ask_statements(
        personnes_sql.PERSONNES, extrait, annexes, ("ContratMission", "Salarie")
    ).cast(PERSONNES)


def derive_sorties(extrait: Extrait, annexes: pa.Table) -> pa.Table:
    """Exits of each annexe. Schema `faits.SORTIES`; empty without the statements or the referentials."""
    if not all(map(extrait.has_vue, (_EMI, *_REFERENTIELS_SORTIES))):
        return SORTIES.empty_table()
    vues = ("ContratMission", *_REFERENTIELS_SORTIES)
    return _ask_statements(sorties_sql.SORTIES, extrait, annexes, vues).cast(SORTIES)


def _ask_statements(
    question: str, extrait: Extrait, annexes: pa.Table, vues: tuple[str, ...]
) -> pa.Table:
    """Answer to a question over the statements and other views; those that are missing are empty."""
    etat_mensuel = extrait.vue(_EMI)
    tables: dict[str, Path | pa.Table] = {"etat_mensuel": etat_mensuel, "annexes": annexes}
    for vue in vues:
        tables[_NOMS[vue]] = (
            _complete(vue, extrait.vue(vue)) if extrait.has_vue(vue) else _make_empty(vue)
        )
    absentes = _list_absent(_EMI, etat_mensuel)
    return query_parquet(question.format(absentes=absentes), tables, extrait.dossier)


def _make_empty(vue: str) -> pa.Table:
    """A view that the extract does not have: its known columns, and no row."""
    champs = [(c.nom_garde, _arrow_of(c)) for c in load_dictionnaire()[vue]]
    return pa.schema(champs).empty_table()


def _arrow_of(colonne: Colonne) -> pa.DataType:
    """Type in which a column is kept: that of a person's identifier is the type of its hash."""
    return pa.int64() if colonne.nature is Nature.CLE_PERSONNE else ARROW[colonne.type]


def _complete(vue: str, chemin: Path) -> Path | pa.Table:
    """The view with every column of the dictionary: the file itself, or its table with null columns."""
    if not _list_absent(vue, chemin):
        return chemin
    table = read_parquet(chemin)
    for colonne in load_dictionnaire()[vue]:
        if colonne.nom_garde not in table.column_names:
            vide = pa.nulls(table.num_rows, _arrow_of(colonne))
            table = table.append_column(colonne.nom_garde, vide)
    return table


def _list_absent(vue: str, chemin: Path) -> str:
    """Columns of the dictionary that a file lacks, as null columns of a SELECT."""
    presentes = set(pq.read_schema(chemin).names)
    return "".join(
        f", CAST(NULL AS {_SQL[_arrow_of(colonne)]}) AS {colonne.nom_garde}"
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
