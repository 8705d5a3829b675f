"""Publications in the database, written by the same actions as the site's. All of it is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.web.publications.actions import parution, redaction

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.publications.models import Publication

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
    parution.publish(publication, base=numero, by=by, **options)
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
