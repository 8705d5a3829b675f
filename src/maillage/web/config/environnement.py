"""Settings that the machine gives: each documented, all read and refused together, in French."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from maillage.kernel.errors import Anomalie, EnvironnementInvalide
from maillage.kernel.francais import guillemets
from maillage.web.accounts.openid.profils import PROFILS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLE_MIN = 32
_MACHINE_MEME = {"127.0.0.1", "localhost", "::1"}


class _Refuse(ValueError):
    """A value that is not accepted; the text says what is, in French."""


@dataclass(frozen=True, slots=True)
class Reglage:
    """One setting.

    Attributes:
        nom: Environment variable.
        champ: Attribute of `Reglages`.
        description: What it changes, in French.
        defaut: What is read when the variable is absent or empty.
        exemple: A value that is accepted.
        read: Turns the text into a value; refuses with what is accepted.
        is_secret: Whether the value must never be shown.
    """

    nom: str
    champ: str
    description: str
    defaut: str
    exemple: str
    read: Callable[[str], Any]
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Courrier:
    """Server that sends the mail.

    Attributes:
        serveur: Host; empty: messages are written as files in the data directory.
        port: Its port.
        utilisateur, mot_de_passe: Empty when it asks for none.
        tls: « starttls », « tls » or empty.
    """

    serveur: str = ""
    port: int = 25
    utilisateur: str = ""
    mot_de_passe: str = ""
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Reglages:
    """Every setting, read.

    Attributes:
        cle_secrete: Signs sessions; empty: one is made and kept in the data directory.
        hotes: Names that the site answers to.
        debogage: Whether errors are shown in full, never on a real server.
        base: Address of the relational database; empty: SQLite in the data directory.
        adresse_publique: How the site is reached, for the links of mails; no final slash.
        courrier: Server that sends the mail.
        expediteur: Who mails come from.
        oidc_emetteur, oidc_client, oidc_secret: OpenID Connect provider; all empty for none.
        oidc_nom: Its name on the button.
        oidc_profil: « proconnect » or « standard ».
        mandataires: Proxies of ours in front of the site, which name the visitor's address.
        demonstration: Whether this is the synthetic network.
    """

    cle_secrete: str
    hotes: tuple[str, ...]
    debogage: bool
    base: str
    adresse_publique: str
    courrier: Courrier
    expediteur: str
    oidc_emetteur: str
    oidc_client: str
    oidc_secret: str
    oidc_nom: str
    oidc_profil: str
    mandataires: int
    demonstration: bool

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the site over TLS: cookies then travel over nothing else."""
        return self.adresse_publique.startswith("https://")


def _read_cle(texte: str) -> str:
    if texte and len(texte) < _CLE_MIN:
        msg = f"{_CLE_MIN} caractères au moins, tirés au hasard"
        raise _Refuse(msg)
    return texte


def _read_hotes(texte: str) -> tuple[str, ...]:
    hotes = tuple(filter(None, (hote.strip() for hote in texte.split(","))))
    if any("/" in hote or " " in hote for hote in hotes):
        msg = "des noms de machine séparés par des virgules, sans http:// ni chemin"
        raise _Refuse(msg)
    return hotes


def _read_oui(texte: str) -> bool:
    if texte not in {"0", "1"}:
        msg = "0 ou 1"
        raise _Refuse(msg)
    return texte == "1"


def _read_base(texte: str) -> str:
    parts = urlsplit(texte)
    if texte and not (
        parts.scheme in {"postgres", "postgresql"} and parts.hostname and parts.path.strip("/")
    ):
        msg = "une adresse postgresql://utilisateur:mot-de-passe@machine:5432/base, ou rien"
        raise _Refuse(msg)
    return texte


def _read_adresse(texte: str) -> str:
    parts = urlsplit(texte)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        msg = "une adresse http:// ou https:// sans chemin"
        raise _Refuse(msg)
    return texte.rstrip("/")


