"""Downloads of structures beside the extract: what is the same, what differs, what the next one brings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from maillage.analyses.pilotage.dgefp import strip_amendments
from maillage.data.sources.releves.colonnes import CHIFFRES
from maillage.data.sources.releves.modele import MILLION
from maillage.indicators.pilotage.etp import MOIS_PAR_AN
from maillage.indicators.pilotage.faits import A_VENIR, FAIT, RETARD
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.data.sources.releves.modele import Cle, CleAnnexe, Dit, Releves
    from maillage.indicators.pilotage.lecture import Faits

_ECART_NUL: Final = 0.005
"""Half of the last digit shown: published ETP are rounded somewhere, hours are hundredths."""


class Situation(Enum):
    """Of a figure in a download against the extract; the value is the word shown, in French."""

    DIFFERE = "diffère"
    PLUS_RECENT = "plus récent que l’extrait"
    ABSENT = "absent de l’extrait"
    PERIME = "d’un avenant remplacé"
    NON_SAISI = "dans l’extrait seulement"
    EGAL = "égal"
    SANS_EXTRAIT = "sans extrait"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files."""
        return self.name.lower()


_ORDRE = {situation: rang for rang, situation in enumerate(Situation)}


@dataclass(frozen=True, slots=True)
class ChiffreReleve:
    """One figure of one annexe, in the downloads and in the extract.

    Attributes:
        annexe: Number, or the ASP's own identifier when the file gives no number.
        denomination: Of the structure: the extract's, else the file's.
        annee: Of the month; 0 for what is said of the annexe itself.
        mois: From 1; 0 for what is said of the annexe itself.
        chiffre: `heures`, `etp_realises` and `part_etp` (of the month), `etp_conventionnes`.
        releve: In the downloads.
        extrait: In the extract.
        ecart: The downloads less the extract.
        situation: Of the one against the other.
        statut_extrait: Of the month in the extract: `fait`, `retard`, `a_venir`; empty when it has none.
        brouillon: Hours of drafts in the downloads, that `heures` leaves out.
        fichiers: Files that say it.
    """

    annexe: str
    denomination: str
    annee: int
    mois: int
    chiffre: str
    releve: Valeur
    extrait: Valeur
    ecart: Valeur
    situation: Situation
    statut_extrait: str
    brouillon: Valeur
    fichiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mois:
    """A month of the annexes of a number, in the extract."""

    statut: str
    chiffres: Mapping[str, Valeur]


def set_beside(releves: Releves, faits: Faits | None) -> list[ChiffreReleve]:
    """Each figure of the downloads beside the extract: differences first, the largest ones first.

    Args:
        releves: Read.
        faits: Of an extract; None when none is imported: nothing is compared.
    """
    trouve = _Annuaire(faits, {cle[0] for cle in releves.dits}) if faits else None
    lignes = [
        ligne for cle, dit in releves.dits.items() for ligne in _compare(cle, dit, releves, trouve)
    ]
    return sorted(lignes, key=_order)


def count_situations(lignes: Iterable[ChiffreReleve]) -> dict[str, dict[Situation, int]]:
    """How many figures are in each situation, by name of the figure."""
    comptes: dict[str, dict[Situation, int]] = defaultdict(dict)
    for ligne in lignes:
        sien = comptes[ligne.chiffre]
        sien[ligne.situation] = sien.get(ligne.situation, 0) + 1
    return dict(comptes)


class _Annuaire:
    """Annexes of an extract by the names that files give them, and their months.

    Attributes:
        faits: Of the extract.
        rangs: Places of the annexes of each key; none when the extract does not have it.
    """

    def __init__(self, faits: Faits, cles: set[CleAnnexe]) -> None:
        self.faits = faits
        numeros: dict[str, list[int]] = defaultdict(list)
        for rang, numero in enumerate(faits.annexe("numero")):
            numeros[numero].append(rang)
            numeros[strip_amendments(numero)].append(rang)
        self.rangs = {cle: self._find(cle, numeros) for cle in cles}
        voulus = np.unique([r for rangs in self.rangs.values() for r in rangs]).astype(np.int64)
        annees, mois = faits.month("annee"), faits.month("mois")
        self._mois = {
            (int(faits.rangs[i]), int(annees[i]), int(mois[i])): int(i)
            for i in np.flatnonzero(np.isin(faits.rangs, voulus))
        }

    def _find(self, cle: CleAnnexe, numeros: Mapping[str, list[int]]) -> list[int]:
        if cle.identifiant:
            try:
                return [self.faits.find_annexe(cle.identifiant)]
            except KeyError:
                pass
        return numeros.get(cle.numero) or numeros.get(strip_amendments(cle.numero)) or []

    def get_number(self, cle: CleAnnexe) -> str:
        """Number in the extract; empty when it does not have the annexe, or several of that number."""
        rangs = self.rangs[cle]
        return str(self.faits.annexe("numero")[rangs[0]]) if len(rangs) == 1 else ""

    def get_denomination(self, cle: CleAnnexe) -> str:
        """Of the structure; empty when the extract does not have the annexe."""
        rangs = self.rangs[cle]
        return str(self.faits.annexe("denomination")[rangs[0]]) if rangs else ""

    def get_posts(self, cle: CleAnnexe) -> Valeur:
        """Posts agreed; unknown when several annexes of one number agree on others."""
        connus = self.faits.is_known("etp_centiemes")
        centiemes = self.faits.annexe("etp_centiemes")
        dits = {int(centiemes[rang]) for rang in self.rangs[cle] if connus[rang]}
        return dits.pop() / 100 if len(dits) == 1 else Absence.INCONNUE

    def get_month(self, cle: CleAnnexe, annee: int, mois: int) -> _Mois:
        """A month; its figures are summed over the annexes of the number that have it."""
        places = [
            self._mois[rang, annee, mois]
            for rang in self.rangs[cle]
            if (rang, annee, mois) in self._mois
        ]
        statuts = [str(self.faits.month("statut")[i]) for i in places]
        statut = FAIT if FAIT in statuts else statuts[0] if statuts else ""
        return _Mois(
            statut,
            {
                "heures": _add(self._read("heures_centiemes", i, 100) for i in places),
                "etp_realises": _add(self._read_etp(i) for i in places),
                "part_etp": _add(self._read("part_etp_millioniemes", i, MILLION) for i in places),
            },
        )

    def _read(self, nom: str, place: int, unite: float) -> float | None:
        if not self.faits.knows_month(nom)[place]:
            return None
        return float(self.faits.month(nom)[place]) / unite

    def _read_etp(self, place: int) -> float | None:
        """Hours over the divisor of the annexe itself, of a month."""
        heures = self._read("heures_centiemes", place, 100)
        diviseur = float(self.faits.annexe("heures_etp_centiemes")[self.faits.rangs[place]]) / 100
        return None if heures is None or diviseur <= 0 else heures * MOIS_PAR_AN / diviseur


