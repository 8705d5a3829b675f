"""Exits, people and declarations a second time: plain SQL from the definitions, over the views themselves.

Nothing of `indicators` is computed with by `expect_all`, which `read_all` is compared with: figures of each
structure, (asp, type), and of the whole extract, (None, None).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factories.controle_pilotage import is_same

from maillage.data.store import query_parquet
from maillage.indicators.pilotage import declarations, publics, sorties
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.lecture import Faits

    Rangee = dict[str, Any]
    Lieu = tuple[int, str] | tuple[None, None]

PERSONNES_MIN = 5

VUES = {
    "af": "AnnexeFinanciere",
    "emi": "EtatMensuelIndiv",
    "contrat": "ContratMission",
    "salarie": "Salarie",
    "motif": "RefMotifSort",
    "categorie": "RefCategorieSort",
}

_BASE = """
WITH tenue AS (
    SELECT * FROM af WHERE af_mesure_dispositif_code NOT LIKE 'FDI%'
    QUALIFY row_number() OVER (
        PARTITION BY af_id_annexe_financiere
        ORDER BY CASE af_etat_annexe_financiere_code
            WHEN 'VALIDE' THEN 0 WHEN 'PROVISOIRE' THEN 0 WHEN 'CLOTURE' THEN 1 ELSE 2 END,
            af_numero_avenant_modification DESC
    ) = 1
),
retenue AS (
    SELECT tenue.*, af_id_annexe_financiere AS id, af_id_structure AS asp,
        replace(split_part(af_mesure_dispositif_code, '_', 1), 'PA', '') AS type
    FROM tenue
    WHERE af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
        AND {annee} BETWEEN year(af_date_debut_effet) AND year(af_date_fin_effet)
),
dit AS (
    SELECT emi_afi_id AS id, emi_pph_id AS p, emi_ctr_id AS c, emi_sme_mois AS m,
        emi_nb_heures_travail_centiemes AS h, emi_motif_sortie_id AS motif
    FROM emi
    WHERE emi_sme_annee = {annee} AND emi_esm_etat_code IS DISTINCT FROM 'BROUILLON'
        AND emi_pph_id IS NOT NULL
)
"""

# One exit is a person on an annexe; with its contract in an AI or an ETTI. The motive that counts is the
# last one that is no withdrawal. A stay goes from the first hiring of a contract that is not a renewal to
# the last definitive exit before the next one; it is told on the last contract of it.
SORTIES = """
, premiers AS (
    SELECT contrat_id_structure AS s, contrat_id_pph AS p, contrat_id_ctr AS c,
        contrat_date_embauche AS j
    FROM contrat WHERE coalesce(contrat_type_contrat, 0) = 0
),
rattache AS (
    SELECT k.contrat_id_ctr AS c, k.contrat_date_embauche AS j, k.contrat_type_contrat AS t,
        k.contrat_date_sortie_definitive AS fin, k.contrat_id_structure AS s, k.contrat_id_pph AS p,
        (SELECT count(*) FROM premiers AS q
            WHERE q.s = k.contrat_id_structure AND q.p = k.contrat_id_pph
                AND (q.j < k.contrat_date_embauche
                    OR (q.j = k.contrat_date_embauche
                        AND (coalesce(k.contrat_type_contrat, 0) > 0 OR q.c <= k.contrat_id_ctr)))
        ) AS groupe
    FROM contrat AS k
),
sejour AS (
    SELECT arg_max(c, (j, coalesce(t, 0))) AS c, max(fin) - min(j) AS jours, year(max(fin)) AS annee
    FROM rattache GROUP BY s, p, groupe
),
dernier AS (
    SELECT p, c, arg_min(id, (-m, id)) AS id FROM dit GROUP BY ALL
    HAVING count(motif) = 0
),
unite AS (
    SELECT r.asp, r.type, r.id, d.p, CASE WHEN r.type IN ('AI', 'ETTI') THEN d.c END AS u,
        coalesce(sum(d.h), 0) AS h,
        max(s.jours) AS jours,
        arg_max(coalesce(rcs_libelle, '?'), (rcs_libelle IS NOT NULL, d.m, d.motif)) FILTER (
            d.motif IS NOT NULL AND rcs_libelle IS DISTINCT FROM 'Retrait des sorties constatées'
        ) AS motif,
        count(*) FILTER (rcs_libelle = 'Retrait des sorties constatées') AS retraits,
        bool_or(f.id IS NOT NULL AND s.annee = {annee}) AS partie
    FROM dit AS d JOIN retenue AS r USING (id)
    LEFT JOIN motif AS n ON n.rms_id = d.motif LEFT JOIN categorie USING (rcs_id)
    LEFT JOIN sejour AS s USING (c) LEFT JOIN dernier AS f ON f.p = d.p AND f.c = d.c AND f.id = d.id
    WHERE af_mesure_dispositif_code NOT IN ('ACIPA_DC', 'EIPA_DC')
    GROUP BY r.asp, r.type, r.id, d.p, u
),
juge AS (
    SELECT *, CASE
        WHEN motif IS NULL AND retraits > 0 THEN 'retraits'
        WHEN motif IS NULL THEN CASE WHEN partie THEN 'sans_motif' END
        WHEN h < CASE WHEN type IN ('AI', 'ETTI') THEN 15000 ELSE 100 END THEN 'sous_heures'
        WHEN type IN ('ACI', 'EI') AND jours IS NULL THEN 'duree_inconnue'
        WHEN type IN ('ACI', 'EI') AND jours * 0.0328767 <= 2.65 THEN 'sous_duree'
        WHEN motif IN (
            'Emploi durable', 'Emploi de transition', 'Sorties positives', 'Autres sorties'
        ) THEN motif
        ELSE 'sans_categorie' END AS sort
    FROM unite
)
SELECT asp, type,
    count(*) FILTER (sort = 'Emploi durable') AS durable,
    count(*) FILTER (sort = 'Emploi de transition') AS transition,
    count(*) FILTER (sort = 'Sorties positives') AS positive,
    count(*) FILTER (sort = 'Autres sorties') AS autre,
    count(*) FILTER (sort = 'retraits') AS retraits,
    count(*) FILTER (sort = 'sans_motif') AS sans_motif,
    count(*) FILTER (sort = 'sans_categorie') AS sans_categorie,
    count(*) FILTER (sort = 'sous_heures') AS sous_heures,
    count(*) FILTER (sort = 'sous_duree') AS sous_duree,
    count(*) FILTER (sort = 'duree_inconnue') AS duree_inconnue
