"""The structures of a network: real communes, numbers of nobody, invented names that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from stdnum import luhn

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.calibrage import FIN, ORIGINE
from maillage.data.synthetic.lieux import load_lieux
from maillage.data.synthetic.noms import MARQUE, make_nom
from maillage.data.synthetic.parametres import ACI, EI, EITI, ETTI, TYPES
from maillage.data.synthetic.tailles import count_places, split_number
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import join_fr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.data.synthetic.calibrage import Calibrage
    from maillage.data.synthetic.lieux import Lieu
    from maillage.data.synthetic.parametres import Parametres
    from maillage.data.synthetic.tirages import Alea

_SIREN_MAX = 9_999
"""Numbers of legal persons available: « 0000 », four digits and the key."""
STRUCTURES_MAX = 7_500
"""So many that those that replace others still have a number."""
_VIE_MINIMALE = 500
"""Days before a structure may close."""


@dataclass(frozen=True, slots=True)
class Structures:
    """One row per (asp_id, kind). Everything has shape `(n,)`.

    Attributes:
        type: Rank in TYPES.
        penitentiaire: Whether it works in prison.
        asp_id: Identifier of the legal person, shared by two kinds for some.
        ordre: Order number in its département and kind.
        places: People at the fullest month.
        phase: 0, 1, 2: year of its first convention.
        premier_jour: Of its life, days since 1970.
        dernier_jour: Of its life.
        lieux: Communes.
        departements_argent: Département of the conventions, usual code.
        sirets: Of today.
        sirets_signature: When the convention was signed.
        denominations: All end with the mark.
    """

    type: NDArray[np.int64]
    penitentiaire: NDArray[np.bool_]
    asp_id: NDArray[np.int64]
    ordre: NDArray[np.int64]
    places: NDArray[np.int64]
    phase: NDArray[np.int64]
    premier_jour: NDArray[np.int64]
    dernier_jour: NDArray[np.int64]
    lieux: tuple[Lieu, ...]
    departements_argent: tuple[str, ...]
    sirets: tuple[str, ...]
    sirets_signature: tuple[str, ...]
    denominations: tuple[str, ...]

    def __len__(self) -> int:
        """How many."""
        return len(self.type)

    @property
    def rangs(self) -> NDArray[np.int64]:
        """Rank of each: the key of its draws."""
        return np.arange(len(self))


def make_structures(parametres: Parametres, calibrage: Calibrage, alea: Alea) -> Structures:
    """Every structure of the history of a network: one that closes leaves its places to a new one.

    Raises:
        SaisieInvalide: the régions that are asked for have no structure of a kind (MLG-SYN-003).
    """
    types, lieux = _place(parametres, calibrage, alea)
    places = count_places(parametres, calibrage, alea, types, lieux)
    rangs, premier, dernier = _draw_lives(alea, len(types))
    types, places = types[rangs], places[rangs]
    lieux = tuple(lieux[rang] for rang in rangs)
    restent = dernier == dernier.max()
    porteurs = _share_persons(types, lieux, alea, restent)
    lieux = tuple(lieux[porteur] for porteur in porteurs)
    sirets = [make_siret(int(porteur), 1) for porteur in porteurs]
    change = alea.uniform("siret change", porteurs) < hypotheses.PART_SIRET_CHANGE
    argent = _money_departements(lieux, alea, restent)
    noms = {int(p): make_nom(alea, int(p), int(types[p]), lieux[p].nom) for p in set(porteurs)}
    return Structures(
        type=types,
        penitentiaire=_draw(alea, "penitentiaire", hypotheses.PART_PENITENTIAIRE, types),
        asp_id=porteurs + 100_001,
        ordre=_number(types, argent),
        places=places,
        phase=alea.integers(0, 2, "phase", np.arange(len(types))),
        premier_jour=premier,
        dernier_jour=dernier,
        lieux=lieux,
        departements_argent=argent,
        sirets=tuple(sirets),
        sirets_signature=tuple(
            make_siret(int(porteur), 2) if change[rang] else sirets[rang]
            for rang, porteur in enumerate(porteurs)
        ),
        denominations=tuple(f"{noms[int(porteur)]}{MARQUE}" for porteur in porteurs),
    )


def _place(
    parametres: Parametres, calibrage: Calibrage, alea: Alea
) -> tuple[NDArray[np.int64], tuple[Lieu, ...]]:
    """Kind and commune of each: communes of the register, in an order that the seed draws.

    Raises:
        SaisieInvalide: the régions that are asked for have no structure of a kind (MLG-SYN-003).
    """
    connus = load_lieux()
    nombres = split_number(parametres.structures, calibrage.structures_by_type())
    types: list[int] = []
    lieux: list[Lieu] = []
    for rang_type, nombre in enumerate(nombres):
        modele = ETTI if rang_type == EITI else rang_type
        communes = [
            code
            for rang, code, _ in calibrage.structures
            if rang == modele
            and (not parametres.regions or connus[code].region in parametres.regions)
        ]
        if nombre and not communes:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-SYN-003",
                    f"Aucune structure de type {TYPES[modele]} du registre n’est dans les régions "
                    f"{join_fr(sorted(parametres.regions))}.",
                    "Ajoutez une région.",
                    "--regions",
                )
            )
        ordre = np.argsort(
            alea.uniform("commune", rang_type, np.arange(len(communes))), kind="stable"
        )
        for rang in range(nombre):
            types.append(rang_type)
            lieux.append(connus[communes[ordre[rang % len(ordre)]]])
    return np.array(types, dtype=np.int64), tuple(lieux)


def _draw(
    alea: Alea, nom: str, parts: Mapping[int, float], types: NDArray[np.int64]
) -> NDArray[np.bool_]:
    seuils = np.array([parts.get(rang, 0.0) for rang in range(len(TYPES))])
    return alea.uniform(nom, np.arange(len(types))) < seuils[types]


def _share_persons(
    types: NDArray[np.int64], lieux: tuple[Lieu, ...], alea: Alea, restent: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Rank of the structure whose legal person carries each one, itself for most.

    Those that close share nothing. At least one legal person carries two kinds as soon as there are
    an ACI and an EI or ETTI.
    """
    porteurs = np.arange(len(types))
    enfants = np.flatnonzero(((types == EI) | (types == ETTI)) & restent)
    libres: dict[str, list[int]] = {}
    for rang in np.flatnonzero((types == ACI) & restent):
        libres.setdefault(lieux[rang].departement, []).append(int(rang))
    choisis = enfants[alea.uniform("deux types", enfants) < hypotheses.PART_DEUX_TYPES]
    for rang in choisis:
        voisins = libres.get(lieux[rang].departement)
        if voisins:
            porteurs[rang] = voisins.pop(0)
    if len(enfants) and libres and (porteurs == np.arange(len(types))).all():
        porteurs[enfants[0]] = next(iter(libres.values()))[0]
    return porteurs


