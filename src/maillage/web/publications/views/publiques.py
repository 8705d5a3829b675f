"""What readers find: the list, its search, and a publication in the version of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.utils.safestring import SafeString

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder, guillemets
from maillage.web.droits.permissions import Permission
from maillage.web.publications import recherche
from maillage.web.publications.article import Article, from_rendu, noms_regions
from maillage.web.publications.attaches import list_attaches
from maillage.web.publications.models import Publication, Rendu, Theme
from maillage.web.publications.querysets import audience_of
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.search import excerpt
from maillage.web.publications.views.contexte import get_acteur
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse, QueryDict

    from maillage.web.publications.querysets import RenduQuerySet

PAR_PAGE = 20
_TEXTE_MAX = 100
_THEMES_PROPOSES = 60


@dataclass(frozen=True, slots=True)
class Filtres:
    """What a reader asked for; each part may be empty."""

    texte: str
    nature: str
    theme: str
    annee: str
    region: str

    @classmethod
    def read(cls, query: QueryDict) -> Filtres:
        """Filters of an address."""
        texte = " ".join(query.get("q", "").split())[:_TEXTE_MAX]
        annee = query.get("annee", "")
        return cls(
            texte,
            query.get("nature", ""),
            query.get("theme", ""),
            annee if annee.isascii() and annee.isdigit() else "",
            query.get("region", ""),
        )

    def restrict(self, rendus: RenduQuerySet) -> RenduQuerySet:
        """The publications that answer, text apart."""
        if self.nature:
            rendus = rendus.filter(parution__courante_de__nature=self.nature)
        if self.theme:
            rendus = rendus.filter(themes__slug=self.theme)
        if self.annee:
            rendus = rendus.filter(parution__courante_de__publiee_le__year=int(self.annee[:4]))
        if self.region:
            rendus = rendus.filter(parution__courante_de__region=self.region)
        return rendus

    @property
    def parametres(self) -> str:
        """The filters, as the address of another page keeps them."""
        noms = {"texte": "q"}
        champs = ("texte", "nature", "theme", "annee", "region")
        choisis = {noms.get(c, c): getattr(self, c) for c in champs if getattr(self, c)}
        return f"{urlencode(choisis)}&" if choisis else ""

    @property
    def is_vide(self) -> bool:
        """Whether nothing was asked for."""
        return not self.parametres


@dataclass(frozen=True, slots=True)
class Ligne:
    """One publication of the list, with the extract that answers the search."""

    article: Article
    extrait: SafeString


def liste(request: HttpRequest) -> HttpResponse:
    """Publications that the person may read, newest first, or closest first for a search."""
    now, audience = timezone.now(), audience_of(get_acteur(request))
    filtres = Filtres.read(request.GET)
    rendus = Rendu.objects.lisible(audience, now)
    numeros = _order(filtres, rendus, audience)
    vus, pages = paginate(numeros, request.GET, filtres.parametres, PAR_PAGE)
    contexte = {
        "fil": [("", "Publications")],
        "filtres": filtres,
        "constat": _finding(filtres, len(numeros), audience),
        "lignes": _rows(vus, filtres.texte),
        "pages": pages,
        "is_adherents": audience is Audience.ADHERENTS,
        "peut_rediger": get_acteur(request).may(Permission.PUBLICATIONS_REDIGER),
        **_choices(audience, now),
    }
    return _private(request, render(request, "publications/liste.html", contexte))


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A publication, in the version that the person may read.

    Raises:
        Introuvable: MLG-PUB-231, readers do not find it.
    """
    acteur = get_acteur(request)
    rendu = (
        Rendu.objects.lisible(audience_of(acteur), timezone.now())
        .filter(parution__courante_de__slug=slug)
        .prefetch_related("themes", "parution__pieces__piece")
        .first()
    )
    if rendu is None:
        raise Introuvable(
            Anomalie(
                "MLG-PUB-231",
                f"Aucune publication n’est en ligne à l’adresse {guillemets(slug)}.",
                "Elle a pu être retirée, ou n’est pas encore parue. Cherchez-la dans la liste des "
                "publications.",
                "adresse de la page",
            )
        )
    article = from_rendu(rendu)
    publication = rendu.parution.courante_de
    contexte = {
        "fil": [("/publications/", "Publications"), ("", article.titre)],
        "article": article,
        "publication": publication,
        "attaches": list_attaches(publication, acteur),
        "peut_rediger": acteur.may(Permission.PUBLICATIONS_REDIGER, publication),
        "is_connecte": acteur.is_connecte,
    }
    return _private(request, render(request, "publications/page.html", contexte))


