"""Offices: who held them, what they promised, what is asked of them and owed to them.

Staff open it the day a minister is named: « what did the one who left promise, and who takes it over? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.web.dialogue.engagements.filtres import load_page, name_lieu
from maillage.web.dialogue.engagements.lecture import (
    Nommage,
    tell_charge_since,
    tell_pending,
    tell_statut,
    visible_charges,
)
from maillage.web.dialogue.engagements.requete import acteur_of
from maillage.web.dialogue.engagements.succession import chain_of, holder_on
from maillage.web.dialogue.engagements.views.liste import COLONNES, row_of
from maillage.web.dialogue.models import Charge, Engagement, Reprise, Titulaire
from maillage.web.droits.permissions import Permission
from maillage.web.territoires.tables import Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.web.droits.acteur import Acteur

_PAR_PAGE = 50
_COLONNES = (
    Colonne("intitule", "Charge", droite=False),
    Colonne("titulaire", "Qui la tient", droite=False),
    Colonne("lieu", "Territoire", droite=False),
    Colonne("promesses", "Promesses ouvertes"),
    Colonne("reprises", "À faire reprendre"),
)


def liste(request: HttpRequest) -> HttpResponse:
    """Every office, with who holds it and what it answers for."""
    acteur = acteur_of(request)
    found = list(visible_charges(acteur).values_list("pk", flat=True).order_by("intitule", "pk"))
    vus, pages = paginate(found, request.GET, "", _PAR_PAGE)
    nommage = Nommage(acteur, [])
    lignes = [_charge_row(charge, nommage) for charge in _load(acteur, list(vus))]
    contexte = {
        "fil": [("/dialogue/engagements/", "Engagements"), ("", "Charges publiques")],
        "constat": _list_finding(acteur, len(found)),
        "tableau": render_table("Charges publiques", _COLONNES, lignes),
        "pages": pages,
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR),
    }
    return render(request, "dialogue/engagements/charges.html", contexte)


def _load(acteur: Acteur, pks: list[int]) -> list[Charge]:
    lisibles = Engagement.objects.visible(acteur).ouverts()
    promesses = _counts(lisibles.filter(sens="public", porteur__in=pks), "porteur")
    attendues = Reprise.objects.filter(
        vers__in=pks,
        etat=Reprise.Etat.PROPOSEE,
        entrant__date_fin__isnull=True,
        engagement__in=lisibles,
    )
    reprises = _counts(attendues, "vers")
    rang = {pk: place for place, pk in enumerate(pks)}
    courants = Titulaire.objects.filter(date_fin__isnull=True)
    charges = Charge.objects.filter(pk__in=pks).prefetch_related(
        Prefetch("titulaires", queryset=courants, to_attr="courants")
    )
    for charge in charges:
        charge.promesses = promesses.get(charge.pk, 0)  # type: ignore[attr-defined]  # for the row
        charge.attendues = reprises.get(charge.pk, 0)  # type: ignore[attr-defined]  # for the row
    return sorted(charges, key=lambda charge: rang[charge.pk])


def _counts(lignes: Any, champ: str) -> dict[int, int]:
    return dict(lignes.order_by().values_list(champ).annotate(nombre=Count("pk")))


def _charge_row(charge: Charge, nommage: Nommage) -> Ligne:
    courants: list[Titulaire] = charge.courants  # type: ignore[attr-defined]  # prefetched
    qui = nommage.holder(courants[0]) if courants else ""
    vacante = "nommé par aucune page publique" if courants else "personne de connu"
    return Ligne(
        (
            lien_texte(reverse("charge", args=[charge.pk]), charge.intitule),
            texte(qui or ("sans objet" if charge.date_fin else vacante)),
            texte(name_lieu(charge.niveau, charge.territoire)),
            texte(str(charge.promesses)),  # type: ignore[attr-defined]  # set by _load
            texte(str(charge.attendues)),  # type: ignore[attr-defined]  # set by _load
        )
    )


def _list_finding(acteur: Acteur, nombre: int) -> str:
    if not nombre:
        return "Aucune charge publique n’est encore connue."
    lisibles = Engagement.objects.visible(acteur).ouverts()
    attendues = Reprise.objects.filter(
        etat=Reprise.Etat.PROPOSEE, entrant__date_fin__isnull=True, engagement__in=lisibles
    ).count()
    compte = accorder(nombre, "charge publique", "charges publiques")
    if not attendues:
        return f"{compte}\u202f; aucun engagement n’attend d’être repris."
    reste = accorder(attendues, "engagement reste", "engagements restent")
    return f"{compte}\u202f; {reste} à faire reprendre par qui vient d’arriver."


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: its holders in order, what it promised, what is asked of it and owed to it.

    Raises:
        Http404: there is none, or it is not for them.
    """
    acteur, le = acteur_of(request), timezone.localdate()
    charge = visible_charges(acteur).select_related("predecesseur").filter(pk=pk).first()
    if charge is None:
        msg = "no such office for this person"
        raise Http404(msg)
    lisibles = Engagement.objects.visible(acteur)
    chaine = [c.pk for c in chain_of(charge)]
    engagements = load_page(
        lisibles,
        list(
            lisibles.filter(Q(charge__in=chaine) | Q(porteur=charge)).values_list("pk", flat=True)
        ),
    )
    nommage = Nommage(acteur, [*chaine, *(e.charge_id for e in engagements)])
    en_fonction = holder_on(charge, None)
    reprises = _takeovers(charge, lisibles)
    attendues = [r for r in reprises if _awaits(r, en_fonction)]
    contexte = {
        "fil": [
            ("/dialogue/engagements/", "Engagements"),
            ("/dialogue/engagements/charges/", "Charges publiques"),
            ("", charge.intitule),
        ],
        "charge": charge,
        "constat": _page_finding(charge, nommage.holder(en_fonction), engagements, attendues),
        "lieu": name_lieu(charge.niveau, charge.territoire),
        "titulaires": [
            (nommage.holder(t), tell_charge_since(t), t.source_url) for t in charge.titulaires.all()
        ],
        "successeurs": visible_charges(acteur).filter(predecesseur=charge),
        "attendues": [(r, tell_statut(r.engagement.sens, r.engagement.statut)) for r in attendues],
        "decidees": [_told(r, en_fonction, nommage) for r in reprises if r not in attendues],
        "tables": _tables(engagements, nommage, le),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR, charge),
    }
    return render(request, "dialogue/engagements/charge.html", contexte)


