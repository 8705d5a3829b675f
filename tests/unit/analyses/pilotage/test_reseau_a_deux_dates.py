"""A synthetic network at two dates: comparison, letters and points agree with the facts of each."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.reseau_synthetique import parametres, write_network

from maillage.analyses.pilotage.comparaison import compare
from maillage.analyses.pilotage.comparaison_modele import Classe, Passage
from maillage.analyses.pilotage.comparaison_totaux import total
from maillage.analyses.pilotage.dialogue_de_gestion import prepare, prepare_dialogue
from maillage.analyses.pilotage.imports import importer
from maillage.analyses.pilotage.lettres import name_lettre, write_changes, write_late
from maillage.cli.page_lettres import render_lettre
from maillage.indicators.pilotage.cartes import find_carte
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.tableaux import list_retards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.pilotage.comparaison import Comparaison
    from maillage.indicators.pilotage.lecture import Faits

ANCIEN, NOUVEAU = date(2024, 12, 10), date(2025, 7, 15)
LE = date(2025, 7, 20)
_TRACES = re.compile(r"\bNone\b|\bnan\b|Absence|[{}]")


@pytest.fixture(scope="module")
def reseaux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Faits, Faits]]:
    """Facts of one network at two dates."""
    dossier = tmp_path_factory.mktemp("reseau")
    with pytest.MonkeyPatch.context() as contexte:
        contexte.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        faits = []
        for au, annees in ((ANCIEN, (2023, 2024)), (NOUVEAU, (2023, 2025))):
            ecrit = write_network(
                dossier / au.isoformat(), parametres(structures=40, au=au, annees=annees)
            )
            rapport = importer([ecrit], datetime(2025, 7, 16, tzinfo=UTC))
            faits.append(load_faits(rapport.extrait.identifiant))
        yield faits[0], faits[1]


@pytest.fixture(scope="module")
def comparaison(reseaux: tuple[Faits, Faits]) -> Comparaison:
    return compare(*reseaux)


def read(faits: Faits) -> dict[int, dict[str, Any]]:
    return {rangee["annexe_id"]: rangee for rangee in faits.annexes.to_pylist()}


def test_every_annexe_of_either_is_in_exactly_one_class(
    comparaison: Comparaison, reseaux: tuple[Faits, Faits]
) -> None:
    avant, apres = map(read, reseaux)
    vues = Counter(annexe.annexe_id for annexe in comparaison.annexes)
    assert vues == Counter({**avant, **apres}.keys())
    par_classe = {
        classe: {a.annexe_id for a in comparaison.annexes if a.classe is classe}
        for classe in Classe
    }
    assert par_classe[Classe.NOUVELLE] == apres.keys() - avant.keys()
    assert par_classe[Classe.DISPARUE] | par_classe[Classe.HORS_HISTORIQUE] == (
        avant.keys() - apres.keys()
    )
    assert par_classe[Classe.NOUVELLE]
    assert par_classe[Classe.CHANGEE]


def test_what_changed_of_an_annexe_is_what_its_facts_differ_by(
    comparaison: Comparaison, reseaux: tuple[Faits, Faits]
) -> None:
    avant, apres = map(read, reseaux)
    colonnes = {"etp": "etp_centiemes", "montant_total": "montant_total_centimes"}
    colonnes |= {nom: nom for nom in ("etat", "numero", "fin", "suspendue", "rejet_code")}
    for annexe in comparaison.annexes:
        if annexe.annexe_id in avant and annexe.annexe_id in apres:
            differents = {
                champ
                for champ, colonne in colonnes.items()
                if avant[annexe.annexe_id][colonne] != apres[annexe.annexe_id][colonne]
            }
            assert differents == {c.champ for c in annexe.champs} & set(colonnes)


def test_months_agree_with_the_facts_of_each_extract(
    comparaison: Comparaison, reseaux: tuple[Faits, Faits]
) -> None:
    """The same passages, found month by month without any array."""
    cotes = []
    for faits in reseaux:
        comptees = {a["annexe_id"] for a in faits.annexes.to_pylist() if a["compte_pilotage"]}
        cotes.append(
            (
                comptees,
                {
                    (m["annexe_id"], m["annee"], m["mois"]): m
                    for m in faits.mois.to_pylist()
                    if m["annexe_id"] in comptees and m["dans_la_periode"]
                },
            )
        )
    (_, avant), (comptees, apres) = cotes
    attendus = set()
    for cle, mois in apres.items():
        avait = avant.get(cle, {"statut": "absent", "heures_centiemes": None})
        match avait["statut"], mois["statut"]:
            case "retard", "fait":
                attendus.add((*cle, Passage.RATTRAPE))
            case "fait", "fait":
                if avait["heures_centiemes"] != mois["heures_centiemes"]:
                    attendus.add((*cle, Passage.HEURES_CHANGEES))
            case _, "fait":
                attendus.add((*cle, Passage.SAISI))
            case "retard", "retard":
                attendus.add((*cle, Passage.TOUJOURS_EN_RETARD))
            case _, "retard":
                attendus.add((*cle, Passage.NOUVEAU_RETARD))
    trouves = {
        (a.annexe_id, m.annee, m.mois, m.passage)
        for a in comparaison.annexes
        for m in a.mois
        if m.dans_la_periode and m.passage is not Passage.SAISIE_RETIREE
    }
    assert trouves == attendus
    assert {passage for *_, passage in trouves} >= {Passage.RATTRAPE, Passage.NOUVEAU_RETARD}
    sommes = total(comparaison.annexes)
    tardifs = (Passage.NOUVEAU_RETARD, Passage.TOUJOURS_EN_RETARD)
    assert sommes.retards_apres == sum(sommes.passages[p].nombre for p in tardifs)
    assert sommes.retards_avant == sum(m["statut"] == "retard" for m in avant.values())
    assert comptees


def test_totals_are_those_of_the_annexes(comparaison: Comparaison) -> None:
    sommes = total(comparaison.annexes)
    assert sum(somme.nombre for somme in sommes.classes.values()) == len(comparaison.annexes)
    nouvelles = [a for a in comparaison.annexes if a.classe is Classe.NOUVELLE]
    montants = [a.montant_apres for a in nouvelles]
    attendu = sum(round(montant * 100) for montant in montants if isinstance(montant, float))
    assert sommes.classes[Classe.NOUVELLE].euros == attendu / 100
    assert sommes.structures == len(comparaison.changees)


def test_every_structure_with_late_months_gets_its_letter(reseaux: tuple[Faits, Faits]) -> None:
    _, faits = reseaux
    for annee in (2024, 2025):
        retards = list_retards(faits, annee)
        lettres = write_late(faits, annee, retards, "Réseau d’essai")
        assert {lettre.cle for lettre in lettres} == {(r.asp_id, r.type) for r in retards}
        assert sum(len(lettre.lignes) for lettre in lettres) == len(retards)
        for lettre in lettres:
            texte = check_letter(render_lettre(lettre, LE))
            assert lettre.destinataire in texte
            assert "Réseau d’essai" in texte


def test_every_structure_concerned_gets_its_letter_on_what_changed(
    comparaison: Comparaison,
) -> None:
    lettres = write_changes(comparaison)
    concernees = {
        structure.cle
        for structure in comparaison.structures
        if structure.champs
        or any(a.has_change and a.classe is not Classe.HORS_HISTORIQUE for a in structure.annexes)
    }
    assert {lettre.cle for lettre in lettres} == concernees
    assert len({name_lettre(lettre) for lettre in lettres}) == len(lettres)
    assert all(re.fullmatch(r"[a-z0-9-]+", name_lettre(lettre)) for lettre in lettres)
    for lettre in lettres:
        check_letter(render_lettre(lettre, LE))


def check_letter(texte: str) -> str:
    """A letter says that it is a try, fits the page, and has no trace of the program."""
    assert "DONNÉES SYNTHÉTIQUES" in texte.translate(str.maketrans("\u00a0\u202f", "  "))
    assert not _TRACES.search(texte)
    assert all(len(ligne) <= 80 for ligne in texte.splitlines())
    assert all(len(ligne.strip()) > 0 or not ligne for ligne in texte.splitlines())
    return texte


def test_every_structure_has_points_that_stand_on_cards(reseaux: tuple[Faits, Faits]) -> None:
    _, faits = reseaux
    codes = set()
    for cle in index_structures(faits).cles:
        points = prepare(faits, cle, 2025)
        if not points:
            continue
        dialogue = prepare_dialogue(faits, cle, 2025)
        assert list(dialogue.points) == points
        assert [p.is_prealable for p in points] == sorted(
            (p.is_prealable for p in points), reverse=True
        )
        assert dialogue.inconnus
        for point in points:
            codes.add(point.code)
            assert point.constat
            assert point.a_dire
            for chiffre in point.chiffres:
                if chiffre.carte:
                    find_carte(chiffre.carte)
            assert not _TRACES.search(f"{point.constat} {point.a_dire}")
    assert codes >= {"mois_en_retard", "sous_realisation", "sur_realisation", "regularisation"}
