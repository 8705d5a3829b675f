"""Pages of the administration: each is read by a person who is no developer."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.web.accounts.facteurs import remove_second_factors
from maillage.web.accounts.models import Utilisateur
from maillage.web.administration.actions import close_compte, reopen_compte
from maillage.web.administration.etat import examine
from maillage.web.administration.libelles import LIBELLES_ACTIONS, libelle_action
from maillage.web.administration.querysets import (
    filter_journal,
    list_comptes,
    name_authors,
    read_filtre,
)
from maillage.web.administration.reglages import list_reglages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

PAR_PAGE = 50
_COLONNES_CSV = ("instant", "action", "auteur", "objet", "numero", "nom", "details")


def accueil(request: HttpRequest) -> HttpResponse:
    """What needs a hand, and the way to every page of the administration."""
    constats = examine(timezone.now())
    contexte = {"a_faire": [c for c in constats if not c.is_bon], "nombre": len(constats)}
    return render(request, "administration/accueil.html", contexte)


def etat(request: HttpRequest) -> HttpResponse:
    """Everything that was looked at, good or not."""
    return render(request, "administration/etat.html", {"constats": examine(timezone.now())})


def comptes(request: HttpRequest) -> HttpResponse:
    """Accounts: who can sign in, with which second factor, in which roles."""
    texte = request.GET.get("q", "")
    page = Paginator(list_comptes(texte), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page": page, "q": texte, "base": urlencode({"q": texte})}
    return render(request, "administration/comptes.html", contexte)


_GESTES = {
    "fermer": (close_compte, "Le compte est fermé\u202f: la personne ne peut plus se connecter."),
    "rouvrir": (
        reopen_compte,
        "Le compte est rouvert\u202f: la personne doit encore choisir un mot de passe.",
    ),
    "second-facteur": (
        remove_second_factors,
        "Le second facteur est oublié\u202f: la personne en choisira un autre.",
    ),
}


def compte(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, and what can be done to it.

    Raises:
        Http404: no such account, or no such gesture.
        SaisieInvalide: MLG-ADM-002, closing one's own account.
    """
    trouve = list_comptes("").filter(pk=pk).first()
    if trouve is None:
        msg = "no such account"
        raise Http404(msg)
    if request.method == "POST":
        geste = _GESTES.get(request.POST.get("geste", ""))
        if geste is None:
            msg = "no such gesture"
            raise Http404(msg)
        agir, phrase = geste
        agir(Utilisateur.objects.get(pk=pk), by=request.acteur.utilisateur_id)  # type: ignore[attr-defined]  # set by the table of access
        messages.success(request, phrase)
        return redirect("administration-compte", pk=pk)
    return render(request, "administration/compte.html", {"compte": trouve})


def journal(request: HttpRequest) -> HttpResponse:
    """The trail, newest first.

    Raises:
        SaisieInvalide: MLG-ADM-001, a filter cannot be read.
    """
    filtre = read_filtre(request.GET)
    page = Paginator(filter_journal(filtre), PAR_PAGE).get_page(request.GET.get("page"))
    auteurs = name_authors(page.object_list)
    lignes = [
        (ligne, libelle_action(ligne.action), auteurs.get(ligne.by_id or 0, ""))
        for ligne in page.object_list
    ]
    query = {nom: valeur for nom, valeur in request.GET.items() if nom != "page" and valeur}
    contexte = {
        "page": page,
        "lignes": lignes,
        "filtre": request.GET,
        "base": urlencode(query),
        "actions": LIBELLES_ACTIONS,
    }
    return render(request, "administration/journal.html", contexte)


class _Echo:
    """Gives back what the CSV writer writes, line by line."""

    def write(self, ligne: str) -> str:
        """The line itself."""
        return ligne


def journal_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The lines of the trail that answer the filter, as CSV; authors by number only.

    Raises:
        SaisieInvalide: MLG-ADM-001, a filter cannot be read.
    """
    lignes = filter_journal(read_filtre(request.GET))
    reponse = StreamingHttpResponse(_write_csv(lignes), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="journal.csv"'
    reponse["Cache-Control"] = "no-store"
    return reponse


def _write_csv(lignes: Any) -> Iterator[str]:
    ecrit = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + ecrit.writerow(_COLONNES_CSV)
    for ligne in lignes.iterator(chunk_size=1000):
        yield ecrit.writerow(
            (
                ligne.at.isoformat(),
                ligne.action,
                "" if ligne.by_id is None else ligne.by_id,
                ligne.objet_type,
                ligne.objet_id,
                _as_text(ligne.objet_nom),
                ligne.details or "",
            )
        )


def _as_text(texte: str) -> str:
    """The text, that no spreadsheet will run."""
    return f"'{texte}" if texte[:1] in {"=", "+", "-", "@", "\t", "\r"} else texte


def reglages(request: HttpRequest) -> HttpResponse:
    """Settings in force; secrets are not shown."""
    return render(request, "administration/reglages.html", {"reglages": list_reglages()})
