"""What the base holds, as lines of the files: read in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from maillage.web.dialogue.echange.colonnes import Etiquette, Lien
from maillage.web.dialogue.echange.genres import DOCUMENTS, ENGAGEMENTS, GENRES, PROPOSITIONS
from maillage.web.dialogue.echange.model import Connue
from maillage.web.network.echange.cellules import clean_text
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from maillage.web.dialogue.echange.model import Genre

ORGANISATIONS: Final = "organisations"


@dataclass(frozen=True, slots=True)
class Base:
    """Everything of dialogue that files carry.

    Attributes:
        connues: Name of the kind to its things, in the order of the export.
        organisations: Identifiant to the names of each organisation of the network, the SIREN included.
        pks: Name of the kind to the numbers of its things, by key.
    """

    connues: dict[str, list[Connue]] = field(default_factory=dict)
    organisations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pks: dict[str, dict[str, int]] = field(default_factory=dict)


def load() -> Base:
    """All of the base."""
    base = Base()
    _load_organisations(base)
    objets = {genre.nom: list(_read(genre)) for genre in GENRES}
    for genre in GENRES:
        base.pks[genre.nom] = {key_of(genre, o): o.pk for o in objets[genre.nom]}
    cles = {nom: {pk: cle for cle, pk in pks.items()} for nom, pks in base.pks.items()}
    mots = _labels(objets)
    for genre in GENRES:
        plusieurs = _load_many(genre, cles)
        base.connues[genre.nom] = [
            Connue(o.pk, key_of(genre, o), _cells(genre, o, cles, mots) | plusieurs[o.pk])
            for o in objets[genre.nom]
        ]
    _deduce(base)
    for genre in GENRES:
        base.connues[genre.nom] = _sort(genre, base)
    return base


def key_of(genre: Genre, objet: Any) -> str:
    """Key of a thing: its identifiant, or its number when it has none."""
    return str(objet.identifiant) if genre.is_identifie else str(objet.pk)


def _load_organisations(base: Base) -> None:
    base.pks[ORGANISATIONS] = {}
    for o in Organisation.objects.order_by("pk"):
        cle = str(o.identifiant)
        base.pks[ORGANISATIONS][cle] = o.pk
        base.organisations[cle] = tuple(filter(None, (o.nom, o.siren)))


def _read(genre: Genre) -> Any:
    return genre.modele._default_manager.order_by("pk")  # noqa: SLF001 — Django's public way to it


def _labels(objets: Mapping[str, list[Any]]) -> dict[str, dict[int, str]]:
    """What lines without identifiant are called by others: a participant, a holder."""
    return {nom: {o.pk: label_of(o) for o in objets[nom]} for nom in ("participants", "titulaires")}


def label_of(objet: Any) -> str:
    """Name of a participant or of a holder; the function of who has no name."""
    return clean_text(str(objet))


def _cells(
    genre: Genre,
    objet: Model,
    cles: Mapping[str, Mapping[int, str]],
    mots: Mapping[str, Mapping[int, str]],
) -> dict[str, str]:
    cellules = {}
    for colonne in genre.colonnes:
        if isinstance(colonne, Lien):
            pk = None if colonne.has_plusieurs else getattr(objet, f"{colonne.attribut}_id")
            cellules[colonne.nom] = cles[colonne.vers][pk] if pk is not None else ""
        elif isinstance(colonne, Etiquette):
            pk = getattr(objet, f"{colonne.attribut}_id")
            cellules[colonne.nom] = mots[colonne.vers].get(pk, "")
        else:
            cellules[colonne.nom] = colonne.of(objet)
    return cellules


def _load_many(
    genre: Genre, cles: Mapping[str, Mapping[int, str]]
) -> defaultdict[int, dict[str, str]]:
    """Links to several things, by number of the thing that has them; keys in their own order."""
    trouves: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for colonne in genre.colonnes:
        if not (isinstance(colonne, Lien) and colonne.has_plusieurs):
            continue
        champ = genre.modele._meta.get_field(colonne.attribut)  # noqa: SLF001 — Django's public way to it
        de, vers = champ.m2m_column_name(), champ.m2m_reverse_name()  # type: ignore[union-attr]  # a many-to-many field
        groupes: defaultdict[int, list[str]] = defaultdict(list)
        for a, b in champ.remote_field.through.objects.values_list(de, vers):  # type: ignore[union-attr]  # likewise
            groupes[a].append(cles[colonne.vers][b])
        for pk, liste in groupes.items():
            trouves[pk][colonne.nom] = " | ".join(sorted(liste))
    return trouves


def _deduce(base: Base) -> None:
    """Columns that other lines give: the last state of a commitment, the last text of a proposal."""
    derniers = {c.cellules["engagement"]: c for c in sorted(base.connues["etats"], key=state_rank)}
    for connue in base.connues[ENGAGEMENTS.nom]:
        etat = derniers.get(connue.cle)
        connue.cellules["constate_le"] = etat.cellules["date"] if etat else ""  # type: ignore[index]  # made by `_cells`
    textes = sorted(base.connues["textes"], key=lambda c: int(c.cellules["numero"]))
    courants = {c.cellules["proposition"]: c.cellules["texte"] for c in textes}
    for connue in base.connues[PROPOSITIONS.nom]:
        connue.cellules["texte"] = courants.get(connue.cle, "")  # type: ignore[index]  # likewise


def state_rank(connue: Connue) -> tuple[str, int]:
    """Order of the states: by day, then as they were written."""
    return connue.cellules["date"], connue.pk


def _sort(genre: Genre, base: Base) -> list[Connue]:
    """Things in an order that does not depend on the numbers of this base."""
    connues = base.connues[genre.nom]
    if genre is DOCUMENTS or not genre.parent:
        return sorted(connues, key=lambda c: (*(_rank(c, col) for col in genre.tri), c.cle))
    vers = getattr(genre.colonne(genre.parent), "vers", "")
    rangs = {c.cle: rang for rang, c in enumerate(base.connues[vers])}

    def place(c: Connue) -> tuple[Any, ...]:
        if genre.is_identifie:
            return rangs[c.cellules[genre.parent]], int(c.cellules["ordre"]), c.cle
        return rangs[c.cellules[genre.parent]], c.pk

    return sorted(connues, key=place)


def _rank(connue: Connue, colonne: str) -> str:
    return connue.cellules[colonne]
