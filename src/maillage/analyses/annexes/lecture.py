"""Annexes of a file, checked cell by cell with the rules: every problem is told at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.analyses.annexes.model import FDI, MOTIF_FDI, Annexe, AnnexeEcartee
from maillage.data.sources.flux_iae import annexe_financiere as af
from maillage.kernel.annexe import parse_numero_annexe
from maillage.kernel.errors import Anomalie, FichierInvalide, SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.regles.aide_au_poste.lignes import MAYOTTE, METROPOLE_DROM, MILIEU_PENITENTIAIRE
from maillage.regles.aide_au_poste.saisie import read_annexes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.data.sources.flux_iae.annexe_financiere import AnnexesPubliees

_NOMS = {
    "type_siae": af.MESURE,
    "etp": af.ETP,
    "montant_unitaire": af.MONTANT_UNITAIRE,
    "date_debut_effet": af.DEBUT,
    "date_fin_effet": af.FIN,
}
_NUMERO_FDI = re.compile(r"FDI[0-9]{2}[A-Z0-9][0-9]{6}(A[0-9]M[0-9])?")
_AVENANTS = re.compile(r"A[0-9]M[0-9]$")
_LIGNE = re.compile(r"^ligne ([0-9]+)")
_OUI = ("true", "oui", "1", "vrai")
_NON = ("false", "non", "0", "faux", "")
_MAHORAIS = "976"


def read_annexes_fichier(publiees: AnnexesPubliees) -> list[Annexe | AnnexeEcartee]:
    """Rows of a file in their order, FDI set aside.

    Args:
        publiees: Cells as published.

    Raises:
        FichierInvalide: every problem of the file, with its line and column: those of the reader,
            MLG-REG-202 to 226 of the rules, MLG-ID-002 and 030 the number, MLG-EUR the published
            amount, MLG-AFI-013 an indicator of prison that is neither true nor false.
    """
    rangs_fdi = {rang for rang in range(len(publiees)) if _is_fdi(publiees, rang)}
    rangs = [rang for rang in range(len(publiees)) if rang not in rangs_fdi]
    anomalies = [*publiees.anomalies]
    for rang in range(len(publiees)):
        anomalies += _check_numero(publiees, rang, est_fdi=rang in rangs_fdi)
    annexes, fautes = _read_rangees(publiees, rangs)
    anomalies += fautes
    if anomalies:
        raise FichierInvalide(*sorted(anomalies, key=_line_of))
    par_rang = dict(zip(rangs, annexes, strict=True))
    return [par_rang.get(rang) or _set_aside(publiees, rang) for rang in range(len(publiees))]


def find_territoire(numero: str, mesure: str, penitentiaire: str = "") -> str:
    """Where the posts are: prison by the measure or the indicator, Mayotte by the number.

    Source:
        The territory of the money is the département inside the number of the annexe, not that of
        the structure.
    """
    if mesure.upper().endswith("_MP") or penitentiaire.lower() in _OUI:
        return MILIEU_PENITENTIAIRE
    try:
        departement = parse_numero_annexe(_complete(numero)).code_departement
    except SaisieInvalide:
        return METROPOLE_DROM
    return MAYOTTE if departement == _MAHORAIS else METROPOLE_DROM


def _is_fdi(publiees: AnnexesPubliees, rang: int) -> bool:
    return publiees.cell(rang, af.MESURE).upper().startswith(FDI)


def _set_aside(publiees: AnnexesPubliees, rang: int) -> AnnexeEcartee:
    return AnnexeEcartee(publiees.cell(rang, af.NUMERO), publiees.lignes[rang], MOTIF_FDI)


def _complete(numero: str) -> str:
    """Number with its avenants, which the extract gives in two other columns."""
    return numero if _AVENANTS.search(numero) else f"{numero}A0M0"


def _check_numero(publiees: AnnexesPubliees, rang: int, *, est_fdi: bool) -> list[Anomalie]:
    if af.NUMERO not in publiees.colonnes:
        return []
    numero = publiees.cell(rang, af.NUMERO)
    if est_fdi and _NUMERO_FDI.fullmatch(numero):
        return []
    ou = _place(publiees, rang, af.NUMERO)
    if est_fdi or not numero:
        quoi = f"« {numero} » n’est pas un numéro d’annexe financière."
        quoi = quoi if numero else "Le numéro d’annexe financière est vide."
        return [Anomalie("MLG-ID-030", quoi, "Recopiez-le depuis l’annexe.", ou)]
    try:
        parse_numero_annexe(_complete(numero))
    except SaisieInvalide as refus:
        quoi = f"« {numero} » n’est pas un numéro d’annexe financière."
        return [replace(anomalie, quoi=quoi, ou=ou) for anomalie in refus.anomalies]
    return []


def _read_rangees(
    publiees: AnnexesPubliees, rangs: Sequence[int]
) -> tuple[list[Annexe], list[Anomalie]]:
    """Annexes of the rows to compute, none when there is a problem, and the problems."""
    colonnes: dict[str, list[object]] = {
        nom: [publiees.cell(rang, publie) for rang in rangs]
        for nom, publie in _NOMS.items()
        if publie in publiees.colonnes
    }
    _fill_missing(colonnes, len(rangs))
    colonnes["territoire"] = [_territoire(publiees, rang) for rang in rangs]
    lues = read_annexes(colonnes, premiere_ligne=0, noms=_NOMS | {"territoire": af.MESURE})
    fautes = [_relocate(anomalie, publiees, rangs) for anomalie in lues.anomalies]
    publies: list[Centimes | None] = []
    for rang in rangs:
        montant, refus = _read_publie(publiees, rang)
        publies.append(montant)
        fautes += refus
        fautes += _check_penitentiaire(publiees, rang)
    if fautes or publiees.anomalies:
        return [], fautes
    c = lues.colonnes
    return [
        Annexe(
            numero=publiees.cell(rang, af.NUMERO),
            avenants=_avenants(publiees, rang),
            ligne=publiees.lignes[rang],
            type_siae=str(c["type_siae"][i]),
            territoire=str(c["territoire"][i]),
            date_debut=c["date_debut_effet"][i].item(),
            date_fin=c["date_fin_effet"][i].item(),
            etp_centiemes=int(c["etp_centiemes"][i]),
            montant_unitaire=Centimes(int(c["montant_unitaire_centimes"][i])),
            montant_publie=publies[i],
        )
        for i, rang in enumerate(rangs)
    ], fautes


def _fill_missing(colonnes: dict[str, list[object]], nombre: int) -> None:
    """Cells that raise no problem, so that a missing column hides none of the other columns."""
    neutres: dict[str, object] = {"type_siae": "AI", "etp": "0", "montant_unitaire": "0"}
    for nom, cellule in neutres.items():
        colonnes.setdefault(nom, [cellule] * nombre)
    dates = {"date_debut_effet": "date_fin_effet", "date_fin_effet": "date_debut_effet"}
    for nom, autre in dates.items():
        colonnes.setdefault(nom, list(colonnes.get(autre, ["2022-01-01"] * nombre)))


def _territoire(publiees: AnnexesPubliees, rang: int) -> str:
    cellules = (af.NUMERO, af.MESURE, af.PENITENTIAIRE)
    return find_territoire(*(publiees.cell(rang, colonne) for colonne in cellules))


def _avenants(publiees: AnnexesPubliees, rang: int) -> str:
    if _AVENANTS.search(publiees.cell(rang, af.NUMERO)):
        return ""
    renouvellement = publiees.cell(rang, af.RENOUVELLEMENT)
    modification = publiees.cell(rang, af.MODIFICATION)
    return f"A{renouvellement}M{modification}" if renouvellement and modification else ""


def _read_publie(
    publiees: AnnexesPubliees, rang: int
) -> tuple[Centimes | None, tuple[Anomalie, ...]]:
    texte = publiees.cell(rang, af.MONTANT_TOTAL)
    if not texte:
        return None, ()
    try:
        return Centimes.from_euros(texte), ()
    except SaisieInvalide as refus:
        ou = _place(publiees, rang, af.MONTANT_TOTAL)
        return None, tuple(replace(anomalie, ou=ou) for anomalie in refus.anomalies)


def _check_penitentiaire(publiees: AnnexesPubliees, rang: int) -> list[Anomalie]:
    texte = publiees.cell(rang, af.PENITENTIAIRE)
    if texte.lower() in {*_OUI, *_NON}:
        return []
    return [
        Anomalie(
            "MLG-AFI-013",
            f"« {texte} » ne dit ni oui ni non.",
            "Écrivez true ou false.",
            _place(publiees, rang, af.PENITENTIAIRE),
        )
    ]


def _place(publiees: AnnexesPubliees, rang: int, colonne: str) -> str:
    return f"ligne {publiees.lignes[rang]}, colonne {colonne}"


def _relocate(anomalie: Anomalie, publiees: AnnexesPubliees, rangs: Sequence[int]) -> Anomalie:
    """The rules count rows from 0; a reader counts the lines of the file."""
    place = _LIGNE.sub(
        lambda trouvee: f"ligne {publiees.lignes[rangs[int(trouvee[1])]]}", anomalie.ou
    )
    return replace(anomalie, ou=place)


def _line_of(anomalie: Anomalie) -> int:
    trouvee = _LIGNE.match(anomalie.ou)
    return int(trouvee[1]) if trouvee else 0
