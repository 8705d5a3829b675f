"""The proposals of the network: what it asks for, where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, F, Max, Q
from django.shortcuts import render
from django.urls import reverse

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_date, guillemets, join_fr
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.engagements.filtres import name_lieu
from maillage.web.dialogue.engagements.requete import acteur_of
from maillage.web.dialogue.models import Chiffrage, Portage, Proposition, Sujet
from maillage.web.dialogue.propositions.lecture import tell_cost
from maillage.web.droits.permissions import Permission
from maillage.web.network.pages.organisations import answer_file
from maillage.web.publications.texte.folding import fold_text
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
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict

    from maillage.analyses.exports import Rangee
    from maillage.web.dialogue.querysets import SuiviQuerySet
    from maillage.web.droits.acteur import Acteur

_PAR_PAGE = 50
_TEXTE_MAX = 100
_COLONNES = (
    Colonne("titre", "Proposition", droite=False),
    Colonne("theme", "Thème", droite=False),
    Colonne("statut", "Statut", droite=False),
    Colonne("portages", "Portée", "nombre de fois"),
    Colonne("dernier", "Dernière fois", droite=False),
    Colonne("cout", "Coût, d’après les règles", droite=False),
)
_TRIS: Final[Mapping[str, str]] = {
    "titre": "titre",
    "theme": "theme",
    "statut": "statut",
    "portages": "nombre",
    "dernier": "dernier",
    "cout": "titre",
}


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the address asks for; an empty text filters nothing."""

    q: str = ""
    statut: str = ""
    theme: str = ""
    sujet: str = ""

    def __bool__(self) -> bool:
        return self != Filtres()

    @property
    def parametres(self) -> str:
        """The filters, as the links of the page keep them."""
        valeurs = {nom: v for nom in self.__slots__ if (v := getattr(self, nom))}
        return f"{urlencode(valeurs)}&" if valeurs else ""


def parse_filtres(query: QueryDict) -> Filtres:
    """Filters of an address.

    Raises:
        SaisieInvalide: MLG-PRP-006, there is no such status.
    """
    valeurs = {nom: query.get(nom, "").strip() for nom in Filtres.__slots__}
    if valeurs["statut"] and valeurs["statut"] not in Proposition.Statut.values:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PRP-006",
                f"Aucune proposition n’a de statut {guillemets(valeurs['statut'])}.",
                f"Statuts\u00a0: {join_fr(Proposition.Statut.values, 'ou')}.",
                "adresse de la page",
            )
        )
    return Filtres(**valeurs | {"q": " ".join(valeurs["q"].split())[:_TEXTE_MAX]})


