"""Two accounts of one person become one: the other is closed, and its address stays known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import accorder
from maillage.web.accounts.actions import close
from maillage.web.accounts.models import Utilisateur
from maillage.web.administration.reunion.bilan import Bilan, Devenir
from maillage.web.administration.reunion.roles import move_roles
from maillage.web.dialogue.models.engagements import Abonnement as Suivi
from maillage.web.dialogue.models.engagements import Agenda
from maillage.web.dialogue.models.rencontres import Participant
from maillage.web.droits.permissions import Role
from maillage.web.journal.actions import record
from maillage.web.network.roles import check_may_give
from maillage.web.publications.models import Abonnement, FluxPersonnel, Publication, Saisie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.web.droits.acteur import Acteur

DEPLACEES = frozenset(
    {"rattachements", "publications", "reunis", "abonnement", "participations", "suivis_dialogue"}
)
"""What goes to the account that is kept."""
FERMEES = frozenset(
    {"invitations", "emailaddress", "authenticator", "socialaccount", "usersession"}
    | {"flux_personnel", "agenda_dialogue"}
)
"""What opened the other account, and closes with it. A test holds both lists to the base."""


def plan(garde: Utilisateur, autre: Utilisateur, acteur: Acteur) -> Bilan:
    """What joining the other account to the one that is kept would do."""
    return Bilan(tuple(_list_moves(garde, autre)), tuple(_list_obstacles(garde, autre, acteur)))


def _list_obstacles(garde: Utilisateur, autre: Utilisateur, acteur: Acteur) -> Iterator[Anomalie]:
    if garde.pk == autre.pk or garde.reuni_a_id or autre.reuni_a_id:
        yield Anomalie(
            "MLG-ADM-042",
            "Une de ces fiches est déjà réunie à une autre, ou c’est la même.",
            "Choisissez deux fiches qui vivent encore.",
        )
        return
    if acteur.utilisateur_id in {garde.pk, autre.pk}:
        yield Anomalie(
            "MLG-ADM-047",
            "On ne réunit pas soi-même ses propres comptes.",
            "Demandez à une autre personne qui peut le faire.",
        )
    if not garde.is_active:
        yield Anomalie(
            "MLG-ADM-048",
            "Le compte à garder est fermé.",
            "Gardez l’autre, ou rouvrez d’abord celui-ci.",
        )
    for role in autre.rattachements.select_related("organisation"):
        try:
            check_may_give(acteur, role.organisation, Role(role.role))
        except UserError as refus:
            yield from refus.anomalies


def _list_moves(garde: Utilisateur, autre: Utilisateur) -> Iterator[Devenir]:
    ici = f"désormais à {garde.email}"
    for champ in ("prenom", "nom"):
        if getattr(autre, champ) and not getattr(garde, champ):
            yield Devenir(f"{champ}\u00a0: {getattr(autre, champ)}", "manquait, est repris")
    roles = autre.rattachements.select_related("organisation").order_by("organisation__nom", "pk")
    for role in roles:
        yield Devenir(f"rôle\u00a0: {role.role_libelle}, {role.organisation.nom}", ici)
    textes = Publication.objects.filter(auteur=autre).count()
    if textes:
        yield Devenir(accorder(textes, "publication écrite", "publications écrites"), ici)
    rencontres = Participant.objects.filter(utilisateur=autre).count()
    if rencontres:
        yield Devenir(
            accorder(
                rencontres, "participation à une rencontre", "participations à des rencontres"
            ),
            ici,
        )
    saisies = Saisie.objects.filter(utilisateur=autre).count()
    if saisies:
        yield Devenir(
            accorder(saisies, "texte en cours de frappe", "textes en cours de frappe"),
            "reste avec l’ancien compte",
        )
    if Abonnement.objects.filter(utilisateur=autre).exists():
        deja = Abonnement.objects.filter(utilisateur=garde).exists()
        yield Devenir(
            "choix des e-mails reçus", "remplacé par celui qui est gardé" if deja else ici
        )
    yield Devenir(
        f"connexion par {autre.email}",
        "fermée\u00a0: mot de passe, second facteur, sessions et flux personnel n’ouvrent plus rien",
    )
    yield Devenir(
        f"adresse {autre.email}",
        "reste connue\u00a0: un fichier qui la porte désigne la fiche gardée",
    )


@transaction.atomic
def merge(garde: Utilisateur, autre: Utilisateur, empreinte: str, acteur: Acteur) -> None:
    """Join the other account to the one that is kept, as it was shown.

    Raises:
        SaisieInvalide: MLG-ADM-041, 042, 047, 048, or a role that whoever asks may not give.
    """
    verrouilles = Utilisateur.objects.select_for_update().in_bulk([garde.pk, autre.pk])
    garde, autre = verrouilles[garde.pk], verrouilles[autre.pk]
    plan(garde, autre, acteur).check(empreinte)
    by = acteur.utilisateur_id
    move_roles(garde.rattachements.all(), autre.rattachements.all(), utilisateur=garde)
    Publication.objects.filter(auteur=autre).update(auteur=garde)
    if not Abonnement.objects.filter(utilisateur=garde).exists():
        Abonnement.objects.filter(utilisateur=autre).update(utilisateur=garde)
    Abonnement.objects.filter(utilisateur=autre).delete()
    FluxPersonnel.objects.filter(utilisateur=autre).delete()
    _move_dialogue(garde, autre)
    autre.reunis.update(reuni_a=garde)
    garde.prenom, garde.nom = garde.prenom or autre.prenom, garde.nom or autre.nom
    garde.save(update_fields=["prenom", "nom"])
    autre.reuni_a = garde
    autre.save(update_fields=["reuni_a"])
    close(autre, by=by)
    record("personne.reunir", by=by, objet=garde, details={"reunie": autre.pk})


def _move_dialogue(garde: Utilisateur, autre: Utilisateur) -> None:
    """Meetings and what is followed; a meeting where both were keeps the two lines as written."""
    presentes = Participant.objects.filter(utilisateur=garde).values_list("rencontre", flat=True)
    siennes = Participant.objects.filter(utilisateur=autre)
    siennes.exclude(rencontre__in=list(presentes)).update(utilisateur=garde)
    for suivi in Suivi.objects.filter(utilisateur=autre):
        memes = Suivi.objects.filter(
            utilisateur=garde, engagement=suivi.engagement_id, espace=suivi.espace_id
        )
        if memes.exists():
            suivi.delete()
        else:
            suivi.utilisateur = garde
            suivi.save(update_fields=["utilisateur"])
    Agenda.objects.filter(utilisateur=autre).delete()
