"""Trace of one figure, down to the legal values, their texts, and the row it was fed with."""

from __future__ import annotations

import inspect
import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, format_date, format_nombre
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.engine.formules import COLONNE_LE
from maillage.regles.engine.tables import path_of_row
from maillage.regles.engine.unites import UNITES, Unite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.regles.engine.calcul import Resultat
    from maillage.regles.engine.formules import Argument
    from maillage.regles.engine.plan import Groupe
    from maillage.regles.engine.valeur_legale import ValeurLegale

_DECIMALES = 6


@dataclass(frozen=True, slots=True)
class Trace:
    """One figure of one row, and what it was computed from.

    Attributes:
        nom: Name of the formula, of the legal value, or of the column.
        genre: `"formule"`, `"parametre"`, `"liste"` or `"colonne"`.
        valeur: The figure itself: number, text, date or tuple.
        unite: Its unit, None for a column that no formula names.
        texte: Text of law that the formula applies.
        explication: What the formula does, in French. May be empty.
        docstring: What the formula says of itself, in English.
        legale: The legal value read, None elsewhere, and where the row does not read it.
        enfants: What the formula was fed with, in the order of its arguments.
    """

    nom: str
    genre: str
    valeur: Any  # a figure of any unit
    unite: Unite | None = None
    texte: str = ""
    explication: str = ""
    docstring: str = ""
    legale: ValeurLegale | None = None
    enfants: tuple[Trace, ...] = ()

    def walk(self) -> Iterator[Trace]:
        """Every node, this one first."""
        yield self
        for enfant in self.enfants:
            yield from enfant.walk()

    @property
    def avertissements(self) -> tuple[str, ...]:
        """Warnings of the legal values used, each once, in French."""
        legales = (noeud.legale for noeud in self.walk() if noeud.legale is not None)
        return tuple(dict.fromkeys(v.avertissement for v in legales if v.avertissement))

    def to_dict(self) -> dict[str, Any]:
        """Tree of plain values, ready for JSON."""
        arbre: dict[str, Any] = {
            "nom": self.nom,
            "genre": self.genre,
            "valeur": _plain(self.valeur),
            "unite": self.unite.code if self.unite is not None else None,
        }
        if self.genre == "formule":
            arbre["texte"] = self.texte
            arbre["explication"] = self.explication
            arbre["docstring"] = self.docstring
        if self.legale is not None:
            arbre["parametre"] = legale_to_dict(self.legale)
        if self.enfants:
            arbre["enfants"] = [enfant.to_dict() for enfant in self.enfants]
        return arbre

    def to_text(self, retrait: int = 0) -> str:
        """Tree in French, one line for each figure, indented."""
        marge = "  " * retrait
        lignes = [f"{marge}{self.nom} = {format_quantite(self.valeur, self.unite)}"]
        if self.texte:
            lignes.append(f"{marge}  texte : {self.texte}")
        if self.explication:
            lignes.append(f"{marge}  {self.explication}")
        if self.legale is not None:
            lignes += [f"{marge}  {ligne}" for ligne in describe_legale(self.legale)]
        lignes += [enfant.to_text(retrait + 1) for enfant in self.enfants]
        return "\n".join(lignes)


def trace(resultat: Resultat, ligne: int, cible: str | None = None) -> Trace:
    """How one figure of one row was reached.

    Args:
        resultat: What `compute` gave.
        ligne: Position of the row, from 0.
        cible: Which target, the first by default.

    Raises:
        IndexError: there is no such row.
        KeyError: the target was not computed.

    Example:
        >>> from maillage.regles.engine.calcul import compute
        >>> from maillage.regles.engine.legislation import load_legislation
        >>> jours = np.array(["2022-01-15", "2022-07-31"], "datetime64[D]")
        >>> colonnes = {"date_debut_effet": jours[:1], "date_fin_effet": jours[1:]}
        >>> resultat = compute(["duree_mois"], colonnes, load_legislation(), date(2022, 1, 15))
        >>> [noeud.nom for noeud in trace(resultat, 0).walk()]
        ['duree_mois', 'date_debut_effet', 'date_fin_effet']
    """
    nom = resultat.cibles[0] if cible is None else cible
    if not 0 <= ligne < len(resultat):
        msg = f"row {ligne} of {len(resultat)}"
        raise IndexError(msg)
    groupe, position = next(
        (groupe, position)
        for groupe in resultat.groupes
        if (position := groupe.find_position(ligne)) is not None
    )
    return _build(resultat, groupe, position, nom)


def legale_to_dict(legale: ValeurLegale) -> dict[str, Any]:
    """Legal value as plain values, ready for JSON."""
    return {
        "chemin": legale.chemin,
        "valeur": _plain(legale.valeur),
        "unite": legale.unite,
        "date_effet": legale.date_effet.isoformat(),
        "date_effet_relevee": legale.date_effet_relevee,
        "date_publication": legale.date_publication.isoformat()
        if legale.date_publication is not None
        else None,
        "confiance": legale.confiance,
        "references": [{"titre": r.titre, "href": r.href} for r in legale.references],
        "derniere_verification": legale.derniere_verification.isoformat(),
        "note": legale.note,
        "avertissement": legale.avertissement,
        "reforme": legale.reforme,
        "renvoi": legale.renvoi.chemin if legale.renvoi is not None else None,
    }


