"""The changes of a comparison one by one, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.comparaison_changement import Changement, Nature
from maillage.analyses.pilotage.comparaison_modele import (
    Classe,
    EvolutionRejet,
    Passage,
    Suspension,
)
from maillage.kernel.francais import format_date, format_mois, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.analyses.pilotage.comparaison_modele import (
        Cellule,
        ChampChange,
        ChangementAnnexe,
        ChangementMois,
        ChangementStructure,
        Rejet,
    )
    from maillage.kernel.valeur import Valeur

_CHAMPS = {
    "numero": Nature.AVENANT,
    "avenant_en_cours": Nature.AVENANT,
    "etat": Nature.ETAT,
    "etp": Nature.POSTES,
    "montant_unitaire": Nature.MONTANT,
    "montant_total": Nature.MONTANT,
    "montant_departement": Nature.MONTANT,
    "debut": Nature.DATES,
    "fin": Nature.DATES,
}
_CLASSES = {
    Classe.NOUVELLE: Nature.NOUVELLE,
    Classe.DISPARUE: Nature.DISPARUE,
    Classe.HORS_HISTORIQUE: Nature.SORTIE,
}
_REJETS = {
    EvolutionRejet.NOUVEAU: Nature.REJETEE,
    EvolutionRejet.MOTIF_APPARU: Nature.MOTIF,
    EvolutionRejet.LEVE: Nature.REJET_LEVE,
}
_PASSAGES = {
    Passage.RATTRAPE: Nature.RATTRAPES,
    Passage.SAISI: Nature.SAISIS,
    Passage.NOUVEAU_RETARD: Nature.EN_RETARD,
    Passage.TOUJOURS_EN_RETARD: Nature.RESTENT,
    Passage.HEURES_CHANGEES: Nature.HEURES,
    Passage.SAISIE_RETIREE: Nature.RETIREES,
}


def list_changements(
    structures: Iterable[ChangementStructure], *, ordinaires: bool = False
) -> tuple[Changement, ...]:
    """Every change, structure by structure.

    Args:
        structures: Of a comparison.
        ordinaires: Whether months entered in their time, or late still, are listed too.
    """
    return tuple(
        changement
        for structure in structures
        for changement in _list_structure(structure, ordinaires=ordinaires)
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


def show_heures(heures: Valeur) -> str:
    """Hours of a month, or that nothing was entered."""
    return "non saisi" if isinstance(heures, Absence) else format_valeur(heures, "heures", 2)


def list_champs(annexe: ChangementAnnexe) -> tuple[ChampChange, ...]:
    """Fields that changed, but for the suspension and the rejection, that are told in their own words."""
    dits = {"suspendue"} if annexe.rejet is None else {"suspendue", "rejet_code"}
    return tuple(champ for champ in annexe.champs if champ.champ not in dits)


def explain_motifs_de(rejet: Rejet) -> str:
    """What the codes of a rejection mean and what to do, in sentences."""
    if not rejet.motifs:
        return "L’extrait ne dit pas le motif du rejet."
    return " ".join(f"{motif.code} : {motif.sens} {motif.que_faire}" for motif in rejet.motifs)


def _list_structure(structure: ChangementStructure, *, ordinaires: bool) -> Iterator[Changement]:
    for champ in structure.champs:
        avant, apres = show_champ(champ)
        yield Changement(
            nature=Nature.STRUCTURE,
            cle=structure.cle,
            denomination=structure.denomination,
            siret=structure.siret,
            departement_argent="",
            annexe_id=0,
            numero="",
            libelle=champ.libelle,
            periode="",
            avant=avant,
            apres=apres,
            etp_mois=Absence.SANS_OBJET,
            euros=Absence.SANS_OBJET,
            rejet="",
            explication="",
        )
    for annexe in structure.annexes:
        yield from _list_annexe(annexe)
        for mois in annexe.mois:
            if ordinaires or not mois.is_ordinaire:
                yield _tell_month(annexe, mois)


def _list_annexe(annexe: ChangementAnnexe) -> Iterator[Changement]:
    if annexe.classe in _CLASSES:
        venue = annexe.classe is Classe.NOUVELLE
        dit = f"{format_valeur(annexe.etp, 'ETP', 2)}, {annexe.etat}"
        yield _make(
            annexe,
            _CLASSES[annexe.classe],
            avant="" if venue else dit,
            apres=dit if venue else "",
            euros=annexe.montant_apres if venue else annexe.montant_avant,
            explication=annexe.raison,
        )
    for champ in list_champs(annexe):
        avant, apres = show_champ(champ)
        yield _make(
            annexe,
            _CHAMPS.get(champ.champ, Nature.AUTRE),
            champ.libelle,
            avant=avant,
            apres=apres,
            euros=champ.ecart if champ.unite == "€" else Absence.SANS_OBJET,
        )
    if annexe.suspension is not Suspension.AUCUNE:
        est = annexe.suspension is Suspension.SUSPENDUE
        yield _make(
            annexe,
            Nature.SUSPENDUE if est else Nature.REPRISE,
            avant=format_cellule(not est) if annexe.classe is not Classe.NOUVELLE else "",
            apres=format_cellule(est),
            euros=annexe.montant_apres,
        )
    if annexe.rejet is not None:
        codes = " ".join(motif.code for motif in annexe.rejet.motifs)
        leve = annexe.rejet.evolution is EvolutionRejet.LEVE
        yield _make(
            annexe,
            _REJETS[annexe.rejet.evolution],
            avant=codes if leve else "",
            apres="" if leve else codes,
            euros=annexe.montant_apres,
            rejet="" if leve else codes,
            explication="" if leve else explain_motifs_de(annexe.rejet),
        )


def _tell_month(annexe: ChangementAnnexe, mois: ChangementMois) -> Changement:
    nature = _PASSAGES[mois.passage]
    dehors = "" if mois.dans_la_periode else ", hors de l’annexe"
    retire = mois.passage is Passage.NOUVEAU_RETARD and not isinstance(mois.heures_avant, Absence)
    return _make(
        annexe,
        nature,
        f"{format_mois(mois.annee, mois.mois)} : {mois.passage.value}{dehors}",
        periode=f"{mois.annee}-{mois.mois:02d}",
        avant=show_heures(mois.heures_avant),
        apres=show_heures(mois.heures_apres),
        etp_mois=mois.etp_mois,
        euros=mois.euros,
        explication="La saisie de ce mois n’est plus dans l’extrait." if retire else "",
    )


def _make(  # noqa: PLR0913 — one parameter per column
    annexe: ChangementAnnexe,
    nature: Nature,
    libelle: str = "",
    *,
    periode: str = "",
    avant: str = "",
    apres: str = "",
    etp_mois: Valeur = Absence.SANS_OBJET,
    euros: Valeur = Absence.SANS_OBJET,
    rejet: str = "",
    explication: str = "",
) -> Changement:
    return Changement(
        nature=nature,
        cle=annexe.cle,
        denomination=annexe.denomination,
        siret=annexe.siret,
        departement_argent=annexe.departement_argent,
        annexe_id=annexe.annexe_id,
        numero=annexe.numero,
        libelle=libelle or nature.libelle,
        periode=periode,
        avant=avant,
        apres=apres,
        etp_mois=etp_mois,
        euros=euros,
        rejet=rejet,
        explication=explication,
    )
