"""French spaces: nothing the reader sees breaks a number, nor parts it from its unit."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from maillage.analyses.diagnosis.diagnose import diagnostiquer
from maillage.analyses.targets.analyse import analyser_cibles
from maillage.analyses.targets.methods import CALCULS
from maillage.indicators.carte import Carte, Unite
from maillage.indicators.catalogue import cartes
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from maillage.analyses.diagnosis.atlas import Atlas

MILLIERS = r"(?<!\d)\d{1,3}[ \u00a0]\d{3}(?!\d)"
UNITES = r"\d (?:minutes?|ans|habitants|demandeurs|personnes|structures|départements|communes|%|€)"
CASSABLE = re.compile(f"{MILLIERS}|{UNITES}")
LIEUX = (
    (Niveau.FRANCE, "FR"),
    (Niveau.REGION, "11"),
    (Niveau.DEPARTEMENT, "35"),
    (Niveau.DEPARTEMENT, "976"),
    (Niveau.EPCI, "243500741"),
    (Niveau.COMMUNE, "35236"),
    (Niveau.COMMUNE, "75056"),
    (Niveau.COMMUNE, "55039"),
)


def breaks(texte: str) -> list[str]:
    return CASSABLE.findall(texte)


def test_the_pattern_sees_a_breakable_number() -> None:
    assert breaks("pour 1 000 demandeurs") == ["1 000"]
    assert breaks("en 30 minutes") == ["0 minutes"]
    assert breaks("1\u202f000\u00a0demandeurs à 30\u00a0minutes, en 2020 ou 2021") == []


@pytest.mark.parametrize(("niveau", "code"), LIEUX)
def test_sentences_of_a_diagnosis(atlas: Atlas, niveau: Niveau, code: str) -> None:
    diagnostic = diagnostiquer(atlas, niveau, code)
    textes: list[str] = [*diagnostic.phrases, *diagnostic.avertissements]
    textes += [section.phrase for section in diagnostic.sections]
    textes += [diagnostic.ecarts.phrase] if diagnostic.ecarts else []
    assert [found for texte in textes for found in breaks(texte)] == []


def test_sentences_of_the_targets(atlas: Atlas) -> None:
    cibles = analyser_cibles(atlas)
    textes = [*cibles.phrases, *cibles.limites, *cibles.regression.limites]
    textes += [text for c in cibles.correlations for text in (c.nom, c.cible)]
    textes += [calcul.methode for calcul in CALCULS]
    assert [found for texte in textes for found in breaks(texte)] == []


def _texts(carte: Carte) -> Iterator[str]:
    yield from (carte.nom, carte.definition, carte.numerateur, carte.denominateur, carte.champ)
    yield from (carte.methode, *carte.limites)
    yield from (texte for paire in carte.parametres for texte in paire)


def test_definition_cards_and_units() -> None:
    textes = [texte for carte in cartes().values() for texte in _texts(carte)]
    textes += [unite.value for unite in Unite]
    assert [found for texte in textes for found in breaks(texte)] == []


@pytest.mark.parametrize(
    "adresse",
    [
        "/",
        "/?niveau=epci",
        "/territoires/departement/35/",
        "/territoires/commune/35236/",
        "/cibles-2022/",
        "/chiffres/departement/35/personnes_iae/2022-09/",
        "/indicateurs/",
        "/indicateurs/part_sans_tous_30min/",
        "/methode/",
        "/accessibilite/",
    ],
)
def test_pages(client: Client, adresse: str) -> None:
    html = client.get(adresse).content.decode().split("<body", 1)[1]
    # file names, hashes and examples of addresses are quoted as they are
    html = re.sub(r"<(code|pre|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    texte = unescape(re.sub(r"<[^>]+>", "\n", html))
    texte = re.sub(r"\d{3}\u00a0\d{3}\u00a0\d{3}\u00a0\d{5}", "SIRET", texte)
    assert [ligne for ligne in texte.splitlines() if breaks(ligne)] == []
