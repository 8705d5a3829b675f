from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from factories.fec import DEBIT_CENTIMES, ENTETE, LIGNES, SALARIE, TIERS, write_fec

from maillage.data.sources.fec import lecture
from maillage.data.sources.fec.lecture import read_fec
from maillage.data.sources.fec.modele import Gravite
from maillage.kernel.errors import FichierInvalide, Introuvable

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.sources.fec.modele import Fec


def codes(fec: Fec) -> set[str]:
    return {constat.code for constat in fec.constats}


def repares(fec: Fec) -> set[str]:
    return {reparation.code for reparation in fec.reparations}


def changed(rang: int, **cellules: str) -> list[list[str]]:
    """The lines, one of which has other cells."""
    lignes = [list(ligne) for ligne in LIGNES]
    for colonne, valeur in cellules.items():
        lignes[rang][ENTETE.index(colonne)] = valeur
    return lignes


def assert_same_figures(fec: Fec) -> None:
    assert fec.is_utilisable
    assert fec.ecritures.num_rows == len(LIGNES)
    assert fec.debit_centimes == fec.credit_centimes == DEBIT_CENTIMES
    assert (fec.premier_jour, fec.dernier_jour) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_file_of_the_decree_has_nothing_to_say(tmp_path: Path) -> None:
    fec = read_fec(write_fec(tmp_path))
    assert_same_figures(fec)
    assert fec.constats == ()
    assert fec.reparations == ()
    assert (fec.encodage, fec.separateur) == ("ISO-8859-15", "tabulation")
    assert fec.colonnes == tuple(ENTETE)
    assert fec.ecritures.column("ligne").to_pylist() == list(range(2, 10))
    assert fec.ecritures.column("ecriture").to_pylist() == [1, 1, 2, 2, 3, 3, 4, 4]


def test_third_parties_labels_and_references_are_not_kept(tmp_path: Path) -> None:
    fec = read_fec(write_fec(tmp_path))
    garde = pickle.dumps(fec)
    for secret in (TIERS, SALARIE, "SECRETE", "C00042", "DUPON", "0017", "Compte n"):
        for encodage in ("utf-8", "iso8859-15"):
            assert secret.encode(encodage) not in garde
    assert set(fec.ecritures.column("compte").to_pylist()) == {
        *("102000", "512000", "411", "708400", "641100", "4210"),
    }


@pytest.mark.parametrize(
    ("ecriture", "attendus"),
    [
        ({"separateur": "|"}, set()),
        ({"separateur": ";"}, {"MLG-FEC-134"}),
        ({"separateur": ","}, None),
        ({"fin": "\n"}, set()),
        ({"encodage": "utf-8"}, {"MLG-FEC-133"}),
        ({"encodage": "utf-8-sig"}, {"MLG-FEC-133"}),
        ({"encodage": "utf-16"}, {"MLG-FEC-133"}),
        ({"encodage": "cp850"}, {"MLG-FEC-133"}),
        ({"encodage": "mac-roman"}, {"MLG-FEC-133"}),
        ({"encodage": "cp500", "separateur": "|"}, set()),
        ({"encodage": "cp1140", "separateur": "|"}, set()),
        ({"separateur": "|", "fin": "|\r\n"}, {"MLG-FEC-138"}),
    ],
)
def test_what_programs_write_gives_the_same_figures(
    tmp_path: Path, ecriture: dict[str, Any], attendus: set[str] | None
) -> None:
    if attendus is None:  # a comma separates and is decimal: cells are quoted
        lignes = [[f'"{cellule}"' for cellule in ligne] for ligne in LIGNES]
        fec = read_fec(
            write_fec(tmp_path, lignes, entete=[f'"{nom}"' for nom in ENTETE], **ecriture)
        )
        assert codes(fec) == {"MLG-FEC-134", "MLG-FEC-135"}
    else:
        fec = read_fec(write_fec(tmp_path, **ecriture))
        assert codes(fec) == attendus
    assert_same_figures(fec)
    assert fec.reparations == ()


