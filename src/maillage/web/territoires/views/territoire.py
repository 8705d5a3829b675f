"""The diagnosis of one territory on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render

from maillage.analyses.diagnosis.atlas import ARM
from maillage.analyses.diagnosis.places import points_of
from maillage.kernel.francais import ESPACE_INSECABLE, de
from maillage.kernel.niveau import Niveau
from maillage.web.territoires import donnees
from maillage.web.territoires.blocks import (
    bloc_cles,
    bloc_courbes,
    bloc_phrase,
    table_figures,
    texte_sources,
)
from maillage.web.territoires.diagnosis_tables import (
    COLONNES_COMMUNES,
    cle_commune,
    ligne_commune,
    table_comparables,
    table_ecarts,
    table_structures,
)
from maillage.web.territoires.figures import lien, nom_niveau, url_chiffre, url_territoire
from maillage.web.territoires.gap_chart import render_ecarts
from maillage.web.territoires.maps.local import FORMES, render_local
from maillage.web.territoires.tables import Tri, parse_tri, render_table, sort_places
from maillage.web.territoires.views.adresse import (
    fil_ariane,
    paginate,
    parse_niveau,
    tri_parametres,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.model import (
        Diagnostic,
        Ecarts,
        PointCommune,
        PointStructure,
        Territoire,
    )

_CHIFFRES_VISIBLES = 8
"""Figures of a section that stand open; the others are one gesture away."""
_COMMUNES_PAR_PAGE = 50
_SANS_STRUCTURE = "part_sans_tous_30min"
_COMMUNES_SUR_CARTE = 6_000
"""Above it (France), the map of the home page tells more."""


def page(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The territory page; the code of a merged commune leads to the commune of today."""
    rang = parse_niveau(niveau)
    territoire = donnees.atlas().territoire(rang, code)
    if territoire.code != code:
        return HttpResponseRedirect(url_territoire(rang, territoire.code) + f"?ancien={code}")
    diagnostic = donnees.diagnostic(rang, code)
    contexte = {
        "fil": fil_ariane(territoire),
        "territoire": territoire,
        "nom_niveau": nom_niveau(territoire),
        "phrases": [bloc_phrase(phrase) for phrase in diagnostic.phrases],
        "avertissements": [*_ancien(request, rang), *diagnostic.avertissements],
        "cles": bloc_cles(diagnostic.cles, territoire),
        "sections": _sections(diagnostic),
        "graphiques": bloc_courbes(diagnostic.courbes, territoire),
        "partie": "commune" if diagnostic.communes[1:] == () else _partie(territoire),
        **_ecarts(diagnostic),
        **_carte(diagnostic),
        **_communes(request, diagnostic),
        "structures": table_structures(diagnostic.structures),
        "nombre_structures": len(diagnostic.structures),
        "comparables": table_comparables(diagnostic),
        "suites": _suites(territoire),
        "url": url_territoire(rang, code),
    }
    return render(request, "territoires/territoire.html", contexte)


def _ancien(request: HttpRequest, niveau: Niveau) -> list[str]:
    """Sentence for those who came by the code of a commune of the past."""
    ancien = request.GET.get("ancien")
    return [donnees.atlas().resolve_code(niveau, ancien)[1]] if ancien else []


def _sections(diagnostic: Diagnostic) -> list[dict[str, Any]]:
    territoire = diagnostic.territoire
    return [
        {
            "nom": section.famille.value,
            "ancre": section.famille.name.lower(),
            "phrase": bloc_phrase(section.phrase),
            "reserve": section.reserve,
            "tableau": table_figures(
                f"{section.famille.value}{' '}: les chiffres", premiers, territoire
            ),
            "reste": table_figures(
                f"{section.famille.value}{' '}: autres chiffres", autres, territoire
            )
            if autres
            else None,
            "nombre_reste": len(autres),
        }
        for section in diagnostic.sections
        for premiers, autres in [
            (section.chiffres[:_CHIFFRES_VISIBLES], section.chiffres[_CHIFFRES_VISIBLES:])
        ]
    ]


def _ecarts(diagnostic: Diagnostic) -> dict[str, Any]:
    ecarts = diagnostic.ecarts
    if ecarts is None:
        return {"ecarts": None}
    territoire = diagnostic.territoire
    noms = {cle.cle: cle.nom for cle in ecarts.cles}
    composite = next((cle for cle in ecarts.cles if cle.poids), None)
    return {
        "ecarts": {
            "phrase": bloc_phrase(ecarts.phrase),
            "graphique": render_ecarts(ecarts),
            "tableau": table_ecarts(ecarts, territoire),
            "rangs": _rangs(ecarts, territoire),
            "poids": [(noms.get(cle, cle), poids) for cle, poids in composite.poids]
            if composite
            else [],
            "source": texte_sources(ecarts.pedigree),
        }
    }


