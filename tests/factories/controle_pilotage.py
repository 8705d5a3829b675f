"""The figures of the cockpit a second time: plain SQL from the definitions, over the views and not the facts.

Nothing of `indicators` is computed with. `read_controle` gives one row per annexe of a year, `expect` the
figures of a set of them, under the names of `Synthese`.
"""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from maillage.data.store import query_parquet
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.synthese import Synthese

    Rangee = dict[str, Any]

MOIS = 12
HUIT_SUR_DIX = 1.28

# One annexe is what VALIDE or PROVISOIRE says of it, else CLOTURE, else its last amendment. A month is
# late when the second month after it has begun on the day of the extraction. The number of an annexe
# ends with three signs of the département and six digits: 017, 02A, 974, 59L for one half of the Nord.
CONTROLE = """
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
    SELECT
        af_id_annexe_financiere AS id, af_id_structure AS asp,
        replace(split_part(af_mesure_dispositif_code, '_', 1), 'PA', '') AS type,
        right(left(af_numero_annexe_financiere, -6), 3) AS lieu,
        af_etp_postes_insertion_centiemes / 100.0 AS etp,
        af_duree_heure_annuel_etp_valeur_centiemes / 100.0 AS diviseur,
        af_montant_unitaire_annuel_valeur_centiemes / 100.0 AS unitaire,
        date_trunc('month', af_date_debut_effet) AS debut,
        date_trunc('month', af_date_fin_effet) AS fin
    FROM tenue WHERE {perimetre}
),
mois AS (
    SELECT r.*, make_date({annee}, n::INTEGER, 1) AS m
    FROM retenue AS r, range(1, 13) AS s(n)
    WHERE make_date({annee}, n::INTEGER, 1) BETWEEN r.debut AND r.fin
),
saisi AS (
    SELECT emi_afi_id AS id, make_date(emi_sme_annee, emi_sme_mois, 1) AS m,
        coalesce(sum(emi_nb_heures_travail_centiemes), 0) / 100.0 AS heures,
        coalesce(sum(emi_nb_heures_facturees_centiemes), 0) / 100.0 AS facturees,
        coalesce(sum(emi_mt_salaire_brut_centiemes), 0) / 100.0 AS brut,
        coalesce(sum(emi_part_etp_millioniemes), 0) / 1e6 AS part,
        count(emi_nb_heures_facturees_centiemes) AS dits_facturees,
        count(emi_mt_salaire_brut_centiemes) AS dits_brut,
        count(emi_part_etp_millioniemes) AS dits_part
    FROM emi WHERE emi_esm_etat_code IS DISTINCT FROM 'BROUILLON' AND emi_sme_annee = {annee}
    GROUP BY ALL
),
suivi AS (
    SELECT mois.*, s.id IS NOT NULL AS fait, s.heures, s.facturees, s.brut, s.part,
        s.dits_facturees, s.dits_brut, s.dits_part,
        m + INTERVAL 2 MONTH <= DATE '{jour}' AS echu,
        s.heures * 12 / diviseur AS realise
    FROM mois LEFT JOIN saisi AS s USING (id, m)
)
"""

_PERIMETRES = {
    "pilotage": "af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')",
    "conventionnees": (
        "af_etat_annexe_financiere_code IN ('VALIDE', 'PROVISOIRE')"
        " AND af_date_fin_effet >= DATE '{jour}'"
    ),
}
"""Annexes that national tables keep; those that run on the day of the extraction."""

PAR_ANNEXE = """
, brouillons AS (
    SELECT b.emi_afi_id AS id, count(*) AS n
    FROM emi AS b JOIN mois ON mois.id = b.emi_afi_id
        AND month(mois.m) = b.emi_sme_mois AND b.emi_sme_annee = {annee}
    WHERE b.emi_esm_etat_code = 'BROUILLON' GROUP BY ALL
),
hors AS (
    SELECT s.id, sum(s.heures) AS heures FROM saisi AS s
    ANTI JOIN mois ON mois.id = s.id AND mois.m = s.m GROUP BY ALL
),
sommes AS (
    SELECT
        id, any_value(asp) AS asp, any_value(type) AS type, any_value(lieu) AS lieu,
        any_value(unitaire) AS unitaire, any_value(diviseur) AS diviseur,
        count(*) FILTER (fait) AS faits,
        count(*) FILTER (NOT fait AND echu) AS retard,
        count(*) FILTER (NOT fait AND NOT echu) AS a_venir,
        sum(etp) AS conventionne,
        coalesce(sum(etp) FILTER (fait), 0) AS conventionne_faits,
        coalesce(sum(etp) FILTER (NOT fait AND echu), 0) AS conventionne_retard,
        coalesce(sum(etp) FILTER (NOT fait AND NOT echu), 0) AS conventionne_a_venir,
        coalesce(sum(heures), 0) AS heures,
        coalesce(sum(facturees), 0) AS facturees,
        coalesce(sum(brut), 0) AS brut,
        coalesce(sum(part), 0) AS realise_asp,
        coalesce(sum(dits_facturees), 0) AS dits_facturees,
        coalesce(sum(dits_brut), 0) AS dits_brut,
        coalesce(sum(dits_part), 0) AS dits_part,
        CASE WHEN any_value(diviseur) > 0 THEN coalesce(sum(realise), 0) END AS realise,
        var_samp(realise) FILTER (fait) AS variance
    FROM suivi GROUP BY id
)
SELECT
    s.*,
    realise - conventionne_faits AS ecart,
    (realise - conventionne_faits) * unitaire / 12 AS ecart_euros,
    least(realise, conventionne) AS plafonne,
    faits >= 3 AND diviseur > 0 AS prevue,
    realise + realise / nullif(faits, 0) * (retard + a_venir) AS prevision,
    variance * (retard + a_venir + (retard + a_venir)**2 / nullif(faits, 0)) AS dispersion,
    coalesce(b.n, 0) AS brouillons,
    coalesce(h.heures, 0) AS hors_periode
FROM sommes AS s LEFT JOIN brouillons AS b USING (id) LEFT JOIN hors AS h USING (id)
ORDER BY id
"""
"""`dispersion` is the variance of the forecast of one annexe, months drawn from one law."""

