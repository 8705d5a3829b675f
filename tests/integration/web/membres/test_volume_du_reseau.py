"""600 organisations and 3,000 people: the pages ask the base the same number of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories.membres import DEBUT, client_de

from maillage.kernel.siret import is_siren
from maillage.web.accounts.models import Utilisateur
from maillage.web.network.models import (
    Adhesion,
    Convention,
    CotisationAnnuelle,
    Organisation,
    Rattachement,
)

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
ADRESSES = (
    "/reseau/organisations/",
    "/reseau/organisations/?q=structure+1&adhesion=membre",
    "/reseau/organisations/?page=1&tri=cotisation&ordre=desc",
    "/reseau/organisations/liste.csv",
    "/reseau/personnes/",
    "/reseau/personnes/?q=nom&role=equipe",
    "/reseau/echange/organisations.csv",
    "/reseau/echange/personnes.csv",
)


def fill(organisations: int, personnes: int) -> None:
    sirens = (s for n in range(200_000_000, 300_000_000) if is_siren(s := str(n)))
    toutes = Organisation.objects.bulk_create(
        Organisation(
            nature="structure",
            nom=f"Structure {rang}",
            siren=next(sirens),
            commune="35238",
            departement="35",
            region="53",
        )
        for rang in range(organisations)
    )
    Convention.objects.bulk_create(
        Convention(organisation=o, siret=f"{o.siren}00010", type_siae=t)
        for o in toutes
        for t in ("AI", "ACI")
    )
    Adhesion.objects.bulk_create(Adhesion(organisation=o, date_debut=DEBUT) for o in toutes)
    CotisationAnnuelle.objects.bulk_create(
        CotisationAnnuelle(organisation=o, annee=2024, statut="appelee", date_statut=DEBUT)
        for o in toutes
    )
    gens = Utilisateur.objects.bulk_create(
        Utilisateur(email=f"p{rang}@essai.example.org", nom=f"Nom {rang}", password="!")  # noqa: S106 — none
        for rang in range(personnes)
    )
    Rattachement.objects.bulk_create(
        Rattachement(
            utilisateur=u,
            organisation=toutes[rang % organisations],
            role="equipe",
            date_debut=DEBUT,
        )
        for rang, u in enumerate(gens)
    )


def test_the_pages_cost_the_same_at_full_size(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    fiche = reverse("organisation", args=[petit_reseau.structure.pk])
    client.get(fiche)  # a session notes its first page
    nombres = []
    for taille in ((3, 10), (600, 3_000)):
        fill_from = Organisation.objects.filter(nom__startswith="Structure")
        Rattachement.objects.filter(organisation__in=fill_from).delete()
        fill_from.delete()
        Utilisateur.objects.filter(email__endswith="@essai.example.org").delete()
        fill(*taille)
        with connection.cursor() as curseur:
            curseur.execute("ANALYZE")  # what PostgreSQL does by itself once a transaction is over
        comptes = {}
        for adresse in (*ADRESSES, fiche):
            with CaptureQueriesContext(connection) as requetes:
                assert client.get(adresse).status_code == 200, adresse
            comptes[adresse] = len(requetes)
        nombres.append(comptes)
    assert nombres[0] == nombres[1]
    assert max(nombres[1].values()) < 25
