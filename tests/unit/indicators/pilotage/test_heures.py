"""Hours and pay over some months: whole, or the months that lack."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from factories.flux_iae import annexe, releve, structure

from maillage.indicators.pilotage.heures import sum_heures
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits

ACI, AI = (1, "ACI"), (2, "AI")
MOIS = [date(2025, m, 1) for m in (1, 2, 3)]


def open_faits(faits_de: Callable[..., Faits]) -> Faits:
    """An ACI and an AI entered until March; the AI forgot February, and bills what it sells."""
    return faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[annexe(10, "ACI"), annexe(20, "AI", af_id_structure=2)],
        EtatMensuelIndiv=[
            *(releve(m, "100.50", emi_mt_salaire_brut="1200.10") for m in (1, 2, 3)),
            *(releve(m, "50", emi_afi_id=20, emi_nb_heures_facturees="48") for m in (1, 3)),
        ],
    )


def test_months_are_added_for_the_structures_asked_for(faits_de: Callable[..., Faits]) -> None:
    faits = open_faits(faits_de)
    lues = sum_heures(faits, {ACI}, MOIS)
    assert (lues.travaillees, lues.manquants) == (301.5, ())
    assert lues.facturees is Absence.INCONNUE  # nobody wrote them
    assert lues.salaire_brut == 3600.3
    seul = sum_heures(faits, {AI}, MOIS[:1])
    assert (seul.travaillees, seul.facturees) == (50, 48)
    tous = sum_heures(faits, {ACI, AI}, MOIS[2:])
    assert tous.travaillees == 150.5


def test_a_month_that_one_of_them_lacks_makes_all_unknown_and_is_named(
    faits_de: Callable[..., Faits],
) -> None:
    faits = open_faits(faits_de)
    lues = sum_heures(faits, {ACI, AI}, MOIS)
    assert lues.travaillees is lues.facturees is lues.salaire_brut is Absence.INCONNUE
    assert lues.manquants == (date(2025, 2, 1),)
    assert sum_heures(faits, {ACI}, [date(2024, 12, 1)]).manquants == (date(2024, 12, 1),)
    assert sum_heures(faits, {(9, "EI")}, MOIS).manquants == tuple(MOIS)
