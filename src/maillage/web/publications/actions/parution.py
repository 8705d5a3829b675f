"""Publishing and withdrawing. A publication is all or nothing, and refused when anything leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.publications import recherche
from maillage.web.publications.actions.redaction import check_base, get_locked, move
from maillage.web.publications.article import from_rendu, theme_slug
from maillage.web.publications.models import (
    Parution,
    PieceParue,
    Publication,
    Rendu,
    Theme,
)
from maillage.web.publications.models.publication import SLUGS_RESERVES
from maillage.web.publications.rendus import Epreuve, build_epreuve, make_slug
from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.publications.models import VersionTexte
    from maillage.web.publications.texte.versions import Version


def publish(
    publication: Publication,
    *,
    base: int,
    slug: str = "",
    quand: datetime | None = None,
    motif: str = "",
    by: Utilisateur,
) -> Parution:
    """Freeze the current text and show it to readers, now or at a later instant.

    A publication that readers already find is corrected at once: its first date and its address stay.

    Args:
        publication: Which.
        base: Number of the version that was read before deciding.
        slug: Address; made from the public title when empty.
        quand: From when readers find it; now when it is None or past.
        motif: Why a text that was already out is corrected.
        by: Who publishes.

    Raises:
        ConflitDeVersions: the text or an attachment changed meanwhile.
        SaisieInvalide: the text cannot be read, or the address is taken (MLG-PUB-220).
        PublicationRefusee: something reserved would be public, every leak told.
    """
    # attachments are read in processes of their own: nobody waits for the database meanwhile
    lue = Publication.objects.select_related("courante").get(pk=publication.pk)
    version = check_base(lue, base)
    adresse = lue.slug if lue.publiee_le and lue.is_lisible(timezone.now()) else slug
    epreuve = build_epreuve(lue, version.contenu, adresse or "")
    epreuve.rapport.raise_for_leaks()
    adresse = adresse or free_slug(lue, make_slug(epreuve.publique.titre))
    with transaction.atomic():
        verrouillee = get_locked(publication)
        check_base(verrouillee, base)
        _check_slug(verrouillee, adresse)
        _check_pieces(verrouillee, epreuve)
        return _come_out(verrouillee, version, epreuve, (adresse, quand, motif), by=by)


def free_slug(publication: Publication, voulu: str) -> str:
    """The address asked for, with a number at its end when another publication has it."""
    pris = set(
        Publication.objects.filter(slug__startswith=voulu)
        .exclude(pk=publication.pk)
        .values_list("slug", flat=True)
    ) | set(SLUGS_RESERVES)
    if voulu not in pris:
        return voulu
    return next(f"{voulu}-{n}" for n in range(2, len(pris) + 3) if f"{voulu}-{n}" not in pris)


def _check_slug(publication: Publication, slug: str) -> None:
    try:
        Publication._meta.get_field("slug").clean(slug, publication)  # noqa: SLF001 — Django's public way to a field
        wrong = False
    except ValidationError:
        wrong = True
    if wrong or free_slug(publication, slug) != slug:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PUB-220",
                f"L’adresse {guillemets(slug)} est déjà prise, ou ne s’écrit pas avec des lettres sans "
                "accent, des chiffres et des tirets.",
                f"Essayez {guillemets(free_slug(publication, make_slug(slug)))}.",
                "adresse",
            )
        )


def _check_pieces(publication: Publication, epreuve: Epreuve) -> None:
    """No attachment came, went or changed audience since the leak test read them.

    Raises:
        SaisieInvalide: MLG-PUB-221, one did.
    """
    lues = {(p.pk, p.audience) for p in epreuve.pieces}
    if lues != set(publication.pieces.kept().values_list("pk", "audience")):
        raise SaisieInvalide(
            Anomalie(
                "MLG-PUB-221",
                "Une pièce jointe a changé pendant le contrôle.",
                "Recommencez\u00a0: le contrôle lira les pièces telles qu’elles sont maintenant.",
                "pièces jointes",
            )
        )


def _come_out(
    publication: Publication,
    version: VersionTexte,
    epreuve: Epreuve,
    choix: tuple[str, datetime | None, str],
    *,
    by: Utilisateur,
) -> Parution:
    slug, quand, motif = choix
    now = timezone.now()
    lisible = publication.is_lisible(now)
    date = now if lisible or quand is None or quand < now else quand
    parution = Parution.objects.create(
        texte=version,
        numero=Parution.objects.filter(texte__publication=publication).count() + 1,
        date_parution=date,
        motif=motif,
        chiffres=list(epreuve.chiffres),
        rapport={
            "fuites": [],
            "avertissements": list(epreuve.rapport.avertissements),
            "remplacements": len(epreuve.publique.remplacements),
            "passages": len(epreuve.difference.passages),
        },
        empreinte=version.empreinte,
        by_id=by.pk,
        at=now,
    )
    PieceParue.objects.bulk_create(
        PieceParue(parution=parution, piece=p, audience=p.audience) for p in epreuve.pieces
    )
    publication.etat, publication.retiree_le = Publication.Etat.PUBLIEE, None
    publication.parution, publication.slug = parution, slug
    if not lisible:
        publication.publiee_le = date
    publication.save()
    for rendue in (epreuve.publique, epreuve.adherents):
        _freeze(publication, parution, rendue)
    move(publication, Publication.Etat.PUBLIEE, version, by=by, commentaire=motif)
    return parution


def _freeze(publication: Publication, parution: Parution, version: Version) -> None:
    rendu = Rendu.objects.create(
        parution=parution,
        audience=version.audience.value,
        titre=version.titre,
        chapo=version.chapo,
        html=version.html,
        texte=version.texte,
    )
    par_slug = {theme_slug(nom): nom for nom in reversed(version.etiquettes)}
    Theme.objects.bulk_create(
        Theme(rendu=rendu, rang=rang, nom=nom, slug=slug)
        for rang, (slug, nom) in enumerate(reversed(par_slug.items()))
    )
    recherche.put(publication.pk, version.audience, from_rendu(rendu))


@transaction.atomic
def withdraw(publication: Publication, *, motif: str, by: Utilisateur) -> None:
    """Take a publication from its readers, or call off one that is scheduled. Its texts are kept.

    Raises:
        SaisieInvalide: MLG-PUB-222, readers do not find it and will not.
    """
    verrouillee = get_locked(publication)
    version = verrouillee.courante
    if version is None or verrouillee.parution is None or verrouillee.retiree_le is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PUB-222",
                "Cette publication n’est ni parue ni programmée.",
                "Il n’y a rien à retirer.",
            )
        )
    verrouillee.retiree_le = timezone.now()
    verrouillee.save(update_fields=["retiree_le"])
    recherche.remove(verrouillee.pk, *Audience)
    move(verrouillee, Publication.Etat.RETIREE, version, by=by, commentaire=motif)
