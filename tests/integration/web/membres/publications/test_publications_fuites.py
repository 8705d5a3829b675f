"""Publishing is refused when what is for members would be public, wherever that would be."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from factories.membres import client_de
from factories.parutions import make_publication, publish

from maillage.kernel.errors import FichierInvalide, SaisieInvalide
from maillage.web.publications import controle, fichiers, flux
from maillage.web.publications.actions import pieces
from maillage.web.publications.models import Parution, PieceJointe
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.fuites.model import PublicationRefusee

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.publications.models import Publication

APPRIS = "une inspection sur le financement démarre en septembre prochain"
CORPS = f"Le réseau a été reçu.\n\n[[Nous avons appris que {APPRIS}.]]\n"


def join(
    publication: Publication, by: Any, contenu: bytes, nom: str = "note.txt", **autres: Any
) -> PieceJointe:
    options = {"reference": "note", "audience": Audience.PUBLIQUE, **autres}
    return pieces.join(publication, contenu=contenu, nom=nom, by=by, **options)


def refused(publication: Publication, by: Any, **options: Any) -> set[str]:
    """Codes for which a publication is refused; nothing of it is written."""
    with pytest.raises(PublicationRefusee) as refus:
        publish(publication, by, **options)
    assert not Parution.objects.exists()
    publication.refresh_from_db()
    assert publication.parution is None
    return {anomalie.code for anomalie in refus.value.anomalies}


def test_a_passage_written_again_in_clear_is_refused(petit_reseau: PetitReseau) -> None:
    by = petit_reseau.personnes["delegation"]
    repete = make_publication(by, corps=f"{CORPS}\nNous avons appris que {APPRIS}.\n")
    assert "MLG-PUB-111" in refused(repete, by)


@pytest.mark.parametrize(
    "contenu",
    [
        {"chapo": "Rencontre avec Prénom Conseil"},
        {"themes": "emploi, Prénom Conseil"},
        {"titre": "Échange avec Prénom Conseil"},
    ],
)
def test_a_name_kept_by_rule_is_hidden_in_every_field(
    petit_reseau: PetitReseau, contenu: dict[str, str]
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = publish(make_publication(by, masquer_noms=True, **contenu), by)
    page = (
        client_de(petit_reseau, "visiteur")
        .get(f"/publications/{publication.slug}/")
        .content.decode()
    )
    assert "Prénom Conseil" not in page
    assert "prenom-conseil" not in page
    assert "nom réservé aux adhérents" in page
    adherent = client_de(petit_reseau, "direction").get(f"/publications/{publication.slug}/")
    assert "Prénom Conseil" in adherent.content.decode()


def test_an_address_that_tells_the_passage_is_refused(petit_reseau: PetitReseau) -> None:
    by = petit_reseau.personnes["delegation"]
    slug = "une-inspection-sur-le-financement-demarre-en-septembre-prochain"
    assert refused(make_publication(by, corps=CORPS), by, slug=slug) & {
        "MLG-PUB-101",
        "MLG-PUB-102",
    }


def test_a_public_attachment_that_tells_it_is_refused_and_one_for_members_is_not(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by, corps=CORPS)
    piece = join(publication, by, f"Compte rendu : {APPRIS}.".encode())
    assert refused(publication, by) & {"MLG-PUB-101", "MLG-PUB-102"}
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    page = client.post(f"{adresse}publier/", {"base": 2, "slug": "essai"})
    assert page.status_code == 422
    assert "pièce jointe note.txt" in page.content.decode().lower()
    client.post(f"{adresse}pieces/{piece.pk}/", {"geste": "changer", "audience": "adherents"})
    assert client.post(f"{adresse}publier/", {"base": 2, "slug": "essai"}).status_code == 302


def test_an_attachment_of_members_cited_in_public_shows_nothing_of_itself(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by, corps="Lire [la note](pj:note-interne).")
    join(
        publication, by, b"Pour nous seuls.", reference="note-interne", audience=Audience.ADHERENTS
    )
    publish(publication, by)
    visiteur = (
        client_de(petit_reseau, "visiteur")
        .get(f"/publications/{publication.slug}/")
        .content.decode()
    )
    assert "note-interne" not in visiteur
    assert "/publications/pieces/" not in visiteur
    adherent = (
        client_de(petit_reseau, "direction")
        .get(f"/publications/{publication.slug}/")
        .content.decode()
    )
    assert adherent.count("note-interne.txt") >= 2


# a fault of the site itself: the artefact is made from the members' version, and the test sees it


def test_a_feed_that_would_tell_it_is_refused(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = petit_reseau.personnes["delegation"]
    monkeypatch.setattr(flux, "render_entry", lambda article: f"<p>{article.titre} {APPRIS}</p>")
    codes = refused(make_publication(by, corps=CORPS), by)
    assert codes & {"MLG-PUB-101", "MLG-PUB-102"}


def test_an_index_that_would_tell_it_is_refused(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = petit_reseau.personnes["delegation"]
    monkeypatch.setattr(controle, "index_stems", lambda _article: ("reseau reçu", "inspection"))
    assert "MLG-PUB-106" in refused(make_publication(by, corps=CORPS), by)


def test_tags_or_a_page_that_would_tell_it_are_refused(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = petit_reseau.personnes["delegation"]
    for gabarit in ("publications/balises.html", "publications/article.html"):

        def fautif(nom: str, contexte: Any, vise: str = gabarit) -> str:
            fuite = f"<!-- {APPRIS} -->" if nom == vise else ""
            return f"{render_to_string(nom, contexte)}{fuite}"

        with monkeypatch.context() as patch:
            patch.setattr(controle, "render_to_string", fautif)
            assert refused(make_publication(by, corps=CORPS), by) & {"MLG-PUB-101", "MLG-PUB-102"}


def test_an_attachment_that_changes_during_the_test_stops_the_publication(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by, corps=CORPS)
    inspecter = controle.inspect

    def pendant(sujet: Any) -> Any:
        rapport = inspecter(sujet)
        join(publication, by, f"Ajoutée pendant : {APPRIS}".encode())
        return rapport

    monkeypatch.setattr(controle, "inspect", pendant)
    with pytest.raises(SaisieInvalide, match="MLG-PUB-221"):
        publish(publication, by)
    assert not Parution.objects.exists()


def test_the_public_index_holds_no_stem_of_what_is_reserved(petit_reseau: PetitReseau) -> None:
    by = petit_reseau.personnes["delegation"]
    publish(make_publication(by, corps=CORPS), by)
    visiteur, adherent = client_de(petit_reseau, "visiteur"), client_de(petit_reseau, "equipe")
    trouve = '<ul class="publications">'
    for mot in ("inspection", "financements", "septembre"):
        assert trouve not in visiteur.get(f"/publications/?q={mot}").content.decode()
        assert trouve in adherent.get(f"/publications/?q={mot}").content.decode()


# the files themselves


@pytest.mark.parametrize(
    ("contenu", "nom", "code"),
    [
        (b"", "vide.pdf", "MLG-PUB-210"),
        (b"MZ\x90\x00programme", "annexe.pdf", "MLG-PUB-212"),
        (b"<html><script>alert(1)</script>", "page.txt", "MLG-PUB-212"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "dessin.svg", "MLG-PUB-212"),
        (b"PK\x03\x04abime", "classeur.xlsx", "MLG-PUB-212"),
        (b"a\x00b", "notes.csv", "MLG-PUB-212"),
        (b"\xff\xfe\x00", "notes.txt", "MLG-PUB-212"),
        (b"x" * (fichiers.TAILLE_MAX + 1), "gros.txt", "MLG-PUB-211"),
    ],
)
def test_a_file_of_another_type_size_or_content_is_refused(
    contenu: bytes, nom: str, code: str
) -> None:
    with pytest.raises(FichierInvalide, match=code):
        fichiers.check(contenu, nom)


def _archive(noms: dict[str, bytes]) -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom, contenu in noms.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("noms", "extension"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "docx"),
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "xlsx"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odt"),
        ({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}, None),
        ({"[Content_Types].xml": b"", "word/a": b"", "xl/b": b""}, None),
        ({"programme.exe": b""}, None),
    ],
)
def test_an_office_document_is_told_by_what_is_in_it(
    noms: dict[str, bytes], extension: str | None
) -> None:
    if extension is None:
        with pytest.raises(FichierInvalide):
            fichiers.check(_archive(noms), "document.docx")
    else:
        assert fichiers.check(_archive(noms), "nom.sans.rapport") == extension


def test_a_file_is_served_under_our_name_to_whom_it_is_for_and_runs_nothing(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by, region="53")
    ouverte = join(publication, by, b"Pour tous.", reference="ouverte")
    reservee = join(
        publication, by, b"Pour nous.", reference="reservee", audience=Audience.ADHERENTS
    )

    def voir(role: str, piece: PieceJointe) -> int:
        return client_de(petit_reseau, role).get(piece.adresse).status_code

    assert [
        voir(r, ouverte) for r in ("visiteur", "direction", "delegation", "delegation_regionale")
    ] == [404, 404, 200, 200]
    publish(publication, by)
    roles = ("visiteur", "sans rôle", "partenaire", "direction", "conseil", "delegation")
    assert [voir(r, ouverte) for r in roles] == [200] * 6
    assert [voir(r, reservee) for r in roles] == [404, 404, 404, 200, 200, 200]
    reponse = client_de(petit_reseau, "visiteur").get(ouverte.adresse)
    assert reponse["Content-Disposition"] == 'attachment; filename="ouverte.txt"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert reponse["Content-Type"].startswith("text/plain")
    assert (
        client_de(petit_reseau, "visiteur")
        .get(f"/publications/pieces/{ouverte.pk}/autre.txt")
        .status_code
        == 404
    )
    # declared anew after publication: what is out does not move
    pieces.open_to(ouverte, Audience.ADHERENTS, by=by)
    pieces.take_away(reservee, by=by)
    assert voir("visiteur", ouverte) == 200
    assert voir("direction", reservee) == 200


def test_files_are_joined_and_refused_from_the_editor(petit_reseau: PetitReseau) -> None:
    publication = make_publication(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/pieces/"

    def envoyer(contenu: bytes, **autres: str) -> str:
        donnees = {"reference": "annexe", "audience": "adherents", **autres}
        fichier = SimpleUploadedFile("Annexe de Prénom NOM (v2).txt", contenu)
        return client.post(adresse, {"fichier": fichier, **donnees}, follow=True).content.decode()

    assert "Pièce jointe. Dans le texte" in envoyer(b"un texte")
    assert "MLG-PUB-214" in envoyer(b"un texte")
    assert "MLG-PUB-212" in envoyer(b"<script>", reference="autre")
    assert "Nom court" in envoyer(b"un texte", reference="Accentué !")
    (piece,) = PieceJointe.objects.all()
    assert piece.nom == "annexe.txt"
    page = client.post(f"{adresse}{piece.pk}/", {"geste": "enlever"}, follow=True).content.decode()
    assert "n’est plus jointe" in page
    for rang in range(pieces.PIECES_MAX):
        envoyer(b"un texte", reference=f"n{rang}")
    assert "MLG-PUB-215" in envoyer(b"un texte", reference="de-trop")


def test_a_file_that_was_altered_on_the_disk_is_not_read_as_the_same(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by)
    piece = join(publication, by, b"un texte")
    fichiers.path_of(piece.sha256).write_bytes(b"un autre")
    reponse = client_de(petit_reseau, "delegation").get(
        f"/publications/redaction/{publication.pk}/publier/"
    )
    assert reponse.status_code == 404
    assert "MLG-PUB-213" in reponse.content.decode()
