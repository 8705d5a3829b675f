"""Public money of one's own structure by funder: agreed, declared and in the accounts, side by side.

A director opens it before a funder or a board: « who pays how much for a post, and why do three papers differ? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.analyses.argent_public.phrases_siennes import (
    list_doubles,
    list_sources,
    tell_constat,
)
from maillage.analyses.argent_public.rangees import write_valeur
from maillage.analyses.argent_public.totaux import COMPTES, DECLARE, SOURCES
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import format_date, format_valeur, typeset
from maillage.kernel.valeur import Absence
from maillage.web.economie.argent import load_argent
from maillage.web.economie.entete import describe
from maillage.web.network.pages.organisations import answer_file
from maillage.web.network.requete import organisation_of
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.argent_public.siens import Siens
    from maillage.analyses.exports import Rangee
    from maillage.kernel.valeur import Valeur

_EUROS = (
    Colonne("financeur", "Financeur", droite=False),
    Colonne("annexes", "Annexes", "€ convenus"),
    Colonne("declare", "Déclaré", "€"),
    Colonne("comptes", "Comptes", "€"),
)
_COUTS = (
    Colonne("financeur", "Financeur", droite=False),
    Colonne("declare-etp", "Déclaré", "€ par ETP"),
    Colonne("declare-heure", "Déclaré", "€ par heure"),
    Colonne("comptes-etp", "Comptes", "€ par ETP"),
    Colonne("comptes-heure", "Comptes", "€ par heure"),
)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column is and says, then euros, then costs.

    Raises:
        SaisieInvalide: MLG-ECO-020, nothing is known of that year.
    """
    del pk
    organisation = organisation_of(request)
    argent = load_argent(organisation, request.GET.get("annee", "").strip())
    contexte = describe(organisation, ("", "Argent public")) | {"argent": argent}
    if argent is not None:
        siens = argent.siens
        contexte |= {
            "siens": siens,
            "constat": tell_constat(siens),
            "sources": list_sources(siens),
            "doubles": list_doubles(),
            "euros": _euros(siens),
            "couts": _couts(siens) if siens.has_couts else "",
            "etp": format_valeur(siens.etp, "ETP", 2),
            "heures": format_valeur(siens.heures, "heures"),
            "aide": _tell_aide(argent.aide_des_comptes),
            "extraction": format_date(argent.faits.extrait.extraction) if argent.faits else "",
        }
    return render(request, "economie/argent.html", contexte)


def fichier(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The same, one row per funder.

    Raises:
        SaisieInvalide: MLG-ECO-020, nothing is known of that year.
        Introuvable: MLG-ECO-021, nothing is known at all; MLG-WEB-011, no such format.
    """
    argent = load_argent(organisation_of(request), request.GET.get("annee", "").strip())
    if argent is None:
        raise Introuvable(
            Anomalie(
                "MLG-ECO-021",
                "Rien n’est connu de l’argent public de cette structure : il n’y a rien à exporter.",
                "Déposez un exercice, ou demandez à l’équipe du réseau de relier vos annexes.",
                "adresse du fichier",
            )
        )
    siens = argent.siens
    rows: list[Rangee] = [
        {
            "annee": siens.annee,
            "financeur": ligne.financeur,
            "nom": ligne.nom,
            **{f"{source}_euros": write_valeur(ligne.montants[source]) for source in SOURCES},
            **{
                f"{source}_{nom}": write_valeur(valeur)
                for source in (DECLARE, COMPTES)
                for nom, valeur in zip(
                    ("etp_annuel_euros", "horaire_euros"), ligne.couts[source], strict=True
                )
            },
        }
        for ligne in siens.lignes
    ]
    return answer_file(f"argent-public-{pk}-{siens.annee}", extension, rows)


def _euros(siens: Siens) -> SafeString:
    lignes = [
        Ligne(
            (texte(ligne.nom), *(_show(ligne.montants[source]) for source in SOURCES)),
            _classe(ligne.financeur),
        )
        for ligne in siens.lignes
    ]
    return render_table(
        typeset(f"Qui paie, {siens.annee} : trois colonnes, jamais une somme"),
        _EUROS,
        lignes,
        entier=True,
    )


def _couts(siens: Siens) -> SafeString:
    lignes = [
        Ligne(
            (
                texte(ligne.nom),
                *(
                    _show(valeur, decimales)
                    for source in (DECLARE, COMPTES)
                    for valeur, decimales in zip(ligne.couts[source], (0, 2), strict=True)
                ),
            ),
            _classe(ligne.financeur),
        )
        for ligne in siens.lignes
    ]
    return render_table(f"Par ETP et par heure, {siens.annee}", _COUTS, lignes, entier=True)


def _classe(financeur: str) -> str:
    return "total" if financeur.startswith("ensemble") else ""


def _show(valeur: Valeur, decimales: int = 0) -> Cellule:
    if isinstance(valeur, Absence):
        return Cellule(f'<em class="absence">{valeur.value}</em>')
    return texte(format_valeur(valeur, "", decimales))


def _tell_aide(aide: Valeur) -> str:
    """Where the aide au poste is in the accounts, when the structure said it; empty without accounts."""
    if aide is Absence.SANS_OBJET:
        return ""
    if isinstance(aide, Absence):
        return "Vous n’avez pas dit quels comptes portent l’aide au poste."
    return f"Vos comptes portent {format_valeur(aide, '€')} d’aide au poste, dans les comptes que vous avez désignés."
