from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.flux_iae import rangee, releve, structure, write_extrait, write_vue
from factories.receptions import read_column, receive

from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

STRUCTURE = [colonne.nom for colonne in load_dictionnaire()["Structure"]]


def test_no_identifier_of_a_person_is_on_the_disk(tmp_path: Path, donnees: Path) -> None:
    vues = {
        "EtatMensuelIndiv": [releve(1, emi_pph_id="7654321", emi_ctr_id="1234567")],
        "ContratMission": [
            rangee("ContratMission", contrat_id_ctr="1234567", contrat_id_pph="7654321")
        ],
        "Salarie": [rangee("Salarie", salarie_id="7654321", hash_nir="abcdef0123")],
    }
    rapport = receive(write_extrait(tmp_path / "extrait", vues))
    (personne,) = read_column(rapport, "EtatMensuelIndiv", "emi_pph_id")
    assert personne == read_column(rapport, "ContratMission", "contrat_id_pph")[0]
    assert personne == read_column(rapport, "Salarie", "salarie_id")[0]
    (contrat,) = read_column(rapport, "EtatMensuelIndiv", "emi_ctr_id")
    assert contrat == read_column(rapport, "ContratMission", "contrat_id_ctr")[0]
    assert len({personne, contrat, read_column(rapport, "Salarie", "hash_nir")[0]}) == 3
    for fichier in donnees.rglob("*"):
        if fichier.is_file():
            octets = fichier.read_bytes()
            for secret in (b"7654321", b"1234567", b"abcdef0123"):
                assert secret not in octets
    assert (donnees / "sel-des-personnes").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("nom", "valeurs"),
    [
        ("structure_adresse_admin_telephone", ["0299000000"]),
        ("referent_courriel", ["x"]),
        ("nom", ["x"]),
        ("colonne_7", ["jeanne.inventee@exemple.fr"]),
        ("colonne_7", ["02 99 00 00 00"]),
        ("colonne_7", ["1 85 05 78 006 084 91"]),
        ("colonne_7", ["FR14 2004 1010 0505 0001 3M02 606"]),
        ("colonne_7", ["12/03/1985", "01/11/1970"]),
        ("colonne_7", ["Marie", "Mohamed", "Jean-Pierre", "ÉLODIE"]),
        ("colonne_7", ["Marie Inventée", "Karim Inventé", "Nadia Fictive"]),
        ("structure_adresse_admin_cplt_adresse", ["MARIE", "JEAN", "AHMED", "SOPHIE"]),
    ],
)
def test_columns_about_persons_are_refused_under_any_name(
    tmp_path: Path, nom: str, valeurs: list[str]
) -> None:
    lignes = [structure(rang) for rang in range(1, len(valeurs) + 1)]
    entete = list(STRUCTURE)
    if nom in entete:
        for ligne, valeur in zip(lignes, valeurs, strict=True):
            ligne[entete.index(nom)] = valeur
    else:
        entete.append(nom)
        lignes = [[*ligne, valeur] for ligne, valeur in zip(lignes, valeurs, strict=True)]
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Structure", lignes, entete=entete)
    with pytest.raises(FichierInvalide) as refus:
        receive(tmp_path / "e")
    (anomalie,) = refus.value.anomalies
    assert anomalie.code == "MLG-FLX-016"
    assert nom in anomalie.quoi
    assert "maillage flux expurger" in anomalie.que_faire
    assert not any(valeur in str(anomalie) for valeur in valeurs if len(valeur) > 3)


@pytest.mark.parametrize(
    ("nom", "valeurs"),
    [
        (
            "structure_denomination",
            ["ASSOCIATION SAINTE MARIE", "EMMAUS MARTIN", "LES JARDINS DE JEAN", "AI MARTIN"],
        ),
        (
            "structure_adresse_admin_commune",
            ["SAINT DENIS", "SAINT PAUL", "SAINT PIERRE", "SAINTE MARIE", "GRAND BOURG"],
        ),
        ("structure_adresse_admin_nom_voie", ["JEAN JAURES", "DE LA PAIX", "GAMBETTA", "12"]),
        ("colonne_7", ["73282932000074", "35238", "OUI", "1234567890"]),
    ],
)
def test_names_of_places_and_associations_are_no_persons(
    tmp_path: Path, nom: str, valeurs: list[str]
) -> None:
    lignes = [structure(rang) for rang in range(1, len(valeurs) + 1)]
    entete = list(STRUCTURE)
    if nom in entete:
        for ligne, valeur in zip(lignes, valeurs, strict=True):
            ligne[entete.index(nom)] = valeur
    else:
        entete.append(nom)
        lignes = [[*ligne, valeur] for ligne, valeur in zip(lignes, valeurs, strict=True)]
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Structure", lignes, entete=entete)
    assert receive(tmp_path / "e").extrait.vues["Structure"] == len(valeurs)


def test_a_hash_means_something_in_one_installation_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vues = {"EtatMensuelIndiv": [releve(1)]}
    un = receive(write_extrait(tmp_path / "un", vues))
    deux = receive(write_extrait(tmp_path / "deux", {"EtatMensuelIndiv": [releve(2)]}))
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "ailleurs"))
    trois = receive(tmp_path / "un")
    lus = [read_column(rapport, "EtatMensuelIndiv", "emi_pph_id") for rapport in (un, deux, trois)]
    assert lus[0] == lus[1]
    assert lus[0] != lus[2]
