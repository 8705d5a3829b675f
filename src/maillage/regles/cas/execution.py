"""Running of the cases by the rules themselves, through the whole engine."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.kernel.errors import UserError
from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM, MOIS_PAR_AN
from maillage.regles.cas.lecture import ANNEXES, FORMULES, REFORMES, list_cas
from maillage.regles.cas.modele import REFUS, Verification
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.mise_a_disposition.decompte import compute_decompte
from maillage.regles.mise_a_disposition.modele import (
    Derogation,
    EmployeurPublic,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    PointDeDepart,
    TypeClient,
)
from maillage.regles.mise_a_disposition.parametrage import get_plafond
from maillage.regles.reformes.reformes import compare_montant
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.calendrier import calendrier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.regles.cas.modele import Cas, Donnee

Entrees = dict[str, Any]  # each runner knows the shape of its own cases

CRITERES = ("publics", "moyens", "resultats")
_CIBLES = {
    "part_modulee": "part_modulee_centimes",
    "contrat_passerelle": "contrat_passerelle_centimes",
    "cdi_inclusion": "aide_cdi_inclusion_centimes",
    "cofinancement": "part_departement_centimes",
}


@cache
def verify_mecanisme(mecanisme: str) -> tuple[Verification, ...]:
    """Every case of a mechanism with what the rules find, in the order of its file."""
    return tuple(verify(cas) for cas in list_cas(mecanisme))


def verify(cas: Cas) -> Verification:
    """One case with what the rules find; a refusal is a result, told by its code."""
    try:
        return Verification(cas, _run(cas))
    except UserError as refus:
        codes = ", ".join(anomalie.code for anomalie in refus.anomalies)
        return Verification(cas, {REFUS: codes})


def _run(cas: Cas) -> Mapping[str, Donnee]:
    entrees = dict(cas.entrees)
    if cas.mecanisme == REFORMES:
        return _run_reforme(cas, entrees)
    if cas.mecanisme in ANNEXES:
        return _run_annexe(cas.regle, entrees)
    return _run_formules(cas, entrees) if cas.regle == FORMULES else _run_decompte(cas, entrees)


def _run_formules(cas: Cas, entrees: Entrees) -> Mapping[str, Donnee]:
    le = entrees.pop("le")
    # A case without input still needs a row.
    colonnes = {nom: np.array([valeur]) for nom, valeur in entrees.items()} or {
        "numero": np.array(["1"])
    }
    resultat = compute(tuple(cas.attendu), colonnes, load_legislation(), le)
    return {nom: round(float(resultat[nom][0]), cas.decimales) for nom in cas.attendu}


def _run_annexe(regle: str, entrees: Entrees) -> Mapping[str, Donnee]:
    if regle == "montant_annexe":
        return {
            "montant_unitaire": _compute_euros(entrees, "montant_unitaire_centimes"),
            "montant": _compute_euros(entrees, "montant_total_annuel_centimes"),
        }
    if regle == "versement":
        return _run_versement(entrees)
    return {"montant": _compute_euros(entrees, _CIBLES[regle])}


def _compute_euros(entrees: Entrees, cible: str) -> Decimal:
    return _compute_centimes(entrees, cible).to_euros()


def _compute_centimes(entrees: Entrees, cible: str) -> Centimes:
    legislation = load_legislation().with_connu_au(entrees.get("connu_au"))
    resultat = compute([cible], _build_columns(entrees), legislation, entrees["du"])
    return Centimes(int(resultat[cible][0]))


def _build_columns(entrees: Entrees) -> dict[str, Any]:
    """One row of columns, as a reader of annexes gives them."""
    debut, fin = entrees["du"], entrees["au"]
    centiemes = np.array([int(Decimal(entrees["etp"]) * 100)])
    mois = (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1
    colonnes = {
        "type_siae": np.array([entrees["type"]]),
        "territoire": np.array([entrees.get("territoire", METROPOLE_DROM)]),
        "date_debut_effet": np.array([debut], "M8[D]"),
        "date_fin_effet": np.array([fin], "M8[D]"),
        "etp_centiemes": centiemes,
        "etp_passerelle_centiemes": centiemes,
        "etp_cdi_centiemes": centiemes,
        "mois_passerelle": np.array([entrees.get("mois", 0)]),
        "date_embauche_cdi": np.array([entrees.get("embauche", debut)], "M8[D]"),
        "mois_beneficiaires": np.array([entrees.get("personnes", 0) * mois]),
    }
    sans = (0,) * len(CRITERES)
    for critere, poids, note in zip(
        CRITERES, entrees.get("poids", sans), entrees.get("notes", sans), strict=True
    ):
        colonnes |= {f"poids_{critere}": np.array([poids]), f"note_{critere}": np.array([note])}
    return colonnes


def _run_versement(entrees: Entrees) -> Mapping[str, Donnee]:
    annexe = Annexe(
        entrees["du"],
        entrees["au"],
        Decimal(entrees["etp"]),
        _compute_centimes(entrees, "montant_unitaire_centimes"),
    )
    lignes = calendrier(annexe, [Decimal(etp) for etp in entrees["realises"]])
    return {
        "verses": tuple(_euros(ligne.verse) for ligne in lignes),
        "droit": _euros(lignes[-1].cumul),
    }


def _euros(montant: Centimes | Absence) -> Donnee:
    return montant.value if isinstance(montant, Absence) else montant.to_euros()


def _run_decompte(cas: Cas, entrees: Entrees) -> Mapping[str, Donnee]:
    arrete_au = entrees["arrete_au"]
    lecture = Lecture(
        PointDeDepart(entrees.get("point_de_depart", PointDeDepart.PREMIERE_PLAFONNEE)),
        EmployeurPublic(entrees.get("employeur_public", EmployeurPublic.PLAFONNE)),
        HeuresSousDerogation(entrees.get("heures_sous_derogation", HeuresSousDerogation.COMPTEES)),
    )
    decompte = compute_decompte(
        [MiseADisposition(j, h, TypeClient(t)) for j, h, t in entrees["mises_a_disposition"]],
        arrete_au,
        plafond=get_plafond(arrete_au),
        lecture=lecture,
        derogations=[Derogation(debut, fin) for debut, fin in entrees.get("derogations", ())],
    )
    return {nom: getattr(decompte, nom) for nom in cas.attendu}


def _run_reforme(cas: Cas, entrees: Entrees) -> Mapping[str, Donnee]:
    avant, apres = entrees.pop("le_avant"), entrees.pop("le_apres")
    reforme = load_reforme(cas.regle)
    for cle, valeur in entrees.items():
        reforme = reforme.with_hypothese(cle, valeur)
    compares = {
        nom: compare_montant(reforme, load_legislation(), nom, avant, apres) for nom in cas.attendu
    }
    return {nom: (_known(c.avant), _known(c.apres)) for nom, c in compares.items()}


def _known(montant: float | Absence) -> Donnee:
    return montant.value if isinstance(montant, Absence) else montant
