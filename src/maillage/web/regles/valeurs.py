"""The legal values of a mechanism in one table: the last of each, its text, how far it can be trusted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from maillage.kernel.francais import format_date, typeset
from maillage.web.regles.droit import (
    avertissement,
    lien_datee,
    nom_de,
    render_references,
    url_valeur,
)
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee

_DERNIERES = (
    Colonne("valeur_de", "Paramètre", droite=False),
    Colonne("valeur", "Dernière valeur", droite=False),
    Colonne("effet", "Depuis", droite=False),
    Colonne("texte", "Texte ou source", droite=False),
    Colonne("confiance", "Confiance", droite=False),
)
_TOUTES = (
    Colonne("effet", "Effet", droite=False),
    Colonne("valeur_de", "Paramètre", droite=False),
    Colonne("valeur", "Valeur", droite=False),
    Colonne("texte", "Texte ou source", droite=False),
)


def feuilles_de(legislation: Legislation, mecanisme: str) -> list[Feuille]:
    """Parameters of a mechanism, in the order of the files."""
    return [f for f in legislation.feuilles.values() if f.mecanisme == mecanisme]


def table_dernieres(legislation: Legislation, feuilles: Iterable[Feuille]) -> SafeString:
    """The last dated value of each parameter; its page has the others."""
    lignes = [_derniere(legislation, feuille) for feuille in feuilles]
    return render_table("Les valeurs du droit", _DERNIERES, lignes, entier=True)


def phrase_verification(feuilles: Iterable[Feuille]) -> str:
    """When the texts in force were last checked, in one sentence."""
    jours = {feuille.valeurs[-1].derniere_verification for feuille in feuilles}
    premier, dernier = min(jours), max(jours)
    if premier == dernier:
        return f"Textes vérifiés pour la dernière fois le {format_date(dernier)}."
    return (
        f"Textes vérifiés pour la dernière fois entre le {format_date(premier)} et le "
        f"{format_date(dernier)}."
    )


def list_non_verifiees(feuilles: Iterable[Feuille]) -> list[dict[str, str]]:
    """Values of confidence C, to be told apart."""
    return [
        {
            "nom": nom_de(feuille),
            "url": url_valeur(feuille.chemin, datee.date_effet),
            "effet": format_date(datee.date_effet),
            "avertissement": typeset(avertissement(datee.confiance)),
            "note": typeset(datee.note),
        }
        for feuille in feuilles
        for datee in feuille.valeurs
        if datee.confiance == "C"
    ]


def table_historique(
    legislation: Legislation, titre: str, feuilles: Iterable[Feuille]
) -> SafeString:
    """Every dated value of some parameters together, in the order of time."""
    datees = [(feuille, datee) for feuille in feuilles for datee in feuille.valeurs]
    datees.sort(key=lambda paire: paire[1].date_effet)
    lignes = [
        Ligne(
            (
                texte(format_date(datee.date_effet)),
                lien_texte(url_valeur(feuille.chemin), nom_de(feuille)),
                Cellule(lien_datee(legislation, feuille, datee)),
                Cellule(f"{render_references(datee.references)}{_note(datee)}"),
            )
        )
        for feuille, datee in datees
    ]
    return render_table(titre, _TOUTES, lignes, entier=True)


def _derniere(legislation: Legislation, feuille: Feuille) -> Ligne:
    datee = feuille.valeurs[-1]
    return Ligne(
        (
            lien_texte(url_valeur(feuille.chemin), nom_de(feuille)),
            Cellule(lien_datee(legislation, feuille, datee)),
            texte(format_date(datee.date_effet)),
            Cellule(render_references(datee.references)),
            texte(datee.confiance),
        )
    )


def _note(datee: ValeurDatee) -> str:
    return f"<br><small>{escape(typeset(datee.note))}</small>" if datee.note else ""
