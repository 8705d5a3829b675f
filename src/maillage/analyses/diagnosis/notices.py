"""What the reader of a diagnosis must know before quoting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.geography import ARM
from maillage.analyses.typography import typeset
from maillage.indicators.carte import Famille
from maillage.kernel.francais import format_nombre, join_fr
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Territoire

_CORSE = frozenset({"2A", "2B"})
_MAYOTTE = "976"
_SANS_FILOSOFI = frozenset({"971", "973"})
_MAX_NOMS = 8  # communes named before the rest is counted
_AVEC_ECARTS = (Niveau.DEPARTEMENT, Niveau.REGION)

_REGISTRE = (
    "Les structures viennent du registre de décembre 2020, le dernier publié au détail : celles "
    "ouvertes ou fermées depuis n’y sont pas. Les EITI n’y figurent pas."
)
_DEMANDEURS = (
    "La source des demandeurs d’emploi ne dit ni leur catégorie ni leur date ; leur total est celui "
    "des catégories A, B et C de la fin de 2024. Ils sont arrondis à 5."
)
_TRAVERSEE = (
    "Les temps de trajet sont calculés comme par la route : la traversée n’est pas vue, l’accès réel "
    "est moindre."
)
_SANS_COMPARABLE = (
    "Trop peu de chiffres sont publiés ici pour désigner des territoires comparables : il en faut la "
    "moitié au moins."
)


def notices_of(
    atlas: Atlas, territoire: Territoire, *, has_comparables: bool = True
) -> tuple[str, ...]:
    """Sentences that concern this territory, the most specific first."""
    found = [
        *_about_commune(atlas, territoire),
        *_about_communes(atlas, territoire),
        *_about_borders(atlas, territoire),
        *_about_departements(territoire),
        *([] if has_comparables or territoire.niveau is Niveau.FRANCE else [_SANS_COMPARABLE]),
        *_about_gaps(territoire),
        *_about_series(atlas, territoire),
        _REGISTRE,
        _DEMANDEURS,
    ]
    return (*(typeset(sentence) for sentence in found), *atlas.avertissements)


def reserve_of(atlas: Atlas, territoire: Territoire, famille: Famille) -> str:
    """What must stand beside the figures of one section: how access is measured from an island."""
    if famille is not Famille.ACCES or territoire.niveau is not Niveau.COMMUNE:
        return ""
    return typeset(_TRAVERSEE) if _is_island(atlas, territoire) else ""


def _is_island(atlas: Atlas, territoire: Territoire) -> bool:
    """Whether the commune belongs to no EPCI: by law, only four islands do."""
    return atlas.geographie.communes[territoire.code]["code_epci"] is None


def _about_commune(atlas: Atlas, territoire: Territoire) -> list[str]:
    if territoire.niveau is not Niveau.COMMUNE:
        return []
    if territoire.code in atlas.communes_retablies:
        return [
            (
                f"{territoire.nom} a été rétablie en 2024 ou 2025 : ses chiffres propres ne sont pas "
                "encore publiés."
            )
        ]
    if territoire.nature == ARM:
        mere = territoire.parents[-1][2]
        return [
            (
                f"Arrondissement municipal : ses chiffres sont déjà compris dans ceux de la commune de "
                f"{mere}, il ne faut pas les y ajouter."
            )
        ]
    if territoire.code in atlas.geographie.arrondissements:
        return [
            (
                "La carte montre les arrondissements municipaux ; leurs chiffres sont compris dans ceux "
                "de la commune."
            )
        ]
    return _about_position(atlas, territoire)


def _about_position(atlas: Atlas, territoire: Territoire) -> list[str]:
    ligne = atlas.geographie.communes[territoire.code]
    if _is_island(atlas, territoire):
        return [f"{territoire.nom} est une île, sans intercommunalité. {_TRAVERSEE}"]
    if ligne["latitude"] is None:
        return ["Le centre de la commune n’est pas publié : son accès ne peut pas être calculé."]
    return []


def _about_communes(atlas: Atlas, territoire: Territoire) -> list[str]:
    if territoire.niveau is Niveau.COMMUNE:
        return []
    communes = atlas.geographie.territoires[Niveau.COMMUNE]
    inside = atlas.geographie.communes_par.get((territoire.niveau, territoire.code), ())
    restored = [communes[c].nom for c in inside if c in atlas.communes_retablies]
    if not restored:
        return []
    named = restored[:_MAX_NOMS]
    if len(restored) == 1:
        return [
            (
                f"{named[0]}, commune rétablie en 2024 ou 2025, n’a pas encore de chiffres publiés : "
                "les sommes sont faites sans elle."
            )
        ]
    return [
        (
            f"{format_nombre(len(restored))} communes rétablies en 2024 ou 2025 n’ont pas encore de "
            f"chiffres publiés ({join_fr(named)}) : les sommes sont faites sans elles."
        )
    ]


def _about_borders(atlas: Atlas, territoire: Territoire) -> list[str]:
    is_crossing = len(territoire.departements) > 1
    if not is_crossing or territoire.niveau in {Niveau.FRANCE, Niveau.REGION}:
        return []
    noms = [atlas.territoire(Niveau.DEPARTEMENT, code).nom for code in territoire.departements]
    principal = [nom for niveau, _, nom in territoire.parents if niveau is Niveau.DEPARTEMENT]
    return [
        (
            f"Ce territoire s’étend sur plusieurs départements ({join_fr(sorted(noms))}) : les repères "
            f"sont ceux de la région du principal, {principal[0]}."
        )
    ]


def _about_departements(territoire: Territoire) -> list[str]:
    """Corse, Mayotte and the overseas départements that tax statistics leave out."""
    if territoire.niveau is Niveau.FRANCE:
        return []
    inside = set(territoire.departements)
    found = []
    if inside and inside <= _CORSE:
        found.append(
            "Les dépenses d’insertion ne sont plus publiées par département en Corse depuis la "
            "collectivité unique de 2018."
        )
    if inside == {_MAYOTTE}:
        found.append(
            "Mayotte : population du recensement de 2017 ; le taux de chômage localisé, les niveaux "
            "de vie et la pauvreté n’y sont pas publiés, et plusieurs séries y manquent. La traversée "
            "en barge entre Petite-Terre et Grande-Terre n’est pas vue dans les temps de trajet."
        )
    if inside and inside <= _SANS_FILOSOFI:
        found.append(
            "L’INSEE ne publie pas ici les niveaux de vie et la pauvreté : la clé « pauvreté » y "
            "est inconnue."
        )
    return found


def _about_gaps(territoire: Territoire) -> list[str]:
    if territoire.niveau in _AVEC_ECARTS or territoire.niveau is Niveau.FRANCE:
        return []
    departement = [nom for niveau, _, nom in territoire.parents if niveau is Niveau.DEPARTEMENT]
    where = f" (ici : {departement[0]})" if departement else ""
    return [
        (
            "Le nombre de personnes en parcours, les cibles et l’écart selon les clés de besoin ne sont "
            f"publiés qu’au niveau du département et au-dessus{where}."
        )
    ]


def _about_series(atlas: Atlas, territoire: Territoire) -> list[str]:
    has_rate = atlas.cube.find_releve("taux_chomage_localise", territoire.niveau) is not None
    if territoire.niveau is Niveau.ZONE_EMPLOI and has_rate:
        return [
            (
                "Le taux de chômage de la zone d’emploi et ceux de la région et de la France viennent "
                "de deux éditions de l’INSEE : de petites révisions les séparent."
            )
        ]
    return []
