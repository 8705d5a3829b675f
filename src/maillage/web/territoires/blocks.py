"""Blocks that several pages share: key figures, sources in words, trends, table of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.targets.methods import CALCULS
from maillage.kernel.francais import ESPACE_INSECABLE, format_nombre, format_valeur, join_fr
from maillage.kernel.valeur import Absence
from maillage.web.territoires import donnees
from maillage.web.territoires.charts import trend
from maillage.web.territoires.figures import (
    libelle_periode,
    lien_chiffre,
    lien_rang_chiffre,
    liens_reperes,
    unite_affichee,
    url_chiffre,
)
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.model import Chiffre, Courbe, Territoire
    from maillage.analyses.diagnosis.phrase import Phrase
    from maillage.indicators.carte import Carte
    from maillage.kernel.pedigree import Pedigree


_SYMBOLE_MAX = 2


def bloc_phrase(phrase: Phrase) -> dict[str, Any]:
    """A sentence, and (address, name) of the pedigree of each figure that it quotes."""
    cartes = donnees.atlas().cartes
    chiffres = [
        (url_chiffre(c.niveau, c.code, c.indicateur, c.periode), cartes[c.indicateur].nom)
        for c in phrase.chiffres
    ]
    calculs = [
        (url_calcul(c.code), f"{c.nom}{ESPACE_INSECABLE}: calcul et séries")
        for c in CALCULS
        if c.code in phrase.calculs
    ]
    return {"texte": str(phrase), "sources": chiffres + calculs}


def url_calcul(code: str) -> str:
    """Address of the method of one part of the analysis of the targets."""
    return f"/cibles-2022/#calcul-{code}"


def bloc_cles(chiffres: Sequence[Chiffre], territoire: Territoire) -> list[dict[str, Any]]:
    """Key figures with unit, period, rank, comparisons, and the reason of an absence."""
    return [
        {
            "nom": c.carte.nom,
            "lien": lien_chiffre(c, unite=_is_symbol(c.carte)),
            "unite": "" if _is_symbol(c.carte) or _says_unit(c.carte) else _unite_accordee(c),
            "periode": libelle_periode(c.periode),
            "rang": lien_rang_chiffre(c),
            "reperes": liens_reperes(c, territoire),
            "motif": c.motif,
        }
        for c in chiffres
    ]


def _is_symbol(carte: Carte) -> bool:
    """Whether the unit stands beside the number, like « % », and not under it."""
    return len(unite_affichee(carte)) <= _SYMBOLE_MAX


def _unite_accordee(chiffre: Chiffre) -> str:
    """Unit in the singular under 0 and 1, none under an absence."""
    unite = unite_affichee(chiffre.carte)
    if isinstance(chiffre.valeur, Absence):
        return ""
    decimales = chiffre.carte.decimales
    entier = format_valeur(chiffre.valeur, unite, decimales)
    return entier[len(format_nombre(chiffre.valeur, decimales)) :].strip()


def _says_unit(carte: Carte) -> bool:
    """Whether the name of the indicator already holds its unit, whatever its spaces."""
    return " ".join(unite_affichee(carte).split()) in " ".join(carte.nom.split())


def texte_sources(pedigree: Pedigree) -> str:
    """Producers and vintages of a figure, in one French sentence."""
    noms = dict.fromkeys(f"{s.producteur} ({s.millesime})" for s in pedigree.sources)
    if not noms:
        return "voir la définition."
    fin = (
        f", période{ESPACE_INSECABLE}: {libelle_periode(pedigree.periode)}"
        if pedigree.periode
        else ""
    )
    return f"{join_fr(noms)}{fin}."


def bloc_courbes(courbes: Sequence[Courbe], territoire: Territoire) -> list[dict[str, Any]]:
    """Trend charts, each with its title in words, its source and the address of its table."""
    return [_courbe(courbe, territoire) for courbe in courbes]


def _courbe(courbe: Courbe, territoire: Territoire) -> dict[str, Any]:
    resume = trend.summarise(courbe)
    niveau, code = territoire.niveau, territoire.code
    derniere = courbe.lignes[0][1][-1][0]
    return {
        "titre": resume.titre,
        "detail": resume.detail,
        "alternative": resume.alternative,
        "url": f"/graphiques/evolution/{niveau.value}/{code}/{courbe.carte.code}.svg",
        "largeur": trend.LARGEUR,
        "hauteur": trend.HAUTEUR,
        "source": texte_sources(courbe.pedigree),
        "tableau": f"{url_chiffre(niveau, code, courbe.carte.code, derniere)}#periodes",
    }


def table_figures(titre: str, chiffres: Sequence[Chiffre], territoire: Territoire) -> SafeString:
    """Figures of a section beside those of the région and of France."""
    noms = list(dict.fromkeys(nom for c in chiffres for nom, _ in liens_reperes(c, territoire)))
    colonnes = [
        Colonne("indicateur", "Indicateur", droite=False),
        Colonne("ici", territoire.nom),
        *(Colonne(f"repere{rang}", nom) for rang, nom in enumerate(noms)),
    ]
    if any(c.rang for c in chiffres):
        colonnes.append(Colonne("rang", "Rang", "1 = le plus élevé"))
    # a row is cut to the columns: France has no rank
    lignes = [Ligne(_cells(c, territoire, noms)[: len(colonnes)]) for c in chiffres]
    return render_table(titre, colonnes, lignes, entier=True)


def _cells(chiffre: Chiffre, territoire: Territoire, noms: Sequence[str]) -> tuple[Cellule, ...]:
    details = ", ".join(
        filter(None, (unite_affichee(chiffre.carte), libelle_periode(chiffre.periode)))
    )
    reperes = dict(liens_reperes(chiffre, territoire))
    nom = texte(chiffre.carte.nom).html
    return (
        Cellule(f"{nom}<small>{texte(details).html}</small>"),
        Cellule(lien_chiffre(chiffre, unite=False)),
        *(Cellule(reperes.get(n, "sans objet")) for n in noms),
        Cellule(lien_rang_chiffre(chiffre)) if chiffre.rang else texte("sans rang"),
    )