def _rangs(ecarts: Ecarts, territoire: Territoire) -> list[SafeString]:
    """The two extreme ranks, each linked to its pedigree; empty when fewer than two are known."""
    return [
        lien(
            url_chiffre(territoire.niveau, territoire.code, code, ecarts.pedigree.periode), rang, 0
        )
        for code, rang in (("rang_min", ecarts.rang_min), ("rang_max", ecarts.rang_max))
        if rang is not None
    ]


def _carte(diagnostic: Diagnostic) -> dict[str, Any]:
    scene = _scene(diagnostic)
    if scene is None:
        return {"carte": None}
    lieu, communes, structures = scene
    ici = "" if lieu is diagnostic.territoire else diagnostic.territoire.code
    svg = render_local(
        f"Carte des communes et des structures, {lieu.nom}",
        donnees.atlas().contours(lieu.niveau).get(lieu.code),
        communes,
        structures,
        ici,
    )
    presentes = {s.kind for s in structures}
    return {
        "carte": svg,
        "autour": lieu.nom if ici else "",
        "de_territoire": de(diagnostic.territoire.nom),
        "sources_carte": _sources_carte(lieu),
        "formes": [(kind, forme) for kind, forme in FORMES.items() if kind in presentes],
        "blanches": [c for c in communes if c.blanche],
        "sans_position": [c.nom for c in communes if c.x is None],
    }


def _sources_carte(lieu: Territoire) -> list[tuple[str, str]]:
    """What the map counts: its table of communes, and the figure of the whole."""
    table = (
        f"{url_territoire(lieu.niveau, lieu.code)}#communes",
        f"tableau des {_partie(lieu)}s{ESPACE_INSECABLE}: {lieu.nom}",
    )
    periode = donnees.atlas().periodes_de(_SANS_STRUCTURE, lieu.niveau)[-1]
    url = url_chiffre(lieu.niveau, lieu.code, _SANS_STRUCTURE, periode)
    return [table, (url, donnees.atlas().carte(_SANS_STRUCTURE).nom)]


def _partie(territoire: Territoire) -> str:
    """What the map shows inside a territory: communes; arrondissements for Paris, Lyon, Marseille."""
    return "arrondissement" if territoire.niveau is Niveau.COMMUNE else "commune"


def _scene(
    diagnostic: Diagnostic,
) -> tuple[Territoire, tuple[PointCommune, ...], tuple[PointStructure, ...]] | None:
    """What the map shows: the territory, or the EPCI around a commune that has no parts."""
    territoire = diagnostic.territoire
    if len(diagnostic.communes) > _COMMUNES_SUR_CARTE:
        return None
    if territoire.niveau is not Niveau.COMMUNE or len(diagnostic.communes) > 1:
        return territoire, diagnostic.communes, diagnostic.structures
    atlas = donnees.atlas()
    epci = next((code for n, code, _ in territoire.parents if n is Niveau.EPCI), None)
    if epci is None or territoire.nature == ARM:
        return None
    autour = atlas.territoire(Niveau.EPCI, epci)
    return autour, points_of(atlas, autour), atlas.structures_de(autour)


def _communes(request: HttpRequest, diagnostic: Diagnostic) -> dict[str, Any]:
    if len(diagnostic.communes) < 2:  # noqa: PLR2004 — a commune alone; France has too many
        return {"communes": None}
    colonnes = COLONNES_COMMUNES
    tri = parse_tri(request.GET, colonnes, Tri("demandeurs", descendant=True))
    cles = [cle_commune(commune, tri.cle) for commune in diagnostic.communes]
    ordre = sort_places(cles, descendant=tri.descendant)
    vues, pages = paginate(ordre, request.GET, tri_parametres(tri), _COMMUNES_PAR_PAGE, "#communes")
    lignes = [ligne_commune(diagnostic.communes[place]) for place in vues]
    return {
        "communes": render_table("Communes du territoire", colonnes, lignes, tri),
        "nombre_communes": len(diagnostic.communes),
        "pages": pages,
        "nombre_blanches": sum(_blanche(c) for c in diagnostic.communes),
    }


def _blanche(commune: PointCommune) -> bool:
    return commune.blanche


def _suites(territoire: Territoire) -> list[tuple[str, str]]:
    """Links that go on from here: up, across, down."""
    suites = [(url_territoire(n, c), f"Diagnostic{' '}: {nom}") for n, c, nom in territoire.parents]
    suites += [
        (url_territoire(t.niveau, t.code), f"{t.nom} ({nom_niveau(t)})")
        for t in donnees.atlas().appartenances(territoire)
        if (t.niveau, t.code) not in {(n, c) for n, c, _ in territoire.parents}
    ]
    if territoire.niveau in {Niveau.DEPARTEMENT, Niveau.REGION, Niveau.FRANCE}:
        suites.append(("/cibles-2022/", "Qu’ont suivi les cibles de 2022\u00a0?"))
    if territoire.niveau is not Niveau.COMMUNE and territoire.niveau is not Niveau.FRANCE:
        niveau = territoire.niveau
        suites.append((f"/?niveau={niveau.value}", "Ce niveau sur la carte de France"))
        suites.append((f"/territoires/{niveau.value}/", f"Liste des {niveau.libelle_pluriel}"))
    return suites
