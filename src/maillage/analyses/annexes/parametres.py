"""Legal values asked for by a word: a kind of structure, a mechanism, a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillage.analyses.annexes.bareme import socle_path
from maillage.kernel.francais import format_date
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM, TYPES_SIAE
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.trace import format_quantite, legale_to_dict
from maillage.regles.engine.unites import UNITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille, ValeurLegale


@dataclass(frozen=True, slots=True)
class ParametreLu:
    """One legal value on a day, or the refusal.

    Attributes:
        feuille: The parameter.
        legale: Its value; None when the law is not known on that day.
        refus: Why; None when there is a value.
    """

    feuille: Feuille
    legale: ValeurLegale | None
    refus: Anomalie | None

    @property
    def valeur(self) -> str:
        """Value with its unit, in French; « inconnue » when there is none."""
        if self.legale is None:
            return "inconnue"
        return format_quantite(self.legale.valeur, UNITES[self.legale.unite])

    @property
    def lacunes(self) -> tuple[str, ...]:
        """Periods that were looked for and not found, in French."""
        return tuple(_write_lacunes(self.feuille))


def last_checked(legislation: Legislation) -> date:
    """Latest day on which a value of the law was compared with its text."""
    return max(
        valeur.derniere_verification
        for chemin in legislation.chemins
        for valeur in legislation.leaf(chemin).valeurs
    )


def find_parametres(mot: str | None, le: date, legislation: Legislation) -> tuple[ParametreLu, ...]:
    """Legal values that a word means, on a day.

    Args:
        mot: A kind (« ai »), a mechanism (« smic »), the start of a path or a path; None for all.
        le: The day.
        legislation: The law, as known on the day that matters.

    Raises:
        Introuvable: MLG-REG-001, no parameter answers to the word.
        PeriodeNonModelisee: none of the values asked for is known on that day.
    """
    chemins = find_chemins(mot, legislation)
    lus = tuple(_read(legislation, chemin, le) for chemin in chemins)
    refus = [lu.refus for lu in lus if lu.refus is not None]
    if len(refus) == len(lus):
        raise PeriodeNonModelisee(*refus)
    return lus


def find_chemins(mot: str | None, legislation: Legislation) -> tuple[str, ...]:
    """Paths that a word means, the base amounts first.

    Raises:
        Introuvable: MLG-REG-001, no parameter answers to the word.
    """
    if mot is None:
        return legislation.chemins
    demande = mot.strip().lower().rstrip(".")
    if demande.upper() in TYPES_SIAE:
        trouves = [c for c in legislation.chemins if _is_about(c, demande)]
        return tuple(sorted(trouves, key=lambda c: "montant_socle." not in c))
    trouves = [
        c
        for c in legislation.chemins
        if c.lower() == demande or c.lower().startswith(demande + ".")
    ]
    return tuple(trouves) if trouves else (legislation.leaf(mot).chemin,)


def refuse_without_socle(mot: str | None, lus: tuple[ParametreLu, ...]) -> None:
    """Say loudly that the amount of the kind asked for is not known.

    Raises:
        PeriodeNonModelisee: the word is a kind, and its base amount was refused.
    """
    type_siae = "" if mot is None else mot.strip().upper()
    if type_siae not in TYPES_SIAE:
        return
    socle = socle_path(type_siae, METROPOLE_DROM)
    for lu in lus:
        if lu.feuille.chemin == socle and lu.refus is not None:
            raise PeriodeNonModelisee(lu.refus)


def parametre_to_dict(lu: ParametreLu) -> dict[str, Any]:
    """One legal value as plain values; the refusal where there is none."""
    return {
        "chemin": lu.feuille.chemin,
        "description": lu.feuille.description,
        "parametre": None if lu.legale is None else legale_to_dict(lu.legale),
        "refus": None if lu.refus is None else {"code": lu.refus.code, "phrase": lu.refus.quoi},
        "lacunes": list(lu.lacunes),
    }


def parametre_row(lu: ParametreLu) -> dict[str, str | None]:
    """One legal value in one row."""
    arbre = {} if lu.legale is None else legale_to_dict(lu.legale)
    valeur = arbre.get("valeur")
    return {
        "chemin": lu.feuille.chemin,
        "valeur": None if valeur is None else str(valeur),
        "unite": lu.feuille.unite,
        "date_effet": arbre.get("date_effet"),
        "date_publication": arbre.get("date_publication"),
        "confiance": arbre.get("confiance"),
        "reference": None if lu.legale is None else lu.legale.reference.titre,
        "href": None if lu.legale is None else lu.legale.reference.href,
        "derniere_verification": arbre.get("derniere_verification"),
        "avertissement": arbre.get("avertissement") or None,
        "refus": None if lu.refus is None else lu.refus.quoi,
    }


def _read(legislation: Legislation, chemin: str, le: date) -> ParametreLu:
    feuille = legislation.leaf(chemin)
    try:
        return ParametreLu(feuille, legislation.resolve(chemin, le), None)
    except PeriodeNonModelisee as refus:
        return ParametreLu(feuille, None, refus.anomalies[0])


def _is_about(chemin: str, type_siae: str) -> bool:
    """Whether a segment of the path is the kind, alone or among the words of a name."""
    return any(type_siae in segment.lower().split("_") for segment in chemin.split("."))


def _write_lacunes(feuille: Feuille) -> Iterator[str]:
    for lacune in feuille.lacunes:
        fin = "sans fin connue" if lacune.au is None else f"au {format_date(lacune.au)}"
        yield f"Du {format_date(lacune.du)} {fin} : {lacune.phrase}."
    if feuille.valable_jusqu_au is not None:
        raison = f" : {feuille.au_dela}" if feuille.au_dela else ""
        yield f"Après le {format_date(feuille.valable_jusqu_au)}{raison}."
