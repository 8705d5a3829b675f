"""Changes of a model: all its hours, all its prices, a client lost, a rise of the SMIC…

A change takes figures and gives figures; what it does not name stays the same array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.modele.cadre import Prix

if TYPE_CHECKING:
    from maillage.indicators.modele.cadre import Cadre, Nombres, Valeurs

VOLUME, PRIX = "volume", "prix"
"""Paths that stand for several figures: all the hours, all the prices."""
LIBELLES_ENSEMBLE = {
    VOLUME: "Toute l’activité : heures et ventes qui les suivent",
    PRIX: "Tous les prix",
}


def scale(cadre: Cadre, valeurs: Valeurs, chemin: str, facteur: Nombres | float) -> Valeurs:
    """Figures where one, or all of a kind, is multiplied.

    Args:
        cadre: What the model is made of.
        valeurs: Its figures.
        chemin: Path of a figure, `VOLUME` or `PRIX`.
        facteur: One number, or a column of draws.
    """
    chemins = {VOLUME: list_volume, PRIX: list_prix}.get(chemin, lambda _: [chemin])(cadre)
    return {**valeurs, **{un: valeurs[un] * facteur for un in chemins}}


def shift(valeurs: Valeurs, chemin: str, ecart: Nombres | float) -> Valeurs:
    """Figures to one of which something is added."""
    return {**valeurs, chemin: valeurs[chemin] + ecart}


def list_volume(cadre: Cadre) -> list[str]:
    """Paths of all the hours, and of the sums that follow them."""
    chemins = ["insertion.heures_hors_client"]
    for client in cadre.clients:
        if client.prix is not Prix.MONTANT:
            chemins.append(f"clients.{client.code}.heures")
        elif client.suit_les_heures:
            chemins.append(f"clients.{client.code}.montant_annuel")
    return chemins


def list_prix(cadre: Cadre) -> list[str]:
    """Paths of what each client pays, whatever the way."""
    return [f"clients.{client.code}.{client.prix.value}" for client in cadre.clients]


def lose_client(cadre: Cadre, valeurs: Valeurs, code: str) -> Valeurs:
    """Figures without a client: its hours or its sum are gone, so are the pay and aid of its hours."""
    client = next(un for un in cadre.clients if un.code == code)
    nom = "montant_annuel" if client.prix is Prix.MONTANT else "heures"
    return scale(cadre, valeurs, f"clients.{code}.{nom}", 0.0)
