"""A letter as plain text, and many of them in a folder: all written, or none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.lettres_modele import AVANT_LE_TABLEAU, name_lettre
from maillage.cli.page import Page
from maillage.cli.sortie import tell_reason
from maillage.kernel.errors import Anomalie, EnvironnementInvalide, SaisieInvalide
from maillage.kernel.francais import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.analyses.pilotage.lettres import Lettre

LARGEUR = 80
_SUFFIXE = ".txt"


def render_lettre(lettre: Lettre, le: date) -> str:
    """The letter, eighty columns wide.

    Args:
        lettre: The letter.
        le: Day written at the top.
    """
    page = Page(LARGEUR)
    if lettre.avis:
        page.text(lettre.avis, "*** ")
        page.blank()
    page.text(lettre.expediteur)
    page.text(f"Le {format_date(le)}")
    page.blank()
    page.text(lettre.destinataire)
    page.text(f"SIRET {lettre.siret or 'inconnu'}, {lettre.cle[1]}, numéro ASP {lettre.cle[0]}")
    page.blank()
    page.text(f"Objet : {lettre.objet}")
    for rang, paragraphe in enumerate((*lettre.paragraphes, lettre.expediteur), start=1):
        page.blank()
        page.text(paragraphe)
        if rang == AVANT_LE_TABLEAU and lettre.lignes:
            page.blank()
            page.table(
                list(lettre.colonnes),
                [list(ligne) for ligne in lettre.lignes],
                set(lettre.nombres),
            )
    page.heading("D’où viennent ces chiffres")
    for source in lettre.sources:
        page.text(source, "  • ")
    return page.render()


def write_lettres(
    lettres: Sequence[Lettre], vers: Path, le: date, *, remplacer: bool
) -> list[Path]:
    """Write one file per letter; everything is written beside before the first one is put in place.

    Args:
        lettres: The letters.
        vers: Folder, made when it does not exist.
        le: Day written on them.
        remplacer: Whether files that exist may be replaced.

    Raises:
        SaisieInvalide: files exist already and may not be replaced (MLG-CLI-007).
        EnvironnementInvalide: the folder cannot be written (MLG-CLI-008).
    """
    cibles = [vers / f"{name_lettre(lettre)}{_SUFFIXE}" for lettre in lettres]
    _check(cibles, remplacer=remplacer)
    try:
        vers.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=vers, prefix=".lettres-") as provisoire:
            ecrits = []
            for lettre, cible in zip(lettres, cibles, strict=True):
                ecrit = Path(provisoire) / cible.name
                ecrit.write_text(render_lettre(lettre, le), encoding="utf-8")
                ecrits.append(ecrit)
            for ecrit, cible in zip(ecrits, cibles, strict=True):
                ecrit.replace(cible)
    except OSError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-CLI-008",
                f"les lettres ne peuvent pas être écrites ({tell_reason(error)})",
                "vérifiez vos droits sur ce dossier et la place libre, ou choisissez-en un autre.",
                str(vers),
            )
        ) from error
    return cibles


def _check(cibles: Sequence[Path], *, remplacer: bool) -> None:
    deja = [cible for cible in cibles if cible.exists() and (cible.is_dir() or not remplacer)]
    if deja:
        raise SaisieInvalide(
            *(
                Anomalie(
                    "MLG-CLI-007",
                    f"« {cible.name} » existe déjà",
                    "ajoutez --remplacer pour le remplacer, ou choisissez un autre dossier.",
                    str(cible.parent),
                )
                for cible in deja
            )
        )
