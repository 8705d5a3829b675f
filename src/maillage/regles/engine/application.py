"""Application of a reform to the law: a new law, the first one untouched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.valeur_legale import Lacune, ValeurDatee

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Changement, Reforme
    from maillage.regles.engine.valeur_legale import Contenu, Feuille

_PAS = {"euro": Decimal(1), "centime": Decimal("0.01")}
_JOUR = timedelta(days=1)


def apply_reforme(legislation: Legislation, reforme: Reforme) -> Legislation:
    """The law as the reform would make it.

    From its first change on, a parameter follows the reform only, until the last day of the
    reform: what the law planned later is set aside, except under a ratio, which multiplies every
    later value of the law.

    Raises:
        Introuvable: MLG-REG-001, a change names an unknown parameter.
        PeriodeNonModelisee: a ratio asks for a value that the law does not give on its day.

    Example:
        >>> from datetime import date
        >>> from maillage.regles.engine.lecture_reforme import load_reforme
        >>> from maillage.regles.engine.legislation import load_legislation
        >>> loi = apply_reforme(load_legislation(), load_reforme("ai_4000"))
        >>> loi.resolve("aide_au_poste.montant_socle.AI", date(2022, 1, 1)).valeur
        4000
    """
    feuilles = dict(legislation.feuilles)
    for chemin in dict.fromkeys(changement.chemin for changement in reforme.changements):
        changements = [c for c in reforme.changements if c.chemin == chemin]
        feuilles[chemin] = _change(legislation, reforme, legislation.leaf(chemin), changements)
    return replace(
        legislation,
        feuilles=MappingProxyType(feuilles),
        reformes=(*legislation.reformes, reforme.code),
    )


def _change(
    legislation: Legislation, reforme: Reforme, feuille: Feuille, changements: list[Changement]
) -> Feuille:
    ordonnes = sorted(changements, key=lambda changement: changement.date_effet)
    debut = ordonnes[0].date_effet
    valeurs = [valeur for valeur in feuille.valeurs if valeur.date_effet < debut]
    lacunes = _lacunes(feuille, debut)
    fins = [suivant.date_effet - _JOUR for suivant in ordonnes[1:]] + [reforme.valable_jusqu_au]
    for changement, fin in zip(ordonnes, fins, strict=True):
        nouvelles, dernier = _values(legislation, reforme, changement, fin)
        valeurs += nouvelles
        if dernier < fin:
            lacunes.append(Lacune(dernier + _JOUR, fin, "le droit que la réforme multiplie manque"))
    return replace(
        feuille,
        valeurs=tuple(valeurs),
        lacunes=tuple(lacunes),
        valable_jusqu_au=reforme.valable_jusqu_au,
        au_dela=f"la réforme {reforme.code} ne dit rien au-delà",
        projection="",
    )


def _lacunes(feuille: Feuille, debut: date) -> list[Lacune]:
    """Gaps of the law before the reform, cut on the day it starts.

    The law may also end before the reform starts: the days between stay unknown.
    """
    veille = debut - _JOUR
    lacunes = [
        replace(lacune, au=veille if lacune.au is None else min(lacune.au, veille))
        for lacune in feuille.lacunes
        if lacune.du < debut
    ]
    horizon = feuille.valable_jusqu_au
    if horizon is not None and horizon < veille:
        lacunes.append(Lacune(horizon + _JOUR, veille, feuille.au_dela or "non vérifié"))
    return lacunes


def _values(
    legislation: Legislation, reforme: Reforme, changement: Changement, fin: date
) -> tuple[list[ValeurDatee], date]:
    """Dated values of one change, and the last day to which they hold."""
    contenu = changement.valeur
    if changement.hypothese:
        contenu = reforme.hypotheses[changement.hypothese].valeur
    premier = changement.date_effet
    if changement.genre == "valeur":
        return [_datee(reforme, changement, premier, contenu)], fin
    ratio = Decimal(str(contenu))
    valeurs = [_scale(legislation, reforme, changement, premier, ratio)]
    if changement.base is not None:
        return valeurs, fin
    for jour in legislation.breakpoints(changement.chemin):
        if premier < jour <= fin:
            try:
                valeurs.append(_scale(legislation, reforme, changement, jour, ratio))
            except PeriodeNonModelisee:
                return valeurs, jour - _JOUR
    return valeurs, fin


def _scale(
    legislation: Legislation, reforme: Reforme, changement: Changement, jour: date, ratio: Decimal
) -> ValeurDatee:
    """What the law gives on a day, times a ratio."""
    legale = legislation.resolve(changement.chemin, changement.base or jour)
    nombre = Decimal(str(legale.valeur)) * ratio
    if changement.arrondi:
        nombre = nombre.quantize(_PAS[changement.arrondi], ROUND_HALF_UP)
    return replace(_datee(reforme, changement, jour, float(nombre)), choix=legale.choix)


def _datee(reforme: Reforme, changement: Changement, jour: date, valeur: Contenu) -> ValeurDatee:
    return ValeurDatee(
        date_effet=jour,
        valeur=valeur,
        references=changement.references or reforme.source,
        confiance="C",
        derniere_verification=jour,
        note=f"Réforme {reforme.code} : {reforme.titre}",
        ou=changement.ou,
        reforme=reforme.code,
    )
