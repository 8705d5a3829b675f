"""What may be shown of the answers to a question: tables by region and by kind, with secrecy.

Nothing here leaves but through `Case`: a figure that may be published, or the reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maillage.indicators.secret.derives import quantiles
from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.protection import protect
from maillage.indicators.secret.regle import Regle
from maillage.indicators.secret.tableau import Contribution, Nature, Tableau
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import format_nombre, typeset
from maillage.kernel.valeur import Absence
from maillage.web.questionnaire.modele.definition import Choix, Genre

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.indicators.secret.publication import Publication
    from maillage.web.questionnaire.modele.definition import Question
    from maillage.web.questionnaire.modele.saisie import Saisie

ENSEMBLE: Final = "Ensemble"
TOTAL: Final = "Total"
COCHE: Final = "coché"
_SANS: Final = Choix("sans", "Ne sait pas ou sans objet")
_RIEN: Final = typeset("secret : ce tableau permettrait d’encadrer de trop près une structure")
_QUARTILES: Final = 4
_ADDITIONNABLES: Final = {Genre.ENTIER, Genre.DECIMAL, Genre.EUROS}
REGLE: Final = Regle()
"""The rule of secrecy in force."""


@dataclass(frozen=True, slots=True)
class Repondant:
    """A structure whose answers count. Never shown.

    Attributes:
        cle: Opaque identifier.
        region, type_siae: Where it is counted.
        saisies: Its answers.
    """

    cle: str
    region: str
    type_siae: str
    saisies: Mapping[str, Saisie] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One cell: a figure and its words, or the reason why there is none.

    Attributes:
        texte: What is shown.
        valeur: For a file; None when there is no figure.
        raison: Why it is hidden; empty when it is not.
    """

    texte: str
    valeur: float | None = None
    raison: str = ""


@dataclass(frozen=True, slots=True)
class Croisement:
    """One table to show.

    Attributes:
        axe: « région » or « type ».
        colonnes: Headers after the first.
        lignes: Name of each row and its cells; the whole comes last.
    """

    axe: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[Case, ...]], ...]


def is_publiable(question: Question) -> bool:
    """Whether a question has results: texts and days are read by the network, never published."""
    return question.genre not in {Genre.TEXTE, Genre.DATE}


def compute(question: Question, repondants: Sequence[Repondant]) -> tuple[Croisement, ...]:
    """Tables of a question, by region then by kind, protected together.

    Args:
        question: That can be published.
        repondants: Structures that consented, those that did not answer the question included.
    """
    utiles = [repondant for repondant in repondants if question.code in repondant.saisies]
    if question.genre.is_numerique:
        return _Nombres(question, utiles).compute()
    if question.genre is Genre.CHOIX_MULTIPLE:
        return _compute_multiple(question, utiles)
    return _compute_choix(question, utiles)


_AXES: Final = (("région", "region"), ("type", "type_siae"))


def _modalites(repondants: Sequence[Repondant], attribut: str) -> list[str]:
    return sorted({getattr(repondant, attribut) for repondant in repondants})


def _lignes(repondants: Sequence[Repondant], attribut: str) -> Nomenclature:
    return Nomenclature.plate(ENSEMBLE, _modalites(repondants, attribut))


class _Suite:
    """Tables published one after the other, each knowing those before it."""

    def __init__(self, avant: Iterable[Publication | None] = ()) -> None:
        self._anterieures: dict[Nature, list[Publication]] = {}
        for publication in avant:
            if publication is not None:
                self._anterieures.setdefault(publication.tableau.nature, []).append(publication)

    def publish(self, tableau: Tableau) -> Publication | None:
        """The protected table; None when nothing of it can be shown."""
        avant = self._anterieures.setdefault(tableau.nature, [])
        try:
            publication = protect(tableau, REGLE, avant)
        except SaisieInvalide:
            return None
        avant.append(publication)
        return publication


def _case(publication: Publication | None, ligne: str, colonne: str, decimales: int = 0) -> Case:
    if publication is None:
        return Case("secret", None, _RIEN)
    valeur = publication.valeur(ligne, colonne)
    if valeur is Absence.SECRETE:
        return Case("secret", None, publication.raison(ligne, colonne))
    if isinstance(valeur, Absence):
        return Case(valeur.value)
    return Case(format_nombre(valeur, decimales), valeur)


