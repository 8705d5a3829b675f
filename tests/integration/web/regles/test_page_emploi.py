"""The page of the value of a job: its figures are those of the library, and of a computation by hand."""

from __future__ import annotations

import csv
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.analyses.emploi import table as module_table
from maillage.analyses.emploi.demande import TYPES_SALARIES, read_demande
from maillage.analyses.emploi.exports import valeur_rows
from maillage.analyses.emploi.revenus import list_paliers
from maillage.analyses.emploi.table import read_table
from maillage.analyses.emploi.valeur import compute_valeur
from maillage.kernel.francais import format_date, typeset
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.emploi.courbe import build_trace
from maillage.web.regles.emploi.saisie import EXEMPLE, list_champs

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = "/regles/emploi/"
TABLE = read_table()
ACI = {
    "foyer": "isole_2_enfants",
    "type": "ACI",
    "heures": "26",
    "revaloriser": "1,00",
    "sinon_en_emploi": "20-60",
}
EN_2026 = {"foyer": "jeune_22_heberge", "type": "EI", "heures": "35", "mois": "2026-09"}
NOMS = [champ.nom for champ in list_champs(TABLE.hypotheses)]
MILLIERS = re.compile(r"(?<!\d)\d{1,3}[ \u00a0]\d{3}(?!\d)|\d [€%]")


