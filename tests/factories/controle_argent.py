"""The account of public money a second time, row by row from the text of the files and nothing else.

Nothing of `analyses` nor of `indicators` is computed with.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from factories.argent_public import AIDES
from factories.reseau_synthetique import read_view

if TYPE_CHECKING:
    from pathlib import Path

    Rangee = dict[str, str]
    Cle = tuple[str, str]

_RANG = {"VALIDE": 0, "PROVISOIRE": 0, "CLOTURE": 1}


def day(texte: str) -> date:
    return datetime.strptime(texte[:10], "%d/%m/%Y").date()  # noqa: DTZ007 — a day, no hour


def kind(annexe: Rangee) -> str:
    return annexe["af_mesure_dispositif_code"].split("_")[0].replace("PA", "")


def key(annexe: Rangee) -> Cle:
    return annexe["af_id_structure"], kind(annexe)


def touches(annexe: Rangee, annee: int) -> bool:
    return day(annexe["af_date_debut_effet"]).year <= annee <= day(annexe["af_date_fin_effet"]).year


def read_annexes(dossier: Path) -> list[Rangee]:
    """One row per annexe that counts: what is in force says it, else its last amendment."""
    versions: defaultdict[str, list[Rangee]] = defaultdict(list)
    for row in read_view(dossier, "AnnexeFinanciere").to_pylist():
        if not row["af_mesure_dispositif_code"].startswith("FDI"):
            versions[row["af_id_annexe_financiere"]].append(row)
    kept = [
        min(
            rows,
            key=lambda row: (
                _RANG.get(row["af_etat_annexe_financiere_code"], 2),
                -int(row["af_numero_avenant_modification"] or 0),
            ),
        )
        for rows in versions.values()
    ]
    return [row for row in kept if row["af_etat_annexe_financiere_code"] in _RANG]


def read_hours(dossier: Path, annee: int) -> dict[tuple[str, int], Fraction]:
    """Hours of each annexe and month in which something was entered."""
    hours: defaultdict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for row in read_view(dossier, "EtatMensuelIndiv").to_pylist():
        if row["emi_sme_annee"] == str(annee) and row["emi_esm_etat_code"] != "BROUILLON":
            place = row["emi_afi_id"], int(row["emi_sme_mois"])
            hours[place] += Fraction(row["emi_nb_heures_travail"] or 0)
    return hours


def find_declaration(annexes: list[Rangee], cle: Cle, annee: int) -> Rangee | None:
    """Annexe that declares the year: the latest that is closed, of the years that follow first."""
    for later in (annee + 2, annee + 1, annee):
        own = [
            row
            for row in annexes
            if key(row) == cle
            and touches(row, later)
            and Fraction(row["af_total_produits_exploit"] or 0) > 0
        ]
        if own:
            best = max(
                own,
                key=lambda row: (
                    day(row["af_date_cloture_exercice"]),
                    Fraction(row["af_total_produits_exploit"]),
                ),
            )
            if day(best["af_date_cloture_exercice"]).year == annee:
                return best
    return None


def list_months(annexe: Rangee, annee: int) -> list[int]:
    debut, fin = day(annexe["af_date_debut_effet"]), day(annexe["af_date_fin_effet"])
    return [
        m for m in range(1, 13) if (debut.year, debut.month) <= (annee, m) <= (fin.year, fin.month)
    ]


def gather_units(
    rows: list[Rangee], annexes: list[Rangee], annee: int
) -> list[tuple[list[Rangee], Rangee | None]]:
    """Annexes that share accounts, with the declaration: all those of an organisation unless it has several."""
    declared = {cle: find_declaration(annexes, cle, annee) for cle in {key(row) for row in rows}}
    accounts: dict[tuple[str, str], Rangee] = {}
    for one in declared.values():
        if one is not None:
            place = one["af_date_cloture_exercice"], one["af_total_produits_exploit"]
            accounts[place] = one
    if len(accounts) <= 1:
        return [(rows, next(iter(accounts.values()), None))]
    units: defaultdict[Any, list[Rangee]] = defaultdict(list)
    for row in rows:
        one = declared[key(row)]
        fields = ("af_date_cloture_exercice", "af_total_produits_exploit")
        units[tuple(one[field] for field in fields) if one else key(row)].append(row)
    return [(members, accounts.get(place)) for place, members in units.items()]


def recount(dossier: Path, annee: int) -> list[dict[str, Any]]:
    """One row per set of accounts: kinds, aide agreed, declared euros, posts and hours of a whole year."""
    annexes, hours = read_annexes(dossier), read_hours(dossier, annee)
    organismes: defaultdict[str, list[Rangee]] = defaultdict(list)
    for row in annexes:
        if touches(row, annee):
            organismes[row["af_id_structure"]].append(row)
    return [
        {"organisme": organisme, **count_unit(members, declaration, hours, annee)}
        for organisme, rows in organismes.items()
        for members, declaration in gather_units(rows, annexes, annee)
    ]


def count_unit(
    rows: list[Rangee],
    declaration: Rangee | None,
    hours: dict[tuple[str, int], Fraction],
    annee: int,
) -> dict[str, Any]:
    """One set of accounts; what it declares only counts when every month is entered."""
    agreed = {"etat": Fraction(0), "departement": Fraction(0)}
    etp, heures, whole = Fraction(0), Fraction(0), True
    for row in rows:
        months = list_months(row, annee)
        debut, fin = day(row["af_date_debut_effet"]), day(row["af_date_fin_effet"])
        length = 12 * (fin.year - debut.year) + fin.month - debut.month + 1
        part = Fraction(row["af_mt_cofinance"] or 0)
        part = part if row["af_indic_cofinancement"] == "true" else Fraction(0)
        agreed["departement"] += part * len(months) / length
        agreed["etat"] += (Fraction(row["af_montant_total_annuel"]) - part) * len(months) / length
        done = [hours.get((row["af_id_annexe_financiere"], month)) for month in months]
        whole = whole and None not in done
        worked = sum((one for one in done if one is not None), Fraction(0))
        etp += worked / Fraction(row["af_duree_heure_annuel_etp_valeur"])
        heures += worked
    declared = None
    if declaration is not None and whole and heures:
        declared = {nom: Fraction(declaration[colonne]) for nom, colonne in AIDES.items()}
        declared["ventes"] = Fraction(declaration["af_part_produits_exploit_vente_presta"])
    types = {kind(row) for row in rows}
    return {"types": types, "annexes": agreed, "declare": declared, "etp": etp, "heures": heures}
