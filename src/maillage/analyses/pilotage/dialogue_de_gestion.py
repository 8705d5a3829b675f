"""What a structure has to say at its yearly *dialogue de gestion*: findings from the extract, one by one.

Each point is a plain rule on facts; what makes it speak is in its text. Nothing is guessed: a figure
that the extract does not give is said to be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.pilotage.rejets import explain_rejet
from maillage.analyses.pilotage.reperes import REPERES, Reperes
from maillage.analyses.pilotage.versements import next_echeance
from maillage.indicators.pilotage.etp import PILOTAGE, compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.synthese import Synthese, summarise
from maillage.indicators.pilotage.tableaux import list_annexes, list_retards
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
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.tableaux import LigneAnnexe


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say.

    Attributes:
        sujet: Two or three words.
        constat: What the extract shows, a French sentence with its figures.
        a_dire: What to ask, to propose or to do first; a French sentence.
        carte: Code of the card that defends the figure; empty when there is none.
        is_prealable: Whether it must be settled before the meeting.
    """

    sujet: str
    constat: str
    a_dire: str
    carte: str = ""
    is_prealable: bool = False


@dataclass(frozen=True, slots=True)
class _Dossier:
    faits: Faits
    annee: int
    annexes: list[LigneAnnexe]
    synthese: Synthese
    filtre: Filtre
    perimetre: str
    reperes: Reperes


def prepare(
    faits: Faits, cle: Cle, annee: int, perimetre: str = PILOTAGE, reperes: Reperes = REPERES
) -> list[Point]:
    """Points of a structure for a year, what must be settled first before the others.

    Args:
        faits: Of an extract.
        cle: (asp_id, type) of the structure.
        annee: Year of the meeting.
        perimetre: `pilotage` or `conventionnees`.
        reperes: Marks of the network.
    """
    filtre = Filtre(structures=frozenset({cle}))
    lignes = compute_annexes(faits, annee, perimetre)
    dossier = _Dossier(
        faits,
        annee,
        list_annexes(faits, annee, filtre, perimetre),
        summarise(lignes, filtre.select(lignes)),
        filtre,
        perimetre,
        reperes,
    )
    if not dossier.annexes:
        return []
    points = [point for regle in _REGLES for point in regle(dossier)]
    return sorted(points, key=lambda point: not point.is_prealable)


def _tell_late(d: _Dossier) -> Iterator[Point]:
    for retard in list_retards(d.faits, d.annee, d.filtre, d.perimetre):
        mois = join_fr(format_mois(d.annee, m) for m in retard.mois)
        yield Point(
            "Saisie en retard",
            f"Annexe {retard.numero} : {mois} n’{'est pas saisi' if len(retard.mois) == 1 else 'ont pas été saisis'}"
            f" au {_day(d)}. L’aide de ces mois vaut {format_nombre(retard.euros)} € au plus.",
            "Saisir et valider ces mois sur l’extranet de l’ASP avant le rendez-vous : tant qu’ils "
            "manquent, l’écart qui sera montré en face est plus grand que l’écart réel.",
            "mois_en_retard",
            is_prealable=True,
        )


def _tell_unpaid(d: _Dossier) -> Iterator[Point]:
    for annexe in d.annexes:
        if annexe.suspendue:
            yield Point(
                "Paiement suspendu",
                f"L’annexe {annexe.numero} est suspendue.",
                "Demander le motif et la date de levée : rien n’est versé d’ici là.",
                is_prealable=True,
            )
        if annexe.rejet_code:
            rejet = explain_rejet(annexe.rejet_code)
            yield Point(
                "Annexe rejetée",
                f"Annexe {annexe.numero} : {rejet.quoi}",
                rejet.que_faire,
                is_prealable=True,
            )
        if annexe.avenant_en_cours:
            yield Point(
                "Avenant en attente",
                f"L’avenant {annexe.avenant_en_cours} n’est pas encore valide : l’annexe "
                f"{annexe.numero} fait foi, avec {format_nombre(annexe.etp, 2)} ETP.",
                "Demander où en est sa signature, et à partir de quel mois il comptera.",
                "etp_conventionnes_mensuels",
            )


def _tell_gap(d: _Dossier) -> Iterator[Point]:
    s = d.synthese
    if isinstance(s.taux, Absence) or isinstance(s.ecart_annuel, Absence):
        if d.faits.has_saisies and not s.mois_faits:
            yield Point(
                "Aucun mois fait",
                f"Aucun relevé n’est saisi pour {d.annee} au {_day(d)} : le réalisé n’est pas connu.",
                "Ne commenter aucun taux : il n’y en a pas encore.",
                "taux_realisation",
            )
        return
    mois = accorder(s.mois_faits, "mois fait", "mois faits")
    etat = (
        f"Sur {mois} : {format_valeur(s.taux, '%', 1)} de réalisation, écart de "
        f"{format_valeur(s.ecart_mois, 'ETP-mois', 2)}, soit {format_valeur(s.ecart_euros, '€')}."
    )
    loin = abs(s.taux - 100) > d.reperes.tolerance and abs(s.ecart_annuel) > d.reperes.ecart_etp
    if not loin:
        yield Point(
            "Sur la cible",
            etat,
            "Le dire : l’indicateur national compte aussi comme non réalisés les mois qui ne sont pas "
            "encore venus, et montre une sous-réalisation qui n’existe pas.",
            "taux_realisation",
        )
    elif s.ecart_annuel < 0:
        yield Point(
            "Sous-réalisation",
            etat,
            "Expliquer le creux (recrutements, départs, saison) et dire ce qui est engagé. Si la fin de "
            "l’année ne peut pas le combler, proposer soi-même un avenant plutôt que de subir la reprise."
            f"{_tell_next(d)}",
            "ecart_euros",
        )
    else:
        yield Point(
            "Sur-réalisation",
            etat,
            "Au-delà des postes agréés, rien n’est payé : demander des postes, ou étaler les heures "
            f"sur les mois qui restent.{_tell_next(d)}",
            "etp_realises_plafonnes",
        )


