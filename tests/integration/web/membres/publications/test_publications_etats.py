"""From draft to readers: states, rights, versions, two people on one text, scheduling, withdrawal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from factories.membres import client_de
from factories.parutions import TEXTE, make_publication, make_published, publish

from maillage.kernel.errors import SaisieInvalide
from maillage.web.journal.models import Evenement
from maillage.web.publications.actions import parution, redaction
from maillage.web.publications.models import Parution, Publication, Rendu, Saisie, VersionTexte

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.membres import PetitReseau

JEUDI = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


def typed(publication: Publication, **autres: Any) -> dict[str, Any]:
    """What the editor sends for the current text."""
    courante = publication.courante
    assert courante is not None
    champs = {k: v for k, v in courante.contenu.items() if v is not False}
    cadre = {"nature": publication.nature, "region": publication.region, "reunion": ""}
    return {**champs, **cadre, "base": courante.numero, **autres}


def test_a_draft_is_written_reviewed_sent_back_and_published(petit_reseau: PetitReseau) -> None:
    auteur, chef = (client_de(petit_reseau, r) for r in ("delegation_regionale", "delegation"))
    reponse = auteur.post(
        "/publications/redaction/nouvelle/",
        {"titre": "Réunion régionale", "nature": "actualite", "region": "53"},
    )
    publication = Publication.objects.get()
    adresse = f"/publications/redaction/{publication.pk}/"
    assert reponse["Location"] == adresse
    auteur.post(adresse, typed(publication, corps=TEXTE, geste="soumettre"))
    auteur.post(f"{adresse}soumettre/", {"base": 2})
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.A_RELIRE
    assert "1 texte attend une relecture" in chef.get(
        "/publications/redaction/"
    ).content.decode().replace("\u00a0", " ")

    chef.post(f"{adresse}renvoyer/", {"base": 2, "commentaire": "Ajoutez la date."})
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.RENVOYEE
    assert "Ajoutez la date." in auteur.get(adresse).content.decode()

    auteur.post(adresse, typed(publication, corps=f"Le 5 mars.\n\n{TEXTE}", motif="date ajoutée"))
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.BROUILLON
    assert (
        client_de(petit_reseau, "direction").get("/publications/").content.decode().count("<h2><a")
        == 0
    )
    reponse = chef.post(f"{adresse}publier/", {"base": 3, "slug": "reunion-regionale"})
    assert reponse["Location"] == "/publications/reunion-regionale/"
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.PUBLIEE
    gestes = list(
        Evenement.objects.filter(objet_id=str(publication.pk))
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert [g.partition(".")[2] for g in gestes if g.startswith("publication.")] == [
        "creer",
        "enregistrer",
        "soumettre",
        "renvoyer",
        "enregistrer",
        "publier",
    ]


def test_a_delegate_writes_for_their_region_and_does_not_publish(petit_reseau: PetitReseau) -> None:
    national = petit_reseau.personnes["delegation"]
    ici, ailleurs, partout = (make_publication(national, region=r) for r in ("53", "84", ""))
    client = client_de(petit_reseau, "delegation_regionale")
    codes = [
        client.get(f"/publications/redaction/{p.pk}/").status_code for p in (ici, ailleurs, partout)
    ]
    assert codes == [200, 403, 403]
    assert client.post(f"/publications/redaction/{ici.pk}/publier/", {"base": 2}).status_code == 403
    liste = client.get("/publications/redaction/").content.decode()
    assert f"/redaction/{ici.pk}/" in liste
    assert f"/redaction/{ailleurs.pk}/" not in liste
    refuse = client.post(
        "/publications/redaction/nouvelle/",
        {"titre": "Ailleurs", "nature": "actualite", "region": "84"},
    )
    assert "erreurs-resume" in refuse.content.decode()
    assert Publication.objects.count() == 3
    detourne = client.post(
        f"/publications/redaction/{ici.pk}/", typed(ici, region="84", corps="autre")
    )
    assert "erreurs-resume" in detourne.content.decode()


def test_every_saved_text_is_a_version_and_the_same_words_are_none(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by)
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    client.post(adresse, typed(publication, corps=TEXTE.replace("\n", "\r\n")))
    assert publication.versions_texte.count() == 2
    client.post(adresse, typed(publication, corps="Autre chose.", motif="plus court"))
    textes = publication.versions_texte.order_by("numero")
    assert [(v.numero, v.motif, v.by_id) for v in textes] == [
        (1, "", by.pk),
        (2, "premier jet", by.pk),
        (3, "plus court", by.pk),
    ]
    assert len({v.empreinte for v in textes}) == 3
    page = client.get(f"{adresse}versions/3/").content.decode()
    assert "<ins>" in page
    assert "Autre chose." in page
    assert "Repartir de ce texte" in page
    ancien = client.get(f"{adresse}?version=2").content.decode()
    assert "Nos trois propositions" in ancien


def test_a_saved_or_published_text_cannot_be_changed_in_the_database(
    petit_reseau: PetitReseau,
) -> None:
    make_published(petit_reseau.personnes["delegation"])
    for lignes, champ in (
        (VersionTexte.objects.all(), "empreinte"),
        (Parution.objects.all(), "empreinte"),
        (Rendu.objects.all(), "titre"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            lignes.update(**{champ: "x"})
        with pytest.raises(DatabaseError), transaction.atomic():
            lignes._raw_delete("default")


def test_two_people_on_one_text_lose_nothing(petit_reseau: PetitReseau) -> None:
    publication = make_publication(petit_reseau.personnes["delegation"])
    un, deux = client_de(petit_reseau, "delegation"), client_de(petit_reseau, "administration")
    adresse = f"/publications/redaction/{publication.pk}/"
    un.post(adresse, typed(publication, corps="Le texte du premier."))
    reponse = deux.post(adresse, typed(publication, corps="Le texte du second."))
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Le texte du premier." in page
    assert "Le texte du second." in page
    assert publication.versions_texte.count() == 3
    assert Saisie.objects.get().contenu["corps"] == "Le texte du second."
    # the form of that page carries the later base: saving it is the way out
    assert 'name="base" value="3"' in page
    publication.refresh_from_db()
    assert deux.post(adresse, typed(publication, corps="Le texte du second.")).status_code == 302
    assert publication.versions_texte.count() == 4


def test_typing_is_kept_apart_and_taken_up_again(petit_reseau: PetitReseau) -> None:
    publication = make_publication(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    reponse = client.post(f"{adresse}saisie/", typed(publication, titre="", corps="À moitié écr"))
    assert reponse.status_code == 200
    assert publication.versions_texte.count() == 2
    assert "Reprendre ce texte" in client.get(adresse).content.decode()
    assert "À moitié écr" in client.get(f"{adresse}?saisie=reprendre").content.decode()
    autre = client_de(petit_reseau, "administration").get(adresse).content.decode()
    assert "Reprendre ce texte" not in autre
    client.post(adresse, {"geste": "oublier"})
    assert not Saisie.objects.exists()
    assert client.post(f"{adresse}saisie/", {"corps": "x", "base": "non"}).status_code == 422


def test_what_was_not_read_cannot_be_published_nor_submitted(petit_reseau: PetitReseau) -> None:
    publication = make_publication(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    reponse = client.post(f"{adresse}publier/", {"base": 1, "slug": "x"})
    assert reponse.status_code == 409
    assert not Parution.objects.exists()
    client.post(f"{adresse}soumettre/", {"base": 1})
    client.post(f"{adresse}renvoyer/", {"base": 1, "commentaire": "non"})
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.BROUILLON


def test_a_scheduled_publication_appears_at_its_time_without_any_worker(
    petit_reseau: PetitReseau, horloge: Callable[[datetime], None]
) -> None:
    horloge(JEUDI)
    demain = JEUDI + timedelta(days=1)
    publication = make_published(petit_reseau.personnes["delegation"], quand=demain)
    visiteur, adherent = (client_de(petit_reseau, r) for r in ("visiteur", "direction"))
    for client in (visiteur, adherent):
        assert client.get(f"/publications/{publication.slug}/").status_code == 404
        for page in ("/publications/", "/publications/?q=rencontre", "/publications/flux.atom"):
            assert f"/publications/{publication.slug}/" not in client.get(page).content.decode()
    liste = client_de(petit_reseau, "delegation").get("/publications/redaction/?etat=programmee")
    assert "programmée pour le 6 mars 2026 à 10\u00a0h\u00a000" in liste.content.decode()
    horloge(demain)
    for client in (visiteur, adherent):
        assert client.get(f"/publications/{publication.slug}/").status_code == 200
        assert (
            f"/publications/{publication.slug}/"
            in client.get("/publications/?q=rencontre").content.decode()
        )


def test_a_correction_shows_at_once_keeps_address_and_date_and_says_so(
    petit_reseau: PetitReseau, horloge: Callable[[datetime], None]
) -> None:
    by = petit_reseau.personnes["delegation"]
    horloge(JEUDI)
    publication = make_published(by)
    horloge(JEUDI + timedelta(days=3))
    client = client_de(petit_reseau, "delegation")
    client.post(
        f"/publications/redaction/{publication.pk}/",
        typed(publication, titre="Autre titre", corps="Texte corrigé."),
    )
    visiteur = client_de(petit_reseau, "visiteur")
    avant = visiteur.get(f"/publications/{publication.slug}/").content.decode()
    assert "Texte corrigé" not in avant  # a draft over a published text is nobody's to read
    publish(publication, by, motif="chiffre rectifié", slug="autre-adresse")
    apres = visiteur.get("/publications/rencontre-avec-le-cabinet/").content.decode()
    assert "Texte corrigé" in apres
    assert "Mise à jour le 8 mars 2026" in apres
    assert "chiffre rectifié" in apres
    publication.refresh_from_db()
    assert publication.publiee_le == JEUDI
    assert Parution.objects.count() == 2
    assert (
        "propositions"
        not in visiteur.get("/publications/?q=propositions")
        .content.decode()
        .partition('<ul class="publications">')[2]
    )


def test_a_withdrawn_publication_is_found_nowhere_and_can_come_back(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_published(by)
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    assert client.post(f"{adresse}retirer/", {"motif": ""}).status_code == 302
    publication.refresh_from_db()
    assert publication.retiree_le is None
    client.post(f"{adresse}retirer/", {"motif": "erreur"})
    adherent = client_de(petit_reseau, "direction")
    assert adherent.get(f"/publications/{publication.slug}/").status_code == 404
    for page in ("/publications/", "/publications/?q=rencontre", "/publications/flux.rss"):
        assert "rencontre-avec-le-cabinet" not in adherent.get(page).content.decode()
    publication.refresh_from_db()
    assert publication.etat == Publication.Etat.RETIREE
    with pytest.raises(SaisieInvalide, match="MLG-PUB-222"):
        parution.withdraw(publication, motif="encore", by=by)
    publish(publication, by)
    assert adherent.get(f"/publications/{publication.slug}/").status_code == 200


def test_addresses_are_ours_each_once_and_never_those_of_the_site(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    premiere, seconde = make_published(by), make_published(by)
    assert (premiere.slug, seconde.slug) == (
        "rencontre-avec-le-cabinet",
        "rencontre-avec-le-cabinet-2",
    )
    for slug in ("redaction", "rencontre-avec-le-cabinet", "Été", "a/b"):
        with pytest.raises(SaisieInvalide, match="MLG-PUB-220"):
            publish(make_publication(by), by, slug=slug)


def test_the_figures_and_hash_of_a_publication_are_frozen_with_their_pedigree(
    petit_reseau: PetitReseau,
) -> None:
    corps = "Il y a {{ chiffre demandeurs_emploi departement 35 }} dans le département."
    publication = make_published(petit_reseau.personnes["delegation"], corps=corps)
    parue = publication.parution
    assert parue is not None
    assert parue.empreinte == publication.courante.empreinte  # type: ignore[union-attr]
    (chiffre,) = parue.chiffres
    assert chiffre["pedigree"]["sources"]
    assert chiffre["pedigree"]["version"]
    page = (
        client_de(petit_reseau, "visiteur")
        .get(f"/publications/{publication.slug}/")
        .content.decode()
    )
    assert chiffre["chiffre"]["valeur"] in page
    assert chiffre["chiffre"]["adresse"] in page
    assert timezone.is_aware(parue.at)


def test_a_text_that_cannot_be_read_is_saved_and_not_published(petit_reseau: PetitReseau) -> None:
    publication = make_publication(
        petit_reseau.personnes["delegation"], corps="Un [[passage jamais fermé"
    )
    client = client_de(petit_reseau, "delegation")
    adresse = f"/publications/redaction/{publication.pk}/"
    apercu = client.post(
        f"{adresse}apercu/", typed(publication), headers={"hx-request": "true"}
    ).content.decode()
    assert "MLG-PUB-001" in apercu
    assert 'data-ligne="1"' in apercu
    reponse = client.post(f"{adresse}publier/", {"base": 2, "slug": "x"})
    assert reponse.status_code == 422
    assert not Parution.objects.exists()


def test_the_preview_works_without_script_and_keeps_what_was_typed(
    petit_reseau: PetitReseau,
) -> None:
    publication = make_publication(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, "delegation")
    page = client.post(
        f"/publications/redaction/{publication.pk}/apercu/",
        typed(publication, corps="Public. [[Réservé à dessein.]]"),
    ).content.decode()
    assert "Ce que lit un visiteur" in page
    assert "Public. [[Réservé à dessein.]]" in page
    publique = page.partition("v-publique")[2].partition("v-adherents")[0]
    assert "Réservé à dessein" not in publique
    assert "1\u00a0passage" in page
    vide = client.post(
        f"/publications/redaction/{publication.pk}/apercu/", typed(publication, titre="")
    )
    assert "l’aperçu attend" in vide.content.decode()
    assert publication.versions_texte.count() == 2


def test_a_figure_is_found_by_words_and_inserted_by_its_reference(
    petit_reseau: PetitReseau,
) -> None:
    client = client_de(petit_reseau, "delegation")
    page = client.get(
        "/publications/redaction/chiffres/?indicateur=demandeurs&lieu=Ille-et-Vilaine"
    ).content.decode()
    assert "{{ chiffre demandeurs_emploi departement 35 }}" in page
    france = client.get("/publications/redaction/chiffres/?indicateur=demandeurs").content.decode()
    assert "chiffre demandeurs_emploi france FR" in france
    rien = client.get(
        "/publications/redaction/chiffres/?indicateur=zzz", headers={"hx-request": "true"}
    ).content.decode()
    assert "Aucun chiffre ne répond" in rien
    assert "<html" not in rien


def test_saving_needs_the_base_it_started_from(petit_reseau: PetitReseau) -> None:
    by = petit_reseau.personnes["delegation"]
    publication = make_publication(by)
    with pytest.raises(redaction.ConflitDeVersions):
        redaction.save(
            publication,
            contenu={**redaction.VIDE, "titre": "x"},
            cadre={"nature": "actualite"},
            base=1,
            motif="",
            by=by,
        )
