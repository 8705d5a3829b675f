"""The invented network and the register: an accounting year, and contacts of its own initiative."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from maillage.web.dialogue.models import Charge, Exercice, Participant, Rencontre, TempsPasse
from maillage.web.dialogue.registre import actions
from maillage.web.dialogue.registre.nomenclatures import ACTIONS, DECISIONS

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur

_OBJET: Final = "Consolider le modèle économique des associations intermédiaires"
_CONTACTS: Final = (
    ("Entretien avec le conseil insertion", "reunion", ACTIONS[0], DECISIONS[0], "2.5"),
    ("Note sur l’aide au poste", "courrier", ACTIONS[1], DECISIONS[0], "6"),
    ("Projet d’amendement", "courrier", ACTIONS[2], DECISIONS[0], None),
)


def seed_repertoire(by: Utilisateur, le: date) -> None:
    """Write a year, three contacts that count (one of them incomplete) and the time spent.

    Args:
        by: The account of the delegation.
        le: Today.
    """
    annee = le.year - 1 if le.month <= 6 else le.year  # noqa: PLR2004 — the year that a visitor looks at
    exercice = Exercice(
        debut=date(annee, 1, 1), fin=date(annee, 12, 31), cout_horaire_centimes=3_800
    )
    actions.save_exercice(exercice, by=by.pk)
    charge, _ = Charge.objects.get_or_create(
        intitule="Conseil insertion du cabinet (invention)",
        defaults={"categorie": Charge.Categorie.GOUVERNEMENT, "is_synthetic": True},
    )
    for rang, (titre, forme, action, decision, heures) in enumerate(_CONTACTS):
        rencontre = Rencontre.objects.create(
            titre=titre,
            forme=forme,
            statut=Rencontre.Statut.TENUE,
            date=date(annee, 1, 1) + timedelta(days=20 + 40 * rang),
            heure_debut=time(10) if forme == "reunion" else None,
            initiative=Rencontre.Initiative.RESEAU,
            is_synthetic=True,
        )
        for cote, fonction, office in (
            ("reseau", "présidence", None),
            ("interlocuteur", charge.intitule, charge),
        ):
            Participant.objects.create(
                rencontre=rencontre, cote=cote, fonction=fonction, charge=office
            )
        champs = {
            "initiative": "reseau",
            "objet": _OBJET,
            "domaines": ["Budget"],
            "actions": [action],
            "decisions": [decision],
            "tiers": "",
            "observation": "",
            "temps_heures": Decimal(heures) if heures else None,
            "frais_centimes": None,
        }
        actions.save_mention(rencontre, champs, by=by.pk)
    debut = le.replace(day=1) - timedelta(days=1)
    temps = TempsPasse(
        fonction="présidence",
        debut=debut.replace(day=1),
        fin=debut,
        heures=Decimal(12),
        heures_travaillees=Decimal(60),
    )
    actions.add_temps(temps, by=by.pk)
