"""The form of the value of a job: what is asked, against the grid of the table, every problem at its field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from maillage.analyses.annexes.bareme import socle_path
from maillage.analyses.emploi.aides import name_mois, read_jour
from maillage.analyses.emploi.demande import TYPES_SALARIES, read_demande
from maillage.analyses.emploi.table import read_table
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import ESPACE_FINE, accorder, format_nombre, typeset
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.champs import Champ, read_formulaire
from maillage.web.regles.montants import NOMS_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.analyses.emploi.demande import Demande
    from maillage.analyses.emploi.foyers import Hypotheses
    from maillage.analyses.emploi.table import Table
    from maillage.kernel.errors import Anomalie
    from maillage.kernel.money import Centimes
    from maillage.regles.engine.legislation import Legislation
    from maillage.web.regles.champs import Formulaire

PROJETER = "projeter"
EXEMPLE = {"foyer": "seul_rsa", "type": "AI", "heures": "24", "revaloriser": "0,50"}
"""What the page shows when nothing is asked."""
HYPOTHESES = (
    "sinon_en_emploi",
    "montant_unitaire",
    "inconnu",
    "accidents_du_travail",
    "conges_payes",
    "mois",
)
"""Fields that are folded."""
CONGES = {
    "": "Lecture non choisie",
    LectureCongesPayes.SANS_OBJET.value: "Comprise dans les heures payées",
    LectureCongesPayes.SMIC_CORRIGE.value: "Versée en plus de chaque heure, SMIC corrigé",
    LectureCongesPayes.SMIC_NON_CORRIGE.value: "Versée en plus de chaque heure, SMIC non corrigé",
}
"""How paid leave is paid, and read by the reduction of contributions."""


@dataclass(frozen=True, slots=True)
class SaisieEmploi:
    """What was asked.

    Attributes:
        formulaire: The form as typed, or the example.
        demande: None when something is wrong.
        legislation: The law, with the projection when it was asked for.
        est_exemple: Whether nothing was typed.
    """

    formulaire: Formulaire
    demande: Demande | None
    legislation: Legislation
    est_exemple: bool


@cache
def load_table() -> Table:
    """The table of the package, read once."""
    return read_table()


def read_saisie(query: Mapping[str, str]) -> SaisieEmploi:
    """Read the address of the page; without any answer, it is that of the example."""
    table = load_table()
    champs = list_champs(table.hypotheses)
    formulaire = read_formulaire(champs, query)
    est_exemple = formulaire.est_vide
    if est_exemple:
        formulaire = read_formulaire(champs, EXEMPLE)
    legislation = load_legislation()
    if formulaire.textes["inconnu"] == PROJETER:
        legislation = legislation.with_choix(Choix.projection_smic())
    demande = _read_demande(formulaire, table, legislation)
    return SaisieEmploi(formulaire, demande, legislation, est_exemple)


def is_projete(saisie: SaisieEmploi) -> bool:
    """Whether the aide au poste of the job is a projection: the law alone does not know it."""
    demande, legislation = saisie.demande, load_legislation()
    if demande is None or saisie.legislation is legislation or demande.montant_unitaire is not None:
        return False
    chemin = socle_path(demande.type_siae, METROPOLE_DROM)
    try:
        legislation.resolve(chemin, read_jour(demande.mois))
    except PeriodeNonModelisee:
        return True
    return False


def _read_demande(formulaire: Formulaire, table: Table, legislation: Legislation) -> Demande | None:
    """The job, or None with every problem noted: first the lists, then what the library reads."""
    for champ in formulaire.champs:
        if champ.options:
            formulaire.read_choix(champ.nom)
    mois = formulaire.textes["mois"]
    connu = mois in table.hypotheses.mois
    demande = None
    try:
        demande = read_demande(
            formulaire.textes, read_jour(mois) if connu else None, table, legislation
        )
    except SaisieInvalide as refus:
        deja = frozenset(formulaire.erreurs.par_champ)
        for anomalie in refus.anomalies:
            if anomalie.ou not in deja:
                formulaire.erreurs.add(anomalie.ou, to_sentence(anomalie))
    return None if formulaire.erreurs else demande


def to_sentence(anomalie: Anomalie) -> Anomalie:
    """Same problem, in sentences, as the fields show it."""
    quoi, que_faire = (
        typeset(f"{t[:1].upper()}{t[1:]}") for t in (anomalie.quoi, anomalie.que_faire)
    )
    return replace(anomalie, quoi=f"{quoi.rstrip('.')}.", que_faire=que_faire)


def list_champs(hypotheses: Hypotheses) -> tuple[Champ, ...]:
    """Fields in the order of the page; what can be chosen is what was computed."""
    return (
        Champ(
            "foyer",
            "Le foyer de la personne",
            "Des foyers types, choisis pour être lisibles : ni des moyennes, ni des statistiques.",
            {code: foyer.libelle for code, foyer in hypotheses.foyers.items()},
        ),
        Champ(
            "type",
            "Type de structure",
            options={code: _capitalise(NOMS_TYPES[code]) for code in TYPES_SALARIES},
        ),
        Champ(
            "heures",
            "Heures payées par semaine",
            options={str(h): accorder(h, "heure", "heures") for h in hypotheses.heures if h},
        ),
        Champ("au_dela_du_smic", "Salaire horaire brut", options=_list_salaires(hypotheses)),
        Champ(
            "revaloriser",
            "Et si l’heure était payée plus ?",
            "La hausse du salaire horaire brut à comparer.",
            _list_hausses(hypotheses),
        ),
        *_list_hypotheses(hypotheses),
    )


def _list_hypotheses(hypotheses: Hypotheses) -> tuple[Champ, ...]:
    return (
        Champ(
            "sinon_en_emploi",
            "Sans ce poste, combien auraient eu le même emploi ailleurs ?",
            "En pour cent des personnes : 30, ou 20-60 pour un intervalle. Vide : de 0 à 100, faute "
            "de statistique.",
            facultatif=True,
        ),
        Champ(
            "montant_unitaire",
            "Aide au poste de votre annexe",
            "En euros par équivalent temps plein (ETP) et par an. Elle remplace le montant socle.",
            facultatif=True,
        ),
        Champ(
            "inconnu",
            "Si le montant de l’aide au poste n’est pas connu",
            options={
                "": "Le dire, et s’arrêter",
                PROJETER: "Projeter le dernier sur le SMIC (marqué comme une projection)",
            },
        ),
        Champ(
            "accidents_du_travail",
            "Votre taux d’accident du travail",
            "En pour cent du brut, notifié par la caisse. Vide : "
            f"{format_nombre(hypotheses.taux_accident_travail * 100, 2)} %, celui d’une exposition faible.",
            facultatif=True,
        ),
        Champ(
            "conges_payes",
            "Indemnité de congés payés",
            "Une association intermédiaire (AI) la verse avec chaque heure. Aucun texte trouvé ne dit "
            "si le SMIC de la réduction de cotisations en est corrigé.",
            CONGES,
        ),
        Champ(
            "mois",
            "Droit appliqué",
            options={
                "": "Le dernier mois où l’aide au poste est connue",
                **{mois: _capitalise(name_mois(mois)) for mois in hypotheses.mois},
            },
        ),
    )


def _list_salaires(hypotheses: Hypotheses) -> dict[str, str]:
    return {
        "": "Au SMIC",
        **{
            write_hausse(m): f"Au SMIC, plus {write_hausse(m)}{ESPACE_FINE}€"
            for m in hypotheses.majorations
            if m.nombre
        },
    }


def _list_hausses(hypotheses: Hypotheses) -> dict[str, str]:
    """Every rise that leads from a pay of the grid to another."""
    hausses = {haut - bas for bas, haut in product(hypotheses.majorations, repeat=2) if haut > bas}
    return {
        "": "Pas de hausse",
        **{
            write_hausse(h): f"{write_hausse(h)}{ESPACE_FINE}€ de plus par heure"
            for h in sorted(hausses)
        },
    }


def write_hausse(montant: Centimes) -> str:
    """« 0,50 », as the address and the lists write it."""
    return format_nombre(montant.to_euros(), 2)


def _capitalise(texte: str) -> str:
    return f"{texte[:1].upper()}{texte[1:]}"
