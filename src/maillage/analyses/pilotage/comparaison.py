"""What changed between two extracts of one network: new, changed, suspended, vanished, caught up, late."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from maillage.indicators.pilotage.faits import FAIT, RETARD
from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, format_mois, format_nombre, join_fr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

_CENT = 100
_MONTREES = 12


class Nature(Enum):
    """What kind of change it is: code, words for one line, and what the letter advises."""

    NOUVELLE = ("nouvelle", "nouvelle annexe", "")
    DISPARUE = (
        "disparue",
        "annexe absente du nouvel extrait",
        "Une annexe qui disparaît a pu être annulée ou fusionnée : demandez au service instructeur.",
    )
    SORTIE = ("sortie", "annexe d’une année qui sort de l’extrait", "")
    AVENANT = ("avenant", "nouvel avenant", "")
    ETAT = ("etat", "état", "")
    POSTES = (
        "postes",
        "postes agréés",
        "Vérifiez que les postes agréés sont ceux de votre convention, et à partir de quel mois.",
    )
    MONTANT = ("montant", "montant", "")
    DATES = ("dates", "période", "")
    SUSPENDUE = (
        "suspendue",
        "paiement suspendu",
        "Une suspension arrête les versements : demandez-en le motif au service instructeur.",
    )
    REPRISE = ("reprise", "paiement repris", "")
    REJETEE = ("rejetee", "annexe rejetée", "")
    REJET_LEVE = ("rejet_leve", "rejet levé", "")
    RATTRAPES = ("rattrapes", "mois saisis depuis", "")
    EN_RETARD = (
        "en_retard",
        "mois devenus en retard",
        (
            "Saisissez et validez ces mois sur l’extranet de l’ASP : ils comptent comme non réalisés "
            "d’ici là."
        ),
    )
    HEURES = (
        "heures",
        "heures d’un mois déjà saisi",
        "Des heures déjà saisies ont changé : vérifiez que c’est bien de votre fait.",
    )

    def __init__(self, code: str, libelle: str, conseil: str) -> None:
        self.code = code
        self.libelle = libelle
        self.conseil = conseil


URGENTES = (Nature.SUSPENDUE, Nature.REJETEE, Nature.DISPARUE, Nature.EN_RETARD)
"""What to look at first."""


@dataclass(frozen=True, slots=True)
class Changement:
    """One change of one annexe.

    Attributes:
        nature: Its kind.
        cle: (asp_id, type) of the structure.
        denomination: Of the structure, in the newer extract that has it.
        annexe_id: Of the ASP.
        numero: With its amendments, in the newer extract that has it.
        libelle: What changes, in words.
        avant: Old value as shown; empty when there was none.
        apres: New value.
        rejet: Motives of rejection, for a rejected annexe.
    """

    nature: Nature
    cle: Cle
    denomination: str
    annexe_id: int
    numero: str
    libelle: str
    avant: str
    apres: str
    rejet: str = ""


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two extracts side by side.

    Attributes:
        avant: The older.
        apres: The newer.
        changements: Every change, by structure then annexe; nothing for an annexe that did not change.
        identiques: Annexes of both in which nothing changed.
        communes: Annexes of both.
    """

    avant: Faits
    apres: Faits
    changements: tuple[Changement, ...]
    identiques: int
    communes: int

    def count(self, nature: Nature) -> int:
        """How many changes of a kind."""
        return sum(changement.nature is nature for changement in self.changements)


def compare(avant: Faits, apres: Faits, structures: frozenset[Cle] | None = None) -> Comparaison:
    """Everything that changed between two extracts.

    Args:
        avant: The older.
        apres: The newer.
        structures: Only these; all of them for None.

    Raises:
        SaisieInvalide: MLG-PIL-020, the same extract twice, or in the wrong order; MLG-PIL-021, they
            have no structure in common.
    """
    _check(avant, apres)
    anciennes, nouvelles = _read(avant, structures), _read(apres, structures)
    changements: list[Changement] = []
    identiques = 0
    premiere_annee = min((a["millesime"] for a in nouvelles.values()), default=0)
    for annexe_id in sorted(anciennes.keys() | nouvelles.keys()):
        vieille, jeune = anciennes.get(annexe_id), nouvelles.get(annexe_id)
        trouves = (
            list(_compare_both(vieille, jeune))
            if vieille and jeune
            else [_appear_or_vanish(vieille, jeune, premiere_annee)]
        )
        identiques += not trouves
        changements += trouves
    changements.sort(key=lambda c: (c.denomination, c.cle, c.numero, c.annexe_id))
    return Comparaison(
        avant,
        apres,
        tuple(changements),
        identiques,
        len(anciennes.keys() & nouvelles.keys()),
    )


def _check(avant: Faits, apres: Faits) -> None:
    """Refuse what cannot be compared.

    Raises:
        SaisieInvalide: see `compare`.
    """
    jours = avant.extrait.extraction, apres.extrait.extraction
    if avant.extrait.identifiant == apres.extrait.identifiant or jours[0] >= jours[1]:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-020",
                f"L’extrait du {format_date(jours[0])} n’est pas plus ancien que celui du "
                f"{format_date(jours[1])}.",
                "Donnez d’abord l’ancien, puis le nouveau.",
            )
        )
    if not set(index_structures(avant).cles) & set(index_structures(apres).cles):
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-021",
                "Ces deux extraits n’ont aucune structure en commun : ils ne sont pas du même réseau.",
                "Choisissez deux extraits du même réseau.",
            )
        )


_COLONNES = (
    *("annexe_id", "asp_id", "type", "denomination", "numero", "millesime", "etat", "suspendue"),
    *("rejet_code", "debut", "fin", "etp_centiemes", "montant_unitaire_centimes"),
    "montant_total_centimes",
)