@pytest.mark.parametrize("fin", ["\r", "\r\r\n"])
def test_strange_line_ends_are_said(tmp_path: Path, fin: str) -> None:
    fec = read_fec(write_fec(tmp_path, fin=fin))
    assert_same_figures(fec)
    assert repares(fec) == {"MLG-FEC-204"}


def test_lines_that_end_with_a_separator_their_header_does_not(tmp_path: Path) -> None:
    lignes = [[*ligne, ""] for ligne in LIGNES]
    assert_same_figures(read_fec(write_fec(tmp_path, lignes)))


def test_columns_of_fixed_width(tmp_path: Path) -> None:
    largeurs = [
        2 + max(len(nom), *(len(ligne[rang]) for ligne in LIGNES))
        for rang, nom in enumerate(ENTETE)
    ]
    entete, *lignes = (
        [cellule.ljust(large) for cellule, large in zip(cellules, largeurs, strict=True)]
        for cellules in (ENTETE, *LIGNES)
    )
    fec = read_fec(write_fec(tmp_path, lignes, entete=entete, separateur=""))
    assert_same_figures(fec)
    assert fec.separateur == "largeur fixe"


def test_amount_and_side_instead_of_debit_and_credit(tmp_path: Path) -> None:
    rang = ENTETE.index("Debit")
    entete = [*ENTETE[:rang], "Montant", "Sens", *ENTETE[rang + 2 :]]
    for debit, credit in (("D", "C"), ("+1", "-1"), ("débit", "CREDIT")):
        lignes = [
            [
                *ligne[:rang],
                *([ligne[rang], debit] if ligne[rang] != "0,00" else [ligne[rang + 1], credit]),
                *ligne[rang + 2 :],
            ]
            for ligne in LIGNES
        ]
        fec = read_fec(write_fec(tmp_path, lignes, entete=entete))
        assert_same_figures(fec)
        assert repares(fec) == ({"MLG-FEC-203"} if debit == "débit" else set())
    lignes[3][rang + 1] = "?"
    lignes[4][rang + 1] = ""
    fec = read_fec(write_fec(tmp_path, lignes, entete=entete))
    sens = next(constat for constat in fec.constats if constat.code == "MLG-FEC-106")
    assert sens.lignes == (5, 6)
    assert not fec.is_utilisable


def test_columns_of_cash_accounts_and_others_in_any_order(tmp_path: Path) -> None:
    entete = [*ENTETE, "DateRglt", "ModeRglt", "NatOp", "IdClient"]
    lignes = [[*ligne, "20240131", "CH", "", ""] for ligne in LIGNES]
    assert codes(read_fec(write_fec(tmp_path, lignes, entete=entete))) == set()
    a_rebours = [ligne[::-1] for ligne in lignes]
    fec = read_fec(write_fec(tmp_path, a_rebours, entete=[nom.upper() for nom in entete[::-1]]))
    assert codes(fec) == {"MLG-FEC-136"}
    assert_same_figures(fec)
    fec = read_fec(
        write_fec(tmp_path, [[*ligne, "x"] for ligne in LIGNES], entete=[*ENTETE, "Analytique"])
    )
    assert codes(fec) == {"MLG-FEC-136", "MLG-FEC-137"}


@pytest.mark.parametrize(
    ("ecrit", "centimes"),
    [
        ("1 234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1234.56", 123456),
        ("1234,5", 123450),
        ("0000001234,56", 123456),
        ("1234,56 €", 123456),
        ("1234,56-", -123456),
    ],
)
def test_amounts_as_they_are_written(tmp_path: Path, ecrit: str, centimes: int) -> None:
    lignes = changed(2, Debit=ecrit)
    fec = read_fec(write_fec(tmp_path, lignes, encodage="cp1252" if "€" in ecrit else "utf-8"))
    assert fec.ecritures.column("debit_centimes").to_pylist()[2] == centimes
    plain = ecrit in {"1234,5", "0000001234,56"}
    assert repares(fec) == (set() if plain else {"MLG-FEC-202"})
    assert ("MLG-FEC-125" in codes(fec)) == (centimes < 0)