def _part(publication: Publication | None, ligne: str, colonne: str, total: str) -> Case:
    """A number of answers, with its share of the row when both are published."""
    case = _case(publication, ligne, colonne)
    if publication is None or case.valeur is None:
        return case
    bas = publication.valeur(ligne, total)
    if isinstance(bas, Absence) or bas == 0:
        return case
    part = format_nombre(100 * case.valeur / bas)
    return Case(typeset(f"{case.texte} ({part} %)"), case.valeur)


def _compute_choix(question: Question, repondants: Sequence[Repondant]) -> tuple[Croisement, ...]:
    options = (*question.options, _SANS)
    colonnes = Nomenclature.plate(TOTAL, [option.code for option in options])
    suite, tables = _Suite(), []
    for axe, attribut in _AXES:
        lignes = _lignes(repondants, attribut)
        contributions = tuple(
            Contribution(r.cle, 1, getattr(r, attribut), _option(r.saisies[question.code]))
            for r in repondants
        )
        publication = suite.publish(Tableau(axe, lignes, colonnes, contributions, Nature.REPONSES))
        tables.append(
            Croisement(
                axe,
                (*(option.libelle for option in options), "Réponses"),
                tuple(
                    (
                        ligne,
                        (
                            *(_part(publication, ligne, o.code, TOTAL) for o in options),
                            _case(publication, ligne, TOTAL),
                        ),
                    )
                    for ligne in lignes.noeuds
                ),
            )
        )
    return tuple(tables)


def _option(saisie: Saisie) -> str:
    return _SANS.code if saisie.sans is not None else saisie.valeurs[0]


def _compute_multiple(
    question: Question, repondants: Sequence[Repondant]
) -> tuple[Croisement, ...]:
    """How many structures, then each answer given, ticked or not, knowing how many structures.

    Two answers are two measures: they only share the number of structures, published first. Those
    without a value are left out.
    """
    utiles = [r for r in repondants if r.saisies[question.code].sans is None]
    suite = _Suite()
    marges = [
        suite.publish(
            Tableau(
                axe,
                _lignes(utiles, attribut),
                Nomenclature.plate(TOTAL),
                tuple(Contribution(r.cle, 1, getattr(r, attribut), TOTAL) for r in utiles),
                Nature.REPONSES,
            )
        )
        for axe, attribut in _AXES
    ]
    colonnes = [_publish_option(question.code, o, utiles, marges) for o in question.options]
    return tuple(
        Croisement(
            axe,
            (*(option.libelle for option in question.options), "Structures"),
            tuple(
                (
                    ligne,
                    (
                        *(_ticks(colonne[rang], marges[rang], ligne) for colonne in colonnes),
                        _case(marges[rang], ligne, TOTAL),
                    ),
                )
                for ligne in _lignes(utiles, attribut).noeuds
            ),
        )
        for rang, (axe, attribut) in enumerate(_AXES)
    )


def _publish_option(
    code: str,
    option: Choix,
    repondants: Sequence[Repondant],
    marges: Sequence[Publication | None],
) -> list[Publication | None]:
    """Who ticked one answer, by region then by kind."""
    suite = _Suite(marges)
    return [
        suite.publish(
            Tableau(
                f"{axe}, {option.code}",
                _lignes(repondants, attribut),
                Nomenclature.plate(TOTAL, [COCHE, "non coché"]),
                tuple(_ticked(r, code, option.code, attribut) for r in repondants),
                Nature.REPONSES,
            )
        )
        for axe, attribut in _AXES
    ]


def _ticks(publication: Publication | None, marge: Publication | None, ligne: str) -> Case:
    """How many ticked, with their share of the structures when both are published."""
    case, structures = _case(publication, ligne, COCHE), _case(marge, ligne, TOTAL)
    if not case.valeur or not structures.valeur:
        return case
    part = format_nombre(100 * case.valeur / structures.valeur)
    return Case(typeset(f"{case.texte} ({part} %)"), case.valeur)


