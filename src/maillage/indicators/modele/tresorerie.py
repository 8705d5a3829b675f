"""The path of the cash of a model, month by month: payment delays, the real schedule of the aide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.modele.cadre import MOIS_PAR_AN, Prix
from maillage.regles.aide_au_poste.arrondi import prorata, to_centimes
from maillage.regles.versement.echeancier import Annexes, compute_echeancier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from maillage.indicators.modele.annee import Annee
    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre, Client, Nombres, Valeurs
    from maillage.regles.versement.echeancier import Echeancier

_CENT = 100
_PARTS = 100
_UNITES_PAR_HEURE = _CENT * MOIS_PAR_AN * _PARTS
"""Occupation in so many parts of an hour: posts in hundredths × whole hours a year are exact in them, and the
hours of a year are, to a thousandth of a cent of aide."""


@dataclass(frozen=True, slots=True, eq=False)
class Flux:
    """One line of the path.

    Attributes:
        code: « clients.mairie », « aide », « salaires »…
        libelle: As shown.
        montants: Cashed in each month, negative for what is paid, euros. Shape `(horizon,)`.
        ensuite: What the months of the path leave to be cashed, or paid, after it.
    """

    code: str
    libelle: str
    montants: Nombres
    ensuite: float


@dataclass(frozen=True, slots=True, eq=False)
class Tresorerie:
    """The path of the cash.

    Attributes:
        initiale: At the opening, euros.
        flux: Every line.
    """

    initiale: float
    flux: tuple[Flux, ...]

    @property
    def variations(self) -> Nombres:
        """Cashed less paid, month by month."""
        total: Nombres = np.sum([un.montants for un in self.flux], axis=0)
        return total

    @property
    def soldes(self) -> Nombres:
        """Cash at the end of each month."""
        return self.initiale + np.cumsum(self.variations)

    @property
    def mois_bas(self) -> int:
        """Month, from 1, at the end of which the cash is lowest; the first of them."""
        return int(np.argmin(self.soldes)) + 1

    @property
    def point_bas(self) -> float:
        """The lowest cash at the end of a month, euros."""
        return float(self.soldes.min())


def compute_tresorerie(cadre: Cadre, valeurs: Valeurs, annee: Annee, bareme: Bareme) -> Tresorerie:
    """The path of the cash of one model, without draws.

    Args:
        cadre: What the model is made of.
        valeurs: Its figures, of shape `(1,)`.
        annee: Its year.
        bareme: The law.
    """
    return Tresorerie(
        _one(valeurs["tresorerie.initiale"]),
        (
            *_list_encaissements(cadre, valeurs, annee, bareme),
            *_list_decaissements(cadre, valeurs, annee),
            *_list_mouvements(cadre, valeurs),
        ),
    )


def share_year(client: Client) -> Nombres:
    """Part of the year that falls in each month of it. Shape `(12,)`."""
    poids = np.array(client.saisonnalite)
    parts: Nombres = poids / poids.sum()
    return parts


def spread_heures(cadre: Cadre, valeurs: Valeurs) -> Nombres:
    """Hours that the aide counts, by month of the exercice. Shape `(12,)`."""
    mois = np.zeros(MOIS_PAR_AN)
    for client in cadre.clients:
        if client.prix is not Prix.MONTANT:
            mois += _one(valeurs[f"clients.{client.code}.heures"]) * share_year(client)
    if not cadre.facture_des_heures:
        mois += _one(valeurs["insertion.heures_hors_client"]) / MOIS_PAR_AN
    return mois


def plan_aide(cadre: Cadre, valeurs: Valeurs, bareme: Bareme) -> Echeancier:
    """Schedule of the aide au poste of an annexe of twelve months, in cents, delays left out.

    Args:
        cadre: What the model is made of.
        valeurs: Its figures, of shape `(1,)`.
        bareme: The law.

    Source:
        `maillage.regles.versement`: advances, regularisations, cap, settlement, default readings.
    """
    etp = np.rint(valeurs["aide.etp_conventionnes"] * _CENT).astype(np.int64)
    unitaire = to_centimes(valeurs["aide.montant_unitaire"])
    par_etp = np.rint(valeurs["aide.heures_par_etp"]).astype(np.int64)
    duree = np.array([MOIS_PAR_AN])
    heures = np.rint(spread_heures(cadre, valeurs) * _UNITES_PAR_HEURE).astype(np.int64)
    return compute_echeancier(
        Annexes(
            montant_total=prorata(unitaire, etp, np.array([_CENT])),
            duree_mois=duree,
            occupation_convenue=etp * par_etp * _PARTS,
            occupation=heures[None, :],
            est_regularise=bareme.regime.find_mois(duree),
            solde_apres_fin=np.array([bareme.regime.solde_apres_fin]),
        )
    )


def pay_aide(cadre: Cadre, valeurs: Valeurs, bareme: Bareme) -> Nombres:
    """Aide au poste of an annexe of twelve months: each month, then the settlement, euros.

    Returns:
        Shape `(13,)`, to the cent, delays left out.
    """
    verse: Nombres = plan_aide(cadre, valeurs, bareme).verse[0] / _CENT
    return verse


def _list_encaissements(
    cadre: Cadre, valeurs: Valeurs, annee: Annee, bareme: Bareme
) -> Iterator[Flux]:
    for client in cadre.clients:
        parts = _one(annee.ventes[client.code]) * share_year(client)
        delai = _delay(valeurs, f"clients.{client.code}.delai_mois")
        yield _place(cadre, f"clients.{client.code}", client.libelle, _months(parts), delai)
    retard = _delay(valeurs, "aide.retard_mois")
    aide = pay_aide(cadre, valeurs, bareme)
    yield _place(cadre, "aide", "Aide au poste", _months(aide), retard)
    module = [(cadre.mois_part_modulee, _one(annee.part_modulee))]
    yield _place(cadre, "part_modulee", "Part modulée", module, retard)
    for un in cadre.ressources:
        mois = _equal(_one(annee.ressources[un.code]), un.mois)
        yield _place(cadre, f"ressources.{un.code}", un.libelle, mois, 0)


def _list_decaissements(cadre: Cadre, valeurs: Valeurs, annee: Annee) -> Iterator[Flux]:
    parts = spread_couts(cadre, valeurs)
    sociales = _delay(valeurs, "tresorerie.delai_cotisations_mois")
    fournisseurs = _delay(valeurs, "tresorerie.delai_fournisseurs_mois")

    def pay(code: str, libelle: str, parts: Nombres, delai: int) -> Flux:
        return _place(cadre, code, libelle, _months(-parts), delai)

    yield pay("salaires", "Salaires d’insertion", _one(annee.salaires) * parts, 0)
    yield pay("cotisations", "Cotisations d’insertion", _one(annee.cotisations) * parts, sociales)
    yield pay("frais", "Autres frais des heures", _one(annee.frais) * parts, fournisseurs)
    egal = np.full(MOIS_PAR_AN, 1 / MOIS_PAR_AN)
    for poste in cadre.postes:
        cout, nom = annee.postes[poste.code], f"postes.{poste.code}"
        yield pay(nom, f"{poste.libelle} : salaires", _one(cout.brut) * egal, 0)
        yield pay(
            f"{nom}.cotisations",
            f"{poste.libelle} : cotisations",
            _one(cout.cotisations) * egal,
            sociales,
        )
    taxe = _one(annee.taxe_salaires) * egal
    yield pay("taxe_salaires", "Taxe sur les salaires", taxe, sociales)
    for charge in cadre.charges:
        if charge.is_decaissable:
            mois = _equal(-_one(annee.charges[charge.code]), charge.mois)
            yield _place(cadre, f"charges.{charge.code}", charge.libelle, mois, fournisseurs)


def _list_mouvements(cadre: Cadre, valeurs: Valeurs) -> Iterator[Flux]:
    for un in cadre.mouvements:
        montants = np.zeros(cadre.horizon)
        montant = _one(valeurs[f"mouvements.{un.code}.montant"])
        dedans = un.mois <= cadre.horizon
        if dedans:
            montants[un.mois - 1] = montant
        yield Flux(f"mouvements.{un.code}", un.libelle, montants, 0.0 if dedans else montant)


def spread_couts(cadre: Cadre, valeurs: Valeurs) -> Nombres:
    """Part of the hours paid that falls in each month: even where there are none. Shape `(12,)`."""
    heures = spread_heures(cadre, valeurs)
    if cadre.facture_des_heures:
        heures = heures + _one(valeurs["insertion.heures_hors_client"]) / MOIS_PAR_AN
    total = heures.sum()
    return heures / total if total > 0 else np.full(MOIS_PAR_AN, 1 / MOIS_PAR_AN)


def _place(
    cadre: Cadre, code: str, libelle: str, mois: Iterable[tuple[int, float]], delai: int
) -> Flux:
    """A line: what each year of the path brings, so many months later."""
    montants = np.zeros(cadre.horizon)
    ensuite = 0.0
    for rang, montant in mois:
        for depart in range(rang, cadre.horizon + 1, MOIS_PAR_AN) or (rang,):
            if depart + delai <= cadre.horizon:
                montants[depart + delai - 1] += montant
            else:
                ensuite += montant
    return Flux(code, libelle, montants, ensuite)


def _months(montants: Nombres) -> list[tuple[int, float]]:
    return list(enumerate(montants.tolist(), 1))


def _equal(montant: float, mois: Sequence[int]) -> list[tuple[int, float]]:
    return [(rang, montant / len(mois)) for rang in mois]


def _delay(valeurs: Valeurs, chemin: str) -> int:
    return round(_one(valeurs[chemin]))


def _one(nombres: Nombres) -> float:
    return float(nombres[0])
