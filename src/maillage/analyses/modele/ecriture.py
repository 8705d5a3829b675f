"""A version of a model written as a file that the reader reads back as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import Origine
from maillage.indicators.modele.cadre import MOIS_PAR_AN, TOUS_LES_MOIS, Prix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.analyses.modele.hypotheses import Chiffre, Hypotheses
    from maillage.indicators.modele.cadre import Cadre

_MOTS = {Origine.DONNEE: "source", Origine.HYPOTHESE: "hypothese"}
_EGAL = (1.0,) * MOIS_PAR_AN


def write_hypotheses(hypotheses: Hypotheses, entete: Iterable[str] = ()) -> str:
    """Text of a version; what comes from the law or from a default is not written.

    Args:
        hypotheses: The version.
        entete: Lines of comment at the top.
    """
    lignes = [
        *(f"# {ligne}" for ligne in entete),
        "format = 1",
        f"nom = {_text(hypotheses.nom)}",
        f"date = {hypotheses.le.isoformat()}",
        *_write_structure(hypotheses.cadre),
        *_write_sections(hypotheses),
        *_write_tirages(hypotheses),
    ]
    return "\n".join(lignes) + "\n"


def _write_structure(cadre: Cadre) -> Iterator[str]:
    yield from ("", "[structure]", f"type = {_text(cadre.type_siae)}")
    yield from (f"debut = {cadre.debut.isoformat()}", f"territoire = {_text(cadre.territoire)}")
    yield from (f"effectif = {cadre.effectif}", f"association = {_yes(cadre.est_association)}")
    yield from ("", "[lectures]", f"conges_payes = {_text(cadre.lecture.value)}")
    yield f"taxe_salaires_due = {_yes(cadre.taxe_salaires_due)}"
    yield f"insertion_dans_assiette = {_yes(cadre.insertion_dans_assiette)}"
    yield f"mois_part_modulee = {cadre.mois_part_modulee}"


def _write_sections(hypotheses: Hypotheses) -> Iterator[str]:
    propres = dict(_list_propres(hypotheses.cadre))
    section = ""
    for cle in hypotheses.list_cles():
        racine, _, nom = cle.chemin.rpartition(".")
        if racine != section:
            section = racine
            yield from ("", f"[{section}]", *propres.get(section, ()))
        chiffre = hypotheses.chiffres.get(cle.chemin)
        if chiffre is not None and chiffre.origine in _MOTS:
            yield f"{nom} = {_figure(chiffre)}"


def _list_propres(cadre: Cadre) -> Iterator[tuple[str, list[str]]]:
    """Lines of each section that are not figures."""
    for client in cadre.clients:
        lignes = [f"libelle = {_text(client.libelle)}"]
        if client.saisonnalite != _EGAL:
            lignes.append(f"saisonnalite = [{', '.join(map(_number, client.saisonnalite))}]")
        if client.prix is Prix.MONTANT and not client.suit_les_heures:
            lignes.append("suit_les_heures = false")
        yield f"clients.{client.code}", lignes
    for poste in cadre.postes:
        role = f"role = {_text(poste.role.value)}"
        yield f"postes.{poste.code}", [f"libelle = {_text(poste.libelle)}", role]
    for charge in cadre.charges:
        paye = [] if charge.is_decaissable else ["decaissable = false"]
        yield f"charges.{charge.code}", [*_label(charge.libelle, charge.mois), *paye]
    for un in cadre.ressources:
        nature = f"nature = {_text(un.nature.value)}"
        yield f"ressources.{un.code}", [*_label(un.libelle, un.mois), nature]
    for mouvement in cadre.mouvements:
        mois = f"mois = {mouvement.mois}"
        yield f"mouvements.{mouvement.code}", [f"libelle = {_text(mouvement.libelle)}", mois]
    yield "tresorerie", [f"horizon_mois = {cadre.horizon}"]


def _write_tirages(hypotheses: Hypotheses) -> Iterator[str]:
    tirages = hypotheses.tirages
    yield from ("", "[tirages]", f"nombre = {tirages.nombre}", f"graine = {tirages.graine}")
    for un in tirages.lois:
        loi = un.loi
        yield from ("", "[[tirages.lois]]", f"sur = {_text(loi.chemin)}")
        yield from (f"forme = {_text(loi.forme.value)}", f"bas = {_number(loi.bas)}")
        yield from (f"haut = {_number(loi.haut)}", f"hypothese = {_text(un.raison)}")
        yield f"effet = {_text('facteur' if loi.est_facteur else 'ecart')}"


def _label(libelle: str, mois: tuple[int, ...]) -> list[str]:
    quand = [] if mois == TOUS_LES_MOIS else [f"mois = [{', '.join(map(str, mois))}]"]
    return [f"libelle = {_text(libelle)}", *quand]


def _figure(chiffre: Chiffre) -> str:
    mot = _MOTS[chiffre.origine]
    return f"{{ valeur = {_number(chiffre.valeur)}, {mot} = {_text(chiffre.source)} }}"


def _number(nombre: float) -> str:
    return str(int(nombre)) if float(nombre).is_integer() else repr(float(nombre))


def _text(texte: str) -> str:
    """A basic string: JSON's escapes are TOML's."""
    return json.dumps(texte, ensure_ascii=False)


def _yes(vrai: bool) -> str:  # noqa: FBT001 — the value itself
    return "true" if vrai else "false"
