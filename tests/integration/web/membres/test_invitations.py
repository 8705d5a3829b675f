"""Links that open an account or a network: once, in time, for the right person; by mail and by hand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories.membres import MOT_DE_PASSE
from typer.testing import CliRunner

from maillage.kernel.errors import SaisieInvalide
from maillage.web.accounts.actions import (
    LienDejaUtilise,
    accept,
    close,
    create_premier_demarrage,
    find_invitation,
    invite,
)
from maillage.web.accounts.courriels import send_invitation
from maillage.web.accounts.models import Invitation, Utilisateur
from maillage.web.administration_cli import application
from maillage.web.config import preparation
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network.actions import start_network
from maillage.web.network.models import Organisation, Rattachement

if TYPE_CHECKING:
    from factories.membres import PetitReseau
    from pytest_django import Settings

CHOIX = {"mot_de_passe": MOT_DE_PASSE, "encore": MOT_DE_PASSE}
RESEAU = {
    **CHOIX,
    "reseau": "Réseau d’essai",
    "prenom": "Camille",
    "nom": "Essai",
    "email": "Camille@Example.org",
}


@pytest.fixture
def visiteur(db: None) -> Client:
    """A browser that has not signed in."""
    del db
    return Client(headers={"host": "127.0.0.1"})


def expire(jeton: str) -> None:
    invitation = find_invitation(jeton, timezone.now())
    assert invitation is not None
    Invitation.objects.filter(pk=invitation.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def assert_opens_nothing(reponse: Any) -> None:
    assert reponse.status_code == 404
    assert "MLG-CPT-001" in reponse.content.decode()


# the first start


def premier(jeton: str) -> str:
    return reverse("premier-demarrage", args=[jeton])


def test_the_first_link_creates_the_network_and_its_administrator_once(visiteur: Client) -> None:
    adresse = premier(create_premier_demarrage())
    assert visiteur.get(adresse).status_code == 200
    reponse = visiteur.post(adresse, RESEAU)
    assert reponse["Location"] == reverse("espace")
    personne = Utilisateur.objects.get()
    assert personne.email == "camille@example.org"
    assert Rattachement.objects.get().role == Role.ADMINISTRATION
    assert Organisation.objects.get().nom == "Réseau d’essai"
    assert visiteur.session[SESSION_KEY] == str(personne.pk)
    # signed in, and sent to set a second factor without typing the password again
    page = visiteur.get(reverse("espace"), follow=True)
    assert "Votre rôle demande un second facteur" in page.content.decode()
    assert visiteur.get(reverse("mfa_activate_totp")).status_code == 200
    assert_opens_nothing(visiteur.get(adresse))
    assert_opens_nothing(visiteur.post(adresse, RESEAU))
    assert Organisation.objects.count() == 1


def test_a_first_link_too_old_opens_nothing(visiteur: Client) -> None:
    jeton = create_premier_demarrage()
    expire(jeton)
    assert_opens_nothing(visiteur.post(premier(jeton), RESEAU))
    assert not Organisation.objects.exists()


def test_a_new_first_link_replaces_the_earlier_one(visiteur: Client) -> None:
    ancien, nouveau = create_premier_demarrage(), create_premier_demarrage()
    assert_opens_nothing(visiteur.get(premier(ancien)))
    assert visiteur.get(premier(nouveau)).status_code == 200


def test_a_wrong_link_and_a_link_of_another_kind_open_nothing(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    assert_opens_nothing(visiteur.get(premier("invente")))
    invitation = invite(petit_reseau.personnes["equipe"], by=None)
    assert_opens_nothing(visiteur.get(premier(invitation)))
    assert_opens_nothing(visiteur.get(reverse("invitation", args=[create_premier_demarrage()])))


def test_two_who_follow_the_first_link_at_once_create_one_network(visiteur: Client) -> None:
    """Both have read the link before either writes: the second write finds it used."""
    jeton = create_premier_demarrage()
    lue = find_invitation(jeton, timezone.now())
    assert lue is not None
    visiteur.post(premier(jeton), RESEAU)
    with pytest.raises(LienDejaUtilise):
        start_network(
            lue,
            reseau="Un autre",
            administrateur=Utilisateur(email="autre@example.org"),
            mot_de_passe=MOT_DE_PASSE,
            le=timezone.localdate(),
        )
    assert Organisation.objects.count() == 1
    assert Utilisateur.objects.count() == 1


def test_the_second_of_them_reads_why(visiteur: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    jeton = create_premier_demarrage()
    lue = find_invitation(jeton, timezone.now())
    visiteur.post(premier(jeton), RESEAU)
    monkeypatch.setattr("maillage.web.network.views.get_invitation", lambda *_: lue)
    autre = Client(headers={"host": "127.0.0.1"})
    assert_opens_nothing(autre.post(premier(jeton), RESEAU | {"email": "autre@example.org"}))


def test_a_first_link_is_useless_once_the_network_exists(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    del petit_reseau
    reponse = visiteur.post(premier(create_premier_demarrage()), RESEAU)
    assert_opens_nothing(reponse)
    assert not Utilisateur.objects.filter(email="camille@example.org").exists()


@pytest.mark.parametrize(
    ("defaut", "attendu"),
    [
        ({"encore": "autre chose de long"}, "Les deux mots de passe sont différents"),
        ({"mot_de_passe": "court", "encore": "court"}, "trop court"),
        (
            {"mot_de_passe": "camille@example.org", "encore": "camille@example.org"},
            "trop semblable",
        ),
        ({"reseau": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_still_serves(
    visiteur: Client, defaut: dict[str, str], attendu: str
) -> None:
    adresse = premier(create_premier_demarrage())
    reponse = visiteur.post(adresse, RESEAU | defaut)
    assert reponse.status_code == 200
    assert attendu in reponse.content.decode()
    assert MOT_DE_PASSE not in reponse.content.decode()
    assert visiteur.post(adresse, RESEAU).status_code == 302


# invitations


def test_an_invitation_opens_an_account_once(visiteur: Client, petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["direction"]
    adresse = reverse("invitation", args=[invite(personne, by=None)])
    assert personne.nom_complet in visiteur.get(adresse).content.decode()
    assert visiteur.post(adresse, CHOIX)["Location"] == reverse("espace")
    assert visiteur.session[SESSION_KEY] == str(personne.pk)
    autre = Client(headers={"host": "127.0.0.1"})
    assert_opens_nothing(autre.get(adresse))
    assert_opens_nothing(autre.post(adresse, CHOIX))


def test_an_invitation_too_old_replaced_or_of_a_closed_account_opens_nothing(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    personne = petit_reseau.personnes["direction"]
    perimee = invite(personne, by=None)
    expire(perimee)
    remplacee = invite(personne, by=None)
    fermee = invite(personne, by=None)
    close(personne, by=None)
    for jeton in (perimee, remplacee, fermee):
        assert_opens_nothing(visiteur.get(reverse("invitation", args=[jeton])))
    with pytest.raises(ValueError, match="closed account"):
        invite(personne, by=None)


def test_two_who_follow_an_invitation_at_once(
    visiteur: Client, petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    jeton = invite(petit_reseau.personnes["direction"], by=None)
    lue = find_invitation(jeton, timezone.now())
    assert lue is not None
    accept(lue, MOT_DE_PASSE)
    monkeypatch.setattr("maillage.web.accounts.views.get_invitation", lambda *_: lue)
    assert_opens_nothing(visiteur.post(reverse("invitation", args=[jeton]), CHOIX))
    with pytest.raises(ValueError, match="invites nobody"):
        accept(Invitation(nature=Invitation.Nature.PREMIER_DEMARRAGE), MOT_DE_PASSE)


def test_only_a_hash_of_the_link_is_kept(petit_reseau: PetitReseau) -> None:
    jeton = invite(petit_reseau.personnes["direction"], by=None)
    ligne = Invitation.objects.get()
    assert jeton not in "".join(str(getattr(ligne, f.name)) for f in Invitation._meta.fields)
    assert jeton not in str(list(Evenement.objects.values()))


def test_the_mail_of_an_invitation(
    petit_reseau: PetitReseau, settings: Settings, visiteur: Client
) -> None:
    settings.ADRESSE_PUBLIQUE = "https://maillage.example.org"
    envoi = send_invitation(petit_reseau.personnes["direction"], by=None, reseau="Réseau d’essai")
    message = mail.outbox[-1]
    assert envoi.is_sent
    assert message.to == ["direction@reseau.example.org"]
    assert message.subject == "Votre invitation dans l’espace de Réseau d’essai"
    assert envoi.lien in message.body
    assert "&" not in message.body
    assert envoi.lien.startswith("https://maillage.example.org/compte/invitation/")
    chemin = envoi.lien.removeprefix("https://maillage.example.org")
    assert visiteur.get(chemin).status_code == 200


def test_a_mail_that_does_not_leave_leaves_the_link(
    petit_reseau: PetitReseau, settings: Settings, visiteur: Client
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    envoi = send_invitation(petit_reseau.personnes["direction"], by=None)
    assert not envoi.is_sent
    chemin = re.sub(r"^https?://[^/]+", "", envoi.lien)
    assert visiteur.get(chemin).status_code == 200


# the terminal


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """Runs `maillage admin`."""
    del db
    monkeypatch.setattr(preparation, "prepare_base", lambda: None)

    def run(*mots: str) -> str:
        resultat = CliRunner().invoke(application, list(mots), catch_exceptions=False)
        assert resultat.exit_code == 0, resultat.output
        return resultat.output

    return run


def test_a_first_link_is_written_while_there_is_no_network(terminal: Any, visiteur: Client) -> None:
    ecrit = terminal("premier-lien")
    chemin = re.search(r"http://127\.0\.0\.1:8000(/reseau/premier-demarrage/\S+)", ecrit)
    assert chemin is not None
    assert visiteur.post(chemin[1], RESEAU).status_code == 302
    with pytest.raises(SaisieInvalide, match="MLG-CPT-030"):
        terminal("premier-lien")


def test_a_person_is_created_given_a_role_and_invited(
    terminal: Any, petit_reseau: PetitReseau, visiteur: Client
) -> None:
    ecrit = terminal(
        "inviter", "Nouvelle@Example.org", "--role", "direction", "--organisation", "100000009",
        "--prenom", "Camille", "--afficher",
    )  # fmt: skip
    personne = Utilisateur.objects.get(email="nouvelle@example.org")
    lien = Rattachement.objects.get(utilisateur=personne)
    assert (lien.role, lien.organisation) == (Role.DIRECTION, petit_reseau.structure)
    assert mail.outbox[-1].to == ["nouvelle@example.org"]
    chemin = re.search(r"http://127\.0\.0\.1:8000(\S+)", ecrit)
    assert chemin is not None
    assert visiteur.get(chemin[1]).status_code == 200
    terminal("inviter", "nouvelle@example.org")
    assert Utilisateur.objects.filter(email="nouvelle@example.org").count() == 1
    assert Rattachement.objects.filter(utilisateur=personne, role="administration").exists()
    assert_opens_nothing(visiteur.get(chemin[1]))


def test_everything_wrong_in_an_invitation_is_told_and_nothing_is_written(
    terminal: Any, petit_reseau: PetitReseau
) -> None:
    avant = Utilisateur.objects.count()
    with pytest.raises(SaisieInvalide) as refus:
        terminal("inviter", "pas une adresse", "--role", "chef", "--organisation", "inconnue")
    codes = [anomalie.code for anomalie in refus.value.anomalies]
    assert codes == ["MLG-CPT-032", "MLG-CPT-034", "MLG-CPT-036"]
    close(petit_reseau.personnes["equipe"], by=None)
    with pytest.raises(SaisieInvalide, match="MLG-CPT-033"):
        terminal("inviter", petit_reseau.personnes["equipe"].email)
    assert Utilisateur.objects.count() == avant
    assert mail.outbox == []


def test_there_is_nobody_to_invite_into_before_the_network(terminal: Any) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-CPT-035"):
        terminal("inviter", "a@example.org")


def test_a_name_that_two_organisations_have_is_asked_again(
    terminal: Any, petit_reseau: PetitReseau
) -> None:
    petit_reseau.voisine.nom = petit_reseau.structure.nom
    petit_reseau.voisine.save()
    with pytest.raises(SaisieInvalide, match="2 organisations"):
        terminal("inviter", "a@example.org", "--organisation", petit_reseau.structure.nom)


def test_a_lost_second_factor_is_erased_from_the_terminal(
    terminal: Any, petit_reseau: PetitReseau
) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    TOTP.activate(petit_reseau.personnes["delegation"], generate_totp_secret())
    assert "effacés\u00a0: 1" in terminal("second-facteur-perdu", "delegation@reseau.example.org")
    with pytest.raises(SaisieInvalide, match="MLG-CPT-031"):
        terminal("second-facteur-perdu", "personne@example.org")
