"""What the page of a reform says first: the figures that move, and what each number stands for."""

from __future__ import annotations

import re

import pytest

from maillage.regles.engine.lecture_reforme import load_reforme, parse_reforme, read_texte
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.reformes.effets import describe_effets
from maillage.web.regles.reformes.hypotheses import list_champs

LOI = load_legislation()


@pytest.mark.parametrize(
    ("code", "constat"),
    [
        (
            "igas_2022",
            (
                "Cette réforme change 5 valeurs du droit : Part modulée : maximum, en part du montant "
                "socle, de 10 % à 40 % au 1er janvier 2026 ; Aide au poste, EI, de 13 304 € à 18 613 € au "
                "1er janvier 2030 ; Aide au poste, ACI, de 23 921 € à 18 613 € au 1er janvier 2030 ; Aide "
                "au poste, ETTI, de 4 781 € à 3 200 € au 1er janvier 2030 ; Aide au poste, AI, de 1 619 € "
                "à 3 200 € au 1er janvier 2030."
            ),
        ),
        (
            "plf_2026_moins_12",
            "Avec ces hypothèses, la réforme touche 5 valeurs du droit sans les faire bouger.",
        ),
        (
            "ai_doublee",
            "Aide au poste, Associations intermédiaires : de 1 619 € à 3 238 € au 1er janvier 2026.",
        ),
        (
            "revue_depenses_2024",
            "Cette réforme ne change aucune valeur du droit, son effet est sur autre chose.",
        ),
    ],
)
def test_the_finding_gives_the_figures(code: str, constat: str) -> None:
    lu = str(describe_effets(LOI, load_reforme(code))["constat"])
    assert re.sub("[\u00a0\u202f]", " ", lu) == constat


def test_a_rate_moves_by_points_and_an_unknown_law_says_why() -> None:
    effets = describe_effets(LOI, load_reforme("igas_2022"))
    assert "+20\u00a0points" in str(effets["table"])
    inconnus = effets["inconnus"]
    assert isinstance(inconnus, list)
    assert any("aucun arrêté trouvé après le 4 décembre 2024" in phrase for phrase in inconnus)


def test_a_reform_by_ratio_on_a_law_that_ends_is_told_up_to_its_last_known_day() -> None:
    texte = read_texte("plf_2026_moins_12").replace("        base: 2025-12-31\n", "")
    texte = texte.replace("valeur: 1.0", "valeur: 0.5").replace("2026-01-01:", "2025-01-01:")
    reforme = parse_reforme(texte, "réforme")
    constat = re.sub("[\u00a0\u202f]", " ", str(describe_effets(LOI, reforme)["constat"]))
    # 2026 is not known, and half of it is not either: the finding stops at 2025.
    assert "Aide au poste, AI, de 1 619 € à 810 € au 1er janvier 2025" in constat
    assert "2026" not in constat


def test_a_hypothesis_says_what_its_number_is_and_when_nothing_rests_on_it() -> None:
    roles = {
        champ["cle"]: str(champ["role"])
        for code in ("igas_2022", "plf_2026_moins_12", "ai_4000")
        for champ in list_champs(load_reforme(code))
    }
    assert "0,3 pour 30" in roles["taux_module_2024"]
    assert "multiplié" in roles["ratio_montants"]
    assert roles["montant_ai"] == "En euros par ETP et par an."
    assert "aucun montant de cette page n’en dépend" in roles["etp_en_moins"]
