"""What is not known is listed, whole, with what is done meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.analyses.annexes.lacunes import group_lacunes, lacune_row, list_lacunes
from maillage.kernel.errors import Introuvable
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.questions import QUESTIONS

LOI = load_legislation()


def test_every_gap_of_every_parameter_is_listed() -> None:
    toutes = list_lacunes(LOI)
    phrases = {(une.chemin, une.phrase) for une in toutes}
    for feuille in LOI.feuilles.values():
        for lacune in feuille.lacunes:
            assert (feuille.chemin, lacune.phrase) in phrases
        if feuille.au_dela:
            assert (feuille.chemin, feuille.au_dela) in phrases
    assert len([une for une in toutes if not une.chemin]) == len(QUESTIONS)
    assert all(une.phrase and une.en_attendant for une in toutes)


def test_on_its_first_day_a_gap_is_refused_by_the_engine() -> None:
    """A list that the engine would contradict is no list."""
    for une in list_lacunes(LOI):
        if une.chemin and une.du is not None:
            with pytest.raises(PeriodeNonModelisee):
                LOI.resolve(une.chemin, une.du)


def test_the_gaps_that_matter_most_are_there() -> None:
    """The list kept with the sources of the project, in the words of the rules."""
    tout = " ".join(une.phrase for une in list_lacunes(LOI))
    for extrait in (
        "aucun arrêté trouvé après le 4 décembre 2024",
        "6,78 %",
        "instruction DGEFP 2016-222",
        "seuil à partir duquel des postes non occupés sont repris",
        "indemnité de congés payés",
        "RSA à Mayotte",
        "circulaire de 2026",
    ):
        assert extrait in tout


def test_a_word_keeps_its_own() -> None:
    assert {une.mecanisme for une in list_lacunes(LOI, "versement")} == {"versement"}
    assert {une.mecanisme for une in list_lacunes(LOI, " Budget ")} == {"budget"}
    chemin = "aide_au_poste.montant_socle.AI"
    assert {une.chemin for une in list_lacunes(LOI, chemin)} == {chemin}
    with pytest.raises(Introuvable, match="MLG-REG-001"):
        list_lacunes(LOI, "zzz")


def test_parameters_that_miss_the_same_are_told_together() -> None:
    toutes = list_lacunes(LOI)
    groupes = group_lacunes(toutes)
    assert sum(map(len, groupes)) == len(toutes)
    assert len(groupes) < len(toutes)
    assert any(
        {une.chemin for une in groupe} >= {"aide_au_poste.montant_socle.AI"} for groupe in groupes
    )


def test_a_row_holds_everything() -> None:
    row = lacune_row(list_lacunes(LOI, "aide_au_poste.montant_socle.AI")[0])
    assert row["du"] == date(2026, 1, 1).isoformat()
    assert row["au"] is None
    assert row["en_attendant"] is not None
    question = lacune_row(list_lacunes(LOI, "budget")[0])
    assert (question["chemin"], question["du"]) == (None, None)


def test_periods_are_in_words() -> None:
    periodes = {une.periode for une in list_lacunes(LOI, "aide_au_poste.contrat_passerelle")}
    assert "du 1er janvier 2023 au 30 avril 2023" in periodes
    assert "depuis le 1er janvier 2026" in periodes
