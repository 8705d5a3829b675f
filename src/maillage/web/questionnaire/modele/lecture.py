"""Reads a definition written as mappings and lists, and says everything that is wrong in it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.questionnaire.modele.definition import (
    Choix,
    Condition,
    Definition,
    Forme,
    Genre,
    Question,
    Regle,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
TEXTE_MAX: Final = 1000
_CHOIX_MIN: Final = 2
_QUE_FAIRE_CODE = "Écrivez-le en minuscules sans accent, chiffres et _, comme heures_salarie."
_CLES: Final[Mapping[str, frozenset[str]]] = {
    "définition": frozenset({"sections", "regles"}),
    "section": frozenset({"code", "titre", "aide", "questions"}),
    "question": frozenset(
        [
            "code",
            "libelle",
            "genre",
            "aide",
            "unite",
            "obligatoire",
            "minimum",
            "maximum",
            "choix",
            "si",
        ]
    ),
    "choix": frozenset({"code", "libelle"}),
    "condition": frozenset({"question", "vaut"}),
    "règle": frozenset({"code", "forme", "termes", "total", "message", "bloquante"}),
}


def read_definition(brut: object) -> Definition:
    """Definition written in a file or kept in the database.

    Raises:
        SaisieInvalide: MLG-QST-002 to 006, every problem found.
    """
    lecteur = _Lecteur()
    definition = lecteur.read(brut)
    anomalies = [*lecteur.anomalies, *check_definition(definition)]
    if anomalies:
        raise SaisieInvalide(*anomalies)
    return definition


class _Lecteur:
    """Takes what can be read, and notes what cannot."""

    def __init__(self) -> None:
        self.anomalies: list[Anomalie] = []

    def read(self, brut: object) -> Definition:
        """The whole definition."""
        racine = self._mapping(brut, "définition", "définition")
        return Definition(
            tuple(
                self._section(section, f"section {rang}")
                for rang, section in enumerate(self._list(racine, "sections", "définition"), 1)
            ),
            tuple(
                self._regle(regle, f"règle {rang}")
                for rang, regle in enumerate(self._list(racine, "regles", "définition"), 1)
            ),
        )

    def _section(self, brut: object, ou: str) -> Section:
        champs = self._mapping(brut, "section", ou)
        return Section(
            self._text(champs, "code", ou),
            self._text(champs, "titre", ou),
            self._text(champs, "aide", ou),
            tuple(
                self._question(question, f"{ou}, question {rang}")
                for rang, question in enumerate(self._list(champs, "questions", ou), 1)
            ),
        )

    def _question(self, brut: object, ou: str) -> Question:
        champs = self._mapping(brut, "question", ou)
        genre = self._text(champs, "genre", ou)
        if genre not in set(Genre):
            self._note(
                "MLG-QST-004",
                f"{guillemets(genre)} n’est pas un genre de question.",
                f"Choisissez parmi {join_fr([g.value for g in Genre], 'ou')}.",
                ou,
            )
            genre = Genre.TEXTE
        return Question(
            code=self._text(champs, "code", ou),
            libelle=self._text(champs, "libelle", ou),
            genre=Genre(genre),
            aide=self._text(champs, "aide", ou),
            unite=self._text(champs, "unite", ou),
            obligatoire=self._bool(champs, "obligatoire", ou),
            minimum=self._number(champs, "minimum", ou),
            maximum=self._number(champs, "maximum", ou),
            choix=tuple(
                self._choix(choix, f"{ou}, choix {rang}")
                for rang, choix in enumerate(self._list(champs, "choix", ou), 1)
            ),
            condition=self._condition(champs["si"], ou) if champs.get("si") else None,
        )

    def _choix(self, brut: object, ou: str) -> Choix:
        champs = self._mapping(brut, "choix", ou)
        return Choix(self._text(champs, "code", ou), self._text(champs, "libelle", ou))

    def _condition(self, brut: object, ou: str) -> Condition:
        champs = self._mapping(brut, "condition", ou)
        return Condition(self._text(champs, "question", ou), self._text(champs, "vaut", ou))

    def _regle(self, brut: object, ou: str) -> Regle:
        champs = self._mapping(brut, "règle", ou)
        forme = self._text(champs, "forme", ou)
        if forme not in set(Forme):
            self._note(
                "MLG-QST-006",
                f"{guillemets(forme)} n’est pas une forme de règle.",
                "Écrivez au_plus ou somme.",
                ou,
            )
            forme = Forme.AU_PLUS
        termes = self._list(champs, "termes", ou)
        return Regle(
            self._text(champs, "code", ou),
            Forme(forme),
            tuple(str(terme) for terme in termes),
            self._text(champs, "total", ou),
            self._text(champs, "message", ou),
            self._bool(champs, "bloquante", ou),
        )

    def _mapping(self, brut: object, quoi: str, ou: str) -> Mapping[str, Any]:
        if not isinstance(brut, dict):
            self._note(
                "MLG-QST-002", f"Une {quoi} est attendue ici.", "Reprenez un fichier exporté.", ou
            )
            return {}
        for cle in sorted(str(cle) for cle in brut.keys() - _CLES[quoi]):
            self._note(
                "MLG-QST-002",
                f"La clé {guillemets(cle)} n’existe pas ici.",
                f"Les clés sont {join_fr(sorted(_CLES[quoi]))}.",
                ou,
            )
        return brut

    def _list(self, champs: Mapping[str, Any], cle: str, ou: str) -> list[Any]:
        valeur = champs.get(cle) or []
        if isinstance(valeur, list):
            return valeur
        self._note(
            "MLG-QST-002", f"{guillemets(cle)} est une liste.", "Mettez un tiret par élément.", ou
        )
        return []

    def _text(self, champs: Mapping[str, Any], cle: str, ou: str) -> str:
        valeur = champs.get(cle, "")
        if isinstance(valeur, str) and len(valeur) <= TEXTE_MAX:
            return valeur.strip()
        self._note(
            "MLG-QST-002",
            f"{guillemets(cle)} est un texte d’au plus {TEXTE_MAX} signes.",
            "Mettez-le entre guillemets, ou raccourcissez-le.",
            ou,
        )
        return ""

    def _bool(self, champs: Mapping[str, Any], cle: str, ou: str) -> bool:
        valeur = champs.get(cle, False)
        if isinstance(valeur, bool):
            return valeur
        self._note(
            "MLG-QST-002", f"{guillemets(cle)} est true ou false.", "Écrivez l’un des deux.", ou
        )
        return False

    def _number(self, champs: Mapping[str, Any], cle: str, ou: str) -> Decimal | None:
        valeur = champs.get(cle)
        if valeur is None:
            return None
        try:
            nombre = Decimal(str(valeur).replace(",", "."))
        except InvalidOperation:
            nombre = Decimal("NaN")
        if nombre.is_finite() and not isinstance(valeur, bool):
            return nombre
        self._note(
            "MLG-QST-004", f"{guillemets(str(valeur))} n’est pas un nombre.", "Écrivez 12,5.", ou
        )
        return None

    def _note(self, code: str, quoi: str, que_faire: str, ou: str) -> None:
        self.anomalies.append(Anomalie(code, quoi, que_faire, ou))


def check_definition(definition: Definition) -> list[Anomalie]:
    """What does not hold together in a definition; empty when all does."""
    anomalies = [
        *_check_codes("section", [section.code for section in definition.sections]),
        *_check_codes("question", [question.code for question in definition.questions]),
        *_check_codes("règle", [regle.code for regle in definition.regles]),
    ]
    anomalies += [
        _untitled(f"section {section.code}", "titre")
        for section in definition.sections
        if not section.titre
    ]
    anciennes: dict[str, Question] = {}
    for question in definition.questions:
        anomalies += _check_question(question)
        anomalies += _check_condition(question, anciennes)
        anciennes[question.code] = question
    for regle in definition.regles:
        anomalies += _check_regle(regle, anciennes)
    return anomalies


def _check_codes(quoi: str, codes: list[str]) -> Iterable[Anomalie]:
    for code in sorted(set(codes)):
        if not CODE.fullmatch(code):
            yield Anomalie(
                "MLG-QST-003", f"{guillemets(code)} n’est pas un code.", _QUE_FAIRE_CODE, quoi
            )
        if codes.count(code) > 1:
            yield Anomalie(
                "MLG-QST-003",
                f"Le code {guillemets(code)} est donné {codes.count(code)} fois.",
                "Donnez un code à chacune.",
                quoi,
            )


def _untitled(ou: str, champ: str) -> Anomalie:
    return Anomalie("MLG-QST-002", f"Il manque le {champ}.", "Écrivez-le en français.", ou)


def _check_question(question: Question) -> Iterable[Anomalie]:
    ou = f"question {question.code}"
    if not question.libelle:
        yield _untitled(ou, "libellé")
    bornes = (question.minimum, question.maximum)
    if not question.genre.is_numerique and bornes != (None, None):
        yield Anomalie(
            "MLG-QST-004",
            f"Une réponse de genre {guillemets(question.genre.libelle)} n’a ni minimum ni maximum.",
            "Enlevez-les, ou choisissez un genre de nombre.",
            ou,
        )
    if (
        question.minimum is not None
        and question.maximum is not None
        and question.minimum > question.maximum
    ):
        yield Anomalie(
            "MLG-QST-004",
            f"Le minimum {question.minimum} dépasse le maximum {question.maximum}.",
            "Échangez-les.",
            ou,
        )
    yield from _check_choix(question, ou)


def _check_choix(question: Question, ou: str) -> Iterable[Anomalie]:
    attendus = question.genre in {Genre.CHOIX, Genre.CHOIX_MULTIPLE}
    if attendus and len(question.choix) < _CHOIX_MIN:
        yield Anomalie(
            "MLG-QST-004",
            "Une question à choix donne au moins deux réponses.",
            "Ajoutez les réponses, ou choisissez un autre genre.",
            ou,
        )
    if not attendus and question.choix:
        yield Anomalie(
            "MLG-QST-004",
            f"Une réponse de genre {guillemets(question.genre.libelle)} n’a pas de liste de choix.",
            "Enlevez la liste, ou choisissez un genre à choix.",
            ou,
        )
    yield from _check_codes(f"{ou}, choix", [choix.code for choix in question.choix])
    for choix in question.choix:
        if not choix.libelle:
            yield _untitled(f"{ou}, choix {choix.code}", "libellé")


def _check_condition(question: Question, anciennes: Mapping[str, Question]) -> Iterable[Anomalie]:
    condition = question.condition
    if condition is None:
        return
    ou = f"question {question.code}"
    dont = anciennes.get(condition.question)
    if dont is None:
        yield Anomalie(
            "MLG-QST-005",
            f"Elle dépend de {guillemets(condition.question)}, qui n’est pas posée avant elle.",
            "Remontez cette question, ou changez la condition.",
            ou,
        )
    elif condition.valeur not in {choix.code for choix in dont.options}:
        codes = [choix.code for choix in dont.options]
        yield Anomalie(
            "MLG-QST-005",
            f"{guillemets(condition.valeur)} n’est pas une réponse de {guillemets(dont.code)}.",
            f"Choisissez parmi {join_fr(codes, 'ou')}."
            if codes
            else "Une condition porte sur une question oui ou non, ou à choix.",
            ou,
        )


def _check_regle(regle: Regle, questions: Mapping[str, Question]) -> Iterable[Anomalie]:
    ou = f"règle {regle.code}"
    for code in (*regle.termes, regle.total):
        question = questions.get(code)
        if question is None or not question.genre.is_numerique:
            yield Anomalie(
                "MLG-QST-006",
                f"{guillemets(code)} n’est pas une question dont la réponse est un nombre.",
                "Choisissez une question de nombre, de montant ou de pourcentage.",
                ou,
            )
    nombre = len(regle.termes)
    if (regle.forme is Forme.AU_PLUS and nombre != 1) or nombre == 0:
        yield Anomalie(
            "MLG-QST-006",
            f"La règle a {nombre} terme(s) à gauche.",
            "« au_plus » en compare un ; « somme » en additionne au moins un.",
            ou,
        )
    if regle.total in regle.termes:
        yield Anomalie(
            "MLG-QST-006", "La règle compare une réponse à elle-même.", "Changez le total.", ou
        )
    if not regle.message:
        yield _untitled(ou, "message")
