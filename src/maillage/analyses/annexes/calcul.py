"""Agreed amount of every annexe of a file, against what the ASP published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.annexes.bareme import compare_bareme
from maillage.analyses.annexes.lecture import read_annexes_fichier
from maillage.analyses.annexes.model import Annexe, AnnexeCalculee, Releve
from maillage.data.sources.flux_iae.annexe_financiere import read_annexes_publiees
from maillage.kernel.money import Centimes
from maillage.regles.aide_au_poste.formules import duree_mois, montant_total_annuel_centimes
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from maillage.analyses.annexes.model import Bareme
    from maillage.regles.engine.legislation import Legislation


def calculer_fichier(fichier: Path, legislation: Legislation | None = None) -> Releve:
    """Agreed amount of each annexe of a file.

    Args:
        fichier: Extract of the ASP as published, or a CSV with the same column names.
        legislation: The law to compare unit amounts with, by default all that is known.

    Raises:
        Introuvable: MLG-AFI-001.
        FichierInvalide: every problem of the file, with its line and column.

    Example:
        >>> from pathlib import Path
        >>> from maillage.kernel.errors import Introuvable
        >>> try:
        ...     calculer_fichier(Path("absent.csv"))
        ... except Introuvable as refus:
        ...     print(refus.anomalies[0].code)
        MLG-AFI-001
    """
    publiees = read_annexes_publiees(fichier)
    rangees = read_annexes_fichier(publiees)
    annexes = [rangee for rangee in rangees if isinstance(rangee, Annexe)]
    suite = iter(calculer(annexes, legislation))
    return Releve(
        fichier=publiees.nom,
        extraction=publiees.extraction,
        rangees=tuple(next(suite) if isinstance(rangee, Annexe) else rangee for rangee in rangees),
        avertissements=publiees.avertissements,
    )


def calculer(
    annexes: Sequence[Annexe], legislation: Legislation | None = None
) -> list[AnnexeCalculee]:
    """Agreed amount of each annexe, from its own unit amount, rounded as the ASP does.

    Args:
        annexes: In any order.
        legislation: The law to compare unit amounts with, by default all that is known.
    """
    loi = load_legislation() if legislation is None else legislation

    @cache
    def bareme(montant: Centimes, type_siae: str, territoire: str, le: date) -> Bareme:
        return compare_bareme(montant, type_siae, territoire, le, loi)

    durees = duree_mois(_days(annexes, "date_debut"), _days(annexes, "date_fin"))
    montants = montant_total_annuel_centimes(
        etp_centiemes=np.array([annexe.etp_centiemes for annexe in annexes], dtype=np.int64),
        montant_unitaire_centimes=np.array(
            [annexe.montant_unitaire.nombre for annexe in annexes], dtype=np.int64
        ),
        duree_mois=durees,
    )
    return [
        AnnexeCalculee(
            annexe=annexe,
            duree_mois=int(durees[rang]),
            montant=Centimes(int(montants[rang])),
            ecart=None
            if annexe.montant_publie is None
            else Centimes(int(montants[rang])) - annexe.montant_publie,
            bareme=bareme(
                annexe.montant_unitaire, annexe.type_siae, annexe.territoire, annexe.date_debut
            ),
        )
        for rang, annexe in enumerate(annexes)
    ]


def _days(annexes: Sequence[Annexe], attribut: str) -> np.ndarray[tuple[int], np.dtype]:
    return np.array([getattr(annexe, attribut) for annexe in annexes], dtype="datetime64[D]")
