"""One example per address of the site, so that a test can walk them all.

An example answers, for a small network and a line of the table of permissions, the arguments of the
address: for an object, one that stands to the person as the line says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factories.comptes_site import make_exercice, make_modele
from factories.engagements import (
    charge_of,
    chiffrage_of,
    engagement_of,
    make_arret,
    make_sujet,
    portage_of,
    proposition_of,
    reprise_of,
)
from factories.espaces import make_espace
from factories.extraits_site import cle_of, tie
from factories.membres import DEBUT, make_utilisateur
from factories.panel_site import agree, make_edition
from factories.parutions import make_publication
from factories.questionnaires import make_questionnaire_ouvert
from factories.rencontres import make_point, make_rencontre

from maillage.data.extraits import list_extraits
from maillage.web.accounts.actions import create_premier_demarrage
from maillage.web.config.droits import Relation, Verdict
from maillage.web.dialogue.models import (
    DepotDialogue,
    Espace,
    Exercice,
    Rencontre,
    Siege,
    TempsPasse,
)
from maillage.web.dialogue.rencontres.actions.comptes_rendus import propose
from maillage.web.network.models import DepotFichier, Organisation, Rattachement
from maillage.web.network.roles import ROLES_PAR_NATURE, attach
from maillage.web.pilotage.models import ImportExtrait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factories.membres import PetitReseau

Exemple = "Callable[[PetitReseau, Verdict], list[dict[str, Any]]]"


def fixed(**arguments: Any) -> Any:
    """The same arguments for everybody."""
    return lambda _petit, _verdict: [arguments]


def organisation_of(petit: PetitReseau, verdict: Verdict) -> Organisation:
    """An organisation that stands to the person of the line as the line says."""
    if verdict.relation is Relation.AUTRE:
        return petit.lointaine
    if verdict.relation is Relation.REGION:
        return petit.voisine
    rattachement = Rattachement.objects.filter(
        utilisateur__email__startswith=f"{verdict.role}@"
    ).first()
    return rattachement.organisation if rattachement else petit.structure


def comptes_of(*, numero: bool = False, **arguments: Any) -> Any:
    """The organisation of the line, which handed over a year of accounts; the year itself on request."""

    def exemple(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
        organisation = organisation_of(petit, verdict)
        exercice = make_exercice(organisation)
        sien = {"numero": exercice.pk} if numero else {}
        return [{"pk": organisation.pk, **sien, **arguments}]

    return exemple


def panel_of(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    """The organisation of the line, which agrees to the panel and finds an edition of the year of the extracts."""
    organisation = organisation_of(petit, verdict)
    tie(petit)
    agree(organisation)
    make_edition(2025)
    return [{"pk": organisation.pk}]


def modele_of(**arguments: Any) -> Any:
    """The organisation of the line, and a model that it keeps."""

    def exemple(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
        organisation = organisation_of(petit, verdict)
        return [{"pk": organisation.pk, "numero": make_modele(organisation).pk, **arguments}]

    return exemple


def _organisation(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": organisation_of(petit, verdict).pk}]


def _rattachement(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    """The role of a person invented for the occasion: an end given to it disturbs nobody."""
    organisation = organisation_of(petit, verdict)
    personne = make_utilisateur(f"passage-{Rattachement.objects.count()}")
    role = ROLES_PAR_NATURE[organisation.nature][0]
    return [{"pk": attach(personne, organisation, role, depuis=DEBUT, by=None).pk}]


def _personne(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    [rattachement] = _rattachement(petit, verdict)
    return [{"pk": Rattachement.objects.get(**rattachement).utilisateur_id}]


def _depot(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    octets = b"nature,nom\npartenaire,Ville d\xe9j\xe0 vue\n"
    return [
        {"pk": DepotFichier.objects.create(contenu="organisations", nom="a.csv", octets=octets).pk}
    ]


def _premier_demarrage(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    return [{"jeton": create_premier_demarrage()}]


def publication_of(**arguments: Any) -> Any:
    """A publication that stands to the person of the line as the line says."""

    def exemple(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
        # no organisation owns a publication: for a delegate, « theirs » is one of their region
        ailleurs = verdict.relation is Relation.AUTRE
        region = petit.lointaine.region if ailleurs else petit.structure.region
        publication = make_publication(petit.personnes["delegation"], region=region)
        return [{"pk": publication.pk, **arguments}]

    return exemple


def _questionnaire(**arguments: Any) -> Any:
    """Arguments of an address of the questionnaire, which is open."""

    def example(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
        return [{"annee": make_questionnaire_ouvert().annee, **arguments}]

    return example


def _reponse(**arguments: Any) -> Any:
    """The same, for the answer of the structure of the line."""

    def example(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
        annee = make_questionnaire_ouvert().annee
        return [{"annee": annee, "pk": organisation_of(petit, verdict).pk, **arguments}]

    return example


def rencontre_of(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    """A meeting that stands to the person of the line as the line says."""
    ailleurs = verdict.relation is Relation.AUTRE
    region = petit.lointaine.region if ailleurs else petit.structure.region
    rencontre = Rencontre.objects.create(titre="Rencontre", date=DEBUT, region=region)
    return [{"pk": rencontre.pk}]


def _exercice(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    fin = DEBUT.replace(month=12, day=31)
    return [{"annee": Exercice.objects.get_or_create(debut=DEBUT, fin=fin)[0].fin.year}]


def _temps(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    nombre = TempsPasse.objects.count()
    temps = TempsPasse.objects.create(
        fonction=f"fonction {nombre}", debut=DEBUT, fin=DEBUT, heures=1, heures_travaillees=2
    )
    return [{"pk": temps.pk}]


def espace_of(petit: PetitReseau, verdict: Verdict) -> Espace:
    """A public space of the region that the line says."""
    ailleurs = verdict.relation is Relation.AUTRE
    return make_espace(
        f"Espace {Espace.objects.count()}",
        petit.lointaine if ailleurs else petit.structure,
        visibilite="public",
    )


def _espace(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": espace_of(petit, verdict).pk}]


def _siege(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    espace = espace_of(petit, verdict)
    siege = Siege.objects.create(espace=espace, cote=Siege.Cote.RESEAU)
    return [{"pk": espace.pk, "siege": siege.pk}]


def _meeting_of(petit: PetitReseau, verdict: Verdict) -> Rencontre:
    """A meeting that stands to the person of the line as the line says: of their region, or not."""
    ailleurs = verdict.relation is Relation.AUTRE
    organisation = petit.lointaine if ailleurs else petit.structure
    return make_rencontre(region=organisation.region, departement=organisation.departement)


def _rencontre(**arguments: Any) -> Any:
    return lambda petit, verdict: [{"pk": _meeting_of(petit, verdict).pk, **arguments}]


def _compte_rendu(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    rencontre = _meeting_of(petit, verdict)
    make_point(rencontre, "Un point partagé", visibilite="espace")
    return [{"pk": rencontre.pk, "numero": propose(rencontre, by=None).numero}]


def _point(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    rencontre = _meeting_of(petit, verdict)
    return [{"pk": rencontre.pk, "point": make_point(rencontre, "Un point").pk}]


# of dialogue, the ledger of commitments and its offices


def _engagement(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": engagement_of(petit, verdict).pk}]


def _charge(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": charge_of(petit, verdict).pk}]


def _reprise(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    reprise = reprise_of(petit, verdict)
    return [{"pk": reprise.vers_id, "reprise": reprise.pk}]


# of dialogue, proposals and subjects


def _proposition(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": proposition_of(petit, verdict).pk}]


def _version(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": proposition_of(petit, verdict).pk, "numero": 1}]


def _chiffrage(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    chiffrage = chiffrage_of(petit, verdict)
    return [{"pk": chiffrage.proposition_id, "numero": chiffrage.pk}]


def _portage(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
    portage = portage_of(petit, verdict)
    return [{"pk": portage.proposition_id, "portage": portage.pk}]


def _sujet(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    return [{"slug": make_sujet().slug}]


def _depot_dialogue(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    octets = b"nom;nature\nUn lieu;politique\n"
    return [{"pk": DepotDialogue.objects.create(nom="espaces.csv", octets=octets).pk}]


# of the cockpit


def structure_extrait_of(**arguments: Any) -> Any:
    """A structure of the extracts that stands to the person of the line as the line says."""

    def exemple(petit: PetitReseau, verdict: Verdict) -> list[dict[str, Any]]:
        return [{"cle": cle_of(petit, organisation_of(petit, verdict)), **arguments}]

    return exemple


def _extrait(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    # none is left once the administrator has forgotten them: the address is then of one unknown
    extraits = list_extraits()
    return [{"identifiant": extraits[-1].identifiant if extraits else "0" * 16}]


def _import(_petit: PetitReseau, _verdict: Verdict) -> list[dict[str, Any]]:
    return [{"pk": ImportExtrait.objects.create(etat="refuse", noms=["a.zip"]).pk}]


_ILLE_ET_VILAINE = {"niveau": "departement", "code": "35"}
_INDICATEUR = "demandeurs_emploi"
_COMPTES = (
    "compte",
    "openid_login",
    "openid_callback",
    "openid_sortie",
    "socialaccount_login_cancelled",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_email_verification_sent",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_login_webauthn",
    "usersessions_list",
)
_SANS_ARGUMENT = (
    "accueil",
    "niveaux",
    "recherche",
    "cibles",
    "indicateurs",
    "methode",
    "accessibilite",
    "composants",
    "sante",
    "regles",
    "regles-aide-au-poste",
    "regles-graphique-smic",
    "regles-calculateur",
    "regles-emploi",
    "regles-reforme",
    "regles-versement",
    "regles-cofinancement",
    "regles-cotisations",
    "regles-taxe-sur-les-salaires",
    "regles-mise-a-disposition",
    "regles-smic",
    "regles-courbe-versement",
    "regles-courbe-cofinancement",
    "regles-courbe-cotisations",
    "regles-courbe-taxe-sur-les-salaires",
    "regles-courbe-smic",
    "espace",
    "demonstration",
    "administration",
    "administration-comptes",
    "administration-journal",
    "administration-journal-csv",
    "administration-etat",
    "administration-reglages",
    "reseau",
    "organisations",
    "organisation-creer",
    "organisations-echange",
    "personnes",
    "droits",
    "publications",
    "publications-abonnements",
    "publications-flux-renouveler",
    "publications-flux-fermer",
    "redaction",
    "redaction-nouvelle",
    "redaction-chiffres",
    "questionnaires",
    "repertoire-interets",
    "repertoire-exercice",
    "repertoire-temps",
    "economie-alertes",
    "panel",
    "panel-arreter",
    "pilotage",
    "pilotage-structures",
    "pilotage-definitions",
    "pilotage-retards",
    "pilotage-retards-courriers",
    "pilotage-personnes",
    "pilotage-moyens",
    "pilotage-argent",
    "pilotage-carte",
    "pilotage-comparaison",
    "pilotage-comparaison-courriers",
    "pilotage-extraits",
    "pilotage-imports",
    "pilotage-liens",
    *_COMPTES,
)

_ORGANISATIONS = (
    "organisation",
    "organisation-modifier",
    "organisation-archiver",
    "organisation-conventions",
    "organisation-adhesions",
    "organisation-cotisations",
    "organisation-consentements",
    "organisation-registre",
    "organisation-inviter",
    "organisation-reunir",
)

EXEMPLES: Mapping[str, Any] = {
    **dict.fromkeys(_ORGANISATIONS, _organisation),
    "organisations-fichier": fixed(extension="csv"),
    "organisations-export": fixed(contenu="organisations"),
    "depot": _depot,
    "personne": _personne,
    "personne-renommer": _personne,
    "personne-reunir": _personne,
    "personne-inviter": _personne,
    "rattachement-terminer": _rattachement,
    **dict.fromkeys(_SANS_ARGUMENT, fixed()),
    "premier-demarrage": _premier_demarrage,
    "invitation": fixed(jeton="jeton-inconnu"),
    "structure": lambda petit, verdict: [{"pk": organisation_of(petit, verdict).pk}],
    **dict.fromkeys(
        (
            "questionnaire-definir",
            "questionnaire-presenter",
            "questionnaire-section",
            "questionnaire-question",
            "questionnaire-regle",
            "questionnaire-importer",
            "questionnaire-etat",
            "questionnaire-apercu",
            "questionnaire-suivi",
            "questionnaire-suivi-csv",
            "questionnaire-relance",
            "questionnaire-resultats",
        ),
        _questionnaire(),
    ),
    "questionnaire-exporter": _questionnaire(extension="yaml"),
    "questionnaire-resultat": _questionnaire(code="personnes"),
    "questionnaire-resultat-csv": _questionnaire(code="personnes"),
    **dict.fromkeys(
        (
            "questionnaire-repondre",
            "questionnaire-envoyer",
            "questionnaire-copie",
            "questionnaire-lecture",
        ),
        _reponse(),
    ),
    "questionnaire-repondre-section": _reponse(code="activite"),
    "questionnaire-repondre-champ": _reponse(code="personnes"),
    **dict.fromkeys(
        (
            "pilotage-structures-fichier",
            "pilotage-annexes-fichier",
            "pilotage-retards-fichier",
            "pilotage-personnes-fichier",
            "pilotage-moyens-fichier",
            "pilotage-argent-fichier",
            "pilotage-carte-fichier",
            "pilotage-comparaison-fichier",
        ),
        fixed(extension="csv"),
    ),
    **dict.fromkeys(
        (
            "pilotage-structure",
            "pilotage-structure-graphique",
            "pilotage-structure-courrier",
        ),
        structure_extrait_of(),
    ),
    "pilotage-structure-mois": structure_extrait_of(extension="csv"),
    "pilotage-chiffre": fixed(code="taux_realisation"),
    "pilotage-extrait": _extrait,
    "pilotage-import": _import,
    **dict.fromkeys(
        (
            "economie",
            "economie-deposer",
            "economie-tresorerie",
            "economie-plan",
            "economie-argent",
            "economie-modele-nouveau",
        ),
        comptes_of(),
    ),
    "economie-modeles": lambda petit, verdict: [{"pk": modele_of()(petit, verdict)[0]["pk"]}],
    **dict.fromkeys(
        (
            "economie-modele",
            "economie-modele-changer",
            "economie-modele-comparer",
            "economie-modele-tresorerie",
        ),
        modele_of(),
    ),
    "economie-modele-fichier": modele_of(extension="xlsx"),
    "economie-fichier": comptes_of(extension="csv"),
    "economie-argent-fichier": comptes_of(extension="csv"),
    **dict.fromkeys(("panel-structure", "panel-graphique"), panel_of),
    "panel-edition": lambda _petit, _verdict: [{"pk": make_edition().pk}],
    "economie-exercice": comptes_of(numero=True),
    "repertoire-declaration": _exercice,
    "repertoire-mention": rencontre_of,
    "repertoire-temps-retirer": _temps,
    # files of dialogue
    "dialogue-fichiers": fixed(),
    "dialogue-export": fixed(nom="espaces.csv"),
    "dialogue-depot": _depot_dialogue,
    "demonstration-entrer": fixed(role="personne"),
    "administration-compte": lambda petit, _verdict: [{"pk": petit.personnes["sans rôle"].pk}],
    "account_confirm_email": fixed(key="cle-inconnue"),
    "account_reset_password_from_key": fixed(uidb36="1", key="cle-inconnue"),
    "session-fermer": fixed(pk=1),
    "mfa_edit_webauthn": fixed(pk=1),
    "mfa_remove_webauthn": fixed(pk=1),
    "liste": fixed(niveau="departement"),
    "territoire": fixed(**_ILLE_ET_VILAINE),
    "fichier-territoire": fixed(**_ILLE_ET_VILAINE, tableau="besoin", extension="csv"),
    "fichier-cibles": fixed(extension="csv"),
    "fichier-indicateur": fixed(extension="csv"),
    "chiffre": fixed(**_ILLE_ET_VILAINE, indicateur=_INDICATEUR, periode="2024"),
    "fichier-periodes": fixed(
        **_ILLE_ET_VILAINE, indicateur=_INDICATEUR, periode="2024", extension="csv"
    ),
    "indicateur": fixed(code=_INDICATEUR),
    "graphique-evolution": fixed(**_ILLE_ET_VILAINE, indicateur=_INDICATEUR),
    "graphique-cibles": fixed(dessin="ecarts"),
    "regles-reforme-prete": fixed(code="ai_4000"),
    **dict.fromkeys(
        (
            "redaction-texte",
            "redaction-apercu",
            "redaction-saisie",
            "redaction-soumettre",
            "redaction-versions",
            "redaction-piece",
            "redaction-renvoyer",
            "redaction-publier",
            "redaction-retirer",
        ),
        publication_of(),
    ),
    "redaction-fichier": fixed(extension="csv"),
    "redaction-version": publication_of(numero=1),
    "redaction-piece-changer": publication_of(piece=1),
    "publication": fixed(slug="rencontre-avec-le-cabinet"),
    "publications-flux": fixed(format_="atom"),
    "publications-flux-personnel": fixed(jeton="jeton-inconnu", format_="atom"),
    "publication-piece": fixed(piece=1, nom="annexe.pdf"),
    "publications-desabonnement": fixed(jeton="jeton-inconnu"),
    "regles-fichier-emploi": fixed(extension="csv"),
    "regles-graphique-emploi": fixed(mois="2025-11", foyer="seul_rsa", majoration="0"),
    "regles-valeur": fixed(chemin="smic.horaire_brut"),
    # espaces of dialogue, their home page, their calendars
    **dict.fromkeys(
        (
            "dialogue",
            "espaces-dialogue",
            "espaces-dialogue-carte",
            "espaces-dialogue-changements",
            "espaces-dialogue-instances",
            "espace-dialogue-creer",
            "espace-dialogue-demander",
            "agenda-dialogue-public",
            "agenda-dialogue",
            "agenda-dialogue-ouvrir",
            "agenda-dialogue-fermer",
        ),
        fixed(),
    ),
    "dialogue-territoire": fixed(**_ILLE_ET_VILAINE),
    "espaces-dialogue-fichier": fixed(extension="csv"),
    **dict.fromkeys(
        (
            "espace-dialogue",
            "espace-dialogue-modifier",
            "espace-dialogue-redemander",
            "espace-dialogue-devenir",
            "espace-dialogue-joindre",
            "siege-ajouter",
            "agenda-dialogue-espace",
        ),
        _espace,
    ),
    **dict.fromkeys(("siege-corriger", "siege-terminer", "siege-pourvoir"), _siege),
    "espace-dialogue-enlever": lambda petit, verdict: [
        {"pk": espace_of(petit, verdict).pk, "document": 1}
    ],
    "agenda-dialogue-personnel": fixed(jeton="jeton-inconnu"),
    "agenda-dialogue-personnel-espace": lambda petit, verdict: [
        {"jeton": "jeton-inconnu", "pk": espace_of(petit, verdict).pk}
    ],
    # meetings of dialogue
    "rencontres": fixed(),
    "rencontres-fichier": fixed(extension="csv"),
    "rencontre-creer": fixed(),
    **dict.fromkeys(
        (
            "rencontre",
            "rencontre-modifier",
            "rencontre-participants",
            "rencontre-statut",
            "rencontre-annuler",
            "rencontre-publications",
            "rencontre-point-ajouter",
            "rencontre-partage",
            "rencontre-notes",
            "rencontre-notes-etat",
            "rencontre-notes-envoi",
            "rencontre-notes-hors-ligne",
            "rencontre-proposer",
            "rencontre-joindre",
            "rencontre-inviter",
        ),
        _rencontre(),
    ),
    **dict.fromkeys(("rencontre-point", "rencontre-point-versions"), _point),
    "rencontre-compte-rendu": _compte_rendu,
    "rencontre-document": _rencontre(document=1),
    "rencontre-document-changer": _rencontre(document=1),
    # of dialogue, the ledger of commitments and its offices
    **dict.fromkeys(
        (
            "engagements",
            "engagements-decidim",
            "engagement-creer",
            "engagements-suivis",
            "charges",
            "charge-creer",
        ),
        fixed(),
    ),
    "engagements-fichier": fixed(extension="csv"),
    "engagements-arret": lambda petit, _verdict: [{"jeton": make_arret(petit)}],
    "espace-suivre": fixed(pk=1),
    **dict.fromkeys(
        (
            "engagement",
            "engagement-modifier",
            "engagement-etat",
            "engagement-contredire",
            "engagement-fait",
            "engagement-suivre",
        ),
        _engagement,
    ),
    **dict.fromkeys(
        ("charge", "charge-modifier", "charge-changement", "charge-titulaire"), _charge
    ),
    "reprise-decider": _reprise,
    # of dialogue, proposals and subjects
    **dict.fromkeys(("propositions", "proposition-creer", "sujets", "sujet-creer"), fixed()),
    "propositions-fichier": fixed(extension="csv"),
    **dict.fromkeys(("sujet", "sujet-courbe", "sujet-modifier", "sujet-fait"), _sujet),
    **dict.fromkeys(
        (
            "proposition",
            "proposition-modifier",
            "proposition-texte",
            "proposition-porter",
            "proposition-debouche",
            "proposition-document",
            "proposition-chiffrer",
        ),
        _proposition,
    ),
    "proposition-version": _version,
    **dict.fromkeys(("chiffrage", "chiffrage-refaire"), _chiffrage),
    "portage-repondre": _portage,
}

FERMEES = frozenset(
    {
        "account_signup",
        "account_confirm_login_code",
        "socialaccount_login_error",
        "socialaccount_signup",
        "socialaccount_connections",
    }
)
"""Addresses that allauth brings and that nobody may reach."""
