"""Definition cards of need: poverty, minimum benefits, RSA support, insertion spending, youth."""

from __future__ import annotations

from functools import partial

from maillage.indicators.cards_emploi import DEP, FR, REG, TOUS
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite
from maillage.kernel.niveau import Niveau

_COM = Niveau.COMMUNE
_DEUX_MILLESIMES = (
    "Communes : 2020 ; départements et régions : 2021. Ce sont deux publications, deux colonnes."
)
_CONFIDENTIEL = (
    "À la commune, le secret statistique cache la plupart des chiffres : ils ne s’additionnent pas."
)
_CHAMP_FILOSOFI = (
    "Ménages fiscaux de France métropolitaine, de Martinique et de La Réunion ; Guadeloupe, Guyane "
    "et Mayotte non publiées."
)
_FILOSOFI = "filosofi_2021_dep_reg"
_FILOSOFI_COM = "communes_besoin_filosofi"
_OUTRE_MER = "Martinique et La Réunion : chiffre publié pour la région, repris pour le département."
_TOUS_DEPARTEMENTS = (
    "Série publiée par département ; région et France : somme, seulement si tous leurs départements "
    "ont un chiffre."
)
_besoin = partial(
    Carte,
    famille=Famille.BESOIN,
    unite=Unite.POURCENT,
    decimales=1,
    sens=Sens.PLUS_DE_BESOIN,
    cumul=Cumul.AUCUN,
)
_compte = partial(_besoin, unite=Unite.PERSONNES, decimales=0, cumul=Cumul.SOMME, denominateur="")


def _pauvrete(code: str, nom: str, qui: str, *, commune: bool = False) -> Carte:
    return _besoin(
        code=code,
        nom=nom,
        definition=f"Part {qui} vivant sous 60 % du niveau de vie médian national.",
        numerateur="Personnes sous le seuil de pauvreté à 60 %.",
        denominateur="Personnes des ménages fiscaux de la même classe.",
        champ=_CHAMP_FILOSOFI,
        sources=(_FILOSOFI, _FILOSOFI_COM) if commune else (_FILOSOFI,),
        niveaux=(REG, DEP, _COM) if commune else (REG, DEP),
        methode="Taux publié par l’INSEE (Filosofi), sans recalcul ni agrégation.",
        limites=(_OUTRE_MER, _DEUX_MILLESIMES, _CONFIDENTIEL) if commune else (_OUTRE_MER,),
    )


