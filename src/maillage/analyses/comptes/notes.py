"""What a reader must know before reading the figures of an exercice, in French sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maillage.analyses.comptes.exercice import SANS_OUVERTURE
from maillage.indicators.comptes.plan import TITRES
from maillage.kernel.francais import accorder, format_date, format_mois, format_nombre, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.comptes.lignes import Solde

_OBLIGATION_2018 = date(2020, 1, 1)
_DOUZE = 12
_CENTIMES = 100
_INVENTAIRE = ("68", "69", "78")
_REGULARISATION = ("408", "418", "428", "438", "448", "468", "486", "487")


def list_notes(exercice: Exercice) -> tuple[str, ...]:
    """Sentences, the most general first."""
    return (
        *_tell_plan(exercice),
        *_tell_period(exercice),
        *_tell_ouverture(exercice),
        *_tell_inventaire(exercice),
        *_tell_aide_au_poste(exercice),
        *_tell_non_rattaches(exercice),
        *_tell_alertes(exercice),
    )


def format_euros(centimes: int) -> str:
    """Amount with its cents."""
    return f"{format_nombre(centimes / _CENTIMES, 2)} €"


def _tell_plan(exercice: Exercice) -> Iterator[str]:
    version = exercice.version
    choix = (
        f", avec les choix de la structure depuis le {format_date(version.depuis)}"
        if version
        else ""
    )
    yield f"Comptes lus selon le {TITRES[exercice.plan.nom]}{choix}."
    if exercice.rattachement is not None and version is None:
        premiere = exercice.rattachement.versions[0].depuis
        yield (
            f"Le fichier de rattachement ne vaut que pour les exercices ouverts depuis le "
            f"{format_date(premiere)} : ses choix ne sont pas suivis ici."
        )
    if exercice.mouvements.premier_jour < _OBLIGATION_2018:
        yield (
            "L’exercice est ouvert avant le 1er janvier 2020, où le plan de 2018 devient obligatoire : s’il suit "
            "encore le règlement CRC 99-01, que Maillage n’a pas, vérifiez ses comptes 68, 75 et 78."
        )


def _tell_period(exercice: Exercice) -> Iterator[str]:
    mouvements = exercice.mouvements
    nombre = len(mouvements.mois)
    if nombre != _DOUZE:
        yield (
            f"Les écritures couvrent {accorder(nombre, 'mois', 'mois')}, du "
            f"{format_date(mouvements.premier_jour)} au {format_date(mouvements.dernier_jour)} : ce n’est "
            "pas un exercice de douze mois, les montants ne sont pas ramenés à l’année."
        )
    if mouvements.lignes_avant:
        lignes = accorder(mouvements.lignes_avant, "ligne datée", "lignes datées")
        yield f"{lignes} d’avant l’ouverture : comptées dans le premier mois."


def _tell_ouverture(exercice: Exercice) -> Iterator[str]:
    mouvements = exercice.mouvements
    if mouvements.ouverture is None:
        yield SANS_OUVERTURE
        return
    journaux = join_fr(f"« {journal} »" for journal in mouvements.journaux_ouverture)
    detail = (
        " ; des factures non réglées y gardent leur date d’origine"
        if mouvements.is_detaillee
        else ""
    )
    yield f"Soldes d’ouverture reconnus dans le journal {journaux}{detail}."


def _tell_inventaire(exercice: Exercice) -> Iterator[str]:
    mouvements = exercice.mouvements
    if mouvements.lignes_cloture:
        lignes = accorder(mouvements.lignes_cloture, "ligne", "lignes")
        yield (
            f"Des écritures de clôture ({lignes}) remettent à zéro les charges et les produits : elles sont "
            "laissées de côté."
        )
    *avant, dernier = mouvements.par_mois
    inventaire = (*_INVENTAIRE, *_REGULARISATION)
    if (
        avant
        and any(compte.startswith(inventaire) for compte in dernier)
        and not any(compte.startswith(_INVENTAIRE) for mois in avant for compte in mois)
    ):
        fin = exercice.cloture.debut
        yield (
            "Les amortissements, provisions, fonds dédiés et impôts ne sont passés qu’en "
            f"{format_mois(fin.year, fin.month)} : les mois d’avant ne les portent pas."
        )


def _tell_aide_au_poste(exercice: Exercice) -> Iterator[str]:
    aide = exercice.aide_au_poste
    if isinstance(aide.montant, Absence):
        trouves = (
            f"Comptes trouvés : {_list_soldes(aide.candidats)}."
            if aide.candidats
            else "Aucun compte 73 ou 74 n’a de mouvement."
        )
        yield (
            "L’aide au poste n’est pas distinguée : les uns la portent en 73 (concours publics), les autres "
            f"en 74 (subventions), et la structure n’a pas dit où. {trouves} Pour la distinguer : "
            "aide_au_poste, dans le fichier de rattachement."
        )
    elif not aide.montant:
        yield (
            f"Aucun mouvement sur le compte déclaré de l’aide au poste ({join_fr(aide.declares)})."
        )


def _tell_non_rattaches(exercice: Exercice) -> Iterator[str]:
    if exercice.non_rattaches:
        yield (
            "Comptes non rattachés, que le plan ne connaît pas (débit moins crédit) : "
            f"{_list_soldes(exercice.non_rattaches)}. Ceux des classes 6 et 7 sont dans le résultat net, sur "
            "leur propre ligne."
        )


def _tell_alertes(exercice: Exercice) -> Iterator[str]:
    for prefixe, phrase in exercice.releve.alertes:
        soldes = (
            centimes
            for compte, centimes in exercice.mouvements.annee.items()
            if (trouvee := exercice.plan.find(compte)) and trouvee.prefixe == prefixe
        )
        yield f"Compte {prefixe}, {format_euros(abs(sum(soldes)))}. {phrase}"


def _list_soldes(soldes: tuple[Solde, ...]) -> str:
    return " ; ".join(f"{solde.compte} pour {format_euros(solde.centimes)}" for solde in soldes)
