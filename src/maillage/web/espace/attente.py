"""What waits for a person of the network: dialogue, cockpit, texts to read again, the questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.kernel.francais import accorder, typeset
from maillage.web.droits.permissions import Permission
from maillage.web.espace.a_faire import AFaire
from maillage.web.espace.dialogue import list_dialogue
from maillage.web.espace.pilotage import list_pilotage
from maillage.web.publications.models import Publication
from maillage.web.questionnaire.models import Questionnaire
from maillage.web.questionnaire.suivi import list_lignes, measure_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.web.droits.acteur import Acteur


def list_attente(acteur: Acteur, le: date) -> list[AFaire]:
    """What the person came for, by right: dialogue, conventions, texts, the questionnaire.

    Args:
        acteur: Who reads; what they may not open is left out.
        le: Today.
    """
    return [
        *list_dialogue(acteur, le),
        *list_pilotage(acteur),
        *_list_textes(acteur),
        *_list_questionnaires(acteur, le),
    ]


def _list_textes(acteur: Acteur) -> Iterator[AFaire]:
    if not acteur.may(Permission.PUBLICATIONS_PUBLIER):
        return
    textes = Publication.objects.reachable(acteur, Permission.PUBLICATIONS_PUBLIER)
    nombre = textes.filter(etat=Publication.Etat.A_RELIRE).count()
    if nombre:
        phrase = f"{accorder(nombre, 'texte attend', 'textes attendent')} une relecture."
        yield AFaire(typeset(phrase), reverse("redaction"), "Relire")


def _list_questionnaires(acteur: Acteur, le: date) -> Iterator[AFaire]:
    """The last one that is open and the last one that is closed."""
    suit = acteur.may(Permission.QUESTIONNAIRE_SUIVRE)
    lit = acteur.may(Permission.QUESTIONNAIRE_RESULTATS)
    if not (suit or lit):
        return
    tous = Questionnaire.objects.light()
    ouvert = tous.opened().first() if suit else None
    if ouvert is not None:
        taux = measure_all(list_lignes(ouvert, acteur, le))
        phrase = (
            f"Le questionnaire « {ouvert} » a reçu {taux.envoyees} réponses sur {taux.total} "
            f"structures ({taux.pourcentage} %)."
        )
        adresse = reverse("questionnaire-suivi", kwargs={"annee": ouvert.annee})
        yield AFaire(typeset(phrase), adresse, "Suivre les réponses")
    clos = tous.filter(etat=Questionnaire.Etat.CLOS).first() if lit else None
    if clos is not None:
        yield AFaire(
            typeset(f"Les résultats du questionnaire « {clos} » sont arrêtés."),
            reverse("questionnaire-resultats", kwargs={"annee": clos.annee}),
            "Les lire",
        )
