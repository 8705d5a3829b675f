"""Sizes of the shocks, as the address of the page gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.modele.stress import Chocs
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets
from maillage.web.economie.modele.formulaire import Champ, parse_nombre

if TYPE_CHECKING:
    from collections.abc import Mapping

_CENT, _MOIS_MAX = 100, 12
_CHAMPS = {
    "smic": ("Hausse du SMIC", "%"),
    "volume": ("Baisse de l’activité", "%"),
    "retard_aide": ("Retard de l’aide au poste", "mois"),
    "convention": ("Baisse des postes conventionnés", "%"),
}


def read_chocs(query: Mapping[str, str]) -> tuple[Chocs, list[tuple[str, Anomalie]]]:
    """Sizes asked for, and what is wrong of them; those of the program where nothing is asked."""
    anomalies: list[tuple[str, Anomalie]] = []
    lus: dict[str, float] = {}
    for nom, (_, unite) in _CHAMPS.items():
        if nom in query:
            haut = _MOIS_MAX if unite == "mois" else _CENT
            lu = parse_nombre(query[nom])
            if lu is None or not 0 <= lu <= haut or (unite == "mois" and lu % 1):
                entier = " entier" if unite == "mois" else ""
                faute = Anomalie(
                    "MLG-ECO-031",
                    f"{guillemets(query[nom])} est hors de ce qui est possible.",
                    f"Écrivez un nombre{entier} de 0 à {haut}.",
                )
                anomalies.append((nom, faute))
            else:
                lus[nom] = float(lu) if unite == "mois" else float(lu / _CENT)
    defaut = Chocs()
    return (
        Chocs(
            smic=lus.get("smic", defaut.smic),
            volume=lus.get("volume", defaut.volume),
            retard_aide=int(lus.get("retard_aide", defaut.retard_aide)),
            convention=lus.get("convention", defaut.convention),
        ),
        anomalies,
    )


def list_champs(query: Mapping[str, str], chocs: Chocs) -> list[Champ]:
    """Fields of the sizes, as typed."""
    fautes = dict(read_chocs(query)[1])
    champs = []
    for nom, (libelle, unite) in _CHAMPS.items():
        valeur = getattr(chocs, nom) * (1 if unite == "mois" else _CENT)
        montre = f"{valeur:g}".replace(".", ",")
        champs.append(Champ(nom, libelle, unite, query.get(nom, montre), fautes.get(nom)))
    return champs
