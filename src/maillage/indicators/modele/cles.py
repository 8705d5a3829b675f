"""Figures that a model asks for: their paths, labels, units and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.indicators.modele.cadre import Prix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.modele.cadre import Cadre

_GRAND = 1e9


class Unite(Enum):
    """Unit of a figure; the value is as shown."""

    EUROS = "€"
    EUROS_HEURE = "€/h"
    EUROS_ETP = "€/ETP/an"
    HEURES = "h"
    HEURES_ETP = "h/ETP"
    ETP = "ETP"
    PART = "part"
    MOIS = "mois"


@dataclass(frozen=True, slots=True)
class Cle:
    """One figure of a model.

    Attributes:
        chemin: As in the file, with points: « clients.mairie.heures ».
        libelle: As shown.
        unite: Of the figure.
        minimum: Least value.
        maximum: Greatest value.
        defaut: Value when the file gives none; None when it must.
        du_droit: Whether the law gives it when the file gives none.
    """

    chemin: str
    libelle: str
    unite: Unite
    minimum: float = 0.0
    maximum: float = _GRAND
    defaut: float | None = None
    du_droit: bool = False


_PRIX = {
    Prix.HORAIRE: ("prix d’une heure, hors taxe", Unite.EUROS_HEURE),
    Prix.COEFFICIENT: ("coefficient de facturation du salaire horaire brut", Unite.PART),
    Prix.MONTANT: ("ventes de l’année, hors taxe", Unite.EUROS),
}
_DELAI_MAX = 24
_COEFFICIENT_MAX = 10
_PART_MAX = 1.0


def list_cles(cadre: Cadre) -> tuple[Cle, ...]:
    """Every figure that the model of a cadre asks for, in the order in which it is read."""
    return (
        *_list_clients(cadre),
        *_INSERTION,
        *_list_postes(cadre),
        *_list_montants(cadre),
        *_AIDE,
        *_TRESORERIE,
        *(
            Cle(f"mouvements.{un.code}.montant", un.libelle, Unite.EUROS, minimum=-_GRAND)
            for un in cadre.mouvements
        ),
    )


def _list_clients(cadre: Cadre) -> Iterator[Cle]:
    for client in cadre.clients:
        racine = f"clients.{client.code}"
        if client.prix is not Prix.MONTANT:
            yield Cle(f"{racine}.heures", f"{client.libelle} : heures vendues", Unite.HEURES)
        libelle, unite = _PRIX[client.prix]
        haut = _COEFFICIENT_MAX if client.prix is Prix.COEFFICIENT else _GRAND
        nom = f"{client.libelle} : {libelle}"
        yield Cle(f"{racine}.{client.prix.value}", nom, unite, maximum=haut)
        yield Cle(
            f"{racine}.delai_mois",
            f"{client.libelle} : délai de paiement",
            Unite.MOIS,
            maximum=_DELAI_MAX,
            defaut=0.0,
        )


_INSERTION = (
    Cle("insertion.heures_hors_client", "Heures payées sans client", Unite.HEURES, defaut=0.0),
    Cle(
        "insertion.salaire_horaire_brut",
        "Salaire brut d’une heure, hors indemnités",
        Unite.EUROS_HEURE,
    ),
    Cle(
        "insertion.taux_indemnites",
        "Indemnités ajoutées à chaque heure (congés payés, fin de mission), en part du salaire",
        Unite.PART,
        maximum=_PART_MAX,
        defaut=0.0,
    ),
    Cle(
        "insertion.taux_cotisations",
        "Cotisations de l’employeur avant réduction, en part du brut",
        Unite.PART,
        maximum=_PART_MAX,
    ),
    Cle("insertion.frais_par_heure", "Autres frais d’une heure", Unite.EUROS_HEURE, defaut=0.0),
    Cle(
        "insertion.hausse_smic",
        "Hausse du SMIC, suivie par les salaires",
        Unite.PART,
        minimum=-_PART_MAX,
        maximum=_PART_MAX,
        defaut=0.0,
    ),
)
_AIDE = (
    Cle("aide.etp_conventionnes", "ETP conventionnés", Unite.ETP),
    Cle("aide.heures_par_etp", "Heures d’un ETP, lues sur l’annexe", Unite.HEURES_ETP, minimum=1.0),
    Cle("aide.montant_unitaire", "Aide au poste, par ETP", Unite.EUROS_ETP, du_droit=True),
    Cle(
        "aide.part_modulee",
        "Part modulée obtenue, en part du maximum",
        Unite.PART,
        maximum=_PART_MAX,
        defaut=0.0,
    ),
    Cle(
        "aide.retard_mois",
        "Retard des versements de l’aide",
        Unite.MOIS,
        maximum=_DELAI_MAX,
        defaut=0.0,
    ),
)
_TRESORERIE = (
    Cle("tresorerie.initiale", "Trésorerie à l’ouverture", Unite.EUROS, minimum=-_GRAND),
    Cle(
        "tresorerie.delai_cotisations_mois",
        "Délai de paiement des cotisations et de la taxe sur les salaires",
        Unite.MOIS,
        maximum=_DELAI_MAX,
        defaut=0.0,
    ),
    Cle(
        "tresorerie.delai_fournisseurs_mois",
        "Délai de paiement des fournisseurs",
        Unite.MOIS,
        maximum=_DELAI_MAX,
        defaut=0.0,
    ),
)


def _list_postes(cadre: Cadre) -> Iterator[Cle]:
    for poste in cadre.postes:
        racine = f"postes.{poste.code}"
        yield Cle(f"{racine}.etp", f"{poste.libelle} : postes", Unite.ETP)
        yield Cle(
            f"{racine}.salaire_brut_annuel",
            f"{poste.libelle} : salaire brut annuel d’un temps plein",
            Unite.EUROS_ETP,
        )
        yield Cle(
            f"{racine}.taux_cotisations",
            f"{poste.libelle} : cotisations de l’employeur avant réduction, en part du brut",
            Unite.PART,
            maximum=_PART_MAX,
        )


def _list_montants(cadre: Cadre) -> Iterator[Cle]:
    for charge in cadre.charges:
        yield Cle(f"charges.{charge.code}.montant_annuel", charge.libelle, Unite.EUROS)
    for ressource in cadre.ressources:
        yield Cle(f"ressources.{ressource.code}.montant_annuel", ressource.libelle, Unite.EUROS)
