"""Accounts and models of the small network, handed over and kept as the site does."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from factories.exercices import ANNEE, write_exercice

from maillage.analyses.modele.exemples import read_exemple
from maillage.web.economie.depots import put_fec
from maillage.web.economie.modele.garde import write
from maillage.web.economie.models import VersionDeModele

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factories.exercices import Ecriture

    from maillage.web.economie.models import ExerciceComptable, ModeleEconomique
    from maillage.web.network.models import Organisation


def make_file(
    ecritures: Iterable[Ecriture] = ANNEE, nom: str = "FEC20241231.txt"
) -> SimpleUploadedFile:
    """A file as a browser sends it; its name gives no SIREN, so that any structure may hand it over."""
    with TemporaryDirectory() as dossier:
        return SimpleUploadedFile(nom, write_exercice(Path(dossier), ecritures, nom).read_bytes())


def make_exercice(
    organisation: Organisation, ecritures: Iterable[Ecriture] = ANNEE
) -> ExerciceComptable:
    """A year of accounts of a structure, accepted; the one of `factories.exercices` by default."""
    exercice = put_fec(organisation, make_file(ecritures), None)
    exercice.is_accepte = True
    exercice.save()
    return exercice


def make_modele(
    organisation: Organisation, texte: str = "", modele: ModeleEconomique | None = None
) -> ModeleEconomique:
    """A model that a structure keeps, or one more version of it: the example of an AI by default."""
    version = VersionDeModele(texte=texte or read_exemple("AI"), role="direction")
    return write(organisation, version, modele)
