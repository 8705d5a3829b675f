"""What each column says of one structure, what it does not, and why it is empty: for whoever directs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maillage.analyses.argent_public.financeurs import PUBLIC
from maillage.analyses.argent_public.phrases import NON_COUVERT, RAISONS
from maillage.analyses.argent_public.totaux import COMPTES, DECLARE
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.kernel.francais import accorder, format_valeur, join_fr, typeset
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.argent_public.siens import LigneSienne, Siens


class Source(NamedTuple):
    """One column in words.

    Attributes:
        nom: Heading.
        est: What it is.
        pas: What it is not.
        siens: What it holds of this structure, or why it holds nothing.
    """

    nom: str
    est: str
    pas: str
    siens: tuple[str, ...]


def tell_constat(siens: Siens) -> str:
    """What a post and an hour receive; the accounts when nothing is declared."""
    ligne = next((x for x in siens.lignes if x.financeur == PUBLIC), None)
    for source, verbe in ((DECLARE, "déclaré"), (COMPTES, "de vos comptes")):
        if ligne is not None and not isinstance(ligne.couts[source][0], Absence):
            etp, heure = ligne.couts[source]
            return typeset(
                f"En {siens.annee}, l’argent public {verbe} fait {format_valeur(etp, '€')} par ETP et "
                f"{format_valeur(heure, '€', 2)} par heure."
            )
    if ligne is None:
        return f"Rien n’est connu de votre argent public en {siens.annee}."
    return typeset(
        f"L’argent public de {siens.annee} est connu en euros, pas par ETP ni par heure : la raison est "
        "dite dans chaque colonne."
    )


def list_sources(siens: Siens) -> tuple[Source, ...]:
    """The three columns, in their order."""
    return tuple(
        Source(nom, typeset(est), typeset(pas), tuple(map(typeset, phrases)))
        for nom, est, pas, phrases in (
            (
                "Annexes",
                (
                    "L’aide au poste convenue pour l’année, État et département séparés quand l’annexe dit le "
                    "cofinancement ; une annexe à cheval sur deux années est partagée par mois."
                ),
                "ce qui a été versé : l’extrait de l’ASP ne le dit pas.",
                _annexes(siens),
            ),
            (
                "Déclaré",
                "Ce que vous écrivez sur vos annexes de votre exercice clos : ventes, et dix financeurs.",
                "un compte certifié. L’aide au poste y est déjà, dans l’État et dans le département.",
                _declare(siens),
            ),
            (
                "Comptes",
                (
                    "Les produits de l’exercice que vous avez déposé : 70 en ventes, 73 et 74 en public, le reste en "
                    "autres produits."
                ),
                (
                    "un partage par financeur : le plan de comptes dit « subvention », pas qui la paie. Ils sont ceux "
                    "de toute l’association, activités hors insertion comprises."
                ),
                _comptes(siens),
            ),
        )
    )


def list_doubles() -> tuple[str, ...]:
    """What would be counted twice, and what is in no column."""
    return tuple(
        map(
            typeset,
            (
                (
                    "Les trois colonnes montrent le même argent vu de trois endroits : elles ne s’additionnent pas. "
                    "Les additionner compterait l’aide au poste deux fois, et tout le déclaré deux fois."
                ),
                (
                    "Elles ne sont presque jamais égales : l’annexe dit le convenu, la déclaration et les comptes ce "
                    "que vous avez constaté, à d’autres dates."
                ),
                NON_COUVERT,
            ),
        )
    )


def _annexes(siens: Siens) -> Iterator[str]:
    if not siens.structures:
        yield f"Aucune de vos annexes ne touche {siens.annee} dans le dernier extrait relié à votre structure."
    if siens.sans_montant:
        sans = accorder(
            siens.sans_montant,
            "annexe n’a pas de montant et n’y est pas",
            "annexes n’ont pas de montant et n’y sont pas",
        )
        yield f"{sans}."


def _declare(siens: Siens) -> Iterator[str]:
    if not siens.structures:
        yield "Sans annexe, rien n’est déclaré."
    elif not siens.declarantes:
        yield (
            f"Aucune annexe ne déclare l’exercice clos en {siens.annee} : les annexes d’une année parlent souvent de "
            "l’avant-dernière."
        )
    elif siens.declarantes < siens.structures:
        declarent = accorder(siens.declarantes, "structure déclare", "structures déclarent")
        yield f"Seule une part y est : {declarent}, sur {siens.structures}."
    raisons = [RAISONS[raison] for raison in Rapprochement if raison in siens.raisons]
    if siens.structures and raisons:
        yield (
            f"Pas de coût par ETP ni par heure : votre structure {join_fr(raisons)}."
            if siens.structures == 1
            else f"Pas de coût par ETP ni par heure : une de vos structures {join_fr(raisons)}."
        )
    if siens.is_etat_inferieur:
        yield "Vous déclarez de l’État moins que votre seule aide au poste : vérifiez votre déclaration."
    if siens.is_double:
        yield (
            "Deux de vos structures déclarent exactement les mêmes lignes : si ce sont les mêmes comptes, ils sont "
            "ici deux fois."
        )


def _comptes(siens: Siens) -> Iterator[str]:
    if not siens.has_comptes:
        yield (
            f"Aucun exercice du 1er janvier au 31 décembre {siens.annee} n’est déposé et accepté : la colonne est "
            "vide."
        )
        return
    if _is_negative(siens.lignes):
        yield "Une ligne de vos comptes est négative : vérifiez-la."
    if not siens.is_seule:
        yield (
            "Pas de coût par ETP ni par heure : ces comptes sont aussi ceux d’une structure de l’extrait qui n’est "
            "pas reliée à la vôtre, dont les heures ne sont pas comptées ici."
        )
    elif isinstance(siens.etp, Absence):
        yield (
            "Pas de coût par ETP ni par heure : toutes les heures de l’année ne sont pas saisies, ou pas connues."
        )


def _is_negative(lignes: tuple[LigneSienne, ...]) -> bool:
    return any(
        not isinstance(montant := ligne.montants[COMPTES], Absence) and montant < 0
        for ligne in lignes
    )
