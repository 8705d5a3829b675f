"""The rules as a whole, and the page of one legal value with all its dated lines."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import format_date, typeset
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.regles.droit import (
    group_manques,
    lien_datee,
    manques_de,
    nom_de,
    par_unite,
    render_references,
    texte_confiance,
    texte_jour,
)
from maillage.web.regles.mecanismes import MECANISMES, get_mecanisme
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee

_COLONNES = (
    Colonne("effet", "Effet", droite=False),
    Colonne("valeur", "Valeur", droite=False),
    Colonne("publication", "Publiée le", droite=False),
    Colonne("texte", "Texte ou source", droite=False),
    Colonne("confiance", "Confiance", droite=False),
    Colonne("verification", "Vérifiée le", droite=False),
)
_EN_MOTS = {"texte", "liste", "oui/non", "date"}
"""Units of the values that are words, aligned as words."""


def accueil(request: HttpRequest) -> HttpResponse:
    """The mechanisms, what is not known, the ready reforms."""
    feuilles = load_legislation().feuilles.values()
    valeurs = [valeur for feuille in feuilles for valeur in feuille.valeurs]
    mecanismes = [
        (
            mecanisme,
            [(f.chemin, nom_de(f)) for f in feuilles if f.mecanisme == mecanisme.code],
        )
        for mecanisme in MECANISMES
    ]
    contexte = {
        "fil": [("", "Règles")],
        "mecanismes": mecanismes,
        "nombre_parametres": len(feuilles),
        "nombre_valeurs": len(valeurs),
        "nombre_c": sum(valeur.confiance == "C" for valeur in valeurs),
        "groupes": group_manques(feuilles),
        "confiances": [texte_confiance(lettre) for lettre in CONFIANCES],
        "reformes": [_reforme(load_reforme(code)) for code in list_reformes()],
    }
    return render(request, "regles/accueil.html", contexte)


def _reforme(reforme: Reforme) -> dict[str, object]:
    return {
        "code": reforme.code,
        "titre": typeset(reforme.titre),
        "sources": render_references(reforme.source),
        "indetermine": reforme.indetermine,
        "hypotheses": reforme.hypotheses,
    }


def valeur(request: HttpRequest, chemin: str) -> HttpResponse:
    """One parameter: every dated value with its text, and the periods that are not known.

    Raises:
        Introuvable: MLG-REG-001, no parameter has this path.
    """
    legislation = load_legislation()
    feuille = legislation.leaf(chemin)
    contexte = {
        "fil": [("/regles/", "Règles"), ("", nom_de(feuille))],
        "feuille": feuille,
        "nom": nom_de(feuille),
        "nombre": len(feuille.valeurs),
        "unite": par_unite(feuille.unite),
        "derniere": lien_datee(legislation, feuille, feuille.valeurs[-1]),
        "depuis": format_date(feuille.valeurs[-1].date_effet),
        "note": typeset(feuille.valeurs[-1].note),
        "table": _table(legislation, feuille),
        "manques": manques_de(feuille),
        "mecanisme": get_mecanisme(feuille.mecanisme),
        "jusqu_au": texte_jour(feuille.valable_jusqu_au) if feuille.valable_jusqu_au else "",
        "confiances": [texte_confiance(lettre) for lettre in CONFIANCES],
    }
    return render(request, "regles/valeur.html", contexte)


def _table(legislation: Legislation, feuille: Feuille) -> SafeString:
    lignes = [_ligne(legislation, feuille, datee) for datee in reversed(feuille.valeurs)]
    colonnes = [
        replace(colonne, droite=feuille.unite not in _EN_MOTS)
        if colonne.cle == "valeur"
        else colonne
        for colonne in _COLONNES
    ]
    return render_table("Toutes ses valeurs", colonnes, lignes, entier=True)


def _ligne(legislation: Legislation, feuille: Feuille, datee: ValeurDatee) -> Ligne:
    effet = datee.date_effet
    reserve = (
        "" if datee.date_effet_relevee else "<br><small>date non relevée dans le texte</small>"
    )
    note = f"<br><small>{escape(typeset(datee.note))}</small>" if datee.note else ""
    return Ligne(
        (
            Cellule(f'<span id="effet-{effet.isoformat()}">{format_date(effet)}</span>{reserve}'),
            Cellule(lien_datee(legislation, feuille, datee)),
            texte(texte_jour(datee.publication)),
            Cellule(f"{render_references(datee.references)}{note}"),
            texte(texte_confiance(datee.confiance)),
            texte(format_date(datee.derniere_verification)),
        )
    )
