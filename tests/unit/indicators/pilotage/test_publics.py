"""Who is counted among the people followed, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import annexe, releve, structure
from factories.personnes_flux import contrat, salarie

from maillage.indicators.pilotage.publics import (
    AGE_SENIOR,
    AGE_SENIOR_NATIONAL,
    PARTS,
    PERSONNES_MIN,
    list_publics,
    summarise_publics,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits

HUIT = tuple(f"P{rang}" for rang in range(8))


def work(personne: str, heures: str = "100.00", **cellules: object) -> list[str]:
    """A month of somebody, under a contract of their own."""
    return releve(3, heures, **{"emi_pph_id": personne, "emi_ctr_id": f"C-{personne}"} | cellules)


def hire(personne: str, **cellules: object) -> list[str]:
    """Their contract."""
    return contrat(f"C-{personne}", "01/01/2025", "", contrat_id_pph=personne, **cellules)


def test_piege_beneficiaires_une_heure_dans_l_annee(faits_de: Callable[..., Faits]) -> None:
    """An hour over two annexes of one structure counts; less does not, drafts do not, nor another year."""
    faits = faits_de(
        AnnexeFinanciere=[annexe(10), annexe(11)],
        EtatMensuelIndiv=[
            work("P1", "0.60"),
            work("P1", "0.40", emi_afi_id=11),
            work("P2", "0.99"),
            work("P3", "50.00", emi_esm_etat_code="BROUILLON"),
            work("P4", "50.00", emi_sme_annee=2024),
            work("P5", "1.00"),
            work("P6", "0.00"),
        ],
    )
    assert summarise_publics(faits, 2025).suivies == 2


def test_piege_personnes_suivies_et_personnes_reelles(faits_de: Callable[..., Faits]) -> None:
    """One identifier per structure; one number across structures."""
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[annexe(10), annexe(11, af_id_structure=2)],
        EtatMensuelIndiv=[work("P1"), work("P2", emi_afi_id=11), work("P3")],
        Salarie=[
            salarie("P1", hash_nir="aa", salarie_annee_naissance=1980),
            salarie("P2", hash_nir="aa", salarie_annee_naissance=1980),
            salarie("P3"),
        ],
    )
    lues = summarise_publics(faits, 2025)
    assert (lues.suivies, lues.reelles, lues.sans_numero) == (3, 2, 1)
    par_structure = {ligne.cle: ligne.publics.suivies for ligne in list_publics(faits, 2025)}
    assert par_structure == {(1, "ACI"): 2, (2, "ACI"): 1}


def test_piege_constante_de_l_asp_n_est_le_numero_de_personne(
    faits_de: Callable[..., Faits],
) -> None:
    """All those without a number share one: born in different years, they are different people."""
    faits = faits_de(
        EtatMensuelIndiv=[work(personne) for personne in HUIT],
        Salarie=[
            salarie(
                personne,
                hash_nir="constante" if rang < 5 else f"n{rang}",
                salarie_annee_naissance=1970 + rang,
            )
            for rang, personne in enumerate(HUIT)
        ],
    )
    lues = summarise_publics(faits, 2025)
    assert (lues.suivies, lues.reelles, lues.sans_numero) == (8, 8, 5)


def test_piege_rsa_majore_ou_non_et_inconnus_dits(faits_de: Callable[..., Faits]) -> None:
    codes = ("OUI-M", "OUI-NM", "NON", "NON", "NON", "", "OUI", "NON")
    faits = faits_de(
        EtatMensuelIndiv=[work(personne) for personne in HUIT],
        ContratMission=[
            hire(personne, contrat_salarie_rsa=code, contrat_salarie_rqth=rqth)
            for personne, code, rqth in zip(
                HUIT, codes, ("true", *["false"] * 4, "", "", ""), strict=True
            )
        ],
    )
    lues = summarise_publics(faits, 2025)
    assert lues.rsa == pytest.approx(100 * 2 / 6)
    assert lues.inconnus["rsa"] == 2
    assert (lues.rqth, lues.inconnus["rqth"]) == (20, 3)


def test_piege_un_contrat_de_l_annee_suffit_quelle_que_soit_son_annexe(
    faits_de: Callable[..., Faits],
) -> None:
    """RSA at the second contract, on the second annexe of the structure: still a person in RSA."""
    faits = faits_de(
        AnnexeFinanciere=[annexe(10), annexe(11)],
        EtatMensuelIndiv=[
            *(work(personne) for personne in HUIT),
            work("P0", emi_afi_id=11, emi_ctr_id="second"),
        ],
        ContratMission=[
            *(hire(personne, contrat_salarie_rsa="NON") for personne in HUIT),
            contrat("second", contrat_id_pph="P0", contrat_salarie_rsa="OUI-M"),
        ],
    )
    assert summarise_publics(faits, 2025).rsa == 12.5


def test_shares_of_women_of_districts_and_of_seniors(faits_de: Callable[..., Faits]) -> None:
    """Nobody's birthday is known: the age is that reached in the year."""
    naissances = (
        *(2025 - AGE_SENIOR, 2025 - AGE_SENIOR + 1, 2025 - AGE_SENIOR_NATIONAL),
        *(2025 - AGE_SENIOR_NATIONAL + 1, 2000, 2000, 2000, ""),
    )
    faits = faits_de(
        EtatMensuelIndiv=[work(personne) for personne in HUIT],
        Salarie=[
            salarie(
                personne,
                salarie_annee_naissance=naissance,
                salarie_rci_libelle=civilite,
                salarie_adr_qpv_type=qpv,
            )
            for personne, naissance, civilite, qpv in zip(
                HUIT,
                naissances,
                ("MME", "MME", "MME", "M.", "M.", "M.", "M.", "M."),
                ("QP", "NQP", "NQP", "NQP", "NQP", "", "", "AUTRE"),
                strict=True,
            )
        ],
    )
    lues = summarise_publics(faits, 2025)
    assert (lues.femmes, lues.qpv) == (37.5, 20)
    assert lues.seniors == pytest.approx(100 * 3 / 7)
    assert lues.seniors_55 == pytest.approx(100 / 7)
    attendus = {"femmes": 0, "qpv": 3, "seniors": 1, "rsa": 8, "rqth": 8}
    assert lues.inconnus == attendus


