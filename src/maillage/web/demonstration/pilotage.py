"""The extracts of the invented network: two days of the same one, and which of its structures is whose.

They are those of `maillage synth reseau --structures 120 --graine 7 --regions 53,84,32`: invented, and each
name says so. They are made once and kept, in a directory that only the demonstration reads.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maillage.analyses.pilotage.imports import importer
from maillage.analyses.pilotage.lieux import list_places
from maillage.analyses.synthese import generate_reseau
from maillage.data.extraits import list_extraits
from maillage.data.extraits.depot import extraits_dir
from maillage.data.store import is_demonstration
from maillage.data.synthetic import VERSION as VERSION_DU_RESEAU
from maillage.data.synthetic import Parametres
from maillage.indicators.pilotage.faits import VERSION
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.niveau import Niveau
from maillage.web.pilotage.rapprochement import EXACTE, decide
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.web.network.models import Organisation

_JOURS: Final = (date(2025, 6, 16), date(2025, 7, 15))
_ANNEES, _GRAINE, _STRUCTURES = (2023, 2025), 7, 120
_REGIONS: Final = frozenset({"32", "53", "84"})
_MARQUE = "demonstration.json"
_SIREN = 9


def prepare_extraits(instant: datetime) -> None:
    """Make the two extracts, unless they are there already.

    Args:
        instant: Now, with its time zone.

    Raises:
        ValueError: this process does not serve the demonstration.
    """
    if not is_demonstration():
        msg = "the extracts of the demonstration are for the demonstration alone"
        raise ValueError(msg)
    marque = extraits_dir() / _MARQUE
    voulu = {
        "jours": [str(jour) for jour in _JOURS],
        "faits": VERSION,
        "graine": _GRAINE,
        "reseau": VERSION_DU_RESEAU,
    }
    if marque.is_file() and json.loads(marque.read_text(encoding="utf-8")) == voulu:
        return
    shutil.rmtree(extraits_dir(), ignore_errors=True)
    for jour in _JOURS:
        parametres = Parametres(
            au=jour, annees=_ANNEES, graine=_GRAINE, structures=_STRUCTURES, regions=_REGIONS
        )
        with tempfile.TemporaryDirectory() as dossier:
            ecrit = generate_reseau(parametres, Path(dossier))
            importer(ecrit.fichiers, instant)
    marque.write_text(json.dumps(voulu), encoding="utf-8")


def link_structures(organisations: Sequence[Organisation]) -> None:
    """Say which structure of the extracts each convention of the invented network is.

    A structure of the same kind and région is taken, while one is left; the organisation takes its SIREN,
    its conventions its SIRET, as they would be the same. Without extracts, nothing is tied.

    Args:
        organisations: Members, in the order in which they choose.
    """
    if not list_extraits():
        return
    libres = _list_free(load_faits())
    for organisation in organisations:
        premiere, *autres = organisation.conventions.order_by("pk")
        trouvee = next(
            (
                libre
                for libre in libres
                if libre.cle[1] == premiere.type_siae and libre.region == organisation.region
            ),
            None,
        )
        if trouvee is None:
            continue
        # another kind of the same legal person stays with it
        libres = [libre for libre in libres if libre.siret[:_SIREN] != trouvee.siret[:_SIREN]]
        organisation.siren = trouvee.siret[:_SIREN]
        organisation.save(update_fields=["siren"])
        for convention in (premiere, *autres):
            convention.siret = trouvee.siret
            convention.save(update_fields=["siret"])
        decide(trouvee.cle, organisation, is_confirme=True, raison=EXACTE, by=None)


@dataclass(frozen=True, slots=True)
class _Libre:
    """A structure of the extracts that nobody has chosen yet."""

    cle: Cle
    region: str
    siret: str


def _list_free(faits: Faits) -> list[_Libre]:
    """Structures that have an annexe in the year of the extract, in the order of their keys."""
    index = index_structures(faits)
    with donnees.VERROU:
        places = list_places(donnees.atlas(), faits)
    annee = faits.extrait.extraction.year
    colonnes = [faits.annexe(nom).tolist() for nom in ("millesime", "siret", "compte_pilotage")]
    vus: dict[Cle, _Libre] = {}
    for rang, millesime, siret, compte in zip(index.rangs.tolist(), *colonnes, strict=True):
        if millesime == annee and compte and Niveau.REGION in places[rang]:
            cle = index.cles[rang]
            vus.setdefault(cle, _Libre(cle, places[rang][Niveau.REGION].code, str(siret)))
    return [vus[cle] for cle in sorted(vus)]
