"""The live figures that a text may cite, read from the atlas of this process."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maillage.analyses.diagnosis.atlas import CODE_FRANCE
from maillage.analyses.diagnosis.search import chercher
from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import ESPACE_FINE, guillemets
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.publications.texte.chiffres import ChiffreAffiche, Reference, proches
from maillage.web.publications.texte.folding import word_forms
from maillage.web.territoires import donnees
from maillage.web.territoires.figures import (
    libelle_periode,
    texte_chiffre,
    unite_affichee,
    url_chiffre,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.diagnosis.model import Chiffre

_LIEUX = 3
_RESULTATS = 8


class ChiffresDeLAtlas:
    """Knows every figure of the site, with the page that defends it."""

    def check(self, reference: Reference) -> tuple[Anomalie, ...]:
        """Problems of a reference: unknown indicator, territory, period or version."""
        atlas = donnees.atlas()
        problems: list[Anomalie] = []
        connus = set(atlas.cartes)
        if reference.indicateur not in connus:
            problems.append(_unknown_indicator(reference.indicateur, connus))
        try:
            atlas.territoire(reference.niveau, reference.code)
        except UserError as error:
            problems += error.anomalies
        if not problems:
            problems += _check_period(reference)
        if reference.version and not atlas.cube.version.startswith(reference.version):
            problems.append(
                Anomalie(
                    "MLG-PUB-203",
                    f"Le chiffre {guillemets(str(reference))} demande une version des données qui n’est "
                    f"pas celle d’ici ({atlas.cube.version[:12]}).",
                    "Enlevez version=…, ou citez ce chiffre avec la version d’ici.",
                )
            )
        return tuple(problems)

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        """The figure as it stands today."""
        return show(_read(reference))


def _unknown_indicator(code: str, connus: Iterable[str]) -> Anomalie:
    voisins = proches(code, connus)
    return Anomalie(
        "MLG-PUB-201",
        f"L’indicateur {guillemets(code)} n’existe pas.",
        f"Vouliez-vous dire {voisins}{ESPACE_FINE}?"
        if voisins
        else "Cherchez-le par « Insérer un chiffre ».",
    )


def _check_period(reference: Reference) -> list[Anomalie]:
    periodes = donnees.atlas().periodes_de(reference.indicateur, reference.niveau)
    if not periodes:
        quoi = f"{guillemets(reference.indicateur)} n’a pas de chiffre à ce niveau."
        return [Anomalie("MLG-PUB-202", quoi, "Choisissez un autre niveau de territoire.")]
    if reference.periode and reference.periode not in periodes:
        quoi = (
            f"{guillemets(reference.indicateur)} n’a pas de chiffre pour la période "
            f"{guillemets(reference.periode)}."
        )
        conseil = f"Périodes connues\u00a0: de {periodes[0]} à {periodes[-1]}."
        return [Anomalie("MLG-PUB-202", quoi, conseil)]
    return []


def _read(reference: Reference) -> Chiffre:
    atlas = donnees.atlas()
    territoire = atlas.territoire(reference.niveau, reference.code)
    periode = (
        reference.periode or atlas.periodes_de(reference.indicateur, reference.niveau)[-1]
    )
    return atlas.chiffre(reference.indicateur, reference.niveau, territoire.code, periode)


def show(chiffre: Chiffre) -> ChiffreAffiche:
    """A figure ready to stand in a sentence."""
    atlas = donnees.atlas()
    carte = chiffre.carte
    absence = chiffre.valeur if isinstance(chiffre.valeur, Absence) else None
    texte = "" if absence else texte_chiffre(carte, chiffre.valeur)
    unite = unite_affichee(carte)
    # the unit agrees with the number: it is cut from the text, not written again
    valeur, unite_accordee = _split_unit(texte) if unite else (texte, "")
    territoire = atlas.territoire(chiffre.niveau, chiffre.code)
    return ChiffreAffiche(
        valeur=valeur,
        unite=unite_accordee,
        periode=libelle_periode(chiffre.periode),
        adresse=url_chiffre(chiffre.niveau, chiffre.code, carte.code, chiffre.periode),
        intitule=f"{carte.nom}, {territoire.nom}",
        absence="" if absence is None else absence.value,
        absence_code="" if absence is None else absence.code,
        version=atlas.cube.version[:12],
    )


def _split_unit(texte: str) -> tuple[str, str]:
    for rang, caractere in enumerate(texte):
        if caractere.isalpha() or caractere in "%‰€":
            return texte[:rang].rstrip(), texte[rang:]
    return texte, ""


def freeze(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """The figures of a text as they are today, each with its pedigree, ready for JSON."""
    return [_freeze(reference) for reference in dict.fromkeys(references)]


def _freeze(reference: Reference) -> dict[str, Any]:
    chiffre = _read(reference)
    pedigree = chiffre.pedigree
    return {
        "reference": {**asdict(reference), "niveau": reference.niveau.value},
        "chiffre": asdict(show(chiffre)),
        "pedigree": {
            "periode": chiffre.periode,
            "version": pedigree.version,
            "exacte": None if isinstance(chiffre.valeur, Absence) else float(chiffre.valeur),
            "motif": chiffre.motif,
            "methode": pedigree.methode,
            "sources": [f"{s.producteur}, {s.titre} ({s.licence})" for s in pedigree.sources],
        },
    }


def search(indicateur: str, lieu: str) -> list[tuple[str, ChiffreAffiche]]:
    """Figures that a search by words finds, each with the reference that cites it.

    Args:
        indicateur: Words of the name of an indicator, whatever their accents and order.
        lieu: Name or code of a territory; empty for the whole country.
    """
    atlas = donnees.atlas()
    mots = word_forms(indicateur)
    cartes = [c for c in atlas.cartes.values() if _holds(word_forms(f"{c.nom} {c.code}"), mots)]
    lieux = [p.territoire for p in chercher(atlas, lieu, _LIEUX)] if lieu.strip() else []
    if not lieux and not lieu.strip():
        lieux = [atlas.territoire(Niveau.FRANCE, CODE_FRANCE)]
    found = []
    for territoire in lieux:
        for carte in cartes:
            if len(found) < _RESULTATS and atlas.periodes_de(carte.code, territoire.niveau):
                reference = Reference(carte.code, territoire.niveau, territoire.code)
                found.append((f"{{{{ {reference} }}}}", show(_read(reference))))
    return found


def _holds(mots: tuple[str, ...], cherches: tuple[str, ...]) -> bool:
    """Whether each word asked for starts a word of the name."""
    return all(any(mot.startswith(cherche) for mot in mots) for cherche in cherches)
