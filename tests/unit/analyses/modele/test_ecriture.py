"""What is written is read back as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.modeles import GENRES, calcule, lire

from maillage.analyses.modele.ecriture import write_hypotheses
from maillage.analyses.modele.hypotheses import MONTANT_UNITAIRE, Hypotheses
from maillage.analyses.modele.lecture import parse_hypotheses


@pytest.mark.parametrize("genre", GENRES)
def test_a_version_is_written_and_read_back(genre: str) -> None:
    hypotheses = lire(genre)
    assert parse_hypotheses(write_hypotheses(hypotheses), "modele.toml") == hypotheses


def test_what_the_law_gives_is_not_written() -> None:
    hypotheses: Hypotheses = calcule().hypotheses
    texte = write_hypotheses(hypotheses, ["Une ligne.", "Une autre."])
    assert texte.startswith("# Une ligne.\n# Une autre.\nformat = 1\n")
    assert MONTANT_UNITAIRE not in parse_hypotheses(texte, "modele.toml").chiffres


def test_words_that_toml_would_misread_are_kept() -> None:
    nom = 'Le « "Relais" » \\ d’Île'
    relu = parse_hypotheses(write_hypotheses(replace(lire(), nom=nom)), "modele.toml")
    assert relu.nom == nom
