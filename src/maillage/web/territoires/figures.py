"""Figures as they stand on a page: rounded, with unit, and always a link to their pedigree.

Written in Python and not as template includes: a table of communes holds thousands of them.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from maillage.indicators.carte import Unite
from maillage.kernel.errors import UserError
from maillage.kernel.francais import (
    ESPACE_INSECABLE,
    format_nombre,
    format_ordinal,
    format_valeur,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.period import parse_periode
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Chiffre, Rang, Territoire
    from maillage.indicators.carte import Carte

# Said by the heading already; written after the number they would read as gibberish.
_UNITES_MUETTES = frozenset({Unite.NOMBRE, Unite.RANG, Unite.RAPPORT})
_DECIMALES_EXACTES = 6
LIGNES_PAR_PAGE = 101
"""Rows of one page of the table of a level: all the départements at once."""
# Too many territories for a table on the home page: the pedigree page says what the rank is.
_SANS_TABLE = frozenset({Niveau.COMMUNE, Niveau.FRANCE})


def url_territoire(niveau: Niveau, code: str) -> str:
    """Address of the page of a territory."""
    return f"/territoires/{niveau.value}/{code}/"


def url_chiffre(niveau: Niveau, code: str, indicateur: str, periode: str) -> str:
    """Address of the pedigree of a figure; of its definition card when it has no period."""
    if not periode:
        return f"/indicateurs/{indicateur}/"
    return f"/chiffres/{niveau.value}/{code}/{indicateur}/{periode}/"


@lru_cache(maxsize=512)
def libelle_periode(periode: str) -> str:
    """Period in French: « 2021 », « 4e trimestre 2024 », « septembre 2022 »."""
    try:
        return parse_periode(periode).libelle
    except UserError:
        return periode  # a span of years, as the source writes it


def intervalle(debut: str, fin: str) -> str:
    """Two periods in a sentence: « de 2009 à 2019 », « du 1er trimestre 2000 au 4e … »."""
    if debut == fin:
        return libelle_periode(debut)
    trimestres = "-T" in debut
    de, a = ("du", "au") if trimestres else ("de", "à")
    return f"{de} {libelle_periode(debut)} {a} {libelle_periode(fin)}"


def unite_affichee(carte: Carte) -> str:
    """Unit that follows the number, empty when the heading says it all."""
    return "" if carte.unite in _UNITES_MUETTES else carte.unite.value


def format_exact(valeur: Valeur, unite: str = "") -> str:
    """Figure with all its digits, for the tooltip."""
    if isinstance(valeur, Absence):
        return valeur.value
    if float(valeur).is_integer():
        nombre = _nombre(valeur, 0)
    else:
        nombre = _nombre(valeur, _DECIMALES_EXACTES).rstrip("0").rstrip(",")
    return f"{nombre}{ESPACE_INSECABLE}{unite}" if unite else nombre


def texte_chiffre(carte: Carte, valeur: Valeur) -> str:
    """Figure with its unit, as plain text."""
    return format_valeur(valeur, unite_affichee(carte), carte.decimales)


# The figures of the région and of France stand on every page.
_nombre = lru_cache(maxsize=65_536)(format_nombre)


def corps_chiffre(
    valeur: Valeur, decimales: int, unite: str = "", *, signe: bool = False
) -> tuple[str, str]:
    """HTML inside a figure's link, and the classes of that link."""
    if isinstance(valeur, Absence):
        return valeur.value, f"chiffre absence absence-{valeur.code}"
    nombre = _nombre(valeur, decimales)
    corps = f"+{nombre}" if signe and valeur > 0 else nombre
    if unite:
        suite = format_valeur(valeur, unite, decimales)[len(nombre) :]
        corps += f'{suite[0]}<span class="unite">{escape(suite[1:])}</span>'
    return corps, "chiffre"


def lien(
    url: str, valeur: Valeur, decimales: int, unite: str = "", *, signe: bool = False
) -> SafeString:
    """A figure as a link to the page that defends it; the exact value in its tooltip."""
    corps, classes = corps_chiffre(valeur, decimales, unite, signe=signe)
    if isinstance(valeur, Absence):
        titre = f"chiffre {valeur.value}, dire pourquoi"
    else:
        titre = f"valeur exacte{ESPACE_INSECABLE}: {format_exact(valeur, unite)}"
    return SafeString(  # every text in it went through escape()
        f'<a class="{classes}" href="{escape(url)}" title="{escape(titre)}">{corps}</a>'
    )


def lien_valeur(
    carte: Carte, niveau: Niveau, code: str, periode: str, valeur: Valeur, *, unite: bool = False
) -> SafeString:
    """Figure of a definition card, linked to its pedigree; the unit only if asked."""
    url = url_chiffre(niveau, code, carte.code, periode)
    return lien(url, valeur, carte.decimales, unite_affichee(carte) if unite else "")


def lien_chiffre(chiffre: Chiffre, *, unite: bool = True) -> SafeString:
    """Figure of a diagnosis, linked to its pedigree."""
    return lien_valeur(
        chiffre.carte, chiffre.niveau, chiffre.code, chiffre.periode, chiffre.valeur, unite=unite
    )


def liens_reperes(chiffre: Chiffre, territoire: Territoire) -> list[tuple[str, SafeString]]:
    """The same indicator in the région and in France, each linked to its own pedigree."""
    parents = {nom: (niveau, code) for niveau, code, nom in territoire.parents}
    return [
        (nom, lien_valeur(chiffre.carte, *parents[nom], chiffre.periode, valeur))
        for nom, valeur in chiffre.reperes
        if nom in parents
    ]


def texte_rang(rang: Rang | None) -> str:
    """Place among the territories of the level: « 12e sur 101 »; empty when there is none."""
    if rang is None:
        return ""
    return f"{format_ordinal(rang.rang)}{ESPACE_INSECABLE}sur{ESPACE_INSECABLE}{format_nombre(rang.sur)}"


def lien_rang(
    rang: Rang | None,
    lieu: tuple[Niveau, str],
    indicateur: str,
    periode: str,
    tri: str = "tri=rang&ordre=asc",
) -> SafeString:
    """Place of a territory, linked to the table that shows it; empty when there is none."""
    if rang is None:
        return SafeString("")
    url = _url_rang(rang, lieu, indicateur, periode, tri)
    return SafeString(f'<a class="rang" href="{escape(url)}">{texte_rang(rang)}</a>')


def _url_rang(rang: Rang, lieu: tuple[Niveau, str], indicateur: str, periode: str, tri: str) -> str:
    niveau, code = lieu
    if niveau in _SANS_TABLE:
        return f"{url_chiffre(niveau, code, indicateur, periode)}#rang"
    numero = (rang.rang - 1) // LIGNES_PAR_PAGE + 1
    page = f"&page={numero}" if numero > 1 else ""
    choix = f"niveau={niveau.value}&indicateur={indicateur}&periode={periode}"
    return f"/?{choix}&{tri}{page}#tableau"


def lien_rang_chiffre(chiffre: Chiffre) -> SafeString:
    """Rank of a figure of a diagnosis, linked to the table of its level."""
    lieu = (chiffre.niveau, chiffre.code)
    return lien_rang(chiffre.rang, lieu, chiffre.carte.code, chiffre.periode)


def nom_niveau(territoire: Territoire) -> str:
    """What a territory is, in words."""
    precisions = {
        "CC": "communauté de communes",
        "CA": "communauté d’agglomération",
        "CU": "communauté urbaine",
        "METRO": "métropole",
        "ARM": "arrondissement municipal",
    }
    return precisions.get(territoire.nature, territoire.niveau.libelle)
