"""What each use of a structure's figures means, and what the structure has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.web.accounts.models import Utilisateur
from maillage.web.network.models import Consentement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from maillage.web.network.models import Organisation

_Usage = Consentement.Usage
EXPLICATIONS: Final[Mapping[str, str]] = {
    _Usage.STATISTIQUES: (
        "Les chiffres de la structure entrent dans les totaux et les moyennes du réseau. Une cellule "
        "publiée réunit au moins trois structures, dont aucune ne pèse plus de 85\u202f%\u00a0: on ne "
        "peut pas y retrouver une structure."
    ),
    _Usage.PANEL: (
        "La structure se compare, par quartiles, aux structures qui lui ressemblent, et ses chiffres "
        "servent à la comparaison des autres. Personne ne voit ses lignes, ni les autres structures, "
        "ni le réseau."
    ),
    _Usage.NOMINATIF: (
        "Le réseau peut publier des chiffres ou un exemple en nommant la structure, par exemple dans "
        "un plaidoyer. Sans cet accord, elle n’est jamais nommée."
    ),
    _Usage.ACCOMPAGNEMENT: (
        "L’équipe du réseau voit les alertes de la structure\u00a0: trésorerie sous deux mois, déficit, "
        "résultat en baisse, saisies en retard. Elle voit la phrase et son chiffre, jamais les comptes."
    ),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: when, by whom, and what.

    Attributes:
        accorde: Given, or taken back.
        at: When.
        auteur: Name of the person; empty when the account no longer exists.
    """

    accorde: bool
    at: datetime
    auteur: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One use, and every decision about it, latest first.

    Attributes:
        usage, libelle, explication: The use, its name and what it means.
        decisions: All of them; none means that the structure has not answered.
    """

    usage: str
    libelle: str
    explication: str
    decisions: tuple[Decision, ...]

    @property
    def accorde(self) -> bool | None:
        """Whether it holds today; None when the structure has not answered."""
        return self.decisions[0].accorde if self.decisions else None

    @property
    def etat(self) -> str:
        """The same in words: no answer is not a refusal, and it permits nothing."""
        if self.accorde is None:
            return "pas encore répondu"
        return "donné" if self.accorde else "retiré ou refusé"


def who_agrees(usage: Consentement.Usage) -> frozenset[int]:
    """Numbers of the organisations whose last word on a use is yes: one query."""
    # in the order of the decisions: the last one stays
    derniers = dict(
        Consentement.objects.filter(usage=usage)
        .order_by("at", "id")
        .values_list("organisation_id", "accorde")
    )
    return frozenset(pk for pk, accorde in derniers.items() if accorde)


def load_consents(organisation: Organisation) -> list[Consent]:
    """Every use with what was decided about each: two queries."""
    lignes = list(organisation.consentements.all())
    auteurs = Utilisateur.objects.in_bulk({ligne.by_id for ligne in lignes if ligne.by_id})
    return [
        Consent(
            usage.value,
            str(usage.label),
            EXPLICATIONS[usage],
            tuple(
                Decision(
                    ligne.accorde,
                    ligne.at,
                    auteurs[ligne.by_id].nom_complet if ligne.by_id in auteurs else "",
                )
                for ligne in lignes
                if ligne.usage == usage.value
            ),
        )
        for usage in _Usage
    ]
