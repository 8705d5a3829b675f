"""Coverage and double counts in sentences, for a director: what the account says, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.argent_public.totaux import ANNEXES, COMPTES, DECLARE
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.kernel.francais import accorder, format_nombre, format_valeur, join_fr, typeset
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.argent_public.couverture import Couverture, Part

RAISONS = {
    Rapprochement.HORS_FILTRE: "partage ses comptes avec ce que le filtre écarte",
    Rapprochement.SANS_DECLARATION: "ne déclare rien",
    Rapprochement.AUTRE_EXERCICE: "n’a déclaré que d’autres exercices",
    Rapprochement.DECALE: "clôt son exercice avant décembre",
    Rapprochement.INCOHERENT: "déclare plus de ventes et d’aides que de produits",
    Rapprochement.DETAIL_INCOMPLET: "ne dit pas tout de ses financeurs",
    Rapprochement.SAISIE_INCOMPLETE: "n’a pas saisi toutes ses heures",
}
"""Why a declaration is left out, of one structure."""
_PLURIELS = {
    Rapprochement.HORS_FILTRE: "partagent leurs comptes avec ce que le filtre écarte",
    Rapprochement.SANS_DECLARATION: "ne déclarent rien",
    Rapprochement.AUTRE_EXERCICE: "n’ont déclaré que d’autres exercices",
    Rapprochement.DECALE: "closent leur exercice avant décembre",
    Rapprochement.INCOHERENT: "déclarent plus de ventes et d’aides que de produits",
    Rapprochement.DETAIL_INCOMPLET: "ne disent pas tout de leurs financeurs",
    Rapprochement.SAISIE_INCOMPLETE: "n’ont pas saisi toutes leurs heures",
}
NON_COUVERT = (
    "Ne sont dans aucune colonne : les allègements de cotisations, le fonds de développement (FDI), la "
    "formation payée par d’autres, les apports en nature. Les achats publics sont dans les ventes."
)


def list_phrases(couverture: Couverture) -> tuple[str, ...]:
    """Sentences in the order in which they are read."""
    parts = (_annexes, _declare, _comptes, _doubles)
    phrases = (phrase for part in parts for phrase in part(couverture))
    return tuple(map(typeset, (*phrases, NON_COUVERT)))


def _annexes(couverture: Couverture) -> Iterator[str]:
    part = couverture.sources[ANNEXES]
    yield (
        f"Annexes : l’aide au poste convenue pour {couverture.annee}, "
        f"{_cover(part, couverture)}. Elle est exacte ; une annexe à cheval sur deux années est "
        "partagée par mois."
    )
    if couverture.annexes_sans_montant:
        sans = accorder(
            couverture.annexes_sans_montant,
            "annexe n’a pas de montant et n’y est pas",
            "annexes n’ont pas de montant et n’y sont pas",
        )
        yield f"{sans}."
    if couverture.acquis is not Absence.INCONNUE:
        structures = accorder(couverture.acquis_structures, "structure", "structures")
        yield (
            f"Les heures saisies par {structures} en valent "
            f"{format_valeur(couverture.acquis, '€')}, dans la limite du convenu. L’extrait ne dit pas ce "
            "qui a été versé."
        )


def _declare(couverture: Couverture) -> Iterator[str]:
    part = couverture.sources[DECLARE]
    yield (
        f"Déclaré : ce que les structures écrivent de leur exercice {couverture.annee}, "
        f"{_cover(part, couverture)}. Seules sont comptées celles dont l’exercice est l’année civile et "
        "dont toutes les heures sont saisies : le coût par ETP et par heure est le leur."
    )
    raisons = [
        f"{format_nombre(nombre)} {RAISONS[raison] if nombre == 1 else _PLURIELS[raison]}"
        for raison in Rapprochement
        if (nombre := couverture.ecartees.get(raison, 0))
    ]
    if raisons:
        yield f"Laissées de côté : {join_fr(raisons)}."


def _comptes(couverture: Couverture) -> Iterator[str]:
    part = couverture.sources[COMPTES]
    if part.structures or couverture.comptes_negatifs:
        yield f"Comptes : les produits de l’exercice {couverture.annee}, {_cover(part, couverture)}."
    else:
        yield "Comptes : aucun n’a été donné, la colonne est vide."
    if couverture.comptes_negatifs:
        negatifs = accorder(
            couverture.comptes_negatifs,
            "structure a une ligne de comptes négative et n’y est pas",
            "structures ont une ligne de comptes négative et n’y sont pas",
        )
        yield f"{negatifs}."


def _doubles(couverture: Couverture) -> Iterator[str]:
    yield (
        "Les trois colonnes montrent le même argent : elles ne s’additionnent pas. Ce que les structures "
        "déclarent de l’État comprend l’aide au poste, et ce qu’elles déclarent du département comprend "
        "sa part de cette aide."
    )
    if couverture.deux_fois:
        fois = accorder(couverture.deux_fois, "structure", "structures")
        yield f"En additionnant, l’aide au poste de {fois} serait comptée deux fois."
    if couverture.etat_inferieur:
        moins = accorder(
            couverture.etat_inferieur,
            "structure déclare de l’État moins que sa seule aide au poste",
            "structures déclarent de l’État moins que leur seule aide au poste",
        )
        yield f"{moins} : leur déclaration est à vérifier."


def _cover(part: Part, couverture: Couverture) -> str:
    """« pour 12 structures sur 15 (80 % des ETP conventionnés) »."""
    sur = f"pour {accorder(part.structures, 'structure', 'structures')} sur "
    total = format_nombre(couverture.structures)
    if isinstance(part.part_etp, Absence):
        return f"{sur}{total}"
    return f"{sur}{total} ({format_nombre(100 * part.part_etp)} % des ETP conventionnés)"