@pytest.mark.parametrize("jour", ["2024-01-15", "15/01/2024", "15.01.2024 08:00:00"])
def test_days_as_they_are_written(tmp_path: Path, jour: str) -> None:
    fec = read_fec(write_fec(tmp_path, changed(2, EcritureDate=jour)))
    assert_same_figures(fec)
    assert fec.ecritures.column("jour").to_pylist()[2] == date(2024, 1, 15)
    assert repares(fec) == {"MLG-FEC-201"}


@pytest.mark.parametrize(
    ("cellules", "code"),
    [
        ({"EcritureDate": "20240230"}, "MLG-FEC-102"),
        ({"EcritureDate": "18990101"}, "MLG-FEC-102"),
        ({"EcritureDate": "hier"}, "MLG-FEC-102"),
        ({"EcritureDate": ""}, "MLG-FEC-103"),
        ({"CompteNum": "C411"}, "MLG-FEC-104"),
        ({"CompteNum": ""}, "MLG-FEC-104"),
        ({"CompteNum": "41"}, "MLG-FEC-104"),
        ({"Debit": "NaN"}, "MLG-FEC-105"),
        ({"Debit": "12,345"}, "MLG-FEC-105"),
        ({"Debit": "1e9"}, "MLG-FEC-105"),
        ({"Debit": "9" * 30}, "MLG-FEC-105"),
        ({"Debit": "1,2,3"}, "MLG-FEC-105"),
        ({"Debit": "999,99"}, "MLG-FEC-108"),
    ],
)
def test_what_prevents_use_names_its_line(
    tmp_path: Path, cellules: dict[str, str], code: str
) -> None:
    fec = read_fec(write_fec(tmp_path, changed(2, **cellules)))
    assert not fec.is_utilisable
    constat = next(constat for constat in fec.constats if constat.code == code)
    assert constat.gravite is Gravite.BLOQUANT
    if code != "MLG-FEC-108":
        assert constat.lignes == (4,)


def test_lines_of_another_length_are_named_and_left_out(tmp_path: Path) -> None:
    lignes = [*LIGNES[:3], [""], ["coupée"], *LIGNES[3:], LIGNES[0][:5], [*LIGNES[0], "de", "trop"]]
    fec = read_fec(write_fec(tmp_path, lignes))
    constat = next(constat for constat in fec.constats if constat.code == "MLG-FEC-101")
    assert (constat.nombre, constat.lignes) == (3, (6, 12, 13))
    assert fec.ecritures.column("ligne").to_pylist() == [2, 3, 4, 7, 8, 9, 10, 11]
    assert fec.debit_centimes == DEBIT_CENTIMES


def test_a_quote_in_a_label_is_no_border(tmp_path: Path) -> None:
    fec = read_fec(write_fec(tmp_path, changed(2, EcritureLib='Tube 12" acier', PieceRef='"A')))
    assert_same_figures(fec)


def test_cells_quoted_only_where_they_must_be(tmp_path: Path) -> None:
    lignes = changed(2, EcritureLib='"Vente ; janvier"')
    fec = read_fec(write_fec(tmp_path, lignes, separateur=";"))
    assert_same_figures(fec)


def test_entries_that_do_not_balance(tmp_path: Path) -> None:
    lignes = changed(3, EcritureNum="3")
    lignes[4][ENTETE.index("JournalCode")] = "VE"
    fec = read_fec(write_fec(tmp_path, lignes))
    boiteuses = next(constat for constat in fec.constats if constat.code == "MLG-FEC-127")
    assert boiteuses.lignes == (4, 5, 7)
    assert fec.is_utilisable


