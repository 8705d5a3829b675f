"""Public money on screen: the figures are the library's, the coverage comes first, nothing of a few is told."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import write_argent
from factories.comptes_site import make_exercice
from factories.membres import client_de

from maillage.analyses.argent_public.compte import build_compte
from maillage.analyses.argent_public.phrases import list_phrases
from maillage.analyses.argent_public.rangees import list_rows
from maillage.analyses.argent_public.unites import Demande
from maillage.analyses.pilotage.imports import importer
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.francais import format_valeur

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
PAGE = "/pilotage/argent-public/"


def plain(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def bring(dossier: Path, nombre: int = 4) -> None:
    importer([write_argent(dossier / "extrait", nombre)], datetime(2025, 7, 7, tzinfo=UTC))


def read(petit: PetitReseau, adresse: str, role: str = "delegation", statut: int = 200) -> str:
    answer = client_de(petit, role).get(adresse)
    assert answer.status_code == statut, adresse
    return answer.content.decode()


def rows_of(petit: PetitReseau, suite: str = "", role: str = "delegation") -> list[dict[str, str]]:
    texte = read(petit, f"/pilotage/argent-public.csv{suite}", role).lstrip("\ufeff")
    separateur = ";" if ";" in texte.split("\n", 1)[0] else ","
    return list(csv.DictReader(io.StringIO(texte), delimiter=separateur))


def test_the_page_and_its_file_are_what_the_library_computes(
    petit_reseau: PetitReseau, tmp_path: Path
) -> None:
    bring(tmp_path)
    compte = build_compte(load_faits(), Demande(2024))
    page = plain(read(petit_reseau, PAGE))
    attendues = list_rows(compte)
    lues = rows_of(petit_reseau)
    assert [{cle: lue[cle] for cle in ("colonne", "financeur", "raison")} for lue in lues] == [
        {cle: x[cle] for cle in ("colonne", "financeur", "raison")} for x in attendues
    ]
    for cle in ("annexes_euros", "declare_euros", "comptes_euros", "cout_etp_annuel_euros"):
        for lue, attendue in zip(lues, attendues, strict=True):
            texte = str(attendue[cle])
            assert lue[cle].replace(",", ".").removesuffix(".0") == texte.removesuffix(".0")
    assert {(lue["par"], lue["annee_des_mois"]) for lue in lues} == {("type", "2024")}
    for ligne in compte.lignes:
        for montant in ligne.montants.values():
            assert plain(format_valeur(montant)) in page
    phrases = [plain(phrase) for phrase in list_phrases(compte.couverture)]
    places = [page.index(phrase) for phrase in phrases]
    assert places == sorted(places)
    assert places[-1] < page.index("<table")


def test_four_structures_by_hand(petit_reseau: PetitReseau, tmp_path: Path) -> None:
    """4 × 300 000 € of the État over 4 × 12 ETP and 4 × 2 184 hours: 25 000 € and 137,36 €."""
    bring(tmp_path)
    page = plain(read(petit_reseau, PAGE))
    assert "4 structures sur 4 disent tout de 2024" in page
    assert "fait 25 000 € par ETP et 137,36 € par heure" in page
    etat = next(x for x in rows_of(petit_reseau) if x["financeur"] == "etat")
    assert (etat["annexes_euros"], etat["declare_euros"]) == ("1152000", "1200000")


@pytest.mark.parametrize("suite", ["", "?par=region"])
def test_two_structures_leave_nothing_on_the_page_nor_in_its_files(
    petit_reseau: PetitReseau, tmp_path: Path, suite: str
) -> None:
    bring(tmp_path, 2)
    page = plain(read(petit_reseau, f"{PAGE}{suite}"))
    assert "trop peu, ou trop peu partagé" in page
    for somme in ("600 000", "576 000", "800 000", "25 000", "137,36"):
        assert somme not in page
    assert "secrète" in page
    nombres = {
        lue[cle] for lue in rows_of(petit_reseau, suite) for cle in lue if cle.endswith("_euros")
    }
    assert nombres <= {"secrète", "sans objet", "0.0", "0"}
    classeur = client_de(petit_reseau, "delegation").get(f"/pilotage/argent-public.xlsx{suite}")
    assert classeur.status_code == 200


def test_a_region_sees_its_own_by_kind_only(petit_reseau: PetitReseau, tmp_path: Path) -> None:
    """Two of the four structures are in Bretagne: everything is hidden there, whatever the address asks."""
    bring(tmp_path)
    page = plain(read(petit_reseau, PAGE, "delegation_regionale"))
    assert "2 structures sur 2" in page
    assert "trop peu, ou trop peu partagé" in page
    assert "à côté de celui du réseau entier" in page
    assert 'value="region"' not in page
    for demande in ("?par=region", "?structure=1-ACI", "?departement=35", "?type=ACI"):
        statut = 400 if "par=" in demande else 200
        lue = plain(read(petit_reseau, f"{PAGE}{demande}", "delegation_regionale", statut))
        assert "1 structure sur" not in lue
        assert "300 000" not in lue


def test_no_criterion_of_the_address_changes_what_is_added(
    petit_reseau: PetitReseau, tmp_path: Path
) -> None:
    """A filter, or another perimeter, would give a second table to compare with the first."""
    bring(tmp_path)
    tout = rows_of(petit_reseau)
    for suite in ("?structure=1-ACI", "?departement=35", "?q=ESSAI+1", "?etats=conventionnees"):
        assert rows_of(petit_reseau, suite) == tout


def test_cuts_and_years_are_chosen_among_those_offered(
    petit_reseau: PetitReseau, tmp_path: Path
) -> None:
    bring(tmp_path)
    page = read(petit_reseau, f"{PAGE}?par=region&annee=2024")
    assert '<option value="region" selected>' in page
    assert "maillage pilotage argent-public --par type-region" in page
    for suite in ("?par=commune", "?par=type-region", "?annee=2019"):
        assert "MLG-PIL-010" in read(petit_reseau, f"{PAGE}{suite}", statut=400)
    read(petit_reseau, "/pilotage/argent-public.pdf", statut=404)


def test_accounts_handed_over_are_never_read_here(
    petit_reseau: PetitReseau, tmp_path: Path
) -> None:
    bring(tmp_path)
    make_exercice(petit_reseau.structure)
    assert {lue["comptes_euros"] for lue in rows_of(petit_reseau)} == {"sans objet"}
    assert "cette page ne les lit pas" in plain(read(petit_reseau, PAGE))


def test_a_year_of_which_nothing_is_declared_says_so(
    petit_reseau: PetitReseau, extraits: Path
) -> None:
    del extraits
    page = plain(read(petit_reseau, PAGE))
    assert "Aucune structure ne déclare 2025 de façon comparable" in page


def test_without_any_extract_the_page_says_how_to_begin(petit_reseau: PetitReseau) -> None:
    assert "Aucun extrait n’est importé" in read(petit_reseau, PAGE)
