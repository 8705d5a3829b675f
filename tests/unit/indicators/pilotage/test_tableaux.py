from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait, write_vue

from maillage.analyses.pilotage.imports import importer
from maillage.data.extraits import find_extrait
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.indicators.pilotage.cartes import CARTES, find_carte
from maillage.indicators.pilotage.derivation import derive_faits
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import _load_by_id, load_faits
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import (
    list_annees,
    list_annexes,
    list_mois,
    list_retards,
    list_structures,
    open_structures,
)
from maillage.kernel.errors import FichierInvalide, Introuvable
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.kernel.valeur import Valeur


MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)


def known(valeur: Valeur) -> float:
    assert not isinstance(valeur, Absence)
    return valeur


@pytest.fixture
def deux_structures(faits_de: Callable[..., Faits]) -> Faits:
    """An ACI of twelve posts and an AI of six, the second one late since March."""
    return faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[
            annexe(10),
            annexe(
                11,
                "AI",
                af_id_structure=2,
                af_etp_postes_insertion="6.00",
                af_duree_heure_annuel_etp_valeur="160.70",
                af_montant_unitaire_annuel_valeur="1600.00",
            ),
        ],
        EtatMensuelIndiv=[
            *(releve(mois, "91.00") for mois in range(1, 7)),
            *(
                releve(
                    mois,
                    "80.35",
                    emi_afi_id=11,
                    emi_nb_heures_facturees="70.00",
                    emi_mt_salaire_brut="9999.99",
                )
                for mois in (1, 2)
            ),
        ],
    )


def test_months_of_the_network(deux_structures: Faits) -> None:
    mois = list_mois(deux_structures, 2025)
    assert [m.mois for m in mois] == list(range(1, 13))
    assert (mois[0].conventionne_fait, mois[0].realise, mois[0].heures) == (18, 12, 171.35)
    assert (mois[3].annexes_faites, mois[3].annexes_en_retard, mois[3].realise) == (1, 1, 6)
    assert (mois[3].conventionne_en_retard, mois[11].conventionne_a_venir) == (6, 18)


def test_structures_annexes_and_whole_agree(deux_structures: Faits) -> None:
    tout = summarise(compute_annexes(deux_structures, 2025))
    structures = list_structures(deux_structures, 2025)
    annexes = list_annexes(deux_structures, 2025)
    for lignes in (structures, annexes):
        assert sum(known(ligne.synthese.ecart_euros) for ligne in lignes) == tout.ecart_euros
        assert sum(ligne.synthese.mois_en_retard for ligne in lignes) == tout.mois_en_retard == 3
    assert tout.ecart_euros == -36 / 12 * 24000
    assert (tout.heures, tout.heures_facturees, tout.salaire_brut) == (706.7, 140, 19999.98)
    assert (tout.prevision_annexes, tout.prevision, tout.prevision_conventionne) == (1, 6, 12)
    assert structures[1].synthese.prevision is Absence.PAS_ENCORE_PUBLIEE


def test_the_forecast_widens_with_the_spread(faits_de: Callable[..., Faits]) -> None:
    heures = ("182.00", "91.00", "182.00", "91.00")
    s = summarise(
        compute_annexes(
            faits_de(EtatMensuelIndiv=[releve(m, h) for m, h in enumerate(heures, 1)]), 2025
        )
    )
    # done: 12, 6, 12, 6; mean 9, variance 12; 8 months remain
    assert s.prevision == 9
    ecart = 1.28 * (12 * (8 + 64 / 4)) ** 0.5 / 12
    assert s.prevision_haute == pytest.approx(9 + ecart)
    assert s.prevision_basse == pytest.approx(9 - ecart)


def test_late_entries_worth_most_first(deux_structures: Faits) -> None:
    (retard,) = list_retards(deux_structures, 2025)
    assert (retard.type, retard.mois, retard.dernier_mois) == ("AI", (3, 4, 5), 2)
    assert retard.euros == 18 / 12 * 1600
    assert list_annees(deux_structures) == [2025]


def test_an_extract_without_statements_knows_only_what_is_agreed(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(AnnexeFinanciere=[annexe(af_date_debut_effet="01/07/2025")])
    s = summarise(compute_annexes(faits, 2025))
    assert s.conventionne_annuel == 6
    assert s.realise_mois is s.taux is s.prevision is s.heures is Absence.INCONNUE
    assert list_mois(faits, 2025) == []
    assert list_retards(faits, 2025) == []


def test_hours_without_posts_have_no_rate(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(af_etp_postes_insertion="0.00")], EtatMensuelIndiv=[releve(1)]
    )
    assert summarise(compute_annexes(faits, 2025)).taux is Absence.SANS_OBJET


