"""Each rule of the dialogue de gestion, on facts made by hand: when it speaks, and when it does not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import annexe, releve

from maillage.analyses.pilotage.dialogue_de_gestion import prepare, prepare_dialogue
from maillage.analyses.pilotage.reperes import REPERES, Reperes
from maillage.analyses.pilotage.versements import (
    explain_absence,
    list_echeances,
    next_echeance,
)
from maillage.indicators.pilotage.etp import CONVENTIONNEES
from maillage.kernel.errors import Introuvable
from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.pilotage.dialogue_de_gestion import Point
    from maillage.indicators.pilotage.lecture import Faits

CLE = (1, "ACI")


def plain(texte: str) -> str:
    return texte.translate(str.maketrans("\u00a0\u202f−", "  -"))


def points_of(faits: Faits, annee: int = 2025, **options: Any) -> dict[str, Point]:
    points = prepare(faits, CLE, annee, **options)
    assert len({(point.code, point.annexes) for point in points}) == len(points)
    return {point.code: point for point in points}


@pytest.fixture
def faits_de_l_annee(faits_de: Callable[..., Faits]) -> Callable[..., Faits]:
    """Facts of an annexe and of the hours of its months, from January."""

    def make(*heures: str, jour: date = date(2025, 7, 5), **cellules: Any) -> Faits:
        releves = [releve(mois, h) for mois, h in enumerate(heures, start=1) if h]
        return faits_de(jour, AnnexeFinanciere=[annexe(**cellules)], EtatMensuelIndiv=releves)

    return make


def test_a_structure_on_target_says_so_and_what_the_national_figure_would_read(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    points = points_of(faits_de_l_annee(*["182.00"] * 6))
    point = points["sur_la_cible"]
    assert "100,0 % de réalisation, écart de 0,00 ETP-mois" in plain(point.constat)
    assert "-72,00 ETP-mois" in plain(point.a_dire)
    assert [repere.code for repere in point.reperes] == ["tolerance", "ecart_etp"]
    assert not {"mois_en_retard", "brouillons", "sous_realisation"} & set(points)


def test_below_for_good_an_amendment_is_a_matter_of_date(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    points = points_of(faits_de_l_annee("91.00", "92.00", "90.00", "91.00", "91.00", "91.00"))
    point = points["sous_realisation"]
    assert "50,0 % de réalisation, écart de -36,00 ETP-mois" in plain(point.constat)
    assert "-72 000 €" in plain(point.constat)
    assert "réaliser 108,00 ETP-mois sur 6 mois d’annexe" in plain(point.constat)
    assert "avenant à la baisse" in point.a_dire
    assert "affaire de date" in point.a_dire
    assert len(point.lectures) == 1
    assert points["prevision"].chiffres[0].carte == "prevision"


def test_below_but_within_the_range_nothing_is_to_be_taken_back(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    points = points_of(faits_de_l_annee("40.00", "300.00", "60.00", "240.00", "40.00", "230.00"))
    assert "contient la convention" in points["sous_realisation"].a_dire


def test_two_months_are_too_few_to_foresee(faits_de_l_annee: Callable[..., Faits]) -> None:
    faits = faits_de_l_annee("91.00", "91.00", jour=date(2025, 4, 5))
    points = points_of(faits)
    assert "trop tôt pour prévoir" in points["sous_realisation"].a_dire
    assert "prevision" not in points
    dialogue = prepare_dialogue(faits, CLE, 2025)
    assert any("moins de trois mois" in phrase for phrase in dialogue.inconnus)


def test_above_is_not_paid(faits_de_l_annee: Callable[..., Faits]) -> None:
    point = points_of(faits_de_l_annee(*["364.00"] * 5))["sur_realisation"]
    assert "rien n’est payé" in point.a_dire
    assert "avenant à la hausse" in point.a_dire
    assert len(point.lectures) == 2
    assert point.chiffres[-1].valeur == 10  # the cap: twelve posts are not reached yet


def test_above_then_the_agreed_year_is_reached(faits_de_l_annee: Callable[..., Faits]) -> None:
    point = points_of(faits_de_l_annee(*["700.00"] * 5))["sur_realisation"]
    assert "déjà atteinte" in point.constat


def test_a_small_gap_is_below_the_marks_of_the_network(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    faits = faits_de_l_annee(*["170.00"] * 5)
    assert "sous_realisation" in points_of(faits)
    large = Reperes(tolerance=10)
    assert "sur_la_cible" in points_of(faits, reperes=large)
    (repere,) = large.describe("tolerance")
    assert (repere.valeur, repere.unite) == (10, "points")
    assert "sur_la_cible" in points_of(faits, reperes=Reperes(ecart_etp=5))
    assert {r.code for r in REPERES.describe()} >= {"mois_tendance", "age_extrait"}


def test_late_months_come_first(faits_de_l_annee: Callable[..., Faits]) -> None:
    faits = faits_de_l_annee("91.00", "", "91.00", "91.00")
    points = prepare(faits, CLE, 2025)
    assert points[0].code == "mois_en_retard"
    assert points[0].is_prealable
    assert points[0].carte == "mois_en_retard"
    assert "février 2025 et mai 2025" in points[0].constat
    assert "48 000 €" in plain(points[0].constat)
    ecart = points_of(faits)["sous_realisation"]
    assert ecart.a_dire.startswith("D’abord, saisissez les 2 mois en retard")


def test_drafts_and_hours_outside_are_settled_first(faits_de: Callable[..., Faits]) -> None:
    points = points_of(
        faits_de(
            AnnexeFinanciere=[annexe(af_date_debut_effet="01/02/2025")],
            EtatMensuelIndiv=[
                releve(1, "10.00"),
                releve(2),
                releve(3, emi_esm_etat_code="BROUILLON"),
            ],
        )
    )
    assert "10,00 heures" in plain(points["heures_hors_periode"].constat)
    assert "1 relevé est resté" in plain(points["brouillons"].constat)


def test_a_rejection_a_motive_a_suspension_and_an_amendment(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, af_etat_annexe_financiere_code="REJETE", af_motif_rejet_code="CP_BANC_KO"),
            annexe(11, af_motif_rejet_code="INCONNU_KO", af_indicateur_suspension="true"),
            annexe(12),
            annexe(12, af_numero_avenant_modification=1, af_etat_annexe_financiere_code="SAISI"),
            annexe(13, af_etat_annexe_financiere_code="REJETE"),
            annexe(14, af_etat_annexe_financiere_code="SAISI", af_motif_rejet_code="SIGN_INSTR"),
        ]
    )
    points = prepare(faits, CLE, 2025)
    par_annexe = {(point.code, point.annexes[0]) for point in points if point.annexes}
    assert {
        ("rejet", "ACI035250010A0M0"),
        ("motif_de_rejet", "ACI035250011A0M0"),
        ("suspension", "ACI035250011A0M0"),
        ("avenant_en_cours", "ACI035250012A0M0"),
        ("rejet", "ACI035250013A0M0"),
    } <= par_annexe
    assert not any(annexe == "ACI035250014A0M0" for _, annexe in par_annexe)
    sans_motif = next(p for p in points if p.annexes == ("ACI035250013A0M0",))
    assert "ne dit pas le motif" in sans_motif.constat
    assert sans_motif.lectures == ()
    banque = next(p for p in points if p.annexes == ("ACI035250010A0M0",))
    assert "CP_BANC_KO" in banque.constat
    assert banque.lectures


def test_a_structure_whose_only_annexe_is_rejected_has_a_point(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(af_etat_annexe_financiere_code="REJETE")],
        EtatMensuelIndiv=[releve(1)],
    )
    assert set(points_of(faits)) == {"rejet"}


@pytest.mark.parametrize(
    ("heures", "mots"),
    [
        (["91.00"] * 3 + ["182.00"] * 3, "monte : 100,0 %"),
        (["182.00"] * 3 + ["91.00"] * 3, "baisse : 50,0 %"),
        (["182.00"] * 6, "est stable"),
    ],
)
def test_the_trend_compares_the_last_months_with_those_before(
    faits_de_l_annee: Callable[..., Faits], heures: list[str], mots: str
) -> None:
    assert mots in plain(points_of(faits_de_l_annee(*heures))["tendance"].constat)


def test_no_trend_on_few_months_or_without_a_divisor(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    assert "tendance" not in points_of(faits_de_l_annee(*["182.00"] * 5))
    faits = faits_de_l_annee(*["182.00"] * 6, af_duree_heure_annuel_etp_valeur="")
    points = points_of(faits)
    assert not {"tendance", "sur_la_cible", "deux_realises"} & set(points)
    inconnus = prepare_dialogue(faits, CLE, 2025).inconnus
    assert any("heures d’un temps plein" in plain(phrase) for phrase in inconnus)


def test_two_realised_that_differ_are_told(faits_de: Callable[..., Faits]) -> None:
    def make(part: str) -> dict[str, Point]:
        return points_of(
            faits_de(
                AnnexeFinanciere=[annexe()],
                EtatMensuelIndiv=[releve(mois, emi_part_etp=part) for mois in (1, 2)],
            )
        )

    assert "deux_realises" not in make("12.1")
    assert [c.carte for c in make("11")["deux_realises"].chiffres] == [
        "etp_realises",
        "etp_realises_asp",
    ]


def test_supervision_is_told_as_declared(faits_de: Callable[..., Faits]) -> None:
    declare = {
        "af_etp_perm_encadrement_tech_sal_insertion_annee_prec": "1.50",
        "af_etp_perm_acc_sociop_annee_prec": "0.50",
        "af_etp_pers_agrees_pole_emploi_iae_annee_prec": "10.00",
    }
    # two annexes of a year repeat one declaration
    faits = faits_de(AnnexeFinanciere=[annexe(10, **declare), annexe(11, **declare), annexe(12)])
    point = points_of(faits)["encadrement"]
    assert "encadrement technique, 1,50 ETP" in plain(point.constat)
    assert "15,0 et 5,0" in plain(point.constat)
    assert [c.carte for c in point.chiffres] == ["encadrement_technique", "accompagnement"]
    sans = faits_de(AnnexeFinanciere=[annexe()])
    assert "encadrement" not in points_of(sans)
    assert any("encadrement" in phrase for phrase in prepare_dialogue(sans, CLE, 2025).inconnus)


def test_the_calendar_is_that_of_the_annexe_itself(
    faits_de_l_annee: Callable[..., Faits],
) -> None:
    faits = faits_de_l_annee(
        "182.00", af_date_debut_effet="01/03/2025", af_date_fin_effet="31/12/2025"
    )
    dialogue = prepare_dialogue(faits, CLE, 2025)
    (seule,) = dialogue.annexes
    assert [f"{e.mois:%Y-%m}" for e in seule.echeances] == ["2025-07", "2025-10", "2026-01"]
    assert seule.echeances[-1].is_solde
    assert seule.echeances[-1].rang == 11
    assert seule.prochaine is not None
    # the fifth month is that of the extraction: the next one comes after it
    assert seule.prochaine.libelle == "octobre 2025 (8e mois de l’annexe)"
    point = next(p for p in dialogue.points if p.code == "regularisation")
    assert point.lectures
    assert "le mois, pas le jour" in plain(point.constat)


@pytest.mark.parametrize(
    ("debut", "fin", "mots"),
    [
        (date(2025, 1, 1), date(2026, 6, 30), "elle dure 18 mois"),
        (date(2025, 2, 1), date(2025, 1, 1), "elle dure 0 mois"),
        (date(2012, 1, 1), date(2012, 12, 31), "aucun texte connu"),
    ],
)
def test_a_calendar_that_no_text_gives_is_unknown(debut: date, fin: date, mots: str) -> None:
    assert list_echeances(debut, fin) == ()
    assert mots in explain_absence(debut, fin)
    assert next_echeance(debut, fin, debut) is None


def test_before_2017_the_last_month_settles() -> None:
    debut, fin = date(2015, 1, 1), date(2015, 12, 31)
    assert [(e.rang, e.is_solde) for e in list_echeances(debut, fin)] == [(11, False), (12, False)]
    assert explain_absence(debut, fin) == ""
    assert next_echeance(debut, fin, date(2016, 1, 1)) is None


def test_what_the_extract_does_not_say_is_said(faits_de: Callable[..., Faits]) -> None:
    longue = annexe(10, af_date_fin_effet="30/06/2026")
    faits = faits_de(AnnexeFinanciere=[longue])
    inconnus = " ".join(prepare_dialogue(faits, CLE, 2025).inconnus)
    for mots in ("pas les paiements", "n’a pas les relevés mensuels", "elle dure 18 mois"):
        assert mots in inconnus
    rien_fait = faits_de(AnnexeFinanciere=[annexe()], EtatMensuelIndiv=[])
    assert any(
        "aucun mois n’est saisi" in p for p in prepare_dialogue(rien_fait, CLE, 2025).inconnus
    )


def test_a_structure_without_annexe_in_the_year_has_nothing_to_say(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(AnnexeFinanciere=[annexe(), annexe(11, "AI", af_date_fin_effet="")])
    assert prepare(faits, CLE, 2019) == []
    assert prepare(faits, (1, "AI"), 2025) == []
    with pytest.raises(Introuvable) as refus:
        prepare_dialogue(faits, CLE, 2019)
    assert refus.value.anomalies[0].code == "MLG-PIL-023"


def test_the_perimeter_is_that_which_is_asked_for(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(af_etat_annexe_financiere_code="CLOTURE")],
        EtatMensuelIndiv=[releve(mois) for mois in range(1, 6)],
    )
    assert "sur_la_cible" in points_of(faits)
    assert points_of(faits, perimetre=CONVENTIONNEES) == {}
    dialogue = prepare_dialogue(faits, CLE, 2025, CONVENTIONNEES)
    assert [a.is_comptee for a in dialogue.annexes] == [False]


def test_sentences_are_french(faits_de_l_annee: Callable[..., Faits]) -> None:
    for point in prepare(faits_de_l_annee("91.00", "", "91.00"), CLE, 2025):
        for phrase in (point.constat, point.a_dire):
            assert phrase[0].isupper()
            assert phrase.endswith((".", "…"))
            assert "'" not in phrase
            assert "  " not in typeset(phrase)


def test_what_remains_is_not_told_when_an_annexe_has_no_divisor(
    faits_de: Callable[..., Faits],
) -> None:
    """The realised of the other one is not known: nothing adds up over the year."""
    sans = annexe(11, af_duree_heure_annuel_etp_valeur="")
    faits = faits_de(
        AnnexeFinanciere=[annexe(), sans],
        EtatMensuelIndiv=[releve(mois, "91.00") for mois in (1, 2, 3)],
    )
    points = points_of(faits)
    assert "il faudrait" not in points["sous_realisation"].constat
    assert "tendance" not in points


def test_a_year_that_is_over_has_nothing_left(faits_de_l_annee: Callable[..., Faits]) -> None:
    points = points_of(faits_de_l_annee(*["91.00"] * 12, jour=date(2026, 3, 5)))
    assert "il faudrait" not in points["sous_realisation"].constat
    assert "national" not in points["sous_realisation"].a_dire
    assert not {"prevision", "regularisation"} & set(points)


def test_above_then_back_below_keeps_the_hours(faits_de: Callable[..., Faits]) -> None:
    """Two annexes: the one above has two months, too few for a forecast; the other is below."""
    faits = faits_de(
        AnnexeFinanciere=[annexe(), annexe(11)],
        EtatMensuelIndiv=[
            *(releve(mois, "700.00") for mois in (1, 2)),
            *(releve(mois, "150.00", emi_afi_id=11) for mois in (1, 2, 3)),
        ],
    )
    point = points_of(faits)["sur_realisation"]
    assert "revient sous la convention" in point.a_dire
