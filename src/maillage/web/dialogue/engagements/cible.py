"""A target that can be measured: read every time in the published indicator, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.kernel.errors import UserError
from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, format_date, format_nombre
from maillage.kernel.niveau import Niveau
from maillage.kernel.period import parse_periode
from maillage.kernel.valeur import Absence
from maillage.web.dialogue.models import Engagement
from maillage.web.territoires import donnees
from maillage.web.territoires.figures import libelle_periode, lien_chiffre, unite_affichee

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Chiffre
    from maillage.indicators.carte import Carte


class Verdict(Enum):
    """What the published figures say of a target. The value is shown."""

    ATTEINTE = "atteinte"
    NON_ATTEINTE = "non atteinte"
    SANS_VALEUR = "aucune valeur publiée"


@dataclass(frozen=True, slots=True)
class Lecture:
    """One published figure.

    Attributes:
        periode: In French.
        lien: The figure, linked to its pedigree.
        source: Producers and titles.
    """

    periode: str
    lien: SafeString
    source: str


@dataclass(frozen=True, slots=True)
class Cible:
    """The target of a commitment and what the figures say of it today.

    Attributes:
        phrase: The target in words.
        verdict: Reached, not reached, or no figure.
        explication: Why, in a sentence.
        lecture: The figure of that date, or the latest when the target has no date; None without.
        derniere: The latest published figure; None when there is none, or when it is `lecture`.
        definition: Address of the card of the indicator; empty when it no longer exists.
    """

    phrase: str
    verdict: Verdict
    explication: str
    lecture: Lecture | None = None
    derniere: Lecture | None = None
    definition: str = ""


def read_cible(engagement: Engagement) -> Cible | None:
    """The target of a commitment against the published figures; None when it has none."""
    if not engagement.cible_indicateur or engagement.cible_valeur is None:
        return None
    atlas = donnees.atlas()
    carte = atlas.cartes.get(engagement.cible_indicateur)
    if carte is None:
        phrase = f"{engagement.cible_indicateur}\u00a0: {engagement.cible_valeur}"
        return Cible(
            phrase, Verdict.SANS_VALEUR, "Cet indicateur n’existe plus dans les données publiées."
        )
    try:
        return _compare(engagement, atlas, carte)
    except UserError as error:
        raison = " ".join(f"{anomalie.quoi}." for anomalie in error.anomalies)
        return Cible(_phrase(engagement, carte, ""), Verdict.SANS_VALEUR, raison)


def _compare(engagement: Engagement, atlas: Atlas, carte: Carte) -> Cible:
    niveau = Niveau(engagement.cible_niveau)
    periodes = atlas.periodes_de(carte.code, niveau)
    lieu = atlas.territoire(niveau, engagement.cible_territoire)
    phrase = _phrase(engagement, carte, lieu.nom)
    definition = f"/indicateurs/{carte.code}/"
    if not periodes:
        raison = f"Cet indicateur n’est pas publié au niveau «\u00a0{niveau.libelle}\u00a0»."
        return Cible(phrase, Verdict.SANS_VALEUR, raison, definition=definition)
    dernier = atlas.chiffre(carte.code, niveau, lieu.code, periodes[-1])
    jour = engagement.cible_date
    voulue = periodes[-1] if jour is None else find_periode(periodes, jour)
    if voulue is None:
        assert jour is not None  # noqa: S101 — without a day the latest period is wanted
        raison = f"Aucune valeur publiée pour le {format_date(jour)}."
        if not isinstance(dernier.valeur, Absence):
            ecart = tell_gap(engagement, carte, dernier.valeur)
            raison += f" La dernière publiée {ecart}, mais n’est pas de cette date."
        return Cible(phrase, Verdict.SANS_VALEUR, raison, None, _lecture(dernier), definition)
    chiffre = atlas.chiffre(carte.code, niveau, lieu.code, voulue)
    autre = None if voulue == periodes[-1] else _lecture(dernier)
    if isinstance(chiffre.valeur, Absence):
        raison = (
            chiffre.motif
            or f"Cette valeur est {chiffre.valeur.value}\u00a0: elle ne vaut pas zéro."
        )
        return Cible(phrase, Verdict.SANS_VALEUR, raison, _lecture(chiffre), autre, definition)
    verdict = Verdict.ATTEINTE if is_reached(engagement, chiffre.valeur) else Verdict.NON_ATTEINTE
    raison = f"La valeur publiée {tell_gap(engagement, carte, chiffre.valeur)}."
    return Cible(phrase, verdict, raison, _lecture(chiffre), autre, definition)


def find_periode(periodes: tuple[str, ...], jour: date) -> str | None:
    """The published period that holds a day; None when none does."""
    for periode in reversed(periodes):
        try:
            calendrier = parse_periode(periode)
        except UserError:
            continue  # a span of years, as the source writes it, is no date
        if calendrier.debut <= jour <= calendrier.fin:
            return periode
    return None


def is_reached(engagement: Engagement, valeur: float) -> bool:
    """Whether a figure is on the right side of the target.

    Raises:
        ValueError: the commitment has no target.
    """
    if engagement.cible_valeur is None:
        msg = "this commitment has no target"
        raise ValueError(msg)
    if engagement.cible_comparaison == Engagement.Comparaison.AU_PLUS:
        return valeur <= float(engagement.cible_valeur)
    return valeur >= float(engagement.cible_valeur)


def tell_gap(engagement: Engagement, carte: Carte, valeur: float) -> str:
    """How far a figure stands from the target: « est inférieure de 93 689 personnes à la cible »."""
    ecart = valeur - float(engagement.cible_valeur or 0)
    if not ecart:
        return "est exactement celle de la cible"
    sens = "supérieure" if ecart > 0 else "inférieure"
    return f"est {sens} de {_quantity(abs(ecart), carte)} à la cible"


def _quantity(nombre: float, carte: Carte) -> str:
    unite = unite_affichee(carte)
    texte = format_nombre(nombre, carte.decimales)
    espace = ESPACE_FINE if unite.startswith(("%", "‰", "€")) else ESPACE_INSECABLE
    if unite == "%":
        unite, espace = "points", ESPACE_INSECABLE
    return f"{texte}{espace}{unite}" if unite else texte


def _phrase(engagement: Engagement, carte: Carte, lieu: str) -> str:
    """The target in words."""
    assert engagement.cible_valeur is not None  # noqa: S101 — a target has a value
    unite = unite_affichee(carte)
    chiffres = max(0, -int(engagement.cible_valeur.normalize().as_tuple().exponent))
    valeur = format_nombre(engagement.cible_valeur, max(carte.decimales, chiffres))
    morceaux = [
        f"{carte.nom}{f', {lieu}' if lieu else ''}\u00a0:",
        engagement.get_cible_comparaison_display(),
        f"{valeur}{ESPACE_INSECABLE}{unite}" if unite else valeur,
    ]
    if engagement.cible_date is not None:
        morceaux.append(f"au {format_date(engagement.cible_date)}")
    return " ".join(morceaux)


def _lecture(chiffre: Chiffre) -> Lecture:
    sources = ", ".join(f"{s.producteur}, {s.titre}" for s in chiffre.pedigree.sources)
    return Lecture(libelle_periode(chiffre.periode), lien_chiffre(chiffre), sources)
