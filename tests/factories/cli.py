"""Small whole results of the analyses, to test how the command line shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from maillage.analyses.diagnosis.model import (
    Chiffre,
    CleEcart,
    Comparable,
    Diagnostic,
    Ecarts,
    Rang,
    Section,
    Territoire,
)
from maillage.analyses.diagnosis.phrase import Phrase
from maillage.analyses.targets.model import (
    CibleDepartement,
    Cibles,
    CleBesoin,
    Coefficient,
    Correlation,
    Dispersion,
    PartCle,
    Regression,
    Total,
)
from maillage.indicators.carte import Carte, Cumul, Famille, Sens, Unite
from maillage.kernel.niveau import Niveau
from maillage.kernel.pedigree import Pedigree, Source
from maillage.kernel.valeur import Absence, Valeur

SOURCE = Source(
    code="essai",
    titre="Table d’essai",
    producteur="Essai",
    millesime="2024",
    licence="Licence Ouverte 2.0",
    fichier="essai.csv",
    sha256="0" * 64,
    lignes=2,
    qualite="A",
    defauts=("Deux lignes seulement.",),
)
PEDIGREE = Pedigree(
    indicateur="essai",
    periode="2024-T4",
    sources=(SOURCE,),
    methode="Somme des deux lignes.",
    parametres={"seuil": "30 minutes"},
    version="essai",
)


def make_carte(**changes: Any) -> Carte:
    """A complete definition card; any attribute may be changed."""
    carte = Carte(
        code="demandeurs_emploi",
        nom="Demandeurs d’emploi",
        famille=Famille.BESOIN,
        unite=Unite.PERSONNES,
        decimales=0,
        sens=Sens.PLUS_DE_BESOIN,
        cumul=Cumul.SOMME,
        definition="Personnes inscrites.",
        numerateur="Personnes inscrites en catégories A, B et C.",
        denominateur="",
        champ="France entière.",
        sources=("essai",),
        niveaux=(Niveau.COMMUNE, Niveau.DEPARTEMENT),
        methode="Somme.",
        limites=("Ne dit pas tout.",),
        parametres=(("seuil", "30 minutes"),),
    )
    return replace(carte, **changes)


def make_territoire(**changes: Any) -> Territoire:
    """Ille-et-Vilaine; any attribute may be changed."""
    territoire = Territoire(
        niveau=Niveau.DEPARTEMENT,
        code="35",
        nom="Ille-et-Vilaine",
        parents=((Niveau.FRANCE, "FR", "France"), (Niveau.REGION, "53", "Bretagne")),
        departements=("35",),
    )
    return replace(territoire, **changes)


def make_chiffre(valeur: Valeur = 61234.0, **changes: Any) -> Chiffre:
    """A figure of Ille-et-Vilaine; any attribute may be changed."""
    chiffre = Chiffre(
        carte=make_carte(),
        niveau=Niveau.DEPARTEMENT,
        code="35",
        periode="2024-T4",
        valeur=valeur,
        motif="",
        reperes=(("Bretagne", 220000.0), ("France", Absence.INCONNUE)),
        rang=Rang(23, 101),
        pedigree=PEDIGREE,
        nom_territoire="Ille-et-Vilaine",
    )
    return replace(chiffre, **changes)


def make_diagnostic(**changes: Any) -> Diagnostic:
    """A diagnosis with one of each part, an unknown figure included."""
    secret = make_chiffre(Absence.SECRETE, motif="Trop peu de personnes.", rang=None)
    diagnostic = Diagnostic(
        territoire=make_territoire(),
        phrases=(Phrase("En Ille-et-Vilaine, 61 234 personnes cherchent un emploi."),),
        cles=(make_chiffre(), secret),
        sections=(Section(Famille.BESOIN, Phrase("Le besoin est grand."), (make_chiffre(),)),),
        courbes=(),
        ecarts=make_ecarts(),
        comparables=(
            Comparable(make_territoire(code="44", nom="Loire-Atlantique"), 0.4, (make_chiffre(),)),
        ),
        communes=(),
        structures=(),
        avertissements=("Le registre date de décembre 2020.",),
    )
    return replace(diagnostic, **changes)


def make_ecarts() -> Ecarts:
    """Two keys, one of them weighted and unknown."""
    cles = (
        CleEcart("demandeurs", "Demandeurs d’emploi", 0.0112, 0.0093, -278.4, Rang(12, 101)),
        CleEcart(
            "composite",
            "Composite",
            Absence.INCONNUE,
            0.0093,
            Absence.INCONNUE,
            None,
            (("demandeurs", 0.5), ("rsa", 0.5)),
        ),
    )
    return Ecarts(cles, 12, 30, Phrase("Moins servi que la moyenne."), PEDIGREE)


def make_cibles(**changes: Any) -> Cibles:
    """The analysis over two départements, one of which lacks a stock."""
    parts = (PartCle("demandeurs", 1200.0, -100.0),)
    bretillien = CibleDepartement(
        "35", "Ille-et-Vilaine", 1100.0, 700.0, 800.0, 850.0, 0.571, 0.375, 0.773, 18.0, parts
    )
    mahorais = replace(
        bretillien,
        code="976",
        nom="Mayotte",
        stock_2019_12=Absence.INCONNUE,
        croissance_2019=Absence.SANS_OBJET,
    )
    cibles = Cibles(
        phrases=(Phrase("Les cibles ont suivi le passé."),),
        limites=(Phrase("Une corrélation de tailles dit peu."),),
        totaux=(Total("cible", "Cibles", "2022", 239989.0, 101, 240000.0),),
        correlations=(
            Correlation(
                "stock_2019_12", "Stock", "taille", "cible", 0.98, 0.97, 100, ("976",), "2019-12"
            ),
        ),
        dispersions=(
            Dispersion(
                "2019-12",
                0.1,
                0.5,
                0.64,
                0.9,
                2.5,
                0.7,
                (("01", "Ain", 0.1),),
                (("95", "Val-d’Oise", 2.5),),
                100,
                ("976",),
            ),
        ),
        cles=(CleBesoin("demandeurs", "Demandeurs d’emploi", "2022-T4", 101, (), 23000.0),),
        departements=(bretillien, mahorais),
        regression=Regression(
            (Coefficient("stock", "Stock", 0.9, 0.05, 0.8),), 0.3, 0.97, 100, ("976",), ("Limite.",)
        ),
        pedigrees=(PEDIGREE,),
    )
    return replace(cibles, **changes)
