"""What is known of a structure before it answers, and how it is counted in the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.kernel.errors import DonneesIndisponibles
from maillage.kernel.niveau import Niveau
from maillage.web.questionnaire.modele.preremplissage import Connu
from maillage.web.questionnaire.models import Reponse
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.web.network.models import Organisation
    from maillage.web.questionnaire.models import Questionnaire

PLUSIEURS_TYPES: Final = "plusieurs types"
SANS_TYPE: Final = "type inconnu"
SANS_REGION: Final = "région inconnue"


def load_connu(questionnaire: Questionnaire, organisation: Organisation) -> Connu:
    """What the network knows: file of the structure, conventions, last answer sent."""
    types = [convention.type_siae for convention in organisation.conventions.all()]
    derniere = (
        Reponse.objects.filter(
            organisation=organisation,
            questionnaire__annee__lt=questionnaire.annee,
            sent_at__isnull=False,
        )
        .order_by("-questionnaire__annee")
        .select_related("questionnaire")
        .defer("questionnaire__projet", "questionnaire__definition", "questionnaire__arrete")
        .first()
    )
    return Connu(
        types=tuple(sorted(set(types))),
        nombre_conventions=len(types),
        commune=organisation.commune,
        departement=organisation.departement,
        region=organisation.region,
        annee_precedente=derniere.questionnaire.annee if derniere else None,
        precedentes=derniere.read_saisies() if derniere else None,
    )


def name_type(organisation: Organisation) -> str:
    """Kind under which a structure is counted: several kinds are a kind of their own."""
    types = sorted({convention.type_siae for convention in organisation.conventions.all()})
    if not types:
        return SANS_TYPE
    return types[0] if len(types) == 1 else PLUSIEURS_TYPES


def name_regions(codes: Iterable[str]) -> dict[str, str]:
    """Names of regions by code; the code itself where the reference pack does not know it."""
    try:
        atlas = donnees.atlas()
    except DonneesIndisponibles:
        atlas = None
    noms = {}
    for code in set(codes):
        connue = atlas.find_territoire(Niveau.REGION, code) if atlas and code else None
        noms[code] = connue.nom if connue else (f"région {code}" if code else SANS_REGION)
    return noms
