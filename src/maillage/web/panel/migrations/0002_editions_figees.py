"""Frozen editions: the database itself refuses to change or remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

_TABLE = "panel_editiondupanel"
_REFUS = "une édition arrêtée ne se modifie pas"

_SQLITE = [
    f"""CREATE TRIGGER panel_sans_{geste.lower()} BEFORE {geste} ON {_TABLE}
    BEGIN SELECT RAISE(ABORT, '{_REFUS}'); END"""
    for geste in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"""CREATE FUNCTION panel_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUS}'; END $$""",
    f"""CREATE TRIGGER panel_sans_changement BEFORE UPDATE OR DELETE ON {_TABLE}
    FOR EACH ROW EXECUTE FUNCTION panel_refuse()""",
    f"""CREATE TRIGGER panel_sans_vidage BEFORE TRUNCATE ON {_TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION panel_refuse()""",
]
_RETRAIT = {
    "sqlite": ["DROP TRIGGER panel_sans_update", "DROP TRIGGER panel_sans_delete"],
    "postgresql": [
        f"DROP TRIGGER panel_sans_changement ON {_TABLE}",
        f"DROP TRIGGER panel_sans_vidage ON {_TABLE}",
        "DROP FUNCTION panel_refuse()",
    ],
}


def _protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for ordre in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[editor.connection.vendor]:
        editor.execute(ordre)


def _unprotect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for ordre in _RETRAIT[editor.connection.vendor]:
        editor.execute(ordre)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("panel", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(_protect, _unprotect)
    ]
