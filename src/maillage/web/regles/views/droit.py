"""The rules as a whole, and the page of one legal value with all its dated lines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import format_date, typeset
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.unites import UNITES
from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.regles.droit import (
    avertissement,
    group_manques,
    lien_datee,
    manques_de,
    nom_de,
    render_references,
    texte_confiance,
    texte_jour,
)
from maillage.web.regles.mecanismes import MECANISMES
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee

_COLONNES = (
    Colonne("effet", "Effet", droite=False),
    Colonne("valeur", "Valeur"),
    Colonne("publication", "Publiée le", droite=False),
    Colonne("texte", "Texte ou source", droite=False),
    Colonne("confiance", "Confiance", droite=False),
    Colonne("verification", "Vérifiée le", droite=False),
)


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
        "titre": reforme.titre,
        "sources": render_references(reforme.source),
        "indetermine": [typeset(phrase) for phrase in reforme.indetermine],
        "hypotheses": reforme.hypotheses.values(),
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
        "unite": UNITES[feuille.unite].libelle,
        "table": _table(legislation, feuille),
        "manques": manques_de(feuille),
        "mecanisme": next((m for m in MECANISMES if m.code == feuille.mecanisme), None),
        "jusqu_au": texte_jour(feuille.valable_jusqu_au) if feuille.valable_jusqu_au else "",
        "confiances": [texte_confiance(lettre) for lettre in CONFIANCES],
    }
    return render(request, "regles/valeur.html", contexte)


def _table(legislation: Legislation, feuille: Feuille) -> SafeString:
    lignes = [_ligne(legislation, feuille, datee) for datee in reversed(feuille.valeurs)]
    return render_table(nom_de(feuille), _COLONNES, lignes, entier=True)


def _ligne(legislation: Legislation, feuille: Feuille, datee: ValeurDatee) -> Ligne:
    effet = datee.date_effet
    reserve = (
        "" if datee.date_effet_relevee else "<br><small>date non relevée dans le texte</small>"
    )
    phrases = " ".join(filter(None, (avertissement(datee.confiance), datee.note)))
    note = f"<br><small>{escape(typeset(phrases))}</small>" if phrases else ""
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
