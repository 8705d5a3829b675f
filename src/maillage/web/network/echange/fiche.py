"""An organisation as the exchanged file says it: plain values, without the database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from maillage.kernel.errors import Anomalie, SaisieInvalide, UserError
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.siret import parse_siren
from maillage.web.network.echange.cellules import (
    CHAMP,
    format_bool,
    format_centimes,
    format_jour,
    format_periode,
    join_list,
    parse_bool,
    parse_centimes,
    parse_jour,
    parse_periode,
    protect,
    split_list,
)
from maillage.web.network.echange.lecture import Format
from maillage.web.network.lignes import LigneAdhesion, LigneConvention, LigneCotisation
from maillage.web.network.models import Organisation
from maillage.web.network.places import situate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.network.echange.lecture import Rangee

FORMAT = Format(
    nom="organisations.csv",
    colonnes=(
        "identifiant",
        "nature",
        "nom",
        "sigle",
        "siren",
        "adresse",
        "commune",
        "departement",
        "region",
        "email",
        "telephone",
        "site_web",
        "association_regionale",
        "archivee",
        "conventions",
        "adhesions",
        "cotisations",
    ),
    obligatoires=("nature", "nom"),
    dates=frozenset({"adhesions", "cotisations"}),
)
TEXTES = ("nom", "sigle", "adresse", "telephone")
_LONGUEURS = {
    "nom": 200,
    "sigle": 40,
    "adresse": 300,
    "telephone": 20,
    "email": 254,
    "site_web": 200,
}
_NATURES = {nature.value: nature.value for nature in Organisation.Nature} | {
    str(nature.label).casefold(): nature.value for nature in Organisation.Nature
}


@dataclass(frozen=True, slots=True)
class Fiche:
    """One organisation; an empty text is not known.

    Attributes:
        association_regionale: Key of the regional association (see `plan.Connue`), not its name.
    """

    nature: str
    nom: str
    sigle: str = ""
    siren: str = ""
    adresse: str = ""
    commune: str = ""
    departement: str = ""
    region: str = ""
    email: str = ""
    telephone: str = ""
    site_web: str = ""
    association_regionale: str = ""
    archivee: bool = False
    conventions: tuple[LigneConvention, ...] = ()
    adhesions: tuple[LigneAdhesion, ...] = ()
    cotisations: tuple[LigneCotisation, ...] = ()


CHAMPS = tuple(field.name for field in fields(Fiche))
"""Names of the fields, in the order of the columns."""


def format_fiche(identifiant: str, fiche: Fiche, association: str) -> dict[str, str]:
    """Row of the export: column to cell, nothing that a spreadsheet would run.

    Args:
        identifiant: Of the organisation.
        fiche: What is known of it.
        association: How the file names its regional association.
    """
    brut = {
        "identifiant": identifiant,
        **{nom: format_champ(nom, getattr(fiche, nom)) for nom in CHAMPS},
        "association_regionale": association,
    }
    return {colonne: protect(brut[colonne]) for colonne in FORMAT.colonnes}


def format_champ(nom: str, valeur: Any) -> str:
    """One field as its cell says it."""
    match nom:
        case "archivee":
            return format_bool(is_vrai=valeur)
        case "conventions":
            return join_list(_join(c.type_siae, c.siret, c.commune) for c in sorted(valeur))
        case "adhesions":
            return join_list(
                format_periode(a.date_debut, a.date_fin)
                for a in sorted(valeur, key=lambda a: a.date_debut)
            )
        case "cotisations":
            return join_list(_format_cotisation(c) for c in sorted(valeur, key=lambda c: c.annee))
        case _:
            return str(valeur)


def _join(*parts: str) -> str:
    return CHAMP.join(parts).rstrip(CHAMP)


def _format_cotisation(ligne: LigneCotisation) -> str:
    return _join(
        str(ligne.annee),
        ligne.statut,
        format_jour(ligne.date_statut),
        format_centimes(ligne.montant_centimes),
        format_jour(ligne.date_echeance),
    )


@dataclass(frozen=True, slots=True)
class Lue:
    """What one row says.

    Attributes:
        rangee: Where it stands.
        identifiant: As written, checked; empty when the row gives none.
        champs: Field to value, only those whose column is in the file. The regional association is
            there as it was written, to be found later.
    """

    rangee: Rangee
    identifiant: str
    champs: Mapping[str, Any]


def parse_rangee(rangee: Rangee) -> tuple[Lue, list[Anomalie]]:
    """What a row says, with everything that is wrong in it; a wrong field is left out."""
    champs: dict[str, Any] = {}
    anomalies: list[Anomalie] = []

    def read(colonne: str, lecteur: Callable[[str], Any]) -> Any:
        if colonne not in rangee.cellules:
            return None
        try:
            return lecteur(rangee.cellules[colonne])
        except UserError as error:
            anomalies.extend(
                Anomalie(a.code, a.quoi, a.que_faire, rangee.where(colonne))
                for a in error.anomalies
            )
            return None

    for colonne, lecteur in _LECTEURS.items():
        valeur = read(colonne, lecteur)
        if valeur is not None:
            champs[colonne] = valeur
    identifiant = champs.pop("identifiant", "")
    _deduce_siren(rangee, champs)
    _situate(rangee, champs, anomalies)
    return Lue(rangee, identifiant, champs), anomalies


def _deduce_siren(rangee: Rangee, champs: dict[str, Any]) -> None:
    """An empty SIREN is that of the conventions, when they agree on one."""
    sirens = {ligne.siret[:9] for ligne in champs.get("conventions", ())}
    if not champs.get("siren") and len(sirens) == 1 and not rangee.cellules.get("siren"):
        champs["siren"] = sirens.pop()


def _situate(rangee: Rangee, champs: dict[str, Any], anomalies: list[Anomalie]) -> None:
    """The commune gives the département and the région; without the three columns, nothing is said."""
    colonnes = [c for c in ("commune", "departement", "region") if c in rangee.cellules]
    if not colonnes:
        return
    textes = {c: rangee.cellules.get(c, "") for c in ("commune", "departement", "region")}
    try:
        situation = situate(**textes)
    except UserError as error:
        ou = rangee.where(colonnes[0])
        anomalies.extend(Anomalie(a.code, a.quoi, a.que_faire, ou) for a in error.anomalies)
        return
    deduits = {c: getattr(situation, c) for c in textes}
    # a column that the file does not have is said only when another one says it
    champs |= {c: code for c, code in deduits.items() if code or c in colonnes}


def _parse_identifiant(texte: str) -> str:
    if not texte:
        return ""
    try:
        return str(uuid.UUID(texte))
    except ValueError as error:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-060",
                "Ce n’est pas un identifiant de Maillage.",
                "Reprenez celui de l’export, ou laissez la cellule vide.",
            )
        ) from error


def _parse_nature(texte: str) -> str:
    nature = _NATURES.get(texte.casefold())
    if nature is None:
        natures = join_fr((n.value for n in Organisation.Nature), "ou")
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-061",
                f"{guillemets(texte)} n’est pas une nature d’organisation.",
                f"Natures possibles\u00a0: {natures}.",
            )
        )
    return nature


def _text_reader(colonne: str) -> Callable[[str], str]:
    def read(texte: str) -> str:
        return check_length(colonne, texte)

    return read


def check_length(colonne: str, texte: str) -> str:
    """The text, when it is not longer than what is kept.

    Raises:
        SaisieInvalide: MLG-ORG-062, it is; or MLG-ORG-063, an organisation has no name.
    """
    if colonne == "nom" and not texte:
        raise SaisieInvalide(
            Anomalie("MLG-ORG-063", "L’organisation n’a pas de nom.", "Donnez-lui un nom.")
        )
    if len(texte) > _LONGUEURS[colonne]:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-062",
                f"Le texte a {len(texte)} caractères.",
                f"Raccourcissez-le\u00a0: {_LONGUEURS[colonne]} au plus.",
            )
        )
    return texte


def _parse_siren(texte: str) -> str:
    return parse_siren(texte).numero if texte else ""


def _parse_email(texte: str) -> str:
    return _validated("email", texte, EmailValidator(), "une adresse e-mail", "a@b.fr")


def _parse_site(texte: str) -> str:
    exemple = "https://www.exemple.fr"
    return _validated(
        "site_web", texte, URLValidator(("http", "https")), "une adresse web", exemple
    )


def _validated(
    colonne: str, texte: str, validator: Callable[[str], None], nom: str, exemple: str
) -> str:
    if not texte:
        return ""
    check_length(colonne, texte)
    try:
        validator(texte)
    except ValidationError as error:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-064", f"Ce n’est pas {nom}.", f"Écrivez-la comme {guillemets(exemple)}."
            )
        ) from error
    return texte


def _parse_conventions(texte: str) -> tuple[LigneConvention, ...]:
    return tuple(sorted(_parse_convention(element) for element in split_list(texte)))


def _parse_convention(texte: str) -> LigneConvention:
    parts = _split(texte, 2, 3, "TYPE:SIRET:COMMUNE, par exemple AI:73282932000074:35238")
    type_siae, siret, commune = (*parts, "")[:3]
    code = situate(commune).commune if commune else ""
    return LigneConvention(type_siae.upper(), "".join(siret.split()), code)


def _parse_adhesions(texte: str) -> tuple[LigneAdhesion, ...]:
    periodes = (LigneAdhesion(*parse_periode(element)) for element in split_list(texte))
    return tuple(sorted(periodes, key=lambda a: (a.date_debut, a.fin_connue)))


def _parse_cotisations(texte: str) -> tuple[LigneCotisation, ...]:
    lignes = (_parse_cotisation(element) for element in split_list(texte))
    return tuple(sorted(lignes, key=lambda c: c.annee))


def _parse_cotisation(texte: str) -> LigneCotisation:
    forme = "ANNÉE:STATUT:DEPUIS LE:MONTANT:ÉCHÉANCE, par exemple 2025:reglee:2025-03-01:1200.00"
    parts = _split(texte, 3, 5, forme)
    annee, statut, depuis, montant, echeance = (*parts, "", "")[:5]
    if not (annee.isascii() and annee.isdigit() and len(annee) == 4):  # noqa: PLR2004 — a year
        raise SaisieInvalide(_malformed(texte, forme))
    return LigneCotisation(
        int(annee),
        statut.casefold(),
        parse_jour(depuis),
        parse_centimes(montant),
        parse_jour(echeance) if echeance else None,
    )


def _split(texte: str, minimum: int, maximum: int, forme: str) -> list[str]:
    parts = [part.strip() for part in texte.split(CHAMP)]
    if not minimum <= len(parts) <= maximum:
        raise SaisieInvalide(_malformed(texte, forme))
    return parts


def _malformed(texte: str, forme: str) -> Anomalie:
    return Anomalie(
        "MLG-ORG-065",
        f"L’élément {guillemets(texte[:60])} ne se lit pas.",
        f"Écrivez {forme}\u00a0; séparez plusieurs éléments par une barre |.",
    )


def _keep(texte: str) -> str:
    return texte


_LECTEURS: Mapping[str, Callable[[str], Any]] = {
    "identifiant": _parse_identifiant,
    "nature": _parse_nature,
    **{colonne: _text_reader(colonne) for colonne in TEXTES},
    "siren": _parse_siren,
    "email": _parse_email,
    "site_web": _parse_site,
    "association_regionale": _keep,
    "archivee": parse_bool,
    "conventions": _parse_conventions,
    "adhesions": _parse_adhesions,
    "cotisations": _parse_cotisations,
}
