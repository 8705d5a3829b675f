"""Réduction générale, RGDU of 2026 with both readings of the paid leave, exemptions of 2014–2018."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.utils.html import format_html

from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.cotisations.quotients import INDEMNITE_CONGES_PAYES
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.projection import CHEMIN_SMIC
from maillage.web.regles.affichage import nombre_exact, taux
from maillage.web.regles.calculettes.reduction import CALCULETTE
from maillage.web.regles.droit import lien_chiffre, lien_derive, lien_valeur
from maillage.web.regles.fiches.modele import Courbe, Fiche, Legende
from maillage.web.regles.series import Serie, Trace
from maillage.web.regles.valeurs import table_historique
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString
    from numpy.typing import NDArray

    from maillage.regles.engine.legislation import Legislation

_AVANT = date(2025, 12, 31)
"""Last day of the réduction générale."""
_DEPUIS = date(2026, 1, 1)
"""First day of the RGDU."""
_SEUIL = "cotisations.reduction_generale.seuil_effectif"
_PALIERS = (1.0, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0)
"""Pay in SMIC, for the table."""
_COURBE = tuple(round(0.9 + rang * 0.02, 2) for rang in range(116))
_EXONERATIONS = (
    "cotisations.ai_exoneration_750h.",
    "cotisations.aci_exoneration.",
    "cotisations.ai_cotisation_at_forfaitaire",
)


def compute_coefficients(
    legislation: Legislation, le: date, en_smic: Sequence[float], lecture: LectureCongesPayes
) -> NDArray[np.float64]:
    """Coefficient of an employer under the size threshold, for an hour paid so many SMIC.

    Args:
        legislation: The law.
        le: Day of the pay.
        en_smic: Pay of an hour, in hourly SMIC, without the paid-leave indemnity. Shape `(n,)`.
        lecture: Reading of the indemnity; it is added to the pay unless it is « sans objet ».

    Returns:
        Shape `(n,)`.

    Raises:
        PeriodeNonModelisee: the reduction is not known on that day.
    """
    smic = legislation.resolve(CHEMIN_SMIC, le).valeur
    seuil = legislation.resolve(_SEUIL, le).valeur
    heures = legislation.resolve("smic.heures_annuelles", le).valeur
    avec = lecture is not LectureCongesPayes.SANS_OBJET
    paie = np.array(en_smic) * float(str(smic)) * float(str(heures))
    taille = len(en_smic)
    colonnes = {
        "remuneration": paie * (1 + INDEMNITE_CONGES_PAYES) if avec else paie,
        "nombre_heures_remunerees": np.full(taille, float(str(heures))),
        "effectif": np.full(taille, float(str(seuil)) - 1),
        "lecture_conges_payes": np.full(taille, lecture.value),
    }
    resultat = compute(["coefficient_reduction"], colonnes, legislation, le)
    coefficients: NDArray[np.float64] = resultat["coefficient_reduction"]
    return coefficients


_SERIES = (
    ("2025, réduction générale", _AVANT, LectureCongesPayes.SANS_OBJET),
    ("2026, RGDU", _DEPUIS, LectureCongesPayes.SANS_OBJET),
    ("2026, AI, SMIC non corrigé", _DEPUIS, LectureCongesPayes.SMIC_NON_CORRIGE),
)
"""Lines of the curve; in an AI the corrected SMIC gives the same coefficients as the second."""


def _au_smic(legislation: Legislation, lecture: LectureCongesPayes) -> str:
    return taux(compute_coefficients(legislation, _DEPUIS, (1.0,), lecture)[0], 2)


def constat(legislation: Legislation) -> SafeString:
    """Coefficient at the SMIC in 2026, and the two readings of an AI."""
    return format_html(
        "Payé au SMIC en 2026, un salarié d’une structure de moins de {} personnes ouvre droit à une "
        "réduction de {} de sa paie. En association intermédiaire (AI), où l’indemnité de congés payés "
        "est versée avec chaque paie, c’est {} ou {}\N{NARROW NO-BREAK SPACE}: le texte qui trancherait "
        "n’a pas été trouvé.",
        lien_valeur(legislation.resolve(_SEUIL, _DEPUIS)),
        lien_derive(
            _au_smic(legislation, LectureCongesPayes.SANS_OBJET),
            legislation.resolve("cotisations.rgdu.t_delta_moins_50", _DEPUIS),
        ),
        lien_chiffre(_au_smic(legislation, LectureCongesPayes.SMIC_NON_CORRIGE), "#calcul"),
        lien_chiffre(_au_smic(legislation, LectureCongesPayes.SMIC_CORRIGE), "#calcul"),
    )


def legende(legislation: Legislation) -> Legende:
    """Words of the curve."""
    sans, non_corrige = (
        _au_smic(legislation, lecture)
        for lecture in (LectureCongesPayes.SANS_OBJET, LectureCongesPayes.SMIC_NON_CORRIGE)
    )
    seuil = legislation.resolve(_SEUIL, _DEPUIS).valeur
    avant = taux(
        compute_coefficients(legislation, _AVANT, (1.0,), LectureCongesPayes.SANS_OBJET)[0], 2
    )
    return Legende(
        "La réduction de 2026 va jusqu’à trois SMIC\u202f; celle de 2025 s’arrêtait à 1,6",
        f"Au SMIC, {avant} de la paie fin 2025 et {sans} en 2026\u202f; {non_corrige} en AI si le "
        f"SMIC n’est pas corrigé des congés payés. Moins de {seuil} salariés",
        "Code de la sécurité sociale, calcul par les règles.",
    )


def trace(legislation: Legislation) -> Trace:
    """Coefficient by pay."""
    return Trace(
        tuple(
            Serie(
                nom,
                tuple(
                    (place, float(coefficient * 100))
                    for place, coefficient in zip(
                        _COURBE,
                        compute_coefficients(legislation, le, _COURBE, lecture),
                        strict=True,
                    )
                ),
            )
            for nom, le, lecture in _SERIES
        ),
        "réduction, en\u00a0% de la paie",
        "paie d’une heure, en SMIC, hors congés payés",
        paliers=False,
        legende=True,
    )


def tables(legislation: Legislation) -> list[SafeString]:
    """Coefficients by pay, then the exemptions of the past."""
    colonnes = (
        Colonne("paie", "Paie d’une heure", "en SMIC", droite=False),
        *(Colonne(str(rang), nom) for rang, (nom, _, _) in enumerate(_SERIES)),
    )
    series = [
        compute_coefficients(legislation, le, _PALIERS, lecture) for _, le, lecture in _SERIES
    ]
    lignes = [
        Ligne((texte(nombre_exact(paie)), *(texte(taux(serie[rang], 2)) for serie in series)))
        for rang, paie in enumerate(_PALIERS)
    ]
    exonerations = [
        feuille
        for feuille in legislation.feuilles.values()
        if feuille.chemin.startswith(_EXONERATIONS)
    ]
    return [
        render_table("Coefficient selon la paie", colonnes, lignes, entier=True),
        table_historique(legislation, "Les exonérations propres aux AI et aux ACI", exonerations),
    ]


FICHE = Fiche(
    code="cotisations",
    slug="cotisations",
    titre="Les cotisations de l’employeur",
    resume="Réduction générale, RGDU de 2026 avec les deux lectures des congés payés en AI, "
    "exonérations des AI et des ACI de 2014 à 2018.",
    constat=constat,
    tables=tables,
    titre_tables="Selon la paie, et selon l’époque",
    lectures=tuple(lecture.libelle for lecture in LectureCongesPayes),
    courbe=Courbe(legende, trace),
    calculette=CALCULETTE,
)
