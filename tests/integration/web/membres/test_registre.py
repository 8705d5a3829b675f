"""Lines of the public register: proposed with their reason, decided, and never proof of absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from factories.membres import client_de

from maillage.kernel.errors import SaisieInvalide
from maillage.web.network import actions
from maillage.web.network.models import Convention, Organisation
from maillage.web.network.registre import load_registre, propose
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")


def line_of_register() -> dict[str, Any]:
    """A structure of the register that is not alone in its commune, whose SIRET is right."""
    lignes = donnees.atlas().pack.tables["structures"].to_pylist()
    return next(
        ligne
        for ligne in lignes
        if ligne["siret_valide"] and ligne["kind"] == "AI" and ligne["code_commune"]
    )


def make_like(siret: str = "", kind: str = "AI", **champs: str) -> Organisation:
    organisation = Organisation.objects.create(nature="structure", **champs)
    if siret:
        Convention.objects.create(organisation=organisation, siret=siret, type_siae=kind)
    return organisation


@pytest.mark.django_db
def test_the_key_comes_first_then_number_then_name() -> None:
    ligne = line_of_register()
    siret, cle = ligne["siret"], (ligne["siret"], "AI")
    registre = load_registre()
    meme = make_like(siret, nom="Sans rapport")
    assert propose(meme, registre)[0].raison == "même SIRET et même type"
    assert propose(meme, registre)[0].ligne.cle == cle
    autre_type = make_like(siret, "EITI", nom="Sans rapport")
    assert propose(autre_type, registre)[0].raison == "même SIRET, autre type"
    autre_lieu = make_like(nom="Sans rapport", siren=siret[:9])
    assert propose(autre_lieu, registre)[0].raison == "même SIREN, autre établissement"
    homonyme = make_like(nom=ligne["nom"].title(), commune=ligne["code_commune"])
    trouvees = {p.ligne.cle: p.raison for p in propose(homonyme, registre)}
    assert trouvees[cle] == "nom ressemblant, même commune"
    ailleurs = make_like(nom=ligne["nom"].title(), commune="97411")
    assert propose(ailleurs, registre) == ()


def test_a_decision_is_kept_undone_and_never_asked_twice(petit_reseau: PetitReseau) -> None:
    ligne = line_of_register()
    structure = petit_reseau.structure
    structure.siren = ligne["siret"][:9]
    structure.save()
    client = client_de(petit_reseau, "administration")
    adresse = reverse("organisation-registre", args=[structure.pk])
    cle = {"siret": ligne["siret"], "kind": "AI"}
    page = client.get(adresse).content.decode()
    assert "décembre 2020" in page
    assert "en être absente ne prouve rien" in page
    client.post(adresse, {**cle, "decision": "non"})
    page = client.get(adresse).content.decode()
    assert "Lignes écartées (1)" in page
    client.post(adresse, {**cle, "decision": "oui"})
    [lien] = structure.liens_registre.filter(is_confirme=True)
    assert lien.raison == "même SIREN, autre établissement"
    fiche = client.get(reverse("organisation", args=[structure.pk])).content.decode()
    assert "Rapprochée de 1 ligne du registre" in fiche
    client.post(adresse, {**cle, "decision": "defaire"})
    assert not structure.liens_registre.exists()
    for faux in ({**cle, "decision": "peut-être"}, {"siret": "1", "kind": "AI", "decision": "oui"}):
        assert client.post(adresse, faux).status_code == 404


def test_a_line_of_the_register_is_one_organisation(petit_reseau: PetitReseau) -> None:
    cle = (line_of_register()["siret"], "AI")
    actions.decide_register_link(
        petit_reseau.structure, cle, is_confirme=True, raison="essai", by=None
    )
    with pytest.raises(SaisieInvalide, match="MLG-ORG-005"):
        actions.decide_register_link(
            petit_reseau.voisine, cle, is_confirme=True, raison="essai", by=None
        )
