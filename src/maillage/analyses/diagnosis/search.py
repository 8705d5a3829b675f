"""Finds a territory from what people type: a name, a postal code, an official code.

The rules of `trouver`, documented in docs/explications/diagnostic.md, never let a name stand
silently for a territory that the reader may not have meant:

1. an official code wins, at the level of the département for two digits;
2. a name spelt exactly wins over one that differs by an accent (« Loire » is not « Loiré »);
3. a commune wins over the intercommunalité, zone d’emploi or comité local of the same name, and a
   département wins over the région that it is alone to form;
4. whatever else answers to the same name makes the question ambiguous, and nothing is chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from maillage.analyses.diagnosis.geography import ARM
from maillage.analyses.diagnosis.names import designate, normalize, spell
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.geography import AncienneCommune
    from maillage.analyses.diagnosis.model import Territoire

_MAX_TEXTE = 120  # longer than any name
_MIN_APPROCHE = 3  # letters below which resemblance means nothing
_MIN_RESSEMBLANCE = 60.0
_CERTAIN = 90.0  # a proposition at or above answers by itself
_MAX_CITES = 8  # candidates named in an error

_DEPARTEMENT = re.compile(r"^(?P<nom>.*\S)[\s,(]+(?P<code>2[ab]|97\d|\d{2})\)?$", re.IGNORECASE)
_ENTRE_PARENTHESES = re.compile(r"^(?P<nom>[^(]*\S)\s*\((?P<departement>[^()]+)\)?$")
_APRES_VIRGULE = re.compile(r"^(?P<nom>[^,]*\S)\s*,\s*(?P<departement>[^,]+)$")
_NUMERO = re.compile(r"^(paris|lyon|marseille) (\d{1,2})(?:e|er|eme|ieme)?(?: arrondissement)?$")
_MOTS_NIVEAU: tuple[tuple[str, Niveau], ...] = (
    ("region", Niveau.REGION),
    ("departement", Niveau.DEPARTEMENT),
    ("zone d emploi", Niveau.ZONE_EMPLOI),
    ("zone emploi", Niveau.ZONE_EMPLOI),
    ("epci", Niveau.EPCI),
    ("siren", Niveau.EPCI),
    ("intercommunalite", Niveau.EPCI),
    ("clpe", Niveau.CLPE),
    ("comite local pour l emploi", Niveau.CLPE),
    ("commune", Niveau.COMMUNE),
    ("insee", Niveau.COMMUNE),
    ("code insee", Niveau.COMMUNE),
)
_MOTS_POSTAL = ("code postal ", "cp ")

# Of several territories of one name and one population (Paris, La Réunion): who is shown first.
_ORDRE: dict[Niveau, int] = {
    Niveau.FRANCE: 0,
    Niveau.COMMUNE: 1,
    Niveau.DEPARTEMENT: 2,
    Niveau.REGION: 3,
    Niveau.EPCI: 4,
    Niveau.ZONE_EMPLOI: 5,
    Niveau.CLPE: 6,
}
_ZONAGES = frozenset({Niveau.EPCI, Niveau.ZONE_EMPLOI, Niveau.CLPE})


@dataclass(frozen=True, slots=True)
class Proposition:
    """A territory that may be the one meant.

    Attributes:
        territoire: Which.
        score: 0–100, higher is closer; 90 and above, the text names it.
        raison: Why it is proposed, in French (« code postal 35600 », « nom exact »).
    """

    territoire: Territoire
    score: float
    raison: str


def chercher(
    atlas: Atlas, texte: str, limite: int = 10, niveau: Niveau | None = None
) -> tuple[Proposition, ...]:
    """Territories that the text may mean, closest first; empty when nothing resembles it.

    Args:
        atlas: Where to look.
        texte: Anything: a name, « Paris 11 », a postal code, an INSEE code, a SIREN, « 35 ».
        limite: How many at most.
        niveau: Only this level, when given.
    """
    texte = texte[:_MAX_TEXTE].strip()
    found = _gather(atlas, texte, niveau)
    if len(found) < limite:
        found += _resembling(atlas, texte, niveau)
    return _best(atlas, found, limite)


def trouver(atlas: Atlas, texte: str, niveau: Niveau | None = None) -> Proposition:
    """The one territory that the text means, and why.

    Raises:
        Introuvable: nothing answers (MLG-TER-001), or several do (MLG-TER-002).
    """
    texte = texte[:_MAX_TEXTE].strip()
    certain = [p for p in _gather(atlas, texte, niveau) if p.score >= _CERTAIN]
    candidates = _settle(atlas, certain)
    if not candidates:
        candidates = _best(atlas, _gather(atlas, texte, niveau), _MAX_CITES + 1)
    if not candidates:
        raise Introuvable(_nothing(atlas, texte, niveau))
    if len(candidates) > 1:
        raise Introuvable(_ambiguous(texte, candidates))
    return candidates[0]


def trouver_un(atlas: Atlas, texte: str, niveau: Niveau | None = None) -> Territoire:
    """The one territory that the text means.

    Raises:
        Introuvable: nothing answers (MLG-TER-001), or several do (MLG-TER-002).
    """
    return trouver(atlas, texte, niveau).territoire


def suggest(atlas: Atlas, texte: str, niveau: Niveau | None = None) -> str:
    """What to do when nothing answers to the text: the nearest names, or how to search."""
    nearest = chercher(atlas, texte, 3, niveau)
    if not nearest:
        return (
            "tapez un nom de commune, un code postal, un code INSEE, un numéro de département "
            "ou le SIREN d’une intercommunalité."
        )
    return (
        "vouliez-vous dire\u00a0: "
        + " ; ".join(designate(p.territoire) for p in nearest)
        + "\u00a0?"
    )


# the ways of answering to a text


def _gather(atlas: Atlas, texte: str, niveau: Niveau | None) -> list[Proposition]:
    """What carries the text as a code, as a name or at the head of its name."""
    named = _split_level(normalize(texte)) if niveau is None else None
    if named is not None:
        found = _gather(atlas, named[1], named[0])
        if found:
            return found
    found = [
        *_by_code(atlas, texte, niveau),
        *_by_name(atlas, texte),
        *_by_departement(atlas, texte),
    ]
    if not any(p.score >= _CERTAIN for p in found):
        found += _by_former_name(atlas, texte)
    found += _by_prefix(atlas, texte)
    return [p for p in found if niveau in {None, p.territoire.niveau}]


def _split_level(normal: str) -> tuple[Niveau, str] | None:
    for word, niveau in _MOTS_NIVEAU:
        if normal.startswith(word + " "):
            return niveau, normal[len(word) + 1 :]
    return None


def _by_code(atlas: Atlas, texte: str, niveau: Niveau | None) -> list[Proposition]:
    normal = normalize(texte)
    for word in _MOTS_POSTAL:
        if normal.startswith(word):
            return _by_postal(atlas, normal[len(word) :].replace(" ", ""), 100.0)
    code = normal.replace(" ", "").upper()
    code = code.zfill(2) if code.isascii() and code.isdigit() else code
    found = [
        Proposition(t, _score_code(t, niveau), f"code {t.code}")
        for t in atlas.noms.codes.get(code, ())
    ]
    ancienne = atlas.geographie.anciennes.get(code)
    if not found and ancienne is not None:
        found += _former(atlas, ancienne, 98.0)
    if any(p.territoire.niveau is niveau for p in found):
        return found  # « commune 13001 » asks for the INSEE code, not for the postal one
    return found + _by_postal(atlas, code, 99.0)


def _score_code(territoire: Territoire, niveau: Niveau | None) -> float:
    # two digits are a département for everybody, and a région for statisticians
    return 89.0 if territoire.niveau is Niveau.REGION and niveau is None else 100.0


def _by_postal(atlas: Atlas, code: str, score: float) -> list[Proposition]:
    found = atlas.noms.postaux.get(code, ())
    covered = {parent for t in found if t.nature == ARM for _, parent, _ in t.parents[-1:]}
    return [
        Proposition(t, 85.0 if t.code in covered else score, f"code postal {code}") for t in found
    ]


def _by_name(atlas: Atlas, texte: str) -> list[Proposition]:
    normal, spelt = normalize(texte), spell(texte)
    parts = _NUMERO.match(normal)
    key = f"{parts[1]} {int(parts[2])}" if parts else normal
    return [
        Proposition(t, 97.0, "nom exact")
        if parts or spell(t.nom) == spelt
        else Proposition(t, 95.0, "nom exact, aux accents près")
        for t in atlas.noms.noms.get(key, ())
    ]


def _by_departement(atlas: Atlas, texte: str) -> list[Proposition]:
    """« Saint-Denis (93) », « Saint-Denis 93 », « Saint-Denis, Seine-Saint-Denis »."""
    for nom, codes in _readings(atlas, texte):
        found = [
            Proposition(p.territoire, p.score + 1.0, f"nom et département {dep}")
            for p in _by_name(atlas, nom)
            for dep in codes & set(p.territoire.departements)
            if p.territoire.niveau is not Niveau.REGION
        ]
        if found:
            return found
    return []


def _readings(atlas: Atlas, texte: str) -> Iterable[tuple[str, set[str]]]:
    if parts := _DEPARTEMENT.match(texte):
        yield parts["nom"].rstrip(" ,("), {parts["code"].upper()}
    for pattern in (_ENTRE_PARENTHESES, _APRES_VIRGULE):
        if parts := pattern.match(texte):
            homonyms = atlas.noms.noms.get(normalize(parts["departement"]), ())
            codes = {t.code for t in homonyms if t.niveau is Niveau.DEPARTEMENT}
            yield parts["nom"], codes | {parts["departement"].strip().upper()}


def _by_former_name(atlas: Atlas, texte: str) -> list[Proposition]:
    return [
        p
        for ancienne in atlas.noms.anciens.get(normalize(texte), ())
        for p in _former(atlas, ancienne, 92.0)
    ]


def _former(atlas: Atlas, ancienne: AncienneCommune, score: float) -> list[Proposition]:
    actuelle = atlas.find_territoire(Niveau.COMMUNE, ancienne.code_actuel or "")
    if actuelle is None:
        return []
    raison = f"{ancienne.nom} ({ancienne.code}), commune aujourd’hui réunie à {actuelle.nom}"
    return [Proposition(actuelle, score, raison)]


def _by_prefix(atlas: Atlas, texte: str) -> list[Proposition]:
    normal = normalize(texte)
    if not normal:
        return []
    return [
        Proposition(t, 80.0 - (2.0 if t.niveau in _ZONAGES else 0.0), "début du nom")
        for nom in atlas.noms.starting_with(normal)
        for t in atlas.noms.noms[nom]
    ]


def _resembling(atlas: Atlas, texte: str, niveau: Niveau | None) -> list[Proposition]:
    """Names that hold the text as a word, then names that look like it."""
    normal = normalize(texte)
    if len(normal) < _MIN_APPROCHE:
        return []
    by_word = [
        Proposition(t, 72.0 - (2.0 if t.niveau in _ZONAGES else 0.0), "mot du nom")
        for nom in atlas.noms.mots.get(normal, ())
        for t in atlas.noms.noms[nom]
    ]
    alike = process.extract(
        normal, atlas.noms.tries, scorer=fuzz.ratio, limit=30, score_cutoff=_MIN_RESSEMBLANCE
    )
    by_likeness = [
        Proposition(t, _likeness(atlas, t, score), "nom ressemblant")
        for nom, score, _ in alike
        for t in atlas.noms.noms[nom]
    ]
    return [p for p in by_word + by_likeness if niveau in {None, p.territoire.niveau}]


def _likeness(atlas: Atlas, territoire: Territoire, ressemblance: float) -> float:
    """Of two names that look as alike, the better known one is more likely meant."""
    malus = 6.0 if territoire.niveau in _ZONAGES else 0.0
    return 0.6 * ressemblance + 3.0 * log10(1.0 + _population(atlas, territoire)) - malus


# the choice


def _best(atlas: Atlas, found: Iterable[Proposition], limite: int) -> tuple[Proposition, ...]:
    """One proposition per territory, its best; closest, then most populated first."""
    kept: dict[tuple[Niveau, str], Proposition] = {}
    for proposition in found:
        key = (proposition.territoire.niveau, proposition.territoire.code)
        if key not in kept or proposition.score > kept[key].score:
            kept[key] = proposition
    ordered = sorted(kept.values(), key=lambda p: _order(atlas, p))
    return tuple(ordered[: max(limite, 0)])


def _order(atlas: Atlas, proposition: Proposition) -> tuple[float, bool, float, int, str]:
    territoire = proposition.territoire
    return (
        -proposition.score,
        territoire.niveau in _ZONAGES,
        -_population(atlas, territoire),
        _ORDRE[territoire.niveau],
        territoire.code,
    )


def _population(atlas: Atlas, territoire: Territoire) -> float:
    try:
        valeur = atlas.cube.valeur("population", territoire.niveau, territoire.code)
    except KeyError:
        return 0.0
    return 0.0 if isinstance(valeur, Absence) else valeur


def _settle(atlas: Atlas, certain: list[Proposition]) -> tuple[Proposition, ...]:
    """Applies rules 1 to 3 to the propositions that carry the very text."""
    best = _best(atlas, certain, len(certain))
    top = tuple(p for p in best if p.score == best[0].score)
    if len(top) == 1 and not _is_postal_clash(best):
        return top
    if _is_postal_clash(best):
        return best
    niveaux = {p.territoire.niveau for p in top}
    if niveaux & {Niveau.COMMUNE, Niveau.DEPARTEMENT, Niveau.REGION}:
        top = tuple(p for p in top if p.territoire.niveau not in _ZONAGES)
    return _without_twins(atlas, top)


def _is_postal_clash(best: tuple[Proposition, ...]) -> bool:
    """Five digits that are the INSEE code of one commune and the postal code of another."""
    postal = {p.territoire.code for p in best if p.raison.startswith("code postal")}
    insee = {p.territoire.code for p in best if p.raison == f"code {p.territoire.code}"}
    return bool(postal) and bool(insee) and postal != insee


def _without_twins(atlas: Atlas, top: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    """Leaves out a wider territory made of one narrower of the same name: Paris, La Réunion."""
    kept = top
    for wide, narrow in (
        (Niveau.REGION, Niveau.DEPARTEMENT),
        (Niveau.DEPARTEMENT, Niveau.COMMUNE),
    ):
        inside = {p.territoire for p in kept if p.territoire.niveau is narrow}
        kept = tuple(
            p
            for p in kept
            if p.territoire.niveau is not wide or not _is_alone(atlas, p.territoire, inside)
        )
    return kept


def _is_alone(atlas: Atlas, wide: Territoire, inside: set[Territoire]) -> bool:
    if wide.niveau is Niveau.REGION:
        return wide.departements == tuple(t.code for t in inside)
    return {t.code for t in atlas.communes_de(wide)} == {t.code for t in inside}


def _nothing(atlas: Atlas, texte: str, niveau: Niveau | None) -> Anomalie:
    level = "" if niveau is None else f" de niveau « {niveau.libelle} »"
    return Anomalie(
        "MLG-TER-001",
        f"aucun territoire{level} ne répond à « {texte} »",
        suggest(atlas, texte, niveau),
    )


def _ambiguous(texte: str, candidates: tuple[Proposition, ...]) -> Anomalie:
    named = " ; ".join(designate(p.territoire) for p in candidates[:_MAX_CITES])
    more = len(candidates) - _MAX_CITES
    rest = f" ; et {more} autres" if more > 1 else " ; et 1 autre" if more == 1 else ""
    first = candidates[0].territoire
    return Anomalie(
        "MLG-TER-002",
        f"« {texte} » peut désigner plusieurs territoires\u00a0: {named}{rest}",
        "précisez par le niveau et le code, par exemple "
        f"« {first.niveau.value} {first.code} », ou ajoutez le département après le nom.",
    )
