"""An accounting file handed over: read, its movements kept, the file itself gone in the same minute."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillage.analyses.comptes.mouvements import read_mouvements
from maillage.data.sources.fec.lecture import read_fec
from maillage.data.sources.fec.modele import Gravite
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import format_date
from maillage.web.economie.models import ExerciceComptable
from maillage.web.economie.stockage import to_json
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from maillage.data.sources.fec.modele import Constat, Fec, Reparation
    from maillage.web.network.models import Organisation

_NOM_MAX = 150


def put_fec(
    organisation: Organisation, fichier: UploadedFile[Any], by: int | None
) -> ExerciceComptable:
    """Read a file and keep its movements; a year handed over twice replaces the first one.

    Raises:
        FichierInvalide: it cannot be read or used, with all that prevents it (MLG-FEC-…, MLG-SOL-…); it is
            that of another legal person (MLG-ECO-001).
    """
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier) / Path(fichier.name or "fec.txt").name[-_NOM_MAX:]
        with chemin.open("wb") as sortie:
            for morceau in fichier.chunks():
                sortie.write(morceau)
        fec = read_fec(chemin)
    bloquants = [c for c in fec.constats if c.gravite is Gravite.BLOQUANT]
    if bloquants:
        raise FichierInvalide(*(_tell(constat, fec.nom) for constat in bloquants))
    mouvements = read_mouvements(fec)
    if organisation.siren and mouvements.siren and organisation.siren != mouvements.siren:
        raise FichierInvalide(
            Anomalie(
                "MLG-ECO-001",
                f"Ce fichier est celui du SIREN {mouvements.siren}, la structure a le SIREN {organisation.siren}.",
                "Donnez l’export de cette structure, ou faites corriger son SIREN.",
                fec.nom,
            )
        )
    return _keep(organisation, fec, to_json(mouvements), by)


@transaction.atomic
def _keep(
    organisation: Organisation, fec: Fec, mouvements: dict[str, Any], by: int | None
) -> ExerciceComptable:
    exercice, _ = ExerciceComptable.objects.update_or_create(
        organisation=organisation,
        premier_jour=mouvements["premier_jour"],
        defaults={
            "dernier_jour": mouvements["dernier_jour"],
            "fichier": fec.nom,
            "sha256": fec.sha256,
            "lignes": fec.ecritures.num_rows,
            "mouvements": mouvements,
            "constats": [_plain(constat) for constat in fec.constats],
            "reparations": [_plain(reparation) for reparation in fec.reparations],
            "is_accepte": not fec.reparations,
            "by_id": by,
        },
    )
    exercice.refresh_from_db()
    record(
        "comptes.deposer",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"exercice": str(exercice), "empreinte": fec.sha256},
    )
    return exercice


@transaction.atomic
def accept(exercice: ExerciceComptable, by: int | None) -> None:
    """Accept what the reading understood otherwise than written."""
    exercice.is_accepte = True
    exercice.save(update_fields=["is_accepte"])
    _record("comptes.accepter", exercice, by)


@transaction.atomic
def forget(exercice: ExerciceComptable, by: int | None) -> None:
    """Forget a year: nothing of it is left but the line of the trail."""
    _record("comptes.oublier", exercice, by)
    exercice.delete()


def _record(action: str, exercice: ExerciceComptable, by: int | None) -> None:
    organisation = exercice.organisation
    details = {"exercice": str(exercice)}
    record(action, by=by, objet=organisation, nom=organisation.nom, details=details)


def _plain(dite: Constat | Reparation) -> dict[str, Any]:
    return {
        "code": dite.code,
        "quoi": dite.quoi,
        "que_faire": getattr(dite, "que_faire", ""),
        "nombre": dite.nombre,
        "lignes": list(dite.lignes),
    }


def _tell(constat: Constat, nom: str) -> Anomalie:
    lignes = f", lignes {', '.join(map(str, constat.lignes))}" if constat.lignes else ""
    return Anomalie(constat.code, constat.quoi, constat.que_faire, f"{nom}{lignes}")


def tell_period(exercice: ExerciceComptable) -> str:
    """« du 1er janvier 2024 au 31 décembre 2024 »."""
    return f"du {format_date(exercice.premier_jour)} au {format_date(exercice.dernier_jour)}"
