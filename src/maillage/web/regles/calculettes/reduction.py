"""Réduction générale, or RGDU, of one employee; both readings where the paid leave comes with the pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.francais import format_date, typeset
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import trace
from maillage.web.regles.affichage import euros, taux
from maillage.web.regles.calculettes.modele import Calculette, Reponse, refuse, typeset_all
from maillage.web.regles.champs import Champ, read_formulaire
from maillage.web.regles.deroule import render_calculs
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.calcul import Resultat
    from maillage.web.regles.champs import Formulaire

AVEC = "avec"
SANS = "sans"
_CHAMPS = (
    Champ("remuneration", "Rémunération brute", "En euros, pour un mois ou une année."),
    Champ("heures", "Heures payées", "Les heures de la même période : 151,67 ou 1820 par exemple."),
    Champ("jour", "Jour de la paie", "Le droit est lu à ce jour : 31/12/2025."),
    Champ("effectif", "Effectif de l’employeur", "Nombre de salariés de l’employeur."),
    Champ(
        "conges",
        "Indemnité de congés payés",
        "Une association intermédiaire (AI) la verse avec chaque paie.",
        {
            SANS: "Elle n’est pas dans cette paie",
            AVEC: "Elle est dans cette paie : les deux lectures",
        },
    ),
)
_CIBLES = ("reduction_cotisations", "coefficient_reduction", "smic_retenu")
_LECTURES = {
    SANS: (LectureCongesPayes.SANS_OBJET,),
    AVEC: (LectureCongesPayes.SMIC_NON_CORRIGE, LectureCongesPayes.SMIC_CORRIGE),
}
_REMUNERATION_MAX = 1_000_000
_HEURES_MAX = 8_784
_EFFECTIF_MAX = 1_000_000


def read(query: Mapping[str, str]) -> tuple[Formulaire, Reponse | None]:
    """The form, and its answer when it can be given."""
    formulaire = read_formulaire(_CHAMPS, query)
    if formulaire.est_vide:
        return formulaire, None
    nombres = {
        "remuneration": formulaire.read_nombre("remuneration", _REMUNERATION_MAX),
        "nombre_heures_remunerees": formulaire.read_nombre("heures", _HEURES_MAX),
        "effectif": formulaire.read_nombre("effectif", _EFFECTIF_MAX),
    }
    jour = formulaire.read_jour("jour")
    conges = formulaire.read_choix("conges")
    if formulaire.erreurs or jour is None:
        return formulaire, None
    connus = {nom: float(nombre) for nom, nombre in nombres.items() if nombre is not None}
    return formulaire, _answer(connus, jour, _LECTURES[conges])


def _answer(
    nombres: Mapping[str, float], jour: date, lectures: tuple[LectureCongesPayes, ...]
) -> Reponse:
    colonnes = {nom: np.full(len(lectures), nombre) for nom, nombre in nombres.items()}
    colonnes["lecture_conges_payes"] = np.array([lecture.value for lecture in lectures])
    try:
        resultat = compute(_CIBLES, colonnes, load_legislation(), jour)
    except PeriodeNonModelisee as inconnu:
        return refuse(inconnu.anomalies)
    return Reponse(
        phrase=_phrase(resultat, jour),
        table=_table(resultat, lectures),
        remarques=typeset_all(
            (*(lecture.libelle for lecture in lectures), *resultat.avertissements)
        ),
        calcul=render_calculs(
            trace(resultat, rang, "reduction_cotisations") for rang in range(len(lectures))
        ),
    )


def _phrase(resultat: Resultat, jour: date) -> str:
    montants = [euros(montant) for montant in resultat["reduction_cotisations"]]
    if len(montants) == 1:
        return f"Le {format_date(jour)}, la réduction est de {montants[0]}."
    return typeset(
        f"Le {format_date(jour)}, la réduction est de {montants[0]} ou de {montants[1]}, selon la "
        "lecture : le texte qui trancherait n’a pas été trouvé."
    )


def _table(resultat: Resultat, lectures: tuple[LectureCongesPayes, ...]) -> SafeString:
    colonnes = (
        Colonne("lecture", "Lecture", droite=False),
        Colonne("smic", "SMIC de la formule"),
        Colonne("coefficient", "Coefficient"),
        Colonne("reduction", "Réduction"),
    )
    lignes = [
        Ligne(
            (
                texte(NOMS_LECTURES[lecture]),
                texte(euros(resultat["smic_retenu"][rang])),
                texte(taux(resultat["coefficient_reduction"][rang])),
                texte(euros(resultat["reduction_cotisations"][rang])),
            )
        )
        for rang, lecture in enumerate(lectures)
    ]
    return render_table("Réduction de cotisations patronales", colonnes, lignes, entier=True)


NOMS_LECTURES = {
    LectureCongesPayes.SANS_OBJET: "Sans indemnité de congés payés",
    LectureCongesPayes.SMIC_NON_CORRIGE: "SMIC non corrigé",
    LectureCongesPayes.SMIC_CORRIGE: "SMIC corrigé",
}
"""Short names of the readings; their sentences are those of the rules."""


CALCULETTE = Calculette(
    titre="La réduction d’une personne",
    aide="La réduction générale jusqu’en 2025, celle de 2026 ensuite, pour une paie.",
    exemple="remuneration=24064%2C04&heures=1820&jour=01%2F01%2F2026&effectif=20&conges=avec",
    exemple_nom="une année au SMIC en AI, congés payés compris, en 2026",
    ancre="calcul",
    read=read,
)
