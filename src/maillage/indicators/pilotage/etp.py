"""Posts agreed and realised, annexe by annexe over a year: months done, late and to come kept apart.

Everything is in ETP-months (one full-time post during one month) until it is shown; twelve of them are
one ETP of a year. See `cartes` for the definitions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.indicators.pilotage.faits import A_VENIR, FAIT, RETARD
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits

PILOTAGE, CONVENTIONNEES = "pilotage", "conventionnees"
PERIMETRES = {PILOTAGE: "compte_pilotage", CONVENTIONNEES: "conventionnee"}
MOIS_PAR_AN = 12
_CENT = 100
_MILLION = 1_000_000
_MOIS_MIN = 3
"""Months done under which no forecast is made."""
_HUIT_SUR_DIX = 1.28
"""Standard deviations on either side that hold eight chances in ten of a normal law."""
_DERNIER_MOIS_SANS_ANNEXES = 2
"""Annexes of a year reach the extracts in its first weeks: in January and February, none is no zero."""


@dataclass(frozen=True, slots=True, eq=False)
class AnnexesDeLAnnee:
    """Figures of each annexe over a year; arrays have one entry per annexe, shape `(n,)`.

    Attributes:
        faits: Where they come from.
        annee: The year.
        rangs: Place of each annexe in `faits.annexes`.
        faits_mois: Months done, int64.
        retard_mois: Months late.
        venir_mois: Months to come.
        conventionne: ETP-months agreed: done, late, to come, shape `(3, n)`.
        realise: ETP-months realised in the months done, by hours and the annexe's divisor; NaN when
            the extract has no statements or the annexe no divisor.
        realise_asp: The same by the ASP's own part; NaN where it gives none.
        carres: Sum of the squares of the monthly realised ETP, for the spread of the forecast.
        heures_centiemes: Hours of the months done.
        facturees_centiemes: Hours billed.
        brut_centimes: Gross pay.
        brouillon_lignes: Drafts.
        hors_periode_centiemes: Hours entered in months that the annexe does not cover: counted nowhere
            else.
    """

    faits: Faits
    annee: int
    rangs: NDArray[np.int64]
    faits_mois: NDArray[np.int64]
    retard_mois: NDArray[np.int64]
    venir_mois: NDArray[np.int64]
    conventionne: NDArray[np.float64]
    realise: NDArray[np.float64]
    realise_asp: NDArray[np.float64]
    carres: NDArray[np.float64]
    heures_centiemes: NDArray[np.int64]
    facturees_centiemes: NDArray[np.int64]
    brut_centimes: NDArray[np.int64]
    brouillon_lignes: NDArray[np.int64]
    hors_periode_centiemes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rangs)


@dataclass(frozen=True, slots=True)
class Synthese:
    """Figures of a set of annexes over a year; a figure that cannot be known says why.

    Attributes:
        annexes: How many annexes.
        sans_diviseur: Those of which the realised ETP cannot be computed, for want of the hours of a
            full-time year or of the posts agreed: the realised figures leave them out.
        mois_faits: Months of annexes done.
        mois_en_retard: Late.
        mois_a_venir: To come.
        conventionne_annuel: ETP agreed over the year.
        conventionne_mois_faits: ETP-months agreed in the months done.
        conventionne_mois_en_retard: ETP-months agreed in the months late.
        conventionne_mois_a_venir: ETP-months agreed in the months to come.
        realise_mois: ETP-months realised in the months done, by hours.
        realise_asp_mois: The same by the ASP's own part.
        taux: Percentage realised of what was agreed, in the months done.
        ecart_mois: ETP-months realised minus agreed, in the months done.
        ecart_annuel: The same in ETP of a year.
        ecart_euros: What it is worth, in euros.
        plafonne_annuel: ETP of the year realised so far, within what each annexe agrees.
        prevision_annexes: Annexes that the forecast is made on: at least three months done.
        prevision_conventionne: ETP that they agree over the year.
        prevision: Their ETP of the year if what remains is like what is done.
        prevision_basse: Low end of its range.
        prevision_haute: High end.
        heures: Hours.
        heures_facturees: Hours billed.
        salaire_brut: Euros.
        brouillons: Drafts, counted in none of the above.
        heures_hors_periode: Hours of months that the annexe does not cover, counted in none either.
    """

    annexes: int
    sans_diviseur: int
    mois_faits: int
    mois_en_retard: int
    mois_a_venir: int
    conventionne_annuel: Valeur
    conventionne_mois_faits: Valeur
    conventionne_mois_en_retard: Valeur
    conventionne_mois_a_venir: Valeur
    realise_mois: Valeur
    realise_asp_mois: Valeur
    taux: Valeur
    ecart_mois: Valeur
    ecart_annuel: Valeur
    ecart_euros: Valeur
    plafonne_annuel: Valeur
    prevision_annexes: int
    prevision_conventionne: Valeur
    prevision: Valeur
    prevision_basse: Valeur
    prevision_haute: Valeur
    heures: Valeur
    heures_facturees: Valeur
    salaire_brut: Valeur
    brouillons: int
    heures_hors_periode: Valeur


def compute_annexes(faits: Faits, annee: int, perimetre: str = PILOTAGE) -> AnnexesDeLAnnee:
    """Figures of every annexe that touches a year.

    Args:
        faits: Of an extract.
        annee: Year of the months.
        perimetre: `pilotage` or `conventionnees`, see `cartes`.
    """
    debut = faits.annexe("debut").astype("datetime64[Y]").astype(int) + 1970
    fin = faits.annexe("fin").astype("datetime64[Y]").astype(int) + 1970
    choisies = faits.annexe(PERIMETRES[perimetre]) & (debut <= annee) & (fin >= annee)
    rangs = np.flatnonzero(choisies)
    place = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    place[rangs] = np.arange(len(rangs))
    if not faits.has_saisies:
        return _without_statements(faits, annee, rangs)
    touche = (faits.month("annee") == annee) & (place[faits.rangs] >= 0)
    periode = faits.month("dans_la_periode")
    dans = touche & periode
    lieu, taille = place[faits.rangs[dans]], len(rangs)

    def add(nom: str) -> NDArray[np.int64]:
        return _add(faits.month(nom)[dans], lieu, taille)

    statut = faits.month("statut")[dans]
    mois = np.array([_add(statut == etat, lieu, taille) for etat in (FAIT, RETARD, A_VENIR)])
    heures = faits.month("heures_centiemes")
    diviseur = faits.annexe("heures_etp_centiemes")[rangs]
    with np.errstate(divide="ignore", invalid="ignore"):
        mensuel = heures[dans] * MOIS_PAR_AN / diviseur[lieu]
        realise = np.where(diviseur > 0, add("heures_centiemes") * MOIS_PAR_AN / diviseur, np.nan)
    carres = np.zeros(taille)
    np.add.at(carres, lieu, np.where(np.isfinite(mensuel), mensuel, 0.0) ** 2)
    return AnnexesDeLAnnee(
        faits=faits,
        annee=annee,
        rangs=rangs,
        faits_mois=mois[0],
        retard_mois=mois[1],
        venir_mois=mois[2],
        conventionne=mois * (faits.annexe("etp_centiemes")[rangs] / _CENT),
        realise=realise,
        realise_asp=add("part_etp_millioniemes") / _MILLION,
        carres=carres,
        heures_centiemes=add("heures_centiemes"),
        facturees_centiemes=add("heures_facturees_centiemes"),
        brut_centimes=add("salaire_brut_centimes"),
        brouillon_lignes=add("lignes_brouillon"),
        hors_periode_centiemes=_add(
            heures[touche & ~periode], place[faits.rangs[touche & ~periode]], taille
        ),
    )


def _add(valeurs: NDArray[Any], lieu: NDArray[np.int64], taille: int) -> NDArray[np.int64]:
    """Sum of whole values at each place."""
    total = np.zeros(taille, dtype=np.int64)
    np.add.at(total, lieu, valeurs.astype(np.int64))
    return total


def _without_statements(faits: Faits, annee: int, rangs: NDArray[np.int64]) -> AnnexesDeLAnnee:
    """Agreed posts only: without the statements nothing says what is done, late or to come."""
    premier = faits.annexe("debut").astype("datetime64[M]")[rangs]
    dernier = faits.annexe("fin").astype("datetime64[M]")[rangs]
    janvier = np.datetime64(f"{annee}-01", "M")
    decembre = np.datetime64(f"{annee}-12", "M")
    mois = (np.minimum(dernier, decembre) - np.maximum(premier, janvier)).astype(np.int64) + 1
    etp = faits.annexe("etp_centiemes")[rangs] / _CENT
    rien = np.zeros(len(rangs), dtype=np.int64)
    vide = np.full(len(rangs), np.nan)
    return AnnexesDeLAnnee(
        faits=faits,
        annee=annee,
        rangs=rangs,
        faits_mois=rien,
        retard_mois=rien,
        venir_mois=mois,
        conventionne=np.array([rien * 0.0, rien * 0.0, etp * mois]),
        realise=vide,
        realise_asp=vide,
        carres=np.zeros(len(rangs)),
        heures_centiemes=rien,
        facturees_centiemes=rien,
        brut_centimes=rien,
        brouillon_lignes=rien,
        hors_periode_centiemes=rien,
    )


def summarise(
    lignes: AnnexesDeLAnnee, choix: Sequence[int] | NDArray[np.int64] | None = None
) -> Synthese:
    """Figures of some of the annexes, of all of them without a choice.

    Args:
        lignes: Of a year.
        choix: Places in `lignes`.
    """
    c = np.arange(len(lignes)) if choix is None else np.asarray(choix, dtype=np.int64)
    if not len(c):
        return _nothing(lignes)
    connu = lignes.faits.has_saisies
    conv = lignes.conventionne[:, c]
    ok = np.isfinite(lignes.realise[c]) & lignes.faits.is_known("etp_centiemes")[lignes.rangs[c]]
    calcule = connu and bool(ok.any())
    realise, prevu = lignes.realise[c][ok], conv[:, ok]
    unitaire = lignes.faits.annexe("montant_unitaire_centimes")[lignes.rangs[c]][ok] / _CENT
    ecart = realise - prevu[0]
    prevision = _forecast(lignes, c[ok]) if calcule else _NO_FORECAST
    return Synthese(
        annexes=len(c),
        sans_diviseur=int((~ok).sum()) if connu else 0,
        mois_faits=int(lignes.faits_mois[c].sum()),
        mois_en_retard=int(lignes.retard_mois[c].sum()),
        mois_a_venir=int(lignes.venir_mois[c].sum()),
        conventionne_annuel=float(conv.sum()) / MOIS_PAR_AN,
        conventionne_mois_faits=_known(float(conv[0].sum()), known=connu),
        conventionne_mois_en_retard=_known(float(conv[1].sum()), known=connu),
        conventionne_mois_a_venir=_known(float(conv[2].sum()), known=connu),
        realise_mois=_known(float(realise.sum()), known=calcule),
        realise_asp_mois=_known(
            float(lignes.realise_asp[c].sum()) * MOIS_PAR_AN,
            known=lignes.faits.has_month("part_etp_millioniemes"),
        ),
        taux=_rate(float(realise.sum()), float(prevu[0].sum())) if calcule else Absence.INCONNUE,
        ecart_mois=_known(float(ecart.sum()), known=calcule),
        ecart_annuel=_known(float(ecart.sum()) / MOIS_PAR_AN, known=calcule),
        ecart_euros=_known(float((ecart * unitaire).sum()) / MOIS_PAR_AN, known=calcule),
        plafonne_annuel=_known(
            float(np.minimum(realise, prevu.sum(axis=0)).sum()) / MOIS_PAR_AN, known=calcule
        ),
        prevision_annexes=prevision.annexes,
        prevision_conventionne=prevision.conventionne,
        prevision=prevision.milieu,
        prevision_basse=prevision.basse,
        prevision_haute=prevision.haute,
        heures=_known(int(lignes.heures_centiemes[c].sum()) / _CENT, known=connu),
        heures_facturees=_known(
            int(lignes.facturees_centiemes[c].sum()) / _CENT,
            known=lignes.faits.has_month("heures_facturees_centiemes"),
        ),
        salaire_brut=_known(
            int(lignes.brut_centimes[c].sum()) / _CENT,
            known=lignes.faits.has_month("salaire_brut_centimes"),
        ),
        brouillons=int(lignes.brouillon_lignes[c].sum()),
        heures_hors_periode=_known(
            int(lignes.hors_periode_centiemes[c].sum()) / _CENT, known=connu
        ),
    )


def _known(nombre: float, *, known: bool) -> Valeur:
    return nombre if known else Absence.INCONNUE


def _rate(realise: float, conventionne: float) -> Valeur:
    return 100 * realise / conventionne if conventionne else Absence.SANS_OBJET


@dataclass(frozen=True, slots=True)
class _Prevision:
    annexes: int
    conventionne: Valeur
    basse: Valeur
    milieu: Valeur
    haute: Valeur


_NO_FORECAST = _Prevision(0, *(Absence.INCONNUE,) * 4)


def _forecast(lignes: AnnexesDeLAnnee, c: NDArray[np.int64]) -> _Prevision:
    """ETP of the year and its range, on the annexes of which three months are done.

    Annexes are taken as independent, and the months of one as drawn from the same law.
    """
    c = c[lignes.faits_mois[c] >= _MOIS_MIN]
    if not len(c):
        return _Prevision(0, *(Absence.PAS_ENCORE_PUBLIEE,) * 4)
    n = lignes.faits_mois[c]
    reste = lignes.retard_mois[c] + lignes.venir_mois[c]
    moyenne = lignes.realise[c] / n
    variance = np.maximum(lignes.carres[c] - n * moyenne**2, 0.0) / (n - 1)
    milieu = float((lignes.realise[c] + moyenne * reste).sum())
    fourchette = _HUIT_SUR_DIX * float(np.sqrt((variance * (reste + reste**2 / n)).sum()))
    realise = float(lignes.realise[c].sum())
    return _Prevision(
        len(c),
        float(lignes.conventionne[:, c].sum()) / MOIS_PAR_AN,
        max(milieu - fourchette, realise) / MOIS_PAR_AN,
        milieu / MOIS_PAR_AN,
        (milieu + fourchette) / MOIS_PAR_AN,
    )


def _nothing(lignes: AnnexesDeLAnnee) -> Synthese:
    """No annexe: not published yet in the first weeks of the year, else without object."""
    jour = lignes.faits.extrait.extraction
    tot = jour.year == lignes.annee and jour.month <= _DERNIER_MOIS_SANS_ANNEXES
    rien: Valeur = (
        Absence.PAS_ENCORE_PUBLIEE if tot or jour.year < lignes.annee else Absence.SANS_OBJET
    )
    return Synthese(
        annexes=0,
        sans_diviseur=0,
        mois_faits=0,
        mois_en_retard=0,
        mois_a_venir=0,
        conventionne_annuel=rien,
        conventionne_mois_faits=rien,
        conventionne_mois_en_retard=rien,
        conventionne_mois_a_venir=rien,
        realise_mois=rien,
        realise_asp_mois=rien,
        taux=rien,
        ecart_mois=rien,
        ecart_annuel=rien,
        ecart_euros=rien,
        plafonne_annuel=rien,
        prevision_annexes=0,
        prevision_conventionne=rien,
        prevision=rien,
        prevision_basse=rien,
        prevision_haute=rien,
        heures=rien,
        heures_facturees=rien,
        salaire_brut=rien,
        brouillons=0,
        heures_hors_periode=rien,
    )
