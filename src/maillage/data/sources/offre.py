"""Supply: the register of structures, people in IAE, targets, published national figures."""

from __future__ import annotations

from maillage.data.sources.publie import FichierPublie, Nature

_CODE, _TEXTE, _NOMBRE = Nature.CODE, Nature.TEXTE, Nature.NOMBRE

SIAE = FichierPublie(
    "offre/siae_2020_12.csv",
    {
        "siret": _CODE,
        "kind": _CODE,
        "siren": _CODE,
        "siret_luhn_ok": _CODE,
        "nom": _CODE,
        "enseigne": _TEXTE,
        "naf": _TEXTE,
        "code_postal": _TEXTE,
        "ville": _TEXTE,
        "code_departement": _CODE,
        "code_insee": _TEXTE,
        "latitude": _NOMBRE,
        "longitude": _NOMBRE,
        "score_geocodage": _NOMBRE,
        "distance_chef_lieu_km": _NOMBRE,
        "asp_id": _TEXTE,
        "nature_juridique_2019": _TEXTE,
    },
    ("siret", "kind"),
)
BENEFICIAIRES = FichierPublie(
    "offre/beneficiaires_siae_mensuel_2017_2022.csv",
    {"niveau": _CODE, "code": _CODE, "date": _CODE, "beneficiaires_siae": _NOMBRE},
    ("niveau", "code", "date"),
)
CIBLES = FichierPublie(
    "offre/cibles_iae_2022.csv",
    {"niveau": _CODE, "code": _CODE, "cible": _NOMBRE, "date_cible": _CODE},
    ("niveau", "code", "date_cible"),
)
CHIFFRES_PUBLIES = FichierPublie(
    "offre/iae_chiffres_publies.csv",
    {
        "territoire": _CODE,
        "periode": _CODE,
        "indicateur": _CODE,
        "type_structure": _CODE,
        "valeur": _NOMBRE,
        "unite": _CODE,
        "source": _CODE,
        "note": _TEXTE,
    },
    ("territoire", "periode", "indicateur", "type_structure"),
)
