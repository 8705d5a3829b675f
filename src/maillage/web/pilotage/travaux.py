"""The background work of the cockpit: import an extract, say how far it is, forget what nobody accepted."""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from maillage.analyses.pilotage.imports import importer
from maillage.data.extraits.reception import ReparationsAAccepter
from maillage.kernel.errors import Interrompu, UserError
from maillage.web.pilotage.models import ImportExtrait
from maillage.web.travaux.periodes import Periodique, every_hour

if TYPE_CHECKING:
    from datetime import datetime

_PAS = 1.0
"""Seconds between two notes of progress."""
_OUBLI = timedelta(days=7)
"""How long the files of an import wait for somebody to accept what it would mend."""


class _Suivi:
    """Writes how far an import is, and reads whether it must stop, at most once a second."""

    def __init__(self, pk: int) -> None:
        self._pk = pk
        self._prochaine = 0.0
        self._arret = False

    def tell(self, vue: str, rangees: int, _octets: int) -> None:
        """Note the view and the rows done."""
        maintenant = time.monotonic()
        if maintenant < self._prochaine:
            return
        self._prochaine = maintenant + _PAS
        demandes = ImportExtrait.objects.filter(pk=self._pk)
        demandes.update(vue=vue, rangees=rangees)
        self._arret = bool(demandes.values_list("is_arret_demande", flat=True).first())

    def must_stop(self) -> bool:
        """Whether somebody asked to stop."""
        return self._arret


@task()
def run_import(pk: int) -> str:
    """Import what was asked for, and say what came of it.

    An import can be done again from its start: nothing is kept before the whole is right.
    """
    demande = ImportExtrait.objects.filter(pk=pk).first()
    if demande is None or demande.is_fini:
        return ""
    if demande.is_arret_demande:
        _end(demande, ImportExtrait.Etat.ARRETE)
        return demande.etat
    demande.etat = ImportExtrait.Etat.EN_COURS
    demande.save(update_fields=["etat"])
    suivi = _Suivi(pk)
    secret = demande.chemin / ".mot-de-passe"
    try:
        rapport = importer(
            [demande.chemin / nom for nom in demande.noms],
            timezone.now(),
            mot_de_passe=secret.read_text(encoding="utf-8") if secret.is_file() else None,
            accepte_reparations=demande.is_accepte,
            progression=suivi.tell,
            doit_arreter=suivi.must_stop,
        )
    except ReparationsAAccepter as reparations:
        demande.anomalies = [asdict(anomalie) for anomalie in reparations.anomalies]
        _end(demande, ImportExtrait.Etat.A_ACCEPTER)
    except Interrompu:
        _end(demande, ImportExtrait.Etat.ARRETE)
    except UserError as error:
        demande.anomalies = [asdict(anomalie) for anomalie in error.anomalies]
        _end(demande, ImportExtrait.Etat.REFUSE)
    else:
        demande.extrait = rapport.extrait.identifiant
        demande.is_deja_connu = rapport.deja_connu
        demande.avertissements = list(rapport.extrait.avertissements)
        demande.anomalies = [asdict(anomalie) for anomalie in rapport.reparations]
        _end(demande, ImportExtrait.Etat.IMPORTE)
    return demande.etat


def _end(demande: ImportExtrait, etat: ImportExtrait.Etat) -> None:
    """Write what came of it; the files go, unless somebody still has to accept repairs."""
    demande.etat = etat
    demande.fini_le = timezone.now()
    demande.save(
        update_fields=["etat", "fini_le", "anomalies", "avertissements", "extrait", "is_deja_connu"]
    )
    if etat is not ImportExtrait.Etat.A_ACCEPTER:
        shutil.rmtree(demande.chemin, ignore_errors=True)


@task()
def sweep_deposits() -> int:
    """Remove the files of imports that nobody accepted, and of those that are known no more."""
    limite = timezone.now() - _OUBLI
    ImportExtrait.objects.filter(etat=ImportExtrait.Etat.A_ACCEPTER, fini_le__lt=limite).update(
        etat=ImportExtrait.Etat.ARRETE
    )
    vivants = {
        str(dossier)
        for dossier in ImportExtrait.objects.filter(
            etat__in=[
                ImportExtrait.Etat.EN_FILE,
                ImportExtrait.Etat.EN_COURS,
                ImportExtrait.Etat.A_ACCEPTER,
            ]
        ).values_list("dossier", flat=True)
    }
    morts = [d for d in _list_deposits() if d.name not in vivants and _is_old(d)]
    for dossier in morts:
        shutil.rmtree(dossier, ignore_errors=True)
    return len(morts)


def _list_deposits() -> list[Path]:
    racine = Path(settings.DEPOTS_EXTRAITS)
    return sorted(racine.iterdir()) if racine.is_dir() else []


def _is_old(dossier: Path) -> bool:
    """Whether it is more than an hour old: what is being put on the site has no line yet."""
    return dossier.stat().st_mtime < time.time() - 3600


def _has_deposits(_now: datetime) -> bool:
    return bool(_list_deposits())


PERIODIQUES = (Periodique("depots-extraits", every_hour, sweep_deposits, _has_deposits),)
