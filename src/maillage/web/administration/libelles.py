"""The actions of the trail, in French."""

from __future__ import annotations

from typing import Final

LIBELLES_ACTIONS: Final[dict[str, str]] = {
    "compte.inviter": "invitation envoyée",
    "compte.ouvrir": "compte ouvert",
    "compte.fermer": "compte fermé",
    "compte.rouvrir": "compte rouvert",
    "compte.connecter": "connexion",
    "compte.second_facteur.effacer": "second facteur effacé",
    "compte.adresse.changer": "adresse e-mail changée",
    "compte.mot_de_passe.changer": "mot de passe changé",
    "reseau.creer": "réseau créé",
    "role.donner": "rôle donné",
    "sauvegarde.faire": "sauvegarde faite",
    "role.modifier": "rôle modifié",
    "role.terminer": "rôle terminé",
    "personne.creer": "personne ajoutée",
    "personne.renommer": "nom corrigé",
    "personnes.importer": "personnes importées",
    "personnes.exporter": "fichier des personnes exporté",
    "organisation.creer": "organisation créée",
    "organisation.modifier": "organisation modifiée",
    "organisation.archiver": "organisation archivée",
    "organisation.retablir": "organisation rétablie",
    "organisation.conventions": "conventions changées",
    "organisation.adhesions": "adhésions changées",
    "organisation.cotisations": "cotisations changées",
    "organisations.importer": "organisations importées",
    "organisations.exporter": "fichier des organisations exporté",
    "registre.rapprocher": "rapprochement avec le registre",
    "consentement.donner": "consentement donné",
    "consentement.retirer": "consentement retiré",
    "abonnement.choisir": "abonnement choisi",
    "abonnement.suspendre": "envois suspendus",
    "flux.renouveler": "flux personnel renouvelé",
    "flux.fermer": "flux personnel fermé",
    "publication.creer": "publication commencée",
    "publication.enregistrer": "texte enregistré",
    "publication.soumettre": "publication donnée à relire",
    "publication.renvoyer": "publication renvoyée",
    "publication.publier": "publication parue",
    "publication.retirer": "publication retirée",
    "publication.joindre": "pièce jointe",
    "publication.changer_piece": "pièce jointe changée",
    "publication.enlever_piece": "pièce jointe enlevée",
    "demonstration.faire": "démonstration refaite",
    "questionnaire.creer": "questionnaire créé",
    "questionnaire.presenter": "présentation du questionnaire modifiée",
    "questionnaire.definir": "définition du questionnaire modifiée",
    "questionnaire.ouvrir": "questionnaire ouvert",
    "questionnaire.corriger": "correction du questionnaire mise en vigueur",
    "questionnaire.clore": "questionnaire clos",
    "questionnaire.relancer": "directions relancées",
    "questionnaire.envoyer": "réponse au questionnaire envoyée",
    "questionnaire.rouvrir": "réponse au questionnaire rouverte",
    "dialogue.importer": "dialogue importé",
    "dialogue.importer-modifier": "ligne du dialogue modifiée par un import",
    "dialogue.exporter": "dialogue exporté",
}


def libelle_action(action: str) -> str:
    """Words for an action; its own code when nobody gave it any."""
    return LIBELLES_ACTIONS.get(action, action)
