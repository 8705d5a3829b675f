"""Commitments, what became of them, who took them over, what says otherwise."""

from __future__ import annotations

from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.colonnes import Choix, Colonne, Etiquette, Lien
from maillage.web.dialogue.echange.genres.champs import ID, LIEU, VISIBILITE, cells, source
from maillage.web.dialogue.echange.mesures import DateDite, Jour, Nombre
from maillage.web.dialogue.echange.model import Genre
from maillage.web.dialogue.models import Contradiction, Engagement, EtatEngagement, Reprise

ENGAGEMENTS = Genre(
    "engagements",
    Engagement,
    "engagements",
    "engagement",
    (
        ID,
        DateDite("date"),
        Choix("sens", valeurs=Engagement.Sens.choices, is_obligatoire=True),
        Colonne("phrase", is_obligatoire=True, longueur=2000, has_lignes=True),
        Colonne("auteur_nom", longueur=150),
        Colonne("auteur_fonction", longueur=250),
        Lien("charge", vers="charges"),
        Lien("porteur", vers="charges"),
        Colonne("destinataire", longueur=200),
        DateDite("echeance", precision="echeance_precision", is_fin=True),
        Choix("statut", valeurs=Engagement.Statut.choices, is_ecrite=False),
        lieu.JourDeduit("constate_le", is_comparee=False),
        Lien("espace", vers="espaces"),
        Lien("rencontre", vers="rencontres"),
        Lien("proposition", vers="propositions"),
        Lien("sujet", vers="sujets"),
        source(),
        Colonne("cible_indicateur", longueur=80),
        Colonne("cible_niveau", longueur=12),
        Colonne("cible_territoire", longueur=12),
        Jour("cible_date"),
        Choix("cible_comparaison", valeurs=Engagement.Comparaison.choices),
        Nombre("cible_valeur", decimales=4),
        *LIEU,
        VISIBILITE,
    ),
    reconnu=("phrase", "date"),
    noms=cells("phrase"),
    tri=("date", "phrase"),
    is_situe=True,
)
ETATS = Genre(
    "etats",
    EtatEngagement,
    "états des engagements",
    "état d’un engagement",
    (
        Lien("engagement", vers="engagements", is_obligatoire=True),
        Jour("date", is_obligatoire=True),
        Choix("statut", valeurs=Engagement.Statut.choices, is_obligatoire=True),
        Colonne("motif", longueur=2000, has_lignes=True),
        Colonne("preuve", longueur=300),
        source("preuve_url", "preuve_adresse"),
    ),
    parent="engagement",
    cle=("engagement", "date", "statut"),
    is_identifie=False,
    is_fige=True,
)
REPRISES = Genre(
    "reprises",
    Reprise,
    "reprises d’engagements",
    "reprise d’un engagement",
    (
        Lien("engagement", vers="engagements", is_obligatoire=True),
        Jour("date", is_obligatoire=True),
        Lien("de", vers="charges", is_obligatoire=True),
        Lien("vers", vers="charges", is_obligatoire=True),
        Etiquette("sortant", vers="titulaires", par="de"),
        Etiquette("entrant", vers="titulaires", par="vers"),
        Choix("etat", valeurs=Reprise.Etat.choices),
        Jour("decide_le"),
        Colonne("note", longueur=2000, has_lignes=True),
    ),
    parent="engagement",
    cle=("engagement", "date", "vers"),
    is_identifie=False,
)
CONTRADICTIONS = Genre(
    "contradictions",
    Contradiction,
    "contradictions",
    "contradiction",
    (
        Lien("engagement", vers="engagements", is_obligatoire=True),
        Jour("date", is_obligatoire=True),
        Colonne("phrase", is_obligatoire=True, longueur=2000, has_lignes=True),
        Colonne("auteur", longueur=250),
        Lien("point", vers="points"),
        source(),
    ),
    parent="engagement",
    cle=("engagement", "date", "phrase"),
    is_identifie=False,
)
