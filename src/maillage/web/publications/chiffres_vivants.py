"""The live figures of a text: frozen with their pedigree, and found by words to be inserted."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maillage.analyses.diagnosis.atlas import CODE_FRANCE
from maillage.analyses.diagnosis.search import chercher
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.publications.texte.chiffres import ChiffreAffiche, Reference
from maillage.web.publications.texte.figures import ResolveurAtlas
from maillage.web.publications.texte.folding import word_forms
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIEUX = 3
_RESULTATS = 12


def get_resolveur() -> ResolveurAtlas:
    """Who knows the figures of this process."""
    return ResolveurAtlas(donnees.atlas())


def freeze(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """The figures of a text as they are today, each with its pedigree, ready for JSON."""
    return [_freeze(reference) for reference in dict.fromkeys(references)]


def _freeze(reference: Reference) -> dict[str, Any]:
    chiffre = donnees.atlas().chiffre(
        reference.indicateur, reference.niveau, reference.code, reference.periode or None
    )
    pedigree = chiffre.pedigree
    return {
        "reference": {**asdict(reference), "niveau": reference.niveau.value},
        "chiffre": asdict(get_resolveur().resolve(reference)),
        "pedigree": {
            "periode": chiffre.periode,
            "version": pedigree.version,
            "exacte": None if isinstance(chiffre.valeur, Absence) else float(chiffre.valeur),
            "motif": chiffre.motif,
            "methode": pedigree.methode,
            "sources": [f"{s.producteur}, {s.titre} ({s.licence})" for s in pedigree.sources],
        },
    }


def search(indicateur: str, lieu: str) -> list[tuple[str, ChiffreAffiche]]:
    """Figures that a search by words finds, each with the reference that cites it.

    Args:
        indicateur: Words of the name of an indicator, whatever their accents and order.
        lieu: Name or code of a territory; empty for the whole country.
    """
    atlas = donnees.atlas()
    resolveur, mots = get_resolveur(), word_forms(indicateur)
    cartes = [c for c in atlas.cartes.values() if _holds(word_forms(f"{c.nom} {c.code}"), mots)]
    lieux = [p.territoire for p in chercher(atlas, lieu, _LIEUX)] if lieu.strip() else []
    if not lieux and not lieu.strip():
        lieux = [atlas.territoire(Niveau.FRANCE, CODE_FRANCE)]
    found: list[tuple[str, ChiffreAffiche]] = []
    for carte in cartes:
        for territoire in lieux:
            if len(found) < _RESULTATS and atlas.periodes_de(carte.code, territoire.niveau):
                reference = Reference(carte.code, territoire.niveau, territoire.code)
                found.append((f"{{{{ {reference} }}}}", resolveur.resolve(reference)))
    return found


def _holds(mots: tuple[str, ...], cherches: tuple[str, ...]) -> bool:
    """Whether each word asked for starts a word of the name."""
    return all(any(mot.startswith(cherche) for mot in mots) for cherche in cherches)
