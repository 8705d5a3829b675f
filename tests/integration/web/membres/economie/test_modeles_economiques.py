"""A director keeps models of the next year, changes them, compares them, leaves with the workbook; nobody else sees."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.comptes_site import make_exercice, make_modele
from factories.extraits_site import tie, write_year
from factories.membres import client_de
from factories.tableur import Classeur

from maillage.analyses.modele.exemples import read_exemple
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.analyses.modele.reformes import measure_reformes
from maillage.analyses.pilotage.imports import importer
from maillage.indicators.modele.sensibilite import measure_sensibilite
from maillage.indicators.modele.stress import Chocs, run_stress
from maillage.kernel.francais import format_valeur
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.web.economie.modele.calculs import compute_texte, draw_distribution
from maillage.web.economie.modele.tableaux import list_annee
from maillage.web.economie.models import ModeleEconomique, VersionDeModele
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
TEXTE = read_exemple("AI")
MAINTENANT = datetime(2025, 7, 8, 9, 30, tzinfo=UTC)
ESPACES = str.maketrans("\u202f\u00a0", "  ")


def plain(answer: Any) -> str:
    """Text of a page, its tags and narrow spaces made plain."""
    sans = re.sub(r"<[^>]*>", " ", answer.content.decode().translate(ESPACES))
    return re.sub(r"\s+", " ", sans).replace("&#x27;", "'").replace("&quot;", '"')


def euros(montant: float, decimales: int = 0) -> str:
    return format_valeur(montant, "€", decimales).translate(ESPACES)


@pytest.fixture
def direction(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "direction")


def url(petit: PetitReseau, suite: str = "") -> str:
    return f"/economie/{petit.structure.pk}/modeles/{suite}"


def test_the_page_says_what_the_library_computes(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_modele(petit_reseau.structure)
    calcule = compute_texte(TEXTE, prolonge=False).calcule
    modele = calcule.modele
    lu = plain(direction.get(url(petit_reseau, f"{garde.pk}/")))
    assert f"Une heure facturée coûte {euros(float(modele.seuils.cout), 2)}" in lu  # type: ignore[arg-type]  # hours are known
    assert f"{format_valeur(modele.seuils.volume).translate(ESPACES)} heures" in lu
    for montant in (
        modele.resultat,
        modele.tresorerie.point_bas,
        *modele.tresorerie.soldes.tolist(),
        *(montant for _, montant, _ in list_annee(calcule)),
        *(s.modele.resultat for s in run_stress(modele, Chocs())),
        *(s.modele.tresorerie.point_bas for s in run_stress(modele, Chocs())),
        *draw_distribution(calcule).quantiles.values(),
    ):
        assert euros(montant) in lu
    premier = measure_sensibilite(modele)[0]
    assert f"{premier.libelle} {premier.pas}".translate(ESPACES) in lu
    [reforme] = measure_reformes(calcule, load_legislation(), [load_reforme("ai_4000")])
    assert euros(modele.resultat + float(reforme.resultat)) in lu  # type: ignore[arg-type]  # it reaches this year
    assert "1 000 tirages, graine 7" in lu
    assert "hypothèse Convention de la communauté de communes reconduite" in lu
    assert "donnée Tarif voté le 2 décembre 2024 (inventé)" in lu
    tableau = plain(direction.get(url(petit_reseau)))
    assert "1 modèle gardé : aucun ne finit l’année en perte" in tableau
    assert "Association intermédiaire inventée" in tableau
    assert euros(modele.resultat) in tableau
    dessin = direction.get(url(petit_reseau, f"{garde.pk}/tresorerie.svg"))
    assert dessin["Content-Type"].startswith("image/svg")


def test_examples_are_shown_then_kept(petit_reseau: PetitReseau, direction: Client) -> None:
    for type_siae in ("AI", "ACI", "EI", "ETTI"):
        texte = read_exemple(type_siae)
        montre = direction.get(url(petit_reseau, f"nouveau/?depuis={type_siae}"))
        assert montre.context["texte"] == texte
        corps = {"faire": "texte", "texte": texte}
        answer = direction.post(url(petit_reseau, "nouveau/"), corps)
        lu = plain(direction.get(answer["Location"]))
        assert "inventé" in lu
        assert f"· {type_siae}, année ouverte en janvier 2025" in lu
        assert "gardée par : direction d’une structure" in lu
    assert (
        Evenement.objects.filter(action="modele.garder").count()
        == ModeleEconomique.objects.count()
        == 4
    )
    assert direction.get(url(petit_reseau, "nouveau/?depuis=rien")).status_code == 404


def test_all_faults_of_a_text_are_told_with_their_lines_and_nothing_is_kept(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    faux = TEXTE.replace("valeur = 9000", "valeur = -9000").replace("delai_mois", "delais")
    garde = make_modele(petit_reseau.structure)
    for suite in ("nouveau/", f"{garde.pk}/changer/"):
        answer = direction.post(url(petit_reseau, suite), {"faire": "texte", "texte": faux})
        assert answer.status_code == 400
        page = answer.content.decode()
        assert "5 fautes empêchent de garder ce modèle" in plain(answer)
        numero = 1 + faux.splitlines().index(next(un for un in faux.splitlines() if "-9000" in un))
        assert f'href="#ligne-{numero}"' in page
        assert f'id="ligne-{numero}" class="ligne-fautive"' in page
        assert "valeur = -9000" in page
    assert VersionDeModele.objects.count() == 1
    illisible = direction.post(url(petit_reseau, "nouveau/"), {"faire": "texte", "texte": "a ="})
    assert "MLG-MEC-002" in plain(illisible)
    chiffres = direction.post(url(petit_reseau, "nouveau/"), {"faire": "chiffres", "texte": "a ="})
    assert chiffres.status_code == 400


def test_a_figure_changed_in_the_form_becomes_an_assumption(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_modele(petit_reseau.structure)
    prix, delai = "clients.particuliers.prix_horaire", "aide.retard_mois"
    corps = {
        "faire": "chiffres",
        "texte": TEXTE,
        "nom": "Prix à 24 €",
        prix: "24,10",
        delai: "3",
        "raison": "Vote attendu",
    }
    answer = direction.post(url(petit_reseau, f"{garde.pk}/changer/"), corps)
    assert answer["Location"] == url(petit_reseau, f"{garde.pk}/")
    derniere, premiere = garde.versions.all()
    assert (derniere.numero, premiere.texte) == (2, TEXTE)
    assert 'prix_horaire = { valeur = 24.10, hypothese = "Vote attendu" }' in derniere.texte
    # what the text did not say is added under its section; every other line stays
    assert 'retard_mois = { valeur = 3, hypothese = "Vote attendu" }' in derniere.texte
    assert re.search(r"^date = [\d-]+ # jour de cette version$", derniere.texte, re.MULTILINE)
    changees = Counter(TEXTE.splitlines()) - Counter(derniere.texte.splitlines())
    assert len(changees) == 3  # the name, the day, the price
    lues = parse_hypotheses(derniere.texte, "x")
    assert lues.nom == "Prix à 24 €"
    assert lues.get(prix).valeur == 24.1
    # without a reason, the day is one; as another model, the first one is left alone
    autre = {**corps, "ou": "autre", "raison": ""}
    direction.post(url(petit_reseau, f"{garde.pk}/changer/"), autre)
    assert ModeleEconomique.objects.count() == 2
    assert garde.versions.count() == 2
    assert "Changé sur le site le" in VersionDeModele.objects.latest("pk").texte


def test_every_wrong_field_is_told_at_once(petit_reseau: PetitReseau, direction: Client) -> None:
    garde = make_modele(petit_reseau.structure)
    corps = {
        "faire": "chiffres",
        "texte": TEXTE,
        "nom": "",
        "clients.particuliers.heures": "beaucoup",
        "clients.particuliers.delai_mois": "99",
        "insertion.taux_indemnites": "10",
        "raison": "deux\nlignes",
    }
    answer = direction.post(url(petit_reseau, f"{garde.pk}/changer/"), corps)
    assert answer.status_code == 400
    lu = plain(answer)
    assert "4 champs sont à corriger" in lu
    assert "« beaucoup » n’est pas un nombre" in lu
    assert "Écrivez un nombre de 0 à 24" in lu
    assert 'value="beaucoup"' in answer.content.decode()
    assert VersionDeModele.objects.count() == 1


def test_a_text_written_otherwise_is_written_anew(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    """A figure on several lines: the form cannot change its line, and says the same in a new text."""
    table = (
        '[insertion.salaire_horaire_brut]\nvaleur = 11.88\nsource = "SMIC"\n\n[postes.direction]'
    )
    ligne = next(un for un in TEXTE.splitlines() if un.startswith("salaire_horaire_brut"))
    texte = TEXTE.replace(f"{ligne}\n", "").replace("[postes.direction]", table)
    corps = {
        "faire": "chiffres",
        "texte": texte,
        "nom": "Autrement",
        "insertion.salaire_horaire_brut": "12,5",
    }
    direction.post(url(petit_reseau, "nouveau/"), corps)
    lues = parse_hypotheses(VersionDeModele.objects.get().texte, "x")
    assert lues.get("insertion.salaire_horaire_brut").valeur == 12.5
    assert lues.get("clients.particuliers.heures").valeur == 9000


def test_an_older_version_is_read_and_taken_up_again(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_modele(petit_reseau.structure)
    make_modele(petit_reseau.structure, TEXTE.replace("9000", "8000"), garde)
    ancienne = url(petit_reseau, f"{garde.pk}/?version=1")
    lu = plain(direction.get(ancienne))
    assert "Ce n’est pas la dernière" in lu
    assert "Repartir de cette version" in lu
    changer = direction.get(url(petit_reseau, f"{garde.pk}/changer/?version=1"))
    assert 'value="9000"' in changer.content.decode()
    direction.post(
        url(petit_reseau, f"{garde.pk}/changer/?version=1"), {"faire": "texte", "texte": TEXTE}
    )
    assert [v.texte.count("9000") for v in garde.versions.all()] == [2, 0, 2]
    for absente in ("7", "x", "9999999999"):
        assert direction.get(url(petit_reseau, f"{garde.pk}/?version={absente}")).status_code == 404


def test_two_scenarios_side_by_side(petit_reseau: PetitReseau, direction: Client) -> None:
    garde = make_modele(petit_reseau.structure)
    seul = plain(direction.get(url(petit_reseau, f"{garde.pk}/comparer/")))
    assert "Choisissez l’autre version" in seul
    smic = TEXTE.replace(
        "[insertion]", '[insertion]\nhausse_smic = { valeur = 0.03, hypothese = "?" }'
    )
    autre = make_modele(petit_reseau.structure, smic.replace("effectif = 20", "effectif = 60"))
    memes = plain(direction.get(url(petit_reseau, f"{garde.pk}/comparer/?avec={autre.pk}-1")))
    assert "version 1 (celui-ci)" in memes
    avant = compute_texte(TEXTE, prolonge=False).calcule.modele
    assert f"Le résultat passe de {euros(avant.resultat)}" in memes
    assert "Hausse du SMIC, suivie par les salaires 0,00 % (par défaut) 3,00 % (hypothèse)" in memes
    assert "effectif 20 60" in memes
    aci = make_modele(petit_reseau.structure, read_exemple("ACI"))
    autres = plain(direction.get(url(petit_reseau, f"{garde.pk}/comparer/?avec={aci.pk}-1")))
    assert "n’y est pas" in autres
    ailleurs = make_modele(petit_reseau.voisine)
    for avec in (f"{ailleurs.pk}-1", f"{garde.pk}-9", "x"):
        adresse = url(petit_reseau, f"{garde.pk}/comparer/?avec={avec}")
        assert direction.get(adresse).status_code == 404


def test_sizes_of_the_shocks_are_the_readers(petit_reseau: PetitReseau, direction: Client) -> None:
    garde = make_modele(petit_reseau.structure)
    lu = plain(direction.get(url(petit_reseau, f"{garde.pk}/?smic=4,5&retard_aide=6")))
    assert "Le SMIC monte de 4,5 %" in lu
    assert "L’aide au poste arrive 6 mois plus tard" in lu
    faux = direction.get(url(petit_reseau, f"{garde.pk}/?smic=x&retard_aide=2,5&volume=101"))
    assert faux.status_code == 400
    assert plain(faux).count("MLG-ECO-031") == 3


def test_many_draws_wait_for_a_click_and_none_says_how(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_modele(petit_reseau.structure, TEXTE.replace("nombre = 1000", "nombre = 100001"))
    adresse = url(petit_reseau, f"{garde.pk}/")
    assert "100 001 tirages prennent quelques secondes" in plain(direction.get(adresse))
    assert "Une perte sort" in plain(direction.get(f"{adresse}?tirages=1"))
    make_modele(petit_reseau.structure, TEXTE.partition("[[tirages.lois]]")[0], garde)
    assert "ajoutez des lois" in plain(direction.get(adresse))


def test_no_volume_balances_and_the_reason_is_told(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    bas = re.sub(r"prix_horaire = \{ valeur = [\d.]+", "prix_horaire = { valeur = 12", TEXTE)
    nul = re.sub(r"\nheures = \{ valeur = \d+", "\nheures = { valeur = 0", TEXTE)
    for texte, phrase in (
        (bas, "Une heure de plus ne rapporte rien"),
        (nul, "Aucune heure n’est comptée"),
    ):
        garde = make_modele(petit_reseau.structure, texte)
        lu = plain(direction.get(url(petit_reseau, f"{garde.pk}/")))
        assert phrase in lu
        assert "aucun volume d’heures n’équilibre l’année" in lu
    assert "2 finissent l’année en perte" in plain(direction.get(url(petit_reseau)))


def test_the_workbook_and_the_text_leave(petit_reseau: PetitReseau, direction: Client) -> None:
    garde = make_modele(petit_reseau.structure)
    texte = direction.get(url(petit_reseau, f"{garde.pk}/modele.toml"))
    assert texte.content.decode() == TEXTE
    classeur = direction.get(url(petit_reseau, f"{garde.pk}/modele.xlsx"))
    livre = Classeur(classeur.content)
    resultat = compute_texte(TEXTE, prolonge=False).calcule.modele.resultat
    assert livre.value("Synthèse", "Résultat de l’année") == pytest.approx(resultat, abs=0.011)
    assert direction.get(url(petit_reseau, f"{garde.pk}/modele.pdf")).status_code == 404


def test_a_file_is_read_or_refused(petit_reseau: PetitReseau, direction: Client) -> None:
    def hand_over(octets: bytes) -> Any:
        fichier = SimpleUploadedFile("m.toml", octets)
        return direction.post(url(petit_reseau, "nouveau/"), {"fichier": fichier})

    # a BOM, other ends of lines: the same text
    answer = hand_over(b"\xef\xbb\xbf" + TEXTE.replace("\n", "\r\n").encode())
    assert answer.status_code == 302
    assert VersionDeModele.objects.get().texte == TEXTE
    for octets in (b"\xe9t\xe9", b"#" * 100_001, b"nom = '\x00'"):
        refus = hand_over(octets)
        assert refus.status_code == 400
        assert "MLG-ECO-033" in plain(refus)
    assert VersionDeModele.objects.count() == 1


def test_the_last_known_law_goes_on_only_when_chosen(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    for annee, dit in ((2026, "Projection indexée sur le SMIC"), (2040, "est prolongé")):
        texte = TEXTE.replace("debut = 2025", f"debut = {annee}")
        corps = {"faire": "texte", "texte": texte}
        refus = direction.post(url(petit_reseau, "nouveau/"), corps)
        assert refus.status_code == 400
        assert "MLG-REG-005" in plain(refus)
        assert "Prolonger le dernier droit connu" in plain(refus)
        answer = direction.post(url(petit_reseau, "nouveau/"), {**corps, "prolonge": "oui"})
        lu = plain(direction.get(answer["Location"]))
        assert dit in lu
        livre = Classeur(direction.get(f"{answer['Location']}modele.xlsx").content)
        assert any(dit in str(texte) for texte in livre.gardees.values())
        assert f"année ouverte en janvier {annee}" in lu
    trop_tot = TEXTE.replace("debut = 2025", "debut = 1900")
    corps = {"faire": "texte", "texte": trop_tot, "prolonge": "oui"}
    assert direction.post(url(petit_reseau, "nouveau/"), corps).status_code == 400


def test_a_version_that_is_not_computed_any_more_says_so(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    garde = make_modele(petit_reseau.structure, TEXTE.replace("debut = 2025", "debut = 2040"))
    casse = make_modele(petit_reseau.structure, "a =")
    for modele, nom in ((garde, "Association intermédiaire inventée"), (casse, "Modèle illisible")):
        adresse = url(petit_reseau, f"{modele.pk}/")
        lu = plain(direction.get(adresse))
        assert nom in lu
        assert "Ce modèle ne se calcule plus" in lu
        assert direction.get(f"{adresse}tresorerie.svg").status_code == 204
        assert direction.get(f"{adresse}modele.toml").status_code == 200
        assert direction.get(f"{adresse}modele.xlsx").status_code == 400
        assert direction.get(f"{adresse}changer/").status_code == 200
    assert "ne se calcule plus" in plain(direction.get(url(petit_reseau)))
    comparer = url(petit_reseau, f"{garde.pk}/comparer/?avec={casse.pk}-1")
    assert "L’un des deux ne se calcule plus" in plain(direction.get(comparer))


def test_a_model_is_forgotten_once_confirmed(petit_reseau: PetitReseau, direction: Client) -> None:
    garde = make_modele(petit_reseau.structure)
    adresse = url(petit_reseau, f"{garde.pk}/")
    direction.post(adresse)
    assert ModeleEconomique.objects.exists()
    direction.post(adresse, {"sur": "oui"})
    assert not VersionDeModele.objects.exists()
    [ligne] = Evenement.objects.filter(action="modele.oublier")
    assert ligne.details == {"modele": garde.pk, "versions": 1}


def test_accounts_and_extract_begin_a_model(
    petit_reseau: PetitReseau, direction: Client, extraits: Path, tmp_path: Path
) -> None:
    del extraits
    adresse = url(petit_reseau, "nouveau/?depuis=comptes&etp=2&effectif=8")
    assert "MLG-ECO-034" in plain(direction.get(adresse))
    assert "Aucun exercice n’est accepté" in plain(direction.get(url(petit_reseau)))
    make_exercice(petit_reseau.structure)
    assert "Aucun extrait de l’ASP n’est relié" in plain(direction.get(url(petit_reseau)))
    tie(petit_reseau)
    assert "MLG-MEC-012" in plain(direction.get(adresse))
    faux = direction.get(url(petit_reseau, "nouveau/?depuis=comptes&etp=x&effectif=0"))
    assert plain(faux).count("MLG-ECO-030") == 2
    importer([write_year(tmp_path / "annee")], MAINTENANT)
    assert "Partir de mes comptes" in plain(direction.get(url(petit_reseau)))
    answer = direction.get(adresse)
    assert "Ce qui reste à dire" in plain(answer)
    assert "le délai de paiement de vos clients" in plain(answer)
    texte = answer.context["texte"]
    # 170 hours billed each month; 12 posts agreed
    assert parse_hypotheses(texte, "x").get("clients.ensemble.heures").valeur == 2040
    garde = direction.post(url(petit_reseau, "nouveau/"), {"faire": "texte", "texte": texte})
    assert "Ce qui reste à dire" in plain(direction.get(garde["Location"]))
    sans = direction.get(url(petit_reseau, "nouveau/?depuis=comptes&type=ACI"))
    assert "le nombre de postes permanents" in plain(sans)


def test_another_structure_has_none_of_it(petit_reseau: PetitReseau, direction: Client) -> None:
    ailleurs = make_modele(petit_reseau.voisine)
    for suite in ("", "changer/", "comparer/", "tresorerie.svg", "modele.toml", "modele.xlsx"):
        adresse = url(petit_reseau, f"{ailleurs.pk}/{suite}")
        assert direction.get(adresse).status_code == 404
        sien = adresse.replace(f"/{petit_reseau.structure.pk}/", f"/{petit_reseau.voisine.pk}/", 1)
        assert direction.get(sien).status_code == 403
    assert direction.post(url(petit_reseau, f"{ailleurs.pk}/"), {"sur": "oui"}).status_code == 404


def test_nobody_else_opens_them(petit_reseau: PetitReseau) -> None:
    """The walk of all the addresses holds each role; here, those who come nearest."""
    garde = make_modele(petit_reseau.structure)
    for role in ("administration", "equipe"):
        client = client_de(petit_reseau, role)
        assert client.get(url(petit_reseau)).status_code == 403
        assert client.get(url(petit_reseau, f"{garde.pk}/modele.xlsx")).status_code == 403
