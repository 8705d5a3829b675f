"""The definition cards of the cockpit: what each figure is, and the other definition when there are two."""

from __future__ import annotations

from maillage.indicators.pilotage.carte import CartePilotage
from maillage.indicators.pilotage.cartes_publics import CARTES_PUBLICS
from maillage.kernel.errors import Anomalie, Introuvable

_DEUX_PERIMETRES = (
    "Deux périmètres sont légitimes. « Pilotage » : annexes VALIDE, PROVISOIRE et CLOTURE, comme les "
    "tableaux de bord nationaux. « Conventionnées » : VALIDE ou PROVISOIRE dont la fin n’est pas passée "
    "au jour de l’extraction, comme la plateforme de l’inclusion."
)
_MOIS = (
    "Un mois est fait quand au moins un relevé autre qu’un brouillon y est saisi ; en retard quand aucun "
    "ne l’est et qu’il aurait dû l’être (au mois d’août, juin est dû, juillet ne l’est pas) ; à venir "
    "sinon. Le jour qui compte est celui de l’extraction."
)
_PERIODE = (
    "Les heures de mois que l’annexe ne couvre pas ne comptent pas ; elles sont dites à part."
)
_BROUILLONS = "Les brouillons ne comptent pas ; leurs heures sont dites à part."
_ANNEXE = "Une annexe garde son identifiant d’un avenant à l’autre : seule la version qui tient est comptée."

CARTES = (
    CartePilotage(
        "etp_conventionnes_mensuels",
        "ETP conventionnés",
        "ETP",
        2,
        "Postes en équivalent temps plein que l’annexe financière prévoit chaque mois.",
        "Valeur écrite sur l’annexe (af_etp_postes_insertion). Pour plusieurs annexes : somme des "
        "ETP-mois de l’année, divisée par douze.",
        _DEUX_PERIMETRES,
        (_ANNEXE, "Le fonds de développement (FDI) n’a pas d’ETP."),
    ),
    CartePilotage(
        "etp_realises",
        "ETP réalisés",
        "ETP-mois",
        2,
        "Heures travaillées, en équivalents temps plein d’un mois, sur les mois faits.",
        "Heures × 12 ÷ heures annuelles d’un temps plein de l’annexe elle-même.",
        "Part calculée par l’ASP (emi_part_etp), lue comme celle d’un mois : c’est ainsi que les "
        "tableaux nationaux la comparent aux postes. Montrée à côté, sous son nom ; les deux peuvent "
        "différer ; aucune ne remplace l’autre.",
        (_BROUILLONS, _PERIODE, _MOIS),
    ),
    CartePilotage(
        "etp_realises_asp",
        "ETP réalisés, part de l’ASP",
        "ETP-mois",
        2,
        "Somme des parts d’équivalent temps plein que l’ASP calcule pour chaque relevé, sur les mois "
        "faits.",
        "Somme de emi_part_etp, lue comme la part d’un mois.",
        "Par les heures : heures × 12 ÷ heures annuelles d’un temps plein de l’annexe. Les deux peuvent "
        "différer ; aucune ne remplace l’autre.",
        (_BROUILLONS, _PERIODE, "L’ASP ne publie pas la façon dont elle la calcule."),
    ),
    CartePilotage(
        "taux_realisation",
        "Taux de réalisation",
        "%",
        1,
        "ETP réalisés rapportés aux ETP conventionnés, sur les seuls mois faits.",
        "ETP-mois réalisés des mois faits ÷ ETP-mois conventionnés des mêmes mois.",
        "L’indicateur national rapporte les mois faits à toute l’année : une annexe à l’équilibre "
        "y paraît en sous-réalisation jusqu’en décembre.",
        (_MOIS,),
    ),
    CartePilotage(
        "ecart_etp_mois",
        "Écart à la convention",
        "ETP-mois",
        2,
        "ETP-mois réalisés moins ETP-mois conventionnés, sur les mois faits.",
        "Différence, annexe par annexe. Divisé par douze : ETP d’une année.",
        "L’indicateur national additionne aussi les mois en retard et à venir, comptés pour zéro "
        "heure, et nomme « ETP » des ETP-mois.",
        (_MOIS,),
    ),
    CartePilotage(
        "ecart_euros",
        "Écart en euros",
        "€",
        0,
        "Ce que vaut l’écart des mois faits, au montant unitaire de chaque annexe.",
        "Écart en ETP-mois ÷ 12 × montant par ETP et par an de l’annexe.",
        "",
        (
            (
                "Un écart négatif peut encore se rattraper dans l’année : l’ASP régularise sur ce qui "
                "est réalisé, dans la limite du total conventionné."
            ),
            "Un écart positif n’est pas payé : les postes sont plafonnés.",
        ),
    ),
    CartePilotage(
        "etp_realises_plafonnes",
        "ETP réalisés, plafonnés",
        "ETP",
        2,
        "ETP réalisés de l’année, dans la limite des ETP conventionnés de l’annexe.",
        "Annexe par annexe : le plus petit du réalisé et du conventionné de l’année, puis la somme.",
        "",
        ("C’est la part que l’État et le département financent au plus.",),
    ),
    CartePilotage(
        "prevision",
        "Prévision de l’année",
        "ETP",
        2,
        "ETP réalisés à la fin de l’année si les mois qui restent ressemblent aux mois faits.",
        "Réalisé des mois faits, plus autant de fois leur moyenne qu’il reste de mois (en retard ou "
        "à venir), divisé par douze. Fourchette : 1,28 écart type des mois faits, de l’annexe "
        "elle-même, élargie par le petit nombre de mois (huit chances sur dix si les mois sont "
        "indépendants).",
        "",
        (
            "Faite sur les seules annexes dont trois mois au moins sont faits ; leur nombre est dit.",
            "Ne connaît ni les saisons ni les projets de la structure.",
        ),
    ),
    CartePilotage(
        "mois_en_retard",
        "Mois en retard de saisie",
        "mois",
        0,
        "Mois d’annexe sans relevé, alors qu’il était dû au jour de l’extraction.",
        _MOIS,
        "",
        ("Un mois peut être saisi en partie : l’extrait ne le dit pas.",),
    ),
    CartePilotage(
        "heures",
        "Heures travaillées",
        "heures",
        0,
        "Heures travaillées des relevés saisis.",
        "Somme de emi_nb_heures_travail.",
        "",
        (_BROUILLONS,),
    ),
    CartePilotage(
        "heures_facturees",
        "Heures facturées",
        "heures",
        0,
        "Heures facturées aux clients, déclarées dans les relevés.",
        "Somme de emi_nb_heures_facturees.",
        "",
        (_BROUILLONS, "Aucun tableau national ne s’en sert : sa qualité n’est pas connue."),
    ),
    CartePilotage(
        "salaire_brut",
        "Salaires bruts",
        "€",
        0,
        "Salaires bruts déclarés dans les relevés.",
        "Somme de emi_mt_salaire_brut.",
        "",
        (_BROUILLONS, "Aucun tableau national ne s’en sert : sa qualité n’est pas connue."),
    ),
    *CARTES_PUBLICS,
)
"""In the order of the page of definitions."""


def find_carte(code: str) -> CartePilotage:
    """Card of a code.

    Raises:
        Introuvable: no card has it (MLG-PIL-001).
    """
    for carte in CARTES:
        if carte.code == code:
            return carte
    raise Introuvable(
        Anomalie(
            "MLG-PIL-001",
            f"Aucun chiffre du pilotage ne s’appelle « {code} ».",
            f"Choisissez parmi : {', '.join(carte.code for carte in CARTES)}.",
        )
    )
