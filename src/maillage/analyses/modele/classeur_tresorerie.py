"""Sheets of the months of a workbook: weights of each month, schedule of the aide, path of the cash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.modele.cadre import MOIS_PAR_AN, Prix
from maillage.indicators.modele.tresorerie import plan_aide, spread_couts, spread_heures
from maillage.kernel.francais import format_mois

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.analyses.modele.feuille import Feuille
    from maillage.indicators.modele.cadre import Cadre, Nombres
    from maillage.indicators.modele.modele import Modele

DEUX_ANS = 2 * MOIS_PAR_AN
_SOLDE = MOIS_PAR_AN + 1
_CENT = 100
_ANNEE = range(1, MOIS_PAR_AN + 1)


def write_calendrier(feuille: Feuille, cadre: Cadre) -> None:
    """Weight of each month of the exercice for each client, charge and resource."""
    feuille.set_largeurs((44, *(7,) * DEUX_ANS))
    feuille.add_titre("Les mois")
    feuille.add_texte("Le poids de chaque mois : une ligne de 1 répartit l’année également.")
    mois = range(1, DEUX_ANS + 1)
    feuille.add_partie("Mois depuis l’ouverture", *map(str, mois))
    feuille.add_rangee("egal", "Parts égales", [1.0] * MOIS_PAR_AN)
    for client in cadre.clients:
        feuille.add_rangee(f"clients.{client.code}", client.libelle, client.saisonnalite)
    for charge in cadre.charges:
        poids = [float(rang in charge.mois) for rang in _ANNEE]
        feuille.add_rangee(f"charges.{charge.code}", charge.libelle, poids)
    for un in cadre.ressources:
        poids = [float(rang in un.mois) for rang in mois]
        feuille.add_rangee(f"ressources.{un.code}", un.libelle, poids)
    for mouvement in cadre.mouvements:
        poids = [float(rang == mouvement.mois) for rang in mois]
        feuille.add_rangee(f"mouvements.{mouvement.code}", mouvement.libelle, poids)
    module = [float(rang == cadre.mois_part_modulee) for rang in mois]
    feuille.add_rangee("part_modulee", "Part modulée", module)


def write_aide(
    feuille: Feuille, hypotheses: Mapping[str, str], calendrier: Feuille, modele: Modele
) -> None:
    """Schedule of the aide au poste: advances, right, regularisations, cap, settlement."""
    h, cadre, plan = (
        hypotheses,
        modele.cadre,
        plan_aide(modele.cadre, modele.valeurs, modele.bareme),
    )
    feuille.set_largeurs((58, *(13,) * _SOLDE))
    feuille.add_titre("L’aide au poste, mois par mois")
    feuille.add_texte(
        f"{modele.bareme.regime.texte}. Le mois 13 est celui qui suit la fin de l’annexe."
    )
    etp, par_etp = f"ROUND({h['aide.etp_conventionnes']},2)", f"ROUND({h['aide.heures_par_etp']},0)"
    total = feuille.add_formule(
        "total",
        "Montant de l’annexe",
        f"ROUND({h['aide.montant_unitaire']}*{etp},2)",
        float(plan.annexes.montant_total[0]) / _CENT,
    )
    feuille.add_partie("Mois de l’annexe", *map(str, range(1, _SOLDE + 1)))
    numeros = _add_numeros(feuille, _SOLDE)
    _add_heures(feuille, h, calendrier, modele)
    heures = feuille.cellules["heures_aidees"]
    convenu = f"({etp}*{par_etp})"
    cumul = _add_cumul(feuille, heures, spread_heures(cadre, modele.valeurs))
    feuille.add_formules(
        "avances",
        "Avances depuis le début",
        [f"ROUND({total}*{numeros[rang]}/12,2)" for rang in range(MOIS_PAR_AN)],
        (plan.avances[0] / _CENT).tolist(),
    )
    feuille.add_formules(
        "droits",
        "Droit acquis depuis le début",
        [
            f"IF({convenu}<=0,0,ROUND({total}*MIN({cumul[rang]},{convenu}/12*{numeros[rang]})/{convenu},2))"
            for rang in range(MOIS_PAR_AN)
        ],
        (plan.droits[0] / _CENT).tolist(),
    )
    _add_versements(feuille, modele)


def _add_heures(
    feuille: Feuille, h: Mapping[str, str], calendrier: Feuille, modele: Modele
) -> None:
    cadre = modele.cadre
    vendues = [
        f"{h[f'clients.{un.code}.heures']}*{_weight(calendrier, f'clients.{un.code}', '{m}')}"
        for un in cadre.clients
        if un.prix is not Prix.MONTANT
    ]
    hors = f"{h['insertion.heures_hors_client']}/12"
    payees = "+".join([*vendues, hors])
    aidees = ("+".join(vendues) or "0") if cadre.facture_des_heures else payees
    numeros = list(map(str, _ANNEE))
    aidees_du_mois = spread_heures(cadre, modele.valeurs)
    payees_du_mois = spread_couts(cadre, modele.valeurs) * float(modele.annee.heures[0])
    feuille.add_formules(
        "heures_aidees",
        "Heures que l’aide compte",
        [aidees.replace("{m}", numero) for numero in numeros],
        aidees_du_mois.tolist(),
    )
    feuille.add_formules(
        "heures_payees",
        "Heures payées",
        [payees.replace("{m}", numero) for numero in numeros],
        payees_du_mois.tolist(),
    )


def _add_numeros(feuille: Feuille, nombre: int) -> list[str]:
    ligne = feuille.ligne
    feuille.add_rangee("mois", "Rang", [float(rang) for rang in range(1, nombre + 1)])
    return [feuille.name_cell(rang, ligne) for rang in range(1, nombre + 1)]


def _add_cumul(feuille: Feuille, heures: str, valeurs: Nombres) -> list[str]:
    ligne = feuille.ligne
    cellules = [feuille.name_cell(rang, ligne) for rang in _ANNEE]
    formules = [
        f"INDEX({heures},1,{rang})" + (f"+{cellules[rang - 2]}" if rang > 1 else "")
        for rang in _ANNEE
    ]
    feuille.add_formules("cumul", "Heures depuis le début", formules, np.cumsum(valeurs).tolist())
    return cellules


def _add_versements(feuille: Feuille, modele: Modele) -> None:
    plan = plan_aide(modele.cadre, modele.valeurs, modele.bareme)
    observes = np.maximum.accumulate(plan.observes[0])
    c = feuille.cellules
    avances, droits = c["avances"], c["droits"]
    rang_observes = feuille.add_rangee(
        "observes", "Mois observés à la dernière régularisation", observes.astype(float).tolist()
    )
    vus = [f"INDEX({rang_observes},1,{rang})" for rang in _ANNEE]
    dus = [
        f"INDEX({avances},1,{rang})+IF({vu}>0,INDEX({droits},1,MAX(1,{vu}))-INDEX({avances},1,MAX(1,{vu})),0)"
        for rang, vu in enumerate(vus, 1)
    ]
    ligne_dus = feuille.ligne
    feuille.add_formules("dus", "Dû depuis le début", dus, (plan.dus[0] / _CENT).tolist())
    ligne = feuille.ligne
    payes = [
        feuille.name_cell(rang, ligne_dus)
        if rang == 1
        else f"MAX({feuille.name_cell(rang - 1, ligne)},{feuille.name_cell(rang, ligne_dus)})"
        for rang in _ANNEE
    ]
    feuille.add_formules("payes", "Versé depuis le début", payes, (plan.payes[0] / _CENT).tolist())
    cellules = [feuille.name_cell(rang, ligne) for rang in _ANNEE]
    verses = [
        cellules[0],
        *(f"{cellules[rang]}-{cellules[rang - 1]}" for rang in range(1, MOIS_PAR_AN)),
        f"INDEX({droits},1,12)-{cellules[-1]}",
    ]
    feuille.add_formules(
        "verses", "Versé dans le mois", verses, (plan.verse[0] / _CENT).tolist(), total=True
    )


class Chemin:
    """The sheet of the cash being written, month by month."""

    def __init__(
        self,
        feuilles: tuple[Feuille, Feuille, Feuille, Feuille],
        hypotheses: Mapping[str, str],
        modele: Modele,
    ) -> None:
        self.feuille, self.calendrier, self.aide, self.calcul = feuilles
        self.h = hypotheses
        self.modele = modele
        self.numeros: list[str] = []

    def write(self) -> None:
        """Every line of the path, then its lowest point."""
        cadre, feuille = self.modele.cadre, self.feuille
        feuille.set_largeurs((52, *(12,) * cadre.horizon))
        feuille.add_titre("La trésorerie, mois par mois")
        feuille.add_partie("Fin de", *_name_mois(cadre))
        self.numeros = _add_numeros(feuille, cadre.horizon)
        premiere = feuille.ligne
        for flux in self.modele.tresorerie.flux:
            formules = [self._write_flux(flux.code, numero) for numero in self.numeros]
            feuille.add_formules(
                f"flux.{flux.code}", flux.libelle, formules, flux.montants.tolist()
            )
        self._write_soldes(premiere, feuille.ligne - 1)

    def _write_soldes(self, premiere: int, derniere: int) -> None:
        feuille, tresorerie = self.feuille, self.modele.tresorerie
        rangs = range(1, len(self.numeros) + 1)
        variations = [
            f"SUM({feuille.name_cell(rang, premiere)}:{feuille.name_cell(rang, derniere)})"
            for rang in rangs
        ]
        ligne = feuille.ligne
        feuille.add_formules(
            "variations", "Variation du mois", variations, tresorerie.variations.tolist()
        )
        soldes = [
            (self.h["tresorerie.initiale"] if rang == 1 else feuille.name_cell(rang - 1))
            + f"+{feuille.name_cell(rang, ligne)}"
            for rang in rangs
        ]
        plage = feuille.add_formules(
            "soldes", "Trésorerie à la fin du mois", soldes, tresorerie.soldes.tolist(), total=True
        )
        feuille.add_partie("Le point bas")
        bas = feuille.add_formule(
            "point_bas", "Trésorerie la plus basse", f"MIN({plage})", tresorerie.point_bas
        )
        feuille.add_formule(
            "mois_bas",
            "Mois du point bas, depuis l’ouverture",
            f"MATCH({bas},{plage},0)",
            tresorerie.mois_bas,
            "mois",
        )

    def _write_flux(self, code: str, mois: str) -> str:
        racine, _, reste = code.partition(".")
        if racine == "clients":
            delai = self.h[f"clients.{reste}.delai_mois"]
            return self._later(f"{self.calcul.cellules[f'ventes.{reste}']}", code, mois, delai)
        if racine in {"aide", "part_modulee"}:
            return self._write_aide(racine, mois)
        if racine == "ressources":
            annee = self.h[f"ressources.{reste}.montant_annuel"]
            return f"{annee}*{self._monthly(code, mois)}"
        if racine == "mouvements":
            montant = self.h[f"mouvements.{reste}.montant"]
            return f"{montant}*INDEX({self.calendrier.cellules[code]},1,{mois})"
        return self._write_charge(code, racine, mois)

    def _write_charge(self, code: str, racine: str, mois: str) -> str:
        c = self.calcul.cellules
        sociales = self.h["tresorerie.delai_cotisations_mois"]
        fournisseurs = self.h["tresorerie.delai_fournisseurs_mois"]
        if racine == "charges":
            return self._later(f"-{c[code]}", code, mois, fournisseurs)
        if racine == "postes":
            poste = code if code.endswith(".cotisations") else f"{code}.brut"
            return self._later(f"-{c[poste]}", "egal", mois, sociales if poste == code else "0")
        if racine == "taxe_salaires":
            return self._later(f"-{c['taxe']}", "egal", mois, sociales)
        delai = {"salaires": "0", "cotisations": sociales, "frais": fournisseurs}[racine]
        heures = self.aide.cellules["heures_payees"]
        rang = f"MOD({mois}-{delai}-1,12)+1"
        part = f"IF(SUM({heures})<=0,1/12,INDEX({heures},1,{rang})/MAX(SUM({heures}),0.000001))"
        return f"IF({mois}-{delai}>=1,-{c[racine]}*{part},0)"

    def _write_aide(self, code: str, mois: str) -> str:
        retard = self.h["aide.retard_mois"]
        if code == "part_modulee":
            poids = self.calendrier.cellules[code]
            vers = self.calcul.cellules[code]
            return f"{vers}*({_at(poids, f'({mois}-{retard})', DEUX_ANS)}+{_at(poids, f'({mois}-{retard}-12)', DEUX_ANS)})"
        verses = self.aide.cellules["verses"]
        premiere = _at(verses, f"({mois}-{retard})", _SOLDE)
        return f"{premiere}+{_at(verses, f'({mois}-{retard}-12)', _SOLDE)}"

    def _later(self, annee: str, poids: str, mois: str, delai: str) -> str:
        """What a year brings in a month, so many months late."""
        rang = f"(MOD({mois}-{delai}-1,12)+1)"
        return f"IF({mois}-{delai}>=1,{annee}*{_weight(self.calendrier, poids, rang)},0)"

    def _monthly(self, code: str, mois: str) -> str:
        plage = self.calendrier.cellules[code]
        return f"({_at(plage, mois, DEUX_ANS)}+{_at(plage, f'({mois}-12)', DEUX_ANS)})/SUM({plage})"


def _weight(calendrier: Feuille, nom: str, rang: str) -> str:
    plage = calendrier.cellules[nom]
    return f"INDEX({plage},1,{rang})/SUM({plage})"


def _at(plage: str, rang: str, longueur: int) -> str:
    """Cell of a range at a rank that may be outside it: 0 there."""
    dedans = f"MAX(1,MIN({longueur},{rang}))"
    return f"IF(AND({rang}>=1,{rang}<={longueur}),INDEX({plage},1,{dedans}),0)"


def _name_mois(cadre: Cadre) -> list[str]:
    premier = cadre.debut.year * MOIS_PAR_AN + cadre.debut.month - 1
    return [
        format_mois((premier + rang) // MOIS_PAR_AN, (premier + rang) % MOIS_PAR_AN + 1)
        for rang in range(cadre.horizon)
    ]
