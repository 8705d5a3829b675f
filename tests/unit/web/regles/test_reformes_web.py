"""Reforms on the screen: hypotheses as fields, effects by date, an extract that is kept nowhere."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.kernel.errors import FichierInvalide
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.lecture_reforme import (
    list_reformes,
    load_reforme,
    parse_reforme,
    read_texte,
)
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.reforme import Changement
from maillage.web.regles.reformes.depot import (
    TAILLE_MAX,
    check_taille,
    describe_fichier,
    read_depot,
)
from maillage.web.regles.reformes.editeur import (
    MODELE_VIDE,
    SIGNES_MAX,
    get_modele,
    read_annexe_comparee,
    read_jours,
    read_reforme,
)
from maillage.web.regles.reformes.effets import describe_annexe, describe_effets
from maillage.web.regles.reformes.hypotheses import list_champs, read_hypotheses, write_nombre
from maillage.web.regles.reformes.montant import read_montant
from maillage.web.regles.reformes.paliers import list_paliers

if TYPE_CHECKING:
    from pathlib import Path


LOI = load_legislation()
AI = "aide_au_poste.montant_socle.AI"
MONTANT = {"s_type": "AI", "s_montant": "2 000", "s_du": "01/01/2026"}
ANNEXE = {
    "type": "AI",
    "territoire": "metropole_drom",
    "etp": "10",
    "debut": "01/01/2022",
    "fin": "31/12/2022",
}
ENTETES = (
    "af_numero_annexe_financiere;af_mesure_dispositif_code;af_etp_postes_insertion;"
    "af_montant_unitaire_annuel_valeur;af_date_debut_effet;af_date_fin_effet"
)
CSV = f"{ENTETES}\nAI092215107A1M0;AI_DC;19,00;1428;01/01/2022;31/12/2022\n"


def depot(contenu: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("nom-propre.csv", contenu.encode())


@pytest.mark.parametrize("code", list_reformes())
def test_a_ready_reform_is_read_as_it_stands(code: str) -> None:
    saisie = read_reforme(read_texte(code), {})
    assert saisie.reforme is not None
    assert saisie.reforme.code == code
    assert saisie.texte == read_texte(code)
    assert describe_effets(LOI, saisie.reforme)["constat"]


def test_the_empty_model_is_a_reform_that_works() -> None:
    saisie = read_reforme(get_modele(""), {})
    assert saisie.texte == get_modele("vide") == MODELE_VIDE
    assert saisie.reforme is not None
    assert [p.jour for p in list_paliers(LOI, saisie.reforme)] == [
        date(2025, 12, 31),
        date(2026, 1, 1),
    ]


def test_a_hypothesis_changed_in_its_field_is_written_in_the_text() -> None:
    query = {"h_montant_ai": "3 500", "o_montant_ai": "4000"}
    saisie = read_reforme(read_texte("ai_4000"), query)
    assert saisie.reforme is not None
    assert saisie.reforme.hypotheses["montant_ai"].valeur == 3500
    assert "valeur: 3500" in saisie.texte


def test_a_field_left_as_shown_lets_the_text_win() -> None:
    """Who edits the value in the text and leaves the field must not see the field come back."""
    texte = read_texte("ai_4000").replace("valeur: 4000", "valeur: 3000")
    saisie = read_reforme(texte, {"h_montant_ai": "4000", "o_montant_ai": "4000"})
    assert saisie.reforme is not None
    assert saisie.reforme.hypotheses["montant_ai"].valeur == 3000


@pytest.mark.parametrize("texte", ["beaucoup", "1e9", "9999999999999", "--5"])
def test_a_hypothesis_that_is_no_number_is_told_at_its_field(texte: str) -> None:
    reforme = load_reforme("ai_4000")
    lues = read_hypotheses(reforme, {"h_montant_ai": texte})
    assert lues.valeurs == {}
    (champ,) = list_champs(reforme, lues)
    assert champ["valeur"] == texte
    assert champ["anomalies"]


@pytest.mark.parametrize(
    ("nombre", "ecrit"), [(4000, "4000"), (0.98, "0,98"), (-0.5, "-0,5"), (1.0, "1")]
)
def test_a_number_is_shown_as_it_can_be_typed_again(nombre: float, ecrit: str) -> None:
    assert write_nombre(nombre) == ecrit
    lues = read_hypotheses(load_reforme("ai_4000"), {"h_montant_ai": ecrit})
    assert lues.valeurs == {"montant_ai": nombre}


def test_every_problem_of_a_text_is_told_with_its_line() -> None:
    texte = MODELE_VIDE.replace("titre:", "titr:").replace("socle.AI", "socle.A")
    saisie = read_reforme(texte, {})
    assert saisie.reforme is None
    assert {a.code for a in saisie.anomalies} == {"MLG-REG-102", "MLG-REG-103", "MLG-REG-106"}
    assert {3, 14} <= saisie.lignes_fautives


@pytest.mark.parametrize(
    ("texte", "code"),
    [("", "MLG-WEB-048"), (" \r\n", "MLG-WEB-048"), ("x" * 60_001, "MLG-WEB-049")],
)
def test_a_text_that_is_empty_or_endless_is_refused(texte: str, code: str) -> None:
    saisie = read_reforme(texte, {})
    assert [a.code for a in saisie.anomalies] == [code]
    assert len(saisie.texte) <= SIGNES_MAX
    assert saisie.lignes_fautives == frozenset()


def test_the_simple_form_writes_a_reform_that_is_read() -> None:
    formulaire, texte = read_montant({**MONTANT, "s_source": "Une question"})
    assert not formulaire.erreurs
    reforme = parse_reforme(texte, "essai")
    assert reforme.valable_jusqu_au == date(2026, 12, 31)
    assert reforme.source[0].titre == "Une question"
    assert [p.chemin for p in list_paliers(LOI, reforme)] == [AI, AI]
    assert read_montant({})[1] == ""


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("s_type", "", "MLG-WEB-042"),
        ("s_montant", "0", "MLG-WEB-041"),
        ("s_montant", "1,234", "MLG-WEB-041"),
        ("s_montant", "x", "MLG-WEB-040"),
        ("s_du", "", "MLG-WEB-020"),
        ("s_du", "01/01/2101", "MLG-WEB-021"),
        ("s_au", "31/12/2025", "MLG-WEB-047"),
        ("s_source", "x" * 301, "MLG-WEB-049"),
    ],
)
def test_a_problem_of_the_simple_form_is_at_its_field(champ: str, texte: str, code: str) -> None:
    formulaire, ecrit = read_montant({**MONTANT, champ: texte})
    assert ecrit == ""
    assert {c: [a.code for a in une] for c, une in formulaire.erreurs.par_champ.items()} == {
        champ: [code]
    }


def test_each_date_of_the_law_is_set_beside_the_reform() -> None:
    paliers = list_paliers(LOI, load_reforme("ai_4000"))
    assert paliers[0].jour == date(2020, 12, 31)
    connus = [p for p in paliers[1:] if p.droit is not None]
    assert len(connus) == 9
    assert all(p.reforme is not None and p.reforme.valeur == 4000 for p in paliers[1:])
    assert paliers[-1].droit is None


def test_the_day_before_is_the_last_that_the_law_knows() -> None:
    """IGAS 2030: the law of the eve is unknown, that of the end of 2025 is not."""
    paliers = [p for p in list_paliers(LOI, load_reforme("igas_2022")) if p.chemin == AI]
    assert paliers[0].jour == date(2025, 12, 31)
    assert paliers[0].droit is not None


def test_a_projection_fills_the_side_of_the_law_and_says_so() -> None:
    loi = LOI.with_choix(Choix.projection_smic())
    paliers = list_paliers(loi, load_reforme("ai_doublee"))
    assert paliers[1].droit is not None
    assert paliers[1].droit.choix is not None
    # the SMIC is not known beyond its last check, so the projection stops there
    assert paliers[-1].droit is None


def test_a_ratio_on_what_the_law_does_not_give_is_refused_in_words() -> None:
    reforme = replace(
        load_reforme("lf_2026_moins_2"),
        changements=(Changement(AI, date(2026, 1, 1), "ratio", 0.98),),
    )
    effets = describe_effets(LOI, reforme)
    assert effets["constat"] == "La réforme ne s’applique pas."
    assert effets["refus"]


@pytest.mark.parametrize(
    ("changement", "mots"),
    [
        (Changement("versement.plafond", date(2026, 1, 1), valeur="rien"), "autre valeur"),
        (Changement("versement.mois_regularisation", date(2026, 1, 1), valeur=(5, 8, 11)), "aucun"),
        (Changement("smic.horaire_brut", date(2030, 1, 1), valeur=15.0), "15\u202f€"),
    ],
)
def test_every_kind_of_value_is_set_side_by_side(changement: Changement, mots: str) -> None:
    reforme = replace(
        load_reforme("ai_4000"), changements=(changement,), valable_jusqu_au=date(2030, 12, 31)
    )
    effets = describe_effets(LOI, reforme)
    assert mots in f"{effets['table']}"


def test_an_annexe_under_both_laws() -> None:
    annexe = describe_annexe(read_annexe_comparee(ANNEXE), load_reforme("ai_4000"))
    assert "14\u202f410\u202f€" in f"{annexe['table']}"
    assert "40\u202f000\u202f€" in f"{annexe['table']}"
    assert "25\u202f590\u202f€" in f"{annexe['table']}"
    assert annexe["refus"] == []


def test_a_side_that_is_not_known_says_why() -> None:
    saisie = read_annexe_comparee({**ANNEXE, "debut": "01/01/2026", "fin": "31/12/2026"})
    annexe = describe_annexe(saisie, load_reforme("ai_4000"))
    assert isinstance(annexe["refus"], list)
    assert [cote for cote, _ in annexe["refus"]] == ["Droit"]
    assert "inconnue" in f"{annexe['table']}"


@pytest.mark.parametrize("valeur", [1e12, -5.0])
def test_an_amount_that_no_annexe_can_have_is_refused(valeur: float) -> None:
    reforme = load_reforme("ai_4000").with_hypothese("montant_ai", valeur)
    saisie = read_annexe_comparee({**ANNEXE, "etp": "1000"})
    annexe = describe_annexe(saisie, reforme)
    assert annexe["refus"] or "\u2212" in f"{annexe['table']}"


def test_no_annexe_is_asked_for_when_its_fields_are_empty() -> None:
    assert read_annexe_comparee({"inconnu": "projeter"}).est_vide
    assert read_annexe_comparee({"etp": "10"}).erreurs


@pytest.mark.parametrize(
    ("query", "champ"),
    [({"avant": "31/12/2025"}, "avant"), ({"le": "hier"}, "le"), ({"le": "01/01/2200"}, "le")],
)
def test_a_problem_of_a_day_is_at_its_field(query: dict[str, str], champ: str) -> None:
    assert set(read_jours(query).erreurs.par_champ) == {champ}
    jours = read_jours({"le": "01/01/2030", "avant": "31/12/2025"})
    assert (jours.le, jours.avant) == (date(2030, 1, 1), date(2025, 12, 31))


def test_an_extract_is_compared_by_kind() -> None:
    releve = read_depot(depot(CSV), LOI)
    fichier = describe_fichier(releve, load_reforme("ai_4000"), LOI, (None, None))
    assert "27\u202f132\u202f€ avant, 76\u202f000\u202f€ après" in f"{fichier['phrase']}"
    assert "Ensemble" in f"{fichier['table']}"


def test_what_must_be_known_of_the_totals_is_said() -> None:
    lignes = f"{CSV}FDI092215107A1M0;FDI_DC;1,00;1000;01/01/2022;31/12/2022\n"
    releve = read_depot(depot(lignes), LOI)
    remarques = describe_fichier(releve, load_reforme("ai_doublee"), LOI, (None, None))["remarques"]
    assert "Aucune annexe n’est touchée" in f"{remarques}"
    sans = describe_fichier(releve, load_reforme("revue_depenses_2024"), LOI, (None, None))
    assert "ne change aucun montant socle" in f"{sans['remarques']}"
    igas = describe_fichier(
        releve, load_reforme("igas_2022"), LOI, (date(2026, 1, 1), date(2026, 1, 1))
    )
    assert "part_modulee_max_taux" in f"{igas['remarques']}"
    assert "faute de montant connu" in f"{igas['remarques']}"


def test_nothing_of_a_file_outlives_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_depot(depot(CSV), LOI)
    with pytest.raises(FichierInvalide) as refus:
        read_depot(depot("a;b\n1;2\n"), LOI)
    assert list(tmp_path.iterdir()) == []
    assert "nom-propre" not in str(refus.value)
    assert str(tmp_path) not in str(refus.value)


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    assert check_taille(TAILLE_MAX) is None
    gros = depot("")
    gros.size = TAILLE_MAX + 1
    with pytest.raises(FichierInvalide) as refus:
        read_depot(gros, LOI)
    assert [a.code for a in refus.value.anomalies] == ["MLG-WEB-046"]


def test_a_reform_beyond_any_amount_is_refused_on_a_file_too() -> None:
    reforme = load_reforme("ai_4000").with_hypothese("montant_ai", 1e12)
    with pytest.raises(FichierInvalide) as refus:
        describe_fichier(read_depot(depot(CSV), LOI), reforme, LOI, (None, None))
    assert [a.code for a in refus.value.anomalies] == ["MLG-WEB-041"]
