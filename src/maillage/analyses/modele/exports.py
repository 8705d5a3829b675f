"""Results of a model as plain rows and trees, for CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.exports import etat_of, nombre_or_none, valeur_to_dict
from maillage.analyses.modele.compte import list_lignes
from maillage.analyses.modele.limites import LIMITES
from maillage.analyses.modele.phrases import REPONSES, list_reponses
from maillage.analyses.modele.scenarios import name_choc
from maillage.indicators.modele.sensibilite import measure_sensibilite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.exports import Cellule, Rangee
    from maillage.analyses.modele.comparaison import Comparaison
    from maillage.analyses.modele.hypotheses import Chiffre, ModeleCalcule
    from maillage.analyses.modele.reformes import EffetReforme
    from maillage.analyses.modele.scenarios import DistributionScenario
    from maillage.indicators.modele.modele import Modele
    from maillage.indicators.modele.stress import Scenario

_CENTIME, _MILLIEME = 2, 4


def modele_to_dict(calcule: ModeleCalcule) -> dict[str, Any]:
    """A model: answers, year, cash, sensitivity, hypotheses with their origins, law."""
    hypotheses, modele = calcule.hypotheses, calcule.modele
    motif = modele.seuils.motif
    return {
        "nom": hypotheses.nom,
        "version": hypotheses.le.isoformat(),
        "type": hypotheses.cadre.type_siae,
        "debut": hypotheses.cadre.debut.isoformat(),
        "reponses": {
            code: {**valeur_to_dict(valeur), "unite": REPONSES[code][1]}
            for code, valeur in list_reponses(calcule).items()
        },
        "motif": "" if motif is None else motif.value,
        "annee": [
            {"code": un.code, "libelle": un.libelle, "montant": round(un.montant, _CENTIME)}
            for un in list_lignes(modele)
        ],
        "tresorerie": _tresorerie_to_dict(modele),
        "sensibilite": [
            {
                "chemin": un.chemin,
                "libelle": un.libelle,
                "pas": un.pas,
                "resultat": round(un.resultat, _CENTIME),
                "point_bas": round(un.point_bas, _CENTIME),
            }
            for un in measure_sensibilite(modele)
        ],
        "hypotheses": [
            {
                "chemin": cle.chemin,
                "libelle": cle.libelle,
                "unite": cle.unite.value,
                **_chiffre(hypotheses.get(cle.chemin)),
            }
            for cle in hypotheses.list_cles()
        ],
        "droit": [
            {"chemin": un.chemin, "valeur": str(un.valeur), "texte": un.reference.titre}
            for un in modele.bareme.legales
        ],
        "avertissements": list(calcule.avertissements),
        "limites": list(LIMITES),
    }


def modele_rows(calcule: ModeleCalcule) -> list[Rangee]:
    """One row per figure: answers, then the year, then the cash at the end of each month."""
    rangees = [
        _row("reponse", code, REPONSES[code][0], nombre_or_none(valeur), etat_of(valeur))
        for code, valeur in list_reponses(calcule).items()
    ]
    rangees += [
        _row("annee", un.code, un.libelle, round(un.montant, _CENTIME))
        for un in list_lignes(calcule.modele)
    ]
    for rang, solde in enumerate(calcule.modele.tresorerie.soldes.tolist(), 1):
        rangees.append(_row("tresorerie", str(rang), "Fin du mois", round(solde, _CENTIME)))
    return rangees


def comparaison_to_dict(comparaison: Comparaison) -> dict[str, Any]:
    """Two models side by side."""
    return {
        "reponses": comparaison_rows(comparaison),
        "hypotheses": [
            {
                "chemin": un.chemin,
                "libelle": un.libelle,
                "unite": un.unite,
                "avant": None if un.avant is None else _chiffre(un.avant),
                "apres": None if un.apres is None else _chiffre(un.apres),
            }
            for un in comparaison.differences
        ],
        "lectures": [
            {"nom": nom, "avant": avant, "apres": apres}
            for nom, avant, apres in comparaison.lectures
        ],
    }


def comparaison_rows(comparaison: Comparaison) -> list[Rangee]:
    """One row per answer."""
    return [
        {
            "code": un.code,
            "libelle": un.libelle,
            "unite": un.unite,
            "avant": nombre_or_none(un.avant),
            "etat_avant": etat_of(un.avant),
            "apres": nombre_or_none(un.apres),
            "etat_apres": etat_of(un.apres),
            "ecart": nombre_or_none(un.ecart),
        }
        for un in comparaison.reponses
    ]


def stress_rows(calcule: ModeleCalcule, scenarios: Iterable[Scenario]) -> list[Rangee]:
    """One row per shock."""
    return [
        {
            "code": un.code,
            "libelle": name_choc(un.code, calcule.hypotheses.cadre),
            "resultat": round(un.modele.resultat, _CENTIME),
            "ecart_resultat": round(un.resultat, _CENTIME),
            "point_bas": round(un.modele.tresorerie.point_bas, _CENTIME),
            "ecart_point_bas": round(un.point_bas, _CENTIME),
            "mois_bas": un.modele.tresorerie.mois_bas,
            "volume_equilibre": nombre_or_none(un.modele.seuils.volume),
            "etat_volume": etat_of(un.modele.seuils.volume),
        }
        for un in scenarios
    ]


def reforme_rows(effets: Iterable[EffetReforme]) -> list[Rangee]:
    """One row per step of a reform."""
    return [
        {
            "code": un.code,
            "titre": un.titre,
            "le": None if un.le is None else un.le.isoformat(),
            "montant_unitaire": nombre_or_none(un.montant_unitaire),
            "part_modulee_max": nombre_or_none(un.part_modulee_max),
            "ratio_postes": un.ratio_postes,
            "ecart_resultat": _round(nombre_or_none(un.resultat)),
            "ecart_point_bas": _round(nombre_or_none(un.point_bas)),
            "etat": etat_of(un.resultat),
            "motif": un.motif,
            "indetermine": "|".join(un.indetermine),
        }
        for un in effets
    ]


def tirage_rows(distributions: Iterable[DistributionScenario]) -> list[Rangee]:
    """One row per scenario, a column per quantile."""
    return [
        {
            "code": un.code,
            "libelle": un.libelle,
            "nombre": un.distribution.nombre,
            "moyenne": round(un.distribution.moyenne, _CENTIME),
            **{
                f"q{round(ordre * 100):02d}": round(valeur, _CENTIME)
                for ordre, valeur in un.distribution.quantiles.items()
            },
            "probabilite_perte": round(un.distribution.probabilite_perte, _MILLIEME),
        }
        for un in distributions
    ]


def _tresorerie_to_dict(modele: Modele) -> dict[str, Any]:
    tresorerie = modele.tresorerie
    return {
        "initiale": tresorerie.initiale,
        "soldes": _rounded(tresorerie.soldes.tolist()),
        "flux": [
            {
                "code": un.code,
                "libelle": un.libelle,
                "montants": _rounded(un.montants.tolist()),
                "ensuite": round(un.ensuite, _CENTIME),
            }
            for un in tresorerie.flux
        ],
    }


def _chiffre(chiffre: Chiffre) -> dict[str, Any]:
    return {
        "valeur": chiffre.valeur,
        "origine": chiffre.origine.code,
        "source": chiffre.source,
    }


def _row(
    partie: str, code: str, libelle: str, valeur: float | None, etat: str = "connue"
) -> Rangee:
    cellules: dict[str, Cellule] = {"partie": partie, "code": code, "libelle": libelle}
    return cellules | {"valeur": valeur, "etat": etat}


def _rounded(nombres: Iterable[float]) -> list[float]:
    return [round(un, _CENTIME) for un in nombres]


def _round(nombre: float | None) -> float | None:
    return None if nombre is None else round(nombre, _CENTIME)