def read(client: Client, question: Mapping[str, str] | None = None, statut: int = 200) -> str:
    answer = client.get(PAGE, question or {})
    assert answer.status_code == statut
    return unescape(answer.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s*<[^>]+>\s*", "|", page.partition("<main")[2])


def row(page: str, nom: str) -> list[str]:
    """Cells of the row of that name, in the first table that has one."""
    suite = re.split(rf'<th scope="row"[^>]*>{re.escape(nom)}</th>', page)[1].partition("</tr>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", suite)


def ligne(foyer: str, heures: int, majoration: str) -> dict[str, Decimal]:
    """One row of the file itself, read by no code of the product."""
    fichier = Path(module_table.__file__).parent / "table.csv"
    lignes = csv.DictReader(
        un for un in fichier.read_text(encoding="utf-8").splitlines() if not un.startswith("#")
    )
    cle = ("2025-11", foyer, str(heures), majoration)
    for un in lignes:
        if (un["mois"], un["foyer"], un["heures"], un["majoration"]) == cle:
            return {n: Decimal(v) for n, v in un.items() if n not in {"mois", "foyer"}}
    raise LookupError(cle)


def cents(nombre: Decimal) -> Decimal:
    return nombre.quantize(Decimal("0.01"), ROUND_HALF_UP)


def euros(nombre: Decimal, signe: str = "") -> str:
    return f"{signe if nombre > 0 else ''}{format_euros(Centimes.from_euros(cents(nombre)))}"


def disponible(un: dict[str, Decimal]) -> Decimal:
    ressources = ("salaire_net", "rsa", "prime_activite", "aide_logement", "prestations_familiales")
    return sum((un[nom] for nom in ressources), Decimal(0)) - un["impot_revenu"]


def test_one_case_by_hand_from_the_table(client: Client) -> None:
    """A lone parent, 26 hours in an ACI, November 2025: 23 921 € by ETP, 0.3193 at the SMIC."""
    page = read(client, ACI)
    avant, apres = ligne("isole_2_enfants", 0, "0.00"), ligne("isole_2_enfants", 26, "0.00")
    gain = disponible(apres) - disponible(avant)
    total = [euros(disponible(avant)), euros(disponible(apres)), euros(gain, "+")]
    assert row(page, "Revenu disponible") == total
    assert f"soit {round(gain / apres['salaire_net'] * 100)}\u202f% de ce net" in page

    aide = cents(Decimal(23921) * 26 / 35 / 12)
    reduction = cents(apres["salaire_brut"] * Decimal("0.3193"))
    deduits = apres["taux_reduits"] + reduction + aide
    cout = apres["salaire_brut"] + apres["cotisations_employeur"] - deduits
    assert row(page, "Reste à payer, hors encadrement et fonctionnement") == [euros(cout)]

    rsa = [euros(avant["rsa"] * (1 - part), "+") for part in (Decimal("0.2"), Decimal("0.6"))]
    assert row(page, "RSA en moins") == rsa

    # what the employer pays is what the person and public money gain, had nobody had another job
    sans_rien = cout - gain
    soldes = [(sans_rien + aide) * (1 - part) - aide for part in (Decimal("0.2"), Decimal("0.6"))]
    montres = [
        Decimal(un.replace("\u202f", "").replace("€", "").replace("\u2212", "-").replace(",", "."))
        for un in row(page, "Solde")
    ]
    # each line is rounded to the cent
    assert all(abs(a - b) < Decimal("0.06") for a, b in zip(montres, soldes, strict=True))

    mieux = ligne("isole_2_enfants", 26, "1.00")
    plus = euros(disponible(mieux) - disponible(apres), "+")
    assert row(page, "La personne a de plus pour vivre") == [plus]


def test_what_is_kept_of_an_hour_by_hand(client: Client) -> None:
    """From 24 to 26 hours a week: two more hours, 52/12 weeks a month."""
    avant, apres = ligne("isole_2_enfants", 24, "0.00"), ligne("isole_2_enfants", 26, "0.00")
    gain = disponible(apres) - disponible(avant)
    net = apres["salaire_net"] - avant["salaire_net"]
    brut = apres["salaire_brut"] - avant["salaire_brut"]
    cellules = row(read(client, ACI), "26\u00a0heures, cet emploi")
    assert cellules[3] == euros(gain / (Decimal(2) * 52 / 12))
    assert cellules[4] == f"{round(gain / net * 100)}\u202f%"
    assert cellules[5] == f"{round((1 - gain / brut) * 100)}\u202f%"


@pytest.mark.parametrize("type_siae", TYPES_SALARIES)
@pytest.mark.parametrize("foyer", TABLE.hypotheses.foyers)
def test_every_figure_of_the_library_is_on_the_page(
    client: Client, foyer: str, type_siae: str
) -> None:
    question = {"foyer": foyer, "type": type_siae, "heures": "20", "revaloriser": "0,50"}
    loi = load_legislation()
    valeur = compute_valeur(read_demande(question, None, TABLE, loi), TABLE, loi)
    page = read(client, question)
    for attendue in valeur_rows(valeur):
        for colonne in ("sans_emploi", "avec_emploi", "minimum", "maximum"):
            montant = attendue[colonne]
            if montant is not None and Decimal(montant):
                assert format_euros(Centimes.from_euros(montant)) in page, attendue
        if attendue["minimum"] != "0.00" or attendue["maximum"] != "0.00":
            assert typeset(str(attendue["source"])) in page


def test_nothing_asked_shows_an_example_and_says_so(client: Client) -> None:
    page = read(client)
    assert "Un exemple" in page
    assert words(page).count("464\u202f€ de plus par mois pour vivre") == 1
    assert '<option value="24" selected>' in page
    assert "Un exemple" not in read(client, EXEMPLE)


def test_the_page_says_what_computed_the_income_and_when(client: Client) -> None:
    page = read(client)
    assert TABLE.versions in page
    assert format_date(TABLE.fait_le) in page
    assert "TVA et autres impôts indirects" in page


def test_an_unknown_aid_is_refused_and_the_income_given(client: Client) -> None:
    page = read(client, EN_2026)
    assert "aucun arrêté trouvé après le 4 décembre 2024" in page
    assert "Le coût du poste et les comptes publics ne sont pas calculés" in page
    assert row(page, "Revenu disponible")[1] == "1\u202f631,44\u202f€"
    assert "Pour les comptes publics" not in page
    assert "soit 110\u202f% de ce net\u202f: des prestations s’y ajoutent" in page


def test_an_unknown_aid_can_be_given_or_projected(client: Client) -> None:
    donnee = read(client, {**EN_2026, "montant_unitaire": "12000"})
    assert row(donnee, "Aide au poste") == ["\u22121\u202f000\u202f€"]  # 12 000 € × 35/35 ÷ 12
    assert "montant unitaire saisi" in donnee
    assert "étant projetée" not in donnee
    projetee = read(client, {**EN_2026, "inconnu": "projeter"})
    assert "l’aide au poste étant projetée et non d’après un texte" in projetee
    assert "une projection, pas le droit" in projetee
    connue = read(client, {**EN_2026, "mois": "2025-11", "inconnu": "projeter"})
    assert "étant projetée" not in connue


def test_the_share_where_the_balance_is_nil_by_hand(client: Client) -> None:
    """−92.51 € whatever happens, 797.51 € of the rest at 0 %: 1 − 92.51 / 797.51 = 88.4 %."""
    assert "Le solde est nul si 88\u202f% des personnes" in read(client, EXEMPLE)
    assert "Le solde est nul" not in read(client, ACI)


def test_the_own_rate_of_accidents_is_said_and_paid(client: Client) -> None:
    """1 168.92 € and 2.30 % of 1 235.52 €."""
    page = read(client, {**EXEMPLE, "accidents_du_travail": "3"})
    assert row(page, "Reste à payer, hors encadrement et fonctionnement") == [
        "1\u202f197,34\u202f€"
    ]
    assert "3,00\u202f% du brut, saisi" in page
    assert "0,70\u202f% du brut, celui de la table" in read(client, EXEMPLE)


def test_every_mistake_is_told_at_its_field_at_once(client: Client) -> None:
    faux = {
        "foyer": "zz",
        "type": "",
        "heures": "24",
        "au_dela_du_smic": "2,00",
        "revaloriser": "0,50",
        "sinon_en_emploi": "abc",
        "montant_unitaire": "-3",
        "accidents_du_travail": "0,2",
        "mois": "2031-01",
    }
    page = read(client, faux, 400)
    assert "7 champs sont à corriger" in page
    for nom in (
        "foyer",
        "type",
        "revaloriser",
        "sinon_en_emploi",
        "montant_unitaire",
        "accidents_du_travail",
        "mois",
    ):
        assert page.count(f'id="{nom}-erreur"') == 1, nom
        assert f'<a href="#{nom}">' in page
    assert 'id="heures-erreur"' not in page
    assert 'value="abc"' in page
    assert '<details class="partie" id="hypotheses" open>' in page
    assert "Pour la personne et son foyer" not in page


def test_a_choice_that_only_the_page_knows_is_refused_too(client: Client) -> None:
    page = read(client, {**EXEMPLE, "inconnu": "deviner"}, 400)
    assert page.count('id="inconnu-erreur"') == 1
    assert "Pour la personne et son foyer" not in page


def test_files_hold_the_lines_of_the_page(client: Client) -> None:
    page = read(client, ACI)
    adresses = re.findall(r'href="(emploi\.[^"]+)"', page)
    assert [un.partition("?")[0] for un in adresses] == ["emploi.csv", "emploi.xlsx", "emploi.json"]
    texte = client.get(f"{PAGE}{adresses[0]}").content.decode("utf-8-sig")
    lus = {(un["partie"], un["code"]): un for un in csv.DictReader(texte.splitlines())}
    assert lus["employeur", "cout"]["minimum"] == "-114.28"
    document = json.loads(client.get(f"{PAGE}{adresses[2]}").content)
    assert document["sinon_en_emploi"] == ["0.2", "0.6"]
    assert client.get(f"{PAGE}emploi.exe").status_code == 404
    refus = client.get(f"{PAGE}emploi.csv?foyer=zz")
    assert refus.status_code == 400
    assert "MLG-WEB-042" in unescape(refus.content.decode())


@pytest.mark.parametrize(
    ("chemin", "statut"),
    [
        ("2025-11/seul_rsa/0,50/heures.svg", 200),
        ("2025-11/seul_rsa/0,50/heures.svg?theme=sombre&format=etroit", 200),
        ("2025-11/personne/0/heures.svg", 400),
        ("2025-11/seul_rsa/9/heures.svg", 400),
        ("2025-10/seul_rsa/0/heures.svg", 400),
        ("2025-13/seul_rsa/0/heures.svg", 400),
        ("2025-11/seul_rsa/0/heures.svg?theme=rose", 400),
    ],
)
def test_the_curve_is_drawn_or_refused(client: Client, chemin: str, statut: int) -> None:
    answer = client.get(f"{PAGE}{chemin}")
    assert answer.status_code == statut
    assert (answer["Content-Type"] == "image/svg+xml; charset=utf-8") == (statut == 200)


def test_the_page_shows_its_own_curve(client: Client) -> None:
    adresse = re.findall(r'<img src="([^"]+\.svg)"', read(client, ACI))
    assert adresse == ["/regles/emploi/2025-11/isole_2_enfants/0,00/heures.svg"]
    assert client.get(adresse[0]).status_code == 200


@pytest.mark.parametrize("question", [{}, ACI, EN_2026, {**EN_2026, "inconnu": "projeter"}])
def test_typography_holds_in_what_is_computed(client: Client, question: dict[str, str]) -> None:
    """Titles of columns and names apart, every sentence has its unbreakable spaces."""
    page = words(read(client, question))
    assert MILLIERS.findall(page) == []
    assert [un for un in page.split("|") if typeset(un) != un] == []
    assert "'" not in re.sub(r"docs/\S+", "", page)


def test_other_pages_of_the_rules_lead_here(client: Client) -> None:
    for adresse in ("", "aide-au-poste/", "calculateur/", "reforme/", "cotisations/"):
        assert f'href="{PAGE}"' in client.get(f"/regles/{adresse}").content.decode(), adresse


textes = st.text(max_size=40) | st.sampled_from(
    [*TABLE.hypotheses.foyers, *TYPES_SALARIES, "24", "0,50", "20-60", "-", "2025-11", "2026-09"]
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NOMS) | st.text(max_size=5), textes, max_size=10))
def test_no_address_breaks_the_page(question: dict[str, str]) -> None:
    answer = Client(headers={"host": "127.0.0.1"}).get(
        f"{PAGE}?{urlencode(question, errors='replace')}"
    )
    assert answer.status_code in {200, 400}
    assert (b'class="erreur-champ"' in answer.content) == (answer.status_code == 400)


@settings(deadline=None)
@given(st.lists(textes.filter(lambda un: un.strip("./")), min_size=3, max_size=3))
def test_no_address_breaks_the_curve(parts: list[str]) -> None:
    chemin = "/".join(quote(un, safe="", errors="replace") for un in parts)
    answer = Client(headers={"host": "127.0.0.1"}).get(f"{PAGE}{chemin}/heures.svg")
    assert answer.status_code in {200, 400, 404}


def test_the_curve_holds_each_step_between_its_hours() -> None:
    """Net pay from 5 to 10 hours: 203.75 € more for 121.33 € more to live on, 59.5 %."""
    trace = build_trace(list_paliers(TABLE, "2025-11", "seul_rsa", Centimes(0)))
    gardes, taux = (dict(serie.points) for serie in trace.series)
    assert [*gardes] == [*taux] == [0, 5, 10, 15, 20, 24, 26, 30, 35]
    assert gardes[5] == pytest.approx(100 * 121.33 / 203.75)
    assert taux[5] == pytest.approx(100 - 100 * 121.33 / 257.40)
    assert gardes[35] == gardes[30]
