"""From a text to its readers: submit, send back, publish, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.kernel.errors import SaisieInvalide
from maillage.web.publications.actions import parution, redaction
from maillage.web.publications.forms import BaseForm, PublierForm, RenvoiForm, RetraitForm
from maillage.web.publications.models import Publication
from maillage.web.publications.rendus import make_slug
from maillage.web.publications.templatetags.publications import heure, jour
from maillage.web.publications.texte.fuites.model import PublicationRefusee
from maillage.web.publications.views.contexte import get_publication, get_utilisateur
from maillage.web.publications.views.redaction import preview

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_CONFLIT = 409
_REFUS = 422
_CHANGE = "Le texte a changé depuis que vous l’avez lu. Relisez celui qui est affiché maintenant."


def soumettre(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a review, after a look at both versions."""
    publication = get_publication(request)
    if request.method == "POST":
        formulaire = BaseForm(request.POST)
        if formulaire.is_valid() and _try_submit(request, publication, formulaire):
            messages.success(
                request, "Le texte est à relire. La délégation nationale le voit en tête."
            )
            return redirect("redaction")
        return redirect("redaction-soumettre", pk=pk)
    contexte = {
        **_common(publication, "Faire relire"),
        "form": BaseForm(initial={"base": _current(publication)}),
    }
    return render(request, "publications/soumettre.html", contexte)


def _try_submit(request: HttpRequest, publication: Publication, formulaire: BaseForm) -> bool:
    base = formulaire.cleaned_data["base"]
    try:
        redaction.submit(publication, base=base, by=get_utilisateur(request))
    except redaction.ConflitDeVersions:
        messages.warning(request, _CHANGE)
        return False
    return True


@require_POST
def renvoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a text back to its author, with a comment."""
    publication = get_publication(request)
    formulaire = RenvoiForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Dites ce qu’il faut changer.")
        return redirect("redaction-publier", pk=pk)
    try:
        redaction.send_back(
            publication,
            base=formulaire.cleaned_data["base"],
            commentaire=formulaire.cleaned_data["commentaire"],
            by=get_utilisateur(request),
        )
    except redaction.ConflitDeVersions:
        messages.warning(request, _CHANGE)
        return redirect("redaction-publier", pk=pk)
    messages.success(request, "Le texte est renvoyé, avec votre commentaire.")
    return redirect("redaction")


def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """Both versions side by side, what would leak, and the button that shows the text to readers."""
    del pk
    publication = get_publication(request)
    lisible = publication.is_lisible(timezone.now())
    if request.method != "POST":
        return _publish_page(request, _publish_form(publication, lisible=lisible))
    formulaire = PublierForm(request.POST, is_lisible=lisible)
    if not formulaire.is_valid():
        return _publish_page(request, formulaire, status=_REFUS)
    donnees = formulaire.cleaned_data
    try:
        parue = parution.publish(
            publication,
            base=donnees["base"],
            slug=donnees.get("slug", ""),
            quand=donnees.get("quand"),
            motif=donnees.get("motif", ""),
            by=get_utilisateur(request),
        )
    except redaction.ConflitDeVersions:
        messages.warning(request, _CHANGE)
        return _publish_page(request, _publish_form(publication, lisible=lisible), status=_CONFLIT)
    except (SaisieInvalide, PublicationRefusee) as refus:
        return _publish_page(request, formulaire, status=_REFUS, refus=refus.anomalies)
    if parue.date_parution > timezone.now():
        quand = f"{jour(parue.date_parution)} à {heure(parue.date_parution)}"
        messages.success(request, f"Programmée pour le {quand}.")
        return redirect("redaction")
    messages.success(request, "Publiée. Voici ce que les adhérents en lisent.")
    publication.refresh_from_db()
    return redirect("publication", slug=publication.slug)


def _publish_form(publication: Publication, *, lisible: bool) -> PublierForm:
    initial: dict[str, Any] = {"base": _current(publication), "slug": publication.slug or ""}
    if publication.is_programmee(timezone.now()) and publication.publiee_le:
        initial["quand"] = timezone.localtime(publication.publiee_le)
    return PublierForm(initial=initial, is_lisible=lisible)


def _publish_page(
    request: HttpRequest, formulaire: PublierForm, status: int = 200, refus: tuple[Any, ...] = ()
) -> HttpResponse:
    publication = get_publication(request)
    contexte = _common(publication, "Relire et publier")
    epreuve = contexte["epreuve"]
    if epreuve is not None and "slug" in formulaire.fields and not formulaire.is_bound:
        voulu = publication.slug or parution.free_slug(
            publication, make_slug(epreuve.publique.titre)
        )
        formulaire.initial["slug"] = voulu
    contexte |= {
        "form": formulaire,
        "renvoi_form": RenvoiForm(initial={"base": _current(publication)}, auto_id="renvoi_%s"),
        "retrait_form": RetraitForm(auto_id="retrait_%s"),
        "refus": refus,
        "is_lisible": publication.is_lisible(timezone.now()),
        "is_programmee": publication.is_programmee(timezone.now()),
        "is_a_relire": publication.etat == Publication.Etat.A_RELIRE,
    }
    return render(request, "publications/publier.html", contexte, status=status)


def _common(publication: Publication, titre: str) -> dict[str, Any]:
    courante = publication.courante
    assert courante is not None  # noqa: S101 — each publication is created with a text
    return {
        "fil": [
            ("/publications/redaction/", "Rédaction"),
            (f"/publications/redaction/{publication.pk}/", "Texte"),
            ("", titre),
        ],
        "publication": publication,
        **preview(publication, courante.contenu),
    }


def _current(publication: Publication) -> int:
    return publication.courante.numero if publication.courante else 0


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a publication from its readers, or call off one that is scheduled."""
    formulaire = RetraitForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Dites pourquoi vous la retirez.")
        return redirect("redaction-publier", pk=pk)
    parution.withdraw(
        get_publication(request),
        motif=formulaire.cleaned_data["motif"],
        by=get_utilisateur(request),
    )
    messages.success(request, "La publication est retirée. Ses textes sont gardés.")
    return redirect("redaction")
