"""The legal values: none without its text, none lost, and what the series themselves say."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from maillage.regles.engine.choix import Choix
from maillage.regles.engine.documentation import render_parametres, write
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C, CONFIANCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee

ROOT = Path(__file__).resolve().parents[2]
LOI = load_legislation()
SOCLE = "aide_au_poste.montant_socle"
SMIC = "smic.horaire_brut"
# Steps at which the texts left the SMIC, each documented on the value itself.
HORS_SMIC = {
    ("ETTI", date(2020, 1, 1)),
    ("ETTI", date(2022, 1, 1)),
    ("EITI", date(2022, 8, 1)),
    ("EI", date(2025, 1, 1)),
}
# The source gave these values no date of effect, or another place.
RENOMMES = {
    "aide_au_poste.contrat_passerelle.values": "aide_au_poste.contrat_passerelle.montant",
    "aide_au_poste.versement": "versement",
    "aide_au_poste.cofinancement_departement_brsa": "cofinancement",
    "heures_par_etp": "aide_au_poste.heures_par_etp",
    "mise_a_disposition_ai": "mise_a_disposition",
    "cotisations.taxe_sur_salaires": "taxe_salaires",
    "cotisations.reduction_generale.rgdu_2026": "cotisations.rgdu",
    "cotisations.ai_cotisation_at_forfaitaire.avant_2013": (
        "cotisations.ai_cotisation_at_forfaitaire"
    ),
    "smic_horaire_brut": SMIC,
}
SECTIONS = (
    "aide_au_poste",
    "heures_par_etp",
    "mise_a_disposition_ai",
    "cotisations",
    "smic_horaire_brut",
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def dated_values() -> Iterator[tuple[Feuille, ValeurDatee]]:
    return ((feuille, valeur) for feuille in LOI.feuilles.values() for valeur in feuille.valeurs)


def test_no_value_is_without_its_text_its_confidence_and_its_last_check() -> None:
    sans = [
        valeur.ou
        for _, valeur in dated_values()
        if not valeur.references
        or not all(reference.titre for reference in valeur.references)
        or valeur.confiance not in CONFIANCES
        or valeur.derniere_verification < date(2026, 1, 1)
    ]
    assert sans == []


def test_no_value_outlives_what_was_checked() -> None:
    """The last value known does not run for ever: every parameter says until when it holds."""
    assert [f.chemin for f in LOI.feuilles.values() if f.valable_jusqu_au is None] == []


def test_a_value_not_verified_is_shown_with_its_warning() -> None:
    page = render_parametres()
    douteuses = [(f, v) for f, v in dated_values() if v.confiance == "C"]
    assert douteuses
    for feuille, valeur in douteuses:
        legale = LOI.resolve(feuille.chemin, valeur.date_effet)
        assert legale.avertissement == AVERTISSEMENT_C
        lignes = [ligne for ligne in page.splitlines() if f"`{feuille.chemin}`" in ligne]
        assert any(AVERTISSEMENT_C in ligne for ligne in lignes)


def test_the_page_is_the_one_the_program_writes() -> None:
    """`maillage.regles.engine.documentation.write(Path(…))` refreshes it."""
    page = (ROOT / "docs" / "reference" / "parametres.md").read_text(encoding="utf-8")
    assert page == render_parametres()


def test_the_page_is_written_as_it_is_rendered(tmp_path: Path) -> None:
    write(tmp_path / "parametres.md")
    assert (tmp_path / "parametres.md").read_text(encoding="utf-8") == render_parametres()


def test_the_page_lists_everything_that_is_missing() -> None:
    page = render_parametres()
    manques = [lacune.phrase for f in LOI.feuilles.values() for lacune in f.lacunes]
    manques += [f.au_dela for f in LOI.feuilles.values() if f.au_dela]
    assert len(manques) > 30
    assert [phrase for phrase in manques if phrase not in page] == []


def test_a_gap_says_something_and_ends_after_it_starts() -> None:
    for feuille in LOI.feuilles.values():
        for lacune in feuille.lacunes:
            assert lacune.phrase
            assert lacune.au is None or lacune.du <= lacune.au
            assert not any(lacune.covers(valeur.date_effet) for valeur in feuille.valeurs)


def test_the_aid_of_the_ai_by_the_hour_has_been_the_same_share_of_the_smic_since_2014() -> None:
    heures = LOI.resolve("aide_au_poste.heures_par_etp.AI", date(2024, 11, 1)).valeur
    parts = {}
    for marche in LOI.leaf(f"{SOCLE}.AI").valeurs:
        smic = LOI.resolve(SMIC, marche.date_effet).valeur
        assert isinstance(marche.valeur, int)
        assert isinstance(heures, int)
        assert isinstance(smic, float)
        parts[marche.date_effet] = round(100 * marche.valeur / heures / smic, 2)
    assert len(parts) == 16
    assert set(parts.values()) == {8.48, 8.49}


@pytest.mark.parametrize("kind", ["AI", "ACI", "EI", "ETTI", "EITI"])
def test_each_step_of_the_amounts_follows_the_smic_but_for_the_documented_ones(kind: str) -> None:
    marches = LOI.leaf(f"{SOCLE}.{kind}").valeurs
    compared = 0
    for avant, apres in pairwise(marches):
        attendu = _number(avant.valeur) * _smic(apres.date_effet) / _smic(avant.date_effet)
        ecart = abs(_number(apres.valeur) - attendu)
        if (kind, apres.date_effet) in HORS_SMIC:
            assert ecart > 10
            assert apres.note
        elif kind != "EITI" or apres.date_effet.year < 2024:
            # From the frozen amount of 2022 on, the missing steps of the EITI hide the rule.
            assert ecart <= 10
            compared += 1
    assert compared >= 3


@pytest.mark.parametrize("kind", ["EI", "ACI"])
def test_before_2022_the_amount_in_prison_is_six_tenths_of_the_ordinary_one(kind: str) -> None:
    for marche in LOI.leaf(f"{SOCLE}_milieu_penitentiaire.{kind}").valeurs:
        ordinaire = _number(LOI.resolve(f"{SOCLE}.{kind}", marche.date_effet).valeur)
        if marche.renvoi:
            en_prison = LOI.resolve(f"{SOCLE}_milieu_penitentiaire.{kind}", marche.date_effet)
            assert en_prison.valeur == ordinaire
        else:
            assert abs(_number(marche.valeur) - 0.6 * ordinaire) < 1


def _number(valeur: object) -> float:
    assert isinstance(valeur, (int, float))
    return float(valeur)


def _smic(le: date) -> float:
    return _number(LOI.resolve(SMIC, le).valeur)


@pytest.fixture
def releve(donnees_partagees: Path) -> dict[str, Any]:
    """Values collected before the project, beside it."""
    fichier = donnees_partagees.parent / "reference" / "parameters.yaml"
    if not fichier.is_file():
        pytest.skip(f"le relevé des paramètres n’est pas à côté du projet : {fichier.name} absent")
    lu: dict[str, Any] = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    return lu


def walk(noeud: object, chemin: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, date (empty when it has none) and content of each value collected."""
    if not isinstance(noeud, dict):
        return
    if "value" in noeud:
        dernier = chemin[-1]
        datee = DATE.fullmatch(dernier) is not None
        yield ".".join(chemin[:-1] if datee else chemin), dernier if datee else "", noeud
        return
    for cle, enfant in noeud.items():
        yield from walk(enfant, (*chemin, cle))


