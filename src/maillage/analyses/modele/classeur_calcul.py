"""Sheet of the year of a workbook: cost and margin of an hour, result, volume and price of balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.classeur_droit import (
    MODULATION,
    SMIC_HEURE,
    SMIC_PLEIN,
    write_majoration,
    write_reduction,
)
from maillage.indicators.modele.cadre import Prix
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.analyses.modele.feuille import Feuille
    from maillage.indicators.modele.cadre import Nombres
    from maillage.indicators.modele.modele import Modele

SANS_OBJET = "sans objet"
_H = "€/h"


class Calcul:
    """The sheet being written, with what its formulas read."""

    def __init__(
        self, feuille: Feuille, hypotheses: Mapping[str, str], droit: Feuille, modele: Modele
    ) -> None:
        self.feuille = feuille
        self.h = hypotheses
        self.droit = droit
        self.modele = modele

    @property
    def c(self) -> Mapping[str, str]:
        """Cells of this sheet by name."""
        return self.feuille.cellules

    def add(self, nom: str, libelle: str, formule: str, valeur: object, unite: str = "€") -> str:
        """A row; its cell."""
        gras = nom in {"resultat", "volume", "prix_equilibre", "total_produits", "total_charges"}
        return self.feuille.add_formule(nom, libelle, formule, _cached(valeur), unite, total=gras)

    def write(self) -> None:
        """Every part of the sheet, in order."""
        self.feuille.set_largeurs()
        self.feuille.add_titre("L’année")
        self._write_heure()
        self._write_heures()
        self._write_produits()
        self._write_charges()
        self.add(
            "resultat",
            "Résultat de l’année",
            f"{self.c['total_produits']}-{self.c['total_charges']}",
            self.modele.annee.resultat,
        )
        self._write_seuils()

    def _write_heure(self) -> None:
        heure, h, droit = self.modele.annee.heure, self.h, self.droit.cellules
        self.feuille.add_partie("Ce que coûte une heure")
        hausse = f"(1+{h['insertion.hausse_smic']})"
        self.add(
            "salaire",
            "Salaire brut, hors indemnités",
            f"{h['insertion.salaire_horaire_brut']}*{hausse}",
            heure.salaire,
            _H,
        )
        self.add(
            "brut",
            "Salaire brut, indemnités comprises",
            f"{self.c['salaire']}*(1+{h['insertion.taux_indemnites']})",
            heure.brut,
            _H,
        )
        smic = f"({droit[SMIC_HEURE]}*{hausse})"
        self.add(
            "coefficient",
            "Taux de la réduction de cotisations",
            write_reduction(self.droit, self.c["brut"], smic, self.modele.bareme),
            heure.coefficient,
            "part",
        )
        self.add(
            "cotisations_heure",
            "Cotisations de l’employeur, après réduction",
            f"{self.c['brut']}*MAX(0,{h['insertion.taux_cotisations']}-{self.c['coefficient']})",
            heure.cotisations,
            _H,
        )
        self.add(
            "cout_direct",
            "Coût direct d’une heure",
            f"{self.c['brut']}+{self.c['cotisations_heure']}+{h['insertion.frais_par_heure']}",
            heure.cout_direct,
            _H,
        )

    def _write_heures(self) -> None:
        annee, h = self.modele.annee, self.h
        self.feuille.add_partie("Les heures")
        vendues = [
            h[f"clients.{un.code}.heures"]
            for un in self.modele.cadre.clients
            if un.prix is not Prix.MONTANT
        ]
        self.add("vendues", "Heures vendues", add(vendues), annee.heures_vendues, "h")
        self.add(
            "heures",
            "Heures payées",
            f"{self.c['vendues']}+{h['insertion.heures_hors_client']}",
            annee.heures,
            "h",
        )
        base = "vendues" if self.modele.cadre.facture_des_heures else "heures"
        self.add(
            "base", "Heures qui divisent l’année", self.c[base], self.modele.seuils.heures, "h"
        )
        self.add("aidees", "Heures que l’aide compte", self.c[base], annee.heures_aide, "h")

    def _write_produits(self) -> None:
        annee, h, cadre = self.modele.annee, self.h, self.modele.cadre
        self.feuille.add_partie("Produits")
        for client in cadre.clients:
            prix = h[f"clients.{client.code}.{client.prix.value}"]
            if client.prix is Prix.COEFFICIENT:
                prix = f"{prix}*{self.c['salaire']}"
            heures = h.get(f"clients.{client.code}.heures")
            formule = prix if heures is None else f"{heures}*{prix}"
            self.add(
                f"ventes.{client.code}",
                f"Ventes : {client.libelle}",
                formule,
                annee.ventes[client.code],
            )
        ventes = [self.c[f"ventes.{un.code}"] for un in cadre.clients]
        self.add("ventes", "Ventes", add(ventes), annee.total_ventes)
        etp, par_etp = h["aide.etp_conventionnes"], h["aide.heures_par_etp"]
        self.add(
            "aide",
            "Aide au poste, dans la limite des postes conventionnés",
            f"{h['aide.montant_unitaire']}*MIN({self.c['aidees']}/{par_etp},{etp})",
            annee.aide,
        )
        part = f"{h['aide.part_modulee']}*{self.droit.cellules[MODULATION]}"
        self.add(
            "part_modulee",
            "Part modulée",
            f"{h['aide.montant_unitaire']}*{etp}*{part}",
            annee.part_modulee,
        )
        ressources = [h[f"ressources.{un.code}.montant_annuel"] for un in cadre.ressources]
        self.add(
            "ressources",
            "Cofinancements et autres produits",
            add(ressources),
            add_up(annee.ressources),
        )
        self.add(
            "total_produits",
            "Total des produits",
            add(self.c[nom] for nom in ("ventes", "aide", "part_modulee", "ressources")),
            annee.total_produits,
        )

    def _write_charges(self) -> None:
        annee, h, cadre = self.modele.annee, self.h, self.modele.cadre
        self.feuille.add_partie("Charges")
        for nom, libelle, unite, valeur in (
            ("salaires", "Salaires d’insertion", self.c["brut"], annee.salaires),
            (
                "cotisations",
                "Cotisations d’insertion",
                self.c["cotisations_heure"],
                annee.cotisations,
            ),
            ("frais", "Autres frais des heures", h["insertion.frais_par_heure"], annee.frais),
        ):
            self.add(nom, libelle, f"{self.c['heures']}*{unite}", valeur)
        for poste in cadre.postes:
            self._write_poste(poste.code, poste.libelle)
        for charge in cadre.charges:
            self.add(
                f"charges.{charge.code}",
                charge.libelle,
                h[f"charges.{charge.code}.montant_annuel"],
                annee.charges[charge.code],
            )
        self._write_taxe()
        fixes = [
            *(
                self.c[f"postes.{un.code}.{nom}"]
                for un in cadre.postes
                for nom in ("brut", "cotisations")
            ),
            *(self.c[f"charges.{un.code}"] for un in cadre.charges),
            self.c["taxe"],
        ]
        self.add("fixes", "Charges qui ne suivent pas les heures", add(fixes), annee.couts_fixes)
        self.add(
            "total_charges",
            "Total des charges",
            add([*(self.c[nom] for nom in ("salaires", "cotisations", "frais", "fixes"))]),
            annee.total_charges,
        )

    def _write_poste(self, code: str, libelle: str) -> None:
        cout, h, nom = self.modele.annee.postes[code], self.h, f"postes.{code}"
        plein, etp = h[f"{nom}.salaire_brut_annuel"], h[f"{nom}.etp"]
        smic = f"({self.droit.cellules[SMIC_PLEIN]}*(1+{h['insertion.hausse_smic']}))"
        self.add(f"{nom}.brut", f"{libelle} : salaires", f"{etp}*{plein}", cout.brut)
        self.add(
            f"{nom}.coefficient",
            f"{libelle} : taux de la réduction",
            write_reduction(self.droit, plein, smic, self.modele.bareme),
            cout.coefficient,
            "part",
        )
        taux = f"MAX(0,{h[f'{nom}.taux_cotisations']}-{self.c[f'{nom}.coefficient']})"
        self.add(
            f"{nom}.cotisations",
            f"{libelle} : cotisations",
            f"{self.c[f'{nom}.brut']}*{taux}",
            cout.cotisations,
        )
        if self.modele.bareme.taxe:
            majoration = write_majoration(self.droit, plein, self.modele.bareme)
            self.add(
                f"{nom}.majorations",
                f"{libelle} : majorations de la taxe sur les salaires (comprises dans la taxe)",
                f"{etp}*({majoration})",
                cout.majorations,
            )

    def _write_taxe(self) -> None:
        cadre, d = self.modele.cadre, self.droit.cellules
        if not self.modele.bareme.taxe:
            self.add("taxe", "Taxe sur les salaires (dite non due)", "0", 0.0)
            return
        postes = [f"postes.{un.code}" for un in cadre.postes]
        assiette = [self.c[f"{nom}.brut"] for nom in postes]
        if cadre.insertion_dans_assiette:
            assiette.append(self.c["salaires"])
        majorations = [self.c[f"{nom}.majorations"] for nom in postes]
        brute = self._brute()
        self.add(
            "taxe_brute",
            "Taxe sur les salaires avant décote et abattement",
            f"({add(assiette)})*{d['taux_normal']}+{add(majorations)}",
            brute,
        )
        b = self.c["taxe_brute"]
        reduite = (
            f"IF({b}<={d['decote_plafond']},{b}-{d['decote_taux']}*({d['decote_plafond']}-{b}),{b})"
        )
        due = f"IF({b}<={d['franchise']},0,{reduite})"
        abattue = f"MAX(0,{due}-{d['abattement_associations']})" if cadre.est_association else due
        self.add("taxe", "Taxe sur les salaires", abattue, self.modele.annee.taxe_salaires)

    def _brute(self) -> float:
        annee, taxe = self.modele.annee, self.modele.bareme.taxe
        assiette = sum(float(un.brut[0]) for un in annee.postes.values())
        if self.modele.cadre.insertion_dans_assiette:
            assiette += float(annee.salaires[0])
        majorations = sum(float(un.majorations[0]) for un in annee.postes.values())
        return assiette * float(taxe["taxe_au_taux_normal"].valeurs["taux_normal"][0]) + majorations

    def _write_seuils(self) -> None:
        seuils, h, c, cadre = self.modele.seuils, self.h, self.c, self.modele.cadre
        self.feuille.add_partie("L’heure et l’équilibre")
        suivent = [
            c[f"ventes.{un.code}"]
            for un in cadre.clients
            if un.prix is not Prix.MONTANT or un.suit_les_heures
        ]
        base = c["base"]
        par_heure = f"{h['aide.montant_unitaire']}/{h['aide.heures_par_etp']}"
        self.add("prix", "Ventes d’une heure", per(add(suivent), base), seuils.ventes, _H)
        directs = f"{c['salaires']}+{c['cotisations']}+{c['frais']}"
        self.add(
            "direct",
            "Coût direct d’une heure qui divise",
            per(directs, base),
            seuils.cout_direct,
            _H,
        )
        self.add("cout", "Coût complet d’une heure", per(c["total_charges"], base), seuils.cout, _H)
        self.add(
            "marge", "Marge d’une heure, hors aide", minus(c["prix"], c["direct"]), seuils.marge, _H
        )
        aide = f"{par_heure}*{per(c['aidees'], base)}"
        self.add("aide_heure", "Aide au poste d’une heure", guard(base, aide), seuils.aide, _H)
        self.add(
            "marge_aidee",
            "Marge d’une heure, aide comprise",
            guard(base, f"{c['marge']}+{c['aide_heure']}"),
            seuils.marge_aidee,
            _H,
        )
        plafond = f"{h['aide.etp_conventionnes']}*{h['aide.heures_par_etp']}"
        self.add(
            "heures_aidees",
            "Heures où les postes conventionnés sont atteints",
            guard(base, f"{plafond}*{base}/{c['aidees']}"),
            seuils.heures_aidees,
            "h",
        )
        self.add(
            "fixe",
            "Ce que la marge des heures doit couvrir",
            f"{c['fixes']}-({c['total_produits']}-({add(suivent)})-{c['aide']})",
            seuils.fixe,
        )
        self._write_equilibre()

    def _write_equilibre(self) -> None:
        c, seuils = self.c, self.modele.seuils
        fixe, aidee, marge, plafond = c["fixe"], c["marge_aidee"], c["marge"], c["heures_aidees"]
        au_dela = f'IF({marge}>0,{plafond}+({fixe}-{aidee}*{plafond})/{marge},"{SANS_OBJET}")'
        aide = f"IF({fixe}<={aidee}*{plafond},{fixe}/{aidee},{au_dela})"
        volume = f'IF({fixe}<=0,0,IF({aidee}<=0,"{SANS_OBJET}",{aide}))'
        self.add("volume", "Volume d’équilibre", guard(c["base"], volume), seuils.volume, "h")
        prix = f"MAX(0,{c['prix']}-{c['resultat']}/{c['base']})"
        self.add("prix_equilibre", "Prix d’équilibre", guard(c["base"], prix), seuils.prix, _H)


def add(cellules: Iterable[str]) -> str:
    """« a+b+c », 0 for none."""
    return "+".join(cellules) or "0"


def per(dividende: str, base: str) -> str:
    """Quotient; « sans objet » where there is no hour."""
    return guard(base, f"({dividende})/{base}")


def minus(a: str, b: str) -> str:
    """Difference of two cells that may both be words."""
    return f'IF({a}="{SANS_OBJET}","{SANS_OBJET}",{a}-{b})'


def guard(base: str, formule: str) -> str:
    """A formula where there are hours; « sans objet » otherwise."""
    return f'IF({base}<=0,"{SANS_OBJET}",{formule})'


def add_up(colonnes: Mapping[str, Nombres]) -> float:
    """Sum of the figures of one model."""
    return sum(float(un[0]) for un in colonnes.values())


def _cached(valeur: object) -> float | str:
    if isinstance(valeur, Absence):
        return SANS_OBJET
    if isinstance(valeur, int | float):
        return float(valeur)
    return float(valeur[0])  # type: ignore[index]  # a column of one row
