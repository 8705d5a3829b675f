"""P8, members' area: 600 organisations, 3,000 people, 2,000 publications, 1,000 meetings, 5,000 promises.

The cockpit is on a national synthetic extract: 4,600 structures, 14,000 annexes, 7 M monthly statements.

Each page is asked by a person signed in and drawn anew each time, against two empty views on the
same server: one that a visitor asks, which is the floor of the aim, and one that the same person
asks, which has read the same session and the same rights. The aim: the median page is at most 15
empty views of a visitor. That the number of queries does not follow the number of rows
is proven by the tests.

    python benchmarks/p8_membres.py
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from mesure import Ligne, Mesure, measure, print_table

if TYPE_CHECKING:
    from collections.abc import Callable

ORGANISATIONS, PERSONNES, PUBLICATIONS = 600, 3_000, 2_000
RENCONTRES, ENGAGEMENTS = 1_000, 5_000
REPETITIONS = 21
ATTENTE = 240
OBJECTIF = 15
PAGES = {
    "espace": ("delegation", "/espace/"),
    "organisations": ("delegation", "/reseau/organisations/"),
    "organisation": ("delegation", "/reseau/organisations/{structure}/"),
    "personnes": ("delegation", "/reseau/personnes/"),
    "ma structure": ("direction", "/espace/structures/{structure}/"),
    "publications": ("direction", "/publications/"),
    "recherche": ("direction", "/publications/?q=dialogues"),
    "publication": ("direction", "/publications/{slug}/"),
    "journal": ("administration", "/administration/journal/"),
    "dialogue": ("delegation", "/dialogue/"),
    "espaces": ("delegation", "/dialogue/espaces/"),
    "carte des espaces": ("delegation", "/dialogue/espaces/carte/"),
    "rencontres": ("delegation", "/dialogue/rencontres/"),
    "rencontre": ("delegation", "/dialogue/rencontres/{rencontre}/"),
    "engagements": ("delegation", "/dialogue/engagements/"),
    "engagement": ("delegation", "/dialogue/engagements/{engagement}/"),
    "répertoire": ("delegation", "/dialogue/repertoire/"),
    "pilotage": ("delegation", "/pilotage/"),
    "structures": ("delegation", "/pilotage/structures/"),
    "structures, un mot": ("delegation", "/pilotage/structures/?q=atelier&tri=ecart&ordre=asc"),
    "structure, une année": ("delegation", "/pilotage/structures/{cle}/"),
    "saisies en retard": ("delegation", "/pilotage/retards/"),
    "carte du pilotage": ("delegation", "/pilotage/carte/"),
    "chiffre du pilotage": (
        "delegation",
        "/pilotage/chiffres/taux_realisation/?structure={cle}",
    ),
    "pilotage, une région": ("delegation_regionale", "/pilotage/structures/"),
}
_TEXTE = """Le réseau a rappelé ses propositions et redemandé des lieux de dialogue.

