"""The proposals of the invented network, and a subject followed across ministers.

The amendments, their amounts and their costs are the public ones of the rules' own tables: nothing of
them is written here. No adoption of any of them was found, which is what the outcome says.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from maillage.web.dialogue.engagements import actions as engagements
from maillage.web.dialogue.models import Charge, Portage, Proposition, Sujet
from maillage.web.dialogue.propositions import actions
from maillage.web.dialogue.propositions.chiffrage import PUBLIE, Question, list_publies

if TYPE_CHECKING:
    from maillage.regles.budget.modele import ChiffragePublie
    from maillage.web.accounts.models import Utilisateur

_ANNEE: Final = re.compile(r"PLF (\d{4})")
_TEXTES: Final = {
    "ai_4000": (
        "Porter l’aide au poste des associations intermédiaires à 4\u202f000\u00a0€",
        (
            "L’aide au poste des associations intermédiaires est la plus basse de toutes. Nous demandons qu’elle soit "
            "portée à 4\u202f000\u00a0€ par équivalent temps plein et par an."
        ),
    ),
    "ai_double": (
        "Doubler l’aide au poste des associations intermédiaires",
        "À défaut de 4\u202f000\u00a0€, nous demandons que le montant en vigueur soit doublé.",
    ),
}
_AUTRES: Final = (
    (
        "Donner leur valeur aux emplois d’utilité sociale et territoriale",
        "Reconnaître ce que ces emplois rendent au territoire, et le financer.",
    ),
    (
        "Encourager la coopération entre acteurs de l’économie sociale et solidaire",
        "Soutenir les groupements et les coopérations locales.",
    ),
)


def seed_propositions(by: Utilisateur) -> None:
    """Fill proposals and a subject, as the delegation would, through the same actions.

    Args:
        by: The account of the delegation.
    """
    sujet = actions.save_sujet(
        Sujet(is_synthetic=True),
        {
            "titre": "Le montant de l’aide au poste des associations intermédiaires",
            "slug": "aide-au-poste-ai",
            "texte": "Demandé au même niveau d’un budget à l’autre, sous plusieurs ministres.",
            "courbe": "aide_au_poste.AI",
            "visibilite": "public",
        },
        by=by.pk,
    )
    suite: Proposition | None = None
    for prefixe, (titre, texte) in _TEXTES.items():
        publies = [p for p in list_publies() if p.code.startswith(prefixe)]
        champs = _champs(titre, "Modèle économique") | {"sujet": sujet}
        suite = actions.create_proposition(
            champs, texte=texte, remplace=[suite] if suite else [], by=by.pk
        )
        for publie in publies:
            _carry(suite, publie, by.pk)
    _promise(sujet, by.pk)
    for titre, texte in _AUTRES:
        actions.create_proposition(_champs(titre, "Territoires"), texte=texte, by=by.pk)


def _promise(sujet: Sujet, by: int) -> None:
    """A sentence of the invented minister, so that the subject shows who came and went."""
    charge = Charge.objects.filter(
        is_synthetic=True, categorie="gouvernement", predecesseur__isnull=True
    ).first()
    if charge is None:
        return
    engagements.create_engagement(
        {
            "sens": "public",
            "phrase": "Nous regarderons ce montant au prochain budget, sans rien promettre.",
            "charge": charge,
            "date": timezone.localdate() - timedelta(days=480),
            "sujet": sujet,
            "visibilite": "public",
            "is_synthetic": True,
        },
        by=by,
    )


def _champs(titre: str, theme: str) -> dict[str, object]:
    return {
        "titre": titre,
        "theme": theme,
        "statut": Proposition.Statut.ADOPTEE,
        "visibilite": "public",
        "is_synthetic": True,
    }


def _carry(proposition: Proposition, publie: ChiffragePublie, by: int) -> None:
    """One budget debate, and the published costing done again with the headcount of 2019."""
    trouve = _ANNEE.search(publie.titre)
    if trouve is not None:
        # the budget of a year is debated in the autumn before it
        portage = Portage(
            forme=Portage.Forme.AMENDEMENT,
            date=date(int(trouve[1]) - 1, 1, 1),
            precision="annee",
            aupres_de=f"débat du projet de loi de finances pour {trouve[1]}",
            reference=publie.source.titre,
            source_url=publie.source.url or "",
            issue=Portage.Issue.INCONNUE,
            reponse="Aucune adoption n’a été trouvée.",
        )
        actions.carry(proposition, portage, by=by)
    question = Question(PUBLIE, chiffrage=publie.code, effectif="execution_2019:AI")
    actions.freeze_run(proposition, question, by=by)
