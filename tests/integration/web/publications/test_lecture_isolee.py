"""Attachments read in a process of their own: its death, its hunger or its slowness is a refusal."""

from __future__ import annotations

import zlib

import pytest
from factories import pieces

from maillage.web.publications.texte.pieces import isolement
from maillage.web.publications.texte.pieces.isolement import read_isolated
from maillage.web.publications.texte.pieces.lecteur import read_piece


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("été.pdf", pieces.make_pdf("Bonjour", infos={"Author": "Camille Exemple"})),
        ("a.docx", pieces.make_docx("Bonjour", "Camille Exemple")),
        ("a b; c.png", pieces.make_png()),
        ("a.exe", b"MZ"),
        ("a.pdf", b"%PDF-1.7\n%%EOF"),
    ],
)
def test_the_reading_is_the_same_in_another_process(nom: str, contenu: bytes) -> None:
    assert read_isolated(nom, contenu) == read_piece(nom, contenu)


def test_a_reading_that_never_ends_is_stopped() -> None:
    assert "trop de temps" in read_isolated("a.txt", b"x", secondes=0.001).refus


def page_of(flux: bytes, filtre: bytes = b"") -> bytes:
    """A PDF whose only page holds that stream."""
    objet = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(flux), filtre, flux)
    pdf = pieces.make_pdf("Bonjour", objets=(objet,))
    return pdf.replace(b"/Contents 11 0 R", b"/Contents 100 0 R", 1)


def test_a_page_that_unpacks_to_gigabytes_is_refused() -> None:
    moteur = zlib.compressobj(9)
    bombe = b"".join(moteur.compress(b" " * 10_000_000) for _ in range(30)) + moteur.flush()
    assert (
        read_isolated("a.pdf", page_of(bombe, b"/Filter /FlateDecode")).refus == "le PDF est abîmé"
    )


def test_a_page_of_endless_drawing_is_stopped() -> None:
    lente = page_of(b"BT /F1 12 Tf %s ET" % (b"(a) Tj " * 3_000_000))
    assert "trop de temps" in read_isolated("a.pdf", lente, secondes=3).refus


def test_a_process_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolement, "_MODULE", "maillage.web.publications.texte.absent")
    assert "arrêtée" in read_isolated("a.txt", b"x").refus


def test_a_file_too_big_never_reaches_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolement, "TAILLE_MAX", 1)
    monkeypatch.setattr(isolement, "_MODULE", "maillage.web.publications.texte.absent")
    assert "dépasse" in read_isolated("a.txt", b"xx").refus
