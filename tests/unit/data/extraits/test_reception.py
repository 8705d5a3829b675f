from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
import pyzipper  # type: ignore[import-untyped]  # ships no types
from factories.flux_iae import JOUR, annexe, rangee, releve, structure, write_extrait, write_vue

from maillage.data.extraits import find_extrait, forget_extrait, list_extraits, read_extrait
from maillage.data.extraits.reception import Rapport, Reception, ReparationsAAccepter
from maillage.data.sources.flux_iae import lignes as lignes_module
from maillage.data.sources.flux_iae import pieces as pieces_module
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.kernel.errors import DonneesIndisponibles, FichierInvalide, Interrompu, Introuvable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)
AF = [colonne.nom for colonne in load_dictionnaire()["AnnexeFinanciere"]]
STRUCTURE = [colonne.nom for colonne in load_dictionnaire()["Structure"]]


@pytest.fixture(autouse=True)
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dossier = tmp_path / "donnees"
    monkeypatch.setenv("MAILLAGE_DONNEES", str(dossier))
    return dossier


def receive(*chemins: Path, **options: Any) -> Rapport:
    return Reception(chemins, MAINTENANT, derive=lambda _extrait: None, **options).run()


def refused(*chemins: Path, **options: Any) -> list[str]:
    """Codes of what is refused; nothing is kept, and nothing is left behind."""
    with pytest.raises(FichierInvalide) as refus:
        receive(*chemins, **options)
    assert list_extraits() == ()
    return [anomalie.code for anomalie in refus.value.anomalies]


def repaired(*chemins: Path) -> tuple[list[str], Rapport]:
    """Codes of the repairs that are asked first, and the import that accepts them."""
    with pytest.raises(ReparationsAAccepter) as demande:
        receive(*chemins)
    assert list_extraits() == ()
    rapport = receive(*chemins, accepte_reparations=True)
    return [anomalie.code for anomalie in demande.value.anomalies], rapport


def read_column(rapport: Rapport, vue: str, nom: str) -> list[Any]:
    valeurs: list[Any] = pq.read_table(rapport.extrait.vue(vue)).column(nom).to_pylist()
    return valeurs


def test_an_extract_is_kept_with_what_it_is(tmp_path: Path, donnees: Path) -> None:
    dossier = write_extrait(
        tmp_path / "extrait",
        {
            "EtatMensuelIndiv": [releve(1, "91.5"), releve(2, "")],
            "RefMontantIae": [rangee("RefMontantIae", rmi_id=11, rmi_valeur="1820")],
        },
    )
    vus: list[str] = []
    rapport = receive(dossier, progression=lambda vue, _rangees, _octets: vus.append(vue))
    extrait = rapport.extrait
    assert not rapport.deja_connu
    assert rapport.reparations == ()
    assert (extrait.extraction, extrait.importe_le) == (JOUR, MAINTENANT)
    assert extrait.vues == {
        "AnnexeFinanciere": 1,
        "EtatMensuelIndiv": 2,
        "RefMontantIae": 1,
        "Structure": 1,
    }
    assert not extrait.is_synthetic
    assert read_column(rapport, "EtatMensuelIndiv", "emi_nb_heures_travail_centiemes") == [
        9150,
        None,
    ]
    assert read_column(rapport, "EtatMensuelIndiv", "emi_date_validation")[0] == date(2025, 1, 10)
    assert read_column(rapport, "Structure", "structure_date_modification") == [
        datetime(2024, 11, 30)  # noqa: DTZ001 — as published, without a zone
    ]
    assert read_column(rapport, "AnnexeFinanciere", "af_indicateur_suspension") == [False]
    assert "EtatMensuelIndiv" in vus
    assert {source.sha256 for source in extrait.fichiers} == {vue.sha256 for vue in rapport.vues}
    assert [e.identifiant for e in list_extraits()] == [extrait.identifiant]
    assert [f.name for f in (donnees / "extraits").iterdir()] == [extrait.identifiant]


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


