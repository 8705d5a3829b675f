"""Which published series each indicator of the readable engine reads."""

from __future__ import annotations

SAME = {
    "taux_activite": "taux_activite_15_64",
    "taux_activite_hommes": "taux_activite_hommes_15_64",
    "taux_activite_femmes": "taux_activite_femmes_15_64",
    "taux_pauvrete_moins_30": "taux_pauvrete_moins30",
    "part_longue_duree_departement": "part_longue_duree",
    "rsa_part_orientees": "part_orientees",
    "rsa_part_orientees_departement": "part_orientees_departement",
    "rsa_part_orientees_france_travail": "part_orientees_pole_emploi",
    "rsa_part_contrat_engagement": "part_cer_hors_pe",
    "rsa_delai_orientation": "delai_orientation_jours",
} | {
    serie: serie
    for serie in (
        "taux_chomage_localise",
        "demandeurs_emploi_abc",
        "part_neet_15_24",
        "taux_activite_25_54",
        "niveau_vie_median",
        "taux_pauvrete",
        "taux_pauvrete_50_59",
        "part_minima_sociaux",
        "rapport_interdecile",
        "entrees_cej",
        "cible_cej",
        "personnes_iae",
        "cible_iae",
    )
}
ADDED = {
    "rsa_allocataires": "rsa_allocataires",
    "ass_allocataires": "ass_allocataires",
    "aah_allocataires": "aah_allocataires",
    "minima_sociaux_total": "total_minima_sociaux",
    "depense_insertion_brute": "depense_brute_insertion_keur",
    "population_estimee": "population_estimee",
    "population_20_64": "population_20_64",
}
EPCI_PARTS = {
    "part_longue_duree_epci": "abc_un_an_plus",
    "part_moins_25_epci": "abc_moins_25_ans",
    "part_50_ans_plus_epci": "abc_50_ans_plus",
    "part_femmes_epci": "abc_femmes",
}
CLASSES = {
    "part_population_frr": ("frr_2025", ("S", "P", "SP")),
    "part_population_frr_plus": ("frr_2025", ("P",)),
    "part_population_frr_beneficiaire": ("frr_2025", ("B", "BP")),
    "part_population_zrr": ("zrr_2022", ("C",)),
    "part_population_rurale": ("densite", ("5", "6", "7")),
}
