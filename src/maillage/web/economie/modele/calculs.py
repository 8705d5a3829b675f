"""A text of hypotheses computed, under the law of its year or, if its author chose it, the last law known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import (
    MONTANT_UNITAIRE,
    ModeleCalcule,
    complete,
    compute_hypotheses,
    to_valeurs,
)
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.indicators.modele.bareme import read_bareme
from maillage.indicators.modele.modele import compute_modele
from maillage.indicators.modele.tirages import draw_resultats, draw_uniformes, summarise
from maillage.kernel.errors import UserError
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.modele.hypotheses import Hypotheses
    from maillage.indicators.modele.tirages import Distribution
    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.legislation import Legislation
    from maillage.web.economie.models import VersionDeModele

NOM = "hypothèses"
"""What the places of the faults call the text."""


@dataclass(frozen=True, slots=True)
class Calcul:
    """A text computed.

    Attributes:
        calcule: All that follows.
        legislation: The law, projected or not.
        prolonge_depuis: Day whose law goes on; None when the law of the first day is known.
    """

    calcule: ModeleCalcule
    legislation: Legislation
    prolonge_depuis: date | None = None


@dataclass(frozen=True, slots=True)
class Lu:
    """A version that was kept, as it is computed today.

    Attributes:
        version: The version.
        nom: As shown, even when nothing can be computed.
        calcul: None when it cannot be computed any more.
        anomalies: Why not.
    """

    version: VersionDeModele
    nom: str
    calcul: Calcul | None
    anomalies: tuple[Anomalie, ...] = ()


def compute_texte(texte: str, *, prolonge: bool) -> Calcul:
    """A text computed from end to end.

    Args:
        texte: Hypotheses.
        prolonge: Whether the last law known goes on where that of the first day is not known.

    Raises:
        FichierInvalide: every fault of the text, with its line (MLG-MEC-002 to 011).
        PeriodeNonModelisee: the law of the first day is not known, and is not to go on.
    """
    hypotheses = parse_hypotheses(texte, NOM)
    loi = load_legislation()
    try:
        return Calcul(compute_hypotheses(hypotheses, loi), loi)
    except PeriodeNonModelisee:
        if not prolonge:
            raise
    return _prolong(hypotheses, loi.with_choix(Choix.projection_smic()))


def _prolong(hypotheses: Hypotheses, loi: Legislation) -> Calcul:
    """Under the law projected on the SMIC, or that of the last day on which it is known."""
    try:
        return Calcul(compute_hypotheses(hypotheses, loi), loi)
    except PeriodeNonModelisee as error:
        inconnue = error
    donne = hypotheses.chiffres.get(MONTANT_UNITAIRE)
    debut = hypotheses.cadre.debut
    fins = {f.valable_jusqu_au for f in loi.feuilles.values() if f.valable_jusqu_au is not None}
    for jour in sorted((fin for fin in fins if fin < debut), reverse=True):
        cadre = replace(hypotheses.cadre, debut=jour)
        try:
            bareme = read_bareme(cadre, loi, None if donne is None else donne.valeur)
        except PeriodeNonModelisee:
            continue
        completes = complete(hypotheses, bareme)
        modele = compute_modele(hypotheses.cadre, to_valeurs(completes), bareme)
        return Calcul(ModeleCalcule(completes, modele), loi, jour)
    raise inconnue


def read_version(version: VersionDeModele) -> Lu:
    """A version that was kept: what cannot be computed any more is told rather than hidden."""
    try:
        calcul = compute_texte(version.texte, prolonge=version.is_prolonge)
    except UserError as error:
        return Lu(version, name_texte(version.texte), None, error.anomalies)
    return Lu(version, calcul.calcule.hypotheses.nom, calcul)


def name_texte(texte: str) -> str:
    """Name that a text gives to its model."""
    try:
        return parse_hypotheses(texte, NOM).nom
    except UserError:
        return "Modèle illisible"


def draw_distribution(calcule: ModeleCalcule) -> Distribution:
    """Distribution of the result of the year under the laws of the text; same seed, same draws."""
    tirages, modele = calcule.hypotheses.tirages, calcule.modele
    lois = [ecrite.loi for ecrite in tirages.lois]
    uniformes = draw_uniformes(lois, tirages.graine, tirages.nombre)
    return summarise(draw_resultats(modele.cadre, modele.valeurs, modele.bareme, lois, uniformes))