def _private(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What depends on the person is kept by nobody on the way."""
    patch_vary_headers(answer, ["Cookie"])
    if get_acteur(request).is_connecte:
        answer["Cache-Control"] = "private, no-store"
    return answer


def _order(filtres: Filtres, rendus: RenduQuerySet, audience: Audience) -> list[int]:
    """Numbers of the versions that answer, in the order of the list."""
    choisis = filtres.restrict(rendus).values_list("id", "parution__courante_de__id")
    if not filtres.texte:
        return [rendu for rendu, _ in choisis]
    found = recherche.find(audience, filtres.texte)
    rangs = {publication: rang for rang, publication in enumerate(found or ())}
    gardes = [(rangs[publication], rendu) for rendu, publication in choisis if publication in rangs]
    return [rendu for _, rendu in sorted(gardes)]


def _rows(numeros: list[int] | tuple[int, ...] | Any, texte: str) -> list[Ligne]:
    rendus = Rendu.objects.filter(pk__in=list(numeros))
    trouves = {
        r.pk: r
        for r in rendus.select_related("parution__courante_de")
        .defer("html")
        .prefetch_related("themes", "parution__pieces__piece")
    }
    return [_row(trouves[numero], texte) for numero in numeros]


def _row(rendu: Rendu, texte: str) -> Ligne:
    rendu.html = ""  # a list shows none, and reads none
    article = from_rendu(rendu)
    if not texte:
        return Ligne(article, SafeString(escape(article.resume)))
    return Ligne(article, highlight(f"{rendu.chapo}\n{rendu.texte}", texte))


def highlight(texte: str, question: str) -> SafeString:
    """Extract of a text, with the words that answer marked."""
    extrait = excerpt(texte, question)
    morceaux, position = [], 0
    for debut, fin in extrait.surlignages:
        morceaux += [escape(extrait.texte[position:debut]), "<mark>"]
        morceaux += [escape(extrait.texte[debut:fin]), "</mark>"]
        position = fin
    morceaux.append(escape(extrait.texte[position:]))
    return SafeString("".join(morceaux))  # each part went through escape()


def _finding(filtres: Filtres, nombre: int, audience: Audience) -> str:
    """The answer of the page, as a sentence."""
    pour = " dans la version des adhérents" if audience is Audience.ADHERENTS else ""
    if filtres.is_vide and not nombre:
        return "Aucune publication n’est encore parue."
    if not nombre:
        quoi = f"ne répond à {guillemets(filtres.texte)}" if filtres.texte else "n’a ces réglages"
        return f"Aucune publication {quoi}. Essayez d’autres mots, ou enlevez un réglage."
    compte = accorder(nombre, "publication", "publications")
    if filtres.texte:
        return f"{compte} pour {guillemets(filtres.texte)}{pour}, la plus proche d’abord."
    return f"{compte}{pour}, la plus récente d’abord."


def _choices(audience: Audience, now: datetime) -> dict[str, Any]:
    """What the lists of filters offer: only what leads somewhere."""
    lisibles = Publication.objects.lisible(now)
    annees = (
        lisibles.annotate(annee=ExtractYear("publiee_le"))
        .order_by("-annee")
        .values_list("annee", flat=True)
        .distinct()
    )
    regions = set(
        lisibles.exclude(region="").order_by().values_list("region", flat=True).distinct()
    )
    themes = (
        Theme.objects.filter(
            rendu__audience=audience.value,
            rendu__parution__courante_de__publiee_le__lte=now,
            rendu__parution__courante_de__retiree_le__isnull=True,
        )
        .order_by()
        .values("slug", "nom")
        .annotate(nombre=Count("id"))
        .order_by("-nombre", "nom")[:_THEMES_PROPOSES]
    )
    par_slug = {theme["slug"]: theme["nom"] for theme in reversed(themes)}
    return {
        "natures": Publication.Nature.choices,
        "annees": [str(annee) for annee in annees],
        "regions": [(c, nom) for c, nom in noms_regions().items() if c in regions],
        "themes": sorted(par_slug.items(), key=lambda couple: couple[1].casefold()),
    }
