"""Reading of a plan de rattachement; every fault of the file is told at once, with its line."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as numero_siren

from maillage.analyses.comptes.rattachement import Rattachement, Version
from maillage.indicators.comptes.aide_au_poste import PREFIXES
from maillage.indicators.comptes.postes import list_choisissables, load_postes
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import format_date, guillemets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Table = dict[str, Any]  # as tomllib gives it; what is built from it is typed

TAILLE_MAX = 1 << 20
_CLES = ("siren", "version")
_CLES_VERSION = ("depuis", "aide_au_poste", "comptes")
_PREFIXE = re.compile(r"[1-8][0-9]{0,11}")
_TIERS_MAX = 4
_OU_TOML = re.compile(r"\(at line (?P<ligne>\d+), column (?P<colonne>\d+)\)")


def read_rattachement(fichier: Path) -> Rattachement:
    """Choices of a structure.

    Raises:
        Introuvable: there is no such file (MLG-SOL-010).
        FichierInvalide: it is not TOML (MLG-SOL-011), or what it says cannot be followed
            (MLG-SOL-012 to 018).
    """
    if not fichier.is_file():
        raise Introuvable(
            Anomalie(
                "MLG-SOL-010",
                f"Le fichier de rattachement {guillemets(fichier.name)} n’existe pas.",
                "Vérifiez le nom et le dossier.",
                str(fichier.parent),
            )
        )
    octets = fichier.read_bytes()[: TAILLE_MAX + 1]
    return parse_rattachement(_decode(octets, fichier.name), fichier.name)


def parse_rattachement(texte: str, nom: str) -> Rattachement:
    """Choices written in a text.

    Raises:
        FichierInvalide: it is not TOML (MLG-SOL-011), or what it says cannot be followed
            (MLG-SOL-012 to 018).
    """
    try:
        contenu = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise FichierInvalide(_not_toml(str(erreur), nom)) from erreur
    lecteur = _Lecteur(texte, nom)
    rattachement = lecteur.read(contenu)
    if lecteur.fautes:
        raise FichierInvalide(*lecteur.fautes)
    return rattachement


def _decode(octets: bytes, nom: str) -> str:
    try:
        if len(octets) <= TAILLE_MAX:
            return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise FichierInvalide(_not_toml("", nom)) from erreur
    raise FichierInvalide(_not_toml("", nom))


def _not_toml(message: str, nom: str) -> Anomalie:
    trouve = _OU_TOML.search(message)
    ou = f"{nom}, ligne {trouve['ligne']}, colonne {trouve['colonne']}" if trouve else nom
    return Anomalie(
        "MLG-SOL-011",
        "Le fichier de rattachement ne se lit pas : ce n’est pas du TOML en UTF-8.",
        'Écrivez chaque choix sous la forme "6211" = "charges_personnel", entre guillemets droits, et '
        "chaque date sous la forme 2025-01-01, sans guillemets.",
        ou,
    )


class _Lecteur:
    """One file being read.

    Attributes:
        fautes: Everything found wrong so far.
    """

    def __init__(self, texte: str, nom: str) -> None:
        self._lignes = texte.splitlines()
        self._nom = nom
        self.fautes: list[Anomalie] = []

    def read(self, contenu: Table) -> Rattachement:
        """What can be read; what cannot is in `fautes`."""
        self._check_cles(contenu, _CLES, 0)
        versions = contenu.get("version", [])
        if not isinstance(versions, list) or not all(isinstance(v, dict) for v in versions):
            self._note("MLG-SOL-012", "« version » n’est pas une liste de versions.", "", 0)
            versions = []
        if not versions:
            self._note(
                "MLG-SOL-013",
                "Le fichier n’a aucune version.",
                "Commencez par une ligne [[version]], puis depuis = 2025-01-01.",
                0,
            )
        debuts = self._find_debuts(len(versions))
        lues = [
            self._read_version(version, debut)
            for version, debut in zip(versions, debuts, strict=True)
        ]
        datees = sorted((v for v in lues if v is not None), key=lambda version: version.depuis)
        self._check_dates(datees)
        return Rattachement(self._nom, self._read_siren(contenu), tuple(datees))

    def _read_siren(self, contenu: Table) -> str:
        lu = contenu.get("siren", "")
        texte = lu.replace(" ", "") if isinstance(lu, str) else ""
        try:
            if lu != "":
                numero_siren.validate(texte)
        except ValidationError:
            self._note(
                "MLG-SOL-014",
                f"« siren » vaut {guillemets(str(lu))}, qui n’est pas un SIREN.",
                'Écrivez ses neuf chiffres entre guillemets : siren = "732829320".',
                self._find("siren", 0),
            )
        return texte

    def _read_version(self, version: Table, debut: int) -> Version | None:
        self._check_cles(version, _CLES_VERSION, debut)
        depuis = version.get("depuis")
        if not isinstance(depuis, date) or isinstance(depuis, datetime):
            self._note(
                "MLG-SOL-013",
                "Une version n’a pas de date « depuis » lisible.",
                "Écrivez la date d’ouverture du premier exercice concerné, sans guillemets : "
                "depuis = 2025-01-01.",
                self._find("depuis", debut) or debut,
            )
            depuis = None
        comptes = version.get("comptes", {})
        if not isinstance(comptes, dict):
            self._note(
                "MLG-SOL-012", "« comptes » n’est pas une table.", "", self._find("comptes", debut)
            )
            comptes = {}
        for prefixe, poste in comptes.items():
            self._check_compte(prefixe, poste, debut)
        aides = self._read_aides(version.get("aide_au_poste", []), comptes, debut)
        return None if depuis is None else Version(depuis, aides, comptes)

    def _check_compte(self, prefixe: str, poste: object, debut: int) -> None:
        ligne = self._find(prefixe, debut)
        if not self._is_prefixe(prefixe, ligne):
            return
        if not isinstance(poste, str) or poste not in load_postes():
            proches = get_close_matches(str(poste), list(load_postes()), n=1, cutoff=0.6)
            vouliez = f"Vouliez-vous dire {guillemets(proches[0])} ? " if proches else ""
            self._note(
                "MLG-SOL-016",
                f"Le poste {guillemets(str(poste))}, donné au compte {prefixe}, n’existe pas.",
                f"{vouliez}Les postes : maillage fec plan.",
                ligne,
            )
        elif poste not in list_choisissables(prefixe[0]):
            self._note(
                "MLG-SOL-017",
                f"Le compte {prefixe} ne peut pas être rattaché au poste {guillemets(poste)} : il n’est "
                "pas du même état.",
                "Un compte de charge ou de produit reste dans le résultat, un compte de bilan dans le "
                "bilan, la classe 8 à part. Les postes : maillage fec plan.",
                ligne,
            )

    def _is_prefixe(self, prefixe: str, ligne: int) -> bool:
        if _PREFIXE.fullmatch(prefixe) is None:
            self._note(
                "MLG-SOL-015",
                f"{guillemets(prefixe)} n’est pas un début de compte.",
                "Écrivez de 1 à 12 chiffres, dont le premier est la classe, de 1 à 8.",
                ligne,
            )
            return False
        if prefixe[0] == "4" and len(prefixe) > _TIERS_MAX:
            self._note(
                "MLG-SOL-015",
                f"Le compte {prefixe} a plus de quatre chiffres : en classe 4, Maillage n’en garde que "
                "quatre, pour ne pas garder qui est le client ou le salarié.",
                f"Écrivez {prefixe[:_TIERS_MAX]}, ou moins de chiffres.",
                ligne,
            )
            return False
        return True

    def _read_aides(self, lues: object, comptes: Table, debut: int) -> tuple[str, ...]:
        ligne = self._find("aide_au_poste", debut)
        textes = lues if isinstance(lues, list) else [lues]
        for compte in textes:
            texte = compte if isinstance(compte, str) else ""
            if _PREFIXE.fullmatch(texte) is None or not texte.startswith(PREFIXES):
                self._note(
                    "MLG-SOL-018",
                    f"« aide_au_poste » nomme {guillemets(str(compte))}, qui n’est pas un compte 73 ou 74.",
                    "Écrivez les comptes de concours publics (73) ou de subventions (74) qui la "
                    'portent : aide_au_poste = ["7411"].',
                    ligne,
                )
            elif compte in comptes:
                self._note(
                    "MLG-SOL-018",
                    f"Le compte {compte} est donné à la fois à l’aide au poste et à un poste.",
                    "Gardez l’un des deux.",
                    ligne,
                )
        return tuple(str(compte) for compte in textes)

    def _check_dates(self, versions: list[Version]) -> None:
        vues: set[date] = set()
        for version in versions:
            if version.depuis in vues:
                self._note(
                    "MLG-SOL-013",
                    f"Deux versions commencent le {format_date(version.depuis)}.",
                    "Réunissez-les, ou corrigez l’une des dates.",
                    0,
                )
            vues.add(version.depuis)

    def _check_cles(self, table: Table, connues: Iterable[str], debut: int) -> None:
        for cle in table:
            if cle not in connues:
                proches = get_close_matches(cle, list(connues), n=1, cutoff=0.6)
                vouliez = f"Vouliez-vous dire {guillemets(proches[0])} ? " if proches else ""
                self._note(
                    "MLG-SOL-012",
                    f"{guillemets(cle)} ne veut rien dire ici.",
                    f"{vouliez}Mots possibles : {', '.join(connues)}.",
                    self._find(cle, debut),
                )

    def _find_debuts(self, nombre: int) -> list[int]:
        """Line of each [[version]]; 0 for those that are written otherwise."""
        motif = re.compile(r"\s*\[\[\s*version\s*\]\]")
        lignes = [rang for rang, ligne in enumerate(self._lignes, 1) if motif.match(ligne)]
        return [*lignes, *[0] * nombre][:nombre]

    def _find(self, cle: str, debut: int) -> int:
        """First line from a start where a key is written; 0 when it is not found."""
        motif = re.compile(rf"\s*(?:\[[\w.]*)?[\"']?{re.escape(cle)}[\"']?\s*(?:=|\])")
        for rang, ligne in enumerate(self._lignes[debut:], debut + 1):
            if motif.match(ligne):
                return rang
        return 0

    def _note(self, code: str, quoi: str, que_faire: str, ligne: int) -> None:
        ou = f"{self._nom}, ligne {ligne}" if ligne else self._nom
        self.fautes.append(Anomalie(code, quoi, que_faire or "Voyez le guide des soldes.", ou))
