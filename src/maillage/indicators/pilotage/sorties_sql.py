"""The question that gives, out of the statements, who left each annexe, for what, and who is not counted."""

SORTIES = """
WITH categories AS (
    SELECT m.rms_id, any_value(c.rcs_libelle) AS categorie
    FROM ref_motif AS m JOIN ref_categorie AS c USING (rcs_id) GROUP BY 1
),
releves AS (
    SELECT
        emi_afi_id AS annexe_id, emi_sme_annee AS annee, emi_pph_id AS personne, emi_ctr_id AS contrat,
        emi_sme_mois AS mois, emi_nb_heures_travail_centiemes AS heures,
        CASE WHEN emi_motif_sortie_id IS NOT NULL THEN coalesce(categorie, '') END AS categorie,
        -- a motive that is counted holds over one that no referential explains, then over a withdrawal
        (CASE WHEN categorie = 'Retrait des sorties constatées' THEN 0 WHEN categorie IS NULL THEN 1
            ELSE 2 END, emi_sme_mois, emi_motif_sortie_id) AS poids
    FROM (SELECT * {absentes} FROM etat_mensuel)
    LEFT JOIN categories ON rms_id = emi_motif_sortie_id
    WHERE coalesce(emi_esm_etat_code, '') <> 'BROUILLON' AND emi_pph_id IS NOT NULL
        AND emi_sme_annee IS NOT NULL
),
lignes AS (
    SELECT annexe_id, annee, personne, contrat, sum(heures) AS heures, max(mois) AS mois,
        arg_max(categorie, poids) FILTER (categorie IS NOT NULL) AS categorie,
        max(poids) FILTER (categorie IS NOT NULL) AS poids
    FROM releves GROUP BY 1, 2, 3, 4
),
embauches AS (
    SELECT
        *,
        sum(CASE WHEN coalesce(contrat_type_contrat, 0) = 0 THEN 1 ELSE 0 END) OVER (
            PARTITION BY contrat_id_structure, contrat_id_pph
            ORDER BY contrat_date_embauche, contrat_type_contrat, contrat_id_ctr
        ) AS recrutement
    FROM contrat_mission
),
recrutements AS (
    SELECT
        arg_max(contrat_id_ctr, (contrat_date_embauche, coalesce(contrat_type_contrat, 0))) AS contrat,
        date_diff('day', min(contrat_date_embauche), max(contrat_date_sortie_definitive)) AS jours,
        year(max(contrat_date_sortie_definitive)) AS annee_de_fin
    FROM embauches
    GROUP BY contrat_id_structure, contrat_id_pph, recrutement
),
-- a contract that ended without a motive is told once, on the annexe of its last statement of the year
muettes AS (
    SELECT annexe_id, annee, personne, l.contrat
    FROM lignes AS l JOIN recrutements AS r ON r.contrat = l.contrat AND r.annee_de_fin = l.annee
    QUALIFY row_number() OVER (PARTITION BY l.contrat, annee, personne ORDER BY mois DESC, annexe_id) = 1
        AND NOT bool_or(categorie IS NOT NULL) OVER (PARTITION BY l.contrat, annee, personne)
),
types AS (
    SELECT annexe_id, type FROM annexes WHERE mesure NOT IN ('ACIPA_DC', 'EIPA_DC')
),
-- AI, ETTI: one exit per person, annexe, contract and year
par_contrat AS (
    SELECT
        l.annexe_id, l.annee, l.categorie, m.contrat IS NOT NULL AS partie,
        CASE WHEN l.heures >= 15000 THEN 'compte' ELSE 'sous_heures' END AS sort
    FROM lignes AS l JOIN types AS t USING (annexe_id)
    LEFT JOIN muettes AS m USING (annexe_id, annee, personne, contrat)
    WHERE t.type IN ('AI', 'ETTI')
),
-- ACI, EI, EITI: one exit per person, annexe and year, whatever the contract that bears the motive
par_personne AS (
    SELECT
        l.annexe_id, l.annee, t.type, sum(l.heures) AS heures, max(r.jours) AS jours,
        arg_max(l.categorie, l.poids) FILTER (l.categorie IS NOT NULL) AS categorie,
        bool_or(m.contrat IS NOT NULL) AS partie
    FROM lignes AS l JOIN types AS t USING (annexe_id) LEFT JOIN recrutements AS r USING (contrat)
    LEFT JOIN muettes AS m USING (annexe_id, annee, personne, contrat)
    WHERE t.type IN ('ACI', 'EI', 'EITI')
    GROUP BY l.annexe_id, l.annee, l.personne, t.type
),
sorties AS (
    SELECT * FROM par_contrat
    UNION ALL
    SELECT annexe_id, annee, categorie, partie,
        CASE
            WHEN coalesce(heures, 0) < 100 THEN 'sous_heures'
            WHEN type = 'EITI' THEN 'compte'
            WHEN jours IS NULL THEN 'duree_inconnue'
            WHEN jours * 0.0328767 > 2.65 THEN 'compte'
            ELSE 'sous_duree'
        END AS sort
    FROM par_personne
),
jugees AS (
    SELECT annexe_id, annee, categorie,
        CASE
            WHEN categorie IS NULL THEN 'sans_motif'
            WHEN categorie = 'Retrait des sorties constatées' THEN 'retrait'
            WHEN sort <> 'compte' THEN sort
            WHEN categorie IN (
                'Emploi durable', 'Emploi de transition', 'Sorties positives', 'Autres sorties'
            ) THEN 'compte'
            ELSE 'sans_categorie'
        END AS sort
    FROM sorties WHERE categorie IS NOT NULL OR partie
)
SELECT
    annexe_id, annee,
    count(*) FILTER (sort = 'compte' AND categorie = 'Emploi durable') AS durable,
    count(*) FILTER (sort = 'compte' AND categorie = 'Emploi de transition') AS transition,
    count(*) FILTER (sort = 'compte' AND categorie = 'Sorties positives') AS positive,
    count(*) FILTER (sort = 'compte' AND categorie = 'Autres sorties') AS autre,
    count(*) FILTER (sort = 'retrait') AS retrait,
    count(*) FILTER (sort = 'sans_motif') AS sans_motif,
    count(*) FILTER (sort = 'sans_categorie') AS sans_categorie,
    count(*) FILTER (sort = 'sous_heures') AS sous_heures,
    count(*) FILTER (sort = 'sous_duree') AS sous_duree,
    count(*) FILTER (sort = 'duree_inconnue') AS duree_inconnue
FROM jugees GROUP BY 1, 2 ORDER BY 1, 2
"""
"""Exits by category, and each exit that is not counted under one reason. The months of a stay are its
days × 0.0328767, from the first hiring of a group of renewals to its last definitive exit; the stay is
that of the last contract of the group, as in the public models.

Source:
    pilotage-airflow, `motif_sorties_salaries`, `etat_mensuel_heures_travaillees_sorties`,
    `heures_ai_etti`, `stg_sorties_aci_ei`, `stg_sorties_eiti`, `contrats_sorties`, `stg_recrutements`,
    `stg_contrats` (read 2026-11): the motive is that of the monthly statement.
"""
