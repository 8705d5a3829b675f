"""Sheet of the law of a workbook: the legal values that its formulas read, each with its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import Chiffre, Origine
from maillage.kernel.francais import format_date

if TYPE_CHECKING:
    from maillage.analyses.modele.feuille import Feuille
    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.bareme import Bareme, RegleLiee

SMIC_HEURE, SMIC_PLEIN, MODULATION = "smic_heure", "smic_plein", "modulation"
REDUCTION = "reduction"
_NOMS = {
    "coefficient_maximal": "Réduction : coefficient maximal",
    "plafond_en_smic": "Réduction : plafond, en SMIC",
    "decimales_coefficient": "Réduction : décimales du coefficient",
    "t_delta": "RGDU : Tdelta",
    "t_min": "RGDU : Tmin",
    "puissance": "RGDU : puissance",
    "taux_normal": "Taxe sur les salaires : taux normal",
    "seuil_1": "Taxe sur les salaires : premier seuil",
    "seuil_2": "Taxe sur les salaires : deuxième seuil",
    "seuil_3": "Taxe sur les salaires : troisième seuil",
    "taux_1": "Taxe sur les salaires : première majoration",
    "taux_2": "Taxe sur les salaires : deuxième majoration",
    "taux_3": "Taxe sur les salaires : troisième majoration",
    "franchise": "Taxe sur les salaires : franchise",
    "decote_plafond": "Taxe sur les salaires : plafond de la décote",
    "decote_taux": "Taxe sur les salaires : taux de la décote",
    "abattement_associations": "Taxe sur les salaires : abattement des associations",
}
_DERIVEES = frozenset({"coefficient_maximal", "t_delta"})
RESIDU = "0.000001"
"""Under what a pay may be of the ceiling and still be at it, as in the rule."""


def write_droit(feuille: Feuille, calcule: ModeleCalcule) -> None:
    """Legal values that the formulas read."""
    bareme = calcule.modele.bareme
    jour = format_date(calcule.modele.cadre.debut)
    feuille.set_largeurs()
    feuille.add_titre(f"Le droit au {jour}")
    feuille.add_texte(
        "Ces valeurs viennent des règles de Maillage. Les changer, c’est simuler un autre droit."
    )
    feuille.add_partie("Ce que dit le droit", "Valeur", "Unité", "Origine", "Texte", "Nom")
    smic = _name_sources(bareme, "smic.")
    _add(feuille, SMIC_HEURE, "SMIC d’une heure, dans la réduction", bareme.smic_insertion, smic)
    _add(
        feuille,
        SMIC_PLEIN,
        "SMIC d’un temps plein, dans la réduction",
        bareme.smic_temps_plein,
        smic,
    )
    module = _name_sources(bareme, "aide_au_poste.part_modulee")
    _add(feuille, MODULATION, "Part modulée, au plus", bareme.part_modulee_max, module)
    _add_regle(feuille, bareme.coefficient)
    for regle in bareme.taxe.values():
        _add_regle(feuille, regle)


def write_reduction(feuille: Feuille, remuneration: str, smic: str, bareme: Bareme) -> str:
    """Formula of the rate of the reduction of contributions of a pay, as the rule of the day has it.

    Args:
        feuille: Sheet of the law.
        remuneration: Cell, or expression, of the pay.
        smic: The same of the SMIC of its hours.
        bareme: The law.
    """
    c = feuille.cellules
    plafond = c["plafond_en_smic"]
    rapport = f"MIN(1,{smic}/MAX({remuneration},{smic}))"
    part = f"MAX(0,MIN(1,({plafond}*{rapport}-1)/({plafond}-1)))"
    if "t_delta" not in bareme.coefficient.valeurs:
        taux = f"ROUND({c['coefficient_maximal']}*{part},{c['decimales_coefficient']})"
        return f"IF({remuneration}<=0,0,{taux})"
    taux = f"ROUND({c['t_min']}+{c['t_delta']}*{part}^{c['puissance']},4)"
    atteint = f"{remuneration}>={plafond}*{smic}-{RESIDU}"
    return f"IF(OR({remuneration}<=0,{atteint}),0,{taux})"


def write_majoration(feuille: Feuille, remuneration: str, bareme: Bareme) -> str:
    """Formula of the increases of the taxe sur les salaires on the pay of one full time."""
    c, termes, avant = feuille.cellules, [], ""
    for rang in range(1, 1 + sum(nom.startswith("seuil_") for nom in _majorations(bareme))):
        taux = c[f"taux_{rang}"]
        ecart = f"({taux}-{avant})" if avant else taux
        termes.append(f"{ecart}*MAX({remuneration}-{c[f'seuil_{rang}']},0)")
        avant = taux
    return "+".join(termes)


def _majorations(bareme: Bareme) -> list[str]:
    return list(bareme.taxe["majoration_individuelle"].valeurs)


def _add_regle(feuille: Feuille, regle: RegleLiee) -> None:
    for argument in regle.version.arguments:
        if argument.nom not in regle.valeurs or argument.nom in feuille.cellules:
            continue
        source = (
            regle.version.formule.texte
            if argument.nom in _DERIVEES
            else _name_sources_of(regle, argument.chemin)
        )
        valeur = float(regle.valeurs[argument.nom][0])
        _add(feuille, argument.nom, _NOMS[argument.nom], valeur, source)


def _add(feuille: Feuille, nom: str, libelle: str, valeur: float, source: str) -> None:
    feuille.add_chiffre(nom, libelle, Chiffre(valeur, Origine.DROIT, source), "")


def _name_sources(bareme: Bareme, debut: str) -> str:
    titres = [un.reference.titre for un in bareme.legales if un.chemin.startswith(debut)]
    return " ; ".join(dict.fromkeys(titres))


def _name_sources_of(regle: RegleLiee, chemin: str) -> str:
    return next(un.reference.titre for un in regle.legales if un.chemin == chemin)
