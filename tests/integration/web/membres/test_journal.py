"""The trail can only grow: the database itself refuses anything else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from maillage.web.journal.actions import record
from maillage.web.journal.models import Evenement

_REFUS = "ne peut que grandir"


@pytest.fixture
def ligne() -> Evenement:
    return record("essai.faire", by=12, nom="Essai", details={"champ": "nom"})


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE journal_evenement SET action = 'autre'",
        "UPDATE journal_evenement SET at = at WHERE action = 'essai.faire'",
        "DELETE FROM journal_evenement",
    ],
)
@pytest.mark.usefixtures("ligne")
def test_the_database_refuses_to_change_or_remove_a_line(ordre: str) -> None:
    with (
        pytest.raises(DatabaseError, match=_REFUS),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)
    assert Evenement.objects.get(action="essai.faire").objet_nom == "Essai"


def test_the_database_refuses_to_empty_the_trail(ligne: Evenement) -> None:
    ordre = {"postgresql": "TRUNCATE journal_evenement", "sqlite": "DELETE FROM journal_evenement"}
    with (
        pytest.raises(DatabaseError, match=_REFUS),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre[connection.vendor])
    assert Evenement.objects.filter(pk=ligne.pk).exists()


def test_a_line_is_never_written_again(ligne: Evenement) -> None:
    ligne.action = "autre"
    with pytest.raises(ValueError, match="never written again"):
        ligne.save()


def test_a_line_names_its_object_and_its_author_by_number(ligne: Evenement) -> None:
    trouvee = Evenement.objects.get(pk=ligne.pk)
    assert (trouvee.by_id, trouvee.objet_nom, trouvee.details) == (12, "Essai", {"champ": "nom"})
    suite = record("essai.suivre", by=None, objet=trouvee)
    assert (suite.objet_type, suite.objet_id) == ("journal.evenement", str(ligne.pk))
    assert str(suite) == f"essai.suivre journal.evenement {ligne.pk}"
