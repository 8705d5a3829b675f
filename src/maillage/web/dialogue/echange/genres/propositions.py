"""Proposals, their texts, where they were carried, what they led to."""

from __future__ import annotations

from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.colonnes import Choix, Colonne, Deduite, Lien
from maillage.web.dialogue.echange.genres.champs import ID, LIEU, VISIBILITE, cells, source
from maillage.web.dialogue.echange.mesures import Compte, DateDite, Jour
from maillage.web.dialogue.echange.model import Genre
from maillage.web.dialogue.models import Debouche, Portage, Proposition, VersionProposition

PROPOSITIONS = Genre(
    "propositions",
    Proposition,
    "propositions",
    "proposition",
    (
        ID,
        Colonne("titre", is_obligatoire=True, longueur=250),
        Colonne("theme", longueur=120),
        Choix("statut", valeurs=Proposition.Statut.choices),
        Jour("depuis", "date"),
        Lien("sujet", vers="sujets"),
        Lien("remplace", vers="propositions", is_differe=True, has_plusieurs=True),
        *LIEU,
        VISIBILITE,
        Deduite("texte", longueur=40_000, has_lignes=True, is_comparee=False),
    ),
    reconnu=("titre",),
    noms=cells("titre"),
    tri=("titre",),
    is_situe=True,
)
TEXTES = Genre(
    "textes",
    VersionProposition,
    "textes des propositions",
    "texte d’une proposition",
    (
        Lien("proposition", vers="propositions", is_obligatoire=True),
        Compte("numero", is_entier=True, minimum=1, maximum=10_000),
        Colonne("texte", is_obligatoire=True, longueur=40_000, has_lignes=True),
        Colonne("motif", longueur=200),
        lieu.JourInstant("date", "at"),
    ),
    parent="proposition",
    cle=("proposition", "numero"),
    is_identifie=False,
    is_fige=True,
)
PORTAGES = Genre(
    "portages",
    Portage,
    "portages",
    "portage",
    (
        Lien("proposition", vers="propositions", is_obligatoire=True),
        DateDite("date"),
        Choix("forme", valeurs=Portage.Forme.choices, is_obligatoire=True),
        Lien("rencontre", vers="rencontres"),
        Lien("charge", vers="charges"),
        Colonne("aupres_de", longueur=250),
        Colonne("reference", longueur=200),
        source(),
        Colonne("reponse", longueur=4000, has_lignes=True),
        Jour("reponse_le"),
        Choix("issue", valeurs=Portage.Issue.choices),
    ),
    parent="proposition",
    cle=("proposition", "forme", "rencontre", "date", "aupres_de", "reference"),
    is_identifie=False,
)
DEBOUCHES = Genre(
    "debouches",
    Debouche,
    "débouchés",
    "débouché",
    (
        Lien("proposition", vers="propositions", is_obligatoire=True),
        Choix("nature", valeurs=Debouche.Nature.choices, is_obligatoire=True),
        Colonne("reference", is_obligatoire=True, longueur=250),
        Jour("date"),
        source(),
    ),
    parent="proposition",
    cle=("proposition", "nature", "reference"),
    is_identifie=False,
)
