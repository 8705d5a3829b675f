"""Accounts of invented structures, among which the one whose director has a ready account: from their own hours.

Hours and gross pay are those of the synthetic extract; the rest — prices, permanents, rent, delays of payment —
is invented, and says so on the page.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.analyses.modele.exemples import read_exemple
from maillage.data.extraits import list_extraits
from maillage.indicators.modele.cadre import TYPES
from maillage.indicators.pilotage.heures import sum_heures
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.errors import UserError
from maillage.kernel.valeur import Absence
from maillage.web.droits.permissions import Role
from maillage.web.economie.depots import put_fec
from maillage.web.economie.ecriture_plan import declare_aide, write_plan
from maillage.web.economie.modele.comptes import list_types, start_texte
from maillage.web.economie.modele.garde import write
from maillage.web.economie.modele.reecriture import rewrite
from maillage.web.economie.models import PlanDeRattachement, VersionDeModele
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.pilotage.heures import Heures
    from maillage.web.network.models import Organisation

Ecriture: TypeAlias = "tuple[str, date, dict[str, int]]"
"""Journal, day, account to cents: positive is a debit, negative a credit."""

_ANNEES: Final = (2023, 2024)
_AIDE: Final = "741100"
_ENTETE: Final = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib"),
    *("CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit"),
    *("EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)
# cents: an hour sold, an hour's aid, a month of permanents, of rent, of purchases
_PRIX, _AIDE_PAR_HEURE, _PERMANENTS, _LOYER, _ACHATS = 2_150, 105, 1_050_000, 180_000, 90_000
_COTISATIONS = 0.22
_ETP_PERMANENTS, _EFFECTIF = 3.5, 40
_LOIS: Final = """
[[tirages.lois]]
sur = "volume"
forme = "triangulaire"
bas = 0.85
haut = 1.1
effet = "facteur"
hypothese = "Supposé : de −15 % à +10 % d’activité, le plus probable étant le prévu"
"""
_OUVERTURE: Final = {
    "102400": -4_500_000,
    "106800": -2_200_000,
    "218300": 1_200_000,
    "281830": -500_000,
    "411000": 2_600_000,
    "431000": -900_000,
    "512000": 4_300_000,
}


@dataclass(frozen=True, slots=True)
class Economie:
    """What makes the accounts of one invented structure differ from those of another. Amounts in cents.

    Attributes:
        prix: Of an hour sold.
        permanents: Pay of a month.
        loyer: Of a month.
        annees: Years handed over.
    """

    prix: int = _PRIX
    permanents: int = _PERMANENTS
    loyer: int = _LOYER
    annees: tuple[int, ...] = _ANNEES


def seed_comptes(organisation: Organisation, economie: Economie = Economie()) -> None:
    """Hand over years of accounts, as its director would. Without an extract, nothing."""
    cles = frozenset(
        lien.cle
        for lien in LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    )
    if not cles or not list_extraits():
        return
    faits = load_faits()
    ouverture = dict(_OUVERTURE)
    for annee in economie.annees:
        mois = [date(annee, m, 1) for m in range(1, 13)]
        heures = [sum_heures(faits, cles, [jour]) for jour in mois]
        if any(isinstance(h.salaire_brut, Absence) for h in heures):
            continue
        ecritures = [("AN", mois[0], ouverture), *_write_year(annee, heures, ouverture, economie)]
        put_fec(organisation, _write_file(organisation.siren, annee, ecritures), None)
        ouverture = _close(ecritures)
    plan = declare_aide(None, organisation.siren, date(economie.annees[0], 1, 1), [_AIDE])
    PlanDeRattachement.objects.create(organisation=organisation, texte=write_plan(plan))


def seed_modeles(organisation: Organisation, le: date) -> None:
    """A model of the year after its accounts, and the same if the SMIC rises; an example without accounts."""
    types = list_types(organisation)
    try:
        texte = start_texte(organisation, (*types, *TYPES)[0], le, _ETP_PERMANENTS, _EFFECTIF)
        texte += _LOIS
    except UserError:
        texte = read_exemple(TYPES[0])
    hausse = {"insertion.hausse_smic": Decimal("0.03")}
    essai = rewrite(texte, hausse, "Un essai, prix inchangés", "Si le SMIC monte de 3\u00a0%", le)
    for un in (texte, essai):
        version = VersionDeModele(texte=un, is_prolonge=True, role=Role.DIRECTION.value)
        write(organisation, version)


def _write_year(
    annee: int, heures: list[Heures], ouverture: dict[str, int], economie: Economie
) -> Iterator[Ecriture]:
    """Sales paid the month after, pay in the month, contributions the month after, the aid two months later."""
    dus = {compte: abs(ouverture.get(compte, 0)) for compte in ("411000", "431000", "441700")}
    for numero, du_mois in enumerate(heures, 1):
        jour = date(annee, numero, calendar.monthrange(annee, numero)[1])
        facturees = du_mois.facturees
        vendues = _known(du_mois.travaillees if isinstance(facturees, Absence) else facturees)
        ventes, aide = round(vendues * economie.prix), round(vendues * _AIDE_PAR_HEURE)
        insertion = round(_known(du_mois.salaire_brut) * 100)
        cotisations = round((insertion + economie.permanents) * _COTISATIONS)
        yield "VE", jour, {"411000": ventes, "708400": -ventes}
        yield (
            "OD",
            jour,
            {
                "641100": insertion,
                "641200": economie.permanents,
                "645100": cotisations,
                "421000": -(insertion + economie.permanents),
                "431000": -cotisations,
            },
        )
        yield "OD", jour, {"441700": aide, _AIDE: -aide}
        yield (
            "AC",
            jour,
            {"613200": economie.loyer, "606400": _ACHATS, "512000": -(economie.loyer + _ACHATS)},
        )
        paie = insertion + economie.permanents
        yield "BQ", jour, {"421000": paie, "512000": -paie}
        yield "BQ", jour, {"512000": dus["411000"], "411000": -dus["411000"]}
        yield "BQ", jour, {"431000": dus["431000"], "512000": -dus["431000"]}
        if dus["441700"]:
            yield "BQ", jour, {"512000": dus["441700"], "441700": -dus["441700"]}
        dus = {"411000": ventes, "431000": cotisations, "441700": aide}
    yield "OD", date(annee, 12, 31), {"681120": 240_000, "281830": -240_000}


def _known(valeur: float | Absence) -> float:
    return 0.0 if isinstance(valeur, Absence) else valeur


def _close(ecritures: list[Ecriture]) -> dict[str, int]:
    """Balances that open the next year: those of the balance sheet, and the result with the reserves."""
    soldes: dict[str, int] = {}
    for _, _, comptes in ecritures:
        for compte, centimes in comptes.items():
            cible = "106800" if compte[0] in "67" else compte
            soldes[cible] = soldes.get(cible, 0) + centimes
    return {compte: centimes for compte, centimes in sorted(soldes.items()) if centimes}


def _write_file(siren: str, annee: int, ecritures: list[Ecriture]) -> SimpleUploadedFile:
    lignes = ["\t".join(_ENTETE)]
    for rang, (journal, jour, comptes) in enumerate(ecritures, 1):
        lignes += [
            _line(journal, rang, jour, compte, centimes)
            for compte, centimes in comptes.items()
            if centimes
        ]
    nom = f"{siren}FEC{annee}1231.txt"
    return SimpleUploadedFile(nom, "\r\n".join([*lignes, ""]).encode("iso8859-15"))


def _line(journal: str, rang: int, jour: date, compte: str, centimes: int) -> str:
    montant = f"{abs(centimes) // 100},{abs(centimes) % 100:02d}"
    debit, credit = (montant, "0,00") if centimes > 0 else ("0,00", montant)
    quand = f"{jour:%Y%m%d}"
    return "\t".join(
        (
            *(journal, f"Journal {journal}", str(rang), quand, compte, f"Compte {compte}", "", ""),
            *(f"P{rang}", quand, "Écriture inventée", debit, credit, "", "", quand, "", ""),
        )
    )
