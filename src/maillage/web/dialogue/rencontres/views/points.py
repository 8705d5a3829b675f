"""Items of a meeting: written one by one, then the decision, item by item, of who reads what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from maillage.kernel.francais import accorder, join_fr
from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.models import Point, Visibilite
from maillage.web.dialogue.rencontres.actions.points import ConflitDePoint, add_point, save_point
from maillage.web.dialogue.rencontres.contenu import LIBELLES
from maillage.web.dialogue.rencontres.forms_points import PointForm, read_partage
from maillage.web.dialogue.rencontres.requete import rencontre_of
from maillage.web.dialogue.rencontres.views.fiche import breadcrumb, writer_of
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Rencontre

_CONFLIT = 409


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new item."""
    del pk
    rencontre = rencontre_of(request)
    depart = {"nature": request.GET.get("nature", Point.Nature.ORDRE_DU_JOUR)}
    form = PointForm(
        request.POST or None, initial=depart, rencontre=rencontre, acteur=acteur_of(request)
    )
    if request.method == "POST" and form.is_valid():
        add_point(rencontre, contenu=form.contenu, by=writer_of(request))
        messages.success(request, "Le point est ajouté.")
        suite = "rencontre-point-ajouter" if "encore" in request.POST else "rencontre"
        return redirect(suite, pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Ajouter un point"),
        "titre": "Ajouter un point",
        "form": form,
        "rencontre": rencontre,
        "encore": True,
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)


def modify(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Change an item, or withdraw it; of two people who save at once, the second sees both texts."""
    del pk
    rencontre = rencontre_of(request)
    choisi = get_object_or_404(rencontre.points.all(), pk=point)
    if request.method == "POST" and request.POST.get("geste") in {"retirer", "remettre"}:
        return _withdraw(request, choisi)
    form = PointForm(
        request.POST or None,
        initial=PointForm.initial_of(choisi),
        rencontre=rencontre,
        acteur=acteur_of(request),
        point=choisi,
    )
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base"] or 0
        try:
            save_point(choisi, contenu=form.contenu, base=base, by=writer_of(request))
        except ConflitDePoint as conflit:
            return _conflict(request, rencontre, conflit)
        messages.success(request, "Le point est enregistré.")
        return redirect("rencontre", pk=rencontre.pk)
    contexte = {
        "fil": breadcrumb(rencontre, "Modifier un point"),
        "titre": "Modifier un point",
        "form": form,
        "rencontre": rencontre,
        "point": choisi,
    }
    return render(request, "dialogue/rencontres/formulaire.html", contexte)


def _withdraw(request: HttpRequest, point: Point) -> HttpResponse:
    is_retrait = request.POST["geste"] == "retirer"
    # withdrawing is undone by one click: it needs no base
    save_point(point, contenu={"retire": is_retrait}, base=point.revision, by=writer_of(request))
    if is_retrait:
        messages.success(request, "Le point est retiré. Son histoire reste, et il peut être remis.")
        return redirect("rencontre-point-versions", pk=point.rencontre_id, point=point.pk)
    messages.success(request, "Le point est remis.")
    return redirect("rencontre", pk=point.rencontre_id)


def _conflict(request: HttpRequest, rencontre: Rencontre, conflit: ConflitDePoint) -> HttpResponse:
    """Both texts side by side, and the way to keep either or to join them: nothing is lost."""
    donnees = request.POST.copy()
    donnees["base"] = str(conflit.point.revision)
    auteur = Utilisateur.objects.filter(pk=conflit.point.updated_by_id or 0).first()
    contexte = {
        "fil": breadcrumb(rencontre, "Deux textes"),
        "rencontre": rencontre,
        "point": conflit.point,
        "champs": join_fr(LIBELLES[champ] for champ in conflit.champs),
        "mien": request.POST.get("texte", ""),
        "auteur": auteur,
        "form": PointForm(
            donnees, rencontre=rencontre, acteur=acteur_of(request), point=conflit.point
        ),
    }
    return render(request, "dialogue/rencontres/conflit.html", contexte, status=_CONFLIT)


def versions(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Every state in which an item was saved, newest first."""
    del pk
    rencontre = rencontre_of(request)
    choisi = get_object_or_404(rencontre.points.all(), pk=point)
    etats = list(choisi.versions.all())
    noms = Utilisateur.objects.in_bulk({v.by_id for v in etats if v.by_id})
    lignes = [
        {
            "version": v,
            "auteur": noms.get(v.by_id or 0),
            "nature": Point.Nature(v.contenu["nature"]).label,
            "visibilite": Visibilite(v.contenu["visibilite"]).label,
        }
        for v in etats
    ]
    contexte = {
        "fil": breadcrumb(rencontre, "Histoire d’un point"),
        "rencontre": rencontre,
        "point": choisi,
        "lignes": lignes,
        "constat": f"{accorder(len(etats), 'état enregistré', 'états enregistrés')}, le dernier d’abord.",
    }
    return render(request, "dialogue/rencontres/versions.html", contexte)


def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reads what: every item with its level, decided on one page."""
    del pk
    rencontre = rencontre_of(request)
    points = list(rencontre.points.kept().select_related("locuteur").order_by("ordre", "id"))
    if request.method == "POST":
        return _share(request, rencontre, points)
    contexte = {
        "fil": breadcrumb(rencontre, "Qui lit quoi"),
        "rencontre": rencontre,
        "points": points,
        "niveaux": Visibilite.choices,
        "constat": _tell_sharing(points),
    }
    return render(request, "dialogue/rencontres/partage.html", contexte)


def _share(request: HttpRequest, rencontre: Rencontre, points: list[Point]) -> HttpResponse:
    lus = read_partage(request.POST, points)
    changes, heurts = 0, []
    for point in points:
        if point.pk not in lus:
            continue
        choix, base = lus[point.pk]
        try:
            apres = save_point(
                point, contenu={"visibilite": choix}, base=base, by=writer_of(request)
            )
        except ConflitDePoint as conflit:
            heurts.append(conflit.point)
            continue
        changes += apres.revision != point.revision
    if changes:
        quoi = accorder(changes, "point a changé de lecteurs", "points ont changé de lecteurs")
        messages.success(request, f"{quoi}.")
    for point in heurts:
        messages.error(
            request,
            f"Quelqu’un a choisi «\u00a0{point.get_visibilite_display()}\u00a0» pour «\u00a0"
            f"{point.texte[:60]}\u00a0» pendant que vous décidiez\u00a0: vérifiez-le ci-dessous.",
        )
    return redirect("rencontre-partage" if heurts else "rencontre", pk=rencontre.pk)


def _tell_sharing(points: list[Point]) -> str:
    if not points:
        return "Aucun point n’est encore noté."
    internes = sum(p.visibilite == Visibilite.INTERNE for p in points)
    total = accorder(len(points), "point", "points")
    if not internes:
        return f"{total}, tous partagés."
    return f"{total}, dont {accorder(internes, 'interne', 'internes')}\u00a0: rien n’est lu sans l’avoir été décidé."
