"""The difference between the two versions, as the editor sees it before publishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, join_fr
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.html import render_html
from maillage.web.publications.texte.passages import share
from maillage.web.publications.texte.redaction import Regle, Regles
from maillage.web.publications.texte.versions import (
    PREMIER_TITRE,
    Vue,
    build_view,
    count_by_rule,
    render_version,
)

if TYPE_CHECKING:
    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.passages import Passage
    from maillage.web.publications.texte.redaction import Remplacement


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two versions do not share.

    Attributes:
        passages: What only members read, in the order of the text.
        remplacements: What the rules hid from the public version.
        html: Safe HTML of the body: passages for members as `<ins>`, what a rule hid as `<del>`.
        resume: « 3 passages, 2 montants et 1 nom », or that both versions are the same.
    """

    passages: tuple[Passage, ...]
    remplacements: tuple[Remplacement, ...]
    html: str
    resume: str


def compare_versions(
    document: Document,
    regles: Regles | None = None,
    resolveur: Resolveur | None = None,
    premier_titre: int = PREMIER_TITRE,
) -> Difference:
    """The difference between what members and everyone read."""
    applied = regles or Regles()
    racine, _ = build_view(document, Vue.DIFFERENCE, applied, resolveur)
    passages = share(document).passages
    publique = render_version(document, Audience.PUBLIQUE, applied, resolveur)
    return Difference(
        passages,
        publique.remplacements,
        render_html(racine, premier_titre, difference=True),
        _summary(passages, publique.remplacements),
    )


def _summary(passages: tuple[Passage, ...], remplacements: tuple[Remplacement, ...]) -> str:
    counts = count_by_rule(remplacements)
    parts = [accorder(len(passages), "passage", "passages")] if passages else []
    parts += [
        accorder(counts[regle], regle.libelle, f"{regle.libelle}s")
        for regle in Regle
        if counts[regle]
    ]
    return join_fr(parts) or "Les deux versions sont identiques."
