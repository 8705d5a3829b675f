"""The value of a job: everything is in the address, which can be sent and printed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from maillage.analyses.emploi import exports
from maillage.analyses.emploi.comptes import LIMITES
from maillage.analyses.emploi.demande import read_situation
from maillage.analyses.emploi.revenus import list_paliers
from maillage.analyses.emploi.valeur import compute_valeur
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import typeset
from maillage.kernel.money import format_euros
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.emploi import phrases, tables
from maillage.web.regles.emploi.courbe import build_trace, describe_courbe
from maillage.web.regles.emploi.saisie import (
    HYPOTHESES,
    is_projete,
    load_table,
    read_saisie,
    to_sentence,
)
from maillage.web.regles.jours import read_jour
from maillage.web.regles.series import draw
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.views.fichiers import EXTENSIONS, answer_rows
from maillage.web.territoires.views.graphiques import parse_theme

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.analyses.emploi.comptes import Comptes
    from maillage.analyses.emploi.valeur import Hausse, ValeurEmploi
    from maillage.analyses.exports import Rangee
    from maillage.web.regles.emploi.saisie import SaisieEmploi


def page(request: HttpRequest) -> HttpResponse:
    """The form, and what the job is worth when what was typed can be computed."""
    saisie = read_saisie(request.GET.dict())
    table = load_table()
    contexte: dict[str, object] = {
        "fil": [("/regles/", "Règles"), ("", "La valeur d’un emploi")],
        "est_exemple": saisie.est_exemple,
        "limites": [typeset(limite) for limite in LIMITES],
        "grille": phrases.describe_grille(table.hypotheses),
        "calcul": phrases.describe_calcul(table),
        **_formulaire(saisie),
    }
    if saisie.demande is not None:
        valeur = compute_valeur(saisie.demande, table, saisie.legislation)
        contexte |= {"valeur": _valeur(valeur, est_projete=is_projete(saisie))}
        demande = valeur.demande
        paliers = list_paliers(table, demande.mois, demande.foyer.code, demande.majoration)
        question = "" if saisie.est_exemple else f"?{request.GET.urlencode()}"
        contexte |= {
            "fichiers": [(f"emploi.{e}{question}", e.upper()) for e in EXTENSIONS],
            "g": describe_courbe(demande, paliers, table),
            "paliers": tables.table_paliers(paliers, demande.heures),
        }
    statut = 400 if saisie.formulaire.erreurs else 200
    return render(request, "regles/emploi.html", contexte, status=statut)


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """Every line of the page as CSV, XLSX or JSON, for the same question.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
        SaisieInvalide: every answer that is wrong, as on the page.
    """
    saisie = read_saisie(request.GET.dict())
    if saisie.demande is None:
        raise SaisieInvalide(*chain.from_iterable(saisie.formulaire.erreurs.par_champ.values()))
    table = load_table()
    valeur = compute_valeur(saisie.demande, table, saisie.legislation)
    rows: list[Rangee] = [{**row} for row in exports.valeur_rows(valeur)]
    document = exports.valeur_to_dict(valeur, table)
    return answer_rows("valeur-d-un-emploi", extension, rows, document)


def graphique(request: HttpRequest, mois: str, foyer: str, majoration: str) -> HttpResponse:
    """What is kept at each step of hours, as an SVG file.

    Raises:
        SaisieInvalide: MLG-EMP-006, 008 or 009, no such household, pay or month in the table;
            MLG-WEB-008, no such theme; MLG-WEB-020 and 021, the month is not one.
    """
    theme = parse_theme(request)
    table = load_table()
    jour = read_jour(f"{mois}-01")
    if isinstance(jour, Anomalie):
        raise SaisieInvalide(jour)
    textes = {"foyer": foyer, "au_dela_du_smic": majoration}
    choisi, salaire, mois = read_situation(textes, jour, table, load_legislation())
    etroit = request.GET.get("format") == "etroit"
    paliers = list_paliers(table, mois, choisi.code, salaire)
    svg = draw_svg(draw(build_trace(paliers), theme, etroit=etroit), theme)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response


def _formulaire(saisie: SaisieEmploi) -> dict[str, object]:
    """The fields, those of the hypotheses apart: folded unless one of them was answered or is wrong."""
    contexte = saisie.formulaire.to_context()
    lignes = contexte["formulaire"]
    assert isinstance(lignes, list)  # noqa: S101 — for the types
    par_nom = {ligne["champ"].nom: ligne for ligne in lignes}
    hypotheses = [par_nom[nom] for nom in HYPOTHESES]
    return {
        "champs": contexte["champs"],
        "essentiels": [ligne for nom, ligne in par_nom.items() if nom not in HYPOTHESES],
        "hypotheses": hypotheses,
        "hypotheses_ouvertes": any(ligne["valeur"] or ligne["anomalies"] for ligne in hypotheses),
    }


def _valeur(valeur: ValeurEmploi, *, est_projete: bool) -> dict[str, object]:
    """What the template shows of a job."""
    return {
        "constat": phrases.tell_constat(valeur, est_projete=est_projete),
        "cles": phrases.list_cles(valeur),
        "revenus": tables.table_revenus(valeur),
        "marge": phrases.tell_marge(valeur.marge),
        "salaire": format_euros(valeur.apres["salaire_horaire"]),
        "source": valeur.source,
        "poste": phrases.describe_poste(valeur, load_table().hypotheses),
        "foyer": phrases.describe_foyer(valeur.demande.foyer),
        "avertissements": [typeset(phrase) for phrase in valeur.avertissements],
        "refus": [] if valeur.refus is None else [to_sentence(a) for a in valeur.refus.anomalies],
        "couts": None if valeur.employeur is None else tables.table_couts(valeur),
        "comptes": None if valeur.comptes is None else _comptes(valeur, valeur.comptes),
        "hausse": None if valeur.hausse is None else _hausse(valeur.hausse),
    }


def _comptes(valeur: ValeurEmploi, comptes: Comptes) -> dict[str, object]:
    return {
        "contrefactuel": phrases.tell_contrefactuel(valeur.demande),
        "solde": typeset(
            f"Le solde est {phrases.tell_soldes(comptes)} par mois. Positif, il revient plus qu’il n’est versé."
        ),
        "equilibre": phrases.tell_equilibre(comptes),
        "table": tables.table_comptes(comptes),
        "sources": phrases.list_sources(comptes.lignes),
    }


def _hausse(hausse: Hausse) -> dict[str, object]:
    return {
        "titre": typeset(f"Revaloriser de {format_euros(hausse.montant)} de l’heure"),
        "table": tables.table_hausse(hausse),
        "marge": phrases.tell_marge(hausse.marge),
        "constat": phrases.tell_hausse(hausse),
        "sources": phrases.list_sources(hausse.public),
    }
