"""Small attachments of every kind, made byte by byte: no document of anybody."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def make_pdf(
    *pages: str,
    infos: Mapping[str, str] | None = None,
    objets: tuple[bytes, ...] = (),
    racine: bytes = b"",
) -> bytes:
    """A PDF of one line a page.

    Args:
        pages: Text of each page.
        infos: Properties: Author, Title…
        objets: Further objects, numbered from 100.
        racine: What to add to the catalogue.
    """
    numeros = range(10, 10 + 2 * len(pages), 2)
    enfants = b" ".join(b"%d 0 R" % n for n in numeros)
    corps: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % racine,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (enfants, len(pages)),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< %s >>"
        % b" ".join(b"/%s %s" % (k.encode(), _pdf(v)) for k, v in (infos or {}).items()),
    }
    for numero, page in zip(numeros, pages, strict=True):
        flux = b"BT /F1 12 Tf 50 700 Td %s Tj ET" % _pdf(page) if page else b"0 0 m 10 10 l S"
        corps[numero] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (numero + 1)
        )
        corps[numero + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(flux), flux)
    corps |= {100 + rang: objet for rang, objet in enumerate(objets)}
    return _assemble(b"%PDF-1.7\n", corps, b"/Root 1 0 R /Info 4 0 R")


def _pdf(texte: str) -> bytes:
    escaped = texte.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%s)" % escaped.encode("cp1252")


def _assemble(debut: bytes, corps: Mapping[int, bytes], suite: bytes, precedent: int = -1) -> bytes:
    out = debut
    places = {}
    for numero, objet in corps.items():
        places[numero] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (numero, objet)
    table = len(out)
    out += b"xref\n"
    if precedent < 0:
        out += b"0 1\n0000000000 65535 f \n"
    for numero, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (numero, place)
    prev = b"" if precedent < 0 else b" /Prev %d" % precedent
    out += b"trailer\n<< /Size 200 %s%s >>\nstartxref\n%d\n%%%%EOF\n" % (suite, prev, table)
    return out


def revise_pdf(pdf: bytes, page: str) -> bytes:
    """The same PDF after its first page was changed and saved over: the old page stays under."""
    flux = b"BT /F1 12 Tf 50 700 Td %s Tj ET" % _pdf(page)
    objet = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(flux), flux)
    precedent = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    return _assemble(pdf, {11: objet}, b"/Root 1 0 R /Info 4 0 R", precedent)


def make_zip(parts: Mapping[str, bytes | str]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parts.items():
            entree = zipfile.ZipInfo(nom)  # a date of its own, the same in every run
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, contenu)
    return sortie.getvalue()


def make_docx(texte: str, auteur: str = "", **parts: bytes | str) -> bytes:
    """A Word document; further parts by their name, double underscores for slashes, `_xml` for .xml."""
    every: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {WORD}><w:body><w:p><w:r><w:t>{texte}</w:t></w:r></w:p></w:body></w:document>",
        "docProps/core.xml": f"<cp:coreProperties {CORE}><dc:creator>{auteur}</dc:creator></cp:coreProperties>",
    }
    every |= {nom.replace("__", "/").replace("_xml", ".xml"): c for nom, c in parts.items()}
    return make_zip(every)


def make_odt(texte: str, auteur: str = "") -> bytes:
    return make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:body><text:p>{texte}</text:p></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {ODF}><office:meta><meta:initial-creator>{auteur}</meta:initial-creator></office:meta></office:document-meta>",
            "layout-cache": b"\x00\x01\x02",
        }
    )


def make_xlsx(*cellules: str, feuille: str = "Feuil1") -> bytes:
    lignes = "".join(f"<row><c><v>{c}</v></c></row>" for c in cellules)
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return make_zip(
        {
            "xl/workbook.xml": f'<workbook {ns}><sheets><sheet name="{feuille}" state="hidden"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet {ns}><sheetData>{lignes}</sheetData></worksheet>",
            "xl/printerSettings/printerSettings1.bin": "Imprimante du bureau".encode("utf-16-le"),
        }
    )


def make_pptx(texte: str, description: str = "") -> bytes:
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    return make_zip(
        {
            "ppt/slides/slide1.xml": f'<p:sld {a} {p}><p:cNvPr descr="{description}"/><a:p><a:r><a:t>{texte}</a:t></a:r></a:p></p:sld>',
            "ppt/media/image1.png": make_png(),
        }
    )


def make_png(*blocs: tuple[bytes, bytes], queue: bytes = b"") -> bytes:
    """One white pixel, with further chunks (type, bytes)."""
    pixel = zlib.compress(b"\x00\xff\xff\xff")
    every = (
        (b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"),
        *blocs,
        (b"IDAT", pixel),
        (b"IEND", b""),
    )
    out = b"\x89PNG\r\n\x1a\n"
    for genre, bloc in every:
        out += (
            len(bloc).to_bytes(4, "big")
            + genre
            + bloc
            + zlib.crc32(genre + bloc).to_bytes(4, "big")
        )
    return out + queue


def make_jpeg(*segments: tuple[int, bytes], queue: bytes = b"") -> bytes:
    """A skeleton of a JPEG: segments, then compressed pixels that hold a stuffed FF."""
    out = b"\xff\xd8"
    for marque, bloc in ((0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), *segments):
        out += bytes((0xFF, marque)) + (len(bloc) + 2).to_bytes(2, "big") + bloc
    return out + b"\xff\xda\x00\x03\x01ab\xff\x00cd\xff\xd0ef\xff\xd9" + queue
