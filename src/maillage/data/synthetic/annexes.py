"""The annexes of a network, year after year, and the successive versions of each with their dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.calibrage import ORIGINE, month_index
from maillage.data.synthetic.jours import JAMAIS, first_of_month
from maillage.data.synthetic.parametres import EITI, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.calibrage import Calibrage
    from maillage.data.synthetic.parametres import Bareme
    from maillage.data.synthetic.structures import Structures
    from maillage.data.synthetic.tirages import Alea

ANNEES_MAX = 64
"""Identifiers of annexes of one structure; the year is written on them."""
_REFERENCE = 2010
VERSIONS_MAX = 3
_PERIODES = ((1, 6), (4, 12), (7, 12), (1, 8))
"""Incomplete years: first and last month."""


@dataclass(frozen=True, slots=True)
class Annexes:
    """One row per annexe, its versions apart. Shape `(n,)` unless said.

    Attributes:
        identifiant: Shared by all the versions.
        structure: Rank of the structure.
        annee: Year of its beginning.
        debut, fin: Days.
        premiere_annee: Year of the convention that it belongs to.
        renouvellement: Number of the renewal amendment.
        parue: First day on which an extract shows it.
        etp: Agreed posts of each version, hundredths. Shape `(n, 3)`.
        saisie, rejet, provisoire, valide, historise: Days of the states of each version. Shape `(n, 3)`;
            JAMAIS for a state, or a version, that does not come.
        motif: Rank of the reason of the rejection. Shape `(n, 3)`.
        disparue: First day on which extracts do not show it any more.
        demande_annulation, annulation, cloture, suspension, reprise: Days.
    """

    identifiant: NDArray[np.int64]
    structure: NDArray[np.int64]
    annee: NDArray[np.int64]
    debut: NDArray[np.int64]
    fin: NDArray[np.int64]
    premiere_annee: NDArray[np.int64]
    renouvellement: NDArray[np.int64]
    parue: NDArray[np.int64]
    disparue: NDArray[np.int64]
    etp: NDArray[np.int64]
    saisie: NDArray[np.int64]
    rejet: NDArray[np.int64]
    provisoire: NDArray[np.int64]
    valide: NDArray[np.int64]
    historise: NDArray[np.int64]
    motif: NDArray[np.int64]
    demande_annulation: NDArray[np.int64]
    annulation: NDArray[np.int64]
    cloture: NDArray[np.int64]
    suspension: NDArray[np.int64]
    reprise: NDArray[np.int64]

    def __len__(self) -> int:
        """How many."""
        return len(self.identifiant)

    def is_shown(self, au: int) -> NDArray[np.bool_]:
        """Whether an extract of that day shows it."""
        return (self.parue <= au) & (self.disparue > au)

    @property
    def ouverture(self) -> NDArray[np.int64]:
        """Day from which statements can be entered: it is known to the ASP."""
        premiere = np.minimum(self.provisoire[:, 0], self.valide[:, 0])
        return np.maximum(self.parue, premiere)


def expected_etp(calibrage: Calibrage, bareme: Bareme) -> NDArray[np.float64]:
    """Full-time equivalents that one place at work gives over a year, by kind. Shape `(5,)`.

    Those realised over the country by kind, divided by the people of the same year.
    """
    annee = bareme.annee_etp
    stock = calibrage.stock[month_index(annee, 1) : month_index(annee + 1, 1)].mean()
    par_personne = np.zeros(len(TYPES))
    for rang, nom in enumerate(TYPES):
        if rang == EITI:
            par_personne[rang] = hypotheses.HEURES_EITI * 12 / bareme.heures_par_etp(nom)
        else:
            par_personne[rang] = bareme.etp_realises[nom] / (stock * calibrage.parts_types[rang])
    return par_personne


def make_annexes(
    structures: Structures,
    calibrage: Calibrage,
    bareme: Bareme,
    alea: Alea,
    premiere: int,
    derniere: int,
) -> Annexes:
    """Annexes of the years from `premiere` to `derniere`."""
    structure = np.repeat(structures.rangs, derniere - premiere + 1)
    annee = np.tile(np.arange(premiere, derniere + 1), len(structures))
    debut, fin = _draw_period(structures, alea, structure, annee)
    vit = (debut <= fin) & _has_amount(structures, bareme, structure, annee)
    structure, annee, debut, fin = structure[vit], annee[vit], debut[vit], fin[vit]
    renouvellement = (annee - structures.phase[structure]) % 3
    renouvellement = np.minimum(
        renouvellement,
        annee
        - structures.premier_jour[structure]
        .astype("datetime64[D]")
        .astype("datetime64[Y]")
        .astype(np.int64)
        - 1970,
    )
    etp = _draw_etp(structures, calibrage, bareme, alea, structure, annee)
    cles = (structure, annee)
    dates = _draw_states(alea, structure, annee, debut, renouvellement)
    annulee = alea.uniform("annulation", *cles) < hypotheses.PART_ANNULE
    demande = np.where(
        annulee, first_of_month(annee, 4) + alea.integers(0, 150, "jour annulation", *cles), JAMAIS
    )
    close = (alea.uniform("cloture", *cles) < hypotheses.PART_CLOTURE) & ~annulee
    suspendue = alea.uniform("suspension", *cles) < hypotheses.PART_SUSPENDUE
    suspension = np.where(
        suspendue,
        np.maximum(debut, first_of_month(annee, 3)) + alea.integers(0, 200, "jour susp", *cles),
        JAMAIS,
    )
    for nom in ("saisie", "rejet", "provisoire", "valide", "historise"):
        dates[nom][:, 1:][annulee] = JAMAIS
    dates["historise"][annulee] = JAMAIS
    return Annexes(
        identifiant=structure * ANNEES_MAX + annee - _REFERENCE + 1,
        structure=structure,
        annee=annee,
        debut=debut,
        fin=fin,
        premiere_annee=annee - renouvellement,
        renouvellement=renouvellement,
        parue=_draw_publication(alea, structure, annee, debut),
        disparue=np.where(
            annulee & (alea.uniform("disparition", *cles) < hypotheses.PART_DISPARUE),
            demande + 90,
            JAMAIS,
        ),
        etp=etp,
        **dates,
        demande_annulation=demande,
        annulation=np.where(annulee, demande + 21, JAMAIS),
        cloture=np.where(close, fin + 90 + alea.integers(0, 180, "jour cloture", *cles), JAMAIS),
        suspension=suspension,
        reprise=np.where(suspendue, suspension + alea.integers(60, 400, "reprise", *cles), JAMAIS),
    )


def _draw_period(
    structures: Structures, alea: Alea, structure: NDArray[np.int64], annee: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day: the year, a part of it for a few, within the life of the structure."""
    incomplete = alea.uniform("incomplete", structure, annee) < hypotheses.PART_ANNEE_INCOMPLETE
    choix = alea.integers(0, len(_PERIODES) - 1, "periode", structure, annee)
    periodes = np.array(_PERIODES)
    premier = np.where(incomplete, periodes[choix, 0], 1)
    dernier = np.where(incomplete, periodes[choix, 1], 12)
    debut = np.maximum(first_of_month(annee, premier), structures.premier_jour[structure])
    fin = np.minimum(first_of_month(annee, dernier + 1) - 1, structures.dernier_jour[structure])
    return debut, fin


