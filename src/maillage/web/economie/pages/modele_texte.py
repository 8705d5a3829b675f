"""What do I suppose of next year? The main figures in fields, everything in a text; all faults at once.

A director opens it to begin a model, from their accounts, an example or a file, and to try « what if ».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.analyses.modele.depuis import list_restes
from maillage.analyses.modele.exemples import read_exemple
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.indicators.modele.cadre import TYPES
from maillage.kernel.errors import UserError
from maillage.kernel.francais import format_date
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.web.economie.entete import describe
from maillage.web.economie.modele.adresses import get_version
from maillage.web.economie.modele.calculs import NOM, name_texte
from maillage.web.economie.modele.comptes import list_types, read_demande, start_texte
from maillage.web.economie.modele.formulaire import read_saisie
from maillage.web.economie.modele.garde import check_taille, keep, read_fichier
from maillage.web.economie.modele.reecriture import rewrite
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.errors import Anomalie
    from maillage.web.economie.modele.formulaire import Saisie
    from maillage.web.economie.models import ModeleEconomique, VersionDeModele

COMPTES = "comptes"
_LIGNE = re.compile(r"ligne (\d+)")


def nouveau(request: HttpRequest, pk: int) -> HttpResponse:
    """A first version, from the accounts, an example or a file.

    Raises:
        Http404: there is nothing of that name to begin from.
    """
    del pk
    if request.method == "POST":
        return _post(request, None)
    depuis = request.GET.get("depuis", TYPES[0])
    if depuis == COMPTES:
        try:
            return _show(request, None, _start(request))
        except UserError as error:
            return _show(request, None, "", error.anomalies)
    if depuis not in TYPES:
        raise Http404
    return _show(request, None, read_exemple(depuis))


def changer(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """The next version, from the last one or from the one that the address names."""
    del pk
    version = get_version(request, organisation_of(request), numero)
    if request.method == "POST":
        return _post(request, version)
    return _show(request, version, version.texte)


def _start(request: HttpRequest) -> str:
    organisation = organisation_of(request)
    types = list_types(organisation)
    voulu = request.GET.get("type", "")
    type_siae = voulu if voulu in types else (types or TYPES)[0]
    etp, effectif = read_demande(request.GET)
    return start_texte(organisation, type_siae, timezone.localdate(), etp, effectif)


def _post(request: HttpRequest, version: VersionDeModele | None) -> HttpResponse:
    texte = request.POST.get("texte", "")
    saisie: Saisie | None = None
    try:
        fichier = request.FILES.get("fichier")
        if isinstance(fichier, UploadedFile):
            texte = read_fichier(fichier)
        check_taille(texte)
        if request.POST.get("faire") == "chiffres":
            saisie = _read_figures(request, texte)
            if saisie.anomalies:
                return _show(request, version, texte, saisie=saisie)
            texte = rewrite(texte, saisie.changes, saisie.raison, saisie.nom, timezone.localdate())
        modele = _keep(request, texte, version)
    except UserError as error:
        hors_droit = isinstance(error, PeriodeNonModelisee)
        return _show(request, version, texte, error.anomalies, saisie=saisie, hors_droit=hors_droit)
    messages.success(request, "Le modèle est gardé.")
    return redirect("economie-modele", pk=organisation_of(request).pk, numero=modele.pk)


def _read_figures(request: HttpRequest, texte: str) -> Saisie:
    raison = f"Changé sur le site le {format_date(timezone.localdate())}"
    return read_saisie(parse_hypotheses(texte, NOM), request.POST.dict(), raison)


def _keep(request: HttpRequest, texte: str, version: VersionDeModele | None) -> ModeleEconomique:
    garde = None if version is None or request.POST.get("ou") == "autre" else version.modele
    return keep(
        organisation_of(request),
        texte,
        acteur_of(request),
        prolonge="prolonge" in request.POST,
        modele=garde,
    )


def _show(
    request: HttpRequest,
    version: VersionDeModele | None,
    texte: str,
    anomalies: Iterable[Anomalie] = (),
    *,
    saisie: Saisie | None = None,
    hors_droit: bool = False,
) -> HttpResponse:
    fautes = [_locate(anomalie) for anomalie in anomalies]
    faux = bool(fautes) or bool(saisie and saisie.anomalies)
    numeros = {faute["ligne"] for faute in fautes}
    lignes = texte.splitlines() if any(numeros) else []
    contexte = _head(request, version) | {
        "texte": texte,
        "fautes": fautes,
        "hors_droit": hors_droit,
        "lignes": [(n, ligne, n in numeros) for n, ligne in enumerate(lignes, 1)],
        "prolonge": "prolonge" in request.POST or bool(version and version.is_prolonge),
        **_describe_figures(texte, saisie),
    }
    return render(request, "economie/modele_texte.html", contexte, status=400 if faux else 200)


def _head(request: HttpRequest, version: VersionDeModele | None) -> dict[str, Any]:
    organisation = organisation_of(request)
    racine = f"/economie/{organisation.pk}/modeles/"
    if version is None:
        return describe(organisation, (racine, "Modèles"), ("", "Nouveau modèle"))
    nom = name_texte(version.texte)
    fil = (racine, "Modèles"), (f"{racine}{version.modele_id}/", nom), ("", "Changer")
    return describe(organisation, *fil) | {"version": version, "nom": nom}


def _describe_figures(texte: str, saisie: Saisie | None) -> dict[str, Any]:
    """Fields of a text that can be read, and what is still to be said."""
    try:
        hypotheses = parse_hypotheses(texte, NOM)
    except UserError:
        return {}
    return {
        "saisie": saisie or read_saisie(hypotheses, None, ""),
        "restes": list_restes(hypotheses),
    }


def _locate(anomalie: Anomalie) -> dict[str, Any]:
    """A fault and the line that it names; None when it names none."""
    trouve = _LIGNE.search(anomalie.ou)
    return {"anomalie": anomalie, "ligne": int(trouve[1]) if trouve else None}
