"""Definition cards of supply: structures, people in IAE, targets of 2022."""

from __future__ import annotations

from functools import partial

from maillage.indicators.cards_emploi import DEMANDEURS_ABC, DEP, FR, REG, TOUS
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite

_REGISTRE = "siae_2020_12"
_STOCK = "beneficiaires_siae_mensuel_2017_2022"
_CIBLES = "cibles_iae_2022"
_DEMANDEURS = "communes_besoin_demandeurs"
_NIVEAUX = (FR, REG, DEP)
_CHAMP_STRUCTURES = (
    "Structures conventionnées au registre de l’ASP de décembre 2020 : ACI, AI, EI, ETTI. Les GEIQ, "
    "qui ne sont pas de l’IAE au sens de la loi, sont exclus ; les EITI n’y figuraient pas."
)
_CHAMP_STOCK = (
    "Personnes en contrat dans une structure de l’IAE en fin de mois, tous types ensemble."
)
_DATE = "Registre de décembre 2020 : des structures ont ouvert et fermé depuis."
_RATTACHEMENT = (
    "À partir du département : département que le registre donne à la structure, qu’elle ait ou non "
    "une commune connue. En dessous : commune de la structure."
)
_JAMAIS_SOMMER = "C’est un stock : on ne l’additionne jamais entre mois."
_offre = partial(
    Carte,
    famille=Famille.OFFRE,
    unite=Unite.PERSONNES,
    decimales=0,
    sens=Sens.PLUS_DE_REPONSE,
    cumul=Cumul.SOMME,
    denominateur="",
    niveaux=_NIVEAUX,
)

_KINDS = {
    "tous": ("Structures de l’IAE", "de l’IAE, tous types ensemble"),
    "aci": ("Ateliers et chantiers d’insertion", "de type atelier ou chantier d’insertion (ACI)"),
    "ai": ("Associations intermédiaires", "de type association intermédiaire (AI)"),
    "ei": ("Entreprises d’insertion", "de type entreprise d’insertion (EI)"),
    "etti": (
        "Entreprises de travail temporaire d’insertion",
        "de type entreprise de travail temporaire d’insertion (ETTI)",
    ),
}


def _structures(kind: str) -> Carte:
    nom, quoi = _KINDS[kind]
    return _offre(
        code=f"structures_{kind}",
        nom=nom,
        unite=Unite.STRUCTURES,
        definition=f"Nombre de structures {quoi}.",
        numerateur="Structures du registre ; une même association peut compter par type.",
        champ=_CHAMP_STRUCTURES,
        sources=(_REGISTRE,),
        niveaux=TOUS,
        methode=_RATTACHEMENT,
        limites=(
            _DATE,
            (
                "Une structure compte pour une, quelle que soit sa taille : les postes conventionnés "
                "ne sont pas publiés."
            ),
            "Le siège n’est pas toujours le lieu de travail.",
            "Paris, Lyon, Marseille : le registre ne donne pas l’arrondissement, qui reste inconnu.",
            "Deux structures de Saint-Pierre-et-Miquelon ne sont dans aucun territoire d’ici.",
        ),
    )