def _read_emetteur(texte: str) -> str:
    parts = urlsplit(texte)
    locale = parts.scheme == "http" and parts.hostname in _MACHINE_MEME
    if texte and ((parts.scheme != "https" and not locale) or not parts.hostname):
        msg = "l’adresse https:// du fournisseur, celle qui précède /.well-known"
        raise _Refuse(msg)
    return texte.rstrip("/")


def _read_profil(texte: str) -> str:
    if texte not in PROFILS:
        msg = " ou ".join(sorted(PROFILS))
        raise _Refuse(msg)
    return texte


def _read_mandataires(texte: str) -> int:
    if not re.fullmatch(r"[0-9]", texte):
        msg = "un chiffre, de 0 à 9"
        raise _Refuse(msg)
    return int(texte)


_PORTS = {"smtp": 587, "smtps": 465, "smtp+clair": 25}
_TLS = {"smtp": "starttls", "smtps": "tls", "smtp+clair": ""}


def _read_courrier(texte: str) -> Courrier:
    if not texte:
        return Courrier()
    parts = urlsplit(texte)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or not port:
        msg = "smtp://… (STARTTLS), smtps://… (TLS) ou smtp+clair://… (machine locale), ou rien"
        raise _Refuse(msg)
    return Courrier(
        parts.hostname,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        _TLS[parts.scheme],
    )


def _read_expediteur(texte: str) -> str:
    if not re.fullmatch(r"[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+", texte):
        msg = "une adresse e-mail, ou « Nom <adresse> »"
        raise _Refuse(msg)
    return texte


REGLAGES = (
    Reglage(
        "MAILLAGE_CLE_SECRETE",
        "cle_secrete",
        "Clé qui signe les sessions et les liens. Sans elle, une clé est tirée au hasard au premier "
        "démarrage et gardée dans le dossier de données.",
        "",
        "cinquante caractères tirés au hasard",
        _read_cle,
        is_secret=True,
    ),
    Reglage(
        "MAILLAGE_HOTES",
        "hotes",
        "Noms de machine auxquels le site répond, séparés par des virgules.",
        "127.0.0.1,localhost,[::1]",
        "maillage.example.org",
        _read_hotes,
    ),
    Reglage(
        "MAILLAGE_ADRESSE_PUBLIQUE",
        "adresse_publique",
        "Adresse par laquelle on arrive sur le site : celle des liens envoyés par e-mail. En "
        "https://, les cookies ne voyagent plus qu’en TLS et le navigateur s’en souvient (HSTS).",
        "http://127.0.0.1:8000",
        "https://maillage.example.org",
        _read_adresse,
    ),
    Reglage(
        "MAILLAGE_BASE",
        "base",
        "Base PostgreSQL où vivent comptes, organisations et publications. Sans elle, un fichier "
        "SQLite du dossier de données.",
        "",
        "postgresql://maillage:mot-de-passe@127.0.0.1:5432/maillage",
        _read_base,
        is_secret=True,
    ),
    Reglage(
        "MAILLAGE_COURRIEL",
        "courrier",
        "Serveur qui envoie les e-mails. Sans lui, chaque message est écrit dans le dossier "
        "« courriels » des données.",
        "",
        "smtp://compte:mot-de-passe@smtp.example.org:587",
        _read_courrier,
        is_secret=True,
    ),
    Reglage(
        "MAILLAGE_EXPEDITEUR",
        "expediteur",
        "Adresse d’où partent les e-mails.",
        "Maillage <maillage@localhost.invalid>",
        "Réseau Exemple <nouvelles@example.org>",
        _read_expediteur,
    ),
    Reglage(
        "MAILLAGE_OIDC_EMETTEUR",
        "oidc_emetteur",
        "Fournisseur OpenID Connect, comme ProConnect : l’adresse qui précède /.well-known. Elle, "
        "l’identifiant et le secret vont ensemble. En http:// sur la machine même seulement.",
        "",
        "https://identite.example.org",
        _read_emetteur,
    ),
    Reglage(
        "MAILLAGE_OIDC_CLIENT",
        "oidc_client",
        "Identifiant que le fournisseur a donné à ce site.",
        "",
        "maillage",
        str,
    ),
    Reglage(
        "MAILLAGE_OIDC_SECRET",
        "oidc_secret",
        "Secret que le fournisseur a donné à ce site.",
        "",
        "secret remis par le fournisseur",
        str,
        is_secret=True,
    ),
    Reglage(
        "MAILLAGE_OIDC_NOM",
        "oidc_nom",
        "Nom du fournisseur sur le bouton de connexion.",
        "ProConnect",
        "ProConnect",
        str,
    ),
    Reglage(
        "MAILLAGE_OIDC_PROFIL",
        "oidc_profil",
        "Règles du fournisseur. proconnect : identité signée, et l’adresse e-mail vaut preuve parce "
        "que la fédération s’y engage. standard : l’adresse doit être dite vérifiée "
        "(email_verified).",
        "proconnect",
        "standard",
        _read_profil,
    ),
    Reglage(
        "MAILLAGE_MANDATAIRES",
        "mandataires",
        "Nombre de serveurs mandataires (proxys) à vous devant le site, qui ajoutent "
        "X-Forwarded-For : l’adresse du visiteur, sur laquelle on compte les tentatives, est alors "
        "lue là. 0 : personne ne peut la falsifier, elle est celle de la connexion.",
        "0",
        "1",
        _read_mandataires,
    ),
    Reglage(
        "MAILLAGE_DEBOGAGE",
        "debogage",
        "1 : montrer le détail des pannes. Jamais sur un vrai serveur.",
        "0",
        "0",
        _read_oui,
    ),
    Reglage(
        "MAILLAGE_DEMONSTRATION",
        "demonstration",
        "1 : réseau de démonstration, synthétique, refait à chaque démarrage.",
        "0",
        "0",
        _read_oui,
    ),
)
"""In the order of the documentation."""


