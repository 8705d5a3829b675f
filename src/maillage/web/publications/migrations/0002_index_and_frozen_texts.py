"""Full-text index per audience, and texts that the database itself refuses to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

_INDEX = ("publications_index_publique", "publications_index_adherents")
_FIGEES = ("publications_versiontexte", "publications_parution", "publications_rendu")
_REFUS = "un texte enregistré ou paru ne se modifie pas"

_SQLITE = [
    *(
        f"CREATE VIRTUAL TABLE {table} USING fts5(titre, chapo, themes, corps, "
        "tokenize = 'unicode61 remove_diacritics 0')"
        for table in _INDEX
    ),
    *(
        f"CREATE TRIGGER {table}_sans_{geste.lower()} BEFORE {geste} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUS}'); END"
        for table in _FIGEES
        for geste in ("UPDATE", "DELETE")
    ),
]
_POSTGRESQL = [
    *(
        ordre
        for table in _INDEX
        for ordre in (
            f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, document tsvector NOT NULL)",
            f"CREATE INDEX {table}_gin ON {table} USING gin (document)",
        )
    ),
    f"""CREATE FUNCTION publications_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUS}'; END $$""",
    *(
        f"CREATE TRIGGER {table}_sans_changement BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION publications_refuse()"
        for table in _FIGEES
    ),
]
_RETRAIT = {
    "sqlite": [
        *(f"DROP TABLE {table}" for table in _INDEX),
        *(
            f"DROP TRIGGER {table}_sans_{geste}"
            for table in _FIGEES
            for geste in ("update", "delete")
        ),
    ],
    "postgresql": [
        *(f"DROP TABLE {table}" for table in _INDEX),
        *(f"DROP TRIGGER {table}_sans_changement ON {table}" for table in _FIGEES),
        "DROP FUNCTION publications_refuse()",
    ],
}


def _create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for ordre in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[editor.connection.vendor]:
        editor.execute(ordre)


def _remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for ordre in _RETRAIT[editor.connection.vendor]:
        editor.execute(ordre)


class Migration(migrations.Migration):
    """Adds the tables and the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("publications", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(_create, _remove)
    ]
