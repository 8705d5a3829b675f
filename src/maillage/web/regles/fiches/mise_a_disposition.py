"""The cap of 480 hours in companies for the people of an AI, and the prefect's waiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html

from maillage.kernel.francais import format_date
from maillage.regles.mise_a_disposition.modele import (
    EmployeurPublic,
    HeuresSousDerogation,
    PointDeDepart,
)
from maillage.web.regles.calculettes.mise_a_disposition import CALCULETTE
from maillage.web.regles.droit import lien_datee, lien_derive
from maillage.web.regles.fiches.modele import Fiche
from maillage.web.regles.valeurs import feuilles_de, table_historique

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation

_PLAFOND = "mise_a_disposition.plafond_heures_secteur_marchand"
_FENETRE = "mise_a_disposition.fenetre_mois"
_DUREE = "mise_a_disposition.derogation_prefet.duree_max_ans"


def _lien(legislation: Legislation, chemin: str) -> SafeString:
    feuille = legislation.leaf(chemin)
    return lien_datee(legislation, feuille, feuille.valeurs[-1])


def constat(legislation: Legislation) -> SafeString:
    """The cap, the window and the waiver."""
    ouverture = legislation.leaf(_DUREE).valeurs[0].date_effet
    derogation = legislation.resolve(_DUREE, ouverture)
    return format_html(
        "Une personne salariée d’une association intermédiaire (AI) peut travailler {} en entreprise "
        "sur {}, à compter de sa première mise à disposition. Depuis le {}, le préfet peut y déroger, "
        "pour {} au plus, renouvelables. Chez les particuliers et les associations, rien n’est plafonné.",
        _lien(legislation, _PLAFOND),
        _lien(legislation, _FENETRE),
        lien_derive(format_date(ouverture), derogation),
        _lien(legislation, _DUREE),
    )


def tables(legislation: Legislation) -> list[SafeString]:
    """Every dated value of the cap and of the waiver."""
    feuilles = feuilles_de(legislation, "mise_a_disposition")
    return [table_historique(legislation, "Le plafond et la dérogation", feuilles)]


FICHE = Fiche(
    code="mise_a_disposition",
    slug="mise-a-disposition",
    titre="La mise à disposition par les AI",
    resume="Le plafond d’heures en entreprise des associations intermédiaires, la dérogation du "
    "préfet, et un compteur.",
    constat=constat,
    tables=tables,
    titre_tables="Dans le temps",
    lectures=tuple(
        lecture.libelle
        for lectures in (PointDeDepart, EmployeurPublic, HeuresSousDerogation)
        for lecture in lectures
    ),
    calculette=CALCULETTE,
)
