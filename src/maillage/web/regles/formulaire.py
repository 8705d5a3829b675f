"""The optional parts of the calculator: their fields, what was typed in them, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.analyses.annexes.cofinancement import COFINANCEMENT
from maillage.analyses.annexes.complements import CDI as CODE_CDI
from maillage.analyses.annexes.complements import MODULATION
from maillage.analyses.annexes.complements import PASSERELLE as CODE_PASSERELLE
from maillage.analyses.annexes.demande import TOUS_LES_POINTS, Demande, read_lectures
from maillage.analyses.annexes.saisie import (
    AVENANT_DECISION,
    AVENANT_ETP,
    AVENANT_MOIS,
    AVENANT_MONTANT,
    BENEFICIAIRES,
    CDI,
    NOTES,
    PASSERELLE,
    POIDS,
    RSA,
    read_avenant,
    read_complements,
)
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from maillage.kernel.errors import Anomalie
    from maillage.regles.versement.annexe import EtpRealises

PREFIXE_HYPOTHESE = "h_"


@dataclass(frozen=True, slots=True)
class Champ:
    """One field of text.

    Attributes:
        nom: In the address.
        libelle, aide: French; the help may be empty.
    """

    nom: str
    libelle: str
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of the form, folded as long as nothing is typed in it.

    Attributes:
        titre: French.
        aide: What it is for, and what it supposes.
        champs: Fields, one under the other.
        series: Fields side by side, by their common title.
    """

    titre: str
    aide: str
    champs: tuple[Champ, ...] = ()
    series: tuple[tuple[str, tuple[Champ, ...]], ...] = ()

    @property
    def noms(self) -> tuple[str, ...]:
        """Names of its fields, in the order of the page."""
        dans_series = (champ.nom for _, champs in self.series for champ in champs)
        return (*dans_series, *(champ.nom for champ in self.champs))


_CRITERES = ("Personnes embauchées", "Actions et moyens", "Résultats à la sortie")
PARTIES = (
    Partie(
        "Un avenant pendant l’annexe",
        "Ce qui change à partir d’un mois : les équivalents temps plein (ETP), le montant, ou les "
        "deux.",
        (
            Champ(AVENANT_MOIS, "Mois d’effet", "Mois et année : 07/2020."),
            Champ(AVENANT_ETP, "Nouveaux ETP conventionnés", "Laissez vide s’ils ne changent pas."),
            Champ(
                AVENANT_MONTANT,
                "Nouveau montant par ETP et par an",
                "En euros. Laissez vide s’il ne change pas.",
            ),
            Champ(
                AVENANT_DECISION,
                "Mois de signature (facultatif)",
                "S’il vient après le mois d’effet : 09/2020.",
            ),
        ),
    ),
    Partie(
        "La part modulée",
        "Le code donne trois critères et aucun poids national : les poids sont ceux de votre "
        "département, les notes celles de la structure.",
        series=(
            (
                "Poids, en pour cent, 100 en tout",
                tuple(map(Champ, POIDS, _CRITERES)),
            ),
            ("Notes, sur 100", tuple(map(Champ, NOTES, _CRITERES))),
        ),
    ),
    Partie(
        "Des postes en contrat passerelle",
        "Pour les entreprises d’insertion (EI) et les ateliers et chantiers d’insertion (ACI), six "
        "mois au plus.",
        (
            Champ(PASSERELLE[0], "Postes à temps plein", "Par exemple 2,50."),
            Champ(PASSERELLE[1], "Durée des contrats, en mois", "De 0 à 6."),
        ),
    ),
    Partie(
        "Des postes en CDI inclusion",
        "Tout le montant la première année, puis 70 % : la date d’embauche partage les mois de "
        "l’annexe.",
        (
            Champ(CDI[0], "ETP en CDI inclusion", "Par mois, par exemple 1,00."),
            Champ(CDI[1], "Jour de l’embauche en CDI inclusion", "Jour, mois, année : 15/03/2022."),
        ),
    ),
    Partie(
        "La part du département",
        "Elle suit le revenu de solidarité active (RSA) : 88 % de son montant forfaitaire, par mois "
        "et par salarié qui le percevait.",
        (
            Champ(
                BENEFICIAIRES,
                "Salariés qui percevaient le RSA",
                "Un nombre pour tous les mois, ou un par mois, séparés par des espaces.",
            ),
            Champ(
                RSA,
                "Montant forfaitaire du RSA (facultatif)",
                "En euros par mois, là où il n’est pas connu, comme à Mayotte.",
            ),
        ),
    ),
)
"""In the order of the page."""
HYPOTHESES = tuple(f"{PREFIXE_HYPOTHESE}{nom}" for nom in TOUS_LES_POINTS)
LIBELLES = {
    **{champ.nom: champ.libelle for partie in PARTIES for champ in partie.champs},
    **{
        champ.nom: f"{champ.libelle}, {titre.partition(',')[0].lower()}"
        for partie in PARTIES
        for titre, champs in partie.series
        for champ in champs
    },
    **{f"{PREFIXE_HYPOTHESE}{nom}": point.titre for nom, point in TOUS_LES_POINTS.items()},
}
"""Name of each field in words."""
CHAMPS_FACULTATIFS = (*(nom for partie in PARTIES for nom in partie.noms), *HYPOTHESES)
"""Every field of the optional parts, in the order of the page."""

