"""Coverage counted by hand, and the sentences that say it."""

from __future__ import annotations

from factories.argent_public import unite

from maillage.analyses.argent_public.couverture import Part, measure_couverture
from maillage.analyses.argent_public.phrases import RAISONS, list_phrases
from maillage.analyses.argent_public.unites import Rapprochement, Unite
from maillage.kernel.valeur import Absence


def sentences(unites: list[Unite]) -> str:
    phrases = list_phrases(measure_couverture(unites, 2024))
    return "\n".join(phrases).translate(str.maketrans("\u00a0\u202f", "  "))


def test_coverage_by_hand() -> None:
    unites = [
        unite(1, {"etat": 300_000}, (200_000, 0), etp_conventionnes=20.0),
        unite(2, {"etat": 100_000}, (150_000, 0), comptes={"ventes": 1}),
        unite(3, None, (100_000, 0), comptes={"ventes": -1}),
        unite(4, None, sans_montant=2, acquis=None),
        unite(5, {"etat": 1}, (100, 0), rapprochement=Rapprochement.DECALE, acquis=20_000_000),
    ]
    found = measure_couverture(unites, 2024)
    assert found.structures == 5
    assert found.sources["annexes"] == Part(4, 50 / 60)
    assert found.sources["declare"] == Part(2, 30 / 60)
    assert found.sources["comptes"] == Part(1, 10 / 60)
    assert found.annexes_sans_montant == 2
    assert found.ecartees == {Rapprochement.SANS_DECLARATION: 2, Rapprochement.DECALE: 1}
    assert found.comptes_negatifs == 1
    assert (found.acquis, found.acquis_structures) == (650_000, 4)
    assert (found.deux_fois, found.etat_inferieur) == (2, 1)
    texte = sentences(unites)
    assert "pour 4 structures sur 5 (83 % des ETP conventionnés)" in texte
    assert "2 annexes n’ont pas de montant et n’y sont pas." in texte
    assert "Les heures saisies par 4 structures en valent 650 000 €" in texte
    assert "Laissées de côté : 2 ne déclarent rien et 1 clôt son exercice avant décembre." in texte
    assert "1 structure a une ligne de comptes négative et n’y est pas." in texte
    assert "l’aide au poste de 2 structures serait comptée deux fois" in texte
    assert "1 structure déclare de l’État moins que sa seule aide au poste" in texte
    assert "Ne sont dans aucune colonne" in texte


def test_the_sum_of_two_is_not_told() -> None:
    found = measure_couverture([unite(1, None, (5, 0)), unite(2, None, (7, 0))], 2024)
    assert found.acquis is Absence.SECRETE


def test_nothing_is_known_of_no_unit() -> None:
    found = measure_couverture([], 2024)
    assert found.acquis is Absence.INCONNUE
    assert found.sources["annexes"] == Part(0, Absence.SANS_OBJET)
    texte = sentences([])
    assert "pour 0 structure sur 0." in texte
    assert "aucun n’a été donné" in texte
    assert "deux fois" not in texte
    assert "Laissées de côté" not in texte


def test_every_reason_has_its_sentence() -> None:
    assert set(RAISONS) == set(Rapprochement) - {Rapprochement.FAIT}
    for raison, phrase in RAISONS.items():
        unites = [unite(1, None, rapprochement=raison)]
        assert f"1 {phrase}" in sentences([*unites])
