from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from maillage.data.reference.overlay import apply_updates
from maillage.data.reference.update import SOURCES, Etat
from maillage.kernel.valeur import Absence, code_etat

if TYPE_CHECKING:
    from integration.data.update.conftest import Atelier, Replay

    from maillage.data.reference.pack import Pack


def figure(pack: Pack, niveau: str, code: str, serie: str, periode: str) -> tuple[Any, int]:
    name = "besoin_communes" if niveau == "commune" else "series"
    wanted = {"niveau": niveau, "code": code, "serie": serie, "periode": periode}
    found = [
        row
        for row in pack.tables[name].to_pylist()
        if all(row.get(key, value) == value for key, value in wanted.items())
    ]
    assert len(found) == 1, f"{len(found)} rows for {wanted}"
    return found[0]["valeur"], found[0]["etat"]


def updated(atelier: Atelier, *sources: str) -> Pack:
    report = atelier.update(*sources)
    assert not report.has_failure, [r.message for r in report.sources]
    pack, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert problems == ()
    return pack


def test_every_source_is_updated_and_told(atelier: Atelier) -> None:
    report = atelier.update()
    assert [(r.code, r.etat) for r in report.sources] == [(c, Etat.MISE_A_JOUR) for c in SOURCES]
    newest = {r.code: r.periode for r in report.sources}
    assert newest == {
        "geo-api": "2026-11-23",
        "poem": "2026-08",
        "caf": "2026-09",
        "melodi": "2023",
        "bdm": "2026-T2",
        "recherche-entreprises": "2026-11-23",
    }
    assert all(r.lignes > 0 for r in report.sources)
    assert atelier.etapes[0] == "Interrogation de l’API Géo"


def test_every_figure_names_a_source_with_its_hash_and_its_day(atelier: Atelier) -> None:
    pack = updated(atelier)
    for table in ("series", "besoin_communes"):
        for code in set(pack.tables[table]["source"].to_pylist()) - {"pack"}:
            source = pack.source(code)
            assert len(source.sha256) == 64
            assert source.fichier.endswith("(lu le 2026-11-23)")
            assert source.millesime


def test_an_unchanged_remote_changes_nothing(atelier: Atelier) -> None:
    atelier.update()
    before = atelier.files()
    atelier.replay.appels.clear()
    report = atelier.update(today=date(2026, 12, 24))
    assert {r.etat for r in report.sources} == {Etat.INCHANGEE}
    assert set(atelier.replay.statuts("/")) == {304}
    assert atelier.files() == before


def test_a_new_value_replaces_the_former_file(atelier: Atelier, replay: Replay) -> None:
    atelier.update("bdm")
    before = set(atelier.files())
    path = "/bdm/series/sdmx/data/SERIES_BDM/001515866+001515867+001515868"
    replay.edit_text(path, '"7.4"', '"7.6"')
    pack = updated(atelier, "bdm")
    assert figure(pack, "departement", "35", "taux_chomage_localise", "2026-T2") == (7.6, 0)
    assert len(atelier.files()) == len(before) == 2


def test_bdm_replaces_a_revised_quarter_and_adds_a_new_one(atelier: Atelier) -> None:
    pack = updated(atelier, "bdm")
    assert figure(atelier.pack, "departement", "35", "taux_chomage_localise", "2024-T4") == (7.0, 0)
    assert figure(pack, "departement", "35", "taux_chomage_localise", "2024-T4") == (7.1, 0)
    assert figure(pack, "departement", "35", "taux_chomage_localise", "2026-T2") == (7.4, 0)


def test_melodi_keeps_secrecy_apart_from_zero(atelier: Atelier) -> None:
    pack = updated(atelier, "melodi")
    secret = (None, code_etat(Absence.SECRETE))
    assert figure(pack, "commune", "35238", "taux_pauvrete", "2023") == secret
    assert figure(pack, "departement", "35", "taux_pauvrete", "2023") == (14.2, 0)
    assert figure(pack, "zone-emploi", "0051", "niveau_vie_median", "2023") == (23_000.0, 0)


def test_melodi_waits_for_its_thirty_requests_a_minute(atelier: Atelier) -> None:
    atelier.update("melodi")
    assert len(atelier.attentes) == len(atelier.replay.appels) - 1
    assert min(atelier.attentes) >= 2.0


def test_caf_adds_the_rows_of_one_benefit_and_both_halves_of_rhone(atelier: Atelier) -> None:
    pack = updated(atelier, "caf")
    assert figure(pack, "departement", "35", "rsa_foyers_caf", "2026-09") == (400.0, 0)
    assert figure(pack, "departement", "69", "rsa_foyers_caf", "2026-09") == (800.0, 0)


def test_caf_gives_lyon_the_sum_of_its_arrondissements_and_keeps_them(atelier: Atelier) -> None:
    pack = updated(atelier, "caf")
    assert figure(pack, "commune", "69381", "rsa_foyers_caf", "2024-12") == (50.0, 0)
    assert figure(pack, "commune", "69123", "rsa_foyers_caf", "2024-12") == (450.0, 0)


def test_caf_never_spreads_households_without_an_address(atelier: Atelier) -> None:
    (report,) = atelier.update("caf").sources
    assert "1 ligne sans commune" in report.message.replace("\u00a0", " ")


def test_poem_finds_its_codes_through_the_theme_and_keeps_blank_and_secret(
    atelier: Atelier,
) -> None:
    pack = updated(atelier, "poem")
    assert figure(pack, "france", "FR", "poem_essai_stk", "2026-08") == (1520.0, 0)
    assert figure(pack, "departement", "2A", "poem_essai_stk", "2026-07") == (100.0, 0)
    unknown, secret = code_etat(Absence.INCONNUE), code_etat(Absence.SECRETE)
    assert figure(pack, "departement", "2A", "poem_essai_stk", "2026-08") == (None, unknown)
    assert figure(pack, "departement", "69", "poem_essai_stk", "2026-08") == (None, secret)
    assert pack.source("maj_poem_essai_stk").titre == "Salariés en insertion, série d’essai"


def test_the_directory_keeps_no_person(atelier: Atelier) -> None:
    pack = updated(atelier, "recherche-entreprises")
    rows = pack.tables["siae_ouvertes"].to_pylist()
    assert [(r["siren"], r["code_departement"]) for r in rows] == [
        ("123456782", "35"),
        ("123456782", "69"),
    ]
    assert rows[0]["types_siae"] == ["ACI", "EI"]
    assert all(b"PERSONNE" not in content for content in atelier.files().values())
    assert pack.tables["structures"] is atelier.pack.tables["structures"]


def test_geo_refreshes_names_and_fills_coordinates_but_not_the_geography(
    atelier: Atelier,
) -> None:
    before = atelier.pack.tables["communes"]
    after = updated(atelier, "geo-api").tables["communes"]
    assert after.schema == before.schema
    row = {r["code"]: r for r in after.to_pylist()}["35238"]
    assert (row["nom"], row["codes_postaux"], row["latitude"]) == ("Nom 35238", ["35000"], 45.7)
    assert after["code_epci"].equals(before["code_epci"])


def test_without_any_update_the_pack_is_used_as_it_is(atelier: Atelier) -> None:
    pack, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert pack is atelier.pack
    assert problems == ()
