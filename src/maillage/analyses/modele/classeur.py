"""A model as a workbook whose formulas live: hypotheses, law, year, months, schedule of the aide, cash."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from maillage.analyses.modele.classeur_calcul import Calcul
from maillage.analyses.modele.classeur_droit import write_droit
from maillage.analyses.modele.classeur_tresorerie import Chemin, write_aide, write_calendrier
from maillage.analyses.modele.feuille import Feuille, Formats
from maillage.analyses.modele.limites import LIMITES
from maillage.analyses.modele.phrases import summarise
from maillage.kernel.francais import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.modele.hypotheses import ModeleCalcule

FEUILLES = ("Synthèse", "Hypothèses", "Droit", "Calcul", "Mois", "Aide au poste", "Trésorerie")
# Fixed, so that the same model is the same file.
_CREATION = datetime(2000, 1, 1, tzinfo=UTC)
_RESULTATS = (
    ("resultat", "Résultat de l’année", "€"),
    ("cout", "Coût complet d’une heure", "€/h"),
    ("prix", "Ventes d’une heure", "€/h"),
    ("marge_aidee", "Marge d’une heure, aide comprise", "€/h"),
    ("volume", "Volume d’équilibre", "h"),
    ("prix_equilibre", "Prix d’équilibre", "€/h"),
)
_LEGENDE = (
    "Vert : donnée, avec sa source. Orange : hypothèse, avec sa raison. Bleu : droit, avec son texte. "
    "Gris : ce que le fichier ne dit pas. Tout le reste est calculé par le tableur : changez une case "
    "colorée, tout suit."
)


def write_classeur(calcule: ModeleCalcule, a_savoir: Sequence[str] = ()) -> bytes:
    """Workbook of a model: the same model gives the same bytes.

    Args:
        calcule: The model.
        a_savoir: Sentences to read before the model's own warnings.
    """
    sortie = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(sortie, options) as classeur:
        classeur.set_properties({"created": _CREATION, "author": "", "comments": ""})
        formats = Formats(classeur)
        feuilles = {nom: Feuille(nom, classeur.add_worksheet(nom), formats) for nom in FEUILLES}
        _write(feuilles, calcule)
        for phrase in (*a_savoir, *calcule.avertissements, *LIMITES):
            feuilles["Synthèse"].add_texte(phrase)
    return sortie.getvalue()


def _write(feuilles: dict[str, Feuille], calcule: ModeleCalcule) -> None:
    modele = calcule.modele
    hypotheses, calcul = feuilles["Hypothèses"], feuilles["Calcul"]
    _write_hypotheses(hypotheses, calcule)
    write_droit(feuilles["Droit"], calcule)
    Calcul(calcul, hypotheses.cellules, feuilles["Droit"], modele).write()
    write_calendrier(feuilles["Mois"], modele.cadre)
    aide, tresorerie = feuilles["Aide au poste"], feuilles["Trésorerie"]
    write_aide(aide, hypotheses.cellules, feuilles["Mois"], modele)
    Chemin((tresorerie, feuilles["Mois"], aide, calcul), hypotheses.cellules, modele).write()
    _write_synthese(feuilles, calcule)


def _write_hypotheses(feuille: Feuille, calcule: ModeleCalcule) -> None:
    hypotheses = calcule.hypotheses
    feuille.set_largeurs()
    feuille.add_titre("Les hypothèses")
    feuille.add_texte(_LEGENDE)
    feuille.add_partie("Chiffre", "Valeur", "Unité", "Origine", "Source ou raison", "Nom")
    for cle in hypotheses.list_cles():
        chiffre = hypotheses.get(cle.chemin)
        feuille.add_chiffre(cle.chemin, cle.libelle, chiffre, cle.unite.value)
    feuille.page.freeze_panes(4, 1)


def _write_synthese(feuilles: dict[str, Feuille], calcule: ModeleCalcule) -> None:
    feuille, hypotheses = feuilles["Synthèse"], calcule.hypotheses
    calcul, tresorerie = feuilles["Calcul"].cellules, feuilles["Trésorerie"].cellules
    valeurs = summarise(calcule)
    feuille.set_largeurs((70, 16, 10))
    feuille.add_titre(hypotheses.nom)
    feuille.add_texte(
        f"{hypotheses.cadre.type_siae}, exercice ouvert le {format_date(hypotheses.cadre.debut)}, version du "
        f"{format_date(hypotheses.le)}."
    )
    feuille.add_texte(_LEGENDE)
    feuille.add_partie("Résultats")
    for nom, libelle, unite in _RESULTATS:
        feuille.add_formule(nom, libelle, calcul[nom], valeurs[nom], unite)
    for nom, libelle, unite in (
        ("point_bas", "Trésorerie la plus basse", "€"),
        ("mois_bas", "Mois du point bas, depuis l’ouverture", "mois"),
    ):
        feuille.add_formule(nom, libelle, tresorerie[nom], valeurs[nom], unite)
    feuille.add_partie("À savoir")
