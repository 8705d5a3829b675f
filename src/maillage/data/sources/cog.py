"""Geography: INSEE's official codes (COG 2025), France Travail's CLPE, zonings, populations."""

from __future__ import annotations

from maillage.data.sources.publie import FichierPublie, Nature

_CODE, _TEXTE, _NOMBRE, _LISTE = (
    Nature.CODE,
    Nature.TEXTE,
    Nature.NOMBRE,
    Nature.LISTE,
)
ANNEES_POPULATION = tuple(range(2013, 2022))
"""Years of the municipal populations by commune."""

COMMUNES = FichierPublie(
    "geo/communes.csv",
    {
        "code_insee": _CODE,
        "type": _CODE,
        "code_parent": _TEXTE,
        "nom": _CODE,
        "code_departement": _CODE,
        "code_region": _CODE,
        "code_arrondissement": _TEXTE,
        "code_epci": _CODE,
        "code_ze2020": _CODE,
        "code_clpe": _TEXTE,
        "code_clpe_2025": _TEXTE,
        "bassin_ft": _TEXTE,
        "codes_postaux": _LISTE,
        "latitude": _NOMBRE,
        "longitude": _NOMBRE,
        "population_2021": _NOMBRE,
        "superficie_km2": _NOMBRE,
    },
    ("code_insee",),
)
COMMUNES_ANCIENNES = FichierPublie(
    "geo/communes_anciennes.csv",
    {"code_insee_ancien": _CODE, "nom": _CODE, "type": _CODE, "code_insee_actuel": _TEXTE},
    ("code_insee_ancien",),
)
COMMUNES_POPULATION = FichierPublie(
    "geo/communes_population_2013_2021.csv",
    {"code_insee": _CODE} | {f"population_{annee}": _NOMBRE for annee in ANNEES_POPULATION},
    ("code_insee",),
)
COMMUNES_TYPOLOGIES = FichierPublie(
    "geo/communes_typologies.csv",
    {
        "code_insee": _CODE,
        "densite": _TEXTE,
        "ruralite": _TEXTE,
        "centralite": _TEXTE,
        "massif": _TEXTE,
        "zrr_2022": _TEXTE,
        "frr_2025": _TEXTE,
    },
    ("code_insee",),
)
TYPOLOGIES_LIBELLES = FichierPublie(
    "geo/typologies_libelles.csv",
    {"typologie": _CODE, "code": _CODE, "libelle": _CODE},
    ("typologie", "code"),
)
REGIONS = FichierPublie(
    "geo/regions.csv",
    {
        "code": _CODE,
        "nom": _CODE,
        "chef_lieu": _TEXTE,
        "latitude": _NOMBRE,
        "longitude": _NOMBRE,
    },
    ("code",),
)
DEPARTEMENTS = FichierPublie(
    "geo/departements.csv",
    {
        "code": _CODE,
        "nom": _CODE,
        "code_region": _CODE,
        "chef_lieu": _TEXTE,
        "latitude": _NOMBRE,
        "longitude": _NOMBRE,
    },
    ("code",),
)
_AIRE = {
    "code": _CODE,
    "nom": _CODE,
    "code_departement_principal": _CODE,
    "codes_departements": _LISTE,
    "code_region_principale": _CODE,
    "latitude": _NOMBRE,
    "longitude": _NOMBRE,
}
EPCI = FichierPublie("geo/epci.csv", _AIRE | {"nature": _CODE}, ("code",))
ZONES_EMPLOI = FichierPublie("geo/zones_emploi.csv", _AIRE, ("code",))
CLPE = FichierPublie("geo/clpe.csv", _AIRE, ("code",))

SANS_EPCI = "ZZZZZZZZZ"
"""Code that the COG gives to the group of communes which belong to no EPCI."""
