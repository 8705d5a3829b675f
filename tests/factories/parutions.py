"""Publications in the database, written by the same actions as the site's. All of it is invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from maillage.web.publications import recherche
from maillage.web.publications.actions import parution as parutions
from maillage.web.publications.actions import redaction
from maillage.web.publications.article import from_rendu
from maillage.web.publications.models import Parution, Publication, Rendu, Theme, VersionTexte
from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.web.accounts.models import Utilisateur

TEXTE = """Le réseau a été reçu par les conseillers du ministère.

::: adhérents
Une inspection sur le financement démarre en septembre ; nous avons demandé un volet financier.
:::

Nos trois propositions ont été rappelées. [[Monique Exemplaire suivra le dossier.]]
"""


def make_publication(
    by: Utilisateur, titre: str = "Rencontre avec le cabinet", region: str = "", **contenu: Any
) -> Publication:
    """A draft with a text of two versions."""
    publication = redaction.create(
        cadre={"nature": "actualite", "region": region}, titre=titre, by=by
    )
    redaction.save(
        publication,
        contenu={**redaction.VIDE, "titre": titre, "corps": TEXTE, **contenu},
        cadre={"nature": "actualite", "region": region},
        base=1,
        motif="premier jet",
        by=by,
    )
    publication.refresh_from_db()
    return publication


def publish(publication: Publication, by: Utilisateur, **options: Any) -> Publication:
    """The same, out."""
    publication.refresh_from_db()
    numero = publication.courante.numero if publication.courante else 0
    parutions.publish(publication, base=numero, by=by, **options)
    publication.refresh_from_db()
    return publication


def make_published(
    by: Utilisateur,
    titre: str = "Rencontre avec le cabinet",
    quand: datetime | None = None,
    **contenu: Any,
) -> Publication:
    """A publication that readers find, or will."""
    return publish(make_publication(by, titre, **contenu), by, quand=quand)


def copy_published(modele: Publication, nombre: int) -> None:
    """As many publications like that one, written in bulk: what is measured is the reading."""
    parution, courante = modele.parution, modele.courante
    assert parution is not None
    assert courante is not None
    rendus = list(parution.rendus.all())
    debut = Publication.objects.count()
    publications = Publication.objects.bulk_create(
        Publication(nature="actualite", auteur=modele.auteur) for _ in range(nombre)
    )
    versions = VersionTexte.objects.bulk_create(
        VersionTexte(
            publication=p,
            numero=1,
            at=courante.at,
            empreinte=courante.empreinte,
            titre=f"Copie {p.pk}",
        )
        for p in publications
    )
    sorties = Parution.objects.bulk_create(
        Parution(texte=v, numero=1, date_parution=parution.at, rapport={}, at=parution.at)
        for v in versions
    )
    for rang, (p, v, sortie) in enumerate(zip(publications, versions, sorties, strict=True)):
        p.courante, p.parution, p.slug = v, sortie, f"copie-{debut + rang}"
        p.etat, p.publiee_le = Publication.Etat.PUBLIEE, parution.at - timedelta(hours=rang)
    Publication.objects.bulk_update(
        publications, ["courante", "parution", "slug", "etat", "publiee_le"], batch_size=200
    )
    copies = Rendu.objects.bulk_create(
        Rendu(
            parution=s,
            audience=r.audience,
            titre=r.titre,
            chapo=r.chapo,
            html=r.html,
            texte=r.texte,
        )
        for s in sorties
        for r in rendus
    )
    Theme.objects.bulk_create(Theme(rendu=r, rang=0, nom="budget", slug="budget") for r in copies)
    article = from_rendu(Rendu.objects.select_related("parution__courante_de").get(pk=rendus[0].pk))
    for p in publications:
        for audience in Audience:
            recherche.put(p.pk, audience, article)
