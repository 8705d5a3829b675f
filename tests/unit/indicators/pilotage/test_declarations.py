"""What annexes declare of supervision and of funders: read once per structure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.flux_iae import annexe, structure

from maillage.indicators.pilotage.declarations import (
    FINANCEURS,
    list_encadrement,
    list_financeurs,
    summarise_encadrement,
    summarise_financeurs,
)
from maillage.indicators.pilotage.filtre import Filtre
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits

COLONNES = dict(
    zip(
        FINANCEURS,
        (
            *("af_etat", "af_departement", "af_region", "af_intercomm", "af_commune", "af_fse"),
            *("af_plie", "af_agefiph", "af_autre_aide_publique", "af_fondation"),
        ),
        strict=True,
    )
)


def supervise(
    af_id: int, technique: str, social: str, insertion: str, asp_id: int = 1, genre: str = "ACI"
) -> list[str]:
    return annexe(
        af_id,
        genre,
        af_id_structure=asp_id,
        af_etp_perm_encadrement_tech_sal_insertion_annee_prec=technique,
        af_etp_perm_acc_sociop_annee_prec=social,
        af_etp_pers_agrees_pole_emploi_iae_annee_prec=insertion,
    )


def fund(
    af_id: int, cloture: str, produits: str, ventes: str, asp_id: int = 1, **cellules: object
) -> list[str]:
    return annexe(
        af_id,
        str(cellules.pop("genre", "ACI")),
        **{
            "af_id_structure": asp_id,
            "af_date_cloture_exercice": cloture,
            "af_total_produits_exploit": produits,
            "af_part_produits_exploit_vente_presta": ventes,
        }
        | cellules,
    )


def test_piege_annexes_d_une_structure_repetent_leur_encadrement(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        Structure=[structure(1), structure(2), structure(3)],
        AnnexeFinanciere=[
            supervise(10, "2.00", "1.00", "20.00"),
            supervise(11, "2.00", "1.00", "20.00"),
            supervise(12, "1.00", "0.50", "5.00", 2),
            supervise(13, "", "", "", 3),
        ],
    )
    premiere, deuxieme = list_encadrement(faits, 2025)
    assert (premiere.cle, premiere.technique, premiere.taux_technique) == ((1, "ACI"), 2, 10)
    assert (deuxieme.cle, deuxieme.accompagnement, deuxieme.taux_accompagnement) == (
        (2, "ACI"),
        0.5,
        10,
    )
    tout = summarise_encadrement(faits, 2025)
    assert (tout.structures, tout.declarent) == (3, 2)
    assert (tout.technique, tout.accompagnement, tout.insertion) == (3, 1.5, 25)
    assert (tout.taux_technique, tout.taux_accompagnement) == (12, 6)


def test_piege_un_taux_ne_porte_que_sur_qui_declare_ses_deux_termes(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[
            supervise(10, "2.00", "", "20.00"),
            supervise(11, "", "1.00", "80.00", 2),
        ],
    )
    tout = summarise_encadrement(faits, 2025)
    assert (tout.insertion, tout.taux_technique, tout.taux_accompagnement) == (100, 10, 1.25)
    premiere, deuxieme = list_encadrement(faits, 2025)
    assert premiere.taux_accompagnement is deuxieme.taux_technique is Absence.INCONNUE


def test_nothing_declared_is_unknown(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de()
    encadrement, financeurs = summarise_encadrement(faits, 2025), summarise_financeurs(faits, 2025)
    assert list_encadrement(faits, 2025) == ()
    assert list_financeurs(faits, 2025) == ()
    assert (encadrement.structures, encadrement.declarent) == (1, 0)
    assert (financeurs.structures, financeurs.declarent) == (1, 0)
    assert encadrement.taux_technique is financeurs.part_ventes is Absence.INCONNUE
    assert set(financeurs.aides.values()) == {Absence.INCONNUE}
    rien = Filtre(types=frozenset({"EI"}))
    assert summarise_encadrement(faits, 2025, rien).structures == 0


def test_piege_le_dernier_exercice_clos_est_lu_une_fois(faits_de: Callable[..., Faits]) -> None:
    """Annexes repeat one closed year, or tell an older one, or no day: the last closed one holds."""
    faits = faits_de(
        AnnexeFinanciere=[
            fund(10, "31/12/2024", "1000.00", "600.00", af_etat="100.00"),
            fund(11, "31/12/2024", "1000.00", "600.00", af_etat="100.00"),
            fund(12, "31/12/2023", "9000.00", "1.00"),
            fund(13, "", "8000.00", "1.00"),
        ]
    )
    (ligne,) = list_financeurs(faits, 2025)
    assert (ligne.cloture, ligne.produits, ligne.part_ventes) == (date(2024, 12, 31), 1000, 60)
    assert ligne.part_aides == 10
    tout = summarise_financeurs(faits, 2025)
    assert (tout.produits, tout.declarent, tout.cloture) == (1000, 1, None)


def test_a_structure_without_a_closing_day_is_read_too(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(AnnexeFinanciere=[fund(10, "", "1000.00", "")])
    (ligne,) = list_financeurs(faits, 2025)
    assert (ligne.cloture, ligne.produits) == (None, 1000)
    assert ligne.part_ventes is ligne.part_aides is Absence.INCONNUE


def test_piege_deux_types_d_une_structure_repetent_les_memes_comptes(
    faits_de: Callable[..., Faits],
) -> None:
    """An ACI and an ETTI share one asp_id and one set of accounts: they are added once."""
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[
            fund(10, "31/12/2024", "1000.00", "600.00"),
            fund(11, "31/12/2024", "1000.00", "600.00", genre="ETTI"),
            fund(12, "31/12/2024", "1000.00", "200.00", 2),
        ],
    )
    assert len(list_financeurs(faits, 2025)) == 3
    tout = summarise_financeurs(faits, 2025)
    assert (tout.structures, tout.declarent) == (3, 3)
    assert (tout.produits, tout.ventes, tout.part_ventes) == (2000, 800, 40)


@pytest.mark.parametrize("financeur", FINANCEURS)
def test_each_funder_has_its_column(faits_de: Callable[..., Faits], financeur: str) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            fund(10, "31/12/2024", "1000.00", "0.00", 1, **{COLONNES[financeur]: "250.00"})
        ]
    )
    tout = summarise_financeurs(faits, 2025)
    connus = {nom for nom, valeur in tout.aides.items() if not isinstance(valeur, Absence)}
    assert (connus, tout.aides[financeur], tout.part_aides) == ({financeur}, 250, 25)