PAUVRETE = (
    _pauvrete("taux_pauvrete", "Taux de pauvreté", "des personnes", commune=True),
    _pauvrete(
        "taux_pauvrete_moins_30",
        "Taux de pauvreté des moins de 30 ans",
        "des personnes dont le référent fiscal a moins de 30 ans",
    ),
    _pauvrete(
        "taux_pauvrete_50_59",
        "Taux de pauvreté des 50–59 ans",
        "des personnes dont le référent fiscal a de 50 à 59 ans",
    ),
    _besoin(
        code="niveau_vie_median",
        nom="Niveau de vie médian",
        unite=Unite.EUROS_PAR_AN,
        decimales=0,
        sens=Sens.NEUTRE,
        definition="Revenu disponible par unité de consommation qui partage la population en deux.",
        numerateur="Médiane du niveau de vie.",
        denominateur="",
        champ=_CHAMP_FILOSOFI,
        sources=(_FILOSOFI, _FILOSOFI_COM),
        niveaux=(REG, DEP, _COM),
        methode="Médiane publiée par l’INSEE (Filosofi), sans recalcul ni agrégation.",
        limites=(_OUTRE_MER, _DEUX_MILLESIMES, "Secret statistique dans les petites communes."),
    ),
    _besoin(
        code="niveau_vie_median_moyen",
        nom="Niveau de vie, moyenne des médianes communales",
        unite=Unite.EUROS_PAR_AN,
        decimales=0,
        sens=Sens.NEUTRE,
        definition="Moyenne des niveaux de vie médians des communes, pondérée par leurs personnes.",
        numerateur="Somme des médianes communales × personnes des ménages fiscaux.",
        denominateur="Personnes des ménages fiscaux des mêmes communes.",
        champ=_CHAMP_FILOSOFI,
        sources=(_FILOSOFI_COM,),
        niveaux=TOUS,
        methode="Moyenne pondérée sur les communes dont la médiane est publiée, si elles réunissent "
        "au moins la moitié de la population du territoire.",
        limites=(
            "C’est une approximation : une moyenne de médianes n’est pas la médiane du territoire.",
            "Les petites communes, sous secret, n’y entrent pas.",
        ),
    ),
    _besoin(
        code="part_population_niveau_vie_connu",
        nom="Population couverte par la moyenne des médianes",
        sens=Sens.NEUTRE,
        definition="Part de la population vivant dans les communes dont le niveau de vie est publié.",
        numerateur="Habitants des communes dont la médiane est publiée.",
        denominateur="Habitants de toutes les communes.",
        champ="Toutes les communes dont la population est connue.",
        sources=("communes", _FILOSOFI_COM),
        niveaux=TOUS,
        methode="Quotient des deux sommes des communes (population de 2021).",
        limites=("Dit ce que vaut l’indicateur « moyenne des médianes », et rien d’autre.",),
    ),
    _besoin(
        code="part_minima_sociaux",
        nom="Part des minima sociaux dans le revenu",
        definition="Part des minima sociaux dans le revenu disponible des ménages.",
        numerateur="Minima sociaux perçus.",
        denominateur="Revenu disponible des ménages fiscaux.",
        champ=_CHAMP_FILOSOFI,
        sources=(_FILOSOFI, _FILOSOFI_COM),
        niveaux=(REG, DEP, _COM),
        methode="Part publiée par l’INSEE (Filosofi), sans recalcul ni agrégation.",
        limites=(_OUTRE_MER, _DEUX_MILLESIMES, _CONFIDENTIEL),
    ),
    _besoin(
        code="rapport_interdecile",
        nom="Rapport interdécile",
        unite=Unite.RAPPORT,
        definition="Niveau de vie plancher des 10 % les plus aisés rapporté au plafond des 10 % les "
        "plus modestes.",
        numerateur="Neuvième décile du niveau de vie.",
        denominateur="Premier décile du niveau de vie.",
        champ=_CHAMP_FILOSOFI,
        sources=(_FILOSOFI,),
        niveaux=(REG, DEP),
        methode="Rapport publié par l’INSEE (Filosofi).",
        limites=(_OUTRE_MER,),
    ),
)


def _allocataires(code: str, nom: str, quoi: str) -> Carte:
    return _compte(
        code=code,
        nom=nom,
        definition=f"Allocataires {quoi} au 31 décembre.",
        numerateur="Allocataires (foyers), non les personnes couvertes.",
        champ="Tous régimes, départements de France ; RSA de 2009 à 2019.",
        sources=("minima_sociaux_dep_1995_2019",),
        niveaux=(FR, REG, DEP),
        methode=_TOUS_DEPARTEMENTS,
        limites=(
            "Dernière année : 2019, avant la crise sanitaire et la réforme France Travail.",
            "Chiffres arrondis par la source.",
        ),
    )


MINIMA = (
    _allocataires("rsa_allocataires", "Allocataires du RSA", "du revenu de solidarité active"),
    _besoin(
        code="rsa_pour_100_20_64",
        nom="RSA pour 100 habitants de 20 à 64 ans",
        unite=Unite.POUR_100_HABITANTS,
        definition="Foyers allocataires du RSA rapportés à la population de 20 à 64 ans.",
        numerateur="Foyers allocataires du RSA au 31 décembre.",
        denominateur="Habitants de 20 à 64 ans, même année.",
        champ="Départements de France, 2009 à 2019.",
        sources=("minima_sociaux_dep_1995_2019", "population_dep_1989_2021"),
        niveaux=(FR, REG, DEP),
        methode="Quotient ; région et France : quotient des sommes de tous les départements.",
        limites=("Un foyer peut compter plusieurs adultes : ce n’est pas une part de personnes.",),
    ),
    _allocataires(
        "ass_allocataires", "Allocataires de l’ASS", "de l’allocation de solidarité spécifique"
    ),
    _allocataires(
        "aah_allocataires", "Allocataires de l’AAH", "de l’allocation aux adultes handicapés"
    ),
    _allocataires(
        "minima_sociaux_total", "Allocataires de minima sociaux", "de l’un des minima sociaux"
    ),
)


