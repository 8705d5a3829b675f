"""Planning a meeting and keeping it: what describes it, who is there, whether it was held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.web.dialogue.models import Rencontre
from maillage.web.dialogue.rencontres.actions import fiche as actions
from maillage.web.dialogue.rencontres.actions.invitations import call_off
from maillage.web.dialogue.rencontres.forms import AnnulerForm, PublicationsForm, RencontreForm
from maillage.web.dialogue.rencontres.forms_participants import (
    LISTE_CHARGES,
    LISTE_ORGANISATIONS,
    ParticipantsForms,
)
from maillage.web.dialogue.rencontres.requete import rencontre_of
from maillage.web.dialogue.rencontres.views.fiche import RENCONTRES, breadcrumb, writer_of
from maillage.web.droits.permissions import Permission
from maillage.web.network.forms import explain
from maillage.web.network.requete import acteur_of
from maillage.web.publications.models import Publication

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_CONFLIT = 409
_PUBLICATIONS_MAX = 100
_DITS = {
    Rencontre.Statut.TENUE: "La rencontre est notée comme tenue. Décidez maintenant qui lit quoi.",
    Rencontre.Statut.PREVUE: "La rencontre est de nouveau prévue.",
    Rencontre.Statut.ANNULEE: "La rencontre est annulée.",
}


def create(request: HttpRequest) -> HttpResponse:
    """A new meeting; those who will be there are typed next."""
    depart = {"espace": request.GET.get("espace", "")}
    form = RencontreForm(request.POST or None, initial=depart, acteur=acteur_of(request))
    if request.method == "POST" and form.is_valid():
        rencontre = actions.create(form.cleaned_data, by=writer_of(request))
        messages.success(request, "La rencontre est créée. Dites maintenant qui y sera.")
        return redirect("rencontre-participants", pk=rencontre.pk)
    contexte = {
        "fil": [RENCONTRES, ("", "Préparer une rencontre")],
        "titre": "Préparer une rencontre",
        "form": form,
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)


def modify(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what describes a meeting; of two people who save at once, the second sees both."""
    del pk
    rencontre = rencontre_of(request)
    initial = RencontreForm.initial_of(rencontre)
    form = RencontreForm(request.POST or None, initial=initial, acteur=acteur_of(request))
    ecarts: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base"] or 0
        try:
            actions.modify(rencontre, form.cleaned_data, base=base, by=writer_of(request))
        except actions.ConflitDeFiche as conflit:
            ecarts = _differences(form, conflit.actuelle)
            donnees = request.POST.copy()
            donnees["base"] = str(conflit.actuelle.revision)
            form = RencontreForm(donnees, acteur=acteur_of(request))
        else:
            messages.success(request, "La rencontre est à jour.")
            if rencontre.sequence:
                messages.info(
                    request, "Une invitation était partie\u00a0: envoyez-en la mise à jour."
                )
            return redirect("rencontre", pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Modifier"),
        "titre": f"Modifier\u00a0: {rencontre.titre}",
        "form": form,
        "rencontre": rencontre,
        "ecarts": ecarts,
    }
    return render(
        request, "dialogue/rencontres/formulaire.html", contexte, status=_CONFLIT if ecarts else 200
    )


def _differences(form: RencontreForm, actuelle: Rencontre) -> list[tuple[str, str, str]]:
    """(field, theirs, mine) of what two people saved otherwise."""
    ecarts = []
    for champ in actions.CHAMPS:
        leur, mien = getattr(actuelle, champ), form.cleaned_data.get(champ)
        if leur == mien:
            continue
        nom = "frais" if champ == "frais_centimes" else champ
        etiquette = str(form.fields[nom].label)
        ecarts.append((etiquette, _tell(champ, leur), _tell(champ, mien)))
    return ecarts


def _tell(champ: str, valeur: Any) -> str:
    if valeur in (None, ""):
        return "rien"
    champ_modele = Rencontre._meta.get_field(champ)  # noqa: SLF001 — Django's public way to a field
    choix = dict(getattr(champ_modele, "flatchoices", ()) or ())
    return str(choix.get(valeur, valeur))


