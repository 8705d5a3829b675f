"""Meetings, who was there, what was said there, and what goes with them."""

from __future__ import annotations

from maillage.web.dialogue.echange.colonnes import Choix, Colonne, Drapeau, Etiquette, Lien, Retrait
from maillage.web.dialogue.echange.genres.champs import ID, LIEU, VISIBILITE, cells, dated, source
from maillage.web.dialogue.echange.mesures import Compte, DateDite, Heure, Montant, Nombre
from maillage.web.dialogue.echange.model import Genre
from maillage.web.dialogue.models import Document, Fait, Participant, Point, Rencontre

RENCONTRES = Genre(
    "rencontres",
    Rencontre,
    "rencontres",
    "rencontre",
    (
        ID,
        DateDite("date"),
        Colonne("titre", is_obligatoire=True, longueur=250),
        Heure("heure_debut"),
        Heure("heure_fin"),
        Colonne("duree", longueur=60),
        Choix("forme", valeurs=Rencontre.Forme.choices),
        Choix("statut", valeurs=Rencontre.Statut.choices),
        Lien("espace", vers="espaces"),
        Colonne("lieu", longueur=300),
        Choix("initiative", valeurs=Rencontre.Initiative.choices),
        Colonne("demandee_par", longueur=200),
        Colonne("limite", longueur=2000, has_lignes=True),
        Colonne("motif_annulation", longueur=300),
        Nombre("temps_heures", minimum=0, decimales=2, maximum=100_000),
        Montant("frais", "frais_centimes"),
        *LIEU,
        VISIBILITE,
    ),
    reconnu=("titre", "date"),
    noms=dated,
    tri=("date", "titre"),
    is_situe=True,
)
PARTICIPANTS = Genre(
    "participants",
    Participant,
    "participants",
    "participant",
    (
        Lien("rencontre", vers="rencontres", is_obligatoire=True),
        Choix("cote", valeurs=Participant.Cote.choices, is_obligatoire=True),
        Colonne("nom", longueur=150),
        Colonne("fonction", longueur=250),
        Lien("charge", vers="charges"),
        Lien("organisation", vers="organisations"),
        Drapeau("present", "is_present"),
    ),
    parent="rencontre",
    cle=("rencontre", "cote", "nom", "fonction"),
    is_identifie=False,
)
POINTS = Genre(
    "points",
    Point,
    "points de rencontre",
    "point d’une rencontre",
    (
        ID,
        Lien("rencontre", vers="rencontres", is_obligatoire=True),
        Compte("ordre", is_entier=True, minimum=0, maximum=1_000_000),
        Choix("nature", valeurs=Point.Nature.choices),
        Colonne("texte", is_obligatoire=True, longueur=8000, has_lignes=True),
        Etiquette("locuteur", vers="participants", par="rencontre"),
        Lien("en_reponse_a", vers="points", is_differe=True),
        Lien("proposition", vers="propositions"),
        Lien("engagement", vers="engagements"),
        VISIBILITE,
        Retrait("retire", "retire_at"),
    ),
    parent="rencontre",
    reconnu=("rencontre", "nature", "texte"),
    noms=cells("texte"),
    tri=("rencontre", "ordre"),
)
FAITS = Genre(
    "faits",
    Fait,
    "faits datés",
    "fait daté",
    (
        ID,
        DateDite("date", is_obligatoire=True),
        Colonne("titre", is_obligatoire=True, longueur=250),
        Colonne("texte", longueur=4000, has_lignes=True),
        Lien("sujet", vers="sujets"),
        Lien("propositions", vers="propositions", has_plusieurs=True),
        Lien("engagements", vers="engagements", has_plusieurs=True),
        Colonne("source", longueur=250),
        source(),
        VISIBILITE,
    ),
    reconnu=("titre", "date"),
    noms=dated,
    tri=("date", "titre"),
)
DOCUMENTS = Genre(
    "documents",
    Document,
    "documents",
    "document",
    (
        ID,
        Colonne("titre", is_obligatoire=True, longueur=200),
        Lien("espace", vers="espaces"),
        Lien("rencontre", vers="rencontres"),
        Lien("proposition", vers="propositions"),
        source("url"),
        Colonne("fichier", "extension", longueur=5, is_ecrite=False, is_comparee=False),
        VISIBILITE,
        Retrait("retire", "retire_at"),
    ),
    reconnu=("titre", "espace", "rencontre", "proposition"),
    noms=cells("titre"),
    tri=("titre",),
)