STRUCTURES = (
    *(_structures(kind) for kind in _KINDS),
    _offre(
        code="structures_pour_10000_demandeurs",
        nom="Structures pour 10 000 demandeurs d’emploi",
        unite=Unite.POUR_10000_DEMANDEURS,
        decimales=2,
        cumul=Cumul.AUCUN,
        definition="Nombre de structures de l’IAE rapporté aux demandeurs d’emploi.",
        numerateur="Structures de l’IAE (décembre 2020).",
        denominateur="Demandeurs d’emploi inscrits (fin 2024).",
        champ=_CHAMP_STRUCTURES,
        sources=(_REGISTRE, _DEMANDEURS),
        niveaux=TOUS,
        methode="Quotient. " + _RATTACHEMENT,
        limites=(_DATE, "Les deux termes n’ont pas la même année.", DEMANDEURS_ABC),
    ),
)
PERSONNES = (
    _offre(
        code="personnes_iae",
        nom="Personnes en IAE",
        definition="Personnes en contrat dans une structure de l’IAE au dernier jour du mois.",
        numerateur="Personnes en contrat.",
        champ=_CHAMP_STOCK,
        sources=(_STOCK,),
        methode="Effectif mensuel publié (baromètre des résultats, source ASP).",
        limites=(
            _JAMAIS_SOMMER,
            "Tous types ensemble : la part de chacun n’est pas publiée par département.",
            "Des personnes, non des équivalents temps plein. Dernier mois : septembre 2022.",
        ),
    ),
    _offre(
        code="personnes_iae_moyenne_12_mois",
        nom="Personnes en IAE, moyenne sur douze mois",
        definition="Moyenne des douze effectifs de fin de mois qui se terminent au mois indiqué.",
        numerateur="Somme de douze effectifs de fin de mois.",
        denominateur="Douze.",
        champ=_CHAMP_STOCK,
        sources=(_STOCK,),
        methode="Moyenne simple ; absente s’il manque un mois.",
        limites=("Efface les saisons ; ce n’est pas le nombre de personnes passées dans l’année.",),
    ),
    _offre(
        code="personnes_iae_pour_1000_demandeurs",
        nom="Personnes en IAE pour 1 000 demandeurs d’emploi",
        unite=Unite.POUR_1000_DEMANDEURS,
        decimales=1,
        cumul=Cumul.AUCUN,
        definition="Personnes en IAE rapportées aux demandeurs d’emploi.",
        numerateur="Personnes en IAE (dernier mois publié).",
        denominateur="Demandeurs d’emploi inscrits (fin 2024).",
        champ=_CHAMP_STOCK,
        sources=(_STOCK, _DEMANDEURS),
        methode="Quotient.",
        limites=("Les deux termes n’ont pas la même année : 2022 sur 2024.", DEMANDEURS_ABC),
    ),
)
CIBLES = (
    _offre(
        code="cible_iae",
        nom="Cible de personnes en IAE",
        sens=Sens.NEUTRE,
        definition="Effectif visé par l’État au 31 décembre 2022.",
        numerateur="Personnes en IAE visées.",
        champ="France (240 000), régions, 101 départements.",
        sources=(_CIBLES,),
        methode="Cible publiée, sans recalcul.",
        limites=("La somme des départements est de 239 989, non de 240 000 : arrondis.",),
    ),
    _offre(
        code="cible_par_1000_demandeurs",
        nom="Cible pour 1 000 demandeurs d’emploi",
        unite=Unite.POUR_1000_DEMANDEURS,
        decimales=1,
        sens=Sens.NEUTRE,
        cumul=Cumul.AUCUN,
        definition="Cible de 2022 rapportée aux demandeurs d’emploi.",
        numerateur="Personnes en IAE visées au 31 décembre 2022.",
        denominateur="Demandeurs d’emploi inscrits (fin 2024).",
        champ="France, régions, départements.",
        sources=(_CIBLES, _DEMANDEURS),
        methode="Quotient.",
        limites=(
            (
                "Les demandeurs d’emploi sont postérieurs à la cible de deux ans : ils ne disent pas ce "
                "que savait celui qui l’a fixée."
            ),
            DEMANDEURS_ABC,
        ),
    ),
    _offre(
        code="atteinte_cible",
        nom="Atteinte de la cible de 2022",
        unite=Unite.POURCENT,
        decimales=1,
        cumul=Cumul.AUCUN,
        definition="Part de la cible du 31 décembre 2022 atteinte au 30 septembre 2022.",
        numerateur="Personnes en IAE au 30 septembre 2022.",
        denominateur="Cible au 31 décembre 2022.",
        champ="France, régions, départements.",
        sources=(_STOCK, _CIBLES),
        methode="Quotient.",
        limites=("Trois mois restaient à courir : le dernier effectif publié est de septembre.",),
    ),
    *(
        _offre(
            code=f"croissance_demandee_{annee}",
            nom=f"Croissance demandée depuis décembre {annee}",
            unite=Unite.POURCENT,
            decimales=1,
            sens=Sens.NEUTRE,
            cumul=Cumul.AUCUN,
            definition=f"Hausse de l’effectif de décembre {annee} que demandait la cible de 2022.",
            numerateur=f"Cible au 31 décembre 2022 moins l’effectif de décembre {annee}.",
            denominateur=f"Personnes en IAE au 31 décembre {annee}.",
            champ="France, régions, départements.",
            sources=(_CIBLES, _STOCK),
            methode="Cible ÷ effectif − 1.",
            limites=(
                (
                    "Un effectif de départ faible donne une croissance très élevée : lire aussi les "
                    "personnes."
                ),
            ),
        )
        for annee in (2019, 2021)
    ),
)
CARTES: tuple[Carte, ...] = (*STRUCTURES, *PERSONNES, *CIBLES)
