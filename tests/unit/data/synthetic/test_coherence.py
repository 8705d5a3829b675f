"""What is written holds together: keys, dates, states, amounts; and the traps are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc
import pytest
from factories.reseau_synthetique import AU

from maillage.kernel.annexe import parse_numero_annexe
from maillage.kernel.siret import is_siret
from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    Vue = Callable[[str], pa.Table]


def jour(texte: str) -> date | None:
    return datetime.strptime(texte, "%d/%m/%Y").date() if texte else None  # noqa: DTZ007 — a day


def is_brouillon(ligne: dict[str, str]) -> bool:
    return ligne["emi_esm_etat_code"] == "BROUILLON"


def centiemes(texte: str) -> int:
    return round(float(texte) * 100)


@pytest.fixture(scope="module")
def annexes(vue: Vue) -> list[dict[str, Any]]:
    lignes: list[dict[str, Any]] = vue("AnnexeFinanciere").to_pylist()
    return lignes


@pytest.fixture(scope="module")
def avec_etp(annexes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [a for a in annexes if a["af_mesure_dispositif_code"] != "FDI_DC"]


def test_sirets_have_right_keys_and_belong_to_nobody(vue: Vue) -> None:
    table = vue("Structure")
    for nom in ("structure_siret_signature", "structure_siret_actualise"):
        sirets = table[nom].to_pylist()
        assert all(is_siret(siret) and siret.startswith("0000") for siret in sirets)
    assert len(set(table["structure_siret_actualise"].to_pylist())) == table.num_rows


def test_no_real_structure_has_such_a_number() -> None:
    from maillage.data.reference.pack import embedded_pack  # noqa: PLC0415 — heavy

    sirens = embedded_pack().tables["structures"]["siren"].to_pylist()
    assert not any(siren.startswith("0000") for siren in sirens)


def test_every_key_leads_somewhere(vue: Vue) -> None:
    structures = set(vue("Structure")["structure_id_siae"].to_pylist())
    assert set(vue("AnnexeFinanciere")["af_id_structure"].to_pylist()) <= structures
    contrats = vue("ContratMission")
    assert set(contrats["contrat_id_structure"].to_pylist()) <= structures
    releves = vue("EtatMensuelIndiv")
    af = set(vue("AnnexeFinanciere")["af_id_annexe_financiere"].to_pylist())
    assert set(releves["emi_afi_id"].to_pylist()) <= af
    personnes = set(vue("Salarie")["salarie_id"].to_pylist())
    assert set(releves["emi_pph_id"].to_pylist()) <= personnes
    assert set(contrats["contrat_id_pph"].to_pylist()) <= personnes
    ctr = set(contrats["contrat_id_ctr"].to_pylist())
    assert set(releves["emi_ctr_id"].to_pylist()) <= ctr
    assert set(vue("Formations")["formation_id_ctr"].to_pylist()) <= ctr
    assert set(vue("Accompagnement")["acc_afi_id"].to_pylist()) <= af
    assert set(vue("MarchesPublics")["mpu_af_id"].to_pylist()) <= af
    motifs = set(vue("RefMotifSort")["rms_id"].to_pylist())
    assert set(contrats["contrat_motif_sortie_id"].to_pylist()) - {""} <= motifs
    montants = set(vue("RefMontantIae")["rmi_id"].to_pylist())
    for nom in ("af_duree_heure_annuel_etp_id", "af_montant_unitaire_annuel_id"):
        assert set(vue("AnnexeFinanciere")[nom].to_pylist()) - {""} <= montants


def test_identifiers_of_statements_and_of_persons_are_unique(vue: Vue) -> None:
    for nom, cle in (("EtatMensuelIndiv", "emi_dsm_id"), ("Salarie", "salarie_id")):
        colonne = vue(nom)[cle]
        assert len(pc.unique(colonne)) == len(colonne)


def test_numbers_of_annexes_can_be_read(avec_etp: list[dict[str, Any]]) -> None:
    for annexe in avec_etp:
        numero = parse_numero_annexe(
            f"{annexe['af_numero_annexe_financiere']}"
            f"A{annexe['af_numero_avenant_renouvellement']}"
            f"M{annexe['af_numero_avenant_modification']}"
        )
        assert numero.code_departement is not None
        assert annexe["af_mesure_dispositif_code"].startswith(numero.mesure)
        assert annexe["af_numero_convention"].startswith(numero.departement_asp)


def test_amounts_are_rounded_as_the_asp_does(avec_etp: list[dict[str, Any]]) -> None:
    etp, unitaire, mois, total = np.array(
        [
            (
                centiemes(a["af_etp_postes_insertion"]),
                centiemes(a["af_montant_unitaire_annuel_valeur"]),
                (fin.year - debut.year) * 12 + fin.month - debut.month + 1,
                centiemes(a["af_montant_total_annuel"]),
            )
            for a in avec_etp
            for debut, fin in [(jour(a["af_date_debut_effet"]), jour(a["af_date_fin_effet"]))]
            if debut and fin
        ]
    ).T
    assert (montant_total_annuel_centimes(etp, unitaire, mois) == total).all()
    assert (mois != 12).any()


def test_states_follow_their_dates(avec_etp: list[dict[str, Any]]) -> None:
    propre = {
        "VALIDE": "valide",
        "PROVISOIRE": "provisoire",
        "HISTORISE": "historise",
        "REJETE": "rejete",
        "CLOTURE": "cloture",
        "ANNULE": "annule",
        "SAISI": "saisie_termine",
    }
    for annexe in avec_etp:
        etat = annexe["af_etat_annexe_financiere_code"]
        assert jour(annexe[f"af_date_etat_{propre[etat]}"]) is not None, annexe
        dates = [jour(annexe[nom]) for nom in annexe if nom.startswith("af_date_etat_")]
        assert all(d <= AU for d in dates if d)
        if etat == "VALIDE":
            assert annexe["af_date_etat_historise"] == ""
        if annexe["af_motif_rejet_code"]:
            assert jour(annexe["af_date_etat_rejete"])
    etats = {a["af_etat_annexe_financiere_code"] for a in avec_etp}
    assert {"VALIDE", "PROVISOIRE", "HISTORISE", "CLOTURE"} <= etats


def test_versions_share_the_identifier_and_one_at_most_holds(
    avec_etp: list[dict[str, Any]],
) -> None:
    versions = defaultdict(list)
    for annexe in avec_etp:
        versions[annexe["af_id_annexe_financiere"]].append(annexe)
    assert max(map(len, versions.values())) > 1
    for lignes in versions.values():
        tenues = {
            a["af_numero_avenant_modification"]
            for a in lignes
            if a["af_etat_annexe_financiere_code"] in {"VALIDE", "PROVISOIRE", "CLOTURE"}
        }
        assert len(tenues) <= 1
        assert len({a["af_date_debut_effet"] for a in lignes}) == 1


def test_statements_are_within_their_annexe_and_their_contract(
    vue: Vue, avec_etp: list[dict[str, Any]]
) -> None:
    bornes = {
        a["af_id_annexe_financiere"]: (jour(a["af_date_debut_effet"]), jour(a["af_date_fin_effet"]))
        for a in avec_etp
    }
    ouvertures = {
        a["af_id_annexe_financiere"]: jour(a["af_date_etat_provisoire"] or a["af_date_etat_valide"])
        for a in avec_etp
        if a["af_numero_avenant_modification"] == "0"
    }
    contrats = {
        c["contrat_id_ctr"]: jour(c["contrat_date_embauche"])
        for c in vue("ContratMission").to_pylist()
    }
    lignes = vue("EtatMensuelIndiv").to_pylist()
    for ligne in lignes[::37]:
        debut, fin = bornes[ligne["emi_afi_id"]]
        mois = (int(ligne["emi_sme_annee"]), int(ligne["emi_sme_mois"]))
        embauche = contrats[ligne["emi_ctr_id"]]
        assert debut
        assert fin
        assert embauche
        assert (debut.year, debut.month) <= mois <= (fin.year, fin.month)
        assert (embauche.year, embauche.month) <= mois
        assert 0 < float(ligne["emi_nb_heures_travail"]) <= 191
        creation = jour(ligne["emi_date_creation"])
        assert creation
        assert creation <= AU
        # nothing is entered before the ASP knows the annexe
        ouverture = ouvertures[ligne["emi_afi_id"]]
        assert ouverture
        assert creation >= ouverture - timedelta(days=6 if is_brouillon(ligne) else 0)
        assert (ligne["emi_esm_etat_code"] == "VALIDE") == bool(ligne["emi_date_validation"])


def test_months_are_entered_with_delay_and_gaps(vue: Vue) -> None:
    lignes = vue("EtatMensuelIndiv")
    etats = Counter(lignes["emi_esm_etat_code"].to_pylist())
    assert etats["VALIDE"] > etats["SAISI"] > 0
    assert etats["BROUILLON"] > 0
    saisis = defaultdict(set)
    validations = defaultdict(set)
    for afi, annee, mois, valide in zip(
        *(lignes[n].to_pylist() for n in ("emi_afi_id", "emi_sme_annee", "emi_sme_mois")),
        lignes["emi_date_validation"].to_pylist(),
        strict=True,
    ):
        saisis[afi, annee].add(int(mois))
        validations[afi, annee, mois].add(valide)
    trous = [mois for mois in saisis.values() if max(mois) - min(mois) + 1 > len(mois)]
    assert trous != []
    assert any(len(jours) > 1 for jours in validations.values())
    assert max(mois for (_, annee), les in saisis.items() if annee == "2025" for mois in les) == 6


def test_the_traps_of_the_public_data_are_there(
    vue: Vue, avec_etp: list[dict[str, Any]], annexes: list[dict[str, Any]]
) -> None:
    types = defaultdict(set)
    for annexe in avec_etp:
        types[annexe["af_id_structure"]].add(annexe["af_mesure_dispositif_code"])
    assert any(len(mesures) > 1 for mesures in types.values())
    communes = {
        s["structure_id_siae"]: s["structure_adresse_admin_code_insee"]
        for s in vue("Structure").to_pylist()
    }
    ailleurs = [
        a
        for a in avec_etp
        if not communes[a["af_id_structure"]].startswith(a["af_numero_convention"][1:3])
        and a["af_numero_convention"][0] == "0"
    ]
    assert ailleurs != []
    mesures = Counter((m["rme_id"], m["rmi_code"]) for m in vue("RefMontantIae").to_pylist())
    assert mesures["4", "DUR_AN_ETP"] == 2
    assert mesures["2", "MT_AN_ETP"] > 5
    assert any(a["af_mt_cofinance"] for a in annexes)
    numeros = Counter(vue("Salarie")["hash_nir"].to_pylist())
    assert sum(1 for nombre in numeros.values() if nombre == 2) > 5
    assert numeros.most_common(1)[0][1] > 10
    nuls = [
        m
        for m in vue("MarchesPublics").to_pylist()
        if all(float(m[nom]) == 0 for nom in m if nom.startswith("mpu_sct"))
    ]
    assert nuls != []


def test_contracts_of_a_stay_follow_one_another(vue: Vue) -> None:
    sejours = defaultdict(list)
    for contrat in vue("ContratMission").to_pylist():
        sejours[contrat["contrat_id_pph"]].append(contrat)
    renouveles = [contrats for contrats in sejours.values() if len(contrats) > 1]
    assert renouveles != []
    for contrats in renouveles:
        rangs = [int(c["contrat_type_contrat"]) for c in contrats]
        assert rangs == list(range(rangs[0], rangs[0] + len(rangs)))
        for avant, apres in pairwise(contrats):
            fin, suite = (
                jour(avant["contrat_date_fin_contrat"]),
                jour(apres["contrat_date_embauche"]),
            )
            assert fin
            assert suite
            assert (suite - fin).days == 1
            assert avant["contrat_date_sortie_definitive"] == ""
    for contrat in vue("ContratMission").to_pylist():
        assert bool(contrat["contrat_date_sortie_definitive"]) == bool(
            contrat["contrat_motif_sortie_id"]
        )


def test_a_person_seen_twice_is_the_same(vue: Vue) -> None:
    lignes = vue("Salarie").to_pylist()
    (constant, _), *_ = Counter(ligne["hash_nir"] for ligne in lignes).most_common(1)
    personnes = defaultdict(list)
    for ligne in lignes:
        if ligne["hash_nir"] != constant:
            personnes[ligne["hash_nir"]].append(ligne)
    for revues in personnes.values():
        assert len({ligne["salarie_rci_libelle"] for ligne in revues}) == 1
        assert len({ligne["salarie_annee_naissance"] for ligne in revues}) == 1


def test_expected_dynamic_exits_are_the_sum_of_three(avec_etp: list[dict[str, Any]]) -> None:
    for a in avec_etp:
        somme = sum(
            float(a[f"af_taux_prev_sorties_{nom}"]) for nom in ("durable", "trans", "positives")
        )
        assert float(a["af_taux_prev_sorties_dynamiques"]) == somme


def test_funds_add_up(avec_etp: list[dict[str, Any]]) -> None:
    noms = (
        *("af_commune", "af_intercomm", "af_departement", "af_region", "af_etat", "af_fse"),
        *("af_plie", "af_agefiph", "af_autre_aide_publique", "af_fondation"),
    )
    for a in avec_etp:
        aides = int(a["af_aides_subventions_comp"])
        assert sum(int(a[nom]) for nom in noms) == aides
        ventes = int(a["af_part_produits_exploit_vente_presta"])
        assert ventes + aides == int(a["af_total_produits_exploit"])


def test_a_later_extract_tells_the_same_story(
    vue: Vue, reseau_plus_tard: Path, avec_etp: list[dict[str, Any]]
) -> None:
    from factories.reseau_synthetique import read_view  # noqa: PLC0415 — this test only

    ensuite = read_view(reseau_plus_tard, "EtatMensuelIndiv")
    cles = (
        "emi_afi_id",
        "emi_pph_id",
        "emi_ctr_id",
        "emi_nb_heures_travail",
        "emi_mt_salaire_brut",
    )
    apres = {
        ligne["emi_dsm_id"]: tuple(ligne[nom] for nom in cles) for ligne in ensuite.to_pylist()
    }
    avant = [
        ligne
        for ligne in vue("EtatMensuelIndiv").to_pylist()
        if ligne["emi_esm_etat_code"] != "BROUILLON"
    ]
    disparues = {a["af_id_annexe_financiere"] for a in avec_etp if a["af_date_etat_dde_annulation"]}
    for ligne in avant:
        if ligne["emi_afi_id"] not in disparues:
            assert apres[ligne["emi_dsm_id"]] == tuple(ligne[nom] for nom in cles)
    assert (
        max(
            int(ligne["emi_sme_mois"])
            for ligne in ensuite.to_pylist()
            if ligne["emi_sme_annee"] == "2025"
        )
        == 9
    )
    tenues = ("af_etp_postes_insertion", "af_date_debut_effet", "af_montant_total_annuel")
    suivantes = {
        a["af_id_avenant_modification"]: a
        for a in read_view(reseau_plus_tard, "AnnexeFinanciere").to_pylist()
    }
    for annexe in avec_etp:
        if annexe["af_id_annexe_financiere"] not in disparues:
            suite = suivantes[annexe["af_id_avenant_modification"]]
            assert [suite[nom] for nom in tenues] == [annexe[nom] for nom in tenues]
    structures = vue("Structure").to_pylist()
    connues = {
        s["structure_id_siae"]: s["structure_siret_actualise"]
        for s in read_view(reseau_plus_tard, "Structure").to_pylist()
    }
    assert all(
        connues[s["structure_id_siae"]] == s["structure_siret_actualise"] for s in structures
    )