def test_one_number_for_all_and_missing_numbers(tmp_path: Path) -> None:
    tous = [list(ligne) for ligne in LIGNES]
    for ligne in tous:
        ligne[ENTETE.index("EcritureNum")] = "0"
    assert codes(read_fec(write_fec(tmp_path, tous))) == {"MLG-FEC-126"}
    for ligne, numero in zip(tous, "11223366", strict=True):
        ligne[ENTETE.index("EcritureNum")] = f"OD-2024-{numero}"
        ligne[ENTETE.index("JournalCode")] = "OD"
    trous = next(c for c in read_fec(write_fec(tmp_path, tous)).constats if c.code == "MLG-FEC-140")
    assert trous.nombre == 2
    for ligne, numero in zip(tous, ("a", "a", "", "", "3", "3", "4", "4"), strict=True):
        ligne[ENTETE.index("EcritureNum")] = numero
    sans = next(c for c in read_fec(write_fec(tmp_path, tous)).constats if c.code == "MLG-FEC-139")
    assert sans.nombre == 4


def test_numbers_that_follow_in_each_journal(tmp_path: Path) -> None:
    lignes = [list(ligne) for ligne in LIGNES]
    for ligne, numero in zip(lignes, "77115533", strict=True):
        ligne[ENTETE.index("EcritureNum")] = numero
    assert codes(read_fec(write_fec(tmp_path, lignes))) == set()


def test_validation_absent_or_out_of_order(tmp_path: Path) -> None:
    fec = read_fec(write_fec(tmp_path, changed(7, ValidDate="")))
    assert codes(fec) == {"MLG-FEC-129"}
    fec = read_fec(write_fec(tmp_path, changed(5, ValidDate="20240201")))
    assert codes(fec) == {"MLG-FEC-141"}
    entete = [nom for nom in ENTETE if nom != "ValidDate"]
    rang = ENTETE.index("ValidDate")
    sans = [ligne[:rang] + ligne[rang + 1 :] for ligne in LIGNES]
    fec = read_fec(write_fec(tmp_path, sans, entete=entete))
    assert codes(fec) == {"MLG-FEC-128", "MLG-FEC-129", "MLG-FEC-136"}


def test_without_openings_and_with_closing_entries(tmp_path: Path) -> None:
    assert codes(read_fec(write_fec(tmp_path, LIGNES[2:]))) == {"MLG-FEC-131"}
    cloture = [list(ligne) for ligne in (LIGNES[3], LIGNES[4], LIGNES[0])]
    for ligne, (compte, debit, credit) in zip(
        cloture,
        (("708400", "1234,56", "0"), ("641100", "0", "800,01"), ("120000", "0", "434,55")),
        strict=True,
    ):
        for colonne, valeur in {
            "EcritureNum": "5",
            "EcritureDate": "20241231",
            "JournalCode": "CL",
            "CompteNum": compte,
            "Debit": debit,
            "Credit": credit,
        }.items():
            ligne[ENTETE.index(colonne)] = valeur
    fec = read_fec(write_fec(tmp_path, [*LIGNES, *cloture]))
    constat = next(constat for constat in fec.constats if constat.code == "MLG-FEC-132")
    assert (constat.nombre, constat.lignes) == (3, (10, 11, 12))
    # the result booked before the accounts are closed is no closing entry
    cloture[0][ENTETE.index("Debit")] = "1000,00"
    assert "MLG-FEC-132" not in codes(read_fec(write_fec(tmp_path, [*LIGNES, *cloture])))


def test_more_than_a_financial_year(tmp_path: Path) -> None:
    fec = read_fec(write_fec(tmp_path, changed(0, EcritureDate="20200101")))
    assert "MLG-FEC-130" in codes(fec)


