"""The list of spaces as its address asks for it: filters, order, search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.dialogue.espaces.presence import Presence, order_key, with_dates, with_presence
from maillage.web.dialogue.lieux import name_lieu, within
from maillage.web.dialogue.models import Espace
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict

    from maillage.analyses.diagnosis.model import Territoire
    from maillage.web.dialogue.querysets import EspaceQuerySet
    from maillage.web.droits.acteur import Acteur

TOUS: Final = "tous"
TRIS: Final[Mapping[str, str]] = {
    "nom": "nom",
    "territoire": "region",
    "nature": "nature",
    "etat": "etat",
    "presence": "presence",
    "prochaine": "prochaine",
    "derniere": "derniere",
}
_TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the address asks for; an empty text filters nothing."""

    q: str = ""
    presence: str = ""
    instance: str = ""
    niveau: str = ""
    region: str = ""
    departement: str = ""
    etat: str = ""
    nature: str = ""
    territoire: str = ""

    def __bool__(self) -> bool:
        return self != Filtres()

    @property
    def parametres(self) -> str:
        """The filters, as the links of the page keep them."""
        valeurs = {nom: v for nom in self.__slots__ if (v := getattr(self, nom))}
        return f"{urlencode(valeurs)}&" if valeurs else ""

    @property
    def has_autres(self) -> bool:
        """Whether one of the filters that are folded away is used."""
        return bool(self.niveau or self.region or self.departement or self.etat or self.nature)

    @property
    def place(self) -> Territoire | None:
        """The territoire that the address names."""
        return parse_territoire(self.territoire) if self.territoire else None


def parse_filtres(query: QueryDict) -> Filtres:
    """Filters of an address.

    Raises:
        SaisieInvalide: MLG-ESP-001, a filter has a value that does not exist; MLG-ESP-002, the
            address names no territoire.
    """
    valeurs = {nom: query.get(nom, "").strip()[:_TEXTE_MAX] for nom in Filtres.__slots__}
    fautes = [
        Anomalie(
            "MLG-ESP-001",
            f"Le filtre {guillemets(nom)} n’a pas de valeur {guillemets(valeurs[nom])}.",
            f"Valeurs possibles\u00a0: {join_fr(connues, 'ou')}.",
            "adresse de la page",
        )
        for nom, connues in _possibles().items()
        if valeurs[nom] and valeurs[nom] not in connues
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    if valeurs["territoire"]:
        parse_territoire(valeurs["territoire"])
    return Filtres(**valeurs | {"q": " ".join(valeurs["q"].split())})


def _possibles() -> dict[str, list[str]]:
    instances = [i.code for i in load_catalogue().values() if i.niveau is not None]
    return {
        "presence": list(Presence.values),
        "instance": instances,
        "niveau": [niveau.value for niveau in Niveau],
        "etat": [*Espace.Etat.values, TOUS],
        "nature": list(Espace.Nature.values),
    }


def parse_territoire(texte: str) -> Territoire:
    """Territoire that an address names, « departement-35 ».

    Raises:
        SaisieInvalide: MLG-ESP-002, there is none.
    """
    for niveau in Niveau:
        if texte.startswith(f"{niveau.value}-"):
            code = texte.removeprefix(f"{niveau.value}-")
            trouve = donnees.atlas().find_territoire(niveau, code)
            if trouve is not None:
                return trouve
    raise SaisieInvalide(
        Anomalie(
            "MLG-ESP-002",
            f"Aucun territoire ne s’appelle {guillemets(texte)}.",
            "Écrivez le niveau et le code officiel, par exemple departement-35 ou region-53.",
            "adresse de la page",
        )
    )


def apply_filtres(
    espaces: EspaceQuerySet, filtres: Filtres, acteur: Acteur, le: date
) -> EspaceQuerySet:
    """Spaces that the filters let through, with their presence and their dates."""
    found = with_dates(with_presence(espaces, le), acteur, le)
    simples = ("instance", "niveau", "region", "departement", "nature", "presence")
    found = found.filter(**{nom: v for nom in simples if (v := getattr(filtres, nom))})
    found = _by_etat(found, filtres)
    place = filtres.place
    if place is not None:
        found = found.filter(within(place))
    return found.filter(pk__in=_search(found, filtres.q)) if filtres.q else found


def _by_etat(found: EspaceQuerySet, filtres: Filtres) -> EspaceQuerySet:
    """Those that were abolished are only shown to whoever asks for them."""
    if filtres.etat == TOUS:
        return found
    if filtres.etat:
        return found.filter(etat=filtres.etat)
    asked = filtres.presence == Presence.DISPARU or _is_abolished(filtres.instance)
    return found if asked else found.exclude(etat=Espace.Etat.DISPARU)


def _is_abolished(instance: str) -> bool:
    return bool(instance) and load_catalogue()[instance].suite is not None


def _search(found: EspaceQuerySet, texte: str) -> list[int]:
    """Numbers of those whose name, short name or territoire holds each word."""
    mots = normalize(texte).split()
    lignes = found.order_by().values_list("pk", "nom", "sigle", "niveau", "territoire")
    return [
        pk
        for pk, nom, sigle, niveau, territoire in lignes
        if all(
            mot in " ".join(map(normalize, (nom, sigle, name_lieu(niveau, territoire))))
            for mot in mots
        )
    ]


def order(found: EspaceQuerySet, cle: str, *, descendant: bool) -> list[int]:
    """Numbers in the order asked for."""
    return list(
        found.order_by(*order_key(TRIS[cle], descendant=descendant)).values_list("pk", flat=True)
    )


def load_page(espaces: EspaceQuerySet, pks: list[int], acteur: Acteur, le: date) -> list[Espace]:
    """Spaces of a page in its order, with what their row shows."""
    rang = {pk: place for place, pk in enumerate(pks)}
    found = with_dates(with_presence(espaces.filter(pk__in=pks), le), acteur, le)
    return sorted(found, key=lambda espace: rang[espace.pk])
