"""The reference of the columns of dialogue is the one that the program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.web.dialogue.echange.documentation import render
from maillage.web.dialogue.echange.fautes import CODES
from maillage.web.dialogue.echange.genres import GENRES, children_of
from maillage.web.dialogue.models.commun import Suivi

REFERENCE = Path(__file__).parents[4] / "docs" / "reference"


def test_the_page_of_the_columns_is_up_to_date() -> None:
    """`tools/documentation.py` refreshes it."""
    assert (REFERENCE / "formats-dialogue.md").read_text(encoding="utf-8") == render()


@pytest.mark.parametrize("genre", GENRES, ids=lambda g: g.nom)
def test_every_field_of_a_table_is_exchanged_or_left_out_on_purpose(genre: object) -> None:
    """A new field fails here until a column carries it, or until it is in the list below."""
    champs = {c.attribut for c in genre.colonnes}  # type: ignore[attr-defined]  # a kind
    champs |= {getattr(c, "precision", "") for c in genre.colonnes}  # type: ignore[attr-defined]  # likewise
    portes = {f.name for f in genre.modele._meta.get_fields() if not f.auto_created}  # type: ignore[attr-defined]  # likewise
    laisses = {
        *Suivi.CHAMPS_TECHNIQUES,
        *("departement", "region"),  # they follow from the territoire
        *("by_id", "at", "updated_by_id", "utilisateur", "publications"),
        *("revision", "sequence", "sha256", "taille"),
    }
    assert portes - champs - laisses == set()


def test_what_belongs_to_a_thing_has_one_place_in_json() -> None:
    enfants = [enfant.nom for genre in GENRES for enfant in children_of(genre)]
    assert sorted(enfants) == sorted(g.nom for g in GENRES if g.parent)
    for genre in GENRES:
        assert not {e.nom for e in children_of(genre)} & {c.nom for c in genre.colonnes}


def test_faults_of_any_file_keep_their_number() -> None:
    assert all(ici[-2:] == la[-2:] for la, ici in CODES.items())
