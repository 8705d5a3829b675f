"""What a structure has to say at its yearly *dialogue de gestion*: points from the extract, one by one.

Each point is a plain rule on facts; what makes it speak is in its text. A threshold is a mark of the
network (`reperes`), named with the point. What the extract does not give is said to be missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage import dialogue_de_gestion_ecart as ecart
from maillage.analyses.pilotage import dialogue_de_gestion_prealables as prealables
from maillage.analyses.pilotage.dialogue_de_gestion_dossier import open_dossier
from maillage.analyses.pilotage.dialogue_de_gestion_modele import (
    Chiffre,
    DialogueDeGestion,
    Point,
    Rang,
)
from maillage.analyses.pilotage.reperes import REPERES, Reperes
from maillage.analyses.pilotage.versements import LECTURE_DES_MOIS
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder, format_valeur, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.pilotage.dialogue_de_gestion_dossier import Dossier
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

__all__ = ["DialogueDeGestion", "Point", "prepare", "prepare_dialogue"]


def prepare(
    faits: Faits, cle: Cle, annee: int, perimetre: str = PILOTAGE, reperes: Reperes = REPERES
) -> list[Point]:
    """Points of a structure for a year, what must be settled first before the others; none without an annexe.

    Args:
        faits: Of an extract.
        cle: (asp_id, type) of the structure.
        annee: Year of the meeting.
        perimetre: `pilotage` or `conventionnees`.
        reperes: Marks of the network.
    """
    return _list_points(open_dossier(faits, cle, annee, perimetre, reperes))


def prepare_dialogue(
    faits: Faits, cle: Cle, annee: int, perimetre: str = PILOTAGE, reperes: Reperes = REPERES
) -> DialogueDeGestion:
    """The points, with the annexes, their calendars, the marks used and what is not known.

    Args:
        faits: Of an extract.
        cle: (asp_id, type) of the structure.
        annee: Year of the meeting.
        perimetre: `pilotage` or `conventionnees`.
        reperes: Marks of the network.

    Raises:
        Introuvable: the structure has no annexe in that year (MLG-PIL-023).
    """
    dossier = open_dossier(faits, cle, annee, perimetre, reperes)
    if not dossier.rangees:
        raise Introuvable(
            Anomalie(
                "MLG-PIL-023",
                f"La structure {cle[0]} ({cle[1]}) n’a aucune annexe en {annee} dans cet extrait.",
                "Choisissez une autre année ou un autre extrait ; « maillage pilotage structures » donne les "
                "structures d’une année.",
            )
        )
    points = _list_points(dossier)
    utiles = {repere.code: repere for point in points for repere in point.reperes}
    derniere = dossier.rangees[-1]
    return DialogueDeGestion(
        cle=cle,
        denomination=derniere["denomination"] or "",
        siret=derniere["siret"] or "",
        annee=annee,
        perimetre=perimetre,
        extrait=faits.extrait,
        synthese=dossier.synthese,
        points=tuple(points),
        annexes=dossier.annexes,
        reperes=tuple(utiles.values()),
        inconnus=tuple(_list_unknown(dossier)),
    )


def _list_points(dossier: Dossier) -> list[Point]:
    ordre = list(Rang)
    points = [point for regle in _REGLES for point in regle(dossier)] if dossier.rangees else []
    return sorted(points, key=lambda point: ordre.index(point.rang))


def _tell_supervision(dossier: Dossier) -> Iterator[Point]:
    """Supervision as the structure declares it for the year before."""
    declare = dossier.encadrement
    if declare is None:
        return
    technique = format_valeur(declare.technique, "ETP", 2)
    accompagnement = format_valeur(declare.accompagnement, "ETP", 2)
    yield Point(
        "encadrement",
        "Encadrement déclaré",
        Rang.DIRE,
        f"Déclaré pour l’année d’avant : encadrement technique, {technique} ; accompagnement "
        f"socioprofessionnel, {accompagnement} ; pour {format_valeur(declare.insertion, 'ETP', 2)} en "
        f"insertion. Pour 100 ETP en insertion : {format_valeur(declare.taux_technique, '', 1)} et "
        f"{format_valeur(declare.taux_accompagnement, '', 1)}.",
        "C’est une déclaration : vérifiez qu’elle correspond à l’équipe, et rapprochez-la des projets de "
        "l’année.",
        (
            Chiffre(
                "Encadrement technique, déclaré",
                declare.taux_technique,
                "ETP pour 100 ETP en insertion",
                1,
                "encadrement_technique",
            ),
            Chiffre(
                "Accompagnement, déclaré",
                declare.taux_accompagnement,
                "ETP pour 100 ETP en insertion",
                1,
                "accompagnement",
            ),
        ),
    )


def _tell_calendar(dossier: Dossier) -> Iterator[Point]:
    """When the ASP sets each annexe right next."""
    prochaines = [
        (annexe.numero, annexe.prochaine)
        for annexe in dossier.annexes
        if annexe.is_comptee and annexe.prochaine is not None
    ]
    if not prochaines:
        return
    dits = " ; ".join(f"annexe {numero}, {echeance.libelle}" for numero, echeance in prochaines)
    textes = join_fr(sorted({echeance.texte for _, echeance in prochaines}))
    yield Point(
        "regularisation",
        "Prochaine régularisation",
        Rang.DIRE,
        f"L’ASP ajuste ce qu’elle a versé à ce qui est réalisé : {dits}. Les textes lus donnent le mois, pas le "
        f"jour ({textes}).",
        "Que les mois qui précèdent soient saisis et validés avant.",
        (),
        tuple(numero for numero, _ in prochaines),
        (),
        (LECTURE_DES_MOIS,),
    )


_REGLES = (
    prealables.tell_late,
    prealables.tell_rejected,
    prealables.tell_suspended,
    prealables.tell_drafts,
    prealables.tell_outside,
    prealables.tell_pending,
    ecart.tell_gap,
    ecart.tell_forecast,
    ecart.tell_trend,
    ecart.tell_two_realised,
    _tell_calendar,
    _tell_supervision,
)


def _list_unknown(dossier: Dossier) -> Iterator[str]:
    """What the extract does not say."""
    s = dossier.synthese
    yield "Ce que l’ASP a déjà versé ou repris : l’extrait lu donne ce qui est convenu et saisi, pas les paiements."
    if not dossier.faits.has_saisies:
        yield (
            "Les heures, le réalisé, les retards et les écarts : l’extrait n’a pas les relevés mensuels."
        )
    elif not s.mois_faits:
        yield f"Le réalisé de {dossier.annee} : aucun mois n’est saisi au jour de l’extraction."
    else:
        yield "Si un mois saisi l’est en entier : rien dans l’extrait ne dit combien de personnes restent à saisir."
        if isinstance(s.prevision, Absence):
            yield "La fin de l’année : moins de trois mois sont faits, aucune prévision n’est calculée."
    if s.sans_diviseur:
        yield (
            "Le réalisé de "
            f"{accorder(s.sans_diviseur, 'annexe', 'annexes')} : l’extrait n’en donne pas les heures d’un temps "
            "plein ou les postes."
        )
    if dossier.encadrement is None:
        yield "L’encadrement : les annexes n’en déclarent pas."
    for annexe in dossier.annexes:
        if annexe.inconnu:
            yield f"Le calendrier de régularisation de l’annexe {annexe.numero} : {annexe.inconnu}"
