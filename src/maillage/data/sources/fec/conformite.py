"""What of an accounting file does not conform: what prevents its use, and what is only irregular.

Source:
    Livre des procédures fiscales, art. A47 A-1, VI to XII; BOI-CF-IOR-60-40-20. The arithmetic
    checks (balance, closing entries, opening balances) are those an accountant makes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.data.sources.fec import colonnes as col
from maillage.data.sources.fec.disposition import FIXE
from maillage.data.sources.fec.ecritures import (
    find_closing,
    find_openings,
    find_unbalanced,
)
from maillage.data.sources.fec.modele import LIGNES_CITEES, Constat, Gravite
from maillage.data.sources.fec.nom import check_nom
from maillage.kernel.francais import format_date, format_nombre, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from maillage.data.sources.encodages import Texte
    from maillage.data.sources.fec.disposition import Disposition
    from maillage.data.sources.fec.lignes import Assemblage, Releve
    from maillage.data.sources.fec.numeros import Numerotation

_ADMIS = ("ASCII", "ISO-8859-15", "EBCDIC", "EBCDIC (500)")
_EXERCICE_MAX = 731
"""Days: a first financial year may last two years at most."""
_REFAIRE = "Corrigez dans le logiciel de comptabilité, puis refaites l’export."
_BLOQUANTS = {
    "inegales": (
        "MLG-FEC-101",
        "Des lignes n’ont pas autant de colonnes que l’en-tête : elles ne sont pas lues.",
    ),
    "jours faux": ("MLG-FEC-102", "Des dates d’écriture ne sont pas des dates."),
    "jours vides": ("MLG-FEC-103", "Des lignes n’ont pas de date d’écriture."),
    "comptes faux": (
        "MLG-FEC-104",
        "Des numéros de compte ne commencent pas par trois chiffres.",
    ),
    "montants faux": ("MLG-FEC-105", "Des montants ne sont pas des nombres en euros et centimes."),
    "sens faux": ("MLG-FEC-106", "Des montants n’ont pas de sens lisible (D ou C)."),
}
_IRREGULIERS = {
    "montants vides": (
        "MLG-FEC-123",
        "Des lignes n’ont ni débit ni crédit : elles comptent pour zéro.",
    ),
    "deux montants": ("MLG-FEC-124", "Des lignes ont à la fois un débit et un crédit."),
    "montants négatifs": (
        "MLG-FEC-125",
        "Des montants sont négatifs : ils sont gardés tels quels, et se déduisent.",
    ),
}


def check_fichier(
    nom: str,
    texte: Texte,
    disposition: Disposition,
    ecritures: pa.Table,
    assemblage: Assemblage,
    dernier_jour: date | None,
) -> Iterator[Constat]:
    """Everything that does not conform, what prevents use first."""
    yield from _check_cells(assemblage.releve)
    if ecritures.num_rows == 0:
        yield Constat(
            "MLG-FEC-107", Gravite.BLOQUANT, "Le fichier n’a aucune écriture lisible.", _REFAIRE
        )
        return
    yield from _check_total(ecritures)
    yield from _check_entries(ecritures, assemblage.numerotation)
    yield from _check_numbers(assemblage.numerotation)
    yield from _check_columns(ecritures, disposition)
    yield from _check_dates(ecritures)
    yield from _check_balances(ecritures)
    yield from _check_form(texte, disposition)
    yield from check_nom(nom, dernier_jour)


def _check_cells(releve: Releve) -> Iterator[Constat]:
    for gravite, regles in (
        (Gravite.BLOQUANT, _BLOQUANTS),
        (Gravite.IRREGULIER, _IRREGULIERS),
    ):
        for nom, (code, quoi) in regles.items():
            if releve.nombre[nom]:
                lignes = tuple(releve.lignes[nom])
                yield Constat(code, gravite, quoi, _REFAIRE, releve.nombre[nom], lignes)


def _column(ecritures: pa.Table, nom: str) -> NDArray[np.int64]:
    return np.asarray(ecritures.column(nom), dtype=np.int64)


def _first_lines(ecritures: pa.Table, masque: NDArray[np.bool_]) -> tuple[int, ...]:
    lignes = _column(ecritures, "ligne")[masque][:LIGNES_CITEES]
    return tuple(int(ligne) for ligne in lignes)


def _euros(centimes: int) -> str:
    return f"{format_nombre(centimes / 100, 2)} €"


def _check_total(ecritures: pa.Table) -> Iterator[Constat]:
    debit = int(_column(ecritures, "debit_centimes").sum())
    credit = int(_column(ecritures, "credit_centimes").sum())
    if debit != credit:
        yield Constat(
            "MLG-FEC-108",
            Gravite.BLOQUANT,
            f"Le total des débits ({_euros(debit)}) n’est pas celui des crédits "
            f"({_euros(credit)}) : il manque {_euros(abs(debit - credit))} d’un côté.",
            "Le fichier est sans doute coupé, ou ne porte que certains journaux : refaites l’export "
            "de tout l’exercice.",
        )


def _check_entries(ecritures: pa.Table, numerotation: Numerotation) -> Iterator[Constat]:
    """Balance of each entry, where numbers tell entries apart."""
    if numerotation.is_constant:
        yield Constat(
            "MLG-FEC-126",
            Gravite.IRREGULIER,
            "Toutes les lignes portent le même numéro d’écriture : l’équilibre de chaque écriture ne "
            "peut pas être vérifié.",
            _REFAIRE,
        )
        return
    boiteuses = find_unbalanced(ecritures)
    if len(boiteuses):
        yield Constat(
            "MLG-FEC-127",
            Gravite.IRREGULIER,
            "Des écritures ne sont pas équilibrées : sous un même numéro, à la suite, le débit n’est "
            "pas le crédit. Le total du fichier, lui, l’est ou ne l’est pas : voir plus haut.",
            _REFAIRE,
            len(boiteuses),
            tuple(int(ligne) for ligne in boiteuses[:LIGNES_CITEES]),
        )


def _check_numbers(numerotation: Numerotation) -> Iterator[Constat]:
    """A continuous sequence, in the order of validation."""
    if numerotation.vides or numerotation.illisibles:
        yield Constat(
            "MLG-FEC-139",
            Gravite.IRREGULIER,
            "Des lignes n’ont pas de numéro d’écriture, ou un numéro sans chiffre.",
            _REFAIRE,
            numerotation.vides + numerotation.illisibles,
        )
    manquants = numerotation.count_gaps()
    if manquants:
        yield Constat(
            "MLG-FEC-140",
            Gravite.IRREGULIER,
            "La numérotation des écritures n’est pas continue : des numéros manquent, journal par "
            "journal comme au total.",
            _REFAIRE,
            manquants,
        )
    if numerotation.desordre:
        yield Constat(
            "MLG-FEC-141",
            Gravite.IRREGULIER,
            "Des lignes sont validées avant une ligne qui les précède : le fichier ne suit pas "
            "l’ordre de validation.",
            _REFAIRE,
            numerotation.desordre,
        )


def _check_columns(ecritures: pa.Table, disposition: Disposition) -> Iterator[Constat]:
    reconnues = {col.recognise(nom) for nom in disposition.colonnes}
    manquantes = [nom for nom in col.ORDRES[0] if nom not in reconnues]
    if {col.MONTANT, col.SENS} <= reconnues:
        manquantes = [nom for nom in col.ORDRES[1] if nom not in reconnues]
    if manquantes:
        yield Constat(
            "MLG-FEC-128",
            Gravite.IRREGULIER,
            f"Colonnes du décret absentes : {join_fr(manquantes)}.",
            _REFAIRE,
            len(manquantes),
        )
    validees = np.asarray(ecritures.column("validee"), dtype=bool)
    if not validees.all():
        yield Constat(
            "MLG-FEC-129",
            Gravite.IRREGULIER,
            "Des lignes n’ont pas de date de validation : l’exercice n’est sans doute pas clos, et "
            "ses chiffres peuvent encore changer.",
            "Validez les écritures avant d’exporter, ou lisez ces chiffres comme provisoires.",
            int((~validees).sum()),
            _first_lines(ecritures, ~validees),
        )


def _check_dates(ecritures: pa.Table) -> Iterator[Constat]:
    jours = ecritures.column("jour").drop_null().combine_chunks()
    if not len(jours):
        return
    numeros = np.asarray(jours.cast("int32"))
    duree = int(numeros.max() - numeros.min()) + 1
    if duree > _EXERCICE_MAX:
        premier, dernier = jours.take([int(numeros.argmin()), int(numeros.argmax())]).to_pylist()
        yield Constat(
            "MLG-FEC-130",
            Gravite.IRREGULIER,
            f"Les écritures vont du {format_date(premier)} au {format_date(dernier)} : plus long "
            "qu’un exercice.",
            "Exportez un exercice à la fois ; sinon les soldes d’ouverture et de clôture se mêlent.",
        )


def _check_balances(ecritures: pa.Table) -> Iterator[Constat]:
    """Opening balances and closing entries: what a balance of the year must start from, and leave out."""
    if not find_openings(ecritures):
        yield Constat(
            "MLG-FEC-131",
            Gravite.IRREGULIER,
            "Aucun solde d’ouverture (à-nouveaux) n’est reconnu au premier jour.",
            "Pour un premier exercice, c’est normal. Sinon, le fonds de roulement et la trésorerie ne "
            "peuvent pas être calculés : exportez le journal des à-nouveaux avec le reste.",
        )
    clotures = find_closing(ecritures)
    if clotures.any():
        yield Constat(
            "MLG-FEC-132",
            Gravite.IRREGULIER,
            "Des écritures de clôture soldent les comptes de charges et de produits : le décret les "
            "exclut, et les calculs les laissent de côté.",
            "Exportez avant la clôture des comptes 6 et 7, ou gardez le fichier tel quel.",
            int(clotures.sum()),
            _first_lines(ecritures, clotures),
        )


def _check_form(texte: Texte, disposition: Disposition) -> Iterator[Constat]:
    if texte.encodage not in _ADMIS:
        yield Constat(
            "MLG-FEC-133",
            Gravite.IRREGULIER,
            f"Les caractères sont en {texte.encodage} ; le décret admet ASCII, ISO 8859-15 et EBCDIC.",
            "Choisissez ISO 8859-15 dans l’export avant un contrôle ; Maillage le lit tel quel.",
        )
    if disposition.separateur not in {"\t", "|"} and disposition.nom != FIXE:
        yield Constat(
            "MLG-FEC-134",
            Gravite.IRREGULIER,
            f"Les colonnes sont séparées par {disposition.nom} ; le décret veut la tabulation ou la "
            "barre verticale.",
            "Choisissez-la dans l’export avant un contrôle ; Maillage lit le fichier tel quel.",
        )
    if disposition.guillemets:
        yield Constat(
            "MLG-FEC-135",
            Gravite.IRREGULIER,
            "Les cellules sont entre guillemets.",
            "Exportez sans guillemets avant un contrôle ; Maillage lit le fichier tel quel.",
        )
    if not col.is_in_order(disposition.colonnes):
        yield Constat(
            "MLG-FEC-136",
            Gravite.IRREGULIER,
            "Les colonnes ne suivent pas l’ordre du décret.",
            "Rétablissez l’ordre avant un contrôle ; Maillage lit les colonnes par leur nom.",
        )
    autres = [nom for nom in disposition.colonnes if nom and not col.recognise(nom)]
    if autres:
        yield Constat(
            "MLG-FEC-137",
            Gravite.IRREGULIER,
            f"Colonnes que le décret ne connaît pas : {join_fr(autres[:LIGNES_CITEES])}.",
            "Elles ne sont pas lues.",
            len(autres),
        )
    if not disposition.colonnes[-1]:
        yield Constat(
            "MLG-FEC-138",
            Gravite.IRREGULIER,
            "Chaque ligne finit par un séparateur de trop.",
            "Retirez-le avant un contrôle ; Maillage lit le fichier tel quel.",
        )
