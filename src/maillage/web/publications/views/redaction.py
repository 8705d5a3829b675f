"""The desk of those who write: the editor, its preview, its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.kernel.errors import SaisieInvalide
from maillage.web.droits.permissions import Permission
from maillage.web.publications import chiffres_vivants
from maillage.web.publications.actions import redaction
from maillage.web.publications.forms import ChiffreForm, NouvelleForm, PieceForm, RedactionForm
from maillage.web.publications.models import Publication, Saisie, Theme, VersionTexte
from maillage.web.publications.rendus import build_epreuve
from maillage.web.publications.texte.problems import problems_by_line
from maillage.web.publications.views.contexte import (
    get_acteur,
    get_publication,
    get_utilisateur,
)
from maillage.web.publications.views.versions import compare, write_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

_THEMES_CONNUS = 100
_CONFLIT = 409
_ILLISIBLE = 422


def nouvelle(request: HttpRequest) -> HttpResponse:
    """A title and what it is: the editor opens on it."""
    formulaire = NouvelleForm(request.POST or None, acteur=get_acteur(request))
    if request.method == "POST" and formulaire.is_valid():
        publication = redaction.create(
            cadre=formulaire.cadre,
            titre=formulaire.cleaned_data["titre"],
            by=get_utilisateur(request),
        )
        return redirect("redaction-texte", pk=publication.pk)
    contexte = {
        "fil": [
            ("/publications/", "Publications"),
            ("/publications/redaction/", "Rédaction"),
            ("", "Nouvelle publication"),
        ],
        "form": formulaire,
    }
    return render(request, "publications/nouvelle.html", contexte)


def texte(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: shows the current text, saves the next one."""
    publication, utilisateur = get_publication(request), get_utilisateur(request)
    if request.method != "POST":
        return _editor(request, _bound_to(request, publication))
    geste = request.POST.get("geste", "enregistrer")
    if geste == "oublier":
        redaction.drop_typing(publication, by=utilisateur)
        return redirect("redaction-texte", pk=pk)
    formulaire = RedactionForm(request.POST, acteur=get_acteur(request))
    if not formulaire.is_valid():
        return _editor(request, formulaire)
    try:
        version = redaction.save(
            publication,
            contenu=formulaire.contenu,
            cadre=formulaire.cadre,
            base=formulaire.cleaned_data["base"],
            motif=formulaire.cleaned_data["motif"],
            by=utilisateur,
        )
    except redaction.ConflitDeVersions as conflit:
        return _conflict(request, formulaire, conflit.actuelle)
    messages.success(request, f"Enregistré\u00a0: version {version.numero}.")
    suites = {"publier": "redaction-publier", "soumettre": "redaction-soumettre"}
    return redirect(suites.get(geste, "redaction-texte"), pk=pk)


def _bound_to(request: HttpRequest, publication: Publication) -> RedactionForm:
    """The form as it opens: the current text, an earlier one, or what was being typed."""
    courante = publication.courante
    assert courante is not None  # noqa: S101 — each publication is created with a text
    contenu: Mapping[str, Any] = courante.contenu
    ancienne = request.GET.get("version", "")
    if ancienne.isascii() and ancienne.isdigit():
        choisie = publication.versions_texte.filter(numero=int(ancienne[:9])).first()
        contenu = choisie.contenu if choisie else contenu
    elif request.GET.get("saisie") == "reprendre":
        saisie = _typing(request, publication)
        contenu = {**contenu, **saisie.contenu} if saisie else contenu
    cadre = {champ: getattr(publication, champ) for champ in redaction.CADRE}
    initial = {**contenu, **cadre, "base": courante.numero}
    return RedactionForm(initial=initial, acteur=get_acteur(request))


def _typing(request: HttpRequest, publication: Publication) -> Saisie | None:
    return publication.saisies.filter(utilisateur=get_utilisateur(request)).first()


