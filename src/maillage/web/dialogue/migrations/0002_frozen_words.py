"""What was said stays said: the database itself refuses to change what was written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

_FIGEES = (
    "dialogue_versionpoint",
    "dialogue_compterendu",
    "dialogue_accord",
    "dialogue_versionproposition",
    "dialogue_chiffrage",
    "dialogue_etatengagement",
)
_REFUS = "ce qui a été dit ne se modifie pas"

_SQLITE = [
    f"CREATE TRIGGER {table}_sans_{geste.lower()} BEFORE {geste} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUS}'); END"
    for table in _FIGEES
    for geste in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"""CREATE FUNCTION dialogue_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUS}'; END $$""",
    *(
        f"CREATE TRIGGER {table}_sans_changement BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION dialogue_refuse()"
        for table in _FIGEES
    ),
]
_RETRAIT = {
    "sqlite": [
        f"DROP TRIGGER {table}_sans_{geste}" for table in _FIGEES for geste in ("update", "delete")
    ],
    "postgresql": [
        *(f"DROP TRIGGER {table}_sans_changement ON {table}" for table in _FIGEES),
        "DROP FUNCTION dialogue_refuse()",
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
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dialogue", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(_create, _remove)
    ]
