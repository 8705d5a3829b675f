"""What each reform of the rules does to a model, everything else equal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import MONTANT_UNITAIRE
from maillage.indicators.modele.bareme import (
    CHEMIN_REGIME,
    modulation_path,
    read_number,
    socle_path,
)
from maillage.indicators.modele.leviers import scale
from maillage.indicators.modele.modele import compute_modele
from maillage.kernel.valeur import Absence
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.regimes import read_regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre
    from maillage.indicators.modele.modele import Modele
    from maillage.kernel.valeur import Valeur
    from maillage.regles.engine.legislation import JeuParametres, Legislation
    from maillage.regles.engine.reforme import Reforme

RATIO_POSTES = "ratio_postes"
"""Hypothesis of a reform: what is left of the posts of the whole country."""
SANS_EFFET = "Ne change rien de ce que le modèle lit."
INCONNUE = "Le droit que la réforme change n’est pas connu à cette date."


@dataclass(frozen=True, slots=True)
class EffetReforme:
    """A reform on the day of one of its steps, and what it does to a model.

    Attributes:
        code: Of the reform.
        titre: Of the reform.
        le: Day on which the reformed law is read; None when the reform touches nothing of the model.
        montant_unitaire: Aide per ETP under the reform, euros.
        part_modulee_max: Maximum of the modulated part under the reform.
        ratio_postes: What is left of the agreed posts, by an assumption of the reform; 1 without.
        resultat: Change of the result of the year, euros.
        point_bas: Change of the lowest cash, euros.
        motif: Why there is no figure; empty when there is one.
        indetermine: What the reform leaves open.
    """

    code: str
    titre: str
    le: date | None
    montant_unitaire: Valeur
    part_modulee_max: Valeur
    ratio_postes: float
    resultat: Valeur
    point_bas: Valeur
    motif: str
    indetermine: tuple[str, ...]


def measure_reformes(
    calcule: ModeleCalcule, legislation: Legislation, reformes: Iterable[Reforme]
) -> tuple[EffetReforme, ...]:
    """Each step of each reform on a model: the law of that day for what the reform changes, all else equal.

    Args:
        calcule: The model.
        legislation: The law.
        reformes: The reforms.
    """
    return tuple(
        effet for reforme in reformes for effet in _measure(calcule.modele, reforme, legislation)
    )


def _measure(modele: Modele, reforme: Reforme, legislation: Legislation) -> Iterator[EffetReforme]:
    try:
        reformee = apply_reforme(legislation, reforme)
    except PeriodeNonModelisee:
        yield _absent(reforme, None, INCONNUE, Absence.INCONNUE)
        return
    chemins = {socle_path(modele.cadre), modulation_path(modele.cadre), CHEMIN_REGIME}
    jours = _list_jours(reforme, chemins, modele.cadre)
    if not jours:
        yield _absent(reforme, None, SANS_EFFET, Absence.SANS_OBJET)
    for jour in jours:
        change = {un.chemin for un in reforme.changements if un.date_effet <= jour} & chemins
        bareme = _reform(modele.bareme, modele.cadre, reformee.au(jour), change)
        if bareme is None:
            yield _absent(reforme, jour, INCONNUE, Absence.INCONNUE)
        else:
            yield _compare(modele, reforme, jour, bareme)


def _list_jours(reforme: Reforme, chemins: set[str], cadre: Cadre) -> list[date]:
    """Days of the steps: the first day of the model if one holds then, and those that come later."""
    dates = sorted({un.date_effet for un in reforme.changements if un.chemin in chemins})
    deja = any(jour <= cadre.debut for jour in dates) and cadre.debut <= reforme.valable_jusqu_au
    return [cadre.debut] * deja + [jour for jour in dates if jour > cadre.debut]


def _reform(bareme: Bareme, cadre: Cadre, jour: JeuParametres, change: set[str]) -> Bareme | None:
    """The law of the model where what a reform changes is that of a day; None when it is not known."""
    lues = {chemin: jour.find(chemin) for chemin in change}
    if any(legale is None for legale in lues.values()):
        return None
    connues = {chemin: legale for chemin, legale in lues.items() if legale is not None}
    socle = connues.get(socle_path(cadre))
    module = connues.get(modulation_path(cadre))
    regime = connues.get(CHEMIN_REGIME)
    return replace(
        bareme,
        montant_unitaire=bareme.montant_unitaire if socle is None else read_number(socle),
        part_modulee_max=bareme.part_modulee_max if module is None else read_number(module),
        regime=bareme.regime if regime is None else read_regime(regime.valeur),
    )


def _compare(modele: Modele, reforme: Reforme, jour: date, bareme: Bareme) -> EffetReforme:
    postes = reforme.hypotheses.get(RATIO_POSTES)
    ratio = 1.0 if postes is None else postes.valeur
    facteur = bareme.montant_unitaire / modele.bareme.montant_unitaire
    valeurs = scale(modele.cadre, modele.valeurs, MONTANT_UNITAIRE, facteur)
    valeurs = scale(modele.cadre, valeurs, "aide.etp_conventionnes", ratio)
    sous_reforme = compute_modele(modele.cadre, valeurs, bareme)
    return EffetReforme(
        code=reforme.code,
        titre=reforme.titre,
        le=jour,
        montant_unitaire=bareme.montant_unitaire,
        part_modulee_max=bareme.part_modulee_max,
        ratio_postes=ratio,
        resultat=sous_reforme.resultat - modele.resultat,
        point_bas=sous_reforme.tresorerie.point_bas - modele.tresorerie.point_bas,
        motif="",
        indetermine=reforme.indetermine,
    )


def _absent(reforme: Reforme, jour: date | None, motif: str, absence: Absence) -> EffetReforme:
    return EffetReforme(
        *(reforme.code, reforme.titre, jour, absence, absence, 1.0, absence, absence),
        motif=motif,
        indetermine=reforme.indetermine,
    )
