"""Organisations as the exchanged file says them, invented: for properties and for hostile files."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from maillage.kernel.siret import is_siren, is_siret
from maillage.web.network.echange.cellules import clean_text
from maillage.web.network.echange.fiche import Fiche
from maillage.web.network.echange.rapprochement import Connue
from maillage.web.network.lignes import LigneAdhesion, LigneConvention, LigneCotisation
from maillage.web.network.models import TYPES_SIAE, Organisation
from maillage.web.network.personnel import find_personal_content
from maillage.web.network.places import situate

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

COMMUNES = ("35238", "2A004", "97411", "75056", "75101", "69123", "01001", "")
_NATURES = Organisation.Nature
_HOSTILES = ("=1+1", "'=x", "''+33", "@SUM(A1)", "-5", "a;b,c\td", 'dit "oui"', "| : ..", "oui")


def _sirens() -> list[str]:
    return [s for n in range(100_000_000, 100_000_900) if is_siren(s := str(n))]


SIRENS = tuple(_sirens())


def sirets_of(siren: str, combien: int) -> list[str]:
    """The first valid SIRET of a SIREN."""
    found = (s for n in range(10, 300) if is_siret(s := f"{siren}{n:05d}"))
    return [next(found) for _ in range(combien)]


def noms(longueur: int, *, vide: bool) -> st.SearchStrategy[str]:
    """Names that a form keeps: on one line, nothing personal, hostile for a spreadsheet at times."""
    textes = st.one_of(
        st.sampled_from(_HOSTILES),
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40),
    )
    propres = textes.map(lambda t: clean_text(t)[:longueur].strip()).filter(
        lambda t: find_personal_content(t) is None
    )
    return propres if vide else propres.filter(bool)


_JOURS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@st.composite
def adhesions(draw: DrawFn) -> tuple[LigneAdhesion, ...]:
    """Periods that do not overlap; the last one may run."""
    jours = sorted(draw(st.sets(_JOURS, max_size=4)))
    fins = [suivant - timedelta(days=1) for suivant in jours[1:]]
    derniere = draw(st.one_of(st.none(), st.just(date(2040, 1, 1))))
    return tuple(LigneAdhesion(d, f) for d, f in zip(jours, [*fins, derniere], strict=False))


@st.composite
def cotisations(draw: DrawFn) -> tuple[LigneCotisation, ...]:
    """Dues of different years."""
    annees = sorted(draw(st.sets(st.integers(1990, 2040), max_size=3)))
    return tuple(
        LigneCotisation(
            annee,
            draw(st.sampled_from(["a_appeler", "appelee", "reglee", "exoneree"])),
            draw(_JOURS),
            draw(st.one_of(st.none(), st.integers(0, 1_000_000_000))),
            draw(st.one_of(st.none(), _JOURS)),
        )
        for annee in annees
    )


@st.composite
def connues(draw: DrawFn, maximum: int = 6) -> list[Connue]:
    """Organisations of a base: the network, associations, then anything."""
    libres = list(draw(st.permutations(SIRENS)))
    found = [Connue(1, _cle(1), Fiche("reseau", "Réseau d’essai"))]
    for pk in range(2, 2 + draw(st.integers(0, maximum))):
        nature = draw(st.sampled_from(["association_regionale", "structure", "partenaire"]))
        fiche = _fiche(draw, nature, libres.pop())
        if nature == "structure":
            cles = [c.cle for c in found if c.fiche.nature == "association_regionale"]
            association = draw(st.sampled_from(["", *cles]))
            fiche = replace(fiche, association_regionale=association)
        found.append(Connue(pk, _cle(pk), fiche))
    return found


def _cle(pk: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(pk)))


def _fiche(draw: DrawFn, nature: str, siren: str) -> Fiche:
    lieu = situate(draw(st.sampled_from(COMMUNES)))
    listes: dict[str, Any] = {}
    avec_siren = draw(st.booleans())
    if nature == "structure":
        types = sorted(draw(st.sets(st.sampled_from(TYPES_SIAE), max_size=3))) if avec_siren else []
        lignes = (
            LigneConvention(type_siae, siret, draw(st.sampled_from(COMMUNES)))
            for type_siae, siret in zip(types, sirets_of(siren, len(types)), strict=True)
        )
        listes = {
            "conventions": tuple(sorted(lignes)),
            "adhesions": draw(adhesions()),
            "cotisations": draw(cotisations()),
        }
    return Fiche(
        nature,
        draw(noms(200, vide=False)),
        sigle=draw(noms(40, vide=True)),
        siren=siren if avec_siren else "",
        adresse=draw(noms(300, vide=True)),
        commune=lieu.commune,
        departement=lieu.departement,
        region=lieu.region or draw(st.sampled_from(["", "53", "01"])),
        email=draw(st.sampled_from(["", "Contact@structure.example.org"])),
        telephone=draw(st.sampled_from(["", "+33 2 99 00 00 00", "0299000000"])),
        site_web=draw(st.sampled_from(["", "https://structure.example.org/a?b=c&d=e"])),
        archivee=draw(st.booleans()),
        **listes,
    )
