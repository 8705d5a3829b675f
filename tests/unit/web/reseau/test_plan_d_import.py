"""Whom a line is about, what it would change, and what cannot be."""

from __future__ import annotations

import uuid

import pytest

from maillage.kernel.errors import FichierInvalide
from maillage.web.network.echange.fiche import FORMAT, Fiche
from maillage.web.network.echange.lecture import read_tableau
from maillage.web.network.echange.plan import Plan, Sort, build_plan
from maillage.web.network.echange.rapprochement import Connue
from maillage.web.network.lignes import LigneConvention

CLES = [str(uuid.uuid5(uuid.NAMESPACE_OID, str(n))) for n in range(6)]
RESEAU = Connue(1, CLES[0], Fiche("reseau", "Réseau d’essai"))
OUEST = Connue(2, CLES[1], Fiche("association_regionale", "Association de l’Ouest", region="53"))
COUP = Connue(
    3,
    CLES[2],
    Fiche(
        "structure",
        "Coup de pouce",
        siren="100000009",
        commune="35238",
        departement="35",
        region="53",
        conventions=(LigneConvention("AI", "10000000900017", "35238"),),
    ),
)
VILLE = Connue(4, CLES[3], Fiche("partenaire", "Ville d’Essai", departement="35", region="53"))
BASE = [RESEAU, OUEST, COUP, VILLE]


def plan_of(texte: str, choix: dict[str, str] | None = None) -> Plan:
    return build_plan(read_tableau(texte.encode(), FORMAT), BASE, choix)


def faults(texte: str) -> list[tuple[str, str]]:
    with pytest.raises(FichierInvalide) as refus:
        plan_of(texte)
    return [(a.code, a.ou) for a in refus.value.anomalies]


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (f"{CLES[2]},structure,Autre nom,,,", "identifiant"),
        (",structure,Autre nom,100 000 009,,", "SIREN"),
        (",structure,Autre nom,,,AI:10000000900017", "SIREN"),  # deduced from the SIRET
        (",partenaire,VILLE D’ESSAI,,,", ""),  # its département is not said: doubtful
    ],
)
def test_a_line_is_recognised_by_number_first(ligne: str, raison: str) -> None:
    plan = plan_of(f"identifiant,nature,nom,siren,commune,conventions\n{ligne}\n")
    assert plan.lignes[0].raison == raison
    assert plan.lignes[0].sort is (Sort.MODIFIEE if raison else Sort.DOUTEUSE)


def test_the_same_name_in_the_same_place_is_the_same() -> None:
    plan = plan_of("nature,nom,departement\npartenaire,ville d essai,35\n")
    assert (plan.lignes[0].raison, plan.lignes[0].cible) == ("nom et commune", VILLE)


def test_another_siren_or_departement_is_another_organisation() -> None:
    plan = plan_of(
        "nature,nom,siren,departement\n"
        "structure,Coup de pouce,100000017,\npartenaire,Ville d’Essai,,29\n"
    )
    assert [ligne.sort for ligne in plan.lignes] == [Sort.CREEE, Sort.CREEE]


def test_a_doubtful_line_waits_for_its_choice() -> None:
    texte = "nature,nom\nstructure,Coup de pousse\n"
    [ligne] = plan_of(texte).lignes
    assert ligne.sort is Sort.DOUTEUSE
    assert [p.connue for p in ligne.propositions] == [COUP]
    assert not plan_of(texte).is_applicable
    assert plan_of(texte, {"2": "creer"}).lignes[0].sort is Sort.CREEE
    assert plan_of(texte, {"2": "ignorer"}).lignes[0].sort is Sort.IGNOREE
    [fusionnee] = plan_of(texte, {"2": CLES[2]}).lignes
    assert (fusionnee.cible, fusionnee.raison) == (COUP, "votre choix")
    assert plan_of(texte, {"2": CLES[3]}).lignes[0].sort is Sort.DOUTEUSE  # not proposed


def test_an_empty_cell_empties_only_in_ones_own_export() -> None:
    entete = "identifiant,nature,nom,siren,commune,departement,region\n"
    [sienne] = plan_of(f"{entete}{CLES[3]},partenaire,Ville d’Essai,,,,\n").lignes
    assert sienne.fiche.departement == ""
    [autre] = plan_of(f"{entete},structure,Coup de pouce,100000009,,,\n").lignes
    assert autre.sort is Sort.INCHANGEE


