"""Where a figure comes from, in the form that JSON carries."""

from __future__ import annotations

import json

from maillage.kernel.pedigree import Pedigree, Source

SOURCE = Source(
    code="cibles",
    titre="Cibles de l’IAE",
    producteur="DITP",
    millesime="2022",
    licence="Licence Ouverte 2.0",
    fichier="cibles.csv",
    sha256="0" * 64,
    lignes=120,
    qualite="A",
    defauts=("Arrondies.",),
)


def test_the_plain_form_holds_everything_and_survives_json() -> None:
    pedigree = Pedigree("cible", "2022-12-31", (SOURCE,), "Somme.", {"seuil": "30 min"}, "0.1")
    plain = pedigree.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain == {
        "indicateur": "cible",
        "periode": "2022-12-31",
        "sources": [
            {
                "code": "cibles",
                "titre": "Cibles de l’IAE",
                "producteur": "DITP",
                "millesime": "2022",
                "licence": "Licence Ouverte 2.0",
                "fichier": "cibles.csv",
                "sha256": "0" * 64,
                "lignes": 120,
                "qualite": "A",
                "defauts": ["Arrondies."],
            }
        ],
        "methode": "Somme.",
        "parametres": {"seuil": "30 min"},
        "version": "0.1",
    }


def test_a_figure_may_have_no_source_and_no_parameter() -> None:
    plain = Pedigree("x", "2022", (), "Saisie.", {}, "0.1").to_dict()
    assert plain["sources"] == []
    assert plain["parametres"] == {}
