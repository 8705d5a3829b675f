"""The views Accompagnement and MarchesPublics, and the four referentials whose columns are public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.jours import write_days
from maillage.data.synthetic.montants import MESURES
from maillage.data.synthetic.sorties import CATEGORIES, MOTIFS
from maillage.data.synthetic.textes import write_hundredths, write_integers

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Reseau

_SECTEURS = ("nettoyage", "serv_pers", "btp", "agri", "recycl", "transp", "autres")
_QUI = ("int", "ext", "int_ext")


def build_accompagnement(reseau: Reseau) -> pa.Table:
    """One row per annexe that is shown and over: people helped, by obstacle and by who helps."""
    annexes, alea = reseau.annexes, reseau.alea
    vues = _over(reseau)
    identifiant = annexes.identifiant[vues]
    personnes = reseau.structures.places[annexes.structure[vues]]
    cellules = {
        "acc_id": write_integers(identifiant),
        "acc_afi_id": write_integers(identifiant),
        "acc_nb_sal_acc": write_integers(personnes),
    }
    for frein, part in hypotheses.FREINS.items():
        concernes = np.rint(
            personnes * np.clip(part * (1 + 0.4 * alea.normal(frein, identifiant)), 0, 1)
        ).astype(np.int64)
        reste = concernes
        cellules[f"acc_dif_nb_sal_conc_{frein}"] = write_integers(concernes)
        for qui in _QUI:
            pris = (reste * alea.uniform(f"{frein} {qui}", identifiant)).astype(np.int64)
            reste = reste - pris
            cellules[f"acc_dif_nb_sal_{qui}_{frein}"] = write_integers(pris)
    return pa.table(cellules)


def build_marches(reseau: Reseau) -> pa.Table:
    """Receipts of public contracts, by sector; an older row and a row of zeros now and then."""
    annexes, alea = reseau.annexes, reseau.alea
    vues = _over(reseau)
    identifiant = annexes.identifiant[vues]
    tirage = alea.uniform("marche", identifiant)
    choisies = tirage < hypotheses.PART_MARCHE
    ancienne = choisies & (alea.uniform("marche ancien", identifiant) < 0.2)  # noqa: PLR2004 — assumed
    lignes = np.concatenate([np.flatnonzero(choisies), np.flatnonzero(ancienne)])
    is_ancienne = np.arange(len(lignes)) >= int(choisies.sum())
    identifiant = identifiant[lignes]
    creation = annexes.fin[vues][lignes] + 20 - 15 * is_ancienne
    nulle = alea.uniform("marche nul", identifiant) < 0.1  # noqa: PLR2004 — assumed
    cellules = {"mpu_af_id": write_integers(identifiant), "mpu_date_creation": write_days(creation)}
    for secteur in _SECTEURS:
        actif = (alea.uniform(f"secteur {secteur}", identifiant) < 0.3) & ~nulle  # noqa: PLR2004
        montant = alea.integers(5, 900, f"montant {secteur}", identifiant) * 10_000
        montant = np.where(is_ancienne, montant // 2, montant)
        cellules[f"mpu_sct_mt_recet_{secteur}"] = write_hundredths(np.where(actif, montant, 0))
    return pa.table(cellules)


def build_montants(reseau: Reseau) -> pa.Table:
    """RefMontantIae: dated rows, several per measure."""
    lignes = [ligne for ligne in reseau.referentiel.lignes if ligne.debut <= reseau.parametres.au]
    return pa.table(
        {
            "rmi_id": pa.array([ligne.identifiant for ligne in lignes]),
            "rmi_libelle": pa.array([ligne.libelle for ligne in lignes]),
            "rmi_code": pa.array([ligne.code for ligne in lignes]),
            "rmi_valeur": pa.array([f"{ligne.valeur}.00" for ligne in lignes]),
            "rmi_date_debut_effet": pa.array([_write_day(ligne.debut) for ligne in lignes]),
            "rmi_date_fin_effet": pa.array([_write_day(ligne.fin) for ligne in lignes]),
            "rme_id": pa.array([ligne.mesure for ligne in lignes]),
            "code_dpt": pa.array([ligne.departement or None for ligne in lignes], pa.string()),
        }
    )


def build_mesures() -> pa.Table:
    """RefMesure: identifiers only; its other columns are not public."""
    return pa.table({"rme_id": pa.array(sorted(MESURES.values()))})


def build_motifs() -> pa.Table:
    """RefMotifSort."""
    return pa.table(
        {
            "rms_id": pa.array(range(1, len(MOTIFS) + 1)),
            "rms_libelle": pa.array([libelle for libelle, _, _ in MOTIFS]),
            "rcs_id": pa.array([categorie for _, categorie, _ in MOTIFS]),
        }
    )


def build_categories() -> pa.Table:
    """RefCategorieSort."""
    return pa.table(
        {
            "rcs_id": pa.array(range(1, len(CATEGORIES) + 1)),
            "rcs_libelle": pa.array(CATEGORIES),
        }
    )


def _over(reseau: Reseau) -> NDArray[np.int64]:
    """Annexes whose year is over: what they report is known."""
    annexes = reseau.annexes
    return np.flatnonzero(annexes.is_shown(reseau.au) & (annexes.fin + 60 <= reseau.au))


def _write_day(jour: date | None) -> str | None:
    return None if jour is None else f"{jour:%d/%m/%Y}"
