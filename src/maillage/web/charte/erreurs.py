"""Pages that say what went wrong, in French, with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.errors import (
    Anomalie,
    DonneesIndisponibles,
    Introuvable,
    SaisieInvalide,
    UserError,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AccesRefuse(UserError):
    """What is asked for is understood, and refused."""


class TropDeDemandes(UserError):
    """The same thing was tried too many times.

    Attributes:
        secondes: How long to wait.
    """

    def __init__(self, secondes: int, *anomalies: Anomalie) -> None:
        super().__init__(*anomalies)
        self.secondes = secondes


_STATUTS: tuple[tuple[type[UserError], int, str], ...] = (
    (Introuvable, 404, "Nous n’avons pas trouvé"),
    (SaisieInvalide, 400, "Nous n’avons pas compris la demande"),
    (DonneesIndisponibles, 503, "Les données ne sont pas disponibles"),
    (AccesRefuse, 403, "Cette demande est refusée"),
    (TropDeDemandes, 429, "Trop de tentatives"),
)


def page_erreur(request: HttpRequest, error: UserError) -> HttpResponse:
    """Page of an error that a person can act upon, with its codes and the right status."""
    for famille, statut, titre in _STATUTS:
        if isinstance(error, famille):
            response = _page(request, statut, titre, error.anomalies)
            if isinstance(error, TropDeDemandes):
                response["Retry-After"] = str(error.secondes)
            return response
    return _page(request, 500, "La machine ne permet pas de répondre", error.anomalies)


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """No page has this address."""
    anomalie = Anomalie(
        "MLG-WEB-404",
        f"Aucune page n’a l’adresse {request.path}",
        "Vérifiez l’adresse, ou repartez de la recherche.",
    )
    return _page(request, 404, "Cette page n’existe pas", (anomalie,))


def saisie_invalide(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """The request cannot be read."""
    anomalie = Anomalie(
        "MLG-WEB-400",
        "La demande est mal formée, ou adressée à un nom de machine que le site ne sert pas.",
        "Repartez d’un lien du site. Si vous tenez ce serveur, MAILLAGE_HOTES liste les noms "
        "servis.",
    )
    return _page(request, 400, "Nous n’avons pas compris la demande", (anomalie,))


def refus(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """The request is refused."""
    anomalie = Anomalie(
        "MLG-WEB-403", "Cette demande est refusée.", "Repartez de la page d’accueil."
    )
    return _page(request, 403, "Demande refusée", (anomalie,))


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 — Django's signature
    """A form was sent from elsewhere, or from a page opened before the last sign-in."""
    anomalie = Anomalie(
        "MLG-WEB-419",
        "Ce formulaire a été ouvert avant votre dernière connexion, ou ne vient pas de ce site.",
        "Rien n’a été changé. Revenez à la page, rechargez-la, puis recommencez\u00a0; les cookies "
        "de ce site doivent être acceptés.",
    )
    return _page(request, 403, "Ce formulaire est périmé", (anomalie,))


def panne(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    anomalie = Anomalie(
        "MLG-WEB-500",
        "Le site n’a pas su construire cette page.",
        "Rien n’a été perdu. Réessayez\u00a0; si cela recommence, signalez l’adresse de la page "
        "à qui tient ce serveur.",
    )
    return _page(request, 500, "Une panne de notre côté", (anomalie,))


def _page(
    request: HttpRequest, statut: int, titre: str, anomalies: tuple[Anomalie, ...]
) -> HttpResponse:
    contexte = {"statut": statut, "titre": titre, "anomalies": anomalies}
    response = render(request, "erreur.html", contexte, status=statut)
    response["Cache-Control"] = "no-store"
    return response
