"""Subjects, offices and their holders, places and their seats."""

from __future__ import annotations

from maillage.web.dialogue.echange.colonnes import Choix, Colonne, Lien
from maillage.web.dialogue.echange.genres.champs import EXISTE, ID, LIEU, VISIBILITE, cells, source
from maillage.web.dialogue.echange.mesures import Compte, Jour
from maillage.web.dialogue.echange.model import Genre
from maillage.web.dialogue.models import Charge, Espace, Filiation, Siege, Sujet, Titulaire

SUJETS = Genre(
    "sujets",
    Sujet,
    "sujets",
    "sujet",
    (
        ID,
        Colonne("titre", is_obligatoire=True, longueur=200),
        Colonne("slug", longueur=100),
        Colonne("texte", longueur=4000, has_lignes=True),
        Colonne("courbe", longueur=60),
        VISIBILITE,
    ),
    reconnu=("titre",),
    noms=cells("titre", "slug"),
    tri=("titre",),
)
CHARGES = Genre(
    "charges",
    Charge,
    "charges publiques",
    "charge publique",
    (
        ID,
        Colonne("intitule", is_obligatoire=True, longueur=250),
        Colonne("organisme", longueur=200),
        Choix("categorie", valeurs=Charge.Categorie.choices),
        Colonne("ministere", longueur=200),
        Lien("succede_a", "predecesseur", vers="charges", is_differe=True),
        *EXISTE,
        *LIEU,
    ),
    reconnu=("intitule", "organisme", "niveau", "territoire"),
    noms=cells("intitule"),
    tri=("intitule", "organisme"),
    is_situe=True,
)
TITULAIRES = Genre(
    "titulaires",
    Titulaire,
    "titulaires",
    "titulaire",
    (
        Lien("charge", vers="charges", is_obligatoire=True),
        Colonne("nom", is_obligatoire=True, longueur=150),
        *EXISTE,
        source(),
    ),
    parent="charge",
    cle=("charge", "nom", "depuis"),
    is_identifie=False,
)
ESPACES = Genre(
    "espaces",
    Espace,
    "espaces de dialogue",
    "espace de dialogue",
    (
        ID,
        Colonne("nom", is_obligatoire=True, longueur=250),
        Colonne("sigle", longueur=40),
        Choix("nature", valeurs=Espace.Nature.choices, is_obligatoire=True),
        Choix("etat", valeurs=Espace.Etat.choices),
        Colonne("instance", longueur=40),
        Colonne("base_legale", longueur=300),
        source("base_legale_url", "base_legale_adresse"),
        Colonne("competence", longueur=4000, has_lignes=True),
        Colonne("demande_par", longueur=200),
        Jour("demande_depuis"),
        *EXISTE,
        *LIEU,
        Colonne("notes", longueur=8000, has_lignes=True),
        VISIBILITE,
    ),
    reconnu=("nom", "niveau", "territoire"),
    noms=cells("nom", "sigle"),
    tri=("nom", "niveau", "territoire"),
    is_situe=True,
)
FILIATIONS = Genre(
    "filiations",
    Filiation,
    "filiations",
    "filiation",
    (
        Lien("espace", "avant", vers="espaces", is_obligatoire=True),
        Choix("nature", valeurs=Filiation.Nature.choices, is_obligatoire=True),
        Lien("devient", "apres", vers="espaces"),
        Jour("date", is_obligatoire=True),
        Colonne("texte", longueur=300),
        source(),
    ),
    parent="espace",
    cle=("espace", "devient"),
    is_identifie=False,
)
SIEGES = Genre(
    "sieges",
    Siege,
    "sièges",
    "siège",
    (
        Lien("espace", vers="espaces", is_obligatoire=True),
        Choix("cote", valeurs=Siege.Cote.choices, is_obligatoire=True),
        Colonne("occupant", longueur=200),
        Lien("organisation", vers="organisations"),
        Colonne("au_nom_de", longueur=200),
        Colonne("qualite", longueur=120),
        Compte("nombre", is_entier=True, minimum=1, maximum=32_767),
        *EXISTE,
        Colonne("motif_fin", longueur=300),
    ),
    parent="espace",
    cle=("espace", "cote", "occupant", "au_nom_de", "qualite", "depuis"),
    is_identifie=False,
)
