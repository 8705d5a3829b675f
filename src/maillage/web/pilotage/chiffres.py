"""Figures of the cockpit as they stand on a page: rounded, with unit, linked to the page that defends them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString

from maillage.indicators.pilotage.cartes import CARTES
from maillage.indicators.pilotage.declarations import (
    list_encadrement,
    list_financeurs,
    summarise_encadrement,
    summarise_financeurs,
)
from maillage.indicators.pilotage.publics import list_publics, summarise_publics
from maillage.indicators.pilotage.sorties import list_sorties, summarise_sorties
from maillage.kernel.francais import accorder, format_valeur, typeset
from maillage.kernel.valeur import Absence
from maillage.web.territoires.figures import lien

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.indicators.pilotage.carte import CartePilotage
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.kernel.valeur import Valeur

_PAR_CODE: Final = {carte.code: carte for carte in CARTES}
_CHAMPS: Final[Mapping[str, str]] = {
    "etp_conventionnes_mensuels": "conventionne_annuel",
    "etp_realises": "realise_mois",
    "etp_realises_asp": "realise_asp_mois",
    "taux_realisation": "taux",
    "ecart_etp_mois": "ecart_mois",
    "ecart_euros": "ecart_euros",
    "etp_realises_plafonnes": "plafonne_annuel",
    "prevision": "prevision",
    "mois_en_retard": "mois_en_retard",
    "heures": "heures",
    "heures_facturees": "heures_facturees",
    "salaire_brut": "salaire_brut",
}
"""Field of a `Synthese` that each card defines."""
SIGNES: Final = frozenset({"ecart_etp_mois", "ecart_euros"})
"""Cards whose figures are differences: a plus is written."""


def value_of(code: str, synthese: Synthese) -> Valeur:
    """The figure of a card in a set of figures."""
    if code == "mois_en_retard" and isinstance(synthese.conventionne_mois_faits, Absence):
        return synthese.conventionne_mois_faits
    valeur: Valeur = getattr(synthese, _CHAMPS[code])
    return valeur


def is_of_annexes(code: str) -> bool:
    """Whether a card is about a figure that is computed annexe by annexe."""
    return code in _CHAMPS


@dataclass(frozen=True, slots=True)
class Autre:
    """A figure that is computed for a set of structures, not annexe by annexe.

    Attributes:
        summarise: Figures of the set, from facts, a year, a filter and a perimeter.
        lister: The same for each structure.
        champ: Field of the figures; of `contenu` for a structure.
        contenu: Field of a structure's line that holds its figures; empty when it is the line.
    """

    summarise: Callable[..., Any]
    lister: Callable[..., list[Any]]
    champ: str
    contenu: str = ""

    def read(self, ligne: Any) -> Valeur:
        """The figure of a structure's line."""
        porteur = getattr(ligne, self.contenu) if self.contenu else ligne
        valeur: Valeur = getattr(porteur, self.champ)
        return valeur


def _publics(champ: str) -> Autre:
    return Autre(summarise_publics, list_publics, champ, "publics")


def _sorties(champ: str) -> Autre:
    return Autre(summarise_sorties, list_sorties, champ, "sorties")


AUTRES: Final[Mapping[str, Autre]] = {
    "personnes_suivies": _publics("suivies"),
    "personnes_reelles": _publics("reelles"),
    "part_femmes": _publics("femmes"),
    "part_rsa": _publics("rsa"),
    "part_qpv": _publics("qpv"),
    "part_rqth": _publics("rqth"),
    "part_seniors": _publics("seniors"),
    "sorties": _sorties("sorties"),
    "sorties_dynamiques": _sorties("taux_dynamique"),
    "sorties_durables": _sorties("taux_durable"),
    "sorties_transition": _sorties("taux_transition"),
    "sorties_positives": _sorties("taux_positive"),
    "encadrement_technique": Autre(summarise_encadrement, list_encadrement, "taux_technique"),
    "accompagnement": Autre(summarise_encadrement, list_encadrement, "taux_accompagnement"),
    "part_ventes": Autre(summarise_financeurs, list_financeurs, "part_ventes"),
    "part_aides": Autre(summarise_financeurs, list_financeurs, "part_aides"),
}
"""Cards whose figures are computed for a set of structures."""


def lien_pilotage(code: str, valeur: Valeur, suite: str = "", *, unite: bool = True) -> SafeString:
    """A figure as a link to the page that defends it.

    Args:
        code: Of its card.
        valeur: The figure.
        suite: Rest of the address: what it is the figure of, as `Choix.gardes` writes it.
        unite: Whether its unit is written.
    """
    carte = _PAR_CODE[code]
    symbole = carte.unite if unite else ""
    return lien(_url(code, suite), valeur, carte.decimales, symbole, signe=code in SIGNES)


def lien_synthese(
    code: str, synthese: Synthese, suite: str = "", *, unite: bool = True
) -> SafeString:
    """The same, read in a set of figures."""
    return lien_pilotage(code, value_of(code, synthese), suite, unite=unite)


def lien_carte(code: str) -> SafeString:
    """Name of a card, linked to its definition."""
    carte = _PAR_CODE[code]
    return SafeString(f'<a href="{_definitions()}#{carte.code}">{escape(carte.nom)}</a>')


REPERES: Final[Mapping[str, str]] = {
    "etp_conventionnes_mensuels": "de l’année",
    "taux_realisation": "sur les mois faits",
    "ecart_euros": "sur les mois faits",
    "mois_en_retard": "mois d’annexe",
    "prevision": "de l’année, si rien ne change",
}
"""Key figures of a page, in their order, and what is said under each."""


def make_cles(synthese: Synthese, suite: str) -> list[dict[str, object]]:
    """Key figures of a page, as the fragment of the charter reads them."""
    return [_make_cle(code, synthese, suite, repere) for code, repere in REPERES.items()]


def _make_cle(code: str, synthese: Synthese, suite: str, repere: str) -> dict[str, object]:
    prevues = synthese.prevision_annexes
    if code == "prevision" and 0 < prevues < synthese.annexes:
        conventionne = format_valeur(synthese.prevision_conventionne, "ETP", 2)
        repere = (
            f"sur {accorder(prevues, 'annexe', 'annexes')} (trois mois faits au moins), pour "
            f"{conventionne} conventionnés"
        )
    carte: CartePilotage = _PAR_CODE[code]
    return {
        "nom": carte.nom,
        "lien": lien_synthese(code, synthese, suite),
        "unite": "",
        "periode": typeset(repere),
    }


def _url(code: str, suite: str) -> str:
    return f"{_base()}{code}/{'?' + suite.rstrip('&') if suite else ''}"


@cache
def _base() -> str:
    return reverse("pilotage") + "chiffres/"


@cache
def _definitions() -> str:
    return reverse("pilotage-definitions")


def make_cle_autre(code: str, valeur: Valeur, suite: str, repere: str) -> dict[str, object]:
    """A key figure that is computed for a set of structures."""
    return {
        "nom": _PAR_CODE[code].nom,
        "lien": lien_pilotage(code, valeur, suite),
        "unite": "",
        "periode": typeset(repere),
    }
