"""The invented questionnaires: last year's, closed with its results, and this year's, under way.

Every answer is drawn at random, none is a statistic. The same seed gives the same answers.
"""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import get_current_timezone

from maillage.web.questionnaire.actions import (
    close_questionnaire,
    create_questionnaire,
    describe,
    edit,
    open_questionnaire,
)
from maillage.web.questionnaire.connu import load_connu
from maillage.web.questionnaire.modele.echange import load
from maillage.web.questionnaire.modele.etat import list_posees, measure
from maillage.web.questionnaire.modele.preremplissage import prefill
from maillage.web.questionnaire.modele.saisie import Saisie, Sans
from maillage.web.questionnaire.models import Questionnaire, Reponse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.web.network.models import Organisation

FICHIER: Final = Path(__file__).with_name("questionnaire.yaml")
_TITRE: Final = "Observatoire (démonstration)"
_INTRODUCTION: Final = (
    "Vingt minutes pour dire au réseau ce que devient votre structure. Les réponses montrées dans "
    "cette démonstration sont inventées."
)
_PART_ANCIENNE: Final = 0.9
_PART_ENVOYEE: Final = 0.35
_PART_COMMENCEE: Final = 0.25
_PART_INCONNUE: Final = 0.08


@transaction.atomic
def build_questionnaires(structures: Sequence[Organisation], le: date, graine: int) -> None:
    """Make last year's questionnaire, closed, and this year's, open.

    The first structure, whose direction can be tried, answered last year and has not begun this one.

    Args:
        structures: Of the invented network.
        le: Today.
        graine: The same seed gives the same answers.
    """
    hasard = random.Random(graine)  # noqa: S311 — invented answers, nothing to guess
    ancien = _open(le.year - 1, le - timedelta(days=400), le - timedelta(days=340))
    for rang, structure in enumerate(structures):
        if rang == 0 or hasard.random() < _PART_ANCIENNE:
            _answer(ancien, structure, hasard, le - timedelta(days=360))
    close_questionnaire(ancien, by=None)
    Questionnaire.objects.filter(pk=ancien.pk).update(clos_at=_midday(le - timedelta(days=330)))
    courant = _open(le.year, le - timedelta(days=12), le + timedelta(days=30))
    for structure in structures[1:]:
        tirage = hasard.random()
        if tirage < _PART_ENVOYEE:
            _answer(courant, structure, hasard, le - timedelta(days=3))
        elif tirage < _PART_ENVOYEE + _PART_COMMENCEE:
            _answer(courant, structure, hasard, None)


def _open(annee: int, ouvert: date, limite: date) -> Questionnaire:
    questionnaire = create_questionnaire(annee, _TITRE, by=None)
    definition = load(FICHIER.read_bytes())
    edit(questionnaire, lambda _: definition, by=None)
    describe(questionnaire, titre=_TITRE, introduction=_INTRODUCTION, date_cloture=limite, by=None)
    open_questionnaire(questionnaire, by=None)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(ouvert_at=_midday(ouvert))
    questionnaire.versions.update(at=_midday(ouvert))
    questionnaire.refresh_from_db()
    return questionnaire


def _midday(jour: date) -> datetime:
    return datetime.combine(jour, time(12), get_current_timezone())


def _answer(
    questionnaire: Questionnaire,
    structure: Organisation,
    hasard: random.Random,
    envoyee: date | None,
) -> None:
    """Answer of one structure: whole when it is sent, else its first questions alone."""
    definition = questionnaire.read_definition()
    saisies = prefill(definition, load_connu(questionnaire, structure)) | _draw(hasard)
    if envoyee is None:
        debut = {question.code for question in definition.sections[0].questions}
        saisies = {code: saisie for code, saisie in saisies.items() if code in debut}
    avancement = measure(list_posees(definition, saisies), saisies)
    Reponse.objects.create(
        questionnaire=questionnaire,
        organisation=structure,
        valeurs={code: saisie.to_json() for code, saisie in saisies.items()},
        version=1,
        repondues=avancement.repondues,
        posees=avancement.posees,
        sent_at=_midday(envoyee) if envoyee else None,
    )


def _draw(hasard: random.Random) -> dict[str, Saisie]:
    """Answers that agree with one another, some of them unknown."""
    personnes = hasard.randint(18, 160)
    produits = hasard.randint(25, 220) * 10_000
    recrutement = hasard.choices(("facile", "difficile", "impossible"), (5, 6, 1))[0]
    nombres = {
        "personnes_parcours": personnes,
        "dont_femmes": hasard.randint(personnes // 5, 3 * personnes // 5),
        "permanents_etp": Decimal(hasard.randint(4, 28)) / 2,
        "heures_travaillees": personnes * hasard.randint(180, 620),
        "produits": produits,
        "dont_ventes": produits * hasard.randint(15, 70) // 100,
        "resultat": hasard.randint(-6, 9) * 5_000,
    }
    saisies = {code: Saisie((str(valeur),)) for code, valeur in nombres.items()}
    for code in ("dont_femmes", "permanents_etp", "dont_ventes"):
        if hasard.random() < _PART_INCONNUE:
            saisies[code] = Saisie(sans=Sans.NE_SAIT_PAS)
    saisies["locaux"] = Saisie((hasard.choice(("oui", "non", "non")),))
    saisies["recrutement"] = Saisie((recrutement,))
    if recrutement == "difficile":
        freins = hasard.sample(("candidatures", "mobilite", "logement"), hasard.randint(1, 3))
        saisies["freins"] = Saisie(tuple(freins))
    return saisies
