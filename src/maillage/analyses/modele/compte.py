"""Lines of the year of a model: products, then charges, as they are shown and exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.modele.cadre import Nombres
    from maillage.indicators.modele.modele import Modele


@dataclass(frozen=True, slots=True)
class LigneAnnee:
    """One line of the year.

    Attributes:
        code: Stable in files.
        libelle: As shown.
        montant: Euros; a charge is negative.
        est_total: Whether it adds up lines above.
    """

    code: str
    libelle: str
    montant: float
    est_total: bool = False


def list_lignes(modele: Modele) -> tuple[LigneAnnee, ...]:
    """Products, charges, result."""
    return (*_list_produits(modele), *_list_charges(modele))


def _list_produits(modele: Modele) -> Iterator[LigneAnnee]:
    annee = modele.annee
    for client in modele.cadre.clients:
        montant = _one(annee.ventes[client.code])
        yield LigneAnnee(f"ventes.{client.code}", f"Ventes : {client.libelle}", montant)
    yield LigneAnnee("aide", "Aide au poste", _one(annee.aide))
    yield LigneAnnee("part_modulee", "Part modulée", _one(annee.part_modulee))
    for un in modele.cadre.ressources:
        yield LigneAnnee(f"ressources.{un.code}", un.libelle, _one(annee.ressources[un.code]))
    yield LigneAnnee("produits", "Total des produits", _one(annee.total_produits), est_total=True)


def _list_charges(modele: Modele) -> Iterator[LigneAnnee]:
    annee = modele.annee
    yield LigneAnnee("salaires", "Salaires d’insertion", -_one(annee.salaires))
    yield LigneAnnee("cotisations", "Cotisations d’insertion", -_one(annee.cotisations))
    yield LigneAnnee("frais", "Autres frais des heures", -_one(annee.frais))
    for poste in modele.cadre.postes:
        cout = annee.postes[poste.code]
        yield LigneAnnee(
            f"postes.{poste.code}",
            f"{poste.libelle} : salaires et cotisations",
            -_one(cout.brut + cout.cotisations),
        )
    for charge in modele.cadre.charges:
        yield LigneAnnee(
            f"charges.{charge.code}", charge.libelle, -_one(annee.charges[charge.code])
        )
    yield LigneAnnee("taxe_salaires", "Taxe sur les salaires", -_one(annee.taxe_salaires))
    yield LigneAnnee("depenses", "Total des charges", -_one(annee.total_charges), est_total=True)
    yield LigneAnnee("resultat", "Résultat de l’année", modele.resultat, est_total=True)


def _one(nombres: Nombres) -> float:
    return float(nombres[0])
