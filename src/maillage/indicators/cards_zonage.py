"""Definition cards of need: priority districts, rural revitalisation, rurality."""

from __future__ import annotations

from functools import partial

from maillage.indicators.cards_emploi import COMMUNES_RETABLIES, QUOTIENT_COMMUNES, TOUS
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite

_besoin = partial(
    Carte,
    famille=Famille.BESOIN,
    unite=Unite.POURCENT,
    decimales=1,
    sens=Sens.PLUS_DE_BESOIN,
    cumul=Cumul.AUCUN,
    niveaux=TOUS,
)
_CHAMP_QPV = "Quartiers prioritaires 2024 des communes de France."
_ATTRIBUTION = (
    "À partir du département : département que la source donne au quartier. En dessous : un quartier "
    "est attribué s’il est tout entier dans le territoire ; sinon le chiffre est inconnu, car la "
    "population d’un quartier n’est pas publiée par commune."
)
_ARRONDISSEMENTS = "Inconnu par arrondissement municipal : la source donne la commune entière."

QPV = (
    _besoin(
        code="nombre_qpv",
        nom="Quartiers prioritaires",
        unite=Unite.NOMBRE,
        decimales=0,
        definition="Nombre de quartiers prioritaires de la politique de la ville.",
        numerateur="Quartiers dont une partie au moins est dans le territoire.",
        denominateur="",
        champ=_CHAMP_QPV,
        sources=("qpv_2024",),
        methode="Un quartier sur plusieurs communes compte une fois dans chaque territoire touché.",
        limites=(
            "Ne s’additionne pas : un quartier à cheval compterait deux fois.",
            _ARRONDISSEMENTS,
        ),
    ),
    _besoin(
        code="part_population_qpv",
        nom="Population en quartier prioritaire",
        definition="Part de la population vivant dans un quartier prioritaire.",
        numerateur="Habitants des quartiers prioritaires (recensement 2018–2020).",
        denominateur="Population municipale (recensement de 2021).",
        champ=_CHAMP_QPV,
        sources=("qpv_2024", "communes"),
        methode=_ATTRIBUTION,
        limites=("Les deux termes n’ont pas la même année.", _ARRONDISSEMENTS),
    ),
    _besoin(
        code="rsa_allocataires_qpv",
        nom="Allocataires du RSA en quartier prioritaire",
        unite=Unite.PERSONNES,
        decimales=0,
        cumul=Cumul.SOMME,
        definition="Allocataires du RSA socle vivant dans un quartier prioritaire.",
        numerateur="Allocataires du RSA socle (CAF, 2022–2023).",
        denominateur="",
        champ=_CHAMP_QPV + " Allocataires des CAF, hors MSA.",
        sources=("qpv_2024",),
        methode=_ATTRIBUTION + " Inconnu dès qu’un quartier n’a pas de chiffre.",
        limites=("La source n’écrit pas l’année exacte.", _ARRONDISSEMENTS),
    ),
)


def _classement(code: str, nom: str, quoi: str, champ: str, *limites: str) -> Carte:
    return _besoin(
        code=code,
        nom=nom,
        definition=f"Part de la population vivant dans une commune {quoi}.",
        numerateur=f"Habitants des communes : {quoi}.",
        denominateur="Habitants des communes dont le classement est connu.",
        champ=champ,
        sources=("communes", "communes_typologies"),
        methode="Population municipale de 2021. " + QUOTIENT_COMMUNES,
        limites=(
            "Une commune est comptée en entier ; un arrondissement municipal suit sa commune.",
            COMMUNES_RETABLIES,
            *limites,
        ),
    )


_FRR = "France ruralités revitalisation, liste de juillet 2025."
_EN_PARTIE = "Les communes classées pour partie sont comptées en entier."
ZONAGES = (
    _classement(
        "part_population_frr",
        "Population en zone FRR",
        "classée FRR (socle, FRR+ ou pour partie)",
        _FRR,
        _EN_PARTIE,
    ),
    _classement(
        "part_population_frr_plus",
        "Population en zone FRR+",
        "classée FRR+",
        _FRR,
        "Comprise dans la part FRR : ne pas additionner.",
    ),
    _classement(
        "part_population_frr_beneficiaire",
        "Population en ancienne ZRR bénéficiaire",
        "sortie du classement et bénéficiaire transitoire (pour tout ou partie)",
        _FRR,
        "Non comprise dans la part FRR.",
        _EN_PARTIE,
    ),
    _classement(
        "part_population_zrr",
        "Population en ZRR (2022)",
        "classée en zone de revitalisation rurale",
        "Zonage de novembre 2022, remplacé depuis par FRR.",
        "Les communes classées pour partie ne sont pas comptées.",
    ),
    _classement(
        "part_population_rurale",
        "Population rurale",
        "rurale (classes 5, 6, 7 de la grille de densité)",
        "Grille communale de densité de l’INSEE, sept niveaux.",
        "Rural n’est pas besoin : l’éloignement, lui, se lit dans les indicateurs d’accès.",
    ),
)
CARTES: tuple[Carte, ...] = (*QPV, *ZONAGES)
