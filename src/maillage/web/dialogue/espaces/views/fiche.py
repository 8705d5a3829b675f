"""The page of a space: what it decides, who sits there, its dates, its promises, its descent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.agenda import is_in_agenda
from maillage.web.dialogue.contexte import acteur_of
from maillage.web.dialogue.espaces.contenu import load_contenu, tell_finding
from maillage.web.dialogue.espaces.instances import find_instance, load_catalogue
from maillage.web.dialogue.lieux import name_lieu
from maillage.web.dialogue.models import Espace
from maillage.web.droits.permissions import Permission
from maillage.web.regles.droit import avertissement, texte_confiance

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.droits.acteur import Acteur


def find_visible(pk: int, acteur: Acteur) -> Espace:
    """The space that an address names, if the person may read it.

    Raises:
        Http404: there is none that they may.
    """
    espace: Espace | None = Espace.objects.visible(acteur).filter(pk=pk).first()
    if espace is None:
        msg = "no such space"
        raise Http404(msg)
    return espace


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One space."""
    acteur, le = acteur_of(request), timezone.localdate()
    espace = find_visible(pk, acteur)
    contenu = load_contenu(espace, acteur, le)
    interne = acteur.perimetre(Permission.DIALOGUE_INTERNE)
    rencontres = [*contenu.prochaines, *contenu.passees]
    contexte = {
        "fil": breadcrumb(espace),
        "espace": espace,
        "contenu": contenu,
        "constat": tell_finding(contenu),
        "lieu": name_lieu(espace.niveau, espace.territoire),
        "url_lieu": _url_lieu(espace),
        "textes": _textes(espace),
        "sans_jour": sum(not is_in_agenda(r.date, r.precision) for r in rencontres),
        "voit_interne": interne.covers(espace.perimetre),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR, espace),
        "peut_redemander": espace.etat
        in {Espace.Etat.DISPARU, Espace.Etat.EN_SOMMEIL, Espace.Etat.INCONNU},
        "aujourdhui": le,
        "is_connecte": acteur.is_connecte,
    }
    return render(request, "dialogue/espaces/espace.html", contexte)


def breadcrumb(espace: Espace, suite: str = "") -> list[tuple[str, str]]:
    """Where the page stands."""
    fil = [(reverse("dialogue"), "Dialogue"), (reverse("espaces-dialogue"), "Espaces")]
    fil.append((reverse("espace-dialogue", args=[espace.pk]) if suite else "", espace.nom))
    return [*fil, ("", suite)] if suite else fil


def _url_lieu(espace: Espace) -> str:
    niveau = espace.niveau
    code = "FR" if niveau == Niveau.FRANCE.value else espace.territoire
    return reverse("dialogue-territoire", args=[niveau, code])


def _textes(espace: Espace) -> dict[str, Any] | None:
    """What the texts say of the body; None for a space that they do not provide for."""
    instance = find_instance(espace.instance) if espace.instance else None
    if instance is None:
        return None
    return {
        "instance": instance,
        "dits": [
            (d, texte_confiance(d.confiance), avertissement(d.confiance)) for d in instance.dits
        ],
        "missions": [i for i in load_catalogue().values() if instance.code in i.mission_de],
    }
