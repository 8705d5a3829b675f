"""The mechanisms in words: what each computes, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mecanisme:
    """One mechanism of the financing, as a reader meets it.

    Attributes:
        code: Folder of the rules, first word of its legal values.
        nom: French.
        couvert: What is computed.
        non_couvert: What is not, or rests on an assumption.
        page: Address of its own page.
    """

    code: str
    nom: str
    couvert: str
    non_couvert: str
    page: str


MECANISMES = (
    Mecanisme(
        "aide_au_poste",
        "Aide au poste",
        "Le montant par équivalent temps plein (ETP) selon le type de structure et le territoire, "
        "le montant conventionné au centime, la part modulée, le contrat passerelle, le CDI "
        "inclusion.",
        "Le poids des critères de la part modulée, que "
        "chaque département fixe. Le fonds départemental d’insertion (FDI) est décidé, il ne se "
        "calcule pas.",
        "/regles/aide-au-poste/",
    ),
    Mecanisme(
        "versement",
        "Versement mois par mois",
        "L’avance de chaque mois, les régularisations sur l’occupation réelle des postes, le "
        "plafond de la convention, les reprises, un avenant ou une revalorisation en cours d’annexe.",
        "La façon dont l’Agence de services et de paiement (ASP) arrondit chaque versement, et un "
        "avenant qui change la durée de l’annexe. Les points que les textes laissent ouverts sont "
        "des hypothèses nommées, que l’on peut changer.",
        "/regles/versement/",
    ),
    Mecanisme(
        "cofinancement",
        "Part du département",
        "La part du montant forfaitaire du revenu de solidarité active (RSA) que le département "
        "verse par mois et par salarié qui le percevait.",
        "Le RSA de Mayotte.",
        "/regles/cofinancement/",
    ),
    Mecanisme(
        "cotisations",
        "Cotisations",
        "La réduction générale de 2014 à 2025 et celle de 2026, les exonérations des associations "
        "intermédiaires (AI) et des ateliers et chantiers d’insertion (ACI) de 2014 à 2018.",
        "Les autres cotisations de la paie, et les cotisations qu’une exonération épargne\u202f: seule son assiette "
        "est donnée. Pour l’indemnité de congés payés des AI, deux lectures.",
        "/regles/cotisations/",
    ),
    Mecanisme(
        "taxe_salaires",
        "Taxe sur les salaires",
        "Le barème par salarié, la franchise, la décote et l’abattement des associations.",
        "L’assujettissement partiel à la TVA, et le barème d’outre-mer. Pour les salaires d’insertion, "
        "deux lectures.",
        "/regles/taxe-sur-les-salaires/",
    ),
    Mecanisme(
        "mise_a_disposition",
        "Mise à disposition par les AI",
        "Le décompte des heures en entreprise sous le plafond légal, et la dérogation du préfet.",
        "Les dérogations elles-mêmes, qui sont des décisions individuelles. Trois points du texte se "
        "lisent de deux façons, au choix.",
        "/regles/mise-a-disposition/",
    ),
    Mecanisme(
        "smic",
        "SMIC",
        "Le SMIC horaire, et ceux du mois et de l’année, sans arrondi des heures.",
        "Le SMIC de Mayotte.",
        "/regles/smic/",
    ),
)
"""In the order of the page."""


def get_mecanisme(code: str) -> Mecanisme:
    """The mechanism of a folder of the rules.

    Raises:
        ValueError: no mechanism has this folder.
    """
    for mecanisme in MECANISMES:
        if mecanisme.code == code:
            return mecanisme
    msg = f"no mechanism {code!r} in {[mecanisme.code for mecanisme in MECANISMES]}"
    raise ValueError(msg)
