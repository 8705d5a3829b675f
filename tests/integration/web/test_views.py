"""Every address on real France: status, content, headers, errors, files, and how little a database is asked."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from maillage.kernel.errors import Anomalie, DonneesIndisponibles, EnvironnementInvalide
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.charte import erreurs
from maillage.web.territoires import donnees
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.charts.targets import DESSINS
from maillage.web.territoires.charts.theme import Format, Theme

if TYPE_CHECKING:
    from django.test import Client

    from maillage.analyses.diagnosis.atlas import Atlas

ADRESSES = (
    "/",
    "/?niveau=epci&indicateur=part_sans_ai_30min&tri=nom&ordre=asc&page=2",
    "/?niveau=region&indicateur=taux_chomage_localise&periode=2010-T1",
    "/territoires/recherche/",
    "/territoires/recherche/?q=35600",
    "/territoires/commune/?tri=population&ordre=desc",
    "/territoires/france/FR/",
    "/territoires/departement/2A/",
    "/territoires/departement/976/",
    "/territoires/commune/75056/",
    "/territoires/commune/75056/?tri=nom&ordre=asc",
    "/territoires/commune/55039/",
    "/territoires/commune/15031/",
    "/cibles-2022/",
    "/cibles-2022/?tri=croissance&ordre=desc",
    "/chiffres/departement/35/personnes_iae/2022-09/",
    "/indicateurs/",
    "/indicateurs/acces_e2sfca_ai/",
    "/methode/",
    "/accessibilite/",
)


class Balises(HTMLParser):
    """Collects what a strict policy forbids, and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.interdits: list[str] = []
        self.liens: list[str] = []
        self.chiffres: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in attributs):
            self.interdits.append(tag)
        self.interdits += [nom for nom in attributs if nom == "style" or nom.startswith("on")]
        if "chiffre" in (attributs.get("class") or "").split():
            self.chiffres.append(attributs)
        if tag == "a" and attributs.get("href"):
            self.liens.append(attributs["href"] or "")


def _read(client: Client, adresse: str) -> Balises:
    balises = Balises()
    balises.feed(client.get(adresse).content.decode())
    return balises


@pytest.mark.parametrize("adresse", ADRESSES)
def test_page_answers_in_french_with_a_strict_policy(client: Client, adresse: str) -> None:
    answer = client.get(adresse)
    texte = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].split("; ").count("default-src 'self'") == 1
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert '<html lang="fr">' in texte
    assert "Et ensuite" in texte
    assert not re.search(r"\bNaN\b|\bNone\b|\bnan\b", texte)
    balises = _read(client, adresse)
    assert balises.interdits == []
    assert all(chiffre.get("href") and chiffre.get("title") for chiffre in balises.chiffres)


@pytest.mark.parametrize("adresse", ADRESSES)
def test_public_figures_ask_a_database_nothing(client: Client, adresse: str) -> None:
    """A fixed number of queries, whatever the rows: none. The home asks for the last publications."""
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    assert len(requetes) == (2 if adresse.split("?", maxsplit=1)[0] == "/" else 0)


