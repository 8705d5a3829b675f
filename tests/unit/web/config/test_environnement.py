"""Settings of the machine: what is accepted, and everything that is refused told at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.errors import EnvironnementInvalide
from maillage.web.config.environnement import REGLAGES, Courrier, read_reglages

CLE = "x" * 32


def test_a_machine_that_says_nothing_gets_a_site_for_itself() -> None:
    lus = read_reglages({})
    assert lus.adresse_publique == "http://127.0.0.1:8000"
    assert lus.hotes == ("127.0.0.1", "localhost", "[::1]")
    assert (lus.base, lus.oidc_emetteur, lus.cle_secrete) == ("", "", "")
    assert lus.courrier == Courrier()
    assert (lus.debogage, lus.demonstration, lus.is_https) == (False, False, False)
    assert (lus.mandataires, lus.oidc_profil) == (0, "proconnect")


def test_every_example_of_the_documentation_is_accepted() -> None:
    for reglage in REGLAGES:
        exemple = CLE if reglage.champ == "cle_secrete" else reglage.exemple
        reglage.read(exemple)
        reglage.read(reglage.defaut)


def test_an_empty_variable_is_as_an_absent_one() -> None:
    assert read_reglages({"MAILLAGE_HOTES": "  "}) == read_reglages({})


@pytest.mark.parametrize(
    ("variable", "valeur", "champ", "lu"),
    [
        ("MAILLAGE_CLE_SECRETE", CLE, "cle_secrete", CLE),
        ("MAILLAGE_HOTES", "a.example.org, b.example.org,", "hotes", ("a.example.org", "b.example.org")),
        ("MAILLAGE_ADRESSE_PUBLIQUE", "https://a.example.org/", "adresse_publique", "https://a.example.org"),
        ("MAILLAGE_BASE", "postgresql://u:m@h:1/b", "base", "postgresql://u:m@h:1/b"),
        ("MAILLAGE_DEBOGAGE", "1", "debogage", True),
        ("MAILLAGE_DEMONSTRATION", "1", "demonstration", True),
        ("MAILLAGE_EXPEDITEUR", "a@example.org", "expediteur", "a@example.org"),
        ("MAILLAGE_OIDC_PROFIL", "standard", "oidc_profil", "standard"),
        ("MAILLAGE_MANDATAIRES", "2", "mandataires", 2),
        ("MAILLAGE_COURRIEL", "smtp://h", "courrier", Courrier("h", 587, tls="starttls")),
        ("MAILLAGE_COURRIEL", "smtps://h", "courrier", Courrier("h", 465, tls="tls")),
        ("MAILLAGE_COURRIEL", "smtp+clair://h:2525", "courrier", Courrier("h", 2525)),
        (
            "MAILLAGE_COURRIEL",
            "smtp://u%40x:m%2Fp@h:587",
            "courrier",
            Courrier("h", 587, "u@x", "m/p", "starttls"),
        ),
    ],
)  # fmt: skip
def test_a_value_is_read(variable: str, valeur: str, champ: str, lu: object) -> None:
    assert getattr(read_reglages({variable: valeur}), champ) == lu


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [
        ("MAILLAGE_CLE_SECRETE", "x" * 31),
        ("MAILLAGE_HOTES", "https://a.example.org"),
        ("MAILLAGE_HOTES", "a.example.org b.example.org"),
        ("MAILLAGE_ADRESSE_PUBLIQUE", "a.example.org"),
        ("MAILLAGE_ADRESSE_PUBLIQUE", "https://a.example.org/chemin"),
        ("MAILLAGE_BASE", "mysql://u@h/b"),
        ("MAILLAGE_BASE", "postgresql://h"),
        ("MAILLAGE_DEBOGAGE", "oui"),
        ("MAILLAGE_EXPEDITEUR", "sans adresse"),
        ("MAILLAGE_EXPEDITEUR", "a@example.org\r\nBcc: b@example.org"),
        ("MAILLAGE_COURRIEL", "http://h"),
        ("MAILLAGE_COURRIEL", "smtp://h:port"),
        ("MAILLAGE_COURRIEL", "smtp://"),
        ("MAILLAGE_OIDC_EMETTEUR", "http://identite.example.org"),
        ("MAILLAGE_OIDC_EMETTEUR", "identite.example.org"),
        ("MAILLAGE_OIDC_PROFIL", "autre"),
        ("MAILLAGE_MANDATAIRES", "-1"),
        ("MAILLAGE_MANDATAIRES", "deux"),
    ],
)
def test_a_value_is_refused_with_an_example(variable: str, valeur: str) -> None:
    with pytest.raises(EnvironnementInvalide) as refus:
        read_reglages({variable: valeur})
    premiere = refus.value.anomalies[0]
    assert premiere.code == "MLG-REL-001"
    assert variable in premiere.quoi
    assert "Exemple" in premiere.que_faire


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(EnvironnementInvalide) as refus:
        read_reglages(
            {"MAILLAGE_DEBOGAGE": "oui", "MAILLAGE_BASE": "x", "MAILLAGE_OIDC_CLIENT": "c"}
        )
    assert [a.code for a in refus.value.anomalies] == ["MLG-REL-001", "MLG-REL-001", "MLG-REL-002"]


@given(st.text(alphabet="abc:/@ ", min_size=6).filter(str.strip))
def test_a_secret_is_never_in_the_message(texte: str) -> None:
    secret = f"mysql://{texte.strip()}secret"
    with pytest.raises(EnvironnementInvalide) as refus:
        read_reglages({"MAILLAGE_BASE": secret, "MAILLAGE_COURRIEL": secret})
    assert secret not in str(refus.value)


@pytest.mark.parametrize("manque", ["EMETTEUR", "CLIENT", "SECRET"])
def test_a_provider_is_set_whole_or_not_at_all(manque: str) -> None:
    complet = {
        "MAILLAGE_OIDC_EMETTEUR": "http://127.0.0.1:9000",
        "MAILLAGE_OIDC_CLIENT": "c",
        "MAILLAGE_OIDC_SECRET": "s",
    }
    assert read_reglages(complet).oidc_emetteur == "http://127.0.0.1:9000"
    del complet[f"MAILLAGE_OIDC_{manque}"]
    with pytest.raises(EnvironnementInvalide, match=f"MAILLAGE_OIDC_{manque}"):
        read_reglages(complet)
