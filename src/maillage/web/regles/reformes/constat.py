"""What a reform changes, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, format_date
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C
from maillage.web.regles.droit import format_contenu, nom_court, nom_de
from maillage.web.regles.reformes.paliers import content_of

if TYPE_CHECKING:
    from maillage.regles.engine.legislation import Legislation
    from maillage.web.regles.reformes.paliers import Palier


def phrase_constat(legislation: Legislation, paliers: list[Palier]) -> str:
    """The finding, in one sentence."""
    if not paliers:
        return "Cette réforme ne change aucune valeur du droit, son effet est sur autre chose."
    chemins = list(dict.fromkeys(palier.chemin for palier in paliers))
    passages = [
        (legislation.leaf(chemin), passage)
        for chemin in chemins
        if (passage := _passage([palier for palier in paliers if palier.chemin == chemin]))
    ]
    touchees = accorder(len(chemins), "valeur", "valeurs")
    if not passages:
        return f"Avec ces hypothèses, la réforme touche {touchees} du droit sans les faire bouger."
    if len(chemins) == 1:
        return f"{nom_de(passages[0][0])} : {passages[0][1]}."
    changees = accorder(len(passages), "valeur", "valeurs")
    suite = " ; ".join(f"{nom_court(feuille)}, {passage}" for feuille, passage in passages)
    return f"Cette réforme change {changees} du droit : {suite}."


def _passage(paliers: list[Palier]) -> str:
    """« de 1 383 € à 4 000 € au 1er janvier 2021 »; nothing when the parameter does not move.

    From the day before the reform to the first day that has what its last known day has.
    """
    avant = paliers[0].droit
    connus = [(p.jour, p.reforme) for p in paliers[1:] if p.reforme is not None]
    if not connus or content_of(avant) == content_of(connus[-1][1]):
        return ""
    jour, apres = next(p for p in connus if content_of(p[1]) == content_of(connus[-1][1]))
    vers = f"à {format_contenu(apres.valeur, apres.unite)} au {format_date(jour)}"
    if avant is None:
        return vers
    reserve = f" ({AVERTISSEMENT_C})" if avant.avertissement == AVERTISSEMENT_C else ""
    return f"de {format_contenu(avant.valeur, avant.unite)}{reserve} {vers}"