PAR_MOIS = """
SELECT
    month(m) AS mois,
    count(*) FILTER (fait) AS faites,
    count(*) FILTER (NOT fait AND echu) AS en_retard,
    count(*) FILTER (NOT fait AND NOT echu) AS a_venir,
    coalesce(sum(etp) FILTER (fait), 0) AS conventionne_fait,
    coalesce(sum(etp) FILTER (NOT fait AND echu), 0) AS conventionne_en_retard,
    coalesce(sum(etp) FILTER (NOT fait AND NOT echu), 0) AS conventionne_a_venir,
    coalesce(sum(realise), 0) AS realise,
    coalesce(sum(heures), 0) AS heures
FROM suivi GROUP BY ALL ORDER BY mois
"""


def read_controle(
    extrait: Extrait, annee: int, question: str = PAR_ANNEXE, perimetre: str = "pilotage"
) -> list[dict[str, Any]]:
    """Rows of one of the questions above.

    Args:
        extrait: Its two views are read.
        annee: Year of the months.
        question: `PAR_ANNEXE` or `PAR_MOIS`.
        perimetre: `pilotage` or `conventionnees`.
    """
    jour = extrait.extraction.isoformat()
    choisies = _PERIMETRES[perimetre].format(jour=jour)
    sql = (CONTROLE + question).format(annee=annee, jour=jour, perimetre=choisies)
    vues = {"af": extrait.vue("AnnexeFinanciere"), "emi": extrait.vue("EtatMensuelIndiv")}
    rangees: list[dict[str, Any]] = query_parquet(sql, vues, extrait.dossier).to_pylist()
    return rangees


def expect(rangees: list[Rangee]) -> Rangee:
    """Figures of a set of annexes, from the rows of the control; the fields of `Synthese`."""

    def add(nom: str, choisies: Iterable[Rangee] = rangees) -> Any:
        return sum(rangee[nom] for rangee in choisies)

    def say(nom: str, dits: str) -> Any:
        """A sum of what somebody wrote; unknown where months are done and nobody did."""
        return Absence.INCONNUE if add("faits") and not add(dits) else add(nom)

    connues = [rangee for rangee in rangees if rangee["realise"] is not None]
    prevues = [rangee for rangee in rangees if rangee["prevue"]]
    realise, prevu = add("realise", connues), add("conventionne_faits", connues)
    trouves = {
        "annexes": len(rangees),
        "sans_diviseur": len(rangees) - len(connues),
        "mois_faits": add("faits"),
        "mois_en_retard": add("retard"),
        "mois_a_venir": add("a_venir"),
        "conventionne_annuel": add("conventionne") / MOIS,
        "conventionne_mois_faits": add("conventionne_faits"),
        "conventionne_mois_en_retard": add("conventionne_retard"),
        "conventionne_mois_a_venir": add("conventionne_a_venir"),
        "realise_mois": realise,
        "realise_asp_mois": say("realise_asp", "dits_part"),
        "taux": 100 * realise / prevu if prevu else Absence.SANS_OBJET,
        "ecart_mois": add("ecart", connues),
        "ecart_annuel": add("ecart", connues) / MOIS,
        "ecart_euros": add("ecart_euros", connues),
        "plafonne_annuel": add("plafonne", connues) / MOIS,
        "heures": add("heures"),
        "heures_facturees": say("facturees", "dits_facturees"),
        "salaire_brut": say("brut", "dits_brut"),
        "brouillons": add("brouillons"),
        "heures_hors_periode": add("hors_periode"),
    } | _expect_forecast(prevues)
    if not connues:
        trouves |= dict.fromkeys(_REALISES, Absence.INCONNUE)
    return trouves


_REALISES = (
    *("realise_mois", "taux", "ecart_mois", "ecart_annuel", "ecart_euros", "plafonne_annuel"),
    *("prevision_conventionne", "prevision", "prevision_basse", "prevision_haute"),
)


def _expect_forecast(prevues: list[Rangee]) -> Rangee:
    noms = ("prevision_conventionne", "prevision", "prevision_basse", "prevision_haute")
    if not prevues:
        return {"prevision_annexes": 0, **dict.fromkeys(noms, Absence.PAS_ENCORE_PUBLIEE)}
    milieu = sum(rangee["prevision"] for rangee in prevues)
    marge = HUIT_SUR_DIX * math.sqrt(sum(rangee["dispersion"] for rangee in prevues))
    bas = max(milieu - marge, sum(rangee["realise"] for rangee in prevues))
    conventionne = sum(rangee["conventionne"] for rangee in prevues)
    valeurs = (conventionne / MOIS, milieu / MOIS, bas / MOIS, (milieu + marge) / MOIS)
    return {"prevision_annexes": len(prevues), **dict(zip(noms, valeurs, strict=True))}


def read(synthese: Synthese) -> Rangee:
    """Its figures by name."""
    return {champ.name: getattr(synthese, champ.name) for champ in fields(synthese)}


def is_same(notre: Any, leur: Any) -> bool:
    """Whether two figures agree; an absence only with the same absence."""
    if isinstance(notre, Absence) or isinstance(leur, Absence):
        return notre is leur
    return math.isclose(notre, leur, rel_tol=1e-9, abs_tol=1e-6)
