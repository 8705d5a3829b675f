"""The view AnnexeFinanciere: every version that is shown on the day, in its state of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.annexes import VERSIONS_MAX, find_regime
from maillage.data.synthetic.jours import JAMAIS, write_days
from maillage.data.synthetic.montants import MESURES
from maillage.data.synthetic.noms import load_departements
from maillage.data.synthetic.numeros import (
    write_departement,
    write_measures,
    write_prefixes,
)
from maillage.data.synthetic.parametres import TYPES
from maillage.data.synthetic.textes import (
    pick,
    repeat,
    write_booleans,
    write_hundredths,
    write_integers,
)
from maillage.data.synthetic.vue_annexes_declarations import declare
from maillage.data.synthetic.vue_annexes_fdi import build_fdi

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Reseau

VUE = "AnnexeFinanciere"
ETATS = ("SAISI", "REJETE", "PROVISOIRE", "VALIDE", "CLOTURE", "HISTORISE", "ANNULE")
_SAISI, _REJETE, _PROVISOIRE, _VALIDE, _CLOTURE, _HISTORISE, _ANNULE = range(7)
_IDENTIFIANTS = ("2", None, "4", "3", "9", "8", None)
"""Identifiers read on a published extract; those of the other states are not public."""
MOTIFS = ("CP_BANC_KO", "TIT_RIB_KO", "SIGN_INSTR", "NUM_AVM_KO")
_MOTIFS_ID = ("175", "182", "98", None)
_COLLECTIVITES = {"972": "CT MARTINIQUE", "973": "CT GUYANE", "2A": "CT CORSE", "2B": "CT CORSE"}


def build_annexes(reseau: Reseau) -> pa.Table:
    """Rows of the view, text, in the order of structures, years and versions."""
    annexes, au = reseau.annexes, reseau.au
    existe = np.minimum(annexes.saisie, annexes.provisoire) <= au
    existe &= annexes.is_shown(au)[:, None]
    rangs, versions = np.nonzero(existe)
    double = _repeat_rejections(reseau, rangs, versions)
    second = np.concatenate([np.zeros(len(rangs), dtype=bool), np.ones(len(double), dtype=bool)])
    rangs = np.concatenate([rangs, rangs[double]])
    versions = np.concatenate([versions, versions[double]])
    ordre = np.lexsort((second, versions, rangs))
    rangs, versions, second = rangs[ordre], versions[ordre], second[ordre]
    premieres = _find_amounts(reseau, rangs, np.zeros(len(rangs), dtype=np.int64))
    cellules = {
        **_identify(reseau, rangs, versions),
        **_date(reseau, rangs, versions, second),
        **_agree(reseau, rangs, versions),
        **declare(reseau, rangs, np.array([euros for _, euros in premieres], dtype=np.int64)),
    }
    noms = [colonne.nom for colonne in load_dictionnaire()[VUE]]
    vide = pa.nulls(len(rangs), pa.string())
    table = pa.table([_as_text(cellules.get(nom, vide)) for nom in noms], noms)
    return pa.concat_tables([table, build_fdi(reseau, noms)])


def find_states(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> NDArray[np.int64]:
    """State of each version on the day, a rank in ETATS."""
    annexes, au = reseau.annexes, reseau.au
    etats = np.full(len(rangs), _SAISI)
    etats[annexes.rejet[rangs, versions] <= au] = _REJETE
    etats[annexes.provisoire[rangs, versions] <= au] = _PROVISOIRE
    etats[annexes.valide[rangs, versions] <= au] = _VALIDE
    tenue = (etats == _VALIDE) | (etats == _PROVISOIRE)
    etats[tenue & (annexes.cloture[rangs] <= au)] = _CLOTURE
    etats[annexes.historise[rangs, versions] <= au] = _HISTORISE
    etats[annexes.annulation[rangs] <= au] = _ANNULE
    return etats


def _as_text(colonne: pa.Array) -> pa.Array:
    return colonne if colonne.type == pa.string() else colonne.cast(pa.string())


def _repeat_rejections(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rows that the ASP repeats: two reasons of rejection make two rows of one version."""
    annexes = reseau.annexes
    rejetees = annexes.rejet[rangs, versions] <= reseau.au
    bancaires = annexes.motif[rangs, versions] < 2  # noqa: PLR2004 — ranks of the two bank reasons
    tirage = reseau.alea.uniform("double rejet", annexes.identifiant[rangs], versions)
    return np.flatnonzero(rejetees & bancaires & (tirage < hypotheses.PART_DOUBLE_REJET))