@pytest.mark.parametrize(
    ("suivies", "connues", "attendue"),
    [
        (PERSONNES_MIN - 1, PERSONNES_MIN - 1, Absence.SECRETE),
        (PERSONNES_MIN, PERSONNES_MIN - 1, Absence.SECRETE),
        (PERSONNES_MIN, 0, Absence.INCONNUE),
        (PERSONNES_MIN, PERSONNES_MIN, 100),
    ],
)
def test_a_share_that_would_tell_of_somebody_is_secret(
    faits_de: Callable[..., Faits], suivies: int, connues: int, attendue: Any
) -> None:
    faits = faits_de(
        EtatMensuelIndiv=[work(personne) for personne in HUIT[:suivies]],
        Salarie=[salarie(personne, salarie_rci_libelle="MME") for personne in HUIT[:connues]],
    )
    assert summarise_publics(faits, 2025).femmes == attendue


def test_people_are_unknown_without_statements_and_their_shares_without_their_views(
    faits_de: Callable[..., Faits],
) -> None:
    lues = summarise_publics(faits_de(), 2025)
    assert lues.suivies is lues.reelles is lues.sans_numero is Absence.INCONNUE
    assert {getattr(lues, part) for part in PARTS} == {Absence.INCONNUE}


def test_without_numbers_real_people_are_unknown(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(EtatMensuelIndiv=[work(personne) for personne in HUIT])
    lues = summarise_publics(faits, 2025)
    assert (lues.suivies, lues.reelles) == (8, Absence.INCONNUE)
    assert {getattr(lues, part) for part in (*PARTS, "seniors_55")} == {Absence.INCONNUE}
    personne = summarise_publics(faits, 2024)
    assert (personne.suivies, personne.femmes) == (0, Absence.SANS_OBJET)
