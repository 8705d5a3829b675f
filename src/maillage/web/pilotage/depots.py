"""Files of an import asked for on the site: put aside for the worker, then removed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import join_fr
from maillage.web.journal.actions import record
from maillage.web.pilotage.models import ImportExtrait
from maillage.web.pilotage.travaux import run_import

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

SECRET = ".mot-de-passe"  # noqa: S105 — a name of file
_NOM_MAX = 150
_DROITS_DOSSIER, _DROITS_FICHIER = 0o700, 0o600


def put_import(
    fichiers: Sequence[UploadedFile[Any]], mot_de_passe: str, by: int | None
) -> ImportExtrait:
    """Keep the files of an extract and ask the worker to import them.

    Raises:
        FichierInvalide: MLG-PIL-050, two files have the same name.
    """
    noms = [_clean(fichier.name or "extrait") for fichier in fichiers]
    doubles = sorted({nom for nom in noms if noms.count(nom) > 1})
    if doubles:
        raise FichierInvalide(
            Anomalie(
                "MLG-PIL-050",
                f"Plusieurs fichiers s’appellent {join_fr(doubles)}.",
                "Envoyez chaque fichier une seule fois.",
            )
        )
    demande = ImportExtrait(noms=noms, by_id=by, octets=sum(f.size or 0 for f in fichiers))
    dossier = demande.chemin
    dossier.mkdir(parents=True, mode=_DROITS_DOSSIER)
    try:
        for nom, fichier in zip(noms, fichiers, strict=True):
            chemin = dossier / nom
            chemin.touch(_DROITS_FICHIER)
            with chemin.open("wb") as sortie:
                for morceau in fichier.chunks():
                    sortie.write(morceau)
        if mot_de_passe:
            (dossier / SECRET).touch(_DROITS_FICHIER)
            (dossier / SECRET).write_text(mot_de_passe, encoding="utf-8")
        with transaction.atomic():
            demande.save()
            record("pilotage.importer", by=by, objet=demande, details={"fichiers": len(noms)})
            transaction.on_commit(lambda: run_import.enqueue(demande.pk))
    except BaseException:
        shutil.rmtree(dossier, ignore_errors=True)
        raise
    return demande


def accept_repairs(demande: ImportExtrait) -> None:
    """Ask for the import again, with what it proposed to mend."""
    ImportExtrait.objects.filter(pk=demande.pk, etat=ImportExtrait.Etat.A_ACCEPTER).update(
        etat=ImportExtrait.Etat.EN_FILE, is_accepte=True, fini_le=None, anomalies=[]
    )
    run_import.enqueue(demande.pk)


def stop(demande: ImportExtrait) -> None:
    """Stop what runs at its next block; what waits, or waits for an answer, goes at once."""
    ImportExtrait.objects.filter(pk=demande.pk).update(is_arret_demande=True)
    en_attente = [ImportExtrait.Etat.EN_FILE, ImportExtrait.Etat.A_ACCEPTER]
    arretes = ImportExtrait.objects.filter(pk=demande.pk, etat__in=en_attente).update(
        etat=ImportExtrait.Etat.ARRETE, fini_le=timezone.now()
    )
    if arretes:
        shutil.rmtree(demande.chemin, ignore_errors=True)


def _clean(nom: str) -> str:
    """A name without any path; the views are told by what the files hold, days by their names."""
    seul = Path(nom.replace("\\", "/")).name.lstrip(".") or "extrait"
    return "".join(c if c.isalnum() or c in "._- " else "_" for c in seul)[-_NOM_MAX:]


def depots_dir() -> Path:
    """Directory of the files that wait."""
    return Path(settings.DEPOTS_EXTRAITS)
