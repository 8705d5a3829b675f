"""Complements of an annexe, who pays, arrêtés on the way: computed alone, refused alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from maillage.analyses.annexes.demande import (
    Beneficiaires,
    CdiInclusion,
    Demande,
    DemandeComplements,
    Modulation,
    Passerelle,
    PostesCdi,
    RsaRetenu,
    read_lectures,
)
from maillage.analyses.annexes.explication import Explication, expliquer
from maillage.analyses.annexes.model import Annexe
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.kernel.period import Mois
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.versement.avenant import Avenant
from maillage.regles.versement.hypotheses import HYPOTHESES, Revalorisation

LOI = load_legislation()
MODULATION = Modulation((40, 30, 30), (80, 60, 70))
SUIVRE = replace(HYPOTHESES, revalorisation=Revalorisation.DATE_EFFET)


def make_annexe(**changes: Any) -> Annexe:
    """8 ETP in an ACI over the last quarter of 2022, at the socle of August 2022."""
    attributs: dict[str, Any] = {
        "numero": "",
        "avenants": "",
        "ligne": 0,
        "type_siae": "ACI",
        "territoire": "metropole_drom",
        "date_debut": date(2022, 10, 1),
        "date_fin": date(2022, 12, 31),
        "etp_centiemes": 800,
        "montant_unitaire": Centimes(2228900),
    }
    return Annexe(**attributs | changes)


def complete(annexe: Annexe | None = None, **complements: Any) -> Explication:
    demande = Demande(complements=DemandeComplements(**complements))
    return expliquer(annexe or make_annexe(), demande, LOI)


def codes(explication: Explication) -> list[str]:
    return [anomalie.code for un in explication.complements for anomalie in un.refus]


# modulated part


def test_the_modulated_part_is_the_weighted_marks_of_the_legal_maximum() -> None:
    """3 × 14 859,33 = 44 577,99 €; 71 points of 10 %: 3 165,04 € (3 165,037)."""
    explication = complete(modulation=MODULATION)
    (part,) = explication.complements
    assert part.montant == Centimes(316504)
    assert "71,00 points sur 100" in part.phrase
    assert "10 %" in part.phrase
    assert explication.total == Centimes(4457799 + 316504)
    assert "Aucun poids national" in explication.hypotheses[-1]
    assert part.calcul.startswith("part_modulee_centimes")


def test_in_prison_the_maximum_is_half() -> None:
    annexe = make_annexe(territoire="milieu_penitentiaire")
    (part,) = complete(annexe, modulation=MODULATION).complements
    assert part.montant == Centimes(158252)


@pytest.mark.parametrize(
    ("poids", "notes", "code"),
    [((40, 30, 31), (1, 1, 1), "MLG-REG-211"), ((40, 30, 30), (1, 101, 1), "MLG-REG-212")],
)
def test_wrong_weights_and_marks_are_refused_without_a_row(
    poids: tuple[int, int, int], notes: tuple[int, int, int], code: str
) -> None:
    explication = complete(modulation=Modulation(poids, notes))
    assert codes(explication) == [code]
    assert explication.complements[0].refus[0].ou == "part_modulee"
    assert explication.total is None


# contrat passerelle


def test_a_contrat_passerelle_follows_posts_and_months() -> None:
    explication = complete(passerelle=Passerelle(250, 3))
    assert explication.complements[0].montant == Centimes(276750)  # 2 214 × 2,5 × 3/6


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type_siae": "AI", "montant_unitaire": Centimes(150900)}, "MLG-REG-213"),
        ({"territoire": "milieu_penitentiaire"}, "MLG-REG-214"),
        ({"date_debut": date(2023, 1, 1), "date_fin": date(2023, 3, 31)}, "MLG-REG-002"),
        ({"date_debut": date(2025, 1, 1), "date_fin": date(2025, 12, 31)}, ""),
        ({"date_debut": date(2021, 8, 31), "date_fin": date(2021, 12, 31)}, "MLG-REG-003"),
    ],
)
def test_a_contrat_passerelle_refused_hides_no_other_complement(
    changes: dict[str, Any], code: str
) -> None:
    explication = complete(
        make_annexe(**changes), passerelle=Passerelle(100, 6), modulation=MODULATION
    )
    assert codes(explication) == ([code] if code else [])
    assert explication.complements[0].montant is not None
    assert (explication.total is None) is bool(code)


# CDI inclusion


@pytest.mark.parametrize(
    ("embauche", "mois", "montant"),
    [
        (date(2021, 12, 15), (2, 1), 501503),  # until November 2022 it is the first year
        (date(2021, 10, 1), (0, 3), 390058),  # 22 289 × 0,7 × 3/12
        (date(2021, 9, 30), (0, 3), 390058),
        (date(2022, 10, 1), (3, 0), 557225),
        (date(2023, 1, 1), (0, 0), 0),
    ],
)
def test_the_first_year_of_a_cdi_is_paid_whole(
    embauche: date, mois: tuple[int, int], montant: int
) -> None:
    (cdi,) = complete(cdi=CdiInclusion(100, embauche)).complements
    assert cdi.phrase.startswith(f"1,00 ETP, {mois[0]} mois de la première année et {mois[1]} mois")
    assert cdi.montant == Centimes(montant)


def test_posts_in_cdi_may_be_among_those_of_the_annexe() -> None:
    (cdi,) = complete(
        cdi=CdiInclusion(100, date(2021, 10, 1)), postes_cdi=PostesCdi.COMPRIS
    ).complements
    # 3 900,58 € instead of the 5 572,26 € (3 × 1 857,42) that the annexe holds for one post
    assert cdi.montant == Centimes(390058 - 557226)
    assert "déjà dans le montant" in cdi.phrase
    trop = complete(cdi=CdiInclusion(801, date(2021, 10, 1)), postes_cdi=PostesCdi.COMPRIS)
    assert codes(trop) == ["MLG-CAL-006"]


def test_before_september_2021_there_is_no_cdi_inclusion() -> None:
    annexe = make_annexe(date_debut=date(2021, 1, 1), date_fin=date(2021, 12, 31))
    assert set(codes(complete(annexe, cdi=CdiInclusion(100, date(2021, 10, 1))))) == {"MLG-REG-003"}


# who pays


def test_the_departement_follows_the_rsa_of_each_month() -> None:
    """Over 1 April 2023: 5 × 88 % of 598,54 then of 607,75 €."""
    annexe = make_annexe(
        date_debut=date(2023, 3, 1), date_fin=date(2023, 4, 30), montant_unitaire=Centimes(2269200)
    )
    partage = complete(annexe, beneficiaires=Beneficiaires((5,))).partage
    assert partage is not None
    assert [un.departement.nombre for un in partage.mois] == [263358, 267410]
    assert [un.rsa.nombre for un in partage.mois] == [59854, 60775]
    assert partage.departement == Centimes(530768)
    assert all(un.etat + un.departement == un.montant for un in partage.mois)
    premier = complete(
        annexe, beneficiaires=Beneficiaires((5, 5)), rsa_retenu=RsaRetenu.PREMIER_MOIS
    )
    assert premier.partage is not None
    assert premier.partage.departement == Centimes(526715)  # 2 × 2 633,576, rounded once
    assert premier.part_etat == premier.calculee.montant - Centimes(526715)
    assert "premier mois" in premier.hypotheses[-2]


def test_the_share_never_passes_the_amount_of_the_annexe() -> None:
    explication = complete(beneficiaires=Beneficiaires((1000,)))
    assert explication.partage is not None
    assert explication.partage.departement == explication.calculee.montant
    assert explication.part_etat == Centimes(0)


def test_a_number_for_each_month_or_one_for_all() -> None:
    mensuel = complete(beneficiaires=Beneficiaires((5, 0, 7))).partage
    assert mensuel is not None
    assert [un.nombre_beneficiaires for un in mensuel.mois] == [5, 0, 7]
    deux = complete(beneficiaires=Beneficiaires((5, 0)))
    assert deux.partage is not None
    assert [a.code for a in deux.partage.refus] == ["MLG-CAL-005"]
    assert (deux.partage.departement, deux.part_etat) == (None, None)


def test_in_mayotte_the_rsa_is_refused_and_may_be_given() -> None:
    annexe = make_annexe(territoire="mayotte", montant_unitaire=Centimes(1682500))
    refuse = complete(annexe, beneficiaires=Beneficiaires((5,))).partage
    assert refuse is not None
    assert [(a.code, a.ou) for a in refuse.refus] == [("MLG-REG-227", "cofinancement")]
    assert "colonne" not in refuse.refus[0].que_faire
    donne = complete(annexe, beneficiaires=Beneficiaires((5,), Centimes(30000)))
    assert donne.partage is not None
    assert donne.partage.departement == Centimes(3 * 5 * 26400)
    assert any("que vous avez donné" in phrase for phrase in donne.avertissements)


def test_outside_the_aci_the_share_is_shown_with_its_warning() -> None:
    aci = complete(beneficiaires=Beneficiaires((1,)))
    ei = complete(
        make_annexe(type_siae="EI", montant_unitaire=Centimes(1160900)),
        beneficiaires=Beneficiaires((1,)),
    )
    assert not any("n’obligent" in phrase for phrase in aci.avertissements)
    assert any("n’obligent" in phrase for phrase in ei.avertissements)


# arrêtés on the way


def follow(annexe: Annexe, **changes: Any) -> Explication:
    return expliquer(annexe, Demande(hypotheses=SUIVRE, **changes), LOI)


def make_ai(debut: date, fin: date, euros: int, **changes: Any) -> Annexe:
    return make_annexe(
        type_siae="AI",
        date_debut=debut,
        date_fin=fin,
        etp_centiemes=1000,
        montant_unitaire=Centimes(euros * 100),
        **changes,
    )


def test_arretes_of_2022_are_followed_from_their_effect_once_published() -> None:
    explication = follow(make_ai(date(2022, 1, 1), date(2022, 12, 31), 1441))
    paiement = explication.paiement
    assert [
        (str(un.effet), un.montant_unitaire, str(un.decision)) for un in paiement.annexe.avenants
    ] == [
        ("2022-05", Centimes(147900), "2022-08"),
        ("2022-08", Centimes(150900), "2022-12"),
    ]
    # 4 × 14 410 / 12 + 3 × 14 790 / 12 + 5 × 15 090 / 12
    assert paiement.montant_final == Centimes(1478833)
    assert explication.calculee.montant == Centimes(1441000)
    assert any("à partir de son mois d’effet" in phrase for phrase in explication.hypotheses)


def test_the_ei_of_2025_is_followed_from_january() -> None:
    annexe = make_annexe(
        type_siae="EI",
        date_debut=date(2024, 12, 1),
        date_fin=date(2025, 1, 31),
        montant_unitaire=Centimes(1245900),
    )
    (arrete,) = follow(annexe).paiement.annexe.avenants
    assert (str(arrete.effet), arrete.montant_unitaire) == ("2025-01", Centimes(1330400))
    assert arrete.arrete == "L’arrêté du 4 décembre 2024"


def test_by_default_an_annexe_keeps_the_amount_of_its_first_day_and_says_what_it_leaves() -> None:
    explication = expliquer(make_ai(date(2022, 1, 1), date(2022, 12, 31), 1441), legislation=LOI)
    assert explication.paiement.montant_final == explication.calculee.montant
    assert not explication.paiement.change
    assert "à partir de mai 2022 : il n’est pas appliqué" in explication.avertissements[0]


def test_an_amount_of_the_first_day_published_later_is_a_change_too() -> None:
    """2023: the annexe bears what was known in January, the arrêté comes in August."""
    annexe = make_ai(date(2023, 1, 1), date(2023, 4, 30), 1509)
    (arrete,) = follow(annexe).paiement.annexe.avenants
    assert (str(arrete.effet), str(arrete.decision)) == ("2023-01", "2023-08")
    assert follow(replace(annexe, montant_unitaire=Centimes(153600))).paiement.annexe.avenants == ()


def test_in_prison_the_arrete_is_that_of_the_ordinary_amount() -> None:
    annexe = make_annexe(
        type_siae="EI",
        territoire="milieu_penitentiaire",
        date_debut=date(2022, 7, 1),
        date_fin=date(2022, 8, 31),
        montant_unitaire=Centimes(1138100),
    )
    (arrete,) = follow(annexe).paiement.annexe.avenants
    assert (arrete.montant_unitaire, str(arrete.decision)) == (Centimes(1160900), "2022-12")


def test_an_unknown_month_is_refused_when_the_arretes_are_followed_only() -> None:
    annexe = make_ai(date(2025, 7, 1), date(2026, 6, 30), 1619)
    with pytest.raises(PeriodeNonModelisee, match="1er janvier 2026"):
        follow(annexe)
    assert expliquer(annexe, legislation=LOI).paiement.avertissements == ()
    projetee = expliquer(
        annexe, Demande(hypotheses=SUIVRE), LOI.with_choix(Choix.projection_smic())
    )
    assert [un.arrete for un in projetee.paiement.annexe.avenants] == [
        "La projection sur le SMIC",
        "La projection sur le SMIC",
    ]
    assert any("pas le droit" in phrase for phrase in projetee.avertissements)


def test_an_unknown_publication_is_said() -> None:
    explication = follow(make_ai(date(2023, 7, 1), date(2024, 6, 30), 1570))
    assert any("publication" in phrase for phrase in explication.avertissements)


def test_an_avenant_and_the_complements_rest_on_the_final_amount() -> None:
    demande = Demande(
        avenants=(Avenant(Mois(2022, 12), Decimal(16)),),
        complements=DemandeComplements(modulation=Modulation((100, 0, 0), (100, 0, 0))),
    )
    explication = expliquer(make_annexe(), demande, LOI)
    # 14 859,33 × 2 + 29 718,67
    assert explication.paiement.montant_final == Centimes(5943733)
    assert explication.complements[0].montant == Centimes(594373)


def test_readings_are_read_for_both() -> None:
    paiement, autres = read_lectures({"plafond": "mensuel", "postes_cdi": "compris"})
    assert (paiement.plafond.code, autres) == ("mensuel", {"postes_cdi": PostesCdi.COMPRIS})
    with pytest.raises(SaisieInvalide, match="MLG-REG-228"):
        read_lectures({"zzz": "x"})
    assert not DemandeComplements()
    assert DemandeComplements(modulation=MODULATION)
