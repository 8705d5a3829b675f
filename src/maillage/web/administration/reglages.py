"""Settings in force, as the administration may see them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ReglageVu:
    """One setting.

    Attributes:
        nom, description, defaut, exemple: As documented.
        valeur: In force; « réglé » for a secret, empty when it is the default.
    """

    nom: str
    description: str
    defaut: str
    exemple: str
    valeur: str


def list_reglages() -> list[ReglageVu]:
    """Every setting, in the order of the documentation."""
    return [
        ReglageVu(
            reglage.nom,
            reglage.description,
            reglage.defaut,
            reglage.exemple,
            _show(os.environ.get(reglage.nom, ""), is_secret=reglage.is_secret),
        )
        for reglage in settings.REGLAGES_DOCUMENTES
    ]


def _show(valeur: str, *, is_secret: bool) -> str:
    return "réglé, non montré" if is_secret and valeur else valeur
