"""Attachments: every text they hold is read, and what cannot be read is refused by name."""

from __future__ import annotations

import zlib

import pytest
from factories import pieces

from maillage.web.publications.texte.pieces import archive, lecteur, model
from maillage.web.publications.texte.pieces.lecteur import read_piece
from maillage.web.publications.texte.pieces.model import Lecture
from maillage.web.publications.texte.pieces.pdf import _revisions as revisions


def every_text(lecture: Lecture) -> str:
    assert lecture.refus == ""
    return "\n".join(extrait.texte for extrait in lecture.textes)


CACHE = "trésorerie fragile"
XMP = f"<x:xmpmeta><dc:creator>{CACHE}</dc:creator></x:xmpmeta>".encode()
STREAM = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(XMP), XMP)
COMMENT = f'<w:comments {pieces.WORD}><w:comment w:author="Camille Exemple"><w:p><w:t>{CACHE}</w:t></w:p></w:comment></w:comments>'
DELETED = f"<w:document {pieces.WORD}><w:p><w:del w:author='x'><w:delText>{CACHE}</w:delText></w:del></w:p></w:document>"
SPLIT = f"<w:document {pieces.WORD}><w:p><w:r><w:t>tréso</w:t></w:r><w:r><w:t>rerie fragile</w:t></w:r></w:p></w:document>"


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("a.txt", CACHE.encode()),
        ("a.TXT", CACHE.encode("cp1252")),
        ("a.csv", f"a;{CACHE}".encode("utf-16")),
        ("a.md", b"\xef\xbb\xbf" + CACHE.encode()),
        ("a.pdf", pieces.make_pdf("Bonjour", CACHE)),
        ("a.pdf", pieces.make_pdf("Bonjour", infos={"Author": CACHE})),
        ("a.pdf", pieces.make_pdf("Bonjour", infos={"Keywords": CACHE})),
        ("a.pdf", pieces.make_pdf("Bonjour", objets=(STREAM,), racine=b"/Metadata 100 0 R")),
        (
            "a.pdf",
            pieces.make_pdf(
                "Bonjour", objets=(b"<< /Type /Annot /Contents (tr\\351sorerie fragile) >>",)
            ),
        ),
        ("a.pdf", pieces.revise_pdf(pieces.make_pdf(CACHE), "Bonjour")),
        ("a.docx", pieces.make_docx(CACHE)),
        ("a.docx", pieces.make_docx("Bonjour", CACHE)),
        ("a.docx", pieces.make_docx("Bonjour", word__comments_xml=COMMENT)),
        ("a.docx", pieces.make_docx("Bonjour", word__document_xml=DELETED)),
        ("a.docx", pieces.make_docx("Bonjour", word__document_xml=SPLIT)),
        ("a.odt", pieces.make_odt(CACHE)),
        ("a.odt", pieces.make_odt("Bonjour", CACHE)),
        ("a.xlsx", pieces.make_xlsx("12", CACHE)),
        ("a.xlsx", pieces.make_xlsx("12", feuille=CACHE)),
        ("a.pptx", pieces.make_pptx(CACHE)),
        ("a.pptx", pieces.make_pptx("Bonjour", CACHE)),
        ("a.pptx", pieces.make_zip({"ppt/embeddings/a.xlsx": pieces.make_xlsx(CACHE)})),
        ("a.png", pieces.make_png((b"tEXt", b"Author\x00" + CACHE.encode("latin-1")))),
        ("a.png", pieces.make_png((b"zTXt", b"Comment\x00\x00" + zlib.compress(CACHE.encode())))),
        (
            "a.png",
            pieces.make_png(
                (b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(XMP))
            ),
        ),
        ("a.png", pieces.make_png((b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP))),
        ("a.jpg", pieces.make_jpeg((0xE1, b"Exif\x00\x00" + CACHE.encode("latin-1")))),
        ("a.jpeg", pieces.make_jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP))),
        ("a.jpg", pieces.make_jpeg((0xE1, b"Exif\x00\x00" + CACHE.encode("utf-16-le")))),
        ("a.jpg", pieces.make_jpeg((0xFE, CACHE.encode()))),
    ],
)
def test_a_text_is_found_wherever_it_hides(nom: str, contenu: bytes) -> None:
    assert CACHE in every_text(read_piece(nom, contenu))


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        (
            "a.pdf",
            pieces.make_pdf("x", infos={"Author": "Camille Exemple", "Creator": "Un logiciel"}),
        ),
        ("a.docx", pieces.make_docx("x", "Camille Exemple")),
        ("a.docx", pieces.make_docx("x", word__comments_xml=COMMENT)),
        ("a.odt", pieces.make_odt("x", "Camille Exemple")),
    ],
)
def test_who_signed_is_known(nom: str, contenu: bytes) -> None:
    assert "Camille Exemple" in {auteur.texte for auteur in read_piece(nom, contenu).auteurs}
    assert "Un logiciel" not in {auteur.texte for auteur in read_piece(nom, contenu).auteurs}


