"""What does an hour cost next year, when is the cash lowest, and if the SMIC rises, if a client goes, if aid is late?

A director opens a model that they kept, reads the answer in the first line, and takes the workbook to the board.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from maillage.analyses.modele.classeur import write_classeur
from maillage.analyses.modele.depuis import list_restes
from maillage.analyses.modele.limites import LIMITES
from maillage.analyses.modele.reformes import measure_reformes
from maillage.indicators.modele.sensibilite import measure_sensibilite
from maillage.indicators.modele.stress import run_stress
from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import format_date, guillemets
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.web.economie import graphique as dessin
from maillage.web.economie.entete import describe
from maillage.web.economie.modele import tableaux
from maillage.web.economie.modele.adresses import get_modele, get_version, name_auteur
from maillage.web.economie.modele.calculs import draw_distribution, read_version
from maillage.web.economie.modele.chiffres import list_cles, month_of, tell
from maillage.web.economie.modele.chocs import list_champs, read_chocs
from maillage.web.economie.modele.comparaison import list_autres
from maillage.web.economie.modele.garde import forget
from maillage.web.network.pages.organisations import XLSX
from maillage.web.network.requete import acteur_of, organisation_of
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.views.graphiques import parse_format, parse_theme

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.stress import Chocs
    from maillage.web.economie.modele.calculs import Calcul, Lu
    from maillage.web.network.models import Organisation

TIRAGES_A_LA_VOLEE = 100_000
"""Draws that the page makes without being asked: a fraction of a second."""


def page(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """A version of a model; posted, forget the model."""
    del pk
    organisation = organisation_of(request)
    if request.method == "POST":
        return _forget(request, organisation, numero)
    version = get_version(request, organisation, numero)
    lu = read_version(version)
    chocs, anomalies = read_chocs(request.GET)
    contexte = describe_modele(organisation, lu) | {
        "champs_chocs": list_champs(request.GET, chocs),
        "anomalies_chocs": anomalies,
    }
    if lu.calcul is not None:
        contexte |= _describe_figures(lu.calcul) | _describe_effects(lu.calcul, chocs)
        contexte |= _describe_draws(lu.calcul.calcule, asked="tirages" in request.GET)
    return render(request, "economie/modele.html", contexte, status=400 if anomalies else 200)


def describe_modele(organisation: Organisation, lu: Lu, *suite: tuple[str, str]) -> dict[str, Any]:
    """What every page of a model says first."""
    version = lu.version
    racine = f"/economie/{organisation.pk}/modeles/"
    ici = f"{racine}{version.modele_id}/" if suite else ""
    return describe(organisation, (racine, "Modèles"), (ici, lu.nom), *suite) | {
        "lu": lu,
        "modele": version.modele,
        "version": version,
        "auteur": name_auteur(version),
        "versions": [
            (une, name_auteur(une)) for une in version.modele.versions.defer("texte")[:50]
        ],
        "autres": list_autres(organisation, version),
    }


def _forget(request: HttpRequest, organisation: Organisation, numero: int) -> HttpResponse:
    modele = get_modele(organisation, numero)
    if request.POST.get("sur") != "oui":
        messages.error(request, "Rien n’est effacé : cochez la case pour confirmer.")
        return redirect("economie-modele", pk=organisation.pk, numero=numero)
    forget(modele, acteur_of(request).utilisateur_id)
    messages.success(request, "Le modèle est oublié, avec toutes ses versions.")
    return redirect("economie-modeles", pk=organisation.pk)


def _describe_figures(calcul: Calcul) -> dict[str, Any]:
    calcule = calcul.calcule
    modele = calcule.modele
    return {
        "constat": tell(calcule),
        "cles": list_cles(calcule),
        "periode": month_of(modele.cadre.debut, 1),
        "type": modele.cadre.type_siae,
        "avertissements": [*_tell_law(calcul), *calcule.avertissements],
        "motif": "" if modele.seuils.motif is None else modele.seuils.motif.value,
        "seuils": tableaux.list_seuils(calcule),
        "restes": list_restes(calcule.hypotheses),
        "heure": tableaux.render_heure(calcule),
        "annee": tableaux.render_annee(calcule),
        "mois": tableaux.render_mois(calcule),
        "flux": tableaux.render_flux(calcule),
        "hypotheses": tableaux.render_hypotheses(calcule),
        "alternative": dessin.tell(dessin.list_mois(modele)),
        "largeur": dessin.LARGEUR,
        "hauteur": dessin.HAUTEUR,
        "limites": LIMITES,
    }


def _tell_law(calcul: Calcul) -> list[str]:
    """What the author chose where the law of the year is not known."""
    if calcul.prolonge_depuis is None:
        return []
    phrase = (
        f"Le droit du {format_date(calcul.calcule.modele.cadre.debut)} n’est pas connu : celui du "
        f"{format_date(calcul.prolonge_depuis)} est prolongé, comme vous l’avez choisi. Dites ce que vous "
        "attendez du SMIC dans les hypothèses."
    )
    return [phrase]


def _describe_effects(calcul: Calcul, chocs: Chocs) -> dict[str, Any]:
    calcule = calcul.calcule
    effets = [e for e in measure_sensibilite(calcule.modele) if e.resultat or e.point_bas]
    reformes = measure_reformes(
        calcule, calcul.legislation, [load_reforme(code) for code in list_reformes()]
    )
    return {
        "effets": tableaux.render_effets(
            "Effet d’un pas de chaque hypothèse, le plus grand d’abord", effets[: tableaux.PREMIERS]
        ),
        "autres_effets": tableaux.render_effets(
            "Effet d’un pas des autres hypothèses", effets[tableaux.PREMIERS :]
        ),
        "nombre_autres_effets": max(0, len(effets) - tableaux.PREMIERS),
        "chocs": tableaux.render_chocs(
            run_stress(calcule.modele, chocs), chocs, calcule.modele.cadre
        ),
        "reformes": tableaux.render_reformes(reformes, calcule),
    }


def _describe_draws(calcule: ModeleCalcule, *, asked: bool) -> dict[str, Any]:
    tirages = calcule.hypotheses.tirages
    contexte: dict[str, Any] = {"tirages": tirages, "lois": tableaux.list_lois(calcule)}
    if tirages.lois and (asked or tirages.nombre <= TIRAGES_A_LA_VOLEE):
        distribution = draw_distribution(calcule)
        contexte |= {
            "distribution": tableaux.render_distribution(distribution),
            "phrase_tirages": tableaux.tell_distribution(distribution),
        }
    return contexte


def graphique(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """The cash of a version month by month, drawn; empty when it cannot be computed."""
    del pk
    lu = read_version(get_version(request, organisation_of(request), numero))
    if lu.calcul is None:
        return HttpResponse(status=204)
    points, theme = dessin.list_mois(lu.calcul.calcule.modele), parse_theme(request)
    svg = draw_svg(dessin.draw_cash(points, theme, parse_format(request)), theme)
    return _answer(svg, "image/svg+xml; charset=utf-8")


def fichier(request: HttpRequest, pk: int, numero: int, extension: str) -> HttpResponse:
    """A version as a text of hypotheses, or as a workbook whose formulas live.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
        SaisieInvalide: what prevents the version from being computed, for a workbook.
    """
    version = get_version(request, organisation_of(request), numero)
    nom = f"modele-{pk}-{numero}-version-{version.numero}.{extension}"
    if extension == "toml":
        return _answer(version.texte, "application/toml; charset=utf-8", nom)
    if extension != "xlsx":
        raise Introuvable(
            Anomalie(
                "MLG-WEB-011",
                f"Le format {guillemets(extension)} n’existe pas.",
                "Formats\u00a0: toml ou xlsx.",
                "adresse du fichier",
            )
        )
    lu = read_version(version)
    if lu.calcul is None:
        raise SaisieInvalide(*lu.anomalies)
    return _answer(write_classeur(lu.calcul.calcule, _tell_law(lu.calcul)), XLSX, nom)


def _answer(contenu: str | bytes, nature: str, nom: str = "") -> HttpResponse:
    answer = HttpResponse(contenu, content_type=nature)
    if nom:
        answer["Content-Disposition"] = f'attachment; filename="{nom}"'
    answer["Cache-Control"] = "no-store"
    return answer
