"""Fields of the forms of dialogue: a date of any precision, a text as it was said, a territoire."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError

from maillage.kernel.errors import UserError
from maillage.kernel.francais import guillemets
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.models import Precision
from maillage.web.network.forms import explain
from maillage.web.network.personnel import find_personal_content
from maillage.web.network.places import find_territoire
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Territoire

MOIS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_JOUR: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_MOIS: Final = re.compile(r"(\d{1,2})/(\d{4})")
_ANNEE: Final = re.compile(r"\d{4}")
_LETTRES: Final = re.compile(r"(?:(\d{1,2})(?:er)? )?(\w+) (\d{4})")
_DERNIER_MOIS: Final = 12
AIDE_DATE: Final = "28/06/2022, 06/2022 ou « juin 2022 » pour un mois, 2022 pour une année."


@dataclass(frozen=True, slots=True)
class DateDite:
    """A date and how precisely it is known.

    Attributes:
        jour: A day of the period; None for no date.
        precision: Code of `Precision`.
    """

    jour: date | None = None
    precision: str = Precision.INCONNUE


def read_date(texte: str, *, fin: bool = False) -> DateDite:
    """The date that a person typed.

    Args:
        texte: A day, a month or a year; nothing for no date.
        fin: Whether a month or a year stands for its last day, as a due date does.

    Raises:
        ValueError: it is none of these, or not in the calendar.
    """
    mots = " ".join(texte.lower().split())
    if not mots:
        return DateDite()
    annee, mois, jour = _parts(mots)
    if jour:
        return DateDite(date(annee, mois, jour), Precision.JOUR)
    precision = Precision.MOIS if mois else Precision.ANNEE
    mois = mois or (_DERNIER_MOIS if fin else 1)
    if not 1 <= mois <= _DERNIER_MOIS:
        msg = f"no month {mois}"
        raise ValueError(msg)
    return DateDite(date(annee, mois, monthrange(annee, mois)[1] if fin else 1), precision)


def _parts(mots: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not said.

    Raises:
        ValueError: it is none of the forms of a date.
    """
    if trouve := _JOUR.fullmatch(mots):
        return int(trouve[3]), int(trouve[2]), int(trouve[1])
    if trouve := _ISO.fullmatch(mots):
        return int(trouve[1]), int(trouve[2]), int(trouve[3] or 0)
    if trouve := _MOIS.fullmatch(mots):
        return int(trouve[2]), int(trouve[1]), 0
    if _ANNEE.fullmatch(mots):
        return int(mots), 0, 0
    if (trouve := _LETTRES.fullmatch(mots)) and trouve[2] in MOIS:
        return int(trouve[3]), MOIS.index(trouve[2]) + 1, int(trouve[1] or 0)
    msg = f"not a date: {mots}"
    raise ValueError(msg)


def write_date(jour: date | None, precision: str) -> str:
    """A date as the form shows it, so that it can be typed again."""
    if jour is None or precision == Precision.INCONNUE:
        return ""
    formes = {Precision.ANNEE: f"{jour:%Y}", Precision.MOIS: f"{jour:%m/%Y}"}
    return formes.get(Precision(precision), f"{jour:%d/%m/%Y}")


class ChampDateDite(forms.CharField):
    """A date of any precision, typed."""

    def __init__(self, *, fin: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", AIDE_DATE)
        super().__init__(max_length=40, **kwargs)
        self.fin = fin

    def clean(self, value: Any) -> Any:
        """The date.

        Raises:
            ValidationError: it cannot be read.
        """
        texte = super().clean(value)
        try:
            return read_date(texte, fin=self.fin)
        except ValueError as error:
            msg = f"{guillemets(texte)} n’est pas une date. Écrivez {AIDE_DATE}"
            raise ValidationError(msg) from error


class ChampDit(forms.CharField):
    """A text as it was said: dates are welcome there, what is personal is not."""

    def __init__(self, *, lignes: int = 0, **kwargs: Any) -> None:
        if lignes:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lignes}))
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Refuse what has no place there.

        Raises:
            ValidationError: the text holds a personal number.
        """
        super().validate(value)
        quoi = find_personal_content(value, has_dates=True)
        if quoi is not None:
            msg = f"Ce texte semble contenir {quoi}\u00a0: cela n’a pas sa place ici."
            raise ValidationError(msg)


class ChampUrl(forms.URLField):
    """A public address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(assume_scheme="https", max_length=500, **kwargs)


class ChampNombre(forms.DecimalField):
    """A number as French writes it: spaces between thousands, a comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The number; any space is one between thousands."""
        return super().to_python("".join(str(value or "").split()))


class ChampJour(forms.DateField):
    """A day, typed or chosen."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


NIVEAUX: Final = [(n.value, n.libelle if n is not Niveau.FRANCE else "national") for n in Niveau]


def locate(niveau: str, texte: str) -> dict[str, str]:
    """Fields of something that belongs to a territoire: level, code, département and région.

    The two last are empty where the territoire lies across several.

    Args:
        niveau: Value of `Niveau`.
        texte: Name or code; of no use for the country.

    Raises:
        ValidationError: no territoire of that level has that name, or several have.
    """
    if niveau == Niveau.FRANCE.value:
        return {"niveau": niveau, "territoire": "", "departement": "", "region": ""}
    if not texte:
        msg = "Dites lequel\u00a0: un nom ou un code."
        raise ValidationError(msg)
    try:
        territoire = find_territoire(Niveau(niveau), texte)
    except UserError as error:
        raise ValidationError(explain(error)) from error
    departement, region = _around(territoire)
    return {
        "niveau": niveau,
        "territoire": territoire.code,
        "departement": departement,
        "region": region,
    }


def _around(territoire: Territoire) -> tuple[str, str]:
    """Codes of the one département and of the one région that a territoire lies in."""
    if territoire.niveau is Niveau.REGION:
        return "", territoire.code
    codes = {niveau: code for niveau, code, _ in territoire.parents}
    touches = territoire.departements or ((codes.get(Niveau.DEPARTEMENT, ""),))
    regions = {_region_of(code) for code in touches}
    region = next(iter(regions)) if len(regions) == 1 else ""
    return (touches[0] if len(touches) == 1 else ""), region


def _region_of(departement: str) -> str:
    trouve = donnees.atlas().find_territoire(Niveau.DEPARTEMENT, departement)
    parents = trouve.parents if trouve else ()
    return next((code for niveau, code, _ in parents if niveau is Niveau.REGION), "")
