"""What a reform changes: legal values before and after by date, and one annexe under both laws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import accorder, format_date, typeset
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.web.regles.calcul import Montants, Refus, compute_annexe, compute_reforme
from maillage.web.regles.droit import (
    format_contenu,
    lien_valeur,
    nom_de,
    render_references,
    url_valeur,
)
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.web.regles.saisie import SaisieAnnexe

_JOUR = timedelta(days=1)
_INCONNUE = Cellule(f'<em class="absence">{Absence.INCONNUE.value}</em>')
_VALEURS = (
    Colonne("parametre", "Paramètre", droite=False),
    Colonne("jour", "Au", droite=False),
    Colonne("droit", "Droit"),
    Colonne("reforme", "Réforme"),
    Colonne("ecart", "Écart"),
)
_MONTANTS = (
    Colonne("quoi", "Montant", droite=False),
    Colonne("droit", "Droit"),
    Colonne("reforme", "Réforme"),
    Colonne("ecart", "Écart"),
)
_LECTURES = (
    ("Par ETP et par an", "unitaire"),
    ("Par mois", "mensuel"),
    ("De l’annexe", "total"),
)

TROP_GRAND = Anomalie(
    "MLG-WEB-041",
    "Un montant de la réforme est trop grand pour être compté en centimes.",
    "Vérifiez ses valeurs et ses ratios.",
)


@dataclass(frozen=True, slots=True)
class Palier:
    """One parameter on one day, under both laws; None where it is not known.

    Attributes:
        chemin: The parameter.
        jour: The day.
        droit: What the law gives.
        reforme: What the reform makes of it.
    """

    chemin: str
    jour: date
    droit: ValeurLegale | None
    reforme: ValeurLegale | None


def list_paliers(legislation: Legislation, reforme: Reforme) -> list[Palier]:
    """Every day on which a changed parameter changes, from the day before the reform on.

    Raises:
        UserError: the reform cannot be applied, a ratio asking for a value that is not known.
    """
    reformee = apply_reforme(legislation, reforme)
    return [
        palier
        for chemin in dict.fromkeys(c.chemin for c in reforme.changements)
        for palier in _paliers(legislation, reformee, reforme, chemin)
    ]


def _paliers(
    legislation: Legislation, reformee: Legislation, reforme: Reforme, chemin: str
) -> Iterator[Palier]:
    debut = min(c.date_effet for c in reforme.changements if c.chemin == chemin)
    coupures = {*legislation.breakpoints(chemin), *reformee.breakpoints(chemin)}
    suite = sorted(jour for jour in coupures if debut <= jour <= reforme.valable_jusqu_au)
    precedent: tuple[object, object] | None = None
    veille = _last_known(legislation, chemin, debut - _JOUR)
    for jour in dict.fromkeys((veille, debut, *suite)):
        palier = Palier(
            chemin, jour, _find(legislation, chemin, jour), _find(reformee, chemin, jour)
        )
        contenus = (_content(palier.droit), _content(palier.reforme))
        if contenus != precedent:
            yield palier
        precedent = contenus


def _last_known(legislation: Legislation, chemin: str, veille: date) -> date:
    """Day before the reform, or the last day to which the law is known when it is earlier."""
    horizon = legislation.leaf(chemin).valable_jusqu_au
    if horizon is not None and horizon < veille and _find(legislation, chemin, veille) is None:
        return horizon
    return veille


def _find(loi: Legislation, chemin: str, jour: date) -> ValeurLegale | None:
    try:
        return loi.resolve(chemin, jour)
    except PeriodeNonModelisee:
        return None


def _content(legale: ValeurLegale | None) -> object:
    return None if legale is None else legale.valeur


def describe_effets(legislation: Legislation, reforme: Reforme) -> dict[str, object]:
    """The reform, and its legal values side by side, for the templates."""
    contexte: dict[str, object] = {
        "titre": typeset(reforme.titre),
        "code": reforme.code,
        "sources": render_references(reforme.source),
        "indetermine": [typeset(phrase) for phrase in reforme.indetermine],
        "jusqu_au": format_date(reforme.valable_jusqu_au),
    }
    try:
        paliers = list_paliers(legislation, reforme)
    except UserError as refus:
        return {**contexte, "constat": "La réforme ne s’applique pas.", "refus": refus.anomalies}
    return {
        **contexte,
        "constat": typeset(_constat(legislation, paliers)),
        "table": _table(legislation, paliers) if paliers else "",
    }


def _constat(legislation: Legislation, paliers: list[Palier]) -> str:
    """The finding, in one sentence."""
    if not paliers:
        return "Cette réforme ne change aucune valeur du droit, son effet est sur autre chose."
    chemins = list(dict.fromkeys(palier.chemin for palier in paliers))
    if len(chemins) > 1:
        return f"Cette réforme change {accorder(len(chemins), 'valeur', 'valeurs')} du droit."
    apres = next((p for p in paliers[1:] if p.reforme is not None), None)
    if apres is None or apres.reforme is None:
        return "Cette réforme change une valeur du droit."
    feuille = legislation.leaf(chemins[0])
    avant = paliers[0].droit
    de = f"de {format_contenu(avant.valeur, avant.unite)} " if avant is not None else ""
    vers = format_contenu(apres.reforme.valeur, apres.reforme.unite)
    return f"{nom_de(feuille)} : {de}à {vers} au {format_date(apres.jour)}."


def _table(legislation: Legislation, paliers: list[Palier]) -> SafeString:
    lignes = [
        Ligne(
            (
                lien_texte(url_valeur(p.chemin), nom_de(legislation.leaf(p.chemin))),
                texte(format_date(p.jour)),
                _INCONNUE if p.droit is None else Cellule(lien_valeur(p.droit)),
                _INCONNUE
                if p.reforme is None
                else texte(format_contenu(p.reforme.valeur, p.reforme.unite)),
                _ecart(p),
            )
        )
        for p in paliers
    ]
    return render_table("Le droit et la réforme, à chaque date", _VALEURS, lignes, entier=True)


def _ecart(palier: Palier) -> Cellule:
    avant, apres = _content(palier.droit), _content(palier.reforme)
    if palier.droit is None or palier.reforme is None:
        return _INCONNUE
    if not _is_nombre(avant) or not _is_nombre(apres):
        return texte("aucun" if avant == apres else "autre valeur")
    difference = round(float(str(apres)) - float(str(avant)), 6)
    signe = "+" if difference > 0 else ""
    return texte(f"{signe}{format_contenu(difference, palier.droit.unite)}")


def _is_nombre(contenu: object) -> bool:
    return isinstance(contenu, (int, float)) and not isinstance(contenu, bool)


def describe_annexe(saisie: SaisieAnnexe, reforme: Reforme) -> dict[str, object]:
    """One annexe under the law and under the reform, for the templates."""
    cotes = [
        _compute(saisie),
        _compute(replace(saisie, reforme=reforme)),
    ]
    lignes = []
    for nom, champ in _LECTURES:
        montants = [_read(cote, champ) for cote in cotes]
        lignes.append(Ligne((texte(nom), *map(_montant, montants), _montant(_subtract(montants)))))
    return {
        "table": render_table("L’annexe, sous les deux droits", _MONTANTS, lignes, entier=True),
        "refus": [
            (nom, anomalie)
            for nom, cote in zip(("Droit", "Réforme"), cotes, strict=True)
            if isinstance(cote, Refus)
            for anomalie in cote.anomalies
        ],
        "avertissements": [
            typeset(phrase)
            for cote in cotes
            if isinstance(cote, Montants)
            for phrase in cote.avertissements
        ],
    }


def _compute(saisie: SaisieAnnexe) -> Montants | Refus:
    try:
        return compute_annexe(saisie) if saisie.reforme is None else compute_reforme(saisie)
    except UserError as refus:
        return Refus(refus.anomalies)
    except (OverflowError, ValueError):
        # A ratio of a thousand million gives amounts that the rules refuse to hold in cents.
        return Refus((TROP_GRAND,))


def _read(cote: Montants | Refus, champ: str) -> Centimes | None:
    if isinstance(cote, Refus):
        return None
    montant: Centimes = getattr(cote, champ)
    return montant


def _subtract(montants: list[Centimes | None]) -> Centimes | None:
    avant, apres = montants
    return None if avant is None or apres is None else apres - avant


def _montant(montant: Centimes | None) -> Cellule:
    return _INCONNUE if montant is None else texte(format_euros(montant))
