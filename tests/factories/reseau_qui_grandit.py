"""Makes the small network larger, in bulk: what is measured is the reading. All of it is invented.

Whatever a page may list grows at once: organisations, people, what hangs on one organisation and on
one person, publications and their history, questionnaires and answers, mail, sessions, the trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from factories.dialogue_qui_grandit import Dialogue, make_dialogue
from factories.membres import DEBUT, ICI
from factories.parutions import copy_published, make_publication, publish
from factories.pieces import make_pdf
from factories.questionnaires import ANNEE, answer, make_questionnaire_ouvert
from factories.questionnaires import nombre as saisie_nombre

from maillage.kernel.siret import is_siren
from maillage.web.accounts.models import Utilisateur
from maillage.web.journal.models import Evenement
from maillage.web.network.models import (
    Adhesion,
    Consentement,
    Convention,
    CotisationAnnuelle,
    DepotFichier,
    LienRegistre,
    Organisation,
    Rattachement,
)
from maillage.web.publications.actions.pieces import join
from maillage.web.publications.models import (
    Abonnement,
    Etape,
    Lot,
    Parution,
    PieceJointe,
    PieceParue,
    Publication,
    Theme,
    VersionTexte,
)
from maillage.web.publications.texte.document import Audience
from maillage.web.questionnaire.actions import close_questionnaire
from maillage.web.questionnaire.models import Questionnaire, Reponse, VersionDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factories.membres import PetitReseau

_EMPREINTE = "0" * 64


@dataclass
class Croissance:
    """A network that can be made larger, and the things of it that pages are about.

    Attributes:
        petit: The network.
        publication: One that is out, with attachments, corrections and themes.
        brouillon: One that is being written.
        piece: An attachment of the one that is out.
        questionnaire: The one of the year, open; that of the year before is closed.
        depot: A file put on the site.
        dialogue: Its spaces, meetings, proposals and commitments.
        taille: How many times it was made larger.
    """

    petit: PetitReseau
    publication: Publication
    brouillon: Publication
    piece: PieceJointe
    questionnaire: Questionnaire
    depot: DepotFichier
    dialogue: Dialogue
    taille: int = 0

    def grow(self, nombre: int) -> None:
        """Add that many of everything."""
        rangs = range(self.taille, self.taille + nombre)
        self.taille += nombre
        gens = _add_organisations_and_people(self.petit, rangs)
        _add_to_structure(self.petit.structure, rangs)
        _add_to_people(self.petit, gens)
        copy_published(self.publication, nombre)
        _add_to_publication(self.publication, rangs, gens, self.piece.sha256)
        _add_drafts(self.petit.personnes["delegation"], rangs)
        _add_to_publication(self.brouillon, rangs, gens, self.piece.sha256)
        _add_answers(self.questionnaire, gens, rangs)
        _add_events(self.petit, rangs)
        self.dialogue.grow(self.petit, rangs)
        self.depot.octets = _fichier(self.taille)
        self.depot.save()


def make_croissance(petit: PetitReseau) -> Croissance:
    """The small network, ready to grow."""
    auteur = petit.personnes["delegation"]
    parue = make_publication(auteur, "Ce qui grandit", region=ICI, themes="budget, formation")
    piece = join(
        parue,
        contenu=make_pdf("Rien"),
        nom="a.pdf",
        reference="annexe",
        audience=Audience.PUBLIQUE,
        by=auteur,
    )
    publish(parue, auteur)
    for annee in (ANNEE - 1, ANNEE):
        questionnaire = make_questionnaire_ouvert(annee)
        valeurs = {"personnes": saisie_nombre(12)}
        for structure in (petit.structure, petit.voisine, petit.lointaine):
            answer(questionnaire, structure, valeurs, envoyee_at=timezone.now(), consent=True)
        if annee != ANNEE:
            close_questionnaire(questionnaire, by=None)
    # the structure of the network is still answering this year
    Reponse.objects.filter(questionnaire=questionnaire, organisation=petit.structure).update(
        sent_at=None
    )
    return Croissance(
        petit,
        parue,
        make_publication(auteur, "Ce qui s’écrit", region=ICI),
        piece,
        questionnaire,
        DepotFichier.objects.create(contenu="organisations", nom="a.csv", octets=_fichier(0)),
        make_dialogue(petit),
    )


def _fichier(lignes: int) -> bytes:
    noms = "".join(f"partenaire,Ville {rang}\n" for rang in range(lignes + 1))
    return f"nature,nom\n{noms}".encode()


def _sirens() -> Iterator[str]:
    return (siren for n in range(200_000_000, 300_000_000) if is_siren(siren := str(n)))


def _add_organisations_and_people(petit: PetitReseau, rangs: range) -> list[Utilisateur]:
    """Structures that are members and partners; a director and two of a team in each structure."""
    sirens = list(zip(range(rangs.stop), _sirens(), strict=False))[rangs.start :]
    structures = Organisation.objects.bulk_create(
        Organisation(
            nature="structure",
            nom=f"Structure {rang}",
            siren=siren,
            commune="35238",
            departement="35",
            region=ICI,
            association_regionale=petit.bretagne,
        )
        for rang, siren in sirens
    )
    Organisation.objects.bulk_create(
        Organisation(nature="partenaire", nom=f"Ville voisine {rang}", region=ICI) for rang in rangs
    )
    Convention.objects.bulk_create(
        Convention(organisation=o, siret=f"{o.siren}00010", type_siae=kind, commune="35238")
        for o in structures
        for kind in ("AI", "ACI")
    )
    Adhesion.objects.bulk_create(Adhesion(organisation=o, date_debut=DEBUT) for o in structures)
    CotisationAnnuelle.objects.bulk_create(
        CotisationAnnuelle(
            organisation=o,
            annee=DEBUT.year + 1,
            statut="appelee",
            date_statut=DEBUT,
            date_echeance=DEBUT,
        )
        for o in structures
    )
    _consent(structures)
    gens = Utilisateur.objects.bulk_create(
        Utilisateur(email=f"p{rang}.{n}@essai.example.org", nom=f"Nom {rang} {n}", password="!")  # noqa: S106 — none
        for rang in rangs
        for n in range(3)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in gens
    )
    Abonnement.objects.bulk_create(Abonnement(utilisateur=u, frequence="immediat") for u in gens)
    Rattachement.objects.bulk_create(
        Rattachement(
            utilisateur=u,
            organisation=structures[n // 3],
            role="equipe" if n % 3 else "direction",
            date_debut=DEBUT,
        )
        for n, u in enumerate(gens)
    )
    return gens


def _consent(structures: list[Organisation]) -> None:
    Consentement.objects.bulk_create(
        Consentement(organisation=o, usage=usage, accorde=True)
        for o in structures
        for usage in Consentement.Usage.values
    )


def _add_to_structure(structure: Organisation, rangs: range) -> None:
    """Conventions, past memberships, dues, consents and lines of the register of one structure."""
    Convention.objects.bulk_create(
        Convention(
            organisation=structure, siret=f"{structure.siren}{rang + 200:05d}", type_siae="AI"
        )
        for rang in rangs
    )
    passees = [DEBUT - timedelta(days=10 * (rang + 1)) for rang in rangs]
    Adhesion.objects.bulk_create(
        Adhesion(organisation=structure, date_debut=jour, date_fin=jour + timedelta(days=5))
        for jour in passees
    )
    CotisationAnnuelle.objects.bulk_create(
        CotisationAnnuelle(
            organisation=structure,
            annee=1950 + rang,
            statut="appelee",
            date_statut=date(1950 + rang, 1, 1),
        )
        for rang in rangs
    )
    _consent([structure for _ in rangs])
    LienRegistre.objects.bulk_create(
        LienRegistre(
            organisation=structure,
            siret=f"{structure.siren}{rang + 200:05d}",
            kind="AI",
            is_confirme=rang % 2 == 0,
            raison="même SIRET",
        )
        for rang in rangs
    )


def _add_to_people(petit: PetitReseau, gens: list[Utilisateur]) -> None:
    """People in the organisations of the network, and roles, sessions and addresses of one person."""
    tous = [petit.structure, petit.bretagne, petit.partenaire]
    roles = ("equipe", "delegation_regionale", "partenaire")
    Rattachement.objects.bulk_create(
        Rattachement(
            utilisateur=u,
            organisation=tous[rang % 3],
            role=roles[rang % 3],
            date_debut=DEBUT,
            # one in two has left, and is shown as such
            date_fin=DEBUT if rang % 2 else None,
        )
        for rang, u in enumerate(gens)
        if rang % 3 == 0 or rang % 2
    )
    structures = Rattachement.objects.filter(utilisateur__in=gens, role="direction")
    suivies = list(structures.values_list("organisation_id", flat=True))
    # a director may lead many structures, and come from many machines
    for personne in (petit.personnes["direction"], petit.personnes["sans rôle"]):
        Rattachement.objects.bulk_create(
            Rattachement(
                utilisateur=personne,
                organisation_id=pk,
                role="direction" if personne.nom == "Direction" else "partenaire",
                date_debut=DEBUT,
                date_fin=None if personne.nom == "Direction" else DEBUT,
            )
            for pk in suivies
        )
    for personne in petit.personnes.values():
        _open_sessions(personne, len(suivies))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=personne, email=f"autre-{pk}-{personne.pk}@essai.example.org")
        for pk in suivies
        for personne in petit.personnes.values()
    )


def _open_sessions(personne: Utilisateur, nombre: int) -> None:
    cles = []
    for _ in range(nombre):
        session = SessionStore()
        session[SESSION_KEY] = str(personne.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = personne.get_session_auth_hash()
        session.save()
        cles.append(session.session_key)
    UserSession.objects.bulk_create(
        UserSession(user=personne, ip="127.0.0.1", session_key=cle, user_agent="essai")
        for cle in cles
    )


def _add_to_publication(
    publication: Publication, rangs: range, gens: list[Utilisateur], sha256: str
) -> None:
    """Versions, steps and attachments of one publication, and corrections when it is out."""
    now = timezone.now()
    courante, parution = publication.courante, publication.parution
    assert courante is not None
    versions = VersionTexte.objects.bulk_create(
        VersionTexte(
            publication=publication,
            numero=rang + 100,
            at=now,
            empreinte=courante.empreinte,
            titre=courante.titre,
            corps=courante.corps,
            by_id=gens[0].pk + rang,
        )
        for rang in rangs
    )
    Etape.objects.bulk_create(
        Etape(publication=publication, etat="renvoyee", numero=1, by=gens[n], at=now)
        for n in range(len(rangs))
    )
    pieces = PieceJointe.objects.bulk_create(
        PieceJointe(
            publication=publication,
            reference=f"annexe-{rang}",
            extension="pdf",
            sha256=sha256,
            taille=1,
            audience="publique",
            at=now,
        )
        for rang in rangs
    )
    if parution is None:
        return
    PieceParue.objects.bulk_create(
        PieceParue(parution=parution, piece=piece, audience="publique") for piece in pieces
    )
    Parution.objects.bulk_create(
        Parution(texte=v, numero=v.numero, date_parution=now, rapport={}, at=parution.at, by_id=1)
        for v in versions
    )
    Theme.objects.bulk_create(
        Theme(rendu=rendu, rang=rang + 10, nom=f"thème {rang}", slug=f"theme-{rang}")
        for rendu in parution.rendus.all()
        for rang in rangs
    )
    for rang in rangs:
        lot = Lot.objects.create(nature="immediat", cle=f"essai-{rang}", jusqu_au=now)
        lot.publications.add(publication)


def _add_drafts(auteur: Utilisateur, rangs: range) -> None:
    now = timezone.now()
    brouillons = Publication.objects.bulk_create(
        Publication(
            nature="position", auteur=auteur, region=ICI, etat=("brouillon", "a_relire")[n % 2]
        )
        for n in rangs
    )
    for brouillon in brouillons:
        brouillon.courante = VersionTexte.objects.create(
            publication=brouillon, numero=1, titre="Brouillon", at=now, empreinte=_EMPREINTE
        )
    Publication.objects.bulk_update(brouillons, ["courante"])


def _add_answers(questionnaire: Questionnaire, gens: list[Utilisateur], rangs: range) -> None:
    """Answers of the new structures, one in two sent; errata; questionnaires of other years."""
    directions = Rattachement.objects.filter(
        utilisateur__in=gens, role="direction", organisation__nom__startswith="Structure "
    )
    now = timezone.now()
    valeurs = {"personnes": saisie_nombre(12).to_json()}
    Reponse.objects.bulk_create(
        Reponse(
            questionnaire=questionnaire,
            organisation_id=organisation,
            valeurs=valeurs,
            version=1,
            repondues=1,
            posees=6,
            sent_at=now if rang % 2 else None,
        )
        for rang, organisation in enumerate(directions.values_list("organisation_id", flat=True))
    )
    VersionDefinition.objects.bulk_create(
        VersionDefinition(
            questionnaire=questionnaire,
            numero=rang + 10,
            definition=questionnaire.definition,
            motif="erratum",
            at=now,
            by_id=gens[0].pk,
        )
        for rang in rangs
    )
    Questionnaire.objects.bulk_create(
        Questionnaire(
            annee=1900 + rang,
            titre="Observatoire",
            etat="ouvert",
            projet=questionnaire.projet,
            definition=questionnaire.definition,
            version=1,
            ouvert_at=now,
        )
        for rang in rangs
    )


def _add_events(petit: PetitReseau, rangs: range) -> None:
    """Lines of the trail, each by somebody and about something else."""
    now = timezone.now()
    gens = list(Utilisateur.objects.order_by("-pk").values_list("pk", flat=True)[: len(rangs)])
    personne = petit.personnes["sans rôle"]
    Evenement.objects.bulk_create(
        Evenement(
            at=now, by_id=pk, action="personne.modifier", objet_type=nature, objet_id=str(sur)
        )
        for pk in gens
        for nature, sur in (
            ("utilisateur", pk),
            ("utilisateur", personne.pk),
            ("organisation", petit.structure.pk),
        )
    )
