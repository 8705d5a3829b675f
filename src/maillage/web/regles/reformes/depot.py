"""An extract given for one comparison: read, compared, and kept nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.analyses.annexes.calcul import calculer_fichier
from maillage.analyses.annexes.comparaison import comparer
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import (
    ESPACE_FINE,
    accorder,
    format_date,
    format_nombre,
    join_fr,
    typeset,
)
from maillage.kernel.money import format_euros
from maillage.web.regles.reformes.effets import TROP_GRAND
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.safestring import SafeString

    from maillage.analyses.annexes.comparaison import Comparaison, TotalCompare
    from maillage.analyses.annexes.model import Releve
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme

MEGAOCTET = 1_000_000
TAILLE_MAX = 20 * MEGAOCTET
"""Bytes of a file that is given: a region's extract is far less."""
_NOM = "extrait"
"""Name under which the file is read: never its own, which may say who sent it."""
_COLONNES = (
    Colonne("type", "Type", droite=False),
    Colonne("annexes", "Annexes"),
    Colonne("touchees", "Touchées"),
    Colonne("avant", "Avant"),
    Colonne("apres", "Après"),
    Colonne("ecart", "Différence"),
    Colonne("part", f"En{ESPACE_FINE}%"),
)


def check_taille(octets: int) -> Anomalie | None:
    """Problem of a file that is too large; None when it is not."""
    if octets <= TAILLE_MAX:
        return None
    return Anomalie(
        "MLG-WEB-046",
        f"Le fichier fait {format_nombre(octets / MEGAOCTET, 1)} Mo.",
        f"Donnez un fichier de {TAILLE_MAX // MEGAOCTET} Mo au plus, compressé au besoin, ou "
        "comparez-le avec « maillage regles comparer ».",
    )


def read_depot(depot: UploadedFile[bytes], legislation: Legislation) -> Releve:
    """Annexes of a file that was given; nothing of it outlives the call.

    Raises:
        FichierInvalide: MLG-WEB-046, it is too large; or every problem of the file, by line.
    """
    trop = check_taille(depot.size or 0)
    if trop is not None:
        raise FichierInvalide(trop)
    with tempfile.TemporaryDirectory(prefix="maillage-") as dossier:
        fichier = Path(dossier) / _NOM
        fichier.write_bytes(b"".join(depot.chunks()))
        return calculer_fichier(fichier, legislation)


def describe_fichier(
    releve: Releve,
    reforme: Reforme,
    legislation: Legislation,
    jours: tuple[date | None, date | None],
) -> dict[str, object]:
    """Totals by kind before and after, for the templates.

    Args:
        releve: What was read.
        reforme: The reform.
        legislation: The law.
        jours: Day at which the reform is read, and day at which the law is; None for the first day
            of each annexe.

    Raises:
        PeriodeNonModelisee: the reform multiplies a value that the law does not give.
        FichierInvalide: MLG-WEB-041, an amount of the reform does not hold in cents.
    """
    annexes = [calculee.annexe for calculee in releve.calculees]
    le, avant = jours
    try:
        comparaison = comparer(annexes, reforme, legislation, le=le, avant=avant)
    except (OverflowError, ValueError) as trop:
        raise FichierInvalide(TROP_GRAND) from trop
    return {
        "phrase": typeset(_phrase(comparaison)),
        "depart": typeset(comparaison.depart),
        "table": _table(comparaison),
        "remarques": [typeset(phrase) for phrase in _remarques(comparaison, releve)],
    }


def _phrase(comparaison: Comparaison) -> str:
    total = comparaison.totaux[-1]
    annexes = accorder(total.nombre, "annexe", "annexes")
    signe = "+" if total.ecart.nombre > 0 else ""
    return (
        f"{annexes} : {format_euros(total.avant)} avant, {format_euros(total.apres)} après, soit "
        f"{signe}{format_euros(total.ecart)}."
    )


def _table(comparaison: Comparaison) -> SafeString:
    lignes = [_ligne(total) for total in comparaison.totaux]
    return render_table("Par type de structure", _COLONNES, lignes, entier=True)


def _ligne(total: TotalCompare) -> Ligne:
    part = (
        f"{format_nombre(100 * total.ecart.nombre / total.avant.nombre, 1)}{ESPACE_FINE}%"
        if total.avant.nombre
        else "sans objet"
    )
    return Ligne(
        (
            texte(total.type_siae or "Ensemble"),
            texte(format_nombre(total.nombre)),
            texte(format_nombre(total.touchees)),
            texte(format_euros(total.avant)),
            texte(format_euros(total.apres)),
            texte(format_euros(total.ecart)),
            texte(part),
        )
    )


def _remarques(comparaison: Comparaison, releve: Releve) -> Iterator[str]:
    """What must be known to read the totals."""
    total = comparaison.totaux[-1]
    yield from releve.avertissements
    if comparaison.premier_effet is None:
        yield "La réforme ne change aucun montant socle : les montants conventionnés restent."
    elif not total.touchees:
        yield (
            "Aucune annexe n’est touchée : la réforme prend effet au "
            f"{format_date(comparaison.premier_effet)}. Donnez ce jour dans « Lire la réforme au » "
            "pour l’appliquer à ces ETP."
        )
    if comparaison.hors_champ:
        yield (
            f"La réforme change aussi {join_fr(comparaison.hors_champ)}, qui n’entre pas dans le "
            "montant conventionné."
        )
    if total.manquantes:
        manquantes = accorder(total.manquantes, "annexe n’est pas", "annexes ne sont pas")
        yield f"{manquantes} dans les totaux, faute de montant connu."
    yield from sorted({f"{c.motif}." for c in comparaison.annexes if c.motif})
    if releve.ecartees:
        yield f"{accorder(len(releve.ecartees), 'ligne', 'lignes')} de FDI hors du calcul."
