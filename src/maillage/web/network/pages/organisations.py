"""The list of organisations.

Staff and the board open it, to answer « who are our members, where, and who owes us dues? ».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from maillage.analyses.exports import rows_to_csv
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder, guillemets
from maillage.kernel.niveau import Niveau
from maillage.web.droits.permissions import Permission
from maillage.web.network import liste
from maillage.web.network.models import TYPES_SIAE, Organisation
from maillage.web.network.places import name_of
from maillage.web.network.requete import acteur_of
from maillage.web.territoires.spreadsheet import write_xlsx
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
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest

    from maillage.analyses.exports import Rangee
    from maillage.web.network.querysets import OrganisationQuerySet

_PAR_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def accueil(request: HttpRequest) -> HttpResponse:
    """Where each one starts: the list, their own organisation, or the members' area."""
    acteur = acteur_of(request)
    if acteur.may(Permission.ORGANISATIONS_LISTER):
        return redirect("organisations")
    lisibles = acteur.perimetre(Permission.ORGANISATION_LIRE).organisations
    if lisibles:
        return redirect("organisation", pk=min(lisibles))
    return redirect("espace")


def page(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted by its address."""
    le = timezone.localdate()
    filtres = liste.parse_filtres(request.GET)
    colonnes = _colonnes(le)
    tri = parse_tri(request.GET, colonnes, Tri("nom"))
    lisibles = _reachable(request)
    pks = liste.find(lisibles, filtres, le, tri=tri.cle, descendant=tri.descendant)
    gardes = _kept(filtres)
    vus, pages = paginate(pks, request.GET, gardes + tri_parametres(tri), _PAR_PAGE)
    acteur = acteur_of(request)
    ouvrables = acteur.perimetre(Permission.ORGANISATION_LIRE)
    lignes = [
        _ligne(o, is_ouvrable=ouvrables.covers(o.perimetre))
        for o in liste.load_page(lisibles, list(vus), le)
    ]
    contexte = {
        "fil": [("", "Organisations")],
        "constat": liste.summarise(lisibles, le),
        "resultat": _result(len(pks), filtres),
        "filtres": filtres,
        "choix": _choices(lisibles),
        "tableau": render_table("Organisations", colonnes, lignes, tri, gardes),
        "pages": pages,
        "parametres": f"?{gardes}{tri_parametres(tri)}".rstrip("&?"),
        "peut_creer": acteur.may(Permission.ORGANISATIONS_CREER),
        "peut_echanger": acteur.may(Permission.ORGANISATIONS_ECHANGER),
    }
    return render(request, "network/organisations.html", contexte)


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    le = timezone.localdate()
    filtres = liste.parse_filtres(request.GET)
    tri = parse_tri(request.GET, [Colonne(cle, "") for cle in liste.TRIS], Tri("nom"))
    lisibles = _reachable(request)
    pks = liste.find(lisibles, filtres, le, tri=tri.cle, descendant=tri.descendant)
    rows = [_row(o, le) for o in liste.load_page(lisibles, pks, le)]
    return answer_file("organisations-liste", extension, rows)


def answer_file(nom: str, extension: str, rows: Sequence[Rangee]) -> HttpResponse:
    """A table as a file, named by us.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    if extension == "csv":
        contenu: str | bytes = rows_to_csv(rows, bom=True)
        nature = "text/csv; charset=utf-8"
    elif extension == "xlsx":
        contenu, nature = write_xlsx(rows, "Maillage"), XLSX
    else:
        raise Introuvable(
            Anomalie(
                "MLG-WEB-011",
                f"Le format {guillemets(extension)} n’existe pas.",
                "Formats\u00a0: csv ou xlsx.",
                "adresse du fichier",
            )
        )
    answer = HttpResponse(contenu, content_type=nature)
    answer["Content-Disposition"] = f'attachment; filename="{nom}.{extension}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _reachable(request: HttpRequest) -> OrganisationQuerySet:
    organisations: OrganisationQuerySet = Organisation.objects.reachable(
        acteur_of(request), Permission.ORGANISATIONS_LISTER
    )
    return organisations


def _colonnes(le: date) -> tuple[Colonne, ...]:
    return (
        Colonne("nom", "Organisation", droite=False),
        Colonne("nature", "Nature", droite=False),
        Colonne("types", "Types", droite=False),
        Colonne("departement", "Commune", "et département", droite=False),
        Colonne("region", "Région", droite=False),
        Colonne("adhesion", "Adhésion", droite=False),
        Colonne("cotisation", "Cotisation", str(le.year), droite=False),
    )


def _ligne(organisation: Organisation, *, is_ouvrable: bool) -> Ligne:
    url = reverse("organisation", args=[organisation.pk])
    retard = organisation.is_en_retard  # type: ignore[attr-defined]  # with_state
    cotisation = texte(liste.tell_cotisation(organisation))
    if retard:
        cotisation = Cellule(f'<strong class="moins">{cotisation.html}</strong>')
    nom = lien_texte(url, organisation.nom) if is_ouvrable else texte(organisation.nom)
    if organisation.is_archived:
        nom = Cellule(f'{nom.html} <span class="etiquette">archivée</span>')
    return Ligne(
        (
            nom,
            texte(organisation.get_nature_display()),
            texte(_types(organisation)),
            texte(_lieu(organisation)),
            texte(name_of(Niveau.REGION, organisation.region) or "inconnue"),
            texte(liste.tell_adhesion(organisation)),
            cotisation,
        )
    )


def _types(organisation: Organisation) -> str:
    if not organisation.is_structure:
        return "sans objet"
    types = dict.fromkeys(c.type_siae for c in organisation.conventions.all())
    return ", ".join(types) or "aucune convention saisie"


def _lieu(organisation: Organisation) -> str:
    commune = name_of(Niveau.COMMUNE, organisation.commune)
    departement = name_of(Niveau.DEPARTEMENT, organisation.departement)
    return f"{commune}, {departement}" if commune else departement or "inconnue"


def _row(organisation: Organisation, le: date) -> Rangee:
    return {
        "nom": organisation.nom,
        "sigle": organisation.sigle,
        "nature": organisation.get_nature_display(),
        "siren": organisation.siren,
        "conventions": " | ".join(
            f"{c.type_siae} {c.siret}" for c in organisation.conventions.all()
        ),
        "code_commune": organisation.commune,
        "commune": name_of(Niveau.COMMUNE, organisation.commune),
        "departement": name_of(Niveau.DEPARTEMENT, organisation.departement),
        "region": name_of(Niveau.REGION, organisation.region),
        "adhesion": liste.tell_adhesion(organisation),
        f"cotisation_{le.year}": liste.tell_cotisation(organisation),
        "archivee": "oui" if organisation.is_archived else "non",
    }


def _kept(filtres: liste.Filtres) -> str:
    """Filters, as the links of the page keep them."""
    valeurs = {nom: v for nom in liste.Filtres.__slots__ if (v := getattr(filtres, nom))}
    return f"{urlencode(valeurs)}&" if valeurs else ""


def _result(nombre: int, filtres: liste.Filtres) -> str:
    if filtres:
        return f"{accorder(nombre, 'organisation répond', 'organisations répondent')} aux filtres."
    return f"{accorder(nombre, 'organisation', 'organisations')} en tout, archivées exceptées."


def _choices(lisibles: OrganisationQuerySet) -> dict[str, Any]:
    """What each filter offers: only the territoires where there is somebody."""
    lieux = lisibles.order_by().values_list("region", "departement").distinct()
    regions = {region for region, _ in lieux} - {""}
    departements = {departement for _, departement in lieux} - {""}
    return {
        "natures": Organisation.Nature.choices,
        "types": [(t, t) for t in TYPES_SIAE],
        "regions": _named(Niveau.REGION, regions),
        "departements": _named(Niveau.DEPARTEMENT, departements),
        "cotisations": liste.COTISATIONS.items(),
        "adhesions": liste.ADHESIONS.items(),
        "archives": liste.ARCHIVES.items(),
    }


def _named(niveau: Niveau, codes: set[str]) -> list[tuple[str, str]]:
    return sorted(((code, name_of(niveau, code)) for code in codes), key=lambda paire: paire[1])
