"""The meetings of the demonstration: said to be invented, and read as the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.membres import client_de
from factories.rencontres import LE_JOUR, make_espace, make_siege

from maillage.web.accounts.models import Utilisateur
from maillage.web.demonstration.dialogue_rencontres import seed_rencontres
from maillage.web.dialogue.models import Rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau


def test_three_meetings_each_with_its_readers(petit_reseau: PetitReseau) -> None:
    Utilisateur.objects.update(is_synthetic=True)
    make_siege(make_espace(), petit_reseau.partenaire)
    cabinet, groupe, suivante = seed_rencontres(petit_reseau.reseau, LE_JOUR)
    assert not Rencontre.objects.filter(is_synthetic=False).exists()
    vus = {
        role: {
            r.pk
            for r in (cabinet, groupe, suivante)
            if client_de(petit_reseau, role).get(f"/dialogue/rencontres/{r.pk}/").status_code == 200
        }
        for role in ("visiteur", "partenaire", "equipe")
    }
    assert vus["visiteur"] == {cabinet.pk}
    assert vus["partenaire"] == vus["equipe"] == {cabinet.pk, groupe.pk, suivante.pk}
    page = client_de(petit_reseau, "partenaire").get(f"/dialogue/rencontres/{groupe.pk}/")
    assert "instruction" in page.content.decode()
    assert "personne ne siège" not in page.content.decode()
    assert "Lire et donner mon avis" in page.content.decode()
