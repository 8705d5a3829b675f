"""Complements of one annexe: modulated part, contrat passerelle, CDI inclusion, and who pays what.

Each one is computed alone, so that the refusal of one hides none of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.annexes.demande import PostesCdi
from maillage.kernel.errors import Anomalie, SaisieInvalide, UserError
from maillage.kernel.francais import accorder, format_nombre
from maillage.kernel.money import Centimes, format_euros, sum_centimes
from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes
from maillage.regles.engine.calcul import Resultat, compute
from maillage.regles.engine.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from maillage.analyses.annexes.demande import (
        CdiInclusion,
        DemandeComplements,
        Modulation,
        Passerelle,
    )
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.tables import Colonne
    from maillage.regles.engine.trace import Trace
    from maillage.regles.engine.valeur_legale import ValeurLegale

MODULATION, PASSERELLE, CDI = "part_modulee", "passerelle", "cdi"
NOMS = {
    MODULATION: "Part modulée",
    PASSERELLE: "Contrat passerelle",
    CDI: "CDI inclusion",
}
_CIBLES = {
    MODULATION: "part_modulee_centimes",
    PASSERELLE: "contrat_passerelle_centimes",
    CDI: "aide_cdi_inclusion_centimes",
}
_RUBRIQUES = ("publics", "moyens", "resultats")
HYPOTHESE_MODULATION = (
    "La part modulée est la moyenne des trois notes, pesée par les poids du département, en part du "
    "maximum légal ; elle se calcule sur le montant final de l’annexe et se verse en une fois, à une "
    "date que les textes lus ne disent pas. Aucun poids national n’existe."
)
HYPOTHESE_PASSERELLE = (
    "L’aide des postes en contrat passerelle s’ajoute au montant de l’annexe ; un poste à temps "
    "partiel ou un contrat plus court est payé en proportion."
)
HYPOTHESE_CDI = (
    "La première année d’un CDI inclusion se compte en mois entiers, celui de l’embauche compris, au "
    "montant par ETP du premier jour de l’annexe."
)


@dataclass(frozen=True, slots=True)
class Contexte:
    """What a complement needs to know of the annexe.

    Attributes:
        type_siae, territoire: Kind, and where the posts are.
        date_debut, date_fin: First and last day.
        etp_centiemes: Monthly ETP first agreed, hundredths.
        duree_mois: Length.
        montant_unitaire: Per ETP and year, on the first day.
        montant_final: Agreed amount once every change is counted.
    """

    type_siae: str
    territoire: str
    date_debut: date
    date_fin: date
    etp_centiemes: int
    duree_mois: int
    montant_unitaire: Centimes
    montant_final: Centimes


@dataclass(frozen=True, slots=True)
class Complement:
    """One complement, or why it is not known.

    Attributes:
        code: `part_modulee`, `passerelle` or `cdi`.
        montant: What it adds to the annexe; None when it is refused.
        phrase: How it is reached, in French; empty when it is refused.
        legales: Legal values read.
        calcul: The computation line by line, down to the text.
        hypotheses: What the texts leave open and how it is read, in French.
        refus: Why there is no amount.
        arbre: Same computation as a tree; None when it is refused.
    """

    code: str
    montant: Centimes | None
    phrase: str
    legales: tuple[ValeurLegale, ...]
    calcul: str
    hypotheses: tuple[str, ...]
    refus: tuple[Anomalie, ...] = ()
    arbre: Trace | None = None

    @property
    def nom(self) -> str:
        """Its name, in French."""
        return NOMS[self.code]

    @property
    def avertissements(self) -> tuple[str, ...]:
        """What must be shown beside it, in French."""
        return tuple(dict.fromkeys(v.avertissement for v in self.legales if v.avertissement))


def compute_complements(
    contexte: Contexte, demande: DemandeComplements, legislation: Legislation
) -> tuple[Complement, ...]:
    """Complements asked for, in the order of the form.

    Args:
        contexte: The annexe.
        demande: What is asked.
        legislation: The law.
    """
    trouves: list[Complement] = []
    if demande.modulation is not None:
        modulation = demande.modulation
        trouves.append(_attempt(MODULATION, lambda: _modulate(contexte, modulation, legislation)))
    if demande.passerelle is not None:
        passerelle = demande.passerelle
        trouves.append(_attempt(PASSERELLE, lambda: _bridge(contexte, passerelle, legislation)))
    if demande.cdi is not None:
        cdi = demande.cdi
        lecture = demande.postes_cdi
        trouves.append(_attempt(CDI, lambda: _keep_on(contexte, cdi, lecture, legislation)))
    return tuple(trouves)


def sum_complements(montant: Centimes, complements: tuple[Complement, ...]) -> Centimes | None:
    """Annexe and complements together; None as long as one of them is refused.

    Args:
        montant: Agreed amount.
        complements: As computed.
    """
    ajouts = [un.montant for un in complements if un.montant is not None]
    if len(ajouts) < len(complements):
        return None
    return montant + sum_centimes(ajouts)


def strip_place(anomalies: tuple[Anomalie, ...], champ: str) -> tuple[Anomalie, ...]:
    """Same problems, at a section of the form instead of the row of a table."""
    return tuple(replace(anomalie, ou=champ) for anomalie in anomalies)


def _attempt(code: str, compute_one: Callable[[], Complement]) -> Complement:
    try:
        return compute_one()
    except UserError as refus:
        return Complement(code, None, "", (), "", (), strip_place(refus.anomalies, code))


def _run(
    code: str, contexte: Contexte, entrees: Mapping[str, Colonne], legislation: Legislation
) -> tuple[Resultat, Centimes]:
    colonnes: dict[str, Colonne] = {
        "type_siae": np.array([contexte.type_siae]),
        "territoire": np.array([contexte.territoire]),
        "date_debut_effet": np.array([contexte.date_debut], "datetime64[D]"),
        "date_fin_effet": np.array([contexte.date_fin], "datetime64[D]"),
        **entrees,
    }
    cible = _CIBLES[code]
    resultat = compute([cible], colonnes, legislation, contexte.date_debut)
    return resultat, Centimes(int(resultat[cible][0]))


def _modulate(contexte: Contexte, modulation: Modulation, legislation: Legislation) -> Complement:
    entrees: dict[str, Colonne] = {
        "montant_total_annuel_centimes": np.array([contexte.montant_final.nombre])
    }
    for rubrique, poids, note in zip(_RUBRIQUES, modulation.poids, modulation.notes, strict=True):
        entrees[f"poids_{rubrique}"] = np.array([poids])
        entrees[f"note_{rubrique}"] = np.array([note])
    resultat, montant = _run(MODULATION, contexte, entrees, legislation)
    points = sum(p * n for p, n in zip(modulation.poids, modulation.notes, strict=True))
    detail = " + ".join(
        f"{p} × {n}" for p, n in zip(modulation.poids, modulation.notes, strict=True)
    )
    (legale,) = resultat.valeurs_legales
    taux = format_nombre(float(legale.valeur) * 100)  # type: ignore[arg-type]  # a rate
    return _build(
        MODULATION,
        resultat,
        montant,
        f"({detail}) ÷ 100 = {format_nombre(points / 100, 2)} points sur 100, du maximum de {taux} % "
        f"de {format_euros(contexte.montant_final)}",
        (HYPOTHESE_MODULATION,),
    )


def _bridge(contexte: Contexte, passerelle: Passerelle, legislation: Legislation) -> Complement:
    entrees = {
        "etp_passerelle_centiemes": np.array([passerelle.etp_centiemes]),
        "mois_passerelle": np.array([passerelle.nombre_mois]),
    }
    resultat, montant = _run(PASSERELLE, contexte, entrees, legislation)
    return _build(
        PASSERELLE,
        resultat,
        montant,
        f"{_etp(passerelle.etp_centiemes)} postes à temps plein pendant "
        f"{accorder(passerelle.nombre_mois, 'mois', 'mois')}",
        (HYPOTHESE_PASSERELLE,),
    )


def _keep_on(
    contexte: Contexte, cdi: CdiInclusion, lecture: PostesCdi, legislation: Legislation
) -> Complement:
    """Aide of the CDI inclusion, less what the annexe already holds for the same posts.

    Raises:
        SaisieInvalide: MLG-CAL-006, the annexe has fewer posts than those said to be among them.
    """
    compris = lecture is PostesCdi.COMPRIS
    if compris and cdi.etp_centiemes > contexte.etp_centiemes:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CAL-006",
                f"L’annexe porte {_etp(contexte.etp_centiemes)} ETP, {_etp(cdi.etp_centiemes)} en CDI "
                "inclusion ne peuvent pas y être compris.",
                "Corrigez ces ETP, ou comptez-les en plus de l’annexe.",
            )
        )
    unitaire = np.array([contexte.montant_unitaire.nombre])
    etp = np.array([cdi.etp_centiemes])
    entrees = {
        "etp_cdi_centiemes": etp,
        "montant_unitaire_centimes": unitaire,
        "date_embauche_cdi": np.array([cdi.date_embauche], "datetime64[D]"),
    }
    resultat, aide = _run(CDI, contexte, entrees, legislation)
    premiere, suivants = (
        int(resultat.groupes[0].valeurs[nom][0])
        for nom in ("mois_cdi_annee_1", "mois_cdi_suivants")
    )
    duree = np.array([contexte.duree_mois])
    socle = Centimes(int(montant_total_annuel_centimes(etp, unitaire, duree)[0]))
    moins = f", moins {format_euros(socle)} déjà dans le montant de l’annexe" if compris else ""
    return _build(
        CDI,
        resultat,
        aide - socle if compris else aide,
        f"{_etp(cdi.etp_centiemes)} ETP, {premiere} mois de la première année et {suivants} mois "
        f"ensuite{moins}",
        (lecture.value, HYPOTHESE_CDI),
    )


def _build(
    code: str,
    resultat: Resultat,
    montant: Centimes,
    phrase: str,
    hypotheses: tuple[str, ...],
) -> Complement:
    arbre = trace(resultat, 0)
    return Complement(
        code=code,
        montant=montant,
        phrase=phrase,
        legales=resultat.valeurs_legales,
        calcul=arbre.to_text(),
        hypotheses=hypotheses,
        arbre=arbre,
    )


def _etp(centiemes: int) -> str:
    return format_nombre(centiemes / 100, 2)
