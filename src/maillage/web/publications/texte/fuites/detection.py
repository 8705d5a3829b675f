"""Looks for what is reserved in everything that will be public."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, guillemets
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.fuites.balises import read_markup
from maillage.web.publications.texte.fuites.elements import (
    Element,
    find_elements,
    find_phones,
    normal_address,
)
from maillage.web.publications.texte.fuites.model import Artefact, Fuite, Genre, Nature, Rapport
from maillage.web.publications.texte.fuites.words import Baseline, Words, find_runs
from maillage.web.publications.texte.montants import find_montants, find_nombres
from maillage.web.publications.texte.passages import share
from maillage.web.publications.texte.personnes import Annuaire, Personne
from maillage.web.publications.texte.redaction import Regle, Regles
from maillage.web.publications.texte.search import stems
from maillage.web.publications.texte.versions import render_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.montants import Nombre
    from maillage.web.publications.texte.passages import Passage
    from maillage.web.publications.texte.redaction import Remplacement

_BALISES = frozenset({Genre.HTML, Genre.FLUX, Genre.META})
_SANS_CASSE = frozenset({Genre.ADRESSE, Genre.INDEX})
_MENDER_PASSAGE = (
    "Regénérez la version publique\u00a0; si le passage y est écrit ailleurs, réservez-le là aussi ou "
    "récrivez-le."
)


class Secrets:
    """What only members may read in one publication, ready to be looked for."""

    def __init__(
        self, document: Document, regles: Regles, resolveur: Resolveur | None, habillage: str
    ) -> None:
        partage = share(document)
        publique = render_version(document, Audience.PUBLIQUE, regles, resolveur)
        self.regles = regles
        self.passages = partage.passages
        self.remplacements: tuple[Remplacement, ...] = publique.remplacements
        ouvert = partage.ouvert
        for remplacement in self.remplacements:
            ouvert = ouvert.replace(remplacement.original, " ", 1)
        noms_publics = [
            p.nom or p.reference for p in document.pieces.values() if _is_public(p.audience)
        ]
        rules = " ".join(regle.value for regle in Regle)
        self.base = Baseline(
            "\n".join((ouvert, habillage, rules, *noms_publics, *partage.adresses))
        )
        self.ouvert = Baseline(ouvert)
        self.elements = {
            passage: find_elements(passage.texte, passage.ou, passage.adresses)
            for passage in self.passages
        }

    @cached_property
    def words(self) -> dict[Passage, Words]:
        """Words of each passage."""
        return {passage: Words(passage.texte) for passage in self.passages}

    @cached_property
    def secrets(self) -> frozenset[Passage]:
        """Passages that nothing public says: an ordinary word said elsewhere is no secret."""
        return frozenset(p for p in self.passages if not self.base.holds(self.words[p]))

    @cached_property
    def redacted(self) -> Annuaire:
        """The persons that the rules hid from this very publication."""
        noms = [r.original for r in self.remplacements if r.regle is Regle.NOM]
        personnes = [Personne.from_text(nom) for nom in noms if "@" not in nom]
        seuls = [Personne(p.nom) for p in personnes]
        annuaire = self.regles.annuaire
        return Annuaire(
            (*personnes, *seuls), annuaire.titulaires, annuaire.laisser, civilites=False
        )

    @cached_property
    def amounts(self) -> tuple[Element, ...]:
        """Amounts that the rules hid, bare figures of tables included."""
        return tuple(
            Element(r.original, r.ou, nombres=_readings(r.original), monnaie=True)
            for r in self.remplacements
            if r.regle is Regle.MONTANT
        )

    @cached_property
    def ouverts(self) -> frozenset[str]:
        """Words and stems of what everyone reads."""
        return frozenset((*stems(self.base.texte), *self.base.mots))

    @cached_property
    def stems(self) -> dict[str, Passage]:
        """Stems that only passages for members hold, each with one of them."""
        return {
            racine: passage
            for passage in reversed(self.passages)
            for racine in (*stems(passage.texte), *self.words[passage].mots)
            if racine not in self.ouverts and len(racine) > 1
        }


def _is_public(audience: Audience) -> bool:
    return audience is Audience.PUBLIQUE


def _readings(ecrit: str) -> tuple[Nombre, ...]:
    montants = [n for montant in find_montants(ecrit) for n in montant.nombres]
    return tuple(montants) or tuple(n for e in find_nombres(ecrit) for n in e.nombres)


def inspect_artefacts(secrets: Secrets, artefacts: Iterable[Artefact]) -> Rapport:
    """Leaks of the pages, feeds, tags and index, and what the source says against itself."""
    fuites = list(_contradictions(secrets))
    for artefact in artefacts:
        texte = artefact.contenu
        if artefact.genre in _BALISES:
            texte = read_markup(texte)
        elif artefact.genre is Genre.ADRESSE:
            texte = texte.replace("-", " ").replace("_", " ")
        fuites += inspect_text(
            secrets,
            f"{artefact.genre.value} ({artefact.libelle})",
            texte,
            casse=artefact.genre not in _SANS_CASSE,
        )
        if artefact.genre is Genre.INDEX:
            fuites += _index_leaks(secrets, artefact)
    return Rapport(tuple(dict.fromkeys(fuites)))


def inspect_text(
    secrets: Secrets, ou: str, texte: str, *, casse: bool = True, piece: bool = False
) -> list[Fuite]:
    """Leaks of one text.

    Args:
        secrets: What to look for.
        ou: Where the text is, for the editor.
        texte: The text itself.
        casse: Whether capitals mean something in it.
        piece: Whether it comes from an attachment, written apart from the publication: the rules on
            names and amounts then apply to what they hid, and not to every name and amount.
    """
    lu = Words(texte)
    fuites: list[Fuite] = []
    for passage in secrets.passages:
        whole = list(_passage_leaks(secrets, passage, lu, ou))
        fuites += whole or _element_leaks(secrets, passage, lu, ou, casse=casse)
    fuites += _amount_leaks(secrets, lu, ou, piece=piece)
    fuites += _name_leaks(secrets, texte, ou, casse=casse, piece=piece)
    return fuites


def _contradictions(secrets: Secrets) -> Iterator[Fuite]:
    """What the source reserves in one place and writes for everyone in another."""
    for passage in secrets.passages:
        mots = secrets.words[passage]
        if not secrets.ouvert.holds(mots) or not (_is_long(mots) or secrets.elements[passage]):
            continue
        yield Fuite(
            Nature.CONTRADICTION,
            "partie publique du texte",
            passage.texte,
            passage.ou,
            f"{guillemets(_shorten(passage.texte))} est réservé ({passage.ou}) mais aussi écrit en clair "
            "dans la partie publique.",
            "Réservez l’autre mention, ou enlevez cette marque.",
        )


def _is_long(mots: Words) -> bool:
    return len(mots.mots) >= _MOTS_ENTIERS


_MOTS_ENTIERS = 4
_LONGUEUR_CITEE = 80


def _passage_leaks(secrets: Secrets, passage: Passage, lu: Words, ou: str) -> Iterator[Fuite]:
    mots = secrets.words[passage]
    if passage in secrets.secrets and lu.holds(mots):
        yield Fuite(
            Nature.PASSAGE,
            ou,
            passage.texte,
            passage.ou,
            f"Le passage réservé {guillemets(_shorten(passage.texte))} ({passage.ou}) s’y lit en entier.",
            _MENDER_PASSAGE,
        )
        return
    for suite in find_runs(mots, lu, secrets.base):
        yield Fuite(
            Nature.SUITE,
            ou,
            suite,
            passage.ou,
            f"{guillemets(_shorten(suite))}, suite de {accorder(len(suite.split()), 'mot', 'mots')} d’un "
            f"passage réservé ({passage.ou}), s’y lit.",
            _MENDER_PASSAGE,
        )


def _element_leaks(
    secrets: Secrets, passage: Passage, lu: Words, ou: str, *, casse: bool
) -> list[Fuite]:
    found = []
    for element in secrets.elements[passage]:
        if _is_there(element, secrets.base, casse=False) or not _is_there(element, lu, casse=casse):
            continue
        found.append(
            Fuite(
                Nature.ELEMENT,
                ou,
                element.texte,
                element.ou,
                f"{guillemets(element.texte)} n’est écrit que dans un passage réservé ({element.ou}), et "
                "s’y lit.",
                "Enlevez-le de là, ou sortez-le du passage réservé s’il n’est pas un secret.",
            )
        )
    return found


def _is_there(element: Element, lu: Words, *, casse: bool) -> bool:
    if element.nombres:
        return _holds_number(element, lu)
    cle = element.cles[0]
    if element.nom:
        return lu.holds_name(cle, casse=casse and " " not in cle)
    if cle.startswith("tel:"):
        return cle.removeprefix("tel:") in find_phones(lu.texte)
    return cle in lu.plat or cle in normal_address(lu.plat)


def _holds_number(element: Element, lu: Words) -> bool:
    """The same value, whatever its spelling; a rounding counts between amounts only."""
    if element.monnaie and any(
        nombre.agrees_with(autre) for autre in lu.montants for nombre in element.nombres
    ):
        return True
    valeurs = lu.pourcents if element.pourcent else lu.valeurs
    return any(nombre.valeur in valeurs for nombre in element.nombres)


def _amount_leaks(secrets: Secrets, lu: Words, ou: str, *, piece: bool) -> Iterator[Fuite]:
    if not secrets.regles.montants:
        return
    seen: set[str] = set()
    for element in secrets.amounts:
        if (
            element.texte not in seen
            and _holds_number(element, lu)
            and not _holds_number(element, secrets.base)
        ):
            seen.add(element.texte)
            yield _amount_leak(ou, element.texte, element.ou)
    if piece:
        return
    for montant in find_montants(lu.texte):
        ecrit = lu.texte[montant.debut : montant.fin].strip()
        known = any(
            n.agrees_with(autre) for n in montant.nombres for autre in secrets.base.montants
        )
        already = any(
            n.agrees_with(autre)
            for n in montant.nombres
            for element in secrets.amounts
            for autre in element.nombres
        )
        if not known and not already and ecrit not in seen:
            seen.add(ecrit)
            yield _amount_leak(ou, ecrit, "")


def _amount_leak(ou: str, ecrit: str, origine: str) -> Fuite:
    return Fuite(
        Nature.MONTANT,
        ou,
        ecrit,
        origine,
        f"Les montants de cette publication sont réservés aux adhérents, et {guillemets(ecrit)} s’y lit.",
        "Enlevez ce montant, sous cette forme ou une autre, ou levez la règle des montants.",
    )


def _name_leaks(
    secrets: Secrets, texte: str, ou: str, *, casse: bool, piece: bool
) -> Iterator[Fuite]:
    if not secrets.regles.noms:
        return
    seen: set[tuple[str, ...]] = set()
    found = secrets.redacted.find_noms(texte, casse=casse)
    every = secrets.regles.annuaire.find_noms(texte, casse=casse)
    found += tuple(nom for nom in every if not piece or nom.complet)
    for nom in found:
        if nom.formes in seen or secrets.base.holds(Words(" ".join(nom.formes))):
            continue
        if not casse and len(nom.formes) == 1 and nom.formes[0] in secrets.ouverts:
            continue  # the stem of a public word, « conseil » of « conseillers », is nobody's name
        seen.add(nom.formes)
        ecrit = texte[nom.debut : nom.fin]
        yield Fuite(
            Nature.NOM,
            ou,
            ecrit,
            "",
            f"Les noms de personnes de cette publication sont réservés aux adhérents, et "
            f"{guillemets(ecrit)} s’y lit.",
            "Enlevez ce nom, ou ajoutez la personne aux titulaires de fonctions publiques si elle en est "
            "une.",
        )


def _index_leaks(secrets: Secrets, artefact: Artefact) -> Iterator[Fuite]:
    for racine in dict.fromkeys(Words(artefact.contenu).mots):
        passage = secrets.stems.get(racine)
        if passage is not None:
            yield Fuite(
                Nature.INDEX,
                f"{artefact.genre.value} ({artefact.libelle})",
                racine,
                passage.ou,
                f"Le mot {guillemets(racine)} n’est que dans un passage réservé ({passage.ou})\u00a0: une "
                "recherche publique le trouverait.",
                "Reconstruisez l’index public à partir de la seule version publique.",
            )


def _shorten(texte: str) -> str:
    ligne = " ".join(texte.split())
    if len(ligne) <= _LONGUEUR_CITEE:
        return ligne
    return f"{ligne[:_LONGUEUR_CITEE].rsplit(' ', 1)[0]} …"