FROM juge GROUP BY GROUPING SETS ((asp, type), ())
"""

PUBLICS = """
, present AS (
    SELECT r.asp, r.type, r.id, d.p, sum(d.h) AS h, list(DISTINCT d.c) AS contrats
    FROM dit AS d JOIN retenue AS r USING (id) GROUP BY ALL HAVING sum(d.h) > 0
),
ensemble AS (
    SELECT asp, type, p, sum(h) AS h, list_distinct(flatten(list(contrats))) AS contrats
    FROM present GROUP BY GROUPING SETS ((asp, type, p), (p)) HAVING sum(h) >= 100
),
partage AS (
    SELECT hash_nir FROM salarie WHERE hash_nir IS NOT NULL GROUP BY 1
    HAVING max(salarie_annee_naissance) > min(salarie_annee_naissance)
),
reponse AS (
    SELECT e.asp, e.type, e.p,
        bool_or(k.contrat_salarie_rsa LIKE 'OUI-%') FILTER (
            k.contrat_salarie_rsa IN ('OUI-M', 'OUI-NM', 'NON')) AS rsa,
        bool_or(k.contrat_salarie_rqth) AS rqth
    FROM (SELECT asp, type, p, unnest(contrats) AS c FROM ensemble) AS e
    JOIN contrat AS k ON k.contrat_id_ctr = e.c GROUP BY ALL
),
decrite AS (
    SELECT e.asp, e.type, e.p, r.rsa, r.rqth,
        CASE s.salarie_rci_libelle WHEN 'MME' THEN true WHEN 'M.' THEN false END AS femmes,
        CASE s.salarie_adr_qpv_type WHEN 'QP' THEN true WHEN 'NQP' THEN false END AS qpv,
        {annee} - s.salarie_annee_naissance >= 50 AS seniors,
        {annee} - s.salarie_annee_naissance >= 55 AS seniors_55,
        CASE WHEN s.hash_nir NOT IN (SELECT hash_nir FROM partage) THEN s.hash_nir END AS reelle
    FROM ensemble AS e LEFT JOIN salarie AS s ON s.salarie_id = e.p
    LEFT JOIN reponse AS r
        ON r.p = e.p AND r.asp IS NOT DISTINCT FROM e.asp AND r.type IS NOT DISTINCT FROM e.type
)
SELECT asp, type, count(*) AS suivies, count(DISTINCT reelle) + count(*) - count(reelle) AS reelles,
    count(*) - count(reelle) AS sans_numero,
    {parts}
