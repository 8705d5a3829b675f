"""The optional parts of the calculator: typed, kept, folded, and wrong at their fields."""

from __future__ import annotations

import pytest

from maillage.analyses.annexes.demande import TOUS_LES_POINTS
from maillage.regles.versement.hypotheses import Plafond
from maillage.web.regles.formulaire import (
    CHAMPS_FACULTATIFS,
    LIBELLES,
    PARTIES,
    describe_hypotheses,
    describe_parties,
)
from maillage.web.regles.saisie import read_annexe

JUSTE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "8",
    "debut": "01/10/2022",
    "fin": "31/12/2022",
}
RIEN = dict.fromkeys(CHAMPS_FACULTATIFS, "")


def codes(**saisie: str) -> dict[str, list[str]]:
    erreurs = read_annexe({**JUSTE, **saisie}).erreurs
    return {champ: [a.code for a in une] for champ, une in erreurs.par_champ.items()}


@pytest.mark.parametrize(
    ("champ", "texte", "autres", "code"),
    [
        ("avenant_mois", "01/2023", {"avenant_etp": "9"}, "MLG-REG-231"),
        ("avenant_mois", "11/2022", {}, "MLG-REG-230"),
        ("avenant_etp", "x", {"avenant_mois": "11/2022"}, "MLG-CAL-001"),
        ("passerelle_mois", "", {"passerelle_etp": "1"}, "MLG-CAL-002"),
        ("h_plafond", "annuel", {}, "MLG-REG-229"),
        ("rsa_beneficiaires", "cinq", {}, "MLG-CAL-001"),
    ],
)
def test_a_problem_is_at_its_field(
    champ: str, texte: str, autres: dict[str, str], code: str
) -> None:
    assert codes(**{champ: texte, **autres}) == {champ: [code]}


def test_everything_is_read() -> None:
    demande = read_annexe(
        {
            **JUSTE,
            "avenant_mois": "11/2022",
            "avenant_etp": "9",
            "h_plafond": "mensuel",
            "h_postes_cdi": "compris",
            "rsa_beneficiaires": "5",
        }
    ).demande
    assert [str(un.effet) for un in demande.avenants] == ["2022-11"]
    assert demande.hypotheses.plafond is Plafond.MENSUEL
    assert demande.complements.postes_cdi.code == "compris"
    assert demande.complements.beneficiaires is not None


def test_a_part_opens_when_something_is_typed_or_wrong_in_it() -> None:
    assert [partie["ouverte"] for partie in describe_parties(RIEN, {})] == [False] * len(PARTIES)
    ouvertes = describe_parties({**RIEN, "cdi_etp": "1"}, {"poids_personnes": []})
    assert [partie["ouverte"] for partie in ouvertes] == [False, True, False, True, False]


def test_every_point_offers_its_readings_and_checks_one() -> None:
    points = describe_hypotheses({**RIEN, "h_plafond": "mensuel"}, {})
    assert points["ouverte"]
    lus = points["points"]
    assert isinstance(lus, list)
    assert [point["nom"] for point in lus] == [f"h_{nom}" for nom in TOUS_LES_POINTS]
    for point in lus:
        assert sum(lecture["choisie"] for lecture in point["lectures"]) == 1
        assert point["lectures"][0]["code"] == ""
    plafond = next(point for point in lus if point["nom"] == "h_plafond")
    assert [lecture["choisie"] for lecture in plafond["lectures"]] == [False, True]


def test_every_field_has_its_name_in_words() -> None:
    assert set(CHAMPS_FACULTATIFS) == set(LIBELLES)
    assert all(LIBELLES.values())
