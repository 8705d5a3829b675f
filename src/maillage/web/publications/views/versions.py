"""The texts that were saved, one by one, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from maillage.web.accounts.models import Utilisateur
from maillage.web.publications.models import Parution, VersionTexte
from maillage.web.publications.views.contexte import get_publication
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

_PAR_PAGE = 50
_ENTOURAGE = 2


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """A line of a comparison.

    Attributes:
        genre: « ajout », « retrait », « pareil » or « coupe » for lines left out.
        texte: What it says.
    """

    genre: str
    texte: str


def liste(request: HttpRequest, pk: int) -> HttpResponse:
    """Every saved text, newest first, with its author and its reason."""
    del pk
    publication = get_publication(request)
    textes = list(publication.versions_texte.defer("corps", "chapo"))
    vus, pages = paginate(textes, request.GET, "", _PAR_PAGE)
    noms = _names(vus)
    parues = set(
        Parution.objects.filter(texte__publication=publication).values_list("texte_id", flat=True)
    )
    contexte = {
        "fil": _trail(publication.pk, "Versions"),
        "publication": publication,
        "versions": [(v, noms.get(v.by_id or 0, "—"), v.pk in parues) for v in vus],
        "pages": pages,
    }
    return render(request, "publications/versions.html", contexte)


def page(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """One saved text, and what it changed from the one before."""
    del pk
    publication = get_publication(request)
    version = get_object_or_404(publication.versions_texte, numero=numero)
    avant = publication.versions_texte.filter(numero=numero - 1).first()
    contexte = {
        "fil": _trail(publication.pk, f"Version {numero}"),
        "publication": publication,
        "version": version,
        "auteur": _names([version]).get(version.by_id or 0, "—"),
        "avant": avant,
        "lignes": compare(write_out(avant) if avant else "", write_out(version)),
    }
    return render(request, "publications/version.html", contexte)


def _names(versions: Iterable[VersionTexte]) -> dict[int, str]:
    numeros = {v.by_id for v in versions if v.by_id}
    return {u.pk: u.nom_complet for u in Utilisateur.objects.filter(pk__in=numeros)}


def _trail(pk: int, titre: str) -> list[tuple[str, str]]:
    return [
        ("/publications/", "Publications"),
        ("/publications/redaction/", "Rédaction"),
        (f"/publications/redaction/{pk}/", "Texte"),
        ("", titre),
    ]


def write_out(version: VersionTexte) -> str:
    """A whole text as lines, so that two can be compared."""
    return (
        f"Titre : {version.titre}\nChapo : {version.chapo}\nThèmes : {version.themes}\n"
        f"Cacher les montants : {'oui' if version.masquer_montants else 'non'}\n"
        f"Cacher les noms : {'oui' if version.masquer_noms else 'non'}\n\n{version.corps}"
    )


def compare(avant: str, apres: str) -> list[LigneComparee]:
    """Lines added and removed between two texts, with a few lines around each change."""
    a, b = avant.splitlines(), apres.splitlines()
    found: list[LigneComparee] = []
    groupes = SequenceMatcher(a=a, b=b, autojunk=False).get_grouped_opcodes(_ENTOURAGE)
    for rang, groupe in enumerate(groupes):
        if rang:
            found.append(LigneComparee("coupe", "…"))
        for genre, a1, a2, b1, b2 in groupe:
            if genre == "equal":
                found += [LigneComparee("pareil", ligne) for ligne in b[b1:b2]]
                continue
            found += [LigneComparee("retrait", ligne) for ligne in a[a1:a2]]
            found += [LigneComparee("ajout", ligne) for ligne in b[b1:b2]]
    return found
