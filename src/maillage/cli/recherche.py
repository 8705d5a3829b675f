"""From what is typed to one territory, and what to propose when several answer."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from maillage.cli.analyseur import suggestion, way_out
from maillage.cli.lieux import show_niveau, show_parents
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Territoire
    from maillage.analyses.diagnosis.search import Proposition
    from maillage.cli.page import Page

LIMITE = 10
"""Propositions shown when several territories answer."""
_LARGE = 60  # propositions asked for, before the level filters them
_ALIAS = {
    "pays": Niveau.FRANCE,
    "dep": Niveau.DEPARTEMENT,
    "dept": Niveau.DEPARTEMENT,
    "ze": Niveau.ZONE_EMPLOI,
    "zone-d-emploi": Niveau.ZONE_EMPLOI,
    "bassin": Niveau.ZONE_EMPLOI,
    "intercommunalite": Niveau.EPCI,
    "agglomeration": Niveau.EPCI,
    "metropole": Niveau.EPCI,
}
AIDE_NIVEAU = "france, region, departement, zone-emploi, epci, clpe ou commune."


def find_niveau(text: str) -> Niveau | None:
    """Level that a word names, accents, capitals and plural aside; None when it names none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("'", "-").replace(" ", "-").replace("_", "-")
    known = {niveau.value: niveau for niveau in Niveau} | _ALIAS
    return known.get(plain) or known.get(plain.removesuffix("s"))


def parse_niveau(text: str) -> Niveau:
    """Level that a word names.

    Raises:
        SaisieInvalide: it names none (MLG-CLI-004).
    """
    niveau = find_niveau(text)
    if niveau is not None:
        return niveau
    hint = suggestion(text.lower(), [niveau.value for niveau in Niveau])
    raise SaisieInvalide(
        Anomalie(
            "MLG-CLI-004",
            f"le niveau « {text} » n’existe pas",
            way_out(hint, f"niveaux possibles : {AIDE_NIVEAU}"),
        )
    )


def split_words(words: Sequence[str]) -> tuple[Niveau | None, str]:
    """Level if the first word names one, and the rest as one text; « FR » for France alone."""
    text = " ".join(words).strip()
    niveau = find_niveau(words[0])
    if niveau is None:
        return None, text
    rest = " ".join(words[1:]).strip()
    if niveau is Niveau.FRANCE:
        return niveau, rest or "FR"
    return (niveau, rest) if rest else (None, text)


def find_one(atlas: Atlas, text: str, niveau: Niveau | None) -> Territoire:
    """The territory of that official code at that level, else the one that the text means.

    Raises:
        Introuvable: nothing answers (MLG-TER-001), or several do (MLG-TER-002).
    """
    from maillage.analyses.diagnosis.search import trouver_un  # noqa: PLC0415 — heavy

    if niveau is not None:
        found = atlas.find_territoire(niveau, text.upper())
        if found is not None:
            return found
    return trouver_un(atlas, text, niveau)


def propose(atlas: Atlas, text: str, niveau: Niveau | None) -> list[Proposition]:
    """Territories that the text may mean, closest first, at one level if one is given."""
    from maillage.analyses.diagnosis.search import chercher  # noqa: PLC0415 — heavy

    found = chercher(atlas, text, _LARGE if niveau else LIMITE)
    return [p for p in found if niveau in {None, p.territoire.niveau}][:LIMITE]


def command_of(territoire: Territoire) -> str:
    """The exact command that diagnoses a territory."""
    return f"maillage diagnostic {territoire.niveau.value} {territoire.code}"


def write_propositions(page: Page, propositions: Sequence[Proposition]) -> None:
    """Table of propositions, each with the command to type."""
    rows = [
        [
            p.territoire.nom,
            show_niveau(p.territoire),
            show_parents(p.territoire).removeprefix("France › "),
            command_of(p.territoire),
        ]
        for p in propositions
    ]
    # the command must be copied as it is: never wrapped
    page.table(["Territoire", "Niveau", "Dans", "À taper"], rows, unwrapped={3})


def proposition_to_dict(proposition: Proposition) -> dict[str, Any]:
    """Plain form of a proposition: the territory, why, and the command to type."""
    from maillage.analyses.exports import territoire_to_dict  # noqa: PLC0415 — heavy

    return territoire_to_dict(proposition.territoire) | {
        "raison": proposition.raison,
        "commande": command_of(proposition.territoire),
    }


def territoire_row(territoire: Territoire, raison: str) -> dict[str, str]:
    """One row of a table of territories."""
    return {
        "niveau": territoire.niveau.value,
        "code": territoire.code,
        "nom": territoire.nom,
        "nature": territoire.nature,
        "dans": show_parents(territoire),
        "codes_postaux": " ".join(territoire.codes_postaux),
        "raison": raison,
        "commande": command_of(territoire),
    }
