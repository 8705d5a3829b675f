"""Reading of a reform file: every problem is told at once, with its line."""

from __future__ import annotations

from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import guillemets, join_fr
from maillage.regles.engine.lecture import RACINE, Lecteur, read_reference, read_references
from maillage.regles.engine.legislation import Legislation, load_legislation
from maillage.regles.engine.noeuds import Noeud, parse_noeud
from maillage.regles.engine.proches import find_proche
from maillage.regles.engine.reforme import Changement, Hypothese, Reforme
from maillage.regles.engine.scalaires import read_contenu, read_date, read_nombre
from maillage.regles.engine.unites import UNITES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from maillage.regles.engine.reforme import Arrondi, Genre
    from maillage.regles.engine.valeur_legale import Contenu, Reference

_DOSSIER = "reformes"
_CHAMPS = ("code", "titre", "source", "valable_jusqu_au", "indetermine", "hypotheses")
_OBLIGATOIRES = ("code", "titre", "source", "valable_jusqu_au", "indetermine", "changements")
_SANS_CALCUL = {"texte", "date", "oui/non", "liste", "fraction"}
_ARRONDIS = ("euro", "centime")


def list_reformes() -> tuple[str, ...]:
    """Codes of the reforms that come with the program, in order."""
    noms = (fichier.name for fichier in (files(RACINE) / _DOSSIER).iterdir())
    return tuple(sorted(nom.removesuffix(".yaml") for nom in noms if nom.endswith(".yaml")))


def load_reforme(code: str) -> Reforme:
    """One of the reforms that come with the program.

    Raises:
        Introuvable: MLG-REG-013, no reform has this code.
        FichierInvalide: its file is not valid.
    """
    return parse_reforme(read_texte(code), f"{code}.yaml")


def read_texte(code: str) -> str:
    """Text of one of the reforms that come with the program, to start another from.

    Raises:
        Introuvable: MLG-REG-013, no reform has this code.
    """
    if code not in list_reformes():
        proche = find_proche(code, list_reformes())
        aide = f"Vouliez-vous dire {proche} ?" if proche else "Voyez la liste des réformes."
        raise Introuvable(
            Anomalie("MLG-REG-013", f"La réforme {guillemets(code)} n’existe pas.", aide)
        )
    return (files(RACINE) / _DOSSIER / f"{code}.yaml").read_text(encoding="utf-8")


def parse_reforme(text: str, nom: str, legislation: Legislation | None = None) -> Reforme:
    r"""Reform written in a text.

    Args:
        text: Content of the file.
        nom: Name of the file, for the messages.
        legislation: The law it changes, by default the one that is modelled.

    Raises:
        FichierInvalide: MLG-REG-101 to 109, with every problem found and its line.

    Example:
        >>> from maillage.kernel.errors import FichierInvalide
        >>> try:
        ...     parse_reforme("code: x\nchangement: []\n", "x.yaml")
        ... except FichierInvalide as refus:
        ...     print(refus.anomalies[0].code, refus.anomalies[0].ou)
        MLG-REG-103 x.yaml, ligne 2, colonne 13
    """
    racine = parse_noeud(text, nom)
    lecteur = Lecteur(read_references())
    _check_fields(racine, (*_CHAMPS, "changements"), _OBLIGATOIRES, lecteur)
    hypotheses = _read_hypotheses(racine.table.get("hypotheses"), lecteur)
    horizon = racine.table.get("valable_jusqu_au")
    fin = None if horizon is None else read_date(horizon, lecteur.complain)
    source = _read_source(racine.table.get("source"), lecteur)
    loi = load_legislation() if legislation is None else legislation
    changements = [
        changement
        for noeud in _items(racine, "changements")
        for changement in _read_changement(noeud, loi, hypotheses, lecteur)
    ]
    _check_horizon(changements, fin, horizon, lecteur)
    lecteur.check()
    return Reforme(
        code=racine.table["code"].texte,
        titre=racine.table["titre"].texte,
        source=source,
        # The check above has refused a file without it.
        valable_jusqu_au=cast("date", fin),
        indetermine=tuple(noeud.texte for noeud in _items(racine, "indetermine")),
        hypotheses=MappingProxyType(hypotheses),
        changements=tuple(changements),
    )


