"""What was typed in the forms of the rules: kept as it is, read, and every problem at its field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.annexes.demande import SANS_DEMANDE
from maillage.analyses.annexes.saisie import AVENANT_MOIS
from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import accorder, guillemets
from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.aide_au_poste.saisie import ANNEE_MAX, ANNEE_MIN, read_annexes
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.versement.annexe import Annexe
from maillage.web.regles.formulaire import CHAMPS_FACULTATIFS, read_demande

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from maillage.analyses.annexes.demande import Demande
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.versement.annexe import EtpRealises

CHAMPS = {
    "type": "Type de structure",
    "territoire": "Territoire",
    "etp": "ETP conventionnés",
    "debut": "Premier jour",
    "fin": "Dernier jour",
    "montant": "Montant par ETP imprimé sur l’annexe",
    "connu_au": "Textes connus au",
    "inconnu": "Si le montant n’est pas connu",
    "reforme": "Réforme à comparer",
}
MOIS = tuple(f"m{rang}" for rang in range(1, MOIS_PAR_AN + 1))
PROJETER = "projeter"
_COLONNES = {
    "type_siae": "type",
    "territoire": "territoire",
    "date_debut_effet": "debut",
    "date_fin_effet": "fin",
    "etp": "etp",
    "montant_unitaire": "montant",
}
_ETP = re.compile(r"[0-9]{1,6}([.,][0-9]{1,4})?")
_JOUR_FR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_JOUR_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass
class Erreurs:
    """Problems by field, in the order they were found."""

    par_champ: dict[str, list[Anomalie]] = field(default_factory=dict)

    def add(self, champ: str, anomalie: Anomalie) -> None:
        """Note a problem at a field."""
        self.par_champ.setdefault(champ, []).append(anomalie)

    def in_order(self, champs: Sequence[str]) -> list[tuple[str, list[Anomalie]]]:
        """Problems in the order in which the form asks."""
        return [(champ, self.par_champ[champ]) for champ in champs if champ in self.par_champ]

    def __bool__(self) -> bool:
        return bool(self.par_champ)


@dataclass(frozen=True, slots=True, eq=False)
class SaisieAnnexe:
    """One annexe as typed.

    Attributes:
        textes: What was typed, by field.
        colonnes: Columns for the formulas, of one row; empty when there is an error.
        demande: Occupation (a month left empty between two others is unknown), avenant,
            complements and readings.
        connu_au: Later publications are ignored; None when nothing was asked.
        projette: Whether an unknown amount is to be projected on the SMIC.
        reforme: Reform to compare with, or None.
        erreurs: Problems by field.
    """

    textes: Mapping[str, str]
    colonnes: Mapping[str, NDArray[np.generic]]
    demande: Demande
    connu_au: date | None
    projette: bool
    reforme: Reforme | None
    erreurs: Erreurs

    @property
    def occupation(self) -> tuple[EtpRealises, ...]:
        """Monthly ETP that was typed, in order."""
        return self.demande.etp_realises

    @property
    def est_vide(self) -> bool:
        """Whether the form was opened without anything typed."""
        return not any(self.textes.values())


def read_annexe(query: Mapping[str, str]) -> SaisieAnnexe:
    """Read the address of the calculator, with every problem at its field."""
    noms = (*CHAMPS, *MOIS, *CHAMPS_FACULTATIFS)
    textes = {nom: query.get(nom, "").strip() for nom in noms}
    erreurs = Erreurs()
    if not any(textes.values()):
        return SaisieAnnexe(textes, {}, SANS_DEMANDE, None, False, None, erreurs)  # noqa: FBT003 — nothing was asked
    colonnes = _read_colonnes(textes, erreurs)
    occupation = _read_occupation(textes, erreurs)
    saisie = SaisieAnnexe(
        textes,
        colonnes,
        read_demande(textes, occupation, erreurs.add),
        parse_jour(textes["connu_au"], "connu_au", erreurs) if textes["connu_au"] else None,
        textes["inconnu"] == PROJETER,
        _read_reforme(textes, erreurs),
        erreurs,
    )
    if colonnes:
        _check_longueur(saisie)
        _check_avenant(saisie)
    return replace(saisie, colonnes={}) if erreurs else saisie


def parse_jour(texte: str, champ: str, erreurs: Erreurs) -> date | None:
    """Day written 31/12/2022 or 2022-12-31; None, and a problem at the field, when it is not one."""
    francais, iso = _JOUR_FR.fullmatch(texte), _JOUR_ISO.fullmatch(texte)
    parts = francais.groups()[::-1] if francais else iso.groups() if iso else ()
    try:
        jour = date(*map(int, parts))
    except (TypeError, ValueError):
        erreurs.add(
            champ,
            Anomalie(
                "MLG-WEB-020",
                f"{guillemets(texte)} n’est pas une date." if texte else "Il manque une date.",
                "Écrivez le jour, le mois et l’année\u202f: 31/12/2022.",
            ),
        )
        return None
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        erreurs.add(
            champ,
            Anomalie(
                "MLG-WEB-021",
                f"L’année {jour.year} n’est pas modélisée.",
                f"Les règles vont de {ANNEE_MIN} à {ANNEE_MAX}\u202f: vérifiez l’année.",
            ),
        )
        return None
    return jour


def _read_colonnes(textes: Mapping[str, str], erreurs: Erreurs) -> dict[str, NDArray[np.generic]]:
    donnees = {
        colonne: [textes[champ]]
        for colonne, champ in _COLONNES.items()
        if colonne != "montant_unitaire" or textes[champ]
    }
    lues = read_annexes(donnees, noms=_COLONNES)
    for anomalie in lues.anomalies:
        erreurs.add(_champ_de(anomalie), _reword(anomalie))
    return lues.colonnes


def _champ_de(anomalie: Anomalie) -> str:
    """Field at which a problem is shown; of two, the last."""
    mots: list[str] = re.findall(r"[a-z]+", anomalie.ou.partition("colonne")[2])
    return [mot for mot in mots if mot in CHAMPS][-1]


def _reword(anomalie: Anomalie) -> Anomalie:
    """Same problem without the line and column of a file; an empty cell is an empty field."""
    if anomalie.code == "MLG-REG-202":
        return replace(anomalie, quoi="Ce champ est vide.", que_faire="Complétez-le.", ou="")
    return replace(anomalie, ou="")


def _read_occupation(textes: Mapping[str, str], erreurs: Erreurs) -> tuple[Decimal | Absence, ...]:
    """Monthly ETP up to the last one typed."""
    lues = [_read_etp(textes[nom], nom, erreurs) for nom in MOIS]
    while lues and isinstance(lues[-1], Absence):
        lues.pop()
    return tuple(lues)


def _read_etp(texte: str, champ: str, erreurs: Erreurs) -> Decimal | Absence:
    if not texte:
        return Absence.INCONNUE
    if _ETP.fullmatch(texte) is None:
        erreurs.add(
            champ,
            Anomalie(
                "MLG-WEB-022",
                f"{guillemets(texte)} n’est pas un nombre d’ETP réalisés.",
                "Écrivez un nombre positif, par exemple 11,5, ou laissez vide un mois inconnu.",
            ),
        )
        return Absence.INCONNUE
    return Decimal(texte.replace(",", "."))


def _read_reforme(textes: Mapping[str, str], erreurs: Erreurs) -> Reforme | None:
    code = textes["reforme"]
    if not code:
        return None
    try:
        reforme = load_reforme(code)
    except Introuvable as inconnue:
        erreurs.add("reforme", inconnue.anomalies[0])
        return None
    if textes["montant"]:
        erreurs.add(
            "reforme",
            Anomalie(
                "MLG-WEB-023",
                "Une réforme change les montants des arrêtés, pas celui que vous avez saisi.",
                "Videz le montant imprimé, ou ne choisissez pas de réforme.",
            ),
        )
    return reforme


def _check_avenant(saisie: SaisieAnnexe) -> None:
    """An avenant that takes effect outside the annexe is shown at its month."""
    debut, fin = (saisie.colonnes[nom][0].item() for nom in ("date_debut_effet", "date_fin_effet"))
    try:
        Annexe(debut, fin, Decimal(0), Centimes(0), saisie.demande.avenants)
    except SaisieInvalide as refus:
        for anomalie in refus.anomalies:
            saisie.erreurs.add(AVENANT_MOIS, anomalie)


def _check_longueur(saisie: SaisieAnnexe) -> None:
    """An occupation after the last month of the annexe is shown at its own field."""
    debut, fin = (saisie.colonnes[nom][0].item() for nom in ("date_debut_effet", "date_fin_effet"))
    duree = (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1
    for nom in MOIS[duree : len(saisie.occupation)]:
        if saisie.textes[nom]:
            saisie.erreurs.add(
                nom,
                Anomalie(
                    "MLG-WEB-024",
                    f"L’annexe ne dure que {accorder(duree, 'mois', 'mois')}\u202f: ce mois n’en fait "
                    "pas partie.",
                    "Videz ce champ, ou corrigez les dates de l’annexe.",
                ),
            )
