"""Live figures of a text: `{{ chiffre demandeurs_emploi departement 35 }}`.

The text names an indicator, a level and a territory; who renders it passes a `Resolveur` that knows
the figures. A publication that must not move keeps the figures of its day in `ChiffresFiges`.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import process

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.kernel.period import parse_periode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOT = "chiffre"
_FORME = "{{ chiffre demandeurs_emploi departement 35 }}"
_OPTIONS = ("periode", "version")
_CODE = re.compile(r"(?:(?P<famille>[a-z]+)\.)?(?P<code>[a-z0-9_]+)")
_MOTS_MIN = 3  # the word, an indicator, a level
_MOTS_MAX = 4
_RESSEMBLANCE = 60.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure that a text names.

    Attributes:
        indicateur: Code of the definition card.
        niveau: Level of the territory.
        code: Official code of the territory, text.
        periode: Period at which the editor froze it; empty for the latest.
        version: Start of the version of the figures from which it must come; empty for any.
        famille: Heading written before the code (« besoin »), checked against the card; may be empty.
    """

    indicateur: str
    niveau: Niveau
    code: str
    periode: str = ""
    version: str = ""
    famille: str = ""

    def __str__(self) -> str:
        options = [
            f"{n}={v}" for n, v in (("periode", self.periode), ("version", self.version)) if v
        ]
        return " ".join((MOT, self.indicateur, self.niveau.value, self.code, *options))


@dataclass(frozen=True, slots=True)
class ChiffreAffiche:
    """A figure ready to be shown in a sentence.

    Attributes:
        valeur: Number as French writes it, without unit; empty when there is none.
        unite: What follows the number; may be empty.
        periode: In French: « 4e trimestre 2024 »; may be empty.
        adresse: Page of its pedigree; empty when there is none.
        intitule: What it measures and where, for the tooltip.
        absence: Why there is no number, in French (« secrète »); empty when there is one.
        absence_code: The same in ASCII, for the look.
        version: Version of the figures it was read from.
    """

    valeur: str
    unite: str
    periode: str
    adresse: str
    intitule: str
    absence: str = ""
    absence_code: str = ""
    version: str = ""

    @property
    def texte(self) -> str:
        """Number and unit, or « donnée secrète »."""
        if self.absence:
            return f"donnée{ESPACE_INSECABLE}{self.absence}"
        if not self.unite:
            return self.valeur
        serre = self.unite.startswith(("%", "‰", "€", "k€", "M€"))
        return f"{self.valeur}{ESPACE_FINE if serre else ESPACE_INSECABLE}{self.unite}"


class Resolveur(Protocol):
    """Who knows the figures."""

    def check(self, reference: Reference) -> tuple[Anomalie, ...]:
        """Problems of a reference, without their place; empty when it can be resolved."""

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        """The figure; an absence when it is unknown or secret, never an error after `check`."""


class SansChiffres:
    """Resolver of those who have no figures: every reference is refused."""

    def check(self, reference: Reference) -> tuple[Anomalie, ...]:
        """One problem for each reference."""
        return (
            Anomalie(
                "MLG-PUB-017",
                f"Le chiffre {guillemets(str(reference))} ne peut pas être lu\u00a0: aucun chiffre "
                "n’est disponible ici.",
                "Préparez les données par « maillage preparer », ou enlevez cette référence.",
            ),
        )

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        """An absence."""
        return ChiffreAffiche("", "", "", "", str(reference), "inconnue", "inconnue")


class ChiffresFiges:
    """Figures as they were on the day of a publication; what it does not hold is asked further."""

    def __init__(
        self, chiffres: Mapping[Reference, ChiffreAffiche], suite: Resolveur | None = None
    ) -> None:
        self._chiffres = dict(chiffres)
        self._suite: Resolveur = suite or SansChiffres()

    @classmethod
    def freeze(cls, references: Iterable[Reference], resolveur: Resolveur) -> ChiffresFiges:
        """The figures of today, kept."""
        return cls({reference: resolveur.resolve(reference) for reference in references})

    @classmethod
    def from_list(cls, lignes: Iterable[Mapping[str, Mapping[str, str]]]) -> ChiffresFiges:
        """Figures kept in a database or a file by `to_list`."""
        return cls(
            {_read_reference(li["reference"]): ChiffreAffiche(**li["chiffre"]) for li in lignes}
        )

    def to_list(self) -> list[dict[str, dict[str, str]]]:
        """Plain form for JSON."""
        return [
            {
                "reference": {**asdict(reference), "niveau": reference.niveau.value},
                "chiffre": asdict(chiffre),
            }
            for reference, chiffre in self._chiffres.items()
        ]

    def check(self, reference: Reference) -> tuple[Anomalie, ...]:
        """No problem for a figure that is kept."""
        return () if reference in self._chiffres else self._suite.check(reference)

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        """The figure kept, else the one that is known further."""
        kept = self._chiffres.get(reference)
        return self._suite.resolve(reference) if kept is None else kept