def _identify(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> dict[str, pa.Array]:
    annexes, structures = reseau.annexes, reseau.structures
    structure = annexes.structure[rangs]
    mesures = write_measures(reseau, structure)
    conventions = [
        f"{write_departement(reseau, s)} 0101{annee % 100:02d} {TYPES[structures.type[s]]} "
        f"{structures.ordre[s]:05d}"
        for s, annee in zip(structure.tolist(), annexes.premiere_annee[rangs].tolist(), strict=True)
    ]
    etats = find_states(reseau, rangs, versions)
    suspendue = (annexes.suspension[rangs] <= reseau.au) & (annexes.reprise[rangs] > reseau.au)
    derogation = reseau.alea.uniform("derogation", annexes.identifiant[rangs])
    penitentiaire = pick([None, "true"], structures.penitentiaire[structure])
    return {
        "af_id_structure": write_integers(structures.asp_id[structure]),
        "af_numero_convention": pa.array(conventions),
        "af_mesure_dispositif_id": pa.array([str(MESURES[m]) for m in mesures]),
        "af_mesure_dispositif_code": pa.array(mesures),
        "af_numero_annexe_financiere": pa.array(write_prefixes(reseau, rangs)),
        "af_numero_avenant_renouvellement": write_integers(annexes.renouvellement[rangs]),
        "af_numero_avenant_modification": write_integers(versions),
        "af_id_annexe_financiere": write_integers(annexes.identifiant[rangs]),
        "af_id_avenant_modification": write_integers(
            annexes.identifiant[rangs] * VERSIONS_MAX + versions
        ),
        "af_etat_annexe_financiere_id": pick(_IDENTIFIANTS, etats),
        "af_etat_annexe_financiere_code": pick(ETATS, etats),
        "af_indicateur_suspension": write_booleans(suspendue),
        "af_indicateur_derogation": write_booleans(derogation < hypotheses.PART_DEROGATION),
        "af_indic_perimetre_milieu_penitentiaire": penitentiaire,
    }


def _date(
    reseau: Reseau,
    rangs: NDArray[np.int64],
    versions: NDArray[np.int64],
    second: NDArray[np.bool_],
) -> dict[str, pa.Array]:
    """Days of the states that have come."""
    annexes, au = reseau.annexes, reseau.au
    saisie = annexes.saisie[rangs, versions]
    rejet = annexes.rejet[rangs, versions]
    valide = annexes.valide[rangs, versions]
    motif = annexes.motif[rangs, versions]
    motif = np.where(second, 1 - motif, motif)
    motif = np.where(rejet <= au, motif, len(MOTIFS))
    depot = annexes.debut[rangs] - 30 + annexes.identifiant[rangs] % 20
    signature = np.where(valide == JAMAIS, JAMAIS, valide - 5)
    return {
        "af_date_depot_dde_financement": write_days(depot),
        "af_date_debut_effet": write_days(annexes.debut[rangs]),
        "af_date_fin_effet": write_days(annexes.fin[rangs]),
        "af_date_etat_brouillon": write_days(saisie, au),
        "af_date_etat_saisie_termine": write_days(saisie, au),
        "af_date_etat_rejete": write_days(rejet, au),
        "af_motif_rejet_id": pick((*_MOTIFS_ID, None), motif),
        "af_motif_rejet_code": pick((*MOTIFS, None), motif),
        "af_date_etat_provisoire": write_days(annexes.provisoire[rangs, versions], au),
        "af_date_etat_valide": write_days(valide, au),
        "af_date_etat_historise": write_days(annexes.historise[rangs, versions], au),
        "af_date_etat_dde_annulation": write_days(annexes.demande_annulation[rangs], au),
        "af_date_etat_annule": write_days(annexes.annulation[rangs], au),
        "af_date_etat_cloture": write_days(_closing(reseau, rangs, versions), au),
        "af_date_signature": write_days(signature, au),
        "af_date_reception_asp": write_days(np.where(valide == JAMAIS, JAMAIS, valide - 1), au),
    }


def _closing(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Day of closing, of the version that is closed only."""
    is_closed = find_states(reseau, rangs, versions) == _CLOTURE
    return np.where(is_closed, reseau.annexes.cloture[rangs], JAMAIS)


def _agree(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> dict[str, pa.Array]:
    """Posts, hours of a full-time year, amounts, and the share of the département."""
    annexes, structures = reseau.annexes, reseau.structures
    structure = annexes.structure[rangs]
    etp = annexes.etp[rangs, versions]
    mesures = write_measures(reseau, structure)
    heures = [reseau.referentiel.find_heures(mesure) for mesure in mesures]
    unitaires = _find_amounts(reseau, rangs, versions)
    euros = np.array([unitaire for _, unitaire in unitaires], dtype=np.int64)
    total = compute_total(etp, euros, count_months(annexes.debut[rangs], annexes.fin[rangs]))
    seuils = np.array([hypotheses.PART_COFINANCEMENT[t] for t in range(len(TYPES))])
    identifiant = annexes.identifiant[rangs]
    cofinance = reseau.alea.uniform("cofinance", structure) < seuils[structures.type[structure]]
    # a renewal says what the département gives once it is amended
    cofinance &= (versions > 0) | (annexes.renouvellement[rangs] == 0)
    part = 0.05 + 0.25 * reseau.alea.uniform("part cofinance", identifiant)
    financeurs = [_name_funder(structures.departements_argent[s]) for s in structure.tolist()]
    nombre = len(rangs)
    return {
        "af_etp_postes_insertion": write_hundredths(etp),
        "af_duree_heure_annuel_etp_id": pa.array([str(numero) for numero, _ in heures]),
        "af_duree_heure_annuel_etp_code": repeat("DUR_AN_ETP", nombre),
        "af_duree_heure_annuel_etp_valeur": pa.array([f"{h}.00" for _, h in heures]),
        "af_montant_unitaire_annuel_id": pa.array([str(numero) for numero, _ in unitaires]),
        "af_montant_unitaire_annuel_code": repeat("MT_AN_ETP", nombre),
        "af_montant_unitaire_annuel_valeur": write_hundredths(euros * 100),
        "af_montant_total_annuel": write_hundredths(total),
        "af_indic_cofinancement": write_booleans(cofinance),
        "af_mt_cofinance": write_hundredths(np.rint(total * part).astype(np.int64), ~cofinance),
        "af_id_financeur_code": pa.array(
            [f if c else None for f, c in zip(financeurs, cofinance.tolist(), strict=True)],
            pa.string(),
        ),
    }


def count_months(debut: NDArray[np.int64], fin: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months that an annexe touches, the first and the last included."""
    mois = [
        jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        for jours in (debut, fin)
    ]
    return np.asarray(mois[1] - mois[0] + 1)


def compute_total(
    etp: NDArray[np.int64], euros: NDArray[np.int64], mois: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Total of an annexe in cents, rounded as the ASP does: each month to the nearest cent."""
    annuel = etp * euros
    return np.where(mois == 12, annuel, mois * ((2 * annuel + 12) // 24))  # noqa: PLR2004


def _find_amounts(
    reseau: Reseau, rangs: NDArray[np.int64], versions: NDArray[np.int64]
) -> list[tuple[int, int]]:
    """Identifier and euros of the amount that each version carries."""
    annexes, structures = reseau.annexes, reseau.structures
    connus: dict[tuple[str, str, int, int], tuple[int, int]] = {}
    trouves = []
    for rang, version in zip(rangs.tolist(), versions.tolist(), strict=True):
        structure = int(annexes.structure[rang])
        type_siae, regime = TYPES[structures.type[structure]], find_regime(structures, structure)
        debut = int(annexes.debut[rang])
        ecrit = int(annexes.saisie[rang, version]) if version else debut
        cle = (type_siae, regime, debut, max(ecrit, debut))
        if cle not in connus:
            jours = [np.datetime64(jour, "D").astype(object) for jour in cle[2:]]
            montant = reseau.bareme.get_montant(type_siae, regime, *jours)
            numero = reseau.referentiel.find_montant(type_siae, regime, montant)
            connus[cle] = (numero, montant.euros)
        trouves.append(connus[cle])
    return trouves


def _name_funder(departement: str) -> str:
    return _COLLECTIVITES.get(departement, f"CD {load_departements()[departement]}")
