"""Public money of one structure: what each column says, by hand; a figure or the reason why not."""

from __future__ import annotations

import pytest
from factories.argent_public import unite

from maillage.analyses.argent_public.phrases_siennes import (
    list_doubles,
    list_sources,
    tell_constat,
)
from maillage.analyses.argent_public.siens import Siens, gather_siens
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.kernel.valeur import Absence

INCONNUE, SANS_OBJET = Absence.INCONNUE, Absence.SANS_OBJET
SOLDES = {"706000": 9_000_000, "741100": 24_000_000, "758000": 1_000_000}
"""90 000 € of sales, 240 000 € of grants, 10 000 € of other income."""


def plain(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def line(siens: Siens, financeur: str) -> tuple[object, ...]:
    """Annexes, declared, accounts; then euros per ETP and per hour, declared, then of accounts."""
    (une,) = [ligne for ligne in siens.lignes if ligne.financeur == financeur]
    return (*une.montants.values(), *une.couts["declare"], *une.couts["comptes"])


def told(siens: Siens) -> str:
    return plain(" ".join(phrase for source in list_sources(siens) for phrase in source.siens))


def test_three_columns_side_by_side_and_costs_divided_by_hand() -> None:
    """10 ETP, 15 000 hours: 300 000 / 10 = 30 000, 300 000 / 15 000 = 20; 240 000 / 15 000 = 16."""
    siens = gather_siens(
        2024, [unite(1, {"etat": 300_000, "ventes": 90_000}, (200_000, 50_000))], SOLDES
    )
    assert line(siens, "etat") == (200_000, 300_000, SANS_OBJET, 30_000, 20, SANS_OBJET, SANS_OBJET)
    assert line(siens, "departement")[:2] == (50_000, 0)
    assert line(siens, "public_non_ventile") == (
        *(SANS_OBJET, SANS_OBJET, 240_000),
        *(SANS_OBJET, SANS_OBJET, 24_000, 16),
    )
    assert line(siens, "ensemble_public") == (250_000, 300_000, 240_000, 30_000, 20, 24_000, 16)
    assert line(siens, "ensemble_des_produits")[:3] == (SANS_OBJET, 390_000, 340_000)
    assert line(siens, "ventes")[:3] == (SANS_OBJET, 90_000, 90_000)
    assert plain(tell_constat(siens)) == (
        "En 2024, l’argent public déclaré fait 30 000 € par ETP et 20,00 € par heure."
    )
    assert told(siens) == ""
    assert siens.has_couts
    assert len(list_doubles()) == 3


def test_without_a_declaration_the_accounts_answer() -> None:
    siens = gather_siens(2024, [unite(1, None, (200_000, 0))], SOLDES)
    assert line(siens, "etat")[1] is SANS_OBJET
    assert "de vos comptes fait 24 000 € par ETP et 16,00 € par heure" in plain(tell_constat(siens))
    assert "Aucune annexe ne déclare l’exercice clos en 2024" in told(siens)
    assert "votre structure ne déclare rien" in told(siens)


def test_accounts_alone_have_no_cost() -> None:
    siens = gather_siens(2024, [], SOLDES)
    assert line(siens, "ensemble_public") == (
        *(SANS_OBJET, SANS_OBJET, 240_000),
        *(SANS_OBJET, SANS_OBJET, INCONNUE, INCONNUE),
    )
    assert "connu en euros, pas par ETP" in tell_constat(siens)
    assert not siens.has_couts
    assert "Aucune de vos annexes ne touche 2024" in told(siens)
    assert "Sans annexe, rien n’est déclaré." in told(siens)
    assert "toutes les heures de l’année ne sont pas saisies" in told(siens)


def test_nothing_at_all() -> None:
    siens = gather_siens(2024, [])
    assert siens.lignes == ()
    assert "Rien n’est connu" in tell_constat(siens)
    assert "Aucun exercice du 1er janvier au 31 décembre 2024" in told(siens)


@pytest.mark.parametrize(
    ("raison", "dite"),
    [
        (Rapprochement.DECALE, "clôt son exercice avant décembre"),
        (Rapprochement.INCOHERENT, "déclare plus de ventes et d’aides que de produits"),
    ],
)
def test_a_declaration_that_does_not_match_is_shown_without_cost(
    raison: Rapprochement, dite: str
) -> None:
    siens = gather_siens(2024, [unite(1, {"etat": 300_000}, rapprochement=raison)])
    assert line(siens, "etat")[1:5] == (300_000, SANS_OBJET, SANS_OBJET, SANS_OBJET)
    assert f"Pas de coût par ETP ni par heure : votre structure {dite}." in told(siens)


def test_an_empty_box_is_unknown_and_so_is_its_sum() -> None:
    lue = unite(1, {"etat": 300_000}, rapprochement=Rapprochement.DETAIL_INCOMPLET)
    assert lue.declare is not None
    partielle = {nom: cents for nom, cents in lue.declare.items() if nom != "fse"}
    siens = gather_siens(
        2024, [unite(1, declare=partielle, rapprochement=Rapprochement.DETAIL_INCOMPLET)]
    )
    assert line(siens, "fse")[1] is INCONNUE
    assert line(siens, "ensemble_public")[1] is INCONNUE
    assert line(siens, "etat")[1] == 300_000


def test_annexes_without_amount_are_unknown_or_counted_out() -> None:
    assert line(gather_siens(2024, [unite(1, sans_montant=1)]), "etat")[0] is INCONNUE
    siens = gather_siens(2024, [unite(1, None, (100, 0), sans_montant=2)])
    assert line(siens, "etat")[0] == 100
    assert "2 annexes n’ont pas de montant et n’y sont pas." in told(siens)


def test_two_structures_add_up_and_what_is_written_twice_is_said() -> None:
    siens = gather_siens(
        2024, [unite(1, {"etat": 300_000}, (1, 0)), unite(2, {"etat": 300_000}, (2, 0))]
    )
    assert line(siens, "etat")[:5] == (3, 600_000, SANS_OBJET, 30_000, 20)
    assert "exactement les mêmes lignes" in told(siens)
    siens = gather_siens(2024, [unite(1, {"etat": 300_000}), unite(2)])
    assert "1 structure déclare, sur 2" in told(siens)
    assert "une de vos structures ne déclare rien" in told(siens)


def test_hours_of_others_under_the_same_accounts_forbid_their_cost() -> None:
    for siens in (
        gather_siens(2024, [unite(1, {"etat": 1})], SOLDES, is_seule=False),
        gather_siens(2024, [unite(1, None, rapprochement=Rapprochement.HORS_FILTRE)], SOLDES),
    ):
        assert line(siens, "ensemble_public")[5:] == (SANS_OBJET, SANS_OBJET)
        assert "ces comptes sont aussi ceux d’une structure" in told(siens)


def test_what_is_to_be_checked_is_said() -> None:
    siens = gather_siens(2024, [unite(1, {"etat": 100}, (200, 0))], {"740000": -5, "700000": 10})
    assert "moins que votre seule aide au poste" in told(siens)
    assert "Une ligne de vos comptes est négative" in told(siens)


def test_unknown_posts_leave_costs_unknown_and_nil_ones_without_object() -> None:
    inconnus = unite(1, {"etat": 1}, etp=None, heures=None)
    assert line(gather_siens(2024, [inconnus]), "etat")[3:5] == (INCONNUE, INCONNUE)
    nuls = unite(1, {"etat": 1}, etp=0.0, heures=0.0)
    assert line(gather_siens(2024, [nuls]), "etat")[3:5] == (SANS_OBJET, SANS_OBJET)
