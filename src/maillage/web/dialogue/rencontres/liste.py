"""The list of meetings as its address asks for it: filters, search, order, and its finding."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db.models import F, Q

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.models import Espace, Point, Rencontre
from maillage.web.network.places import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from maillage.web.dialogue.querysets import RencontreQuerySet
    from maillage.web.droits.acteur import Acteur

_TEXTE_MAX = 100
NATIONALES: Final = "france"
"""Value of the filter on the territoire for meetings that belong to none."""


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the address asks for; an empty text filters nothing."""

    q: str = ""
    espace: str = ""
    annee: str = ""
    initiative: str = ""
    statut: str = ""
    territoire: str = ""

    def __bool__(self) -> bool:
        return self != Filtres()

    @property
    def parametres(self) -> str:
        """The filters, as the links of the page keep them."""
        choisis = {nom: v for nom in self.__slots__ if (v := getattr(self, nom))}
        return f"{urlencode(choisis)}&" if choisis else ""


def parse_filtres(query: QueryDict) -> Filtres:
    """Filters of an address.

    Raises:
        SaisieInvalide: MLG-DIA-203, a filter has a value that does not exist.
    """
    valeurs = {nom: query.get(nom, "").strip() for nom in Filtres.__slots__}
    fautes = [*_check_choices(valeurs), *_check_numbers(valeurs), *_check_territoire(valeurs)]
    if fautes:
        raise SaisieInvalide(*fautes)
    return Filtres(**valeurs | {"q": " ".join(valeurs["q"].split())[:_TEXTE_MAX]})


def _check_choices(valeurs: Mapping[str, str]) -> list[Anomalie]:
    possibles: Mapping[str, list[str]] = {
        "initiative": list(Rencontre.Initiative.values),
        "statut": list(Rencontre.Statut.values),
    }
    return [
        _fault(nom, valeurs[nom], f"Valeurs possibles\u00a0: {join_fr(connues, 'ou')}.")
        for nom, connues in possibles.items()
        if valeurs[nom] and valeurs[nom] not in connues
    ]


def _check_numbers(valeurs: Mapping[str, str]) -> list[Anomalie]:
    longueurs = {"annee": 4, "espace": 18}
    return [
        _fault(nom, texte, "Écrivez un nombre.")
        for nom, chiffres in longueurs.items()
        if (texte := valeurs[nom])
        and not (texte.isascii() and texte.isdigit() and len(texte) <= chiffres)
    ]


def _check_territoire(valeurs: Mapping[str, str]) -> list[Anomalie]:
    texte = valeurs["territoire"]
    niveau, _, code = texte.partition(":")
    connus = [n.value for n in Niveau]
    if not texte or texte == NATIONALES or (niveau in connus and code):
        return []
    return [_fault("territoire", texte, "Écrivez le niveau et le code, comme departement:35.")]


def _fault(nom: str, valeur: str, que_faire: str) -> Anomalie:
    return Anomalie(
        "MLG-DIA-203",
        f"Le filtre {guillemets(nom)} n’a pas de valeur {guillemets(valeur)}.",
        que_faire,
        "adresse de la page",
    )


def select(acteur: Acteur, filtres: Filtres) -> list[int]:
    """Numbers of the meetings that answer, newest first, those without a date last."""
    found: RencontreQuerySet = Rencontre.objects.visible(acteur)
    if filtres.espace:
        found = found.filter(espace_id=int(filtres.espace))
    if filtres.annee:
        found = found.filter(date__year=int(filtres.annee)) if int(filtres.annee) else found.none()
    for champ in ("initiative", "statut"):
        if valeur := getattr(filtres, champ):
            found = found.filter(**{champ: valeur})
    if filtres.territoire:
        found = found.filter(_within(filtres.territoire))
    ordre = found.order_by(F("date").desc(nulls_last=True), "-id")
    if not filtres.q:
        return list(ordre.values_list("pk", flat=True))
    return _search(ordre, acteur, filtres.q)


