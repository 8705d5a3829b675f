"""What is typed on the command line for the rules: days, occupations, hypotheses, annexes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.annexes.model import Annexe
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.versement.annexe import EtpRealises

_FRANCAISE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_NOMBRE = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_INCONNU = ("?", "-", "")
_MAHORAIS = "976"


def parse_jour(texte: str | None, option: str) -> date | None:
    """Day typed 2022-08-15 or 15/08/2022; None when nothing was typed.

    Raises:
        SaisieInvalide: it is not a day (MLG-CLI-004).
    """
    if texte is None:
        return None
    francaise = _FRANCAISE.fullmatch(texte.strip())
    try:
        if francaise:
            return date(int(francaise[3]), int(francaise[2]), int(francaise[1]))
        return date.fromisoformat(texte.strip())
    except ValueError:
        _refuse(f"« {texte} » n’est pas une date", "écrivez par exemple 2022-08-15.", option)


def parse_occupation(texte: str | None) -> tuple[EtpRealises, ...]:
    """Monthly ETP typed « 12.1,12.5 » or « 12,1;12,5 »; « ? » for a month that is not known.

    Raises:
        SaisieInvalide: one of them is not a number (MLG-CLI-004).
    """
    if texte is None:
        return ()
    separateur = ";" if ";" in texte else None if re.search(r"\S\s+\S", texte) else ","
    mois = texte.split(separateur)
    return tuple(_parse_etp(mot.strip(" ,"), rang) for rang, mot in enumerate(mois, start=1))


def _parse_etp(mot: str, rang: int) -> EtpRealises:
    from maillage.kernel.valeur import Absence  # noqa: PLC0415 — brings NumPy

    if mot in _INCONNU:
        return Absence.INCONNUE
    if _NOMBRE.fullmatch(mot) is None:
        _refuse(
            f"« {mot} », {rang}e mois, n’est pas un nombre d’ETP",
            "écrivez un nombre par mois, par exemple 12.1,12.5 ou « 12,1;12,5 », et ? pour un "
            "mois qui n’est pas connu.",
            "--occupation",
        )
    return Decimal(mot.replace(",", "."))


def apply_hypotheses(reforme: Reforme, choix: list[str]) -> Reforme:
    """The reform with the values typed « cle=valeur » for its hypotheses.

    Raises:
        SaisieInvalide: one is not written so (MLG-CLI-004).
        Introuvable: the reform has no such hypothesis (MLG-REG-012).
    """
    for mot in choix:
        cle, egal, valeur = mot.partition("=")
        if not egal or _NOMBRE.fullmatch(valeur.strip()) is None:
            _refuse(
                f"« {mot} » ne dit pas une hypothèse et son nombre",
                "écrivez par exemple montant_ai=3500.",
                "--hypothese",
            )
        reforme = reforme.with_hypothese(cle.strip(), float(valeur.replace(",", ".")))
    return reforme


def load_reforme_nommee(nom: str, legislation: Legislation) -> Reforme:
    """A reform by its code, or from a file of the reader's own.

    Raises:
        Introuvable: neither a code nor a file (MLG-REG-013).
        FichierInvalide: the file is not a valid reform, every problem with its line.
    """
    from pathlib import Path  # noqa: PLC0415 — only here

    from maillage.regles.engine.lecture_reforme import (  # noqa: PLC0415 — heavy
        load_reforme,
        parse_reforme,
    )

    fichier = Path(nom)
    if not fichier.is_file():
        return load_reforme(nom)
    try:
        texte = fichier.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        _refuse(f"« {fichier.name} » n’est pas en UTF-8", "enregistrez-le en UTF-8.", "--reforme")
    return parse_reforme(texte, fichier.name, legislation)


def build_annexe(champs: dict[str, str | None], legislation: Legislation) -> Annexe:
    """Annexe typed option by option.

    Args:
        champs: What was typed, by option without its dashes: `type`, `etp`, `du`, `au`,
            `departement`, `montant-unitaire`, `penitentiaire`.
        legislation: The law that gives the unit amount when none is typed.

    Raises:
        SaisieInvalide: every option that is missing (MLG-CLI-003) or wrong (MLG-REG-202 to 226).
        PeriodeNonModelisee: no unit amount is typed, and the law is not known on the first day.
    """
    from maillage.analyses.annexes.bareme import socle_centimes, socle_path  # noqa: PLC0415
    from maillage.analyses.annexes.model import Annexe  # noqa: PLC0415 — with the above, heavy
    from maillage.kernel.money import Centimes  # noqa: PLC0415 — brings NumPy
    from maillage.regles.aide_au_poste.saisie import read_annexes  # noqa: PLC0415 — heavy

    _check_complete(champs)
    options = {
        "type_siae": "type",
        "etp": "etp",
        "date_debut_effet": "du",
        "date_fin_effet": "au",
        "montant_unitaire": "montant-unitaire",
    }
    colonnes = {nom: [champs[option]] for nom, option in options.items() if champs.get(option)}
    lues = read_annexes(
        {**colonnes, "territoire": [_territoire(champs)]},
        noms={nom: f"--{option}" for nom, option in options.items()}
        | {"territoire": "--penitentiaire"},
    )
    if lues.anomalies:
        raise SaisieInvalide(*(replace(a, ou=_option_of(a.ou)) for a in lues.anomalies))
    c = lues.colonnes
    type_siae, territoire = str(c["type_siae"][0]), str(c["territoire"][0])
    debut: date = c["date_debut_effet"][0].item()
    if "montant_unitaire_centimes" in c:
        montant = Centimes(int(c["montant_unitaire_centimes"][0]))
    else:
        montant = socle_centimes(legislation.resolve(socle_path(type_siae, territoire), debut))
    return Annexe(
        numero="",
        avenants="",
        ligne=0,
        type_siae=type_siae,
        territoire=territoire,
        date_debut=debut,
        date_fin=c["date_fin_effet"][0].item(),
        etp_centiemes=int(c["etp_centiemes"][0]),
        montant_unitaire=montant,
    )


def _check_complete(champs: dict[str, str | None]) -> None:
    manquantes = [f"--{nom}" for nom in ("type", "etp", "du", "au") if not champs.get(nom)]
    if manquantes:
        raise SaisieInvalide(
            *(
                Anomalie(
                    "MLG-CLI-003",
                    f"il manque l’option « {option} »",
                    "donnez un fichier, ou --type, --etp, --du et --au ; voyez "
                    "« maillage regles expliquer --help ».",
                )
                for option in manquantes
            )
        )


def _territoire(champs: dict[str, str | None]) -> str:
    """Where the posts are, from the options.

    Raises:
        SaisieInvalide: there is no such département (MLG-ID-011).
    """
    from maillage.kernel.commune import parse_departement  # noqa: PLC0415 — only here

    if champs.get("penitentiaire"):
        return "milieu_penitentiaire"
    departement = champs.get("departement")
    if departement and parse_departement(departement) == _MAHORAIS:
        return "mayotte"
    return "metropole_drom"


def _option_of(ou: str) -> str:
    """« ligne 1, colonne --etp » → « --etp »: an option has no line."""
    return re.sub(r"^ligne [0-9]+, colonnes? ", "", ou)


def _refuse(quoi: str, que_faire: str, option: str) -> NoReturn:
    raise SaisieInvalide(Anomalie("MLG-CLI-004", quoi, que_faire, option))
