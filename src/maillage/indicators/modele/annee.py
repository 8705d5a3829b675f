"""The year of a model: what an hour costs and brings, the charges, the products, the result.

Every figure may be a column of draws: nothing here loops over rows. The law of the first day holds for
the whole year, and everyone in insertion is paid the average: `docs/explications/modele-economique.md`
says what this leaves aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.modele.cadre import Prix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre, Nombres, Valeurs


@dataclass(frozen=True, slots=True, eq=False)
class Heure:
    """What one hour of insertion costs, euros an hour. Shape: that of the draws, `(1,)` without.

    Attributes:
        salaire: Gross pay, indemnities left out, after the rise of the SMIC.
        brut: Gross pay, indemnities included.
        coefficient: Rate of the reduction of contributions.
        cotisations: Employer's contributions, the reduction taken off.
        frais: Other charges that follow the hours.
    """

    salaire: Nombres
    brut: Nombres
    coefficient: Nombres
    cotisations: Nombres
    frais: Nombres

    @property
    def cout_direct(self) -> Nombres:
        """Pay, contributions and charges of one more hour."""
        return self.brut + self.cotisations + self.frais


@dataclass(frozen=True, slots=True, eq=False)
class CoutPoste:
    """A post of the permanent staff over the year, euros.

    Attributes:
        brut: Gross pay.
        coefficient: Rate of the reduction of contributions.
        cotisations: Employer's contributions, the reduction taken off.
        majorations: Increases of the taxe sur les salaires, zero when it is not due.
    """

    brut: Nombres
    coefficient: Nombres
    cotisations: Nombres
    majorations: Nombres


@dataclass(frozen=True, slots=True, eq=False)
class Annee:
    """The year of a model, euros and hours. Shape: that of the draws, `(1,)` without.

    Attributes:
        heures_vendues: Hours sold, all clients.
        heures: Hours paid: those sold and the others.
        heures_aide: Those that the aide au poste counts.
        heure: What one costs.
        prix: Price of an hour, by client; of a client that pays a sum, the sum.
        ventes: Sales, by client.
        salaires: Gross pay of insertion.
        cotisations: Its contributions.
        frais: Other charges that follow the hours.
        postes: Permanent staff, by code.
        charges: Fixed charges, by code.
        taxe_salaires: Taxe sur les salaires.
        aide: Aide au poste of the year, within the agreed posts.
        part_modulee: Modulated part.
        ressources: Other income, by code.
    """

    heures_vendues: Nombres
    heures: Nombres
    heures_aide: Nombres
    heure: Heure
    prix: Mapping[str, Nombres]
    ventes: Mapping[str, Nombres]
    salaires: Nombres
    cotisations: Nombres
    frais: Nombres
    postes: Mapping[str, CoutPoste]
    charges: Mapping[str, Nombres]
    taxe_salaires: Nombres
    aide: Nombres
    part_modulee: Nombres
    ressources: Mapping[str, Nombres]

    @property
    def total_ventes(self) -> Nombres:
        """Sales of the year."""
        return add(self.ventes.values())

    @property
    def total_produits(self) -> Nombres:
        """All income of the year."""
        return self.total_ventes + self.aide + self.part_modulee + add(self.ressources.values())

    @property
    def couts_directs(self) -> Nombres:
        """What follows the hours."""
        return self.salaires + self.cotisations + self.frais

    @property
    def couts_fixes(self) -> Nombres:
        """What does not: permanent staff, fixed charges, taxe sur les salaires."""
        postes = add(poste.brut + poste.cotisations for poste in self.postes.values())
        return postes + add(self.charges.values()) + self.taxe_salaires

    @property
    def total_charges(self) -> Nombres:
        """All charges of the year."""
        return self.couts_directs + self.couts_fixes

    @property
    def resultat(self) -> Nombres:
        """Result of the year."""
        return self.total_produits - self.total_charges


def compute_annee(cadre: Cadre, valeurs: Valeurs, bareme: Bareme) -> Annee:
    """The year of a model.

    Args:
        cadre: What it is made of.
        valeurs: Its figures, each of a shape that broadcasts with the others.
        bareme: The law.
    """
    heure = compute_heure(valeurs, bareme)
    vendues = add(
        valeurs[f"clients.{client.code}.heures"]
        for client in cadre.clients
        if client.prix is not Prix.MONTANT
    )
    heures = vendues + valeurs["insertion.heures_hors_client"]
    aidees = vendues if cadre.facture_des_heures else heures
    prix = {
        client.code: _price(client.code, client.prix, valeurs, heure) for client in cadre.clients
    }
    ventes = {
        client.code: prix[client.code]
        if client.prix is Prix.MONTANT
        else prix[client.code] * valeurs[f"clients.{client.code}.heures"]
        for client in cadre.clients
    }
    postes = {poste.code: compute_poste(poste.code, valeurs, bareme) for poste in cadre.postes}
    salaires = heures * heure.brut
    return Annee(
        heures_vendues=vendues,
        heures=heures,
        heures_aide=aidees,
        heure=heure,
        prix=prix,
        ventes=ventes,
        salaires=salaires,
        cotisations=heures * heure.cotisations,
        frais=heures * heure.frais,
        postes=postes,
        charges={un.code: valeurs[f"charges.{un.code}.montant_annuel"] for un in cadre.charges},
        taxe_salaires=compute_taxe(cadre, salaires, postes, bareme),
        aide=compute_aide(aidees, valeurs),
        part_modulee=compute_part_modulee(valeurs, bareme),
        ressources={
            un.code: valeurs[f"ressources.{un.code}.montant_annuel"] for un in cadre.ressources
        },
    )


def compute_heure(valeurs: Valeurs, bareme: Bareme) -> Heure:
    """What one hour of insertion costs."""
    hausse = 1 + valeurs["insertion.hausse_smic"]
    salaire = valeurs["insertion.salaire_horaire_brut"] * hausse
    brut = salaire * (1 + valeurs["insertion.taux_indemnites"])
    coefficient = bareme.coefficient(remuneration=brut, smic_retenu=bareme.smic_insertion * hausse)
    cotisations = brut * _net_rate(valeurs["insertion.taux_cotisations"], coefficient)
    return Heure(salaire, brut, coefficient, cotisations, valeurs["insertion.frais_par_heure"])


def compute_poste(code: str, valeurs: Valeurs, bareme: Bareme) -> CoutPoste:
    """A post over the year; the reduction and the increases are those of a full time."""
    etp = valeurs[f"postes.{code}.etp"]
    plein = valeurs[f"postes.{code}.salaire_brut_annuel"]
    smic = bareme.smic_temps_plein * (1 + valeurs["insertion.hausse_smic"])
    coefficient = bareme.coefficient(remuneration=plein, smic_retenu=smic)
    brut = etp * plein
    cotisations = brut * _net_rate(valeurs[f"postes.{code}.taux_cotisations"], coefficient)
    majorations = (
        etp * bareme.taxe["majoration_individuelle"](remuneration_individuelle_annuelle=plein)
        if bareme.taxe
        else np.zeros(1)
    )
    return CoutPoste(brut, coefficient, cotisations, majorations)


def compute_aide(heures: Nombres, valeurs: Valeurs) -> Nombres:
    """Aide au poste of the year: that of the hours, within the agreed posts. Not rounded."""
    faits = heures / valeurs["aide.heures_par_etp"]
    return valeurs["aide.montant_unitaire"] * np.minimum(faits, valeurs["aide.etp_conventionnes"])


def compute_part_modulee(valeurs: Valeurs, bareme: Bareme) -> Nombres:
    """Modulated part of the year: so much of the legal maximum, on the agreed amount."""
    convenu = valeurs["aide.montant_unitaire"] * valeurs["aide.etp_conventionnes"]
    return convenu * (valeurs["aide.part_modulee"] * bareme.part_modulee_max)


def compute_taxe(
    cadre: Cadre, salaires: Nombres, postes: Mapping[str, CoutPoste], bareme: Bareme
) -> Nombres:
    """Taxe sur les salaires of the year; nothing when the file says that it is not due."""
    if not bareme.taxe:
        return np.zeros(1)
    permanents = add(poste.brut for poste in postes.values())
    assiette = bareme.taxe["assiette_taxe_salaires"](
        remuneration_permanents_annuelle=permanents,
        remuneration_insertion_annuelle=salaires,
        insertion_dans_assiette=np.array([cadre.insertion_dans_assiette]),
    )
    normale = bareme.taxe["taxe_au_taux_normal"](assiette_taxe_salaires=assiette)
    brute = bareme.taxe["taxe_brute"](
        taxe_au_taux_normal=normale,
        majorations_employeur=add(poste.majorations for poste in postes.values()),
    )
    reduite = bareme.taxe["taxe_apres_decote"](taxe_brute=brute)
    return bareme.taxe["taxe_due"](
        taxe_apres_decote=reduite, est_association=np.array([cadre.est_association])
    )


def add(nombres: Iterable[Nombres]) -> Nombres:
    """Sum of columns, zero for none."""
    total = np.zeros(1)
    for colonne in nombres:
        total = total + colonne
    return total


def _price(code: str, prix: Prix, valeurs: Valeurs, heure: Heure) -> Nombres:
    donne = valeurs[f"clients.{code}.{prix.value}"]
    return donne * heure.salaire if prix is Prix.COEFFICIENT else donne


def _net_rate(taux: Nombres, coefficient: Nombres) -> Nombres:
    """Rate of contributions after the reduction, which never gives money back."""
    return np.maximum(taux - coefficient, 0.0)
