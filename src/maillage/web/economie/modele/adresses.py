"""The model and the version that an address names, among those of the structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from maillage.web.droits.permissions import LIBELLES_ROLES, Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.economie.models import ModeleEconomique, VersionDeModele
    from maillage.web.network.models import Organisation


def get_version(request: HttpRequest, organisation: Organisation, numero: int) -> VersionDeModele:
    """The version that `?version=` names, or the last one.

    Raises:
        Http404: the structure has no such model, or the model no such version.
    """
    modele = get_modele(organisation, numero)
    voulue = request.GET.get("version", "")
    versions = modele.versions.all()
    if voulue:
        versions = versions.filter(numero=int(voulue)) if is_rang(voulue) else versions.none()
    version = versions.first()
    if version is None:
        raise Http404
    version.modele = modele
    return version


def get_modele(organisation: Organisation, numero: int) -> ModeleEconomique:
    """A model of the structure; another structure's does not exist here.

    Raises:
        Http404: it has no such model.
    """
    modele: ModeleEconomique = get_object_or_404(organisation.modeles_economiques.all(), pk=numero)
    return modele


def is_rang(texte: str) -> bool:
    """Whether a text is a small whole number."""
    return texte.isascii() and texte.isdigit() and len(texte) <= 9  # noqa: PLR2004 — what the base holds


def name_auteur(version: VersionDeModele) -> str:
    """What whoever wrote a version is, never who."""
    return LIBELLES_ROLES[Role(version.role)] if version.role else "le site"
