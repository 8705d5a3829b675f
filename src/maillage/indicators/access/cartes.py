"""Definition cards of the access indicators, one per kind of structure and measure."""

from __future__ import annotations

from maillage.indicators.access.catchment import ZONES
from maillage.indicators.access.compute import KINDS, SEUILS, TOUS
from maillage.indicators.access.travel import Hypotheses
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite
from maillage.kernel.niveau import Niveau

SOURCES = ("siae_2020_12", "communes", "communes_typologies", "communes_besoin_demandeurs")
"""Published files behind every access indicator."""

_NIVEAUX = tuple(Niveau)

_NOMS: dict[str, tuple[str, str]] = {
    TOUS: ("structures de l’IAE", "structure de l’IAE, tous types ensemble"),
    "aci": ("ACI", "atelier ou chantier d’insertion (ACI)"),
    "ai": ("AI", "association intermédiaire (AI)"),
    "ei": ("EI", "entreprise d’insertion (EI)"),
    "etti": ("ETTI", "entreprise de travail temporaire d’insertion (ETTI)"),
}
"""Kind to its short plural and to its full name."""

_CHAMP = (
    "Demandeurs d’emploi des communes de France, Paris, Lyon et Marseille par arrondissement "
    "(nombres publiés en avril 2025 sans catégorie ni date ; leur total correspond aux catégories "
    "A, B, C de fin 2024) ; structures ACI, AI, EI et ETTI du registre de décembre 2020 "
    "dont le point est connu. Les GEIQ, qui ne relèvent pas de l’IAE, et les EITI, absentes du "
    "registre, ne sont pas comptés. Les communes dont le centre n’est pas publié ou dont le nombre "
    "de demandeurs d’emploi est inconnu n’entrent pas dans les moyennes."
)

_TRAJET = (
    "Chaque commune (ou arrondissement) est représentée par son centre. Temps en voiture = "
    "distance à vol d’oiseau × coefficient de détour, parcourue pour moitié à la vitesse du milieu "
    "de départ et pour moitié à celle du milieu d’arrivée, selon la grille de densité de l’INSEE ; "
    "densité inconnue : vitesse intermédiaire. La limite est incluse. "
)

_PONDERATION = (
    "Au-dessus de la commune, et pour Paris, Lyon et Marseille : moyenne pondérée par les "
    "demandeurs d’emploi. "
)

_LIMITES = (
    (
        "Les vitesses sont des hypothèses de Maillage, pas des mesures ; le coefficient de détour vient "
        "de travaux européens, pas du réseau français."
    ),
    "Les personnes sans voiture ni permis ne sont pas décrites : leur accès est moindre.",
    (
        "Ni l’eau, ni le relief, ni la frontière ne sont vus : une île proche de la côte ou l’autre rive "
        "d’un estuaire paraissent accessibles."
    ),
    (
        "Les structures sont celles de décembre 2020, les demandeurs d’emploi ceux de fin 2024 (nombres "
        "arrondis à 5) : les ouvertures et fermetures depuis 2020 ne sont pas vues."
    ),
    (
        "Le siège déclaré n’est pas toujours le lieu de travail ; une structure sans adresse géocodée "
        "est placée au centre de sa commune."
    ),
    (
        "Une structure compte pour une, quelle que soit sa taille ; le territoire sur lequel elle est "
        "conventionnée n’est pas connu."
    ),
)

_DETOUR_SOURCE = (
    "1,343 en moyenne dans 300 villes européennes (2023, doi 10.1177/23998083231168870) ; environ "
    "1,2 dans des travaux plus anciens (Newell 1980) ; 1,3 sur des réseaux autoroutiers (Wang et "
    "coll. 2024, arXiv 2406.06490)"
)


def _parametres(hypotheses: Hypotheses) -> tuple[tuple[str, str], ...]:
    vitesses = ("source des vitesses", "hypothèse de Maillage")
    return (*hypotheses.parametres, ("source du détour", _DETOUR_SOURCE), vitesses)


_CENTRALES = _parametres(Hypotheses.centrales())


def _count(kind: str, seuil: int) -> Carte:
    court, long = _NOMS[kind]
    return Carte(
        code=f"structures_{seuil}min_{kind}",
        nom=f"{_capital(court)} à {seuil} minutes",
        famille=Famille.ACCES,
        unite=Unite.STRUCTURES,
        decimales=1,
        sens=Sens.PLUS_DE_REPONSE,
        cumul=Cumul.AUCUN,
        definition="Nombre moyen de structures qu’un demandeur d’emploi du territoire atteint en "
        f"{seuil} minutes de voiture ou moins. À la commune : le nombre atteint depuis son centre. "
        f"Type : {long}.",
        numerateur=f"Somme, sur les communes, des demandeurs d’emploi × structures ({court}) à "
        f"{seuil} minutes.",
        denominateur="Demandeurs d’emploi des mêmes communes.",
        champ=_CHAMP,
        sources=SOURCES,
        niveaux=_NIVEAUX,
        methode=_TRAJET + _PONDERATION + "Commune sans habitant : sans objet.",
        limites=_LIMITES,
        parametres=_CENTRALES,
    )


