"""French names of the columns and results that a reader meets, with the unit each is told in.

The formulas give the unit of what they take and return; a case file has names of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.regles.engine.formules import load_regles

if TYPE_CHECKING:
    from maillage.regles.engine.unites import Unite

LIBELLES: dict[str, str] = {
    # dates and places
    "le": "Jour auquel le droit est lu",
    "du": "Premier jour de l’annexe",
    "au": "Dernier jour de l’annexe",
    "le_avant": "Droit lu au",
    "le_apres": "Réforme lue au",
    "connu_au": "Textes connus au",
    "type": "Type de structure",
    "territoire": "Territoire",
    "embauche": "Embauche en CDI inclusion",
    # annexes
    "etp": "ETP conventionnés",
    "realises": "ETP réalisés chaque mois",
    "mois": "Mois du contrat passerelle",
    "personnes": "Personnes qui percevaient le RSA",
    "poids": "Poids des critères (publics, moyens, résultats)",
    "notes": "Notes sur les critères (publics, moyens, résultats)",
    "montant": "Montant",
    "montant_unitaire": "Montant par ETP et par an",
    "verses": "Versé chaque mois, puis le mois qui suit la fin",
    "droit": "Droit acquis sur toute l’annexe",
    "refus": "Calcul refusé",
    "duree_mois": "Durée de l’annexe",
    "etp_centiemes": "ETP conventionnés par mois",
    "etp_realises_cumules_centiemes": "ETP réalisés, somme des mois",
    "montant_total_annuel_centimes": "Montant conventionné de l’annexe",
    "avance_mensuelle_centimes": "Avance d’un mois",
    "droit_final_centimes": "Droit acquis sur toute l’annexe",
    "date_debut_effet": "Premier jour de l’annexe",
    "date_fin_effet": "Dernier jour de l’annexe",
    "type_siae": "Type de structure",
    "bareme_socle": "Série des montants, selon le territoire",
    "montant_de_l_arrete": "Montant de l’arrêté",
    "montant_socle": "Montant par ETP et par an, au premier jour",
    "montant_unitaire_centimes": "Montant par ETP et par an, au centime",
    "montant_mensuel_centimes": "Montant d’un mois, arrondi au centime",
    "montant_fdi_centimes": "Fonds départemental d’insertion (FDI), décidé",
    "aide_avec_fdi_centimes": "Montant de l’annexe avec le FDI",
    "bareme_part_modulee": "Série de la part modulée, selon le territoire",
    "taux_modulation_max": "Part modulée, maximum",
    "poids_publics": "Poids des personnes embauchées, sur 100",
    "poids_moyens": "Poids des actions et moyens, sur 100",
    "poids_resultats": "Poids des résultats à la sortie, sur 100",
    "note_publics": "Note des personnes embauchées, sur 100",
    "note_moyens": "Note des actions et moyens, sur 100",
    "note_resultats": "Note des résultats à la sortie, sur 100",
    "points_modulation": "Somme des poids × notes, sur 10\u202f000",
    "part_modulee_centimes": "Part modulée",
    "bareme_passerelle": "Série du contrat passerelle, selon le territoire",
    "est_passerelle": "Le contrat passerelle est ouvert à la structure",
    "etp_passerelle_centiemes": "Postes en contrat passerelle",
    "mois_passerelle": "Durée des contrats passerelle, en mois",
    "montant_passerelle": "Montant d’un poste en contrat passerelle",
    "contrat_passerelle_centimes": "Aide des contrats passerelle",
    "age": "Âge de la personne",
    "anciennete_parcours_mois": "Mois passés en parcours",
    "duree_hebdomadaire": "Heures par semaine",
    "cdi_age_min": "Âge minimal",
    "cdi_anciennete_min": "Mois de parcours, minimum",
    "cdi_duree_min": "Heures par semaine, minimum",
    "est_cdi_inclusion_possible": "Le CDI inclusion est ouvert à la personne",
    "est_duree_cdi_suffisante": "La durée de travail suffit",
    "date_embauche_cdi": "Jour de l’embauche en CDI inclusion",
    "etp_cdi_centiemes": "ETP en CDI inclusion",
    "mois_cdi_annee_1": "Mois de la première année du CDI inclusion",
    "mois_cdi_suivants": "Mois des années suivantes du CDI inclusion",
    "taux_cdi_annee_1": "Part de l’aide, première année",
    "taux_cdi_suivants": "Part de l’aide, années suivantes",
    "aide_cdi_inclusion_centimes": "Aide des postes en CDI inclusion",
    # share of the département
    "bareme_rsa": "Série des montants du RSA",
    "rsa_au_debut": "Montant forfaitaire du RSA au premier jour de l’annexe",
    "rsa_personne_seule": "Montant forfaitaire du RSA, personne seule",
    "taux_cofinancement": "Part versée par le département",
    "cofinancement_mensuel_par_beneficiaire": "Part du département, par mois et par personne",
    "mois_beneficiaires": "Mois × personnes qui percevaient le RSA",
    "part_departement_centimes": "Part du département dans l’annexe",
    "montant_cofinance_centimes": "Montant cofinancé, imprimé sur l’annexe",
    "nombre_beneficiaires_cible": "Nombre moyen de personnes cofinancées",
    "part_departement": "Part du département dans le montant de l’annexe",
    # contributions
    "effectif": "Effectif de l’employeur",
    "seuil_effectif": "Seuil d’effectif",
    "coefficient_moins_de_seuil": "T sous le seuil d’effectif",
    "coefficient_seuil_et_plus": "T à partir du seuil d’effectif",
    "coefficient_maximal": "Coefficient maximal T",
    "smic_periode": "SMIC des heures payées",
    "smic_retenu": "SMIC de la formule",
    "premier_janvier": "Jour auquel le SMIC est lu",
    "smic_horaire_janvier": "SMIC horaire du 1er janvier",
    "lecture_conges_payes": "Lecture de l’indemnité de congés payés",
    "nombre_heures_remunerees": "Heures payées de la période",
    "remuneration": "Rémunération brute de la période",
    "plafond_en_smic": "Plafond, en SMIC",
    "decimales_coefficient": "Décimales du coefficient",
    "coefficient_reduction": "Coefficient de la réduction",
    "t_min": "Tmin, coefficient minimal",
    "t_delta": "Tdelta, écart entre coefficients extrêmes",
    "t_delta_moins_50": "Tdelta, moins de 50 salariés",
    "t_delta_50_et_plus": "Tdelta, 50 salariés et plus",
    "puissance": "Puissance",
    "reduction_cotisations": "Réduction de cotisations",
    "nombre_heures_cumulees_avant": "Heures déjà payées depuis le 1er janvier",
    "heures_exonerees_max": "Heures exonérées par an",
    "heures_exonerees_ai": "Heures exonérées de la période (AI)",
    "assiette_exoneree_ai": "Rémunération exonérée (AI)",
    "remuneration_des_750_heures": "Rémunération des heures exonérées",
    "taux_accident_forfaitaire_ai": "Taux forfaitaire d’accident du travail (AI)",
    "cotisation_accident_ai": "Cotisation forfaitaire d’accident du travail (AI)",
    "contrat_ouvre_aide_au_poste": "Le contrat ouvre droit à l’aide au poste",
    "plafond_exoneration_aci": "Plafond de l’exonération, en SMIC",
    "employeur_public": "Employeur public",
    "assiette_exoneree_aci": "Rémunération exonérée (ACI)",
    "assiette_accident_aci": "Assiette de la cotisation d’accident",
    "taux_accident_aci": "Taux d’accident du travail (ACI)",
    "cotisation_accident_aci": "Cotisation d’accident du travail (ACI)",
    # tax on wages
    "remuneration_permanents_annuelle": "Salaires annuels des permanents",
    "remuneration_insertion_annuelle": "Salaires annuels des personnes en parcours",
    "insertion_dans_assiette": "Les salaires d’insertion sont dans l’assiette",
    "assiette_taxe_salaires": "Assiette de la taxe",
    "taux_normal": "Taux normal",
    "taxe_au_taux_normal": "Taxe au taux normal",
    "remuneration_individuelle_annuelle": "Salaire annuel d’une personne",
    "seuil_1": "Premier seuil",
    "seuil_2": "Deuxième seuil",
    "seuil_3": "Troisième seuil",
    "taux_1": "Première majoration",
    "taux_2": "Deuxième majoration",
    "taux_3": "Troisième majoration",
    "majoration_individuelle": "Majoration pour une personne",
    "majorations_employeur": "Somme des majorations",
    "taxe_brute": "Taxe avant franchise, décote et abattement",
    "franchise": "Franchise",
    "decote_plafond": "Plafond de la décote",
    "decote_taux": "Part de l’écart remise par la décote",
    "taxe_apres_decote": "Taxe après franchise et décote",
    "est_association": "L’employeur a droit à l’abattement",
    "abattement_associations": "Abattement des associations",
    "taxe_due": "Taxe due",
    # hours in companies
    "arrete_au": "Décompte arrêté au",
    "mises_a_disposition": "Mises à disposition",
    "derogations": "Dérogations du préfet",
    "point_de_depart": "Lecture du point de départ",
    "heures_sous_derogation": "Lecture des heures sous dérogation",
    "plafond_heures_entreprise": "Plafond d’heures en entreprise",
    "heures_comptees_en_entreprise": "Heures comptées sur la période",
    "heures_restantes_en_entreprise": "Heures qui restent sous le plafond",
    "heures_au_dela_du_plafond": "Heures au-delà du plafond",
    "nombre_heures_comptees": "Heures comptées dans le plafond",
    "nombre_heures_restantes": "Heures qui restent",
    "nombre_heures_depassement": "Heures au-delà, sans dérogation",
    "nombre_heures_sans_plafond": "Heures que le plafond ne concerne pas",
    "nombre_heures_sous_derogation": "Heures sous dérogation",
    "nombre_heures_hors_periode": "Heures après les 24 mois",
    "date_depart": "Premier jour de la période",
    "date_anniversaire": "Jour où la période est écoulée",
    "date_plafond_atteint": "Jour où le plafond est atteint",
    "date_franchissement": "Jour où le plafond est franchi sans dérogation",
    # SMIC
    "smic_horaire_brut": "SMIC horaire brut",
    "heures_annuelles_smic": "Heures d’une année à temps plein",
    "smic_mensuel": "SMIC mensuel brut",
    "smic_annuel": "SMIC annuel brut",
}
"""By name in the formulas and in the case files."""

_EUROS = {"montant", "montant_unitaire", "verses", "droit"}
"""Results of the cases of annexes, in euros and exact."""


def get_libelle(nom: str) -> str:
    """French name of a column, of a result or of an input of a case.

    Raises:
        KeyError: it has none; a test makes sure that every name shown has one.
    """
    return LIBELLES[nom]


def find_unite(nom: str) -> Unite | None:
    """Unit that the formulas give to a name; None for a word, a day, or a name of the cases only."""
    for versions in load_regles().versions.values():
        for version in versions:
            if version.formule.nom == nom:
                return version.unite
            for argument in version.arguments:
                if argument.nom == nom:
                    return argument.unite
    return None


def is_euros(nom: str) -> bool:
    """Whether a name of the cases stands for an amount in euros."""
    unite = find_unite(nom)
    return nom in _EUROS or (unite is not None and unite.code.startswith("EUR"))
