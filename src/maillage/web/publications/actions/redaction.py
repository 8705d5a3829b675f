"""Writing: create, save a text, keep what is being typed, submit, send back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from maillage.web.journal.actions import record
from maillage.web.publications.models import Etape, Publication, Saisie, VersionTexte

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.accounts.models import Utilisateur

CADRE = ("nature", "region", "reunion")
"""What describes the publication and is not in its text."""
VIDE: Mapping[str, Any] = {
    "titre": "",
    "chapo": "",
    "corps": "",
    "themes": "",
    "masquer_montants": False,
    "masquer_noms": False,
    "noms_caches": "",
    "noms_publics": "",
}
"""A text before anything is typed."""


class ConflitDeVersions(Exception):
    """Somebody saved a text since this one was opened.

    Attributes:
        actuelle: The text that was saved meanwhile.
    """

    def __init__(self, actuelle: VersionTexte) -> None:
        super().__init__(f"version {actuelle.numero} was saved meanwhile")
        self.actuelle = actuelle


def get_locked(publication: Publication) -> Publication:
    """The publication as it stands now, kept from others until the transaction ends."""
    Publication.objects.select_for_update().get(pk=publication.pk)
    found: Publication = Publication.objects.select_related("courante", "parution").get(
        pk=publication.pk
    )
    return found


def check_base(publication: Publication, base: int) -> VersionTexte:
    """The current text, when it is the one that was being worked on.

    Raises:
        ConflitDeVersions: it is a later one.
    """
    actuelle = publication.courante
    assert actuelle is not None  # noqa: S101 — `create` gives each publication its first text
    if actuelle.numero != base:
        raise ConflitDeVersions(actuelle)
    return actuelle


@transaction.atomic
def create(*, cadre: Mapping[str, str], titre: str, by: Utilisateur) -> Publication:
    """A new publication, with its first text: a title alone."""
    publication = Publication.objects.create(auteur=by, **{c: cadre.get(c, "") for c in CADRE})
    _add_version(publication, {**VIDE, "titre": titre}, 1, "", by.pk)
    record("publication.creer", by=by.pk, objet=publication, nom=str(publication))
    return publication


@transaction.atomic
def save(
    publication: Publication,
    *,
    contenu: Mapping[str, Any],
    cadre: Mapping[str, str],
    base: int,
    motif: str,
    by: Utilisateur,
) -> VersionTexte:
    """Save a text as the next version; the same words as before make none.

    Args:
        publication: Whose text.
        contenu: The text, as `VersionTexte.contenu` gives it.
        cadre: Its nature, region and meeting.
        base: Number of the version that was opened.
        motif: Why, in a few words; may be empty.
        by: Who saves.

    Raises:
        ConflitDeVersions: somebody saved another text meanwhile; nothing is written.
    """
    verrouillee = get_locked(publication)
    actuelle = check_base(verrouillee, base)
    Saisie.objects.filter(publication=verrouillee, utilisateur=by).delete()
    for champ in CADRE:
        setattr(verrouillee, champ, cadre.get(champ, ""))
    same = VersionTexte.hash_contenu(dict(contenu)) == actuelle.empreinte
    if same:
        verrouillee.save(update_fields=[*CADRE, "updated_at"])
        return actuelle
    version = _add_version(verrouillee, contenu, actuelle.numero + 1, motif, by.pk)
    verrouillee.etat = Publication.Etat.BROUILLON
    verrouillee.save(update_fields=[*CADRE, "etat", "updated_at"])
    record(
        "publication.enregistrer",
        by=by.pk,
        objet=verrouillee,
        nom=str(verrouillee),
        details={"version": version.numero, "empreinte": version.empreinte},
    )
    return version


def _add_version(
    publication: Publication, contenu: Mapping[str, Any], numero: int, motif: str, by: int
) -> VersionTexte:
    choisi = {champ: contenu[champ] for champ in VersionTexte.CHAMPS}
    version = VersionTexte.objects.create(
        publication=publication,
        numero=numero,
        motif=motif,
        by_id=by,
        at=timezone.now(),
        empreinte=VersionTexte.hash_contenu(choisi),
        **choisi,
    )
    publication.courante = version
    publication.save(update_fields=["courante"])
    return version


def keep_typing(
    publication: Publication, *, contenu: Mapping[str, Any], base: int, by: Utilisateur
) -> Saisie:
    """Keep what a person is typing, apart from everybody else's; no version, no line in the trail."""
    saisie, _ = Saisie.objects.update_or_create(
        publication=publication,
        utilisateur=by,
        defaults={"contenu": dict(contenu), "base": base, "at": timezone.now()},
    )
    return saisie


def drop_typing(publication: Publication, *, by: Utilisateur) -> None:
    """Forget what a person was typing."""
    Saisie.objects.filter(publication=publication, utilisateur=by).delete()


@transaction.atomic
def submit(publication: Publication, *, base: int, by: Utilisateur) -> None:
    """Ask for a review of the current text.

    Raises:
        ConflitDeVersions: it is not the text that was read.
    """
    verrouillee = get_locked(publication)
    move(verrouillee, Publication.Etat.A_RELIRE, check_base(verrouillee, base), by=by)


@transaction.atomic
def send_back(publication: Publication, *, base: int, commentaire: str, by: Utilisateur) -> None:
    """Return a text to its author, with what is to be changed.

    Raises:
        ConflitDeVersions: it is not the text that was read.
    """
    verrouillee = get_locked(publication)
    version = check_base(verrouillee, base)
    move(verrouillee, Publication.Etat.RENVOYEE, version, by=by, commentaire=commentaire)


_GESTES = {
    Publication.Etat.A_RELIRE: "publication.soumettre",
    Publication.Etat.RENVOYEE: "publication.renvoyer",
    Publication.Etat.PUBLIEE: "publication.publier",
    Publication.Etat.RETIREE: "publication.retirer",
}


def move(
    publication: Publication,
    etat: Publication.Etat,
    version: VersionTexte,
    *,
    by: Utilisateur,
    commentaire: str = "",
) -> None:
    """Change the state of a locked publication, with the step that readers of the editor see."""
    publication.etat = etat
    publication.save(update_fields=["etat", "updated_at"])
    Etape.objects.create(
        publication=publication,
        etat=etat.value,
        numero=version.numero,
        commentaire=commentaire,
        by=by,
        at=timezone.now(),
    )
    record(
        _GESTES[etat],
        by=by.pk,
        objet=publication,
        nom=str(publication),
        details={"version": version.numero},
    )
