"""Cards of who works in the structures, who leaves, and what structures declare."""

from __future__ import annotations

from typing import Final

from maillage.indicators.pilotage.carte import CartePilotage

_UNE_HEURE = "Compte qui a une heure ou plus dans l’année, sur les annexes valides, provisoires ou clôturées."
_CONNUS = "Part des seules personnes pour qui c’est écrit ; les autres sont dites à part."
_PEU = "Sous cinq personnes pour qui c’est écrit, la part est secrète : elle dirait quelque chose de quelqu’un."
_BROUILLONS = "Les brouillons ne comptent pas."
_DECLARE = (
    "Déclaré par la structure à la signature de l’annexe : personne ne l’a vérifié, et il porte sur une "
    "année passée."
)
_REGLE = (
    "Règle publique : en AI et en ETTI, 150 heures au moins sur la personne, l’annexe, le contrat et "
    "l’année ; en EITI, une heure sur l’annexe dans l’année ; en ACI et en EI, cette heure et plus de 2,65 "
    "mois (jours × 0,0328767, de la première embauche à la sortie définitive). Les retraits sont exclus du "
    "dénominateur ; les annexes ACIPA et EIPA sont hors compte."
)
_MOTIF = (
    "Le motif est celui du relevé mensuel, expliqué par RefMotifSort puis RefCategorieSort. En ACI, en EI "
    "et en EITI, il vaut pour la personne et l’annexe ; en AI et en ETTI, pour la personne, l’annexe et le "
    "contrat."
)
_EXERCICES = (
    "Deux structures peuvent avoir clos des exercices différents. Les mêmes comptes, répétés par deux types "
    "d’une structure, ne s’additionnent qu’une fois."
)
_ANNONCE = (
    "L’annexe annonce ses propres taux (af_taux_prev_sorties_*) : ils sont montrés à côté, pesés par les "
    "sorties qu’elle prévoit (af_nb_prev_sorties)."
)
_LAISSEES = (
    "Chaque sortie laissée hors compte l’est sous une seule raison : sans motif, retrait, sous le seuil "
    "d’heures, de 2,65 mois ou moins, de durée inconnue, de motif inexpliqué."
)


def _share(
    code: str, nom: str, definition: str, methode: str, *limites: str, autre: str = ""
) -> CartePilotage:
    return CartePilotage(code, nom, "%", 1, definition, methode, autre, (_CONNUS, _PEU, *limites))


