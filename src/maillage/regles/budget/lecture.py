"""Reader of budget.yaml. The file is ours: a defect in it is a programming error, in English."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from maillage.kernel.valeur import Absence
from maillage.regles.budget.modele import (
    TOUS,
    Budget,
    ChiffragePublie,
    Credits,
    Effectif,
    LigneBudget,
    MiseEnReserve,
    Nature,
    Objet,
    Perimetre,
    Precision,
    SourceBudget,
    Stade,
)

_EUROS_PAR_MILLION = 1_000_000


@cache
def load_budget() -> Budget:
    """Budget lines, headcounts and published costings of the package."""
    text = resources.files("maillage.regles.budget").joinpath("budget.yaml").read_text("utf-8")
    return parse_budget(text)


def parse_budget(text: str) -> Budget:
    """Read the grammar of budget.yaml.

    Raises:
        ValueError: an amount has less than a euro, or a code is used twice.
        KeyError: a source is not in the list of sources, or a field is missing.
    """
    brut: dict[str, Any] = yaml.safe_load(text)
    sources = {
        code: SourceBudget(code, source["titre"], source["url"])
        for code, source in brut["sources"].items()
    }
    lignes = tuple(_read_ligne(ligne, sources) for ligne in brut["lignes"])
    effectifs = tuple(
        Effectif(e["code"], e["annee"], float(e["valeur"]), e["mesure"], sources[e["source"]])
        for e in brut["effectifs"]
    )
    chiffrages = tuple(_read_chiffrage(publie, sources) for publie in brut["chiffrages"])
    codes = [ligne.code for ligne in lignes]
    codes += [effectif.code for effectif in effectifs]
    _check_unique(codes + [publie.code for publie in chiffrages])
    return Budget(tuple(sorted(lignes, key=lambda ligne: ligne.annee)), effectifs, chiffrages)


def _read_ligne(brut: dict[str, Any], sources: dict[str, SourceBudget]) -> LigneBudget:
    perimetre = Perimetre(
        objet=Objet(brut["objet"]),
        type_siae=brut.get("type_siae", TOUS),
        stade=Stade(brut["stade"]),
        credits=Credits(brut.get("credits", "non_precise")),
        mise_en_reserve=MiseEnReserve(brut.get("mise_en_reserve", "non_precise")),
        nature=Nature(brut.get("nature", "niveau")),
    )
    return LigneBudget(
        code=brut["code"],
        annee=brut["annee"],
        montant_euros=_read_montant(brut["montant"]),
        perimetre=perimetre,
        precision=Precision(brut.get("precision", "exacte")),
        source=sources[brut["source"]],
        confiance=brut["confiance"],
        note=brut.get("note", ""),
        reserve_de_source=brut.get("reserve_de_source", ""),
    )


def _read_chiffrage(brut: dict[str, Any], sources: dict[str, SourceBudget]) -> ChiffragePublie:
    return ChiffragePublie(
        code=brut["code"],
        titre=brut["titre"],
        type_siae=brut["type_siae"],
        montant_avant=float(brut["montant_avant"]),
        montant_apres=float(brut["montant_apres"]),
        cout_euros=_to_euros(brut["cout"]),
        source=sources[brut["source"]],
        confiance=brut["confiance"],
        note=brut.get("note", ""),
    )


def _read_montant(montant: float | None) -> int | Absence:
    return Absence.INCONNUE if montant is None else _to_euros(montant)


def _to_euros(millions: float) -> int:
    """Whole euros of an amount written in millions; through its decimal writing, never a float.

    Raises:
        ValueError: the amount has less than a euro.
    """
    euros = Decimal(str(millions)) * _EUROS_PAR_MILLION
    if euros != euros.to_integral_value():
        msg = f"{millions} million euros is not a whole number of euros"
        raise ValueError(msg)
    return int(euros)


def _check_unique(codes: list[str]) -> None:
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        msg = f"codes used twice: {repeated}"
        raise ValueError(msg)
