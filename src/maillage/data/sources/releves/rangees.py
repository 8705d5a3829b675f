"""Rows of a download: which annexe, which month, which figures; faults are gathered, never thrown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maillage.data.sources.releves.cellules import (
    is_ambiguous,
    read_day,
    read_identifier,
    read_month,
    read_number,
    show,
)
from maillage.data.sources.releves.colonnes import CHIFFRES, MENSUELS
from maillage.data.sources.releves.modele import CleAnnexe
from maillage.data.sources.releves.numero import find_measure, read_annexe_number
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.data.sources.flux_iae.rapport import Releve as Rapport
    from maillage.data.sources.releves.feuilles import Feuille

_NOMBRE = "Écrivez un nombre sans unité, avec une virgule ou un point pour les décimales."
_JOUR = "Écrivez le mois en AAAA-MM ou en JJ/MM/AAAA, ou l’année et le mois dans deux colonnes."
_ANNEXE = "Gardez le numéro de l’annexe tel que téléchargé, par exemple ACI051170013A0M1."
_SUITES: Final = {
    **dict.fromkeys(("annee", "mois", "mois_saisi", "validation", "retouche"), _JOUR),
    **dict.fromkeys(("numero", "annexe_id", "renouvellement", "modification"), _ANNEXE),
}
BROUILLON = "BROUILLON"
COMPTENT = ("", "VALIDE", "PROVISOIRE", "CLOTURE")
"""States of the annexes whose posts count in national tables; the others are replaced or not yet agreed."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row that could be read.

    Attributes:
        ligne: In the file.
        annexe: Which one.
        mois: Year and month; None when the row tells none.
        chiffres: Millionths, by name; an empty cell gives none.
        brouillon: Whether the statement is a draft.
        denomination: Of the structure, empty when the file does not give it.
        touche_le: Last day on which it was validated or changed.
    """

    ligne: int
    annexe: CleAnnexe
    mois: tuple[int, int] | None
    chiffres: Mapping[str, int]
    brouillon: bool
    denomination: str
    touche_le: date | None


@dataclass(slots=True)
class Lecture:
    """Reads the rows of one table.

    Attributes:
        feuille: The table.
        places: Columns of each field.
        rapport: Where faults are noted.
        sans_mois: Rows that tell no month because nothing was entered.
        autres_etats: Rows of posts of an annexe, or of a version of it, that does not count.
        autres_mesures: Rows of annexes of another measure than the five of the IAE.
    """

    feuille: Feuille
    places: Mapping[str, tuple[int, ...]]
    rapport: Rapport
    sans_mois: int = 0
    autres_etats: int = 0
    autres_mesures: int = 0
    _dites: set[str] = field(default_factory=set)

    def read(self) -> list[Rangee]:
        """Every row that can be read."""
        self._check_ambiguous()
        lues = zip(self.feuille.lignes, self.feuille.rangees, strict=True)
        rangees = [self._read_row(ligne, cellules) for ligne, cellules in lues]
        return [rangee for rangee in rangees if rangee is not None]

    def _read_row(self, ligne: int, cellules: list[str]) -> Rangee | None:
        textes = self._take_texts(ligne, cellules)
        annexe = self._read_annexe(ligne, textes)
        chiffres = self._read_figures(ligne, textes)
        saisie = self._is_entered(textes, chiffres)
        mois = self._read_month(ligne, textes, saisie=saisie)
        jours = [self._read_day(ligne, champ, textes) for champ in ("validation", "retouche")]
        if annexe is None:
            return None
        if not saisie:  # an empty month is not a month of no hour
            chiffres = {nom: v for nom, v in chiffres.items() if nom not in MENSUELS}
        if textes.get("etat_annexe", "").upper() not in COMPTENT:
            self.autres_etats += chiffres.pop("etp_conventionnes", None) is not None
        return Rangee(
            ligne,
            annexe,
            mois,
            chiffres,
            textes.get("etat", "").upper() == BROUILLON,
            textes.get("denomination", "")[:200],
            max((jour for jour in jours if jour), default=None),
        )

    def _take_texts(self, ligne: int, cellules: list[str]) -> dict[str, str]:
        """Text of each field; several columns that tell one field must agree where they are filled."""
        textes = {}
        for champ, rangs in self.places.items():
            remplis = {cellules[rang].strip() for rang in rangs} - {""}
            if len(remplis) > 1 and len({_as_value(t) for t in remplis}) > 1:
                noms = " et ".join(guillemets(self.feuille.entetes[rang]) for rang in rangs)
                self._refuse(
                    "MLG-RLV-005",
                    f"Les colonnes {noms} se contredisent.",
                    "Gardez celle qui est juste.",
                    champ,
                    ligne,
                )
            textes[champ] = min(remplis, default="")
        return textes

    def _read_annexe(self, ligne: int, textes: Mapping[str, str]) -> CleAnnexe | None:
        identifiant, numero = 0, ""
        if texte := textes.get("annexe_id", ""):
            identifiant = read_identifier(texte) or 0
            if not identifiant:
                self._refuse_cell("annexe_id", texte, ligne)
                return None
        if texte := textes.get("numero", ""):
            numero = read_annexe_number(
                texte, textes.get("renouvellement", ""), textes.get("modification", "")
            )
            if not numero:
                if find_measure(texte):
                    self.autres_mesures += 1
                else:
                    self._refuse_cell("numero", texte, ligne)
                return None
        if not identifiant and not numero:
            champ = "numero" if "numero" in self.places else "annexe_id"
            self._refuse_cell(champ, "", ligne)
            return None
        return CleAnnexe(identifiant, numero)

    def _read_figures(self, ligne: int, textes: Mapping[str, str]) -> dict[str, int]:
        lus = {}
        for champ in CHIFFRES:
            texte = textes.get(champ, "")
            valeur = read_number(texte)
            if valeur is not None:
                lus[champ] = valeur
            elif texte:
                self._refuse_cell(champ, texte, ligne)
        return lus

    def _is_entered(self, textes: Mapping[str, str], chiffres: Mapping[str, int]) -> bool:
        """Whether the structure entered something: national tables write 0 for what nobody did."""
        if dite := textes.get("saisie", ""):
            return not dite.lower().startswith(("n", "f", "0"))
        if "etat" in self.places and not textes["etat"]:
            return any(chiffres.get(nom) for nom in MENSUELS)
        return True

    def _read_month(
        self, ligne: int, textes: Mapping[str, str], *, saisie: bool
    ) -> tuple[int, int] | None:
        annee, saisi = textes.get("annee", ""), textes.get("mois_saisi", "")
        mois = textes.get("mois", "") if "annee" in self.places else ""
        if not {"mois", "mois_saisi"} & self.places.keys():
            return None
        trouves: set[tuple[int, int]] = set()
        if mois:
            lu = read_month(annee, mois)
            if lu is None:
                self._refuse_cell(
                    "mois" if read_month("2025", mois) is None else "annee", mois, ligne
                )
                return None
            trouves.add(lu)
        if saisi:
            jour = self._read_day(ligne, "mois_saisi", textes)
            if jour is None:
                return None
            trouves.add((jour.year, jour.month))
        if len(trouves) > 1:
            self._refuse(
                "MLG-RLV-005",
                "La date de saisie et l’année avec le mois ne disent pas le même mois.",
                "Gardez ce qui est juste.",
                "mois",
                ligne,
            )
        elif not trouves and saisie:
            self._refuse_cell("mois_saisi" if "mois_saisi" in self.places else "mois", "", ligne)
        elif not trouves:
            self.sans_mois += 1
        return min(trouves, default=None)

    def _read_day(self, ligne: int, champ: str, textes: Mapping[str, str]) -> date | None:
        texte = textes.get(champ, "")
        if not texte:
            return None
        jour = read_day(texte, classeur=self.feuille.classeur)
        if jour is None:
            self._refuse_cell(champ, texte, ligne)
        return jour

    def _check_ambiguous(self) -> None:
        for champ in CHIFFRES:
            for rang in self.places.get(champ, ()):
                if is_ambiguous(rangee[rang] for rangee in self.feuille.rangees):
                    self.rapport.refuse(
                        Anomalie(
                            "MLG-RLV-012",
                            f"{guillemets(self.feuille.entetes[rang])} a des virgules qui peuvent séparer des "
                            "milliers ou des décimales.",
                            "Téléchargez de nouveau sans mise en forme des nombres, ou écrivez toutes les "
                            "décimales avec un point.",
                            f"{self.feuille.nom}, colonne {rang + 1}",
                        )
                    )

    def _refuse_cell(self, champ: str, texte: str, ligne: int) -> None:
        noms = " ou ".join(guillemets(self.feuille.entetes[rang]) for rang in self.places[champ])
        quoi = f"{noms} ne se lit pas : {show(texte)}." if texte else f"{noms} est vide."
        self._refuse("MLG-RLV-007", quoi, _SUITES.get(champ, _NOMBRE), champ, ligne)

    def _refuse(self, code: str, quoi: str, suite: str, champ: str, ligne: int) -> None:
        """Count a fault with those of its kind and column."""
        rang = self.places[champ][0] if champ in self.places else 0
        ou = f"{self.feuille.nom}, colonne {rang + 1}"
        self.rapport.refuse(Anomalie(code, quoi, suite, ou), [ligne])


def _as_value(texte: str) -> object:
    nombre = read_number(texte)
    return texte if nombre is None else nombre