def rename(chemin: str) -> str:
    for ancien, nouveau in RENOMMES.items():
        if chemin == ancien or chemin.startswith(f"{ancien}."):
            return nouveau + chemin.removeprefix(ancien)
    return chemin


def is_same(collected: object, valeur: ValeurDatee) -> bool:
    """Whether a value is the one collected; sentences are ours, only their presence counts."""
    if isinstance(collected, str) and collected.startswith("= droit commun "):
        return valeur.renvoi == f"{SOCLE}.{collected.split()[-1]}"
    if isinstance(valeur.valeur, Fraction):
        return valeur.valeur == Fraction(str(collected))
    if isinstance(valeur.valeur, date):
        return valeur.valeur.isoformat() == collected
    if isinstance(collected, str) or (
        isinstance(collected, list) and isinstance(collected[0], str)
    ):
        return isinstance(valeur.valeur, (str, tuple))
    if isinstance(collected, list):
        return valeur.valeur == tuple(collected)
    return type(valeur.valeur) is type(collected) and valeur.valeur == collected


@pytest.mark.donnees_partagees
def test_no_value_collected_is_lost_and_none_differs(releve: dict[str, Any]) -> None:
    differents = []
    compared = 0
    for section in SECTIONS:
        for chemin, jour, noeud in walk(releve[section], (section,)):
            compared += 1
            valeurs = LOI.leaf(rename(chemin)).valeurs
            datees = [v for v in valeurs if not jour or v.date_effet.isoformat() == jour]
            if not any(
                is_same(noeud["value"], v) and v.confiance == noeud["confidence"] for v in datees
            ):
                differents.append((chemin, jour, noeud["value"]))
    assert differents == []
    assert compared > 240


@pytest.mark.donnees_partagees
def test_the_waiver_of_the_prefect_is_the_one_collected(releve: dict[str, Any]) -> None:
    collected = releve["mise_a_disposition_ai"]["derogation_prefet"]
    debut = date.fromisoformat(collected["depuis"])
    jeu = LOI.au(debut)
    assert (
        jeu.get("mise_a_disposition.derogation_prefet.duree_max_ans").valeur
        == collected["duree_max_ans"]
    )
    assert jeu.get("mise_a_disposition.derogation_prefet.renouvelable").valeur is True
    fenetre = releve["mise_a_disposition_ai"]["plafond_heures_secteur_marchand"]["fenetre_mois"]
    assert jeu.get("mise_a_disposition.fenetre_mois").valeur == fenetre


@pytest.mark.donnees_partagees
def test_the_projection_of_2026_is_the_one_collected(releve: dict[str, Any]) -> None:
    projetee = LOI.with_choix(Choix.projection_smic())
    for jour, montants in releve["derived_checks"]["projection_2026_not_law"].items():
        if DATE.fullmatch(jour):
            for kind, montant in montants.items():
                legale = projetee.resolve(f"{SOCLE}.{kind}", date.fromisoformat(jour))
                assert (kind, legale.valeur) == (kind, montant)
                assert "pas le droit" in legale.avertissement
