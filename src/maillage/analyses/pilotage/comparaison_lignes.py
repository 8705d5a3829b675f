"""The changes of a comparison one by one, for a table, a file or a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.comparaison_modele import Classe, Passage, Suspension
from maillage.kernel.francais import format_date, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.pilotage.comparaison_modele import (
        Cellule,
        ChampChange,
        ChangementAnnexe,
        ChangementMois,
        ChangementStructure,
        Comparaison,
        Rejet,
    )
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class LigneDeChangement:
    """One change: a field, a month, a state, a rejection, an annexe that came or went.

    Attributes:
        cle: (asp_id, type).
        denomination: Of the structure.
        siret: Of the structure.
        departement_argent: Of the annexe's number; empty for a change of the structure itself.
        numero: Of the annexe; empty for a change of the structure itself.
        nature: Stable ASCII code: `structure`, `champ`, or the code of a class, a suspension, a rejection
            or a passage.
        libelle: The same in words.
        champ: Field that changed; empty otherwise.
        periode: Month as AAAA-MM; empty otherwise.
        avant: Old value, in words.
        apres: New value, in words.
        etp_mois: What a month weighs.
        euros: What it is about: the amount of the annexe, its difference, or what the month weighs.
        explication: Why an annexe is gone, or what a rejection means; empty otherwise.
    """

    cle: Cle
    denomination: str
    siret: str
    departement_argent: str
    numero: str
    nature: str
    libelle: str
    champ: str
    periode: str
    avant: str
    apres: str
    etp_mois: Valeur
    euros: Valeur
    explication: str


def list_lignes(
    comparaison: Comparaison, *, ordinaires: bool = False
) -> tuple[LigneDeChangement, ...]:
    """Every change, structure by structure.

    Args:
        comparaison: Of two extracts.
        ordinaires: Whether months entered in their time, or late still, are listed too.
    """
    return tuple(
        ligne
        for structure in comparaison.structures
        for ligne in _list_structure(structure, ordinaires=ordinaires)
    )


def format_cellule(valeur: Cellule, unite: str = "", decimales: int = 0) -> str:
    """A value in words: « oui », « 5 juillet 2025 », « 12,00 ETP », « inconnue », « aucun »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return format_date(valeur)
    if isinstance(valeur, str):
        return valeur or "aucun"
    if isinstance(valeur, int):
        return str(valeur)  # an identifier
    return format_valeur(valeur, unite, decimales)


def show_champ(champ: ChampChange) -> tuple[str, str]:
    """Old and new values of a field, in words."""
    avant, apres = (
        format_cellule(valeur, champ.unite, champ.decimales)
        for valeur in (champ.avant, champ.apres)
    )
    return avant, apres


def list_champs(annexe: ChangementAnnexe) -> tuple[ChampChange, ...]:
    """Fields that changed, but for the suspension and the rejection, that are told in their own words."""
    dits = {"suspendue"} if annexe.rejet is None else {"suspendue", "rejet_code"}
    return tuple(champ for champ in annexe.champs if champ.champ not in dits)


def explain_rejet(rejet: Rejet) -> str:
    """What the codes of a rejection mean and what to do, in sentences."""
    if not rejet.motifs:
        return "L’extrait ne dit pas le motif du rejet."
    return " ".join(f"{motif.code} : {motif.sens} {motif.que_faire}" for motif in rejet.motifs)


def _list_structure(
    structure: ChangementStructure, *, ordinaires: bool
) -> Iterator[LigneDeChangement]:
    for champ in structure.champs:
        avant, apres = show_champ(champ)
        yield LigneDeChangement(
            cle=structure.cle,
            denomination=structure.denomination,
            siret=structure.siret,
            departement_argent="",
            numero="",
            nature="structure",
            libelle=champ.libelle,
            champ=champ.champ,
            periode="",
            avant=avant,
            apres=apres,
            etp_mois=Absence.SANS_OBJET,
            euros=Absence.SANS_OBJET,
            explication="",
        )
    for annexe in structure.annexes:
        yield from _list_annexe(annexe, ordinaires=ordinaires)


def _list_annexe(annexe: ChangementAnnexe, *, ordinaires: bool) -> Iterator[LigneDeChangement]:
    if annexe.classe not in {Classe.CHANGEE, Classe.INCHANGEE}:
        venue = annexe.classe is Classe.NOUVELLE
        yield _ligne(
            annexe,
            annexe.classe.code,
            f"annexe {annexe.classe.value}",
            avant="" if venue else annexe.etat,
            apres=annexe.etat if venue else "",
            euros=annexe.montant_apres if venue else annexe.montant_avant,
            explication=annexe.raison,
        )
    for champ in list_champs(annexe):
        avant, apres = show_champ(champ)
        yield _ligne(
            annexe,
            "champ",
            champ.libelle,
            champ=champ.champ,
            avant=avant,
            apres=apres,
            euros=champ.ecart if champ.unite == "€" else Absence.SANS_OBJET,
        )
    if annexe.suspension is not Suspension.AUCUNE:
        yield _ligne(
            annexe, annexe.suspension.code, annexe.suspension.value, euros=annexe.montant_apres
        )
    if annexe.rejet is not None:
        yield _ligne(
            annexe,
            f"rejet_{annexe.rejet.evolution.code}",
            annexe.rejet.evolution.value,
            apres=" ".join(motif.code for motif in annexe.rejet.motifs),
            euros=annexe.montant_apres,
            explication=explain_rejet(annexe.rejet),
        )
    for mois in annexe.mois:
        if ordinaires or not mois.is_ordinaire:
            yield _ligne_mois(annexe, mois)


def _ligne_mois(annexe: ChangementAnnexe, mois: ChangementMois) -> LigneDeChangement:
    return _ligne(
        annexe,
        mois.passage.code,
        mois.passage.value if mois.dans_la_periode else f"{mois.passage.value}, hors de l’annexe",
        periode=f"{mois.annee}-{mois.mois:02d}",
        avant=_show_hours(mois.heures_avant),
        apres=_show_hours(mois.heures_apres),
        etp_mois=mois.etp_mois,
        euros=mois.euros,
        explication=(
            "La saisie de ce mois n’est plus dans l’extrait."
            if mois.passage is Passage.NOUVEAU_RETARD and not isinstance(mois.heures_avant, Absence)
            else ""
        ),
    )


def _show_hours(heures: Valeur) -> str:
    return "non saisi" if isinstance(heures, Absence) else format_valeur(heures, "heures", 2)


def _ligne(  # noqa: PLR0913 — one parameter per column
    annexe: ChangementAnnexe,
    nature: str,
    libelle: str,
    *,
    champ: str = "",
    periode: str = "",
    avant: str = "",
    apres: str = "",
    etp_mois: Valeur = Absence.SANS_OBJET,
    euros: Valeur = Absence.SANS_OBJET,
    explication: str = "",
) -> LigneDeChangement:
    return LigneDeChangement(
        cle=annexe.cle,
        denomination=annexe.denomination,
        siret=annexe.siret,
        departement_argent=annexe.departement_argent,
        numero=annexe.numero,
        nature=nature,
        libelle=libelle,
        champ=champ,
        periode=periode,
        avant=avant,
        apres=apres,
        etp_mois=etp_mois,
        euros=euros,
        explication=explication,
    )
