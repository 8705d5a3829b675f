"""The question that gives, out of the statements, who worked on each annexe."""

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
    HAVING heures_centiemes > 0
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
