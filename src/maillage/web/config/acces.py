"""Every address and what it asks for, and the middleware that holds to it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from maillage.web.accounts import acces as comptes
from maillage.web.administration import acces as administration
from maillage.web.demonstration import acces as demonstration
from maillage.web.dialogue import acces as dialogue
from maillage.web.droits.acces import Ouverture, admits
from maillage.web.droits.acteur import VISITEUR, Acteur
from maillage.web.economie import acces as economie
from maillage.web.espace import acces as espace
from maillage.web.network import acces as reseau
from maillage.web.network.mandats import load_acteur
from maillage.web.panel import acces as panel
from maillage.web.pilotage import acces as pilotage
from maillage.web.publications import acces as publications
from maillage.web.questionnaire import acces as questionnaire
from maillage.web.regles import acces as regles
from maillage.web.territoires import acces as territoires

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from maillage.web.droits.acces import Acces
    from maillage.web.droits.acteur import Rattache

_ROLES = "roles"
"""Key of the session: the roles that it has been serving."""

_APPLICATIONS = (
    comptes,
    reseau,
    pilotage,
    economie,
    panel,
    territoires,
    regles,
    publications,
    questionnaire,
    dialogue,
    espace,
    administration,
    demonstration,
)


@cache
def all_routes() -> Mapping[str, Acces]:
    """What each address asks for, by name.

    Raises:
        ValueError: two applications give the same name to an address.
    """
    routes: dict[str, Acces] = {}
    for application in _APPLICATIONS:
        doubles = routes.keys() & application.ROUTES.keys()
        if doubles:
            msg = f"two applications name an address alike: {sorted(doubles)}"
            raise ValueError(msg)
        routes.update(application.ROUTES)
    return routes


@cache
def all_objets() -> Mapping[str, Callable[[int | str], Rattache]]:
    """How the thing that an address names is found, by kind."""
    objets: dict[str, Callable[[int | str], Rattache]] = {}
    for application in _APPLICATIONS:
        objets.update(getattr(application, "OBJETS", {}))
    return objets


class AccesMiddleware:
    """Lets through what the table allows, and nothing else.

    Sets `request.acteur`, who is asking, and `request.objet`, the thing that the address names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        request.acteur = SimpleLazyObject(lambda: _load(request))  # type: ignore[attr-defined]
        request.doit_second_facteur = False  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Open or refuse the address.

        Raises:
            PermissionDenied: the table does not allow it, or does not know the address.
            Http404: the address names nothing.
        """
        del view, args
        nom = request.resolver_match.view_name if request.resolver_match else ""
        acces = all_routes().get(nom)
        if acces is None:
            _note_refusal(request)
            msg = f"address {nom!r} is in no table"
            raise PermissionDenied(msg)
        demande = acces.required(request.method or "GET")
        if demande is Ouverture.PUBLIC and not acces.objet:
            return None
        acteur: Acteur = request.acteur  # type: ignore[attr-defined]
        if demande is not Ouverture.PUBLIC and not acteur.is_connecte:
            return redirect_to_login(request.get_full_path())
        if request.doit_second_facteur and nom not in comptes.SANS_SECOND_FACTEUR:  # type: ignore[attr-defined]
            return _ask_second_factor(request)
        objet = all_objets()[acces.objet](kwargs[acces.parametre]) if acces.objet else None
        if not admits(demande, acteur, objet):
            _note_refusal(request)
            msg = "the table does not allow it"
            raise PermissionDenied(msg)
        request.objet = objet  # type: ignore[attr-defined]
        return None


def _note_refusal(request: HttpRequest) -> None:
    """Mark a refusal of the table, which the tests tell from those of a page itself."""
    request.is_refuse_par_la_table = True  # type: ignore[attr-defined]


def _load(request: HttpRequest) -> Acteur:
    """Who is asking. Without a second factor, a member of staff has no role yet, anywhere."""
    utilisateur = request.user
    if not utilisateur.is_authenticated:
        return VISITEUR
    acteur = load_acteur(utilisateur.pk, timezone.localdate())
    if acteur.is_staff and comptes.lacks_second_factor(request):
        request.doit_second_facteur = True  # type: ignore[attr-defined]
        return Acteur(utilisateur.pk)
    _rotate_on_new_roles(request, acteur)
    return acteur


def _rotate_on_new_roles(request: HttpRequest, acteur: Acteur) -> None:
    """Change the key of the session when what it may do has changed since the last request."""
    roles = sorted(f"{m.role.value} {m.organisation_id} {m.region}" for m in acteur.mandats)
    avant = request.session.get(_ROLES)
    if avant == roles:
        return
    request.session[_ROLES] = roles
    if avant is not None:
        request.session.cycle_key()


def _ask_second_factor(request: HttpRequest) -> HttpResponseBase:
    """The page that says why and what to do; where the person was going is kept for after."""
    if request.method == "GET":
        request.session[comptes.SUITE] = request.get_full_path()
    return redirect("mfa_index")
