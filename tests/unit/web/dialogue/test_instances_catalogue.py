"""The catalogue of bodies: nothing without a source; a fault in the file is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.dialogue.espaces.instances import FICHIER, load_catalogue, read_catalogue


def test_every_statement_has_its_source_and_its_confidence() -> None:
    dits = [dit for instance in load_catalogue().values() for dit in instance.dits]
    assert dits
    assert all(dit.source and dit.texte and dit.confiance in CONFIANCES for dit in dits)


def test_what_was_not_found_about_the_commission_is_said_and_not_filled_in() -> None:
    commission = load_catalogue()["commission_iae"]
    assert "sa composition" in commission.non_trouve
    assert commission.find("composition") is None
    assert commission.find("competence") is None
    assert commission.date_debut == date(2024, 7, 1)
    assert commission.covers("35")
    assert not commission.covers("974")


def test_the_conference_is_a_mission_and_no_body() -> None:
    conference = load_catalogue()["conference_financeurs"]
    assert conference.niveau is None
    assert set(conference.mission_de) == {"cre", "cde", "clpe"}


@pytest.mark.parametrize(
    ("avant", "apres", "faute"),
    [
        ('confiance = "A"', 'confiance = "D"', "an unknown confidence"),
        ('nature = "administratif"', 'nature = "amical"', "an unknown nature"),
        ('vers = "commission_iae"', 'vers = "perdue"', "an unknown body"),
        ('source = "DREETS Occitanie ; GIP Alfa"', 'source = ""', "a statement without source"),
        ('code = "cre"', 'code = "cde"', "two bodies have the same code"),
        ('quoi = "votes"', 'quoi = "météo"', "a statement about nothing known"),
    ],
)
def test_a_fault_is_told(avant: str, apres: str, faute: str) -> None:
    texte = FICHIER.read_text(encoding="utf-8")
    assert avant in texte
    with pytest.raises(ValueError, match=re.escape(faute)):
        read_catalogue(texte.replace(avant, apres, 1))
