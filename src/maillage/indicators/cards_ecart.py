"""Definition cards of the gap under each key of need, and of the stability of ranks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from maillage.indicators.cards_emploi import DEMANDEURS_ABC, DEP, REG
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite
from maillage.indicators.gap import CLES, COMPOSITE, POIDS_PAR_DEFAUT

_STOCK = "beneficiaires_siae_mensuel_2017_2022"
_DEMANDEURS = "communes_besoin_demandeurs"
_POIDS = ", ".join(f"{cle} {poids:g}" for cle, poids in POIDS_PAR_DEFAUT.items())


@dataclass(frozen=True, slots=True)
class Cle:
    """What one key of need counts.

    Attributes:
        nom: Name on screen.
        besoin: What is counted, with its year.
        sources: Codes of the published files.
        limites: What the key does not say.
    """

    nom: str
    besoin: str
    sources: tuple[str, ...]
    limites: tuple[str, ...]


_SIMPLES: dict[str, Cle] = {
    "demandeurs": Cle(
        "demandeurs d’emploi",
        "demandeurs d’emploi inscrits (fin 2024)",
        (_DEMANDEURS,),
        (DEMANDEURS_ABC,),
    ),
    "longue_duree": Cle(
        "longue durée",
        "demandeurs d’emploi (fin 2024) × part des inscrits depuis un an ou plus (2017)",
        (_DEMANDEURS, "demandeurs_longue_duree_dep_2013_2017"),
        (
            (
                "Approximation : la part de longue durée est de 2017, les demandeurs de fin 2024 ; "
                "aucune série plus récente n’est publiée par département dans le paquet."
            ),
            DEMANDEURS_ABC,
        ),
    ),
    "rsa": Cle(
        "RSA",
        "foyers allocataires du RSA (décembre 2019)",
        ("minima_sociaux_dep_1995_2019",),
        ("Le RSA de 2019 est antérieur à la crise sanitaire.",),
    ),
    "pauvrete": Cle(
        "pauvreté",
        "personnes sous le seuil de pauvreté (taux × personnes des ménages fiscaux, 2021)",
        ("filosofi_2021_dep_reg",),
        (
            (
                "Guadeloupe, Guyane et Mayotte n’ont pas de taux publié : elles n’ont pas d’écart sous "
                "cette clé, et les autres parts se calculent sans elles."
            ),
        ),
    ),
}
CLES_DECRITES: dict[str, Cle] = {
    **{cle: _SIMPLES[cle] for cle in CLES},
    COMPOSITE: Cle(
        "composite",
        "moyenne pondérée des parts de besoin connues",
        tuple(dict.fromkeys(source for cle in CLES for source in _SIMPLES[cle].sources)),
        (
            "Les poids sont un choix, non un résultat : ils sont égaux par défaut.",
            (
                "Un territoire sans pauvreté publiée est jugé sur les autres clés ; les parts sont "
                "ensuite ramenées à une somme de 100 %."
            ),
        ),
    ),
}
"""Keys of need in the order of the screen."""

_ecart = partial(
    Carte,
    famille=Famille.ECART,
    decimales=1,
    niveaux=(REG, DEP),
    champ="Territoires dont le besoin (sous cette clé) et l’effectif sont connus ; offre : personnes "
    "en IAE au 30 septembre 2022, tous types ensemble.",
)


def _parametres(cle: str) -> tuple[tuple[str, str], ...]:
    return (("poids du composite (hypothèse)", _POIDS),) if cle == COMPOSITE else ()


def _cards(cle: str) -> tuple[Carte, ...]:
    about = CLES_DECRITES[cle]
    sources = (_STOCK, *about.sources)
    card = partial(_ecart, limites=about.limites, parametres=_parametres(cle))
    attendu = "part du besoin × effectif total des territoires comparés"
    return (
        card(
            code=f"ecart_{cle}",
            nom=f"Écart en personnes ({about.nom})",
            unite=Unite.PERSONNES,
            decimales=0,
            sens=Sens.PLUS_DE_REPONSE,
            cumul=Cumul.SOMME,
            definition="Personnes en IAE de plus (+) ou de moins (−) que ce que donnerait une "
            f"répartition selon : {about.besoin}.",
            numerateur=f"Effectif du territoire moins ({attendu}).",
            denominateur="",
            sources=sources,
            methode="Sur les territoires où les deux sont connus : la somme des écarts est nulle.",
        ),
        card(
            code=f"ecart_pour_1000_{cle}",
            nom=f"Écart pour 1 000 demandeurs d’emploi ({about.nom})",
            unite=Unite.POUR_1000_DEMANDEURS,
            sens=Sens.PLUS_DE_REPONSE,
            cumul=Cumul.AUCUN,
            definition="Écart en personnes rapporté aux demandeurs d’emploi du territoire.",
            numerateur=f"Écart en personnes sous la clé « {about.nom} ».",
            denominateur="Demandeurs d’emploi inscrits (fin 2024).",
            sources=tuple(dict.fromkeys((*sources, _DEMANDEURS))),
            methode="Quotient.",
        ),
        card(
            code=f"ecart_relatif_{cle}",
            nom=f"Écart relatif ({about.nom})",
            unite=Unite.POURCENT,
            sens=Sens.PLUS_DE_REPONSE,
            cumul=Cumul.AUCUN,
            definition="Écart en personnes rapporté à ce que donnerait la clé.",
            numerateur=f"Écart en personnes sous la clé « {about.nom} ».",
            denominateur=f"{attendu[0].upper()}{attendu[1:]}.",
            sources=sources,
            methode="Part de l’offre ÷ part du besoin − 1.",
        ),
        card(
            code=f"rang_{cle}",
            nom=f"Rang ({about.nom})",
            unite=Unite.RANG,
            decimales=0,
            sens=Sens.PLUS_DE_REPONSE,
            cumul=Cumul.AUCUN,
            definition="Place du territoire par écart relatif ; 1 est le moins servi.",
            numerateur="Rang de l’écart relatif, du plus négatif au plus positif.",
            denominateur="",
            sources=sources,
            methode="Les ex æquo partagent le meilleur rang ; seuls les territoires connus comptent.",
        ),
        card(
            code=f"part_besoin_{cle}",
            nom=f"Part du besoin ({about.nom})",
            unite=Unite.POURCENT,
            decimales=2,
            sens=Sens.PLUS_DE_BESOIN,
            cumul=Cumul.SOMME,
            definition=f"Part du territoire dans le besoin national, mesuré par : {about.besoin}.",
            numerateur=f"Besoin du territoire : {about.besoin}.",
            denominateur="Somme du besoin des territoires comparés.",
            sources=sources,
            methode="La somme des parts est de 100 % sur les territoires comparés.",
        ),
        card(
            code=f"part_offre_{cle}",
            nom=f"Part de l’offre (territoires comparés : {about.nom})",
            unite=Unite.POURCENT,
            decimales=2,
            sens=Sens.PLUS_DE_REPONSE,
            cumul=Cumul.SOMME,
            definition="Part du territoire dans les personnes en IAE des territoires comparés.",
            numerateur="Personnes en IAE du territoire.",
            denominateur="Personnes en IAE des territoires dont le besoin est connu.",
            sources=sources,
            methode="La somme des parts est de 100 % sur les territoires comparés.",
        ),
    )


_TOUTES = CLES_DECRITES[COMPOSITE].sources
_stabilite = partial(
    _ecart,
    unite=Unite.RANG,
    decimales=0,
    sens=Sens.NEUTRE,
    cumul=Cumul.AUCUN,
    denominateur="",
    sources=(_STOCK, *_TOUTES),
    methode="Sur les cinq clés, composite compris ; inconnu si moins de deux rangs sont connus.",
    limites=(
        (
            "Sous la clé pauvreté, moins de territoires sont classés : les rangs y sont un peu plus "
            "bas."
        ),
    ),
    parametres=_parametres(COMPOSITE),
)
STABILITE = (
    _stabilite(
        code="rang_min",
        nom="Meilleur rang de priorité",
        definition="Plus petit rang du territoire sur les clés : celui où il est le moins servi.",
        numerateur="Minimum des rangs connus.",
    ),
    _stabilite(
        code="rang_max",
        nom="Rang le plus éloigné de la priorité",
        definition="Plus grand rang du territoire sur les clés : celui où il est le mieux servi.",
        numerateur="Maximum des rangs connus.",
    ),
    _stabilite(
        code="etendue_rangs",
        nom="Étendue des rangs",
        definition="Écart entre le plus grand et le plus petit rang : ce que le choix de la clé "
        "change pour le territoire.",
        numerateur="Plus grand rang moins plus petit rang.",
    ),
)
CARTES: tuple[Carte, ...] = (*(card for cle in CLES_DECRITES for card in _cards(cle)), *STABILITE)
