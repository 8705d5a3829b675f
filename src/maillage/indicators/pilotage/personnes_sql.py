"""The questions that give, out of the statements, who worked on each annexe and who left it."""

PERSONNES = """
WITH suivis AS (
    SELECT
        emi_afi_id AS annexe_id, emi_sme_annee AS annee, emi_pph_id AS personne,
        sum(emi_nb_heures_travail_centiemes) AS heures_centiemes,
        list(DISTINCT emi_ctr_id) AS contrats
    FROM (SELECT * {absentes} FROM etat_mensuel)
    WHERE coalesce(emi_esm_etat_code, '') <> 'BROUILLON' AND emi_pph_id IS NOT NULL
        AND emi_sme_annee IS NOT NULL
    GROUP BY 1, 2, 3
    HAVING heures_centiemes >= 100
),
contrats AS (
    SELECT s.annexe_id, s.annee, s.personne,
        bool_or(CASE WHEN c.contrat_salarie_rsa IN ('OUI-M', 'OUI-NM') THEN true
            WHEN c.contrat_salarie_rsa = 'NON' THEN false END) AS rsa,
        bool_or(c.contrat_salarie_rqth) AS rqth
    FROM (SELECT annexe_id, annee, personne, unnest(contrats) AS contrat FROM suivis) AS s
    JOIN contrat_mission AS c ON c.contrat_id_ctr = s.contrat
    GROUP BY 1, 2, 3
),
gens AS (
    SELECT
        salarie_id,
        any_value(CASE salarie_rci_libelle WHEN 'MME' THEN true WHEN 'M.' THEN false END) AS femme,
        any_value(CASE salarie_adr_qpv_type WHEN 'QP' THEN true WHEN 'NQP' THEN false END) AS qpv,
        any_value(salarie_annee_naissance) AS annee_naissance,
        any_value(hash_nir) AS hash_nir
    FROM salarie GROUP BY 1
),
communes AS (
    SELECT hash_nir FROM gens WHERE hash_nir IS NOT NULL GROUP BY 1
    HAVING count(DISTINCT annee_naissance) > 1
)
SELECT
    s.annexe_id, s.annee, s.personne,
    CASE WHEN k.hash_nir IS NULL THEN g.hash_nir END AS reelle,
    s.heures_centiemes, g.femme, c.rsa, c.rqth, g.qpv, g.annee_naissance
FROM suivis AS s
SEMI JOIN annexes USING (annexe_id)
LEFT JOIN contrats AS c USING (annexe_id, annee, personne)
LEFT JOIN gens AS g ON g.salarie_id = s.personne
LEFT JOIN communes AS k ON k.hash_nir = g.hash_nir
ORDER BY 1, 2, 3
"""
"""One row per annexe, year and person. A number shared by people born in different years is nobody's:
the ASP gives one constant to all those who have none."""

SORTIES = """
WITH lignes AS (
    SELECT
        emi_afi_id AS annexe_id, emi_sme_annee AS annee, emi_pph_id AS personne, emi_ctr_id AS contrat,
        sum(emi_nb_heures_travail_centiemes) AS heures,
        arg_max(emi_motif_sortie_id, emi_sme_mois) FILTER (emi_motif_sortie_id IS NOT NULL) AS motif,
        max(emi_sme_mois) FILTER (emi_motif_sortie_id IS NOT NULL) AS mois
    FROM (SELECT * {absentes} FROM etat_mensuel)
    WHERE coalesce(emi_esm_etat_code, '') <> 'BROUILLON' AND emi_pph_id IS NOT NULL
        AND emi_sme_annee IS NOT NULL
    GROUP BY 1, 2, 3, 4
),
types AS (
    SELECT annexe_id, type, mesure FROM annexes
    WHERE mesure NOT IN ('ACIPA_DC', 'EIPA_DC')
),
categories AS (
    SELECT m.rms_id, any_value(c.rcs_libelle) AS categorie
    FROM ref_motif AS m JOIN ref_categorie AS c USING (rcs_id) GROUP BY 1
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
durees AS (
    SELECT
        arg_max(contrat_id_ctr, (contrat_date_embauche, coalesce(contrat_type_contrat, 0))) AS contrat,
        date_diff('day', min(contrat_date_embauche), max(contrat_date_sortie_definitive)) AS jours
    FROM embauches
    GROUP BY contrat_id_structure, contrat_id_pph, recrutement
    HAVING jours IS NOT NULL
),
-- AI, ETTI, EITI: one exit per person, annexe, contract and year
par_contrat AS (
    SELECT
        l.annexe_id, l.annee, l.motif,
        CASE WHEN l.heures >= CASE t.type WHEN 'EITI' THEN 100 ELSE 15000 END THEN 'compte'
            ELSE 'sous_seuil' END AS sort
    FROM lignes AS l JOIN types AS t USING (annexe_id)
    WHERE t.type IN ('AI', 'ETTI', 'EITI') AND l.motif IS NOT NULL
),
-- ACI, EI: one exit per person, annexe and year, whatever the contract that bears the motive
par_annexe AS (
    SELECT
        l.annexe_id, l.annee, arg_max(l.motif, l.mois) FILTER (l.motif IS NOT NULL) AS motif,
        bool_or(l.heures >= 100 AND d.jours * 0.0328767 > 2.65) AS compte,
        bool_or(d.jours IS NOT NULL) AS connue
    FROM lignes AS l
    JOIN types AS t USING (annexe_id)
    LEFT JOIN durees AS d ON d.contrat = l.contrat
    WHERE t.type IN ('ACI', 'EI')
    GROUP BY l.annexe_id, l.annee, l.personne
),
sorties AS (
    SELECT * FROM par_contrat
    UNION ALL
    SELECT annexe_id, annee, motif,
        CASE WHEN compte THEN 'compte' WHEN connue THEN 'sous_seuil' ELSE 'duree_inconnue' END AS sort
    FROM par_annexe WHERE motif IS NOT NULL
)
SELECT
    s.annexe_id, s.annee,
    count(*) FILTER (sort = 'compte' AND categorie = 'Emploi durable') AS durable,
    count(*) FILTER (sort = 'compte' AND categorie = 'Emploi de transition') AS transition,
    count(*) FILTER (sort = 'compte' AND categorie = 'Sorties positives') AS positive,
    count(*) FILTER (sort = 'compte' AND categorie = 'Autres sorties') AS autre,
    count(*) FILTER (categorie = 'Retrait des sorties constatées') AS retrait,
    count(*) FILTER (sort = 'compte' AND (categorie IS NULL OR categorie NOT IN (
        'Emploi durable', 'Emploi de transition', 'Sorties positives', 'Autres sorties',
        'Retrait des sorties constatées'))) AS sans_categorie,
    count(*) FILTER (sort = 'sous_seuil'
        AND categorie IS DISTINCT FROM 'Retrait des sorties constatées') AS sous_seuil,
    count(*) FILTER (sort = 'duree_inconnue'
        AND categorie IS DISTINCT FROM 'Retrait des sorties constatées') AS duree_inconnue
FROM sorties AS s LEFT JOIN categories AS k ON k.rms_id = s.motif
GROUP BY 1, 2 ORDER BY 1, 2
"""
"""Exits by category. The months of a stay are its days × 0.0328767, from the first hiring of a group of
renewals to its last definitive exit, as the public models count them.

Source:
    pilotage-airflow, `motif_sorties_salaries`, `heures_ai_etti`, `stg_sorties_aci_ei`,
    `contrats_sorties`, `stg_recrutements` (read 2026-11): the motive is that of the monthly statement.
"""