def _items(noeud: Noeud, cle: str) -> tuple[Noeud, ...]:
    liste = noeud.table.get(cle)
    return () if liste is None or liste.contenu is None else liste.liste


def _check_fields(
    noeud: Noeud, connus: Collection[str], obligatoires: Collection[str], lecteur: Lecteur
) -> None:
    for cle, enfant in noeud.table.items():
        if cle not in connus:
            proche = find_proche(cle, connus)
            aide = f"Vouliez-vous dire {proche} ?" if proche else f"Champs : {join_fr(connus)}."
            lecteur.complain(
                "MLG-REG-103", f"Le champ {guillemets(cle)} n’existe pas.", aide, enfant
            )
    for cle in obligatoires:
        enfant_lu = noeud.table.get(cle)
        if enfant_lu is None or (not enfant_lu.texte and enfant_lu.contenu in (None, "")):
            code = "MLG-REG-107" if cle == "source" else "MLG-REG-102"
            lecteur.complain(
                code, f"Il manque {guillemets(cle)}.", "Ajoutez ce champ.", enfant_lu or noeud
            )


def _read_source(noeud: Noeud | None, lecteur: Lecteur) -> tuple[Reference, ...]:
    if noeud is None or noeud.contenu is None:
        return ()
    lues = (read_reference(item, lecteur) for item in noeud.liste)
    return tuple(lue for lue in lues if lue is not None)


def _read_hypotheses(noeud: Noeud | None, lecteur: Lecteur) -> dict[str, Hypothese]:
    hypotheses: dict[str, Hypothese] = {}
    for cle, enfant in ({} if noeud is None else noeud.table).items():
        _check_fields(enfant, ("phrase", "valeur", "source"), ("phrase", "valeur"), lecteur)
        valeur = enfant.table.get("valeur")
        nombre = None if valeur is None else read_nombre(valeur, lecteur.complain)
        phrase = enfant.table.get("phrase")
        source = enfant.table.get("source")
        hypotheses[cle] = Hypothese(
            cle,
            "" if phrase is None else phrase.texte,
            0 if nombre is None else nombre,
            "" if source is None else source.texte,
        )
    return hypotheses


def _read_changement(
    noeud: Noeud, loi: Legislation, hypotheses: dict[str, Hypothese], lecteur: Lecteur
) -> Iterator[Changement]:
    _check_fields(noeud, ("chemin", "values", "ratios"), ("chemin",), lecteur)
    chemin = noeud.table.get("chemin")
    if chemin is None:
        return
    if chemin.texte not in loi.feuilles:
        proche = find_proche(chemin.texte, loi.chemins)
        aide = f"Vouliez-vous dire {proche} ?" if proche else "Voyez la liste des paramètres."
        quoi = f"Le paramètre {guillemets(chemin.texte)} n’existe pas."
        lecteur.complain("MLG-REG-106", quoi, aide, chemin)
        return
    if ("values" in noeud.table) == ("ratios" in noeud.table):
        lecteur.complain(
            "MLG-REG-102",
            "Un changement donne soit « values », soit « ratios ».",
            "Gardez l’un des deux.",
            noeud,
        )
        return
    cle, genre = ("values", "valeur") if "values" in noeud.table else ("ratios", "ratio")
    unite = loi.feuilles[chemin.texte].unite if genre == "valeur" else "taux"
    for jour, enfant in noeud.table[cle].table.items():
        lu = _read_date_change(enfant, jour, chemin.texte, (cast("Genre", genre), unite), lecteur)
        if lu is not None:
            _check_hypothese(lu, hypotheses, enfant, lecteur)
            _check_nombre(lu, loi, enfant, lecteur)
            yield lu


