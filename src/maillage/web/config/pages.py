"""What every answer goes through: the memory of pages already drawn, and errors told in French.

A page of public figures depends on its address and on the version of the atlas, which does not
change during the life of a process: once drawn it is kept, compressed, with its ETag. Only the
addresses that the table of access names are kept, and nothing personal is ever in them: the corner
of the page that says who is signed in is put in afterwards, for each reader.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe

from maillage.kernel.errors import UserError
from maillage.kernel.francais import format_date
from maillage.web.charte import erreurs
from maillage.web.config.acces import all_routes
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from maillage.web.droits.acces import Acces

PLAFOND_OCTETS = 96 * 1024 * 1024
"""Memory that kept pages may take in one worker."""
_MIN_COMPRESSION = 1024
_COMPRESSIBLES = ("text/", "image/svg", "application/json")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer kept: what goes on the wire."""

    corps: bytes
    compresse: bytes | None
    entetes: tuple[tuple[str, str], ...]
    etag: str

    @property
    def taille(self) -> int:
        """Bytes that it takes."""
        return len(self.corps) + len(self.compresse or b"")


class Memoire:
    """Pages kept, the longest unused dropped first."""

    def __init__(self, plafond: int = PLAFOND_OCTETS) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._plafond = plafond
        self.taille = 0

    def get(self, cle: str) -> Page | None:
        """Page kept under that key, or None."""
        page = self._pages.get(cle)
        if page is not None:
            self._pages.move_to_end(cle)
        return page

    def put(self, cle: str, page: Page) -> None:
        """Keep a page, dropping others when there is no room left."""
        ancienne = self._pages.pop(cle, None)
        self.taille += page.taille - (ancienne.taille if ancienne else 0)
        self._pages[cle] = page
        while self.taille > self._plafond and len(self._pages) > 1:
            self.taille -= self._pages.popitem(last=False)[1].taille


class PageMiddleware:
    """Answers from memory, with ETag, conditional requests and compression."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.memoire = Memoire()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        acces = _find_acces(request)
        if request.method not in {"GET", "HEAD"} or acces is None or not acces.en_memoire:
            return self.get_response(request)
        response = self._get(request, acces)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def _get(self, request: HttpRequest, acces: Acces) -> HttpResponseBase:
        """Answer with its body, from memory when it is there."""
        cle = f"{timezone.localdate()} {request.get_host()} {request.get_full_path()}"
        if acces.version is not None:
            cle += f" {acces.version()}"
        with donnees.VERROU:
            page = self.memoire.get(cle)
            if page is None:
                response = self.get_response(request)
                if not _is_keepable(response):
                    return response
                page = _keep(response)
                if not settings.DEBUG:
                    self.memoire.put(cle, page)
        return _answer(request, page)


def _is_common(request: HttpRequest) -> bool:
    """Whether the table of access says that the page is the same for everybody."""
    acces = _find_acces(request)
    return acces is not None and acces.en_memoire


def _find_acces(request: HttpRequest) -> Acces | None:
    """What the table of access says of the address; None when it knows none."""
    try:
        return all_routes().get(resolve(request.path_info).view_name)
    except Resolver404:
        return None


def _is_keepable(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200  # noqa: PLR2004 — HTTP's own number
        and response.headers.get("Cache-Control") != "no-store"
        and not response.cookies
    )


def _keep(response: HttpResponseBase) -> Page:
    assert isinstance(response, HttpResponse)  # noqa: S101 — narrowed by _is_keepable
    corps = response.content
    nature = response.headers["Content-Type"]
    compressible = len(corps) > _MIN_COMPRESSION and nature.startswith(_COMPRESSIBLES)
    # mtime=0: the same page is the same bytes
    compresse = gzip.compress(corps, 4, mtime=0) if compressible else None
    response.headers.setdefault("Cache-Control", "no-cache")
    entetes = tuple(response.items())
    return Page(corps, compresse, entetes, f'W/"{hashlib.sha256(corps).hexdigest()[:32]}"')


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    connus = request.headers.get("If-None-Match", "")
    answer: HttpResponse
    coin = _bloc_compte(request)
    if coin:
        answer = HttpResponse(page.corps.replace(COIN_VISITEUR.encode(), coin.encode()))
    elif page.etag in [etag.strip() for etag in connus.split(",")]:
        answer = HttpResponseNotModified()
    elif page.compresse is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(page.compresse)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(page.corps)
    for nom, valeur in page.entetes:
        if nom != "Content-Length":
            answer[nom] = valeur
    if coin:
        answer["Cache-Control"] = "no-store"
    else:
        answer["ETag"] = page.etag
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer


COIN_VISITEUR = '<a class="compte" href="/compte/login/">Se connecter</a>'
"""Corner of the page of somebody who has not signed in."""


def _bloc_compte(request: HttpRequest) -> str:
    """Corner of the page of the person signed in; empty for a visitor, without any query."""
    # an error met before anybody is known still has its page
    connu = getattr(request, "user", None)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or connu is None:
        return ""
    if not connu.is_authenticated:
        return ""
    if "CSRF_COOKIE" not in request.META:
        # a page from memory is answered before that middleware: its form would bear another token
        _LECTURE_CSRF.process_request(request)
    contexte = {"utilisateur": connu, "csrf_token": get_token(request)}
    return render_to_string("charte/compte.html", contexte)


_LECTURE_CSRF = CsrfViewMiddleware(lambda _request: HttpResponse())


class ErreurMiddleware:
    """Turns a `UserError` into a page that says what happened and the way out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """French page for the errors that a person can act upon; None for the others."""
        return erreurs.page_erreur(request, error) if isinstance(error, UserError) else None


NAVIGATION = (
    ("/territoires/", "Territoires"),
    ("/cibles-2022/", "Cibles 2022"),
    ("/pilotage/", "Pilotage"),
    ("/regles/", "Règles"),
    ("/dialogue/", "Dialogue"),
    ("/publications/", "Publications"),
    ("/espace/", "Espace adhérents"),
)


def _section(chemin: str) -> str:
    """Entry of the navigation that the page belongs to; empty for the home page."""
    return next((adresse for adresse, _ in NAVIGATION if chemin.startswith(adresse)), "")


@cache
def version_statique() -> str:
    """Hash of our own static files, so that a browser never keeps those of another version."""
    fichiers = sorted(f for f in Path(__file__).parents[1].glob("*/static/**/*") if f.is_file())
    contenu = b"".join(fichier.read_bytes() for fichier in fichiers)
    return hashlib.sha256(contenu).hexdigest()[:12]


def _adresse(request: HttpRequest) -> str:
    """Address to print; the path alone when the host is not one that we serve."""
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return request.path


def contexte(request: HttpRequest) -> dict[str, object]:
    """What every template needs: address and date for the printed page."""
    return {
        "navigation": NAVIGATION,
        "section_active": _section(request.path),
        "version_statique": version_statique(),
        "adresse_page": _adresse(request),
        "date_page": format_date(timezone.localdate()),
        # a page kept in memory is drawn for a visitor, and the corner is put in afterwards
        "bloc_compte": mark_safe(  # noqa: S308 — our own template, escaped there
            COIN_VISITEUR if _is_common(request) else _bloc_compte(request) or COIN_VISITEUR
        ),
        "is_demonstration": settings.DEMONSTRATION,
    }
