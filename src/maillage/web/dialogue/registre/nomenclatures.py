"""The register's own words: actions, decisions, domains, officials, bands of spending.

Source: public register of interest representatives (HATVP), as found in its open data; décret
n° 2017-867 of 9 May 2017, article 3. The list of domains is the part of it that concerns the IAE;
a declaration may name another one of the register.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

ACTIONS: Final = (
    "Organiser des discussions informelles ou des réunions en tête-à-tête",
    "Transmettre aux décideurs publics des informations, expertises dans un objectif de conviction",
    "Transmettre des suggestions afin d'influencer la rédaction d'une décision publique",
    "Etablir une correspondance régulière (par courriel, par courrier…)",
    "Organiser des débats publics, des marches, des stratégies d'influence sur internet",
    "Envoyer des pétitions, lettres ouvertes, tracts",
    "Inviter ou organiser des évènements, des rencontres ou des activités promotionnelles",
    "Convenir pour un tiers d'une entrevue avec le titulaire d'une charge publique",
    (
        "Organiser des auditions, des consultations formelles sur des actes législatifs ou d'autres "
        "consultations ouvertes"
    ),
    "Autres : à préciser",
)
DECISIONS: Final = (
    "Lois, y compris constitutionnelles",
    "Actes réglementaires",
    "Ordonnances de l'article 38 de la Constitution",
    "Décisions d'espèce",
    "Marchés publics dont la valeur estimée hors taxe est égale ou supérieure aux seuils européens",
    "Contrats de concession dont la valeur estimée hors taxe est égale ou supérieure au seuil européen",
    "Contrats de cession d'un bien du domaine privé de l'État ou de ses établissements publics",
    "Baux emphytéotiques administratifs",
    "Contrats valant autorisation d'occupation temporaire du domaine public",
    (
        "Délibérations approuvant la constitution, la modification du capital social ou la "
        "dissolution d'une société d'économie mixte"
    ),
    "Autres décisions publiques",
)
DOMAINES: Final = (
    "Droit du travail",
    "Dialogue social",
    "Assurance chômage",
    "Retraites",
    "Formation professionnelle",
    "Education",
    "Budget",
    "Aides aux entreprises",
    "Développement des territoires",
    "Collectivités territoriales",
    "Egalité des chances",
)

CATEGORIES: Final = {
    "gouvernement": "Membre du Gouvernement ou membre de cabinet ministériel",
    "parlement": "Député ; sénateur ; collaborateur parlementaire ou agents des services des "
    "assemblées parlementaires",
    "presidence": "Collaborateur du Président de la République",
    "autorite": "Directeur ou secrétaire général, ou leur adjoint, ou membre du collège ou d'une "
    "commission des sanctions d'une autorité administrative ou publique indépendante",
    "decision": "Titulaire d'un emploi à la décision du Gouvernement",
    "locale": "Responsable public local (catégorie à préciser)",
}
"""Categories of officials by the codes of the offices; the local list was not found (law, §8)."""

_MILLE: Final = 1_000
_PREMIERES: Final = tuple(n * _MILLE for n in (10, 25, 50, 75, 100))
_PAR_CENT_MILLE: Final = tuple(n * 100 * _MILLE for n in range(2, 11))
_PAR_DEUX_CENT_CINQUANTE: Final = tuple(_MILLE * (1_000 + 250 * n) for n in range(1, 37))
BORNES: Final[tuple[int, ...]] = _PREMIERES + _PAR_CENT_MILLE + _PAR_DEUX_CENT_CINQUANTE
"""Bounds of the 51 bands of spending, in euros: by 10,000 to 100,000, then by 100,000 up to
1,000,000, then by 250,000 up to 10,000,000."""


def find_tranche(centimes: int) -> str:
    """Band of an amount, in the register's own words (« > = 10 000 euros et < 25 000 euros »).

    Args:
        centimes: Spending, in cents, not negative.
    """
    for rang, borne in enumerate(BORNES):
        if centimes < borne * 100:
            dessous = BORNES[rang - 1] if rang else None
            return f"< {_write(borne)}" if dessous is None else _between(dessous, borne)
    return f"> = {_write(BORNES[-1])}"


def rank_tranche(texte: str) -> int | None:
    """Rank of a band as the register writes it, with « euros » or « € »; None when it names none."""
    cherche = _squeeze(texte)
    return next((rang for rang, nom in enumerate(TRANCHES) if _squeeze(nom) == cherche), None)


def _squeeze(texte: str) -> str:
    return "".join(texte.replace("€", "euros").split())


def _between(dessous: int, borne: int) -> str:
    return f"> = {_write(dessous)} et < {_write(borne)}"


def _write(euros: int) -> str:
    return f"{euros:,}".replace(",", " ") + " euros"


TRANCHES: Final[tuple[str, ...]] = (
    f"< {_write(BORNES[0])}",
    *(_between(a, b) for a, b in pairwise(BORNES)),
    f"> = {_write(BORNES[-1])}",
)
"""The 51 bands, smallest first."""
