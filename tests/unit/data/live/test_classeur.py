from __future__ import annotations

import io
import zipfile

import pytest

from maillage.data.sources.live import classeur
from maillage.data.sources.live.classeur import read_classeur

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
    '<sheet name="Une" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = '<Relationships><Relationship Id="rId1" Target="{}"/></Relationships>'


def build(rows: str, target: str = "worksheets/a.xml", **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", parts.get("book", BOOK))
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS.format(target))
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/a.xml", parts.get("sheet", sheet))
        if "texts" in parts:
            archive.writestr("xl/sharedStrings.xml", parts["texts"])
    return buffer.getvalue()


def test_numbers_texts_gaps_and_blanks_keep_their_place() -> None:
    rows = (
        '<row><c r="B1"><v>12.5</v></c><c r="D1" t="inlineStr"><is><t>é</t></is></c></row>'
        '<row><c r="A2" t="s"><v>1</v></c><c r="B2"/><c r="AA2" t="str"><v>fin</v></c></row>'
    )
    texts = (
        f'<sst xmlns="{MAIN}"><si><t>non</t></si><si><r><t>de</t></r><r><t>ux</t></r></si></sst>'
    )
    found = read_classeur(build(rows, texts=texts))
    assert found["Une"][0] == [None, 12.5, None, "é"]
    assert found["Une"][1] == ["deux", *[None] * 25, "fin"]


def test_an_absolute_target_and_cells_without_reference_are_read() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    assert read_classeur(build(rows, "/xl/worksheets/a.xml")) == {"Une": [[1.0, 2.0]]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut",
        build("", "worksheets/absente.xml"),
        build("<row>"),
        build('<row><c t="s"><v>3</v></c></row>'),
        build("<row><c><v>douze</v></c></row>"),
        build("", sheet="<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"),
    ],
)
def test_what_is_not_a_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"workbook|document type|float"):
        read_classeur(content)


def test_a_part_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classeur, "OCTETS_MAX", 1000)
    with pytest.raises(ValueError, match="more than 1000 bytes"):
        read_classeur(build(" " * 5000))