def _tell_forecast(d: _Dossier) -> Iterator[Point]:
    s = d.synthese
    if not s.prevision_annexes or isinstance(s.prevision, Absence) or not s.mois_a_venir:
        return
    yield Point(
        "Fin d’année",
        f"Si les mois qui restent ressemblent aux mois faits : {format_valeur(s.prevision, 'ETP', 2)} "
        f"sur l’année (entre {format_valeur(s.prevision_basse, '', 2)} et "
        f"{format_valeur(s.prevision_haute, '', 2)}), pour "
        f"{format_valeur(s.prevision_conventionne, 'ETP', 2)} conventionnés.",
        "Corriger de ce que le calcul ne sait pas : la saison, un chantier gagné ou perdu, un "
        "recrutement prévu.",
        "prevision",
    )


def _tell_quality(d: _Dossier) -> Iterator[Point]:
    s = d.synthese
    if s.brouillons:
        yield Point(
            "Relevés en brouillon",
            f"{accorder(s.brouillons, 'relevé est resté', 'relevés sont restés')} en brouillon : "
            "leurs heures ne comptent pas.",
            "Les terminer ou les supprimer sur l’extranet.",
            "heures",
            is_prealable=True,
        )
    if not isinstance(s.heures_hors_periode, Absence) and s.heures_hors_periode:
        yield Point(
            "Heures hors période",
            f"{format_valeur(s.heures_hors_periode, 'heures')} sont saisies sur des mois que l’annexe ne "
            "couvre pas : elles ne comptent nulle part.",
            "Vérifier l’annexe choisie à la saisie.",
            "heures",
            is_prealable=True,
        )
    if isinstance(s.realise_asp_mois, Absence) or isinstance(s.realise_mois, Absence):
        return
    if s.realise_mois and (
        abs(s.realise_asp_mois - s.realise_mois) > s.realise_mois * d.reperes.ecart_asp / 100
    ):
        yield Point(
            "Deux réalisés",
            f"Par les heures : {format_valeur(s.realise_mois, 'ETP-mois', 2)} ; par la part que calcule "
            f"l’ASP : {format_valeur(s.realise_asp_mois, 'ETP-mois', 2)}.",
            "Demander sur lequel des deux porte le chiffre présenté en face.",
            "etp_realises",
        )


def _tell_supervision(d: _Dossier) -> Iterator[Point]:
    rangs = np.flatnonzero(np.isin(d.faits.annexe("annexe_id"), [a.annexe_id for a in d.annexes]))
    encadrement = _sum_known(d, rangs, "etp_encadrement_technique_centiemes")
    accompagnement = _sum_known(d, rangs, "etp_accompagnement_centiemes")
    if not encadrement and not accompagnement:
        return
    dits = []
    if encadrement:
        dits.append(f"{format_nombre(encadrement, 2)} ETP d’encadrement technique")
    if accompagnement:
        dits.append(f"{format_nombre(accompagnement, 2)} ETP d’accompagnement socio-professionnel")
    yield Point(
        "Encadrement",
        f"Déclarés pour l’année précédente : {join_fr(dits)}.",
        "Le rapprocher des projets de l’année : c’est ce que finance l’aide, avec les salaires.",
    )


_REGLES = (_tell_late, _tell_unpaid, _tell_gap, _tell_forecast, _tell_quality, _tell_supervision)


def _sum_known(d: _Dossier, rangs: NDArray[np.int64], nom: str) -> float:
    """Declared ETP of the annexe that declares most: annexes of one year repeat the same declaration."""
    valeurs = d.faits.annexe(nom)[rangs]
    return float(valeurs.max()) / 100 if len(valeurs) else 0.0


def _tell_next(d: _Dossier) -> str:
    """When the ASP corrects next, for the annexe that comes first; empty when nothing is known."""
    jour = d.faits.extrait.extraction
    prochaines: list[tuple[date, str, bool]] = []
    for annexe in d.annexes:
        debut, fin = _parse(annexe.debut), _parse(annexe.fin)
        echeance = next_echeance(debut, fin, jour) if debut and fin else None
        if echeance:
            prochaines.append((echeance.mois, annexe.numero, echeance.is_solde))
    if not prochaines:
        return ""
    mois, numero, is_solde = min(prochaines)
    quoi = "le solde" if is_solde else "la prochaine régularisation"
    return (
        f" Pour l’annexe {numero}, {quoi} est en {format_mois(mois.year, mois.month)} : c’est le mois où "
        "l’ASP ajuste ce qu’elle a versé à ce qui est fait."
    )


def _parse(texte: str) -> date | None:
    from datetime import date as jour  # noqa: PLC0415 — the name is a type above

    try:
        return jour.fromisoformat(texte)
    except ValueError:
        return None


def _day(d: _Dossier) -> str:
    return format_date(d.faits.extrait.extraction)
