"""The question that gives one row per annexe, out of all the versions that an extract repeats."""

VERSIONS = """
WITH versions AS (
    SELECT
        af.*,
        af_numero_annexe_financiere || 'A' || coalesce(af_numero_avenant_renouvellement, 0)
            || 'M' || coalesce(af_numero_avenant_modification, 0) AS numero,
        regexp_extract(af_mesure_dispositif_code, '^(EITI|ETTI|ACI|EI|AI)(PA)?_(DC|MP)$', 1) AS type,
        af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE') AS active,
        coalesce(af_numero_avenant_modification, 0) AS modification
    FROM annexe_financiere AS af
    WHERE regexp_matches(af_mesure_dispositif_code, '^(EITI|ETTI|ACI|EI|AI)(PA)?_(DC|MP)$')
),
rangs AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY af_id_annexe_financiere
            ORDER BY active DESC, af_etat_annexe_financiere_code = 'CLOTURE' DESC,
                modification DESC, af_date_fin_effet DESC NULLS LAST,
                af_motif_rejet_code NULLS FIRST
        ) AS rang,
        count(*) OVER (PARTITION BY af_id_annexe_financiere) AS versions,
        arg_max(
            CASE WHEN NOT active AND af_etat_annexe_financiere_code IN ('SAISI', 'BROUILLON', 'REJETE')
                THEN numero END,
            modification
        ) OVER (PARTITION BY af_id_annexe_financiere) AS en_cours,
        max(modification) FILTER (
            WHERE NOT active AND af_etat_annexe_financiere_code IN ('SAISI', 'BROUILLON', 'REJETE')
        ) OVER (PARTITION BY af_id_annexe_financiere) AS modification_en_cours,
        string_agg(af_motif_rejet_code, ' ') OVER (
            PARTITION BY af_id_annexe_financiere, modification
        ) AS rejets
    FROM versions
),
tenues AS (SELECT * FROM rangs WHERE rang = 1),
uniques AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY numero
            ORDER BY (active AND af_date_fin_effet >= DATE '{jour}') DESC, active DESC,
                af_date_fin_effet DESC NULLS LAST, af_id_annexe_financiere DESC
        ) AS rang_du_numero
    FROM tenues
),
structures AS (
    SELECT * FROM structure
    QUALIFY row_number() OVER (
        PARTITION BY structure_id_siae
        ORDER BY structure_date_modification DESC NULLS LAST, structure_siret_actualise
    ) = 1
)
SELECT
    af_id_annexe_financiere AS annexe_id,
    numero,
    af_mesure_dispositif_code AS mesure,
    type,
    af_mesure_dispositif_code LIKE '%\\_MP' ESCAPE '\\'
        OR coalesce(af_indic_perimetre_milieu_penitentiaire, false) AS penitentiaire,
    year(af_date_debut_effet) AS millesime,
    af_date_debut_effet AS debut,
    af_date_fin_effet AS fin,
    (year(af_date_fin_effet) - year(af_date_debut_effet)) * 12
        + month(af_date_fin_effet) - month(af_date_debut_effet) + 1 AS duree_mois,
    af_etat_annexe_financiere_code AS etat,
    rang_du_numero = 1
        AND af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE', 'CLOTURE') AS compte_pilotage,
    rang_du_numero = 1 AND active AND af_date_fin_effet >= DATE '{jour}' AS conventionnee,
    coalesce(af_indicateur_suspension, false) AS suspendue,
    coalesce(rejets, '') AS rejet_code,
    CASE WHEN modification_en_cours > modification THEN coalesce(en_cours, '') ELSE '' END
        AS avenant_en_cours,
    versions,
    af_id_structure AS asp_id,
    structure_siret_actualise AS siret,
    structure_siret_signature AS siret_signature,
    structure_denomination AS denomination,
    structure_adresse_admin_code_insee AS commune,
    CASE WHEN structure_adresse_admin_code_insee LIKE '97%'
        THEN left(structure_adresse_admin_code_insee, 3)
        ELSE left(structure_adresse_admin_code_insee, 2) END AS departement_structure,
    CASE
        WHEN departement_asp IN ('02A', '02B') THEN right(departement_asp, 2)
        WHEN right(departement_asp, 1) BETWEEN 'A' AND 'Z' THEN left(departement_asp, 2)
        WHEN left(departement_asp, 1) = '0' THEN right(departement_asp, 2)
        ELSE nullif(departement_asp, '')
    END AS departement_argent,
    af_etp_postes_insertion_centiemes AS etp_centiemes,
    {diviseur} AS heures_etp_centiemes,
    af_montant_unitaire_annuel_valeur_centiemes AS montant_unitaire_centimes,
    af_montant_total_annuel_centiemes AS montant_total_centimes,
    CAST(NULL AS BIGINT) AS montant_calcule_centimes,
    CASE WHEN coalesce(af_indic_cofinancement, false) THEN af_mt_cofinance_centiemes END
        AS montant_departement_centimes,
    af_etp_perm_encadrement_tech_sal_insertion_annee_prec_centiemes
        AS etp_encadrement_technique_centiemes,
    af_etp_perm_acc_sociop_annee_prec_centiemes AS etp_accompagnement_centiemes,
    af_etp_pers_agrees_pole_emploi_iae_annee_prec_centiemes AS etp_insertion_precedent_centiemes,
    af_nb_prev_sorties AS sorties_prevues,
    af_taux_prev_sorties_dynamiques_centiemes AS taux_sorties_prevu_centiemes,
    af_taux_prev_sorties_durable_centiemes AS taux_durable_prevu_centiemes,
    af_taux_prev_sorties_trans_centiemes AS taux_transition_prevu_centiemes,
    af_taux_prev_sorties_positives_centiemes AS taux_positive_prevu_centiemes,
    af_date_cloture_exercice AS cloture_exercice,
    af_total_produits_exploit_centiemes AS produits_exploitation_centimes,
    af_part_produits_exploit_vente_presta_centiemes AS ventes_centimes,
    af_aides_subventions_comp_centiemes AS aides_centimes,
    af_commune_centiemes AS aide_commune_centimes,
    af_intercomm_centiemes AS aide_intercommunalite_centimes,
    af_departement_centiemes AS aide_departement_centimes,
    af_region_centiemes AS aide_region_centimes,
    af_etat_centiemes AS aide_etat_centimes,
    af_fse_centiemes AS aide_fse_centimes,
    af_plie_centiemes AS aide_plie_centimes,
    af_agefiph_centiemes AS aide_agefiph_centimes,
    af_autre_aide_publique_centiemes AS aide_autre_centimes,
    af_fondation_centiemes AS aide_fondation_centimes
FROM (
    SELECT *, regexp_extract(af_numero_annexe_financiere, '^[A-Z]+?([0-9]{{2}}[0-9A-Z])[0-9]{{6}}$', 1)
        AS departement_asp
    FROM uniques
) AS u
LEFT JOIN structures AS s ON s.structure_id_siae = u.af_id_structure
{referentiel}
ORDER BY annexe_id
"""
"""`{jour}` is the day of the extraction, `{diviseur}` and `{referentiel}` where the hours of a full-time
year are read: on the annexe, else in RefMontantIae by its own identifier, never by its measure."""

