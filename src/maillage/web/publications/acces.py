"""What the addresses of this application ask for, and how a publication that one names is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission
from maillage.web.publications.models import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache


def find_publication(pk: object) -> Publication:
    """The publication that an address of the editors names.

    Raises:
        Http404: there is none.
    """
    publication: Publication | None = (
        Publication.objects.select_related("courante", "parution", "auteur").filter(pk=pk).first()
    )
    if publication is None:
        msg = "no such publication"
        raise Http404(msg)
    return publication


OBJETS: Mapping[str, Callable[[object], Rattache]] = {"publication": find_publication}
"""How the thing that an address names is found, by kind."""

_PUBLIC = Acces(Ouverture.PUBLIC)
_CONNECTE = Acces(Ouverture.CONNECTE)
_REDIGER = Acces(Permission.PUBLICATIONS_REDIGER)
_SON_TEXTE = Acces(Permission.PUBLICATIONS_REDIGER, objet="publication")
_PUBLIER = Acces(Permission.PUBLICATIONS_PUBLIER, objet="publication")

ROUTES: Mapping[str, Acces] = {
    "publications": _PUBLIC,
    "publication": _PUBLIC,
    "publications-flux": _PUBLIC,
    "publications-flux-personnel": _PUBLIC,
    "publication-piece": _PUBLIC,
    "publications-desabonnement": _PUBLIC,
    "publications-abonnements": _CONNECTE,
    "publications-flux-renouveler": _CONNECTE,
    "publications-flux-fermer": _CONNECTE,
    "redaction": _REDIGER,
    "redaction-fichier": _REDIGER,
    "redaction-nouvelle": _REDIGER,
    "redaction-chiffres": _REDIGER,
    "redaction-texte": _SON_TEXTE,
    "redaction-apercu": _SON_TEXTE,
    "redaction-saisie": _SON_TEXTE,
    "redaction-soumettre": _SON_TEXTE,
    "redaction-versions": _SON_TEXTE,
    "redaction-version": _SON_TEXTE,
    "redaction-piece": _SON_TEXTE,
    "redaction-piece-changer": _SON_TEXTE,
    "redaction-renvoyer": _PUBLIER,
    "redaction-publier": _PUBLIER,
    "redaction-retirer": _PUBLIER,
}
