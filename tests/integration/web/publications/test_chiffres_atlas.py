"""Live figures over real France: the number of the sentence is the one of the pedigree page."""

from __future__ import annotations

import pytest
from factories.atlas import real_atlas

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import format_valeur
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.publications.texte.chiffres import ChiffresFiges, Reference
from maillage.web.publications.texte.document import Audience, Source
from maillage.web.publications.texte.figures import ResolveurAtlas
from maillage.web.publications.texte.reading import read_publication
from maillage.web.publications.texte.versions import render_version
from maillage.web.territoires.figures import unite_affichee


@pytest.fixture(scope="module")
def resolveur() -> ResolveurAtlas:
    return ResolveurAtlas(real_atlas())


def render(resolveur: ResolveurAtlas, corps: str) -> tuple[str, str]:
    document = read_publication(Source("Titre", corps), resolveur=resolveur)
    version = render_version(document, Audience.PUBLIQUE, resolveur=resolveur)
    return version.html, version.texte


def refusals(resolveur: ResolveurAtlas, corps: str) -> str:
    with pytest.raises(SaisieInvalide) as refus:
        read_publication(Source("Titre", corps), resolveur=resolveur)
    return str(refus.value)


def test_a_figure_is_the_one_of_its_page(resolveur: ResolveurAtlas) -> None:
    chiffre = real_atlas().chiffre("demandeurs_emploi", Niveau.DEPARTEMENT, "35")
    attendu = format_valeur(chiffre.valeur, unite_affichee(chiffre.carte), chiffre.carte.decimales)
    html, texte = render(resolveur, "{{ chiffre besoin.demandeurs_emploi departement 35 }}")

    assert attendu in texte
    assert f"/chiffres/departement/35/demandeurs_emploi/{chiffre.periode}/" in html
    assert "Ille-et-Vilaine" in html


def test_every_indicator_resolves_at_each_of_its_levels(resolveur: ResolveurAtlas) -> None:
    atlas = real_atlas()
    for indicateur in atlas.cartes:
        for niveau in atlas.niveaux_de(indicateur):
            premier = atlas.territoires(niveau)[0]
            reference = Reference(indicateur, niveau, premier.code)
            assert resolveur.check(reference) == ()
            affiche = resolveur.resolve(reference)
            assert affiche.adresse
            assert bool(affiche.valeur) != bool(affiche.absence)


def test_a_secret_or_unknown_figure_says_so(resolveur: ResolveurAtlas) -> None:
    atlas = real_atlas()
    colonne = atlas.tableau("taux_pauvrete", Niveau.COMMUNE)
    secret = next(chiffre for chiffre in colonne if chiffre.valeur is Absence.SECRETE)
    html, texte = render(resolveur, f"{{{{ chiffre taux_pauvrete commune {secret.code} }}}}")
    assert texte.startswith("donnée\u00a0secrète")
    assert "absence-secrete" in html


@pytest.mark.parametrize(
    ("reference", "code", "conseil"),
    [
        ("demandeur_emploi departement 35", "MLG-PUB-018", "demandeurs_emploi"),
        ("zzzzzzzz departement 35", "MLG-PUB-018", "/indicateurs/"),
        ("offre.demandeurs_emploi departement 35", "MLG-PUB-018", "besoin.demandeurs_emploi"),
        ("demandeurs_emploi departement 999", "MLG-TER-001", "code"),
        ("demandeurs_emploi departement 35 periode=1789", "MLG-PUB-018", "Périodes connues"),
        ("demandeurs_emploi departement 35 version=zzz", "MLG-PUB-019", "version"),
        ("taux_chomage_localise commune 35238", "MLG-PUB-018", "Niveaux connus"),
    ],
)
def test_what_does_not_exist_is_refused_in_its_place(
    resolveur: ResolveurAtlas, reference: str, code: str, conseil: str
) -> None:
    message = refusals(resolveur, f"Un mot {{{{ chiffre {reference} }}}}")
    assert code in message
    assert conseil in message
    assert "ligne 1, colonne 8" in message


def test_a_version_that_is_still_there_is_kept(resolveur: ResolveurAtlas) -> None:
    version = resolveur.version[:8]
    _, texte = render(resolveur, f"{{{{ chiffre demandeurs_emploi france version={version} }}}}")
    assert "demandeurs" not in texte
    assert texte[0].isdigit()


def test_a_figure_of_another_version_shows_no_number(resolveur: ResolveurAtlas) -> None:
    affiche = resolveur.resolve(Reference("demandeurs_emploi", Niveau.FRANCE, "FR", version="zzz"))
    assert affiche.valeur == ""
    assert affiche.texte == "donnée\u00a0révisée depuis"


def test_a_territory_that_is_gone_shows_no_number(resolveur: ResolveurAtlas) -> None:
    affiche = resolveur.resolve(Reference("demandeurs_emploi", Niveau.COMMUNE, "00000"))
    assert affiche.texte == "donnée\u00a0inconnue"


def test_figures_frozen_on_the_day_do_not_move(resolveur: ResolveurAtlas) -> None:
    reference = Reference("demandeurs_emploi", Niveau.DEPARTEMENT, "35")
    figes = ChiffresFiges.from_list(ChiffresFiges.freeze([reference], resolveur).to_list())
    assert figes.check(reference) == ()
    assert figes.resolve(reference) == resolveur.resolve(reference)
    autre = Reference("demandeurs_emploi", Niveau.DEPARTEMENT, "22")
    assert figes.check(autre) != ()
    assert ChiffresFiges({}, resolveur).resolve(autre) == resolveur.resolve(autre)
