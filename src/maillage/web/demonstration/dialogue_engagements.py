"""The invented ledger: offices, a change of minister, promises on both sides and what became of them.

Every person, sentence and office is invented; the target is read in the real published figures.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from maillage.web.dialogue.engagements import actions, changement
from maillage.web.dialogue.engagements.champs import locate
from maillage.web.dialogue.models import (
    Charge,
    Contradiction,
    Engagement,
    Fait,
    Reprise,
    Titulaire,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.accounts.models import Utilisateur

_PAGE: Final = "https://exemple.example.org/nomination"
_CIBLE: Final[Mapping[str, Any]] = {
    "cible_indicateur": "personnes_iae",
    "cible_comparaison": "au_moins",
    "cible_valeur": 240_000,
    "cible_niveau": "france",
    "cible_territoire": "FR",
}


def seed_engagements(by: Utilisateur) -> None:
    """Fill the ledger of the demonstration, as the delegation would, through the same actions.

    Args:
        by: The account of the delegation.
    """
    aujourd_hui = timezone.localdate()
    ministre, prefete = _charges(aujourd_hui, by.pk)
    instruction = _add(
        by,
        "public",
        "Une instruction demandera aux préfets d’associer largement les réseaux de l’insertion.",
        charge=ministre,
        date=_ago(aujourd_hui, 600),
    )
    volet = _add(
        by,
        "demande",
        "Que la lettre de mission de l’inspection comprenne un volet financier.",
        charge=ministre,
        date=_ago(aujourd_hui, 590),
        echeance=_ago(aujourd_hui, 300),
    )
    _add(
        by,
        "reseau",
        "Le réseau met son expertise et ses données à la disposition de la mission.",
        charge=ministre,
        date=_ago(aujourd_hui, 590),
        visibilite="adherents",
    )
    conventions = _add(
        by,
        "public",
        "Les conventions pluriannuelles d’objectifs seront signées en juillet.",
        charge=ministre,
        date=_ago(aujourd_hui, 500),
        echeance=_ago(aujourd_hui, 380),
        precision="mois",
    )
    _add(
        by,
        "public",
        "Nous accompagnerons 240 000 personnes par l’insertion par l’activité économique.",
        auteur_fonction="Gouvernement (phrase inventée)",
        date=date(2019, 9, 10),
        cible_date=date(2022, 12, 31),
        **_CIBLE,
    )
    _add(
        by,
        "public",
        "Chaque comité départemental se réunira avant la fin de l’année sur l’insertion.",
        charge=prefete,
        date=_ago(aujourd_hui, 60),
        echeance=aujourd_hui + timedelta(days=25),
        visibilite="public",
        **locate("departement", "35"),
    )
    _states(instruction, conventions, aujourd_hui, by.pk)
    fait = Fait(
        titre="La mission d’inspection remet son rapport",
        date=_ago(aujourd_hui, 400),
        precision="mois",
        texte="Le rapport ne traite pas du financement.",
        visibilite="public",
        is_synthetic=True,
    )
    actions.add_fact(volet, fait, by=by.pk)
    _succession(ministre, instruction, aujourd_hui, by.pk)


def _charges(aujourd_hui: date, by: int) -> tuple[Charge, Charge]:
    ministre = changement.create_charge(
        {
            "intitule": "Ministre déléguée à l’Emploi et à l’Inclusion",
            "organisme": "Gouvernement (inventé)",
            "ministere": "Travail, emploi, insertion",
            "categorie": "gouvernement",
            "is_synthetic": True,
        },
        Titulaire(
            nom="Hélène Vasseur-Roc",
            date_debut=_ago(aujourd_hui, 900),
            source_url=f"{_PAGE}-vasseur-roc",
        ),
        by=by,
    )
    prefete = changement.create_charge(
        {
            "intitule": "Direction départementale de l’emploi d’Ille-et-Vilaine",
            "organisme": "État (inventé)",
            "is_synthetic": True,
            **locate("departement", "35"),
        },
        by=by,
    )
    return ministre, prefete


def _states(instruction: Engagement, conventions: Engagement, aujourd_hui: date, by: int) -> None:
    actions.add_state(
        instruction,
        actions.NouvelEtat(
            "en_cours",
            _ago(aujourd_hui, 450),
            "Le texte est en relecture, nous dit-on.",
            "Courriel",
        ),
        by=by,
    )
    actions.contradict(
        conventions,
        Contradiction(
            date=_ago(aujourd_hui, 350),
            phrase="Aucune convention ne sera signée avant le prochain budget.",
            auteur="circulaire budgétaire",
        ),
        by=by,
    )


def _succession(ministre: Charge, instruction: Engagement, aujourd_hui: date, by: int) -> None:
    """The minister leaves, another comes under another title, and takes one promise over."""
    vers, _ = changement.hand_over(
        ministre,
        changement.Passation(
            date_fin=_ago(aujourd_hui, 120),
            nom="Marc Elland-Prévost",
            date_debut=_ago(aujourd_hui, 118),
            source_url=f"{_PAGE}-elland-prevost",
            intitule="Ministre du Plein-Emploi et des Solidarités",
        ),
        by=by,
    )
    changement.decide(
        Reprise.objects.get(engagement=instruction, vers=vers),
        Reprise.Etat.REPRISE,
        note="« L’instruction partira à la rentrée. »",
        le=_ago(aujourd_hui, 90),
        by=by,
    )


def _add(by: Utilisateur, sens: str, phrase: str, **champs: Any) -> Engagement:
    echeance = champs.get("echeance")
    if "precision" in champs:
        champs["echeance_precision"] = champs.pop("precision")
    elif echeance is not None:
        champs["echeance_precision"] = "jour"
    defauts = {"visibilite": "public", "niveau": "france", "is_synthetic": True}
    return actions.create_engagement(
        {**defauts, "sens": sens, "phrase": phrase, **champs}, by=by.pk
    )


def _ago(aujourd_hui: date, jours: int) -> date:
    return aujourd_hui - timedelta(days=jours)
