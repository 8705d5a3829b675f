"""No figure of the law goes without its warning: the whole law is made doubtful, and pages are read."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.francais import typeset
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C
from maillage.web.regles.fiches.catalogue import FICHES
from maillage.web.regles.montants import (
    NOMS_TERRITOIRES,
    describe_derniers,
    table_montants,
    table_parts,
    table_types,
)
from maillage.web.regles.reformes.effets import describe_effets
from maillage.web.regles.valeurs import feuilles_de, list_non_verifiees, table_dernieres

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.regles.engine.legislation import Legislation

LOI = load_legislation()
DOUTEUSE = replace(
    LOI,
    feuilles=MappingProxyType(
        {
            chemin: replace(
                feuille,
                valeurs=tuple(replace(valeur, confiance="C") for valeur in feuille.valeurs),
            )
            for chemin, feuille in LOI.feuilles.items()
        }
    ),
)
RESERVE = typeset(AVERTISSEMENT_C)
ECRANS: dict[str, Callable[[Legislation], str]] = {
    **{
        f"{slug}, constat": fiche.constat
        for slug, fiche in FICHES.items()
        if slug != "versement"  # it cites a text, and shows no value of the law
    },
    **{
        f"{slug}, droit": lambda loi, code=fiche.code: table_dernieres(loi, feuilles_de(loi, code))  # type: ignore[misc]
        for slug, fiche in FICHES.items()
    },
    **{
        f"{slug}, chiffres": lambda loi, fiche=fiche: "".join(fiche.tables(loi))  # type: ignore[misc]
        for slug, fiche in FICHES.items()
        if slug != "versement"  # its example is an annexe, told with its own warnings
    },
    **{
        f"montants, {territoire}": lambda loi, territoire=territoire: table_montants(
            loi, territoire
        )  # type: ignore[misc]
        for territoire in NOMS_TERRITOIRES
    },
    "chiffres clés": lambda loi: "".join(str(cle["montant"]) for cle in describe_derniers(loi)),
    "face au SMIC": table_parts,
    "face au SMIC, par type": table_types,
    "réforme": lambda loi: str(describe_effets(loi, load_reforme("ai_4000"))["table"]),
}


@pytest.mark.parametrize("ecran", ECRANS.values(), ids=ECRANS.keys())
def test_every_figure_of_a_law_not_verified_has_its_warning_beside_it(
    ecran: Callable[[Legislation], str],
) -> None:
    page = str(ecran(DOUTEUSE))
    figures = page.split('<a class="chiffre" href="/regles/valeurs/')[1:]
    assert figures or "/regles/valeurs/" not in page
    for figure in figures:
        assert figure.partition("</a>")[2].startswith(f'<small class="reserve"> {RESERVE}</small>')


@pytest.mark.parametrize("ecran", ECRANS.values(), ids=ECRANS.keys())
def test_a_verified_law_has_no_warning_but_on_its_doubtful_values(
    ecran: Callable[[Legislation], str],
) -> None:
    page = str(ecran(LOI))
    assert page.count(RESERVE) == (1 if "exonération supposée" in page else 0)


def test_a_law_not_verified_is_told_value_by_value() -> None:
    feuilles = list(DOUTEUSE.feuilles.values())
    assert len(list_non_verifiees(feuilles)) == sum(len(f.valeurs) for f in feuilles)
    assert len(list_non_verifiees(LOI.feuilles.values())) == 1
