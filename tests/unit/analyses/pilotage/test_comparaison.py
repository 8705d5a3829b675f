"""Two extracts made by hand: each kind of change is told, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from factories.flux_iae import JOUR, annexe, releve, structure, write_extrait, write_vue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.analyses.pilotage.comparaison import Nature, compare, open_comparaison, restrict
from maillage.analyses.pilotage.comparaison_lignes import list_changements
from maillage.analyses.pilotage.comparaison_modele import (
    Classe,
    EvolutionRejet,
    Passage,
    Suspension,
)
from maillage.analyses.pilotage.comparaison_totaux import total
from maillage.analyses.pilotage.imports import importer
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits, make_faits
from maillage.kernel.errors import Introuvable, SaisieInvalide
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.pilotage.comparaison import Comparaison
    from maillage.analyses.pilotage.comparaison_modele import ChangementAnnexe
    from maillage.indicators.pilotage.lecture import Faits

AVANT = date(2025, 5, 20)
"""Day of the older extract: in May, March is due, April is not."""
ETP_MOIS = 12.0
EUROS_MOIS = 24_000.0
"""What a month of `annexe` is worth: twelve posts at 24 000 € a year."""


def annexes(*rangees: list[str]) -> dict[str, Any]:
    return {"AnnexeFinanciere": list(rangees)}


def the(c: Comparaison, annexe_id: int = 10) -> ChangementAnnexe:
    (trouvee,) = [a for a in c.annexes if a.annexe_id == annexe_id]
    return trouvee


def natures(c: Comparaison) -> list[str]:
    return [changement.nature.code for changement in c.changements]


def test_the_same_rows_at_another_day_of_the_month_change_nothing(
    faits_de: Callable[..., Faits],
) -> None:
    vues = {
        **annexes(annexe(), annexe(11, "AI", af_indicateur_suspension="true")),
        "EtatMensuelIndiv": [releve(mois) for mois in (1, 2)],
    }
    c = compare(faits_de(date(2025, 7, 5), **vues), faits_de(date(2025, 7, 25), **vues))
    assert (c.changements, c.changees) == ((), ())
    assert {a.classe for a in c.annexes} == {Classe.INCHANGEE}
    assert (the(c).retards_avant, the(c).retards_apres) == (3, 3)
    restent = list_changements(c.structures, ordinaires=True)
    assert {r.nature for r in restent} == {Nature.RESTENT}
    assert len(restent) == 3 + 5


@pytest.mark.parametrize(
    ("cellules", "champ", "nature", "avant", "apres"),
    [
        ({"af_etp_postes_insertion": "10.50"}, "etp", "postes", 12.0, 10.5),
        (
            {"af_date_fin_effet": "30/11/2025"},
            "fin",
            "dates",
            date(2025, 12, 31),
            date(2025, 11, 30),
        ),
        (
            {"af_date_debut_effet": "01/02/2025"},
            "debut",
            "dates",
            date(2025, 1, 1),
            date(2025, 2, 1),
        ),
        ({"af_montant_total_annuel": "1.50"}, "montant_total", "montant", 288000.0, 1.5),
        (
            {"af_montant_unitaire_annuel_valeur": ""},
            "montant_unitaire",
            "montant",
            24000.0,
            Absence.INCONNUE,
        ),
        (
            {"af_etat_annexe_financiere_code": "CLOTURE"},
            "etat",
            "etat",
            "VALIDE",
            "CLOTURE",
        ),
        (
            {"af_numero_avenant_modification": 1},
            "numero",
            "avenant",
            "ACI035250010A0M0",
            "ACI035250010A0M1",
        ),
        (
            {"af_duree_heure_annuel_etp_valeur": "1820.00"},
            "heures_etp",
            "autre",
            182.0,
            1820.0,
        ),
        (
            {"af_indic_cofinancement": "true", "af_mt_cofinance": "5000.00"},
            "montant_departement",
            "montant",
            Absence.SANS_OBJET,
            5000.0,
        ),
    ],
)
def test_a_field_that_changes_is_told_with_its_two_values(
    faits_de: Callable[..., Faits],
    cellules: dict[str, Any],
    champ: str,
    nature: str,
    avant: Any,
    apres: Any,
) -> None:
    c = compare(faits_de(AVANT, **annexes(annexe())), faits_de(**annexes(annexe(**cellules))))
    trouvee = the(c)
    assert trouvee.classe is Classe.CHANGEE
    assert [(ch.champ, ch.avant, ch.apres) for ch in trouvee.champs] == [(champ, avant, apres)]
    assert natures(c) == [nature]


def test_the_gap_of_a_field_is_known_when_both_values_are(faits_de: Callable[..., Faits]) -> None:
    c = compare(
        faits_de(AVANT, **annexes(annexe())),
        faits_de(
            **annexes(annexe(af_montant_total_annuel="288000.10", af_etp_postes_insertion=""))
        ),
    )
    ecarts = {champ.champ: champ.ecart for champ in the(c).champs}
    assert ecarts["etp"] is Absence.INCONNUE
    assert ecarts["montant_total"] == pytest.approx(0.1)
    assert total(c.annexes).classes[Classe.CHANGEE].euros == 0.1
    assert total(c.annexes).champs["etp"].nombre == 1


def test_a_pending_amendment_is_told(faits_de: Callable[..., Faits]) -> None:
    c = compare(
        faits_de(AVANT, **annexes(annexe())),
        faits_de(
            **annexes(
                annexe(),
                annexe(af_numero_avenant_modification=1, af_etat_annexe_financiere_code="SAISI"),
            )
        ),
    )
    (changement,) = c.changements
    assert (changement.nature, changement.avant, changement.apres) == (
        Nature.AVENANT,
        "aucun",
        "ACI035250010A0M1",
    )


def test_each_annexe_that_comes_or_goes_has_its_class(faits_de: Callable[..., Faits]) -> None:
    vieille = annexe(
        8, af_date_debut_effet="01/01/2022", af_date_fin_effet="31/12/2022"
    )  # before the two years that an extract of 2025 goes back
    autre_annee = annexe(9, af_date_debut_effet="01/01/2023", af_date_fin_effet="31/12/2023")
    c = compare(
        faits_de(AVANT, **annexes(vieille, autre_annee, annexe(10), annexe(11))),
        faits_de(**annexes(annexe(10), annexe(12, "AI"))),
    )
    classes = {a.annexe_id: a.classe for a in c.annexes}
    assert classes == {
        8: Classe.HORS_HISTORIQUE,
        9: Classe.HORS_HISTORIQUE,
        10: Classe.INCHANGEE,
        11: Classe.DISPARUE,
        12: Classe.NOUVELLE,
    }
    assert "ne remonte pas avant 2023" in the(c, 8).raison
    assert "plus aucune annexe de 2023" in the(c, 9).raison
    assert "ne dit pas pourquoi" in the(c, 11).raison
    assert sorted(natures(c)) == ["disparue", "nouvelle", "sortie", "sortie"]
    sommes = total(c.annexes).classes
    assert [sommes[classe].nombre for classe in Classe] == [1, 0, 1, 2, 1]
    assert sommes[Classe.NOUVELLE].euros == sommes[Classe.DISPARUE].euros == 288_000
    assert the(c, 12).montant_avant is the(c, 11).montant_apres is Absence.SANS_OBJET


def test_an_annexe_of_a_year_that_is_still_there_has_vanished(
    faits_de: Callable[..., Faits],
) -> None:
    en_2023 = {"af_date_debut_effet": "01/01/2023", "af_date_fin_effet": "31/12/2023"}
    c = compare(
        faits_de(AVANT, **annexes(annexe(8, **en_2023), annexe(9, **en_2023))),
        faits_de(**annexes(annexe(9, **en_2023), annexe(10))),
    )
    assert the(c, 8).classe is Classe.DISPARUE


def test_a_suspension_comes_and_goes(faits_de: Callable[..., Faits]) -> None:
    non, oui = annexe(), annexe(af_indicateur_suspension="true")
    a, b = faits_de(AVANT, **annexes(non)), faits_de(**annexes(oui, annexe(11, "AI")))
    c = compare(a, b)
    assert the(c).suspension is Suspension.SUSPENDUE
    assert natures(c) == ["nouvelle", "suspendue"] or natures(c) == ["suspendue", "nouvelle"]
    assert total(c.annexes).suspendues.euros == 288_000
    d = compare(b, faits_de(date(2025, 8, 1), **annexes(non, annexe(11, "AI"))))
    assert the(d).suspension is Suspension.LEVEE
    assert natures(d) == ["reprise"]


def test_a_new_annexe_may_come_suspended(faits_de: Callable[..., Faits]) -> None:
    c = compare(
        faits_de(AVANT, **annexes(annexe())),
        faits_de(**annexes(annexe(), annexe(11, af_indicateur_suspension="true"))),
    )
    assert the(c, 11).suspension is Suspension.SUSPENDUE
    assert [ch.avant for ch in c.changements if ch.nature is Nature.SUSPENDUE] == [""]


def test_a_rejection_is_explained_and_bank_details_are_counted(
    faits_de: Callable[..., Faits],
) -> None:
    rejets = [
        annexe(af_etat_annexe_financiere_code="REJETE", af_motif_rejet_code=code)
        for code in ("TIT_RIB_KO", "CP_BANC_KO")
    ]
    a = faits_de(AVANT, **annexes(annexe(af_etat_annexe_financiere_code="SAISI")))
    b = faits_de(**annexes(*rejets))
    c = compare(a, b)
    rejet = the(c).rejet
    assert rejet is not None
    assert rejet.evolution is EvolutionRejet.NOUVEAU
    assert [motif.code for motif in rejet.motifs] == ["CP_BANC_KO", "TIT_RIB_KO"]
    assert total(c.annexes).rejets_bancaires.nombre == 1
    (dit,) = [ch for ch in c.changements if ch.nature is Nature.REJETEE]
    assert dit.rejet == "CP_BANC_KO TIT_RIB_KO"
    assert "titulaire" in dit.explication
    assert Nature.AUTRE not in {ch.nature for ch in c.changements}

    d = compare(b, faits_de(date(2025, 8, 1), **annexes(annexe())))
    assert the(d).rejet is not None
    assert Nature.REJET_LEVE in {ch.nature for ch in d.changements}
    assert total(d.annexes).rejets[EvolutionRejet.LEVE].nombre == 1
    assert total(d.annexes).rejets_bancaires.nombre == 0


def test_a_motive_on_an_active_annexe_is_no_rejection(faits_de: Callable[..., Faits]) -> None:
    """Published extracts have annexes VALIDE with CP_BANC_KO: nothing says whether it is settled."""
    c = compare(
        faits_de(AVANT, **annexes(annexe())),
        faits_de(**annexes(annexe(af_motif_rejet_code="INCONNU_KO"))),
    )
    rejet = the(c).rejet
    assert rejet is not None
    assert rejet.evolution is EvolutionRejet.MOTIF_APPARU
    assert not rejet.motifs[0].is_connu
    assert not rejet.is_bancaire
    assert natures(c) == ["motif"]


def test_the_order_of_the_motives_changes_nothing(faits_de: Callable[..., Faits]) -> None:
    """A comparison showed « TIT_RIB_KO CP_BANC_KO » becoming « CP_BANC_KO TIT_RIB_KO »."""
    deux = [annexe(af_motif_rejet_code=code) for code in ("TIT_RIB_KO", "CP_BANC_KO")]
    a = faits_de(AVANT, **annexes(*deux))
    table = a.annexes
    rang = table.schema.get_field_index("rejet_code")
    inverse = pa.array([" ".join(reversed(table.column(rang)[0].as_py().split()))])
    table = table.set_column(rang, table.schema.field(rang), inverse)
    autres = {nom: getattr(a, nom) for nom in ("mois", "personnes", "sorties")}
    retourne = make_faits(a.extrait, {"annexes": table, **autres})
    b = faits_de(**annexes(*deux))
    assert compare(a, b).changements == compare(retourne, b).changements == ()


def test_a_rejection_without_motive_says_so(faits_de: Callable[..., Faits]) -> None:
    c = compare(
        faits_de(AVANT, **annexes(annexe())),
        faits_de(**annexes(annexe(af_etat_annexe_financiere_code="REJETE"))),
    )
    (dit,) = [ch for ch in c.changements if ch.nature is Nature.REJETEE]
    assert dit.explication == "L’extrait ne dit pas le motif du rejet."


def test_a_motive_that_goes_away_is_a_field_that_changes(faits_de: Callable[..., Faits]) -> None:
    c = compare(
        faits_de(AVANT, **annexes(annexe(af_motif_rejet_code="SIGN_INSTR"))),
        faits_de(**annexes(annexe())),
    )
    assert the(c).rejet is None
    assert [(ch.libelle, ch.avant, ch.apres) for ch in c.changements] == [
        ("Motifs de rejet", "SIGN_INSTR", "aucun")
    ]


def test_what_became_of_each_month(faits_de: Callable[..., Faits]) -> None:
    a = faits_de(
        AVANT,
        **annexes(annexe()),
        EtatMensuelIndiv=[releve(1), releve(3, "91.00"), releve(4), releve(8)],
    )
    b = faits_de(
        **annexes(annexe()),
        EtatMensuelIndiv=[releve(1), releve(2), releve(3, "45.50"), releve(6)],
    )
    mois = {m.mois: m for m in the(compare(a, b)).mois}
    assert {numero: m.passage for numero, m in mois.items()} == {
        2: Passage.RATTRAPE,
        3: Passage.HEURES_CHANGEES,
        4: Passage.NOUVEAU_RETARD,
        5: Passage.NOUVEAU_RETARD,
        6: Passage.SAISI,
        8: Passage.SAISIE_RETIREE,
    }
    assert (mois[2].etp_mois, mois[2].euros) == (ETP_MOIS, EUROS_MOIS)
    assert (mois[3].heures_avant, mois[3].heures_apres) == (91, 45.5)
    assert (mois[3].etp_mois, mois[3].euros) == (-3, -6_000)
    assert (mois[4].heures_avant, mois[5].heures_avant) == (182, Absence.SANS_OBJET)
    assert (mois[5].etp_mois, mois[5].euros) == (ETP_MOIS, EUROS_MOIS)
    assert (mois[8].etp_mois, mois[8].euros) == (-ETP_MOIS, -EUROS_MOIS)


def test_months_are_counted_and_told(faits_de: Callable[..., Faits]) -> None:
    a = faits_de(AVANT, **annexes(annexe()), EtatMensuelIndiv=[releve(1), releve(4)])
    b = faits_de(**annexes(annexe()), EtatMensuelIndiv=[releve(1), releve(2, "91.00")])
    c = compare(a, b)
    sommes = total(c.annexes)
    assert sommes.passages[Passage.RATTRAPE].euros == EUROS_MOIS / 2
    assert sommes.passages[Passage.NOUVEAU_RETARD].nombre == 2
    assert sommes.passages[Passage.NOUVEAU_RETARD].etp_mois == 2 * ETP_MOIS
    assert (sommes.retards_avant, sommes.retards_apres, sommes.structures) == (2, 3, 1)
    assert c.count(Nature.EN_RETARD) == 2
    retires = [ch for ch in c.changements if "n’est plus dans l’extrait" in ch.explication]
    assert [ch.periode for ch in retires] == ["2025-04"]


def test_what_a_month_weighs_may_be_unknown(faits_de: Callable[..., Faits]) -> None:
    sans = annexe(
        af_etp_postes_insertion="",
        af_duree_heure_annuel_etp_valeur="",
        af_montant_unitaire_annuel_valeur="",
    )
    prix = annexe(11, "AI", af_montant_unitaire_annuel_valeur="")
    a = faits_de(AVANT, **annexes(sans, prix), EtatMensuelIndiv=[releve(3)])
    b = faits_de(**annexes(sans, prix), EtatMensuelIndiv=[releve(2), releve(3, "1.00")])
    c = compare(a, b)
    assert {m.mois: (m.etp_mois, m.euros) for m in the(c).mois if m.mois < 5} == {
        1: (Absence.INCONNUE, Absence.INCONNUE),
        2: (Absence.INCONNUE, Absence.INCONNUE),
        3: (Absence.INCONNUE, Absence.INCONNUE),
        4: (Absence.INCONNUE, Absence.INCONNUE),
    }
    (nouveau,) = the(c, 11).list_mois(Passage.NOUVEAU_RETARD)[:1]
    assert (nouveau.etp_mois, nouveau.euros) == (ETP_MOIS, Absence.INCONNUE)
    somme = total(c.annexes).passages[Passage.NOUVEAU_RETARD]
    assert (somme.euros, somme.sans_montant) == (Absence.INCONNUE, 4)


def test_hours_outside_of_the_annexe_are_told_and_weigh_nothing(
    faits_de: Callable[..., Faits],
) -> None:
    courte = annexe(af_date_fin_effet="31/03/2025")
    a = faits_de(AVANT, **annexes(courte), EtatMensuelIndiv=[releve(6, "10.00")])
    b = faits_de(
        **annexes(courte),
        EtatMensuelIndiv=[
            releve(6, "20.00"),
            releve(7, "5.00"),
            releve(4, emi_esm_etat_code="BROUILLON"),
        ],
    )
    c = compare(a, b)
    dehors = [m for m in the(c).mois if not m.dans_la_periode]
    assert [(m.mois, m.passage, m.euros) for m in dehors] == [
        (6, Passage.HEURES_CHANGEES, Absence.SANS_OBJET),
        (7, Passage.SAISI, Absence.SANS_OBJET),
    ]
    assert any("hors de l’annexe" in ch.libelle for ch in c.changements)


def test_a_late_month_that_the_annexe_does_not_cover_any_more_is_no_entry(
    faits_de: Callable[..., Faits],
) -> None:
    a = faits_de(AVANT, **annexes(annexe()), EtatMensuelIndiv=[releve(1), releve(2)])
    b = faits_de(
        **annexes(annexe(af_date_fin_effet="28/02/2025")),
        EtatMensuelIndiv=[releve(1), releve(2)],
    )
    c = compare(a, b)
    assert the(c).mois == ()
    assert (the(c).retards_avant, the(c).retards_apres) == (1, 0)


def test_months_of_an_annexe_that_does_not_count_are_not_told(
    faits_de: Callable[..., Faits],
) -> None:
    saisie = annexe(af_etat_annexe_financiere_code="SAISI")
    vues = {"EtatMensuelIndiv": [releve(1)]}
    a, b = faits_de(AVANT, **annexes(saisie), **vues), faits_de(**annexes(annexe()), **vues)
    c = compare(a, b)
    assert the(c).is_comptee
    # it did not count in the older extract: all of its months are new
    assert {m.passage for m in the(c).mois} == {Passage.SAISI, Passage.NOUVEAU_RETARD}
    d = compare(b, faits_de(date(2025, 8, 1), **annexes(saisie), **vues))
    assert the(d).mois == ()
    assert not the(d).is_comptee
    assert (the(d).retards_avant, the(d).retards_apres) == (4, 0)


def test_without_statements_months_are_not_compared(faits_de: Callable[..., Faits]) -> None:
    a = faits_de(AVANT, **annexes(annexe()))
    b = faits_de(**annexes(annexe()), EtatMensuelIndiv=[releve(1)])
    c = compare(a, b)
    assert not c.has_mois
    assert the(c).mois == ()
    assert any("L’ancien extrait n’a pas les relevés mensuels" in p for p in c.avertissements)


def test_a_column_that_one_extract_lacks_is_not_compared(
    faits_de: Callable[..., Faits], tmp_path: Any
) -> None:
    b = faits_de(
        **annexes(
            annexe(
                af_indicateur_suspension="true",
                af_motif_rejet_code="CP_BANC_KO",
                af_mt_cofinance="1.00",
                af_indic_cofinancement="true",
            )
        )
    )
    absentes = {"af_indicateur_suspension", "af_motif_rejet_code", "af_mt_cofinance"}
    noms = [colonne.nom for colonne in load_dictionnaire()["AnnexeFinanciere"]]
    dossier = write_extrait(tmp_path / "ancien", jour=AVANT)
    ligne = [cellule for nom, cellule in zip(noms, annexe(), strict=True) if nom not in absentes]
    entete = [nom for nom in noms if nom not in absentes]
    write_vue(dossier, "AnnexeFinanciere", [ligne], jour=AVANT, entete=entete)
    a = load_faits(importer([dossier], b.extrait.importe_le).extrait.identifiant)
    c = compare(a, b)
    assert c.changements == ()
    (phrase,) = [p for p in c.avertissements if "n’a pas ces colonnes" in p]
    for libelle in ("Suspension", "Motifs de rejet", "Part du département"):
        assert libelle in phrase


def test_a_structure_that_changes_its_name_is_told_once(faits_de: Callable[..., Faits]) -> None:
    deux = annexes(annexe(), annexe(11))
    c = compare(
        faits_de(AVANT, **deux),
        faits_de(
            **deux,
            Structure=[
                structure(
                    structure_denomination="AUTRE NOM", structure_siret_actualise="73282932000082"
                )
            ],
        ),
    )
    assert [(ch.nature, ch.libelle, ch.annexe_id) for ch in c.changements] == [
        (Nature.STRUCTURE, "Dénomination", 0),
        (Nature.STRUCTURE, "SIRET", 0),
    ]
    assert len(c.changees) == 1


def test_two_kinds_of_one_identifier_are_two_structures(faits_de: Callable[..., Faits]) -> None:
    deux = [annexe(), annexe(11, "ETTI")]
    c = compare(
        faits_de(AVANT, **annexes(*deux)),
        faits_de(**annexes(deux[0], annexe(11, "ETTI", af_etp_postes_insertion="1.00"))),
    )
    assert [s.cle for s in c.structures] == [(1, "ACI"), (1, "ETTI")]
    assert [s.cle for s in c.changees] == [(1, "ETTI")]


def test_an_annexe_that_moves_to_another_structure_is_told(
    faits_de: Callable[..., Faits],
) -> None:
    deux = [structure(1), structure(2)]
    c = compare(
        faits_de(AVANT, **annexes(annexe(), annexe(11, af_id_structure=2)), Structure=deux),
        faits_de(
            **annexes(annexe(af_id_structure=2), annexe(11, af_id_structure=2)), Structure=deux
        ),
    )
    assert the(c).cle == (2, "ACI")
    assert [(ch.libelle, ch.avant, ch.apres) for ch in c.changements] == [
        ("Numéro ASP de la structure", "1", "2")
    ]
    assert any("1 dans l’ancien seulement" in phrase for phrase in c.avertissements)


@pytest.mark.parametrize(
    ("filtre", "gardees"),
    [
        (Filtre(), {10, 11}),
        (Filtre(types=frozenset({"AI"})), {11}),
        (Filtre(departements_argent=frozenset({"35"})), {10, 11}),
        (Filtre(departements_argent=frozenset({"44"})), set()),
        (Filtre(departements_structure=frozenset({"35"})), {10, 11}),
        (Filtre(communes=frozenset({"35238"})), {10, 11}),
        (Filtre(communes=frozenset()), set()),
        (Filtre(structures=frozenset({(1, "ACI")})), {10}),
    ],
)
def test_a_comparison_is_restricted(
    faits_de: Callable[..., Faits], filtre: Filtre, gardees: set[int]
) -> None:
    a = faits_de(AVANT, **annexes(annexe(), annexe(11, "AI")))
    b = faits_de(
        **annexes(
            *(
                annexe(af_id, type_siae, af_etp_postes_insertion="1.00")
                for af_id, type_siae in ((10, "ACI"), (11, "AI"))
            )
        )
    )
    c = restrict(compare(a, b), filtre)
    assert {x.annexe_id for x in c.annexes} == {ch.annexe_id for ch in c.changements} == gardees
    if filtre.structures is not None:
        assert compare(a, b, filtre.structures).changements == c.changements


def refused(avant: Faits, apres: Faits) -> str:
    with pytest.raises(SaisieInvalide) as refus:
        compare(avant, apres)
    (anomalie,) = refus.value.anomalies
    return f"{anomalie.code} {anomalie.quoi}"


def test_what_cannot_be_compared_is_refused(faits_de: Callable[..., Faits]) -> None:
    a, b = faits_de(AVANT), faits_de(JOUR)
    assert "MLG-PIL-020 C’est deux fois le même extrait" in refused(a, a)
    assert "MLG-PIL-020 Les deux extraits sont inversés" in refused(b, a)
    autre = faits_de(JOUR, Structure=[structure(7)], AnnexeFinanciere=[annexe(af_id_structure=7)])
    assert "MLG-PIL-021" in refused(a, autre)
    invente = faits_de(JOUR, Structure=[structure(structure_denomination="JARDIN (SYNTHETIQUE)")])
    assert "l’un est réel, l’autre synthétique" in refused(a, invente)


def test_two_extracts_of_one_day_are_compared_with_a_warning(
    faits_de: Callable[..., Faits],
) -> None:
    c = compare(faits_de(JOUR), faits_de(JOUR, **annexes(annexe(af_etp_postes_insertion="1.00"))))
    assert any("rien ne dit lequel" in phrase for phrase in c.avertissements)


def test_an_extract_that_goes_further_back_says_so(faits_de: Callable[..., Faits]) -> None:
    vieille = annexe(9, af_date_debut_effet="01/01/2023", af_date_fin_effet="31/12/2023")
    c = compare(faits_de(AVANT), faits_de(**annexes(annexe(), vieille)))
    assert any("remonte plus loin" in phrase and "2023" in phrase for phrase in c.avertissements)


def test_the_two_newest_are_compared_by_default(faits_de: Callable[..., Faits]) -> None:
    with pytest.raises(Introuvable) as refus:
        open_comparaison()
    assert "aucun n’est importé" in refus.value.anomalies[0].quoi
    faits_de(date(2025, 1, 5))
    with pytest.raises(Introuvable) as refus:
        open_comparaison()
    assert "un seul est importé" in refus.value.anomalies[0].quoi
    faits_de(AVANT)
    faits_de(JOUR, **annexes(annexe(), annexe(11, "AI")))
    c = open_comparaison()
    assert (c.avant.extrait.extraction, c.apres.extrait.extraction) == (AVANT, JOUR)
    assert open_comparaison("2025-01-05").avant.extrait.extraction == date(2025, 1, 5)


CHANGEMENTS = {
    "etp": {"af_etp_postes_insertion": "3.25"},
    "fin": {"af_date_fin_effet": "30/06/2025"},
    "montant_total": {"af_montant_total_annuel": "999.99"},
    "montant_unitaire": {"af_montant_unitaire_annuel_valeur": "20000.00"},
    "suspendue": {"af_indicateur_suspension": "true"},
    "rejet_code": {"af_motif_rejet_code": "ETAB_FERME"},
    "heures_etp": {"af_duree_heure_annuel_etp_valeur": "1607.00"},
}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choisis=st.sets(st.sampled_from(sorted(CHANGEMENTS))), en_plus=st.booleans())
def test_exactly_what_was_changed_is_found(
    tmp_path_factory: pytest.TempPathFactory, choisis: set[str], *, en_plus: bool
) -> None:
    """Any set of fields, with or without an annexe that comes and one that goes."""
    dossier = tmp_path_factory.mktemp("hasard")
    cellules: dict[str, Any] = {}
    for champ in choisis:
        cellules |= CHANGEMENTS[champ]
    with pytest.MonkeyPatch.context() as contexte:
        contexte.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        cotes = []
        for nom, jour, vues in (
            ("a", AVANT, annexes(annexe(), *([annexe(11)] if en_plus else []))),
            ("b", JOUR, annexes(annexe(**cellules), *([annexe(12)] if en_plus else []))),
        ):
            rapport = importer(
                [write_extrait(dossier / nom, vues, jour)],
                datetime(2025, 7, 7, tzinfo=UTC),
            )
            cotes.append(load_faits(rapport.extrait.identifiant))
        c = compare(cotes[0], cotes[1])
    assert {champ.champ for champ in the(c).champs} == choisis
    attendues = {10: Classe.CHANGEE if choisis else Classe.INCHANGEE}
    if en_plus:
        attendues |= {11: Classe.DISPARUE, 12: Classe.NOUVELLE}
    assert {a.annexe_id: a.classe for a in c.annexes} == attendues