def _compare(cle: Cle, dit: Dit, releves: Releves, trouve: _Annuaire | None) -> list[ChiffreReleve]:
    annexe, annee, mois = cle
    sien = trouve.get_month(annexe, annee, mois) if trouve and annee else _Mois("", {})
    if trouve and not annee:
        sien = _Mois("", {"etp_conventionnes": trouve.get_posts(annexe)})
    nom = (trouve.get_denomination(annexe) if trouve else "") or releves.structures.get(annexe, "")
    chiffres: dict[str, Valeur] = {c: valeur / MILLION for c, valeur in dit.chiffres.items()}
    if not chiffres and not isinstance(sien.chiffres.get("heures", Absence.INCONNUE), Absence):
        chiffres = {"heures": Absence.INCONNUE}  # the file has the month, and nothing in it
    brouillon: Valeur = Absence.SANS_OBJET if dit.brouillon is None else dit.brouillon / MILLION
    lignes = []
    for chiffre, lu in chiffres.items():
        ici = sien.chiffres.get(chiffre, Absence.INCONNUE)
        lignes.append(
            ChiffreReleve(
                annexe.numero or (trouve and trouve.get_number(annexe)) or str(annexe.identifiant),
                nom,
                annee,
                mois,
                chiffre,
                lu,
                ici,
                _minus(lu, ici),
                _judge(cle, dit, lu, ici, sien.statut, trouve)
                if trouve
                else Situation.SANS_EXTRAIT,
                sien.statut,
                brouillon if chiffre == "heures" else Absence.SANS_OBJET,
                releves.sources[cle],
            )
        )
    return lignes


def _judge(
    cle: Cle, dit: Dit, lu: Valeur, ici: Valeur, statut: str, trouve: _Annuaire
) -> Situation:
    annexe, annee, mois = cle
    extraction = trouve.faits.extrait.extraction
    if not trouve.rangs[annexe]:
        return Situation.ABSENT
    if isinstance(lu, Absence):
        return Situation.NON_SAISI
    if isinstance(ici, Absence):
        attendu = trouve.faits.has_saisies and statut in {RETARD, A_VENIR}
        apres = (annee, mois) >= (extraction.year, extraction.month)
        return Situation.PLUS_RECENT if attendu or apres else Situation.ABSENT
    if abs(lu - ici) < _ECART_NUL:
        return Situation.EGAL
    if not annee and (autre := _judge_amendment(annexe.numero, trouve.get_number(annexe))):
        return autre
    recent = dit.touche_le is not None and dit.touche_le > extraction
    return Situation.PLUS_RECENT if recent else Situation.DIFFERE


def _judge_amendment(lu: str, ici: str) -> Situation | None:
    """Of posts that differ because the amendment does; None when it is the same or nobody knows."""
    suites = lu.removeprefix(strip_amendments(lu)), ici.removeprefix(strip_amendments(ici))
    if not all(suites) or suites[0] == suites[1]:
        return None
    return Situation.PLUS_RECENT if suites[0] > suites[1] else Situation.PERIME


def _order(ligne: ChiffreReleve) -> tuple[object, ...]:
    taille = 0.0 if isinstance(ligne.ecart, Absence) else abs(ligne.ecart)
    return (
        _ORDRE[ligne.situation],
        -taille,
        ligne.annexe,
        ligne.annee,
        ligne.mois,
        CHIFFRES.index(ligne.chiffre),
    )


def _add(valeurs: Iterable[float | None]) -> Valeur:
    connues = [valeur for valeur in valeurs if valeur is not None]
    return sum(connues) if connues else Absence.INCONNUE


def _minus(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence) or isinstance(b, Absence):
        return Absence.INCONNUE
    return a - b