_CHAMPS_DES_CODES = {
    MODULATION: POIDS[0],
    CODE_PASSERELLE: PASSERELLE[0],
    CODE_CDI: CDI[0],
    COFINANCEMENT: BENEFICIAIRES,
}
_CHAMPS_DES_REFUS = {
    "MLG-REG-215": PASSERELLE[1],
    "MLG-REG-227": RSA,
    "MLG-REG-231": AVENANT_MOIS,
}


def read_demande(
    textes: Mapping[str, str],
    occupation: tuple[EtpRealises, ...],
    add: Callable[[str, Anomalie], None],
) -> Demande:
    """What is asked in the optional parts.

    Args:
        textes: What was typed, by field.
        occupation: Monthly ETP.
        add: Called with the field and each problem.
    """
    complements, fautes = read_complements(textes)
    avenant, siennes = read_avenant(textes)
    for anomalie in (*fautes, *siennes):
        add(anomalie.ou, replace(anomalie, ou=""))
    choix = {
        nom.removeprefix(PREFIXE_HYPOTHESE): textes[nom] for nom in HYPOTHESES if textes.get(nom)
    }
    try:
        paiement, autres = read_lectures(choix)
    except SaisieInvalide as refus:
        for anomalie in refus.anomalies:
            add(f"{PREFIXE_HYPOTHESE}{anomalie.ou}", replace(anomalie, ou=""))
        return Demande(occupation)
    return Demande(
        occupation,
        () if avenant is None else (avenant,),
        paiement,
        replace(complements, **autres),  # type: ignore[arg-type]  # each of the class of its point
    )


def field_of(anomalie: Anomalie) -> str:
    """Field beside which the refusal of a complement is said."""
    return _CHAMPS_DES_REFUS.get(anomalie.code) or _CHAMPS_DES_CODES[anomalie.ou]


def describe_parties(
    textes: Mapping[str, str], erreurs: Mapping[str, Sequence[Anomalie]]
) -> list[dict[str, object]]:
    """The parts for the template; one is open where something was typed, or is wrong."""
    return [
        {
            "titre": partie.titre,
            "aide": typeset(partie.aide),
            "ouverte": any(textes[nom] or nom in erreurs for nom in partie.noms),
            "champs": _describe(partie.champs, textes, erreurs),
            "series": [
                (titre, _describe(champs, textes, erreurs)) for titre, champs in partie.series
            ],
        }
        for partie in PARTIES
    ]


def describe_hypotheses(
    textes: Mapping[str, str], erreurs: Mapping[str, Sequence[Anomalie]]
) -> dict[str, object]:
    """The readings for the template: the default one has no code, so that addresses stay short."""
    return {
        "ouverte": any(textes[nom] or nom in erreurs for nom in HYPOTHESES),
        "points": [
            {
                "nom": f"{PREFIXE_HYPOTHESE}{nom}",
                "titre": typeset(point.titre),
                "anomalies": erreurs.get(f"{PREFIXE_HYPOTHESE}{nom}", ()),
                "lectures": [
                    {
                        "code": "" if lecture is point.defaut else lecture.code,
                        "phrase": typeset(lecture.value),
                        "choisie": _is_chosen(
                            textes[f"{PREFIXE_HYPOTHESE}{nom}"],
                            lecture.code,
                            defaut=lecture is point.defaut,
                        ),
                    }
                    for lecture in point.lectures
                ],
            }
            for nom, point in TOUS_LES_POINTS.items()
        ],
    }


def _is_chosen(texte: str, code: str, *, defaut: bool) -> bool:
    return texte == code or (defaut and not texte)


def _describe(
    champs: Iterable[Champ],
    textes: Mapping[str, str],
    erreurs: Mapping[str, Sequence[Anomalie]],
) -> list[dict[str, object]]:
    return [
        {
            "nom": champ.nom,
            "libelle": champ.libelle,
            "aide": typeset(champ.aide),
            "texte": textes[champ.nom],
            "anomalies": erreurs.get(champ.nom, ()),
        }
        for champ in champs
    ]
