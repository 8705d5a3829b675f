"""The list of texts as a spreadsheet: what the screen shows, within one's region, and safe to open."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from django.utils import timezone
from factories.membres import AILLEURS, ICI, client_de
from factories.parutions import make_publication, make_published

from maillage.web.publications.actions import parution

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau


def read(client: Client, requete: str = "") -> list[dict[str, str]]:
    reponse = client.get(f"/publications/redaction/liste.csv{requete}")
    assert reponse.status_code == 200
    assert reponse["Content-Disposition"] == 'attachment; filename="publications.csv"'
    assert reponse["Cache-Control"] == "no-store"
    return list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig"))))


def test_the_list_of_texts_leaves_as_a_spreadsheet(petit_reseau: PetitReseau) -> None:
    by = petit_reseau.personnes["delegation"]
    make_publication(by, "=HYPERLINK(1)", region=ICI)
    make_publication(by, "Ailleurs", region=AILLEURS)
    parue = make_published(by, "En ligne")
    retiree = make_published(by, "Reprise")
    parution.withdraw(retiree, motif="erreur", by=by)
    client = client_de(petit_reseau, "delegation")
    lignes = {ligne["titre"]: ligne for ligne in read(client)}
    assert set(lignes) == {"'=HYPERLINK(1)", "Ailleurs", "En ligne", "Reprise"}
    en_ligne = lignes["En ligne"]
    assert en_ligne["pour_les_lecteurs"] == "en ligne"
    assert en_ligne["date_parution"] == f"{timezone.localdate():%Y-%m-%d}"
    assert en_ligne["adresse"].endswith(f"/publications/{parue.slug}/")
    assert en_ligne["region"] == "tout le réseau"
    assert lignes["Reprise"]["pour_les_lecteurs"] == "retirée"
    assert lignes["Ailleurs"]["region"] == "Auvergne-Rhône-Alpes"
    assert lignes["Ailleurs"]["date_parution"] == ""
    # the same choice as on the screen, and the same reach
    assert [ligne["titre"] for ligne in read(client, "?etat=en_ligne")] == ["En ligne"]
    regionale = client_de(petit_reseau, "delegation_regionale")
    assert [ligne["titre"] for ligne in read(regionale)] == ["'=HYPERLINK(1)"]


def test_the_workbook_says_the_same_and_runs_nothing(petit_reseau: PetitReseau) -> None:
    make_publication(petit_reseau.personnes["delegation"], "=1+1")
    client = client_de(petit_reseau, "delegation")
    assert "liste.xlsx" in client.get("/publications/redaction/").content.decode()
    classeur = client.get("/publications/redaction/liste.xlsx").content
    with zipfile.ZipFile(io.BytesIO(classeur)) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
        textes = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in feuille
    assert ">=1+1<" in textes
    assert ">titre<" in textes
    assert client.get("/publications/redaction/liste.ods").status_code == 404
