"""Need: unemployment, job seekers, poverty, minimum benefits, youth, priority districts."""

from __future__ import annotations

from maillage.data.sources.publie import FichierPublie, Nature

_CODE, _NOMBRE, _LISTE = Nature.CODE, Nature.NOMBRE, Nature.LISTE


def _numbers(*names: str) -> dict[str, Nature]:
    return dict.fromkeys(names, _NOMBRE)


CHOMAGE = FichierPublie(
    "besoin/chomage_localise_trimestriel.csv",
    {"niveau": _CODE, "code": _CODE, "annee": _CODE, "trimestre": _CODE, "idbank": _CODE}
    | _numbers("taux_chomage"),
    ("niveau", "code", "annee", "trimestre"),
)
CHOMAGE_ZONE_EMPLOI = FichierPublie(
    "besoin/chomage_zone_emploi_trimestriel.csv",
    {"code": _CODE, "annee": _CODE, "trimestre": _CODE} | _numbers("taux_chomage"),
    ("code", "annee", "trimestre"),
)
FILOSOFI = FichierPublie(
    "besoin/filosofi_2021_dep_reg.csv",
    {"niveau": _CODE, "code": _CODE, "annee": _CODE}
    | _numbers(
        "menages_fiscaux",
        "personnes_menages_fiscaux",
        "niveau_vie_median_eur",
        "part_menages_imposes_pct",
        "taux_pauvrete_pct",
        "taux_pauvrete_moins30_pct",
        "taux_pauvrete_30_39_pct",
        "taux_pauvrete_40_49_pct",
        "taux_pauvrete_50_59_pct",
        "taux_pauvrete_60_74_pct",
        "part_revenus_activite_pct",
        "part_prestations_sociales_pct",
        "part_minima_sociaux_pct",
        "rapport_interdecile",
    ),
    ("niveau", "code", "annee"),
)
POPULATION_ACTIVE = FichierPublie(
    "besoin/population_active_2021_dep_reg.csv",
    {"niveau": _CODE, "code": _CODE, "annee": _CODE}
    | _numbers(
        "actifs_15_64",
        "actifs_15_64_hommes",
        "actifs_15_64_femmes",
        "taux_activite_15_64_pct",
        "taux_activite_25_54_pct",
        "taux_activite_hommes_15_64_pct",
        "taux_activite_femmes_15_64_pct",
    ),
    ("niveau", "code", "annee"),
)
COMMUNES_BESOIN = FichierPublie(
    "besoin/communes_besoin.csv",
    {"code_insee": _CODE, "type": _CODE}
    | _numbers(
        "demandeurs_emploi_2025",
        "pop_15_64_2021",
        "actifs_15_64_2021",
        "chomeurs_rp_15_64_2021",
        "menages_fiscaux_2020",
        "personnes_2020",
        "niveau_vie_median_2020_eur",
        "taux_pauvrete_2020_pct",
        "part_minima_sociaux_2020_pct",
    ),
    ("code_insee",),
)
DEMANDEURS_EPCI = FichierPublie(
    "besoin/demandeurs_emploi_epci_2016_2019.csv",
    {"code_epci": _CODE, "annee": _CODE, "epci_existe_2025": _CODE}
    | _numbers(
        "cat_a",
        "cat_b",
        "cat_c",
        "cat_d",
        "cat_e",
        "abc_total",
        "abc_femmes",
        "abc_moins_25_ans",
        "abc_50_ans_plus",
        "anc_moins_3_mois",
        "anc_3_a_5_mois",
        "anc_6_a_11_mois",
        "anc_12_a_23_mois",
        "anc_24_a_35_mois",
        "anc_plus_36_mois",
        "abc_un_an_plus",
    ),
    ("code_epci", "annee"),
)
LONGUE_DUREE = FichierPublie(
    "besoin/demandeurs_longue_duree_dep_2013_2017.csv",
    {"code": _CODE, "annee": _CODE} | _numbers("part_longue_duree_pct"),
    ("code", "annee"),
)
NEET_EPCI = FichierPublie(
    "besoin/neet_epci_2009_2014.csv",
    {"code_epci": _CODE, "annee": _CODE, "epci_existe_2025": _CODE}
    | _numbers("part_neet_15_24_pct"),
    ("code_epci", "annee"),
)
MINIMA_SOCIAUX = FichierPublie(
    "besoin/minima_sociaux_dep_1995_2019.csv",
    {"code": _CODE, "annee": _CODE}
    | _numbers(
        "rsa_allocataires",
        "rsa_adultes_beneficiaires",
        "rsa_population_couverte",
        "rmi_allocataires",
        "ass_allocataires",
        "aah_allocataires",
        "ata_aerr_allocataires",
        "ada_allocataires",
        "rso_allocataires",
        "total_minima_sociaux",
    ),
    ("code", "annee"),
)
OARSA = FichierPublie(
    "besoin/rsa_orientation_oarsa_dep.csv",
    {"code": _CODE, "annee": _CODE}
    | _numbers(
        "part_orientees_pct",
        "part_orientees_pole_emploi_pct",
        "part_orientees_autre_spe_pct",
        "part_orientees_departement_pct",
        "part_orientees_hors_spe_pct",
        "part_cer_hors_pe_pct",
        "delai_orientation_jours",
        "delai_cer_jours",
        "part_cer_recherche_emploi_pct",
    ),
    ("code", "annee"),
)
DEPENSES_INSERTION = FichierPublie(
    "besoin/depenses_insertion_dep.csv",
    {"code": _CODE, "annee": _CODE}
    | _numbers(
        "depense_brute_insertion_keur",
        "depense_nette_insertion_keur",
        "depense_brute_allocation_rsa_keur",
        "depense_brute_insertion_rsa_keur",
        "depense_brute_cui_keur",
    ),
    ("code", "annee"),
)
POPULATION_DEP = FichierPublie(
    "besoin/population_dep_1989_2021.csv",
    {"code": _CODE, "annee": _CODE}
    | _numbers("population", "population_20_64", "population_60_plus", "population_0_20"),
    ("code", "annee"),
)
ENTREES_CEJ = FichierPublie(
    "besoin/entrees_cej_2022_2024.csv",
    {"niveau": _CODE, "code": _CODE, "date": _CODE} | _numbers("entrees_cej", "cible"),
    ("niveau", "code", "date"),
)
QPV = FichierPublie(
    "besoin/qpv_2024.csv",
    {"code_qp": _CODE, "nom_qp": _CODE, "code_departement": _CODE, "codes_communes": _LISTE}
    | _numbers(
        "population_municipale",
        "nb_menages",
        "taux_emploi_pct",
        "taux_pauvrete_60_pct",
        "personnes_couvertes_caf",
        "allocataires_caf",
        "allocataires_rsa_socle",
    ),
    ("code_qp",),
)