::: adhérents
Ce passage est réservé aux adhérents, numéro {n}.
:::
"""


def fill() -> None:
    """Make the network of that size, and print what the pages need: sessions, a structure, a slug."""
    from django.conf import settings  # noqa: PLC0415 — Django is ready by now
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
    )
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from maillage.web.accounts.models import Utilisateur  # noqa: PLC0415
    from maillage.web.demonstration.reseau import DOMAINE, build, make_siren, make_siret  # noqa: PLC0415
    from maillage.web.network.models import (  # noqa: PLC0415
        Adhesion,
        Convention,
        Organisation,
        Rattachement,
    )
    from maillage.web.publications.actions import parution, redaction  # noqa: PLC0415

    build(date(2026, 11, 25))
    presentes = Organisation.objects.count()
    structures = Organisation.objects.bulk_create(
        Organisation(
            nature="structure",
            nom=f"Structure {n:04d}",
            siren=make_siren(n),
            region=("53", "84", "32")[n % 3],
            departement=("35", "38", "59")[n % 3],
            is_synthetic=True,
        )
        for n in range(1_000, 1_000 + ORGANISATIONS - presentes)
    )
    Convention.objects.bulk_create(
        Convention(organisation=s, siret=make_siret(s.siren), type_siae=("AI", "ACI")[n % 2])
        for n, s in enumerate(structures)
    )
    Adhesion.objects.bulk_create(
        Adhesion(organisation=s, date_debut=date(2020, 1, 1)) for s in structures
    )
    deja = Utilisateur.objects.count()
    personnes = Utilisateur.objects.bulk_create(
        Utilisateur(email=f"p{n}@{DOMAINE}", prenom="Prénom", nom=f"Nom {n:04d}", is_synthetic=True)
        for n in range(PERSONNES - deja)
    )
    Rattachement.objects.bulk_create(
        Rattachement(
            utilisateur=p,
            organisation=structures[n % len(structures)],
            role="equipe",
            date_debut=date(2020, 1, 1),
        )
        for n, p in enumerate(personnes)
    )
    auteur = Utilisateur.objects.get(email=f"delegation@{DOMAINE}")
    for n in range(PUBLICATIONS):
        titre = f"Rencontre numéro {n}"
        cadre = {"nature": "actualite", "region": ""}
        publication = redaction.create(cadre=cadre, titre=titre, by=auteur)
        contenu = {**redaction.VIDE, "titre": titre, "corps": _TEXTE.format(n=n)}
        redaction.save(publication, contenu=contenu, cadre=cadre, base=1, motif="", by=auteur)
        publication.refresh_from_db()
        parution.publish(publication, base=2, by=auteur)
    publication.refresh_from_db()
    structure = Utilisateur.objects.get(email=f"direction@{DOMAINE}").rattachements.get()
    for role in sorted({role for role, _ in PAGES.values()}):
        personne = Utilisateur.objects.get(email=f"{role}@{DOMAINE}")
        session = SessionStore()
        session[SESSION_KEY] = str(personne.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = personne.get_session_auth_hash()
        session.save()
        print(f"session {role} {session.session_key}")
    print(f"structure {structure.organisation_id}")
    print(f"slug {publication.slug}")


def fill_dialogue() -> None:
    """Add meetings and promises to those of the demonstration, and print one of each."""
    from maillage.web.dialogue.models import Engagement, Participant, Point, Rencontre  # noqa: PLC0415

    modele = Rencontre.objects.filter(statut="tenue", espace__isnull=False).first()
    assert modele is not None  # noqa: S101 — the demonstration has one
    rencontres = Rencontre.objects.bulk_create(
        Rencontre(
            titre=f"Rencontre numéro {n}",
            date=date(2015 + n % 10, 1 + n % 12, 1 + n % 28),
            statut="tenue",
            initiative="reseau",
            espace=modele.espace,
        )
        for n in range(RENCONTRES)
    )
    Participant.objects.bulk_create(
        Participant(rencontre=r, cote="reseau", fonction="présidence") for r in rencontres
    )
    Point.objects.bulk_create(
        Point(rencontre=r, texte=f"Point {n}", ordre=n) for r in rencontres for n in range(5)
    )
    engagements = Engagement.objects.bulk_create(
        Engagement(
            sens=("public", "reseau", "demande")[n % 3],
            phrase=f"Nous ferons la chose numéro {n}.",
            date=date(2015 + n % 10, 1 + n % 12, 1 + n % 28),
            echeance=date(2026 + n % 3, 1 + n % 12, 1),
            echeance_precision="jour",
            espace=modele.espace,
            rencontre=rencontres[n % len(rencontres)],
        )
        for n in range(ENGAGEMENTS)
    )
    print(f"rencontre {modele.pk}")
    print(f"engagement {engagements[0].pk}")


def fill_extraits() -> None:
    """Import a national synthetic extract, and print one of its structures."""
    from maillage.analyses.pilotage.imports import importer  # noqa: PLC0415
    from maillage.analyses.synthese import generate_reseau  # noqa: PLC0415
    from maillage.data.synthetic import NATIONAL, Parametres  # noqa: PLC0415
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415
    from maillage.web.pilotage.portee import write_cle  # noqa: PLC0415

    parametres = Parametres(
        au=date(2025, 7, 15), annees=(2023, 2025), structures=NATIONAL, national=True
    )
    with tempfile.TemporaryDirectory() as dossier:
        ecrit = generate_reseau(parametres, Path(dossier))
        importer(ecrit.fichiers, datetime(2026, 11, 25, tzinfo=UTC))
    faits = load_faits()
    rang = int((faits.annexe("millesime") == faits.extrait.extraction.year).argmax())
    cle = (int(faits.annexe("asp_id")[rang]), str(faits.annexe("type")[rang]))
    print(f"cle {write_cle(cle)}")


def serve(port: int) -> None:
    """Make the data, then serve the site with an empty view that asks for a person signed in."""
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415 — Django is ready by now
    from django.urls import path  # noqa: PLC0415

    from maillage.web.config import acces, urls  # noqa: PLC0415
    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415
    from maillage.web.config.serveur import Serveur  # noqa: PLC0415
    from maillage.web.config.wsgi import application  # noqa: PLC0415
    from maillage.web.droits.acces import Acces, Ouverture  # noqa: PLC0415
    from maillage.web.territoires import donnees  # noqa: PLC0415

    def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django's signature
        return HttpResponse(headers={"Cache-Control": "no-store"})

    urls.urlpatterns += [
        path("vide", empty, name="vide"),
        path("vide-connecte", empty, name="vide-connecte"),
    ]
    routes = {
        **acces.all_routes(),
        "vide": Acces(Ouverture.PUBLIC),
        "vide-connecte": Acces(Ouverture.CONNECTE),
    }
    acces.all_routes = lambda: routes  # type: ignore[assignment]  # one address more, for us
    prepare_base()
    fill()
    fill_dialogue()
    fill_extraits()
    print("prêt", flush=True)
    donnees.atlas()
    Serveur(application, "127.0.0.1", port, lambda: None, ouvriers=1).run()


def main() -> None:
    """Start the server on its own data, measure, print the table."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
    with tempfile.TemporaryDirectory() as dossier:
        environnement = {
            **os.environ,
            "MAILLAGE_DONNEES": str(Path(dossier) / "donnees"),
            "MAILLAGE_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        }
        serveur = subprocess.Popen(
            [sys.executable, __file__, str(port)],
            env=environnement,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _report(port, _read_choices(serveur))
        finally:
            serveur.terminate()
            serveur.wait(timeout=60)


def _read_choices(serveur: subprocess.Popen[str]) -> dict[str, str]:
    """Sessions by role, the structure and the slug, as the server prints them.

    Raises:
        RuntimeError: the server stopped before it was ready.
    """
    choix: dict[str, str] = {}
    assert serveur.stdout is not None  # noqa: S101 — it was asked for
    for ligne in serveur.stdout:
        mots = ligne.split()
        if mots == ["prêt"]:
            return choix
        choix[mots[-2]] = mots[-1]
    msg = "the server stopped before it was ready"
    raise RuntimeError(msg)


def _report(port: int, choix: dict[str, str]) -> None:
    _wait(port)
    works: dict[str, Callable[[], object]] = {
        "vide": lambda: _get(port, "/vide"),
        "vide, connectée": lambda: _get(port, "/vide-connecte", choix["delegation"]),
    }
    for nom, (role, adresse) in PAGES.items():
        works[nom] = _work(port, adresse.format(**choix), choix[role])
    found = measure(works, REPETITIONS, memory=False)
    vide = found.pop("vide")
    print_table([Ligne(f"page {nom}", mesure, vide) for nom, mesure in found.items()])
    connectee = found.pop("vide, connectée")
    milieu = Mesure(median(mesure.secondes for mesure in found.values()))
    rapport = milieu.secondes / vide.secondes
    print(
        f"page médiane, {ORGANISATIONS} organisations, {PERSONNES} personnes, {PUBLICATIONS} "
        f"publications : {rapport:.1f} vues vides (objectif : {OBJECTIF} au plus)"
    )
    print(f"soit {milieu.secondes / connectee.secondes:.1f} vues vides d’une personne connectée")


def _work(port: int, adresse: str, session: str) -> Callable[[], object]:
    return lambda: _get(port, adresse, session)


def _get(port: int, adresse: str, session: str = "") -> bytes:
    connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    entetes = {"Cookie": f"maillage-session={session}"} if session else {}
    connexion.request("GET", adresse, headers=entetes)
    answer = connexion.getresponse()
    corps = answer.read()
    connexion.close()
    if answer.status != http.HTTPStatus.OK:
        msg = f"{adresse} answered {answer.status}"
        raise RuntimeError(msg)
    return corps


def _wait(port: int) -> None:
    for _ in range(ATTENTE):
        try:
            _get(port, "/sante")
        except OSError:
            time.sleep(0.5)
        else:
            return
    msg = "the server did not answer in time"
    raise RuntimeError(msg)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django

        django.setup()
        serve(int(sys.argv[1]))
    else:
        main()
