"""What a reform changes: legal values before and after by date, and one annexe under both laws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import (
    ESPACE_INSECABLE,
    format_date,
    pluriel,
    typeset,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.web.regles.affichage import nombre_exact
from maillage.web.regles.calcul import Montants, Refus, compute_annexe, compute_reforme
from maillage.web.regles.droit import (
    format_contenu,
    lien_valeur,
    nom_court,
    nom_de,
    render_references,
    url_valeur,
)
from maillage.web.regles.reformes.constat import phrase_constat
from maillage.web.regles.reformes.paliers import content_of, list_paliers
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.web.regles.reformes.paliers import Palier
    from maillage.web.regles.saisie import SaisieAnnexe

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
        "constat": typeset(phrase_constat(legislation, paliers)),
        "table": _table(legislation, paliers) if paliers else "",
        "inconnus": _inconnus(legislation, paliers),
    }


def _inconnus(legislation: Legislation, paliers: list[Palier]) -> list[str]:
    """Why the law is not known on some of the days."""
    phrases = []
    for palier in paliers:
        if palier.droit is not None:
            continue
        try:
            legislation.resolve(palier.chemin, palier.jour)
        except PeriodeNonModelisee as inconnu:
            phrases += [f"{a.quoi[:1].upper()}{a.quoi[1:]}." for a in inconnu.anomalies]
    return [typeset(phrase) for phrase in dict.fromkeys(phrases)]


def _table(legislation: Legislation, paliers: list[Palier]) -> SafeString:
    chemins = {palier.chemin for palier in paliers}
    lignes = [Ligne(_cellules(legislation, palier, seul=len(chemins) == 1)) for palier in paliers]
    if len(chemins) > 1:
        return render_table("Le droit et la réforme, à chaque date", _VALEURS, lignes, entier=True)
    nom = nom_de(legislation.leaf(chemins.pop()))
    return render_table(f"{nom}, à chaque date", _VALEURS[1:], lignes, entier=True)


def _cellules(legislation: Legislation, palier: Palier, *, seul: bool) -> tuple[Cellule, ...]:
    """One day; the name of the parameter too, unless the table is about that one only."""
    feuille = legislation.leaf(palier.chemin)
    tete = () if seul else (lien_texte(url_valeur(palier.chemin), nom_court(feuille)),)
    reforme = palier.reforme
    return (
        *tete,
        texte(format_date(palier.jour)),
        _INCONNUE if palier.droit is None else Cellule(lien_valeur(palier.droit)),
        _INCONNUE if reforme is None else texte(format_contenu(reforme.valeur, reforme.unite)),
        _ecart(palier),
    )


def _ecart(palier: Palier) -> Cellule:
    avant, apres = content_of(palier.droit), content_of(palier.reforme)
    if palier.droit is None or palier.reforme is None:
        return _INCONNUE
    if not _is_nombre(avant) or not _is_nombre(apres):
        return texte("aucun" if avant == apres else "autre valeur")
    difference = round(float(str(apres)) - float(str(avant)), 6)
    signe = "+" if difference > 0 else ""
    if palier.droit.unite == "taux":
        points = round(difference * 100, 4)
        nom = pluriel(points, "point", "points")
        return texte(f"{signe}{nombre_exact(points)}{ESPACE_INSECABLE}{nom}")
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
