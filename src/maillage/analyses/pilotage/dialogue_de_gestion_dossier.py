"""The facts of one structure over one year, read once for all the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from maillage.analyses.pilotage.dialogue_de_gestion_modele import AnnexeDuDialogue
from maillage.analyses.pilotage.versements import explain_absence, list_echeances, next_echeance
from maillage.indicators.pilotage.declarations import list_encadrement
from maillage.indicators.pilotage.etp import PERIMETRES, compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_mois, list_retards
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from maillage.analyses.pilotage.reperes import Reperes
    from maillage.indicators.pilotage.declarations import Encadrement
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.indicators.pilotage.tableaux import LigneMois, Retard

_CENT = 100


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the rules look at.

    Attributes:
        faits: Of the extract.
        annee: The year.
        perimetre: `pilotage` or `conventionnees`.
        reperes: Marks of the network.
        rangees: Facts of every annexe of the structure that touches the year, whatever its state.
        annexes: The same, with their calendar.
        synthese: Figures of those that count.
        mois: The twelve months of those that count; empty without the monthly statements.
        retards: Those of them that have late months.
        encadrement: Supervision as they declare it; None when they declare none.
    """

    faits: Faits
    annee: int
    perimetre: str
    reperes: Reperes
    rangees: tuple[Mapping[str, Any], ...]
    annexes: tuple[AnnexeDuDialogue, ...]
    synthese: Synthese
    mois: Sequence[LigneMois]
    retards: Sequence[Retard]
    encadrement: Encadrement | None

    @property
    def jour(self) -> date:
        """Of the extraction."""
        return self.faits.extrait.extraction


def open_dossier(faits: Faits, cle: Cle, annee: int, perimetre: str, reperes: Reperes) -> Dossier:
    """Facts of a structure over a year; `rangees` is empty when it has no annexe in it."""
    filtre = Filtre(structures=frozenset({cle}))
    lignes = compute_annexes(faits, annee, perimetre)
    rangees = tuple(sorted(_read(faits, cle, annee), key=lambda r: (r["numero"], r["annexe_id"])))
    return Dossier(
        faits=faits,
        annee=annee,
        perimetre=perimetre,
        reperes=reperes,
        rangees=rangees,
        annexes=tuple(_describe(rangee, faits.extrait.extraction, perimetre) for rangee in rangees),
        synthese=summarise(lignes, filtre.select(lignes)),
        mois=list_mois(faits, annee, filtre, perimetre),
        retards=list_retards(faits, annee, filtre, perimetre),
        encadrement=next(iter(list_encadrement(faits, annee, filtre, perimetre)), None),
    )


def _read(faits: Faits, cle: Cle, annee: int) -> list[dict[str, Any]]:
    annexes = faits.annexes
    siennes = annexes.filter(
        pc.and_(
            pc.equal(annexes.column("asp_id"), cle[0]), pc.equal(annexes.column("type"), cle[1])
        )
    )
    return [
        rangee
        for rangee in siennes.to_pylist()
        if rangee["debut"] is not None
        and rangee["fin"] is not None
        and rangee["debut"].year <= annee <= rangee["fin"].year
    ]


def _describe(rangee: Mapping[str, Any], jour: date, perimetre: str) -> AnnexeDuDialogue:
    debut, fin, etp = rangee["debut"], rangee["fin"], rangee["etp_centiemes"]
    return AnnexeDuDialogue(
        annexe_id=rangee["annexe_id"],
        numero=rangee["numero"],
        debut=debut,
        fin=fin,
        etp=Absence.INCONNUE if etp is None else etp / _CENT,
        etat=rangee["etat"] or "",
        is_comptee=bool(rangee[PERIMETRES[perimetre]]),
        echeances=list_echeances(debut, fin),
        prochaine=next_echeance(debut, fin, jour),
        inconnu=explain_absence(debut, fin),
    )
