"""Documents of a meeting: joined, opened to other readers, downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.web.dialogue.models import Visibilite
from maillage.web.dialogue.rencontres.actions import documents
from maillage.web.dialogue.rencontres.forms_suites import DocumentForm, DocumentNiveauForm
from maillage.web.dialogue.rencontres.lecture import readable_documents
from maillage.web.dialogue.rencontres.requete import lecture_of, rencontre_of, visible_rencontre
from maillage.web.dialogue.rencontres.views.fiche import breadcrumb, writer_of
from maillage.web.network.forms import explain
from maillage.web.network.requete import acteur_of
from maillage.web.publications import fichiers

if TYPE_CHECKING:
    from django.http import HttpRequest

_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a document to a meeting."""
    del pk
    rencontre = rencontre_of(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        fichier = d["fichier"]
        try:
            apport = documents.Apport(
                d["titre"],
                d["visibilite"],
                url=d["url"],
                contenu=fichier.read(fichiers.TAILLE_MAX + 1) if fichier else b"",
                nom=fichier.name if fichier else "",
            )
            documents.join(rencontre, apport, by=writer_of(request))
        except UserError as error:
            form.add_error("fichier", ValidationError(explain(error)))
        else:
            messages.success(request, "Le document est joint.")
            return redirect("rencontre", pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Joindre un document"),
        "titre": "Joindre un document",
        "form": form,
        "rencontre": rencontre,
        "is_fichier": True,
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)


@require_POST
def change(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Change who opens a document, or take it away."""
    del pk
    rencontre = rencontre_of(request)
    choisi = get_object_or_404(rencontre.documents.filter(retire_at__isnull=True), pk=document)
    if request.POST.get("geste") == "enlever":
        documents.take_away(choisi, by=writer_of(request))
        messages.success(request, "Le document n’est plus joint.")
        return redirect("rencontre", pk=rencontre.pk)
    form = DocumentNiveauForm(request.POST)
    if form.is_valid():
        documents.open_to(choisi, form.cleaned_data["visibilite"], by=writer_of(request))
        niveau = Visibilite(choisi.visibilite).label
        messages.success(request, f"Le document est visible par\u00a0: {niveau}.")
    return redirect("rencontre", pk=rencontre.pk)


def download(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """The file of a document, to whom it is for; a browser runs nothing of it.

    Raises:
        Http404: there is no such file, or it is not for this person.
        Introuvable: MLG-PUB-213, it is no longer on the disk, or is not what it was.
    """
    rencontre = visible_rencontre(request, pk)
    lecture = lecture_of(acteur_of(request), rencontre)
    choisi = readable_documents(lecture).filter(rencontre=rencontre, pk=document).first()
    if choisi is None or not choisi.sha256:
        msg = "no such file for this person"
        raise Http404(msg)
    answer = HttpResponse(
        fichiers.read(choisi.sha256), content_type=fichiers.TYPES[choisi.extension]
    )
    nom = f"rencontre-{rencontre.pk}-document-{choisi.pk}.{choisi.extension}"
    is_image = choisi.extension in fichiers.IMAGES
    answer["Content-Disposition"] = content_disposition_header(not is_image, nom) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _CSP
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    return answer