def _oarsa(code: str, nom: str, definition: str, unite: Unite = Unite.POURCENT) -> Carte:
    return _besoin(
        code=code,
        nom=nom,
        unite=unite,
        decimales=0,
        sens=Sens.NEUTRE,
        definition=definition,
        numerateur="Selon la définition, au 31 décembre.",
        denominateur="Bénéficiaires du RSA soumis aux droits et devoirs."
        if unite is Unite.POURCENT
        else "",
        champ="98 départements, 2015 à 2018 (enquête OARSA de la DREES).",
        sources=("rsa_orientation_oarsa_dep",),
        niveaux=(DEP,),
        methode="Chiffre publié, sans recalcul.",
        limites=("Enquête déclarative des départements ; dernière année : 2018.",),
    )


ORIENTATION = (
    _oarsa(
        "rsa_part_orientees",
        "RSA : personnes orientées",
        "Part des bénéficiaires soumis aux droits et devoirs qui ont été orientés.",
    ),
    _oarsa(
        "rsa_part_orientees_france_travail",
        "RSA : orientées vers Pôle emploi",
        "Part des personnes orientées vers Pôle emploi.",
    ),
    _oarsa(
        "rsa_part_orientees_departement",
        "RSA : orientées vers le département",
        "Part des personnes orientées vers les services du département.",
    ),
    _oarsa(
        "rsa_part_contrat_engagement",
        "RSA : contrat d’engagements réciproques",
        "Part des personnes orientées hors Pôle emploi qui ont un contrat d’engagements réciproques.",
    ),
    _oarsa(
        "rsa_delai_orientation",
        "RSA : délai d’orientation",
        "Délai moyen entre l’entrée dans le RSA et la première orientation.",
        Unite.JOURS,
    ),
)
DEPENSES = (
    _besoin(
        code="depense_insertion_brute",
        nom="Dépense brute d’insertion et de RSA",
        unite=Unite.MILLIERS_EUROS,
        decimales=0,
        sens=Sens.NEUTRE,
        cumul=Cumul.SOMME,
        definition="Dépense brute du département pour l’insertion, allocation RSA comprise.",
        numerateur="Dépense brute de l’année, en milliers d’euros.",
        denominateur="",
        champ="Départements hors Mayotte, 2009 à 2019 ; Corse non publiée depuis 2018.",
        sources=("depenses_insertion_dep",),
        niveaux=(FR, REG, DEP),
        methode=_TOUS_DEPARTEMENTS,
        limites=(
            "La source ne dit pas si les euros sont courants ou constants.",
            "L’essentiel est l’allocation elle-même, non l’accompagnement.",
        ),
    ),
    _besoin(
        code="depense_insertion_par_allocataire",
        nom="Dépense d’insertion par allocataire du RSA",
        unite=Unite.EUROS_PAR_AN,
        decimales=0,
        sens=Sens.NEUTRE,
        definition="Dépense brute d’insertion rapportée aux foyers allocataires du RSA.",
        numerateur="Dépense brute d’insertion et de RSA de l’année, en euros.",
        denominateur="Foyers allocataires du RSA au 31 décembre de la même année.",
        champ="Départements hors Mayotte, 2009 à 2019 ; Corse non publiée depuis 2018.",
        sources=("depenses_insertion_dep", "minima_sociaux_dep_1995_2019"),
        niveaux=(FR, REG, DEP),
        methode="Quotient ; région : quotient des sommes de tous ses départements.",
        limites=("Une dépense d’année sur un effectif de fin d’année.",),
    ),
)


def _cej(code: str, nom: str, definition: str, *limites: str) -> Carte:
    return _compte(
        code=code,
        nom=nom,
        sens=Sens.NEUTRE,
        definition=definition,
        numerateur="Entrées cumulées depuis le 1er janvier.",
        champ="France, régions, départements.",
        sources=("entrees_cej_2022_2024",),
        niveaux=(FR, REG, DEP),
        methode="Chiffre publié, sans recalcul.",
        limites=("Cumul depuis le 1er janvier : ne pas additionner les mois.", *limites),
    )


JEUNES = (
    _cej(
        "entrees_cej",
        "Entrées en contrat d’engagement jeune",
        "Jeunes entrés en contrat d’engagement jeune depuis le 1er janvier de l’année.",
    ),
    _cej(
        "cible_cej",
        "Cible d’entrées en contrat d’engagement jeune",
        "Entrées attendues sur l’année de la cible.",
        "La période est celle pour laquelle la cible est fixée.",
    ),
)
CARTES: tuple[Carte, ...] = (*PAUVRETE, *MINIMA, *ORIENTATION, *DEPENSES, *JEUNES)