CARTES_PUBLICS: Final = (
    CartePilotage(
        "personnes_suivies",
        "Personnes suivies",
        "personnes",
        0,
        "Personnes qui ont travaillé une heure ou plus dans l’année, comptées dans chaque structure.",
        "Identifiants de personnes distincts (emi_pph_id), chacun propre à une structure.",
        "Personnes réelles : qui a travaillé dans deux structures ne compte qu’une fois.",
        (_UNE_HEURE, _BROUILLONS),
    ),
    CartePilotage(
        "personnes_reelles",
        "Personnes réelles",
        "personnes",
        0,
        "Personnes différentes qui ont travaillé une heure ou plus dans l’année.",
        "Numéros de personne distincts (empreinte du NIR, elle-même gardée sous forme d’empreinte), plus "
        "une par personne suivie dont le numéro n’est pas connu.",
        "Personnes suivies : une par structure où l’on a travaillé.",
        (
            _UNE_HEURE,
            (
                "Un numéro porté par des personnes nées des années différentes n’est celui de personne : "
                "l’ASP donne une même constante à tous ceux qui n’en ont pas."
            ),
        ),
    ),
    _share(
        "part_femmes",
        "Femmes",
        "Part des femmes parmi les personnes suivies.",
        "Civilité de la vue Salarie.",
    ),
    _share(
        "part_rsa",
        "Allocataires du RSA",
        "Part des personnes suivies qui touchaient le RSA à l’embauche, majoré ou non.",
        "OUI-M ou OUI-NM sur un des contrats de l’année.",
        "Ce qui est déclaré à l’embauche, non ce qui est versé ensuite.",
    ),
    _share(
        "part_qpv",
        "Habitants d’un quartier prioritaire",
        "Part des personnes suivies qui habitent un quartier prioritaire de la politique de la ville.",
        "Adresse classée QP dans la vue Salarie.",
    ),
    _share(
        "part_rqth",
        "Travailleurs handicapés",
        "Part des personnes suivies reconnues travailleuses ou travailleurs handicapés (RQTH).",
        "Vrai sur un des contrats de l’année.",
    ),
    _share(
        "part_seniors",
        "50 ans et plus",
        "Part des personnes suivies qui ont 50 ans ou plus dans l’année.",
        "Année moins année de naissance : l’extrait n’a pas la date.",
        autre="Les tableaux nationaux prennent 55 ans et plus (« Senior (55 ans et +) ») : ce chiffre est donné "
        "à côté.",
    ),
    CartePilotage(
        "sorties",
        "Sorties comptées",
        "sorties",
        0,
        "Sorties de l’année qui entrent dans la règle publique de décompte.",
        _MOTIF,
        "Sorties constatées sans règle de durée : plus nombreuses, elles ne sont pas celles que l’État "
        "compare aux objectifs.",
        (
            _REGLE,
            _LAISSEES,
            (
                "Une personne d’ACI ou d’EI compte une fois par annexe et par an : la jointure des tableaux "
                "nationaux la répète quand elle porte deux motifs."
            ),
        ),
    ),
    *(
        CartePilotage(
            code,
            nom,
            "%",
            1,
            definition,
            "Sorties de la catégorie ÷ sorties comptées.",
            "",
            (_REGLE, _MOTIF, _ANNONCE),
        )
        for code, nom, definition in (
            (
                "sorties_dynamiques",
                "Sorties dynamiques",
                "Sorties en emploi durable, en emploi de transition ou positives.",
            ),
            (
                "sorties_durables",
                "Sorties en emploi durable",
                "CDI, CDD ou intérim de plus de six mois, création d’activité, titularisation.",
            ),
            (
                "sorties_transition",
                "Sorties en emploi de transition",
                "CDD ou intérim de moins de six mois, contrat aidé.",
            ),
            ("sorties_positives", "Sorties positives", "Formation, autre structure de l’IAE."),
        )
    ),
    CartePilotage(
        "encadrement_technique",
        "Encadrement technique",
        "ETP pour 100 ETP en insertion",
        1,
        "Encadrement technique permanent rapporté aux personnes en insertion, l’année précédente.",
        "ETP déclarés d’encadrement technique ÷ ETP déclarés en insertion, × 100. Plusieurs annexes d’une "
        "structure répètent la même déclaration : elle est lue une fois.",
        "",
        (_DECLARE,),
    ),
    CartePilotage(
        "accompagnement",
        "Accompagnement socio-professionnel",
        "ETP pour 100 ETP en insertion",
        1,
        "Accompagnement socio-professionnel permanent rapporté aux personnes en insertion, l’année "
        "précédente.",
        "ETP déclarés d’accompagnement ÷ ETP déclarés en insertion, × 100.",
        "",
        (_DECLARE,),
    ),
    CartePilotage(
        "part_ventes",
        "Ventes et prestations",
        "% des produits",
        1,
        "Part des ventes et prestations dans les produits d’exploitation du dernier exercice clos.",
        "Montants déclarés sur l’annexe ; une structure compte une fois.",
        "",
        (_DECLARE, _EXERCICES),
    ),
    CartePilotage(
        "part_aides",
        "Aides et subventions",
        "% des produits",
        1,
        "Part des dix financeurs nommés sur l’annexe dans les produits d’exploitation du dernier exercice "
        "clos.",
        "Somme des montants déclarés par financeur ÷ produits d’exploitation.",
        "",
        (_DECLARE, _EXERCICES),
    ),
)
