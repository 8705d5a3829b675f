"""Codes of the official geography, from the commune to the country: text, never numbers.

A code that a spreadsheet damaged is refused with a guess of what was meant; it is never repaired
silently, because `1001` may be the commune 01001 or a row number.

Source:
    INSEE, code officiel géographique 2025 and zones d'emploi 2020; France Travail, lists of comités
    locaux pour l'emploi of June 2025 and May 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.niveau import Niveau
from maillage.kernel.siret import is_scientifique, is_siren, read_identifiant

CodeCommune = NewType("CodeCommune", str)
"""Five characters: département then number in it. Municipal arrondissements have one too (75101)."""
CodeDepartement = NewType("CodeDepartement", str)
"""01 to 95 without 20, 2A, 2B, 971, 972, 973, 974, 976."""
CodeRegion = NewType("CodeRegion", str)
"""Two digits."""
CodeEpci = NewType("CodeEpci", str)
"""SIREN of an intercommunalité with its own taxes, nine digits."""
CodeZoneEmploi = NewType("CodeZoneEmploi", str)
"""Four digits, zones of 2020."""
CodeClpe = NewType("CodeClpe", str)
"""Comité local pour l'emploi: CLPE01001, CLPE2A001, CLPE69M01; 9407 or 101 in Corse and overseas."""

SANS_EPCI = "ZZZZZZZZZ"
"""What INSEE writes for the island communes that belong to no EPCI: « sans objet », not an EPCI."""
CODE_FRANCE = "FR"
"""The country: mainland, Corse and the five overseas départements."""

_METROPOLE = r"(?:0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])"
_OUTRE_MER = r"97[12346]"
_REGIONS = "01 02 03 04 06 11 24 27 28 32 44 52 53 75 76 84 93 94"


@dataclass(frozen=True, slots=True)
class _Forme:
    """How the codes of one level are written.

    Attributes:
        nom: With its article.
        motif: Regular expression of a right code.
        code_erreur: Of the anomaly raised for a wrong one.
        attendu: What a right code looks like. French, ends the sentence.
        longueurs: To which a code that lost zeros may be completed.
        prefixe: Letters that may have been left out.
    """

    nom: str
    motif: re.Pattern[str]
    code_erreur: str
    attendu: str
    longueurs: tuple[int, ...]
    prefixe: str = ""

    def accepts(self, code: str) -> bool:
        return self.motif.fullmatch(code) is not None


_FORMES: dict[Niveau, _Forme] = {
    Niveau.FRANCE: _Forme(
        "le code du pays", re.compile(CODE_FRANCE), "MLG-ID-016", "FR pour la France entière", ()
    ),
    Niveau.REGION: _Forme(
        "le code de région",
        re.compile(_REGIONS.replace(" ", "|")),
        "MLG-ID-015",
        "2 chiffres, par exemple 53 pour la Bretagne",
        (2,),
    ),
    Niveau.DEPARTEMENT: _Forme(
        "le code de département",
        re.compile(f"{_METROPOLE}|{_OUTRE_MER}"),
        "MLG-ID-011",
        "01 à 95, 2A, 2B, 971 à 974 ou 976",
        (2,),
    ),
    Niveau.ZONE_EMPLOI: _Forme(
        "le code de zone d’emploi",
        re.compile(r"[0-9]{4}"),
        "MLG-ID-013",
        "4 chiffres, par exemple 0051",
        (4,),
    ),
    Niveau.EPCI: _Forme(
        "le code d’intercommunalité",
        re.compile(r"[0-9]{9}"),
        "MLG-ID-012",
        "le SIREN de l’intercommunalité, 9 chiffres, par exemple 243500139",
        (),
    ),
    Niveau.CLPE: _Forme(
        "le code de comité local pour l’emploi",
        # Corse and overseas: France Travail basin, whose number begins with the region (94, 1 for
        # 01, 3 for 03, 6 for 06). In the list of 2025, D and M part the Rhône and its métropole.
        re.compile(
            rf"CLPE{_METROPOLE}[0-9]{{3}}|CLPE69[DM][0-9]{{2}}|CLPE{_OUTRE_MER}[0-9]{{2}}"
            r"|94[0-9]{2}|[12346][0-9]{2}"
        ),
        "MLG-ID-014",
        "CLPE suivi de 5 caractères (CLPE35001), ou 3 à 4 chiffres en Corse et outre-mer (9407, 101)",
        (9,),
        "CLPE",
    ),
    Niveau.COMMUNE: _Forme(
        "le code de commune",
        re.compile(rf"(?!.*000$)(?:{_METROPOLE}[0-9]{{3}}|{_OUTRE_MER}[0-9]{{2}})"),
        "MLG-ID-010",
        "le code INSEE, 5 caractères, par exemple 35238 ou 2A004",
        (5,),
    ),
}


