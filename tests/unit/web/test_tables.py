"""Tables, figures as links, pages kept in memory, spreadsheets."""

from __future__ import annotations

import io
import socket
import zipfile

import pytest
from django.http import QueryDict

from maillage.kernel.errors import EnvironnementInvalide, SaisieInvalide
from maillage.kernel.valeur import Absence
from maillage.web.config.pages import Memoire, Page
from maillage.web.config.serveur import check_port, find_free_port, format_bind
from maillage.web.territoires.figures import format_exact, intervalle, libelle_periode, lien
from maillage.web.territoires.spreadsheet import write_xlsx
from maillage.web.territoires.tables import (
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_places,
    sort_rows,
    texte,
)
from maillage.web.territoires.views.adresse import paginate

COLONNES = (Colonne("nom", "Nom", droite=False), Colonne("valeur", "Valeur"))


def test_a_figure_is_a_link_with_its_exact_value() -> None:
    html = lien("/chiffres/x/", 1234.5678, 1, "personnes")
    assert html.startswith('<a class="chiffre" href="/chiffres/x/"')
    assert "1\u202f234,6" in html
    assert "1\u202f234,5678" in html
    assert "personnes" in html


def test_an_absent_figure_is_its_word_and_still_a_link() -> None:
    html = lien("/chiffres/x/", Absence.SECRETE, 1, "%")
    assert ">secrète</a>" in html
    assert "absence-secrete" in html
    assert "%" not in html


def test_a_gap_says_its_sign() -> None:
    assert ">+5</a>" in lien("/", 5.0, 0, signe=True)
    assert ">\u22125</a>" in lien("/", -5.0, 0, signe=True)


def test_exact_value_keeps_no_useless_zero() -> None:
    assert format_exact(100.0) == "100"
    assert format_exact(0.25) == "0,25"
    assert format_exact(Absence.INCONNUE) == "inconnue"


def test_periods_are_said_in_french() -> None:
    assert libelle_periode("2024-T4") == "4e trimestre 2024"
    assert libelle_periode("2012-2014") == "2012-2014"
    assert intervalle("2000-T1", "2024-T4") == "du 1er trimestre 2000 au 4e trimestre 2024"
    assert intervalle("2009", "2019") == "de 2009 à 2019"
    assert intervalle("2020", "2020") == "2020"


@pytest.mark.parametrize(("descendant", "attendu"), [(False, [2, 0, 1]), (True, [0, 2, 1])])
def test_absences_come_last_in_both_directions(*, descendant: bool, attendu: list[int]) -> None:
    assert sort_places([3.0, Absence.SECRETE, 1.0], descendant=descendant) == attendu


def test_rows_follow_the_address() -> None:
    lignes = [Ligne((texte("b"), texte("1", 1.0))), Ligne((texte("a"), texte("2", 2.0)))]
    tri = parse_tri(QueryDict("tri=nom"), COLONNES, Tri())
    assert [ligne.cellules[0].html for ligne in sort_rows(lignes, COLONNES, tri)] == ["a", "b"]
    assert sort_rows(lignes, COLONNES, Tri()) == lignes


@pytest.mark.parametrize("query", ["tri=inconnue", "tri=nom&ordre=hasard"])
def test_an_unknown_order_is_refused(query: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-WEB-001"):
        parse_tri(QueryDict(query), COLONNES, Tri())


def test_table_escapes_what_it_shows_and_marks_its_order() -> None:
    lignes = [Ligne((lien_texte("/x?a=1&b=2", "<script>"), texte("1", 1.0)))]
    html = render_table("Titre <b>", COLONNES, lignes, Tri("valeur", descendant=True))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "/x?a=1&amp;b=2" in html
    assert 'aria-sort="descending"' in html
    assert 'scope="row"' in html


def test_pages_cut_the_rows_and_refuse_others() -> None:
    vues, pages = paginate(range(120), QueryDict("page=2"), "tri=nom&", 50)
    assert list(vues)[:1] == [50]
    assert (pages.debut, pages.fin, pages.total) == (51, 100, 120)
    assert pages.suivante == "?tri=nom&page=3"
    for page in ("0", "4", "x", "²", "99999999999"):
        with pytest.raises(SaisieInvalide, match="MLG-WEB-003"):
            paginate(range(120), QueryDict(f"page={page}"), "", 50)


def test_memory_drops_the_longest_unused_page() -> None:
    memoire = Memoire(plafond=25)
    page = Page(b"0123456789", None, (), "x")
    for cle in ("a", "b"):
        memoire.put(cle, page)
    assert memoire.get("a") is page
    memoire.put("c", page)
    assert memoire.get("b") is None
    assert memoire.get("a") is page
    assert memoire.taille == 20


def test_spreadsheet_never_runs_a_cell_and_keeps_numbers() -> None:
    rows: list[dict[str, str | int | float | None]] = [
        {"nom": '=HYPERLINK("http://x")', "valeur": 1.5, "etat": "connue", "vide": None}
    ]
    with zipfile.ZipFile(io.BytesIO(write_xlsx(rows, "Essai"))) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
        textes = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in feuille
    assert "HYPERLINK" in textes
    assert "<v>1.5</v>" in feuille
    assert write_xlsx(rows, "Essai") == write_xlsx(rows, "Essai")
    assert write_xlsx([], "Vide").startswith(b"PK")


def test_a_busy_port_is_refused_with_the_next_free_one() -> None:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        port = prise.getsockname()[1]
        with pytest.raises(EnvironnementInvalide, match="MLG-ENV-002") as refus:
            check_port("127.0.0.1", port)
        assert f"--port {find_free_port('127.0.0.1', port + 1)}" in str(refus.value)
    assert find_free_port("127.0.0.1", 65_536) is None


def test_bind_writes_ipv6_between_brackets() -> None:
    assert format_bind("::1", 8000) == "[::1]:8000"
    assert format_bind("127.0.0.1", 8000) == "127.0.0.1:8000"
