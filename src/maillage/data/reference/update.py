"""Brings the reference up to date from the publishers that answer over the network.

Each source stands alone: when one fails, its former state stays in service and the report says
why. Nothing here is needed to work: without any update, Maillage uses the pack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.reference.admission import BAISSE_MAX, Terrain, admit_figures, check_codes
from maillage.data.reference.pack import Pack, embedded_pack
from maillage.data.reference.schema import SERIES
from maillage.data.reference.update_file import (
    COMMUNES_ACTUELLES,
    DOSSIER,
    DOSSIER_CACHE,
    SIAE_OUVERTES,
    Acceptee,
    read_accepted,
    write_accepted,
)
from maillage.data.sources.live import (
    caf,
    geo_api,
    insee_bdm,
    insee_melodi,
    poem,
    recherche_entreprises,
)
from maillage.data.sources.live.fetch import Client, Echange, Service
from maillage.data.store import ensure_writable
from maillage.kernel.errors import (
    Anomalie,
    DonneesIndisponibles,
    FichierInvalide,
    SaisieInvalide,
    UserError,
)
from maillage.kernel.francais import accorder, de
from maillage.kernel.niveau import Niveau
from maillage.kernel.systeme import explain_os_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from maillage.data.sources.live.recolte import Recolte


class Etat(Enum):
    """How the update of one source ended. The value is the word shown, in French."""

    MISE_A_JOUR = "mise à jour"
    INCHANGEE = "inchangée"
    ECHEC = "échec"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How the update of one source went.

    Attributes:
        code: Name of the source.
        etat: How it ended.
        lignes: Rows in service for it after the update; 0 when there are none.
        periode: Newest period in service for it; empty when it has none.
        message: French sentence: what was set aside, or why it failed.
        anomalies: Problems met, when it failed.
    """

    code: str
    etat: Etat
    lignes: int
    periode: str
    message: str
    anomalies: tuple[Anomalie, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """How an update went, source by source, in the order asked."""

    sources: tuple[SourceReport, ...]

    @property
    def has_failure(self) -> bool:
        """Whether at least one source could not be updated."""
        return any(report.etat is Etat.ECHEC for report in self.sources)


@dataclass(frozen=True, slots=True)
class Moyens:
    """What an update works with; the defaults are the embedded pack and the real network."""

    pack: Pack | None = None
    echange: Echange = field(default_factory=Echange)


@dataclass(frozen=True, slots=True)
class _Publication:
    """One source: how to reach it, and how to collect it."""

    service_at: Callable[[str], Service]
    base: str
    collect: Callable[[Client, Service, Pack, date], Recolte]


def update_reference(
    data_dir: Path,
    sources: Sequence[str] | None,
    today: date,
    progress: Callable[[str], None] | None = None,
    base_urls: Mapping[str, str] | None = None,
    moyens: Moyens | None = None,
) -> UpdateReport:
    """Fetch, check and put in service what the publishers give today.

    Args:
        data_dir: The data directory; updates live in `reference/` under it.
        sources: Names among `SOURCES`; None for all those that the pack can ask for.
        today: Day of the reading, kept in each pedigree.
        progress: Called with a French sentence at each step.
        base_urls: Other addresses for some sources, by name.
        moyens: Pack and exchange to work with, for those who try the update without a network.

    Raises:
        SaisieInvalide: a name is not a source (MLG-MAJ-001).
        EnvironnementInvalide: the data directory cannot be written (MLG-ENV-001).
        DonneesIndisponibles: the embedded pack is missing or damaged.
    """
    moyens = moyens or Moyens()
    asked = None if sources is None else _check_names(tuple(dict.fromkeys(sources)))
    pack = moyens.pack or embedded_pack()
    tell = progress or (lambda _step: None)
    ensure_writable(data_dir / DOSSIER)
    reports = []
    with Client(data_dir / DOSSIER_CACHE, moyens.echange) as client:
        for code in asked if asked is not None else list_sources(pack):
            publication = _PUBLICATIONS[code]
            service = publication.service_at((base_urls or {}).get(code, publication.base))
            tell(f"Interrogation {de(service.nom)}")
            reports.append(_Mise(client, pack, data_dir, today).run(code, service))
    return UpdateReport(tuple(reports))


@dataclass(frozen=True, slots=True)
class _Mise:
    """The update of one source."""

    client: Client
    pack: Pack
    data_dir: Path
    today: date

    def run(self, code: str, service: Service) -> SourceReport:
        before = _read_former(self.data_dir, code)
        try:
            recolte = _PUBLICATIONS[code].collect(self.client, service, self.pack, self.today)
            after, notes = self._admit(code, recolte, before)
            self.client.retain()
            if after.is_same(before):
                return _report(after, Etat.INCHANGEE, "aucun changement depuis la dernière fois")
            write_accepted(self.data_dir, after)
        except UserError as error:
            return _failed(code, before, error.anomalies)
        except OSError as error:
            return _failed(code, before, (_unwritable(self.data_dir, error),))
        finally:
            self.client.forget()
        return _report(after, Etat.MISE_A_JOUR, " ; ".join((*recolte.notes, *notes)))

    def _admit(
        self, code: str, recolte: Recolte, before: Acceptee | None
    ) -> tuple[Acceptee, tuple[str, ...]]:
        terrain = Terrain.of(self.pack)
        if recolte.communes:
            genre, notes = "communes", self._check_communes(recolte, terrain)
            table = _rows_to_table(recolte.communes, COMMUNES_ACTUELLES)
        elif recolte.figures:
            genre = "figures"
            given = {(figure.niveau, figure.serie) for figure in recolte.figures}
            reference = before.table if before else _in_service(self.pack, given)
            table, notes = admit_figures(recolte.figures, terrain, reference)
        else:
            genre, notes = "siae_ouvertes", ()
            table = _rows_to_table(recolte.structures, SIAE_OUVERTES)
            _check_structures(table, before)
        acceptee = Acceptee(code, genre, table, recolte.sources, self.today.isoformat())
        return acceptee, notes

    def _check_communes(self, recolte: Recolte, terrain: Terrain) -> tuple[str, ...]:
        known = self.pack.tables["communes"]
        notes = check_codes((c.code for c in recolte.communes), terrain, known.num_rows)
        epci = dict(zip(known["code"].to_pylist(), known["code_epci"].to_pylist(), strict=True))
        moved = sum(c.code in epci and c.code_epci != epci[c.code] for c in recolte.communes)
        if not moved:
            return notes
        changed = accorder(moved, "commune a changé", "communes ont changé")
        moves = f"{changed} d’intercommunalité : le paquet garde celles de 2025"
        return (*notes, moves)


def _collect_geo(client: Client, service: Service, _pack: Pack, today: date) -> Recolte:
    return geo_api.fetch_communes(client, service, today)


def _collect_poem(client: Client, service: Service, _pack: Pack, today: date) -> Recolte:
    return poem.fetch_series(client, service, today)


def _collect_caf(client: Client, service: Service, _pack: Pack, today: date) -> Recolte:
    return caf.fetch_rsa(client, service, today)


def _collect_melodi(client: Client, service: Service, _pack: Pack, today: date) -> Recolte:
    return insee_melodi.fetch_figures(client, service, today)


def _collect_bdm(client: Client, service: Service, pack: Pack, today: date) -> Recolte:
    """Series whose identifiers the pack keeps.

    Raises:
        DonneesIndisponibles: the pack keeps none.
    """
    table = pack.tables.get(_IDENTIFIANTS)
    if table is None:
        quoi = "le paquet de référence ne donne pas les identifiants des séries de l’INSEE"
        que_faire = "mettez Maillage à jour ; les autres sources n’en dépendent pas."
        raise DonneesIndisponibles(Anomalie("MLG-MAJ-302", quoi, que_faire))
    idbanks = {
        row["idbank"]: insee_bdm.SerieBdm(row["niveau"], row["code"], row["serie"])
        for row in table.to_pylist()
    }
    return insee_bdm.fetch_series(client, service, idbanks, today)


def _collect_siae(client: Client, service: Service, pack: Pack, today: date) -> Recolte:
    territoires = pack.tables["territoires"]
    kept = territoires.filter(pc.equal(territoires["niveau"], Niveau.DEPARTEMENT.value))
    codes = sorted(kept["code"].to_pylist())
    return recherche_entreprises.fetch_siae(client, service, codes, today)


_PUBLICATIONS = {
    geo_api.CODE: _Publication(geo_api.service_at, geo_api.BASE, _collect_geo),
    poem.CODE: _Publication(poem.service_at, poem.BASE, _collect_poem),
    caf.CODE: _Publication(caf.service_at, caf.BASE, _collect_caf),
    insee_melodi.CODE: _Publication(insee_melodi.service_at, insee_melodi.BASE, _collect_melodi),
    insee_bdm.CODE: _Publication(insee_bdm.service_at, insee_bdm.BASE, _collect_bdm),
    recherche_entreprises.CODE: _Publication(
        recherche_entreprises.service_at, recherche_entreprises.BASE, _collect_siae
    ),
}
SOURCES: tuple[str, ...] = tuple(_PUBLICATIONS)
"""Names of the sources that an update can ask for."""
_IDENTIFIANTS = "idbank"
"""Table of the pack without which the BDM cannot be asked for its series."""


def list_sources(pack: Pack) -> tuple[str, ...]:
    """Sources that an update asks for when none is named, in order."""
    if _IDENTIFIANTS in pack.tables:
        return SOURCES
    return tuple(code for code in SOURCES if code != insee_bdm.CODE)


def _check_names(names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in _PUBLICATIONS]
    if unknown:
        que_faire = f"choisissez parmi : {', '.join(SOURCES)}."
        raise SaisieInvalide(
            *(
                Anomalie("MLG-MAJ-001", f"« {name} » n’est pas une source", que_faire)
                for name in unknown
            )
        )
    return names


def _unwritable(data_dir: Path, error: OSError) -> Anomalie:
    quoi = f"le dossier de données ne peut pas être écrit ({explain_os_error(error)})"
    que_faire = "vérifiez les droits et la place libre, ou choisissez un autre dossier de données."
    return Anomalie("MLG-MAJ-301", quoi, que_faire, str(data_dir))


def _read_former(data_dir: Path, code: str) -> Acceptee | None:
    """Former state; a damaged one counts as none, and this update replaces it."""
    try:
        return read_accepted(data_dir, code)
    except (ValueError, OSError):
        return None


def _in_service(pack: Pack, given: set[tuple[str, str]]) -> pa.Table:
    """The pack's own figures of those levels and series, communes included."""
    communes = pack.tables["besoin_communes"]
    communes = communes.append_column(
        "niveau", pa.array([Niveau.COMMUNE.value] * communes.num_rows, pa.string())
    )
    whole = pa.concat_tables([pack.tables["series"], communes.select(SERIES.names)])
    names = pc.binary_join_element_wise(whole["niveau"], whole["serie"], " ")
    wanted = pa.array(sorted(f"{niveau} {serie}" for niveau, serie in given), pa.string())
    return whole.filter(pc.is_in(names, value_set=wanted))


def _check_structures(table: pa.Table, before: Acceptee | None) -> None:
    former = before.table.num_rows if before else 1
    if table.num_rows < (1 - BAISSE_MAX) * former:
        quoi = f"{table.num_rows} structures contre {former} auparavant"
        que_faire = "rien n’a été modifié ; réessayez plus tard."
        raise FichierInvalide(Anomalie("MLG-MAJ-202", quoi, que_faire))


def _rows_to_table(rows: Sequence[Any], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array([list(v) if isinstance(v, tuple) else v for v in column], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def _report(acceptee: Acceptee, etat: Etat, message: str) -> SourceReport:
    return SourceReport(
        acceptee.code, etat, acceptee.table.num_rows, _newest_period(acceptee), message
    )


def _failed(code: str, before: Acceptee | None, anomalies: tuple[Anomalie, ...]) -> SourceReport:
    rows = before.table.num_rows if before else 0
    periode = _newest_period(before) if before else ""
    return SourceReport(
        code, Etat.ECHEC, rows, periode, " ; ".join(a.quoi for a in anomalies), anomalies
    )


def _newest_period(acceptee: Acceptee) -> str:
    if "periode" not in acceptee.table.column_names or not acceptee.table.num_rows:
        return acceptee.recue_le
    return str(pc.max(acceptee.table["periode"]).as_py())
