"""Definition cards of need: population, job seekers, unemployment, activity."""

from __future__ import annotations

from functools import partial

from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite
from maillage.kernel.niveau import Niveau

FR, REG, DEP = Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT
ZE, EPCI = Niveau.ZONE_EMPLOI, Niveau.EPCI
TOUS = tuple(Niveau)

SOMME_COMMUNES = (
    "Au-dessus de la commune : somme des communes dont le chiffre est connu, si elles réunissent au "
    "moins la moitié de la population du territoire ; jamais les arrondissements municipaux, déjà "
    "comptés dans Paris, Lyon et Marseille."
)
QUOTIENT_COMMUNES = (
    "Au-dessus de la commune : quotient des deux sommes des communes (jamais une moyenne de taux)."
)
COMMUNES_RETABLIES = (
    "Communes rétablies en 2024–2025 : pas encore de chiffre propre ; leurs habitants restent "
    "comptés avec la commune quittée, sous le code que la source a retenu."
)
DEMANDEURS_ABC = (
    "La source n’écrit ni la date ni la catégorie ; leur total (5 461 905) et l’arrondi à 5 "
    "correspondent aux catégories A, B, C de fin 2024 : c’est une déduction de Maillage."
)
PAS_LE_CHOMAGE = (
    "Inscription à France Travail, chômage au sens du recensement et chômage au sens du BIT sont "
    "trois mesures différentes : elles ne se comparent pas entre elles."
)
_CHAMP_DEMANDEURS = (
    "Demandeurs d’emploi inscrits à France Travail, selon leur commune de résidence."
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

POPULATION = (
    _compte(
        code="population",
        nom="Population",
        sens=Sens.NEUTRE,
        definition="Population municipale du recensement.",
        numerateur="Habitants ayant leur résidence habituelle dans la commune.",
        champ="Population municipale ; millésimes 2013 à 2021.",
        sources=("communes", "communes_population_2013_2021"),
        niveaux=TOUS,
        methode=SOMME_COMMUNES,
        limites=(
            COMMUNES_RETABLIES,
            "Mayotte : recensement de 2017, repris dans le seul millésime 2021.",
        ),
    ),
    _besoin(
        code="evolution_population",
        nom="Évolution annuelle de la population",
        decimales=2,
        sens=Sens.NEUTRE,
        definition="Taux de croissance annuel moyen de la population entre 2013 et 2021.",
        numerateur="Population municipale de 2021.",
        denominateur="Population municipale de 2013 des mêmes communes.",
        champ="Communes dont la population est connue aux deux dates.",
        sources=("communes", "communes_population_2013_2021"),
        niveaux=TOUS,
        methode="Racine huitième du rapport des populations, moins un. " + QUOTIENT_COMMUNES,
        limites=("Mayotte n’a pas de population publiée ici pour 2013.", COMMUNES_RETABLIES),
    ),
    _compte(
        code="population_estimee",
        nom="Population estimée au 1er janvier",
        sens=Sens.NEUTRE,
        definition="Population estimée par l’INSEE au 1er janvier de chaque année.",
        numerateur="Habitants.",
        champ="Ensemble des départements ; 1989 à 2021.",
        sources=("population_dep_1989_2021",),
        niveaux=(FR, REG, DEP),
        methode="Série publiée par département ; région et France : somme de tous les départements.",
        limites=("Ce n’est pas la population municipale du recensement : les totaux diffèrent.",),
    ),
    _compte(
        code="population_20_64",
        nom="Population de 20 à 64 ans",
        sens=Sens.NEUTRE,
        definition="Population estimée de 20 à 64 ans.",
        numerateur="Habitants de 20 à 64 ans.",
        champ="Ensemble des départements ; 1989 à 2021.",
        sources=("population_dep_1989_2021",),
        niveaux=(FR, REG, DEP),
        methode="Série publiée par département ; région et France : somme de tous les départements.",
        limites=("Estimation : les dernières années peuvent être révisées par l’INSEE.",),
    ),
)

DEMANDEURS = (
    _compte(
        code="demandeurs_emploi",
        nom="Demandeurs d’emploi",
        definition="Personnes inscrites à France Travail (catégories A, B, C, fin 2024).",
        numerateur="Demandeurs d’emploi inscrits, arrondis à 5 par la source.",
        champ=_CHAMP_DEMANDEURS,
        sources=("communes_besoin_demandeurs",),
        niveaux=TOUS,
        methode=SOMME_COMMUNES,
        limites=(DEMANDEURS_ABC, PAS_LE_CHOMAGE, COMMUNES_RETABLIES),
    ),
    _besoin(
        code="demandeurs_emploi_pour_100_15_64",
        nom="Demandeurs d’emploi pour 100 habitants de 15 à 64 ans",
        unite=Unite.POUR_100_HABITANTS,
        definition="Demandeurs d’emploi inscrits rapportés à la population d’âge actif.",
        numerateur="Demandeurs d’emploi inscrits (fin 2024).",
        denominateur="Habitants de 15 à 64 ans (recensement de 2021).",
        champ=_CHAMP_DEMANDEURS,
        sources=("communes_besoin_demandeurs", "communes_besoin_recensement"),
        niveaux=TOUS,
        methode=QUOTIENT_COMMUNES,
        limites=(
            DEMANDEURS_ABC,
            "Les deux termes n’ont pas la même année : 2024 sur 2021.",
            "Ce n’est pas un taux de chômage : le dénominateur compte aussi les inactifs.",
            (
                "Mayotte : population de 15 à 64 ans non publiée ici ; la France est donc rapportée à "
                "une population sans Mayotte, ce qui la majore de moins de 0,1 point."
            ),
        ),
    ),
    _compte(
        code="demandeurs_emploi_abc",
        nom="Demandeurs d’emploi A, B, C en décembre",
        definition="Demandeurs d’emploi de catégories A, B et C inscrits en fin d’année.",
        numerateur="Inscrits de catégories A, B, C au 31 décembre.",
        champ="Intercommunalités de 2025 qui existaient déjà ; décembre 2016 à décembre 2019.",
        sources=("demandeurs_emploi_epci_2016_2019",),
        niveaux=(EPCI,),
        methode="Série publiée par intercommunalité, sans recalcul.",
        limites=(
            "Série ancienne : elle décrit l’avant-crise sanitaire.",
            "Les chiffres protégés par le secret statistique sont absents.",
        ),
    ),
)


def _part_epci(code: str, nom: str, quoi: str, *limites: str) -> Carte:
    return _besoin(
        code=code,
        nom=nom,
        definition=f"Part {quoi} parmi les demandeurs d’emploi de catégories A, B, C.",
        numerateur=f"Demandeurs d’emploi A, B, C : part {quoi}, en décembre.",
        denominateur="Demandeurs d’emploi A, B, C en décembre de la même année.",
        champ="Intercommunalités de 2025 qui existaient déjà ; décembre 2016 à décembre 2019.",
        sources=("demandeurs_emploi_epci_2016_2019",),
        niveaux=(EPCI,),
        methode="Quotient des deux séries publiées.",
        limites=("Série ancienne : elle décrit l’avant-crise sanitaire.", *limites),
    )


_SANS_2016 = "Décembre 2016 : détail par âge et sexe perdu par le fichier repris."
STRUCTURE_DEMANDEURS = (
    _part_epci(
        "part_longue_duree_epci",
        "Demandeurs d’emploi de longue durée (intercommunalité)",
        "des inscrits depuis un an ou plus",
    ),
    _part_epci(
        "part_moins_25_epci",
        "Demandeurs d’emploi de moins de 25 ans",
        "des moins de 25 ans",
        _SANS_2016,
    ),
    _part_epci(
        "part_50_ans_plus_epci",
        "Demandeurs d’emploi de 50 ans ou plus",
        "des 50 ans ou plus",
        _SANS_2016,
    ),
    _part_epci(
        "part_femmes_epci", "Femmes parmi les demandeurs d’emploi", "des femmes", _SANS_2016
    ),
    _besoin(
        code="part_longue_duree_departement",
        nom="Demandeurs d’emploi de longue durée (département)",
        definition="Part des inscrits depuis un an ou plus parmi les demandeurs d’emploi A, B, C.",
        numerateur="Demandeurs d’emploi A, B, C inscrits depuis un an ou plus.",
        denominateur="Demandeurs d’emploi A, B, C.",
        champ="Départements ; années 2013 et 2017.",
        sources=("demandeurs_longue_duree_dep_2013_2017",),
        niveaux=(DEP,),
        methode="Pourcentage publié, sans recalcul.",
        limites=("Série ancienne : dernière année 2017.",),
    ),
    _besoin(
        code="part_neet_15_24",
        nom="Jeunes ni en emploi ni en formation",
        definition="Part des 15–24 ans qui ne sont ni en emploi, ni en études, ni en formation.",
        numerateur="Jeunes de 15 à 24 ans ni en emploi ni en formation.",
        denominateur="Jeunes de 15 à 24 ans.",
        champ="Intercommunalités de 2025 qui existaient déjà ; années 2009 et 2014.",
        sources=("neet_epci_2009_2014",),
        niveaux=(EPCI,),
        methode="Pourcentage publié, sans recalcul.",
        limites=("Série ancienne : à lire comme une structure, non comme une situation.",),
    ),
)

CHOMAGE = (
    _besoin(
        code="taux_chomage_localise",
        nom="Taux de chômage localisé",
        definition="Taux de chômage au sens du BIT, corrigé des variations saisonnières.",
        numerateur="Chômeurs au sens du BIT, estimés par l’INSEE.",
        denominateur="Population active estimée.",
        champ="France hors Mayotte ; zones d’emploi hors Guyane et Mayotte.",
        sources=("chomage_localise_trimestriel", "chomage_zone_emploi_trimestriel"),
        niveaux=(FR, REG, DEP, ZE),
        methode="Taux trimestriel publié, sans recalcul.",
        limites=(
            (
                "Les zones d’emploi viennent d’une édition plus récente de l’INSEE (printemps 2026) que "
                "les départements (mars 2025) : ne pas enchaîner les deux séries."
            ),
            "Les derniers trimestres sont provisoires.",
            PAS_LE_CHOMAGE,
        ),
    ),
    _besoin(
        code="taux_chomage_rp",
        nom="Chômage au sens du recensement",
        definition="Part des actifs de 15 à 64 ans qui se déclarent chômeurs au recensement.",
        numerateur="Chômeurs déclarés de 15 à 64 ans (recensement de 2021).",
        denominateur="Actifs de 15 à 64 ans (recensement de 2021).",
        champ="Communes de France hors Mayotte.",
        sources=("communes_besoin_recensement",),
        niveaux=TOUS,
        methode=QUOTIENT_COMMUNES,
        limites=(
            PAS_LE_CHOMAGE,
            "Déclaratif, et toujours plus élevé que le taux au sens du BIT.",
            COMMUNES_RETABLIES,
        ),
    ),
)


def _activite(code: str, nom: str, qui: str) -> Carte:
    return _besoin(
        code=code,
        nom=nom,
        sens=Sens.NEUTRE,
        definition=f"Part des actifs (en emploi ou au chômage) parmi {qui}.",
        numerateur=f"Actifs parmi {qui}.",
        denominateur=f"Population : {qui}.",
        champ="Recensement de 2021 ; départements de métropole, régions.",
        sources=("population_active_2021_dep_reg",),
        niveaux=(REG, DEP),
        methode="Pourcentage publié ; un département d’outre-mer prend celui de sa région.",
        limites=("Activité au sens du recensement, déclarative.",),
    )


ACTIVITE = (
    _activite("taux_activite", "Taux d’activité", "les 15–64 ans"),
    _activite("taux_activite_25_54", "Taux d’activité des 25–54 ans", "les 25–54 ans"),
    _activite("taux_activite_femmes", "Taux d’activité des femmes", "les femmes de 15 à 64 ans"),
    _activite("taux_activite_hommes", "Taux d’activité des hommes", "les hommes de 15 à 64 ans"),
)
CARTES: tuple[Carte, ...] = (*DEMANDEURS, *CHOMAGE, *STRUCTURE_DEMANDEURS, *ACTIVITE, *POPULATION)