def _takeovers(charge: Charge, lisibles: QuerySet[Engagement]) -> list[Reprise]:
    return list(
        Reprise.objects.filter(vers=charge, engagement__in=lisibles)
        .select_related("engagement", "de", "entrant", "sortant")
        .order_by("-date", "pk")
    )


def _awaits(reprise: Reprise, en_fonction: Titulaire | None) -> bool:
    """Whether the one who holds the office today is still to say what becomes of it."""
    return (
        reprise.etat == Reprise.Etat.PROPOSEE
        and en_fonction is not None
        and reprise.entrant_id == en_fonction.pk
        and reprise.engagement.is_ouvert
    )


def _told(reprise: Reprise, en_fonction: Titulaire | None, nommage: Nommage) -> dict[str, Any]:
    is_past = en_fonction is None or reprise.entrant_id != en_fonction.pk
    propose = reprise.etat == Reprise.Etat.PROPOSEE
    return {
        "reprise": reprise,
        "qui": nommage.holder(reprise.entrant),
        "etat": tell_pending(is_past=is_past) if propose else reprise.get_etat_display(),
    }


def _page_finding(
    charge: Charge, qui: str, engagements: list[Engagement], attendues: list[Reprise]
) -> str:
    ouvertes = [e for e in engagements if e.is_ouvert]
    promesses = sum(e.sens == Engagement.Sens.PUBLIC for e in ouvertes)
    tenue = f"{qui}\u00a0: " if qui else ""
    phrase = f"{tenue}{accorder(promesses, 'promesse ouverte', 'promesses ouvertes')}"
    if attendues:
        reste = accorder(
            len(attendues), "engagement à faire reprendre", "engagements à faire reprendre"
        )
        phrase += f", {reste}"
    if charge.date_fin:
        phrase += ". Cette charge n’existe plus\u202f; ce qu’elle a promis reste au registre"
    return f"{phrase}."


def _tables(
    engagements: list[Engagement], nommage: Nommage, le: Any
) -> list[tuple[str, SafeString]]:
    """What was promised, what we ask, what we owe: one table each, none when empty."""
    titres = {
        Engagement.Sens.PUBLIC: "Ce que cette charge a promis",
        Engagement.Sens.DEMANDE: "Ce que nous lui avons demandé",
        Engagement.Sens.RESEAU: "Ce que nous lui avons promis",
    }
    tables = []
    for sens, titre in titres.items():
        siens = [e for e in engagements if e.sens == sens]
        if siens:
            lignes = [row_of(e, nommage, le) for e in _in_time(siens)]
            tables.append((titre, render_table(titre, COLONNES, lignes)))
    return tables


def _in_time(engagements: Iterable[Engagement]) -> list[Engagement]:
    """As they were said; those of no known day last."""
    return sorted(engagements, key=lambda e: (e.date is None, e.date or timezone.localdate(), e.pk))
