"""Two extracts of one network: what is new, changed, suspended, gone, rejected, caught up, late."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.comparaison_annexes import (
    CHAMPS,
    CHAMPS_STRUCTURE,
    ETP,
    MONTANT,
    Cote,
    classify,
    find_comparable,
    find_rejet,
    find_suspension,
    key_of,
    list_changes,
)
from maillage.analyses.pilotage.comparaison_changement import URGENTES, Changement, Nature
from maillage.analyses.pilotage.comparaison_lignes import list_changements
from maillage.analyses.pilotage.comparaison_modele import (
    ChangementAnnexe,
    ChangementStructure,
    Comparaison,
)
from maillage.analyses.pilotage.comparaison_mois import compare_months, count_late
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import accorder, format_date, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.pilotage.comparaison_annexes import Champ, Rangee
    from maillage.analyses.pilotage.comparaison_modele import ChangementMois
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur

__all__ = [
    "URGENTES",
    "Changement",
    "Comparaison",
    "Nature",
    "compare",
    "open_comparaison",
    "restrict",
]
_GARDEES = 2


def compare(avant: Faits, apres: Faits, structures: frozenset[Cle] | None = None) -> Comparaison:
    """What changed of a network from an extract to a later one. Kept in memory once computed.

    Args:
        avant: Facts of the older extract.
        apres: Facts of the newer one.
        structures: Only these; all of them for None.

    Raises:
        SaisieInvalide: the two are the same extract, or in the wrong order (MLG-PIL-020); they have
            nothing in common (MLG-PIL-021).
    """
    entiere = _compare(avant, apres)
    return entiere if structures is None else restrict(entiere, Filtre(structures=structures))


@lru_cache(maxsize=_GARDEES)
def _compare(avant: Faits, apres: Faits) -> Comparaison:
    _check_order(avant, apres)
    cotes = Cote(avant), Cote(apres)
    _check_common(*cotes)
    champs = find_comparable(CHAMPS, *cotes)
    has_mois = avant.has_saisies and apres.has_saisies
    mois = compare_months(avant, apres) if has_mois else {}
    tardifs = count_late(avant), count_late(apres)
    annexes = [
        _compare_annexe(
            annexe_id,
            cotes,
            champs,
            mois.get(annexe_id, ()),
            (tardifs[0].get(annexe_id, 0), tardifs[1].get(annexe_id, 0)),
        )
        for annexe_id in sorted({*cotes[0].annexes, *cotes[1].annexes})
    ]
    structures = _group(annexes, cotes)
    return Comparaison(
        avant=avant,
        apres=apres,
        structures=structures,
        changements=list_changements(structures),
        has_mois=has_mois,
        avertissements=tuple(_warn(cotes, champs)),
    )


def open_comparaison(avant: str | None = None, apres: str | None = None) -> Comparaison:
    """Compare two extracts that were imported.

    Args:
        avant: Word of the older one, as `find_extrait` takes; without it, the one before the newest.
        apres: Word of the newer one; without it, the newest.

    Raises:
        Introuvable: a word means no extract (MLG-FLX-030), or fewer than two were imported
            (MLG-PIL-022).
        SaisieInvalide: the two cannot be compared, see `compare`.
    """
    tous = list_extraits()
    if len(tous) < 2:  # noqa: PLR2004 — a comparison has two sides
        raise Introuvable(
            Anomalie(
                "MLG-PIL-022",
                "Il faut deux extraits pour comparer : "
                f"{'un seul est importé' if tous else 'aucun n’est importé'}.",
                "Importez-en un autre du même réseau : maillage flux importer FICHIERS…",
            )
        )
    return compare(load_faits(avant or tous[1].identifiant), load_faits(apres))


def restrict(comparaison: Comparaison, filtre: Filtre) -> Comparaison:
    """The same, on the annexes that a filter keeps; a structure without any of them is left out."""
    structures = []
    for structure in comparaison.structures:
        annexes = tuple(annexe for annexe in structure.annexes if _is_kept(annexe, filtre))
        if annexes:
            structures.append(replace(structure, annexes=annexes))
    return replace(
        comparaison,
        structures=tuple(structures),
        changements=list_changements(structures),
    )


def _is_kept(annexe: ChangementAnnexe, filtre: Filtre) -> bool:
    criteres = (
        (filtre.types or None, annexe.cle[1]),
        (filtre.departements_argent or None, annexe.departement_argent),
        (filtre.departements_structure or None, annexe.departement_structure),
        (filtre.communes, annexe.commune),
        (filtre.structures, annexe.cle),
    )
    return all(permises is None or valeur in permises for permises, valeur in criteres)


def _check_order(avant: Faits, apres: Faits) -> None:
    ancien, nouveau = avant.extrait, apres.extrait
    if ancien.identifiant == nouveau.identifiant:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-020",
                f"C’est deux fois le même extrait : {ancien.identifiant}, du "
                f"{format_date(ancien.extraction)}.",
                "Donnez deux extraits de jours différents ; « maillage flux lister » les montre.",
            )
        )
    if ancien.extraction > nouveau.extraction:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-020",
                f"Les deux extraits sont inversés : le premier est du {format_date(ancien.extraction)}, le "
                f"second du {format_date(nouveau.extraction)}.",
                f"Donnez d’abord le plus ancien : {nouveau.identifiant} puis {ancien.identifiant}.",
            )
        )


def _check_common(ancien: Cote, recent: Cote) -> None:
    """Refuse two extracts that do not speak of the same structures.

    Raises:
        SaisieInvalide: nothing in common (MLG-PIL-021).
    """
    synthetiques = [cote.faits.extrait.is_synthetic for cote in (ancien, recent)]
    if ancien.structures & recent.structures and synthetiques[0] == synthetiques[1]:
        return
    pourquoi = (
        "aucune structure n’est dans les deux"
        if synthetiques[0] == synthetiques[1]
        else "l’un est réel, l’autre synthétique"
    )
    raise SaisieInvalide(
        Anomalie(
            "MLG-PIL-021",
            f"Les extraits {ancien.faits.extrait.identifiant} et {recent.faits.extrait.identifiant} "
            f"n’ont rien en commun : {pourquoi}.",
            "Comparez deux extraits du même réseau ; « maillage flux lister » les montre.",
        )
    )


def _compare_annexe(
    annexe_id: int,
    cotes: tuple[Cote, Cote],
    champs: tuple[Champ, ...],
    mois: tuple[ChangementMois, ...],
    retards: tuple[int, int],
) -> ChangementAnnexe:
    avant, apres = (cote.annexes.get(annexe_id) for cote in cotes)
    lue = apres or avant or {}
    changes = list_changes(champs, avant, apres) if avant and apres else ()
    classe, raison = classify(avant, apres, cotes[1], changes)
    noms = {champ.nom for champ in champs}
    return ChangementAnnexe(
        annexe_id=annexe_id,
        numero=lue["numero"] or "",
        cle=key_of(lue),
        **{nom: lue[nom] or "" for nom in _TEXTES},
        millesime=lue["millesime"] or 0,
        etp=_read_number(ETP, lue),
        is_comptee=bool(apres and apres["compte_pilotage"]),
        classe=classe,
        raison=raison,
        champs=changes,
        suspension=find_suspension(avant if "suspendue" in noms else apres, apres),
        rejet=find_rejet(avant if "rejet_code" in noms else apres, apres),
        montant_avant=_read_number(MONTANT, avant),
        montant_apres=_read_number(MONTANT, apres),
        mois=mois,
        retards_avant=retards[0],
        retards_apres=retards[1],
    )


_TEXTES = (
    *("denomination", "siret", "departement_argent", "departement_structure", "commune"),
    "etat",
)


def _read_number(champ: Champ, rangee: Rangee | None) -> Valeur:
    if rangee is None:
        return Absence.SANS_OBJET
    valeur = champ.read(rangee)
    return valeur if isinstance(valeur, float | Absence) else Absence.INCONNUE


def _group(
    annexes: list[ChangementAnnexe], cotes: tuple[Cote, Cote]
) -> tuple[ChangementStructure, ...]:
    """Annexes by structure and kind, in the order of names."""
    champs = find_comparable(CHAMPS_STRUCTURE, *cotes)
    premieres = [_first_by_key(cote) for cote in cotes]
    par_cle: dict[Cle, list[ChangementAnnexe]] = {}
    for annexe in annexes:
        par_cle.setdefault(annexe.cle, []).append(annexe)
    structures = []
    for cle, siennes in par_cle.items():
        avant, apres = (premiere.get(cle) for premiere in premieres)
        lue = apres or avant or {}
        structures.append(
            ChangementStructure(
                cle=cle,
                denomination=lue["denomination"] or "",
                siret=lue["siret"] or "",
                departement_structure=lue["departement_structure"] or "",
                champs=list_changes(champs, avant, apres) if avant and apres else (),
                annexes=tuple(sorted(siennes, key=lambda a: (a.numero, a.annexe_id))),
            )
        )
    return tuple(sorted(structures, key=lambda s: (s.denomination, s.cle)))


def _first_by_key(cote: Cote) -> dict[Cle, Rangee]:
    """An annexe of each structure: what it says of the structure, all of them say."""
    premieres: dict[Cle, Rangee] = {}
    for rangee in cote.annexes.values():
        premieres.setdefault(key_of(rangee), rangee)
    return premieres


def _warn(cotes: tuple[Cote, Cote], champs: tuple[Champ, ...]) -> Iterable[str]:
    """What a reader must know before reading the changes."""
    ancien, recent = cotes
    jours = [cote.faits.extrait.extraction for cote in cotes]
    if jours[0] == jours[1]:
        yield (
            f"Les deux extraits sont du même jour, le {format_date(jours[0])} : rien ne dit lequel "
            "précède l’autre."
        )
    for nom, cote in (("ancien", ancien), ("nouveau", recent)):
        if not cote.faits.has_saisies:
            yield (
                f"L’{nom} extrait n’a pas les relevés mensuels : les mois ne sont pas comparés."
                if nom == "ancien"
                else f"Le {nom} extrait n’a pas les relevés mensuels : les mois ne sont pas comparés."
            )
    absents = [champ.libelle for champ in CHAMPS if champ not in champs]
    if absents:
        yield f"Un des extraits n’a pas ces colonnes, qui ne sont pas comparées : {join_fr(absents)}."
    yield from _warn_of_structures(ancien.structures, recent.structures)
    plus_tot = sorted(
        annee for annee in recent.millesimes if all(autre > annee for autre in ancien.millesimes)
    )
    if plus_tot:
        yield (
            f"Le nouvel extrait remonte plus loin que l’ancien : les annexes de "
            f"{join_fr(map(str, plus_tot))} y paraissent nouvelles sans l’être."
        )


def _warn_of_structures(anciennes: frozenset[int], recentes: frozenset[int]) -> Iterable[str]:
    parties, venues = len(anciennes - recentes), len(recentes - anciennes)
    if parties or venues:
        yield (
            f"{accorder(len(anciennes & recentes), 'structure est', 'structures sont')} dans les deux "
            f"extraits, {parties} dans l’ancien seulement, {venues} dans le nouveau seulement."
        )
