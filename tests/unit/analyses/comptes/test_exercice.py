"""One accounting file from end to end: months, absences, what is said; see factories.exercices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.exercices import ANNEE, OUVERTURE, postpone, write_exercice
from factories.fec import ENTETE, LIGNES, write_fec

from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.analyses.comptes.notes import list_notes
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.comptes.bilan import Position
from maillage.kernel.errors import FichierInvalide
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from pathlib import Path

    from factories.exercices import Ecriture

    from maillage.analyses.comptes.exercice import Exercice

CLOTURE: Ecriture = (
    "CL",
    "20241231",
    {
        "708400": 100_000,
        "706000": 20_000,
        "741100": 18_000,
        "730000": 5_000,
        "756000": 1_000,
        "754100": 2_000,
        "775000": 1_500,
        "789400": 1_500,
        "777000": 800,
        "791000": 600,
        "606300": -6_000,
        "613200": -9_000,
        "641100": -90_000,
        "645100": -20_000,
        "631100": -4_000,
        "661100": -300,
        "675000": -1_000,
        "681100": -3_000,
        "689400": -2_500,
        "654000": -400,
        "695000": -100,
        "120000": -14_100,
    },
)
RATTACHEMENT = """
siren = "732829320"
[[version]]
depuis = 2024-01-01
aide_au_poste = ["7411"]
[version.comptes]
754 = "production_vendue"
"""


def compute(tmp_path: Path, ecritures: list[Ecriture], texte: str = "") -> Exercice:
    choix = parse_rattachement(texte, "r.toml") if texte else None
    return compute_exercice(read_fec(write_exercice(tmp_path, ecritures)), None, choix)


def notes(exercice: Exercice) -> str:
    return "\n".join(list_notes(exercice))


def position(exercice: Exercice, rang: int) -> Position:
    trouvee = exercice.mois[rang].position
    assert isinstance(trouvee, Position)
    return trouvee


def test_the_end_of_each_month(tmp_path: Path) -> None:
    exercice = compute(tmp_path, ANNEE)
    assert [mois.fin for mois in exercice.mois][:2] == [date(2024, 1, 31), date(2024, 2, 29)]
    assert len(exercice.mois) == 12
    # the bank moves in June (+ 3 000), July (− 17 000), August, September, December
    tresorerie = [position(exercice, rang).tresorerie // 100 for rang in range(12)]
    assert tresorerie == [
        *(28_000, 28_000, 28_000, 28_000, 28_000, 31_000),
        *(14_000, 11_700, 13_200, 13_200, 13_200, 13_800),
    ]
    # April: 28 000 over 129 000 spent in four months, then over the year's average month
    avril = exercice.mois[3]
    assert avril.charges == 12_900_000
    assert avril.mois_sur_ecoules == pytest.approx(28_000 / (129_000 / 4))
    assert avril.mois_sur_exercice == pytest.approx(28_000 / (129_000 / 12))
    # January: nothing is spent yet
    assert exercice.mois[0].mois_sur_ecoules is Absence.SANS_OBJET
    fin = exercice.cloture
    assert fin.mois_sur_exercice == fin.mois_sur_ecoules == pytest.approx(13_800 / 10_750)
    for mois in exercice.mois:
        assert isinstance(mois.position, Position)
        assert mois.position.ecart == 0
    assert position(exercice, 0).fonds_de_roulement == 3_200_000 + 10_000_000


def test_the_order_of_entries_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    droit = compute(tmp_path / "a", ANNEE)
    envers = compute(tmp_path / "b", ANNEE[::-1])
    assert (droit.sig, droit.caf, droit.mois) == (envers.sig, envers.caf, envers.mois)


def test_without_opening_the_balance_sheet_is_unknown(tmp_path: Path) -> None:
    exercice = compute(tmp_path, ANNEE[1:])
    assert exercice.ouverture is Absence.INCONNUE
    assert {mois.position for mois in exercice.mois} == {Absence.INCONNUE}
    assert exercice.cloture.mois_sur_exercice is Absence.INCONNUE
    # the result needs no opening
    assert exercice.sig[-1].centimes == 1_410_000
    assert exercice.mouvements.premier_jour == date(2024, 1, 1)
    assert "pas de soldes d’ouverture" in notes(exercice)


def test_closing_entries_are_left_out_and_said(tmp_path: Path) -> None:
    exercice = compute(tmp_path, [*ANNEE, CLOTURE])
    assert exercice.sig[-1].centimes == 1_410_000
    assert position(exercice, 11).fonds_de_roulement == 4_830_000
    assert "Des écritures de clôture (22\u00a0lignes)" in notes(exercice)


def test_an_opening_dated_the_evening_before(tmp_path: Path) -> None:
    veille = ("AN", "20231231", OUVERTURE[2])
    exercice = compute(tmp_path, [veille, *ANNEE[1:]])
    assert exercice.mouvements.premier_jour == date(2024, 1, 1)
    assert len(exercice.mois) == 12
    assert position(exercice, 11).tresorerie == 1_380_000


def test_a_line_dated_before_the_opening_is_counted_in_the_first_month(tmp_path: Path) -> None:
    avant: Ecriture = ("OD", "20231215", {"411000": 50, "467000": -50})
    exercice = compute(tmp_path, [*ANNEE, avant])
    assert exercice.mouvements.lignes_avant == 2
    assert "2\u00a0lignes datées d’avant l’ouverture" in notes(exercice)
    assert position(exercice, 0).tresorerie == 2_800_000
    assert position(exercice, 0).ecart == 0


def test_the_chart_follows_the_opening_and_can_be_chosen(tmp_path: Path) -> None:
    suivante = compute(tmp_path, postpone(ANNEE, 1))
    assert suivante.plan.nom == "2025"
    assert "Compte 775, 1\u202f500,00\u202f€." in notes(suivante).replace(" €", "\u202f€")
    fec = read_fec(write_exercice(tmp_path, postpone(ANNEE, 1)))
    assert compute_exercice(fec, "2018").plan.nom == "2018"
    assert "CRC 99-01" in notes(compute(tmp_path, postpone(ANNEE, -6)))
    assert "CRC 99-01" not in notes(suivante)


def test_what_a_structure_says_of_its_accounts(tmp_path: Path) -> None:
    sans = compute(tmp_path, ANNEE)
    assert sans.aide_au_poste.montant is Absence.INCONNUE
    assert "730000 pour 5\u202f000,00 € ; 741100 pour 18\u202f000,00 €" in notes(sans)
    avec = compute(tmp_path, ANNEE, RATTACHEMENT)
    assert avec.aide_au_poste.montant == 1_800_000
    # gifts counted in production: 121 000 + 2 000; the EBE is the same
    assert avec.sig[1].centimes == 12_300_000
    assert avec.sig[3].centimes == 1_700_000
    assert "choix de la structure depuis le 1er janvier 2024" in notes(avec)
    assert "L’aide au poste n’est pas" not in notes(avec)
    # the version of 2024 does not hold for 2023
    avant = compute(tmp_path, postpone(ANNEE, -1), RATTACHEMENT)
    assert (avant.version, avant.aide_au_poste.montant) == (None, Absence.INCONNUE)
    assert "ouverts depuis le 1er janvier 2024 : ses choix ne sont pas suivis" in notes(avant)
    vide = compute(tmp_path, ANNEE, RATTACHEMENT.replace("7411", "7499"))
    assert "Aucun mouvement sur le compte déclaré de l’aide au poste (7499)" in notes(vide)
    rien = compute(tmp_path, [OUVERTURE, ANNEE[1]])
    assert "Aucun compte 73 ou 74" in notes(rien)


def test_what_is_entered_only_at_the_end_is_said(tmp_path: Path) -> None:
    dit = "ne sont passés qu’en décembre 2024"
    assert dit in notes(compute(tmp_path, ANNEE))
    mensuel: Ecriture = ("OD", "20240630", {"681100": 10, "281820": -10})
    assert dit not in notes(compute(tmp_path, [*ANNEE, mensuel]))
    assert dit not in notes(compute(tmp_path, ANNEE[:2]))


def test_accounts_that_no_row_covers_are_named(tmp_path: Path) -> None:
    exercice = compute(tmp_path, [*ANNEE, ("OD", "20240505", {"360000": 70, "512000": -70})])
    assert "360000 pour 70,00 €" in notes(exercice)
    assert position(exercice, 11).ecart == 7_000
    assert "Comptes non rattachés" not in notes(compute(tmp_path, ANNEE))


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    faux = [list(ligne) for ligne in LIGNES]
    faux[2][ENTETE.index("EcritureDate")] = "hier"
    with pytest.raises(FichierInvalide, match="MLG-SOL-001"):
        compute_exercice(read_fec(write_fec(tmp_path, faux)))
    with pytest.raises(FichierInvalide, match="MLG-SOL-001"):
        compute_exercice(read_fec(write_fec(tmp_path, [])))


def test_the_choices_of_another_structure_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FichierInvalide, match="MLG-SOL-019"):
        compute(tmp_path, ANNEE, RATTACHEMENT.replace("732829320", "356000000"))
    # a name without SIREN refuses nothing
    fec = read_fec(write_exercice(tmp_path, ANNEE, "export.txt"))
    choix = parse_rattachement(RATTACHEMENT, "r.toml")
    assert compute_exercice(fec, None, choix).version is not None