def page(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted by its address."""
    acteur = acteur_of(request)
    filtres = parse_filtres(request.GET)
    tri = parse_tri(request.GET, _COLONNES, Tri("titre"))
    lisibles = _readable(acteur)
    pks = _find(lisibles, filtres, tri)
    gardes = filtres.parametres
    vus, pages = paginate(pks, request.GET, gardes + tri_parametres(tri), _PAR_PAGE)
    sujets = Sujet.objects.visible(acteur).filter(pk__in=lisibles.order_by().values("sujet"))
    contexte = {
        "fil": [("", "Propositions")],
        "constat": _finding(lisibles),
        "resultat": _result(len(pks), filtres),
        "filtres": filtres,
        "statuts": Proposition.Statut.choices,
        "themes": sorted({t for (t,) in lisibles.order_by().values_list("theme").distinct() if t}),
        "sujets": list(sujets.values_list("slug", "titre")),
        "tableau": render_table(
            "Propositions", _COLONNES, [_ligne(p) for p in _load(acteur, list(vus))], tri, gardes
        ),
        "pages": pages,
        "parametres": f"?{gardes}{tri_parametres(tri)}".rstrip("&?"),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR),
    }
    return render(request, "dialogue/propositions/liste.html", contexte)


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    acteur = acteur_of(request)
    lisibles = _readable(acteur)
    tri = parse_tri(request.GET, _COLONNES, Tri("titre"))
    pks = _find(lisibles, parse_filtres(request.GET), tri)
    return answer_file("propositions", extension, [_row(p) for p in _load(acteur, pks)])


def _apply(found: SuiviQuerySet, filtres: Filtres) -> SuiviQuerySet:
    if filtres.statut:
        found = found.filter(statut=filtres.statut)
    if filtres.theme:
        found = found.filter(theme=filtres.theme)
    if filtres.sujet:
        found = found.filter(sujet__slug=filtres.sujet)
    return found


def _find(lisibles: SuiviQuerySet, filtres: Filtres, tri: Tri) -> list[int]:
    """Numbers of those that the filters and the words let through, in the order asked for."""
    found = _apply(lisibles, filtres)
    pks = _order(found, tri)
    if not filtres.q:
        return pks
    mots = fold_text(filtres.q).split()
    trouvees = {
        pk
        for pk, *textes in found.order_by().values_list("pk", "titre", "theme")
        if all(mot in foin for foin in [fold_text(" ".join(textes))] for mot in mots)
    }
    return [pk for pk in pks if pk in trouvees]


def _readable(acteur: Acteur) -> SuiviQuerySet:
    """Proposals that a person reads, with how often and when last each was carried as far as they know."""
    connus = Q(portages__in=Portage.objects.visible(acteur).order_by().values("pk"))
    counted: SuiviQuerySet = Proposition.objects.visible(acteur).annotate(
        nombre=Count("portages", distinct=True, filter=connus),
        dernier=Max("portages__date", filter=connus),
    )
    return counted


def _order(found: SuiviQuerySet, tri: Tri) -> list[int]:
    champ = F(_TRIS[tri.cle])
    sens = champ.desc(nulls_last=True) if tri.descendant else champ.asc(nulls_last=True)
    return list(found.order_by(sens, "titre", "pk").values_list("pk", flat=True))


def _load(acteur: Acteur, pks: list[int]) -> list[Any]:
    """Proposals of a page in its order, each with its latest costing and carrying: three queries."""
    rang = {pk: place for place, pk in enumerate(pks)}
    found = list(_readable(acteur).filter(pk__in=pks))
    chiffrages: dict[int, Chiffrage] = {}
    for chiffrage in Chiffrage.objects.filter(proposition__in=pks).order_by("at", "pk"):
        chiffrages[chiffrage.proposition_id] = chiffrage
    portages: dict[int, Portage] = {}
    lus = Portage.objects.visible(acteur).filter(proposition__in=pks)
    for portage in lus.order_by(F("date").asc(nulls_first=True), "pk"):
        portages[portage.proposition_id] = portage
    for proposition in found:
        proposition.chiffrage = chiffrages.get(proposition.pk)
        proposition.portage = portages.get(proposition.pk)
    return sorted(found, key=lambda proposition: rang[proposition.pk])


def _ligne(proposition: Any) -> Ligne:
    statut = proposition.get_statut_display()
    return Ligne(
        (
            lien_texte(reverse("proposition", args=[proposition.pk]), proposition.titre),
            texte(proposition.theme or "sans thème"),
            Cellule(f'<span class="statut statut-{proposition.statut}">{statut}</span>'),
            texte(str(proposition.nombre)),
            texte(_last(proposition.portage)),
            texte(tell_cost(proposition.chiffrage)),
        )
    )


def _last(portage: Portage | None) -> str:
    return dire_date(portage.date, portage.precision) if portage else "jamais"


def _row(proposition: Any) -> Rangee:
    resultat = proposition.chiffrage.resultat if proposition.chiffrage else {}
    valeur = resultat.get("valeur_centimes")
    publie = resultat.get("publie_euros")
    fige = proposition.chiffrage.at if proposition.chiffrage else None
    return {
        "identifiant": str(proposition.identifiant),
        "titre": proposition.titre,
        "theme": proposition.theme,
        "statut": proposition.get_statut_display(),
        "depuis": f"{proposition.date:%Y-%m-%d}" if proposition.date else "",
        "territoire": name_lieu(proposition.niveau, proposition.territoire),
        "portages": proposition.nombre,
        "dernier_portage": _last(proposition.portage),
        "cout_calcule_euros": None if valeur is None else valeur / 100,
        "cout_publie_euros": publie,
        "chiffrage": resultat.get("titre", ""),
        "chiffrage_du": format_date(fige.date()) if fige else "",
        "empreinte": proposition.chiffrage.empreinte if proposition.chiffrage else "",
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{reverse('proposition', args=[proposition.pk])}",
    }


def _finding(lisibles: SuiviQuerySet) -> str:
    """Where the proposals stand. One query."""
    statuts = Proposition.Statut
    obtenues = Q(statut__in=[statuts.OBTENUE, statuts.OBTENUE_EN_PARTIE])
    comptes: dict[str, int] = lisibles.aggregate(
        tout=Count("pk"),
        portees=Count("pk", filter=Q(statut=statuts.PORTEE)),
        obtenues=Count("pk", filter=obtenues),
        refusees=Count("pk", filter=Q(statut=statuts.REFUSEE)),
    )
    if not comptes["tout"]:
        return "Aucune proposition n’est encore inscrite."
    noms = {
        "portees": ("portée aujourd’hui", "portées aujourd’hui"),
        "obtenues": ("obtenue, au moins en partie", "obtenues, au moins en partie"),
        "refusees": ("refusée", "refusées"),
    }
    morceaux = [accorder(comptes[nom], *formes) for nom, formes in noms.items() if comptes[nom]]
    tout = accorder(comptes["tout"], "proposition", "propositions")
    return f"{tout}\u00a0: {join_fr(morceaux)}." if morceaux else f"{tout}, aucune encore portée."


def _result(nombre: int, filtres: Filtres) -> str:
    if filtres:
        return f"{accorder(nombre, 'proposition répond', 'propositions répondent')} aux filtres."
    return f"{accorder(nombre, 'proposition', 'propositions')} en tout."
