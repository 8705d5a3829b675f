"""Every case of the folders beside this one, written for a jurist, through the whole engine."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maillage.kernel.errors import UserError
from maillage.kernel.money import Centimes
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.calendrier import calendrier

DOSSIER = Path(__file__).parents[1]
FICHIERS = (
    "aide_au_poste/aide_au_poste.toml",
    "cofinancement/cofinancement.toml",
    "versement/versement.toml",
)
CAS = [
    cas
    for fichier in FICHIERS
    for cas in tomllib.loads((DOSSIER / fichier).read_text(encoding="utf-8"))["cas"]
]
CRITERES = ("publics", "moyens", "resultats")
Cas = dict[str, Any]  # as tomllib gives it; the runner is what checks its shape


def build_columns(entrees: Cas) -> dict[str, Any]:
    """One row of columns, as a reader of annexes gives them."""
    debut, fin = entrees["du"], entrees["au"]
    centiemes = np.array([int(Decimal(entrees["etp"]) * 100)])
    mois = (fin.year - debut.year) * 12 + fin.month - debut.month + 1
    colonnes = {
        "type_siae": np.array([entrees["type"]]),
        "territoire": np.array([entrees.get("territoire", "metropole_drom")]),
        "date_debut_effet": np.array([debut], "M8[D]"),
        "date_fin_effet": np.array([fin], "M8[D]"),
        "etp_centiemes": centiemes,
        "etp_passerelle_centiemes": centiemes,
        "etp_cdi_centiemes": centiemes,
        "mois_passerelle": np.array([entrees.get("mois", 0)]),
        "date_embauche_cdi": np.array([entrees.get("embauche", debut)], "M8[D]"),
        "mois_beneficiaires": np.array([entrees.get("personnes", 0) * mois]),
    }
    for critere, poids, note in zip(
        CRITERES, entrees.get("poids", [0] * 3), entrees.get("notes", [0] * 3), strict=True
    ):
        colonnes |= {f"poids_{critere}": np.array([poids]), f"note_{critere}": np.array([note])}
    return colonnes


def compute_one(entrees: Cas, cible: str) -> int:
    legislation = load_legislation().with_connu_au(entrees.get("connu_au"))
    resultat = compute([cible], build_columns(entrees), legislation, entrees["du"])
    return int(resultat[cible][0])


def euros(centimes: int) -> Decimal:
    return Centimes(centimes).to_euros()


def run_montant_annexe(entrees: Cas) -> Cas:
    return {
        "montant_unitaire": euros(compute_one(entrees, "montant_unitaire_centimes")),
        "montant": euros(compute_one(entrees, "montant_total_annuel_centimes")),
    }


def run_versement(entrees: Cas) -> Cas:
    annexe = Annexe(
        entrees["du"],
        entrees["au"],
        Decimal(entrees["etp"]),
        Centimes(compute_one(entrees, "montant_unitaire_centimes")),
    )
    lignes = calendrier(annexe, [Decimal(etp) for etp in entrees["realises"]])
    verses = [ligne.verse for ligne in lignes]
    assert all(isinstance(verse, Centimes) for verse in verses)
    assert lignes[-1].cumul == lignes[-1].droit_a_date
    return {
        "verses": [verse.to_euros() for verse in verses if isinstance(verse, Centimes)],
        "droit": sum((v.to_euros() for v in verses if isinstance(v, Centimes)), Decimal(0)),
    }


def run(cas: Cas) -> Cas:
    cibles = {
        "part_modulee": "part_modulee_centimes",
        "contrat_passerelle": "contrat_passerelle_centimes",
        "cdi_inclusion": "aide_cdi_inclusion_centimes",
        "cofinancement": "part_departement_centimes",
    }
    match cas["regle"]:
        case "montant_annexe":
            return run_montant_annexe(cas["entrees"])
        case "versement":
            return run_versement(cas["entrees"])
        case regle:
            return {"montant": euros(compute_one(cas["entrees"], cibles[regle]))}


def read_expected(valeur: object) -> object:
    if isinstance(valeur, list):
        return [Decimal(montant) for montant in valeur]
    return Decimal(str(valeur))


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["titre"])
def test_case(cas: Cas) -> None:
    attendu = cas["attendu"]
    if "refus" in attendu:
        with pytest.raises(UserError) as erreur:
            run(cas)
        assert [anomalie.code for anomalie in erreur.value.anomalies] == [attendu["refus"]]
    else:
        assert run(cas) == {nom: read_expected(valeur) for nom, valeur in attendu.items()}


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["titre"])
def test_a_case_can_be_read_by_a_jurist(cas: Cas) -> None:
    assert {"titre", "regle", "texte", "url", "calcul", "entrees", "attendu"} == set(cas)
    assert cas["url"].startswith("http")
    assert isinstance(cas["entrees"]["du"], date)


def test_titles_are_unique() -> None:
    assert len({cas["titre"] for cas in CAS}) == len(CAS) >= 25