FROM decrite GROUP BY asp, type
"""
PARTS = ("femmes", "rsa", "qpv", "rqth", "seniors", "seniors_55")

ENCADREMENT = """
, lue AS (
    SELECT *, af_etp_pers_agrees_pole_emploi_iae_annee_prec_centiemes / 100 AS insertion,
        af_etp_perm_encadrement_tech_sal_insertion_annee_prec_centiemes / 100 AS technique,
        af_etp_perm_acc_sociop_annee_prec_centiemes / 100 AS accompagnement
    FROM retenue WHERE af_etp_pers_agrees_pole_emploi_iae_annee_prec_centiemes > 0
    QUALIFY row_number() OVER (PARTITION BY asp, type
        ORDER BY af_etp_pers_agrees_pole_emploi_iae_annee_prec_centiemes DESC, id) = 1
)
SELECT asp, type, sum(technique) AS technique, sum(accompagnement) AS accompagnement,
    sum(insertion) AS insertion,
    100 * sum(technique) / sum(insertion) FILTER (technique IS NOT NULL) AS taux_technique,
    100 * sum(accompagnement) / sum(insertion) FILTER (accompagnement IS NOT NULL)
        AS taux_accompagnement
FROM lue GROUP BY GROUPING SETS ((asp, type), ())
"""

_AIDES = {
    **{nom: nom for nom in ("etat", "departement", "region", "commune", "fse", "plie", "agefiph")},
    "fondation": "fondation",
    "intercommunalite": "intercomm",
    "autre": "autre_aide_publique",
}
FINANCEURS = """
, lue AS (
    SELECT *, af_total_produits_exploit_centiemes / 100 AS produits,
        af_part_produits_exploit_vente_presta_centiemes / 100 AS ventes
    FROM retenue WHERE af_total_produits_exploit_centiemes > 0
    QUALIFY row_number() OVER (PARTITION BY asp, type
        ORDER BY af_date_cloture_exercice DESC NULLS LAST, produits DESC, id DESC) = 1
),
une_fois AS (
    SELECT *, row_number() OVER (PARTITION BY asp, af_date_cloture_exercice, produits ORDER BY type DESC)
        = 1 AS seule
    FROM lue
)
SELECT asp, type, sum(produits) AS produits, sum(ventes) AS ventes, {aides} FROM une_fois GROUP BY asp, type
UNION ALL
SELECT NULL, NULL, sum(produits), sum(ventes), {aides} FROM une_fois WHERE seule
"""


def _sum_of(colonne: str) -> str:
    return f"sum(af_{colonne}_centiemes) / 100"


def _ask(extrait: Extrait, annee: int, question: str) -> dict[Lieu, Rangee]:
    parts = ", ".join(
        f"count(*) FILTER ({part}) AS {part}_oui, count({part}) AS {part}_connus" for part in PARTS
    )
    aides = ", ".join(f"{_sum_of(colonne)} AS aide_{nom}" for nom, colonne in _AIDES.items())
    sql = (_BASE + question).format(annee=annee, parts=parts, aides=aides)
    vues = {nom: extrait.vue(vue) for nom, vue in VUES.items()}
    rangees = query_parquet(sql, vues, extrait.dossier).to_pylist()
    return {(rangee.pop("asp"), rangee.pop("type")): rangee for rangee in rangees}


def expect_all(extrait: Extrait, annee: int) -> dict[str, dict[Lieu, Rangee]]:
    """Figures of each question, by the names of `read_all`.

    Args:
        extrait: Its views are read.
        annee: Year of the statements.
    """
    return {
        "sorties": {
            k: _rates(v)
            for k, v in _ask(extrait, annee, SORTIES).items()
            if k == (None, None) or any(v.values())
        },
        "publics": {k: _shares(v) for k, v in _ask(extrait, annee, PUBLICS).items()},
        "encadrement": {k: _unknown(v) for k, v in _ask(extrait, annee, ENCADREMENT).items()},
        "financeurs": {k: _mix(v) for k, v in _ask(extrait, annee, FINANCEURS).items()},
    }


def _rates(rangee: Rangee) -> Rangee:
    dynamiques = [rangee[nom] for nom in ("durable", "transition", "positive")]
    total = sum(dynamiques) + rangee["autre"]
    taux = 100 * sum(dynamiques) / total if total else Absence.SANS_OBJET
    return rangee | {"sorties": total, "taux_dynamique": taux}


def _shares(rangee: Rangee) -> Rangee:
    lues = {nom: rangee[nom] for nom in ("suivies", "reelles", "sans_numero")}
    for part in PARTS:
        oui, connus = rangee[f"{part}_oui"], rangee[f"{part}_connus"]
        if rangee["suivies"] < PERSONNES_MIN or 0 < connus < PERSONNES_MIN:
            lues[part] = Absence.SECRETE
        else:
            lues[part] = 100 * oui / connus if connus else Absence.INCONNUE
    return lues


def _unknown(rangee: Rangee) -> Rangee:
    return {nom: Absence.INCONNUE if v is None else float(v) for nom, v in rangee.items()}


def _mix(rangee: Rangee) -> Rangee:
    aides = [v for nom, v in rangee.items() if nom.startswith("aide_") and v is not None]
    lue = _unknown(rangee)
    if rangee["ventes"] is not None:
        lue["part_ventes"] = float(100 * rangee["ventes"] / rangee["produits"])
    if aides:
        lue["part_aides"] = float(100 * sum(aides) / rangee["produits"])
    return lue


def read_all(faits: Faits, annee: int) -> dict[str, dict[Lieu, Rangee]]:
    """What the indicators say: question, then structure or (None, None), then figure by name."""
    tout: Lieu = (None, None)
    return {
        "sorties": {
            tout: _fields(sorties.summarise_sorties(faits, annee), _SORTIES),
            **{
                ligne.cle: _fields(ligne.sorties, _SORTIES)
                for ligne in sorties.list_sorties(faits, annee)
                if any(_fields(ligne.sorties, _COMPTES).values())
            },
        },
        "publics": {
            tout: _fields(publics.summarise_publics(faits, annee), _PUBLICS),
            **{
                ligne.cle: _fields(ligne.publics, _PUBLICS)
                for ligne in publics.list_publics(faits, annee)
                if ligne.publics.suivies
            },
        },
        "encadrement": {
            tout: _fields(declarations.summarise_encadrement(faits, annee), _ENCADREMENT),
            **{
                ligne.cle or tout: _fields(ligne, _ENCADREMENT)
                for ligne in declarations.list_encadrement(faits, annee)
            },
        },
        "financeurs": {
            tout: _funders(declarations.summarise_financeurs(faits, annee)),
            **{
                ligne.cle or tout: _funders(ligne)
                for ligne in declarations.list_financeurs(faits, annee)
            },
        },
    }


_COMPTES = (
    *("durable", "transition", "positive", "autre", "retraits", "sans_motif", "sans_categorie"),
    *("sous_heures", "sous_duree", "duree_inconnue"),
)
_SORTIES = (*_COMPTES, "sorties", "taux_dynamique")
_PUBLICS = ("suivies", "reelles", "sans_numero", *PARTS)
_ENCADREMENT = (
    *("technique", "accompagnement", "insertion", "taux_technique", "taux_accompagnement"),
)


def _fields(objet: object, noms: tuple[str, ...]) -> Rangee:
    return {nom: getattr(objet, nom) for nom in noms}


def _funders(ligne: declarations.Financeurs) -> Rangee:
    return _fields(ligne, ("produits", "ventes", "part_ventes", "part_aides")) | {
        f"aide_{nom}": valeur for nom, valeur in ligne.aides.items()
    }


def compare(
    nos: Mapping[str, Mapping[Lieu, Rangee]], leurs: Mapping[str, Mapping[Lieu, Rangee]]
) -> tuple[int, list[str]]:
    """How many figures were compared, and what differs: where, which figure, ours and the other."""
    compares = 0
    differents: list[str] = []
    for question in leurs:
        differents.extend(
            f"{question}, {lieu} : d’un côté seulement"
            for lieu in nos[question].keys() ^ leurs[question].keys()
        )
        for lieu in nos[question].keys() & leurs[question].keys():
            notre, leur = nos[question][lieu], leurs[question][lieu]
            for nom, valeur in leur.items():
                compares += 1
                if not is_same(notre[nom], valeur):
                    differents.append(f"{question}, {lieu}, {nom} : {notre[nom]} / {valeur}")
    return compares, differents