def parse_commune(saisie: object) -> CodeCommune:
    """INSEE code of a commune or municipal arrondissement; spaces and small letters are accepted.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-010 not such a code.
    """
    return CodeCommune(parse_code(Niveau.COMMUNE, saisie))


def parse_departement(saisie: object) -> CodeDepartement:
    """Code of one of the 101 départements.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-011 not such a code.
    """
    return CodeDepartement(parse_code(Niveau.DEPARTEMENT, saisie))


def parse_epci(saisie: object) -> CodeEpci:
    """SIREN of an intercommunalité; its check digit is verified.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-012 not such a code, or the
            `ZZZZZZZZZ` of communes without EPCI.
    """
    return CodeEpci(parse_code(Niveau.EPCI, saisie))


def parse_zone_emploi(saisie: object) -> CodeZoneEmploi:
    """Code of a zone d'emploi of 2020.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-013 not such a code.
    """
    return CodeZoneEmploi(parse_code(Niveau.ZONE_EMPLOI, saisie))


def parse_clpe(saisie: object) -> CodeClpe:
    """Code of a comité local pour l'emploi, in either published list.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-014 not such a code.
    """
    return CodeClpe(parse_code(Niveau.CLPE, saisie))


def parse_region(saisie: object) -> CodeRegion:
    """Code of one of the 18 régions.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-015 not such a code.
    """
    return CodeRegion(parse_code(Niveau.REGION, saisie))


def parse_code(niveau: Niveau, saisie: object) -> str:
    """Code of a territory of the given level, in capitals and without spaces.

    A right shape does not prove that the territory exists: the reference pack does.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-010 to 016 not such a code.
    """
    forme = _FORMES[niveau]
    serre = read_identifiant(saisie, forme.nom)
    if is_code(niveau, serre):
        return serre
    quoi = f"{guillemets(str(saisie))} n’est pas {forme.nom.replace('le code', 'un code', 1)}."
    raise SaisieInvalide(Anomalie(forme.code_erreur, quoi, _advice(niveau, serre)))


def is_code(niveau: Niveau, texte: str) -> bool:
    """Whether the text is written exactly as the codes of that level are."""
    if niveau is Niveau.EPCI and not is_siren(texte):
        return False
    return _FORMES[niveau].accepts(texte)


def is_departement(texte: str) -> bool:
    """Whether the text is the code of one of the 101 départements."""
    return is_code(Niveau.DEPARTEMENT, texte)


def departement_of_commune(code: CodeCommune) -> CodeDepartement:
    """Département of a commune: its first two characters, three overseas."""
    return CodeDepartement(code[:3] if code.startswith("97") else code[:2])


def _advice(niveau: Niveau, serre: str) -> str:
    """What to do about a wrong code: guess what a spreadsheet or a habit did to it."""
    forme = _FORMES[niveau]
    particulier = _advice_particulier(niveau, serre)
    if particulier is not None:
        return particulier
    if is_scientifique(serre):
        return (
            "Le tableur l’a transformé en puissance de dix et a perdu des chiffres : "
            "reprenez-le à la source, dans une colonne au format Texte."
        )
    propose = next((code for code in _guesses(forme, serre) if is_code(niveau, code)), None)
    if propose is not None:
        cause = " Un tableur enlève les zéros du début." if len(propose) > len(serre) else ""
        return f"Avez-vous voulu dire {propose} ?{cause}"
    return f"Attendu : {forme.attendu}."


def _advice_particulier(niveau: Niveau, serre: str) -> str | None:
    """Answer to the mistakes that have a name; None for the others."""
    if niveau is Niveau.EPCI and serre == SANS_EPCI:
        return "C’est la mention des communes qui n’appartiennent à aucune intercommunalité."
    if niveau is Niveau.EPCI and _FORMES[niveau].accepts(serre):
        return "Sa clé de contrôle est fausse : un chiffre est faux ou deux sont inversés."
    if niveau is Niveau.DEPARTEMENT and serre == "20":
        return "La Corse a deux départements : 2A (Corse-du-Sud) et 2B (Haute-Corse)."
    if re.fullmatch(r"97[578]([0-9]{2})?|98[678]([0-9]{2})?", serre) and niveau in {
        Niveau.DEPARTEMENT,
        Niveau.COMMUNE,
    }:
        return "Les collectivités d’outre-mer ne font pas partie des 101 départements couverts."
    if niveau is Niveau.COMMUNE and re.fullmatch(r"20[0-9]{3}|[0-9]{2}000", serre):
        return "C’est peut-être un code postal : indiquez le code INSEE ou le nom de la commune."
    return None


def _guesses(forme: _Forme, serre: str) -> list[str]:
    """Codes that the text may have been before a spreadsheet touched it."""
    chiffres = re.sub(r"[.,]0+$", "", serre).removeprefix(forme.prefixe)
    bruts = [chiffres, chiffres.lstrip("0")]
    complets = [
        forme.prefixe + chiffres.zfill(longueur - len(forme.prefixe))
        for longueur in forme.longueurs
    ]
    return complets + bruts