def make_siret(porteur: int, etablissement: int) -> str:
    """SIRET with right keys and a SIREN that begins with four zeros: no company has one.

    Raises:
        ValueError: there are more legal persons than such numbers.
    """
    if porteur >= _SIREN_MAX:
        msg = f"{porteur} is over the {_SIREN_MAX} numbers that can be invented"
        raise ValueError(msg)
    siren = f"0000{porteur + 1:04d}"
    siren += luhn.calc_check_digit(siren)
    corps = f"{siren}{etablissement:04d}"
    return corps + luhn.calc_check_digit(corps)


def _money_departements(
    lieux: tuple[Lieu, ...], alea: Alea, restent: NDArray[np.bool_]
) -> tuple[str, ...]:
    """Département of the conventions: for a few, and for one at least, another one of the same région."""
    voisins: dict[str, set[str]] = {}
    for lieu in load_lieux().values():
        voisins.setdefault(lieu.region, set()).add(lieu.departement)
    rangs = np.arange(len(lieux))
    autres = [sorted(voisins[lieu.region] - {lieu.departement}) for lieu in lieux]
    peut = np.array([bool(noms) for noms in autres]) & restent
    ailleurs = peut & (alea.uniform("argent", rangs) < hypotheses.PART_AUTRE_DEPARTEMENT)
    if peut.any() and not ailleurs.any():
        ailleurs[np.argmax(peut)] = True
    choix = alea.uniform("argent ou", rangs)
    return tuple(
        noms[int(choix[rang] * len(noms))] if ailleurs[rang] else lieu.departement
        for rang, (lieu, noms) in enumerate(zip(lieux, autres, strict=True))
    )


def _number(types: NDArray[np.int64], argent: tuple[str, ...]) -> NDArray[np.int64]:
    suites: dict[tuple[int, str], int] = {}
    ordres = []
    for cle in zip(types.tolist(), argent, strict=True):
        suites[cle] = suites.get(cle, 0) + 1
        ordres.append(suites[cle])
    return np.array(ordres, dtype=np.int64)


def _draw_lives(
    alea: Alea, nombre: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Which of the `nombre` places each structure takes, its first and its last day.

    The first `nombre` structures are there from the beginning; those that follow replace, the day
    after, one that closes.
    """
    places = list(range(nombre))
    premier = [_day(ORIGINE, 1)] * nombre
    dernier = [_day(FIN, 12)] * nombre
    tenant = np.arange(nombre)
    rangs = np.arange(nombre)
    for annee in range(ORIGINE + 1, FIN):
        mois = alea.integers(4, 12, "mois de fermeture", rangs, annee)
        for rang in np.flatnonzero(
            alea.uniform("fermeture", rangs, annee) < hypotheses.PART_FERMEES
        ):
            jour = _day(annee, int(mois[rang]))
            if jour - premier[tenant[rang]] < _VIE_MINIMALE:
                continue
            dernier[tenant[rang]] = jour - 1
            tenant[rang] = len(places)
            places.append(int(rang))
            premier.append(jour)
            dernier.append(_day(FIN, 12))
    return np.array(places), np.array(premier), np.array(dernier)


def _day(annee: int, mois: int) -> int:
    return int(np.datetime64(f"{annee:04d}-{mois:02d}-01", "D").astype(np.int64))