def _ticked(repondant: Repondant, code: str, option: str, attribut: str) -> Contribution:
    coche = option in repondant.saisies[code].valeurs
    return Contribution(
        repondant.cle, 1, getattr(repondant, attribut), COCHE if coche else "non coché"
    )


class _Nombres:
    """Results of a question whose answers are numbers: how many, total, quartiles."""

    def __init__(self, question: Question, repondants: Sequence[Repondant]) -> None:
        self.question = question
        self.valeurs = {
            r.cle: float(nombre)
            for r in repondants
            if (nombre := r.saisies[question.code].nombre) is not None
        }
        self.repondants = [r for r in repondants if r.cle in self.valeurs]
        self.decimales = 0 if question.genre in {Genre.ENTIER, Genre.EUROS} else 1
        # percentages do not add up, and the rule of secrecy only knows figures that are not negative
        self.additionne = question.genre in _ADDITIONNABLES and all(
            valeur >= 0 for valeur in self.valeurs.values()
        )
        self.publies: list[dict[str, float]] = []

    def compute(self) -> tuple[Croisement, ...]:
        """By region, then by kind."""
        suite = _Suite()
        return tuple(self._cross(suite, axe, attribut) for axe, attribut in _AXES)

    def _cross(self, suite: _Suite, axe: str, attribut: str) -> Croisement:
        lignes = _lignes(self.repondants, attribut)
        montants = self._tableau(axe, lignes, attribut)
        reponses = suite.publish(montants.reponses())
        totaux = suite.publish(montants) if self.additionne else None
        colonnes = ["Réponses", *self._colonnes_total(), "1er quartile", "Médiane", "3e quartile"]
        rangees = []
        # the whole first: quartiles of a part that differs from it by too few are then refused
        for ligne in (ENSEMBLE, *lignes.feuilles) if lignes.liens else (ENSEMBLE,):
            cases = [_case(reponses, ligne, TOTAL)]
            if self.additionne:
                cases.append(_case(totaux, ligne, TOTAL, self.decimales))
            rangees.append((ligne, (*cases, *self._quantiles(attribut, ligne))))
        return Croisement(axe, tuple(colonnes), (*rangees[1:], rangees[0]))

    def _tableau(self, axe: str, lignes: Nomenclature, attribut: str) -> Tableau:
        return Tableau(
            axe,
            lignes,
            Nomenclature.plate(TOTAL),
            tuple(
                Contribution(
                    r.cle,
                    self.valeurs[r.cle] if self.additionne else 0,
                    getattr(r, attribut),
                    TOTAL,
                )
                for r in self.repondants
            ),
            Nature.ENTIER if self.question.genre is Genre.ENTIER else Nature.MONTANT,
        )

    def _colonnes_total(self) -> tuple[str, ...]:
        symbole = self.question.symbole
        return (f"Total ({symbole})" if symbole else "Total",) if self.additionne else ()

    def _quantiles(self, attribut: str, ligne: str) -> tuple[Case, ...]:
        valeurs = {
            r.cle: self.valeurs[r.cle]
            for r in self.repondants
            if ligne in {ENSEMBLE, getattr(r, attribut)}
        }
        quartiles = quantiles(valeurs, _QUARTILES, REGLE, self._autres(valeurs))
        if not quartiles[0].raison:
            self.publies.append(valeurs)
            return tuple(self._show(derive.valeur, derive.raison) for derive in quartiles)
        mediane = quantiles(valeurs, 2, REGLE, self._autres(valeurs))[0]
        if not mediane.raison:
            self.publies.append(valeurs)
        cases = [self._show(derive.valeur, derive.raison) for derive in quartiles]
        cases[1] = self._show(mediane.valeur, mediane.raison)
        return tuple(cases)

    def _autres(self, valeurs: dict[str, float]) -> list[dict[str, float]]:
        """What quartiles were already published from, the same group apart."""
        return [publiees for publiees in self.publies if publiees != valeurs]

    def _show(self, valeur: float | Absence, raison: str) -> Case:
        if raison:
            return Case("secret", None, raison)
        if isinstance(valeur, Absence):
            return Case(valeur.value)
        return Case(format_nombre(valeur, self.decimales + 1), round(valeur, self.decimales + 1))