def test_the_same_extract_twice_changes_nothing(tmp_path: Path, donnees: Path) -> None:
    dossier = write_extrait(tmp_path / "extrait")
    premier = receive(dossier).extrait
    avant = {f: f.read_bytes() for f in (donnees / "extraits").rglob("*") if f.is_file()}
    archive = tmp_path / "depot.tar.gz"
    with zipfile.ZipFile(archive, "w") as zip_:
        for fichier in sorted(dossier.iterdir(), reverse=True):
            zip_.writestr(f"depot/{fichier.name[:-3]}", gzip.decompress(fichier.read_bytes()))
    second = receive(archive)
    assert second.deja_connu
    assert second.extrait.identifiant == premier.identifiant
    assert {f: f.read_bytes() for f in (donnees / "extraits").rglob("*") if f.is_file()} == avant


def test_what_an_extract_may_be_packed_in(tmp_path: Path) -> None:
    dossier = write_extrait(tmp_path / "extrait")
    identifiant = receive(dossier).extrait.identifiant
    interieur = io.BytesIO()
    with pyzipper.AESZipFile(
        interieur, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as protege:
        protege.setpassword(b"secret")
        for fichier in dossier.iterdir():
            protege.writestr(fichier.name, fichier.read_bytes())
    emballe = tmp_path / "depot.tar.gz"
    with zipfile.ZipFile(emballe, "w") as zip_:
        zip_.writestr("interieur.riae", interieur.getvalue())
    deux_fois = tmp_path / "deux-fois.zip"
    deux_fois.write_bytes(gzip.compress(emballe.read_bytes()))
    for chemin in (emballe, deux_fois):
        assert receive(chemin, mot_de_passe="secret").extrait.identifiant == identifiant
    forget_extrait(identifiant)
    assert refused(emballe) == ["MLG-FLX-004"]
    assert set(refused(emballe, mot_de_passe="faux")) == {"MLG-FLX-003"}


def test_archives_that_do_harm_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coupee = tmp_path / "coupee.zip"
    with zipfile.ZipFile(coupee, "w") as zip_:
        zip_.writestr("a.csv", b"a|b\n" * 100)
    coupee.write_bytes(coupee.read_bytes()[:-30])
    assert refused(coupee) == ["MLG-FLX-003"]
    entiere = write_vue(tmp_path, "Structure", [structure()])
    entiere.write_bytes(entiere.read_bytes()[:-20])
    assert "MLG-FLX-003" in refused(entiere)
    poupee = b"a|b\n"
    for _ in range(8):
        poupee = gzip.compress(poupee)
    (tmp_path / "poupee.gz").write_bytes(poupee)
    assert refused(tmp_path / "poupee.gz") == ["MLG-FLX-006"]
    monkeypatch.setattr(pieces_module, "_MEMBRES_MAX", 1)
    nombreuse = tmp_path / "nombreuse.zip"
    with zipfile.ZipFile(nombreuse, "w") as zip_:
        for rang in range(3):
            zip_.writestr(f"../../{rang}.csv", b"a|b\n")
    assert refused(nombreuse) == ["MLG-FLX-006"]
    assert set(refused(write_extrait(tmp_path / "extrait"))) == {"MLG-FLX-006"}
    monkeypatch.setattr(pieces_module, "TAILLE_MAX", 10)
    dans = tmp_path / "dans.gz"
    dans.write_bytes(gzip.compress(nombreuse.read_bytes()))
    assert refused(dans) == ["MLG-FLX-003"]
    with pytest.raises(Introuvable):
        receive(tmp_path / "absent.zip")


def test_without_marks_the_day_is_that_of_the_names(tmp_path: Path) -> None:
    write_vue(tmp_path / "e", "Structure", [structure()], deb=False, fin=None)
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], deb=False, fin=None)
    extrait = receive(tmp_path / "e").extrait
    assert extrait.extraction == JOUR
    assert any("pas de ligne FIN" in phrase for phrase in extrait.avertissements)
    forget_extrait(extrait.identifiant)
    for vue in ("Structure", "AnnexeFinanciere"):
        chemin = tmp_path / "e" / f"fluxIAE_{vue}_05072025_112211.csv.gz"
        chemin.rename(chemin.with_name(f"fluxIAE_{vue}_99999999_112211.csv.gz"))
    assert refused(tmp_path / "e") == ["MLG-FLX-019"]


