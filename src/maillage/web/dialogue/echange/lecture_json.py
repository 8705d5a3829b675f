"""Reads the JSON document: the same lines as the CSV files, nested."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.dialogue.echange.fautes import recode
from maillage.web.dialogue.echange.genres import ORDRE, RACINES, children_of
from maillage.web.dialogue.echange.model import LIGNES_MAX, OCTETS_MAX, Rang
from maillage.web.dialogue.echange.sorties import FORMAT, VERSION
from maillage.web.network.echange.cellules import format_bool, join_list
from maillage.web.network.echange.lecture import (
    Rangee,
    check_content,
    clean_cell,
    header_key,
    too_big,
    unknown_column,
)

if TYPE_CHECKING:
    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Genre

_ENTETE: Final = frozenset({"format", "version"})


def read_json(nom: str, octets: bytes, releve: Releve) -> list[Rang]:
    """Every line of the document; what is wrong in them is noted in `releve`.

    Raises:
        FichierInvalide: MLG-DIA-140 too big, MLG-DIA-105 not JSON, MLG-DIA-106 not this document.
    """
    if len(octets) > OCTETS_MAX:
        raise FichierInvalide(too_big(len(octets), OCTETS_MAX))
    document = _parse(octets)
    lecteur = _Lecteur(nom, releve)
    for cle, liste in document.items():
        genre = next((g for g in RACINES if g.nom == cle), None)
        if genre is not None:
            lecteur.read_list(genre, liste, cle, "")
        elif cle not in _ENTETE:
            lecteur.refuse(
                f"{guillemets(cle[:60])} n’est pas une liste connue.",
                f"Listes possibles\u00a0: {join_fr(g.nom for g in RACINES)}.",
            )
    return lecteur.rangs


def _parse(octets: bytes) -> dict[str, Any]:
    """The document.

    Raises:
        FichierInvalide: MLG-DIA-105 not JSON in UTF-8, MLG-DIA-106 not this document.
    """
    try:
        document = json.loads(octets.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        ligne = f"ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FichierInvalide(
            Anomalie(
                "MLG-DIA-105",
                "Le fichier n’est pas un document JSON en UTF-8.",
                "Repartez d’un export en JSON, et vérifiez virgules, crochets et guillemets.",
                ligne,
            )
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FichierInvalide(_not_ours("format", FORMAT))
    if document.get("version") != VERSION:
        raise FichierInvalide(_not_ours("version", str(VERSION)))
    return document


def _no_constant(texte: str) -> NoReturn:
    raise ValueError(texte)


def _not_ours(cle: str, attendu: str) -> Anomalie:
    return Anomalie(
        "MLG-DIA-106",
        f"Le document n’a pas {guillemets(f'{cle}: {attendu}')}.",
        "Repartez d’un export en JSON de cette version de Maillage.",
    )


class _Lecteur:
    """Walks the document and makes one line of each object."""

    def __init__(self, nom: str, releve: Releve) -> None:
        self.nom = nom
        self.releve = releve
        self.rangs: list[Rang] = []

    def refuse(self, quoi: str, que_faire: str, ou: str = "") -> None:
        """Note what is not of the shape of the document."""
        error = FichierInvalide(Anomalie("MLG-DIA-107", quoi, que_faire, ou))
        self.releve.add_file(error, self.nom)

    def read_list(self, genre: Genre, liste: Any, place: str, parent: str) -> None:
        """Lines of one list, and what is nested in them."""
        if not isinstance(liste, list):
            self.refuse("Ce n’est pas une liste.", "Écrivez [ … ].", place)
            return
        for rang, objet in enumerate(liste, start=1):
            ici = f"{place}[{rang}]"
            if len(self.rangs) >= LIGNES_MAX:
                self.refuse("Le document a trop d’éléments.", f"{LIGNES_MAX} au plus.", place)
                return
            if isinstance(objet, dict):
                self._read_object(genre, objet, ici, parent)
            else:
                self.refuse("Ce n’est pas un objet.", "Écrivez { … }.", ici)

    def _read_object(self, genre: Genre, objet: dict[str, Any], ici: str, parent: str) -> None:
        format_ = genre.format
        cellules: dict[str, str] = {}
        listes = {enfant.nom: enfant for enfant in children_of(genre)}
        connues = {c for c in format_.colonnes if c != genre.parent}
        for cle, valeur in objet.items():
            colonne = header_key(cle)
            if colonne in listes:
                continue
            if colonne not in connues:
                anomalie = unknown_column(cle, list(objet), format_)
                self.refuse(anomalie.quoi, recode(anomalie).que_faire, ici)
                continue
            texte = _to_text(valeur)
            if texte is None:
                self.refuse("La valeur n’est pas un texte.", "Écrivez-la en texte.", f"{ici}.{cle}")
            else:
                cellules[colonne] = clean_cell(colonne, texte.strip(), format_)
        rang = Rang(
            genre,
            self.nom,
            ici,
            len(self.rangs) + 1,
            ORDRE[genre.nom],
            cellules,
            parent,
            f"#{ici}",
        )
        self.rangs.append(rang)
        for anomalie in check_content(Rangee(0, cellules), format_):
            colonne = anomalie.ou.rpartition(" ")[2]
            self.releve.add(rang, colonne, recode(anomalie).code, anomalie.quoi, anomalie.que_faire)
        for cle, valeur in objet.items():
            if (enfant := listes.get(header_key(cle))) is not None:
                self.read_list(enfant, valeur, f"{ici}.{enfant.nom}", f"#{ici}")


def _to_text(valeur: Any) -> str | None:
    """What a cell would say; None for what is no cell."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return format_bool(is_vrai=valeur)
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, int | float):
        return str(valeur)
    if isinstance(valeur, list) and all(isinstance(v, str) for v in valeur):
        return join_list(valeur)
    return None