@pytest.mark.django_db  # publications and the members' area have one
@pytest.mark.parametrize(
    "adresse", ["/", "/territoires/departement/35/", "/territoires/commune/29083/", "/cibles-2022/"]
)
def test_links_of_a_page_answer(client: Client, adresse: str) -> None:
    internes = {lien.partition("#")[0] for lien in _read(client, adresse).liens}
    internes = {lien for lien in internes if lien.startswith("/")}
    voulus = sorted(internes)[:: max(1, len(internes) // 50)]
    for lien in voulus:
        assert client.get(lien, follow=True).status_code == 200, lien


@pytest.mark.parametrize(
    ("adresse", "statut", "code"),
    [
        ("/territoires/departement/99/", 404, "MLG-TER-001"),
        ("/territoires/canton/35/", 404, "MLG-WEB-002"),
        ("/territoires/departement/35/?tri=x", 400, "MLG-WEB-001"),
        ("/territoires/departement/35/?page=99", 400, "MLG-WEB-003"),
        ("/territoires/departement/35/truc.csv", 404, "MLG-WEB-010"),
        ("/territoires/departement/35/communes.pdf", 404, "MLG-WEB-011"),
        ("/?niveau=commune", 400, "MLG-WEB-004"),
        ("/?indicateur=inconnu", 404, "MLG-IND-001"),
        ("/?niveau=departement&periode=1789", 400, "MLG-WEB-005"),
        ("/chiffres/departement/35/population/1789/", 404, "MLG-WEB-009"),
        ("/graphiques/evolution/departement/35/demandeurs_emploi.svg", 404, "MLG-WEB-006"),
        ("/graphiques/cibles/camembert.svg", 404, "MLG-WEB-007"),
        ("/graphiques/cibles/effectif.svg?theme=rose", 400, "MLG-WEB-008"),
        ("/nulle-part/", 404, "MLG-WEB-404"),
    ],
)
def test_error_page_says_its_code_and_is_not_kept(
    client: Client, adresse: str, statut: int, code: str
) -> None:
    answer = client.get(adresse)
    assert answer.status_code == statut
    assert code in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_missing_data_is_a_503_and_a_bad_machine_a_500() -> None:
    request = RequestFactory().get("/")
    anomalie = Anomalie("MLG-REF-001", "le paquet est introuvable", "réinstallez")
    assert erreurs.page_erreur(request, DonneesIndisponibles(anomalie)).status_code == 503
    assert erreurs.page_erreur(request, EnvironnementInvalide(anomalie)).status_code == 500
    assert erreurs.panne(request).status_code == 500
    assert erreurs.saisie_invalide(request, Http404()).status_code == 400
    assert erreurs.refus(request, Http404()).status_code == 403


def test_unknown_host_is_refused_in_french(client: Client) -> None:
    answer = client.get("/", headers={"host": "ailleurs.example"})
    assert answer.status_code == 400


def test_page_is_revalidated_and_compressed(client: Client) -> None:
    premiere = client.get("/methode/", headers={"accept-encoding": "gzip"})
    assert premiere.headers["Content-Encoding"] == "gzip"
    etag = premiere.headers["ETag"]
    seconde = client.get("/methode/", headers={"if-none-match": etag})
    assert seconde.status_code == 304
    assert not seconde.content
    assert client.get("/methode/", headers={"if-none-match": '"autre"'}).status_code == 200


def test_head_says_the_length_and_sends_no_body(client: Client) -> None:
    longueur = len(client.get("/methode/").content)
    answer = client.head("/methode/")
    assert answer.headers["Content-Length"] == str(longueur)
    assert answer.content == b""


def test_health_says_the_version(client: Client, atlas: Atlas) -> None:
    answer = client.get("/sante")
    assert answer.json() == {"etat": "ok", "version": atlas.cube.version}


def test_address_without_level_or_of_a_merged_commune_leads_on(client: Client) -> None:
    assert client.get("/territoires/").headers["Location"] == "/territoires/region/"
    assert client.get("/territoires/france/").headers["Location"] == "/territoires/france/FR/"
    answer = client.get("/territoires/commune/35112/")  # Fleurigné, merged
    assert answer.status_code == 302
    suite = client.get(answer.headers["Location"])
    assert "35112" in suite.content.decode()


def test_map_says_when_the_indicator_does_not_exist_at_the_level(client: Client) -> None:
    texte = client.get("/?niveau=clpe&indicateur=cible_iae").content.decode()
    assert "n’existe pas pour les comités" in texte
    texte = client.get(
        "/?niveau=departement&indicateur=population&periode=2010-T1"
    ).content.decode()
    assert "Pas de chiffre pour la période" in texte


@pytest.mark.parametrize("niveau", ["region", "departement", "zone-emploi", "epci", "clpe"])
def test_every_territory_of_a_level_is_on_the_map(
    client: Client, atlas: Atlas, niveau: str
) -> None:
    texte = client.get(f"/?niveau={niveau}&indicateur=demandeurs_emploi").content.decode()
    carte = texte[
        texte.index('<svg class="carte') : texte.index("</svg>", texte.index("carte-france"))
    ]
    formes = set(
        re.findall(rf'href="/territoires/{niveau}/([^/]+)/" tabindex="-1" aria-label', carte)
    )
    assert formes == {t.code for t in atlas.territoires(Niveau(niveau))}


def test_absences_are_hatched_and_named_on_the_map(client: Client) -> None:
    texte = client.get("/?niveau=departement&indicateur=taux_pauvrete").content.decode()
    assert 'class="n0"' in texte
    assert "hachures sur la carte" in texte


def test_file_of_the_map_holds_the_rows_of_the_page(client: Client) -> None:
    adresse = "/fichiers/indicateur.{}?niveau=departement&indicateur=personnes_iae&periode=2022-09"
    texte = client.get(adresse.format("csv")).content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte)))
    assert len(lignes) == 101
    document = json.loads(client.get(adresse.format("json")).content)
    assert len(document) == 101
    assert client.get(adresse.format("xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(
    "adresse",
    [
        "/territoires/departement/35/diagnostic",
        "/territoires/departement/35/communes",
        "/territoires/departement/35/structures",
        "/cibles-2022/departements",
        "/chiffres/departement/35/personnes_iae/2022-09/periodes",
    ],
)
def test_every_table_is_a_file(client: Client, adresse: str, extension: str) -> None:
    answer = client.get(f"{adresse}.{extension}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="maillage-')
    assert len(answer.content) > 200


def test_communes_file_says_zones_blanches_and_states(client: Client) -> None:
    texte = client.get("/territoires/departement/35/communes.csv").content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte)))
    assert len(lignes) == len(donnees.diagnostic(Niveau.DEPARTEMENT, "35").communes)
    assert {ligne["zone_blanche"] for ligne in lignes} == {"oui", "non"}


@pytest.mark.parametrize("taille", list(Format))
@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("dessin", DESSINS)
def test_chart_of_the_targets_is_drawn_in_both_themes_and_sizes(
    atlas: Atlas, dessin: str, theme: Theme, taille: Format
) -> None:
    del atlas
    svg = draw_svg(DESSINS[dessin](donnees.cibles(), theme, taille), theme)
    assert svg.startswith("<svg")
    assert "NaN" not in svg
    assert "http" not in svg.replace("http://www.w3.org", "")


def test_trend_is_an_svg_with_french_numbers(client: Client) -> None:
    answer = client.get("/graphiques/evolution/departement/35/personnes_iae.svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    texte = answer.content.decode()
    assert "1\u202f600" in texte
    sombre = client.get("/graphiques/evolution/departement/35/personnes_iae.svg?theme=sombre")
    assert sombre.content.decode() != texte


def test_paris_shows_its_arrondissements_and_is_not_counted_twice(client: Client) -> None:
    texte = client.get("/territoires/commune/75056/").content.decode()
    assert "20\u00a0arrondissements" in texte
    france = donnees.diagnostic(Niveau.FRANCE, "FR")
    population = donnees.atlas().chiffre("population", Niveau.FRANCE, "FR").valeur
    assert not isinstance(population, Absence)
    assert 67.6e6 < population < 67.7e6
    assert france.territoire.nom == "France"


def test_uninhabited_commune_says_so(client: Client) -> None:
    texte = client.get("/territoires/commune/55039/").content.decode()
    assert "sans habitant" in texte
    assert "sans objet" in texte