def test_files_of_two_days_are_told(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "EtatMensuelIndiv", [releve(1)], jour=JOUR + timedelta(days=3))
    extrait = receive(tmp_path / "e").extrait
    assert extrait.extraction == JOUR + timedelta(days=3)
    assert any("même jour" in phrase for phrase in extrait.avertissements)


def test_another_number_of_rows_than_announced(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Structure", [structure()], fin=7)
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-104"]
    assert "7\u00a0lignes" in rapport.extrait.avertissements[-1]


def test_stray_line_feeds_and_quotes(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    texte = gzip.decompress((tmp_path / "e" / _name("AnnexeFinanciere")).read_bytes()).decode()
    tete, entete, ligne, fin = texte.splitlines()
    cellules = ligne.split("|")
    cellules[AF.index("af_description_action")] = 'Tri de "vieux papiers'
    coupee = list(cellules)
    coupee[AF.index("af_description_action")] = "Espaces\nverts"
    coupee[AF.index("af_id_annexe_financiere")] = "11"
    (tmp_path / "e" / _name("AnnexeFinanciere")).write_bytes(
        gzip.compress(
            "\r\n".join(
                [
                    tete,
                    entete,
                    "|".join(cellules),
                    "",
                    *"|".join(coupee).split("\n"),
                    fin.replace("1", "2"),
                ]
            ).encode()
        )
    )
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-103"]
    assert rapport.reparations[0].ou.endswith("ligne 5")
    assert read_column(rapport, "AnnexeFinanciere", "af_description_action") == [
        'Tri de "vieux papiers',
        "Espaces verts",
    ]


def _name(vue: str) -> str:
    return f"fluxIAE_{vue}_05072025_112211.csv.gz"


def test_rows_that_cannot_be_whole_are_named(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    trop = [*structure(2), "de trop"]
    write_vue(tmp_path / "e", "Structure", [structure(), trop, structure(3)[:9], structure(4)])
    with pytest.raises(FichierInvalide) as refus:
        receive(tmp_path / "e")
    fautes = [a for a in refus.value.anomalies if a.code == "MLG-FLX-015"]
    assert len(fautes) == 1
    assert "lignes 4 et 5" in fautes[0].ou
    write_vue(tmp_path / "e", "Structure", [structure(), structure(3)[:9]])
    assert "MLG-FLX-015" in refused(tmp_path / "e")


def test_a_row_cut_between_two_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lignes_module, "BLOC", 700)
    lignes = [structure(rang) for rang in range(1, 40)]
    lignes[20][STRUCTURE.index("structure_denomination")] = "ASSOCIATION\nD ESSAI\nCOUPEE"
    write_extrait(tmp_path / "e", {"Structure": lignes})
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-103"]
    assert rapport.extrait.vues["Structure"] == 39
    assert "ASSOCIATION D ESSAI COUPEE" in read_column(
        rapport, "Structure", "structure_denomination"
    )


def test_the_header_against_the_dictionary(tmp_path: Path) -> None:
    noms = ["af_etp_poste_insertion" if nom == "af_etp_postes_insertion" else nom for nom in AF]
    write_extrait(tmp_path / "e")
    write_vue(
        tmp_path / "e", "AnnexeFinanciere", [[*annexe(), "x"]], entete=[*noms, "af_nouveaute"]
    )
    rapport = receive(tmp_path / "e")
    vue = next(vue for vue in rapport.vues if vue.nom == "AnnexeFinanciere")
    assert vue.manquantes == ("af_etp_postes_insertion",)
    assert vue.inconnues == ("af_etp_poste_insertion", "af_nouveaute")
    assert vue.renommees == {"af_etp_postes_insertion": "af_etp_poste_insertion"}
    assert sum("au dictionnaire" in phrase for phrase in rapport.extrait.avertissements) == 1
    forget_extrait(rapport.extrait.identifiant)
    noms = ["af_id_annexe_financier" if nom == "af_id_annexe_financiere" else nom for nom in AF]
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], entete=noms)
    assert refused(tmp_path / "e") == ["MLG-FLX-012"]
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], entete=[*AF[:-1], AF[0]])
    assert "MLG-FLX-011" in refused(tmp_path / "e")
    write_vue(tmp_path / "e", "AnnexeFinanciere", [[*annexe(), ""]], entete=[*AF, ""])
    assert receive(tmp_path / "e").extrait.vues["AnnexeFinanciere"] == 1


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