def _read_reference(ligne: Mapping[str, str]) -> Reference:
    return Reference(**{**ligne, "niveau": Niveau(ligne["niveau"])})  # type: ignore[arg-type]  # niveau is one


def parse_reference(texte: str) -> tuple[Reference | None, tuple[Anomalie, ...]]:
    """Reference between `{{` and `}}`, or everything that is wrong with it, without its place."""
    mots = texte.split()
    if not mots or mots[0] != MOT:
        return None, (_unknown_word(mots[0] if mots else ""),)
    options = [mot for mot in mots[1:] if "=" in mot]
    places = [mot for mot in mots if "=" not in mot]
    problems: list[Anomalie] = []
    values = _read_options(options, problems)
    if not _MOTS_MIN <= len(places) <= _MOTS_MAX:
        problems.append(_bad_shape(texte))
        return None, tuple(problems)
    niveau = _read_niveau(places[2], problems)
    forme = _CODE.fullmatch(places[1])
    if forme is None:
        problems.append(_bad_shape(texte))
    if len(places) == _MOTS_MIN and niveau not in {None, Niveau.FRANCE}:
        problems.append(_bad_shape(texte))
    if problems or niveau is None or forme is None:
        return None, tuple(problems)
    code = places[3] if len(places) == _MOTS_MAX else "FR"
    reference = Reference(
        forme["code"], niveau, code, values["periode"], values["version"], forme["famille"] or ""
    )
    return reference, ()


def proches(mot: str, connus: Iterable[str]) -> str:
    """Names that look like this one, ready for a message; empty when none does."""
    found = process.extract(mot, list(connus), limit=3, score_cutoff=_RESSEMBLANCE)
    return join_fr((guillemets(nom) for nom, *_ in found), "ou")


def _unknown_word(mot: str) -> Anomalie:
    return Anomalie(
        "MLG-PUB-010",
        f"{guillemets(mot)} n’est pas une référence connue entre accolades doubles.",
        f"Un chiffre s’écrit {_FORME}\u00a0; pour de vraies accolades, écrivez \\{{\\{{.",
    )


def _bad_shape(texte: str) -> Anomalie:
    return Anomalie(
        "MLG-PUB-011",
        f"La référence {guillemets(texte.strip())} n’a pas la forme d’un chiffre.",
        f"Donnez l’indicateur, le niveau et le code du territoire\u00a0: {_FORME}.",
    )


def _read_niveau(mot: str, problems: list[Anomalie]) -> Niveau | None:
    connus = [niveau.value for niveau in Niveau]
    if mot.replace("_", "-") in connus:
        return Niveau(mot.replace("_", "-"))
    voisins = proches(mot, connus)
    conseil = f"Vouliez-vous dire {voisins}{ESPACE_FINE}?" if voisins else ""
    problems.append(
        Anomalie(
            "MLG-PUB-012",
            f"Le niveau {guillemets(mot)} n’existe pas.",
            conseil or f"Niveaux connus\u00a0: {join_fr(connus, 'ou')}.",
        )
    )
    return None


def _read_options(mots: Iterable[str], problems: list[Anomalie]) -> dict[str, str]:
    values = dict.fromkeys(_OPTIONS, "")
    for mot in mots:
        nom, _, valeur = mot.partition("=")
        if nom not in values or not valeur:
            problems.append(
                Anomalie(
                    "MLG-PUB-013",
                    f"L’option {guillemets(mot)} d’un chiffre n’existe pas.",
                    "Options connues\u00a0: periode=2024-T4 et version=….",
                )
            )
        elif nom == "periode" and not _is_periode(valeur):
            problems.append(
                Anomalie(
                    "MLG-PUB-014",
                    f"{guillemets(valeur)} n’est pas une période.",
                    "Écrivez 2021, 2024-T4, 2022-09 ou 2022-09-30.",
                )
            )
        values[nom] = valeur
    return values


def _is_periode(texte: str) -> bool:
    if re.fullmatch(r"\d{4}-\d{4}", texte):  # a span of years, as some sources write it
        return True
    try:
        parse_periode(texte)
    except UserError:
        return False
    return True