def _share(kind: str) -> Carte:
    return _share_under(kind, "", "", Hypotheses.centrales())


def _share_under(kind: str, suffix: str, label: str, hypotheses: Hypotheses) -> Carte:
    long = _NOMS[kind][1]
    return Carte(
        code=f"part_sans_{kind}_30min{suffix}",
        nom=f"Demandeurs d’emploi sans {_sans(kind)} à 30 minutes{label}",
        famille=Famille.ACCES,
        unite=Unite.POURCENT,
        decimales=1,
        sens=Sens.PLUS_DE_BESOIN,
        cumul=Cumul.AUCUN,
        definition="Part des demandeurs d’emploi qui vivent dans une commune dont le centre est à "
        f"plus de 30 minutes de voiture de toute structure du type. Type : {long}.",
        numerateur=f"Demandeurs d’emploi des communes sans {_sans(kind)} à 30 minutes.",
        denominateur="Demandeurs d’emploi des communes dont le centre est publié.",
        champ=_CHAMP,
        sources=SOURCES,
        niveaux=_NIVEAUX,
        methode=_TRAJET + "Une commune a donc 0 % ou 100 %. Territoire sans demandeur d’emploi "
        f"connu : sans objet. Hypothèses {hypotheses.nom} ; la fourchette va des hypothèses "
        "favorables (bas) aux hypothèses prudentes (haut).",
        limites=(
            *_LIMITES,
            (
                "La fourchette fait varier le détour et les vitesses ensemble ; elle n’est pas un "
                "intervalle de confiance."
            ),
        ),
        parametres=_parametres(hypotheses),
    )


def _score(kind: str) -> Carte:
    court, long = _NOMS[kind]
    zones = " ; ".join(
        f"jusqu’à {borne:g} min : {f'{poids:g}'.replace('.', ',')}"
        for borne, poids in zip(ZONES.bornes, ZONES.poids, strict=True)
    )
    return Carte(
        code=f"acces_e2sfca_{kind}",
        nom=f"Accès aux {court}, concurrence comprise",
        famille=Famille.ACCES,
        unite=Unite.POUR_1000_DEMANDEURS,
        decimales=2,
        sens=Sens.PLUS_DE_REPONSE,
        cumul=Cumul.AUCUN,
        definition="Structures accessibles pour 1 000 demandeurs d’emploi, quand chaque structure se "
        "partage entre tous ceux qui peuvent l’atteindre et compte moins quand elle est loin "
        f"(méthode E2SFCA). Type : {long}.",
        numerateur=f"1 par structure ({court}) : la capacité d’accueil n’est pas publiée.",
        denominateur="Demandeurs d’emploi qui atteignent la structure, pondérés par la proximité.",
        champ=_CHAMP,
        sources=SOURCES,
        niveaux=_NIVEAUX,
        methode=_TRAJET + "Étape 1 : chaque structure est divisée par la somme pondérée des "
        "demandeurs d’emploi à 45 minutes. Étape 2 : chaque commune additionne, avec les mêmes "
        "poids, les parts des structures qu’elle atteint. " + _PONDERATION.strip(),
        limites=(
            *_LIMITES,
            (
                "Le nombre de postes par structure n’est pas public : un chantier de 8 postes compte "
                "autant qu’un chantier de 80."
            ),
            (
                "Les poids sont ceux publiés par Luo et Qi (2009) pour des zones de 10 minutes ; leur "
                "application à des zones de 15 minutes est une hypothèse de Maillage."
            ),
            (
                "Les communes dont le nombre de demandeurs d’emploi est inconnu ont un score mais ne "
                "pèsent pas dans le partage."
            ),
        ),
        parametres=(
            *_CENTRALES,
            ("poids selon le temps de trajet", zones),
            ("source des poids", "Luo et Qi 2009, doi 10.1016/j.healthplace.2009.06.002"),
            ("offre par structure", "1 (hypothèse)"),
        ),
    )


def _sans(kind: str) -> str:
    """What is lacking, singular: « ACI », « structure de l’IAE »."""
    return "structure de l’IAE" if kind == TOUS else _NOMS[kind][0]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _cards(kind: str) -> tuple[Carte, ...]:
    return (
        *(_count(kind, seuil) for seuil in SEUILS),
        _share(kind),
        _share_under(kind, "_bas", " (hypothèses favorables)", Hypotheses.favorables()),
        _share_under(kind, "_haut", " (hypothèses prudentes)", Hypotheses.prudentes()),
        _score(kind),
    )


CARTES: tuple[Carte, ...] = tuple(carte for kind in KINDS for carte in _cards(kind))
"""Cards of every access indicator, by kind."""
