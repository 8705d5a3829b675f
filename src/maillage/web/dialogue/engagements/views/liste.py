"""The ledger: what was promised to the network, what it asked for, what it owes.

The president opens it before a meeting, a member to read what is done in their name, a journalist to
read what is public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.engagements import decidim, filtres
from maillage.web.dialogue.engagements.champs import write_date
from maillage.web.dialogue.engagements.echeances import is_late, tell_echeance
from maillage.web.dialogue.engagements.lecture import Nommage, tell_recipient, tell_statut
from maillage.web.dialogue.engagements.requete import acteur_of
from maillage.web.dialogue.models import Engagement, Espace, Proposition, Rencontre, Sujet
from maillage.web.droits.permissions import Permission
from maillage.web.network.pages.organisations import answer_file
from maillage.web.territoires.tables import (
    Cellule,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    texte,
)
from maillage.web.territoires.views.adresse import paginate, tri_parametres

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from maillage.analyses.exports import Rangee
    from maillage.web.droits.acteur import Acteur

_PAR_PAGE = 50
_SIGNES = 220
COLONNES = (
    Colonne("phrase", "Ce qui a été dit", droite=False),
    Colonne("sens", "Nature", droite=False),
    Colonne("date", "Dit", droite=False),
    Colonne("auteur", "Par", droite=False),
    Colonne("echeance", "Échéance", droite=False),
    Colonne("statut", "Statut", droite=False),
    Colonne("territoire", "Territoire", droite=False),
)
_DEFAUT = Tri("date", descendant=True)


def page(request: HttpRequest) -> HttpResponse:
    """The ledger, filtered and sorted by its address."""
    le, acteur = timezone.localdate(), acteur_of(request)
    demandes = filtres.parse_filtres(request.GET)
    tri = parse_tri(request.GET, COLONNES, _DEFAUT)
    lisibles = Engagement.objects.visible(acteur)
    pks = filtres.find(lisibles, demandes, le, tri=tri.cle, descendant=tri.descendant)
    gardes = demandes.parametres
    vus, pages = paginate(pks, request.GET, gardes + tri_parametres(tri), _PAR_PAGE)
    engagements = filtres.load_page(lisibles, list(vus))
    nommage = Nommage(acteur, (e.charge_id for e in engagements))
    lignes = [row_of(e, nommage, le) for e in engagements]
    contexte = {
        "fil": [("", "Engagements")],
        "constat": filtres.summarise(lisibles, le),
        "resultat": _result(len(pks), demandes),
        "filtres": demandes,
        "choix": filtres.choices(acteur, lisibles),
        "tableau": render_table("Engagements", COLONNES, lignes, tri, gardes),
        "pages": pages,
        "parametres": f"?{gardes}{tri_parametres(tri)}".rstrip("&?"),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR),
        "is_connecte": acteur.is_connecte,
    }
    return render(request, "dialogue/engagements/liste.html", contexte)


def row_of(engagement: Engagement, nommage: Nommage, le: date) -> Ligne:
    """One commitment of a list, in the order of `COLONNES`."""
    phrase = engagement.phrase
    courte = phrase if len(phrase) <= _SIGNES else f"{phrase[:_SIGNES].rsplit(' ', 1)[0]}\u2026"
    echeance = texte(tell_echeance(engagement))
    if is_late(engagement, le):
        echeance = Cellule(f'{echeance.html} <strong class="moins">en retard</strong>')
    statut = tell_statut(engagement.sens, engagement.statut)
    return Ligne(
        (
            lien_texte(reverse("engagement", args=[engagement.pk]), courte),
            texte(engagement.get_sens_display()),
            texte(dire_date(engagement.date, engagement.precision)),
            texte(nommage.tell_author(engagement)),
            echeance,
            Cellule(f'<span class="statut statut-{engagement.statut}">{statut}</span>'),
            texte(filtres.name_lieu(engagement.niveau, engagement.territoire)),
        )
    )


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    le, acteur = timezone.localdate(), acteur_of(request)
    engagements = _asked(request, le)
    nommage = Nommage(acteur, (e.charge_id for e in engagements))
    lisible = _Lisibles(acteur)
    rows = [_row(e, nommage, lisible, le) for e in engagements]
    return answer_file("engagements", extension, rows)


def fichier_decidim(request: HttpRequest) -> HttpResponse:
    """What the list shows, in the columns of the accountability component of Decidim."""
    engagements = _asked(request, timezone.localdate())
    contenu = decidim.write(engagements, settings.ADRESSE_PUBLIQUE)
    answer = HttpResponse(contenu, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="engagements-decidim.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest, le: date) -> list[Engagement]:
    """Commitments that the address asks for, in its order."""
    demandes = filtres.parse_filtres(request.GET)
    tri = parse_tri(request.GET, COLONNES, _DEFAUT)
    lisibles = Engagement.objects.visible(acteur_of(request))
    pks = filtres.find(lisibles, demandes, le, tri=tri.cle, descendant=tri.descendant)
    rang = {pk: place for place, pk in enumerate(pks)}
    avec = ("charge", "porteur", "espace", "rencontre", "proposition", "sujet")
    # the same condition again: thousands of numbers make no question
    tous = filtres.apply_filtres(lisibles, demandes, le).select_related(*avec)
    gardes = [engagement for engagement in tous if engagement.pk in rang]
    return sorted(gardes, key=lambda engagement: rang[engagement.pk])


class _Lisibles:
    """Names of what commitments are tied to, empty where the person does not read it."""

    def __init__(self, acteur: Acteur) -> None:
        self._noms = {
            champ: dict(modele._default_manager.visible(acteur).values_list("pk", colonne))  # noqa: SLF001 — Django's public way to a manager
            for champ, modele, colonne in (
                ("espace", Espace, "nom"),
                ("rencontre", Rencontre, "titre"),
                ("proposition", Proposition, "titre"),
                ("sujet", Sujet, "titre"),
            )
        }

    def name(self, engagement: Engagement, champ: str) -> str:
        """Name of what it is tied to by a field."""
        return str(self._noms[champ].get(getattr(engagement, f"{champ}_id"), ""))


def _row(engagement: Engagement, nommage: Nommage, lisible: _Lisibles, le: date) -> Rangee:
    return {
        "identifiant": str(engagement.identifiant),
        "nature": engagement.get_sens_display(),
        "phrase": engagement.phrase,
        "auteur": nommage.author_of(engagement),
        "fonction": engagement.auteur_fonction,
        "charge": engagement.charge.intitule if engagement.charge else "",
        "charge_qui_en_repond": engagement.porteur.intitule if engagement.porteur else "",
        "a_qui": tell_recipient(engagement),
        "date": write_date(engagement.date, engagement.precision),
        "echeance": write_date(engagement.echeance, engagement.echeance_precision),
        "statut": tell_statut(engagement.sens, engagement.statut),
        "en_retard": "oui" if is_late(engagement, le) else "non",
        "espace": lisible.name(engagement, "espace"),
        "rencontre": lisible.name(engagement, "rencontre"),
        "proposition": lisible.name(engagement, "proposition"),
        "sujet": lisible.name(engagement, "sujet"),
        "territoire": filtres.name_lieu(engagement.niveau, engagement.territoire),
        "code_territoire": engagement.territoire,
        "page_publique": engagement.source_url,
        "cible_indicateur": engagement.cible_indicateur,
        "cible_comparaison": engagement.get_cible_comparaison_display(),
        "cible_valeur": None if engagement.cible_valeur is None else float(engagement.cible_valeur),
        "cible_territoire": engagement.cible_territoire,
        "cible_date": f"{engagement.cible_date:%Y-%m-%d}" if engagement.cible_date else "",
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{reverse('engagement', args=[engagement.pk])}",
    }


def _result(nombre: int, demandes: filtres.Filtres) -> str:
    if demandes:
        return f"{accorder(nombre, 'engagement répond', 'engagements répondent')} aux filtres."
    return f"{accorder(nombre, 'engagement', 'engagements')} en tout."