def _editor(
    request: HttpRequest, formulaire: RedactionForm, epreuve: Mapping[str, Any] | None = None
) -> HttpResponse:
    publication = get_publication(request)
    saisie = _typing(request, publication)
    contexte = {
        "fil": [
            ("/publications/", "Publications"),
            ("/publications/redaction/", "Rédaction"),
            ("", "Texte"),
        ],
        "publication": publication,
        "form": formulaire,
        "texte_champs": [formulaire[champ] for champ in RedactionForm.TEXTE],
        "regles_champs": [formulaire[champ] for champ in RedactionForm.REGLES],
        "cadre_champs": [formulaire[champ] for champ in RedactionForm.CADRE],
        "pieces": list(publication.pieces.kept()),
        "piece_form": PieceForm(auto_id="piece_%s"),
        "chiffre_form": ChiffreForm(auto_id="chiffre_%s"),
        "themes_connus": _known_themes(),
        "renvoi": publication.etapes.filter(etat=Publication.Etat.RENVOYEE).first()
        if publication.etat == Publication.Etat.RENVOYEE
        else None,
        "saisie": saisie if request.method == "GET" and "saisie" not in request.GET else None,
        "peut_publier": get_acteur(request).may(Permission.PUBLICATIONS_PUBLIER, publication),
        "is_lisible": publication.is_lisible(timezone.now()),
        "is_programmee": publication.is_programmee(timezone.now()),
        **(epreuve or {}),
    }
    return render(request, "publications/texte.html", contexte)


def _known_themes() -> list[str]:
    return list(
        Theme.objects.order_by("nom").values_list("nom", flat=True).distinct()[:_THEMES_CONNUS]
    )


def _conflict(
    request: HttpRequest, formulaire: RedactionForm, actuelle: VersionTexte
) -> HttpResponse:
    """Both texts, and the way to keep either: nothing of what was typed is lost."""
    publication = get_publication(request)
    mienne = VersionTexte(**formulaire.contenu)
    redaction.keep_typing(
        publication,
        contenu=formulaire.contenu,
        base=formulaire.cleaned_data["base"],
        by=get_utilisateur(request),
    )
    donnees = request.POST.copy()
    donnees["base"] = str(actuelle.numero)
    contexte = {
        "fil": [
            ("/publications/redaction/", "Rédaction"),
            (f"/publications/redaction/{publication.pk}/", "Texte"),
            ("", "Deux textes"),
        ],
        "publication": publication,
        "actuelle": actuelle,
        "lignes": compare(write_out(actuelle), write_out(mienne)),
        "form": RedactionForm(donnees, acteur=get_acteur(request)),
    }
    return render(request, "publications/conflit.html", contexte, status=_CONFLIT)


@require_POST
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """What the text being typed would give, in both versions; nothing is saved."""
    del pk
    formulaire = RedactionForm(request.POST, acteur=get_acteur(request))
    contexte: dict[str, Any] = (
        preview(get_publication(request), formulaire.contenu)
        if formulaire.is_valid()
        else {"epreuve": None, "anomalies": (), "is_incomplet": True}
    )
    contexte["apercu"] = True
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        contexte["publication"] = get_publication(request)
        return render(request, "publications/apercu.html", contexte)
    return _editor(request, formulaire, contexte)


def preview(publication: Publication, contenu: Mapping[str, Any]) -> dict[str, Any]:
    """Both versions of a text and what would leak, or everything that keeps it from being read."""
    try:
        epreuve = build_epreuve(publication, contenu)
    except SaisieInvalide as illisible:
        lignes = list(problems_by_line(illisible.anomalies))
        return {"epreuve": None, "anomalies": lignes}
    return {"epreuve": epreuve, "anomalies": ()}


@require_POST
def saisie(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; the editor sends it by itself every few seconds."""
    del pk
    envoi = request.POST
    contenu = {
        champ: (champ in envoi) if champ.startswith("masquer_") else envoi.get(champ, "")
        for champ in VersionTexte.CHAMPS
    }
    base = envoi.get("base", "")
    if not (base.isascii() and base.isdigit()):
        return HttpResponse(status=_ILLISIBLE)
    gardee = redaction.keep_typing(
        get_publication(request), contenu=contenu, base=int(base[:9]), by=get_utilisateur(request)
    )
    return render(request, "publications/saisie.html", {"saisie": gardee})


def chiffres(request: HttpRequest) -> HttpResponse:
    """Figures to insert, found by words."""
    formulaire = ChiffreForm(request.GET)
    trouves = []
    if formulaire.is_valid() and formulaire.cleaned_data["indicateur"].strip():
        donnees = formulaire.cleaned_data
        trouves = chiffres_vivants.search(donnees["indicateur"], donnees["lieu"])
    contexte = {
        "fil": [("/publications/redaction/", "Rédaction"), ("", "Insérer un chiffre")],
        "chiffre_form": formulaire,
        "trouves": trouves,
        "cherche": formulaire.data.get("indicateur", ""),
    }
    modele = "publications/chiffres_trouves.html" if request.htmx else "publications/chiffres.html"  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return render(request, modele, contexte)