def describe_legale(legale: ValeurLegale) -> list[str]:
    """What a reader must know of a legal value, in French, one sentence a line."""
    publiee = (
        f"publiée le {format_date(legale.date_publication)}"
        if legale.date_publication is not None
        else "date de publication non trouvée"
    )
    lignes = [
        f"{legale.chemin}, en vigueur au {format_date(legale.date_effet)}",
        f"{publiee}, confiance {legale.confiance}",
        *(f"source : {reference.titre}" for reference in legale.references),
    ]
    if legale.renvoi is not None:
        lignes.append(f"même valeur que {legale.renvoi.chemin}")
    if legale.reforme:
        lignes.append(f"valeur de la réforme {legale.reforme}, pas le droit")
    if legale.note:
        lignes.append(f"note : {legale.note}")
    if legale.avertissement:
        lignes.append(f"attention : {legale.avertissement}")
    return lignes


def format_quantite(valeur: object, unite: Unite | None) -> str:
    """Figure with its unit, in French; « sans objet » where the row does not use it."""
    if isinstance(valeur, tuple):
        return ", ".join(str(item) for item in valeur)
    if isinstance(valeur, (np.datetime64, date)):
        jour = valeur.item() if isinstance(valeur, np.datetime64) else valeur
        return format_date(jour)
    if isinstance(valeur, (bool, np.bool_)):
        return "oui" if valeur else "non"
    if isinstance(valeur, (np.integer, np.floating)):
        return _format_nombre(valeur.item(), unite)
    if isinstance(valeur, (int, float)):
        return _format_nombre(valeur, unite)
    return str(valeur)


def _format_nombre(nombre: float, unite: Unite | None) -> str:
    if math.isnan(nombre):
        return "sans objet"
    if unite is UNITES["centimes"]:
        return format_euros(Centimes(int(nombre)))
    if unite is UNITES["taux"]:
        part = Decimal(str(nombre)) * 100
        return f"{format_nombre(part, _count_decimals(float(part)))}{ESPACE_FINE}%"
    decimales = _count_decimals(nombre)
    if decimales == 1 and unite is not None and unite.code.startswith("EUR"):
        decimales = 2
    symbole = "" if unite is None or unite.code == "nombre" else unite.libelle.split(",")[0]
    return f"{format_nombre(nombre, decimales)}{ESPACE_INSECABLE}{symbole}".rstrip()


def _count_decimals(nombre: float) -> int:
    """Decimals that the number needs, six at most."""
    suffisantes = (n for n in range(_DECIMALES) if round(nombre, n) == nombre)
    return next(suffisantes, _DECIMALES)


def _build(resultat: Resultat, groupe: Groupe, position: int, nom: str) -> Trace:
    if nom in groupe.versions:
        version = groupe.versions[nom]
        return Trace(
            nom=nom,
            genre="formule",
            valeur=groupe.valeurs[nom][position],
            unite=version.unite,
            texte=version.formule.texte,
            explication=version.formule.explication,
            docstring=(inspect.getdoc(version.formule.fonction) or "").partition("\n")[0],
            enfants=tuple(
                _build_argument(resultat, groupe, position, argument)
                for argument in version.arguments
            ),
        )
    return Trace(nom, "colonne", groupe.valeurs[nom][position])


def _build_argument(resultat: Resultat, groupe: Groupe, position: int, argument: Argument) -> Trace:
    if argument.parametre is None:
        noeud = _build(resultat, groupe, position, argument.nom)
        if noeud.genre == "formule":
            return noeud
        return Trace(argument.nom, "colonne", noeud.valeur, argument.unite)
    parametre = argument.parametre
    colonne = groupe.valeurs[argument.nom]
    is_liste = argument.unite.code == "liste"
    legale = None
    if not parametre.si or bool(groupe.valeurs[parametre.si][position]):
        le = groupe.valeurs[parametre.le or COLONNE_LE][position].item()
        chemin = path_of_row(parametre.chemin, groupe.valeurs, position)
        legale = resultat.legislation.resolve(chemin, le)
    return Trace(
        nom=argument.nom,
        genre="liste" if is_liste else "parametre",
        valeur=colonne if is_liste else colonne[position],
        unite=argument.unite,
        legale=legale,
    )


def _plain(valeur: object) -> object:
    if isinstance(valeur, np.generic):
        return _plain(valeur.item())
    if isinstance(valeur, tuple):
        return list(valeur)
    if isinstance(valeur, float) and math.isnan(valeur):
        return None
    if isinstance(valeur, (bool, int, float, str)) or valeur is None:
        return valeur
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)
