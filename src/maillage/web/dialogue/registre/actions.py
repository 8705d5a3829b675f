"""What is written for the register, each with its line in the trail."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from maillage.web.dialogue.models import (
    DeclarationPublique,
    Exercice,
    MentionRegistre,
    TempsPasse,
)
from maillage.web.dialogue.registre.comparaison import stream
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.web.dialogue.models import Rencontre

_LOT = 1_000


@transaction.atomic
def save_mention(rencontre: Rencontre, champs: Mapping[str, Any], *, by: int | None) -> None:
    """Write what the register asks about a meeting, with its time and costs.

    Args:
        rencontre: Which.
        champs: Fields of `MentionRegistre`, and `temps_heures`, `frais_centimes`, `initiative`.
        by: Number of the account that acts.
    """
    mention = {f: champs[f] for f in _CHAMPS_MENTION}
    MentionRegistre.objects.update_or_create(rencontre=rencontre, defaults=mention)
    for champ in ("temps_heures", "frais_centimes", "initiative"):
        setattr(rencontre, champ, champs[champ])
    rencontre.save(update_fields=["temps_heures", "frais_centimes", "initiative", "updated_at"])
    record("repertoire.mention", by=by, objet=rencontre)


_CHAMPS_MENTION = ("objet", "actions", "decisions", "domaines", "tiers", "observation")


@transaction.atomic
def save_exercice(exercice: Exercice, *, by: int | None) -> None:
    """Write an accounting year."""
    exercice.save()
    record("repertoire.exercice", by=by, objet=exercice, nom=str(exercice))


@transaction.atomic
def add_temps(temps: TempsPasse, *, by: int | None) -> None:
    """Note the time that a function spent."""
    temps.save()
    record("repertoire.temps", by=by, objet=temps)


@transaction.atomic
def remove_temps(temps: TempsPasse, *, by: int | None) -> None:
    """Take away time that was noted by mistake."""
    record("repertoire.temps-retirer", by=by, objet=temps)
    temps.delete()


def load_declarations(fichier: IO[bytes], nom: str, lu_le: date, *, by: int | None) -> int:
    """Replace the public declarations with those of a file of the register, all or nothing.

    Args:
        fichier: The register's JSON, open in binary, at its beginning.
        nom: Its name.
        lu_le: Today.
        by: Number of the account that acts; None for the program.

    Returns:
        How many years of organisations were read.

    Raises:
        FichierInvalide: MLG-REP-001, MLG-REP-002; nothing is changed.
    """
    with transaction.atomic():
        DeclarationPublique.objects.all().delete()
        empreinte = _Empreinte(fichier)
        lot: list[DeclarationPublique] = []
        vus: set[tuple[str, str, date]] = set()
        for d in stream(empreinte, nom):  # type: ignore[arg-type]  # only read() is asked of it
            cle = (d.identifiant, d.denomination, d.debut)
            if cle in vus:
                continue
            vus.add(cle)
            lot.append(
                DeclarationPublique(
                    **{f: getattr(d, f) for f in _CHAMPS_DECLARATION},
                    domaines=list(d.domaines),
                    source=nom,
                    lu_le=lu_le,
                )
            )
            if len(lot) == _LOT:
                DeclarationPublique.objects.bulk_create(lot)
                lot = []
        DeclarationPublique.objects.bulk_create(lot)
        DeclarationPublique.objects.update(sha256=empreinte.hexdigest())
        record(
            "repertoire.declarations",
            by=by,
            nom=nom,
            details={"exercices": len(vus), "sha256": empreinte.hexdigest()},
        )
    return len(vus)


_CHAMPS_DECLARATION = (
    "identifiant",
    "denomination",
    "categorie",
    "debut",
    "fin",
    "tranche",
    "nombre_personnes",
    "nombre_activites",
    "is_defaut",
)


class _Empreinte:
    """A file whose bytes are hashed as they are read, so that it is read once."""

    def __init__(self, fichier: IO[bytes]) -> None:
        self._fichier = fichier
        self._somme = hashlib.sha256()

    def read(self, taille: int = -1) -> bytes:
        """The next bytes."""
        octets = self._fichier.read(taille)
        self._somme.update(octets)
        return octets

    def hexdigest(self) -> str:
        """Hash of the whole file, once the rest of it is read."""
        while self.read(1 << 20):
            continue
        return self._somme.hexdigest()
