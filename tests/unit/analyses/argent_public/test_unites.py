"""What is known of each set of accounts, and every reason to leave a declaration out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from factories.argent_public import AIDES, annexe_2024, releves_2024
from factories.atlas import real_atlas
from factories.flux_iae import annexe, structure

from maillage.analyses.argent_public.assemblage import list_unites
from maillage.analyses.argent_public.compte import find_annee, name_regions
from maillage.analyses.argent_public.unites import (
    PLUSIEURS,
    REGION_INCONNUE,
    Comptes,
    Demande,
    Rapprochement,
)
from maillage.indicators.pilotage.filtre import Filtre

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.argent_public.unites import Unite
    from maillage.indicators.pilotage.lecture import Faits

ZEROS = dict.fromkeys(AIDES.values(), "0")


def units(faits: Faits, demande: Demande | None = None) -> dict[str, Unite]:
    found = list_unites(faits, demande or Demande(2024))
    return {f"{unite.organisme} {unite.type}": unite for unite in found}


def test_one_structure_by_hand(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe_2024(
                10,
                1,
                produits="500000",
                **ZEROS
                | {"af_part_produits_exploit_vente_presta": "120000", "af_etat": "300000"}
                | {"af_region": "60000"},
                af_indic_cofinancement="true",
                af_mt_cofinance="48000.00",
            )
        ],
        EtatMensuelIndiv=releves_2024(10, heures="91.00"),
    )
    (one,) = list_unites(faits, Demande(2024, regions={(1, "ACI"): "Bretagne"}))
    assert (one.organisme, one.cles, one.type) == ("1", ((1, "ACI"),), "ACI")
    assert one.region == "Bretagne"
    assert one.annexes == {"etat": 24_000_000, "departement": 4_800_000}
    assert one.etp_conventionnes == 12
    # 91 hours a month, twelve months, 182 hours for a full-time year: six posts, of 24 000 € each
    assert (one.etp, one.heures, one.acquis) == (6, 1092, 14_400_000)
    assert one.rapprochement is Rapprochement.FAIT
    assert one.declare is not None
    declared = {nom: cents // 100 for nom, cents in one.declare.items() if cents}
    assert declared == {
        "etat": 300_000,
        "region": 60_000,
        "ventes": 120_000,
        "autres_produits": 20_000,
    }
    assert one.comptes is None


def test_an_annexe_over_two_years_is_shared_by_months(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe_2024(
                10,
                1,
                af_date_debut_effet="01/10/2024",
                af_date_fin_effet="30/06/2025",
                af_montant_total_annuel="100.00",
                af_indic_cofinancement="true",
                af_mt_cofinance="10.00",
            ),
            annexe_2024(
                11, 2, af_montant_total_annuel="", af_montant_unitaire_annuel_valeur="1000"
            ),
            annexe_2024(12, 3, af_montant_total_annuel="", af_montant_unitaire_annuel_valeur=""),
        ],
        Structure=[structure(1), structure(2), structure(3)],
    )
    found = units(faits)
    # three months of nine: 30.00 of 90.00 and 3.33 of 10.00
    assert found["1 ACI"].annexes == {"etat": 3000, "departement": 333}
    # without an amount the ASP's own rounding is used: twelve posts at 1 000 €
    assert found["2 ACI"].annexes == {"etat": 1_200_000, "departement": 0}
    assert (found["3 ACI"].annexes["etat"], found["3 ACI"].sans_montant) == (0, 1)
    assert found["3 ACI"].acquis is None
    assert found["3 ACI"].region == REGION_INCONNUE
    assert units(faits, Demande(2025))["1 ACI"].annexes == {"etat": 6000, "departement": 667}


def test_every_reason_to_leave_a_declaration_out(faits_de: Callable[..., Faits]) -> None:
    plein = ZEROS | {"af_part_produits_exploit_vente_presta": "10"}
    cases = {
        1: annexe_2024(10, 1, produits="10", **plein),
        2: annexe_2024(11, 2),
        3: annexe_2024(12, 3, produits="10", **plein, af_date_cloture_exercice="31/12/2023"),
        4: annexe_2024(13, 4, produits="10", **plein, af_date_cloture_exercice="31/08/2024"),
        5: annexe_2024(14, 5, produits="8", **plein),
        6: annexe_2024(15, 6, produits="50", **plein | {"af_region": ""}),
        7: annexe_2024(16, 7, produits="10", **plein),
        8: annexe_2024(17, 8, produits="10", **plein | {"af_region": ""}),
        9: annexe_2024(18, 9, produits="10", **plein, af_duree_heure_annuel_etp_valeur=""),
    }
    faits = faits_de(
        Structure=[structure(rang) for rang in cases],
        AnnexeFinanciere=[*cases.values()],
        EtatMensuelIndiv=[
            line for rang in cases for line in releves_2024(9 + rang, 11 if rang == 7 else 12)
        ],
    )
    assert {int(u.organisme): u.rapprochement for u in list_unites(faits, Demande(2024))} == {
        1: Rapprochement.FAIT,
        2: Rapprochement.SANS_DECLARATION,
        3: Rapprochement.AUTRE_EXERCICE,
        4: Rapprochement.DECALE,
        5: Rapprochement.INCOHERENT,
        6: Rapprochement.DETAIL_INCOMPLET,
        7: Rapprochement.SAISIE_INCOMPLETE,
        8: Rapprochement.FAIT,  # sales make all the income: an empty funder is zero
        9: Rapprochement.SAISIE_INCOMPLETE,
    }


def test_a_later_annexe_speaks_of_the_year(faits_de: Callable[..., Faits]) -> None:
    plein = ZEROS | {"af_part_produits_exploit_vente_presta": "10"}
    faits = faits_de(
        AnnexeFinanciere=[
            annexe_2024(10, 1, produits="12", **plein, af_date_cloture_exercice="31/12/2023"),
            annexe(
                11, af_date_cloture_exercice="31/12/2024", af_total_produits_exploit="10", **plein
            ),
        ],
        EtatMensuelIndiv=releves_2024(10),
    )
    (one,) = list_unites(faits, Demande(2024))
    assert one.rapprochement is Rapprochement.FAIT
    assert one.declare is not None
    assert one.declare["ventes"] == 1000
    assert find_annee(faits) == 2024


def test_two_kinds_that_declare_the_same_accounts_are_one_unit(
    faits_de: Callable[..., Faits],
) -> None:
    plein = ZEROS | {"af_part_produits_exploit_vente_presta": "10"}
    faits = faits_de(
        Structure=[structure(1), structure(2), structure(3)],
        AnnexeFinanciere=[
            annexe_2024(10, 1, produits="10", **plein),
            annexe_2024(11, 1, "ETTI", produits="10", **plein),
            annexe_2024(12, 2, produits="10", **plein),
            annexe_2024(13, 2, "EI", produits="30", **plein),
            annexe_2024(14, 3, produits="10", **plein),
            annexe_2024(15, 3, "EI"),
        ],
        EtatMensuelIndiv=[line for af_id in range(10, 16) for line in releves_2024(af_id)],
    )
    comptes = {rang: Comptes(date(2024, 12, 31), {"70": 1000}) for rang in (1, 2, 4)} | {
        3: Comptes(date(2023, 12, 31), {"70": 1000})
    }
    found = units(faits, Demande(2024, comptes=comptes))
    assert set(found) == {f"1 {PLUSIEURS}", "2 ACI", "2 EI", f"3 {PLUSIEURS}"}
    both = found[f"1 {PLUSIEURS}"]
    assert both.cles == ((1, "ACI"), (1, "ETTI"))
    assert (both.etp, both.heures) == (24, 4368)
    assert both.declare is not None
    assert both.declare["ventes"] == 1000  # once
    assert both.comptes == {"ventes": 1000}
    # accounts of one organisation cannot be parted between two units; another year's are not read
    assert (
        found["2 ACI"].comptes is found["2 EI"].comptes is found[f"3 {PLUSIEURS}"].comptes is None
    )


def test_a_filter_that_cuts_accounts_in_two_leaves_the_declaration_out(
    faits_de: Callable[..., Faits],
) -> None:
    plein = ZEROS | {"af_part_produits_exploit_vente_presta": "10"}
    faits = faits_de(
        AnnexeFinanciere=[
            annexe_2024(10, 1, produits="10", **plein),
            annexe_2024(11, 1, "ETTI", produits="10", **plein),
        ],
        EtatMensuelIndiv=[*releves_2024(10), *releves_2024(11)],
    )
    demande = Demande(
        2024,
        Filtre(types=frozenset({"ACI"})),
        comptes={1: Comptes(date(2024, 12, 31), {"70": 1000})},
    )
    (one,) = list_unites(faits, demande)
    assert (one.cles, one.rapprochement) == (((1, "ACI"),), Rapprochement.HORS_FILTRE)
    assert (one.declare, one.comptes) == (None, None)
    assert one.annexes["etat"] == 28_800_000  # of the ACI only


def test_regions_are_those_of_the_communes(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        Structure=[
            structure(1),
            structure(
                2,
                structure_adresse_admin_commune="INCONNUE",
                structure_adresse_admin_code_insee="99999",
            ),
        ],
        AnnexeFinanciere=[annexe(10), annexe(11, af_id_structure=2)],
    )
    assert name_regions(real_atlas(), faits) == {(1, "ACI"): "Bretagne"}


def test_without_any_declaration_the_year_before_is_looked_at(
    faits_de: Callable[..., Faits],
) -> None:
    assert find_annee(faits_de()) == 2024
