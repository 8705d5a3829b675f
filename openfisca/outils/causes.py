"""Why OpenFisca-France and Maillage differ: each cause is a computation that gives the difference.

    aucune            both give the same, to the last decimal of the law
    heures            OpenFisca-France has a month of 151.67 h, the law one of 35 × 52/12
    simple_precision  it computes on 32 bits: a tie, or a threshold, falls on the other side
    arrondi_mensuel   its tax on wages is rounded month by month, bracket by bracket
    franchise         at 1 200 € of tax exactly, its décote applies, where the law wants nothing
    inexpliquee       none of these: no test lets it pass

No import of OpenFisca here: its formulas are followed step by step with NumPy, in the order and the
precision in which OpenFisca-France 176 writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.regles.engine.calcul import compute
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flottants = NDArray[np.float64]
    Simples = NDArray[np.float32]

HEURES_DE_LA_LOI = 1820 / 12
HEURES_OPENFISCA = 151.67
RGDU = date(2026, 1, 1)
_DECIMALES = 4
_CENTIME = 0.005 + 1e-9


@dataclass(frozen=True, eq=False)
class Mois:
    """Pays of one month, full time. Shape `(n,)` each."""

    le: date
    remuneration: Flottants
    effectif: Flottants


@dataclass(frozen=True, eq=False)
class Employeur:
    """Employers of a year whose employees are all paid alike. Shape `(n,)` each."""

    le: date
    remuneration_mensuelle: Flottants
    effectif: Flottants
    association: NDArray[np.bool_]


def classify_coefficients(mois: Mois, openfisca: Simples) -> tuple[Flottants, list[str]]:
    """Our coefficients, and the cause of each difference."""
    nous = compute_coefficients(mois, HEURES_DE_LA_LOI)
    trouves = np.round(openfisca.astype(np.float64), _DECIMALES)
    essais: dict[str, NDArray[Any]] = {
        "aucune": nous,
        "heures": compute_coefficients(mois, HEURES_OPENFISCA),
        "simple_precision": np.round(follow_coefficients(mois).astype(np.float64), _DECIMALES),
    }
    return nous, [
        next((nom for nom, essai in essais.items() if round(essai[i], 4) == trouve), "inexpliquee")
        for i, trouve in enumerate(trouves)
    ]


def compute_coefficients(mois: Mois, heures: float) -> Flottants:
    """Coefficients of Maillage for a full-time month of so many hours."""
    n = len(mois.remuneration)
    colonnes: dict[str, Any] = {
        "remuneration": mois.remuneration,
        "effectif": mois.effectif,
        "nombre_heures_remunerees": np.full(n, heures),
        "lecture_conges_payes": np.full(n, "sans_objet"),
    }
    resultat = compute(["coefficient_reduction"], colonnes, load_legislation(), mois.le)
    coefficients: Flottants = resultat["coefficient_reduction"]
    return coefficients


def follow_coefficients(mois: Mois) -> Simples:
    """`taux_allegement_general` of OpenFisca-France, with its own types at each step."""
    assiette = mois.remuneration.astype(np.float32)
    plein_temps = np.ones(len(assiette), dtype=np.float32)
    if mois.le < RGDU:
        smic = plein_temps * _legal("smic.horaire_brut", mois.le) * HEURES_OPENFISCA
        return _follow_2019(mois, assiette, smic)
    smic = plein_temps * _legal("smic.horaire_brut", RGDU) * HEURES_OPENFISCA
    return _follow_2026(mois, assiette, smic)


def _follow_2019(mois: Mois, assiette: Simples, smic: Simples) -> Simples:
    base = "cotisations.reduction_generale"
    petite = mois.effectif < _legal(f"{base}.seuil_effectif", mois.le)
    grand = _legal(f"{base}.coefficient_max_seuil_et_plus", mois.le)
    t_max = grand * ~petite + _legal(f"{base}.coefficient_max_moins_de_seuil", mois.le) * petite
    seuil = _legal(f"{base}.plafond_smic", mois.le)
    ratio = smic / (assiette + 1e-16)
    part = np.minimum(1, np.maximum(seuil * ratio - 1, 0) / (seuil - 1))
    taux: Simples = np.round(t_max * part, _DECIMALES).astype(np.float32)
    return taux


def _follow_2026(mois: Mois, assiette: Simples, smic: Simples) -> Simples:
    petite = mois.effectif < _legal("cotisations.reduction_generale.seuil_effectif", mois.le)
    t_delta = np.where(
        petite,
        _legal("cotisations.rgdu.t_delta_moins_50", mois.le),
        _legal("cotisations.rgdu.t_delta_50_et_plus", mois.le),
    )
    t_min = _legal("cotisations.rgdu.t_min", mois.le)
    remuneration = assiette + 1e-16
    ouvert = remuneration / smic < _legal("cotisations.reduction_generale.plafond_smic", mois.le)
    part = np.maximum(0.5 * (3 * (smic / remuneration) - 1), 0)
    puissance = part ** _legal("cotisations.rgdu.puissance", mois.le)
    taux = ouvert * (t_min + np.round(t_delta * puissance, _DECIMALES))
    plafonne: Simples = np.minimum(t_min + t_delta, taux).astype(np.float32)
    return plafonne


def classify_taxes(employeurs: Employeur, openfisca: Flottants) -> tuple[Flottants, list[str]]:
    """Our taxes of the year, and the cause of each difference."""
    nous = compute_taxes(employeurs)
    mensuelles = follow_taxes(employeurs, np.float64)
    simples = follow_taxes(employeurs, np.float32)
    estimation = follow_individuelle(employeurs, np.float64) * employeurs.effectif * 12
    # the law wants nothing there, and so do we
    au_seuil = np.isclose(estimation, _legal("taxe_salaires.franchise", employeurs.le)) & (
        nous == 0
    )
    causes = []
    for i, trouvee in enumerate(openfisca):
        # float32 holds about seven figures of the monthly tax of one employee
        marge = 12 * employeurs.effectif[i] * float(np.spacing(np.float32(simples[i] / 12)))
        if abs(trouvee - nous[i]) < _CENTIME:
            causes.append("aucune")
        elif abs(trouvee - mensuelles[i]) < _CENTIME:
            causes.append("franchise" if au_seuil[i] else "arrondi_mensuel")
        elif abs(trouvee - simples[i]) <= _CENTIME + marge:
            causes.append("simple_precision")
        else:
            causes.append("inexpliquee")
    return nous, causes


def compute_taxes(employeurs: Employeur) -> Flottants:
    """Taxes of Maillage over the year."""
    annuelle = employeurs.remuneration_mensuelle * 12
    droit = load_legislation()
    majorations = compute(
        ["majoration_individuelle"],
        {"remuneration_individuelle_annuelle": annuelle},
        droit,
        employeurs.le,
    )["majoration_individuelle"]
    colonnes: dict[str, Any] = {
        "remuneration_permanents_annuelle": annuelle * employeurs.effectif,
        "remuneration_insertion_annuelle": np.zeros(len(annuelle)),
        "insertion_dans_assiette": np.zeros(len(annuelle), dtype=bool),
        "majorations_employeur": majorations * employeurs.effectif,
        "est_association": employeurs.association,
    }
    taxes: Flottants = compute(["taxe_due"], colonnes, droit, employeurs.le)["taxe_due"]
    return taxes


def follow_taxes(employeurs: Employeur, dtype: type[np.floating[Any]]) -> Flottants:
    """`taxe_salaires` of OpenFisca-France over the year, by months, in one precision or the other."""
    estimation = follow_individuelle(employeurs, dtype) * employeurs.effectif * 12
    franchise = _legal("taxe_salaires.franchise", employeurs.le)
    plafond = _legal("taxe_salaires.decote_plafond", employeurs.le)
    decotee = estimation - (plafond - estimation) * _legal(
        "taxe_salaires.decote_taux", employeurs.le
    )
    reduite = np.where(
        estimation < franchise, 0, np.where(estimation <= plafond, decotee, estimation)
    )
    abattue = np.maximum(
        reduite - _legal("taxe_salaires.abattement_associations", employeurs.le), 0
    )
    due = np.where(employeurs.association, abattue, reduite)
    mensuelle = (due / employeurs.effectif / 12).astype(dtype)
    taxes: Flottants = mensuelle.astype(np.float64) * employeurs.effectif * 12
    return taxes


def follow_individuelle(employeurs: Employeur, dtype: type[np.floating[Any]]) -> Any:
    """Tax of a month of one employee, before franchise and décote."""
    base = employeurs.remuneration_mensuelle.astype(dtype)
    normale = np.round(_legal("taxe_salaires.taux_normal", employeurs.le) * base, 2)
    return _follow_bareme(base, employeurs.le) + normale


def _follow_bareme(base: Any, le: date) -> Flottants:
    """Increases of a month: thresholds divided by twelve, everything rounded to the cent."""
    seuils = [_legal(f"taxe_salaires.seuils.{nom}_majoration", le) for nom in _TRANCHES]
    taux = [_legal(f"taxe_salaires.majorations.{nom}", le) for nom in _TRANCHES]
    bornes = np.round(np.array([*seuils, np.inf]) / 12, 2)
    total = np.zeros(len(base))
    for rang, taux_tranche in enumerate(taux):
        dans = np.maximum(np.minimum(base, bornes[rang + 1]) - bornes[rang], 0)
        total += np.round(taux_tranche * np.round(dans, 2), 2)
    return total


_TRANCHES = ("premiere", "deuxieme")


def compute_annee(annee: int, paies: Flottants, effectif: float) -> tuple[Flottants, Flottants]:
    """Sum of our twelve months, and the formula applied once to the whole year.

    Args:
        annee: Year.
        paies: Pay of each month, zero when there is none. Shape `(n, 12)`.
        effectif: Size of the employer.

    Returns:
        Two amounts. Shape `(n,)` each. The second is what a régularisation leads to: the year's pay
        against the year's SMIC, with the coefficient of December.
    """
    somme = np.zeros(len(paies))
    smic = np.zeros(len(paies))
    for rang in range(12):
        le = date(annee, rang + 1, 1)
        mois = Mois(le, paies[:, rang], np.full(len(paies), effectif))
        somme += mois.remuneration * compute_coefficients(mois, HEURES_OPENFISCA)
        present = mois.remuneration > 0
        smic += present * _legal("smic.horaire_brut", le) * HEURES_OPENFISCA
    dernier = date(annee, 12, 1)
    base = "cotisations.reduction_generale"
    t_max = _legal(f"{base}.coefficient_max_moins_de_seuil", dernier)
    seuil = _legal(f"{base}.plafond_smic", dernier)
    paie = paies.sum(axis=1)
    part = np.clip((seuil * smic / paie - 1) / (seuil - 1), 0, 1)
    return somme, paie * np.round(t_max * part, _DECIMALES)


def _legal(chemin: str, le: date) -> float:
    return float(str(load_legislation().resolve(chemin, le).valeur))
