"""The HTTP client of the updates: patient, polite, suspicious, and easy to try without a network.

It waits between two requests to one publisher, tries again when the failure may pass, asks only
for what changed, follows no redirection to another machine, stops at a size, and refuses the web
page that some publishers send to scripts in place of the data.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, NoReturn

import httpx
import tenacity

from maillage import __version__
from maillage.data.sources.live.cache import Cache, Reponse
from maillage.kernel.errors import Anomalie, DonneesIndisponibles, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

OK = 200
INCHANGE = 304
TROP_DE_REQUETES = 429
TAILLE_MAX_OCTETS = 128 * 1024 * 1024
REDIRECTIONS_MAX = 5
TENTATIVES = 5
ATTENTE_MAX_SECONDES = 120.0
"""A publisher that asks to come back later than this is left alone until the next update."""

_PLUS_TARD = "réessayez plus tard : en attendant, les données déjà présentes restent en service."
_DEBUTS_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script")


class Format(Enum):
    """What an answer must look like before anyone reads it."""

    JSON = "JSON"
    CSV = "CSV"
    XML = "XML"
    CLASSEUR = "classeur Excel"
    PAGE = "page web"


@dataclass(frozen=True, slots=True)
class Service:
    """One publisher's endpoint.

    Attributes:
        code: Name of the source in `maillage reference update`.
        nom: Name of the publisher, as told to the reader.
        base: Address without a final slash.
        cadence: Least number of seconds between two requests.
    """

    code: str
    nom: str
    base: str
    cadence: float = 0.2


@dataclass(slots=True)
class Echange:
    """What the client needs from outside, so that tests neither sleep nor leave the machine.

    Attributes:
        attendre: Called with a number of seconds each time the client must wait.
        horloge: Seconds that only grow; measures the time since the last request.
        transport: Transport of httpx; None for the real network.
        taille_max: Bytes after which an answer is refused.
    """

    attendre: Callable[[float], None] = time.sleep
    horloge: Callable[[], float] = time.monotonic
    transport: httpx.BaseTransport | None = None
    taille_max: int = TAILLE_MAX_OCTETS


class _EchecPassager(Exception):
    """A failure that may not last; carries what to tell if it does."""

    def __init__(self, anomalie: Anomalie, delai: float | None = None) -> None:
        self.anomalie = anomalie
        self.delai = delai
        super().__init__(str(anomalie))


@dataclass(slots=True)
class Client:
    """Fetches the resources of the publishers, one at a time.

    Nothing enters the cache before `retain` is called: an answer that its reader refuses must not
    come back as « unchanged » at the next update.
    """

    dossier_cache: Path
    echange: Echange = field(default_factory=Echange)
    _http: httpx.Client = field(init=False)
    _cache: Cache = field(init=False)
    _dernier_appel: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._cache = Cache(self.dossier_cache)
        self._http = httpx.Client(
            timeout=httpx.Timeout(60.0, connect=15.0),
            headers={"User-Agent": f"maillage/{__version__}"},
            follow_redirects=False,
            transport=self.echange.transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(
        self,
        service: Service,
        chemin: str,
        params: Mapping[str, str] | None = None,
        *,
        attendu: Format = Format.JSON,
    ) -> Reponse:
        """Answer of the service at that path, from the network or, when unchanged, from the cache.

        Raises:
            DonneesIndisponibles: the service cannot be reached (MLG-MAJ-002), refuses
                (MLG-MAJ-003) or asks to wait too long (MLG-MAJ-004).
            FichierInvalide: redirection to another machine (MLG-MAJ-005), web page in place of
                data (MLG-MAJ-006), answer too large (MLG-MAJ-007) or in another format
                (MLG-MAJ-008).
        """
        url = str(httpx.URL(service.base + chemin, params=dict(params) if params else None))
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(TENTATIVES),
            wait=_wait,
            retry=tenacity.retry_if_exception_type(_EchecPassager),
            sleep=self.echange.attendre,
            reraise=True,
        )
        try:
            reponse = retrying(self._get_once, service, url)
        except _EchecPassager as error:
            raise DonneesIndisponibles(error.anomalie) from error
        _check_format(service, reponse, attendu)
        return reponse

    def retain(self) -> None:
        """Keep the answers received since the last call: their reader accepted them."""
        self._cache.retain()

    def forget(self) -> None:
        """Drop the answers received since the last call to `retain`."""
        self._cache.forget()

    def _get_once(self, service: Service, url: str) -> Reponse:
        origine, headers = url, self._cache.conditions(url)
        for _ in range(REDIRECTIONS_MAX):
            self._respect_cadence(service, url)
            reponse, suite = self._send(service, url, origine, headers)
            if reponse is not None:
                return reponse
            url = _same_host(service, url, suite)
        raise _failure(service, "MLG-MAJ-005", "trop de redirections", origine)

    def _respect_cadence(self, service: Service, url: str) -> None:
        host = httpx.URL(url).netloc.decode("ascii")
        now = self.echange.horloge()
        last = self._dernier_appel.get(host)
        if last is not None and now - last < service.cadence:
            self.echange.attendre(service.cadence - (now - last))
        self._dernier_appel[host] = self.echange.horloge()

    def _send(
        self, service: Service, url: str, origine: str, headers: Mapping[str, str]
    ) -> tuple[Reponse | None, str]:
        try:
            with self._http.stream("GET", url, headers=dict(headers)) as answer:
                if answer.is_redirect and "Location" in answer.headers:
                    return None, str(answer.headers["Location"])
                return self._receive(service, origine, answer), ""
        except httpx.RequestError as error:
            quoi = f"{service.nom} ne répond pas ({type(error).__name__})"
            raise _EchecPassager(Anomalie("MLG-MAJ-002", quoi, _PLUS_TARD, url)) from error

    def _receive(self, service: Service, url: str, answer: httpx.Response) -> Reponse:
        if answer.status_code == INCHANGE and (known := self._cache.find(url)) is not None:
            return known
        if answer.status_code != OK:
            _refuse_status(service, url, answer)
        corps = self._read_body(service, url, answer)
        return self._cache.hold(url, corps, answer.headers)

    def _read_body(self, service: Service, url: str, answer: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > self.echange.taille_max:
                limit = self.echange.taille_max // (1024 * 1024)
                raise _failure(service, "MLG-MAJ-007", f"la réponse dépasse {limit} Mio", url)
            parts.append(part)
        return b"".join(parts)


def _wait(state: tenacity.RetryCallState) -> float:
    """Seconds before the next try: what the publisher asks for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _EchecPassager) and error.delai is not None:
        return error.delai
    return float(tenacity.wait_exponential_jitter(initial=1.0, max=30.0, jitter=1.0)(state))


