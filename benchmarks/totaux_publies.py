"""Published totals against what the cockpit says of the national synthetic extract, once imported.

The generator is calibrated on them; here they come back through the files, the import and the indicators.
Each line has its publisher and the gap that is tolerated, wider than that of the drawing when the files lose
something on purpose: forgotten months, cancelled annexes, structures that close and others that open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.data.store import query_parquet
from maillage.data.synthetic import NATIONAL
from maillage.data.synthetic.calibrage import load_calibrage
from maillage.data.synthetic.parametres import TYPES
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.sorties import summarise_sorties
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import summarise
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.kernel.valeur import Valeur

_EN_CONTRAT = """
SELECT count(DISTINCT emi_pph_id) AS n FROM emi
SEMI JOIN (
    SELECT contrat_id_pph FROM contrat WHERE contrat_date_embauche <= DATE '{jour}'
        AND coalesce(contrat_date_sortie_definitive, contrat_date_fin_contrat) >= DATE '{jour}'
) ON contrat_id_pph = emi_pph_id
WHERE make_date(emi_sme_annee, emi_sme_mois, 1) = date_trunc('month', DATE '{jour}')
"""


@dataclass(frozen=True, slots=True)
class Total:
    """A published total.

    Attributes:
        quoi: What is counted, and who publishes it.
        publie: Its value.
        lu: What the imported extract gives.
        tolere: Gap that is tolerated, in parts of the published value.
    """

    quoi: str
    publie: float
    lu: float
    tolere: float

    @property
    def is_back(self) -> bool:
        """Whether it comes back."""
        return abs(self.lu - self.publie) <= self.tolere * self.publie

    def __str__(self) -> str:
        ecart = 100 * (self.lu / self.publie - 1)
        return f"{self.quoi} : publié {self.publie:.10g}, lu {self.lu:.6g} ({ecart:+.1f} %)"


def list_totals(faits: Faits) -> Iterator[Total]:
    """Every published total that an extract of 2023 to 2025 can tell."""
    conventionnes = summarise(compute_annexes(faits, 2023)).conventionne_annuel
    yield Total("ETP conventionnés en 2023 (RAP 2023)", 93_007, _known(conventionnes), 0.03)
    for annee in (2023, 2024):
        sorties = summarise_sorties(faits, annee)
        emploi = _known(sorties.taux_durable) + _known(sorties.taux_transition)
        yield Total(f"sorties en emploi de {annee}, % (Cour des comptes 2019)", 36.5, emploi, 0.02)
        positives = _known(sorties.taux_positive)
        yield Total(f"sorties positives de {annee}, % (Cour des comptes 2019)", 19, positives, 0.03)
    vues = {
        "emi": faits.extrait.vue("EtatMensuelIndiv"),
        "contrat": faits.extrait.vue("ContratMission"),
    }
    for jour, publie in (("2023-12-31", 0.98 * 144_600), ("2025-01-31", 135_500)):
        gens = query_parquet(_EN_CONTRAT.format(jour=jour), vues, faits.extrait.dossier)
        yield Total(f"personnes en contrat au {jour} (Dares)", publie, gens[0][0].as_py(), 0.06)
    registre = load_calibrage().structures_by_type()
    comptes = Counter(type_siae for _, type_siae in index_structures(faits).cles)
    for type_siae, nombre in zip(TYPES, registre, strict=True):
        if nombre > 100:  # noqa: PLR2004 — the EITI of the register are too few to tell
            attendu = round(nombre / registre.sum() * NATIONAL)
            quoi = f"structures {type_siae} (registre de 2020, ramené à {NATIONAL})"
            yield Total(quoi, attendu, comptes[type_siae], 0.06)


def _known(valeur: Valeur) -> float:
    if isinstance(valeur, Absence):
        msg = f"a figure lacks: {valeur.value}"
        raise TypeError(msg)
    return float(valeur)