@pytest.mark.parametrize(
    ("cellules", "codes"),
    [
        ({"emi_sme_mois": "13"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "-1"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "900"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "NaN"}, ["MLG-FLX-020"]),
        ({"emi_nb_heures_travail": "1e2"}, ["MLG-FLX-020"]),
        ({"emi_date_validation": "31/02/2025"}, ["MLG-FLX-020"]),
        ({"emi_date_validation": "31/12/0025"}, ["MLG-FLX-020"]),
        ({"emi_salarie_tjs_accomp": "peut-être"}, ["MLG-FLX-020"]),
        ({"emi_sme_annee": "2025.5"}, ["MLG-FLX-020"]),
        ({"emi_sme_mois": "13", "emi_nb_heures_travail": "x"}, ["MLG-FLX-020", "MLG-FLX-021"]),
    ],
)
def test_cells_that_cannot_be_are_all_told(
    tmp_path: Path, cellules: dict[str, str], codes: list[str]
) -> None:
    heures = cellules.pop("emi_nb_heures_travail", "91")
    mois = int(cellules.pop("emi_sme_mois", "1"))
    write_extrait(
        tmp_path / "e", {"EtatMensuelIndiv": [releve(1), releve(mois, heures, **cellules)]}
    )
    assert sorted(refused(tmp_path / "e")) == codes


@pytest.mark.parametrize(
    ("nom", "ecrit", "garde"),
    [
        ("emi_nb_heures_travail", "91,5", 9150),
        ("emi_nb_heures_travail", "91.505", 9151),
        ("emi_salarie_tjs_accomp", "OUI", True),
        ("emi_date_validation", "2025-01-10", date(2025, 1, 10)),
    ],
)
def test_cells_written_otherwise_are_repaired_and_told(
    tmp_path: Path, nom: str, ecrit: str, garde: object
) -> None:
    cellules = {"heures": ecrit} if nom == "emi_nb_heures_travail" else {nom: ecrit}
    write_extrait(tmp_path / "e", {"EtatMensuelIndiv": [releve(1, **cellules)]})
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-102"]
    gardes = pq.read_table(rapport.extrait.vue("EtatMensuelIndiv")).to_pylist()[0]
    assert garde in {gardes.get(nom), gardes.get(f"{nom}_centiemes")}


@pytest.mark.parametrize("ecrit", ["10/01/2025 08:30:00", "10/01/2025"])
def test_dates_in_both_forms_and_numbers_with_a_nil_decimal(tmp_path: Path, ecrit: str) -> None:
    ligne = releve(1, emi_date_validation=ecrit, emi_motif_sortie_id="12.0")
    rapport = receive(write_extrait(tmp_path / "e", {"EtatMensuelIndiv": [ligne]}))
    assert read_column(rapport, "EtatMensuelIndiv", "emi_date_validation") == [date(2025, 1, 10)]
    assert read_column(rapport, "EtatMensuelIndiv", "emi_motif_sortie_id") == [12]


