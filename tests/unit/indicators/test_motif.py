"""Why a figure is absent, said to a person."""

from __future__ import annotations

import pytest

from maillage.indicators.motif import departement_of, motif
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

INCONNUE, SANS_OBJET = Absence.INCONNUE, Absence.SANS_OBJET
DEP, COM, EPCI, REG = Niveau.DEPARTEMENT, Niveau.COMMUNE, Niveau.EPCI, Niveau.REGION


@pytest.mark.parametrize(
    ("indicateur", "niveau", "code", "valeur", "expected"),
    [
        ("taux_pauvrete", DEP, "971", INCONNUE, "INSEE pour la Guadeloupe"),
        ("taux_pauvrete", REG, "03", INCONNUE, "INSEE pour la Guyane"),
        ("taux_pauvrete", COM, "97105", INCONNUE, "INSEE pour la Guadeloupe"),
        ("taux_pauvrete", COM, "01001", Absence.SECRETE, "secret statistique"),
        ("taux_pauvrete", EPCI, "200000172", SANS_OBJET, "pas publié au niveau"),
        ("taux_chomage_rp", DEP, "976", INCONNUE, "Mayotte"),
        ("taux_chomage_localise", Niveau.ZONE_EMPLOI, "0301", INCONNUE, "zone d’emploi"),
        ("depense_insertion_brute", DEP, "2A", INCONNUE, "Corse-du-Sud"),
        ("depense_insertion_brute", Niveau.FRANCE, "FR", INCONNUE, "d’un département au moins"),
        ("rsa_delai_orientation", DEP, "35", INCONNUE, "enquête"),
        ("part_neet_15_24", EPCI, "200000172", INCONNUE, "absente de la source"),
        ("part_population_qpv", EPCI, "200000172", INCONNUE, "quartier prioritaire"),
        ("structures_aci", COM, "75101", INCONNUE, "arrondissement"),
        ("ecart_composite", DEP, "35", INCONNUE, "sous cette clé"),
        ("niveau_vie_median_moyen", EPCI, "200000172", INCONNUE, "moins de la moitié"),
        ("demandeurs_emploi", COM, "60054", INCONNUE, "ne donne pas de chiffre"),
        ("population", COM, "85212", Absence.PAS_ENCORE_PUBLIEE, "rétablie"),
        ("population", EPCI, "200000172", Absence.PAS_ENCORE_PUBLIEE, "encore publié"),
        ("population", EPCI, "200000172", Absence.EN_RETARD, "attendu"),
        ("taux_chomage_rp", COM, "55039", SANS_OBJET, "sans habitant"),
        ("taux_chomage_rp", COM, "01001", SANS_OBJET, "dénominateur est nul (actifs"),
        ("population", COM, "01001", SANS_OBJET, "sans objet pour ce territoire"),
    ],
)
def test_reason(indicateur: str, niveau: Niveau, code: str, valeur: Absence, expected: str) -> None:
    assert expected in motif(indicateur, niveau, code, valeur).replace("\u00a0", " ")


def test_a_number_needs_no_reason() -> None:
    assert motif("population", COM, "01001", 832.0) == ""


def test_a_code_tells_its_departement() -> None:
    assert departement_of(COM, "2A004") == "2A"
    assert departement_of(COM, "97105") == "971"
    assert departement_of(REG, "84") == ""
    assert departement_of(EPCI, "200000172") == ""
