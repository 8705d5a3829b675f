"""What the database keeps of publications."""

from maillage.web.publications.models.abonnement import Abonnement, FluxPersonnel
from maillage.web.publications.models.envoi import Envoi, Lot
from maillage.web.publications.models.parution import Parution, PieceParue, Rendu, Theme
from maillage.web.publications.models.piece import PieceJointe
from maillage.web.publications.models.publication import (
    Etape,
    Publication,
    Saisie,
    VersionTexte,
)

__all__ = [
    "Abonnement",
    "Envoi",
    "Etape",
    "FluxPersonnel",
    "Lot",
    "Parution",
    "PieceJointe",
    "PieceParue",
    "Publication",
    "Rendu",
    "Saisie",
    "Theme",
    "VersionTexte",
]