def _has_amount(
    structures: Structures, bareme: Bareme, structure: NDArray[np.int64], annee: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the law gives an amount on the first day of the year: no EITI before 2019, and so on."""
    connus: dict[tuple[int, str, int], bool] = {}
    reponses = []
    for rang, an in zip(structure.tolist(), annee.tolist(), strict=True):
        cle = (int(structures.type[rang]), find_regime(structures, rang), an)
        if cle not in connus:
            jour = np.datetime64(f"{an}-01-01").astype(object)
            connus[cle] = bareme.find_montant(TYPES[cle[0]], cle[1], jour) is not None
        reponses.append(connus[cle])
    return np.array(reponses, dtype=bool)


def find_regime(structures: Structures, rang: int) -> str:
    """Regime of the amounts of a structure: Mayotte, prison, or common."""
    if structures.departements_argent[rang] == "976":
        return "MAYOTTE"
    return "MP" if structures.penitentiaire[rang] else "DC"


def _draw_etp(
    structures: Structures,
    calibrage: Calibrage,
    bareme: Bareme,
    alea: Alea,
    structure: NDArray[np.int64],
    annee: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Agreed posts of each version, hundredths: what is expected to be realised, over a drawn rate."""
    rangs = np.arange(len(calibrage.niveau)).reshape(-1, 12)
    travail = (calibrage.niveau * calibrage.activite)[rangs].mean(axis=1)
    attendu = structures.places[structure] * travail[annee - ORIGINE]
    attendu = attendu * expected_etp(calibrage, bareme)[structures.type[structure]]
    ecart = hypotheses.DISPERSION_TAUX * alea.normal("taux", structure, annee)
    # the mean of the country stays the published one
    base = attendu / bareme.taux_realisation * np.exp(ecart - hypotheses.DISPERSION_TAUX**2 / 2)
    versions = [base]
    for rang in range(1, VERSIONS_MAX):
        versions.append(
            versions[-1] * (1 + 0.05 * alea.normal("avenant etp", structure, annee, rang))
        )
    return np.asarray(np.maximum(np.rint(np.stack(versions, axis=1) * 100), 25), dtype=np.int64)


def _draw_publication(
    alea: Alea, structure: NDArray[np.int64], annee: NDArray[np.int64], debut: NDArray[np.int64]
) -> NDArray[np.int64]:
    """First extract that shows the annexe: in February, whatever the dates of its states say."""
    fevrier = first_of_month(annee, 2) + alea.integers(0, 30, "parution", structure, annee)
    return np.asarray(np.maximum(fevrier, debut + 20))


def _draw_states(
    alea: Alea,
    structure: NDArray[np.int64],
    annee: NDArray[np.int64],
    debut: NDArray[np.int64],
    renouvellement: NDArray[np.int64],
) -> dict[str, NDArray[np.int64]]:
    """Days of the states of each version.

    A renewal is provisional from the first days of the year, until its first amendment is valid; a
    first annexe is entered, then valid.
    """
    forme = (len(structure), VERSIONS_MAX)
    jours = {
        nom: np.full(forme, JAMAIS)
        for nom in ("saisie", "rejet", "provisoire", "valide", "historise")
    }
    premiere = renouvellement == 0
    parts = hypotheses.PART_AVENANT_1
    existe = np.ones(forme, dtype=bool)
    existe[:, 1] = alea.uniform("avenant", structure, annee, 1) < np.where(
        premiere, parts["premiere"], parts["renouvellement"]
    )
    existe[:, 2] = existe[:, 1] & (
        alea.uniform("avenant", structure, annee, 2) < hypotheses.PART_AVENANT_2
    )
    depart = [
        debut - 20 + alea.integers(0, 40, "saisie", structure, annee, 0),
        debut + 60 + alea.integers(0, 150, "saisie", structure, annee, 1),
    ]
    depart.append(depart[1] + 60 + alea.integers(0, 50, "saisie", structure, annee, 2))
    motif = np.zeros(forme, dtype=np.int64)
    for rang in range(VERSIONS_MAX):
        cle = (structure, annee, rang)
        saisie = depart[rang]
        rejete = alea.uniform("rejet", *cle) < hypotheses.PART_REJET
        rejet = saisie + alea.integers(7, 30, "jour rejet", *cle)
        # one rejection in ten is never mended
        repare = alea.uniform("repare", *cle) < 0.9  # noqa: PLR2004
        reprise = rejet + alea.integers(15, 120, "jour repare", *cle)
        valide = np.where(rejete, reprise, saisie) + alea.integers(10, 35, "jour valide", *cle)
        valide = np.where(rejete & ~repare, JAMAIS, valide)
        is_provisoire = np.zeros(len(structure), dtype=bool) if rang else ~premiere
        instruite = existe[:, rang] & ~is_provisoire
        jours["saisie"][:, rang] = np.where(instruite, saisie, JAMAIS)
        jours["rejet"][:, rang] = np.where(instruite & rejete, rejet, JAMAIS)
        jours["valide"][:, rang] = np.where(instruite, valide, JAMAIS)
        jours["provisoire"][:, rang] = np.where(
            is_provisoire, debut + alea.integers(1, 12, "provisoire", *cle), JAMAIS
        )
        bancaire = alea.uniform("bancaire", *cle) < hypotheses.PART_REJET_BANCAIRE
        motif[:, rang] = np.where(
            bancaire,
            alea.integers(0, 1, "motif", *cle),
            alea.integers(2, 3, "motif", *cle),
        )
    # a version becomes history the day a later one is valid
    suivante = np.minimum.accumulate(jours["valide"][:, ::-1], axis=1)[:, ::-1]
    jours["historise"][:, :-1] = suivante[:, 1:]
    tenue = np.minimum(jours["valide"], jours["provisoire"])
    jours["historise"] = np.where(tenue == JAMAIS, JAMAIS, jours["historise"])
    return {**jours, "motif": motif}
