"""A walk of every address that can be read: one role who may per address, on the network that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from factories.exemples_adresses import EXEMPLES
from factories.questionnaires import ANNEE

from maillage.web.config.acces import all_routes
from maillage.web.config.droits import SANS_ROLE_NOM, VISITEUR_NOM, Relation, Verdict, list_verdicts
from maillage.web.publications.actions.abonnements import renew_feed
from maillage.web.publications.courrier.adresses import sign_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from factories.reseau_qui_grandit import Croissance

SANS_ROLE = frozenset({VISITEUR_NOM, SANS_ROLE_NOM})
SELON_LE_ROLE = frozenset(
    {
        "espace",
        "structure",
        "organisation",
        "organisations",
        "personnes",
        "publications",
        "publication",
        "questionnaires",
        "redaction",
    }
)
"""Pages that show each role something else: walked by all those who may read them."""

ENVOIENT_AILLEURS = frozenset(
    {
        "account_change_password",
        "account_login",
        "chiffrage-refaire",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "niveaux",
        "personne-inviter",
        "reseau",
    }
)
"""Addresses that lead to another: there is none of their own to draw for that person."""

SANS_OBJET_ICI = frozenset(
    {
        "account_reauthenticate",
        "agenda-dialogue-personnel",
        "agenda-dialogue-personnel-espace",
        "rencontre-document",
        "fichier-territoire",
        "graphique-cibles",
        "graphique-evolution",
        "invitation",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "openid_callback",
        "openid_sortie",
    }
)
"""Addresses whose object the example does not have: a secret, a second factor, a drawing, a document."""


def known_arguments(croissance: Croissance) -> Mapping[str, dict[str, Any]]:
    """What an address names, where it is something that grows or that is made for the occasion."""
    delegation = croissance.petit.personnes["delegation"]
    direction = croissance.petit.personnes["direction"]
    return {
        "publication": {"slug": croissance.publication.slug},
        "publication-piece": {"piece": croissance.piece.pk, "nom": croissance.piece.nom},
        "publications-flux-personnel": {"jeton": renew_feed(delegation), "format_": "atom"},
        "publications-desabonnement": {"jeton": sign_stop(delegation.pk)},
        "redaction-publier": {"pk": croissance.brouillon.pk},
        "redaction-soumettre": {"pk": croissance.brouillon.pk},
        "depot": {"pk": croissance.depot.pk},
        "personne": {"pk": direction.pk},
        "personne-renommer": {"pk": direction.pk},
        "administration-compte": {"pk": direction.pk},
        "rattachement-terminer": {"pk": direction.rattachements.earliest("pk").pk},
        "questionnaire-resultats": {"annee": ANNEE - 1},
        "questionnaire-resultat": {"annee": ANNEE - 1, "code": "personnes"},
        "questionnaire-resultat-csv": {"annee": ANNEE - 1, "code": "personnes"},
    }


def choose_arguments(croissance: Croissance, verdict: Verdict) -> dict[str, Any]:
    """What the address names, from its example: the organisation or the text that grows."""
    [premier, *_] = EXEMPLES[verdict.route](croissance.petit, verdict)
    objet = all_routes()[verdict.route].objet
    if objet == "organisation" and verdict.role not in {"partenaire", "equipe"}:
        return {**premier, "pk": croissance.petit.structure.pk}
    if objet == "publication":
        return {**premier, "pk": croissance.publication.pk}
    if set(premier) <= {"pk"} or verdict.route == "sujet":
        return {**premier, **croissance.dialogue.arguments(verdict.route, objet)}
    return dict(premier)


def list_readable() -> Iterator[Verdict]:
    """What is read: one role who may per address, or all of those who see something else."""
    vus = set()
    for verdict in list_verdicts():
        tous = verdict.route in SELON_LE_ROLE
        cle = (verdict.route, verdict.role if tous else "")
        entre = verdict.is_admis and verdict.relation is not Relation.AUTRE
        # somebody with a role asks more of the database than a visitor, and reads as much
        lit = entre and (tous or verdict.role not in SANS_ROLE)
        if verdict.methode == "GET" and lit and cle not in vus:
            vus.add(cle)
            yield verdict


def walk(croissance: Croissance) -> Iterator[tuple[str, str, str]]:
    """Role, name and address of each page."""
    connus = known_arguments(croissance)
    for verdict in list_readable():
        kwargs = connus.get(verdict.route) or choose_arguments(croissance, verdict)
        suite = "?code=personnes" if verdict.route == "questionnaire-question" else ""
        yield verdict.role, verdict.route, reverse(verdict.route, kwargs=kwargs) + suite
