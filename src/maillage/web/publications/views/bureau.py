"""The desk of those who write: their texts, where each stands, and the same list as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.web.droits.permissions import Permission
from maillage.web.network.pages.organisations import answer_file
from maillage.web.publications.article import noms_regions
from maillage.web.publications.models import Publication
from maillage.web.publications.views.contexte import get_acteur
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.web.publications.querysets import PublicationQuerySet

_PAR_PAGE = 50
_ORDRE = ("-updated_at", "-id")
_PROGRAMMEE = "programmee"
_EN_LIGNE = "en_ligne"


def liste(request: HttpRequest) -> HttpResponse:
    """Publications that the person may write, those that wait first, with where each stands."""
    now = timezone.now()
    toutes = _reachable(request)
    etat = request.GET.get("etat", "")
    choisies = _restrict(toutes, etat).select_related("courante", "auteur", "parution")
    numeros = list(choisies.order_by(*_ORDRE).values_list("id", flat=True))
    vus, pages = paginate(numeros, request.GET, f"etat={etat}&" if etat else "", _PAR_PAGE)
    lues = {p.pk: p for p in choisies.filter(pk__in=list(vus))}
    contexte = {
        "fil": [("/publications/", "Publications"), ("", "Rédaction")],
        "lignes": [
            (
                lues[n],
                noms_regions().get(lues[n].region, ""),
                lues[n].is_lisible(now),
                lues[n].is_programmee(now),
            )
            for n in vus
        ],
        "etats": _counted(toutes),
        "etat": etat,
        "adresse_fichier": "/publications/redaction/liste",
        "parametres_fichier": f"?etat={quote(etat)}" if etat else "",
        "pages": pages,
        "constat": _finding(toutes),
        "a_relire": Publication.Etat.A_RELIRE,
    }
    return render(request, "publications/redaction.html", contexte)


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    now = timezone.now()
    choisies = _restrict(_reachable(request), request.GET.get("etat", ""))
    lues = choisies.select_related("courante", "auteur").order_by(*_ORDRE)
    return answer_file("publications", extension, [_row(p, now) for p in lues])


def _reachable(request: HttpRequest) -> PublicationQuerySet:
    found: PublicationQuerySet = Publication.objects.reachable(
        get_acteur(request), Permission.PUBLICATIONS_REDIGER
    )
    return found


def _row(publication: Publication, now: datetime) -> Rangee:
    return {
        "titre": publication.courante.titre if publication.courante else None,
        "nature": publication.get_nature_display(),
        "etat_du_texte": publication.get_etat_display(),
        "pour_les_lecteurs": _tell_readers(publication, now),
        "date_parution": _day(publication.publiee_le),
        "date_retrait": _day(publication.retiree_le),
        "region": noms_regions().get(publication.region) or "tout le réseau",
        "auteur": publication.auteur.nom_complet if publication.auteur else "compte supprimé",
        "modifiee_le": _day(publication.updated_at),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}/publications/{publication.slug}/"
        if publication.slug
        else None,
    }


def _day(instant: datetime | None) -> str | None:
    return f"{timezone.localtime(instant):%Y-%m-%d}" if instant else None


def _tell_readers(publication: Publication, now: datetime) -> str:
    if publication.is_lisible(now):
        return "en ligne"
    if publication.is_programmee(now):
        return "programmée"
    return "retirée" if publication.retiree_le else "pas encore"


def _restrict(publications: PublicationQuerySet, etat: str) -> PublicationQuerySet:
    now = timezone.now()
    if etat == _PROGRAMMEE:
        return publications.filter(publiee_le__gt=now, retiree_le__isnull=True)
    if etat == _EN_LIGNE:
        return publications.lisible(now)
    return publications.filter(etat=etat) if etat else publications


def _counted(publications: PublicationQuerySet) -> list[tuple[str, str, int]]:
    """Code, name and number of publications of each choice of the list."""
    par_etat = dict(publications.order_by().values_list("etat").annotate(Count("id")))
    choix = [
        (code, nom, par_etat.get(code, 0))
        for code, nom in Publication.Etat.choices
        if code != Publication.Etat.PUBLIEE
    ]
    choix.append((_PROGRAMMEE, "programmée", _restrict(publications, _PROGRAMMEE).count()))
    choix.append((_EN_LIGNE, "en ligne", _restrict(publications, _EN_LIGNE).count()))
    return choix


def _finding(publications: PublicationQuerySet) -> str:
    attendent = publications.filter(etat=Publication.Etat.A_RELIRE).count()
    if attendent:
        return f"{accorder(attendent, 'texte attend', 'textes attendent')} une relecture."
    return "Aucun texte n’attend de relecture."