def test_what_a_line_does_not_say_stays() -> None:
    [ligne] = plan_of(
        f"identifiant,nature,nom,sigle\n{CLES[2]},structure,Coup de pouce,CDP\n"
    ).lignes
    assert [(c.champ, c.avant, c.apres) for c in ligne.changements] == [("sigle", "", "CDP")]
    assert ligne.fiche.conventions == COUP.fiche.conventions


def test_an_association_is_found_by_name_even_created_by_the_same_file() -> None:
    plan = plan_of(
        "nature,nom,association_regionale,region\n"
        "structure,Nouvelle,Association des Alpes,84\n"
        "structure,Seconde,association de l ouest,53\n"
        "association_regionale,Association des Alpes,,84\n"
    )
    assert [x.fiche.association_regionale for x in plan.lignes[:2]] == ["ligne 4", CLES[1]]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("nature,nom\nmairie,A\n,B\n", [("MLG-ORG-061", "ligne 2, colonne nature")] * 1),
        ("nature,nom\nstructure,\n", [("MLG-ORG-063", "ligne 2, colonne nom")]),
        ("nature,nom,siren\nstructure,A,123\n", [("MLG-ID-003", "ligne 2, colonne siren")]),
        (
            "nature,nom,commune\nstructure,A,Saint-Denis\n",
            [("MLG-TER-002", "ligne 2, colonne commune")],
        ),
        (
            "nature,nom,commune,departement\nstructure,A,35238,29\n",
            [("MLG-ORG-020", "ligne 2, colonne commune")],
        ),
        ("nature,nom\nreseau,A\nreseau,B\n", [("MLG-ORG-071", "ligne 3")]),
        (
            f"identifiant,nature,nom\n{CLES[2]},partenaire,A\n",
            [
                ("MLG-ORG-066", "ligne 2, colonne nature"),
                ("MLG-ORG-010", "ligne 2, colonne conventions"),
            ],
        ),
        ("nature,nom,archivee\nreseau,A,oui\n", [("MLG-ORG-068", "ligne 2, colonne archivee")]),
        (
            "nature,nom,archivee\nstructure,A,peut-être\n",
            [("MLG-ORG-030", "ligne 2, colonne archivee")],
        ),
        (
            "nature,nom,association_regionale\nstructure,A,Inconnue\n",
            [("MLG-ORG-070", "ligne 2, colonne association_regionale")],
        ),
        ("nature,nom\nstructure,A\nstructure,a\n", [("MLG-ORG-071", "ligne 3")]),
        (
            "nature,nom,siren\nstructure,A,100000017\nstructure,B,100000017\n",
            [("MLG-ORG-072", "ligne 3")],
        ),
        (
            "nature,nom,conventions\nstructure,A,AI:10000001700010 | ACI\n",
            [("MLG-ORG-065", "ligne 2, colonne conventions")],
        ),
        (
            "nature,nom,adhesions\nstructure,A,2020-01-01\n",
            [("MLG-ORG-032", "ligne 2, colonne adhesions")],
        ),
        (
            "nature,nom,cotisations\nstructure,A,2024:reglee:31/02/2024\n",
            [("MLG-ORG-031", "ligne 2, colonne cotisations")],
        ),
        (
            "nature,nom,cotisations\nstructure,A,2024:reglee:01/02/2024:-5\n",
            [("MLG-ORG-033", "ligne 2, colonne cotisations")],
        ),
        ("nature,nom,email\nstructure,A,a@\n", [("MLG-ORG-064", "ligne 2, colonne email")]),
        (
            "nature,nom,site_web\nstructure,A,javascript:alert(1)\n",
            [("MLG-ORG-064", "ligne 2, colonne site_web")],
        ),
        (
            "nature,nom,sigle\nstructure,A," + "S" * 41 + "\n",
            [("MLG-ORG-062", "ligne 2, colonne sigle")],
        ),
        (
            "identifiant,nature,nom\nabc,structure,A\n",
            [("MLG-ORG-060", "ligne 2, colonne identifiant")],
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place(texte: str, attendu: list[tuple[str, str]]) -> None:
    found = faults(texte)
    assert found[: len(attendu)] == attendu


def test_the_network_is_not_created_by_a_file() -> None:
    tableau = read_tableau(b"nature,nom\nreseau,A\n", FORMAT)
    with pytest.raises(FichierInvalide, match="MLG-ORG-067"):
        build_plan(tableau, [])


def test_the_fingerprint_follows_what_would_be_written() -> None:
    texte = "nature,nom\nstructure,{}\n"
    assert plan_of(texte.format("A")).empreinte == plan_of(texte.format("A")).empreinte
    assert plan_of(texte.format("A")).empreinte != plan_of(texte.format("B")).empreinte
