"""The command `maillage site`: its refusals, and what it does before serving."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from maillage.kernel.errors import EnvironnementInvalide
from maillage.web import commandes
from maillage.web.config import serveur

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def port_pris() -> Iterator[int]:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        port: int = prise.getsockname()[1]
        yield port


def test_a_port_in_use_stops_before_the_data_are_prepared(
    port_pris: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commandes, "_prepare", lambda: pytest.fail("les données ont été préparées"))
    with pytest.raises(EnvironnementInvalide, match=f"le port {port_pris}"):
        commandes.site(port=port_pris, ouvrir=False)


def test_help_is_in_french() -> None:
    app = typer.Typer()
    app.command()(commandes.site)
    aide = CliRunner().invoke(app, ["--help"]).output
    assert "Ouvre le site sur cette machine" in aide


@pytest.mark.parametrize(("adresse", "hote"), [("192.168.1.20", "192.168.1.20"), ("::", "*")])
def test_the_address_asked_for_becomes_a_host_that_is_served(
    adresse: str, hote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_HOTES", "127.0.0.1")
    commandes._allow_host(adresse)
    assert os.environ["MAILLAGE_HOTES"].split(",") == ["127.0.0.1", hote]


@pytest.mark.parametrize(
    ("plateforme", "environnement", "attendu"),
    [
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_browser_opens_only_where_there_is_a_display(
    *,
    plateforme: str,
    environnement: dict[str, str],
    attendu: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for nom in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(nom, raising=False)
    for nom, valeur in environnement.items():
        monkeypatch.setenv(nom, valeur)
    monkeypatch.setattr(sys, "platform", plateforme)
    assert commandes._has_display() is attendu


class ServeurFictif:
    """Says that it is ready, and remembers what it was asked to serve."""

    appels: list[tuple[str, int]]

    def __init__(self, application: Any, adresse: str, port: int, when_ready: Any) -> None:
        assert callable(application)
        self.appels.append((adresse, port))
        self._when_ready = when_ready

    def run(self) -> None:
        """Ready at once."""
        self._when_ready()


@pytest.mark.parametrize(
    ("ouvrir", "ecran", "ouverts"), [(True, True, 1), (True, False, 0), (False, True, 0)]
)
def test_the_site_is_announced_and_opened_when_it_can_be(
    *,
    ouvrir: bool,
    ecran: bool,
    ouverts: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    port = serveur.find_free_port("127.0.0.1", 20_000)
    assert port is not None
    adresses: list[str] = []
    ServeurFictif.appels = []
    monkeypatch.setattr(commandes, "_prepare", lambda: None)
    monkeypatch.setattr(commandes, "_has_display", lambda: ecran)
    monkeypatch.setattr(serveur, "Serveur", ServeurFictif)
    monkeypatch.setattr(webbrowser, "open", adresses.append)
    monkeypatch.setattr(commandes, "_prepare_base", lambda _url: f"{_url}lien" if ecran else None)
    travailleurs: list[str] = []
    monkeypatch.setattr(serveur, "start_worker", lambda: travailleurs.append("un"))
    commandes.site(port=port, ouvrir=ouvrir, travailleur=ouvrir)
    assert len(travailleurs) == int(ouvrir)
    assert ServeurFictif.appels == [("127.0.0.1", port)]
    assert adresses == [f"http://127.0.0.1:{port}/"] * ouverts
    dit = capsys.readouterr().out
    assert f"Le site est prêt\u00a0: http://127.0.0.1:{port}/" in dit
    assert (f"  http://127.0.0.1:{port}/lien\n" in dit) is ecran


def test_an_address_of_the_network_is_served_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    port = serveur.find_free_port("127.0.0.2", 20_000)
    assert port is not None
    ServeurFictif.appels = []
    monkeypatch.setenv("MAILLAGE_HOTES", "127.0.0.1")
    monkeypatch.setattr(commandes, "_prepare", lambda: None)
    monkeypatch.setattr(serveur, "Serveur", ServeurFictif)
    monkeypatch.setattr(commandes, "_prepare_base", lambda _url: None)
    commandes.site(port=port, adresse="127.0.0.2", ouvrir=False, travailleur=False)
    assert os.environ["MAILLAGE_HOTES"] == "127.0.0.1,127.0.0.2"