@pytest.mark.parametrize(
    ("nom", "code"),
    [
        ("export.txt", "MLG-FEC-120"),
        ("732829320FEC20241331.txt", "MLG-FEC-120"),
        ("732829321FEC20241231.txt", "MLG-FEC-121"),
        ("732829320FEC20231231.txt", "MLG-FEC-122"),
    ],
)
def test_the_name_against_the_content(tmp_path: Path, nom: str, code: str) -> None:
    fec = read_fec(write_fec(tmp_path, nom=nom))
    assert codes(fec) == {code}
    assert_same_figures(fec)


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "MLG-FEC-002"),
        (b" \r\n\n", "MLG-FEC-002"),
        (b"a;b;c;d\n1;2;3;4\n", "MLG-FEC-003"),
        (b"\x00\xff" * 500, "MLG-FEC-003"),
        (
            b"JournalCode|EcritureNum|EcritureDate|EcritureDate|CompteNum|Debit|Credit\n",
            "MLG-FEC-004",
        ),
        (b"JournalCode|EcritureNum|EcritureDate|Debit\n", "MLG-FEC-005"),
    ],
)
def test_what_is_no_accounting_file_is_refused(tmp_path: Path, contenu: bytes, code: str) -> None:
    chemin = tmp_path / "essai.txt"
    chemin.write_bytes(contenu)
    with pytest.raises(FichierInvalide) as refus:
        read_fec(chemin)
    assert [anomalie.code for anomalie in refus.value.anomalies] == [code]


def test_no_file_no_line_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Introuvable):
        read_fec(tmp_path / "absent.txt")
    fec = read_fec(write_fec(tmp_path, []))
    assert "MLG-FEC-107" in codes(fec)
    assert (fec.premier_jour, fec.debit_centimes) == (None, 0)
    monkeypatch.setattr(lecture, "TAILLE_MAX", 10)
    with pytest.raises(FichierInvalide):
        read_fec(write_fec(tmp_path))


def test_blank_lines_before_the_header_are_said(tmp_path: Path) -> None:
    chemin = write_fec(tmp_path)
    chemin.write_bytes(b"\r\n\r\n" + chemin.read_bytes())
    fec = read_fec(chemin)
    assert_same_figures(fec)
    assert repares(fec) == {"MLG-FEC-205"}
    assert fec.ecritures.column("ligne").to_pylist()[0] == 4


def test_a_file_of_many_blocks_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.data.sources.fec.cellules._BLOC", 500)
    vus: list[tuple[int, int]] = []
    chemin = write_fec(tmp_path)
    fec = read_fec(chemin, lambda fait, total: vus.append((fait, total)))
    assert_same_figures(fec)
    assert fec.constats == ()
    assert len(vus) > 1
    assert vus[-1][0] == vus[-1][1]
    assert fec.ecritures.column("ecriture").to_pylist() == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.donnees_partagees
@pytest.mark.parametrize(
    ("nom", "lignes", "centimes", "encodage", "premier", "dernier"),
    [
        ("111111111FEC20221231.TXT", 934, 22568223, "CP850", "2023-01-01", "2023-07-31"),
        ("000000000FEC20231231.txt", 2102, 126535082, "UTF-8", "2021-01-01", "2023-06-30"),
        (
            *("variante_iso8859-15_pipe_crlf.txt", 323, 13425409),
            *("ISO-8859-15", "2023-01-03", "2023-03-31"),
        ),
    ],
)
def test_the_samples(  # noqa: PLR0913, PLR0917 — what their notes say of each
    donnees_partagees: Path,
    nom: str,
    lignes: int,
    centimes: int,
    encodage: str,
    premier: str,
    dernier: str,
) -> None:
    fec = read_fec(donnees_partagees / "fec" / nom)
    assert fec.is_utilisable
    assert fec.ecritures.num_rows == lignes
    assert fec.debit_centimes == fec.credit_centimes == centimes
    assert fec.encodage == encodage
    assert (str(fec.premier_jour), str(fec.dernier_jour)) == (premier, dernier)


def test_a_mark_of_utf_8_on_a_file_that_is_not(tmp_path: Path) -> None:
    chemin = write_fec(tmp_path)
    chemin.write_bytes(b"\xef\xbb\xbf" + chemin.read_bytes())
    fec = read_fec(chemin)
    assert_same_figures(fec)
    assert (fec.encodage, repares(fec)) == ("ISO-8859-15", {"MLG-FEC-206"})
