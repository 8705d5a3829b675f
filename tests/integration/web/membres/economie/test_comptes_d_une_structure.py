"""A director hands over accounts, reads the three answers, says where the aide au poste is; nobody else sees."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from factories.comptes_site import make_exercice, make_file
from factories.exercices import ANNEE, balance, postpone
from factories.extraits_site import tie
from factories.fec import LIGNES, SALARIE, TIERS, write_fec
from factories.membres import client_de

from maillage.data.store import data_dir
from maillage.web.economie.models import ExerciceComptable, PlanDeRattachement
from maillage.web.economie.stockage import from_json, to_json
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")


def plain(octets: bytes) -> str:
    return octets.decode().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def direction(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "direction")


def url(petit: PetitReseau, suite: str = "") -> str:
    return f"/economie/{petit.structure.pk}/{suite}"


def hand_over(client: Client, petit: PetitReseau, fichier: Any, statut: int = 302) -> Any:
    answer = client.post(url(petit, "deposer/"), {"fichier": fichier})
    assert answer.status_code == statut
    return answer


def test_a_year_handed_over_is_read_and_the_file_is_gone(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    """Amounts are those of the year added up by hand, in `factories.exercices`."""
    assert "Déposez l’export" in plain(direction.get(url(petit_reseau)).content)
    hand_over(direction, petit_reseau, make_file())
    garde = ExerciceComptable.objects.get()
    assert sum(map(sum, (m.values() for m in garde.mouvements["par_mois"]))) == 0
    annee = {c: n for c, n in balance(ANNEE[1:]).items() if c.startswith(("6", "7"))}
    net = -sum(annee.values())
    lu = plain(direction.get(url(petit_reseau)).content)
    assert f"{net // 100:,}".replace(",", " ") in lu
    assert "la trésorerie couvre" in lu
    assert "Aide au poste" in lu
    assert not any("FEC2024" in f.name for f in data_dir().rglob("*"))


def test_nothing_of_third_parties_is_anywhere_once_the_file_is_read(
    petit_reseau: PetitReseau, direction: Client, tmp_path: Path
) -> None:
    """The data directory and every table, in the encodings that a file may have."""
    octets = write_fec(tmp_path, nom="FEC20241231.txt").read_bytes()
    hand_over(direction, petit_reseau, SimpleUploadedFile("FEC20241231.txt", octets))
    garde = ExerciceComptable.objects.get()
    for suite in ("", "plan/", "argent-public/", "soldes.csv", f"exercices/{garde.pk}/"):
        assert direction.get(url(petit_reseau, suite)).status_code == 200
    hand_over(direction, petit_reseau, SimpleUploadedFile("abime.txt", octets[:-200]), 400)
    base = StringIO()
    call_command("dumpdata", stdout=base, verbosity=0)
    assert "411" in base.getvalue()
    gardes = [
        json.dumps(json.loads(base.getvalue()), ensure_ascii=False).encode(),
        *(f.read_bytes() for f in data_dir().rglob("*") if f.is_file()),
    ]
    for secret in (TIERS, SALARIE, "SECRETE", "C00042", "DUPON", "42100017", "Compte n°"):
        for encodage in ("utf-8", "iso8859-15"):
            assert not any(secret.encode(encodage) in contenu for contenu in gardes), secret


def test_movements_come_back_as_they_were(petit_reseau: PetitReseau) -> None:
    garde = make_exercice(petit_reseau.structure)
    assert to_json(from_json(garde.mouvements)) == garde.mouvements
    with pytest.raises(ValueError, match="version 0"):
        from_json({**garde.mouvements, "version": 0})


def test_the_same_year_again_replaces_the_first(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    hand_over(direction, petit_reseau, make_file())
    hand_over(direction, petit_reseau, make_file(ANNEE[:-1]))
    assert ExerciceComptable.objects.count() == 1
    hand_over(direction, petit_reseau, make_file(postpone(ANNEE, 1), "FEC20251231.txt"))
    assert ExerciceComptable.objects.count() == 2
    lu = plain(direction.get(url(petit_reseau)).content)
    assert "31/12/2024" in lu
    assert "31/12/2025" in lu


def test_a_file_that_cannot_be_used_is_refused_with_all_that_prevents_it(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    boiteuse = [*ANNEE[:-1], ("OD", "20241231", {"695000": 100, "444000": -99})]
    lu = plain(hand_over(direction, petit_reseau, make_file(boiteuse), 400).content)
    assert "MLG-FEC-" in lu
    assert "Rien n’est écrit" in lu
    assert not ExerciceComptable.objects.exists()


def test_the_file_of_another_legal_person_is_refused(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    petit_reseau.structure.siren = "356000000"
    petit_reseau.structure.save()
    answer = hand_over(direction, petit_reseau, make_file(nom="732829320FEC20241231.txt"), 400)
    assert "MLG-ECO-001" in plain(answer.content)


def test_what_was_understood_otherwise_waits_for_an_agreement(
    petit_reseau: PetitReseau, direction: Client, tmp_path: Path
) -> None:
    """A day written otherwise: it is told, and nothing is counted before the agreement."""
    lignes = [["15/01/2024" if c == "20240115" else c for c in ligne] for ligne in LIGNES]
    chemin = write_fec(tmp_path, lignes, nom="FEC20241231.txt")
    with chemin.open("rb") as fichier:
        answer = hand_over(direction, petit_reseau, fichier)
    garde = ExerciceComptable.objects.get()
    assert garde.is_accepte is False
    assert garde.reparations
    lu = plain(direction.get(answer["Location"]).content)
    assert "compris autrement qu’écrit" in lu
    assert "attend votre accord" in plain(direction.get(url(petit_reseau)).content)
    assert direction.get(url(petit_reseau, "soldes.csv")).status_code == 404
    direction.post(answer["Location"], {"faire": "accepter"})
    assert "la trésorerie couvre" in plain(direction.get(url(petit_reseau)).content)


def test_the_aide_au_poste_is_where_the_structure_says(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    make_exercice(petit_reseau.structure)
    assert "n’est pas distinguée" in plain(direction.get(url(petit_reseau)).content)
    lu = plain(direction.get(url(petit_reseau, "plan/")).content)
    assert "741100" in lu
    assert "730000" in lu
    direction.post(url(petit_reseau, "plan/"), {"faire": "aide", "compte": ["741100"]})
    assert 'aide_au_poste = ["741100"]' in PlanDeRattachement.objects.get().texte
    assert "n’est pas distinguée" not in plain(direction.get(url(petit_reseau)).content)
    # a second choice for the same day replaces the first; both stay in the history
    direction.post(url(petit_reseau, "plan/"), {"faire": "aide", "compte": ["730000"]})
    assert PlanDeRattachement.objects.count() == 2
    assert PlanDeRattachement.objects.all()[0].texte.count("[[version]]") == 1
    faux = direction.post(url(petit_reseau, "plan/"), {"faire": "texte", "texte": "depuis ="})
    assert faux.status_code == 400
    assert PlanDeRattachement.objects.count() == 2


def test_hours_come_from_the_extract_or_say_what_lacks(
    petit_reseau: PetitReseau, direction: Client, extraits: Path
) -> None:
    """The extract is of 2025: the year of 2024 has no hour in it, that of 2025 is not over."""
    del extraits
    make_exercice(petit_reseau.structure)
    assert "aucun n’est relié" in plain(direction.get(url(petit_reseau)).content)
    tie(petit_reseau)
    lu = plain(direction.get(url(petit_reseau)).content)
    assert "n’a pas la saisie complète de 12 mois" in lu
    assert "Ce que coûte une heure n’est pas connu" in lu


def test_a_year_is_opened_to_its_accounts_and_forgotten_for_good(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_exercice(petit_reseau.structure)
    adresse = url(petit_reseau, f"exercices/{garde.pk}/")
    lu = plain(direction.get(adresse).content)
    for compte, montant in (("641100", "-90 000,00"), ("708400", "100 000,00")):
        assert compte in lu
        assert montant.replace("-", "\u2212") in lu or montant in lu
    ailleurs = make_exercice(petit_reseau.voisine)
    assert direction.get(url(petit_reseau, f"exercices/{ailleurs.pk}/")).status_code == 404
    fichier = direction.get(url(petit_reseau, "soldes.csv"))
    assert fichier.status_code == 200
    assert "641100" in fichier.content.decode()
    direction.post(adresse, {"faire": "oublier"})
    assert list(ExerciceComptable.objects.all()) == [ailleurs]
    assert set(Evenement.objects.values_list("action", flat=True)) >= {
        "comptes.deposer",
        "comptes.oublier",
    }


@pytest.mark.parametrize(
    "role", ["administration", "delegation", "conseil", "equipe", "partenaire"]
)
def test_nobody_else_opens_them(petit_reseau: PetitReseau, role: str) -> None:
    make_exercice(petit_reseau.structure)
    assert client_de(petit_reseau, role).get(url(petit_reseau)).status_code == 403
