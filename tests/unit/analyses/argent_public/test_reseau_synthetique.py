"""A synthetic network: every figure shown is the one that its rows give, and follows the rule of secrecy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.controle_argent import recount
from factories.reseau_synthetique import parametres, write_network

from maillage.analyses.argent_public.compte import Compte, build_compte, find_annee
from maillage.analyses.argent_public.totaux import ENSEMBLE, SOURCES, Ligne
from maillage.analyses.argent_public.unites import PLUSIEURS, Demande
from maillage.analyses.pilotage.imports import importer
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

ANNEE = 2023
LEAVES = ("etat", "departement", "region", "intercommunalite", "commune", "fse", "plie", "agefiph")
# the lines that a sum adds up
SUMS = {"ensemble_public": (*LEAVES, "autre")}


@pytest.fixture(scope="module")
def network(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Compte, list[dict[str, Any]]]]:
    """The account of a network of a hundred structures, and its rows counted again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_DONNEES", str(tmp_path_factory.mktemp("donnees")))
        dossier = write_network(
            tmp_path_factory.mktemp("reseau"), parametres(structures=100, annees=(2023, 2025))
        )
        rapport = importer([dossier], datetime(2025, 7, 16, tzinfo=UTC))
        faits = load_faits(rapport.extrait.identifiant)
        assert find_annee(faits) == ANNEE
        yield build_compte(faits, Demande(ANNEE)), recount(dossier, ANNEE)


def members(rows: list[dict[str, Any]], ligne: Ligne, source: str) -> dict[str, float]:
    """What each organisation brings to one figure."""
    found: dict[str, float] = {}
    for row in rows:
        genre = PLUSIEURS if len(row["types"]) > 1 else next(iter(row["types"]))
        lines = row[source]
        if lines is not None and ligne.colonne in {genre, ENSEMBLE}:
            parts = [
                lines[nom] for nom in SUMS.get(ligne.financeur, (ligne.financeur,)) if nom in lines
            ]
            if parts:
                before = found.get(row["organisme"], 0.0)
                found[row["organisme"]] = before + float(sum(parts))
    return found


def test_every_figure_shown_is_the_sum_of_its_rows(
    network: tuple[Compte, list[dict[str, Any]]],
) -> None:
    compte, rows = network
    checked = 0
    for ligne in compte.lignes:
        for source in ("annexes", "declare"):
            shown = ligne.montants[source]
            if isinstance(shown, float) and not ligne.financeur.endswith("produits"):
                parts = members(rows, ligne, source)
                # each annexe over two years is shared to the nearest cent
                assert shown == pytest.approx(sum(parts.values()), abs=0.01 * len(rows))
                assert len(parts) >= 3
                assert max(parts.values()) <= 0.85 * sum(parts.values()) + 1e-6
                checked += 1
    assert checked > 30


def test_costs_are_declared_euros_over_the_posts_and_hours_of_the_same(
    network: tuple[Compte, list[dict[str, Any]]],
) -> None:
    compte, rows = network
    checked = 0
    for ligne in compte.lignes:
        if isinstance(ligne.cout_etp, float) and not ligne.financeur.endswith("produits"):
            parts = members(rows, ligne, "declare")
            place = SUMS.get(ligne.financeur, (ligne.financeur,))[0]
            same = [row for row in rows if row["declare"] is not None]
            etp, heures = (
                sum(
                    members([r | {"posts": {place: r[nom]}} for r in same], ligne, "posts").values()
                )
                for nom in ("etp", "heures")
            )
            assert ligne.cout_etp == pytest.approx(sum(parts.values()) / etp)
            assert ligne.cout_heure == pytest.approx(sum(parts.values()) / heures)
            checked += 1
    assert checked > 20


def test_a_hidden_figure_is_never_alone_in_a_sum(
    network: tuple[Compte, list[dict[str, Any]]],
) -> None:
    compte, _ = network
    found = {(ligne.financeur, ligne.colonne): ligne for ligne in compte.lignes}
    types = {ligne.colonne for ligne in compte.lignes} - {ENSEMBLE}
    hidden = 0
    for source in SOURCES:
        for financeur in {ligne.financeur for ligne in compte.lignes}:
            terms = [found.get((financeur, one)) for one in (*types, ENSEMBLE)]
            secrets = [t for t in terms if t and t.montants[source] is Absence.SECRETE]
            assert len(secrets) != 1, (source, financeur)
            hidden += len(secrets)
    assert hidden > 0


def test_coverage_counts_the_same_structures(network: tuple[Compte, list[dict[str, Any]]]) -> None:
    compte, rows = network
    structures = [len(row["types"]) for row in rows]
    assert compte.couverture.structures == sum(structures)
    declared = sum(
        count for row, count in zip(rows, structures, strict=True) if row["declare"] is not None
    )
    assert compte.couverture.sources["declare"].structures == declared
    assert declared + sum(compte.couverture.ecartees.values()) == sum(structures)