def test_characters_of_windows_are_repaired_and_nul_bytes_refused(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    accent = structure(1, structure_denomination="ASSOCIATION DÉBROUILLE")
    write_vue(tmp_path / "e", "Structure", [accent], encodage="cp1252")
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-101"]
    assert read_column(rapport, "Structure", "structure_denomination") == ["ASSOCIATION DÉBROUILLE"]
    forget_extrait(rapport.extrait.identifiant)
    write_vue(tmp_path / "e", "Structure", [accent], encodage="utf-8-sig")
    assert receive(tmp_path / "e").reparations == ()
    forget_extrait(find_extrait().identifiant)
    write_vue(tmp_path / "e", "Structure", [structure(1, structure_denomination="A\x00B")])
    assert refused(tmp_path / "e") == ["MLG-FLX-009"]


def test_lines_without_end_and_files_that_are_no_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_extrait(tmp_path / "e")
    write_vue(
        tmp_path / "e", "Structure", [structure(), ["x"]], nom="fluxIAE_Facture_05072025_112211.csv"
    )
    assert "MLG-FLX-013" in refused(tmp_path / "e")
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").write_text("a|b\n1|2\n")
    assert refused(tmp_path / "e") == ["MLG-FLX-014"]
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").write_text("a;b c\n1;2\n")
    assert sorted(refused(tmp_path / "e")) == ["MLG-FLX-010", "MLG-FLX-014"]
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").unlink()
    write_vue(
        tmp_path / "e", "Structure", [structure()], nom="fluxIAE_Structure_06072025_112211.csv"
    )
    assert refused(tmp_path / "e") == ["MLG-FLX-017"]
    (tmp_path / "e" / "fluxIAE_Structure_06072025_112211.csv").write_bytes(b"")
    assert refused(tmp_path / "e") == ["MLG-FLX-008"]
    (tmp_path / "e" / "fluxIAE_Structure_06072025_112211.csv").unlink()
    (tmp_path / "e" / _name("AnnexeFinanciere")).unlink()
    assert refused(tmp_path / "e") == ["MLG-FLX-018"]
    monkeypatch.setattr(lignes_module, "LIGNE_MAX", 100)
    monkeypatch.setattr(lignes_module, "BLOC", 50)
    assert "MLG-FLX-007" in refused(
        write_vue(
            tmp_path,
            "Structure",
            [["x" * 500]],
            nom="fluxIAE_Structure_05072025_112211.csv",
            fin=None,
        )
    )


def test_views_without_public_columns_are_counted_and_checked(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Convention", [["1", "2"], ["3", "4"]], entete=["cv_a", "cv_b"])
    write_vue(tmp_path / "e", "RefMesure", [["1"], ["2"]])
    write_vue(tmp_path / "e", "Formations", [])
    extrait = receive(tmp_path / "e").extrait
    assert extrait.comptees == {"Convention": 2}
    assert (extrait.vues["RefMesure"], extrait.vues["Formations"]) == (2, 0)
    with pytest.raises(Introuvable):
        extrait.vue("Convention")
    forget_extrait(extrait.identifiant)
    write_vue(tmp_path / "e", "Convention", [["1", "x@y.fr"]], entete=["cv_a", "cv_b"])
    assert refused(tmp_path / "e") == ["MLG-FLX-016"]


def test_unknown_states_are_told(tmp_path: Path) -> None:
    write_extrait(
        tmp_path / "e", {"EtatMensuelIndiv": [releve(1, emi_esm_etat_code="INCONNU_DE_TOUS")]}
    )
    assert any("INCONNU_DE_TOUS" in p for p in receive(tmp_path / "e").extrait.avertissements)


def test_invented_structures_say_so(tmp_path: Path) -> None:
    noms = ["ASSOCIATION D ESSAI (SYNTHETIQUE)", "AUTRE (SYNTHETIQUE)"]
    lignes = [structure(rang, structure_denomination=nom) for rang, nom in enumerate(noms)]
    assert receive(write_extrait(tmp_path / "e", {"Structure": lignes})).extrait.is_synthetic


def test_stopped_on_request_nothing_is_kept(tmp_path: Path, donnees: Path) -> None:
    with pytest.raises(Interrompu):
        receive(write_extrait(tmp_path / "e"), doit_arreter=lambda: True)
    assert list((donnees / "extraits").iterdir()) == []


def test_what_a_killed_import_left_is_swept_and_never_read(tmp_path: Path, donnees: Path) -> None:
    reste = donnees / "extraits" / ".en-cours-abc"
    (reste / "vues").mkdir(parents=True)
    (reste / "manifeste.json").write_text("{}")
    epave = donnees / "extraits" / "0123456789abcdef"
    epave.mkdir()
    assert list_extraits() == ()
    vieux = (MAINTENANT - timedelta(days=2)).timestamp()
    os.utime(reste, (vieux, vieux))
    receive(write_extrait(tmp_path / "e"))
    assert not reste.exists()
    assert len(list_extraits()) == 1


_TUE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from maillage.data.extraits.reception import Reception
print("prêt", flush=True)
Reception([Path(sys.argv[1])], datetime.now(UTC), derive=lambda e: None).run()
"""


def test_kill_9_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    ancien = receive(write_extrait(tmp_path / "ancien")).extrait
    avant = {f: f.read_bytes() for f in ancien.dossier.rglob("*") if f.is_file()}
    lignes = [releve(1 + rang % 12, emi_pph_id=f"P{rang}") for rang in range(30_000)]
    write_extrait(tmp_path / "nouveau", {"EtatMensuelIndiv": lignes}, JOUR + timedelta(days=7))
    tues = 0
    for attente in (0.02, 0.1, 0.25, 0.5):
        processus = subprocess.Popen(
            [sys.executable, "-c", _TUE, str(tmp_path / "nouveau")],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert processus.stdout is not None
        processus.stdout.readline()
        time.sleep(attente)
        processus.send_signal(signal.SIGKILL)
        tues += processus.wait() == -signal.SIGKILL
        processus.stdout.close()
        extraits = list_extraits()
        assert [e.identifiant for e in extraits][-1] == ancien.identifiant
        for extrait in extraits[:-1]:
            assert pq.read_table(extrait.vue("EtatMensuelIndiv")).num_rows == 30_000
        assert {f: f.read_bytes() for f in ancien.dossier.rglob("*") if f.is_file()} == avant
    assert tues
    assert receive(tmp_path / "nouveau").extrait.vues["EtatMensuelIndiv"] == 30_000


def test_extracts_are_found_and_forgotten(tmp_path: Path) -> None:
    with pytest.raises(Introuvable):
        find_extrait()
    un = receive(write_extrait(tmp_path / "un")).extrait
    deux = receive(write_extrait(tmp_path / "deux", jour=JOUR + timedelta(days=7))).extrait
    assert [e.identifiant for e in list_extraits()] == [deux.identifiant, un.identifiant]
    assert find_extrait().identifiant == deux.identifiant
    assert find_extrait(un.identifiant[:6]).identifiant == un.identifiant
    assert find_extrait("2025-07-12").identifiant == deux.identifiant
    for mot in ("zzz", ""):
        with pytest.raises(Introuvable):
            find_extrait(mot)
    forget_extrait(deux.identifiant)
    with pytest.raises(Introuvable):
        read_extrait(deux.identifiant)
    manifeste = un.dossier / "manifeste.json"
    manifeste.write_text(json.dumps({"version": 1}))
    with pytest.raises(DonneesIndisponibles):
        list_extraits()


@pytest.mark.donnees_partagees
def test_the_public_samples(donnees_partagees: Path) -> None:
    rapport = receive(donnees_partagees / "fluxiae")
    extrait = rapport.extrait
    assert extrait.vues == {"AnnexeFinanciere": 57, "Structure": 6}
    assert extrait.extraction == date(2022, 2, 7)  # the first line, not the name of the file
    assert rapport.reparations == ()
    assert not any(vue.inconnues or vue.manquantes for vue in rapport.vues)
    assert extrait.avertissements[0].startswith("fluxIAE_AnnexeFinanciere")
    assert "pas de ligne FIN" in extrait.avertissements[0]
    etp: Iterable[int] = read_column(
        rapport, "AnnexeFinanciere", "af_etp_postes_insertion_centiemes"
    )
    assert sum(valeur or 0 for valeur in etp) == _sum_of_the_sample(donnees_partagees)


def _sum_of_the_sample(dossier: Path) -> int:
    """The same sum by the plainest reading."""
    fichier = dossier / "fluxiae" / "fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz"
    lignes = gzip.decompress(fichier.read_bytes()).decode().splitlines()
    rang = lignes[1].split("|").index("af_etp_postes_insertion")
    return sum(round(100 * float(ligne.split("|")[rang] or 0)) for ligne in lignes[2:])
