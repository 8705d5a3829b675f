"""Rules on what must be settled, or asked, before the gap is spoken of: entries, rejections, amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage.dialogue_de_gestion_modele import Chiffre, Point, Rang
from maillage.analyses.pilotage.rejets import LECTURE, explain_motifs
from maillage.kernel.francais import (
    accorder,
    format_date,
    format_mois,
    format_nombre,
    format_valeur,
    join_fr,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from maillage.analyses.pilotage.dialogue_de_gestion_dossier import Dossier

REJETE = "REJETE"
_ACTIFS = frozenset({"VALIDE", "PROVISOIRE"})
_CENT = 100


def tell_late(dossier: Dossier) -> Iterator[Point]:
    """Late months are entered before any gap is discussed."""
    if not dossier.retards:
        return
    nombre = sum(len(retard.mois) for retard in dossier.retards)
    euros = sum(retard.euros for retard in dossier.retards)
    quels = " ; ".join(
        f"annexe {retard.numero} : "
        f"{join_fr(format_mois(dossier.annee, mois) for mois in retard.mois)}"
        for retard in dossier.retards
    )
    yield Point(
        "mois_en_retard",
        "Saisie en retard",
        Rang.AVANT,
        f"Au {format_date(dossier.jour)}, {accorder(nombre, 'mois n’est pas saisi', 'mois ne sont pas saisis')} "
        f"({quels}). L’aide correspondante vaut {format_nombre(euros)} € au plus.",
        "Saisissez et validez ces mois sur l’extranet de l’ASP avant le rendez-vous : tant qu’ils manquent, "
        "l’écart présenté en face est plus grand que l’écart réel.",
        (
            Chiffre("Mois en retard", float(nombre), "", 0, "mois_en_retard"),
            Chiffre(
                "Conventionné de ces mois",
                sum(retard.etp_mois for retard in dossier.retards),
                "ETP-mois",
                2,
                "etp_conventionnes_mensuels",
            ),
            Chiffre("Aide de ces mois, au plus", euros, "€"),
        ),
        tuple(retard.numero for retard in dossier.retards),
    )


def tell_drafts(dossier: Dossier) -> Iterator[Point]:
    """Drafts are neither entered nor counted."""
    nombre = dossier.synthese.brouillons
    if nombre:
        yield Point(
            "brouillons",
            "Relevés en brouillon",
            Rang.AVANT,
            f"{accorder(nombre, 'relevé est resté', 'relevés sont restés')} en brouillon : leurs heures ne "
            "comptent pas.",
            "Terminez-les et validez-les, ou supprimez-les, sur l’extranet.",
            (Chiffre("Relevés en brouillon", float(nombre), "relevés"),),
        )


def tell_outside(dossier: Dossier) -> Iterator[Point]:
    """Hours of months that no annexe of theirs covers are counted nowhere."""
    heures = dossier.synthese.heures_hors_periode
    if not isinstance(heures, Absence) and heures:
        yield Point(
            "heures_hors_periode",
            "Heures hors de la période",
            Rang.AVANT,
            f"{format_valeur(heures, 'heures', 2)} sont saisies sur des mois que leur annexe ne couvre pas : "
            "elles ne comptent nulle part.",
            "Vérifiez l’annexe choisie à la saisie, et les dates de l’annexe.",
            (Chiffre("Heures hors de la période", heures, "heures", 2, "heures"),),
        )


def tell_rejected(dossier: Dossier) -> Iterator[Point]:
    """A rejected annexe is settled first; a motive on an active one is asked about."""
    for rangee in dossier.rangees:
        codes = rangee["rejet_code"]
        if rangee["etat"] != REJETE and not (codes and rangee["etat"] in _ACTIFS):
            continue
        rejetee = rangee["etat"] == REJETE
        motifs = explain_motifs(codes)
        dits = " ".join(f"{motif.code} : {motif.sens}" for motif in motifs)
        faire = " ".join(motif.que_faire for motif in motifs)
        yield Point(
            "rejet" if rejetee else "motif_de_rejet",
            "Annexe rejetée" if rejetee else "Motif de rejet",
            Rang.AVANT if rejetee else Rang.DEMANDER,
            (
                f"L’annexe {rangee['numero']} est rejetée. "
                if rejetee
                else f"L’annexe {rangee['numero']} est active, mais porte un motif de rejet ; l’extrait ne "
                "dit pas s’il est réglé. "
            )
            + (dits if motifs else "L’extrait ne dit pas le motif."),
            faire or "Demandez à la DDETS ou à l’ASP le motif, et ce qui est attendu.",
            _amount(rangee),
            (rangee["numero"],),
            (),
            (LECTURE,) if motifs else (),
        )


def tell_suspended(dossier: Dossier) -> Iterator[Point]:
    """A suspension has a reason and an end, that the extract does not give."""
    for rangee in dossier.rangees:
        if rangee["suspendue"]:
            yield Point(
                "suspension",
                "Annexe suspendue",
                Rang.AVANT,
                f"L’annexe {rangee['numero']} porte l’indicateur de suspension de l’ASP. L’extrait ne dit ni "
                "pourquoi, ni depuis quand.",
                "Demandez à la DDETS le motif, ce qui est attendu de vous et la date de levée.",
                _amount(rangee),
                (rangee["numero"],),
            )


def tell_pending(dossier: Dossier) -> Iterator[Point]:
    """An amendment that is not valid yet: figures stand on the version before."""
    for rangee in dossier.rangees:
        if rangee["avenant_en_cours"]:
            etp = rangee["etp_centiemes"]
            sur = "" if etp is None else f", avec {format_nombre(etp / _CENT, 2)} ETP"
            yield Point(
                "avenant_en_cours",
                "Avenant en attente",
                Rang.DEMANDER,
                f"L’avenant {rangee['avenant_en_cours']} n’est pas encore valide : c’est l’annexe "
                f"{rangee['numero']} qui fait foi ici{sur}.",
                "Demandez où en est sa signature, à partir de quel mois il comptera, et sur laquelle des deux "
                "versions porte l’écart présenté en face.",
                (
                    Chiffre(
                        "Postes de la version qui fait foi",
                        Absence.INCONNUE if etp is None else etp / _CENT,
                        "ETP",
                        2,
                        "etp_conventionnes_mensuels",
                    ),
                ),
                (rangee["numero"],),
            )


def _amount(rangee: Mapping[str, Any]) -> tuple[Chiffre, ...]:
    montant = rangee["montant_total_centimes"]
    valeur = Absence.INCONNUE if montant is None else montant / _CENT
    return (Chiffre("Montant conventionné de l’annexe", valeur, "€", 2),)
