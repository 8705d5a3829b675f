"""Questions of law that the texts read do not answer, and what the rules do meanwhile.

A value that was looked for and not found is written beside the parameter (`lacunes`, `au_dela`).
What is here has no value to be missing: a manner of computing, a date, a scope.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question without an answer.

    Attributes:
        mecanisme: Folder of the rules that it concerns.
        question: What no text read says, in French.
        en_attendant: What the rules do until then, in French.
    """

    mecanisme: str
    question: str
    en_attendant: str


QUESTIONS = (
    Question(
        "aide_au_poste",
        "Le poids de chacun des trois critères de la part modulée n’a pas de valeur nationale ; "
        "l’instruction DGEFP 2016-222 du 4 juillet 2016 existe et n’a pas pu être lue.",
        "Les poids et les notes sont ceux que donne l’utilisateur ; une moyenne pesée est une "
        "hypothèse.",
    ),
    Question(
        "aide_au_poste",
        "La date à laquelle la part modulée est versée n’a pas été trouvée.",
        "Elle est comptée dans le total, pas dans le calendrier.",
    ),
    Question(
        "aide_au_poste",
        "La raison de la hausse de 6,78 % du montant des EI au 1er janvier 2025 n’a pas été trouvée.",
        "Le montant de l’arrêté est repris tel quel.",
    ),
    Question(
        "aide_au_poste",
        "Les sources donnent 1 600 ou 1 607 heures pour un ETP en ETTI.",
        "Le diviseur est celui que l’annexe imprime, jamais une constante.",
    ),
    Question(
        "versement",
        "La façon dont l’ASP arrondit chaque versement n’est écrite nulle part.",
        "Les avances s’arrondissent en cumul : elles font exactement le montant de l’annexe.",
    ),
    Question(
        "versement",
        "Ce qu’un avenant fait des avances déjà versées, et du plafond des mois déjà passés, n’a pas "
        "été trouvé.",
        "Trois hypothèses nommées, à choisir : montant_avenant, rattrapage, compensation.",
    ),
    Question(
        "versement",
        "Rien ne dit si une annexe en cours est revalorisée par un arrêté rétroactif ; les annexes "
        "réelles lues gardent le montant de leur premier jour.",
        "Deux hypothèses nommées, à choisir : revalorisation, prise_en_compte.",
    ),
    Question(
        "versement",
        "Le seuil à partir duquel des postes non occupés sont repris n’a pas été trouvé.",
        "Les postes conventionnés ne sont pas réduits ; seul le droit suit l’occupation.",
    ),
    Question(
        "cofinancement",
        "Le montant du RSA à Mayotte n’a pas été relevé.",
        "Le calcul refuse, et accepte le montant que donne l’utilisateur.",
    ),
    Question(
        "cofinancement",
        "Les textes lus ne disent pas si la part du département suit le RSA de chaque mois, ni "
        "comment elle s’arrondit.",
        "Hypothèse rsa_retenu, à choisir ; un seul arrondi, en cumul.",
    ),
    Question(
        "cofinancement",
        "L’obligation de cofinancer n’a été lue que pour les ACI.",
        "La part se calcule pour tous les types, avec un avertissement hors des ACI.",
    ),
    Question(
        "cotisations",
        "Aucun texte ne dit si le SMIC de la réduction est majoré de l’indemnité de congés payés des "
        "CDD d’usage des AI.",
        "Les deux lectures sont nommées, et aucune n’est prise par défaut.",
    ),
    Question(
        "cotisations",
        "Les articles D241-8 et D241-9 n’ont pas été relus eux-mêmes ; leurs deux méthodes sont "
        "celles que rapportent d’autres textes.",
        "La régularisation progressive et celle de fin d’année sont toutes deux calculées.",
    ),
    Question(
        "cotisations",
        "La tolérance de 2025, un coefficient maximal moyen sur l’année, n’a pas été lue.",
        "L’année se coupe en deux là où le coefficient maximal change.",
    ),
    Question(
        "cotisations",
        "La version de 2026 de l’article D241-7 n’a pas été relue : le nombre de décimales du "
        "coefficient est celui d’OpenFisca-France.",
        "Quatre décimales.",
    ),
    Question(
        "taxe_salaires",
        "Aucun texte propre aux salaires d’insertion des AI n’a été trouvé.",
        "Le barème et l’abattement des associations s’appliquent.",
    ),
    Question(
        "smic",
        "La série du SMIC de Mayotte n’a pas été relevée.",
        "Le SMIC modélisé est celui de la métropole et de l’outre-mer hors Mayotte.",
    ),
    Question(
        "budget",
        "La sous-action 03.02 de la loi de finances pour 2026 et la circulaire de 2026 n’ont pas été "
        "trouvées.",
        "Les lignes de 2026 s’arrêtent à ce qui a été publié et lu.",
    ),
)
"""By mechanism, in the order of the pages."""
