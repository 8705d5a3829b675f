"""Gathers annexes, declarations and accounts by unit: one set of accounts, and the structures that share it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.argent_public.declarations import (
    agree_cents,
    choose_declarations,
    read_lignes,
)
from maillage.analyses.argent_public.financeurs import DEPARTEMENT, ETAT, VENTES, assign_soldes
from maillage.analyses.argent_public.unites import (
    PLUSIEURS,
    REGION_INCONNUE,
    Rapprochement,
    Unite,
)
from maillage.indicators.pilotage.declarations import FINANCEURS
from maillage.indicators.pilotage.etp import MOIS_PAR_AN, compute_annexes
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import group
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.analyses.argent_public.unites import Demande
    from maillage.indicators.pilotage.declarations import Financeurs
    from maillage.indicators.pilotage.etp import AnnexesDeLAnnee
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Groupes, Synthese
    from maillage.kernel.valeur import Valeur

_DECEMBRE = 12


def list_unites(faits: Faits, demande: Demande) -> tuple[Unite, ...]:
    """Units of a year, by organisation.

    Raises:
        ValueError: the mapping of accounts names a line that is not one.
    """
    lignes = compute_annexes(faits, demande.annee, demande.perimetre)
    index = index_structures(faits)
    cles = [index.cles[rang] for rang in index.rangs[lignes.rangs].tolist()]
    declarations, declaring = choose_declarations(faits, demande.annee, demande.perimetre)
    comptables = gather_comptables(cles, declarations)
    rangs = {cle: rang for rang, membres in enumerate(comptables) for cle in membres}
    ensembles = np.array([rangs[cle] for cle in cles], dtype=np.int64)
    gardees = demande.filtre.select(lignes)
    places: dict[int, list[int]] = {}
    for place in gardees.tolist():
        places.setdefault(int(ensembles[place]), []).append(place)
    sources = _Sources(
        demande,
        lignes,
        declarations,
        declaring,
        group(lignes, gardees, ensembles[gardees], len(comptables)),
        Counter(membres[0][0] for membres in comptables),
        np.bincount(ensembles, minlength=len(comptables)),
    )
    return tuple(
        sources.make_unite(rang, comptables[rang], [(p, cles[p]) for p in places[rang]])
        for rang in sorted(places)
    )


def gather_comptables(
    cles: Iterable[Cle], declarations: Mapping[Cle, Financeurs]
) -> tuple[tuple[Cle, ...], ...]:
    """Structures that share accounts: all those of one organisation, unless they declare different ones."""
    organismes: dict[int, set[Cle]] = {}
    for cle in cles:
        organismes.setdefault(cle[0], set()).add(cle)
    gathered: list[tuple[Cle, ...]] = []
    for _, membres in sorted(organismes.items()):
        comptes: dict[object, list[Cle]] = {}
        for cle in sorted(membres):
            ligne = declarations.get(cle)
            comptes.setdefault((ligne.cloture, ligne.produits) if ligne else cle, []).append(cle)
        shared = len({compte for compte in comptes if compte not in membres}) <= 1
        gathered += [tuple(sorted(membres))] if shared else map(tuple, comptes.values())
    return tuple(gathered)


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """All that units are made of."""

    demande: Demande
    lignes: AnnexesDeLAnnee
    declarations: Mapping[Cle, Financeurs]
    declaring: frozenset[Cle]
    groupes: Groupes
    par_organisme: Mapping[int, int]
    annexes: NDArray[np.int64]

    def make_unite(
        self, rang: int, membres: tuple[Cle, ...], choisies: Sequence[tuple[int, Cle]]
    ) -> Unite:
        """One unit, from the annexes that the filter keeps of it."""
        cles = sorted({cle for _, cle in choisies})
        entier = len(choisies) == self.annexes[rang]
        convenus = [agree_cents(self.lignes, place) for place, _ in choisies]
        montants = [convenu for convenu in convenus if convenu is not None]
        synthese = self.groupes.synthese(rang)
        lu = next((self.declarations[cle] for cle in membres if cle in self.declarations), None)
        declare, coherent = (None, True) if lu is None else read_lignes(lu)
        etp, heures = _know_year(synthese)
        types = {cle[1] for cle in membres}
        return Unite(
            organisme=str(membres[0][0]),
            cles=tuple(cles),
            type=types.pop() if len(types) == 1 else PLUSIEURS,
            region=self.demande.regions.get(cles[0], REGION_INCONNUE),
            etp_conventionnes=number(synthese.conventionne_annuel) or 0.0,
            annexes={nom: sum(montant[nom] for montant in montants) for nom in (ETAT, DEPARTEMENT)},
            sans_montant=len(convenus) - len(montants),
            acquis=self._earn([place for place, _ in choisies]),
            declare=declare if entier else None,
            comptes=self._read_comptes(membres[0][0]) if entier else None,
            etp=etp,
            heures=heures,
            rapprochement=self._judge(
                membres, lu, declare, entier=entier, coherent=coherent, connu=etp is not None
            ),
        )

    def _judge(
        self,
        membres: tuple[Cle, ...],
        lu: Financeurs | None,
        declare: Mapping[str, int] | None,
        *,
        entier: bool,
        coherent: bool,
        connu: bool,
    ) -> Rapprochement:
        """First reason not to set declared money against posts and hours, if any."""
        if not entier:
            return Rapprochement.HORS_FILTRE
        if lu is None or declare is None:
            some = any(cle in self.declaring for cle in membres)
            return Rapprochement.AUTRE_EXERCICE if some else Rapprochement.SANS_DECLARATION
        raisons = (
            (lu.cloture is None or lu.cloture.month != _DECEMBRE, Rapprochement.DECALE),
            (not coherent, Rapprochement.INCOHERENT),
            (not set(FINANCEURS) | {VENTES} <= set(declare), Rapprochement.DETAIL_INCOMPLET),
            (not connu, Rapprochement.SAISIE_INCOMPLETE),
        )
        return next((raison for vraie, raison in raisons if vraie), Rapprochement.FAIT)

    def _read_comptes(self, organisme: int) -> dict[str, int] | None:
        """Accounts of an organisation, when they are of the year and of one unit."""
        comptes = self.demande.comptes.get(organisme)
        if (
            comptes is None
            or comptes.cloture.year != self.demande.annee
            or self.par_organisme[organisme] > 1
        ):
            return None
        return assign_soldes(comptes.soldes, self.demande.correspondance)

    def _earn(self, places: Sequence[int]) -> int | None:
        """Cents that the hours entered earn, annexe by annexe, within what each agrees."""
        lignes = self.lignes
        unitaire = lignes.faits.annexe("montant_unitaire_centimes")[lignes.rangs[places]]
        connu = lignes.faits.is_known("montant_unitaire_centimes")[lignes.rangs[places]]
        mois = np.minimum(lignes.realise[places], lignes.conventionne[:, places].sum(axis=0))
        if not (np.isfinite(mois) & connu).all():
            return None
        return round(float((mois * unitaire).sum()) / MOIS_PAR_AN)


def _know_year(synthese: Synthese) -> tuple[float | None, float | None]:
    """ETP and hours of a year of which every month is entered."""
    etp, heures = number(synthese.realise_mois), number(synthese.heures)
    if synthese.sans_diviseur or synthese.mois_en_retard or synthese.mois_a_venir:
        return None, None
    return (etp / MOIS_PAR_AN, heures) if etp and heures else (None, None)


def number(valeur: Valeur) -> float | None:
    """The number, None when there is none."""
    return None if isinstance(valeur, Absence) else valeur