def _read_date_change(
    noeud: Noeud, jour: str, chemin: str, genre_unite: tuple[Genre, str], lecteur: Lecteur
) -> Changement | None:
    genre, unite = genre_unite
    connus = ("value", "hypothese", "reference")
    _check_fields(noeud, connus if genre == "valeur" else (*connus, "base", "arrondi"), (), lecteur)
    date_effet = read_date(Noeud(jour, jour, noeud.ou), lecteur.complain)
    valeur = _read_valeur(noeud, unite, lecteur)
    base = noeud.table.get("base")
    hypothese = noeud.table.get("hypothese")
    if date_effet is None:
        return None
    return Changement(
        chemin=chemin,
        date_effet=date_effet,
        genre=genre,
        valeur=valeur,
        hypothese="" if hypothese is None else hypothese.texte,
        base=None if base is None else read_date(base, lecteur.complain),
        arrondi=_read_arrondi(noeud, lecteur),
        references=_read_source(noeud.table.get("reference"), lecteur),
        ou=noeud.ou,
    )


def _read_valeur(noeud: Noeud, unite: str, lecteur: Lecteur) -> Contenu:
    if ("value" in noeud.table) == ("hypothese" in noeud.table):
        lecteur.complain(
            "MLG-REG-102",
            "Une date donne soit « value », soit « hypothese ».",
            "Gardez l’un des deux.",
            noeud,
        )
        return None
    if "value" not in noeud.table:
        return None
    source = noeud.table["value"]
    if source.contenu is None:
        # The law may end a parameter; a reform says the value it wants instead.
        read_nombre(source, lecteur.complain)
        return None
    return read_contenu(source, unite, lecteur.complain)


def _read_arrondi(noeud: Noeud, lecteur: Lecteur) -> Arrondi:
    arrondi = noeud.table.get("arrondi")
    if arrondi is None:
        return ""
    if arrondi.texte not in _ARRONDIS:
        lecteur.complain(
            "MLG-REG-105",
            f"L’arrondi {guillemets(arrondi.texte)} n’existe pas.",
            f"Arrondis : {join_fr(_ARRONDIS, 'ou')}.",
            arrondi,
        )
    return cast("Arrondi", arrondi.texte)


def _check_hypothese(
    changement: Changement, hypotheses: dict[str, Hypothese], noeud: Noeud, lecteur: Lecteur
) -> None:
    if changement.hypothese and changement.hypothese not in hypotheses:
        lecteur.complain(
            "MLG-REG-108",
            f"L’hypothèse {guillemets(changement.hypothese)} n’est pas écrite dans ce fichier.",
            f"Hypothèses : {join_fr(hypotheses) or 'aucune'}.",
            noeud,
        )


def _check_nombre(changement: Changement, loi: Legislation, noeud: Noeud, lecteur: Lecteur) -> None:
    """A ratio multiplies, and a hypothesis is, a number: words, days and lists are set by a value."""
    unite = UNITES[loi.feuilles[changement.chemin].unite]
    if (changement.genre == "ratio" or changement.hypothese) and unite.code in _SANS_CALCUL:
        lecteur.complain(
            "MLG-REG-105",
            f"Le paramètre {guillemets(changement.chemin)} n’est pas un simple nombre ({unite.libelle}).",
            "Donnez sa nouvelle valeur par « value », sans ratio ni hypothèse.",
            noeud,
        )


def _check_horizon(
    changements: list[Changement], fin: date | None, horizon: Noeud | None, lecteur: Lecteur
) -> None:
    if fin is None or horizon is None:
        return
    for changement in changements:
        if changement.date_effet > fin:
            lecteur.complain(
                "MLG-REG-104",
                f"La réforme s’arrête au {fin.isoformat()}, avant un de ses changements "
                f"({changement.date_effet.isoformat()}).",
                "Repoussez « valable_jusqu_au ».",
                horizon,
            )
