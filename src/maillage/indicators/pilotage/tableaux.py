"""Tables of the cockpit: by annexe, by structure, by month, and the months that are late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.etp import MOIS_PAR_AN, PERIMETRES, PILOTAGE, compute_annexes
from maillage.indicators.pilotage.faits import A_VENIR, FAIT, RETARD
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import Synthese, group

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Groupes

_CENT = 100
_GARDEES = 32
"""Tables kept in memory: a page asks for the same one again and again."""


@dataclass(frozen=True, slots=True)
class LigneAnnexe:
    """One annexe over a year.

    Attributes:
        annexe_id: Identifier of the ASP.
        numero: With its amendments.
        asp_id: Of the structure.
        type: Kind.
        denomination: Of the structure.
        siret: Of the structure, as it is now.
        etat: Of the annexe.
        suspendue: Whether its payment is suspended.
        rejet_code: Motifs of rejection of this version, empty when none.
        avenant_en_cours: Number of a later amendment that is not valid yet, empty.
        departement_argent: Of the number; empty when none is read.
        departement_structure: Of the address.
        debut: First day.
        fin: Last day.
        etp: Monthly posts agreed.
        synthese: Its figures.
    """

    annexe_id: int
    numero: str
    asp_id: int
    type: str
    denomination: str
    siret: str
    etat: str
    suspendue: bool
    rejet_code: str
    avenant_en_cours: str
    departement_argent: str
    departement_structure: str
    debut: str
    fin: str
    etp: float
    synthese: Synthese


@dataclass(frozen=True, slots=True)
class LigneStructure:
    """One structure in one kind over a year: key (asp_id, type).

    Attributes:
        asp_id: Identifier of the ASP, that two kinds may share.
        type: Kind.
        denomination: Name.
        siret: As it is now.
        departement_structure: Of its address.
        synthese: Its figures, all its annexes together.
    """

    asp_id: int
    type: str
    denomination: str
    siret: str
    departement_structure: str
    synthese: Synthese


@dataclass(frozen=True, slots=True)
class LigneMois:
    """One month of a set of annexes.

    Attributes:
        mois: 1 to 12.
        annexes_faites: Annexes of which the month is done.
        annexes_en_retard: Late.
        annexes_a_venir: To come.
        conventionne_fait: ETP agreed of the annexes whose month is done.
        conventionne_en_retard: Of those late.
        conventionne_a_venir: Of those to come.
        realise: ETP realised in the annexes done; those without a divisor are left out.
        heures: Hours.
    """

    mois: int
    annexes_faites: int
    annexes_en_retard: int
    annexes_a_venir: int
    conventionne_fait: float
    conventionne_en_retard: float
    conventionne_a_venir: float
    realise: float
    heures: float


@dataclass(frozen=True, slots=True)
class Retard:
    """Months of an annexe that should have been entered.

    Attributes:
        annexe_id: Identifier.
        numero: With its amendments.
        asp_id: Of the structure.
        type: Kind.
        denomination: Of the structure.
        mois: Late months of the year, 1 to 12.
        dernier_mois: Last month entered in the year, 0 when none is.
        etp_mois: ETP-months agreed that nothing says realised.
        euros: What they are worth at the annexe's unit amount: the aid is paid on what is entered.
    """

    annexe_id: int
    numero: str
    asp_id: int
    type: str
    denomination: str
    mois: tuple[int, ...]
    dernier_mois: int
    etp_mois: float
    euros: float


def list_annexes(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[LigneAnnexe]:
    """One line per annexe that touches the year, in the order of structures then numbers."""
    lignes = compute_annexes(faits, annee, perimetre)
    choix = (filtre or Filtre()).select(lignes)
    colonnes = {nom: faits.annexe(nom)[lignes.rangs[choix]] for nom in _TEXTES}
    etp = faits.annexe("etp_centiemes")[lignes.rangs[choix]]
    groupes = group(lignes, choix, np.arange(len(choix)), len(choix))
    trouvees = [
        LigneAnnexe(
            annexe_id=int(colonnes["annexe_id"][i]),
            numero=str(colonnes["numero"][i]),
            asp_id=int(colonnes["asp_id"][i]),
            type=str(colonnes["type"][i]),
            denomination=str(colonnes["denomination"][i]),
            siret=str(colonnes["siret"][i]),
            etat=str(colonnes["etat"][i]),
            suspendue=bool(colonnes["suspendue"][i]),
            rejet_code=str(colonnes["rejet_code"][i]),
            avenant_en_cours=str(colonnes["avenant_en_cours"][i]),
            departement_argent=str(colonnes["departement_argent"][i]),
            departement_structure=str(colonnes["departement_structure"][i]),
            debut=str(colonnes["debut"][i]),
            fin=str(colonnes["fin"][i]),
            etp=int(etp[i]) / _CENT,
            synthese=groupes.synthese(i),
        )
        for i in range(len(choix))
    ]
    return sorted(trouvees, key=lambda a: (a.denomination, a.asp_id, a.type, a.numero))


@dataclass(frozen=True, slots=True, eq=False)
class TableStructures:
    """The structures of a year, of which a page builds only the rows that it shows.

    Attributes:
        cles: (asp_id, type) of each.
        groupes: Figures of each, in the same order.
        premieres: Place, in the annexes of the facts, of the annexe that names each.
    """

    cles: tuple[Cle, ...]
    groupes: Groupes
    premieres: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.cles)

    def texte(self, nom: str) -> list[str]:
        """A column of the annexe that names each structure."""
        return [str(valeur) for valeur in self._faits.annexe(nom)[self.premieres]]

    def ligne(self, rang: int) -> LigneStructure:
        """One of them."""
        annexe = int(self.premieres[rang])
        asp_id, type_siae = self.cles[rang]
        return LigneStructure(
            asp_id=asp_id,
            type=type_siae,
            denomination=str(self._faits.annexe("denomination")[annexe]),
            siret=str(self._faits.annexe("siret")[annexe]),
            departement_structure=str(self._faits.annexe("departement_structure")[annexe]),
            synthese=self.groupes.synthese(rang),
        )

    @property
    def _faits(self) -> Faits:
        return self.groupes.lignes.faits


@lru_cache(maxsize=_GARDEES)
def open_structures(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> TableStructures:
    """Structures that have an annexe in the year, in the order of their keys."""
    lignes = compute_annexes(faits, annee, perimetre)
    choix = (filtre or Filtre()).select(lignes)
    index = index_structures(faits)
    rangs, premieres, ensembles = np.unique(
        index.rangs[lignes.rangs[choix]], return_index=True, return_inverse=True
    )
    return TableStructures(
        tuple(index.cles[rang] for rang in rangs.tolist()),
        group(lignes, choix, ensembles, len(rangs)),
        lignes.rangs[choix][premieres],
    )


def list_structures(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[LigneStructure]:
    """One line per structure and kind, by name."""
    table = open_structures(faits, annee, filtre, perimetre)
    trouvees = [table.ligne(rang) for rang in range(len(table))]
    return sorted(trouvees, key=lambda s: (s.denomination, s.asp_id, s.type))


def list_mois(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[LigneMois]:
    """Twelve lines; empty when the extract has no statements."""
    if not faits.has_saisies:
        return []
    lignes = compute_annexes(faits, annee, perimetre)
    garde = _mask(faits, lignes.rangs[(filtre or Filtre()).select(lignes)])
    dans = (faits.month("annee") == annee) & garde[faits.rangs] & faits.month("dans_la_periode")
    mois, statut = faits.month("mois")[dans], faits.month("statut")[dans]
    etp = faits.annexe("etp_centiemes")[faits.rangs[dans]] / _CENT
    diviseur = faits.annexe("heures_etp_centiemes")[faits.rangs[dans]]
    heures = faits.month("heures_centiemes")[dans]
    calcule = diviseur > 0
    realise = np.zeros(len(mois))
    realise[calcule] = heures[calcule] * MOIS_PAR_AN / diviseur[calcule]
    trouves = []
    for numero in range(1, MOIS_PAR_AN + 1):
        la = mois == numero
        fait, retard, a_venir = (la & (statut == etat) for etat in (FAIT, RETARD, A_VENIR))
        trouves.append(
            LigneMois(
                mois=numero,
                annexes_faites=int(fait.sum()),
                annexes_en_retard=int(retard.sum()),
                annexes_a_venir=int(a_venir.sum()),
                conventionne_fait=float(etp[fait].sum()),
                conventionne_en_retard=float(etp[retard].sum()),
                conventionne_a_venir=float(etp[a_venir].sum()),
                realise=float(realise[la].sum()),
                heures=int(heures[la].sum()) / _CENT,
            )
        )
    return trouves


def list_retards(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[Retard]:
    """Annexes with late months, what is worth most first."""
    return list(_find_retards(faits, annee, filtre or Filtre(), perimetre))


@lru_cache(maxsize=_GARDEES)
def _find_retards(faits: Faits, annee: int, filtre: Filtre, perimetre: str) -> tuple[Retard, ...]:
    lignes = compute_annexes(faits, annee, perimetre)
    choix = filtre.select(lignes)
    choix = choix[lignes.retard_mois[choix] > 0]
    garde = _mask(faits, lignes.rangs[choix])[faits.rangs] & faits.month("dans_la_periode")
    dans = (faits.month("annee") == annee) & garde
    statut, mois = faits.month("statut")[dans], faits.month("mois")[dans]
    tardifs: dict[int, list[int]] = {}
    derniers: dict[int, int] = {}
    for rang, etat, numero in zip(faits.rangs[dans], statut, mois, strict=True):
        if etat == RETARD:
            tardifs.setdefault(int(rang), []).append(int(numero))
        elif etat == FAIT:
            derniers[int(rang)] = max(derniers.get(int(rang), 0), int(numero))
    unitaire = faits.annexe("montant_unitaire_centimes") / _CENT
    noms = ("annexe_id", "numero", "asp_id", "type", "denomination")
    ids, numeros, asp, types, denominations = (faits.annexe(nom) for nom in noms)
    trouves = []
    for place in choix:
        rang = int(lignes.rangs[place])
        etp_mois = float(lignes.conventionne[1, place])
        trouves.append(
            Retard(
                annexe_id=int(ids[rang]),
                numero=str(numeros[rang]),
                asp_id=int(asp[rang]),
                type=str(types[rang]),
                denomination=str(denominations[rang]),
                mois=tuple(tardifs[rang]),
                dernier_mois=derniers.get(rang, 0),
                etp_mois=etp_mois,
                euros=etp_mois * float(unitaire[rang]) / MOIS_PAR_AN,
            )
        )
    return tuple(sorted(trouves, key=lambda r: (-r.euros, r.numero)))


def list_annees(faits: Faits) -> list[int]:
    """Years that an annexe of the extract touches, the last first."""
    compte = faits.annexe(PERIMETRES[PILOTAGE])
    debuts = faits.annexe("debut").astype("datetime64[Y]").astype(int)[compte] + 1970
    fins = faits.annexe("fin").astype("datetime64[Y]").astype(int)[compte] + 1970
    annees: set[int] = set()
    for debut, fin in zip(debuts, fins, strict=True):
        annees.update(range(int(debut), int(fin) + 1))
    return sorted(annees, reverse=True)


_TEXTES = (
    *("annexe_id", "numero", "asp_id", "type", "denomination", "siret", "etat", "suspendue"),
    *("rejet_code", "avenant_en_cours", "departement_argent", "departement_structure"),
    *("debut", "fin"),
)


def _mask(faits: Faits, rangs: NDArray[np.int64]) -> NDArray[np.bool_]:
    garde = np.zeros(faits.annexes.num_rows, dtype=bool)
    garde[rangs] = True
    return garde
