"""Chaining two budget lines: allowed only between two of the same perimeter."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.valeur import Absence
from maillage.regles.budget.modele import Credits, LigneBudget, MiseEnReserve, Nature, Precision


@dataclass(frozen=True, slots=True)
class Chainage:
    """Change from one line to another of the same perimeter.

    Attributes:
        avant, apres: The lines, in the order of years.
        ecart_euros: Whole euros.
        evolution: Rate, without unit; `Absence.SANS_OBJET` from zero.
        reserves: What weakens the comparison, French sentences.
    """

    avant: LigneBudget
    apres: LigneBudget
    ecart_euros: int
    evolution: float | Absence
    reserves: tuple[str, ...]


def chainer(a: LigneBudget, b: LigneBudget) -> Chainage:
    """Compare two lines, or refuse and say why.

    Args:
        a: One line.
        b: Another, of another year, in any order.

    Raises:
        SaisieInvalide: `MLG-BUD-001` different perimeters, `MLG-BUD-002` a change is not a level,
            `MLG-BUD-003` an amount is unknown, `MLG-BUD-004` the same year. All of them at once.
    """
    avant, apres = (a, b) if a.annee <= b.annee else (b, a)
    anomalies = _problems(avant, apres)
    if anomalies:
        raise SaisieInvalide(*anomalies)
    montants = (ligne.montant_euros for ligne in (avant, apres))
    montant_avant, montant_apres = (m for m in montants if not isinstance(m, Absence))
    ecart = montant_apres - montant_avant
    evolution = ecart / montant_avant if montant_avant else Absence.SANS_OBJET
    return Chainage(avant, apres, ecart, evolution, _reserves(avant, apres))


def _problems(avant: LigneBudget, apres: LigneBudget) -> list[Anomalie]:
    ou = f"{avant.code} ({avant.annee}) → {apres.code} ({apres.annee})"
    anomalies = []
    differences = explain_differences(avant, apres)
    if differences:
        liste = "\u00a0; ".join(differences)
        anomalies.append(
            Anomalie(
                code="MLG-BUD-001",
                quoi=(
                    f"La ligne de {avant.annee} et celle de {apres.annee} n’ont pas le même "
                    f"périmètre\u00a0: {liste}. Leur écart mesurerait ce changement "
                    "autant que celui des crédits."
                ),
                que_faire="Choisissez deux lignes de même périmètre.",
                ou=ou,
            )
        )
    if avant.perimetre.nature is Nature.VARIATION or apres.perimetre.nature is Nature.VARIATION:
        anomalies.append(
            Anomalie(
                code="MLG-BUD-002",
                quoi="Une variation de crédits n’est pas un niveau\u00a0: elle ne se chaîne à rien.",
                que_faire="Choisissez deux lignes qui donnent un niveau de crédits.",
                ou=ou,
            )
        )
    anomalies += [
        Anomalie(
            code="MLG-BUD-003",
            quoi=f"Le montant de {ligne.annee} est inconnu ({ligne.perimetre.libelle}).",
            que_faire="Choisissez une année dont le montant est publié.",
            ou=ligne.code,
        )
        for ligne in (avant, apres)
        if isinstance(ligne.montant_euros, Absence)
    ]
    if avant.annee == apres.annee:
        anomalies.append(
            Anomalie(
                code="MLG-BUD-004",
                quoi=f"Les deux lignes portent sur la même année, {avant.annee}.",
                que_faire="Choisissez deux années.",
                ou=ou,
            )
        )
    return anomalies


def explain_differences(avant: LigneBudget, apres: LigneBudget) -> tuple[str, ...]:
    """What differs between two perimeters, one French phrase each; empty when nothing does."""
    un, autre = avant.perimetre, apres.perimetre
    couples = (
        (un.objet.libelle, autre.objet.libelle),
        (f"structures {un.type_siae}", f"structures {autre.type_siae}"),
        (un.stade.libelle, autre.stade.libelle),
        (un.credits.libelle, autre.credits.libelle),
        (un.mise_en_reserve.libelle, autre.mise_en_reserve.libelle),
        (un.nature.libelle, autre.nature.libelle),
    )
    return tuple(f"{guillemets(x)} contre {guillemets(y)}" for x, y in couples if x != y)


def _reserves(avant: LigneBudget, apres: LigneBudget) -> tuple[str, ...]:
    phrases = [
        f"{ligne.annee}\u00a0: {ligne.precision.libelle}."
        for ligne in (avant, apres)
        if ligne.precision is not Precision.EXACTE
    ]
    phrases += [
        f"{ligne.annee}\u00a0: {ligne.reserve_de_source}"
        for ligne in (avant, apres)
        if ligne.reserve_de_source
    ]
    if avant.perimetre.credits is Credits.NON_PRECISE:
        phrases.append("Les sources ne disent pas s’il s’agit d’AE ou de CP.")
    if avant.perimetre.mise_en_reserve is MiseEnReserve.NON_PRECISE:
        phrases.append("Les sources ne disent rien de la mise en réserve.")
    if avant.source != apres.source:
        phrases.append(f"Deux sources\u00a0: {avant.source.titre}\u00a0; {apres.source.titre}.")
    return tuple(phrases)
