"""One exercice from end to end: cascade, self-financing, each month's working capital and cash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.comptes.mouvements import end_of_month, read_mouvements
from maillage.indicators.comptes.aide_au_poste import read_aide_au_poste
from maillage.indicators.comptes.bilan import compute_position
from maillage.indicators.comptes.caf import compute_caf
from maillage.indicators.comptes.lignes import add_balances, cumulate, gather
from maillage.indicators.comptes.mois_de_tresorerie import (
    charges_decaissables,
    count_mois,
    list_decaissables,
)
from maillage.indicators.comptes.plan import choose_plan, load_plan
from maillage.indicators.comptes.postes import HORS_RESULTAT
from maillage.indicators.comptes.sig import compute_sig
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.comptes.mouvements import Mouvements
    from maillage.analyses.comptes.rattachement import Rattachement, Version
    from maillage.data.sources.fec.modele import Fec
    from maillage.indicators.comptes.aide_au_poste import AideAuPoste
    from maillage.indicators.comptes.bilan import Position
    from maillage.indicators.comptes.caf import Caf
    from maillage.indicators.comptes.lignes import Ligne, Releve, Solde
    from maillage.indicators.comptes.plan import Plan
    from maillage.indicators.comptes.sig import SoldeDeGestion
    from maillage.kernel.valeur import Valeur

SANS_OUVERTURE = (
    "Le fichier n’a pas de soldes d’ouverture (à-nouveaux) : le fonds de roulement, le besoin en fonds de "
    "roulement et la trésorerie ne peuvent pas être connus."
)


@dataclass(frozen=True, slots=True)
class Mois:
    """The position at the end of a month.

    Attributes:
        debut: First day of the month.
        position: Balance sheet at its end; why it is absent otherwise.
        charges: Paid operating charges since the opening, in cents.
        mois_sur_exercice: Months of cash, an average month being that of the exercice.
        mois_sur_ecoules: Months of cash, an average month being that of the months elapsed.
    """

    debut: date
    position: Position | Absence
    charges: int
    mois_sur_exercice: Valeur
    mois_sur_ecoules: Valeur

    @property
    def fin(self) -> date:
        """Last day of the month."""
        return end_of_month(self.debut)


@dataclass(frozen=True, slots=True)
class Exercice:
    """What one accounting file says.

    Attributes:
        mouvements: Where everything comes from: file, days, months, opening.
        plan: Chart that was followed, the structure's own choices included.
        rattachement: Choices of the structure, all versions; None when none are given.
        version: Those that hold for this exercice; None when there are none.
        releve: Every account of the year on its line.
        sig: The cascade.
        caf: Self-financing capacity.
        aide_au_poste: What the accounts say of it.
        charges_decaissables: Lines of the paid operating charges.
        ouverture: Position at the opening; why it is absent otherwise.
        mois: Each month, in order.
        hors_resultat: Lines of class 8, never in the result.
    """

    mouvements: Mouvements
    plan: Plan
    rattachement: Rattachement | None
    version: Version | None
    releve: Releve
    sig: tuple[SoldeDeGestion, ...]
    caf: Caf
    aide_au_poste: AideAuPoste
    charges_decaissables: tuple[Ligne, ...]
    ouverture: Position | Absence
    mois: tuple[Mois, ...]
    hors_resultat: tuple[Ligne, ...]

    @property
    def cloture(self) -> Mois:
        """The last month."""
        return self.mois[-1]

    @property
    def non_rattaches(self) -> tuple[Solde, ...]:
        """Accounts of the year or of the opening that no row covers, debit minus credit."""
        tout = add_balances((self.mouvements.ouverture or {}, self.mouvements.annee))
        return gather(tout, self.plan).non_rattaches


def compute_exercice(
    fec: Fec, nom_plan: str | None = None, rattachement: Rattachement | None = None
) -> Exercice:
    """Everything that one accounting file says.

    Args:
        fec: File that was read.
        nom_plan: Chart to follow; by default the one that the day of opening calls for.
        rattachement: Choices of the structure.

    Raises:
        FichierInvalide: the file cannot be used (MLG-SOL-001), or the choices are those of another
            structure (MLG-SOL-019).
    """
    return compute_from_mouvements(read_mouvements(fec), nom_plan, rattachement)


def compute_from_mouvements(
    mouvements: Mouvements, nom_plan: str | None = None, rattachement: Rattachement | None = None
) -> Exercice:
    """The same from movements that were kept, when the file itself is gone.

    Args:
        mouvements: Of one accounting file.
        nom_plan: Chart to follow; by default the one that the day of opening calls for.
        rattachement: Choices of the structure.

    Raises:
        FichierInvalide: the choices are those of another structure (MLG-SOL-019).
    """
    _check_owner(mouvements, rattachement)
    version = rattachement.find(mouvements.premier_jour) if rattachement else None
    plan = load_plan(nom_plan or choose_plan(mouvements.premier_jour))
    if version is not None:
        plan = plan.attach(version.choix)
    releve = gather(mouvements.annee, plan)
    sig = compute_sig(releve)
    return Exercice(
        mouvements=mouvements,
        plan=plan,
        rattachement=rattachement,
        version=version,
        releve=releve,
        sig=sig,
        caf=compute_caf(releve, sig),
        aide_au_poste=read_aide_au_poste(releve, version.aide_au_poste if version else ()),
        charges_decaissables=list_decaissables(releve),
        ouverture=Absence.INCONNUE
        if mouvements.ouverture is None
        else compute_position(mouvements.ouverture, plan),
        mois=_compute_mois(mouvements, plan, charges_decaissables(releve)),
        hors_resultat=releve.list_lignes(*HORS_RESULTAT),
    )


def _check_owner(mouvements: Mouvements, rattachement: Rattachement | None) -> None:
    if (
        rattachement is not None
        and rattachement.siren
        and mouvements.siren
        and rattachement.siren != mouvements.siren
    ):
        raise FichierInvalide(
            Anomalie(
                "MLG-SOL-019",
                f"Le rattachement est celui du SIREN {rattachement.siren}, le fichier comptable celui du "
                f"SIREN {mouvements.siren}.",
                "Donnez le fichier de rattachement de cette structure.",
                rattachement.nom,
            )
        )


def _compute_mois(mouvements: Mouvements, plan: Plan, charges_annee: int) -> tuple[Mois, ...]:
    nombre = len(mouvements.mois)
    calcules = []
    depuis_ouverture = cumulate({}, mouvements.par_mois)
    for rang, cumul in enumerate(depuis_ouverture):
        position: Position | Absence = Absence.INCONNUE
        if mouvements.ouverture is not None:
            position = compute_position(add_balances((mouvements.ouverture, cumul)), plan)
        tresorerie = position if isinstance(position, Absence) else position.tresorerie
        charges = charges_decaissables(gather(cumul, plan))
        calcules.append(
            Mois(
                debut=mouvements.mois[rang],
                position=position,
                charges=charges,
                mois_sur_exercice=count_mois(tresorerie, charges_annee, nombre),
                mois_sur_ecoules=count_mois(tresorerie, charges, rang + 1),
            )
        )
    return tuple(calcules)
