"""Damaged and hostile attachments: a reading or a refusal, never anything else."""

from __future__ import annotations

from factories import pieces
from factories.tirages import tirages
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.web.publications.texte.pieces.lecteur import read_piece

CONTENUS = {
    "a.pdf": pieces.make_pdf(
        "Bonjour à tous", "Deuxième page", infos={"Author": "Camille Exemple"}
    ),
    "b.pdf": pieces.revise_pdf(pieces.make_pdf("Avant"), "Après"),
    "a.docx": pieces.make_docx("Bonjour", "Camille Exemple"),
    "a.odt": pieces.make_odt("Bonjour"),
    "a.xlsx": pieces.make_xlsx("1", "2"),
    "a.pptx": pieces.make_pptx("Bonjour"),
    "a.png": pieces.make_png((b"tEXt", b"Author\x00x")),
    "a.jpg": pieces.make_jpeg((0xE1, b"Exif\x00\x00x")),
    "a.csv": "é;à\n".encode(),
}
JETONS = st.sampled_from(
    [
        *(
            b"<<",
            b">>",
            b"[",
            b"]",
            b"(",
            b")",
            b"/Kids",
            b"/Parent 2 0 R",
            b"2 0 R",
            b"10 0 R",
            b"/Count -1",
        ),
        *(
            b"stream",
            b"endstream",
            b"endobj",
            b"xref",
            b"trailer",
            b"startxref",
            b"%%EOF",
            b"/Prev 9",
        ),
        *(
            b"/Filter /FlateDecode",
            b"/Type /ObjStm /N 9 /First 4",
            b"/Encrypt 1 0 R",
            b"/Length 99999999",
        ),
        *(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00"),
        *(b"\xff\xd9", b"\xff\xda", b"IEND", b"<a>", b"&a;", b"<!DOCTYPE a>"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of a known kind: bytes changed, cut, doubled, tokens put in."""
    nom, contenu = draw(st.sampled_from(sorted(CONTENUS.items())))
    octets = bytearray(contenu)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(octets) - 1)))
        match draw(st.integers(0, 4)):
            case 0:
                octets[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                del octets[place : place + draw(st.integers(1, 60))]
            case 2:
                octets[place:place] = draw(JETONS)
            case 3:
                octets[place:place] = octets[place : place + draw(st.integers(1, 200))]
            case _:
                jeton = draw(JETONS)
                octets[place : place + len(jeton)] = jeton
    return nom, bytes(octets)


@settings(max_examples=tirages(250))
@given(mutated())
def test_a_damaged_file_is_read_or_refused(piece: tuple[str, bytes]) -> None:
    lecture = read_piece(*piece)
    assert lecture.refus == "" or (lecture.textes, lecture.auteurs) == ((), ())


@settings(max_examples=tirages(100))
@given(st.sampled_from(sorted(CONTENUS)), st.binary(max_size=300))
def test_noise_under_a_known_beginning_is_read_or_refused(nom: str, bruit: bytes) -> None:
    lecture = read_piece(nom, CONTENUS[nom][:12] + bruit)
    assert lecture.refus == "" or lecture.textes == ()
