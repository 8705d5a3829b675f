"""What the home page shows of the territories: the question, the search, the map of France, its table."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from maillage.analyses.diagnosis.phrase import join_phrases
from maillage.indicators.carte import Cumul, Famille
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import (
    ESPACE_FINE,
    ESPACE_INSECABLE,
    format_nombre,
    guillemets,
    join_fr,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.territoires import donnees
from maillage.web.territoires.blocks import bloc_cles, bloc_phrase, texte_sources
from maillage.web.territoires.figures import (
    LIGNES_PAR_PAGE,
    libelle_periode,
    lien_chiffre,
    texte_rang,
    unite_affichee,
    url_territoire,
)
from maillage.web.territoires.maps.classes import cut_diverging, cut_sequential, legend
from maillage.web.territoires.maps.france import NIVEAUX_CARTE, render_france
from maillage.web.territoires.tables import (
    Cellule,
    Cle,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_places,
    texte,
)
from maillage.web.territoires.views.adresse import paginate, parse_niveau, tri_parametres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, QueryDict

    from maillage.analyses.diagnosis.model import Chiffre
    from maillage.indicators.carte import Carte
    from maillage.web.territoires.maps.classes import Classement

_PREFERES = ("personnes_iae_pour_1000_demandeurs", "part_sans_tous_30min")
"""Shown when the address names no indicator: the first one that exists at the level."""
_MIN_SERIES = 2


@dataclass(frozen=True, slots=True)
class Choix:
    """What the address asks the map to show."""

    niveau: Niveau
    carte: Carte
    periode: str
    periodes: tuple[str, ...]
    avis: str


def describe_france(request: HttpRequest) -> dict[str, Any]:
    """France in a sentence and figures; its map by the indicator, level and period of the address.

    Raises:
        Introuvable: no such level (MLG-WEB-002) or indicator (MLG-IND-001).
        SaisieInvalide: MLG-WEB-004, a level without a map; MLG-WEB-005, a period that no
            indicator has.
    """
    choix = read_choice(request.GET)
    chiffres = donnees.atlas().tableau(choix.carte.code, choix.niveau, choix.periode)
    france = donnees.diagnostic(Niveau.FRANCE, "FR")
    return {
        "constat": bloc_phrase(join_phrases(france.phrases)),
        "cles": bloc_cles(france.cles, france.territoire),
        "avertissements": france.avertissements[:1],
        **_carte(choix, chiffres),
        **_tableau(request, choix, chiffres),
    }


def read_choice(query: QueryDict) -> Choix:
    """Level, indicator and period of the address, the usual ones where it says nothing.

    Raises:
        Introuvable: no such level (MLG-WEB-002) or indicator (MLG-IND-001).
        SaisieInvalide: MLG-WEB-004, a level without a map; MLG-WEB-005, a period that no
            indicator has.
    """
    atlas = donnees.atlas()
    niveau = parse_niveau(query.get("niveau") or Niveau.DEPARTEMENT.value)
    if niveau not in NIVEAUX_CARTE:
        raise SaisieInvalide(_sans_carte(niveau))
    code = query.get("indicateur") or _prefere(niveau)
    avis = ""
    if not atlas.periodes_de(atlas.carte(code).code, niveau):
        nom = atlas.carte(code).nom
        code = _prefere(niveau)
        avis = (
            f"{guillemets(nom)} n’existe pas pour les {niveau.libelle_pluriel}. "
            f"Voici {guillemets(atlas.carte(code).nom)}."
        )
    periodes = atlas.periodes_de(code, niveau)
    periode = periodes[-1] if avis else query.get("periode") or periodes[-1]
    if periode not in periodes:
        if not any(periode in atlas.periodes_de(autre, niveau) for autre in atlas.cartes):
            raise SaisieInvalide(_sans_periode(periode, periodes))
        # the form keeps the period of the previous indicator: the latest is what is meant
        avis = avis or (
            f"Pas de chiffre pour la période {guillemets(libelle_periode(periode))}\u00a0: "
            f"voici {libelle_periode(periodes[-1])}."
        )
        periode = periodes[-1]
    return Choix(niveau, atlas.carte(code), periode, periodes, avis)


def _prefere(niveau: Niveau) -> str:
    atlas = donnees.atlas()
    return next(code for code in (*_PREFERES, *atlas.cartes) if atlas.periodes_de(code, niveau))


def _sans_carte(niveau: Niveau) -> Anomalie:
    return Anomalie(
        "MLG-WEB-004",
        f"Il n’y a pas de carte de France au niveau {guillemets(niveau.libelle)}.",
        f"Choisissez {join_fr((n.value for n in NIVEAUX_CARTE), 'ou')}.",
        "adresse de la page",
    )


def _sans_periode(periode: str, periodes: tuple[str, ...]) -> Anomalie:
    return Anomalie(
        "MLG-WEB-005",
        f"Aucun indicateur n’a de chiffre pour la période {guillemets(periode)}.",
        f"Celui-ci va de {periodes[0]} à {periodes[-1]}.",
        "adresse de la page",
    )


def classify(chiffres: Sequence[Chiffre], decimales: int) -> Classement:
    """Diverging classes for figures on both sides of zero, sequential ones otherwise."""
    valeurs = [c.valeur for c in chiffres]
    connues = [v for v in valeurs if not isinstance(v, Absence)]
    signes = bool(connues) and min(connues) < 0 < max(connues)
    return cut_diverging(valeurs) if signes else cut_sequential(valeurs, decimales)


def _carte(choix: Choix, chiffres: Sequence[Chiffre]) -> dict[str, Any]:
    classement = classify(chiffres, choix.carte.decimales)
    carte = choix.carte
    fin = choix.niveau not in {Niveau.REGION, Niveau.DEPARTEMENT}
    titre = f"{carte.nom}, {choix.niveau.libelle_pluriel}, {libelle_periode(choix.periode)}"
    svg = render_france(
        donnees.fond(choix.niveau),
        chiffres,
        classement,
        f"Carte{ESPACE_INSECABLE}: {titre}",
        donnees.fond(Niveau.REGION) if fin else None,
    )
    return {
        "svg": svg,
        "carte": carte,
        "unite": unite_affichee(carte),
        "niveau": choix.niveau,
        "niveaux": NIVEAUX_CARTE,
        "choix": _choices(choix.niveau),
        "periode": choix.periode,
        "periode_libelle": libelle_periode(choix.periode),
        "periodes": [(p, libelle_periode(p)) for p in reversed(choix.periodes)],
        "avis": choix.avis,
        "phrase_carte": _phrase(choix, chiffres),
        "legende": legend(classement, [c.valeur for c in chiffres], carte.decimales),
        "methode_classes": classement.methode,
        "source": texte_sources(chiffres[0].pedigree),
    }


def _choices(niveau: Niveau) -> list[tuple[str, list[Carte]]]:
    """Indicators that have figures at the level, by family."""
    atlas = donnees.atlas()
    cartes = [c for c in atlas.cartes.values() if atlas.periodes_de(c.code, niveau)]
    return [(f.value, [c for c in cartes if c.famille is f]) for f in Famille]


def _phrase(choix: Choix, chiffres: Sequence[Chiffre]) -> SafeString:
    """The finding of the map: where the figure is lowest and where it is highest."""
    connus = sorted(
        ((c.valeur, c) for c in chiffres if not isinstance(c.valeur, Absence)),
        key=lambda paire: paire[0],
    )
    if len(connus) < _MIN_SERIES:
        return SafeString("Les chiffres connus sont trop peu nombreux pour être comparés.")
    bas, haut = connus[0][1], connus[-1][1]
    manquants = len(chiffres) - len(connus)
    phrase = (
        f"D’un territoire à l’autre, de {lien_chiffre(bas, unite=False)} "
        f"({_ou(connus, bas, choix)}) à {lien_chiffre(haut)} ({_ou(connus, haut, choix)})."
    )
    if manquants:
        phrase += (
            f" Le chiffre manque pour {_compte(manquants, choix)}{ESPACE_FINE}: hachures sur la "
            "carte."
        )
    return SafeString(phrase)  # names went through escape(), figures are links


def _compte(nombre: int, choix: Choix) -> str:
    """So many territories, linked to the table where they are counted."""
    noms = choix.niveau.libelle if nombre == 1 else choix.niveau.libelle_pluriel
    return (
        '<a class="chiffre" href="#tableau" title="voir le tableau">'
        f"{format_nombre(nombre)}{ESPACE_INSECABLE}{noms}</a>"
    )


def _ou(connus: list[tuple[float, Chiffre]], chiffre: Chiffre, choix: Choix) -> str:
    """Name of the territory, or how many share the figure."""
    egaux = sum(valeur == chiffre.valeur for valeur, _ in connus)
    if egaux == 1:
        return escape(chiffre.nom_territoire)
    return _compte(egaux, choix)


def _tableau(request: HttpRequest, choix: Choix, chiffres: Sequence[Chiffre]) -> dict[str, Any]:
    colonnes = (
        Colonne("nom", choix.niveau.libelle.capitalize(), droite=False),
        Colonne(
            "valeur",
            choix.carte.nom,
            ", ".join(filter(None, (unite_affichee(choix.carte), libelle_periode(choix.periode)))),
        ),
        Colonne("rang", "Rang", "1 = le plus élevé"),
    )
    tri = parse_tri(request.GET, colonnes, Tri("valeur", descendant=True))
    base = (
        urlencode(
            {
                "niveau": choix.niveau.value,
                "indicateur": choix.carte.code,
                "periode": choix.periode,
            }
        )
        + "&"
    )
    cles: list[Cle] = [_cle(c, tri.cle) for c in chiffres]
    ordre = sort_places(cles, descendant=tri.descendant)
    vues, pages = paginate(
        ordre, request.GET, base + tri_parametres(tri), LIGNES_PAR_PAGE, "#tableau"
    )
    lignes = [_ligne(chiffres[place]) for place in vues]
    cumul = "" if choix.carte.cumul is Cumul.SOMME else f" — {choix.carte.cumul.value}"
    titre = f"{choix.carte.nom}, par {choix.niveau.libelle}{cumul}"
    return {
        "tableau": render_table(titre, colonnes, lignes, tri, base),
        "pages": pages,
        "parametres_fichier": f"?{base.rstrip('&')}",
    }


def _cle(chiffre: Chiffre, colonne: str) -> Cle:
    if colonne == "nom":
        return chiffre.nom_territoire.casefold()
    if colonne == "rang":
        return chiffre.rang.rang if chiffre.rang else None
    return chiffre.valeur


def _ligne(chiffre: Chiffre) -> Ligne:
    rang = chiffre.rang.rang if chiffre.rang else None
    return Ligne(
        (
            lien_texte(url_territoire(chiffre.niveau, chiffre.code), chiffre.nom_territoire),
            Cellule(lien_chiffre(chiffre, unite=False), chiffre.valeur),
            Cellule(texte_rang(chiffre.rang), rang) if rang else texte("sans rang"),
        )
    )
