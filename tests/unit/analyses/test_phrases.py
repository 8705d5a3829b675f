"""The finding of a diagnosis in correct French, for none, one, some and all."""

from __future__ import annotations

import pytest

from maillage.analyses.diagnosis.gaps import _sentence
from maillage.analyses.diagnosis.model import CleEcart
from maillage.analyses.diagnosis.sentences import _who_reaches
from maillage.kernel.valeur import Absence, Valeur

AI = "association intermédiaire (AI)"


@pytest.mark.parametrize(
    ("part", "demandeurs", "phrase"),
    [
        (0.0, 1, f"le seul demandeur d’emploi compté a au moins une {AI} à moins de 30 minutes."),
        (100.0, 1, f"le seul demandeur d’emploi compté n’a aucune {AI} à moins de 30 minutes."),
        (0.0, 900, f"les 900 demandeurs d’emploi ont au moins une {AI} à moins de 30 minutes."),
        (0.01, 900, f"les 900 demandeurs d’emploi ont au moins une {AI} à moins de 30 minutes."),
        (100.0, 50, f"aucun des 50 demandeurs d’emploi n’a d’{AI} à moins de 30 minutes."),
        (2.0, 50, f"1 demandeur d’emploi sur 50 n’a aucune {AI} à moins de 30 minutes."),
        (
            25.0,
            12_000,
            f"3\u202f000 demandeurs d’emploi sur 12\u202f000 n’ont aucune {AI} à moins de 30 minutes.",
        ),
    ],
)
def test_who_reaches_no_structure(part: float, demandeurs: int, phrase: str) -> None:
    assert _who_reaches(part, demandeurs).replace("\u00a0", " ") == phrase


def key(nom: str, ecart: Valeur) -> CleEcart:
    return CleEcart(nom, nom, 0.1, 0.1, ecart, None)


@pytest.mark.parametrize(
    ("ecarts", "rangs", "phrase"),
    [
        (
            (Absence.INCONNUE, Absence.INCONNUE),
            (None, None),
            "L’écart n’est connu sous aucune clé de besoin.",
        ),
        (
            (-3.2, Absence.INCONNUE),
            (None, None),
            (
                "L’écart à la part du besoin est de −3 quelle que soit la clé ; son rang n’est connu "
                "que sous une clé."
            ),
        ),
        (
            (-900.0, 450.0),
            (23, 81),
            (
                "Selon la clé de besoin, l’écart va de −900 (a) à +450 (b) personnes en IAE ; son rang "
                "va du 23e au 81e (1er : le moins servi), la clé retenue compte donc."
            ),
        ),
        (
            (-900.0, 450.0),
            (1, 3),
            (
                "Selon la clé de besoin, l’écart va de −900 (a) à +450 (b) personnes en IAE ; son rang "
                "varie peu, du 1er au 3e (1er : le moins servi)."
            ),
        ),
    ],
)
def test_what_the_gap_says(
    ecarts: tuple[Valeur, Valeur], rangs: tuple[int | None, int | None], phrase: str
) -> None:
    cles = (key("a", ecarts[0]), key("b", ecarts[1]))

    assert _sentence(cles, *rangs) == phrase