def test_repeated_statements_are_refused(faits_de: Callable[..., Faits]) -> None:
    ligne = releve(1)
    with pytest.raises(FichierInvalide) as refus:
        faits_de(EtatMensuelIndiv=[ligne, ligne])
    assert [anomalie.code for anomalie in refus.value.anomalies] == ["MLG-FLX-022"]
    with pytest.raises(Introuvable):
        find_extrait()


def test_facts_of_an_older_version_are_derived_again(deux_structures: Faits) -> None:
    extrait = deux_structures.extrait
    chemin = extrait.fait("mois")
    vieille = pq.read_table(chemin).slice(0, 1).replace_schema_metadata({"version": "0"})
    pq.write_table(vieille, chemin)
    _load_by_id.cache_clear()
    assert load_faits().mois.num_rows == deux_structures.mois.num_rows
    shutil.rmtree(extrait.dossier / "faits")
    _load_by_id.cache_clear()
    assert load_faits().mois.equals(deux_structures.mois)


def test_deriving_twice_gives_the_same(deux_structures: Faits) -> None:
    avant = deux_structures.extrait.fait("mois").read_bytes()
    derive_faits(deux_structures.extrait)
    assert deux_structures.extrait.fait("mois").read_bytes() == avant


def test_an_annexe_is_found_by_its_identifier(deux_structures: Faits) -> None:
    ids = deux_structures.annexe("annexe_id").tolist()
    assert [deux_structures.find_annexe(annexe_id) for annexe_id in ids] == [0, 1]
    for absente in (min(ids) - 1, max(ids) + 1):
        with pytest.raises(KeyError):
            deux_structures.find_annexe(absente)


def test_cards_are_found_by_their_code() -> None:
    assert find_carte("taux_realisation").autre
    assert len({carte.code for carte in CARTES}) == len(CARTES)
    with pytest.raises(Introuvable):
        find_carte("rien")


def test_columns_that_an_extract_lacks_are_unknown_not_zero(tmp_path: Path, donnees: Path) -> None:
    assert not donnees.exists()
    dossier = write_extrait(tmp_path / "extrait")
    noms = [colonne.nom for colonne in load_dictionnaire()["EtatMensuelIndiv"]]
    absentes = ("emi_nb_heures_facturees", "emi_date_validation", "emi_salarie_tjs_accomp")
    rangs = [rang for rang, nom in enumerate(noms) if nom not in absentes]
    ligne = [releve(1)[rang] for rang in rangs]
    write_vue(dossier, "EtatMensuelIndiv", [ligne], entete=[noms[rang] for rang in rangs])
    faits = load_faits(importer([dossier], MAINTENANT).extrait.identifiant)
    assert faits.mois.column("heures_facturees_centiemes").to_pylist() == [None] * 12
    s = summarise(compute_annexes(faits, 2025))
    assert (s.realise_mois, s.mois_faits) == (12, 1)
    assert s.heures_facturees is Absence.INCONNUE
    assert s.salaire_brut is Absence.INCONNUE


def test_what_a_structure_never_wrote_is_unknown_even_when_another_did(
    deux_structures: Faits,
) -> None:
    aci, ai = (s.synthese for s in list_structures(deux_structures, 2025))
    assert (aci.heures_facturees, aci.salaire_brut) == (Absence.INCONNUE, Absence.INCONNUE)
    assert known(ai.heures_facturees) == 140
    assert known(ai.salaire_brut) == pytest.approx(19999.98)
    assert aci.realise_asp_mois == 6


def test_a_page_of_structures_builds_its_rows_alone(deux_structures: Faits) -> None:
    table = open_structures(deux_structures, 2025)
    lignes = [table.ligne(rang) for rang in range(len(table))]
    assert len(table) == len(lignes) == len(table.groupes)
    assert sorted(lignes, key=lambda s: (s.denomination, s.asp_id, s.type)) == list_structures(
        deux_structures, 2025
    )
    assert table.texte("siret") == [ligne.siret for ligne in lignes]
    taux = [ligne.synthese.taux for ligne in lignes]
    ecarts = [ligne.synthese.ecart_euros for ligne in lignes]
    assert table.groupes.taux.tolist() == pytest.approx(
        [float("nan") if isinstance(t, Absence) else t for t in taux], nan_ok=True
    )
    assert table.groupes.ecart.tolist() == pytest.approx(
        [float("nan") if isinstance(e, Absence) else e for e in ecarts], nan_ok=True
    )


def test_communes_choose_the_structures_that_stand_there(deux_structures: Faits) -> None:
    communes = set(deux_structures.annexe("commune"))
    tout = list_structures(deux_structures, 2025)
    assert list_structures(deux_structures, 2025, Filtre(communes=frozenset(communes))) == tout
    assert list_structures(deux_structures, 2025, Filtre(communes=frozenset())) == []
