"""What a meeting says of itself in words: when, who asked, who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import Precision, Rencontre
from maillage.web.network.places import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from maillage.web.dialogue.models import Participant
    from maillage.web.dialogue.rencontres.requete import Lecture

NATIONAL = "national"


def tell_when(rencontre: Rencontre) -> str:
    """Day as precisely as it is known, then hours when they are."""
    jour = dire_date(rencontre.date, rencontre.precision)
    debut, fin = rencontre.heure_debut, rencontre.heure_fin
    if debut and fin:
        return f"{jour}, de {_hour(debut)} à {_hour(fin)}"
    if debut:
        return f"{jour}, à {_hour(debut)}"
    return jour


def _hour(heure: time) -> str:
    return f"{heure.hour}\u00a0h" + (f"\u00a0{heure.minute:02d}" if heure.minute else "")


def tell_asker(rencontre: Rencontre) -> str:
    """Who asked for the meeting."""
    initiative = str(Rencontre.Initiative(rencontre.initiative).label)
    return ", ".join(filter(None, (initiative, rencontre.demandee_par)))


def tell_place(rencontre: Rencontre) -> str:
    """Territoire to which the meeting belongs."""
    if not rencontre.territoire:
        return NATIONAL
    return name_of(Niveau(rencontre.niveau), rencontre.territoire)


def tell_participant(participant: Participant, lecture: Lecture) -> str:
    """Somebody who was there, with the function held that day.

    Those who share the meeting read names. Others read functions, and the names of holders of public
    offices whom a public page names.
    """
    is_nomme = lecture.is_espace or _is_public_name(participant)
    mots = [participant.nom if is_nomme else "", participant.fonction]
    if not any(mots):
        return "une personne"
    return ", ".join(filter(None, mots))


def _is_public_name(participant: Participant) -> bool:
    charge = participant.charge
    return charge is not None and any(
        t.source_url and t.nom == participant.nom for t in charge.titulaires.all()
    )


def tell_finding(rencontre: Rencontre, presents: Sequence[Participant]) -> str:
    """The answer of the page: what this meeting is, in one or two sentences."""
    quand = tell_when(rencontre)
    forme = str(Rencontre.Forme(rencontre.forme).label).partition(" (")[0].capitalize()
    le = f"le {quand}" if rencontre.precision == Precision.JOUR else quand
    if rencontre.precision in (Precision.MOIS, Precision.ANNEE):
        le = f"en {quand}"
    match rencontre.statut:
        case Rencontre.Statut.ANNULEE:
            debut = f"{forme} annulée, qui était prévue {le}"
        case Rencontre.Statut.PREVUE:
            debut = f"{forme} prévue {le}"
        case _:
            debut = f"{forme} tenue {le}"
    suite = _tell_initiative(rencontre)
    qui = [p for p in presents if p.cote == p.Cote.INTERLOCUTEUR and p.is_present is not False]
    nombre = accorder(len(qui), "interlocuteur", "interlocuteurs") if qui else ""
    return ", ".join(filter(None, (debut, suite, f"avec {nombre}" if nombre else ""))) + "."


def _tell_initiative(rencontre: Rencontre) -> str:
    par = f" ({rencontre.demandee_par})" if rencontre.demandee_par else ""
    return {
        Rencontre.Initiative.RESEAU: "à la demande du réseau",
        Rencontre.Initiative.INTERLOCUTEUR: f"à la demande de l’interlocuteur{par}",
        Rencontre.Initiative.STATUTAIRE: f"sur convocation de l’instance{par}",
        Rencontre.Initiative.COMMUNE: f"à la demande des deux parties{par}",
        Rencontre.Initiative.INCONNUE: "",
    }[Rencontre.Initiative(rencontre.initiative)]


def tell_natures(nombres: Sequence[tuple[int, str, str]]) -> str:
    """Counts in a sentence, those that are nothing left out."""
    return join_fr(accorder(n, un, plusieurs) for n, un, plusieurs in nombres if n)