def read_reglages(environ: Mapping[str, str]) -> Reglages:
    """Read every setting.

    Args:
        environ: Environment variables.

    Raises:
        EnvironnementInvalide: MLG-REL-001 a value is not accepted, MLG-REL-002 the settings of the
            OpenID Connect provider are incomplete; all of them together.
    """
    valeurs: dict[str, Any] = {}
    anomalies = []
    for reglage in REGLAGES:
        texte = environ.get(reglage.nom, "").strip() or reglage.defaut
        try:
            valeurs[reglage.champ] = reglage.read(texte)
        except _Refuse as accepte:
            montre = "sa valeur" if reglage.is_secret else f"la valeur {guillemets(texte)}"
            anomalies.append(
                Anomalie(
                    "MLG-REL-001",
                    f"{reglage.nom}\u00a0: {montre} n’est pas acceptée.",
                    f"Il faut {accepte}. Exemple\u00a0: {reglage.exemple}.",
                    "environnement",
                )
            )
    anomalies += _check_oidc(valeurs)
    if anomalies:
        raise EnvironnementInvalide(*anomalies)
    return Reglages(**valeurs)


def _check_oidc(valeurs: Mapping[str, Any]) -> list[Anomalie]:
    champs = ("oidc_emetteur", "oidc_client", "oidc_secret")
    absents = [champ for champ in champs if not valeurs.get(champ)]
    if len(absents) in {0, len(champs)}:
        return []
    noms = ", ".join(f"MAILLAGE_{champ.upper()}" for champ in absents)
    return [
        Anomalie(
            "MLG-REL-002",
            f"Le fournisseur OpenID Connect est réglé à moitié\u00a0: il manque {noms}.",
            "Donnez-les tous, ou aucun.",
            "environnement",
        )
    ]