DIVISEUR = "af_duree_heure_annuel_etp_valeur_centiemes"
DIVISEUR_OU_REFERENTIEL = (
    "coalesce(af_duree_heure_annuel_etp_valeur_centiemes, r.rmi_valeur_centiemes)"
)
REFERENTIEL = """
LEFT JOIN (
    SELECT rmi_id, any_value(rmi_valeur_centiemes) AS rmi_valeur_centiemes
    FROM ref_montant_iae GROUP BY rmi_id
) AS r ON r.rmi_id = u.af_duree_heure_annuel_etp_id
"""

MOIS = """
WITH vie AS (
    SELECT annexe_id, unnest(range(date_trunc('month', debut), fin + INTERVAL 1 DAY, INTERVAL 1 MONTH))
        AS premier
    FROM annexes WHERE debut IS NOT NULL AND fin IS NOT NULL AND fin >= debut
),
saisies AS (
    SELECT
        emi_afi_id AS annexe_id,
        make_date(emi_sme_annee, emi_sme_mois, 1) AS premier,
        count(*) FILTER (etat <> 'BROUILLON') AS lignes,
        count(*) FILTER (etat = 'VALIDE') AS lignes_validees,
        count(DISTINCT emi_pph_id) FILTER (etat <> 'BROUILLON' AND heures > 0) AS personnes,
        sum(heures) FILTER (etat <> 'BROUILLON') AS heures,
        sum(emi_nb_heures_facturees_centiemes) FILTER (etat <> 'BROUILLON') AS facturees,
        sum(emi_mt_salaire_brut_centiemes) FILTER (etat <> 'BROUILLON') AS brut,
        sum(emi_part_etp_millioniemes) FILTER (etat <> 'BROUILLON') AS part_etp,
        max(emi_date_validation) FILTER (etat <> 'BROUILLON') AS derniere_validation,
        count(*) FILTER (etat = 'BROUILLON') AS lignes_brouillon,
        sum(heures) FILTER (etat = 'BROUILLON') AS heures_brouillon
    FROM (
        SELECT *, coalesce(emi_esm_etat_code, '') AS etat, emi_nb_heures_travail_centiemes AS heures
            {absentes}
        FROM etat_mensuel
        WHERE emi_sme_annee IS NOT NULL AND emi_sme_mois IS NOT NULL
    ) GROUP BY 1, 2
)
SELECT
    coalesce(v.annexe_id, s.annexe_id) AS annexe_id,
    year(coalesce(v.premier, s.premier)) AS annee,
    month(coalesce(v.premier, s.premier)) AS mois,
    v.premier IS NOT NULL AS dans_la_periode,
    CASE
        WHEN coalesce(s.lignes, 0) > 0 THEN 'fait'
        WHEN coalesce(v.premier, s.premier)
            <= date_trunc('month', DATE '{jour}') - INTERVAL 2 MONTH THEN 'retard'
        ELSE 'a_venir'
    END AS statut,
    coalesce(s.lignes, 0) AS lignes,
    coalesce(s.lignes_validees, 0) AS lignes_validees,
    CASE WHEN s.lignes > 0 THEN s.personnes END AS personnes,
    CASE WHEN s.lignes > 0 THEN coalesce(s.heures, 0) END AS heures_centiemes,
    s.facturees AS heures_facturees_centiemes,
    s.brut AS salaire_brut_centimes,
    s.part_etp AS part_etp_millioniemes,
    s.derniere_validation,
    coalesce(s.lignes_brouillon, 0) AS lignes_brouillon,
    s.heures_brouillon AS heures_brouillon_centiemes
FROM vie AS v
FULL JOIN (SELECT s.* FROM saisies AS s SEMI JOIN annexes USING (annexe_id)) AS s
    ON s.annexe_id = v.annexe_id AND s.premier = v.premier
ORDER BY 1, 2, 3
"""
"""Every month of every annexe; `{jour}` is the day of the extraction, `{absentes}` the columns that the
file lacks, null."""

REPETEES = """
SELECT count(emi_dsm_id) - count(DISTINCT emi_dsm_id) AS repetees FROM etat_mensuel
"""
"""Statements whose own identifier comes back: the extract would count hours twice."""