def _within(territoire: str) -> Q:
    if territoire == NATIONALES:
        return Q(territoire="")
    niveau, _, code = territoire.partition(":")
    dans = Q(niveau=niveau, territoire=code)
    if niveau == Niveau.REGION.value:
        return dans | Q(region=code)
    if niveau == Niveau.DEPARTEMENT.value:
        return dans | Q(departement=code)
    return dans


def _search(found: RencontreQuerySet, acteur: Acteur, texte: str) -> list[int]:
    """Those whose own words, or one of whose items that the person reads, hold each word."""
    mots = fold(texte).split()
    espaces, foins = readable_espaces(acteur), {}
    for pk, espace, *propres in found.values_list(
        "pk", "espace_id", "titre", "lieu", "demandee_par"
    ):
        foins[pk] = [*propres, espaces.get(espace, "")]
    points = Point.objects.kept().visible(acteur).filter(rencontre__in=found.order_by())
    for pk, ecrit in points.order_by().values_list("rencontre_id", "texte"):
        foins[pk].append(ecrit)
    replies = {pk: fold(" ".join(foin)) for pk, foin in foins.items()}
    return [pk for pk, foin in replies.items() if all(mot in foin for mot in mots)]


def readable_espaces(acteur: Acteur) -> dict[int, str]:
    """Names of the places of meetings, by number: those that the person may read."""
    espaces = Espace.objects.visible(acteur).filter(rencontres__isnull=False)
    return dict(espaces.order_by().values_list("pk", "nom").distinct())


def fold(texte: str) -> str:
    """A text without accents or case, as words are compared."""
    decompose = unicodedata.normalize("NFD", texte.replace("’", "'"))
    return decompose.encode("ascii", "ignore").decode().lower()


def summarise(acteur: Acteur) -> str:
    """The finding: how many meetings, held, planned, and how many the network asked for."""
    statuts = list(Rencontre.objects.visible(acteur).order_by().values_list("statut", "initiative"))
    if not statuts:
        return "Aucune rencontre n’est encore notée."
    tenues = [i for s, i in statuts if s == Rencontre.Statut.TENUE]
    prevues = sum(s == Rencontre.Statut.PREVUE for s, _ in statuts)
    reseau = sum(i == Rencontre.Initiative.RESEAU for i in tenues)
    phrase = accorder(len(tenues), "rencontre tenue", "rencontres tenues")
    if tenues:
        demandees = accorder(reseau, "demandée", "demandées") if reseau else "aucune demandée"
        phrase += f", dont {demandees} par le réseau"
    if prevues:
        phrase += f", et {accorder(prevues, 'prévue', 'prévues')}"
    return f"{phrase}."


def choices(acteur: Acteur) -> dict[str, object]:
    """What each filter offers: only what leads somewhere."""
    lisibles = Rencontre.objects.visible(acteur).order_by()
    utiles = set(lisibles.values_list("espace_id", flat=True).distinct())
    espaces = [(str(pk), nom) for pk, nom in readable_espaces(acteur).items() if pk in utiles]
    annees = {d.year for d in lisibles.values_list("date", flat=True).distinct() if d}
    return {
        "espaces": sorted(espaces, key=lambda paire: paire[1].casefold()),
        "annees": [str(annee) for annee in sorted(annees, reverse=True)],
        "initiatives": Rencontre.Initiative.choices,
        "statuts": Rencontre.Statut.choices,
        "territoires": _territoires(lisibles),
    }


def _territoires(lisibles: RencontreQuerySet) -> list[tuple[str, str]]:
    lieux = set(lisibles.values_list("niveau", "territoire", "departement", "region").distinct())
    connus = {(Niveau(niveau), code) for niveau, code, _, _ in lieux if code}
    connus |= {(Niveau.DEPARTEMENT, d) for _, _, d, _ in lieux if d}
    connus |= {(Niveau.REGION, r) for _, _, _, r in lieux if r}
    rangs = list(Niveau)
    ranges = sorted(connus, key=lambda paire: (rangs.index(paire[0]), name_of(*paire)))
    noms = [(f"{n.value}:{c}", f"{name_of(n, c)} ({n.libelle})") for n, c in ranges]
    national = [(NATIONALES, "nationales")] if any(not code for _, code, _, _ in lieux) else []
    return national + noms
