"""Attachments: download, join, take away, change whom one is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.web.droits.permissions import Permission
from maillage.web.publications import fichiers
from maillage.web.publications.actions import pieces
from maillage.web.publications.forms import AudienceForm, PieceForm
from maillage.web.publications.models import PieceJointe
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.views.contexte import (
    get_acteur,
    get_publication,
    get_utilisateur,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def telecharger(request: HttpRequest, piece: int, nom: str) -> HttpResponse:
    """A file, to whom it is for; a browser runs nothing of it.

    Raises:
        Http404: there is no such file, or it is not for this person.
        Introuvable: MLG-PUB-213, it is no longer on the disk, or is not what it was.
    """
    trouvee = (
        PieceJointe.objects.readable(
            get_acteur(request), Permission.PUBLICATIONS_REDIGER, timezone.now()
        )
        .filter(pk=piece)
        .first()
    )
    if trouvee is None or trouvee.nom != nom:
        msg = "no such file for this person"
        raise Http404(msg)
    answer = HttpResponse(
        fichiers.read(trouvee.sha256), content_type=fichiers.TYPES[trouvee.extension]
    )
    is_image = trouvee.extension in fichiers.IMAGES
    answer["Content-Disposition"] = content_disposition_header(not is_image, trouvee.nom) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _CSP
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_POST
def joindre(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a file to a publication."""
    del pk
    publication = get_publication(request)
    formulaire = PieceForm(request.POST, request.FILES)
    if not formulaire.is_valid():
        for champ, erreurs in formulaire.errors.items():
            etiquette = formulaire.fields[champ].label
            messages.error(request, f"{etiquette}\u00a0: {' '.join(map(str, erreurs))}")
        return redirect(f"{_editor(publication.pk)}#pieces")
    donnees = formulaire.cleaned_data
    try:
        jointe = pieces.join(
            publication,
            contenu=donnees["fichier"].read(fichiers.TAILLE_MAX + 1),
            nom=donnees["fichier"].name,
            reference=donnees["reference"],
            audience=Audience(donnees["audience"]),
            by=get_utilisateur(request),
        )
    except UserError as refus:
        for anomalie in refus.anomalies:
            messages.error(request, f"{anomalie.quoi} {anomalie.que_faire} (code {anomalie.code})")
    else:
        messages.success(
            request,
            f"Pièce jointe. Dans le texte, citez-la par [ce qu’on lit](pj:{jointe.reference}).",
        )
    return redirect(f"{_editor(publication.pk)}#pieces")


@require_POST
def changer(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """Take an attachment away, or declare anew whom it is for."""
    del pk
    publication, by = get_publication(request), get_utilisateur(request)
    jointe = get_object_or_404(publication.pieces.kept(), pk=piece)
    if request.POST.get("geste") == "enlever":
        pieces.take_away(jointe, by=by)
        messages.success(request, f"La pièce {jointe.nom} n’est plus jointe aux textes à venir.")
        return redirect(f"{_editor(publication.pk)}#pieces")
    formulaire = AudienceForm(request.POST)
    if formulaire.is_valid():
        pieces.open_to(jointe, Audience(formulaire.cleaned_data["audience"]), by=by)
        messages.success(request, f"La pièce {jointe.nom} est pour {_POUR[jointe.audience]}.")
    return redirect(f"{_editor(publication.pk)}#pieces")


_POUR = {Audience.PUBLIQUE.value: "tout le monde", Audience.ADHERENTS.value: "les adhérents"}


def _editor(pk: int) -> str:
    return f"/publications/redaction/{pk}/"
