"""Two OpenID providers on loopback: a real one, and one of ours that can misbehave.

The real one is `oidc-provider`, run by Node.js from the folder that `tools/checks.py` prepares. It
cannot send a wrong nonce or a tampered identity: a small server that signs with its own keys does.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCES = Path(__file__).resolve().parents[1] / "services" / "fournisseur_openid"
RETOUR = "http://127.0.0.1/compte/openid/retour/"
SORTIE = "http://127.0.0.1/compte/openid/sortie/"
SECRET = "secret-d-essai"  # noqa: S105 — of a server that lives as long as the test
ATTENTE = 30


def find_installation() -> tuple[str, Path] | None:
    """Node.js and the folder where the provider is installed; None when one is missing."""
    node = shutil.which("node")
    dossier = os.environ.get("MAILLAGE_TEST_OPENID", "")
    if node is None or not dossier or not (Path(dossier) / "node_modules").is_dir():
        return None
    return node, Path(dossier)


def _free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


@contextmanager
def real_provider(node: str, dossier: Path, comptes: Mapping[str, Any]) -> Iterator[str]:
    """Address of a real provider that knows these persons."""
    port = _free_port()
    shutil.copy(SOURCES / "serveur.mjs", dossier / "serveur.mjs")
    reglages = {
        "port": port,
        "redirect_uri": RETOUR,
        "post_logout_redirect_uri": SORTIE,
        "comptes": comptes,
    }
    serveur = subprocess.Popen(
        [node, "serveur.mjs", json.dumps(reglages)],
        cwd=dossier,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    adresse = f"http://127.0.0.1:{port}"
    try:
        _wait(adresse, serveur)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait(timeout=10)


def _wait(adresse: str, serveur: subprocess.Popen[bytes]) -> None:
    for _ in range(ATTENTE * 10):
        assert serveur.poll() is None, "le fournisseur s’est arrêté"
        try:
            with urllib.request.urlopen(f"{adresse}/jwks", timeout=5):  # noqa: S310 — our own loopback address
                return
        except OSError:
            time.sleep(0.1)
    msg = "le fournisseur n’a pas répondu à temps"
    raise AssertionError(msg)


@dataclass
class Malveillance:
    """How the rogue provider lies. By default it does not.

    Attributes:
        id_token, identite: Claims put over the honest ones; None removes one.
        en_tete: Put over the header of both tokens.
        algorithme: Signature; « none » signs nothing, « HS256 » uses the public key as a secret.
        cle_etrangere: Sign with a key that the provider does not publish.
        identite_nue: Answer userinfo as plain JSON.
        identite_alteree: Change one letter of the signed identity.
        emetteur_publie: Issuer that its configuration names; its own when empty.
    """

    id_token: dict[str, Any] = field(default_factory=dict)
    identite: dict[str, Any] = field(default_factory=dict)
    algorithme: str = "RS256"
    cle_etrangere: bool = False
    identite_nue: bool = False
    identite_alteree: bool = False
    emetteur_publie: str = ""


class FournisseurMalveillant:
    """An OpenID provider reduced to its bones, that says whatever a test asks it to."""

    def __init__(self) -> None:
        self.cle = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.etrangere = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.ruse = Malveillance()
        self.nonce = ""
        self.codes_pris: list[str] = []
        self.demandes_de_jeton: list[dict[str, str]] = []
        fournisseur = self

        class Poignee(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fournisseur.answer(self)

            def do_POST(self) -> None:
                fournisseur.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.serveur = ThreadingHTTPServer(("127.0.0.1", 0), Poignee)
        self.adresse = f"http://127.0.0.1:{self.serveur.server_port}"

    @contextmanager
    def running(self) -> Iterator[FournisseurMalveillant]:
        """The server, as long as the context."""
        fil = threading.Thread(target=self.serveur.serve_forever, daemon=True)
        fil.start()
        try:
            yield self
        finally:
            self.serveur.shutdown()
            self.serveur.server_close()
            fil.join()

    def answer(self, requete: BaseHTTPRequestHandler) -> None:
        """Answer one request of the site."""
        chemin = urlsplit(requete.path).path
        if chemin == "/.well-known/openid-configuration":
            self._json(requete, self._configuration())
        elif chemin == "/jwks":
            publique = jwt.algorithms.RSAAlgorithm.to_jwk(self.cle.public_key(), as_dict=True)
            self._json(requete, {"keys": [{**publique, "kid": "1", "use": "sig", "alg": "RS256"}]})
        elif chemin == "/token":
            self._token(requete)
        elif chemin == "/me":
            self._me(requete)
        else:
            requete.send_error(404)

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.ruse.emetteur_publie or self.adresse,
            "authorization_endpoint": f"{self.adresse}/auth",
            "token_endpoint": f"{self.adresse}/token",
            "userinfo_endpoint": f"{self.adresse}/me",
            "jwks_uri": f"{self.adresse}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _token(self, requete: BaseHTTPRequestHandler) -> None:
        corps = requete.rfile.read(int(requete.headers["Content-Length"])).decode()
        demande = {nom: valeurs[0] for nom, valeurs in parse_qs(corps).items()}
        self.demandes_de_jeton.append(demande)
        claims = self._claims(nonce=self.nonce, amr=["pwd"]) | self.ruse.id_token
        self._json(
            requete,
            {"access_token": "a", "token_type": "Bearer", "id_token": self._sign(claims)},
        )

    def _me(self, requete: BaseHTTPRequestHandler) -> None:
        claims = self._claims(email="direction@reseau.example.org", usual_name="Essai")
        claims |= self.ruse.identite
        if self.ruse.identite_nue:
            self._json(requete, {k: v for k, v in claims.items() if v is not None})
            return
        texte = self._sign(claims)
        if self.ruse.identite_alteree:
            tete, corps, signature = texte.split(".")
            autre = jwt.utils.base64url_encode(
                json.dumps(claims | {"email": "administration@reseau.example.org"}).encode()
            ).decode()
            assert autre != corps
            texte = f"{tete}.{autre}.{signature}"
        self._send(requete, texte.encode(), "application/jwt")

    def _claims(self, **autres: Any) -> dict[str, Any]:
        maintenant = int(time.time())
        communs = {"iss": self.adresse, "aud": "maillage-RS256", "sub": "sujet-1"}
        return {**communs, "iat": maintenant, "exp": maintenant + 60, **autres}

    def _sign(self, claims: Mapping[str, Any]) -> str:
        dits = {nom: valeur for nom, valeur in claims.items() if valeur is not None}
        cle: Any = self.etrangere if self.ruse.cle_etrangere else self.cle
        if self.ruse.algorithme == "none":
            cle = None
        elif self.ruse.algorithme == "HS256":
            cle = SECRET.ljust(32, "x")
        return jwt.encode(dits, cle, algorithm=self.ruse.algorithme, headers={"kid": "1"})

    def _json(self, requete: BaseHTTPRequestHandler, objet: object) -> None:
        self._send(requete, json.dumps(objet).encode(), "application/json")

    def _send(self, requete: BaseHTTPRequestHandler, corps: bytes, nature: str) -> None:
        requete.send_response(200)
        requete.send_header("Content-Type", nature)
        requete.send_header("Content-Length", str(len(corps)))
        requete.end_headers()
        requete.wfile.write(corps)