DTD = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
EXTERNE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
ENCRYPTED_ZIP = bytearray(pieces.make_docx("x"))
ENCRYPTED_ZIP[ENCRYPTED_ZIP.rfind(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("nom", "contenu", "raison"),
    [
        ("a.exe", b"MZ", ".exe ne savent pas être lus"),
        ("sans_extension", b"x", "pas d’extension"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 99, "ancien format"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 99, "ancien format"),
        ("a.pdf", b"bonjour", "n’est pas celui d’un fichier .pdf"),
        ("a.png", pieces.make_jpeg(), "n’est pas celui d’un fichier .png"),
        ("a.txt", b"\x00\x01", "autre chose que du texte"),
        ("a.csv", b"\xff\xfe\x00", "encodage"),
        ("a.csv", b"\x81\x8d", "encodage"),
        ("a.pdf", pieces.make_pdf("", ""), "n’a pas de texte"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "abîmé"),
        ("a.pdf", pieces.make_pdf("x")[:300], "abîmé"),
        (
            "a.pdf",
            pieces.make_pdf("x", objets=(b"<< /Type /Filespec /EF << /F 3 0 R >> >>",)),
            "joints à l’intérieur",
        ),
        ("a.pdf", pieces.make_pdf("x", objets=(b"<< /XFA (a) >>",)), "XFA"),
        (
            "a.pdf",
            pieces.make_pdf("x", objets=(b"[" * 90 + b"(a)" + b"]" * 90,)),
            "trop profondément",
        ),
        ("a.pdf", pieces.make_pdf("¤¬¦" * 30), "n’est pas lisible par un programme"),
        ("a.pdf", pieces.make_pdf("x") + b"%%EOF\n" * 12, "trop de versions"),
        ("a.docx", pieces.make_docx("x")[:-40], "abîmée"),
        ("a.docx", bytes(ENCRYPTED_ZIP), "chiffrée"),
        ("a.docx", pieces.make_docx("</w:t>"), "document.xml est abîmée"),
        ("a.docx", pieces.make_docx("x", word__document_xml=DTD), "abîmée"),
        ("a.docx", pieces.make_docx("x", word__document_xml=EXTERNE), "abîmée"),
        (
            "a.docx",
            pieces.make_docx("x", word__document_xml="<a>" * 400 + "</a>" * 400),
            "trop profondément",
        ),
        ("a.docx", pieces.make_docx("x", word__vbaProject="x"), "dont rien ne peut être lu"),
        ("a.docx", pieces.make_docx("x", word__gros_xml=b" " * 30_000_000), "se dilate"),
        (
            "a.pptx",
            pieces.make_zip(
                {
                    "a.pptx": pieces.make_zip(
                        {"b.pptx": pieces.make_zip({"c.pptx": pieces.make_zip({"d": "x"})})}
                    )
                }
            ),
            "emboîtés",
        ),
        ("a.png", pieces.make_png(queue=b"secret"), "après la fin"),
        ("a.png", pieces.make_png()[:-4], "incomplète"),
        ("a.png", pieces.make_png((b"zTXt", b"a\x00\x00abc")), "abîmées"),
        (
            "a.png",
            pieces.make_png((b"zTXt", b"a\x00\x00" + zlib.compress(b" " * 9_000_000))),
            "anormalement longues",
        ),
        ("a.jpg", pieces.make_jpeg(queue=b"secret"), "après la fin"),
        ("a.jpg", pieces.make_jpeg()[:-2], "incomplète"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x01", "incomplète"),
    ],
)
def test_what_cannot_be_read_is_refused(nom: str, contenu: bytes, raison: str) -> None:
    assert raison in read_piece(nom, contenu).refus


def test_a_file_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecteur, "TAILLE_MAX", 3)
    assert "dépasse" in read_piece("a.txt", b"abcd").refus


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "TEXTE_MAX", 3)
    assert "trop de texte" in read_piece("a.txt", b"abcd").refus


def test_an_archive_of_too_many_or_too_big_parts_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    docx = pieces.make_docx("x")
    monkeypatch.setattr(archive, "_ENTREES_MAX", 2)
    assert "trop de fichiers" in read_piece("a.docx", docx).refus
    monkeypatch.setattr(archive, "_ENTREES_MAX", 10)
    monkeypatch.setattr(archive, "DECOMPRESSE_MAX", 100)
    assert "trop grosse" in read_piece("a.docx", docx).refus


def test_what_is_not_read_is_told() -> None:
    assert "image" in read_piece("a.png", pieces.make_png()).avertissements[0]
    assert "page 2" in read_piece("a.pdf", pieces.make_pdf("x", "")).avertissements[0]
    assert "images" in read_piece("a.pptx", pieces.make_pptx("x")).avertissements[0]


def test_a_pdf_cut_for_the_web_has_no_earlier_revision() -> None:
    pdf = pieces.make_pdf("Bonjour")
    assert len(list(revisions(pdf + pdf))) == 2
    assert len(list(revisions(b"%PDF-1.7 /Linearized" + pdf + pdf))) == 1


def test_a_reading_goes_through_json_and_back() -> None:
    lecture = read_piece("a.docx", pieces.make_docx("x", "Camille Exemple"))
    assert Lecture.from_dict(lecture.to_dict()) == lecture
