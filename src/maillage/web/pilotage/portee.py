"""How far a person sees the structures of an extract: all, those of a region, or their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.lieux import list_places
from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.niveau import Niveau
from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import Permission
from maillage.web.pilotage.models import LienStructure
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Organisation


@dataclass(frozen=True, slots=True)
class StructureExtrait:
    """A structure of the extracts, and where it belongs.

    Attributes:
        cle: (asp_id, type).
        organisation: What it is in the network; None when nobody said.
        perimetre: Of its organisation, and the region where the extract says that it stands.
    """

    cle: Cle
    organisation: Organisation | None
    perimetre: Perimetre

    @property
    def code(self) -> str:
        """As addresses write it."""
        return write_cle(self.cle)


def write_cle(cle: Cle) -> str:
    """A key as addresses write it, « 1234-ACI »."""
    return f"{cle[0]}-{cle[1]}"


def parse_cle(texte: str) -> Cle | None:
    """The key that an address writes; None when it is none."""
    asp_id, _, type_siae = texte.partition("-")
    if not (asp_id.isascii() and asp_id.isdigit() and len(asp_id) < 19 and type_siae):  # noqa: PLR2004 — fits an int64
        return None
    return int(asp_id), type_siae


def list_regions(faits: Faits) -> Mapping[Cle, str]:
    """Region of each structure, by the commune of the extract; absent when it is not known."""
    with donnees.VERROU:
        places = list_places(donnees.atlas(), faits)
    return {
        cle: place[Niveau.REGION].code
        for cle, place in zip(index_structures(faits).cles, places, strict=True)
        if Niveau.REGION in place
    }


def find_structure(faits: Faits, cle: Cle) -> StructureExtrait | None:
    """A structure of an extract; None when the extract has none of that key."""
    if cle not in index_structures(faits).places:
        return None
    lien = (
        LienStructure.objects.filter(asp_id=cle[0], type_siae=cle[1], is_confirme=True)
        .select_related("organisation")
        .first()
    )
    region = list_regions(faits).get(cle, "")
    regions = {region, lien.organisation.region if lien else ""} - {""}
    siennes = frozenset({lien.organisation_id}) if lien else frozenset()
    return StructureExtrait(
        cle, lien.organisation if lien else None, Perimetre(siennes, frozenset(regions))
    )


def list_reachable(
    acteur: Acteur, faits: Faits, permission: Permission = Permission.PILOTAGE_STRUCTURE
) -> frozenset[Cle] | None:
    """Keys of the structures that a person may see; None for all of them, present and to come."""
    jusqu_ou = acteur.perimetre(permission)
    if jusqu_ou.tout:
        return None
    liens = LienStructure.objects.filter(is_confirme=True).select_related("organisation")
    miennes = {
        lien.cle
        for lien in liens
        if lien.organisation_id in jusqu_ou.organisations
        or (lien.organisation.region and lien.organisation.region in jusqu_ou.regions)
    }
    if jusqu_ou.regions:
        miennes |= {
            cle for cle, region in list_regions(faits).items() if region in jusqu_ou.regions
        }
    return frozenset(miennes)


def list_organisations(cles: Iterable[Cle]) -> dict[Cle, Organisation]:
    """The organisation of each structure that has one, among some keys."""
    voulues = set(cles)
    liens = LienStructure.objects.filter(is_confirme=True).select_related("organisation")
    return {lien.cle: lien.organisation for lien in liens if lien.cle in voulues}
