"""The tables of the reference pack: names, columns, types and what one row is.

Codes are text. A null is a figure that the source does not give; the `etat` column beside a value
says which kind of absence it is (the codes of `maillage.kernel.valeur`, 0 when the value is known).
"""

from __future__ import annotations

import pyarrow as pa

TEXTE = pa.string()
LISTE = pa.list_(pa.string())
NOMBRE = pa.float64()
ENTIER = pa.int64()

#: One commune (COG 2025) or municipal arrondissement of Paris, Lyon, Marseille (`type` ARM).
#: Never add COM and ARM rows. Key: code.
COMMUNES = pa.schema(
    [
        ("code", TEXTE),
        ("type", TEXTE),  # COM | ARM
        ("code_parent", TEXTE),  # of an ARM: its commune; null otherwise
        ("nom", TEXTE),
        ("code_departement", TEXTE),
        ("code_region", TEXTE),
        ("code_arrondissement", TEXTE),
        ("code_epci", TEXTE),  # null for the island communes without EPCI (never ZZZZZZZZZ)
        ("code_zone_emploi", TEXTE),
        ("code_clpe", TEXTE),  # list of May 2026
        ("code_clpe_2025", TEXTE),  # list of June 2025
        ("bassin_ft", TEXTE),
        ("codes_postaux", LISTE),
        ("latitude", NOMBRE),  # WGS84, degrees; null when not published
        ("longitude", NOMBRE),
        ("x", ENTIER),  # display projection, metres (see CONTOURS)
        ("y", ENTIER),
        ("projection", TEXTE),  # EPSG code of x, y, e.g. "2154"
        ("superficie_km2", NOMBRE),
        ("densite", TEXTE),  # INSEE density grid, "1" dense … "7" very sparse
        ("ruralite", TEXTE),
        ("centralite", TEXTE),
        ("massif", TEXTE),
        ("zrr_2022", TEXTE),  # C | NC | PC
        ("frr_2025", TEXTE),  # S | P | B | SP | BP | NC
    ]
)

#: One delegated or associated commune of the past. Key: code.
COMMUNES_ANCIENNES = pa.schema(
    [
        ("code", TEXTE),
        ("nom", TEXTE),
        ("type", TEXTE),
        ("code_actuel", TEXTE),  # the 8 codes without a known successor are not published
    ]
)

#: One territory above the commune. Key: (niveau, code). `niveau` is the value of kernel.niveau.Niveau.
TERRITOIRES = pa.schema(
    [
        ("niveau", TEXTE),  # france | region | departement | zone-emploi | epci | clpe
        ("code", TEXTE),  # FR for the country
        ("nom", TEXTE),
        ("nature", TEXTE),  # EPCI: CC CA METRO CU; null elsewhere
        # principal one (most populated); null for the country and the régions
        ("code_departement", TEXTE),
        ("codes_departements", LISTE),  # all it touches
        ("code_region", TEXTE),
        ("chef_lieu", TEXTE),
        ("latitude", NOMBRE),
        ("longitude", NOMBRE),  # population-weighted centroid
    ]
)

#: Need figures of one commune or ARM for one period. Key: (code, serie, periode). Long form.
#: serie: see series listed in docs/reference/pack.md; e.g. population, demandeurs_emploi,
#: pop_15_64, actifs_15_64, chomeurs_rp_15_64, menages_fiscaux, personnes_menages_fiscaux,
#: niveau_vie_median, taux_pauvrete, part_minima_sociaux. Rates in percent as published.
BESOIN_COMMUNES = pa.schema(
    [
        ("code", TEXTE),
        ("serie", TEXTE),
        ("periode", TEXTE),
        ("valeur", NOMBRE),
        ("etat", pa.uint8()),
        ("source", TEXTE),  # code of the Source in datapackage.json
    ]
)

