"""Keeping a model: a text that is computed, one more version each time; nothing of a text that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.web.economie.modele.calculs import NOM, compute_texte
from maillage.web.economie.models import ModeleEconomique, VersionDeModele
from maillage.web.journal.actions import record
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from maillage.web.droits.acteur import Acteur

TAILLE_MAX = 100_000
"""Characters of a text of hypotheses: the examples have four thousand."""
_REFUS = Anomalie(
    "MLG-ECO-033",
    "Ce n’est pas un texte d’hypothèses en UTF-8 de moins de 100 000 signes.",
    "Donnez le fichier TOML téléchargé d’un modèle.",
    NOM,
)


def keep(
    organisation: Organisation,
    texte: str,
    acteur: Acteur,
    *,
    prolonge: bool,
    modele: ModeleEconomique | None = None,
) -> ModeleEconomique:
    """Keep a text as the next version of a model, or as the first one of a new model.

    Raises:
        FichierInvalide: every fault of the text, with its line (MLG-MEC-002 to 011).
        PeriodeNonModelisee: the law does not reach its first day.
    """
    texte = "\n".join(texte.strip().splitlines()) + "\n"
    compute_texte(texte, prolonge=prolonge)
    role = next((m.role.value for m in acteur.mandats if m.organisation_id == organisation.pk), "")
    version = VersionDeModele(
        texte=texte, is_prolonge=prolonge, role=role, by_id=acteur.utilisateur_id
    )
    return write(organisation, version, modele)


@transaction.atomic
def write(
    organisation: Organisation, version: VersionDeModele, modele: ModeleEconomique | None = None
) -> ModeleEconomique:
    """Write a version whose text is known to be right."""
    # two versions of one model never have the same number: the organisation is held meanwhile
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if modele is None:
        modele = ModeleEconomique.objects.create(organisation=organisation)
    derniere = modele.versions.first()
    version.modele, version.numero = modele, derniere.numero + 1 if derniere else 1
    version.save()
    _record("modele.garder", organisation, modele, version.by_id, version=version.numero)
    return modele


@transaction.atomic
def forget(modele: ModeleEconomique, by: int | None) -> None:
    """Forget a model and its versions: nothing is left but the line of the trail."""
    _record("modele.oublier", modele.organisation, modele, by, versions=modele.versions.count())
    modele.delete()


def _record(
    action: str, organisation: Organisation, modele: ModeleEconomique, by: int | None, **de: int
) -> None:
    details = {"modele": modele.pk, **de}
    record(action, by=by, objet=organisation, nom=organisation.nom, details=details)


def read_fichier(fichier: UploadedFile[Any]) -> str:
    """Text of a file handed over.

    Raises:
        FichierInvalide: MLG-ECO-033, it is too long or not a text.
    """
    try:
        return bytes(fichier.read(4 * TAILLE_MAX)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FichierInvalide(_REFUS) from error


def check_taille(texte: str) -> None:
    """Refuse a text that the base would not hold.

    Raises:
        FichierInvalide: MLG-ECO-033, it is too long.
    """
    if len(texte) > TAILLE_MAX or "\0" in texte:
        raise FichierInvalide(_REFUS)
