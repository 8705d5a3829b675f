"""The draft declaration, its bands, and the register's own file read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.errors import FichierInvalide
from maillage.web.dialogue.models import Charge
from maillage.web.dialogue.registre.comparaison import stream
from maillage.web.dialogue.registre.comptage import Contact, Responsable
from maillage.web.dialogue.registre.declaration import Cadre, draft, write_out
from maillage.web.dialogue.registre.nomenclatures import (
    ACTIONS,
    BORNES,
    CATEGORIES,
    DECISIONS,
    TRANCHES,
    find_tranche,
    rank_tranche,
)

if TYPE_CHECKING:
    from pathlib import Path

CADRE = Cadre(date(2024, 1, 1), date(2024, 12, 31), "Réseau d’essai", "732829320", 4_000, 0, 2)
COMPLET = Contact(
    numero=1,
    titre="Entretien",
    jour=date(2024, 3, 1),
    initiative="reseau",
    is_tenue=True,
    responsables=(Responsable("gouvernement", "Travail"),),
    personnes=("présidence",),
    objet="Consolider le modèle économique des associations intermédiaires",
    actions=(ACTIONS[0],),
    decisions=(DECISIONS[0],),
    domaines=("Budget",),
    heures=Decimal("2.5"),
    frais_centimes=1_250,
)


def test_there_are_fifty_one_bands() -> None:
    assert len(TRANCHES) == 51
    assert TRANCHES[1] == "> = 10 000 euros et < 25 000 euros"


@pytest.mark.parametrize("borne", BORNES)
def test_each_bound_opens_the_band_above(borne: int) -> None:
    dessous, dessus = find_tranche(borne * 100 - 1), find_tranche(borne * 100)
    assert TRANCHES.index(dessus) == TRANCHES.index(dessous) + 1


@given(st.integers(0, 2 * 10**9))
def test_a_band_names_its_own_rank(centimes: int) -> None:
    tranche = find_tranche(centimes)
    assert rank_tranche(tranche) == rank_tranche(tranche.replace("euros", "€"))
    assert TRANCHES[rank_tranche(tranche) or 0] == tranche


def test_categories_are_those_of_the_offices() -> None:
    assert set(CATEGORIES) == {c.value for c in Charge.Categorie if c.value}


def test_a_complete_year_lacks_nothing_and_is_priced() -> None:
    brouillon = draft(CADRE, [COMPLET, replace(COMPLET, numero=2, frais_centimes=None)])
    assert brouillon.manques == []
    assert len(brouillon.activites) == 1
    assert brouillon.depenses.temps_centimes == 5 * 4_000
    assert brouillon.depenses.total_centimes == 5 * 4_000 + 1_250
    assert brouillon.depenses.tranche == "< 10 000 euros"


def test_what_lacks_is_told_and_unknown_spending_is_no_zero() -> None:
    nu = Contact(1, "Courrier", date(2024, 5, 2), "reseau", is_tenue=True,
                 responsables=(Responsable("gouvernement"),))  # fmt: skip
    brouillon = draft(replace(CADRE, autres_depenses_centimes=None, identifiant=""), [nu])
    assert len(brouillon.manques) == 8
    assert brouillon.depenses.total_centimes is None
    assert "montantDepense" not in json.dumps(write_out(brouillon))
    assert [c.numero for c in brouillon.sans_objet] == [1]


def test_contacts_of_another_year_or_not_ours_are_out() -> None:
    autres = [
        replace(COMPLET, jour=date(2023, 12, 31)),
        replace(COMPLET, jour=date(2025, 1, 1)),
        replace(COMPLET, initiative="interlocuteur"),
    ]
    assert draft(CADRE, autres).activites == []


def test_on_behalf_of_another_is_another_action() -> None:
    brouillon = draft(CADRE, [COMPLET, replace(COMPLET, tiers="Collectif des réseaux")])
    ecrit = write_out(brouillon)
    exercice = ecrit["publications"][0]["exercices"][0]["publicationCourante"]
    actions = exercice["activites"][0]["publicationCourante"]["actionsRepresentationInteret"]
    assert [a["tiers"] for a in actions] == [
        ["Réseau d’essai (en propre)"],
        ["Collectif des réseaux"],
    ]
    assert actions[0]["reponsablesPublics"] == [f"{CATEGORIES['gouvernement']} - Travail"]


def test_the_draft_is_read_back_as_the_register_is() -> None:
    ecrit = write_out(draft(CADRE, [COMPLET]))
    [lu] = stream(BytesIO(json.dumps(ecrit).encode()), "brouillon.json")
    assert (lu.identifiant, lu.debut, lu.fin) == ("732829320", CADRE.debut, CADRE.fin)
    assert (lu.nombre_activites, lu.domaines, lu.tranche) == (1, ("Budget",), "< 10 000 euros")


def _organisation(**champs: Any) -> bytes:
    exercice = {"dateDebut": "01/01/2023", "dateFin": "31/12/2023", **champs}
    organisation = {"denomination": "Fédération", "exercices": [{"publicationCourante": exercice}]}
    return json.dumps({"publications": [organisation]}).encode()


@pytest.mark.parametrize("jour", ["2023-01-01", "01-01-2023", "01/01/2023", "2023-01-01T10:00:00"])
def test_every_date_of_the_register_is_read(jour: str) -> None:
    [lu] = stream(BytesIO(_organisation(dateDebut=jour)), "a.json")
    assert lu.debut == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "MLG-REP-001"),
        (b'{"publications": [{"denomination": "A"', "MLG-REP-001"),
        (b"{}", "MLG-REP-002"),
        (b'{"publications": [3]}', "MLG-REP-002"),
        (b'{"publications": [{"denomination": ""}]}', "MLG-REP-002"),
        (_organisation(dateFin="hier"), "MLG-REP-002"),
        (_organisation(nombreSalaries="beaucoup"), "MLG-REP-002"),
        (_organisation(nombreActivite=-1), "MLG-REP-002"),
    ],
)
def test_another_file_is_refused_with_its_reason(octets: bytes, code: str) -> None:
    with pytest.raises(FichierInvalide) as refus:
        list(stream(BytesIO(octets), "a.json"))
    assert [a.code for a in refus.value.anomalies] == [code]


def test_the_public_extract_is_read_whole(donnees_partagees: Path) -> None:
    chemin = donnees_partagees / "plaidoyer" / "hatvp_agora_extrait_2021.json"
    with chemin.open("rb") as fichier:
        lus = list(stream(fichier, chemin.name))
    brut = json.loads(chemin.read_text(encoding="utf-8"))["publications"]
    assert len(lus) == sum(len(o["exercices"]) for o in brut)
    declares = [d for d in lus if d.tranche]
    assert len(declares) == 24
    assert all(rank_tranche(d.tranche) is not None for d in declares)
    assert sum(d.nombre_activites for d in lus if d.denomination == "ADOMA") == 1 + 8 + 5 + 3
