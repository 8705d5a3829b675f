"""Letters on facts made by hand: what they say, and what they do not say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import JOUR, annexe, releve, structure

from maillage.analyses.pilotage.comparaison import compare
from maillage.analyses.pilotage.lettres import name_lettre, write_changes, write_late
from maillage.analyses.pilotage.lettres_comparaison import show_etat
from maillage.analyses.pilotage.rejets import explain_motif, explain_rejet
from maillage.cli.page_lettres import render_lettre
from maillage.indicators.pilotage.tableaux import list_retards

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.pilotage.lettres import Lettre
    from maillage.indicators.pilotage.lecture import Faits

AVANT, LE = date(2025, 5, 20), date(2025, 7, 8)


def plain(texte: str) -> str:
    return texte.translate(str.maketrans("\u00a0\u202f−", "  -"))


def body(lettre: Lettre) -> str:
    return plain("\n".join(lettre.paragraphes))


def late(faits: Faits, annee: int = 2025) -> list[Lettre]:
    return write_late(faits, annee, list_retards(faits, annee))


def test_a_letter_on_late_months_says_which_how_much_and_why(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(), annexe(11, af_etp_postes_insertion="2.00")],
        EtatMensuelIndiv=[
            *(releve(mois) for mois in (1, 2, 4)),
            releve(5, emi_esm_etat_code="BROUILLON"),
            *(releve(mois, emi_afi_id=11) for mois in (1, 2, 3, 4)),
        ],
    )
    (lettre,) = late(faits)
    texte = body(lettre)
    assert "mars 2025 et mai 2025" in lettre.objet
    assert "3 mois, soit 26,00 ETP-mois" in texte
    assert "52 000 € au plus" in texte  # (12 + 12 + 2) posts × 24 000 € ÷ 12
    assert "celle d’août 2025 (8e mois de l’annexe)" in texte
    assert "1 relevé y est en brouillon" in texte
    assert [ligne[0] for ligne in lettre.lignes] == ["ACI035250010A0M0", "ACI035250011A0M0"]
    assert lettre.lignes[0][1:3] == ("mars 2025 et mai 2025", "avril 2025")
    assert "À part cela" not in texte
    assert lettre.avis == ""
    assert lettre.source.startswith("Source : extrait de l’ASP") or "Source" in plain(lettre.source)
    assert lettre.expediteur == "L’équipe du réseau"


def test_late_months_of_other_years_are_told_beside(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(9, af_date_debut_effet="01/01/2024", af_date_fin_effet="31/12/2024"),
            annexe(),
        ],
        EtatMensuelIndiv=[
            *(releve(mois, emi_afi_id=9, emi_sme_annee=2024) for mois in range(1, 12)),
            *(releve(mois) for mois in (1, 2, 3, 4)),
        ],
    )
    (lettre,) = late(faits)
    assert "1 mois de 2024" in body(lettre)
    (ancienne,) = late(faits, 2024)
    assert "1 mois de 2025" in body(ancienne)
    # the last settlement of 2024 is behind: no date is promised
    assert "prochaine régularisation" not in body(ancienne)


def test_an_amount_that_is_not_known_is_not_invented(faits_de: Callable[..., Faits]) -> None:
    sans = annexe(af_montant_unitaire_annuel_valeur="")
    (lettre,) = late(faits_de(AnnexeFinanciere=[sans], EtatMensuelIndiv=[]))
    assert "l’extrait n’en donne pas le montant" in body(lettre)
    assert lettre.lignes[0][-1] == "inconnue"
    assert lettre.lignes[0][2] == "aucun"
    faits = faits_de(AnnexeFinanciere=[sans, annexe(11)], EtatMensuelIndiv=[])
    (lettre,) = late(faits)
    assert "sans les annexes dont le montant n’est pas connu" in body(lettre)


def test_two_kinds_of_one_identifier_get_two_letters(faits_de: Callable[..., Faits]) -> None:
    lettres = late(faits_de(AnnexeFinanciere=[annexe(), annexe(11, "ETTI")], EtatMensuelIndiv=[]))
    assert {lettre.cle for lettre in lettres} == {(1, "ACI"), (1, "ETTI")}
    assert {name_lettre(lettre) for lettre in lettres} == {
        "retards-1-aci-association-d-essai-1",
        "retards-1-etti-association-d-essai-1",
    }


def test_nobody_late_no_letter(faits_de: Callable[..., Faits]) -> None:
    assert late(faits_de(EtatMensuelIndiv=[releve(mois) for mois in range(1, 6)])) == []


def change(faits_de: Callable[..., Faits], avant: dict[str, Any], apres: dict[str, Any]) -> Any:
    return compare(faits_de(AVANT, **avant), faits_de(JOUR, **apres))


def test_a_letter_on_what_changed_tells_each_event(faits_de: Callable[..., Faits]) -> None:
    c = change(
        faits_de,
        {
            "AnnexeFinanciere": [annexe(10), annexe(11), annexe(13)],
            "EtatMensuelIndiv": [releve(1), releve(3), releve(4)],
        },
        {
            "AnnexeFinanciere": [
                annexe(
                    10,
                    af_etp_postes_insertion="10.00",
                    af_numero_avenant_modification=1,
                    af_indicateur_suspension="true",
                ),
                annexe(12, af_montant_total_annuel=""),
                annexe(
                    13, af_etat_annexe_financiere_code="REJETE", af_motif_rejet_code="TIT_RIB_KO"
                ),
            ],
            "EtatMensuelIndiv": [releve(1, "100.00"), releve(2), releve(3), releve(9)],
            "Structure": [structure(structure_denomination="NOUVEAU NOM")],
        },
    )
    (lettre,) = write_changes(c)
    texte = body(lettre)
    for mots in (
        "« ASSOCIATION D ESSAI 1 » est devenu « NOUVEAU NOM »",
        "L’annexe ACI035250012A0M0 est nouvelle",
        "montant conventionné : inconnue",
        "L’annexe ACI035250011A0M0 n’est plus dans l’extrait",
        "a changé (numéro de l’annexe et postes conventionnés)",
        "porte maintenant l’indicateur de suspension",
        "a été rejetée : titulaire du RIB refusé (code TIT_RIB_KO)",
        "Vous avez rattrapé des mois",
        "Des mois sont maintenant en retard",
        "Les heures de mois déjà saisis ont changé",
        "Demandez à la DDETS la raison de la suspension",
    ):
        assert mots in texte
    assert any("lecture du code" in source for source in lettre.sources)
    quoi = [plain(" | ".join(ligne)) for ligne in lettre.lignes]
    assert "ACI035250010A0M1 | Postes conventionnés | 12,00 ETP | 10,00 ETP | " in quoi
    assert any(
        "janvier 2025 : heures modifiées | 182,00 heures | 100,00 heures" in ligne for ligne in quoi
    )
    assert any("février 2025 : retard rattrapé | non saisi | 182,00 heures" in q for q in quoi)
    assert "septembre 2025" not in " ".join(quoi)  # entered before its time: nothing to tell
    rendu = plain(render_lettre(lettre, LE))
    assert "Le 8 juillet 2025" in rendu
    assert "SIRET 73282932000074, ACI, numéro ASP 1" in rendu


def test_a_suspension_and_a_rejection_that_end_are_told(faits_de: Callable[..., Faits]) -> None:
    c = change(
        faits_de,
        {
            "AnnexeFinanciere": [
                annexe(10, af_indicateur_suspension="true"),
                annexe(11, af_etat_annexe_financiere_code="REJETE"),
            ]
        },
        {"AnnexeFinanciere": [annexe(10), annexe(11)]},
    )
    texte = body(write_changes(c)[0])
    assert "ne porte plus l’indicateur de suspension" in texte
    assert "n’est plus rejetée" in texte
    assert plain(write_changes(c)[0].lignes[0][2]) == "rejetée"


def test_a_rejection_without_motive_and_a_motive_without_rejection(
    faits_de: Callable[..., Faits],
) -> None:
    c = change(
        faits_de,
        {"AnnexeFinanciere": [annexe(10), annexe(11)]},
        {
            "AnnexeFinanciere": [
                annexe(10, af_etat_annexe_financiere_code="REJETE"),
                annexe(11, af_motif_rejet_code="NUM_AVM_KO"),
            ]
        },
    )
    texte = body(write_changes(c)[0])
    assert "L’extrait n’en dit pas le motif" in texte
    assert "ne dit pas s’il est déjà réglé : numéro d’avenant refusé" in texte


def test_what_only_leaves_the_history_concerns_nobody(faits_de: Callable[..., Faits]) -> None:
    vieille = annexe(9, af_date_debut_effet="01/01/2022", af_date_fin_effet="31/12/2022")
    c = change(
        faits_de,
        {"AnnexeFinanciere": [vieille, annexe()]},
        {"AnnexeFinanciere": [annexe()]},
    )
    assert c.changees
    assert write_changes(c) == []


def test_a_name_alone_that_changes_makes_a_letter_without_table(
    faits_de: Callable[..., Faits],
) -> None:
    c = change(faits_de, {}, {"Structure": [structure(structure_denomination="É À Ç / 1")]})
    (lettre,) = write_changes(c)
    assert lettre.lignes == ()
    assert name_lettre(lettre) == "comparaison-1-aci-e-a-c-1"
    assert "annexe financière est la partie" not in body(lettre)
    assert "Ce qui change" not in render_lettre(lettre, LE)


def test_synthetic_letters_say_so(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        Structure=[structure(structure_denomination="JARDIN (SYNTHETIQUE)")], EtatMensuelIndiv=[]
    )
    (lettre,) = late(faits)
    assert "SYNTHÉTIQUES" in lettre.avis
    assert "synthétique" in lettre.source
    assert render_lettre(lettre, LE).startswith("***")


@pytest.mark.parametrize(
    "code", ["CP_BANC_KO", "TIT_RIB_KO", "SIGN_INSTR", "NUM_AVM_KO", "ETAB_FERME"]
)
def test_a_code_that_was_seen_is_read(code: str) -> None:
    motif = explain_motif(code)
    assert motif.is_connu
    assert motif.is_bancaire == (code in {"CP_BANC_KO", "TIT_RIB_KO"})
    for phrase in (motif.sens, motif.que_faire):
        assert phrase.endswith(".")


def test_several_motives_are_told_together() -> None:
    rejet = explain_rejet("XX_KO CP_BANC_KO XX_KO")
    assert rejet.is_banque
    assert rejet.quoi == "compte bancaire refusé (code CP_BANC_KO) ; motif XX_KO (code XX_KO)."
    assert not explain_rejet("XX_KO").is_banque
    assert "ne dit pas le motif" in explain_rejet("").quoi
    assert not explain_motif("XX_KO").is_connu


def test_a_state_that_is_not_known_is_shown_as_it_is() -> None:
    assert show_etat("VALIDE") == "valide (active)"
    assert show_etat("AUTRE") == "AUTRE"


def test_a_structure_without_a_name_is_written_to_all_the_same(
    faits_de: Callable[..., Faits],
) -> None:
    """The view Structure may lack a structure that an annexe names."""
    inconnue = annexe(11, "AI", af_id_structure=99)
    a = faits_de(AVANT, AnnexeFinanciere=[annexe(), inconnue], EtatMensuelIndiv=[])
    b = faits_de(JOUR, AnnexeFinanciere=[annexe()], EtatMensuelIndiv=[])
    lettre = next(x for x in late(a) if x.cle == (99, "AI"))
    assert lettre.destinataire == "Structure 99 (AI)"
    assert "SIRET inconnu" in plain(render_lettre(lettre, LE))
    assert (99, "AI") in {x.cle for x in write_changes(compare(a, b))}
