"""The law bound once gives what the engine gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from factories.modeles import modele

from maillage.indicators.modele.bareme import _bind, modulation_path, read_bareme, read_number
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation


@pytest.mark.parametrize(
    "le", [date(2018, 6, 1), date(2025, 1, 1), date(2026, 1, 1), date(2026, 7, 1)]
)
@pytest.mark.parametrize("lecture", list(LectureCongesPayes))
@pytest.mark.parametrize("effectif", [12, 80])
def test_the_coefficient_is_that_of_the_engine(
    le: date, lecture: LectureCongesPayes, effectif: int
) -> None:
    cadre = replace(modele().cadre, debut=le, lecture=lecture, effectif=effectif)
    bareme = read_bareme(cadre, load_legislation(), 1619.0)
    payes = np.linspace(9.0, 45.0, 200)
    attendu = compute(
        ["coefficient_reduction"],
        {
            "remuneration": payes,
            "nombre_heures_remunerees": np.ones(200),
            "effectif": np.full(200, float(effectif)),
            "lecture_conges_payes": np.full(200, lecture.value),
        },
        load_legislation(),
        le,
    )["coefficient_reduction"]
    trouve = bareme.coefficient(remuneration=payes, smic_retenu=np.array([bareme.smic_insertion]))
    assert np.array_equal(trouve, attendu)
    assert attendu.max() > 0.28


def test_the_tax_is_that_of_the_engine() -> None:
    cadre = modele().cadre
    bareme = read_bareme(cadre, load_legislation())
    colonnes = {
        "remuneration_permanents_annuelle": np.array([20_000.0, 40_000.0, 900_000.0]),
        "remuneration_insertion_annuelle": np.array([0.0, 10_000.0, 300_000.0]),
        "insertion_dans_assiette": np.array([False, True, True]),
        "majorations_employeur": np.array([0.0, 12.0, 5_000.0]),
        "est_association": np.array([False, False, True]),
    }
    attendu = compute(["taxe_due"], colonnes, load_legislation(), cadre.debut)["taxe_due"]
    assiette = bareme.taxe["assiette_taxe_salaires"](
        **{nom: colonnes[nom] for nom in list(colonnes)[:3]}
    )
    brute = bareme.taxe["taxe_brute"](
        taxe_au_taux_normal=bareme.taxe["taxe_au_taux_normal"](assiette_taxe_salaires=assiette),
        majorations_employeur=colonnes["majorations_employeur"],
    )
    trouve = bareme.taxe["taxe_due"](
        taxe_apres_decote=bareme.taxe["taxe_apres_decote"](taxe_brute=brute),
        est_association=colonnes["est_association"],
    )
    assert np.array_equal(trouve, attendu)
    assert attendu[0] == 0.0 < attendu[1] < attendu[2]


def test_the_amount_of_the_aide_is_the_law_s_or_the_annexe_s() -> None:
    cadre, loi = modele().cadre, load_legislation()
    assert read_bareme(cadre, loi).montant_unitaire == 1619.0
    assert read_bareme(cadre, loi, 1500.0).montant_unitaire == 1500.0
    chemins = {legale.chemin for legale in read_bareme(cadre, loi).legales}
    assert {"aide_au_poste.montant_socle.AI", "smic.horaire_brut"} <= chemins


def test_an_unknown_amount_is_refused_not_guessed() -> None:
    cadre = replace(modele().cadre, debut=date(2026, 1, 1))
    with pytest.raises(PeriodeNonModelisee, match="aucun arrêté trouvé"):
        read_bareme(cadre, load_legislation())


def test_posts_in_prison_have_their_own_maximum() -> None:
    cadre = replace(modele("EI").cadre, territoire="milieu_penitentiaire")
    assert modulation_path(cadre).endswith("penitentiaire")
    assert read_bareme(cadre, load_legislation()).part_modulee_max == 0.05
    assert read_bareme(modele("EI").cadre, load_legislation()).part_modulee_max == 0.10


def test_a_rule_without_a_version_is_refused() -> None:
    cadre = replace(modele().cadre, debut=date(2001, 1, 1))
    with pytest.raises(ValueError, match="no version of coefficient_reduction on 2001-01-01"):
        _bind("coefficient_reduction", cadre, load_legislation(), {})


def test_a_legal_value_that_is_not_aread_number_is_refused() -> None:
    legale = load_legislation().resolve("versement.mois_regularisation", date(2025, 1, 1))
    with pytest.raises(TypeError, match=r"versement\.mois_regularisation is a number"):
        read_number(legale)