def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is expected or was there, all at once."""
    del pk
    rencontre = rencontre_of(request)
    formset = ParticipantsForms(request.POST or None, rencontre=rencontre)
    refus: list[str] = []
    if request.method == "POST" and formset.is_valid():
        by = writer_of(request)
        try:
            partis = actions.set_participants(rencontre, formset.values(), by=by)
        except UserError as error:
            refus = explain(error)
        else:
            messages.success(request, "La liste des participants est enregistrée.")
            if call_off(rencontre, partis, by=by):
                messages.info(request, "Qui n’est plus attendu en reçoit l’annulation.")
            suite = "rencontre-participants" if "encore" in request.POST else "rencontre"
            return redirect(suite, pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Participants"),
        "rencontre": rencontre,
        "formset": formset,
        "refus": refus,
        "listes": [
            (LISTE_CHARGES, formset.charges),
            (LISTE_ORGANISATIONS, formset.organisations),
        ],
    }
    return render(request, "dialogue/rencontres/participants.html", contexte)


@require_POST
def set_statut(request: HttpRequest, pk: int) -> HttpResponse:
    """Held, or planned again."""
    del pk
    rencontre = rencontre_of(request)
    demande = request.POST.get("statut", "")
    if demande not in {Rencontre.Statut.TENUE, Rencontre.Statut.PREVUE}:
        messages.error(request, "Dites si la rencontre a été tenue ou si elle est prévue.")
        return redirect("rencontre", pk=rencontre.pk)
    actions.set_statut(rencontre, demande, by=writer_of(request))
    messages.success(request, _DITS[Rencontre.Statut(demande)])
    return redirect("rencontre", pk=rencontre.pk)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off, and say why; those who were invited are told next."""
    del pk
    rencontre = rencontre_of(request)
    form = AnnulerForm(request.POST or None, initial={"motif": rencontre.motif_annulation})
    if request.method == "POST" and form.is_valid():
        actions.set_statut(
            rencontre,
            Rencontre.Statut.ANNULEE,
            motif=form.cleaned_data["motif"],
            by=writer_of(request),
        )
        messages.success(request, _DITS[Rencontre.Statut.ANNULEE])
        suite = "rencontre-inviter" if rencontre.sequence else "rencontre"
        return redirect(suite, pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Annuler"),
        "titre": f"Annuler\u00a0: {rencontre.titre}",
        "form": form,
        "rencontre": rencontre,
        "bouton": "Annuler cette rencontre",
        "consigne": "Rien n’est effacé\u00a0: la page reste, et dit que la rencontre n’a pas eu lieu.",
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)


def publications(request: HttpRequest, pk: int) -> HttpResponse:
    """Which publications report on the meeting: those that the person may write, and those linked."""
    del pk
    rencontre = rencontre_of(request)
    liees = set(rencontre.publications.values_list("pk", flat=True))
    siennes = Publication.objects.reachable(acteur_of(request), Permission.PUBLICATIONS_REDIGER)
    recentes = list(
        siennes.order_by("-updated_at").values_list("pk", flat=True)[:_PUBLICATIONS_MAX]
    )
    possibles = Publication.objects.filter(Q(pk__in=liees) | Q(pk__in=recentes)).select_related(
        "courante"
    )
    form = PublicationsForm(
        request.POST or None,
        initial={"publications": sorted(liees)},
        publications=possibles.order_by("-updated_at"),
    )
    if request.method == "POST" and form.is_valid():
        actions.set_publications(
            rencontre, list(form.cleaned_data["publications"]), by=writer_of(request)
        )
        messages.success(request, "Les publications liées sont enregistrées.")
        return redirect("rencontre", pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Publications"),
        "titre": f"Publications\u00a0: {rencontre.titre}",
        "form": form,
        "rencontre": rencontre,
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)