def _refuse_status(service: Service, url: str, answer: httpx.Response) -> NoReturn:
    """Tell a failure that may pass from one that will not.

    Raises:
        DonneesIndisponibles: trying again would not help.
        _EchecPassager: it may.
    """
    status = answer.status_code
    quoi = f"{service.nom} a répondu par le code HTTP {status}"
    if status != TROP_DE_REQUETES and status < httpx.codes.INTERNAL_SERVER_ERROR:
        que_faire = (
            "vérifiez l’adresse dans docs/guides/mettre-a-jour.md ; le service a pu changer."
        )
        raise DonneesIndisponibles(Anomalie("MLG-MAJ-003", quoi, que_faire, url))
    delai = _retry_after(answer)
    if delai is not None and delai > ATTENTE_MAX_SECONDES:
        quoi = f"{service.nom} demande d’attendre {delai / 60:.0f} minutes"
        raise DonneesIndisponibles(Anomalie("MLG-MAJ-004", quoi, _PLUS_TARD, url))
    raise _EchecPassager(Anomalie("MLG-MAJ-003", quoi, _PLUS_TARD, url), delai)


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds asked for by `Retry-After`; a date is counted from the answer's own `Date`."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
        since = parsedate_to_datetime(answer.headers.get("Date", ""))
        return max(0.0, (until - since).total_seconds())
    except (ValueError, TypeError):
        return None


def _same_host(service: Service, url: str, location: str) -> str:
    here = httpx.URL(url)
    try:
        there = here.join(location)
    except httpx.InvalidURL as error:
        quoi = f"redirection vers une adresse illisible, « {location} »"
        raise _failure(service, "MLG-MAJ-005", quoi, url) from error
    if (there.host, there.port) != (here.host, here.port) and not _only_secures(here, there):
        raise _failure(
            service, "MLG-MAJ-005", f"redirection vers une autre machine, {there.host}", url
        )
    if here.scheme == "https" and there.scheme != "https":
        raise _failure(service, "MLG-MAJ-005", "redirection vers une adresse sans chiffrement", url)
    return str(there)


def _only_secures(here: httpx.URL, there: httpx.URL) -> bool:
    return here.host == there.host and (here.scheme, there.scheme) == ("http", "https")


def _check_format(service: Service, reponse: Reponse, attendu: Format) -> None:
    start = reponse.corps[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_page = start.startswith(_DEBUTS_HTML) or "html" in reponse.type_contenu
    if is_page and attendu is not Format.PAGE:
        quoi = (
            f"{service.nom} a répondu par une page web au lieu de données {attendu.value} "
            "(protection contre les robots, ou maintenance)"
        )
        raise _failure(service, "MLG-MAJ-006", quoi, reponse.url)
    expected = {Format.JSON: (b"{", b"["), Format.XML: (b"<",), Format.CLASSEUR: (b"pk\x03\x04",)}
    if attendu in expected and not start.startswith(expected[attendu]):
        raise _failure(
            service, "MLG-MAJ-008", f"la réponse n’est pas du {attendu.value}", reponse.url
        )


def _failure(service: Service, code: str, quoi: str, url: str) -> FichierInvalide:
    if service.nom not in quoi:
        quoi = f"{service.nom} : {quoi}"
    return FichierInvalide(Anomalie(code, quoi, f"rien n’a été modifié ; {_PLUS_TARD}", url))
