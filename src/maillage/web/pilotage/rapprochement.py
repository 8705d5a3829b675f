"""Which organisation each structure of an extract may be, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from maillage.indicators.pilotage.structures import index_structures
from maillage.web.journal.actions import record
from maillage.web.network.models import Convention, Organisation
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

EXACTE = "même SIRET et même type"
_SIREN = 9


@dataclass(frozen=True, slots=True)
class Proposition:
    """An organisation that a structure of the extracts may be, and why.

    Attributes:
        cle: (asp_id, type).
        denomination: Of the structure, in the extract.
        siret: As it is now.
        organisation: Which one.
        raison: Why.
    """

    cle: Cle
    denomination: str
    siret: str
    organisation: Organisation
    raison: str

    @property
    def is_exacte(self) -> bool:
        """Whether SIRET and kind are the same."""
        return self.raison == EXACTE


@dataclass(frozen=True, slots=True)
class Seule:
    """A structure of the extracts that resembles no organisation."""

    cle: Cle
    denomination: str
    siret: str


def propose(faits: Faits) -> tuple[list[Proposition], list[Seule]]:
    """For each structure that has no organisation: the surest one it may be, or none.

    Same SIRET and kind, then same SIRET, then same SIREN when a single organisation has it.
    """
    decides = {lien.cle for lien in LienStructure.objects.filter(is_confirme=True)}
    ecartees = {
        (lien.cle, lien.organisation_id) for lien in LienStructure.objects.filter(is_confirme=False)
    }
    annuaire = _Annuaire()
    propositions: list[Proposition] = []
    seules: list[Seule] = []
    for cle, denomination, sirets in _list_structures(faits):
        if cle in decides:
            continue
        trouvee = next(
            (
                (organisation, raison)
                for organisation, raison in annuaire.find(sirets, cle[1])
                if (cle, organisation.pk) not in ecartees
            ),
            None,
        )
        if trouvee is None:
            seules.append(Seule(cle, denomination, sirets[0]))
        else:
            propositions.append(Proposition(cle, denomination, sirets[0], *trouvee))
    propositions.sort(key=lambda p: (not p.is_exacte, p.denomination, p.cle))
    return propositions, sorted(seules, key=lambda s: (s.denomination, s.cle))


class _Annuaire:
    """Organisations by what the extracts say of a structure."""

    def __init__(self) -> None:
        conventions = Convention.objects.filter(
            organisation__is_archived=False,
            organisation__nature=Organisation.Nature.STRUCTURE,
        ).select_related("organisation")
        self._par_cle: dict[tuple[str, str], Organisation] = {}
        self._par_siret: defaultdict[str, list[Organisation]] = defaultdict(list)
        for convention in conventions:
            self._par_cle[convention.siret, convention.type_siae] = convention.organisation
            self._par_siret[convention.siret].append(convention.organisation)
        self._par_siren: defaultdict[str, list[Organisation]] = defaultdict(list)
        structures = Organisation.objects.filter(
            is_archived=False, nature=Organisation.Nature.STRUCTURE
        ).exclude(siren="")
        for organisation in structures:
            self._par_siren[organisation.siren].append(organisation)

    def find(self, sirets: Iterable[str], type_siae: str) -> Iterator[tuple[Organisation, str]]:
        """Organisations that a structure may be, surest first."""
        connus = [siret for siret in sirets if siret]
        for siret in connus:
            exacte = self._par_cle.get((siret, type_siae))
            if exacte is not None:
                yield exacte, EXACTE
        for siret in connus:
            for organisation in self._par_siret.get(siret, ()):
                yield organisation, "même SIRET, autre type"
        for siret in connus:
            freres = self._par_siren.get(siret[:_SIREN], [])
            if len(freres) == 1:
                yield freres[0], "même SIREN, autre établissement"


def _list_structures(faits: Faits) -> Iterator[tuple[Cle, str, tuple[str, str]]]:
    """Key, name and SIRETs (present, then as signed) of each structure of an extract."""
    index = index_structures(faits)
    colonnes = [faits.annexe(nom) for nom in ("denomination", "siret", "siret_signature")]
    vus: set[int] = set()
    for rang, nom, siret, signe in zip(index.rangs.tolist(), *colonnes, strict=True):
        if rang not in vus:
            vus.add(rang)
            yield index.cles[rang], str(nom), (str(siret), str(signe))


@transaction.atomic
def decide(
    cle: Cle, organisation: Organisation, *, is_confirme: bool, raison: str, by: int | None
) -> LienStructure:
    """Keep one decision; a structure that is tied elsewhere is untied first."""
    if is_confirme:
        LienStructure.objects.filter(asp_id=cle[0], type_siae=cle[1], is_confirme=True).exclude(
            organisation=organisation
        ).delete()
    lien, _ = LienStructure.objects.update_or_create(
        organisation=organisation,
        asp_id=cle[0],
        type_siae=cle[1],
        defaults={"is_confirme": is_confirme, "raison": raison, "by_id": by},
    )
    record(
        "pilotage.relier" if is_confirme else "pilotage.ecarter",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"asp_id": cle[0], "type": cle[1], "raison": raison},
    )
    return lien


@transaction.atomic
def decide_all_exact(faits: Faits, by: int | None) -> int:
    """Tie every structure whose SIRET and kind are those of a convention of an organisation."""
    propositions, _ = propose(faits)
    exactes = [p for p in propositions if p.is_exacte]
    for p in exactes:
        decide(p.cle, p.organisation, is_confirme=True, raison=p.raison, by=by)
    return len(exactes)


@transaction.atomic
def untie(lien: LienStructure, by: int | None) -> None:
    """Forget a decision."""
    record(
        "pilotage.delier",
        by=by,
        objet=lien.organisation,
        nom=lien.organisation.nom,
        details={"asp_id": lien.asp_id, "type": lien.type_siae},
    )
    lien.delete()
