"""A small questionnaire, and answers to it. All of it is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.web.network.models import Consentement, Organisation
from maillage.web.questionnaire.actions import create_questionnaire, edit, open_questionnaire
from maillage.web.questionnaire.modele.lecture import read_definition
from maillage.web.questionnaire.modele.saisie import Saisie
from maillage.web.questionnaire.models import Questionnaire, Reponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.questionnaire.modele.definition import Definition

ANNEE = 2026


def brut() -> dict[str, Any]:
    """The definition as a file writes it; a new one each time, to be spoilt at will."""
    return {
        "sections": [
            {
                "code": "activite",
                "titre": "Activité",
                "questions": [
                    {
                        "code": "personnes",
                        "libelle": "Combien de personnes en parcours ?",
                        "genre": "entier",
                        "unite": "personnes",
                        "obligatoire": True,
                        "minimum": 0,
                        "maximum": 5000,
                    },
                    {
                        "code": "femmes",
                        "libelle": "Combien de femmes ?",
                        "genre": "entier",
                        "minimum": 0,
                    },
                    {
                        "code": "commune",
                        "libelle": "Dans quelle commune ?",
                        "genre": "texte",
                    },
                ],
            },
            {
                "code": "moyens",
                "titre": "Moyens",
                "questions": [
                    {"code": "produits", "libelle": "Produits", "genre": "euros"},
                    {
                        "code": "locaux",
                        "libelle": "Avez-vous des locaux ?",
                        "genre": "oui_non",
                        "obligatoire": True,
                    },
                    {
                        "code": "loyer",
                        "libelle": "Quel est le loyer annuel ?",
                        "genre": "euros",
                        "minimum": 0,
                        "si": {"question": "locaux", "vaut": "oui"},
                    },
                    {
                        "code": "freins",
                        "libelle": "Qu’est-ce qui manque ?",
                        "genre": "choix_multiple",
                        "choix": [
                            {"code": "mobilite", "libelle": "La mobilité"},
                            {"code": "logement", "libelle": "Le logement"},
                        ],
                    },
                ],
            },
        ],
        "regles": [
            {
                "code": "femmes_parmi",
                "forme": "au_plus",
                "termes": ["femmes"],
                "total": "personnes",
                "message": "Les femmes dépassent le total.",
                "bloquante": True,
            }
        ],
    }


def make_definition() -> Definition:
    """The small questionnaire."""
    return read_definition(brut())


def make_questionnaire_ouvert(annee: int = ANNEE) -> Questionnaire:
    """The questionnaire of a year, open; the one that exists when there is one."""
    trouve: Questionnaire | None = Questionnaire.objects.filter(annee=annee).first()
    if trouve is not None:
        return trouve
    questionnaire = create_questionnaire(annee, "Observatoire d’essai", by=None)
    edit(questionnaire, lambda _: make_definition(), by=None)
    open_questionnaire(questionnaire, by=None)
    questionnaire.refresh_from_db()
    return questionnaire


def answer(
    questionnaire: Questionnaire,
    organisation: Organisation,
    valeurs: Mapping[str, Saisie],
    *,
    envoyee_at: Any = None,
    consent: bool | None = None,
) -> Reponse:
    """The answer of a structure as it is kept, and its word on the statistics of the network."""
    if consent is not None:
        Consentement.objects.create(
            organisation=organisation, usage=Consentement.Usage.STATISTIQUES, accorde=consent
        )
    return Reponse.objects.create(
        questionnaire=questionnaire,
        organisation=organisation,
        valeurs={code: saisie.to_json() for code, saisie in valeurs.items()},
        repondues=len(valeurs),
        posees=6,
        sent_at=envoyee_at,
    )


def nombre(valeur: int) -> Saisie:
    """A number as an answer."""
    return Saisie((str(valeur),))