def _read(faits: Faits, structures: frozenset[Cle] | None) -> dict[int, dict[str, Any]]:
    """Annexes by identifier, with what they hold and their months entered and late."""
    lignes = faits.annexes.select(list(_COLONNES)).to_pylist()
    annexes = {
        ligne["annexe_id"]: {**ligne, "mois": {}, "retards": set()}
        for ligne in lignes
        if structures is None or (ligne["asp_id"], ligne["type"]) in structures
    }
    mois = faits.mois.select(["annexe_id", "annee", "mois", "statut", "heures_centiemes"])
    for ligne in mois.to_pylist():
        annexe = annexes.get(ligne["annexe_id"])
        if annexe is None:
            continue
        cle = (ligne["annee"], ligne["mois"])
        if ligne["statut"] == FAIT:
            annexe["mois"][cle] = ligne["heures_centiemes"]
        elif ligne["statut"] == RETARD:
            annexe["retards"].add(cle)
    return annexes


def _make(
    annexe: dict[str, Any], nature: Nature, avant: str, apres: str, **autres: str
) -> Changement:
    return Changement(
        nature=nature,
        cle=(annexe["asp_id"], annexe["type"]),
        denomination=annexe["denomination"] or "",
        annexe_id=annexe["annexe_id"],
        numero=annexe["numero"],
        libelle=autres.get("libelle", nature.libelle),
        avant=avant,
        apres=apres,
        rejet=autres.get("rejet", ""),
    )


def _appear_or_vanish(
    vieille: dict[str, Any] | None, jeune: dict[str, Any] | None, premiere_annee: int
) -> Changement:
    if jeune is not None:
        return _make(jeune, Nature.NOUVELLE, "", _describe(jeune))
    annexe: dict[str, Any] = vieille or {}
    # extracts go back two years: an annexe of a year that none of the newer has is no loss
    nature = Nature.SORTIE if annexe["millesime"] < premiere_annee else Nature.DISPARUE
    return _make(annexe, nature, _describe(annexe), "")


def _describe(annexe: dict[str, Any]) -> str:
    return f"{_posts(annexe['etp_centiemes'])}, {_period(annexe)}, {annexe['etat']}"


def _compare_both(vieille: dict[str, Any], jeune: dict[str, Any]) -> Iterator[Changement]:
    for nature, champs, montre in _CHAMPS:
        if any(vieille[champ] != jeune[champ] for champ in champs):
            yield _make(jeune, nature, montre(vieille), montre(jeune))
    if vieille["suspendue"] != jeune["suspendue"]:
        yield _make(jeune, Nature.SUSPENDUE if jeune["suspendue"] else Nature.REPRISE, "", "")
    if vieille["rejet_code"] != jeune["rejet_code"]:
        codes = jeune["rejet_code"]
        yield _make(
            jeune,
            Nature.REJETEE if codes else Nature.REJET_LEVE,
            vieille["rejet_code"],
            codes,
            rejet=codes,
        )
    yield from _compare_months(vieille, jeune)


def _compare_months(vieille: dict[str, Any], jeune: dict[str, Any]) -> Iterator[Changement]:
    rattrapes = [m for m in sorted(vieille["retards"]) if m in jeune["mois"]]
    if rattrapes:
        yield _make(jeune, Nature.RATTRAPES, "en retard", _months(rattrapes))
    nouveaux = sorted(jeune["retards"] - vieille["retards"])
    if nouveaux:
        yield _make(jeune, Nature.EN_RETARD, "", _months(nouveaux))
    for mois in sorted(vieille["mois"].keys() & jeune["mois"].keys()):
        avant, apres = vieille["mois"][mois], jeune["mois"][mois]
        if avant != apres:
            yield _make(
                jeune,
                Nature.HEURES,
                _hours(avant),
                _hours(apres),
                libelle=f"heures de {format_mois(*mois)}",
            )


def _months(mois: list[tuple[int, int]]) -> str:
    noms = [format_mois(annee, numero) for annee, numero in mois[:_MONTREES]]
    return join_fr(noms) + ("…" if len(mois) > _MONTREES else "")


def _hours(centiemes: int | None) -> str:
    return "inconnues" if centiemes is None else f"{format_nombre(centiemes / _CENT, 2)} h"


def _posts(centiemes: int | None) -> str:
    return "postes inconnus" if centiemes is None else f"{format_nombre(centiemes / _CENT, 2)} ETP"


def _euros(centimes: int | None) -> str:
    return "inconnu" if centimes is None else f"{format_nombre(centimes / _CENT, 2)} €"


def _amounts(annexe: dict[str, Any]) -> str:
    unitaire, total = annexe["montant_unitaire_centimes"], annexe["montant_total_centimes"]
    return f"{_euros(unitaire)} par ETP et par an, {_euros(total)} en tout"


def _period(annexe: dict[str, Any]) -> str:
    return f"{_day(annexe['debut'])} – {_day(annexe['fin'])}"


def _day(jour: date | None) -> str:
    return "inconnu" if jour is None else format_date(jour)


_CHAMPS: tuple[tuple[Nature, tuple[str, ...], Callable[[dict[str, Any]], str]], ...] = (
    (Nature.AVENANT, ("numero",), lambda annexe: annexe["numero"]),
    (Nature.ETAT, ("etat",), lambda annexe: annexe["etat"] or "inconnu"),
    (Nature.POSTES, ("etp_centiemes",), lambda annexe: _posts(annexe["etp_centiemes"])),
    (Nature.MONTANT, ("montant_unitaire_centimes", "montant_total_centimes"), _amounts),
    (Nature.DATES, ("debut", "fin"), _period),
)
"""What is compared field by field: kind of change, fields, how they are shown."""