#: Every published series above the commune. Key: (niveau, code, serie, periode).
#: periode: "2021", "2024-T4", "2022-09" (kernel.period). Values in the published unit.
SERIES = pa.schema(
    [
        ("niveau", TEXTE),
        ("code", TEXTE),
        ("serie", TEXTE),
        ("periode", TEXTE),
        ("valeur", NOMBRE),
        ("etat", pa.uint8()),
        ("source", TEXTE),
    ]
)

#: One quartier prioritaire 2024. Key: code.
QPV = pa.schema(
    [
        ("code", TEXTE),
        ("nom", TEXTE),
        ("code_departement", TEXTE),
        ("codes_communes", LISTE),
        ("population", NOMBRE),
        ("menages", NOMBRE),
        ("taux_emploi_pct", NOMBRE),
        ("taux_pauvrete_pct", NOMBRE),
        ("personnes_couvertes_caf", NOMBRE),
        ("allocataires_caf", NOMBRE),
        ("allocataires_rsa_socle", NOMBRE),
    ]
)

#: One structure of the December 2020 register. Key: (siret, kind), never siret alone.
STRUCTURES = pa.schema(
    [
        ("siret", TEXTE),
        ("kind", TEXTE),  # ACI | AI | EI | ETTI | GEIQ (not IAE in law)
        ("siren", TEXTE),
        ("siret_valide", pa.bool_()),
        ("nom", TEXTE),
        ("enseigne", TEXTE),
        ("naf", TEXTE),
        ("code_postal", TEXTE),
        ("ville", TEXTE),
        ("code_commune", TEXTE),  # COG 2025 commune or ARM; null if unknown
        ("code_departement", TEXTE),
        ("code_epci", TEXTE),
        ("code_zone_emploi", TEXTE),
        ("code_clpe", TEXTE),
        ("latitude", NOMBRE),
        ("longitude", NOMBRE),  # the point kept for access; null if none
        ("localisation", TEXTE),  # adresse | commune (fallback) | inconnue
        ("latitude_publiee", NOMBRE),
        ("longitude_publiee", NOMBRE),
        ("score_geocodage", NOMBRE),
        ("distance_chef_lieu_km", NOMBRE),
        ("asp_id", TEXTE),
        ("nature_juridique_2019", TEXTE),
    ]
)

#: One published national or regional figure. Key: (territoire, indicateur, kind, periode).
CHIFFRES_PUBLIES = pa.schema(
    [
        ("territoire", TEXTE),
        ("periode", TEXTE),
        ("indicateur", TEXTE),
        ("kind", TEXTE),
        ("valeur", NOMBRE),
        ("unite", TEXTE),
        ("url", TEXTE),
        ("note", TEXTE),
    ]
)

#: One outline for display, in metres of its projection. Never compute a surface with it.
#: EPSG: 2154 mainland and Corse, 5490 Antilles, 2972 Guyane, 2975 La Réunion, 4471 Mayotte.
CONTOURS = pa.schema(
    [
        ("niveau", TEXTE),
        ("code", TEXTE),
        ("projection", TEXTE),
        ("anneaux", pa.list_(pa.list_(pa.int32()))),  # each ring: x0, y0, x1, y1 … closed, exterior
    ]
)  # rings and holes alike: draw with even-odd

#: One label of a typology (densite, ruralite, centralite, massif, zrr_2022, frr_2025).
TYPOLOGIES = pa.schema([("typologie", TEXTE), ("code", TEXTE), ("libelle", TEXTE)])

#: One series of INSEE's BDM that the pack holds: what to ask for an update. Key: idbank.
IDBANK = pa.schema([("idbank", TEXTE), ("niveau", TEXTE), ("code", TEXTE), ("serie", TEXTE)])

TABLES: dict[str, pa.Schema] = {
    "communes": COMMUNES,
    "communes_anciennes": COMMUNES_ANCIENNES,
    "territoires": TERRITOIRES,
    "besoin_communes": BESOIN_COMMUNES,
    "series": SERIES,
    "idbank": IDBANK,
    "qpv": QPV,
    "structures": STRUCTURES,
    "chiffres_publies": CHIFFRES_PUBLIES,
    "contours": CONTOURS,
    "typologies": TYPOLOGIES,
}
